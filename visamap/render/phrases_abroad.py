"""The sentences of outbound answers: what a destination asks, who says so, what contradicts it."""

from typing import Any

from visamap.i18n import DAY_FORM, Span, current, mark, put, tr, trn
from visamap.render import phrases
from visamap.render.labels import purpose
from visamap.render.phrases import capital, either, partial, short
from visamap.results.abroad import ClaimAnswer, Interrupted, Outbound, Side
from visamap.results.parts import Country

REQUIREMENTS = {
    "visa_free": mark("visa-free"),
    "visa_on_arrival": mark("visa on arrival"),
    "eta": mark("online authorisation (eTA)"),
    "e_visa": mark("e-visa"),
    "visa_required": mark("visa required"),
    "no_admission": mark("no admission"),
    "covid_ban": mark("border closed in the pandemic"),
    "unknown": mark("not known"),
}
BASES = {
    "law": mark("legal act"),
    "official-list": mark("official list"),
    "news": mark("press and guides"),
    "snapshot": mark("snapshot"),
}
CONDITIONS = {
    "exempt_with_visa_of": mark("no visa for holders of a visa of {states}"),
    "reached_through": mark("can only be reached through {place}, whose visa is needed"),
    "travel_authorisation": mark("authorisation before the journey: {what}"),
    "return_ticket": mark("a return ticket"),
    "min_age_alone": mark("unaccompanied only from the age of {age}"),
    "purposes": mark("only for {purposes}"),
    "bond": mark("a bond: {what}"),
    "calendar_year": mark("days are counted per calendar year"),
    "arrival_form": mark("an arrival form: {what}"),
    "insurance": mark("insurance: {what}"),
    "by_air_only": mark("by air only: {what}"),
    "entry_barred_in_practice": mark("entry was barred in practice"),
}
PLACES = ("states", "place", "what", "age", "purposes")
"""The names under which the value of a condition stands in its words."""
REASONS = {
    "rule_and_snapshot": mark(
        "the rule may not cover the day; the snapshots around it agree with the rule"
    ),
    "between_rules": mark("one rule replaced another around then, and both require the same"),
    "snapshot": mark("shown by the snapshots before and after the day"),
    "snapshot_before_or_after": mark(
        "according to the snapshots; a rule that says otherwise may apply"
    ),
    "snapshot_outlived": mark("according to the latest snapshot"),
    "barred": mark("the border was closed in the pandemic; the rule of that time is not known"),
    "snapshots_differ": mark("the snapshots before and after the day differ"),
    "rules_uncertain": mark("a rule may or may not apply, and nothing settles it"),
    "nothing_known": mark("no rule and no snapshot covers the day"),
}


def outbound_sentence(item: Outbound) -> str:
    """Return the answer in a sentence."""
    said = requirement(item.requirement)
    if item.max_stay_days:
        said = trn(
            "{requirement} for up to {n} day",
            "{requirement} for up to {n} days",
            item.max_stay_days,
            requirement=said,
        )
    if item.reason in REASONS:
        said += f": {tr(REASONS[item.reason])}"
    needed = [condition(c.code, c.value) for c in item.conditions if c.code in _ANOTHER_VISA]
    said += "".join(f"; {one}" for one in needed)
    if item.interrupted:
        sure = any(case.certain for case in item.interrupted)
        barred = (
            tr("but entry was barred in practice")
            if sure
            else tr("but entry was barred in practice, perhaps on this day")
        )
        said += f"; {barred}"
    return f"{capital(said)}."


def asks(item: Outbound) -> str:
    """Return what is asked, in few words; that another state's visa is needed among it."""
    if item.needs_another_visa:
        return tr("visa-free with another state's visa")
    return requirement(item.requirement)


def another_visa(item: Outbound) -> str:
    """Return whose visa is needed, for tables."""
    needed = [c.value for c in item.conditions if c.code in _ANOTHER_VISA]
    listed = [value if isinstance(value, str) else either(value) for value in needed]
    return ", ".join(listed)


_ANOTHER_VISA = ("exempt_with_visa_of", "reached_through")


def linked(said: str, item: Outbound) -> Span:
    """Return words that lead to the page of a passport at a destination."""
    return Span(said, "abroad", f"{item.passport.code}/to/{item.destination.code}")


def there(item: Outbound) -> str:
    """Return the destination."""
    return linked(item.destination.name, item)


def requirement(word: str) -> str:
    """Return a requirement in words."""
    return tr(REQUIREMENTS[word])


def condition(code: str, value: Any) -> str:
    """Return a condition in words."""
    if code not in CONDITIONS:
        return phrases.condition(code, value)
    if isinstance(value, (list, tuple)):
        value = either(purpose(one) for one in value) if code == "purposes" else either(value)
    return tr(CONDITIONS[code], **dict.fromkeys(PLACES, value))


def who(country: Country) -> str:
    """Return a country with its code."""
    return f"{country.name} ({country.code})"


def side(one: Side) -> str:
    """Return what a rule or the snapshots say, for a list of sides."""
    asks = requirement(one.requirement)
    if one.possible and one.basis != "snapshot":
        asks = tr("perhaps {requirement}", requirement=asks)
    stay = f", {phrases.days(one.max_stay_days)}" if one.max_stay_days else ""
    opening = f"{capital(tr(BASES[one.basis]))}: {asks}{stay}"
    if one.basis == "snapshot":
        seen = tr("seen {first} to {last}", first=one.first_seen, last=one.last_seen)
        return put("{opening} ({seen}).", opening=opening, seen=seen)
    granted = f", {one.granted_by}" if one.granted_by else ""
    when = phrases.span(one.valid_from, one.valid_to)
    opening = f"{opening}{granted}{' ' if when else ''}"
    return put("{opening}{when}. [{rule}]", opening=opening, when=when, rule=one.rule)


def interruption(case: Interrupted) -> str:
    """Return why entry was barred, and when."""
    text = case.text or tr("The border was closed in the pandemic, according to the snapshots.")
    when = phrases.span(case.valid_from, case.valid_to)
    return f"{text} {capital(when)}." if when else text


def began(item: Outbound) -> str:
    """Return since when it is visa-free, or else since when the rule holds, for tables."""
    free = short(item.visa_free_since, item.visa_free_since_between)
    return free or _rule_began(item)


def rule_began(item: Outbound) -> str:
    """Return since when the rule holds where it has been visa-free for longer, for tables."""
    rule = _rule_began(item)
    return rule if rule != began(item) else ""


def _rule_began(item: Outbound) -> str:
    if item.known_since:
        return short(None, (None, item.known_since))
    return short(item.valid_from, item.valid_from_between)


def since(item: Outbound) -> str:
    """Return since when it is visa-free without a break, and since when under this rule."""
    if rule_began(item):
        known = (None, item.known_since) if item.known_since else item.valid_from_between
        return tr(
            "{day} without a break; this rule since {start}.",
            day=phrases.between(item.visa_free_since, item.visa_free_since_between),
            start=phrases.between(item.valid_from, known),
        )
    if item.known_since:
        return tr("not known; shown by a source since {day}.", day=item.known_since)
    return f"{phrases.between(item.valid_from, item.valid_from_between)}."


def until(item: Outbound) -> str:
    """Return until when the rule is known to hold."""
    if item.known_until:
        return tr("not known; confirmed until {day}.", day=item.known_until)
    if item.valid_to or item.valid_to_between:
        return f"{phrases.between(item.valid_to, item.valid_to_between)}."
    return tr("no end is known.")


def stay(item: Outbound) -> str:
    """Return the longest stay in few words, for tables."""
    return str(item.max_stay_days or "")


def ground(item: Outbound) -> str:
    """Return who says so, for tables; a mark says that something contradicts it."""
    if item.basis is None:
        return ""
    marks = {"low": "?"}.get(item.confidence, "")
    differs = " \u2260" if item.disagreement else ""
    return f"{tr(BASES[item.basis])}{marks}{differs}"


INBOUND = {
    "visa-free": mark("nationalities that were certainly visa-free"),
    "visa-free-on-paper": mark("nationalities visa-free, in force or suspended"),
    "visa-free-unilateral": mark("nationalities that were certainly on {home_of}'s own list"),
    "visa-free-unilateral-30-days": mark(
        "nationalities certainly on {home_of}'s own list for 30 days"
    ),
    "visa-free-agreement": mark("nationalities that were certainly exempt by agreement"),
    "visa-free-30-days": mark("nationalities that could certainly stay 30 days or longer"),
    "suspended": mark("nationalities whose exemption was suspended"),
}
MORE = {
    "visa-free-30-days": mark("that may have been visa-free for any time"),
    "visa-free-unilateral": mark("that may have been on it"),
}
PERHAPS = mark("that may have been")
OUTBOUND = {
    "outbound": mark("destinations open to {holder} without a visa"),
    "outbound-on-arrival": mark(
        "destinations open to {holder} without a visa or with one on arrival"
    ),
}
RANK = mark("The rank {claimed} for {holder} (published {day})")
SCORE = mark("The score {claimed} for {holder} (published {day})")
NOT_CHECKED = {
    "before_our_data": mark("{figure} cannot be checked: our data does not go back that far."),
    "formula_unknown": mark(
        "{figure} cannot be checked: the source does not say what was counted."
    ),
}
COUNTS = {
    "same_count": mark("{figure} is reproduced: our records have {number} {counted}."),
    "same_count_agreements_first": mark(
        "{figure} is reproduced if partners of agreements are left out: our records have "
        "{alone} on the list alone, {together} with them."
    ),
    "same_count_for_a_time": mark(
        "{figure} is right for part of that time: our records have {low} to {high} {counted}."
    ),
    "between_certain_and_possible": mark(
        "{figure} falls between the {low} {counted} and the {high} {more}."
    ),
    "other_count": mark("{figure} differs from our records: {number} {counted}."),
}
AND_PERHAPS_MORE = {
    "same_count": mark(
        "{figure} is reproduced: our records have {number} {counted}, and {more} more possibly."
    ),
    "other_count": mark("{figure} differs from our records: {number} {counted}, {most} at most."),
}
"""The same where more are possible than are certain."""
OPEN_DESTINATIONS = {
    "same_value": mark("{figure} is reproduced: {number} {counted} in the data of {edition}."),
    "between_neighbours": mark(
        "{figure} lies within the {low} to {high} {counted} in the data around that time, the "
        "higher number with eTAs."
    ),
    "other_value": mark(
        "{figure} is not confirmed: there were {number} {counted} in the data around that time, "
        "the higher number with eTAs."
    ),
}
PLACED = {
    "published": mark("{figure} is reproduced: {number} published for {edition}."),
    "recomputed": mark("{figure} is reproduced: {number} recomputed for {edition}."),
    "rank_between": mark("{figure} lies within the {bounds} of that time; the score was {score}."),
    "score_between": mark("{figure} lies within the {bounds} of that time."),
    "score_printed_as_rank": mark(
        "{figure} is not confirmed: ranks around that time were {bounds}. The score was "
        "{score}, so a score seems to have been printed as a rank."
    ),
    "other_value": mark("{figure} is not confirmed: the values around that time were {bounds}."),
    "list_shorter": mark(
        "{figure} is reproduced, but not among {last}: equal scores share a rank, so the list "
        "is shorter than its {passports} passports."
    ),
    "list_ends": mark(
        "{figure} is reproduced, but not among {last}: equal scores share a rank, and the "
        "list of {edition} ends at {ranks} of {passports}."
    ),
    "one_by_one": mark(
        "{figure} is reproduced, but not among {last}: equal scores share a rank, and the list of "
        "{edition} ends at {ranks}; counted one by one, it was {place} of {passports}."
    ),
}
HIGHEST = {
    "same_value": mark(
        "That {name} ranks highest in Central Asia is reproduced: {name} scored {score} "
        "around {day}, the best of the others ({second}) {second_score}."
    ),
    "between_neighbours": mark(
        "That {name} ranks highest in Central Asia is right for part of that time: {name} "
        "scored {score} around {day}, the best of the others ({second}) {second_score}."
    ),
    "other_value": mark(
        "That {name} ranks highest in Central Asia is not confirmed: {name} scored {score} around "
        "{day}, the best of the others ({second}) {second_score}."
    ),
}


def claim_sentence(claim: ClaimAnswer) -> str:
    """Return what our data says of a figure."""
    if claim.reason in NOT_CHECKED:
        return tr(NOT_CHECKED[claim.reason], figure=_figure(claim))
    if claim.what == "highest-in-central-asia":
        return _highest(claim)
    if claim.what in OUTBOUND:
        return _outbound(claim)
    return _place(claim) if claim.index else _count(claim)


def when(text: str) -> str:
    """Return a date, of which the day or month may be missing, in words."""
    return partial(text, tr(DAY_FORM))


def ordinal(number: int) -> str:
    """Return a place in a list: 1st, 2nd, 54th; in other languages the number alone."""
    if current() != "en":
        return str(number)
    teen = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def spread(bounds: Any) -> str:
    """Return the lowest and the highest value as one text."""
    low, high = bounds
    return str(low) if low == high else tr("{low} to {high}", low=low, high=high)


def _figure(claim: ClaimAnswer) -> str:
    said, claimed = when(claim.said_on), claim.claimed
    if not claim.about:
        return tr("The figure {claimed} (published {day})", claimed=claimed, day=said)
    return tr(
        "The figure {claimed} (published {day}, for {time})",
        claimed=claimed,
        day=said,
        time=when(claim.about),
    )


def _holder(claim: ClaimAnswer) -> str:
    return claim.passport.name if claim.passport else tr("it")


def _low_high(claim: ClaimAnswer) -> tuple[int, int]:
    low, high = claim.ours_possible or (0, 0)
    return low, high


def _count(claim: ClaimAnswer) -> str:
    certain, (low, high) = claim.values["certain"], _low_high(claim)
    forms = COUNTS | (AND_PERHAPS_MORE if high > certain[1] else {})
    more: object = high - low
    if claim.reason == "same_count_for_a_time":
        low, high = certain
    elif claim.reason == "between_certain_and_possible":
        more = tr(MORE.get(claim.what, PERHAPS))
    return tr(
        forms[claim.reason],
        figure=_figure(claim),
        counted=tr(INBOUND[claim.what]),
        number=spread(certain),
        alone=spread(claim.values["apart"]),
        together=spread(certain),
        low=low,
        high=high,
        most=high,
        more=more,
    )


def _outbound(claim: ClaimAnswer) -> str:
    low, high = bounds = _low_high(claim)
    return tr(
        OPEN_DESTINATIONS[claim.reason],
        figure=_figure(claim),
        number=claim.ours if claim.reason == "same_value" else spread(bounds),
        low=low,
        high=high,
        counted=tr(OUTBOUND[claim.what], holder=_holder(claim)),
        edition=claim.values["edition"],
    )


def _place(claim: ClaimAnswer) -> str:
    known, alone = claim.values, claim.values["individual_rank"]
    of_a_list = "one_by_one" if known["ranks"] and alone else "list_ends"
    form = {
        "same_value": "published" if known["published"] else "recomputed",
        "between_neighbours": "rank_between" if claim.what == "rank" else "score_between",
        "same_dense_rank": of_a_list if known["ranks"] else "list_shorter",
    }.get(claim.reason, claim.reason)
    figure = tr(
        RANK if claim.what == "rank" else SCORE,
        claimed=claim.claimed,
        holder=_holder(claim),
        day=when(claim.said_on),
    )
    return tr(
        PLACED[form],
        figure=figure,
        number=claim.ours,
        bounds=spread(_low_high(claim)),
        score=spread(known["scores"]) if "scores" in known else "",
        last=claim.of,
        edition=known["edition"],
        ranks=known["ranks"],
        passports=known["passports"],
        place=ordinal(alone) if alone else "",
    )


def _highest(claim: ClaimAnswer) -> str:
    return tr(
        HIGHEST[claim.reason],
        name=claim.passport.name if claim.passport else tr("It"),
        score=spread(claim.values["scores"]),
        day=when(claim.said_on),
        second=claim.values["second"],
        second_score=spread(claim.values["second_scores"]),
    )

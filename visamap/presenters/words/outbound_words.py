"""The sentences of outbound answers: what a destination asks, who says so, what contradicts it."""

from typing import Any

from visamap.language import mark, tr, trn
from visamap.presenters.words import sentences
from visamap.presenters.words.code_words import purpose
from visamap.presenters.words.dates import short
from visamap.presenters.words.wording import capital, either
from visamap.results.outbound import Interrupted, Outbound, Side
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
    "law": mark("law"),
    "official-list": mark("official list"),
    "news": mark("press and guides"),
    "snapshot": mark("snapshot"),
}
CONDITIONS = {
    "exempt_with_visa_of": mark("no visa for holders of a visa of {states}"),
    "reached_through": mark("no way in but through {place}, whose visa is needed"),
    "travel_authorisation": mark("authorisation before the journey: {what}"),
    "return_ticket": mark("a return ticket"),
    "min_age_alone": mark("alone only from the age of {age}"),
    "purposes": mark("only for {purposes}"),
    "bond": mark("a bond: {what}"),
    "calendar_year": mark("the days of a year are those of the calendar year"),
    "entry_barred_in_practice": mark("entry was barred in practice"),
}
PLACES = {
    "exempt_with_visa_of": "states",
    "reached_through": "place",
    "travel_authorisation": "what",
    "min_age_alone": "age",
    "purposes": "purposes",
    "bond": "what",
}
"""Where the value of a condition stands in its words."""
REASONS = {
    "rule_and_snapshot": mark(
        "the rule may not cover the day; the snapshots of the day agree with it"
    ),
    "between_rules": mark("one rule followed another about then, and both ask the same"),
    "snapshot": mark("seen by the snapshots before and after"),
    "snapshot_before_or_after": mark("so the snapshots say; a rule that says otherwise may hold"),
    "snapshot_outlived": mark("as the last snapshot saw it"),
    "barred": mark("the border was closed in the pandemic; what the rule was then is not known"),
    "snapshots_differ": mark("the snapshots before and after the day differ"),
    "rules_uncertain": mark("a rule may hold and may not, and nothing decides"),
    "nothing_known": mark("no rule and no snapshot speaks of the day"),
}


def sentence(item: Outbound) -> str:
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


_ANOTHER_VISA = ("exempt_with_visa_of", "reached_through")


def requirement(word: str) -> str:
    """Return a requirement in words."""
    return tr(REQUIREMENTS[word])


def condition(code: str, value: Any) -> str:
    """Return a condition in words."""
    if code not in CONDITIONS:
        return sentences.condition(code, value)
    if isinstance(value, (list, tuple)):
        value = either(purpose(one) for one in value) if code == "purposes" else either(value)
    return tr(CONDITIONS[code], **{PLACES[code]: value} if code in PLACES else {})


def who(country: Country) -> str:
    """Return a country with its code."""
    return f"{country.name} ({country.code})"


def side(one: Side) -> str:
    """Return what a rule or the snapshots say, for a list of sides."""
    asks = requirement(one.requirement)
    if one.possible and one.basis != "snapshot":
        asks = tr("perhaps {requirement}", requirement=asks)
    stay = f", {sentences.days(one.max_stay_days)}" if one.max_stay_days else ""
    opening = f"{capital(tr(BASES[one.basis]))}: {asks}{stay}"
    if one.basis == "snapshot":
        seen = tr("seen {first} to {last}", first=one.first_seen, last=one.last_seen)
        return f"{opening} ({seen})."
    granted = f", {one.granted_by}" if one.granted_by else ""
    when = sentences.span(one.valid_from, one.valid_to)
    return f"{opening}{granted}{f' {when}' if when else ''}. [{one.rule}]"


def interruption(case: Interrupted) -> str:
    """Return why entry was barred, and when."""
    text = case.text or tr("The border was closed in the pandemic, as the snapshots saw it.")
    when = sentences.span(case.valid_from, case.valid_to)
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
            day=sentences.between(item.visa_free_since, item.visa_free_since_between),
            start=sentences.between(item.valid_from, known),
        )
    if item.known_since:
        return tr("not known; shown by a source since {day}.", day=item.known_since)
    return f"{sentences.between(item.valid_from, item.valid_from_between)}."


def until(item: Outbound) -> str:
    """Return until when the rule is known to hold."""
    if item.known_until:
        return tr("not known; vouched for until {day}.", day=item.known_until)
    if item.valid_to or item.valid_to_between:
        return f"{sentences.between(item.valid_to, item.valid_to_between)}."
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

"""Where passports may go: one destination in full, a passport's list, or passports side by side."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from visamap.i18n import Span, mark, put, tr, trn
from visamap.render import phrases
from visamap.render import sections as drawn
from visamap.render.labels import confidence, purpose
from visamap.render.phrases import capital, either, short
from visamap.render.remarks import noted
from visamap.render.sections import AS_KNOWN, Block, Column, evidence, footer, more, paragraph
from visamap.results.abroad_results import Interrupted, Outbound, Side
from visamap.results.parts import Country, DataRef, Envelope

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


def _basis(item: Outbound) -> str:
    """Return who says so, for tables; a mark says that something contradicts it."""
    if item.basis is None:
        return ""
    marks = {"low": "?"}.get(item.confidence, "")
    differs = " \u2260" if item.disagreement else ""
    return f"{tr(BASES[item.basis])}{marks}{differs}"


COUNTS, BARRED = "outbound_counts", "entry_barred_in_practice"
Row = dict[str, Outbound]
"""The answers for one destination, by passport."""
LISTED = ("visa_free", "eta", "visa_on_arrival")
"""What is worth a table; the rest is told by names unless all is asked for."""

FEW = 3
"""So many passports leave room for the codes of destinations."""

COLUMNS = (
    Column(mark("Passport"), lambda a: a.passport.code),
    Column(mark("Code"), lambda a: a.destination.code),
    Column(mark("Destination"), lambda a: linked(a.destination.name, a)),
    Column(mark("Answer"), asks),
    Column(mark("Days"), lambda a: str(a.max_stay_days or "")),
    Column(mark("Ground"), _basis),
    Column(mark("Since"), began),
    Column(mark("Rule since"), rule_began),
    Column(mark("Confidence"), lambda a: confidence(a.confidence)),
)
PASSPORT, CODE, PLACE, ANSWER, DAYS, GROUND, SINCE, RULE_SINCE, _SURE = COLUMNS
IN_A_LIST = (CODE, PLACE, DAYS, GROUND, SINCE)
LIMITS = Column(mark("Limits"), lambda a: phrases.terms_short(a.limits))
IN_FULL = (*IN_A_LIST, RULE_SINCE)
NEEDS = Column(mark("Needs"), another_visa)
ORDER = tuple(REQUIREMENTS)
OF_THE_BEST = (CODE, PLACE, PASSPORT, ANSWER, DAYS)
LEGEND = mark(
    "Ground: a legal act, an official list, press and guides, or snapshots of a dataset; ?: weak; "
    "\u2260: another source says otherwise (--to CODE shows it). Since: without a break, under "
    "this rule or earlier ones; a..b: on a day between them, ..b: by then."
)
ON_A_PAGE = mark(
    "Ground: a legal act, an official list, press and guides, or snapshots of a dataset; ?: weak; "
    "\u2260: another source says otherwise (the page of the destination shows it). Since: without "
    "a break, under this rule or earlier ones; a..b: on a day between them, ..b: by then."
)


def ordered(answer: Envelope) -> list[Outbound]:
    """Return the answers by the names of places, as they stand in the reader's alphabet.

    The order of days is that of the answer itself.
    """
    if answer.asked["sort"] == "days":
        return list(answer.items)
    return sorted(answer.items, key=lambda item: phrases.place(item.destination.name))


def text(answer: Envelope, width: int, *, full: bool = False) -> str:
    """Return the answers in the form that fits what was asked."""
    asked, items = answer.asked, ordered(answer)
    passports = list(dict.fromkeys(item.passport.code for item in items))
    lines: list[str] = []
    for note in answer.notes:
        if note.code == COUNTS:
            opening = phrases.as_known(noted(note), asked["on"], answer.data)
            lines += [*paragraph(opening, width), ""]
    if asked["to"] is not None:
        for item in items:
            lines += [*drawn.text(sections(item, answer.data), width), ""]
    elif asked["best"]:
        lines += [*_table(OF_THE_BEST, items, width), "", *more(True, width), ""]
    elif len(passports) > 1:
        lines += [*_side_by_side(items, passports, answer.asked, width), *more(True, width), ""]
    else:
        lines += [*_listed(items, width, full=full), *more(full, width), ""]
    return "\n".join([*lines, *footer(answer, width, {AS_KNOWN, COUNTS})])


def by_requirement(items: Sequence[Outbound]) -> dict[str, list[Outbound]]:
    """Return the answers by what they ask, the most open first."""
    said = sorted(items, key=lambda item: (ORDER.index(item.requirement), item.needs_another_visa))
    return {
        word: [item for item in items if asks(item) == word]
        for word in dict.fromkeys(asks(item) for item in said)
    }


def columns_on_a_page(found: Sequence[Outbound]) -> tuple[Column, ...]:
    """Return the same for a page, which has room for every limit."""
    return (PLACE, CODE, LIMITS, *columns_of(found)[3:])


def columns_of(found: Sequence[Outbound]) -> tuple[Column, ...]:
    """Return the columns of a list of destinations that ask the same."""
    return (CODE, PLACE, DAYS, NEEDS, SINCE) if found[0].needs_another_visa else IN_A_LIST


def _listed(items: list[Outbound], width: int, *, full: bool) -> Iterator[str]:
    """Yield the destinations of one passport by what they ask."""
    groups = by_requirement(items)
    few = len(groups) == 1
    tables = False
    for word, found in groups.items():
        yield f"{capital(word)}: {len(found)}"
        yield ""
        if few or full or found[0].requirement in LISTED:
            tables = True
            yield from _table(IN_FULL if full else columns_of(found), found, width)
        else:
            # Many a name has a comma of its own: "Taiwan, Province of China".
            yield from paragraph("; ".join(item.destination.name for item in found) + ".", width)
        yield ""
    if tables:
        yield from paragraph(tr(LEGEND), width)


def _side_by_side(
    items: list[Outbound], passports: list[str], asked: dict[str, Any], width: int
) -> Iterator[str]:
    """Yield a row for each destination, a column for each passport."""
    # Where answers were left out, a gap is no sign that nobody knows.
    gap = "-" if asked["requirement"] or asked["min_days"] else "?"
    code = Column(mark("Code"), lambda row: _place(row).code)
    columns = side_by_side(passports, gap)
    rows = by_destination(items)
    yield from _table([code, *columns] if len(passports) <= FEW else columns, rows, width)
    yield ""
    legend = tr(SIDE_BY_SIDE)
    if gap == "-":
        legend = f"{legend} {tr('-: not among what was asked.')}"
    yield from paragraph(legend, width)


SIDE_BY_SIDE = mark(
    "A number is the longest stay in days; ?: weak, or nobody knows; *: only with another "
    "state's visa."
)


def by_destination(items: Iterable[Outbound]) -> list[Row]:
    """Return the answers of several passports by destination."""
    by_place: dict[str, Row] = {}
    for item in items:
        by_place.setdefault(item.destination.code, {})[item.passport.code] = item
    return list(by_place.values())


def side_by_side(passports: Sequence[str], gap: str = "?") -> list[Column]:
    """Return the columns of passports side by side: a row is what ``by_destination`` made."""
    return [
        Column(mark("Destination"), lambda row: _place(row).name),
        *(Column(code, partial(_cell_of, code, gap)) for code in passports),
    ]


_SHORT = {
    "visa_free": mark("free"),
    "visa_on_arrival": mark("arrival"),
    "eta": mark("eTA"),
    "e_visa": mark("e-visa"),
    "visa_required": mark("visa"),
    "no_admission": mark("barred"),
    "unknown": "?",
}


def _place(row: Row) -> Country:
    return next(iter(row.values())).destination


def _cell_of(passport: str, gap: str, row: Row) -> str:
    item = row.get(passport)
    if item is None:
        return tr("home") if _place(row).code == passport else gap
    stay = f" {item.max_stay_days}" if item.max_stay_days else ""
    weak = "?" if item.confidence == "low" and item.requirement != "unknown" else ""
    star = "*" if item.needs_another_visa else ""
    return linked(f"{tr(_SHORT[item.requirement])}{star}{stay}{weak}", item)


def _table(columns: Iterable[Column], items: Sequence[object], width: int) -> Iterator[str]:
    from visamap.render.table import table  # noqa: PLC0415  one destination needs no table

    yield table(list(columns), items, width) if items else tr("Nothing.")


def sections(item: Outbound, data: DataRef) -> Iterator[Block]:
    """Yield one destination in full."""
    asked = tr(
        "{passport} to {destination}, ordinary passport, on {day}",
        passport=who(item.passport),
        destination=who(item.destination),
        day=item.on,
    )
    best = "" if item.best else f" [{tr('another of these passports is better')}]"
    said = phrases.as_known(outbound_sentence(item), item.on, data)
    yield "", [said, put("{asked}{best}", asked=asked, best=best)]
    for case in item.interrupted:
        yield tr("In practice"), [interruption(case)]
    yield from _terms(item)
    if item.basis:
        yield tr("Ground"), list(_ground(item))
    yield from _others(item)
    yield from evidence(item.confidence, item.sources)


def _terms(item: Outbound) -> Iterator[Block]:
    if item.limits:
        yield tr("Terms"), ["; ".join(phrases.limit(limit) for limit in item.limits) + "."]
    conditions = [c for c in item.conditions if c.code != BARRED]
    if conditions:
        said = "; ".join(condition(c.code, c.value) for c in conditions)
        yield tr("Conditions"), [f"{capital(said)}."]
    if item.rule:
        yield tr("Since"), [since(item)]
        yield tr("Until"), [until(item)]
    elif item.first_seen:
        seen = tr("{first} to {last}.", first=item.first_seen, last=item.last_seen)
        yield tr("Seen"), [seen]


def _others(item: Outbound) -> Iterator[Block]:
    if item.disagreement:
        yield tr("Disagreement"), [side(one) for one in item.disagreement.sides]
    elif item.snapshot and item.basis != "snapshot":
        yield tr("Second source"), [f"{tr('No disagreement.')} {side(item.snapshot)}"]
    yield tr("Also"), [side(one) for one in item.also]
    for rule in item.local:
        yield tr("Border area"), [f"{capital(rule.who)}: {rule.text} [{rule.id}]"]


def _ground(item: Outbound) -> Iterator[str]:
    granted: str | None = phrases.called(item.act) if item.act else item.granted_by
    if item.reason == "inbound":  # its act stands under that destination
        granted = str(granted) if granted else None
    basis = capital(tr(BASES[item.basis])) if item.basis else ""
    rule = f" [{item.rule}]" if item.rule else ""
    by = put(": {act}", act=granted) if granted else ""
    yield put("{basis}{by}.{rule}", basis=basis, by=by, rule=rule)
    if item.note:
        yield item.note


def history(item: Outbound) -> list[str]:
    """Return what a time of the history rests on, and what was barred in it."""
    barred = [interruption(case) for case in item.interrupted]
    level = tr("Confidence: {level}.", level=confidence(item.confidence))
    return [*barred, *(_ground(item) if item.basis else ()), level]

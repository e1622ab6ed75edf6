"""Where passports may go: one destination in full, a passport's list, or passports side by side."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from visamap.i18n import mark, put, tr
from visamap.render import phrases
from visamap.render import phrases_abroad as words
from visamap.render import sections as drawn
from visamap.render.labels import confidence
from visamap.render.layout import AS_KNOWN, Block, Column, footer, more, paragraph
from visamap.render.phrases import capital
from visamap.render.remarks import noted
from visamap.render.sections import evidence
from visamap.results.abroad import Outbound
from visamap.results.parts import Country, DataRef, Envelope

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
    Column(mark("Destination"), words.there),
    Column(mark("Answer"), words.asks),
    Column(mark("Days"), words.stay),
    Column(mark("Ground"), words.ground),
    Column(mark("Since"), words.began),
    Column(mark("Rule since"), words.rule_began),
    Column(mark("Confidence"), lambda a: confidence(a.confidence)),
)
IN_A_LIST = (COLUMNS[1], COLUMNS[2], COLUMNS[4], COLUMNS[5], COLUMNS[6])
LIMITS = Column(mark("Limits"), lambda a: phrases.terms_short(a.limits))
IN_FULL = (*IN_A_LIST, COLUMNS[7])
NEEDS = Column(mark("Needs"), words.another_visa)
ORDER = tuple(words.REQUIREMENTS)
OF_THE_BEST = (COLUMNS[1], COLUMNS[2], COLUMNS[0], COLUMNS[3], COLUMNS[4])
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
    rest = answer._replace(notes=tuple(note for note in answer.notes if note.code != COUNTS))
    return "\n".join([*lines, *footer(rest, width, {AS_KNOWN})])


def by_requirement(items: Sequence[Outbound]) -> dict[str, list[Outbound]]:
    """Return the answers by what they ask, the most open first."""
    said = sorted(items, key=lambda item: (ORDER.index(item.requirement), item.needs_another_visa))
    return {
        word: [item for item in items if words.asks(item) == word]
        for word in dict.fromkeys(words.asks(item) for item in said)
    }


def columns_on_a_page(found: Sequence[Outbound]) -> tuple[Column, ...]:
    """Return the same for a page, which has room for every limit."""
    code, place, _days, *rest = columns_of(found)
    return (place, code, LIMITS, *rest)


def columns_of(found: Sequence[Outbound]) -> tuple[Column, ...]:
    """Return the columns of a list of destinations that ask the same."""
    needs = found[0].needs_another_visa
    return (*IN_A_LIST[:3], NEEDS, IN_A_LIST[4]) if needs else IN_A_LIST


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
    return words.linked(f"{tr(_SHORT[item.requirement])}{star}{stay}{weak}", item)


def _table(columns: Iterable[Column], items: Sequence[object], width: int) -> Iterator[str]:
    from visamap.render.table import table  # noqa: PLC0415  one destination needs no table

    yield table(list(columns), items, width) if items else tr("Nothing.")


def sections(item: Outbound, data: DataRef) -> Iterator[Block]:
    """Yield one destination in full."""
    asked = tr(
        "{passport} to {destination}, ordinary passport, on {day}",
        passport=words.who(item.passport),
        destination=words.who(item.destination),
        day=item.on,
    )
    best = "" if item.best else f" [{tr('another of these passports is better')}]"
    said = phrases.as_known(words.outbound_sentence(item), item.on, data)
    yield "", [said, put("{asked}{best}", asked=asked, best=best)]
    for case in item.interrupted:
        yield tr("In practice"), [words.interruption(case)]
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
        said = "; ".join(words.condition(c.code, c.value) for c in conditions)
        yield tr("Conditions"), [f"{capital(said)}."]
    if item.rule:
        yield tr("Since"), [words.since(item)]
        yield tr("Until"), [words.until(item)]
    elif item.first_seen:
        seen = tr("{first} to {last}.", first=item.first_seen, last=item.last_seen)
        yield tr("Seen"), [seen]


def _others(item: Outbound) -> Iterator[Block]:
    if item.disagreement:
        yield tr("Disagreement"), [words.side(side) for side in item.disagreement.sides]
    elif item.snapshot and item.basis != "snapshot":
        yield tr("Second source"), [f"{tr('No disagreement.')} {words.side(item.snapshot)}"]
    yield tr("Also"), [words.side(side) for side in item.also]
    for rule in item.local:
        yield tr("Border area"), [f"{capital(rule.who)}: {rule.text} [{rule.id}]"]


def _ground(item: Outbound) -> Iterator[str]:
    granted: str | None = phrases.called(item.act) if item.act else item.granted_by
    if item.reason == "inbound":  # its act stands under that destination
        granted = str(granted) if granted else None
    basis = capital(tr(words.BASES[item.basis])) if item.basis else ""
    rule = f" [{item.rule}]" if item.rule else ""
    by = put(": {act}", act=granted) if granted else ""
    yield put("{basis}{by}.{rule}", basis=basis, by=by, rule=rule)
    if item.note:
        yield item.note


def history(item: Outbound) -> list[str]:
    """Return what a time of the history rests on, and what was barred in it."""
    barred = [words.interruption(case) for case in item.interrupted]
    level = tr("Confidence: {level}.", level=confidence(item.confidence))
    return [*barred, *(_ground(item) if item.basis else ()), level]

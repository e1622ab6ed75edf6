"""The answer to ``timeline``: a bar over the years, then a row for each period, or each in full."""

from collections.abc import Iterator
from datetime import date, timedelta

from visamap.i18n import Span, fact, mark, put, tr, trn
from visamap.render import phrases, phrases_time
from visamap.render.labels import confidence
from visamap.render.phrases import called, ground, pending
from visamap.render.sections import Column, footer, more, paragraph
from visamap.results.check_results import AlsoRegime
from visamap.results.parts import DataRef, Envelope
from visamap.results.time_results import TimelinePeriod

INDENT = "    "
CELLS_A_YEAR = 4
"""At most; a cell is then a quarter. The bar is an overview, the list below it has the days."""
LABEL = 6
"""A year and the room after it."""
LEGEND = {
    "free": mark("visa-free"),
    "no": mark("visa required"),
    "perhaps": mark("not known"),
    "halted": mark("suspended"),
    "outside": mark("not asked"),
}
BLOCKS = {"free": "█", "no": "░", "perhaps": "▒", "halted": "╌", "outside": " "}
ASCII = {"free": "#", "no": ".", "perhaps": "?", "halted": "-", "outside": " "}
COLUMNS = (
    Column("From", lambda p: p.valid_from.isoformat() if p.valid_from else ""),
    Column("To", lambda p: p.valid_to.isoformat() if p.valid_to else ""),
    Column("Answer", lambda p: phrases.verdict(p) + "."),
    Column("Limits", lambda p: "; ".join(phrases.limits(p))),
    Column("Act", lambda p: p.regime.act.title if p.regime else ""),
    Column("Ended by", lambda p: phrases_time.ending(p.ended_by) if p.ended_by else ""),
    Column("Confidence", lambda p: confidence(p.confidence)),
)


def _by_act(item: TimelinePeriod) -> str:
    if item.suspended_by:
        return item.suspended_by.act.id
    if item.regime:
        return item.regime.act.id
    return ", ".join(act.instrument for act in item.pending)


TABLE = (
    *COLUMNS[:2],
    Column("Answer", lambda p: phrases_time.standing(p, short=True)),
    Column("Act", _by_act),
    Column("Confidence", lambda p: confidence(p.confidence)),
)


ANSWER_ROOM = 16
"""Letters for what holds in a period; a longer one goes on in a second line."""


def text(answer: Envelope, width: int, *, blocks: bool = False, full: bool = False) -> str:
    """Return the bar and the list; ``blocks`` says that the output can show block characters."""
    asked, items = answer.asked, answer.items
    heading = trn(
        "{name} ({code}), {passport}, into {home_into}: {n} period.",
        "{name} ({code}), {passport}, into {home_into}: {n} periods.",
        len(items),
        name=fact(asked["name"]),
        code=asked["nationality"],
        passport=tr(phrases.PASSPORTS[asked["passport"]]),
    )
    full = full or len(items) < 2  # noqa: PLR2004  one period is told in one line
    if not full and items[-1].valid_to is None:
        heading = phrases.as_known(heading, date.max, answer.data)
    lines = [*paragraph(heading, width), ""]
    if drawn := bar(items, answer.data.release, width, blocks=blocks):
        lines += [*drawn, ""]
    if full:
        for item in items:
            lines += [*_period(item, answer.data, width), ""]
    else:
        from visamap.render.table import table, unbroken  # noqa: PLC0415  sentences need no table

        roomy = unbroken((*TABLE[:2], *TABLE[3:]), items) + ANSWER_ROOM <= width
        columns = TABLE if roomy else TABLE[:-1]
        lines += [table(columns, items, width), ""]
        limits = [limit for item in items for limit in item.limits]
        lines += paragraph(phrases.terms_legend(limits), width)
        lines += [*more(full, width), ""]
    return "\n".join([*lines, *footer(answer, width)])


def bar(items: tuple[TimelinePeriod, ...], release: date, width: int, *, blocks: bool) -> list[str]:
    """Return the years as cells, the years by number and what the cells mean.

    Nothing where there is nothing to compare, or the years do not fit. A cell shows the state in
    its middle, so a period shorter than a cell may not show.
    """
    starts = [item.valid_from.year for item in items if item.valid_from]
    if len(items) < 2 or not starts:  # noqa: PLR2004  one period is told in one line
        return []
    ends = [item.valid_to.year for item in items if item.valid_to]
    last = release.year if items[-1].valid_to is None else 0
    years = range(min(starts), max(*starts, *ends, last) + 1)
    cells = min(CELLS_A_YEAR, width // len(years))
    if cells == 0:
        return []
    states = [
        _state_on(items, date(year, 1, 1) + timedelta(days=int(365 * (cell + 0.5) / cells)))
        for year in years
        for cell in range(cells)
    ]
    glyphs = BLOCKS if blocks else ASCII
    step = -(-LABEL // cells)
    labels = "".join(f"{year:<{cells * step}}" for year in years[::step])
    used = [f"{glyphs[s]} {tr(meaning)}" for s, meaning in LEGEND.items() if s in states]
    drawn = "".join(glyphs[state] for state in states)
    return [drawn, labels[:width].rstrip(), *paragraph("   ".join(used), width)]


def _state_on(items: tuple[TimelinePeriod, ...], day: date) -> str:
    for item in items:
        if (item.valid_from or day) <= day <= (item.valid_to or day):
            if item.verdict in {"visa_free", "citizen"}:
                return "free"
            if item.verdict == "unknown":
                return "perhaps"
            return "halted" if item.suspended_by else "no"
    return "outside"


def _period(item: TimelinePeriod, data: DataRef, width: int) -> Iterator[str]:
    said = phrases_time.period(item)
    if item.valid_to is None and item.verdict != "citizen":  # it reaches past the release
        said = phrases.as_known(said, date.max, data)
    yield from paragraph(said, width)
    for said in details(item):
        yield from paragraph(said, width, INDENT)


def details(item: TimelinePeriod) -> Iterator[str]:
    """Yield what is known of a period, but for its days and its verdict."""
    if item.limits:
        yield "; ".join(phrases.limits(item)) + "."
    if item.regime:
        yield ground(item.regime.act)
    for rule in item.also:
        yield _by(tr("Also: {act}.", act=called(rule.act)), rule)
    for rule in item.possible:
        yield _possible(rule)
    for halt in item.perhaps_suspended_by:
        yield f"{tr('Perhaps suspended')}: {phrases.halt(halt)}"
    for rule in item.border_residents:
        terms = "; ".join(phrases.terms(limit) for limit in rule.limits)
        said = tr("For residents of a border area only: {terms}.", terms=terms or tr("visa-free"))
        yield _by(said, rule)
    for act in item.pending:
        yield put("{act} [{id}]", act=pending(act), id=Span(act.instrument, "id"))
    if item.ended_by:
        yield phrases_time.ending(item.ended_by)
    if item.verdict != "citizen":
        level = confidence(item.confidence)
        yield tr("Confidence: {level}.", level=level)


def _possible(rule: AlsoRegime) -> str:
    terms = "; ".join(phrases.terms(limit) for limit in rule.limits)
    said = tr(
        "Possibly, from {start}: {terms}.",
        start=phrases.between(rule.valid_from, rule.valid_from_between),
        terms=terms or tr("length of stay not known"),
    )
    return _by(said, rule)


def _by(said: str, rule: AlsoRegime) -> str:
    return put("{said} [{id}]", said=said, id=Span(rule.id, "rule", rule.act))

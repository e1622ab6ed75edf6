"""Passport ranks side by side: a table for each index; in full, its method under it.

What an index published and what visamap worked out itself never share a table.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from visamap.i18n import mark, tr
from visamap.render.labels import confidence
from visamap.render.remarks import noted
from visamap.render.sections import Column, footer, more, paragraph
from visamap.render.table import table
from visamap.results.abroad_results import Rank, Series
from visamap.results.parts import Envelope, Note
from visamap.vocabulary import TieRule

TIES: dict[TieRule, str] = {
    "dense": mark("equal ones share a rank and the next takes the next number"),
    "competition": mark("equal ones share a rank and the next takes its place among all"),
    "individual": mark("ties are broken, so that no rank is shared"),
}
METHODS = ("rank_published", "rank_recomputed")
BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"
UNKNOWN = "-"
CHANGE = mark(
    "Change: places gained (+) or lost (-) since the edition before it, doubtful ones left out."
)
TREND = mark("Trend: the last editions, oldest first; higher is better.")
DISPUTED = mark("Disputed: sources print different figures of this edition.")
DOUBTFUL = mark("?: doubtful, or printed differently elsewhere.")
ONE_BY_ONE = mark(
    "Of {passports}: the place among all passports, ties broken by visa-free destinations."
)


def _number(value: int | None) -> str:
    return UNKNOWN if value is None else str(value)


def _rank(one: Rank) -> str:
    if one.rank is None:
        return UNKNOWN
    doubt = " ?" if one.confidence == "low" or one.disputed else ""
    rank = tr("{rank} of {last}", rank=one.rank, last=one.of) if one.of else str(one.rank)
    return f"{rank}{doubt}"


def _change(one: Rank) -> str:
    if one.change_since_previous is None:
        return UNKNOWN
    return f"{one.change_since_previous:+d}" if one.change_since_previous else "="


def method(one: Rank) -> str:
    """Return whether an edition is the index's own, in few words."""
    if one.published:
        return tr("published")
    return tr("recomputed ({formula})", formula=one.formula)


def spark(trend: Sequence[int]) -> str:
    """Return ranks as blocks, the best one highest; nothing where there is nothing to compare."""
    if len(trend) < 2:  # noqa: PLR2004  one block alone shows no trend
        return ""
    best, worst = min(trend), max(trend)
    top = len(BLOCKS) - 1
    return "".join(
        BLOCKS[top - round((rank - best) * top / (worst - best)) if worst > best else top // 2]
        for rank in trend
    )


PASSPORT = Column(mark("Passport"), lambda r: r.name)
EDITION = Column(mark("Edition"), lambda r: r.edition)
FIGURES = (Column(mark("Rank"), _rank), Column(mark("Score"), lambda r: _number(r.score)))
COUNTED = {
    "visa-free": mark("Visa-free"),
    "visa-free-and-eta": mark("Visa-free or eTA"),
    "no-visa-in-advance": mark("No visa in advance"),
}
"""What the indexes count in a column that each of them calls visa-free."""
CHANGED = Column(mark("Change"), _change)


def _open_to(one: Rank) -> str:
    """Return how many are open with what is counted, for a table of several indexes."""
    if one.visa_free is None:
        return UNKNOWN
    return f"{one.visa_free} ({tr(COUNTED[one.visa_free_counts])})"


COLUMNS = (
    Column(mark("Passport"), lambda r: f"{r.name} ({r.passport})"),
    Column(mark("Index"), lambda r: r.index),
    EDITION,
    Column(mark("Method"), method),
    *FIGURES,
    Column(mark("Destinations"), _open_to),
    CHANGED,
    Column(mark("Confidence"), lambda r: confidence(r.confidence)),
)


def text(answer: Envelope, width: int, *, blocks: bool = False, full: bool = False) -> str:
    """Return a table for each list; ``blocks`` draws the trend with block characters.

    Each stands under what makes its ranks comparable: edition, formula, ties, how many passports.
    How the index counts, and what is remarkable about a rank, is told in ``full`` only.
    """
    told = {series(note.values): note for note in answer.notes if note.code in METHODS}
    lines: list[str] = []
    for key, group in groupby(answer.items, lambda r: Series(r.index, r.published, r.formula)):
        lines += [*_list(list(group), told[key], width, blocks=blocks, full=full), ""]
    if answer.items:
        legend = [tr(CHANGE), *([tr(TREND)] if blocks else []), *([] if full else [tr(DOUBTFUL)])]
        lines += paragraph(" ".join(legend), width)
        lines += [*more(full, width), ""]
    return "\n".join([*lines, *footer(answer, width, METHODS)])


def series(values: dict[str, Any]) -> Series:
    """Return which list a remark on a method is about."""
    return Series(values["index"], values["published"], values["formula"])


def _list(
    items: list[Rank], method: Note, width: int, *, blocks: bool, full: bool
) -> Iterator[str]:
    editions = {one.edition for one in items}
    one_edition = len(editions) == 1
    alone = any(one.individual_rank for one in items)
    trend = [Column(mark("Trend"), lambda r: spark(r.trend))] if blocks else []
    shown = [*columns(items), *trend]
    title = heading(method, editions.pop() if one_edition else None)
    if not full:
        ties, passports = tr(TIES[items[0].tie_rule]), method.values["passports"]
        counted = tr("Passports: {n}; {ties}.", n=passports, ties=ties)
        yield from paragraph(f"{title}. {counted}", width)
        yield ""
        yield table(shown, items, width)
        return
    yield from paragraph(title, width)
    yield ""
    yield table(shown, items, width)
    yield ""
    for one in items:
        told = [tr(DISPUTED)] if one.disputed else []
        if told := [*told, *([one.note] if one.note else [])]:
            dated = "" if one_edition else f", {one.edition}"
            yield from paragraph(f"{one.name}{dated}: {' '.join(told)}", width)
    one_by_one = f" {tr(ONE_BY_ONE, passports=items[0].passports)}" if alone else ""
    yield from paragraph(f"{noted(method)}{one_by_one}", width)


def columns(items: Sequence[Rank]) -> list[Column]:
    """Return the columns of one list, with the edition where there are several."""
    alone = tr("Of {passports}", passports=items[0].passports)
    one_by_one = Column(alone, lambda r: _number(r.individual_rank))
    return [
        PASSPORT,
        *([EDITION] if len({one.edition for one in items}) > 1 else []),
        *FIGURES,
        Column(COUNTED[items[0].visa_free_counts], lambda r: _number(r.visa_free)),
        CHANGED,
        *([one_by_one] if any(one.individual_rank for one in items) else []),
    ]


def heading(method: Note, edition: str | None) -> str:
    """Return which index and edition a table is of."""
    values = method.values
    name = values["name"]
    if values["published"]:
        return tr("{name}, edition {edition}", name=name, edition=edition) if edition else str(name)
    said = mark("{name}, recomputed by the formula {formula}")
    if edition:
        said = mark("{name}, recomputed by the formula {formula}, snapshot of {edition}")
    return tr(said, name=name, formula=repr(values["formula"]), edition=edition)

"""Who gives more: the newest year of each state and its balance by year; in full, all of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from visamap.i18n import mark, tr
from visamap.render.sections import Column, footer, more, paragraph
from visamap.render.table import table
from visamap.results.abroad_results import Reciprocity
from visamap.results.parts import Country, Envelope

MORE = {"gives": mark("gives more"), "gets": mark("gets more"), "even": mark("even")}


def _more(one: Reciprocity) -> str:
    said = tr(MORE[one.more])
    return f"{said} ?" if one.confidence == "low" else said


def balance(one: Reciprocity) -> str:
    """Return what a state gives over what it gets; with a question mark where it may turn."""
    said = f"{one.gives - one.gets:+d}"
    return f"{said}?" if one.confidence == "low" else said


STATE = Column(mark("State"), lambda one: one.state.name)
FIGURES = (
    Column(mark("Both free"), lambda one: str(one.both)),
    Column(mark("Gives"), lambda one: str(one.gives)),
    Column(mark("Gets"), lambda one: str(one.gets)),
    Column(mark("Neither"), lambda one: str(one.neither)),
    Column(mark("Not known"), lambda one: str(one.unknown)),
    Column(mark("Who gives more"), _more),
)
DAY = Column(mark("Day"), lambda one: one.on.isoformat())
COLUMNS = (STATE, DAY, *FIGURES)
NARROW = (Column(mark("Code"), lambda one: one.state.code), DAY, *FIGURES)
LEGEND = mark(
    "Gives: they come without a visa, its own need one there. Gets: the other way round. "
    "Year by year: what it gives less what it gets; ? where what is not known could turn it."
)


Table = tuple[str, Sequence[Column], Sequence[Any]]


def sections(answer: Envelope) -> Iterator[Table]:
    """Yield the tables, each with a heading: the newest year, then the balance by year."""
    states = [list(found) for _, found in groupby(answer.items, lambda one: one.state)]
    newest = [found[-1] for found in states]
    yield newest[0].on.isoformat(), (STATE, *FIGURES), newest
    if len(states[0]) > 1:
        year = Column(mark("Year"), lambda row: str(row[0].on.year))
        balances = (_balance(one.state.code, n) for n, one in enumerate(newest))
        yield tr("Year by year"), (year, *balances), list(zip(*states, strict=True))


def _balance(state: str, n: int) -> Column:
    return Column(state, lambda row: balance(row[n]))


def text(answer: Envelope, width: int, *, full: bool = False) -> str:
    """Return the tables; in full, every year and who it is that gets no answer in kind."""
    lines = []
    for heading, columns, items in sections(answer):
        lines += [f"{heading}:", table(columns, items, width), ""]
    if full:
        lines += [table(NARROW, answer.items, width), ""]
        for one in {item.state: item for item in answer.items}.values():
            lines += [line for said in _unreturned(one) for line in (*paragraph(said, width), "")]
    lines += [*paragraph(tr(LEGEND), width), *([] if full else more(full, width, cited=False))]
    return "\n".join([*lines, "", *footer(answer, width)])


def _unreturned(one: Reciprocity) -> Iterator[str]:
    """Yield who gets what is not given in return, and the other way round."""
    told = {"state": one.state.name, "day": one.on.isoformat()}
    if one.giving:
        names = _names(one.giving)
        yield tr("{state} gives without getting on {day}: {names}.", names=names, **told)
    if one.getting:
        names = _names(one.getting)
        yield tr("{state} gets without giving on {day}: {names}.", names=names, **told)


def _names(countries: tuple[Country, ...]) -> str:
    return "; ".join(one.name for one in countries)

"""Ways by land between states, a table for each border: who may pass, and when that was seen."""

from datetime import date
from itertools import groupby

from visamap.i18n import mark, tr
from visamap.render import phrases
from visamap.render.labels import confidence, crossing_kind, open_to
from visamap.render.sections import Column, footer, more, paragraph
from visamap.render.table import table
from visamap.results.parts import Envelope
from visamap.results.trip_results import Crossing

SENTENCES = {
    "all": mark("{name}: known open to all. Last seen: {seen}."),
    "citizens": mark("{name}: known open to citizens of the two states alone. Last seen: {seen}."),
    "unknown": mark(
        "{name}: known open; whether to others than citizens of the two states is not known. "
        "Last seen: {seen}."
    ),
    "closed": mark("{name}: known closed to travellers. Last seen: {seen}."),
    "runs": mark("{name}: known to run. Last seen: {seen}."),
    "stopped": mark("{name}: known not to run. Last seen: {seen}."),
    "not_known": mark("{name}: whether it is open is not known."),
}


def state(one: Crossing) -> str:
    """Return the code of what is known of a way: who may pass, whether a train runs."""
    if one.last_seen is None:
        return "not_known"
    train = {"unknown": "runs", "closed": "stopped"} if one.kind == "train" else {}
    return train.get(one.open_to, one.open_to)


def sentence(one: Crossing) -> str:
    """Return what is known of a way, and when it was seen."""
    return tr(SENTENCES[state(one)], name=one.name, seen=_seen(one.last_seen or ""))


def _seen(known: str) -> date | str:
    """Return a date as far as it is known, as the language writes it."""
    try:
        return date.fromisoformat(known)
    except ValueError:
        return phrases.partial(known, "") if known else ""


NAME = Column(mark("Crossing or train"), lambda c: c.name)
WITH_KIND = Column(
    mark("Crossing or train"),
    lambda c: c.name if c.kind in {None, "road"} else f"{c.name}, {crossing_kind(c.kind)}",
)
"""Most are roads: what else they are is said behind the name."""
OPEN = Column(mark("Open to"), lambda c: open_to(state(c)))
SEEN = Column(mark("Last seen"), lambda c: c.last_seen or "-")
REMARK = Column(mark("Remark"), lambda c: c.short or "")
KIND = Column(mark("Kind"), lambda c: crossing_kind(c.kind) if c.kind else "-")
COLUMNS = (
    Column(mark("Between"), lambda c: " - ".join(one.code for one in c.between)),
    NAME,
    KIND,
    OPEN,
    SEEN,
    REMARK,
    Column(mark("Confidence"), lambda c: confidence(c.confidence)),
)
TABLE = (WITH_KIND, OPEN, SEEN, REMARK)


def text(answer: Envelope, width: int) -> str:
    """Return a table for each border, under how many of its ways are known open to all."""
    lines: list[str] = []
    for (first, second), group in groupby(answer.items, key=lambda one: one.between):
        found = list(group)
        said = tr(
            "{first} - {second}, {on}. Known open to all: {n} of {all} ways by land.",
            first=first.name,
            second=second.name,
            on=answer.asked["on"],
            n=sum(one.open_to == "all" for one in found),
            all=len(found),
        )
        lines += [*paragraph(said, width), "", table(TABLE, found, width), ""]
    if answer.items:
        lines += [*more(True, width), ""]
    return "\n".join([*lines, *footer(answer, width)])

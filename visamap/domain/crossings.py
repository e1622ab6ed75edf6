"""What lies between two of the five states on a day: crossings, trains, and no common visa.

Nothing is concluded from silence: a day in no period, outside a season or within bounds is not
known, and what is known says when it was last seen.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from visamap.dates import known_ends, open_start
from visamap.results.parts import Note
from visamap.results.trip_results import Crossing
from visamap.store.index import Index
from visamap.store.spans import bounds_of
from visamap.values import made_of
from visamap.vocabulary import BORDERS, OPEN_TO

Row = dict[str, Any]
COMMON_VISA = "common-visa"
TRAIN = "train"


def border_of(first: str, second: str) -> str | None:
    """Return the border of two states; ``None``: they do not touch, or are none of the five."""
    name = "-".join(sorted((first, second)))
    return name if name in BORDERS else None


def crossings(index: Index, first: str, second: str, on: date) -> tuple[Crossing, ...]:
    """Return the ways by land between two states, in any order, those known open to all first.

    There are none where the states do not touch.
    """
    border = border_of(first, second)
    if border is None:
        return ()
    table = index.apart("region")
    closures = [row for row in table["closures"] if row["border"] == border]
    found = [_crossing(index, row, border, closures, on) for row in _ways(table, border)]
    return tuple(sorted(found, key=_order))


def _ways(table: Row, border: str) -> Iterator[Row]:
    yield from (row for row in table["crossings"] if row["border"] == border)
    yield from ({**row, "kind": TRAIN} for row in table["trains"] if border in row["borders"])


def _crossing(index: Index, row: Row, border: str, closures: list[Row], on: date) -> Crossing:
    state = _state(row["periods"], closures, on)
    bounds = bounds_of(state)
    cited = {*row["sources"], *state.get("sources", ())}
    first, second = border.split("-")
    return made_of(
        Crossing,
        row,
        between=(index.country(first), index.country(second)),
        open_to=state["open_to"],
        last_seen=state.get("last_seen"),
        valid_from=known_ends(bounds)[0],
        valid_from_between=open_start(bounds),
        short=state.get("short") or row.get("short"),
        sources=index.sources(cited, "region"),
    )


def _state(periods: Iterable[Row], closures: Iterable[Row], on: date) -> Row:
    """Return the period that surely covers a day; one that says nothing else where none does."""
    unknown: Row = {"open_to": "unknown"}
    now = next((row for row in periods if bounds_of(row).surely(on)), unknown)
    if "season" in now and not _in_season(now["season"], on):
        now = unknown
    for closure in closures:
        bounds = bounds_of(closure)
        if bounds.surely(on):
            return {**closure, "open_to": "closed"}
        if now["open_to"] != "closed" and bounds.perhaps(on):
            now = unknown
    return now


def _in_season(season: list[int], on: date) -> bool:
    first, last = season
    return (on.month - first) % 12 <= (last - first) % 12


def _order(one: Crossing) -> tuple[Any, ...]:
    return OPEN_TO.index(one.open_to), one.last_seen is None, one.kind == "train", one.id


def counted(index: Index, first: str, second: str, on: date) -> Row | None:
    """Return the newest count of the crossings of a border that was published by a day."""
    border = border_of(first, second)
    rows = index.apart("region")["counts"]
    known = [row for row in rows if row["border"] == border and row["on"] <= on.isoformat()]
    return max(known, key=lambda row: str(row["on"]), default=None)


def common_visa(index: Index) -> Note:
    """Return the remark on one visa for all five states: what was searched for and not found."""
    table = index.apart("region")
    found = next(row for row in table["findings"] if row["id"] == COMMON_VISA)
    announced = [
        {
            "on": row.get("on") or "..".join(row["between"]),
            "by": row["by"],
            "what": row["what"],
            "note": row.get("note"),
            "sources": [table["sources"][name][0] for name in row["sources"]],
        }
        for row in found["announcements"]
    ]
    days = {"first": announced[0]["on"], "last": announced[-1]["on"], "as_of": found["as_of"]}
    said = {name: found[name] for name in ("text", "confidence", "note")}
    return Note("common_visa", {**said, **days, "number": len(announced), "announced": announced})

"""What a dataset of many pairs saw of one passport and destination around a day.

An observation knows when it was first and last seen, never when a rule began: between two snapshots
that agree their value holds, between two that differ nothing is known, after the last one its value
lives on with a remark.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from visamap.index import Index
from visamap.requirements import SnapshotWord

BAN = "covid_ban"
"""A border closed in the pandemic: it says nothing of the rule behind it."""


class Seen(NamedTuple):
    """What every snapshot from the first to the last day saw."""

    requirement: SnapshotWord
    days: int | None
    first: date
    last: date


class View(NamedTuple):
    """What the snapshots say of a day.

    ``rule`` is the observation that holds, ``None`` where they differ or are silent; ``around`` are
    the observations on both sides of the day, of which ``rule`` is made. ``ban`` is a closed border
    on that day, ``ban_certain`` whether it was seen closed before and after. ``outlived`` is the
    day of the last snapshot where it lies before the day asked.
    """

    rule: Seen | None
    around: tuple[Seen, ...]
    ban: Seen | None
    ban_certain: bool
    outlived: date | None


NOTHING = View(None, (), None, False, None)


def observations(index: Index, passport: str, destination: str) -> list[Seen]:
    """Return the bundled observations of a pair, oldest first."""
    table = index.apart("outbound")
    days = table["days"]
    return [
        Seen(word, stay, date.fromisoformat(days[first]), date.fromisoformat(days[last]))
        for word, stay, first, last in table["seen"].get(passport, {}).get(destination, ())
    ]


def followed(rows: list[Seen], newer: Seen | None) -> list[Seen]:
    """Return the observations with a newer snapshot behind the last one."""
    if newer is None or (rows and newer.first <= rows[-1].last):
        return rows
    if rows and rows[-1][:2] == newer[:2]:
        return [*rows[:-1], rows[-1]._replace(last=newer.last)]
    return [*rows, newer]


def view(rows: list[Seen], on: date) -> View:
    """Return what the observations say of a day."""
    before = [row for row in rows if row.first <= on]
    if not before:
        return NOTHING
    after = [row for row in rows if row.last >= on]
    outlived = None if after else before[-1].last
    ban = next((row for row in (before[-1], *after[:1]) if row.requirement == BAN), None)
    certain = ban is not None and (outlived is not None or ban.first <= on <= ban.last)
    earlier = next((row for row in reversed(before) if row.requirement != BAN), None)
    later = next((row for row in after if row.requirement != BAN), None)
    around = tuple(dict.fromkeys(row for row in (earlier, later) if row))
    return View(_both(around), around, ban, certain, outlived)


def _both(around: tuple[Seen, ...]) -> Seen | None:
    """Return what both sides of the day agree on; of two lengths of stay the shorter."""
    if not around:
        return None
    first, last = around[0], around[-1]
    if first.requirement != last.requirement:
        return None
    stays = _known(row.days for row in around)
    return Seen(first.requirement, min(stays) if stays else None, first.first, last.last)


def _known(stays: Iterable[int | None]) -> list[int]:
    return [stay for stay in stays if stay is not None]

"""The arithmetic of days: what a limit has used up on a day, and on which days a visit breaks it.

Days are ordinals; nothing here knows which limit holds when. Past visits are kept as runs of days
with running totals, so a window of any length is counted by bisection, never day by day.

The day of entry and the day of exit both count, and a day is counted once however often the border
is crossed on it. What lies before a limit's ``counts_from`` is cut off: a visit that was under way
then counts, for that limit, as one that began on that day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from visamap.limits import Limit, allowed_days

LAST_DAY = date.max.toordinal()
"""Stands for an open end."""


class Visit(NamedTuple):
    """The days from entry to exit, both counted."""

    entry: int
    exit: int


class Counter:
    """Past visits, ready for counting.

    A visit that is asked about begins on or after the entry of every past one that it is counted
    with; it may be one of them, or one that is only thought of.
    """

    def __init__(self, visits: Sequence[Visit]) -> None:
        """Take visits in the order of time; two may share the day between them."""
        self.visits = tuple(visits)
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        self._totals: list[int] = [0]
        self._periods: dict[tuple[int, int], list[int]] = {}
        for entry, leaving in self.visits:
            first = entry
            if self._lasts and entry <= self._lasts[-1]:
                first = self._lasts[-1] + 1
            if first <= leaving:
                self._firsts.append(first)
                self._lasts.append(leaving)
                self._totals.append(self._totals[-1] + leaving - first + 1)

    def with_last_until(self, leaving: int) -> "Counter":
        """Return the same visits, the last one ended on the day ``leaving``."""
        *before, last = self.visits
        return Counter([*before, Visit(last.entry, leaving)])

    def days(self, first: int, last: int) -> int:
        """Return how many of the days from ``first`` to ``last`` were days of a visit."""
        return max(0, self._until(last) - self._until(first - 1))

    def window(self, limit: Limit, on: int, entry: int | None) -> tuple[int, int] | None:
        """Return the days that a limit looks at on a day; ``None``: none are running.

        ``entry`` is that of the visit under way, if there is one.
        """
        counted_from = _counted_from(limit)
        if limit.kind == "rolling":
            return max(on - _per_days(limit) + 1, counted_from), on
        if limit.kind == "from_first_entry":
            start = self._period(limit, on)
            return None if start is None else (start, start + _per_days(limit) - 1)
        if entry is None:
            return None
        start = max(entry, counted_from)
        return start, start + allowed_days(limit) - 1

    def used(self, limit: Limit, on: int, entry: int | None) -> int:
        """Return how many days of a limit are used up on the evening of a day."""
        window = self.window(limit, on, entry)
        if window is None:
            return 0
        if limit.kind in {"rolling", "from_first_entry"}:
            return self.days(window[0], min(window[1], on))
        return max(0, on - window[0] + 1)

    def broken(
        self, limit: Limit, entry: int, since: int, until: int = LAST_DAY
    ) -> tuple[int, int] | None:
        """Return the days from ``since`` on which a visit that goes on and on breaks a limit.

        ``until`` is a day on which it is known to be broken, to look no further.

        Those days follow each other, for while a visit goes on, what it uses up never shrinks; only
        a period from the first entry may end before the visit does.
        """
        days, start = allowed_days(limit), max(entry, _counted_from(limit))
        if limit.kind == "from_first_entry":
            begun = self._period(limit, start)
            end = (start if begun is None else begun) + _per_days(limit) - 1
            used = 0 if begun is None else self.days(begun, start - 1)
            first = max(since, start + max(0, days - used))
            return (first, end) if first <= end else None
        if limit.kind == "rolling":
            return self._broken_window(limit, start, since, until)
        return max(since, start + days), LAST_DAY

    def excess(self, limit: Limit, entry: int, on: int) -> int:
        """Return by how many days a visit from ``entry`` is over a limit on a day.

        Each day that the visit begins and ends later lowers this by one at most.
        """
        start = max(entry, _counted_from(limit))
        if limit.kind == "from_first_entry":
            begun = self._period(limit, start)
            first = start if begun is None else begun
            end = first + _per_days(limit) - 1
            inside = self.days(first, start - 1) + max(0, min(on, end) - start + 1)
            # The day after the period ends it is over at once, however much was used.
            return min(inside - allowed_days(limit), end - start + 1)
        if limit.kind == "rolling":
            return self._in_window(limit, start, on) - allowed_days(limit)
        return on - start + 1 - allowed_days(limit)

    def _broken_window(
        self, limit: Limit, start: int, since: int, until: int
    ) -> tuple[int, int] | None:
        if allowed_days(limit) >= _per_days(limit):
            return None
        low, high = since, min(until, max(since, start) + allowed_days(limit))
        while low < high:
            middle = (low + high) // 2
            if self._in_window(limit, start, middle) > allowed_days(limit):
                high = middle
            else:
                low = middle + 1
        return low, LAST_DAY

    def _in_window(self, limit: Limit, start: int, on: int) -> int:
        """Return the days used in the window of a day, a visit from ``start`` to it included."""
        first = max(on - _per_days(limit) + 1, _counted_from(limit))
        if first >= start:
            return max(0, on - first + 1)
        return self._until(start - 1) - self._until(first - 1) + on - start + 1

    def _until(self, day: int) -> int:
        at = bisect_right(self._firsts, day)
        if at == 0:
            return 0
        return self._totals[at] - max(0, self._lasts[at - 1] - day)

    def _period(self, limit: Limit, on: int) -> int | None:
        """Return the first day of the period from a first entry that runs on a day."""
        per_days, counted_from = _per_days(limit), _counted_from(limit)
        starts = self._periods.get((per_days, counted_from))
        if starts is None:
            starts = self._periods[per_days, counted_from] = []
            entries = [visit.entry for visit in self.visits]
            # A visit under way on the first day that counts begins on that day for this limit.
            first = max(counted_from, 0)
            if any(entry < first <= leaving for entry, leaving in self.visits):
                starts.append(first)
            at = bisect_left(entries, first)
            while at < len(entries):
                if not starts or entries[at] >= starts[-1] + per_days:
                    starts.append(entries[at])
                at = bisect_left(entries, starts[-1] + per_days, at + 1)
        at = bisect_right(starts, on) - 1
        return starts[at] if at >= 0 and on < starts[at] + per_days else None


def _per_days(limit: Limit) -> int:
    return limit.per_days or 0


def _counted_from(limit: Limit) -> int:
    return limit.counts_from.toordinal() if limit.counts_from else 0

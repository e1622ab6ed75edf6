"""Periods of days: both ends count, an end may be open, a start may be known only by bounds.

No clock and no words here; a day outside every period is simply not covered.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from visamap.values import Value

ONE_DAY = timedelta(days=1)
HORIZON_DAYS = 366
"""How long after its release the data is taken to say what holds on a day of entry."""


def horizon(release: date) -> date:
    """Return the last day of entry that the data of a release answers for."""
    return release + timedelta(min(HORIZON_DAYS, (date.max - release).days))


class Period(Value):
    """The days from ``first`` to ``last``, both included; ``None`` is an open end."""

    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether ``day`` lies in the period."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def meets(self, other: Period) -> Period | None:
        """Return the days that both periods share, or ``None`` where they share none."""
        first = max((d for d in (self.first, other.first) if d), default=None)
        last = min((d for d in (self.last, other.last) if d), default=None)
        return None if first and last and first > last else Period(first, last)

    def without(self, other: Period) -> list[Period]:
        """Return what is left of this period, in order, without the days of ``other``."""
        if self.meets(other) is None:
            return [self]
        left = []
        # Before the first day of the calendar there is nothing left, nor after the last one.
        first, last = other.first or date.min, other.last or date.max
        if first > date.min and (self.first is None or self.first < first):
            left.append(Period(self.first, first - ONE_DAY))
        if last < date.max and (self.last is None or last < self.last):
            left.append(Period(last + ONE_DAY, self.last))
        return left


class Bounded(Value):
    """A period whose ends are known only by bounds; a known end has equal bounds."""

    start_not_before: date | None
    start_not_after: date | None
    end_not_before: date | None
    end_not_after: date | None

    @classmethod
    def of(cls, first: date | None, last: date | None) -> Self:
        """Return the bounded form of a period that is known exactly."""
        return cls(first, first, last, last)

    @property
    def certain(self) -> Period | None:
        """The days that the rule covers whatever the true ends are; ``None``: there are none."""
        if (
            self.start_not_after
            and self.end_not_before
            and (self.start_not_after > self.end_not_before)
        ):
            return None
        return Period(self.start_not_after, self.end_not_before)

    def surely(self, day: date) -> bool:
        """Tell whether the rule covers a day whatever the true ends are."""
        _, first, last, _ = self
        return (first is None or first <= day) and (last is None or day <= last)

    def perhaps(self, day: date) -> bool:
        """Tell whether the rule may cover a day, or surely does."""
        first, _, _, last = self
        return (first is None or first <= day) and (last is None or day <= last)

    @property
    def whole(self) -> Period:
        """All days that the rule may cover, the certain ones among them."""
        return Period(self.start_not_before, self.end_not_after)

    @property
    def possible(self) -> list[Period]:
        """The days that the rule may cover and may not, before and after the certain ones."""
        certain = self.certain
        return [self.whole] if certain is None else self.whole.without(certain)


def open_ends(bounds: Bounded) -> tuple[tuple[date, date] | None, tuple[date, date] | None]:
    """Return the bounds of the start and of the end where the days are not known."""
    return _range(*bounds[:2]), _range(*bounds[2:])


def open_start(bounds: Bounded) -> tuple[date | None, date] | None:
    """Return the bounds of the start where the day is not known.

    The first one is ``None`` where all that is known is a day by which a source shows the rule.
    """
    first, last = bounds.start_not_before, bounds.start_not_after
    return (first, last) if last and first != last else None


def known_ends(bounds: Bounded) -> tuple[date | None, date | None]:
    """Return start and end; ``None`` where the day is not known or the period is open."""
    start, end = open_ends(bounds)
    return None if start else bounds.start_not_after, None if end else bounds.end_not_after


def _range(first: date | None, last: date | None) -> tuple[date, date] | None:
    return (first, last) if first and last and first != last else None


class PartialDate(Value):
    """A date of which the day, or the month too, may be unknown."""

    first: date
    last: date
    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2024-04-23``, ``2024-04`` or ``2024``.

        Raises:
            ValueError: when the text has another form or names no day of the calendar.
        """
        parts = text.split("-")
        digits = text.replace("-", "")
        fits = [len(part) for part in parts] in ([4], [4, 2], [4, 2, 2])
        if not (fits and digits.isascii() and digits.isdecimal()):
            raise ValueError(f"{text!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = [int(part) for part in parts] + [1] * (3 - len(parts))
        first = date(year, month, day)
        if len(parts) == 3:  # noqa: PLR2004
            return cls(first, first, text)
        whole_year = len(parts) == 1
        after = date(year + (whole_year or month == 12), 1 if whole_year else month % 12 + 1, 1)  # noqa: PLR2004
        return cls(first, after - ONE_DAY, text)

    @property
    def day(self) -> date | None:
        """The day, where it is known."""
        return self.first if self.first == self.last else None

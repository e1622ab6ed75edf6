"""Stay algebra: how long a visitor may stay when several limits bind at once.

All limits bind together. There are two families: a limit of a single visit, and a cumulative limit
over many visits. An overlay adds a family that a regime leaves open and never loosens one.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date
from typing import Literal

from visamap.values import Value

LimitKind = Literal[
    "per_visit",  # at most `days` from entry to exit
    "rolling",  # at most `days` in any `per_days` days
    "from_first_entry",  # at most `days` in periods of `per_days` that start with an entry
    "hours",  # at most `hours` from entry to exit
    "unlimited",  # the act sets no limit of days: any length is allowed
    "entries",  # at most `entries` days of entry in any `per_days` days
]
SINGLE: frozenset[str] = frozenset({"per_visit", "hours"})
CUMULATIVE: frozenset[str] = frozenset({"rolling", "from_first_entry"})
HOURS_A_DAY = 24
NO_DAYS: frozenset[str] = frozenset({"unlimited", "entries"})
"""Kinds that say nothing of how many days a stay may have."""


class Limit(Value):
    """One limit of a stay.

    ``days`` and ``per_days`` are calendar days, both ends of a visit counted; ``under`` is the id
    of the act that sets the limit; days before ``counts_from`` do not count.

    ``reset_days_outside``: the authority does not count by periods from a first entry but adds all
    days up until so many were spent outside in a row. ``wait_days_outside``: the next visit may
    begin only after so many.
    """

    kind: LimitKind
    days: int | None = None
    per_days: int | None = None
    hours: int | None = None
    under: str | None = None
    counts_from: date | None = None
    entries: int | None = None
    reset_days_outside: int | None = None
    wait_days_outside: int | None = None

    def is_like(self, other: Limit) -> bool:
        """Tell whether both are of one family."""
        return (self.kind in SINGLE) == (other.kind in SINGLE)

    def implies(self, other: Limit) -> bool:
        """Tell whether all who keep to this limit surely keep to the other one of its family."""
        if (self.counts_from or date.min) > (other.counts_from or date.min):
            return False
        most = allowed_days(self)
        if self.kind == other.kind == "rolling" and self.per_days and other.per_days:
            most *= -(-other.per_days // self.per_days)
        elif not (self.kind in SINGLE and other.kind in SINGLE):
            return False
        return most <= allowed_days(other)


def complete(own: tuple[Limit, ...], added: Iterable[Limit]) -> tuple[Limit, ...]:
    """Return ``own`` with those limits of ``added`` whose family ``own`` leaves open."""
    if any_length(own):
        return own
    families = [family for family in (SINGLE, CUMULATIVE) if not any(x.kind in family for x in own)]
    return own + tuple(x for x in added if any(x.kind in family for family in families))


def of_either(
    *rules: tuple[tuple[Limit, ...], tuple[Limit, ...]],
) -> tuple[tuple[Limit, ...], tuple[Limit, ...]]:
    """Return the limits where one of several rules holds, and those of them that only may bind.

    Each rule has its limits and its doubtful ones. Of the limits of one window (a visit, 180 days)
    the strictest stays, for it is safe to keep to, and so does the strictest that binds whichever
    rule holds.
    """
    every = [limit for limits, _ in rules for limit in limits if limit.kind not in NO_DAYS]
    # An act that sets no limit binds nobody; how often one may enter binds as it stands.
    kept = [limit for limits, _ in rules for limit in limits if limit.kind == "entries"]
    if not every and all(any_length(limits) for limits, _ in rules):
        kept += [limit for limit in rules[0][0] if limit.kind == "unlimited"]
    doubtful: list[Limit] = []
    for window in dict.fromkeys((limit.kind, limit.per_days) for limit in every):
        alike = sorted((x for x in every if (x.kind, x.per_days) == window), key=allowed_days)
        strict = alike[0]
        binding = [
            next((x for x in alike if x in limits and x not in doubts), None)
            or _as_short(strict, limits, doubts)
            for limits, doubts in rules
        ]
        kept.append(strict)
        surely = None
        if all(binding):
            surely = max((x for x in binding if x), key=allowed_days)
        if surely is None or allowed_days(surely) > allowed_days(strict):
            doubtful.append(strict)
            kept += [surely] if surely else []
    return tuple(kept), tuple(doubtful)


def _as_short(strict: Limit, limits: Iterable[Limit], doubts: Container[Limit]) -> Limit | None:
    """Return a limit over many visits that surely lets none be longer than a limit of one does."""
    if strict.kind not in SINGLE:
        return None
    sure = (x for x in limits if x.kind in CUMULATIVE and x not in doubts)
    return next((x for x in sure if allowed_days(x) <= allowed_days(strict)), None)


def any_length(limits: Iterable[Limit]) -> bool:
    """Tell whether a stay may last as long as one likes, because an act sets no limit of days."""
    kinds = {limit.kind for limit in limits}
    return "unlimited" in kinds and kinds <= NO_DAYS


def allowed_days(limit: Limit) -> int:
    """Return how many calendar days a limit of days allows.

    A limit in hours allows the days that surely fit: 72 hours are three days whatever the clock
    said at the border. A visit has one day at least.
    """
    if limit.days is not None:
        return limit.days
    return max(1, (limit.hours or 0) // HOURS_A_DAY)


def max_stay_days(limits: Iterable[Limit]) -> int | None:
    """Return the longest first stay in days that all ``limits`` allow; ``None``: none is known."""
    return min((allowed_days(one) for one in limits if one.kind not in NO_DAYS), default=None)

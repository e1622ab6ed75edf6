"""Which days of a visit are lawful: the limits of each day, put to the counter of days.

The rules of a passport stand as stretches of days, each with the limits that bind on all its days.
All limits of a day bind on that day, whatever rule was in force when the visit began. Of a visit
that begins past the horizon nothing is known; one that begins before is followed through it. Days
are ordinals. Penalties, duties and words belong elsewhere.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from visamap.limits import Limit, max_stay_days
from visamap.queries.counting import LAST_DAY, Counter, Visit
from visamap.queries.history import Run
from visamap.vocabulary import StayReason, Verdict


class Stretch(NamedTuple):
    """Neighbouring days with the same verdict and limits; the ``doubtful`` ones only may bind."""

    first: int
    last: int
    verdict: Verdict
    reason: StayReason
    limits: tuple[Limit, ...]
    doubtful: tuple[Limit, ...] = ()

    @property
    def full_stay(self) -> int | None:
        """The longest first stay that all limits allow; ``None``: no limit is known."""
        return max_stay_days(self.limits)


class Reach(NamedTuple):
    """How far a visit may go on.

    ``last`` is its last lawful day, the eve of its entry where entry itself is not lawful, and
    ``None`` where no limit is known. ``limits`` are those that forbid the day after it.
    """

    last: int | None
    reason: StayReason
    limits: tuple[Limit, ...] = ()


class Breach(NamedTuple):
    """Days of a visit that break a limit (``limit``), or for which there is no certain right."""

    first: int
    last: int
    reason: StayReason
    verdict: Verdict
    limit: Limit | None

    @property
    def certain(self) -> bool:
        """Whether the days are unlawful for certain; else we do not know."""
        return self.verdict != "unknown"


class Rulebook:
    """All stretches of one passport, in the order of time and without gaps."""

    def __init__(self, stretches: list[Stretch], last_entry: int = LAST_DAY) -> None:
        """Take stretches that follow each other and end with an open one.

        ``last_entry`` is the last day of entry of which anything is known.
        """
        self.stretches, self.last_entry = stretches, last_entry
        self._starts = [stretch.first for stretch in stretches]
        self._longest_window = max(
            (limit.per_days or 0 for stretch in stretches for limit in stretch.limits), default=0
        )

    def on(self, day: int) -> Stretch:
        """Return the rules of a day."""
        return self.stretches[bisect_right(self._starts, day) - 1]

    def at(self, entry: int, day: int) -> Stretch:
        """Return the rules of a day for who entered on the day ``entry``."""
        found = self.on(day)
        if entry <= self.last_entry or found.verdict == "citizen":
            return found
        return Stretch(self.last_entry + 1, LAST_DAY, "unknown", "beyond_horizon", ())

    def unlimited(self, first: int, last: int) -> bool:
        """Tell whether some day is visa-free without a known length of stay."""
        return any(
            stretch.verdict == "visa_free" and not stretch.limits
            for stretch in self.stretches
            if stretch.first <= last and first <= stretch.last
        )

    def reach(self, counter: Counter, entry: int, since: int | None = None) -> Reach:
        """Return how far a visit from ``entry`` may go on, judged from the day ``since``."""
        day = entry if since is None else since
        if (unknown := self.at(entry, day)).reason == "beyond_horizon":
            return Reach(day - 1, unknown.reason)
        if not self.on(day).limits and self.on(day).verdict == "visa_free":
            return Reach(None, "no_limit_known")
        for stretch in self.stretches[bisect_right(self._starts, day) - 1 :]:
            first = max(day, stretch.first)
            if stretch.verdict == "citizen":
                return Reach(None, "citizen")
            if stretch.verdict != "visa_free":
                return Reach(first - 1, stretch.reason)
            found = [(counter.broken(limit, entry, first), limit) for limit in stretch.limits]
            stops = [(days[0], limit) for days, limit in found if days]
            stop = min((stop for stop, _ in stops), default=LAST_DAY + 1)
            if stop <= stretch.last:
                limits = tuple(limit for at, limit in stops if at == stop)
                return Reach(stop - 1, "limit_reached", limits)
        return Reach(None, "no_limit_known")

    def breaches(self, counter: Counter, visit: Visit) -> Iterator[Breach]:
        """Yield what is not lawful in a visit, rule by rule."""
        if (unknown := self.at(*visit)).reason == "beyond_horizon":
            yield Breach(*visit, unknown.reason, unknown.verdict, None)
            return
        for stretch in self.stretches[bisect_right(self._starts, visit.entry) - 1 :]:
            first, last = max(visit.entry, stretch.first), min(visit.exit, stretch.last)
            if first > last:
                return
            if stretch.verdict == "citizen":
                continue
            if stretch.verdict != "visa_free":
                yield Breach(first, last, stretch.reason, stretch.verdict, None)
                continue
            for limit in stretch.limits:
                if counter.excess(limit, visit.entry, last) <= 0:
                    continue  # most visits are lawful, and this is the quick way to see it
                days = counter.broken(limit, visit.entry, first, last)
                if days and days[0] <= last:
                    end = min(days[1], last)
                    verdict: Verdict = "unknown" if limit in stretch.doubtful else "visa_free"
                    yield Breach(days[0], end, "limit_reached", verdict, limit)

    def first_entry(self, counter: Counter, start: int, *, full: bool = False) -> int | None:
        """Return the first day from ``start`` on which a visit may begin.

        With ``full``: on which one may begin that lasts as long as a first visit could. ``None``:
        no such day is known.
        """
        final = self.stretches[-1].first
        last_visit = counter.visits[-1].exit if counter.visits else 0
        horizon = min(LAST_DAY, max(start, final, last_visit + self._longest_window + 1))
        day = start
        while day <= horizon:
            stretch = self.at(day, day)
            wanted = stretch.full_stay if full else 1
            if stretch.verdict != "visa_free" or wanted is None:
                if not full and stretch.verdict == "visa_free":
                    return day
                day = stretch.last + 1
                continue
            reach = self.reach(counter, day)
            if reach.last is None or reach.last >= day + wanted - 1:
                return day
            day += self._days_to_pass(counter, stretch, day, wanted)
        return None

    def _days_to_pass(self, counter: Counter, stretch: Stretch, entry: int, wanted: int) -> int:
        """Return how many days must pass at least before a stay of ``wanted`` days may begin."""
        last = entry + wanted - 1
        over = max((counter.excess(limit, entry, last) for limit in stretch.limits), default=1)
        # Where another rule is near, only the next day is sure to be the next one to look at.
        return over if over > 1 and last + over <= stretch.last else 1


def rulebook(history: list[Run], last_entry: date) -> Rulebook:
    """Return the rules of a passport from its history, equal neighbours put together."""
    stretches: list[Stretch] = []
    for period, judgement in history:
        first = period.first.toordinal() if period.first else 1
        last = period.last.toordinal() if period.last else LAST_DAY
        chosen = judgement.chosen
        limits = (chosen.limits, chosen.doubtful) if chosen else ((), ())
        rules = judgement.verdict, judgement.reason, *limits
        if stretches and stretches[-1][2:] == rules:
            stretches[-1] = stretches[-1]._replace(last=last)
        else:
            stretches.append(Stretch(first, last, *rules))
    return Rulebook(stretches, last_entry.toordinal())

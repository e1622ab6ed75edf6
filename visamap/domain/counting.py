"""The arithmetic of days: what a limit has used up on a day, and on which days a visit breaks it.

Days are ordinals; nothing here knows which limit holds when. Past visits are kept as runs of days
with running totals, so a window of any length is counted by bisection, never day by day.

The day of entry and the day of exit both count, and a day is counted once however often the border
is crossed on it. What lies before a limit's ``counts_from`` is cut off: a visit that was under way
then counts, for that limit, as one that began on that day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from visamap.domain.verdict import Run
from visamap.limits import NO_DAYS, Limit, allowed_days, any_length, max_stay_days
from visamap.vocabulary import StayReason, Verdict

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
        if limit.kind == "unlimited":
            return None
        if limit.kind in {"rolling", "entries"}:
            return max(on - _per_days(limit) + 1, counted_from), on
        if limit.kind == "from_first_entry":
            by_period, by_absence = self.readings(limit, on)
            start = self._period(limit, on)
            if by_absence > by_period:
                return self._anew(limit, on), on
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
        if limit.kind == "entries":
            return self._entered(*window)
        return max(0, on - window[0] + 1)

    def broken(
        self, limit: Limit, entry: int, since: int, until: int = LAST_DAY
    ) -> tuple[int, int] | None:
        """Return the days from ``since`` on which a visit that goes on and on breaks a limit.

        ``until`` is a day on which it is known to be broken, to look no further.

        Those days follow each other, for while a visit goes on, what it uses up never shrinks; only
        a period from the first entry may end before the visit does. What a visit breaks after such
        days is told when it is asked for ``since`` then.
        """
        if since > LAST_DAY:
            return None
        if limit.kind in NO_DAYS:
            return (since, LAST_DAY) if self.excess(limit, entry, since) > 0 else None
        start = max(entry, _counted_from(limit))
        if limit.kind == "from_first_entry":
            found = self._over_period(limit, start, since)
            added = self._over_count(limit, start, since) or found
            first, last = min(found, added)
            return first, max(days[1] for days in (found, added) if days[0] <= last + 1)
        if limit.kind == "rolling":
            return self._broken_window(limit, start, since, until)
        if self._to_wait(limit, entry) > 0:
            return since, LAST_DAY
        return max(since, start + allowed_days(limit)), LAST_DAY

    def surely_broken(self, limit: Limit, entry: int, since: int) -> tuple[int, int] | None:
        """Return the same days where the limit is broken in whichever way it is counted."""
        if not limit.reset_days_outside:
            return self.broken(limit, entry, since)
        start = max(entry, _counted_from(limit))
        while since <= LAST_DAY:
            found = self._over_period(limit, start, since)
            added = self._over_count(limit, start, since) or found
            first, last = max(found[0], added[0]), min(found[1], added[1])
            if first <= last:
                return first, last
            since = last + 1
        return None

    def surely(self, limit: Limit, entry: int, day: int) -> bool:
        """Tell whether a visit breaks a limit on a day in whichever way it is counted."""
        days = self.surely_broken(limit, entry, day)
        return days is not None and days[0] == day

    def readings(self, limit: Limit, on: int) -> tuple[int, int]:
        """Return the days used of a limit from a first entry, in both ways of counting it.

        First by periods, then as an authority counts that starts anew only after an absence.
        """
        start = self._period(limit, on)
        by_period = 0 if start is None else self.days(start, on)
        by_absence = self.days(self._anew(limit, on), on)
        return by_period, by_absence if limit.reset_days_outside else by_period

    def _over_period(self, limit: Limit, start: int, since: int) -> tuple[int, int]:
        """Return the days on which a visit from ``start`` breaks a limit of a period."""
        days, begun = allowed_days(limit), self._period(limit, start)
        end = (start if begun is None else begun) + _per_days(limit) - 1
        used = 0 if begun is None else self.days(begun, start - 1)
        first = max(since, start + max(0, days - used))
        too_long = max(since, start + days)
        if first > end:  # the next period opens under way, and no visit is longer than that
            return too_long, LAST_DAY
        return first, end if end < too_long - 1 else LAST_DAY

    def _over_count(self, limit: Limit, start: int, since: int) -> tuple[int, int] | None:
        """Return the days on which it breaks what only an absence sets back to nothing."""
        if not limit.reset_days_outside:
            return None
        used = self.days(self._anew(limit, start), start - 1)
        return max(since, start + max(0, allowed_days(limit) - used)), LAST_DAY

    def _anew(self, limit: Limit, on: int) -> int:
        """Return the first day counted with ``on`` where only an absence ends a count."""
        first = on
        for entry, leaving in reversed(self.visits[: self._before(on)]):
            if leaving < _counted_from(limit) or first - leaving > (limit.reset_days_outside or 0):
                break
            first = max(entry, _counted_from(limit))
        return first

    def _to_wait(self, limit: Limit, entry: int) -> int:
        """Return how many days lie between an entry and the first one that a limit allows."""
        at = self._before(entry)
        wait = limit.wait_days_outside
        return self.visits[at - 1].exit + wait + 1 - entry if wait and at else 0

    def _before(self, day: int) -> int:
        """Return how many visits began before a day."""
        return bisect_left(self.visits, day, key=lambda visit: visit.entry)

    def excess(self, limit: Limit, entry: int, on: int) -> int:
        """Return by how many days a visit from ``entry`` is over a limit on a day.

        Each day that the visit begins and ends later lowers this by one at most.
        """
        if limit.kind == "unlimited":
            return 0
        if limit.kind == "entries":
            return self._entries_until(limit, entry) - (limit.entries or 0)
        start = max(entry, _counted_from(limit))
        if limit.kind == "from_first_entry":
            begun = self._period(limit, start)
            first = start if begun is None else begun
            end = first + _per_days(limit) - 1
            inside = self.days(first, start - 1) + max(0, min(on, end) - start + 1)
            # The day after the period ends it is over at once, however much was used.
            over = min(inside - allowed_days(limit), end - start + 1)
            counted = self._anew(limit, start)
            if (reset := limit.reset_days_outside) and counted < start:  # so it is after an absence
                added = self.days(counted, start - 1) + on - start + 1
                back = self.visits[self._before(start) - 1].exit + reset + 1 - start
                over = max(over, min(added - allowed_days(limit), back))
            return max(over, on - start + 1 - allowed_days(limit))
        if limit.kind == "rolling":
            return self._in_window(limit, start, on) - allowed_days(limit)
        return max(on - start + 1 - allowed_days(limit), self._to_wait(limit, entry))

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

    def _entries_until(self, limit: Limit, entry: int) -> int:
        """Return how many days of entry the window of an entry has, that entry included."""
        if entry < _counted_from(limit):
            return 0
        first = max(entry - _per_days(limit) + 1, _counted_from(limit))
        return self._entered(first, entry - 1) + 1

    def _entered(self, first: int, last: int) -> int:
        """Return on how many of these days somebody entered; twice on one day counts once."""
        return len({visit.entry for visit in self.visits if first <= visit.entry <= last})

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
            while at < len(entries) or starts:
                if not starts:
                    starts.append(entries[at])
                over = starts[-1] + per_days
                at = bisect_left(entries, over)
                if at and self.visits[at - 1].exit >= over:  # under way when the period ended
                    starts.append(over)
                elif at < len(entries):
                    starts.append(entries[at])
                else:
                    break
        at = bisect_right(starts, on) - 1
        return starts[at] if at >= 0 and on < starts[at] + per_days else None


def _per_days(limit: Limit) -> int:
    return limit.per_days or 0


def _counted_from(limit: Limit) -> int:
    return limit.counts_from.toordinal() if limit.counts_from else 0


class Stretch(NamedTuple):
    """Neighbouring days with the same verdict and limits; the ``doubtful`` ones only may bind."""

    first: int
    last: int
    verdict: Verdict
    reason: StayReason
    limits: tuple[Limit, ...]
    doubtful: tuple[Limit, ...] = ()
    entries_from: int = 0
    """The first day of entry that the rules are for; earlier visits keep those before them."""

    @property
    def full_stay(self) -> int | None:
        """The longest first stay that all limits allow; ``None``: no limit is known."""
        return max_stay_days(self.limits)

    @property
    def no_limit_known(self) -> bool:
        """Whether one enters visa-free and no length of stay is known."""
        known = self.full_stay is not None or any_length(self.limits)
        return self.verdict == "visa_free" and not known

    def reason_of(self, limits: Sequence[Limit]) -> StayReason:
        """Return why a visit ends that reaches these limits: they may bind, or one does."""
        return "limit_uncertain" if set(limits) <= set(self.doubtful) else "limit_reached"


class Reach(NamedTuple):
    """How far a visit may go on.

    ``last`` is its last lawful day, the eve of its entry where entry itself is not lawful, and
    ``None`` where no limit is known. ``limits`` are those that forbid the day after it; where the
    reason is ``limit_uncertain``, they only may.
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
        self._entries_from = max(stretch.entries_from for stretch in stretches)
        self._longest_window = max(
            (
                max(x.per_days or 0, x.reset_days_outside or 0, x.wait_days_outside or 0)
                for stretch in stretches
                for x in stretch.limits
            ),
            default=0,
        )

    def on(self, day: int) -> Stretch:
        """Return the rules of a day."""
        return self.stretches[bisect_right(self._starts, day) - 1]

    def at(self, entry: int, day: int) -> Stretch:
        """Return the rules of a day for who entered on the day ``entry``."""
        found = self.seen(entry, day)[0]
        if entry <= self.last_entry or found.verdict == "citizen":
            return found
        return Stretch(self.last_entry + 1, LAST_DAY, "unknown", "beyond_horizon", ())

    def seen(self, entry: int, day: int) -> list[Stretch]:
        """Return the rules from a day on for who entered on the day ``entry``."""
        if entry >= self._entries_from:
            return self.stretches[bisect_right(self._starts, day) - 1 :]
        kept: list[Stretch] = []
        for stretch in self.stretches:
            if kept and entry < stretch.entries_from:
                kept[-1] = kept[-1]._replace(last=stretch.last)
            else:
                kept.append(stretch)
        return [stretch for stretch in kept if stretch.last >= day]

    def untold(self, entry: int, first: int, last: int) -> bool:
        """Tell whether some day of a visit is visa-free without a known length of stay."""
        return any(
            stretch.no_limit_known for stretch in self.seen(entry, first) if stretch.first <= last
        )

    def reach(self, counter: Counter, entry: int, since: int | None = None) -> Reach:
        """Return how far a visit from ``entry`` may go on, judged from the day ``since``."""
        day = entry if since is None else since
        if (unknown := self.at(entry, day)).reason == "beyond_horizon":
            return Reach(day - 1, unknown.reason)
        now, *_ = ahead = self.seen(entry, day)
        if now.no_limit_known and not any(counter.broken(x, entry, day) for x in now.limits):
            return Reach(None, "no_limit_known")
        for stretch in ahead:
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
                sure = [limit for limit in limits if counter.surely(limit, entry, stop)]
                return Reach(stop - 1, stretch.reason_of(sure), limits)
        endless = any_length(ahead[-1].limits)
        return Reach(None, "unlimited" if endless else "no_limit_known")

    def breaches(self, counter: Counter, visit: Visit) -> Iterator[Breach]:
        """Yield what is not lawful in a visit, rule by rule."""
        if (unknown := self.at(*visit)).reason == "beyond_horizon":
            yield Breach(*visit, unknown.reason, unknown.verdict, None)
            return
        for stretch in self.seen(visit.entry, visit.entry):
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
                day = first
                while (days := counter.broken(limit, visit.entry, day, last)) and days[0] <= last:
                    day, end = days[0], min(days[1], last)
                    sure = counter.surely_broken(limit, visit.entry, day)
                    certain = sure is not None and sure[0] == day
                    if sure and day <= sure[0] <= end:
                        end = min(end, sure[1] if certain else sure[0] - 1)
                    why = stretch.reason_of((limit,) if certain else ())
                    verdict: Verdict = "visa_free" if why == "limit_reached" else "unknown"
                    yield Breach(day, end, why, verdict, limit)
                    day = end + 1

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
            wanted = stretch.full_stay or 1 if full else 1
            if stretch.verdict != "visa_free" or (full and stretch.no_limit_known):
                day = max(day, self.on(day).last) + 1
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
        return over if over > 1 and last + over <= self.on(entry).last else 1


def rulebook(history: list[Run], last_entry: date) -> Rulebook:
    """Return the rules of a passport from its history, equal neighbours put together."""
    stretches: list[Stretch] = []
    for period, judgement in history:
        first = period.first.toordinal() if period.first else 1
        last = period.last.toordinal() if period.last else LAST_DAY
        chosen = judgement.chosen
        since = chosen.regime.entries_from if chosen else None
        limits = (chosen.limits, chosen.doubtful) if chosen else ((), ())
        rules = judgement.verdict, judgement.reason, *limits, since.toordinal() if since else 0
        if stretches and stretches[-1][2:] == rules:
            stretches[-1] = stretches[-1]._replace(last=last)
        else:
            stretches.append(Stretch(first, last, *rules))
    return Rulebook(stretches, last_entry.toordinal())

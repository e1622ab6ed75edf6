"""The counter of days against a slow one that walks day by day, for rules of every kind.

The oracle knows nothing of runs or bisection: it asks each day which limits hold on it
and counts the days of a set. Windows are small here, so that edges are met often.
"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import act, index_of, per_visit, regime, rolling
from kit_days import (
    NO_DAYS,
    ONE,
    allowed,
    days_of,
    kept,
    used,
    used_by_absence,
    used_by_period,
)

import visamap
from visamap.domain.verdict import Visitor, judge
from visamap.registry import Registry

START = date(2023, 12, 10)  # a year's end and a leap day lie ahead
CHANGE = date(2024, 1, 20)
HORIZON = 120


def first_entry(days, per_days, reset=None):
    added = {"reset_days_outside": reset} if reset else {}
    return {"kind": "from_first_entry", "days": days, "per_days": per_days, **added}


def waiting(days, wait):
    return {**per_visit(days), "wait_days_outside": wait}


UNLIMITED = {"kind": "unlimited"}


def entries(number, per_days):
    return {"kind": "entries", "entries": number, "per_days": per_days}


def hours(number):
    return {"kind": "hours", "hours": number}


def overlay(*limits, counts_from=None, start="2024-01-20"):
    return {
        "id": "an-overlay",
        "act": "a-decree",
        "applies_to": {},
        "limits": list(limits),
        "from": start,
        "confidence": "high",
        "sources": ["a-source"],
        **({"counts_from": counts_from} if counts_from else {}),
    }


def always(*limits):
    return index_of(regime(limits=list(limits)))


def changed(before, after, *, start="2024-01-20", for_entries=False, **sections):
    """Rules that change on 20 January 2024, or with a gap before ``start``."""
    return index_of(
        regime("one", end="2024-01-19", limits=before),
        regime("two", start=start, limits=after, for_entries=for_entries),
        **sections,
    )


def added(limits, *more, counts_from=None):
    return index_of(regime(limits=limits), overlays=[overlay(*more, counts_from=counts_from)])


RULES = {
    "per visit": always(per_visit(6)),
    "rolling": always(rolling(5, 12)),
    "window filled by one stay": always(rolling(12, 12)),
    "visit and window": always(per_visit(4), rolling(7, 15)),
    "from first entry": always(first_entry(5, 14)),
    "by periods or until an absence": always(first_entry(5, 14, reset=5)),
    "by periods or until a short absence": always(first_entry(6, 20, reset=2)),
    "by short periods or until a long absence": always(first_entry(6, 8, reset=11)),
    "visit, and by periods or until an absence": always(per_visit(4), first_entry(7, 15, reset=7)),
    "until an absence after a change": changed([per_visit(9)], [first_entry(6, 12, reset=6)]),
    "for later entries": changed([first_entry(9, 20)], [first_entry(5, 10)], for_entries=True),
    "longer for later entries": changed([per_visit(4)], [rolling(9, 15)], for_entries=True),
    "by an absence, then for later entries": changed(
        [first_entry(8, 16, reset=8)], [per_visit(6), rolling(6, 12)], for_entries=True
    ),
    "for entries after a gap": changed(
        [per_visit(6)], [rolling(4, 9)], start="2024-02-01", for_entries=True
    ),
    "visit, then a wait": always(waiting(5, 4)),
    "a wait after a change, and a window": changed([per_visit(4)], [waiting(6, 6), rolling(9, 20)]),
    "first entry in a short period": always(first_entry(6, 8)),
    "first entry, all of the period": always(first_entry(6, 6)),
    "unlimited": always(UNLIMITED),
    "unlimited in days, not in entries": always(UNLIMITED, entries(2, 20)),
    "entries alone": always(entries(1, 9)),
    "visit and entries": always(per_visit(4), entries(2, 15)),
    "window, then unlimited": changed([per_visit(4), rolling(7, 15)], [UNLIMITED]),
    "unlimited, then a visit": changed([UNLIMITED], [per_visit(5)]),
    "unlimited, then a first entry": changed([UNLIMITED], [first_entry(5, 14)]),
    "visit and first entry": always(per_visit(4), first_entry(7, 15)),
    "hours": always(hours(72), rolling(7, 15)),
    "few hours": always(hours(10)),
    "no limit": always(),
    "longer after a change": changed([per_visit(4)], [per_visit(9), rolling(9, 18)]),
    "shorter after a change": changed([per_visit(9)], [per_visit(4), rolling(7, 15)]),
    "wider window after a change": changed(
        [per_visit(6), rolling(6, 20)], [per_visit(6), rolling(18, 20)]
    ),
    "other kind after a change": changed([rolling(6, 14)], [per_visit(8), first_entry(8, 20)]),
    "gap": changed([per_visit(6)], [per_visit(6), rolling(8, 20)], start="2024-02-01"),
    "ended": index_of(regime(end="2024-02-29", limits=[per_visit(5), rolling(8, 20)])),
    "first limit by overlay": added([], per_visit(5), rolling(8, 20), counts_from="2024-01-20"),
    "window by overlay": added([per_visit(6)], rolling(8, 20), counts_from="2024-01-20"),
    "window by overlay reaches back": added([per_visit(6)], rolling(8, 20)),
    "first entry by overlay": added([per_visit(6)], first_entry(8, 20), counts_from="2024-01-20"),
    "uncertain start": index_of(
        regime(between=("2024-01-10", "2024-01-25"), limits=[per_visit(5), rolling(8, 20)])
    ),
    "halted": index_of(
        regime(limits=[per_visit(6), rolling(9, 20)]),
        instruments=[act(), act("a-halt"), act("kz-gov-148-2012")],
        suspensions=[
            {
                "id": "halt",
                "act": "a-halt",
                "instruments": ["a-decree"],
                "from": "2024-01-15",
                "to": "2024-02-05",
                "confidence": "high",
                "sources": ["a-source"],
            }
        ],
    ),
}
REGISTRIES = {name: Registry(index) for name, index in RULES.items()}
for _registry in REGISTRIES.values():
    _registry._codes["XAA"] = "XAA"  # a code of no country, which no list of names holds


class Slow:
    """A traveller's days, counted one at a time."""

    def __init__(self, index, visits):
        self.index, self.visits, self.judged = index, visits, {}

    def on(self, day):
        if day not in self.judged:
            self.judged[day] = judge(self.index, Visitor("XAA", "ordinary", day))
        return self.judged[day]

    def of(self, entry, day):
        """Say what holds on a day for who entered on ``entry``, perhaps before the rule began."""
        found = self.on(day)
        while found.chosen and entry < (found.chosen.regime.entries_from or entry):
            found = self.on(found.chosen.regime.entries_from - ONE)
        return found

    def limits(self, entry, day):
        judgement = self.of(entry, day)
        return judgement.chosen.limits if judgement.chosen else ()

    def verdict_of(self, entry, day, visits):
        """Say whether being inside on a day of a visit is lawful: True, False or None."""
        judgement = self.of(entry, day)
        if judgement.verdict != "visa_free":
            return None if judgement.verdict == "unknown" else False
        found = {kept(x, entry, day, visits) for x in judgement.chosen.limits}
        return False if False in found else None if None in found else True

    def lawful(self, entry, leaving, visits, since=None):
        """Say whether each day of a visit is lawful, given the visits before it."""
        told = [*visits, (entry, leaving)]
        return [self.verdict_of(entry, day, told) for day in days_of(since or entry, leaving)]

    def longest(self, entry, visits, since=None):
        """Return the days of the longest stay; ``None``: not known or without end."""
        day = since or entry
        if self.of(entry, day).verdict == "unknown":
            return None
        here = [*visits, (entry, day)]
        now = self.verdict_of(entry, day, here)
        if now is None or (now and self.untold(entry, day)):
            return None
        number = 0
        while number < HORIZON:
            if not self.verdict_of(entry, day, [*visits, (entry, day)]):
                return number
            number, day = number + 1, day + ONE
        return None

    def untold(self, entry, day):
        """Say whether one is visa-free on a day and no length of stay is known."""
        kinds = {limit.kind for limit in self.limits(entry, day)}
        return bool(self.of(entry, day).chosen) and kinds <= {"entries"}

    def first(self, start, visits, *, full=False):
        for day in days_of(start, start + HORIZON * ONE):
            if not self.on(day).chosen:
                continue
            if full and self.untold(day, day):
                continue
            if not self.verdict_of(day, day, [*visits, (day, day)]):
                continue
            longest = self.longest(day, visits)
            told = [allowed(x) for x in self.limits(day, day) if x.kind not in NO_DAYS]
            wanted = min(told, default=1) if full else 1
            if longest is None or longest >= wanted:
                return day
        return None


@st.composite
def journeys(draw):
    """Visits that may share a day, the day asked, whether inside on it, and a plan."""
    day, visits = START, []
    for _ in range(draw(st.integers(0, 6))):
        day += draw(st.integers(0 if visits else 1, 14)) * ONE
        leaving = day + draw(st.integers(0, 9)) * ONE
        if not visits or (day, leaving) != visits[-1]:
            visits.append((day, leaving))
        day = leaving
    inside = bool(visits) and draw(st.booleans())
    on = day if inside else day + draw(st.integers(0, 25)) * ONE
    entry = on + draw(st.integers(0, 20)) * ONE
    return visits, on, inside, (entry, entry + draw(st.integers(0, 12)) * ONE)


def written(visit, *, inside=False):
    return f"{visit[0]}/{'' if inside else visit[1]}"


def asked(registry, journey):
    visits, on, inside, plan = journey
    trips = [written(v, inside=inside and v is visits[-1]) for v in visits]
    return registry.stay("XAA", on=on, trips=trips, plan=written(plan))


@pytest.mark.parametrize("name", RULES)
@settings(max_examples=20, deadline=None)
@given(journey=journeys())
def test_counter_agrees_with_counting_one_day_at_a_time(name, journey):
    visits, on, inside, _plan = journey
    slow, told = Slow(RULES[name], visits), asked(REGISTRIES[name], journey)

    entry = visits[-1][0] if inside else None
    for limit, counted in zip(slow.limits(entry or on, on), told.limits, strict=True):
        single = limit.kind in {"per_visit", "hours"}
        expected = used(limit, entry, on, visits) if entry or not single else 0
        if limit.reset_days_outside:
            each = used_by_period(limit, on, visits), used_by_absence(limit, on, visits)
            assert (counted.used_by_period, counted.used_by_absence) == each
        left = None if limit.kind == "unlimited" else max(0, allowed(limit) - expected)
        assert (counted.used, counted.left) == (expected, left)

    wrong, doubtful = set(), False
    for n, (first, last) in enumerate(visits):
        lawful = slow.lawful(first, last, visits[:n])
        untold = any(slow.untold(first, day) for day in days_of(first, last))
        doubtful = doubtful or None in lawful or untold
        wrong |= {d for d, good in zip(days_of(first, last), lawful, strict=True) if good is False}
    assert told.overstay_days == len(wrong)
    assert told.first_overstay == min(wrong, default=None)
    assert told.in_compliance is (False if wrong else None if doubtful else True)

    before = visits[:-1] if inside else visits
    left = slow.longest(entry or on, before, since=on)
    assert told.days_left == left
    assert told.latest_exit == (on + (left - 1) * ONE if left else None)

    if wrong:  # an overstay may bar entry, so no day of return is told
        assert told.next_entry is told.longest_stay_from_next_entry is told.next_full_stay is None
    elif not inside or left is not None or slow.of(entry or on, on).verdict == "unknown":
        leaving = (told.latest_exit or on) if inside else None
        after = [*before, (entry, leaving)] if inside else visits
        start = leaving + ONE if inside else on
        back = slow.first(start, after)
        assert told.next_entry == back
        assert told.longest_stay_from_next_entry == (slow.longest(back, after) if back else None)
        assert told.next_full_stay == slow.first(start, after, full=True)

    check_plan(slow, told, journey)


def check_plan(slow, told, journey):
    visits, on, inside, (first, last) = journey
    since, entry, before = first, first, visits
    if inside and first == on:
        entry, before = visits[-1][0], visits[:-1]
    elif inside:
        leaving = (
            first
            if told.reason in {"no_limit_known", "unlimited"}
            else min(first, told.latest_exit or on)
        )
        before = [*visits[:-1], (visits[-1][0], leaving)]
        assert told.plan.assumed_exit == leaving
    lawful = slow.lawful(entry, last, before, since)
    days = days_of(first, last)
    broken = [day for day, good in zip(days, lawful, strict=True) if good is False]
    open_ended = any(slow.untold(entry, day) for day in days)
    expected = False if broken else None if None in lawful or open_ended else True
    assert told.plan.allowed is expected
    assert told.plan.first_overstay == min(broken, default=None)
    assert told.plan.longest_stay == slow.longest(entry, before, since)


SHIPPED = visamap.load()
CODES = st.sampled_from(["THA", "KOR", "RUS", "IND", "ALB", "BRA", "UKR", "TUR", "USA", "AND"])


@st.composite
def real_journeys(draw):
    """Visits of the last years up to a day, in and out of the limits."""
    day, trips = date(2021, 6, 1) + draw(st.integers(0, 1500)) * ONE, []
    for _ in range(draw(st.integers(0, 5))):
        day += draw(st.integers(0, 90)) * ONE
        leaving = day + draw(st.integers(1, 40)) * ONE
        trips.append(f"{day}/{leaving}")
        day = leaving
    if trips and draw(st.booleans()):
        trips[-1] = trips[-1].partition("/")[0] + "/"
        return trips, day
    return trips, day + draw(st.integers(0, 120)) * ONE


@settings(deadline=None)
@given(CODES, real_journeys())
def test_a_plan_up_to_the_latest_exit_is_allowed_and_not_a_day_more(code, journey):
    trips, on = journey
    told = SHIPPED.stay(code, on=on, trips=trips)
    if not told.days_left:
        return
    assert told.latest_exit == on + (told.days_left - 1) * ONE
    plan = SHIPPED.stay(code, on=on, trips=trips, plan=(on, told.latest_exit)).plan
    assert (plan.allowed, plan.longest_stay) == (True, told.days_left)
    longer = SHIPPED.stay(code, on=on, trips=trips, plan=(on, told.latest_exit + ONE)).plan
    assert longer.allowed is not True
    assert longer.first_overstay in {None, told.latest_exit + ONE}


@settings(deadline=None)
@given(CODES, real_journeys())
def test_the_next_entry_is_possible_and_the_day_before_it_is_not(code, journey):
    trips, on = journey
    told = SHIPPED.stay(code, on=on, trips=trips)
    if told.next_entry is None:
        return
    plan = SHIPPED.stay(code, on=on, trips=trips, plan=(told.next_entry, told.next_entry)).plan
    if told.next_entry > on or not told.inside:
        assert plan.allowed or told.longest_stay_from_next_entry is None
        assert plan.longest_stay == told.longest_stay_from_next_entry
    eve = told.next_entry - ONE
    if eve > max(on, told.latest_exit or on):
        assert SHIPPED.stay(code, on=on, trips=trips, plan=(eve, eve)).plan.allowed is not True


@settings(deadline=None)
@given(CODES, real_journeys())
def test_nothing_is_left_over_and_nothing_used_twice(code, journey):
    trips, on = journey
    told = SHIPPED.stay(code, on=on, trips=trips)
    for limit in told.limits:
        assert 0 <= limit.left <= limit.days
        assert limit.per_days is None or limit.used <= limit.per_days
        assert limit.left == max(0, limit.days - limit.used)
    if told.verdict == "visa_free":
        assert told.days_left is None or told.stay_ends.on == on + told.days_left * ONE
    else:
        assert not told.days_left
        assert told.limits == ()
    assert (told.in_compliance is False) == (told.overstay_days > 0)

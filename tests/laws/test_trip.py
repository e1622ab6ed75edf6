"""Journeys against a slow counter that walks day by day, state by state, in every destination."""

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kit_days import ONE, days_of, kept, used

import visamap
from visamap.domain.verdict import Visitor, judge
from visamap.vocabulary import DESTINATIONS

REGISTRY = visamap.load()
STATES = [code for code in DESTINATIONS if code in REGISTRY.index.destinations]
CODES = ["DEU", "GBR", "IND", "CHN", "USA", "ISR", "RUS", "KOR", "THA", "TUR", "BRA", "KAZ", "UZB"]
SINCE = date(2024, 1, 1)


@cache
def judged(code, state, day):
    index = REGISTRY.entering(state).index
    return judge(index, Visitor(index.holder(code, "ordinary", day), "ordinary", day))


class Slow:
    """What each state says of a traveller's days, asked one at a time."""

    def __init__(self, code):
        self.code = code

    def on(self, state, day):
        return judged(self.code, state, day)

    def inside(self, state, entry, day):
        """Return the rule of a day for who came on ``entry``: a rule may be for later entries."""
        judgement = self.on(state, day)
        since = judgement.chosen and judgement.chosen.regime.entries_from
        return self.inside(state, entry, since - ONE) if since and entry < since else judgement

    def lawful(self, state, entry, day, visits):
        """Say whether being inside on a day is lawful: True, False or None."""
        judgement = self.inside(state, entry, day)
        if judgement.verdict != "visa_free":
            return {"citizen": True, "unknown": None}.get(judgement.verdict, False)
        chosen = judgement.chosen
        found = {
            None if x in chosen.doubtful and not good else good
            for x in chosen.limits
            for good in [kept(x, entry, day, visits)]
        }
        if found - {True}:
            return False if False in found else None
        return None if {x.kind for x in chosen.limits} <= {"entries"} else True

    def allowed(self, state, entry, leaving, before):
        if entry > REGISTRY.index.horizon and self.on(state, entry).verdict != "citizen":
            return None
        visits = [*before, (entry, leaving)]
        told = [self.lawful(state, entry, day, visits) for day in days_of(entry, leaving)]
        return False if False in told else None if None in told else True

    def longest(self, state, entry, before):
        """Return the last day on which a visit from ``entry`` is lawful, at most 400 days later."""
        day = entry
        while (day - entry).days < 400 and self.lawful(state, entry, day, [*before, (entry, day)]):
            day += ONE
        return day - ONE


def check_first_entry(slow, leg, before):
    """See that no earlier day would do for a leg that is not allowed, and that its day would."""
    state, length = leg.destination.code, leg.exit - leg.entry
    if leg.allowed is not False:
        assert leg.first_entry is None
        return
    found = leg.first_entry
    if found:
        assert slow.allowed(state, found, found + length, before)
    for n in (1, 2, 7, 30, 31, 90, 180, 200, 365):
        day = found - n * ONE if found else leg.entry + n * ONE
        if day >= leg.entry:
            assert slow.allowed(state, day, day + length, before) is not True


@st.composite
def journeys(draw):
    """Past visits and legs in the order of time; the next may begin on the day of an exit."""
    day, found = SINCE + draw(st.integers(0, 900)) * ONE, []
    for _ in range(draw(st.integers(1, 8))):
        day += draw(st.sampled_from([0, 0, 1, 5, 40, 100])) * ONE
        leaving = day + draw(st.sampled_from([0, 1, 4, 13, 29, 30, 59, 89, 90])) * ONE
        visa = draw(st.sampled_from([False, False, False, True]))
        found.append((draw(st.sampled_from(STATES)), day, leaving, visa))
        day = leaving
    return found, draw(st.integers(0, len(found) - 1)), draw(st.booleans())


def written(visit, *, endless=False):
    state, entry, leaving, visa = visit
    return f"{state}:{entry}/{'' if endless else leaving}{':visa' if visa else ''}"


def day(text):
    return date.fromisoformat(text)


TWICE = ("UZB", day("2027-01-01"), day("2027-01-20"), False)
BACK_AT_ONCE = ("UZB", day("2027-01-20"), day("2027-02-08"), False)
INTO_A_NEW_RULE = ("KGZ", day("2025-11-06"), day("2026-01-20"), False)


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=6)
@given(journey=journeys())
@example(journey=([TWICE, BACK_AT_ONCE], 0, False))
@example(journey=([TWICE, BACK_AT_ONCE], 1, True))
@example(journey=([INTO_A_NEW_RULE], 0, True))
def test_a_journey_agrees_with_counting_one_day_at_a_time(code, journey):
    visits, past, endless = journey
    legs = visits[past:]
    told = [written(one, endless=endless and one is legs[-1]) for one in legs]
    found = REGISTRY.trip([code], legs=told, past=map(written, visits[:past]), on="2026-11-24")
    slow = Slow(code)
    for at, (leg, (state, entry, leaving, visa)) in enumerate(zip(found, legs, strict=True), past):
        before = [(a, b) for to, a, b, on_visa in visits[:at] if to == state and not on_visa]
        assert (leg.leg, leg.destination.code, leg.on_visa) == (at - past + 1, state, visa)
        if visa:
            assert leg.limits == ()
        elif leg.exit is not None:
            assert leg.allowed is slow.allowed(state, entry, leaving, before)
            check_first_entry(slow, leg, before)
            for limit in leg.limits:
                expected = used(limit, entry, leaving, [*before, (entry, leaving)])
                assert limit.used == expected
        elif leg.latest_exit and leg.verdict == "visa_free":
            assert leg.latest_exit == slow.longest(state, entry, before)
            assert leg.allowed is not True or leg.latest_exit >= entry


@settings(max_examples=30)
@given(journey=journeys(), code=st.sampled_from(CODES))
def test_a_later_leg_changes_nothing_of_an_earlier_one(code, journey):
    visits, past, _ = journey
    legs = [written(one) for one in visits[past:]]
    before = [written(one) for one in visits[:past]]
    whole = REGISTRY.trip([code], legs=legs, past=before, on="2026-11-24")
    for n in range(1, len(legs)):
        assert REGISTRY.trip([code], legs=legs[:n], past=before, on="2026-11-24") == whole[:n]


ORDER = {True: 2, None: 1, False: 0}


@settings(max_examples=30)
@given(journey=journeys(), code=st.sampled_from(CODES))
def test_an_earlier_visit_makes_no_leg_better(code, journey):
    visits, _, _ = journey
    *legs, last = [written(one) for one in visits]
    alone = REGISTRY.trip([code], legs=[last], on="2026-11-24")[0]
    after = REGISTRY.trip([code], legs=[last], past=legs, on="2026-11-24")[0]
    assert ORDER[after.allowed] <= ORDER[alone.allowed]


@pytest.mark.parametrize("state", STATES)
@settings(max_examples=30)
@given(
    code=st.sampled_from(CODES),
    on=st.integers(0, 1500).map(lambda n: SINCE + timedelta(n)),
    days=st.sampled_from([1, 3, 10, 14, 15, 30, 31, 60, 61, 90, 91, 400]),
)
def test_a_journey_of_one_leg_says_what_check_says_of_so_many_days(state, code, on, days):
    leaving = on + timedelta(days - 1)
    leg = REGISTRY.trip([code], legs=[f"{state}:{on}/{leaving}"], on="2026-11-24")[0]
    said = REGISTRY.entering(state).check(code, on=on, days=days)
    assert leg.verdict == said.verdict
    assert leg.max_stay_days == said.max_stay_days
    plan = REGISTRY.entering(state).stay(code, on=SINCE, plan=f"{on}/{leaving}").plan
    assert (leg.allowed, leg.longest_stay) == (plan.allowed, plan.longest_stay)
    if leg.allowed:
        assert all(one.used <= one.days for one in leg.limits if one.left is not None)
    if (
        said.stay_allowed is not None
    ):  # where terms change in a stay, only a plan is counted through
        assert leg.allowed is said.stay_allowed
        assert leg.surely_allowed is said.surely_free()


@settings(max_examples=30)
@given(
    journey=journeys(), codes=st.lists(st.sampled_from(CODES), min_size=2, max_size=3, unique=True)
)
def test_of_several_passports_as_many_legs_pass_as_can(codes, journey):
    visits, past, _ = journey
    legs = [written(one) for one in visits[past:]]
    found = REGISTRY.trip(codes, legs=legs, on="2026-11-24")
    for number in range(1, len(legs) + 1):
        of_it = [leg for leg in found if leg.leg == number]
        assert [leg.nationality.code for leg in of_it] == codes
        (chosen,) = [leg for leg in of_it if leg.best]
        assert ORDER[chosen.allowed] == max(ORDER[leg.allowed] for leg in of_it)

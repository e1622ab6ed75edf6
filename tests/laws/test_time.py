"""Laws of ``timeline`` and ``diff`` for every nationality of the shipped data."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import visamap
from visamap.vocabulary import PASSPORTS

REGISTRY = visamap.load()
CODES = sorted(REGISTRY.index.tables["countries"])
HORIZON = REGISTRY.index.horizon
DAYS = st.dates(date(1990, 1, 1), HORIZON)
COVERED = st.dates(date(2012, 1, 21), HORIZON)
KINDS = st.sampled_from(PASSPORTS)
UNTIMED = settings(deadline=None, max_examples=15)
"""Each example asks all nationalities twice; how long that takes is measured elsewhere."""
RANKS = {"visa_free": 2, "citizen": 2, "unknown": 1, "visa_required": 0}


def period_of(periods, day):
    (found,) = (p for p in periods if (p.valid_from or day) <= day <= (p.valid_to or day))
    return found


@pytest.mark.parametrize("passport", PASSPORTS)
def test_the_timeline_at_a_day_is_the_answer_of_that_day(passport):
    """On ten days, and at the ends of its periods: of all, or of three for rarer passports."""
    chance = random.Random(passport)  # noqa: S311  the same days in every run
    first, last = date(1990, 1, 1), HORIZON  # a timeline knows no horizon
    days = {first + timedelta(chance.randrange((last - first).days)) for _ in range(10)}
    for code in CODES:
        periods = REGISTRY.timeline(code, passport=passport)
        ends = [day for p in periods for day in (p.valid_from, p.valid_to) if day and day <= last]
        some = ends if passport == "ordinary" else chance.sample(ends, min(3, len(ends)))
        for day in days.union(some):
            told, answer = period_of(periods, day), REGISTRY.check(code, on=day, passport=passport)
            for field in (
                "nationality", "passport", "verdict", "reason", "max_stay_days", "limits", "regime",
                "suspended_by", "pending", "border_residents", "confidence", "sources",
            ):  # fmt: skip
                assert getattr(told, field) == getattr(answer, field), (code, day, field)
            assert told.also + told.possible == answer.also


@UNTIMED
@given(st.sampled_from(CODES), KINDS)
def test_periods_follow_each_other_without_gap_and_neighbours_differ(code, passport):
    periods = REGISTRY.timeline(code, passport=passport)
    assert periods[0].valid_from is None
    assert periods[-1].valid_to is None
    assert periods[-1].ended_by is None
    for one, following in pairwise(periods):
        assert following.valid_from == one.valid_to + timedelta(1)
        assert one.ended_by
        assert one.ended_by.act or one.ended_by.code in {"coverage_began", "beside"}
        dates = {"valid_from": None, "valid_to": None, "ended_by": None}
        assert one._replace(**dates) != following._replace(**dates)


@UNTIMED
@given(DAYS, DAYS, KINDS)
def test_diff_is_the_mirror_of_itself(one, other, passport):
    mirror = {"gained": "lost", "lost": "gained"}
    mirror |= {f"possible-{a}": f"possible-{b}" for a, b in mirror.items()}
    forward = REGISTRY.diff(one, other, passport=passport)
    backward = REGISTRY.diff(other, one, passport=passport)
    turned = [
        d._replace(change=mirror.get(d.change, d.change), before=d.after, after=d.before)
        for d in backward
    ]
    assert sorted(forward, key=lambda d: d.nationality) == sorted(
        turned, key=lambda d: d.nationality
    )


@UNTIMED
@given(DAYS, KINDS)
def test_nothing_differs_from_itself(day, passport):
    assert REGISTRY.diff(day, day, passport=passport) == ()


@UNTIMED
@given(DAYS, DAYS, KINDS)
def test_a_difference_tells_what_check_answers_on_both_days(one, other, passport):
    early, late = sorted((one, other))
    for found in REGISTRY.diff(early, late, passport=passport):
        code = found.nationality.code
        for day, standing in ((early, found.before), (late, found.after)):
            answer = REGISTRY.check(code, on=day, passport=passport)
            for field in ("verdict", "reason", "max_stay_days", "limits", "regime", "suspended_by"):
                assert getattr(standing, field) == getattr(answer, field)
        assert early < found.on <= late
        turn = REGISTRY.check(code, on=found.on, passport=passport)
        assert RANKS[turn.verdict] == RANKS[found.after.verdict]
        assert found.sources


@UNTIMED
@given(st.lists(COVERED, min_size=3, max_size=3).map(sorted))
def test_what_is_gained_over_two_spans_is_gained_in_one_of_them(days):
    first, second, third = days

    def steps(one, other):
        return {
            d.nationality.code: RANKS[d.after.verdict] - RANKS[d.before.verdict]
            for d in REGISTRY.diff(one, other)
        }

    over, early, late = steps(first, third), steps(first, second), steps(second, third)
    for code in REGISTRY.index.nationalities:
        assert over.get(code, 0) == early.get(code, 0) + late.get(code, 0)
    gained = {d.nationality.code for d in REGISTRY.diff(first, third) if d.change == "gained"}
    assert all(early.get(code, 0) > 0 or late.get(code, 0) > 0 for code in gained)


@UNTIMED
@given(COVERED, COVERED)
def test_gained_and_lost_make_up_the_partners(one, other):
    free = [
        {p.nationality.code for p in REGISTRY.partners(on=day) if not p.possible}
        for day in (one, other)
    ]
    found = REGISTRY.diff(one, other)
    came = {
        d.nationality.code
        for d in found
        if d.after.verdict == "visa_free" and d.before.verdict != "visa_free"
    }
    went = {
        d.nationality.code
        for d in found
        if d.before.verdict == "visa_free" and d.after.verdict != "visa_free"
    }
    assert (free[1] - free[0], free[0] - free[1]) == (came, went)


@UNTIMED
@given(DAYS)
def test_what_is_upcoming_comes_later_and_known_days_come_first(on):
    found = REGISTRY.upcoming(on=on)
    days = [one.on for one in found]
    known = [day for day in days if day]
    assert days[: len(known)] == sorted(known)
    assert all(day > on for day in known)
    told = [(one.kind, one.act.id, one.regime, one.on, one.between) for one in found]
    assert len(told) == len(set(told))

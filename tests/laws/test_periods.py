from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visamap.periods import Bounded, PartialDate, Period

DAYS = st.dates(date(2015, 1, 1), date(2015, 3, 31))
ALL = [date(2014, 12, 1) + timedelta(n) for n in range(180)]


@st.composite
def periods(draw):
    first, last = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if first and last and first > last:
        first, last = last, first
    return Period(first, last)


@given(periods(), periods())
def test_days_in_both_are_the_days_of_the_meeting(one, other):
    shared = one.meets(other)
    days = {day for day in ALL if shared and shared.covers(day)}
    assert days == {day for day in ALL if one.covers(day) and other.covers(day)}


@given(periods(), periods())
def test_taking_out_leaves_the_other_days_once_and_in_order(one, other):
    left = one.without(other)
    days = [day for part in left for day in ALL if part.covers(day)]
    assert days == [day for day in ALL if one.covers(day) and not other.covers(day)]


@given(st.lists(DAYS, min_size=4, max_size=4).map(sorted), st.booleans())
def test_certain_and_possible_days_are_apart_and_make_up_the_whole(days, open_end):
    first, second, third, fourth = days
    bounds = Bounded(first, second, None if open_end else third, None if open_end else fourth)
    certain = {day for day in ALL if bounds.certain and bounds.certain.covers(day)}
    possible = {day for day in ALL for part in bounds.possible if part.covers(day)}
    whole = Period(first, None if open_end else fourth)
    assert certain.isdisjoint(possible)
    assert certain | possible == {day for day in ALL if whole.covers(day)}


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_partial_dates_hold_their_day(day):
    for form in ("%Y-%m-%d", "%Y-%m", "%Y"):
        text = f"{day.year:04d}" + day.strftime(form)[4:]
        read = PartialDate.parse(text)
        assert read.first <= day <= read.last
        assert (read.last + timedelta(1)).strftime(form) != day.strftime(form)


@pytest.mark.parametrize("text", ["2024-00", "2024-05-00", "2024-00-05", "2024-13", "24-05"])
def test_a_date_that_is_no_date_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  the calendar has its own words
        PartialDate.parse(text)


def test_nothing_is_left_before_the_first_day_or_after_the_last_one():
    middle = Period(date(2015, 1, 1), None)
    assert middle.without(Period(date.min, date.max)) == []
    assert Period(None, None).without(Period(date.min, date(2014, 12, 31))) == [middle]

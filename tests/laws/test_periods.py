from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visamap.dates import (
    Bounded,
    PartialDate,
    Period,
    horizon,
    known_ends,
    open_ends,
    open_start,
)

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
    assert all(part.first <= part.last for part in left if part.first and part.last)


@given(st.lists(DAYS, min_size=4, max_size=4).map(sorted), st.booleans(), st.booleans())
def test_certain_and_possible_days_are_apart_and_make_up_the_whole(days, open_start, open_end):
    first, second, third, fourth = days
    if open_start:
        first = second = None
    if open_end:
        third = fourth = None
    bounds = Bounded(first, second, third, fourth)
    certain = {day for day in ALL if bounds.certain and bounds.certain.covers(day)}
    possible = {day for day in ALL for part in bounds.possible if part.covers(day)}
    whole = Period(first, fourth)
    assert bounds.whole == whole
    assert certain == {day for day in ALL if bounds.surely(day)}
    assert certain | possible == {day for day in ALL if bounds.perhaps(day)}
    assert certain.isdisjoint(possible)
    assert certain | possible == {day for day in ALL if whole.covers(day)}


@given(periods())
def test_ends_that_are_known_leave_nothing_in_doubt(period):
    bounds = Bounded.of(*period)
    assert bounds.certain == period
    assert bounds.possible == []
    assert open_ends(bounds) == (None, None)
    assert known_ends(bounds) == tuple(period)


def test_an_end_known_by_bounds_is_told_by_its_bounds_and_not_as_a_day():
    first, second, third, fourth = (date(2015, month, 1) for month in (1, 2, 3, 4))
    assert open_ends(Bounded(first, second, third, third)) == ((first, second), None)
    assert known_ends(Bounded(first, second, third, third)) == (None, third)
    assert open_ends(Bounded(first, first, third, fourth)) == (None, (third, fourth))
    assert known_ends(Bounded(first, first, third, fourth)) == (first, None)


def test_a_start_that_is_known_only_by_the_day_of_a_source_is_open_before_it():
    first, second = date(2015, 1, 1), date(2015, 2, 1)
    assert open_start(Bounded(first, second, None, None)) == (first, second)
    assert open_start(Bounded(None, second, None, None)) == (None, second)
    assert open_start(Bounded(first, first, None, None)) is None
    assert open_start(Bounded(None, None, None, None)) is None


def test_the_horizon_is_366_days_after_the_release_and_never_past_the_calendar():
    assert horizon(date(2026, 11, 24)) == date(2027, 11, 25)
    assert horizon(date.max) == date.max


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_partial_dates_hold_their_day(day):
    for form in ("%Y-%m-%d", "%Y-%m", "%Y"):
        text = f"{day.year:04d}" + day.strftime(form)[4:]
        read = PartialDate.parse(text)
        assert read.first <= day <= read.last
        assert (read.last + timedelta(1)).strftime(form) != day.strftime(form)


@pytest.mark.parametrize(
    ("text", "first", "last", "day"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), None),
        ("2024-01", date(2024, 1, 1), date(2024, 1, 31), None),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28), None),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), None),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31), None),
        ("2024-04-23", date(2024, 4, 23), date(2024, 4, 23), date(2024, 4, 23)),
    ],
)
def test_a_partial_date_is_all_its_days_and_its_own_text(text, first, last, day):
    read = PartialDate.parse(text)
    assert (read.first, read.last, read.text, read.day) == (first, last, text, day)


@pytest.mark.parametrize("text", ["2024-00", "2024-05-00", "2024-00-05", "2024-13"])
def test_a_date_that_is_no_date_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  the calendar has its own words
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["24-05", "2024-5", "May 2024", "2024-05-01-01", ""])
def test_a_date_of_another_form_is_named_with_the_forms_that_are_read(text):
    with pytest.raises(ValueError, match=f"^'{text}' is not YYYY, YYYY-MM or YYYY-MM-DD$"):
        PartialDate.parse(text)


def test_nothing_is_left_before_the_first_day_or_after_the_last_one():
    middle = Period(date(2015, 1, 1), None)
    assert middle.without(Period(date.min, date.max)) == []
    assert Period(None, None).without(Period(date.min, date(2014, 12, 31))) == [middle]

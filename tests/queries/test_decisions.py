from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest
from kit import index_of, regime

from visamap.domain.decisions import decisions
from visamap.vocabulary import PASSPORTS

ONE_DAY = timedelta(1)


def by_slot(rows):
    return groupby(rows, lambda row: (row.code, row.passport))


def test_every_day_of_the_calendar_has_one_row_for_each_code_and_passport(index):
    slots = set()
    for slot, group in by_slot(decisions(index)):
        rows = list(group)
        slots.add(slot)
        assert rows[0].first_day == date.min
        assert rows[-1].last_day == date.max
        for row, following in pairwise(rows):
            assert row.last_day + ONE_DAY == following.first_day
    assert slots == {(code, kind) for code in index.tables["countries"] for kind in PASSPORTS}


def test_neighbours_that_say_the_same_are_one_row(index):
    for _, group in by_slot(decisions(index)):
        rows = list(group)
        for row, following in pairwise(rows):
            assert row[4:] != following[4:]


def test_only_what_is_asked_for_is_worked_out(index):
    rows = list(decisions(index, ["THA", "KOR"], ["ordinary"]))
    assert {(row.code, row.passport) for row in rows} == {
        ("THA", "ordinary"),
        ("KOR", "ordinary"),
    }
    assert rows == [
        row for row in decisions(index) if row.code in {"THA", "KOR"} and row.passport == "ordinary"
    ]


@pytest.mark.parametrize(
    ("on", "advisory"),
    [
        ("2020-02-29", None),
        ("2020-03-01", "border-closed"),
        ("2020-12-31", "border-closed"),
        ("2021-01-01", "border-closed?"),  # it may have ended
        ("2021-06-30", "border-closed?"),
        ("2021-07-01", None),
    ],
)
def test_a_practice_that_may_be_over_has_a_question_mark(on, advisory):
    closed = {
        "id": "closed",
        "kind": "border-closed",
        "from": "2020-03-01",
        "to_not_before": "2020-12-31",
        "to_not_after": "2021-06-30",
        "text": "Closed.",
        "confidence": "high",
        "sources": ["a-source"],
    }
    day = date.fromisoformat(on)
    rows = decisions(index_of(regime(), advisories=[closed]), ["XAA"], ["ordinary"])
    (row,) = [row for row in rows if row.first_day <= day <= row.last_day]
    assert row.advisory == advisory
    assert row.verdict == "visa_free"

"""Stays worked out by hand with a calendar, from the words of the acts.

A rolling window of 180 days is the day and the 179 before it: day number 180 of a year without a
leap day is 29 June, so a window that ends on 29 June begins on 1 January.
"""

from datetime import date

import pytest


def day(text):
    return date.fromisoformat(text)


def told(answer):
    """The figures that a traveller plans by."""
    return {
        "left": answer.days_left,
        "out": answer.latest_exit and answer.latest_exit.isoformat(),
        "back": answer.next_entry and answer.next_entry.isoformat(),
        "for": answer.longest_stay_from_next_entry,
        "full": answer.next_full_stay and answer.next_full_stay.isoformat(),
    }


def counted(answer):
    return {limit.kind: (limit.used, limit.left) for limit in answer.limits}


def test_thailand_thirty_days_a_visit_and_ninety_in_180(registry):
    # January 3 to 28 are 26 days, March 1 to 30 are 30: 56 of 90 in the window that ends on 1 May
    # and begins on 3 November (179 days before). 34 are left, but a visit has 30: 1 to 30 May.
    trips = ["2026-01-03/2026-01-28", "2026-03-01/2026-03-30"]
    answer = registry.stay("THA", on="2026-05-01", trips=trips)
    assert counted(answer) == {"per_visit": (0, 30), "rolling": (56, 34)}
    assert told(answer) == {
        "left": 30,
        "out": "2026-05-30",
        "back": "2026-05-01",
        "for": 30,
        "full": "2026-05-01",
    }
    assert [limit.binding for limit in answer.limits] == [True, False]
    rolling = answer.limits[1]
    assert (rolling.window_from, rolling.window_to) == (day("2025-11-03"), day("2026-05-01"))
    assert answer.in_compliance is True


def test_korea_sixty_days_in_180_by_treaty(registry):
    # 30 + 30 days use up the 60. 1 January leaves the window when it begins on 2 January, which is
    # 30 June. From then each day that comes in pushes one of January out, for 30 days.
    trips = ["2026-01-01/2026-01-30", "2026-03-01/2026-03-30"]
    answer = registry.stay("KOR", on="2026-05-01", trips=trips)
    assert counted(answer) == {"per_visit": (0, 30), "rolling": (60, 0)}
    assert told(answer) == {
        "left": 0,
        "out": None,
        "back": "2026-06-30",
        "for": 30,
        "full": "2026-06-30",
    }
    assert answer.reason == "limit_reached"


def test_india_fourteen_days_a_visit_and_42_in_180(registry):
    # Three visits of 14 days. 10 January is out when the window begins on the 11th: 9 July.
    trips = ["2026-01-10/2026-01-23", "2026-02-10/2026-02-23", "2026-03-10/2026-03-23"]
    answer = registry.stay("IND", on="2026-04-01", trips=trips)
    assert counted(answer) == {"per_visit": (0, 14), "rolling": (42, 0)}
    assert told(answer) == {
        "left": 0,
        "out": None,
        "back": "2026-07-09",
        "for": 14,
        "full": "2026-07-09",
    }


def test_russia_days_before_27_january_2023_do_not_count_towards_ninety_in_180(registry):
    # The visit until the 26th is the old "visa run"; the one from the 27th starts from nothing.
    # 90 days from 27 January: 5 + 28 + 31 and 26 April. 27 January is out on 26 July.
    trips = ["2022-11-01/2023-01-26", "2023-01-27/"]
    answer = registry.stay("RUS", on="2023-02-01", trips=trips)
    assert counted(answer) == {"per_visit": (6, 84), "rolling": (6, 84)}
    assert told(answer) == {
        "left": 85,
        "out": "2023-04-26",
        "back": "2023-07-26",
        "for": 90,
        "full": "2023-07-26",
    }
    assert answer.in_compliance is True


def test_uzbekistan_the_thirty_days_begin_with_the_decree_in_the_middle_of_a_visit(registry):
    # Entered on 10 January, when no length of stay was known; decree 1146 counts from 27 January,
    # and 30 days from then end on 25 February.
    answer = registry.stay("UZB", on="2023-02-01", trips=["2023-01-10/"])
    assert counted(answer) == {"per_visit": (6, 24), "rolling": (6, 84)}
    assert answer.latest_exit == day("2023-02-25")


def test_albania_ninety_days_in_365_from_the_first_entry(registry):
    # The period runs from 1 March 2025 to 28 February 2026. 5 days in March and 30 + 31 + 24 in
    # autumn are 90. A rolling window would free five days on 1 March; here the whole 90 are new.
    trips = ["2025-03-01/2025-03-05", "2025-09-01/2025-11-24"]
    answer = registry.stay("ALB", on="2025-12-01", trips=trips)
    assert counted(answer) == {"per_visit": (0, 90), "from_first_entry": (90, 0)}
    assert told(answer) == {
        "left": 0,
        "out": None,
        "back": "2026-03-01",
        "for": 90,
        "full": "2026-03-01",
    }
    assert answer.limits[1].window_to == day("2026-02-28")


def test_brazil_thirty_days_in_365_from_the_first_entry(registry):
    # 10 February to 1 March are 20 days; the period runs to 9 February 2027. Ten are left: 1 to 10
    # June. Whoever enters on 31 January 2027 has the ten last days of the period and goes on
    # outside of it, for a new period begins only with an entry.
    answer = registry.stay("BRA", on="2026-06-01", trips=["2026-02-10/2026-03-01"])
    assert counted(answer) == {"per_visit": (0, 30), "from_first_entry": (20, 10)}
    assert told(answer) == {
        "left": 10,
        "out": "2026-06-10",
        "back": "2026-06-01",
        "for": 10,
        "full": "2027-01-31",
    }


def test_ukraine_ninety_days_in_180_from_the_first_entry(registry):
    # 15 January to 15 March: 17 + 28 + 15 = 60. The period ends on 13 July (180 days).
    answer = registry.stay("UKR", on="2026-05-01", trips=["2026-01-15/2026-03-15"])
    assert counted(answer) == {"per_visit": (0, 90), "from_first_entry": (60, 30)}
    assert answer.limits[1].window_to == day("2026-07-13")
    assert (answer.days_left, answer.latest_exit) == (30, day("2026-05-30"))
    later = registry.stay("UKR", on="2026-07-14", trips=["2026-01-15/2026-03-15"])
    assert counted(later)["from_first_entry"] == (0, 90)
    assert later.days_left == 90


def test_turkiye_a_visit_grows_longer_when_the_rule_changes_under_it(registry):
    # 30 days from 20 August would end on 18 September; from the 8th at the latest 90 days hold,
    # counted from entry: 12 + 30 + 31 and 17 November.
    answer = registry.stay("TUR", on="2025-09-01", trips=["2025-08-20/"])
    assert counted(answer)["per_visit"] == (13, 17)
    assert answer.latest_exit == day("2025-11-17")
    alone = registry.stay("TUR", on="2025-09-20", trips=["2025-07-01/2025-08-10"])
    # A visit of 41 days that ended under the old rule was 11 days too long.
    assert (alone.overstay_days, alone.first_overstay) == (11, day("2025-07-31"))


def test_thailand_in_2020_was_suspended(registry):
    answer = registry.stay("THA", on="2020-06-01")
    assert (answer.days_left, answer.reason, answer.limits) == (0, "suspended", ())
    assert answer.next_entry == day("2022-01-01")
    assert answer.visas.codes
    inside = registry.stay("THA", on="2020-04-20", trips=["2020-04-10/"])
    assert (inside.in_compliance, inside.first_overstay) == (False, day("2020-04-17"))


@pytest.mark.parametrize(
    ("code", "on", "reason"),
    [
        ("NIC", "2024-12-31", "start_uncertain"),
        ("UZB", "2019-06-01", "no_limit_known"),
        ("KAZ", "2026-06-01", "citizen"),
    ],
)
def test_what_is_not_known_is_null_and_says_why(registry, code, on, reason):
    answer = registry.stay(code, on=on)
    assert (answer.days_left, answer.latest_exit, answer.reason) == (None, None, reason)


def test_nobody_has_119_days_left_of_ninety(registry):
    # The window begins on 4 December: 26 of the 29 days are in it. They drop out while new days
    # come in, so 90 days can be stayed and not the 64 of today; but never 90 and the 29 old ones.
    answer = registry.stay("RUS", on="2026-06-01", trips=["2025-12-01/2025-12-29"])
    assert counted(answer) == {"per_visit": (0, 90), "rolling": (26, 64)}
    assert answer.days_left == 90


def test_a_window_of_180_days_is_not_one_of_181(registry):
    # 90 days to 31 March begin on 1 January; 29 June is the last day whose window still has all.
    trips = ["2026-01-01/2026-03-31"]
    assert registry.stay("RUS", on="2026-06-29", trips=trips).days_left == 0
    assert registry.stay("RUS", on="2026-06-30", trips=trips).days_left == 90


def test_a_day_of_exit_and_entry_counts_once(registry):
    trips = ["2026-05-01/2026-05-10", "2026-05-10/2026-05-20"]
    answer = registry.stay("THA", on="2026-05-25", trips=trips)
    assert counted(answer)["rolling"] == (20, 70)
    assert answer.shared_days == (day("2026-05-10"),)


@pytest.mark.parametrize(
    ("leaving", "days", "sanction", "mci"),
    [
        ("2026-02-01", 1, "warning", 0),
        ("2026-02-03", 3, "warning", 0),
        ("2026-02-04", 4, "fine", 10),
        ("2026-02-06", 6, "fine", None),
        ("2026-02-28", 28, "fine, arrest or expulsion", None),
    ],
)
def test_an_overstay_has_its_bracket(registry, leaving, days, sanction, mci):
    # 30 days from 2 January end on 31 January.
    answer = registry.stay("THA", on="2026-03-01", trips=[f"2026-01-02/{leaving}"])
    assert (answer.overstay_days, answer.first_overstay) == (days, day("2026-02-01"))
    assert (answer.penalty.days, answer.penalty.sanction, answer.penalty.mci) == (
        days,
        sanction,
        mci,
    )
    # 4,325 tenge is the index of 2026.
    assert answer.penalty.kzt == (None if mci is None else mci * 4325)


def test_duties_fall_due_in_the_visit_under_way(registry):
    # Entered on Friday 10 July 2026: the third working day is Tuesday the 14th; day 30 is 8 August.
    answer = registry.stay("TUR", on="2026-07-20", trips=["2026-07-10/"])
    due = {duty.kind: (duty.due_on, duty.overdue) for duty in answer.duties}
    assert due == {
        "host-notice": (day("2026-07-14"), True),
        "registration": (day("2026-08-08"), False),
    }
    # Registration is for visits of more than 30 days, which a Thai visit cannot be.
    thai = registry.stay("THA", on="2026-07-20", trips=["2026-07-10/"])
    assert [duty.kind for duty in thai.duties] == ["host-notice"]


def test_a_plan_is_judged_with_the_visit_under_way_as_long_as_it_may_be(registry):
    # Inside since 1 July: 90 days end on 28 September, and the window is full until 27 December.
    trips = ["2026-07-01/"]
    plan = registry.stay("RUS", on="2026-07-10", trips=trips, plan="2026-12-01/2026-12-10").plan
    assert (plan.allowed, plan.assumed_exit) == (False, day("2026-09-28"))
    assert (plan.first_overstay, plan.longest_stay) == (day("2026-12-01"), 0)
    left = ["2026-07-01/2026-07-10"]
    plan = registry.stay("RUS", on="2026-07-10", trips=left, plan="2026-12-01/2026-12-10").plan
    assert (plan.allowed, plan.longest_stay, plan.assumed_exit) == (True, 90, None)


@pytest.mark.parametrize("code", ["THA", "ALB", "UZB", "AFG", "NIC"])
@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_end_nothing_else(registry, code, on):
    for trips in ([], [f"{on}/"], [f"0001-01-01/{on}"]):
        answer = registry.stay(code, on=on, trips=trips, plan=f"{on}/9999-12-31")
        assert answer.days_left is None or answer.days_left <= 90

"""Limits that meet: none is loosened, the act that is cited is the one that binds."""

import pytest

from visamap.limits import Limit, complete, max_stay_days, of_either

VISIT_30 = Limit("per_visit", days=30, under="treaty")
VISIT_90 = Limit("per_visit", days=90, under="treaty")
VISIT_15 = Limit("per_visit", days=15, under="decree")
ROLLING_90 = Limit("rolling", days=90, per_days=180, under="treaty")
ROLLING_60 = Limit("rolling", days=60, per_days=180, under="decree")
IN_A_YEAR_60 = Limit("rolling", days=60, per_days=365, under="decree")
FROM_ENTRY_90 = Limit("from_first_entry", days=90, per_days=180, under="decree")
HOURS_72 = Limit("hours", hours=72, under="treaty")
HOURS_24 = Limit("hours", hours=24, under="decree")


@pytest.mark.parametrize(
    ("own", "added", "together"),
    [
        ((), (VISIT_15, ROLLING_60), (VISIT_15, ROLLING_60)),
        # A family that the regime speaks of is its own affair, even where it is looser.
        ((VISIT_30,), (VISIT_15, ROLLING_60), (VISIT_30, ROLLING_60)),
        ((ROLLING_90,), (VISIT_15, FROM_ENTRY_90), (ROLLING_90, VISIT_15)),
        ((HOURS_72,), (VISIT_15,), (HOURS_72,)),
        ((VISIT_30, ROLLING_90), (VISIT_15, ROLLING_60), (VISIT_30, ROLLING_90)),
    ],
)
def test_an_overlay_adds_only_the_family_that_a_regime_leaves_open(own, added, together):
    assert complete(own, added) == together


@pytest.mark.parametrize(
    ("own", "other", "kept", "doubtful"),
    [
        # The strictest is safe to keep to; certain is only what either rule forbids.
        ((VISIT_30,), (VISIT_15,), (VISIT_15, VISIT_30), (VISIT_15,)),
        ((VISIT_15,), (VISIT_30,), (VISIT_15, VISIT_30), (VISIT_15,)),
        ((HOURS_72,), (HOURS_24,), (HOURS_24, HOURS_72), (HOURS_24,)),
        (
            (VISIT_30, ROLLING_90),
            (ROLLING_60,),
            (VISIT_30, ROLLING_60, ROLLING_90),
            (VISIT_30, ROLLING_60),
        ),
        # Limits of different kinds or windows stand side by side, and each may not bind.
        ((ROLLING_90,), (IN_A_YEAR_60,), (ROLLING_90, IN_A_YEAR_60), (ROLLING_90, IN_A_YEAR_60)),
        # No visit is longer than the days of a window, so one of 90 days is surely the longest.
        ((VISIT_90,), (FROM_ENTRY_90,), (VISIT_90, FROM_ENTRY_90), (FROM_ENTRY_90,)),
        ((ROLLING_60,), (VISIT_90,), (ROLLING_60, VISIT_90), (ROLLING_60,)),
        ((), (VISIT_15,), (VISIT_15,), (VISIT_15,)),
        ((VISIT_15,), (), (VISIT_15,), (VISIT_15,)),
    ],
)
def test_where_either_rule_may_hold_only_what_both_forbid_is_certain(own, other, kept, doubtful):
    assert of_either((own, ()), (other, ())) == (kept, doubtful)


def test_a_limit_that_only_may_bind_makes_none_of_another_rule_certain():
    assert of_either(((VISIT_30,), ()), ((VISIT_15,), (VISIT_15,))) == (
        (VISIT_15,),
        (VISIT_15,),
    )


def test_equal_terms_are_told_once_and_under_the_act_that_set_them_first():
    alike = (VISIT_30._replace(under="decree"),)
    assert of_either(((VISIT_30,), ()), (alike, ())) == ((VISIT_30,), ())


@pytest.mark.parametrize(
    ("limits", "days"),
    [
        ((), None),
        ((HOURS_72,), 3),  # as many days as the hours fill
        ((ROLLING_90, VISIT_30), 30),
        ((ROLLING_60, Limit("per_visit", days=61)), 60),
    ],
)
def test_the_longest_first_stay_is_what_all_limits_allow(limits, days):
    assert max_stay_days(limits) == days

"""Limits that meet: none is loosened, the act that is cited is the one that binds."""

from datetime import date

import pytest

from visamap.limits import Limit, any_length, complete, max_stay_days, of_either

VISIT_30 = Limit("per_visit", days=30, under="treaty")
VISIT_90 = Limit("per_visit", days=90, under="treaty")
VISIT_15 = Limit("per_visit", days=15, under="decree")
ROLLING_90 = Limit("rolling", days=90, per_days=180, under="treaty")
ROLLING_60 = Limit("rolling", days=60, per_days=180, under="decree")
IN_A_YEAR_60 = Limit("rolling", days=60, per_days=365, under="decree")
FROM_ENTRY_90 = Limit("from_first_entry", days=90, per_days=180, under="decree")
HOURS_72 = Limit("hours", hours=72, under="treaty")
HOURS_24 = Limit("hours", hours=24, under="decree")
UNLIMITED = Limit("unlimited", under="treaty")
ENTRIES = Limit("entries", entries=2, per_days=30, under="decree")


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
        # How often one may enter binds as it stands; any length is allowed where both acts say so.
        ((ENTRIES, VISIT_30), (VISIT_30,), (ENTRIES, VISIT_30), ()),
        ((UNLIMITED,), (UNLIMITED._replace(under="decree"),), (UNLIMITED,), ()),
        ((UNLIMITED, ENTRIES), (UNLIMITED,), (ENTRIES, UNLIMITED), ()),
        ((UNLIMITED,), (), (), ()),
        # Of two limits alike the one that was told first is cited.
        (
            (VISIT_30, VISIT_30._replace(under="decree")),
            (VISIT_15,),
            (VISIT_15, VISIT_30),
            (VISIT_15,),
        ),
    ],
)
def test_where_either_rule_may_hold_only_what_both_forbid_is_certain(own, other, kept, doubtful):
    assert of_either((own, ()), (other, ())) == (kept, doubtful)


def test_a_limit_that_only_may_bind_makes_none_of_another_rule_certain():
    assert of_either(((VISIT_30,), ()), ((VISIT_15,), (VISIT_15,))) == (
        (VISIT_15,),
        (VISIT_15,),
    )
    short = ROLLING_60._replace(days=10)
    assert of_either(((VISIT_15,), ()), ((short,), (short,))) == (
        (VISIT_15, short),
        (VISIT_15, short),
    )


def test_of_three_rules_the_loosest_that_binds_is_certain():
    short = ROLLING_60._replace(days=20)
    assert of_either(((VISIT_90,), ()), ((VISIT_30,), ()), ((short,), ())) == (
        (VISIT_30, VISIT_90, short),
        (VISIT_30, short),
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


@pytest.mark.parametrize(
    ("limits", "any_"),
    [
        ((UNLIMITED,), True),
        ((UNLIMITED, ENTRIES), True),  # how often says nothing of how long
        ((ENTRIES,), False),
        ((UNLIMITED, VISIT_30), False),
        ((), False),  # not known
    ],
)
def test_any_length_is_allowed_only_where_an_act_says_so_and_none_limits_the_days(limits, any_):
    assert any_length(limits) is any_


@pytest.mark.parametrize(("hours", "days"), [(12, 1), (24, 1), (36, 1), (72, 3)])
def test_hours_allow_the_days_that_surely_fit_and_one_at_least(hours, days):
    assert max_stay_days([Limit("hours", hours=hours)]) == days


def rolling(days, per_days):
    return Limit("rolling", days=days, per_days=per_days)


SINCE_2020 = VISIT_15._replace(counts_from=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("limit", "other", "implied"),
    [
        (VISIT_15, VISIT_30, True),
        (VISIT_30, VISIT_30, True),
        (VISIT_30, VISIT_15, False),
        (HOURS_24, VISIT_15, True),
        # 180 days hold three windows of 60 days or a little more, but a fourth begins after 59.
        (rolling(30, 60), ROLLING_90, True),
        (rolling(30, 70), ROLLING_90, True),
        (rolling(30, 59), ROLLING_90, False),
        (rolling(31, 60), ROLLING_90, False),
        (rolling(31, 70), ROLLING_90, False),
        # A visit does not tell of many, and periods begin on other days than windows.
        (VISIT_15, ROLLING_90, False),
        (ROLLING_60, VISIT_90, False),
        (ROLLING_60, FROM_ENTRY_90, False),
        (FROM_ENTRY_90, FROM_ENTRY_90, False),
        # Who counts later days only lets more pass.
        (SINCE_2020, VISIT_30, False),
        (SINCE_2020, SINCE_2020, True),
        (VISIT_15, SINCE_2020, True),
    ],
)
def test_a_limit_implies_another_that_all_who_keep_to_it_keep_to(limit, other, implied):
    assert limit.implies(other) is implied


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        (VISIT_15, HOURS_24, True),
        (ROLLING_60, FROM_ENTRY_90, True),
        (VISIT_15, ROLLING_60, False),
        (ROLLING_60, HOURS_24, False),
    ],
)
def test_limits_of_a_visit_are_alike_and_so_are_those_of_many(one, other, like):
    assert one.is_like(other) is like

from datetime import date
from functools import partial

import pytest
from kit import act, index_of, per_visit, regime, rolling, treaty

from visamap.domain.changes import diff
from visamap.domain.verdict import runs

ACTS = [act(), act("b-decree"), treaty(), act("halt"), act("kz-gov-148-2012")]
A, B = "2015-06-01", "2016-06-01"


def found(index, first=A, second=B):
    days = date.fromisoformat(first), date.fromisoformat(second)
    return diff(index, *days, "ordinary", partial(runs, index))


def one(*regimes, **sections):
    (only,) = found(index_of(*regimes, instruments=ACTS, **sections))
    return only


def test_gained_names_the_act_and_the_first_day():
    gained = one(regime(start="2016-01-01"))
    assert (gained.change, gained.by.id, str(gained.on)) == ("gained", "a-decree", "2016-01-01")
    assert (gained.before.verdict, gained.after.verdict) == ("visa_required", "visa_free")


def test_lost_by_the_end_of_the_rule():
    lost = one(regime(end="2016-01-31"))
    assert (lost.change, lost.cause, str(lost.on)) == ("lost", "ended", "2016-02-01")


def test_lost_by_a_suspension_names_the_act_that_suspends():
    halt = {
        "id": "a-halt",
        "act": "halt",
        "from": "2016-01-01",
        "to": "2016-12-31",
        "instruments": ["a-decree"],
        "confidence": "high",
        "sources": ["a-source"],
    }
    lost = one(regime(), suspensions=[halt])
    assert (lost.change, lost.by.id, lost.after.suspended_by.id) == ("lost", "halt", "a-halt")


def test_other_limits_are_other_terms():
    terms = one(
        regime("old", end="2015-12-31"),
        regime("new", start="2016-01-01", limits=[per_visit(60)], instrument="b-decree"),
    )
    assert (terms.change, terms.by.id, str(terms.on)) == ("terms", "b-decree", "2016-01-01")
    assert (terms.before.max_stay_days, terms.after.max_stay_days) == (30, 60)


def test_same_limits_in_another_order_under_another_act_are_another_ground():
    limits = [per_visit(30), rolling(90, 180)]
    ground = one(
        regime("list", limits=limits),
        regime("treaty", start="2016-01-01", instrument="a-treaty", limits=limits[::-1]),
    )
    assert (ground.change, ground.by.id, ground.cause) == ("ground", "a-treaty", "overtaken")


@pytest.mark.parametrize(
    ("between", "verdicts"),
    [
        (("2016-01-01", "2016-12-31"), ("visa_required", "unknown")),
        (("2015-01-01", "2016-01-01"), ("unknown", "visa_free")),
    ],
)
def test_a_step_of_which_one_end_is_not_known_is_only_possible(between, verdicts):
    possible = one(regime(between=between))
    assert possible.change == "possible-gained"
    assert (possible.before.verdict, possible.after.verdict) == verdicts


def test_a_possible_rule_beside_a_certain_one_is_possible_terms():
    possible = one(
        regime("list"), regime("new", between=("2016-01-01", "2017-01-01"), instrument="a-treaty")
    )
    assert (possible.change, possible.by.id) == ("possible-terms", "a-treaty")


def test_what_lies_outside_our_coverage_is_never_certain():
    index = index_of(regime(start="2005-06-01"))
    (one,) = found(index, "2004-01-01", "2006-01-01")
    assert (one.change, one.before.reason) == ("possible-gained", "not_covered")
    # That our coverage began is no change of the law.
    assert found(index_of(regime(start="2010-01-01")), "2004-01-01", "2006-01-01") == []


def test_what_went_and_came_back_in_between_is_no_change():
    index = index_of(regime("a", end="2015-12-31"), regime("b", start="2016-02-01"))
    assert found(index) == []


def test_days_in_the_wrong_order_are_read_backwards():
    index = index_of(regime(start="2016-01-01"))
    (forward,), (backward,) = found(index), found(index, B, A)
    assert (backward.change, backward.before, backward.after) == (
        "lost", forward.after, forward.before,
    )  # fmt: skip
    assert (backward.on, backward.by) == (forward.on, forward.by)

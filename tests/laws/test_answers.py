"""Laws that hold for every nationality and day of the shipped data."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import visamap
from visamap.domain.entry import check
from visamap.domain.partners import counts
from visamap.domain.verdict import Visitor, judge, passport_asked, runs
from visamap.limits import CUMULATIVE, SINGLE
from visamap.vocabulary import PASSPORTS

REGISTRY = visamap.load()
CODES = st.sampled_from(sorted(REGISTRY.index.tables["countries"]))
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
KINDS = st.sampled_from(PASSPORTS)


@given(CODES, KINDS, DAYS)
def test_a_kept_answer_is_the_answer_worked_out_anew(code, passport, on):
    kept = REGISTRY.check(code, on=on, passport=passport)
    kind = passport_asked(REGISTRY.index, code, passport)
    held = REGISTRY.index.holder(code, kind, on)
    anew = check(REGISTRY.index, Visitor(code, kind, on), runs(REGISTRY.index, held, kind))
    assert kept == anew
    law = judge(REGISTRY.index, Visitor(held, kind, on)).verdict
    late = on > REGISTRY.index.horizon and law != "citizen"
    assert kept.verdict == ("unknown" if late else law)
    assert (kept.reason == "beyond_horizon") is late


@given(CODES, KINDS, DAYS)
def test_nothing_changes_before_the_next_change(code, passport, on):
    horizon = REGISTRY.index.horizon  # no change of the law, and the next change does not name it
    on = min(on, horizon)
    now = REGISTRY.check(code, on=on, passport=passport)
    if now.next_change is None:
        later = REGISTRY.check(code, on=horizon, passport=passport)
        assert (later.verdict, later.max_stay_days) == (now.verdict, now.max_stay_days)
        return
    change = now.next_change
    eve = REGISTRY.check(code, on=change.on - timedelta(1), passport=passport)
    then = REGISTRY.check(code, on=change.on, passport=passport)
    assert (eve.verdict, eve.max_stay_days) == (now.verdict, now.max_stay_days)
    assert (then.verdict, then.max_stay_days) == (change.verdict, change.max_stay_days)


@given(CODES, KINDS, DAYS)
def test_visa_free_since_is_the_first_day_of_the_unbroken_run(code, passport, on):
    answer = REGISTRY.check(code, on=on, passport=passport)
    if answer.verdict != "visa_free":
        assert answer.visa_free_since is None
        return
    since = answer.visa_free_since
    before = REGISTRY.check(code, on=since - timedelta(1), passport=passport)
    assert before.verdict != "visa_free"
    assert REGISTRY.check(code, on=since, passport=passport).verdict == "visa_free"


@given(CODES, KINDS, DAYS)
def test_every_answer_carries_its_grounds(code, passport, on):
    answer = REGISTRY.check(code, on=on, passport=passport)
    assert (answer.regime is not None) == (answer.verdict == "visa_free")
    assert answer.verdict == "citizen" or answer.sources
    if answer.regime:
        assert answer.confidence in {"high", "medium"}
        assert all(limit.under for limit in answer.limits)
        surely = [limit for limit in answer.limits if limit not in answer.doubtful_limits]
        for family in (SINGLE, CUMULATIVE):
            assert sum(limit.kind in family for limit in surely) <= 1
    if answer.verdict == "unknown":
        assert answer.confidence == "low"


@given(CODES, KINDS, DAYS, st.integers(1, 400))
def test_a_visit_is_judged_as_a_plan_of_the_same_days_is(code, passport, on, days):
    answer = REGISTRY.check(code, on=on, passport=passport, days=days)
    plan = (on, on + timedelta(days - 1))
    planned = REGISTRY.stay(code, on=on, passport=passport, plan=plan).plan.allowed
    plain_yes = answer.stay_allowed is True
    assert (answer.stay_reason is None) == (plain_yes or answer.verdict != "visa_free")
    if answer.stay_allowed is None:
        return  # what only a count of days can tell is left to the plan
    assert answer.stay_allowed is planned


@given(CODES, DAYS)
@example("NLD", date(2016, 12, 16))
@example("NLD", date(2016, 12, 17))  # its 16th day is the first of a rule with 30
@example("AZE", date(2021, 6, 13))  # a rule with 90 days may begin on its 19th day
@example("AZE", date(2022, 1, 1))  # it may have begun
def test_no_visit_is_longer_than_the_longest(code, on):
    answer = REGISTRY.check(code, on=on)
    if answer.max_stay_days:
        longer = REGISTRY.check(code, on=on, days=answer.max_stay_days + 1)
        change = longer.next_change
        first = change and (change.on_between or [change.on])[0]
        turned = first and (first - on).days <= answer.max_stay_days
        newer = any(rule.possible for rule in answer.also)
        assert longer.stay_allowed is False or (
            (turned and longer.stay_reason == "terms_change")
            or (newer and longer.stay_reason == "limit_uncertain")
        )


def test_a_visit_that_outlasts_the_rule_is_no_plain_yes():
    # The waivers of 2019 were halted from 2020-04-17 on; Thai citizens then had no agreement.
    eve = REGISTRY.check("THA", on="2020-04-16", days=1)
    assert eve.stay_allowed is True
    longer = REGISTRY.check("THA", on="2020-04-16", days=2)
    assert (longer.stay_allowed, longer.stay_reason) == (False, "outlasts_rule")


@given(st.lists(CODES, min_size=1, max_size=4), DAYS)
def test_the_best_of_several_is_never_worse_than_any(codes, on):
    order = ["citizen", "visa_free", "unknown", "visa_required"]
    answers = REGISTRY.check_all(codes, on=on)
    best = [answer for answer in answers if answer.best]
    assert len(best) == 1
    assert all(order.index(best[0].verdict) <= order.index(a.verdict) for a in answers)


@pytest.mark.parametrize("on", ["2014-08-01", "2019-12-31", "2020-06-01", "2024-12-31"])
def test_partners_are_those_whom_check_calls_visa_free(on):
    partners = {p.nationality.code for p in REGISTRY.partners(on=on) if not p.possible}
    free = {
        code
        for code in REGISTRY.index.tables["countries"]
        if REGISTRY.check(code, on=on).verdict == "visa_free"
        and REGISTRY.index.kind(code) != "organisation"
        and not REGISTRY.check(
            code, on=on
        ).held_passport  # one nationality, however many territories
    }
    assert partners == free
    assert len(partners) == counts(REGISTRY.index, "ordinary", date.fromisoformat(on))[0]

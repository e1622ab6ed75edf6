"""A day of entry more than 366 days after the data's release is answered by nobody."""

from datetime import date, timedelta

import pytest
from kit import index_of, per_visit, regime, rolling

from visamap.dates import HORIZON_DAYS, horizon
from visamap.domain.decisions import decisions
from visamap.errors import BeyondHorizonError
from visamap.registry import Registry
from visamap.vocabulary import PASSPORTS

RELEASE = date(2026, 1, 1)
LAST = RELEASE + timedelta(366)
FIRST_UNKNOWN = LAST + timedelta(1)


def opened(*records, **sections):
    found = Registry(index_of(*records, **sections))
    found._codes.update(XAA="XAA", KAZ="KAZ")  # no list of names holds the codes of the kit
    return found


@pytest.fixture
def free():
    return opened(regime(limits=[per_visit(30), rolling(90, 180)]))


def test_the_horizon_is_worked_out_from_the_release():
    assert HORIZON_DAYS == 366
    assert horizon(RELEASE) == LAST
    assert horizon(date.max) == date.max


def test_the_last_day_is_answered_and_the_next_one_is_not(free):
    assert free.check("XAA", on=LAST).verdict == "visa_free"
    answer = free.check("XAA", on=FIRST_UNKNOWN, days=10)
    assert (answer.verdict, answer.reason) == ("unknown", "beyond_horizon")
    assert (answer.regime, answer.limits, answer.max_stay_days) == (None, (), None)
    assert (answer.stay_allowed, answer.visa_free_since, answer.confidence) == (None, None, "low")
    assert answer.as_known_on == RELEASE


def test_the_rule_known_last_stands_beside_it_as_possible(free):
    (rule,) = free.check("XAA", on=FIRST_UNKNOWN).also
    assert (rule.id, rule.max_stay_days, rule.possible) == ("a-regime", 30, True)


@pytest.mark.parametrize("code", ["XBB", "XST", "XBR", "XOR"])
def test_nor_is_a_no_known_so_far_ahead(free, code):
    free._codes[code] = code
    assert free.check(code, on=FIRST_UNKNOWN).reason == "beyond_horizon"


def test_a_citizen_stays_one(free):
    assert free.check("KAZ", on=date.max).verdict == "citizen"


def test_a_visit_that_begins_before_is_counted_through(free):
    assert free.check("XAA", on=LAST, days=30).stay_allowed is True
    assert free.check("XAA", on=LAST, days=31).stay_allowed is False


def test_the_horizon_is_no_event(free):
    assert free.check("XAA", on=RELEASE).next_change is None
    *_, last = free.timeline("XAA")
    assert (last.valid_from, last.valid_to, last.verdict) == (date(2010, 1, 1), None, "visa_free")
    assert free.upcoming(on=RELEASE) == ()
    ahead = free.growth(on="2030-01-01", since="2025-01-01")
    assert {step.certain for step in ahead.steps} == {1}


def test_what_is_known_to_change_later_is_still_told():
    registry = opened(regime(end="2031-12-31"))
    change = registry.check("XAA", on=FIRST_UNKNOWN).next_change
    assert (change.on, change.verdict) == (date(2032, 1, 1), "visa_required")
    assert registry.check("XAA", on="2040-01-01").verdict == "unknown"


@pytest.mark.parametrize(
    "ask",
    [
        lambda registry, day: registry.partners(on=day),
        lambda registry, day: registry.left_out(on=day),
        lambda registry, day: registry.world_map(on=day),
        lambda registry, day: registry.diff(RELEASE, day),
        lambda registry, day: registry.diff(day, RELEASE),
        lambda registry, day: registry.outbound(on=day),
    ],
    ids=["partners", "left_out", "map", "diff", "diff backwards", "outbound"],
)
def test_questions_about_everybody_refuse_such_a_day_and_name_the_last_one(free, ask):
    free.index._read = lambda _name: {"of": {}, "seen": {}}
    ask(free, LAST)
    with pytest.raises(BeyondHorizonError, match="up to 2027-01-02") as refused:
        ask(free, FIRST_UNKNOWN)
    assert refused.value.exit_status == 2
    assert refused.value.last == LAST


class TestStay:
    def test_a_visit_that_would_begin_then_is_unknown(self, free):
        answer = free.stay("XAA", on=FIRST_UNKNOWN)
        assert (answer.verdict, answer.reason, answer.days_left) == (
            "unknown",
            "beyond_horizon",
            None,
        )
        assert (answer.latest_exit, answer.next_entry, answer.next_full_stay) == (None, None, None)
        assert [rule.id for rule in answer.also] == ["a-regime"]

    def test_a_visit_under_way_since_before_is_counted_through(self, free):
        answer = free.stay("XAA", on=LAST + timedelta(9), trips=[(LAST, None)])
        assert (answer.verdict, answer.days_left) == ("visa_free", 21)
        assert answer.latest_exit == LAST + timedelta(29)
        assert answer.next_entry is None  # that would be another entry

    def test_a_visit_that_began_after_it_is_not_judged(self, free):
        answer = free.stay("XAA", on=date(2028, 1, 9), trips=[("2028-01-01", None)])
        assert (answer.reason, answer.in_compliance, answer.overstay_days) == (
            "beyond_horizon",
            None,
            0,
        )

    def test_a_plan_is_judged_by_its_day_of_entry(self, free):
        through = (LAST, LAST + timedelta(29))
        assert free.stay("XAA", on=RELEASE, plan=through).plan.allowed is True
        late = free.stay("XAA", on=RELEASE, plan=(FIRST_UNKNOWN, FIRST_UNKNOWN)).plan
        assert (late.allowed, late.reason, late.longest_stay) == (None, "beyond_horizon", None)

    def test_no_next_entry_is_promised_past_it(self, free):
        on = LAST - timedelta(5)
        inside = free.stay("XAA", on=on, trips=[(on - timedelta(29), None)])
        assert inside.days_left == 1
        assert inside.next_entry == on + timedelta(1)
        assert inside.next_full_stay == on + timedelta(1)
        full = [(on - timedelta(100 - 32 * n), on - timedelta(71 - 32 * n)) for n in range(3)]
        used = free.stay("XAA", on=on, trips=full)
        assert (used.days_left, used.next_entry) == (0, None)

    def test_a_citizen_has_no_limit_then_either(self, free):
        answer = free.stay("KAZ", on="2040-01-01", trips=[("2039-01-01", None)])
        assert (answer.verdict, answer.in_compliance) == ("citizen", True)


def test_the_rule_table_ends_with_one_row_of_the_days_nobody_answers(index):
    last = {(row.code, row.passport): row for row in decisions(index)}
    assert len(last) == len(index.tables["countries"]) * len(PASSPORTS)
    for (code, _), row in last.items():
        if code == "KAZ":
            assert row.verdict == "citizen"
            continue
        assert (row.verdict, row.reason) == ("unknown", "beyond_horizon")
        assert (row.first_day, row.last_day) == (index.horizon + timedelta(1), date.max)
        assert (row.max_stay_days, row.regime, row.basis, row.terms_until) == (None,) * 4


def test_rows_before_the_horizon_do_not_know_it(index):
    (row,) = [
        row
        for row in decisions(index, ["THA"], ["ordinary"])
        if row.first_day <= index.horizon <= row.last_day
    ]
    assert row.last_day == index.horizon
    assert (row.max_stay_days, row.terms_until) == (30, None)  # a visit is carried past it


def test_a_turn_on_the_day_after_the_horizon_leaves_no_row_without_days():
    index = index_of(regime(end=LAST.isoformat()), regime("next", start=FIRST_UNKNOWN.isoformat()))
    rows = [row for row in decisions(index, ["XAA"]) if row.passport == "ordinary"]
    assert all(row.first_day <= row.last_day for row in rows)
    assert [row.first_day for row in rows][-2:] == [date(2010, 1, 1), FIRST_UNKNOWN]
    assert rows[-1].reason == "beyond_horizon"


@pytest.mark.parametrize("passport", PASSPORTS)
@pytest.mark.parametrize("code", ["THA", "PRI", "BMU", "KAZ", "UNO", "XXA", "GRL", "KOR"])
def test_every_row_of_the_table_is_the_answer_of_its_days(registry, code, passport):
    for row in decisions(registry.index, [code], [passport]):
        for day in (row.first_day, row.last_day):
            answer = registry.check(code, on=day, passport=passport)
            assert (answer.verdict, answer.reason, answer.max_stay_days, answer.confidence) == (
                row.verdict,
                row.reason,
                row.max_stay_days,
                row.confidence,
            )
            kinds = {note.kind + "?" * (not note.certain) for note in answer.advisories}
            assert kinds == set((row.advisory or "").split("; ")) - {""}

from datetime import date

import pytest
from kit import act, event, index_of, per_visit, regime, rolling, treaty

from visamap.domain.timeline import timeline
from visamap.domain.verdict import Visitor, runs

ACTS = [act(), act("b-decree"), treaty(), treaty("a-protocol", kind="protocol"), act("halt")]
ACTS += [act("kz-gov-148-2012"), act("a-law")]
NINETY = {
    "id": "ninety",
    "act": "a-law",
    "from": "2020-01-11",
    "applies_to": {"basis": "unilateral"},
    "limits": [rolling(90, 180)],
    "confidence": "high",
    "sources": ["a-source"],
}


def told(index, code="XAA", since=date.min, until=None):
    visitor = Visitor(code, "ordinary", since)
    return timeline(index, visitor, runs(index, code, "ordinary"), until)


def story(items):
    return [
        (
            str(item.valid_from or ""),
            item.verdict,
            item.max_stay_days,
            item.ended_by and item.ended_by.code,
            item.ended_by and item.ended_by.act and item.ended_by.act.id,
        )
        for item in items
    ]


def test_gaps_are_periods_and_each_period_ends_on_the_eve_of_the_next():
    items = told(
        index_of(
            regime("first", start="2010-01-01", end="2010-12-31"),
            regime("second", start="2012-01-01"),
            instruments=ACTS,
        )
    )
    assert story(items) == [
        ("", "unknown", None, "coverage_began", None),
        ("2005-01-01", "visa_required", None, "began", "a-decree"),
        ("2010-01-01", "visa_free", 30, "ended", "a-decree"),
        ("2011-01-01", "visa_required", None, "began", "a-decree"),
        ("2012-01-01", "visa_free", 30, None, None),
    ]
    assert [str(item.valid_to) for item in items] == [
        "2004-12-31", "2009-12-31", "2010-12-31", "2011-12-31", "None",
    ]  # fmt: skip


def test_a_successor_replaces_and_an_amendment_names_the_act_that_amends():
    items = told(
        index_of(
            regime("old", start="2010-01-01", end="2011-12-31"),
            regime("new", start="2012-01-01", end="2013-12-31", instrument="b-decree"),
            regime("amended", start="2014-01-01", instrument="a-treaty", amended_by="a-protocol"),
            instruments=ACTS,
        )
    )
    assert [one[3:] for one in story(items)][2:4] == [
        ("replaced", "b-decree"),
        ("replaced", "a-protocol"),
    ]


def test_a_rule_that_goes_on_is_overtaken_by_a_better_one():
    index = index_of(
        regime("list"),
        regime("treaty", start="2012-01-01", instrument="a-treaty"),
        instruments=ACTS,
    )
    *_, before, after = told(index)
    assert (before.ended_by.code, before.ended_by.act.id) == ("overtaken", "a-treaty")
    assert [rule.id for rule in after.also] == ["list"]


def test_suspensions_follow_each_other_and_end():
    halts = [
        {
            "id": f"halt-{n}",
            "act": "halt",
            "from": first,
            "to": last,
            "instruments": ["a-decree"],
            "confidence": "high",
            "sources": ["a-source"],
        }
        for n, first, last in ((1, "2020-04-01", "2020-06-30"), (2, "2020-07-01", "2020-12-31"))
    ]
    items = told(index_of(regime(), suspensions=halts, instruments=ACTS))
    assert [one[:4:3] for one in story(items)][2:] == [
        ("2010-01-01", "suspended"),
        ("2020-04-01", "suspension_followed"),
        ("2020-07-01", "suspension_ended"),
        ("2021-01-01", None),
    ]
    assert [item.suspended_by.id for item in items[3:5]] == ["halt-1", "halt-2"]
    assert items[-1].regime.id == items[2].regime.id


def test_a_domestic_limit_brings_newer_terms():
    *_, before, after = told(index_of(regime(), overlays=[NINETY], instruments=ACTS))
    assert (before.ended_by.code, before.ended_by.act.id) == ("new_terms", "a-law")
    assert [limit.kind for limit in after.limits] == ["per_visit", "rolling"]


def test_what_changed_only_beside_the_chosen_rule_is_told_by_its_act():
    rules = [regime("own"), regime("agreed", instrument="a-treaty", limits=[per_visit(90)])]
    *_, before, after = told(index_of(*rules, overlays=[NINETY], instruments=ACTS))
    assert after.regime.id == before.regime.id == "agreed"
    assert (before.ended_by.code, before.ended_by.act.id) == ("beside", "a-law")


def test_a_second_agreement_approved_beside_a_rule_is_named():
    second = treaty("second", events=[event("approved", "2021-01-01", by="KAZ")])
    *_, before, after = told(index_of(regime(), instruments=[*ACTS, second]))
    assert (before.ended_by.code, before.ended_by.act.id) == ("beside", "second")
    assert [pending.instrument for pending in after.pending] == ["second"]


def test_a_rule_of_border_residents_does_not_make_our_data_complete():
    index = index_of(regime(scope="border-residents", start="2002-02-12"), instruments=ACTS)
    assert [(one[0], *one[3:]) for one in story(told(index))] == [
        ("", "beside", "a-decree"),
        ("2002-02-12", "coverage_began", None),
        ("2005-01-01", None, None),
    ]


def test_an_uncertain_start_is_possible_first_and_certain_later():
    items = told(index_of(regime(between=("2021-01-01", "2021-06-01"))))
    assert [one[:4] for one in story(items)][1:] == [
        ("2005-01-01", "visa_required", None, "may_have_begun"),
        ("2021-01-01", "unknown", None, "confirmed"),
        ("2021-06-01", "visa_free", 30, None),
    ]
    assert [rule.id for rule in items[2].possible] == ["a-regime"]


def test_an_uncertain_end_and_an_end():
    index = index_of(regime(to_not_before="2021-01-01", to_not_after="2021-03-01"))
    assert [one[3] for one in story(told(index))][2:] == ["may_have_ended", "ended", None]


def test_an_approval_without_entry_into_force_is_a_period_of_its_own():
    approved = treaty(events=[event("approved", "2021-01-01", by="KAZ")])
    items = told(index_of(instruments=[approved, act("kz-gov-148-2012")]))
    assert story(items)[1][3:] == ("approved", "a-treaty")
    assert [pending.instrument for pending in items[2].pending] == ["a-treaty"]


def test_a_signature_without_approval_is_a_period_of_its_own():
    signed = treaty(passports=["diplomatic"], events=[event("signed", "2021-01-01")])
    index = index_of(instruments=[signed])
    visitor = Visitor("XAA", "diplomatic", date.min)
    before, after = timeline(index, visitor, runs(index, "XAA", "diplomatic"), None)
    assert (before.ended_by.code, before.ended_by.act.id) == ("signed", "a-treaty")
    assert (after.reason, after.pending[0].approved) == ("not_covered", None)


def test_turning_points_that_change_nothing_do_not_split_a_period():
    group = {"id": "union", "name": "Union", "sources": ["a-source"]}
    members = [{"code": "XBB", "from": "2015-01-01"}]
    items = told(index_of(regime(), groups=[{**group, "members": members}]))
    assert [str(item.valid_from or "") for item in items] == ["", "2005-01-01", "2010-01-01"]


@pytest.mark.parametrize(
    ("since", "until", "starts"),
    [
        ("2010-12-31", "2011-01-01", ["2010-01-01", "2011-01-01"]),
        ("2011-01-01", "2011-01-01", ["2011-01-01"]),
        ("2050-01-01", None, ["2011-01-01"]),
    ],
)
def test_since_and_until_keep_the_periods_they_touch_whole(since, until, starts):
    index = index_of(regime(end="2010-12-31", limits=[per_visit(5)]))
    items = told(index, "XAA", date.fromisoformat(since), until and date.fromisoformat(until))
    assert [str(item.valid_from) for item in items] == starts


def test_a_citizen_has_one_period():
    (only,) = told(index_of(), "KAZ")
    assert (only.verdict, only.valid_from, only.valid_to, only.ended_by) == (
        "citizen", None, None, None,
    )  # fmt: skip


def test_stricter_terms_that_may_bind_already_are_told_by_the_act_that_brings_them():
    items = told(
        index_of(
            regime("older", end="2021-08-25", limits=[per_visit(90)]),
            regime(
                "newer",
                instrument="b-decree",
                between=("2021-07-01", "2021-08-26"),
                limits=[per_visit(30)],
            ),
            instruments=ACTS,
        )
    )
    assert [item[2:] for item in story(items)[-3:]] == [
        (90, "may_have_begun", "b-decree"),
        (30, "replaced", "b-decree"),
        (30, None, None),
    ]

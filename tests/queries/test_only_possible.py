"""What is only possible is never said as a yes or a no: halts, papers, domestic limits, lists."""

from datetime import date, timedelta
from functools import partial

import pytest
from kit import act, index_of, per_visit, regime, rolling, treaty

from visamap.domain.changes import diff
from visamap.domain.decisions import decisions
from visamap.domain.entry import check, transit, visa_hints, with_days
from visamap.domain.events import upcoming
from visamap.domain.timeline import timeline
from visamap.domain.verdict import Visitor, runs
from visamap.registry import Registry
from visamap.render import phrases, phrases_time
from visamap.screen.plain import Reader
from visamap.screen.rule_table import RuleBook

DAY = "2020-06-01"
BOUNDED = {"from_not_before": "2020-01-01", "from_not_after": "2027-01-01"}


def asked(index, on=DAY, code="XAA", passport="ordinary", days=None):
    visitor = Visitor(code, passport, date.fromisoformat(on))
    history = runs(index, code, passport)
    answer = check(index, visitor, history)
    return answer if days is None else with_days(index, answer, days, history)


def halt(**fields):
    base = {"id": "a-halt", "act": "a-decree", "regimes": ["a-regime"], "sources": ["a-source"]}
    return {**base, "confidence": "high", **fields}


@pytest.mark.parametrize(
    ("fields", "on", "found"),
    [
        ({"from": "2020-01-01"}, "2019-12-31", ("visa_free", "unilateral")),
        ({"from": "2020-01-01"}, "2020-01-01", ("visa_required", "suspended")),
        (BOUNDED, "2019-12-31", ("visa_free", "unilateral")),
        (BOUNDED, "2020-01-01", ("unknown", "halt_uncertain")),
        (BOUNDED, "2026-12-31", ("unknown", "halt_uncertain")),
        (BOUNDED, "2027-01-01", ("visa_required", "suspended")),
        ({"from": "2020-01-01", "confidence": "low"}, "2020-01-01", ("unknown", "halt_uncertain")),
        (
            {"from": "2019-01-01", "to_not_before": "2020-01-01", "to_not_after": "2021-01-01"},
            "2020-01-02",
            ("unknown", "halt_uncertain"),
        ),
    ],
)
def test_a_rule_that_may_be_halted_is_no_certain_yes_and_no_certain_no(fields, on, found):
    index = index_of(regime(), suspensions=[halt(**fields)])
    answer = asked(index, on)
    assert (answer.verdict, answer.reason) == found
    assert [rule.possible for rule in answer.also] == [True] * (found[0] == "unknown")
    named = answer.perhaps_suspended_by if found[0] == "unknown" else answer.suspended_by
    assert bool(named) == (found[0] != "visa_free")


def test_a_certain_halt_goes_before_one_that_only_may_be():
    halts = [halt(**{"from": "2020-01-01", "confidence": "low"}), halt(id="b", **{"from": DAY})]
    index = index_of(regime(), suspensions=halts)
    assert asked(index, "2020-05-31").reason == "halt_uncertain"
    assert asked(index, DAY).reason == "suspended"


def test_a_rule_beside_one_that_may_be_halted_is_a_yes():
    index = index_of(
        regime(), regime("other", limits=[per_visit(5)]), suspensions=[halt(**BOUNDED)]
    )
    assert (asked(index).verdict, asked(index).max_stay_days) == ("visa_free", 5)


def test_the_timeline_says_what_may_have_halted_the_rule():
    index = index_of(regime(), suspensions=[halt(**BOUNDED)])
    visitor = Visitor("XAA", "ordinary", date(2019, 1, 1))
    found = timeline(index, visitor, runs(index, "XAA", "ordinary"), date(2030, 1, 1))
    assert [period.ended_by[0] for period in found[:2]] == ["may_be_suspended", "suspended"]


STOP = {
    "id": "a-stop",
    "act": "a-decree",
    "nationalities": ["XAA"],
    "hours": 72,
    "from": "2015-01-01",
    "confidence": "high",
    "sources": ["a-source"],
}


@pytest.mark.parametrize(
    ("stop", "halted", "found"),
    [
        ({}, None, [False]),
        ({"confidence": "low"}, None, [True]),
        ({"to_not_before": "2016-01-01", "to_not_after": "2027-01-01"}, None, [True]),
        ({}, {"from": "2020-01-01"}, []),
        ({}, BOUNDED, [True]),
        ({}, {"from": "2020-01-01", "confidence": "low"}, [True]),
    ],
)
def test_transit_that_may_not_hold_is_told_as_possible(stop, halted, found):
    halts = [halt(regimes=[], transit=["a-stop"], **halted)] if halted else []
    index = index_of(transit=[{**STOP, **stop}], suspensions=halts)
    notes = transit(index, Visitor("XAA", "ordinary", date.fromisoformat(DAY)))
    assert [note.possible for note in notes] == found


CARD = {
    "id": "a-card",
    "title": "A card",
    "nationalities": ["XAA"],
    "document": "id_card",
    "in_place_of": "ordinary",
    "terms": "It is accepted.",
    "from": "2012-01-01",
    "confidence": "high",
    "sources": ["a-source"],
}


def carded(*cards, on=DAY):
    return asked(index_of(regime(), entry_documents=cards), on, passport="id_card")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "unilateral"),
        ({"confidence": "low"}, "paper_uncertain"),
        ({"from": None, **BOUNDED}, "paper_uncertain"),
        ({"to_not_before": "2016-01-01", "to_not_after": "2027-01-01"}, "paper_uncertain"),
    ],
)
def test_a_paper_that_may_not_be_accepted_is_no_certain_yes(fields, reason):
    answer = carded({**CARD, **fields})
    assert (answer.verdict == "visa_free", answer.reason) == (reason == "unilateral", reason)


def test_an_answer_on_a_paper_is_no_surer_than_the_paper_and_says_whose_it_is():
    answer = carded({**CARD, "confidence": "medium", "min_age": 14, "territory": "a strip"})
    assert (answer.verdict, answer.confidence) == ("visa_free", "medium")
    assert {(c.code, c.value) for c in answer.conditions} == {
        ("min_age", 14),
        ("territory", "a strip"),
    }


def test_of_two_papers_the_surer_one_gives_the_answer_once():
    weak = {**CARD, "id": "b-card", "confidence": "low"}
    for cards in ((CARD, weak), (weak, CARD)):
        answer = carded(*cards)
        assert (answer.verdict, answer.also) == ("visa_free", ())


def overlay(name="an-overlay", days=10, **fields):
    base = {"id": name, "act": "a-decree", "applies_to": {}, "limits": [per_visit(days)]}
    start = {} if "from_not_before" in fields else {"from": "2015-01-01"}
    return {**base, **start, "confidence": "high", "sources": ["a-source"], **fields}


UNION = {
    "id": "a-union",
    "name": "A union",
    "members": [{"code": "XAA", **BOUNDED}],
    "sources": ["a-source"],
}
OPEN_RULE = regime(limits=[rolling(90, 180)])
MAY_BIND = {
    "bounded start": {"overlays": [overlay(**BOUNDED)]},
    "weak evidence": {"overlays": [overlay(confidence="low")]},
    "perhaps a member": {
        "overlays": [overlay(applies_to={"groups": ["a-union"]})],
        "groups": [UNION],
    },
    "perhaps excepted": {
        "overlays": [overlay(applies_to={"except_groups": ["a-union"]})],
        "groups": [UNION],
    },
    "filled by one that may bind": {
        "overlays": [overlay(confidence="low"), overlay("b-overlay", 60)]
    },
}


@pytest.mark.parametrize("sections", MAY_BIND.values(), ids=MAY_BIND)
def test_a_limit_that_may_bind_is_kept_to_and_a_longer_stay_is_not_known(sections):
    index = index_of(OPEN_RULE, **sections)
    answer = asked(index, days=10)
    assert (answer.verdict, answer.max_stay_days, answer.stay_allowed) == ("visa_free", 10, True)
    assert [limit.days for limit in answer.doubtful_limits][:1] == [10]
    longer = asked(index, days=11)
    assert (longer.stay_allowed, longer.stay_reason) == (None, "limit_uncertain")
    assert asked(index, days=91).stay_allowed is False


def test_a_limit_that_binds_for_certain_is_not_doubted():
    index = index_of(OPEN_RULE, overlays=[overlay()])
    answer = asked(index, days=11)
    assert (answer.stay_allowed, answer.doubtful_limits) == (False, ())


@pytest.mark.parametrize(("limits", "days"), [([30, 72], 3), ([2, 72], 2), ([30, 5], 1)])
def test_hours_beside_days_bind_too(limits, days):
    rule = regime(limits=[per_visit(limits[0]), {"kind": "hours", "hours": limits[1]}])
    answer = asked(index_of(rule), days=days)
    assert (answer.max_stay_days, answer.stay_allowed) == (days, True)
    assert asked(index_of(rule), days=days + 1).stay_allowed is False


def invited(name, members, **fields):
    start = {} if "from_not_before" in fields else {"from": "2015-01-01"}
    base = {"id": name, "title": name, "purpose": "invitation-exempt", "members": members}
    rest = {"complete": False, "confidence": "high", "sources": ["a-source"]}
    return {**base, **start, **rest, **fields}


@pytest.mark.parametrize(
    ("lists", "exempt"),
    [
        ([invited("a", ["XAA"])], True),
        ([invited("a", ["XAA"], confidence="low")], None),
        ([invited("a", ["XAA"], **BOUNDED)], None),
        ([invited("a", ["XBB"], complete=True)], False),
        ([invited("a", ["XBB"], complete=True, confidence="low")], None),
        ([invited("a", ["XBB"], complete=True), invited("b", ["XAA"], confidence="low")], None),
        ([invited("a", ["XBB"], complete=True), invited("b", ["XAA"])], True),
    ],
)
def test_a_list_of_weak_evidence_settles_nothing(lists, exempt):
    index = index_of(country_lists=lists)
    hints = visa_hints(index, Visitor("XAA", "ordinary", date.fromisoformat(DAY)))
    assert hints.invitation_exempt is exempt


def test_what_only_may_be_stricter_leaves_no_stay_unlawful_for_certain():
    from visamap.domain.counting import (  # noqa: PLC0415
        Counter,
        Visit,
        rulebook,
    )

    index = index_of(OPEN_RULE, overlays=[overlay(confidence="low")])
    entry = date(2020, 6, 1).toordinal()
    visit = Visit(entry, entry + 19)
    breaches = [
        *rulebook(runs(index, "XAA", "ordinary"), index.horizon).breaches(Counter([visit]), visit)
    ]
    assert [breach.certain for breach in breaches] == [False]


def opened(rule=OPEN_RULE, **sections):
    found = Registry(index_of(rule, **sections))
    found._codes["XAA"] = "XAA"  # no list of names holds the codes of the kit
    return found


@pytest.fixture
def ten_days_perhaps():
    return opened(overlays=[overlay(confidence="low")])


def test_a_stay_up_to_a_limit_that_may_bind_is_known_and_the_days_after_it_are_not(
    ten_days_perhaps,
):
    answer = ten_days_perhaps.stay("XAA", on=DAY)
    assert (answer.days_left, answer.stay_ends.reason) == (10, "limit_uncertain")
    assert [limit.doubtful for limit in answer.limits] == [False, True]
    for inside, used in (("2020-05-22", 10), ("2020-05-28", 4)):
        answer = ten_days_perhaps.stay("XAA", on="2020-05-31", trips=[(inside, None)])
        assert answer.days_left == 11 - used
    over = ten_days_perhaps.stay("XAA", on=DAY, trips=[("2020-05-22", None)])
    assert (over.days_left, over.reason, over.in_compliance) == (None, "limit_uncertain", None)
    assert (over.overstay_days, [breach.reason for breach in over.breaches]) == (
        0,
        ["limit_uncertain"],
    )


def test_a_certain_limit_that_is_used_up_leaves_no_day_whatever_else_may_bind(ten_days_perhaps):
    trip = [("2020-03-01", "2020-05-29")]
    used = ten_days_perhaps.stay("XAA", on=DAY, trips=trip)
    assert (used.days_left, used.reason) == (0, "limit_reached")


@pytest.mark.parametrize(
    ("leaving", "allowed", "reason", "longest"),
    [
        ("2020-06-10", True, None, 10),
        ("2020-06-11", None, "limit_uncertain", 10),
        ("2020-08-30", False, "limit_reached", 10),
    ],
)
def test_a_plan_over_a_limit_that_may_bind_says_so(
    ten_days_perhaps, leaving, allowed, reason, longest
):
    plan = ten_days_perhaps.stay("XAA", on=DAY, plan=f"{DAY}/{leaving}").plan
    assert (plan.allowed, plan.reason, plan.longest_stay) == (allowed, reason, longest)


def test_a_plan_with_no_day_that_is_surely_allowed_has_no_longest_stay():
    perhaps = {**overlay(confidence="low"), "limits": [rolling(10, 100)]}
    registry = opened(regime(), overlays=[perhaps])
    answer = registry.stay(
        "XAA", on=DAY, trips=[("2020-05-01", "2020-05-15")], plan=f"{DAY}/2020-06-03"
    )
    assert (answer.days_left, answer.plan.allowed, answer.plan.longest_stay) == (None, None, None)


@pytest.mark.parametrize("days", [1, 10, 11, 29, 30, 31, 90, 91, 400])
@pytest.mark.parametrize("sections", [{}, *MAY_BIND.values()], ids=["none", *MAY_BIND])
def test_a_list_is_answered_as_check_does_where_a_limit_may_bind(sections, days):
    pytest.importorskip("pyarrow")
    import pyarrow as pa  # noqa: PLC0415  only here

    from visamap.screen.answering import Answerer, Asked  # noqa: PLC0415

    book = RuleBook(index_of(OPEN_RULE, **sections))
    book.nationality = lambda _: book.codes.index("XAA")
    came = date.fromisoformat(DAY)
    left = came + timedelta(days - 1)
    right = asked(book.index, days=days).stay_allowed
    reader = Reader(book)
    assert reader.answer("XAA", DAY, left.isoformat()).visit_alone_visa_free is right
    answerer = Answerer(book)
    found = answerer.answers(
        Asked(
            rows=1,
            trouble=None,
            nationality=pa.array(["XAA"]),
            arrival=pa.array([came], pa.date32()),
            departure=pa.array([left], pa.date32()),
            passport=None,
            destination=None,
        )
    )
    assert answerer.table[found.numbers[0]].visit_alone_visa_free is right


def test_the_rule_table_says_up_to_which_stay_nobody_knows():
    (row,) = [
        row
        for row in decisions(index_of(OPEN_RULE, overlays=[overlay(confidence="low")]), ["XAA"])
        if row.passport == "ordinary" and row.first_day <= date.fromisoformat(DAY) <= row.last_day
    ]
    assert (row.max_stay_days, row.unless_bound) == (10, 90)


def test_the_bounds_of_a_paper_are_told_and_the_paper_is_shown_as_possible():
    card = {**CARD, "from": None, **BOUNDED}
    perhaps, surely = carded(card), carded(card, on="2027-01-01")
    assert [paper.certain for paper in perhaps.entry_documents] == [False]
    assert [paper.certain for paper in surely.entry_documents] == [True]
    bounds = (date(2020, 1, 1), date(2027, 1, 1))
    assert (perhaps.next_change.on, perhaps.next_change.on_between) == (bounds[1], bounds)
    assert surely.visa_free_since_between == bounds


ENDS_SOME_DAY = {"from": "2019-01-01", "to_not_before": "2020-01-01", "to_not_after": "2021-01-01"}
OVER = (date(2020, 1, 2), date(2021, 1, 2))


@pytest.fixture
def ends_some_day():
    return index_of(regime(), suspensions=[halt(**ENDS_SOME_DAY)])


@pytest.mark.parametrize("on", ["2019-06-01", DAY])
def test_a_suspension_is_told_with_its_own_days(ends_some_day, on):
    answer = asked(ends_some_day, on)
    told = answer.suspended_by or answer.perhaps_suspended_by[0]
    assert (told.valid_from, told.valid_from_between) == (date(2019, 1, 1), None)
    assert (told.valid_to, told.valid_to_between) == (None, (date(2020, 1, 1), date(2021, 1, 1)))


def test_no_day_is_invented_on_which_a_suspension_ended(ends_some_day):
    assert asked(ends_some_day).next_change.on_between == OVER
    assert asked(ends_some_day, "2022-01-01").visa_free_since_between == OVER


def test_the_history_of_a_suspension_that_ends_some_day(ends_some_day):
    visitor = Visitor("XAA", "ordinary", date(2018, 1, 1))
    found = timeline(ends_some_day, visitor, runs(ends_some_day, "XAA", "ordinary"), None)
    assert [period.ended_by.code for period in found[:-1]] == [
        "suspended",
        "suspension_may_have_ended",
        "surely_not_suspended",
    ]
    assert [len(period.perhaps_suspended_by) for period in found] == [0, 0, 1, 0]


def test_the_change_to_the_days_after_a_suspension_is_its_end():
    deeds = [act(), act("b-decree"), treaty(), act("kz-gov-148-2012")]
    index = index_of(
        regime(), instruments=deeds, suspensions=[halt(act="b-decree", **ENDS_SOME_DAY)]
    )
    (change,) = diff(index, date(2019, 6, 1), date(2022, 1, 1), "ordinary", partial(runs, index))
    assert (change.change, change.cause, change.by.id) == (
        "gained",
        "surely_not_suspended",
        "b-decree",
    )
    assert change.on_between == OVER


def test_a_limit_that_may_bind_is_marked_in_every_list():
    registry = opened(overlays=[overlay(confidence="low", **{"from": "2020-01-01"})])
    (partner,) = registry.partners(on=DAY)
    (change,) = registry.diff("2019-06-01", DAY)
    *_, period = registry.timeline("XAA")
    for one in (partner, change.after, period):
        assert [limit.days for limit in one.doubtful_limits] == [10]
        assert phrases.marked_terms(one) == ["90 days in any 180 days", "perhaps 10 days a visit"]
    assert change.before.doubtful_limits == ()


def test_what_is_coming_on_weak_evidence_is_told_as_possible():
    days = {"from": "2026-06-01", "to": "2026-06-30"}
    halts = [halt(id="weak-halt", confidence="low", **days), halt(**{"from": "2026-07-01"})]
    index = index_of(regime(), suspensions=halts)
    found = {one.regime: phrases_time.coming(one) for one in upcoming(index, date(2026, 1, 1))}
    assert [said.startswith("Perhaps") for said in found.values()] == [True, False]


@pytest.mark.parametrize(
    ("perhaps", "surely", "doubtful"),
    [
        (per_visit(10), per_visit(60), [10]),
        (per_visit(60), per_visit(10), [60, 10]),
        (rolling(20, 100), rolling(90, 180), [20]),
        (rolling(50, 100), rolling(90, 180), [50, 90]),  # twice 50 in 180 days would break it
        ({**rolling(20, 100), "kind": "from_first_entry"}, rolling(90, 180), [20, 90]),
        ({"kind": "hours", "hours": 72}, per_visit(5), [None]),
    ],
)
def test_a_limit_that_binds_or_gives_way_to_a_stricter_one_is_certain(perhaps, surely, doubtful):
    overlays = [
        {**overlay(confidence="low"), "limits": [perhaps]},
        {**overlay("b-overlay"), "limits": [surely]},
    ]
    answer = asked(index_of(regime(limits=[]), overlays=overlays))
    assert [limit.days for limit in answer.doubtful_limits] == doubtful

"""Who wins on a day: small rules and observations of XAA's passport for XBB."""

from datetime import date

import pytest
from kit import index_of

from visamap.domain.abroad import Pair, Seen, followed, observations, outbound, view

DAYS = ("2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01", "2020-05-01")


def period(*bounds):
    ends = ("from_not_before", "from_not_after", "to_not_before", "to_not_after")
    return {end: day for end, day in zip(ends, bounds, strict=True) if day}


def rule(name="a-rule", requirement="visa_free", bounds=(None, None, None, None), **fields):
    base = {
        "id": name,
        "requirement": requirement,
        "basis": "law",
        **period(*bounds),
        "limits": [],
        "conditions": {},
        "confidence": "high",
        "sources": ["a-source"],
    }
    return {**base, **fields}


def stay(days):
    return [{"kind": "per_visit", "days": days}]


def asked(on, *rules, seen=(), formalities=()):
    """The answer for XAA to XBB; ``seen`` are (word, days, first, last) by number of snapshot."""
    table = {
        "rules": list(rules),
        "of": {"XAA": {"XBB": list(range(len(rules)))}},
        "days": list(DAYS),
        "seen": {"XAA": {"XBB": [list(row) for row in seen]}},
        "interruptions": [],
        "local_rules": [],
        "formalities": list(formalities),
        "snapshots": [{"source": "a-source"}],
        "sources": {"a-source": ["https://example.org", "dataset"]},
    }
    index = index_of()
    index._read = lambda _: table
    pair, day = Pair("XAA", "XBB"), date.fromisoformat(on)
    return outbound(index, pair, day, view(observations(index, *pair), day))


SINCE_MARCH = ("2020-03-01", "2020-03-01", None, None)
TO_FEBRUARY = (None, None, "2020-02-29", "2020-02-29")


def test_a_rule_wins_and_the_snapshot_stands_beside_it():
    answer = asked("2020-03-10", rule(bounds=SINCE_MARCH), seen=[("visa_required", None, 0, 4)])
    assert (answer.requirement, answer.reason, answer.basis) == ("visa_free", "rule", "law")
    (other,) = answer.disagreement.sides
    assert (answer.disagreement.about, other.requirement) == ("requirement", "visa_required")
    assert (other.first_seen, other.last_seen) == (date(2020, 1, 1), date(2020, 5, 1))


@pytest.mark.parametrize(("seen", "about"), [(30, None), (None, None), (60, "stay")])
def test_another_length_of_stay_is_a_disagreement_too(seen, about):
    mine = rule(bounds=SINCE_MARCH, limits=stay(30))
    answer = asked("2020-03-10", mine, seen=[("visa_free", seen, 0, 4)])
    assert (answer.disagreement.about if answer.disagreement else None) == about
    assert answer.max_stay_days == 30


def test_law_comes_before_a_list_and_a_list_before_the_press():
    rules = [
        rule("press", "e_visa", SINCE_MARCH, basis="news"),
        rule("list", "visa_free", SINCE_MARCH, basis="official-list"),
        rule("law", "visa_required", SINCE_MARCH),
    ]
    answer = asked("2020-03-10", *rules)
    assert answer.rule == "law"
    assert [side.rule for side in answer.also] == ["list", "press"]
    assert asked("2020-03-10", *rules[:2]).rule == "list"


def test_of_two_laws_the_more_open_then_the_longer_stay_wins():
    rules = [
        rule("short", "visa_free", SINCE_MARCH, limits=stay(30)),
        rule("long", "visa_free", SINCE_MARCH, limits=stay(60)),
        rule("arrival", "visa_on_arrival", SINCE_MARCH, limits=stay(90)),
    ]
    assert asked("2020-03-10", *rules).rule == "long"


@pytest.mark.parametrize(
    ("on", "requirement", "reason"),
    [
        ("2019-12-31", "unknown", "nothing_known"),  # before the first snapshot
        ("2020-01-01", "e_visa", "snapshot"),
        ("2020-01-15", "e_visa", "snapshot"),  # between two that agree
        ("2020-02-01", "e_visa", "snapshot"),
        ("2020-02-15", "unknown", "snapshots_differ"),
        ("2020-03-01", "visa_free", "snapshot"),
        ("2020-05-01", "visa_free", "snapshot"),
        ("2020-05-02", "visa_free", "snapshot_outlived"),
    ],
)
def test_snapshots_alone(on, requirement, reason):
    answer = asked(on, seen=[("e_visa", None, 0, 1), ("visa_free", 30, 2, 4)])
    assert (answer.requirement, answer.reason) == (requirement, reason)
    assert answer.basis == (None if requirement == "unknown" else "snapshot")
    outlived = reason == "snapshot_outlived"
    assert answer.as_known_on == (date(2020, 5, 1) if outlived else None)
    assert answer.confidence == ("medium" if reason == "snapshot" else "low")
    if reason == "snapshots_differ":
        assert [side.requirement for side in answer.disagreement.sides] == ["e_visa", "visa_free"]


def test_of_two_lengths_of_stay_around_a_day_the_shorter_is_said():
    answer = asked("2020-02-15", seen=[("visa_free", 30, 0, 1), ("visa_free", 60, 2, 4)])
    assert (answer.requirement, answer.max_stay_days) == ("visa_free", 30)


@pytest.mark.parametrize(
    ("word", "requirement", "reason"),
    [
        ("visa_free", "visa_free", "rule_and_snapshot"),
        ("visa_required", "visa_required", "snapshot_before_or_after"),
    ],
)
def test_inside_the_bounds_of_a_start_the_snapshot_decides(word, requirement, reason):
    mine = rule(bounds=("2020-02-01", "2020-04-01", None, None))
    answer = asked("2020-03-10", mine, seen=[(word, None, 0, 4)])
    assert (answer.requirement, answer.reason) == (requirement, reason)
    assert answer.confidence in {"medium", "low"}
    if reason == "snapshot_before_or_after":
        assert [side.rule for side in answer.disagreement.sides] == ["a-rule"]


def test_where_one_rule_may_have_followed_another_and_the_snapshot_is_neither_nothing_is_known():
    old = rule("old", "visa_required", (None, None, "2020-02-01", "2020-04-01"))
    new = rule("new", "visa_free", ("2020-02-02", "2020-04-02", None, None))
    answer = asked("2020-03-10", old, new, seen=[("e_visa", None, 0, 4)])
    assert (answer.requirement, answer.reason) == ("unknown", "rules_uncertain")
    assert {side.rule for side in answer.disagreement.sides} == {"old", "new", None}


def test_where_both_rules_ask_the_same_only_the_stay_is_doubtful():
    old = rule("old", bounds=(None, None, "2020-02-01", "2020-04-01"), limits=stay(90))
    new = rule("new", bounds=("2020-02-02", "2020-04-02", None, None), limits=stay(30))
    answer = asked("2020-03-10", old, new)
    assert (answer.requirement, answer.reason) == ("visa_free", "between_rules")
    assert answer.max_stay_days == 30


@pytest.mark.parametrize(
    "doubt",
    [{"confidence": "low"}, {"disputed": {"what": "existence", "sides": []}}],
)
def test_weak_and_disputed_rules_never_stand_alone(doubt):
    weak = rule(bounds=SINCE_MARCH, **doubt)
    assert asked("2020-03-10", weak).requirement == "unknown"
    agreed = asked("2020-03-10", weak, seen=[("visa_free", None, 0, 4)])
    assert (agreed.requirement, agreed.reason) == ("visa_free", "rule_and_snapshot")
    other = asked("2020-03-10", weak, seen=[("visa_required", None, 0, 4)])
    assert (other.requirement, other.confidence) == ("visa_required", "low")


def test_a_rule_is_certain_from_the_first_day_that_a_source_shows_it():
    old = rule(known_since="2020-03-01")
    assert asked("2020-03-01", old).reason == "rule"
    assert asked("2020-02-29", old).requirement == "unknown"
    confirmed = asked("2020-02-20", old, seen=[("visa_free", None, 0, 4)])
    assert (confirmed.requirement, confirmed.rule) == ("visa_free", "a-rule")
    assert (confirmed.valid_from, confirmed.known_since) == (None, date(2020, 3, 1))


def test_an_old_snapshot_does_not_say_that_a_rule_still_holds():
    gone = rule(bounds=("2020-01-01",) * 2 + (None, None), known_until="2020-06-01")
    seen = [("visa_free", None, 0, 4)]
    assert asked("2020-06-01", gone, seen=seen).reason == "rule"
    assert asked("2020-06-02", gone, seen=seen).requirement == "unknown"


def test_a_snapshot_does_not_speak_of_a_rule_that_began_after_it():
    weak = rule(requirement="visa_required", bounds=("2020-06-01",) * 2 + (None, None))
    weak["confidence"] = "low"
    answer = asked("2020-06-02", weak, seen=[("visa_free", 60, 0, 4)])
    assert (answer.requirement, answer.reason) == ("unknown", "rules_uncertain")
    assert [side.requirement for side in answer.disagreement.sides] == [
        "visa_required",
        "visa_free",
    ]


def formality(passports=(), bounds=(None, "2020-03-01", None, None)):
    return {
        "destinations": ["XBB"],
        "passports": list(passports),
        "code": "arrival_form",
        "text": "a card",
        **period(*bounds),
        "sources": ["a-source"],
    }


@pytest.mark.parametrize(
    ("on", "form", "told"),
    [
        ("2020-02-29", formality(), False),  # no source shows it yet
        ("2020-03-01", formality(), True),
        ("2020-03-01", formality(["XCC"]), False),  # asked of others
        ("2020-03-01", formality(["XAA"]), True),
        ("2020-03-15", formality(bounds=("2020-03-01",) * 2 + ("2020-03-15",) * 2), True),
        ("2020-03-16", formality(bounds=("2020-03-01",) * 2 + ("2020-03-15",) * 2), False),  # over
    ],
)
@pytest.mark.parametrize("by_rule", [True, False])
def test_what_is_asked_of_everyone_is_told_on_its_days_whoever_answers(on, form, told, by_rule):
    rules = [rule(bounds=("2020-01-01",) * 2 + (None, None))] if by_rule else []
    answer = asked(on, *rules, seen=[("visa_free", None, 0, 4)], formalities=[form])
    assert ([c.code for c in answer.conditions] == ["arrival_form"]) is told
    assert "a-source" in [source.id for source in answer.sources]


def test_a_closed_border_says_nothing_of_the_rule_behind_it():
    seen = [("visa_free", 30, 0, 0), ("covid_ban", None, 1, 3), ("visa_free", 30, 4, 4)]
    with_rule = asked("2020-03-10", rule(bounds=SINCE_MARCH), seen=seen)
    assert with_rule.requirement == "visa_free"
    assert with_rule.disagreement is None
    assert [case.certain for case in with_rule.interrupted] == [True]
    assert asked("2020-03-10", seen=seen).requirement == "no_admission"
    before = asked("2020-01-15", seen=seen)  # between the last open and the first closed snapshot
    assert before.requirement == "visa_free"
    assert [case.certain for case in before.interrupted] == [False]


def test_a_newer_matrix_is_one_more_snapshot():
    rows = [Seen("visa_free", 30, date(2020, 1, 1), date(2020, 5, 1))]
    newer = Seen("visa_free", 30, date(2020, 8, 1), date(2020, 8, 1))
    assert view(followed(rows, newer), date(2020, 7, 1)).rule.requirement == "visa_free"
    other = newer._replace(requirement="eta")
    assert view(followed(rows, other), date(2020, 7, 1)).rule is None
    assert view(followed(rows, other), date(2020, 9, 1)).rule.requirement == "eta"
    older = newer._replace(first=date(2020, 4, 1), last=date(2020, 4, 1))
    assert followed(rows, older) == rows

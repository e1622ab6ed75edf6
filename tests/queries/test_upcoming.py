from datetime import date

import pytest
from kit import act, event, index_of, regime, treaty

from visamap.domain.events import upcoming
from visamap.render.phrases_time import coming as coming_sentence

BASE = act("kz-gov-148-2012")
SIGNED = event("signed", "2020-01-01")
APPROVED = event("approved", "2020-02-01", by="KAZ")


def coming(index, on, passport=None):
    return [
        (one.kind, str(one.on) if one.on else None, one.act.id)
        for one in upcoming(index, date.fromisoformat(on), passport)
    ]


@pytest.mark.parametrize(
    ("on", "kind", "day"),
    [
        ("2019-12-31", None, None),  # nobody could know
        ("2020-01-01", "enters-into-force", "2020-03-01"),
        ("2020-02-29", "enters-into-force", "2020-03-01"),
        ("2020-03-01", None, None),  # it has come
    ],
)
def test_an_act_is_upcoming_from_its_signing_to_the_eve_of_its_entry(on, kind, day):
    one = treaty(events=[SIGNED, APPROVED, event("in-force", "2020-03-01")])
    expected = [(kind, day, "a-treaty")] if kind else []
    assert coming(index_of(instruments=[BASE, one]), on) == expected


def test_acts_without_a_day_come_last_and_say_how_far_they_got():
    records = [
        BASE,
        treaty("signed-only", events=[SIGNED]),
        treaty("approved-only", events=[SIGNED, APPROVED]),
        treaty("bounded", events=[SIGNED, event("in-force", between=["2020-06-01", "2020-07-01"])]),
        treaty("dated", events=[SIGNED, event("in-force", "2020-09-01")]),
        act("own", events=[SIGNED]),  # an own act without a day is no news
    ]
    index = index_of(instruments=records)
    found = upcoming(index, date(2020, 3, 1))
    assert [(one.kind, one.act.id) for one in found] == [
        ("enters-into-force", "dated"),
        ("enters-into-force", "bounded"),
        ("approved", "approved-only"),
        ("signed", "signed-only"),
    ]
    assert [one.since for one in found] == ["2020-01-01", "2020-01-01", "2020-02-01", "2020-01-01"]
    assert coming(index, "2020-06-15")[1] == ("may-be-in-force", None, "bounded")


def test_a_draft_is_not_called_signed():
    records = [
        BASE,
        treaty("announced", events=[event("announced", "2020-01-01")]),
        treaty("drafted", events=[event("draft-approved", "2020-01-01", by="KAZ")]),
    ]
    index = index_of(instruments=records)
    found = upcoming(index, date(2020, 3, 1))
    assert {(one.kind, one.status, one.since) for one in found} == {("draft", "draft", None)}
    assert "not signed" in coming_sentence(found[0])


def test_a_rule_that_begins_with_its_act_is_told_once():
    one = treaty(events=[SIGNED, event("in-force", "2020-03-01")])
    index = index_of(regime(instrument="a-treaty", start="2020-03-01"), instruments=[BASE, one])
    assert coming(index, "2020-02-01") == [("enters-into-force", "2020-03-01", "a-treaty")]


def test_a_rule_ends_on_the_first_day_without_it_and_says_whether_another_goes_on():
    index = index_of(
        regime("old", end="2020-12-31"),
        regime("new", start="2021-01-01"),
        regime("other", nationalities=["XBB"], end="2020-12-31"),
    )
    found = upcoming(index, date(2020, 12, 31))
    ends = {one.regime: (str(one.on), one.goes_on) for one in found if one.kind == "rule-ends"}
    assert ends == {"old": ("2021-01-01", True), "other": ("2021-01-01", False)}
    assert [one.regime for one in found if one.kind == "rule-begins"] == ["new"]
    assert upcoming(index, date(2021, 1, 1)) == []


def test_a_suspension_that_ends_names_whom_it_halts():
    halt = {
        "id": "a-halt",
        "act": "halt",
        "from": "2020-04-01",
        "to": "2020-06-30",
        "instruments": ["a-decree"],
        "confidence": "high",
        "sources": ["a-source"],
    }
    index = index_of(regime(), suspensions=[halt], instruments=[BASE, act(), act("halt")])
    (one,) = upcoming(index, date(2020, 5, 1))
    assert (one.kind, str(one.on)) == ("suspension-ends", "2020-07-01")
    assert [country.code for country in one.nationalities] == ["XAA"]
    assert upcoming(index, date(2020, 7, 1)) == []


def test_a_passport_keeps_what_names_it_or_names_none():
    records = [
        BASE,
        treaty("ordinary", events=[SIGNED]),
        treaty("official", passports=["service"], events=[SIGNED]),
        treaty("silent", passports=[], events=[SIGNED]),
    ]
    found = coming(index_of(instruments=records), "2020-03-01", "service")
    assert [act_id for *_, act_id in found] == ["official", "silent"]


def test_an_act_that_ends_later_is_upcoming():
    one = treaty(events=[event("in-force", "2010-01-01"), event("ended", "2021-01-01")])
    index = index_of(instruments=[BASE, one])
    assert coming(index, "2020-12-31") == [("ends", "2021-01-01", "a-treaty")]
    assert coming(index, "2021-01-01") == []


def test_an_act_that_may_have_ended_is_told_as_that_and_not_as_one_that_may_have_begun():
    ending = event("ended", between=["2020-12-01", "2021-01-01"])
    one = treaty(events=[event("in-force", "2010-01-01"), ending])
    index = index_of(instruments=[BASE, one])
    assert coming(index, "2020-12-15") == [("ends", None, "a-treaty")]

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import SOURCE, act, event, index_of, regime, treaty

from visamap.domain.acts import ASKABLE, Wanted, agreement, agreements
from visamap.registry import Registry

TODAY = date(2026, 11, 24)
SIGNED = event("signed", "2012-06-07")


def asked(*records, on=TODAY, **wanted):
    return agreements(index_of(instruments=[BASE, *records]), Wanted(**wanted), on)


def found(*records, on=TODAY, **wanted):
    return {answer.id: answer.match for answer in asked(*records, on=on, **wanted)}


def status(*events, on, **fields):
    record = treaty(events=list(events), **fields)
    answer = agreement(index_of(instruments=[record]), "a-treaty", date.fromisoformat(on))
    return answer.status


BASE = act("kz-gov-148-2012")


@pytest.mark.parametrize(
    ("time", "year", "match"),
    [
        ({"date": "2024-01-01"}, 2024, "certain"),
        ({"date": "2024-12-31"}, 2024, "certain"),
        ({"date": "2025-01-01"}, 2024, None),
        ({"date": "2024-05"}, 2024, "certain"),
        ({"date": "2024"}, 2024, "certain"),
        ({"date": "2024"}, 2023, None),
        ({"between": ["2024-04-06", "2024-04-14"]}, 2024, "certain"),
        ({"between": ["2024-08-14", "2025-08-13"]}, 2024, "possible"),
        ({"between": ["2024-08-14", "2025-08-13"]}, 2025, "possible"),
        (
            {"between": ["2023-08-14", "2025-08-13"]},
            2024,
            "possible",
        ),  # all of the year lies inside
        ({"between": ["2024-08-14", "2025-08-13"]}, 2026, None),
        ({"between": ["2012-06-07", None]}, 2012, "possible"),  # no upper bound
        ({"between": ["2012-06-07", None]}, 2024, None),  # and no match for ever
    ],
)
def test_an_event_matches_a_year_as_its_bounds_allow(time, year, match):
    record = treaty(events=[event("signed", **time)])
    assert found(record, year=year).get("a-treaty") == match


def test_bounds_of_a_low_confidence_act_are_never_certain():
    events = [event("signed", between=["2022-10-10", "2022-10-31"])]
    assert found(treaty(events=events, confidence="low"), year=2022) == {"a-treaty": "possible"}
    assert found(treaty(events=events, confidence="medium"), year=2022) == {"a-treaty": "certain"}


def test_a_date_of_a_low_confidence_act_is_certain():
    record = treaty(events=[event("signed", "2022-10-12")], confidence="low")
    assert found(record, year=2022) == {"a-treaty": "certain"}


@pytest.mark.parametrize(
    "not_approval",
    [
        event("draft-published", "2024-03-01", by="KAZ"),
        event("draft-approved", "2024-03-01", by="KAZ"),
        event("approved", "2024-03-01", by="XAA"),  # the partner's
        event("ratified", "2024-03-01", by="XAA"),
        event("announced", "2024-03-01"),
        event("evidence", "2024-03-01"),
        event("applied-provisionally", "2024-03-01"),  # not the entry into force either
    ],
)
def test_what_is_no_approval_does_not_bring_an_act_into_the_year(not_approval):
    assert found(treaty(events=[SIGNED, not_approval]), year=2024) == {}


@pytest.mark.parametrize("word", ["approved", "ratified"])
def test_approval_is_approval_or_ratification_by_kazakhstan(word):
    record = treaty(events=[SIGNED, event(word, "2024-03", by="KAZ")])
    (answer,) = asked(record, year=2024, event="approved")
    assert (answer.approved, answer.approved_between) == ("2024-03", None)


def test_each_event_asked_for_is_told_with_its_own_match():
    record = treaty(
        events=[
            event("signed", "2024-04-23"),
            event("approved", "2024-08-14", by="KAZ"),
            event("in-force", between=["2024-08-14", "2025-08-13"]),
        ]
    )
    (answer,) = asked(record, year=2024)
    assert answer.match == "certain"
    assert answer.matched == (
        ("signed", "certain"),
        ("approved", "certain"),
        ("in-force", "possible"),
    )
    assert found(record, year=2024, event="in-force") == {"a-treaty": "possible"}
    assert found(record, year=2024, event="ended") == {}


def test_an_unknown_day_is_shown_by_its_bounds():
    record = treaty(
        events=[
            event("signed", between=["2024-01-25", "2024-01-31"]),
            event("ended", between=["2025-01-20", None]),
        ]
    )
    (answer,) = asked(record)
    assert (answer.signed, answer.signed_between) == (None, (date(2024, 1, 25), date(2024, 1, 31)))
    assert (answer.ended, answer.ended_between) == (None, (date(2025, 1, 20), None))
    assert (answer.in_force, answer.in_force_between) == (None, None)


FULL = (
    event("draft-approved", "2020-01-01", by="KAZ"),
    event("signed", "2020-02-01"),
    event("approved", "2020-03-01", by="KAZ"),
    event("in-force", between=["2020-03-01", "2020-06-30"]),
    event("suspended", "2021-01-01"),
    event("resumed", "2021-02-01"),
    event("ended", "2022-01-01"),
)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2019-12-31", None),  # nothing had happened yet
        ("2020-01-01", "draft"),
        ("2020-01-31", "draft"),
        ("2020-02-01", "signed"),
        ("2020-02-29", "signed"),
        ("2020-03-01", "possibly_in_force"),  # and approved; the stronger word is told
        ("2020-06-29", "possibly_in_force"),
        ("2020-06-30", "in_force"),  # the last possible day
        ("2020-12-31", "in_force"),
        ("2021-01-01", "suspended"),
        ("2021-01-31", "suspended"),
        ("2021-02-01", "in_force"),
        ("2021-12-31", "in_force"),
        ("2022-01-01", "ended"),  # the first day without it
    ],
)
def test_status_of_a_day_follows_from_the_events(on, expected):
    assert status(*FULL, on=on) == expected


@pytest.mark.parametrize(
    ("events", "on", "expected"),
    [
        # A partner's approval is none; so are leave to sign and announcements.
        ([SIGNED, event("ratified", "2013-03-14", by="XAA")], "2014-01-01", "signed"),
        ([event("announced", "2012-01-01")], "2014-01-01", "draft"),
        # Entry into force before the approval, as one official note has it.
        (
            [event("in-force", "2012-03-08"), event("approved", "2012-08-13", by="KAZ")],
            "2012-05-01",
            "in_force",
        ),
        ([SIGNED, event("applied-provisionally", "2012-06-07")], "2012-06-07", "in_force"),
        # A signing counts from its last possible day on.
        ([event("signed", between=["2024-09-10", "2024-09-30"])], "2024-09-29", "draft"),
        ([event("signed", between=["2024-09-10", "2024-09-30"])], "2024-09-30", "signed"),
        # Without an upper bound an end is never certain.
        (
            [event("in-force", "1992-12-13"), event("ended", between=["2015-01-20", None])],
            "2015-01-20",
            "possibly_in_force",
        ),
        # Inside the bounds of the end it may be in force and may not.
        (
            [event("in-force", "1992-12-13"), event("ended", "2001")],
            "2001-06-01",
            "possibly_in_force",
        ),
        ([event("in-force", "1992-12-13"), event("ended", "2001")], "2001-12-31", "ended"),
        ([SIGNED, event("ended", "2013")], "2013-06-01", "signed"),
        ([event("in-force", "2015-05")], "2015-05-30", "possibly_in_force"),
        ([event("in-force", "2015-05")], "2015-05-31", "in_force"),
    ],
)
def test_status_of_hard_cases(events, on, expected):
    assert status(*events, on=on) == expected


def test_an_inferred_entry_into_force_stays_possible():
    inferred = event("in-force", between=["2022-10-10", "2025-08-13"])
    assert status(SIGNED, inferred, on="2026-01-01", confidence="low") == "possibly_in_force"
    assert status(SIGNED, inferred, on="2026-01-01", confidence="medium") == "in_force"


@pytest.mark.parametrize(
    ("on", "expected"), [("2020-04-16", "in_force"), ("2020-04-17", "suspended")]
)
def test_a_suspension_record_suspends_the_act_it_names(on, expected):
    halt = {
        "id": "a-halt",
        "act": "a-decree",
        "instruments": ["a-decree"],
        "from": "2020-04-17",
        "to": "2021-12-31",
        "confidence": "high",
        "sources": ["a-source"],
    }
    index = index_of(instruments=[act()], suspensions=[halt])
    assert agreement(index, "a-decree", date.fromisoformat(on)).status == expected


def test_kazakhstans_own_acts_are_told_only_when_asked_for():
    assert set(found(treaty())) == {"a-treaty"}
    assert set(found(treaty(), kind="own")) == {"kz-gov-148-2012"}
    assert set(found(treaty(), kind="all")) == {"a-treaty", "kz-gov-148-2012"}


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({"partner": "XAA"}, {"one", "both"}),
        ({"partner": "XCC"}, set()),
        ({"passport": "diplomatic"}, {"both"}),
        ({"passport": "ordinary"}, {"one"}),
        ({"status": "in_force"}, {"one"}),
        ({"status": "signed"}, {"both"}),
        ({"event": "in-force"}, {"one"}),
        ({"event": "signed", "partner": "XBB"}, {"both"}),
        ({"event": "ended"}, set()),
    ],
)
def test_filters_keep_what_they_name(wanted, ids):
    both = treaty("both", partners=["XAA", "XBB"], passports=["diplomatic"], events=[SIGNED])
    assert set(found(treaty("one"), both, **wanted)) == ids


def test_an_act_of_the_future_is_left_out_unless_its_year_is_asked():
    record = treaty(events=[event("signed", "2025-01-01")])
    early = date(2024, 1, 1)
    assert found(record, on=early) == {}
    assert found(record, on=early, event="signed") == {}
    assert found(record, on=early, status="signed") == {}
    (answer,) = asked(record, on=early, year=2025)
    assert (answer.status, answer.signed) == (None, "2025-01-01")


def test_ordinary_passports_come_first_then_certain_matches_then_days():
    def signed(name, passports, **time):
        return treaty(name, passports=passports, events=[event("signed", **time)])

    across = ["2024-01-01", "2025-01-31"]
    records = [
        signed("dipl-early", ["diplomatic"], date="2024-01-02"),
        signed("ord-perhaps", ["ordinary"], between=across),
        signed("ord-late", ["ordinary", "diplomatic"], date="2024-09-01"),
        signed("ord-early-b", ["ordinary"], date="2024-02-01"),
        signed("ord-early-a", ["ordinary"], date="2024-02-01"),
    ]
    assert list(found(*records, year=2024)) == [
        "ord-early-a",
        "ord-early-b",
        "ord-late",
        "ord-perhaps",
        "dipl-early",
    ]


def test_an_act_names_what_it_amends_what_amends_it_and_its_rules():
    index = index_of(
        regime(instrument="a-treaty"),
        instruments=[treaty(), treaty("a-protocol", kind="protocol", amends="a-treaty")],
    )
    one = agreement(index, "a-treaty", TODAY)
    assert (one.amends, one.amended_by, one.regimes) == (None, ("a-protocol",), ("a-regime",))
    assert agreement(index, "a-protocol", TODAY).amends == "a-treaty"
    assert one.sources[0].url == SOURCE["url"]


def test_an_unknown_id_is_no_act():
    assert agreement(index_of(instruments=[treaty()]), "a-treatise", TODAY) is None


DAYS = st.dates(date(2010, 1, 1), date(2016, 12, 31)).map(date.isoformat)
TIMES = st.one_of(
    DAYS.map(lambda day: {"date": day}),
    DAYS.map(lambda day: {"date": day[:7]}),
    DAYS.map(lambda day: {"date": day[:4]}),
    st.tuples(DAYS, DAYS).map(lambda pair: {"between": sorted(pair)}),
    DAYS.map(lambda day: {"between": [day, None]}),
)
WORDS = ["draft-approved", "signed", "approved", "ratified", "in-force", "ended", "evidence"]
EVENTS = st.lists(
    st.builds(
        lambda what, time, by: event(what, by=by, **time),
        st.sampled_from(WORDS),
        TIMES,
        st.sampled_from(["KAZ", "XAA"]),
    ),
    min_size=1,
    max_size=5,
)


@given(EVENTS, st.integers(2009, 2017), st.sampled_from(["high", "low"]))
def test_any_event_is_one_of_the_four(events, year, confidence):
    index = index_of(instruments=[treaty(events=events, confidence=confidence)])

    def matches(word):
        return {one.match for one in agreements(index, Wanted(year, word), TODAY)}

    of_one = set().union(*(matches(word) for word in ASKABLE))
    best = {"certain"} if "certain" in of_one else of_one
    assert matches("any") == best


@given(EVENTS)
def test_an_act_certain_in_one_year_is_found_in_no_other_by_that_event(events):
    index = index_of(instruments=[treaty(events=events[:1])])
    for word in ASKABLE:
        years = {
            year: answers[0].match
            for year in range(2009, 2018)
            if (answers := agreements(index, Wanted(year, word), TODAY))
        }
        assert len(years) == 1 or set(years.values()) <= {"possible"}


def test_the_front_desk_takes_an_index_of_any_size():
    assert Registry(index_of(instruments=[treaty()])).agreements(on=TODAY)[0].id == "a-treaty"

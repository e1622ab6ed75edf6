from datetime import date

from kit import act, event, index_of, regime, treaty

from visamap.domain.events import events

BASE = act("kz-gov-148-2012", events=[event("evidence", "2012-01-21")])


def told(index, since=None):
    return [(str(one.on), one.id) for one in events(index, since)]


def test_each_dated_event_has_an_id_of_act_word_and_ordinal():
    one = treaty(
        events=[
            event("signed", "2020-01-01"),
            event("approved", "2020-02-01", by="KAZ"),
            event("approved", "2020-03-01", by="XAA"),
            event("in-force", "2020-04-01"),
            event("evidence", "2020-05-01"),
            event("ended", "2021-01-01"),
        ]
    )
    assert told(index_of(instruments=[BASE, one])) == [
        ("2020-01-01", "a-treaty/signed/1"),
        ("2020-02-01", "a-treaty/approved/1"),
        ("2020-03-01", "a-treaty/approved/2"),
        ("2020-04-01", "a-treaty/in-force/1"),
        ("2021-01-01", "a-treaty/ended/1"),
    ]


def test_an_event_without_a_day_is_left_out_and_keeps_its_number():
    one = treaty(
        events=[
            event("signed", "2020-01"),
            event("signed", between=["2020-02-01", "2020-03-01"]),
            event("signed", "2020-04-01"),
        ]
    )
    assert told(index_of(instruments=[BASE, one])) == [("2020-04-01", "a-treaty/signed/3")]


def test_a_rule_is_told_where_no_event_of_its_act_tells_it():
    one = act(events=[event("in-force", "2020-01-01"), event("ended", "2022-01-01")])
    index = index_of(
        regime("with-its-act", start="2020-01-01", end="2021-12-31"),
        regime("later", start="2020-06-01", end="2020-12-31", nationalities=["XBB"]),
        instruments=[BASE, one],
    )
    assert told(index) == [
        ("2020-01-01", "a-decree/in-force/1"),
        ("2020-06-01", "later/rule-begins/1"),
        ("2021-01-01", "later/rule-ends/1"),
        ("2022-01-01", "a-decree/ended/1"),
    ]


def test_a_suspension_stands_for_the_act_that_only_suspends():
    halt = {
        "id": "a-halt",
        "act": "halt",
        "from": "2020-04-01",
        "to": "2020-06-30",
        "instruments": ["a-decree"],
        "confidence": "high",
        "sources": ["a-source"],
    }
    suspending = act(
        "halt",
        events=[
            event("signed", "2020-03-15"),
            event("in-force", "2020-04-01"),
            event("ended", "2020-07-01"),
        ],
    )
    rules = act(events=[event("in-force", "2010-01-01")])
    index = index_of(regime(), suspensions=[halt], instruments=[BASE, rules, suspending])
    assert told(index, date(2020, 1, 1)) == [
        ("2020-03-15", "halt/signed/1"),
        ("2020-04-01", "a-halt/suspension-begins/1"),
        ("2020-07-01", "a-halt/suspension-ends/1"),
    ]


def test_since_counts_the_day_itself():
    one = treaty(events=[event("signed", "2020-01-01"), event("in-force", "2020-01-02")])
    found = told(index_of(instruments=[BASE, one]), date(2020, 1, 2))
    assert found == [("2020-01-02", "a-treaty/in-force/1")]

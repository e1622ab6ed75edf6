"""What `check` says rests on acts: a certain yes only while its act is in force for certain."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import COUNTRIES, act, dataset, event, index_of, per_visit, regime, treaty

import visamap
from visamap.data.records import Aside
from visamap.data.rules import broken, gathered
from visamap.domain.acts import Wanted, agreements, status_on
from visamap.domain.verdict import runs

SHIPPED = visamap.load().index
START = date(2010, 1, 1)
DAYS = [START + timedelta(100 * n) for n in range(12)]


def findings(*regimes, **sections):
    facts = gathered(dataset(*regimes, **sections), COUNTRIES["countries"], Aside(), whole=False)
    return [finding for finding in broken(facts) if finding.severity == "error"]


def in_conflict(index, codes, passports=("ordinary",)):
    """Yield where `check` says a certain yes and the act of the rule is not in force."""
    acts = {record["id"]: record for record in index.records["instruments"]}
    turns = {
        name: {
            day
            for entry in record["events"]
            for day in (entry.get("between") or [entry["date"]])
            if day and len(day) == len("2020-01-01")
        }
        for name, record in acts.items()
    }
    for code in codes:
        for passport in passports:
            for run in runs(index, code, passport):
                chosen = run.judgement.chosen
                for rule in (*([chosen] if chosen else []), *run.judgement.others):
                    record = acts[rule.regime.act.id]
                    asked = {run.period.first, run.period.last or date(2031, 1, 1)}
                    for day in map(date.fromisoformat, turns[record["id"]]):
                        asked |= {day - timedelta(1), day, day + timedelta(1)}
                    for on in sorted(day for day in asked if run.period.covers(day)):
                        status = status_on(index, record, on, code)
                        if status != "in_force" or record["confidence"] == "low":
                            yield code, passport, on, rule.regime.id, status


def test_every_certain_yes_of_the_shipped_data_rests_on_an_act_in_force():
    assert [*in_conflict(SHIPPED, SHIPPED.nationalities, visamap.vocabulary.PASSPORTS)] == []


@pytest.mark.parametrize("on", [date(year, 7, 1) for year in range(2013, 2027)])
def test_no_exemption_in_force_is_told_as_a_visa(on):
    """The other way round: where an act exempts a passport, `check` says no plain "no"."""
    for found in agreements(SHIPPED, Wanted(status="in_force"), on):
        if found.about != "visa-exemption" or found.amends:
            continue
        for partner in found.partners:
            for passport in found.passports:
                history = runs(SHIPPED, partner.code, passport)
                run = next(run for run in history if run.period.covers(on))
                assert run.judgement.verdict != "visa_required", (found.id, partner.code, passport)


def day_of(number):
    return DAYS[number].isoformat()


WHEN = st.one_of(
    st.integers(0, 11).map(lambda n: {"date": day_of(n)}),
    st.tuples(st.integers(0, 11), st.integers(0, 11)).map(
        lambda pair: {"between": [day_of(min(pair)), day_of(max(pair))]}
    ),
    st.integers(0, 11).map(lambda n: {"between": [day_of(n), None]}),
)
WORDS = st.sampled_from(["announced", "signed", "in-force", "suspended", "resumed", "ended"])
EVENTS = st.lists(
    st.tuples(WORDS, WHEN, st.sampled_from([None, "KAZ", "XAA", "XBB"])), min_size=0, max_size=4
)


def first_day(entry):
    return entry.get("date") or entry["between"][0]


@st.composite
def acts(draw):
    entered = draw(st.sampled_from([{"date": day_of(0)}, {"between": [day_of(0), day_of(1)]}, {}]))
    entries = [event("in-force", **entered)] if entered else []
    entries += [
        event(what, **when, **({"by": by} if by else {})) for what, when, by in draw(EVENTS)
    ]
    make = draw(st.sampled_from([act, treaty]))
    partners = {} if make is act else {"partners": draw(st.sampled_from([["XAA"], ["XAA", "XBB"]]))}
    weak = draw(st.sampled_from(["high", "high", "low"]))
    return make("an-act", events=sorted(entries, key=first_day), confidence=weak, **partners)


@st.composite
def periods(draw):
    first, last = sorted(draw(st.tuples(st.integers(0, 11), st.integers(0, 11))))
    ends = {"from": day_of(first)}
    if draw(st.booleans()) and first < 11:
        ends = {"from_not_before": day_of(first), "from_not_after": day_of(first + 1)}
    if draw(st.booleans()):
        ends |= {"to": day_of(min(11, last + 2))}
    return ends


@st.composite
def suspensions(draw):
    halt = {"id": "a-halt", "act": "a-decree", "sources": ["a-source"], **draw(periods())}
    halt["instruments" if draw(st.booleans()) else "regimes"] = ["an-act"]
    if "regimes" in halt:
        halt["regimes"] = ["a-regime"]
    halt["confidence"] = draw(st.sampled_from(["high", "low"]))
    only = draw(st.sampled_from([{}, {}, {"only_nationalities": ["XBB"]}]))
    return [{**halt, **only}] if draw(st.booleans()) else []


@settings(max_examples=300, deadline=None)
@given(acts(), periods(), suspensions(), st.sampled_from([["XAA"], ["XAA", "XBB"]]))
def test_data_that_validates_says_no_yes_that_its_acts_deny(one, when, halts, codes):
    rule = regime(instrument="an-act", nationalities=codes, limits=[per_visit(30)], **when)
    rule = {key: value for key, value in rule.items() if key != "from" or "from" in when}
    sections = {"instruments": [act(), one], "suspensions": halts}
    if findings(rule, **sections):
        return
    assert [*in_conflict(index_of(rule, **sections), codes)] == []


IN_FORCE = event("in-force", "2010-01-01")
OPEN = ["2010-01-01", None]


@pytest.mark.parametrize(
    ("one", "rule"),
    [
        # resumed before the end: the end still ends it
        (
            treaty(
                events=[
                    IN_FORCE,
                    event("suspended", "2011-01-01"),
                    event("resumed", "2012-01-01"),
                    event("ended", "2014-01-01"),
                ]
            ),
            "regime-after-act",
        ),
        (treaty(events=[IN_FORCE, event("ended", "2014-01-01", by="XAA")]), "regime-after-act"),
        (
            treaty(
                partners=["XAA", "XBB"],
                events=[IN_FORCE, event("ended", "2014-01-01", by="XAA")],
            ),
            "regime-after-act",
        ),
        (
            treaty(events=[IN_FORCE, event("ended", between=["2015-01-01", None])]),
            "regime-after-act",
        ),
        (treaty(events=[IN_FORCE, event("suspended", "2014-01-01")]), "regime-in-halt"),
        (act("a-treaty", events=[event("announced", "2010-01-01")]), "regime-before-act"),
        (
            act("a-treaty", events=[event("in-force", between=["2010-01-01", None])]),
            "regime-before-act",
        ),
        (treaty(events=[IN_FORCE], confidence="low"), "confidence-of-act"),
    ],
)
def test_a_certain_rule_under_an_act_that_is_not_is_a_problem(one, rule):
    found = findings(regime(instrument="a-treaty", start="2010-06-01"), instruments=[act(), one])
    assert [(finding.rule, finding.path[:2]) for finding in found] == [(rule, ("regimes", 0))]


@pytest.mark.parametrize(
    ("one", "sections", "fields"),
    [
        (treaty(events=[IN_FORCE]), {}, {}),
        # the rule ends where the act may
        (
            treaty(events=[IN_FORCE, event("ended", between=["2015-01-01", "2015-12-31"])]),
            {},
            {"to_not_before": "2014-12-31", "to_not_after": "2015-12-30"},
        ),
        # the suspension has its record
        (
            treaty(events=[IN_FORCE, event("suspended", "2014-01-01")]),
            {
                "suspensions": [
                    {
                        "id": "a-halt",
                        "act": "a-decree",
                        "instruments": ["a-treaty"],
                        "from": "2014-01-01",
                        "confidence": "high",
                        "sources": ["a-source"],
                    }
                ]
            },
            {},
        ),
        # what is weak itself says no yes
        (treaty(events=[IN_FORCE], confidence="low"), {}, {"confidence": "low"}),
        (
            treaty(
                partners=["XAA", "XBB"],
                events=[IN_FORCE, event("ended", "2014-01-01", by="XBB")],
            ),
            {},
            {},
        ),
    ],
)
def test_a_rule_that_keeps_to_its_act_is_none(one, sections, fields):
    rule = regime(instrument="a-treaty", start="2010-06-01", **fields)
    assert findings(rule, instruments=[act(), one], **sections) == []


@pytest.mark.parametrize(
    ("turns", "status"),
    [
        # two steps of one day: the later one in the file holds
        ([event("suspended", "2014-01-01"), event("resumed", "2014-01-01")], "in_force"),
        ([event("resumed", "2014-01-01"), event("suspended", "2014-01-01")], "suspended"),
        # a halt that came before its end, whatever its last possible day
        (
            [
                event("suspended", between=["2013-01-01", "2015-01-01"]),
                event("resumed", "2014-01-01"),
            ],
            "in_force",
        ),
        # perhaps resumed; perhaps halted
        (
            [event("suspended", "2013-01-01"), event("resumed", between=["2014-01-01", None])],
            "possibly_in_force",
        ),
        ([event("suspended", between=["2014-01-01", "2017-01-01"])], "possibly_in_force"),
    ],
)
def test_steps_of_an_act_count_in_their_order(turns, status):
    one = treaty(events=[IN_FORCE, *turns])
    index = index_of(instruments=[act(), one])
    assert status_on(index, one, date(2016, 1, 1)) == status

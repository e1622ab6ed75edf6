"""Laws that hold for every passport, destination and day of the outbound data."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from kit import fits

import visamap
from visamap.domain.abroad import badness
from visamap.render import json_form, outbound_text
from visamap.results.parts import Envelope

REGISTRY = visamap.load()
PASSPORTS = st.sampled_from(["KAZ", "KGZ", "TJK", "TKM", "UZB"])
PLACES = st.sampled_from([a.destination.code for a in REGISTRY.outbound("KAZ", on="2024-01-01")])
DAYS = st.dates(date(2000, 1, 1), REGISTRY.index.horizon)
# A list asks 200 destinations, and a busy machine is no failure.
few = settings(max_examples=10, deadline=None)
CONTRACT = {
    "passport",
    "destination",
    "requirement",
    "max_stay_days",
    "limits",
    "conditions",
    "valid_from",
    "valid_to",
    "first_seen",
    "last_seen",
    "basis",
    "granted_by",
    "disagreement",
    "as_known_on",
    "confidence",
    "sources",
}


@settings(deadline=None)
@given(PASSPORTS, PLACES, DAYS)
def test_every_answer_keeps_the_contract_and_carries_its_grounds(passport, to, on):
    for answer in REGISTRY.outbound(passport, to=to, on=on):
        item = json_form.item("outbound", answer)
        assert set(item) >= CONTRACT
        assert item["message"]
        if answer.requirement == "unknown":
            assert (answer.basis, answer.rule) == (None, None) or answer.reason == "inbound"
            assert answer.confidence == "low"
        else:
            assert answer.sources
            assert answer.basis
        if answer.basis == "snapshot":
            assert answer.first_seen <= answer.last_seen
            assert answer.rule is None
        else:
            assert (answer.first_seen, answer.last_seen) == (None, None)
        if answer.valid_from:
            assert answer.valid_from <= on
        if answer.valid_to:
            assert on <= answer.valid_to


@settings(deadline=None)
@given(PASSPORTS, PLACES, DAYS)
def test_a_text_fits_eighty_columns(passport, to, on):
    found = REGISTRY.outbound(passport, to=to, on=on)
    asked = {"to": to, "on": on, "best": False, "sort": None}
    shown = outbound_text.text(Envelope("outbound", REGISTRY.data, asked, found), 80)
    assert fits(shown, 80)


@few
@given(st.lists(PASSPORTS, min_size=1, max_size=5, unique=True), DAYS)
def test_holding_several_is_never_worse_than_holding_any_of_them(passports, on):
    together = {a.destination.code: a for a in REGISTRY.outbound(*passports, on=on, best=True)}
    for passport in passports:
        for answer in REGISTRY.outbound(passport, on=on):
            assert badness(together[answer.destination.code]) <= badness(answer)


@few
@given(PASSPORTS, PASSPORTS, DAYS)
def test_differing_does_not_depend_on_the_order(one, other, on):
    there = REGISTRY.outbound(one, other, on=on, differ=True)
    back = REGISTRY.outbound(other, one, on=on, differ=True)
    assert {a.destination.code for a in there} == {a.destination.code for a in back}
    assert not there or one != other


@few
@given(PASSPORTS, DAYS)
def test_counts_add_up(passport, on):
    found = REGISTRY.outbound(passport, on=on)
    (counts,) = REGISTRY.outbound_counts(found)
    values = counts._asdict()
    assert counts.conditional <= counts.visa_free
    assert sum(values[k] for k in values if k not in {"passport", "conditional"}) == len(found)


@settings(deadline=None)
@given(PASSPORTS, PLACES, DAYS)
def test_an_answer_from_a_certain_rule_holds_on_all_its_certain_days(passport, to, on):
    for answer in REGISTRY.outbound(passport, to=to, on=on):
        if answer.reason == "rule" and answer.valid_to:
            (last,) = REGISTRY.outbound(passport, to=to, on=answer.valid_to)
            assert last.reason == "rule"
            (after,) = REGISTRY.outbound(passport, to=to, on=answer.valid_to + timedelta(1))
            assert after.rule != answer.rule

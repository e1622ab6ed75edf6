"""Whose passport answers for a territory: that of the table, unless a rule names the territory."""

import pytest
from kit import index_of, per_visit, regime

from visamap.domain.decisions import decisions
from visamap.registry import Registry

DAY = "2025-06-01"


@pytest.mark.parametrize(
    ("named", "held", "stay"), [("XAA", "XAA", 30), ("XBB", None, 30), ("XCC", "XAA", None)]
)
def test_a_rule_that_names_the_territory_is_not_lost(named, held, stay):
    registry = Registry(index_of(regime(nationalities=[named], limits=[per_visit(30)])))
    registry.index.tables["held_passport"] = {"XBB": "XAA"}
    registry._codes["XBB"] = "XBB"  # no list of names holds the codes of the kit
    answer = registry.check("XBB", on=DAY)
    assert answer.max_stay_days == stay
    assert (answer.held_passport.code if answer.held_passport else None) == held
    (row,) = [
        row
        for row in decisions(registry.index, ["XBB"], ["ordinary"])
        if row.first_day <= answer.on <= row.last_day
    ]
    assert (row.code, row.max_stay_days) == ("XBB", stay)


@pytest.fixture
def named_later():
    """XBB's people hold the passport of XAA; a rule names XBB itself from 2026 on."""
    rules = (regime(), regime("b-regime", nationalities=["XBB"], start="2026-01-01", limits=[]))
    found = Registry(index_of(*rules))
    found.index.tables["held_passport"] = {"XBB": "XAA"}
    found._codes.update(XAA="XAA", XBB="XBB")
    return found


@pytest.mark.parametrize(
    ("on", "passport", "held", "found"),
    [
        (DAY, "ordinary", "XAA", ("visa_free", "a-regime")),
        ("2025-12-31", "ordinary", "XAA", ("visa_free", "a-regime")),
        ("2026-01-01", "ordinary", None, ("visa_free", "b-regime")),
        ("2026-01-01", "diplomatic", "XAA", ("unknown", None)),
    ],
)
def test_until_a_rule_names_the_territory_its_people_hold_the_other_passport(
    named_later, on, passport, held, found
):
    answer = named_later.check("XBB", on=on, passport=passport)
    assert (answer.verdict, answer.regime and answer.regime.id) == found
    assert (answer.held_passport.code if answer.held_passport else None) == held
    (row,) = [
        row
        for row in decisions(named_later.index, ["XBB"], [passport])
        if row.first_day <= answer.on <= row.last_day
    ]
    assert (row.verdict, row.regime) == found


def test_nobody_is_counted_under_two_names(named_later):
    listed = {
        on: [p.nationality.code for p in named_later.partners(on=on)] for on in (DAY, "2026-01-01")
    }
    assert listed == {DAY: ["XAA"], "2026-01-01": ["XAA", "XBB"]}
    grown = named_later.growth(since="2025-01-01", on="2026-06-01")
    assert [step.certain for step in grown.steps] == [1, 2]


def test_the_history_tells_both(named_later):
    periods = named_later.timeline("XBB")
    assert [p.held_passport.code if p.held_passport else None for p in periods][-2:] == [
        "XAA",
        None,
    ]

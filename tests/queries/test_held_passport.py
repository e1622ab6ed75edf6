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

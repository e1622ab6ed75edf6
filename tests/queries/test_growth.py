from datetime import date

import pytest
from kit import act, index_of, regime

from visamap.domain.changes import growth
from visamap.domain.verdict import runs
from visamap.errors import WrongUsageError


def grown(index, since="2009-01-01", until="2026-01-01"):
    def history(code, passport):
        return runs(index, code, passport)

    days = date.fromisoformat(since), date.fromisoformat(until)
    return growth(index, "ordinary", *days, history)


def test_counts_step_on_the_day_a_rule_begins_and_ends():
    index = index_of(regime(start="2010-05-01", end="2012-05-01"))
    assert [(str(step.on), step.certain) for step in grown(index).steps] == [
        ("2009-01-01", 0),
        ("2010-05-01", 1),
        ("2012-05-02", 0),
    ]


def test_move_names_the_act_and_who_moved():
    index = index_of(regime(start="2010-05-01", end="2012-05-01", nationalities=["XAA", "XBB"]))
    moves = grown(index).moves
    assert [(move.kind, move.act.id, len(move.nationalities)) for move in moves] == [
        ("gained", "a-decree", 2),
        ("lost", "a-decree", 2),
    ]


def test_suspension_and_its_end_are_told_from_a_loss_and_a_gain():
    halt = {
        "id": "a-halt",
        "instruments": ["a-decree"],
        "from": "2020-04-17",
        "to": "2021-12-31",
        "act": "a-halting-decree",
        "confidence": "high",
        "sources": ["a-source"],
    }
    index = index_of(
        regime(),
        instruments=[act(), act("a-halting-decree"), act("kz-gov-148-2012")],
        suspensions=[halt],
    )
    moves = [(str(move.on), move.kind, move.act.id) for move in grown(index).moves]
    assert moves == [
        ("2010-01-01", "gained", "a-decree"),
        ("2020-04-17", "suspended", "a-halting-decree"),
        ("2022-01-01", "resumed", "a-halting-decree"),
    ]


def test_what_happened_before_the_first_day_is_no_move():
    found = grown(index_of(regime(start="2010-05-01")), since="2011-01-01")
    assert (found.steps[0].certain, found.moves) == (1, ())


def test_shipped_steps_agree_with_partners(registry):
    for step in registry.growth(on="2026-11-24").steps:
        totals = registry.totals(registry.partners(on=step.on, possible=True))
        assert (totals.agreement, totals.unilateral, totals.possible) == step[1:4]


@pytest.mark.parametrize("on", ["2013-01-01", "2000-01-01"])
def test_a_period_without_days_is_refused(registry, on):
    with pytest.raises(WrongUsageError, match="is not later than"):
        registry.growth(on=on)


def test_a_rule_that_was_not_halted_is_a_gain_and_no_resumption():
    halt = {
        "id": "a-halt",
        "regimes": ["old"],
        "from": "2020-04-17",
        "to": "2021-12-31",
        "act": "a-halting-decree",
        "confidence": "high",
        "sources": ["a-source"],
    }
    index = index_of(
        regime("old", start="2010-01-01"),
        regime("new", start="2021-03-01", instrument="b-decree"),
        instruments=[act(), act("b-decree"), act("a-halting-decree"), act("kz-gov-148-2012")],
        suspensions=[halt],
    )
    moves = [(str(move.on), move.kind, move.act.id) for move in grown(index).moves]
    assert moves[-1] == ("2021-03-01", "gained", "b-decree")


def test_data_without_a_rule_grows_by_nothing():
    assert [step[1:4] for step in grown(index_of()).steps] == [(0, 0, 0)]

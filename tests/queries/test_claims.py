"""Published figures against a handful of records: each outcome, and the reason for it."""

import pytest
from kit import act, event, index_of, regime, treaty

from visamap.domain.claims import claims
from visamap.domain.verdict import runs
from visamap.render.claims_text import claim_sentence, ordinal, when

SOURCES = {"sources": ["a-source"], "confidence": "high"}


def claim(claimed, said_on="2011-06-15", what="visa-free", **fields):
    base = {"id": "a-claim", "said_on": said_on, "by": "Someone", "what": what}
    return {**base, "counts": "states", "claimed": claimed, **SOURCES, **fields}


def judged(*regimes, said, **sections):
    index = index_of(*regimes, claims=[said], **sections)
    return next(claims(index, lambda code, passport: runs(index, code, passport)))


CERTAIN = regime()
BOUNDED = regime("b-regime", nationalities=["XBB"], between=("2011-01-01", "2011-12-31"))


@pytest.mark.parametrize(
    ("claimed", "outcome", "reason"),
    [
        (0, "contradicted", "other_count"),
        (1, "reproduced", "same_count"),
        (2, "within_bounds", "between_certain_and_possible"),
        (3, "contradicted", "other_count"),
    ],
)
def test_a_count_is_laid_between_what_is_certain_and_what_is_possible(claimed, outcome, reason):
    found = judged(CERTAIN, BOUNDED, said=claim(claimed))
    assert (found.outcome, found.reason) == (outcome, reason)
    assert (found.ours, found.ours_possible) == (1, (1, 2))


def test_a_month_in_which_the_count_changes_gives_no_single_figure():
    found = judged(
        CERTAIN,
        regime("b-regime", nationalities=["XBB"], start="2011-06-10"),
        said=claim(2, "2011-06"),
    )
    assert (found.reason, found.ours, found.ours_possible) == (
        "same_count_for_a_time",
        None,
        (1, 2),
    )
    assert found.compared_with == ("2011-06-01", "2011-06-10")


def test_the_day_that_is_meant_counts_and_not_the_day_of_speech():
    said = claim(1, "2009-12-20", about="2010-01-01")
    assert judged(CERTAIN, said=said).outcome == "reproduced"
    assert judged(CERTAIN, said=claim(1, "2009-12-20")).outcome == "contradicted"


def test_figures_of_the_own_list_with_and_without_partners_of_agreements():
    by_treaty = regime("c-regime", instrument="a-treaty", nationalities=["XAA"])
    both = (CERTAIN, regime("b-regime", nationalities=["XBB"]), by_treaty)
    found = judged(*both, said=claim(2, what="visa-free-unilateral"))
    assert found.reason == "same_count"
    found = judged(*both, said=claim(1, what="visa-free-unilateral"))
    assert (found.reason, found.ours) == ("same_count_agreements_first", 2)


def test_a_day_before_our_work_began_cannot_be_checked():
    found = judged(CERTAIN, said=claim(1, "2004-12-31"))
    assert (found.outcome, found.reason, found.ours) == ("not_checkable", "before_our_data", None)


def test_halted_ones_are_counted_on_paper():
    halt = {
        "id": "a-halt",
        "instruments": ["a-decree"],
        "act": "a-decree",
        "from": "2011-01-01",
        "to": "2011-12-31",
        **SOURCES,
    }
    for what, claimed in (("suspended", 1), ("visa-free-on-paper", 1), ("visa-free", 0)):
        found = judged(CERTAIN, said=claim(claimed, what=what), suspensions=[halt])
        assert found.outcome == "reproduced", what


def test_a_figure_without_a_formula_cannot_be_checked():
    said = claim(42, what="outbound-eased", passport="XAA")
    assert judged(CERTAIN, said=said).reason == "formula_unknown"


@pytest.mark.parametrize("claimed", [0, 1, 2, 3])
def test_every_outcome_has_a_sentence_with_both_figures(claimed):
    said = claim_sentence(judged(CERTAIN, BOUNDED, said=claim(claimed)))
    assert f"The figure {claimed} (published 15 June 2011)" in said
    assert said.endswith(".")


def test_an_approved_treaty_that_was_not_seen_in_force_adds_nothing():
    signed = treaty("b-treaty", partners=["XBB"], events=[event("signed", "2010-01-01")])
    acts = [act(), treaty(), act("kz-gov-148-2012"), signed]
    assert judged(CERTAIN, said=claim(1), instruments=acts).ours_possible == (1, 1)


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1st"), (2, "2nd"), (11, "11th"), (53, "53rd"), (111, "111th")]
)
def test_places_are_said_as_one_says_them(number, said):
    assert ordinal(number) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("2024", "2024"), ("2024-12", "December 2024"), ("2024-02-06", "6 February 2024")],
)
def test_dates_are_said_as_far_as_known(text, said):
    assert when(text) == said

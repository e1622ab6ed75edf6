"""Formulas and tie rules on a matrix small enough to count by hand."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visamap.domain.ranks import counted, rank_scores, ranked, score
from visamap.vocabulary import FORMULAS

FREE, ARRIVAL, ETA, E_VISA, VISA, NONE = (
    ["visa_free", 30],
    ["visa_on_arrival", 15],
    ["eta", None],
    ["e_visa", None],
    ["visa_required", None],
    ["no_admission", None],
)
# Five passports, each with the four others as destinations.
PAIRS = {
    "XAA": {"XBB": FREE, "XCC": FREE, "XDD": FREE, "XEE": VISA},
    "XBB": {"XAA": FREE, "XCC": ARRIVAL, "XDD": ETA, "XEE": E_VISA},
    "XCC": {"XAA": ARRIVAL, "XBB": ARRIVAL, "XDD": ETA, "XEE": VISA},
    "XDD": {"XAA": E_VISA, "XBB": E_VISA, "XCC": E_VISA, "XEE": FREE},
    "XEE": {"XAA": VISA, "XBB": VISA, "XCC": NONE, "XDD": FREE},
}
BY_HAND = {
    # formula: scores, dense ranks, competition ranks; XAA, XBB, XCC, XDD, XEE
    "visa-free": ([3, 1, 0, 1, 1], [1, 2, 3, 2, 2], [1, 2, 5, 2, 2]),
    "henley": ([3, 3, 3, 1, 1], [1, 1, 1, 2, 2], [1, 1, 1, 4, 4]),
    "passport-index": ([3, 4, 3, 4, 1], [2, 1, 2, 1, 3], [3, 1, 3, 1, 5]),
    "plain": ([3, 3, 3, 1, 1], [1, 1, 1, 2, 2], [1, 1, 1, 4, 4]),
}
SCORES = st.dictionaries(st.text("ABC", min_size=1, max_size=3), st.integers(0, 8), min_size=1)


@pytest.mark.parametrize("formula", FORMULAS)
def test_matrix_ranked_by_hand(formula):
    scores, dense, competition = BY_HAND[formula]
    found = ranked(PAIRS, formula, "dense")
    assert [found[code].score for code in PAIRS] == scores
    assert [found[code].rank for code in PAIRS] == dense
    assert {found[code].of for code in PAIRS} == {max(dense)}
    assert [ranked(PAIRS, formula, "competition")[code].rank for code in PAIRS] == competition


def test_only_fast_e_visas_count_where_they_are_told_apart():
    counts = {"visa_free": 5, "visa_on_arrival": 3, "eta": 2, "e_visa": 9}
    assert score(counts, "passport-index") == 19
    assert score({**counts, "fast_e_visa": 4}, "passport-index") == 14


def test_visas_on_arrival_that_the_index_does_not_count_are_taken_off():
    counts = {"visa_free": 5, "visa_on_arrival": 3, "eta": 2, "not_counted_voa": 1}
    assert (score(counts, "plain"), score(counts, "henley")) == (9, 10)


def test_own_country_and_days_count_for_nothing():
    assert counted({"XBB": FREE, "XCC": ["visa_free", None]}) == {"visa_free": 2}


def test_scores_alone_give_no_individual_rank():
    with pytest.raises(ValueError, match="more than the scores"):
        rank_scores({"XAA": 1}, "individual")


def test_no_passports_no_ranks():
    assert ranked({}, "henley", "dense") == {}


@given(SCORES, st.sampled_from(["dense", "competition"]))
def test_ranks_are_monotone_in_score(scores, tie_rule):
    found = rank_scores(scores, tie_rule)
    for one, other in pairwise(sorted(scores, key=scores.get)):
        assert (scores[one] == scores[other]) == (found[one] == found[other])
        assert found[one] >= found[other]


@given(SCORES)
def test_dense_and_competition_agree_on_order_and_dense_leaves_no_gap(scores):
    dense, competition = rank_scores(scores, "dense"), rank_scores(scores, "competition")
    assert sorted(scores, key=lambda code: (dense[code], code)) == sorted(
        scores, key=lambda code: (competition[code], code)
    )
    assert set(dense.values()) == set(range(1, len(set(scores.values())) + 1))
    for code, value in scores.items():
        assert competition[code] == 1 + sum(other > value for other in scores.values())
        assert dense[code] <= competition[code]


@given(
    st.dictionaries(
        st.sampled_from(["visa_free", "visa_on_arrival", "eta", "e_visa"]), st.integers(0, 50)
    )
)
def test_a_formula_that_counts_more_never_gives_less(counts):
    free, henley, full = (score(counts, f) for f in ("visa-free", "henley", "passport-index"))
    assert free <= henley <= full <= sum(counts.values())

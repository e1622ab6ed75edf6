"""Closed words of published figures: ranks of passports, counts, and how they stand to our data.

A second page of ``visamap.vocabulary``, under the same rule: every word with its border.
"""

from typing import Literal, get_args

Formula = Literal[
    "visa-free",  # destinations open without any visa, and nothing else
    "henley",  # the points of the Henley index: visa-free, on arrival or with an eTA
    "passport-index",  # the same with e-visas issued within three days
    "plain",  # the last one without e-visas
]
FORMULAS: tuple[Formula, ...] = get_args(Formula)
TieRule = Literal[
    "dense",  # equal scores share a rank, the next score takes the next one: 1, 2, 2, 3
    "competition",  # equal scores share a rank, the next one is skipped: 1, 2, 2, 4
    "individual",  # ties are broken, so that no rank is shared
]
VisaFreeCounts = Literal[
    "visa-free",  # destinations open without a visa, and nothing else
    "visa-free-and-eta",  # the same with those that ask for an eTA
    "no-visa-in-advance",  # the same with visas on arrival: no visa before the journey
]
SnapshotBasis = Literal[
    "exact",  # every count of the score stands in the snapshot
    "estimated",  # which e-visas count as fast is estimated
    "binary",  # only "visa" or "no visa" is known
    "stale-copy",  # upstream repeated an earlier snapshot
]

ClaimWhat = Literal[
    "visa-free",  # all nationalities that enter Kazakhstan without a visa
    "visa-free-on-paper",  # the same with those whose exemption is halted
    "visa-free-unilateral",  # those on Kazakhstan's own list
    "visa-free-unilateral-30-days",  # those on it who may stay at least 30 days in one visit
    "visa-free-agreement",  # those under agreements
    "visa-free-30-days",  # for up to 30 days; whether shorter stays count is not said
    "suspended",  # those whose exemption is halted
    "outbound",  # destinations that a passport enters without a visa
    "outbound-on-arrival",  # the same with visas on arrival
    "outbound-eased",  # any eased entry; the one who counted gives no formula
    "rank",  # the place of a passport in an index
    "mobility-score",  # its score in an index
    "highest-in-central-asia",  # that no other of the five has a higher score; claimed is 1
]
CLAIMS: tuple[ClaimWhat, ...] = get_args(ClaimWhat)
INDEX_CLAIMS: frozenset[str] = frozenset({"rank", "mobility-score", "highest-in-central-asia"})
PASSPORT_CLAIMS: frozenset[str] = INDEX_CLAIMS | {
    "outbound",
    "outbound-on-arrival",
    "outbound-eased",
}
CENTRAL_ASIA = ("KAZ", "KGZ", "TJK", "TKM", "UZB")
Outcome = Literal[
    "reproduced",  # our own data gives the figure
    "within_bounds",  # it lies between what is certain and what is possible in our data
    "contradicted",  # it lies outside
    "not_checkable",  # our data does not reach the day, or the figure says not what it counts
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
ClaimReason = Literal[
    "same_count",  # the certain count is the figure
    "same_count_for_a_time",  # it is, on some days of the month or year that is meant
    "same_count_agreements_first",  # it is, where partners of agreements are left out
    "between_certain_and_possible",
    "other_count",  # our count is another one on every day that may be meant
    "same_value",  # a rank, score or number of destinations is the same
    "same_dense_rank",  # the rank is, but of the last rank and not of the number of passports
    "between_neighbours",  # between the values of the snapshots and editions around the day
    "other_value",  # outside these
    "score_printed_as_rank",  # outside as a rank, but near the score: one was taken for the other
    "before_our_data",  # the day lies before the first day that our data covers
    "formula_unknown",  # nobody says what was counted
]

"""Does a published figure hold against our own data on its day?

A figure of a month or a year is laid against every day of it. Nothing is judged by who said it, and
a row that rests on the claim's own pages is no witness for it.
"""

from collections.abc import Iterator
from datetime import date

from visamap.figures import PASSPORT_CLAIMS, ClaimReason, ClaimWhat, Outcome
from visamap.index import Index, Tables
from visamap.periods import PartialDate
from visamap.queries.claimed_counts import Finding, counted
from visamap.queries.claimed_places import placed
from visamap.queries.partners import History
from visamap.results.claims import ClaimAnswer

OUTCOME: dict[ClaimReason, Outcome] = {
    "same_count": "reproduced",
    "same_count_for_a_time": "within_bounds",
    "same_count_agreements_first": "reproduced",
    "between_certain_and_possible": "within_bounds",
    "other_count": "contradicted",
    "same_value": "reproduced",
    "same_dense_rank": "reproduced",
    "between_neighbours": "within_bounds",
    "other_value": "contradicted",
    "score_printed_as_rank": "contradicted",
    "before_our_data": "not_checkable",
    "formula_unknown": "not_checkable",
}


def claims(
    index: Index, history: History, on: date | None = None, what: ClaimWhat | None = None
) -> Iterator[ClaimAnswer]:
    """Yield every claim with its outcome, oldest first.

    ``on`` keeps those whose day, month or year holds that day. ``history`` returns the runs of a
    passport, as ``visamap.queries.history.runs`` does.
    """
    told = index.records["claims"]
    dated = [(PartialDate.parse(claim["said_on"]), claim) for claim in told]
    for time, claim in sorted(dated, key=lambda pair: (pair[0].last, pair[0].first)):
        if on is not None and not time.first <= on <= time.last:
            continue
        if what is None or claim["what"] == what:
            meant = PartialDate.parse(claim.get("about", claim["said_on"]))
            yield _answer(index, claim, _finding(index, history, claim, meant))


def _finding(index: Index, history: History, claim: Tables, time: PartialDate) -> Finding:
    if claim["what"] == "outbound-eased":
        return Finding("formula_unknown")
    if claim["what"] in PASSPORT_CLAIMS:
        return placed(index, claim, time)
    return counted(index, history, claim, time)


def _answer(index: Index, claim: Tables, found: Finding) -> ClaimAnswer:
    passport = claim.get("passport")
    return ClaimAnswer(
        id=claim["id"],
        said_on=claim["said_on"],
        by=claim["by"],
        what=claim["what"],
        claimed=claim["claimed"],
        ours=found.ours,
        ours_possible=found.possible,
        outcome=OUTCOME[found.reason],
        reason=found.reason,
        sources=index.sources(claim["sources"]),
        counts=claim["counts"],
        about=claim.get("about"),
        passport=index.country(passport) if passport else None,
        index=claim.get("index"),
        of=claim.get("of"),
        compared_with=found.compared_with,
        values=found.values,
        note=claim.get("note"),
        confidence=claim["confidence"],
    )

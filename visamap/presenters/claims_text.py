"""Published figures against our own data: one sentence each, under who said what and when."""

from collections import Counter
from collections.abc import Iterator

from visamap.presenters.claim_sentences import sentence, spread
from visamap.presenters.columns import Column
from visamap.presenters.grounds import footer
from visamap.presenters.layout import labelled, paragraph
from visamap.results.claims import ClaimAnswer
from visamap.results.parts import Envelope
from visamap.vocabulary import OUTCOMES

OUTCOME = {
    "reproduced": "Reproduced",
    "within_bounds": "Within bounds",
    "contradicted": "Contradicted",
    "not_checkable": "Not checkable",
}


def _ours(claim: ClaimAnswer) -> str:
    if claim.ours is not None:
        return str(claim.ours)
    return spread(claim.ours_possible) if claim.ours_possible else "-"


COLUMNS = (
    Column("Said on", lambda c: c.said_on),
    Column("By", lambda c: c.by),
    Column("Counts", lambda c: c.counts),
    Column("Claimed", lambda c: str(c.claimed)),
    Column("Ours", _ours),
    Column("Outcome", lambda c: OUTCOME[c.outcome]),
    Column("In a sentence", sentence),
)


def text(answer: Envelope, width: int) -> str:
    """Return each figure with its outcome, and how many there are of each outcome on top."""
    counts = Counter(claim.outcome for claim in answer.items)
    told = ", ".join(f"{counts[one]} {OUTCOME[one].lower()}" for one in OUTCOMES if counts[one])
    lines = [
        *paragraph(f"Published figures: {len(answer.items)}{f' ({told})' if told else ''}.", width)
    ]
    for claim in answer.items:
        lines += ["", *_claim(claim, width)]
    return "\n".join([*lines, "", *footer(answer, width)])


def _claim(claim: ClaimAnswer, width: int) -> Iterator[str]:
    among = f" of {claim.of}" if claim.of and claim.what == "rank" else ""
    index = f" ({claim.index})" if claim.index else ""
    yield from labelled(
        [
            (claim.said_on, [f"{claim.claimed}{among}: {claim.counts}{index}. {claim.by}."]),
            (OUTCOME[claim.outcome], [f"{sentence(claim)} [{claim.id}]"]),
        ],
        width,
    )

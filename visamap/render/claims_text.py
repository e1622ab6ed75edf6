"""Published figures against our own data: one sentence each, under who said what and when."""

from collections import Counter
from collections.abc import Iterator

from visamap.i18n import mark, tr
from visamap.render.layout import Column, footer, labelled, paragraph
from visamap.render.phrases_abroad import claim_sentence, spread
from visamap.results.abroad import ClaimAnswer
from visamap.results.parts import Envelope
from visamap.vocabulary import OUTCOMES

OUTCOME = {
    "reproduced": mark("Reproduced"),
    "within_bounds": mark("Within bounds"),
    "contradicted": mark("Contradicted"),
    "not_checkable": mark("Not checkable"),
}

COUNTED = {
    "reproduced": mark("{n} reproduced"),
    "within_bounds": mark("{n} within bounds"),
    "contradicted": mark("{n} contradicted"),
    "not_checkable": mark("{n} not checkable"),
}


def _ours(claim: ClaimAnswer) -> str:
    if claim.ours is not None:
        return str(claim.ours)
    return spread(claim.ours_possible) if claim.ours_possible else "-"


COLUMNS = (
    Column(mark("Said on"), lambda c: c.said_on),
    Column(mark("By"), lambda c: c.by),
    Column(mark("Counts"), lambda c: c.counts),
    Column(mark("Claimed"), lambda c: str(c.claimed)),
    Column(mark("Ours"), _ours),
    Column(mark("Outcome"), lambda c: tr(OUTCOME[c.outcome])),
    Column(mark("In a sentence"), claim_sentence),
)


def text(answer: Envelope, width: int) -> str:
    """Return each figure with its outcome, and how many there are of each outcome on top."""
    counts = Counter(claim.outcome for claim in answer.items)
    told = ", ".join(tr(COUNTED[one], n=counts[one]) for one in OUTCOMES if counts[one])
    number = f"{len(answer.items)} ({told})" if told else "0"
    lines = [*paragraph(tr("Published figures: {n}.", n=number), width)]
    for claim in answer.items:
        lines += ["", *_claim(claim, width)]
    return "\n".join([*lines, "", *footer(answer, width)])


def _claim(claim: ClaimAnswer, width: int) -> Iterator[str]:
    claimed = str(claim.claimed)
    if claim.of and claim.what == "rank":
        claimed = tr("{rank} of {last}", rank=claim.claimed, last=claim.of)
    index = f" ({claim.index})" if claim.index else ""
    yield from labelled(
        [
            (claim.said_on, [f"{claimed}: {claim.counts}{index}. {claim.by}."]),
            (tr(OUTCOME[claim.outcome]), [f"{claim_sentence(claim)} [{claim.id}]"]),
        ],
        width,
    )

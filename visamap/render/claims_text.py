"""Published figures against our own data: a row each; in full, under who said what and when."""

from collections import Counter
from collections.abc import Iterator, Sequence

from visamap.i18n import Span, mark, tr
from visamap.render.layout import Block, Column, footer, labelled, more, paragraph
from visamap.render.phrases_abroad import claim_sentence, spread
from visamap.render.sections import source_lines, sure
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
    if claim.outcome == "reproduced" and claim.ours is not None:
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

ON_A_PAGE = (
    Column(COLUMNS[0].heading, lambda c: Span(c.said_on, "days", (c.said_on, None))),
    *COLUMNS[3:],
    COLUMNS[1],
)
# The figure is what a reader looks for; the sentence and who said it take a line each.
TABLE = (COLUMNS[0], COLUMNS[3], COLUMNS[4], COLUMNS[5], Column(mark("Id"), lambda c: c.id))


def text(answer: Envelope, width: int, *, full: bool = False) -> str:
    """Return a row for each figure, or each in full, under how many there are of each outcome."""
    if answer.asked["id"]:
        return "\n".join([*_in_full(answer.items[0], width), "", *footer(answer, width)])
    lines = [*paragraph(opening(answer), width)]
    if full:
        for claim in answer.items:
            lines += ["", *labelled(_claim(claim), width)]
    elif answer.items:
        lines += ["", *_rows(answer.items, width)]
    if answer.items:
        lines += ["", *more(full, width, "claims ID")]
    return "\n".join([*lines, "", *footer(answer, width)])


def opening(answer: Envelope) -> str:
    """Return how many figures there are of each outcome."""
    counts = Counter(claim.outcome for claim in answer.items)
    told = ", ".join(tr(COUNTED[one], n=counts[one]) for one in OUTCOMES if counts[one])
    number = f"{len(answer.items)} ({told})" if told else "0"
    return tr("Published figures: {n}.", n=number)


def _rows(claims: Sequence[ClaimAnswer], width: int) -> Iterator[str]:
    """Yield a row for each figure, as lines where a table would break the ids."""
    from visamap.render.table import table, unbroken  # noqa: PLC0415  sentences need no table

    if unbroken(TABLE, claims) <= width:
        yield table(TABLE, claims, width)
        return
    yield f"{tr('Claimed')} / {tr('Ours')}:"
    for c in claims:
        said = f"{c.said_on}: {c.claimed} / {_ours(c)}. {tr(OUTCOME[c.outcome])}. [{c.id}]"
        yield from paragraph(said, width, "  ", "- ")


def _in_full(claim: ClaimAnswer, width: int) -> Iterator[str]:
    note, sources = (tr("Note"), [claim.note]), (tr("Sources"), source_lines(claim.sources))
    yield from labelled([*_claim(claim), note, sure(claim.confidence), sources], width)


def _claim(claim: ClaimAnswer) -> Iterator[Block]:
    claimed = str(claim.claimed)
    if claim.of and claim.what == "rank":
        claimed = tr("{rank} of {last}", rank=claim.claimed, last=claim.of)
    index = f" ({claim.index})" if claim.index else ""
    yield claim.said_on, [f"{claimed}: {claim.counts}{index}. {claim.by}."]
    yield tr(OUTCOME[claim.outcome]), [f"{claim_sentence(claim)} [{claim.id}]"]

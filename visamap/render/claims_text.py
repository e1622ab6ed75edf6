"""Published figures against our own data: a row each; in full, under who said what and when."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from visamap.i18n import DAY_FORM, Span, current, mark, tr
from visamap.render.phrases import partial
from visamap.render.sections import (
    Block,
    Column,
    footer,
    labelled,
    more,
    paragraph,
    source_lines,
    sure,
)
from visamap.results.abroad_results import ClaimAnswer
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


INBOUND = {
    "visa-free": mark("nationalities that were certainly visa-free"),
    "visa-free-on-paper": mark("nationalities visa-free, in force or suspended"),
    "visa-free-unilateral": mark("nationalities that were certainly on {home_of}'s own list"),
    "visa-free-unilateral-30-days": mark(
        "nationalities certainly on {home_of}'s own list for 30 days"
    ),
    "visa-free-agreement": mark("nationalities that were certainly exempt by agreement"),
    "visa-free-30-days": mark("nationalities that could certainly stay 30 days or longer"),
    "suspended": mark("nationalities whose exemption was suspended"),
}
MORE = {
    "visa-free-30-days": mark("that may have been visa-free for any time"),
    "visa-free-unilateral": mark("that may have been on it"),
}
PERHAPS = mark("that may have been")
OUTBOUND = {
    "outbound": mark("destinations open to {holder} without a visa"),
    "outbound-on-arrival": mark(
        "destinations open to {holder} without a visa or with one on arrival"
    ),
}
RANK = mark("The rank {claimed} for {holder} (published {day})")
SCORE = mark("The score {claimed} for {holder} (published {day})")
NOT_CHECKED = {
    "before_our_data": mark("{figure} cannot be checked: our data does not go back that far."),
    "formula_unknown": mark(
        "{figure} cannot be checked: the source does not say what was counted."
    ),
}
OUR_COUNTS = {
    "same_count": mark("{figure} is reproduced: our records have {number} {counted}."),
    "same_count_agreements_first": mark(
        "{figure} is reproduced if partners of agreements are left out: our records have "
        "{alone} on the list alone, {together} with them."
    ),
    "same_count_for_a_time": mark(
        "{figure} is right for part of that time: our records have {low} to {high} {counted}."
    ),
    "between_certain_and_possible": mark(
        "{figure} falls between the {low} {counted} and the {high} {more}."
    ),
    "other_count": mark("{figure} differs from our records: {number} {counted}."),
}
AND_PERHAPS_MORE = {
    "same_count": mark(
        "{figure} is reproduced: our records have {number} {counted}, and {more} more possibly."
    ),
    "other_count": mark("{figure} differs from our records: {number} {counted}, {most} at most."),
}
"""The same where more are possible than are certain."""
OPEN_DESTINATIONS = {
    "same_value": mark("{figure} is reproduced: {number} {counted} in the data of {edition}."),
    "between_neighbours": mark(
        "{figure} lies within the {low} to {high} {counted} in the data around that time, the "
        "higher number with eTAs."
    ),
    "other_value": mark(
        "{figure} is not confirmed: there were {number} {counted} in the data around that time, "
        "the higher number with eTAs."
    ),
}
PLACED = {
    "published": mark("{figure} is reproduced: {number} published for {edition}."),
    "recomputed": mark("{figure} is reproduced: {number} recomputed for {edition}."),
    "rank_between": mark("{figure} lies within the {bounds} of that time; the score was {score}."),
    "score_between": mark("{figure} lies within the {bounds} of that time."),
    "score_printed_as_rank": mark(
        "{figure} is not confirmed: ranks around that time were {bounds}. The score was "
        "{score}, so a score seems to have been printed as a rank."
    ),
    "other_value": mark("{figure} is not confirmed: the values around that time were {bounds}."),
    "list_shorter": mark(
        "{figure} is reproduced, but not among {last}: equal scores share a rank, so the list "
        "is shorter than its {passports} passports."
    ),
    "list_ends": mark(
        "{figure} is reproduced, but not among {last}: equal scores share a rank, and the "
        "list of {edition} ends at {ranks} of {passports}."
    ),
    "one_by_one": mark(
        "{figure} is reproduced, but not among {last}: equal scores share a rank, and the list of "
        "{edition} ends at {ranks}; counted one by one, it was {place} of {passports}."
    ),
}
HIGHEST = {
    "same_value": mark(
        "That {name} ranks highest in Central Asia is reproduced: {name} scored {score} "
        "around {day}, the best of the others ({second}) {second_score}."
    ),
    "between_neighbours": mark(
        "That {name} ranks highest in Central Asia is right for part of that time: {name} "
        "scored {score} around {day}, the best of the others ({second}) {second_score}."
    ),
    "other_value": mark(
        "That {name} ranks highest in Central Asia is not confirmed: {name} scored {score} around "
        "{day}, the best of the others ({second}) {second_score}."
    ),
}


def claim_sentence(claim: ClaimAnswer) -> str:
    """Return what our data says of a figure."""
    if claim.reason in NOT_CHECKED:
        return tr(NOT_CHECKED[claim.reason], figure=_figure(claim))
    if claim.what == "highest-in-central-asia":
        return _highest(claim)
    if claim.what in OUTBOUND:
        return _outbound(claim)
    return _place(claim) if claim.index else _count(claim)


def when(text: str) -> str:
    """Return a date, of which the day or month may be missing, in words."""
    return partial(text, tr(DAY_FORM))


def ordinal(number: int) -> str:
    """Return a place in a list: 1st, 2nd, 54th; in other languages the number alone."""
    if current() != "en":
        return str(number)
    teen = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def spread(bounds: Any) -> str:
    """Return the lowest and the highest value as one text."""
    low, high = bounds
    return str(low) if low == high else tr("{low} to {high}", low=low, high=high)


def _figure(claim: ClaimAnswer) -> str:
    said, claimed = when(claim.said_on), claim.claimed
    if not claim.about:
        return tr("The figure {claimed} (published {day})", claimed=claimed, day=said)
    return tr(
        "The figure {claimed} (published {day}, for {time})",
        claimed=claimed,
        day=said,
        time=when(claim.about),
    )


def _holder(claim: ClaimAnswer) -> str:
    return claim.passport.name if claim.passport else tr("it")


def _low_high(claim: ClaimAnswer) -> tuple[int, int]:
    low, high = claim.ours_possible or (0, 0)
    return low, high


def _count(claim: ClaimAnswer) -> str:
    certain, (low, high) = claim.values["certain"], _low_high(claim)
    forms = OUR_COUNTS | (AND_PERHAPS_MORE if high > certain[1] else {})
    more: object = high - low
    if claim.reason == "same_count_for_a_time":
        low, high = certain
    elif claim.reason == "between_certain_and_possible":
        more = tr(MORE.get(claim.what, PERHAPS))
    return tr(
        forms[claim.reason],
        figure=_figure(claim),
        counted=tr(INBOUND[claim.what]),
        number=spread(certain),
        alone=spread(claim.values["apart"]),
        together=spread(certain),
        low=low,
        high=high,
        most=high,
        more=more,
    )


def _outbound(claim: ClaimAnswer) -> str:
    low, high = bounds = _low_high(claim)
    return tr(
        OPEN_DESTINATIONS[claim.reason],
        figure=_figure(claim),
        number=claim.ours if claim.reason == "same_value" else spread(bounds),
        low=low,
        high=high,
        counted=tr(OUTBOUND[claim.what], holder=_holder(claim)),
        edition=claim.values["edition"],
    )


def _place(claim: ClaimAnswer) -> str:
    known, alone = claim.values, claim.values["individual_rank"]
    of_a_list = "one_by_one" if known["ranks"] and alone else "list_ends"
    form = {
        "same_value": "published" if known["published"] else "recomputed",
        "between_neighbours": "rank_between" if claim.what == "rank" else "score_between",
        "same_dense_rank": of_a_list if known["ranks"] else "list_shorter",
    }.get(claim.reason, claim.reason)
    figure = tr(
        RANK if claim.what == "rank" else SCORE,
        claimed=claim.claimed,
        holder=_holder(claim),
        day=when(claim.said_on),
    )
    return tr(
        PLACED[form],
        figure=figure,
        number=claim.ours,
        bounds=spread(_low_high(claim)),
        score=spread(known["scores"]) if "scores" in known else "",
        last=claim.of,
        edition=known["edition"],
        ranks=known["ranks"],
        passports=known["passports"],
        place=ordinal(alone) if alone else "",
    )


def _highest(claim: ClaimAnswer) -> str:
    return tr(
        HIGHEST[claim.reason],
        name=claim.passport.name if claim.passport else tr("It"),
        score=spread(claim.values["scores"]),
        day=when(claim.said_on),
        second=claim.values["second"],
        second_score=spread(claim.values["second_scores"]),
    )


BOTH = "same_count_agreements_first"
"""The reason of a figure that counts without those whom agreements exempt as well."""


def _ours(claim: ClaimAnswer) -> str:
    if claim.reason == BOTH:
        return tr("{n} ({m} with agreements)", n=claim.claimed, m=claim.ours)
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

DAY, BY, _WHAT, CLAIMED, OURS, TOLD, SENTENCE = COLUMNS
SAID = Column(DAY.heading, lambda c: Span(c.said_on, "days", (c.said_on, None)))
ON_A_PAGE = (SAID, CLAIMED, OURS, TOLD, SENTENCE, BY)
# The figure is what a reader looks for; the sentence and who said it take a line each.
# The words of the two counts would break the table; a line below tells what the brackets hold.
BRIEF_OURS = Column(
    OURS.heading, lambda c: f"{c.claimed} ({c.ours})" if c.reason == BOTH else _ours(c)
)
TABLE = (DAY, CLAIMED, BRIEF_OURS, TOLD, Column(mark("Id"), lambda c: c.id))
WITH_WORDS = (*TABLE[:3], _WHAT, *TABLE[3:])


def text(answer: Envelope, width: int, *, full: bool = False) -> str:
    """Return a row for each figure, or each in full, under how many there are of each outcome."""
    lines = [*paragraph(opening(answer), width)]
    if _alone(answer):
        (claim,) = answer.items
        note, sources = (tr("Note"), [claim.note]), (tr("Sources"), source_lines(claim.sources))
        blocks = [*_claim(claim), note, sure(claim.confidence), sources]
        return "\n".join([*lines, "", *labelled(blocks, width), "", *footer(answer, width)])
    if full:
        for claim in answer.items:
            lines += ["", *labelled(_claim(claim), width)]
    elif answer.items:
        lines += ["", *_rows(answer, width)]
    if answer.items:
        lines += ["", *more(full, width, "claims ID")]
    return "\n".join([*lines, "", *footer(answer, width)])


def _alone(answer: Envelope) -> bool:
    """Tell whether one figure was asked for and found."""
    return bool(answer.asked["id"]) and len(answer.items) == 1


def opening(answer: Envelope) -> str:
    """Return of which country the figures are, and how many there are of each outcome."""
    if _alone(answer):
        return tr("A published figure on {home_of}.")
    counts = Counter(claim.outcome for claim in answer.items)
    told = ", ".join(tr(COUNTED[one], n=counts[one]) for one in OUTCOMES if counts[one])
    number = f"{len(answer.items)} ({told})" if told else "0"
    return tr("Published figures on {home_of}: {n}.", n=number)


def _rows(answer: Envelope, width: int) -> Iterator[str]:
    """Yield a row for each figure, as lines where a table would break the ids."""
    from visamap.render.table import table, unbroken  # noqa: PLC0415  sentences need no table

    claims: Sequence[ClaimAnswer] = answer.items
    # Figures that were searched for are told with what they count, wherever that fits.
    for columns in (WITH_WORDS,) if answer.asked["id"] else (WITH_WORDS, TABLE):
        if unbroken(columns, claims) <= width:
            yield table(columns, claims, width)
            if any(claim.reason == BOTH for claim in claims):
                yield ""
                yield from paragraph(tr("In brackets: with agreements."), width)
            return
    yield f"{tr('Claimed')} / {tr('Ours')}:"
    for c in claims:
        said = f"{c.said_on}: {c.claimed} / {_ours(c)}, {c.counts}. {tr(OUTCOME[c.outcome])}."
        said = f"{said} [{c.id}]"
        yield from paragraph(said, width, "  ", "- ")


def _claim(claim: ClaimAnswer) -> Iterator[Block]:
    claimed = str(claim.claimed)
    if claim.of and claim.what == "rank":
        claimed = tr("{rank} of {last}", rank=claim.claimed, last=claim.of)
    index = f" ({claim.index})" if claim.index else ""
    yield claim.said_on, [f"{claimed}: {claim.counts}{index}. {claim.by}."]
    yield tr(OUTCOME[claim.outcome]), [f"{claim_sentence(claim)} [{claim.id}]"]

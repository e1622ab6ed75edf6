"""The answer to ``check`` for a traveller: the verdict first, then terms, ground, doubts."""

from collections.abc import Iterator
from typing import Any

from visamap.presenters import sentences
from visamap.presenters.columns import Column
from visamap.presenters.grounds import best_sources, footer, ground
from visamap.presenters.layout import Block, labelled, paragraph
from visamap.results.check import AlsoRegime, CheckAnswer, VisaHints
from visamap.results.parts import Envelope

COLUMNS = (
    Column("Code", lambda a: a.nationality.code),
    Column("Nationality", lambda a: a.nationality.name),
    Column("Passport", lambda a: a.passport),
    Column("Day", lambda a: a.on.isoformat()),
    Column("Answer", sentences.check),
    Column("Limits", lambda a: "; ".join(sentences.limit(limit) for limit in a.limits)),
    Column("Act", lambda a: a.regime.act.title if a.regime else ""),
    Column("Since", lambda a: a.visa_free_since.isoformat() if a.visa_free_since else ""),
    Column("Confidence", lambda a: a.confidence),
    Column("Sources", lambda a: " ".join(f"<{source.url}>" for source in a.sources)),
)
USUAL_VISAS = {
    "B12": "tourist",
    "B10": "private visit",
    "B1": "business",
    "B12-1": "Neo Nomad, remote work",
}


def text(answer: Envelope, width: int) -> str:
    """Return all answers, one under the other, and the footer once."""
    lines: list[str] = []
    several = len(answer.items) > 1
    for item in answer.items:
        lines += [*_answer(item, width, several=several), ""]
    return "\n".join([*lines, *footer(answer, width)])


def _answer(item: CheckAnswer, width: int, *, several: bool) -> Iterator[str]:
    who = f"{item.nationality.name} ({item.nationality.code})"
    held = sentences.PASSPORTS[item.passport]
    best = " [best of these]" if several and item.best else ""
    yield from paragraph(sentences.check(item), width)
    yield from paragraph(f"{who}, {held}, on {item.on}{best}", width)
    if blocks := list(_blocks(item)):
        yield ""
        yield from labelled(blocks, width)


def _blocks(item: CheckAnswer) -> Iterator[Block]:
    if item.days_asked is not None:
        yield "Your stay", [_stay(item)]
    for advisory in item.advisories:
        yield "In practice", [advisory.text]
    yield from _terms(item)
    yield from _grounds(item)
    yield from _what_to_do(item)
    if item.reciprocity:
        yield "Reciprocity", [_returned(item.reciprocity)]
    if item.verdict != "citizen":
        yield "Confidence", [f"{item.confidence}."]
    if item.sources:
        yield "Sources", list(best_sources(item.sources))


def _terms(item: CheckAnswer) -> Iterator[Block]:
    if item.limits:
        yield "Terms", ["; ".join(sentences.limit(limit) for limit in item.limits) + "."]
    if item.purposes:
        yield "Purposes", [", ".join(item.purposes) + "."]
    if item.conditions:
        said = "; ".join(sentences.condition(c.code, c.value) for c in item.conditions)
        yield "Conditions", [said + "."]
    if item.regime:
        yield "Since", [_since(item)]
    if item.next_change:
        yield "Changes", [_change(item)]
    elif item.regime:
        yield "Until", ["no end is known."]


def _grounds(item: CheckAnswer) -> Iterator[Block]:
    if item.regime:
        notes = [item.regime.note] if item.regime.note else []
        yield "Legal ground", [ground(item.regime.act), *notes]
    if item.suspended_by:
        halt = item.suspended_by
        period = sentences.span(halt.valid_from, halt.valid_to).capitalize()
        yield "Suspended", [f"{ground(halt.act)} {period}."]
    if item.also:
        yield "Also", [_also(rule) for rule in item.also]
    if item.border_residents:
        yield "Border area", [_border(rule) for rule in item.border_residents]
    if item.pending:
        approved = [
            f"{act.title}: approved {act.approved}; no entry into force was found."
            for act in item.pending
        ]
        yield "Approved", approved
    for dispute in item.disputed:
        sides = [
            f"- {side.says} ({', '.join(source.id for source in side.sources)})"
            for side in dispute.sides
        ]
        yield "Disputed", [f"The {dispute.what}: sources contradict each other.", *sides]


def _what_to_do(item: CheckAnswer) -> Iterator[Block]:
    for stop in item.transit:
        where = f", at {', '.join(stop.airports)}" if stop.airports else ""
        carriers = f"carriers: {stop.carriers or 'not known'}"
        opening = f"{stop.hours} hours without a visa on the way to a third country"
        yield "Transit", [f"{opening}{where}; {carriers}."]
    if item.entry_documents:
        yield "Documents", [sentences.paper(paper) for paper in item.entry_documents]
    yield from sentences.duties(item.duties)
    if item.verdict != "citizen":
        yield "Which visa", list(_visas(item))


def _stay(item: CheckAnswer) -> str:
    assert item.days_asked is not None  # noqa: S101  (asked only where a stay was asked for)
    asked = f"A visit of {sentences.days(item.days_asked)}"
    if item.stay_allowed is None:
        return f"{asked}: not known whether it is allowed."
    return f"{asked} is {'allowed' if item.stay_allowed else 'not allowed'} without a visa."


def _since(item: CheckAnswer) -> str:
    assert item.regime  # noqa: S101  (asked only where a rule was chosen)
    start = sentences.between(item.regime.valid_from, item.regime.valid_from_between)
    if item.visa_free_since and item.visa_free_since != item.regime.valid_from:
        return f"{item.visa_free_since} without a break; this rule since {start}."
    return f"{start}."


def _change(item: CheckAnswer) -> str:
    change = item.next_change
    assert change  # noqa: S101  (asked only where there is one)
    stay = f", up to {sentences.days(change.max_stay_days)}" if change.max_stay_days else ""
    return f"from {change.on}: {sentences.VERDICTS[change.verdict]}{stay}."


def _also(rule: AlsoRegime) -> str:
    terms = "; ".join(sentences.limit(limit) for limit in rule.limits) or "no length of stay known"
    if not rule.possible:
        return f"{sentences.BASES[rule.basis].capitalize()}: {terms}. [{rule.id}]"
    start = sentences.between(rule.valid_from, rule.valid_from_between)
    doubt = "weak evidence, " if rule.confidence == "low" else ""
    note = f" {rule.note}" if rule.note else ""
    return (
        f"Possibly ({doubt}{sentences.BASES[rule.basis]}, from {start}): {terms}. [{rule.id}]{note}"
    )


def _border(rule: AlsoRegime) -> str:
    said = [sentences.limit(limit) for limit in rule.limits]
    said += [sentences.condition(c.code, c.value) for c in rule.conditions]
    return f"{'; '.join(said)}. [{rule.id}]"


def _returned(there: dict[str, Any]) -> str:
    from visamap.presenters.outbound_words import sentence  # noqa: PLC0415  only where asked for
    from visamap.results.outbound import Outbound  # noqa: PLC0415

    return f"A citizen of Kazakhstan there: {sentence(Outbound(**there))}"


def usual_visas(hints: VisaHints) -> str:
    """Return which visas a visitor usually asks for, of those that there were on the day."""
    usual = [f"{code} ({use})" for code, use in USUAL_VISAS.items() if code in hints.codes]
    if usual:
        return f"{', '.join(usual)}. See `visamap visas`."
    return "the categories of that day are not in the data."


def _visas(item: CheckAnswer) -> Iterator[str]:
    hints = item.visas
    yield f"{'For other stays: ' if item.verdict == 'visa_free' else ''}{usual_visas(hints)}"
    if hints.e_visa:
        sure = "probably" if hints.e_visa_confidence == "low" else "yes"
        yield f"E-visa: {sure}, by the list {hints.e_visa_list}."
    if hints.invitation_exempt is not None:
        need = "not needed for the usual visitor visas" if hints.invitation_exempt else "needed"
        yield f"Invitation: {need}."

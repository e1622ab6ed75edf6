"""The answer to ``check`` for a traveller: the verdict first, then terms, ground, doubts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from visamap.i18n import mark, tr, trn
from visamap.render import phrases
from visamap.render.layout import (
    AS_KNOWN,
    HELD,
    Block,
    Column,
    evidence,
    footer,
    labelled,
    paragraph,
)
from visamap.render.phrases import capital, ground, pending, short
from visamap.results.check import AlsoRegime, CheckAnswer, TransitNote, VisaHints
from visamap.results.parts import DataRef, Envelope

if TYPE_CHECKING:
    from visamap.results.stay import StayAnswer

COLUMNS = (
    Column("Code", lambda a: a.nationality.code),
    Column("Nationality", lambda a: a.nationality.name),
    Column("Passport", lambda a: a.passport),
    Column("Day", lambda a: a.on.isoformat()),
    Column("Answer", lambda a: phrases.check(a).sentence),
    Column("Limits", lambda a: "; ".join(phrases.limits(a))),
    Column("Act", lambda a: a.regime.act.title if a.regime else ""),
    Column("Since", lambda a: short(a.visa_free_since, a.visa_free_since_between)),
    Column("Confidence", lambda a: a.confidence),
    Column("Sources", lambda a: " ".join(f"<{source.url}>" for source in a.sources)),
)
USUAL_VISAS = {
    "B12": mark("tourist"),
    "B10": mark("private visit"),
    "B1": mark("business"),
    "B12-1": mark("Neo Nomad, remote work"),
    "A1": mark("diplomatic, visits"),
    "A2": mark("accredited diplomats"),
    "A3": mark("service, official delegations"),
    "A4": mark("service, second category"),
}

DISPUTED = {
    "existence": mark("The existence: sources contradict each other."),
    "terms": mark("The terms: sources contradict each other."),
    "dates": mark("The dates: sources contradict each other."),
}


def text(answer: Envelope, width: int) -> str:
    """Return all answers, one under the other, and the footer once."""
    lines: list[str] = []
    several = len(answer.items) > 1
    for item in answer.items:
        lines += [*_answer(item, answer.data, width, several=several), ""]
    return "\n".join([*lines, *footer(answer, width, {AS_KNOWN, HELD})])


def _answer(item: CheckAnswer, data: DataRef, width: int, *, several: bool) -> Iterator[str]:
    who = tr(
        "{name} ({code}), {passport}, on {day}",
        name=item.nationality.name,
        code=item.nationality.code,
        passport=tr(phrases.PASSPORTS[item.passport]),
        day=item.on,
    )
    if several and item.best:
        who = tr("{answer} [best of these]", answer=who)
    said = phrases.as_known(phrases.check(item).sentence, item.on, data)
    yield from paragraph(said, width)
    yield from paragraph(who, width)
    yield from paragraph(phrases.held(item), width)
    if blocks := list(_blocks(item)):
        yield ""
        yield from labelled(blocks, width)


def _blocks(item: CheckAnswer) -> Iterator[Block]:
    for advisory in item.advisories:
        yield tr("In practice"), [advisory.text]
    if item.stay_allowed is False:
        yield tr("Instead"), list(_visas(item))
    yield from _terms(item)
    yield from _grounds(item)
    yield from _what_to_do(item)
    if item.reciprocity:
        yield tr("Reciprocity"), [_returned(item.reciprocity)]
    if item.verdict != "citizen":
        yield from evidence(item.confidence, item.sources)


def _terms(item: CheckAnswer) -> Iterator[Block]:
    if item.limits:
        yield tr("Terms"), ["; ".join(phrases.limits(item)) + "."]
    if item.purposes:
        yield tr("Purposes"), [f"{phrases.purposes(item.purposes)}."]
    if item.conditions:
        said = "; ".join(phrases.condition(c.code, c.value) for c in item.conditions)
        yield tr("Conditions"), [said + "."]
    if item.regime:
        yield tr("Since"), [_since(item)]
    if item.next_change:
        yield tr("Changes"), [_change(item)]
    elif item.regime:
        yield tr("Until"), [tr("no end is known.")]


def _grounds(item: CheckAnswer) -> Iterator[Block]:
    if item.regime:
        notes = [item.regime.note] if item.regime.note else []
        yield tr("Legal ground"), [ground(item.regime.act), *notes]
    if item.suspended_by:
        yield tr("Suspended"), [phrases.halt(item.suspended_by)]
    if item.perhaps_suspended_by:
        yield tr("Perhaps suspended"), [phrases.halt(halt) for halt in item.perhaps_suspended_by]
    if item.also:
        yield tr("Also"), [other_rule(rule) for rule in item.also]
    if item.border_residents:
        yield tr("Border area"), [_border(rule) for rule in item.border_residents]
    if item.pending:
        yield tr("Pending"), [pending(act) for act in item.pending]
    for dispute in item.disputed:
        sides = [
            f"- {side.says} ({', '.join(source.id for source in side.sources)})"
            for side in dispute.sides
        ]
        yield tr("Disputed"), [tr(DISPUTED[dispute.what]), *sides]


def _what_to_do(item: CheckAnswer) -> Iterator[Block]:
    for stop in item.transit:
        yield tr("Transit"), [transit(stop)]
    if item.entry_documents:
        yield tr("Documents"), [phrases.paper(paper) for paper in item.entry_documents]
    yield from phrases.duties(item.duties)
    if item.verdict != "citizen" and item.stay_allowed is not False:
        yield tr("Which visa"), list(_visas(item))


def transit(stop: TransitNote) -> str:
    """Return what transit without a visa allows, or may allow."""
    said = _stop(stop)
    return tr("Perhaps, not certain: {rule}", rule=said) if stop.possible else said


def _stop(stop: TransitNote) -> str:
    carriers = stop.carriers or tr("not known")
    if stop.airports:
        return tr(
            "{hours} hours without a visa on the way to a third country, at {airports}; "
            "carriers: {carriers}.",
            hours=stop.hours,
            airports=", ".join(stop.airports),
            carriers=carriers,
        )
    return tr(
        "{hours} hours without a visa on the way to a third country; carriers: {carriers}.",
        hours=stop.hours,
        carriers=carriers,
    )


def _since(item: CheckAnswer) -> str:
    assert item.regime  # noqa: S101  (asked only where a rule was chosen)
    start = phrases.between(item.regime.valid_from, item.regime.valid_from_between)
    if item.visa_free_since and not item.since_this_rule:
        return tr(
            "{day} without a break; this rule since {start}.",
            day=phrases.between(item.visa_free_since, item.visa_free_since_between),
            start=start,
        )
    return f"{start}."


def _change(item: CheckAnswer) -> str:
    change = item.next_change
    assert change  # noqa: S101  (asked only where there is one)
    verdict = tr(phrases.VERDICTS[change.verdict])
    if change.max_stay_days:
        verdict = trn(
            "{verdict}, up to {n} day",
            "{verdict}, up to {n} days",
            change.max_stay_days,
            verdict=verdict,
        )
    if change.on_between and change.verdict != "unknown":
        first, last = change.on_between
        return tr(
            "from a day between {first} and {last}: {verdict}.",
            first=first,
            last=last,
            verdict=verdict,
        )
    return tr("from {day}: {verdict}.", day=change.on, verdict=verdict)


def other_rule(rule: AlsoRegime) -> str:
    """Return the terms of another rule that holds or may hold."""
    terms = "; ".join(phrases.limit(limit) for limit in rule.limits)
    terms = terms or tr("no length of stay known")
    basis = tr(phrases.BASES[rule.basis])
    if not rule.possible:
        return f"{capital(basis)}: {terms}. [{rule.id}]"
    start = phrases.between(rule.valid_from, rule.valid_from_between)
    if rule.confidence == "low":
        said = tr(
            "Possibly (weak evidence, {basis}, from {start}): {terms}.",
            basis=basis,
            start=start,
            terms=terms,
        )
    else:
        said = tr(
            "Possibly ({basis}, from {start}): {terms}.", basis=basis, start=start, terms=terms
        )
    return f"{said} [{rule.id}]{f' {rule.note}' if rule.note else ''}"


def _border(rule: AlsoRegime) -> str:
    said = [phrases.limit(limit) for limit in rule.limits]
    said += [phrases.condition(c.code, c.value) for c in rule.conditions]
    return f"{'; '.join(said)}. [{rule.id}]"


def _returned(there: dict[str, Any]) -> str:
    from visamap.render.phrases_abroad import outbound_sentence  # noqa: PLC0415  only where asked for
    from visamap.results.abroad import Outbound  # noqa: PLC0415

    return tr(
        "A citizen of Kazakhstan there: {answer}", answer=outbound_sentence(Outbound(**there))
    )


def usual(hints: VisaHints) -> list[tuple[str, str]]:
    """Return which visas are usually asked for, long enough for the days asked, and their use."""
    codes = hints.codes if hints.fitting is None else hints.fitting
    return [(code, tr(use)) for code, use in USUAL_VISAS.items() if code in codes]


def usual_visas(item: "CheckAnswer | StayAnswer") -> list[str]:
    """Return the usual visas, and on a line of its own the command that tells what they ask."""
    if not item.visas.codes:
        return [tr("the categories of that day are not in the data.")]
    # What lists of states say of a visa holds for ordinary passports.
    words = f" --nationality {item.nationality.code}" if item.passport == "ordinary" else ""
    if not (found := usual(item.visas)):
        said = tr("no usual visa is known to allow so long a stay.")
        return [said, tr("See {command}.", command=f"`visamap visas{words}`")]
    listed = ", ".join(f"{code} ({use})" for code, use in found)
    return [f"{listed}.", tr("See {command}.", command=f"`visamap visas {found[0][0]}{words}`")]


def _visas(item: CheckAnswer) -> Iterator[str]:
    hints, (listed, *how) = item.visas, usual_visas(item)
    if item.stay_allowed is False:
        yield tr("A visa: {visas}", visas=listed)
    elif item.verdict == "visa_free":
        yield tr("For other stays: {visas}", visas=listed)
    else:
        yield listed
    yield from how
    if hints.e_visa and hints.e_visa_confidence == "low":
        yield tr("E-visa: probably, by the list {list}.", list=hints.e_visa_list)
    elif hints.e_visa:
        yield tr("E-visa: yes, by the list {list}.", list=hints.e_visa_list)
    if hints.invitation_exempt:
        yield tr("Invitation: not needed for the usual visitor visas.")
    elif hints.invitation_exempt is not None:
        yield tr("Invitation: needed.")

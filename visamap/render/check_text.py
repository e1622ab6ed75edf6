"""The answer to ``check`` for a traveller: the verdict first, then terms, ground, doubts."""

from collections.abc import Iterator
from datetime import timedelta

from visamap.i18n import Span, joined, mark, put, tr, trc
from visamap.render import brief, headlines, phrases
from visamap.render import sections as drawn
from visamap.render.brief import DISPUTED, changed, for_some, returned, usual_visas
from visamap.render.phrases import capital, ground, pending, short
from visamap.render.sections import AS_KNOWN, HELD, Block, Column, asked, evidence, footer, opening
from visamap.results.check_results import (
    AlsoRegime,
    CheckAnswer,
    Conditional,
    NextChange,
    TransitNote,
    VisaHints,
)
from visamap.results.parts import DataRef, Envelope

SINCE = Column("Since", lambda a: short(a.visa_free_since, a.visa_free_since_between))
COLUMNS = (
    Column("Code", lambda a: a.nationality.code),
    Column("Nationality", lambda a: a.nationality.name),
    Column("Passport", lambda a: a.passport),
    Column("Day", lambda a: a.on.isoformat()),
    Column("Answer", lambda a: headlines.check(a).sentence),
    Column("Limits", lambda a: "; ".join(phrases.limits(a))),
    Column("Act", lambda a: a.regime.act.title if a.regime else ""),
    SINCE,
    Column("Confidence", lambda a: a.confidence),
)


def text(answer: Envelope, width: int, *, full: bool = False) -> str:
    """Return the brief answer, or all answers in full, one under the other."""
    if not full:
        return brief.check(answer, width)
    lines: list[str] = []
    several = len({item.nationality for item in answer.items}) > 1
    if isinstance(answer.asked.get("destination"), list):
        lines += [brief.overview(brief.best_first(answer.items), width), ""]
    for item in answer.items:
        with phrases.entering(item):
            laid_out = sections(item, answer.data, several=several)
            lines += [*drawn.text(laid_out, width, headlines.check(item).tone), ""]
    return "\n".join([*lines, *footer(answer, width, {AS_KNOWN, HELD})])


def sections(item: CheckAnswer, data: DataRef, *, several: bool = False) -> Iterator[Block]:
    """Yield an answer as sections; the best of ``several`` says that it is."""
    who = asked(item)
    if several and item.best:
        who = tr("{answer} [best of these]", answer=who)
    yield opening(headlines.check(item).sentence, who, item, data)
    for advisory in item.advisories:
        yield tr("In practice"), [advisory.text]
    if item.stay_allowed is False:
        yield tr("Instead"), list(_visas(item))
    yield from _terms(item)
    yield from _grounds(item)
    yield from _what_to_do(item)
    if item.reciprocity:
        yield tr("Reciprocity"), [returned(item.reciprocity)]
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
        yield tr("Changes"), [_change(item.next_change)]
    elif item.regime:
        yield tr("Until"), [tr("no end is known."), _last_seen(item)]


def _grounds(item: CheckAnswer) -> Iterator[Block]:
    if item.regime:
        printed = item.regime.provision
        where = tr("Provision: {provision}.", provision=printed) if printed else None
        yield tr("Legal ground"), [ground(item.regime.act), where, item.regime.note]
    if item.suspended_by:
        yield tr("Suspended"), [phrases.halt(item.suspended_by)]
    perhaps = map(phrases.halt, item.perhaps_suspended_by)
    yield tr("Perhaps suspended"), [*perhaps]
    yield tr("Also"), [other_rule(rule) for rule in item.also]
    yield tr("For some"), [*map(conditional, for_some(item))]
    yield tr("Border area"), [*map(_border, item.border_residents)]
    yield tr("Pending"), [pending(act) for act in item.pending]
    for dispute in item.disputed:
        sides = [
            put(
                "- {says} ({sources})",
                says=side.says,
                sources=joined(", ", [Span(one.id, "source", one) for one in side.sources]),
            )
            for side in dispute.sides
        ]
        yield tr("Disputed"), [tr(DISPUTED[dispute.what]), *sides]


def _what_to_do(item: CheckAnswer) -> Iterator[Block]:
    for stop in item.transit:
        yield tr("Transit"), [transit(stop)]
    yield tr("Documents"), [*map(phrases.paper, item.entry_documents)]
    yield from phrases.duties(item.duties)
    if item.verdict != "citizen" and item.stay_allowed is not False:
        yield tr("Which visa"), list(_visas(item))


TRANSIT = {
    "airside": mark(
        "{hours} hours without a visa inside the transit area of {airports}, without leaving it."
    ),
    "at_airports": mark(
        "{hours} hours without a visa on the way to a third country, at {airports}; "
        "carriers: {carriers}."
    ),
    "anywhere": mark(
        "{hours} hours without a visa on the way to a third country; carriers: {carriers}."
    ),
}


def transit(stop: TransitNote) -> str:
    """Return what transit without a visa allows, or may allow."""
    anywhere = "at_airports" if stop.airports else "anywhere"
    carriers = stop.carriers or tr("not known")
    said = tr(
        TRANSIT["airside" if stop.airside else anywhere],
        hours=stop.hours,
        airports=", ".join(stop.airports),
        carriers=trc("carriers of transit", "any") if carriers == "any" else carriers,
    )
    return tr("Perhaps, not certain: {rule}", rule=said) if stop.possible else said


def _since(item: CheckAnswer) -> str:
    assert item.regime  # noqa: S101  (asked only where a rule was chosen)
    start = phrases.between(item.regime.valid_from, item.regime.valid_from_between)
    if item.visa_free_since and not item.since_this_rule:
        return tr(
            "{day} without a break; this rule since {start}.",
            day=phrases.between(item.visa_free_since, item.visa_free_since_between),
            start=start,
        )
    return put("{start}.", start=start)


def _change(change: NextChange) -> str:
    verdict = changed(change)
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
    terms = terms or tr("length of stay not known")
    basis, named = tr(phrases.BASES[rule.basis]), Span(rule.id, "rule", rule.act)
    if not rule.possible:
        return put("{basis}: {terms}. [{id}]", basis=capital(basis), terms=terms, id=named)
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
    note = f" {rule.note}" if rule.note else ""
    return put("{said} [{id}]{note}", said=said, id=named, note=note)


def conditional(rule: Conditional) -> str:
    """Return what holds for some travellers or journeys alone, and what it needs of them."""
    names = {country.code: country.name for country in rule.countries}
    said = [phrases.need(c.code, c.value, names) for c in rule.needs]
    if rule.purposes:
        said.append(phrases.purposes(rule.purposes))
    said += [phrases.limit(limit) for limit in rule.limits]
    said += [phrases.condition(c.code, c.value) for c in rule.conditions]
    named = Span(rule.id, "rule", rule.act)
    told = put("{terms}. [{id}]", terms=capital(joined("; ", said)), id=named)
    return tr("Perhaps, not certain: {rule}", rule=told) if rule.possible else told


LONG_AGO = timedelta(days=365)


def _last_seen(item: CheckAnswer) -> str | None:
    """Return when the rule was last seen at work, where that is long before the day asked."""
    seen = item.regime.last_seen if item.regime else None
    if seen is None or item.on - seen <= LONG_AGO:
        return None
    return tr("Last seen at work on {day}.", day=seen)


def _border(rule: AlsoRegime) -> str:
    said = [phrases.limit(limit) for limit in rule.limits]
    said += [phrases.condition(c.code, c.value) for c in rule.conditions]
    named = Span(rule.id, "rule", rule.act)
    return put("{terms}. [{id}]", terms=joined("; ", said), id=named)


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
        yield tr("E-visa: probably{by_list}.", by_list=_by_list(hints))
    elif hints.e_visa:
        yield tr("E-visa: yes{by_list}.", by_list=_by_list(hints))
    if hints.invitation_exempt:
        yield tr("Invitation: not needed for the usual visitor visas.")
    elif hints.invitation_exempt is not None:
        yield tr("Invitation: needed.")


def _by_list(hints: VisaHints) -> Span:
    return Span(tr(", by the list {list}", list=hints.e_visa_list), "id")

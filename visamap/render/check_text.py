"""The answer to ``check`` for a traveller: the verdict first, then terms, ground, doubts."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from visamap.i18n import Span, joined, mark, put, tr, trn
from visamap.limits import any_length, max_stay_days
from visamap.render import headlines, phrases
from visamap.render import sections as drawn
from visamap.render.layout import AS_KNOWN, HELD, Column, footer
from visamap.render.phrases import capital, ground, pending, short
from visamap.render.sections import (
    EVIDENCE,
    HEADLINE,
    TO_DO,
    Section,
    asked,
    evidence,
    opening,
)
from visamap.results.check import AlsoRegime, CheckAnswer, Conditional, TransitNote, VisaHints
from visamap.results.parts import DataRef, Envelope

if TYPE_CHECKING:
    from visamap.results.stay import StayAnswer

COLUMNS = (
    Column("Code", lambda a: a.nationality.code),
    Column("Nationality", lambda a: a.nationality.name),
    Column("Passport", lambda a: a.passport),
    Column("Day", lambda a: a.on.isoformat()),
    Column("Answer", lambda a: headlines.check(a).sentence),
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
        laid_out = sections(item, answer.data, several=several)
        lines += [*drawn.text(laid_out, width), ""]
    return "\n".join([*lines, *footer(answer, width, {AS_KNOWN, HELD})])


def sections(item: CheckAnswer, data: DataRef, *, several: bool = False) -> Iterator[Section]:
    """Yield an answer as sections; the best of ``several`` says that it is."""
    who = asked(item)
    if several and item.best:
        who = tr("{answer} [best of these]", answer=who)
    yield opening(headlines.check(item).sentence, who, item, data)
    for advisory in item.advisories:
        yield Section(HEADLINE, tr("In practice"), [advisory.text])
    if item.stay_allowed is False:
        yield Section(TO_DO, tr("Instead"), list(_visas(item)))
    yield from _terms(item)
    yield from _grounds(item)
    yield from _what_to_do(item)
    if item.reciprocity:
        yield Section(EVIDENCE, tr("Reciprocity"), [_returned(item.reciprocity)])
    if item.verdict != "citizen":
        yield from evidence(item.confidence, item.sources)


def _terms(item: CheckAnswer) -> Iterator[Section]:
    if item.limits:
        yield Section(TO_DO, tr("Terms"), ["; ".join(phrases.limits(item)) + "."])
    if item.purposes:
        yield Section(TO_DO, tr("Purposes"), [f"{phrases.purposes(item.purposes)}."])
    if item.conditions:
        said = "; ".join(phrases.condition(c.code, c.value) for c in item.conditions)
        yield Section(TO_DO, tr("Conditions"), [said + "."])
    if item.regime:
        yield Section(EVIDENCE, tr("Since"), [_since(item)])
    if item.next_change:
        yield Section(EVIDENCE, tr("Changes"), [_change(item)])
    elif item.regime:
        yield Section(EVIDENCE, tr("Until"), [tr("no end is known."), _last_seen(item)])


def _grounds(item: CheckAnswer) -> Iterator[Section]:
    if item.regime:
        printed = item.regime.provision
        where = tr("Provision: {provision}.", provision=printed) if printed else None
        yield Section(
            EVIDENCE, tr("Legal ground"), [ground(item.regime.act), where, item.regime.note]
        )
    if item.suspended_by:
        yield Section(EVIDENCE, tr("Suspended"), [phrases.halt(item.suspended_by)])
    perhaps = map(phrases.halt, item.perhaps_suspended_by)
    yield Section(EVIDENCE, tr("Perhaps suspended"), [*perhaps])
    yield Section(EVIDENCE, tr("Also"), [other_rule(rule) for rule in item.also])
    some = (rule for rule in item.conditional if _adds(rule, item))
    yield Section(TO_DO, tr("For some"), [*map(conditional, some)])
    yield Section(EVIDENCE, tr("Border area"), [*map(_border, item.border_residents)])
    yield Section(EVIDENCE, tr("Pending"), [pending(act) for act in item.pending])
    for dispute in item.disputed:
        sides = [
            put(
                "- {says} ({sources})",
                says=side.says,
                sources=joined(", ", [Span(one.id, "source", one) for one in side.sources]),
            )
            for side in dispute.sides
        ]
        yield Section(EVIDENCE, tr("Disputed"), [tr(DISPUTED[dispute.what]), *sides])


def _what_to_do(item: CheckAnswer) -> Iterator[Section]:
    for stop in item.transit:
        yield Section(TO_DO, tr("Transit"), [transit(stop)])
    yield Section(TO_DO, tr("Documents"), [*map(phrases.paper, item.entry_documents)])
    for label, duties in phrases.duties(item.duties):
        yield Section(TO_DO, label, duties)
    if item.verdict != "citizen" and item.stay_allowed is not False:
        yield Section(TO_DO, tr("Which visa"), list(_visas(item)))


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
    return put("{start}.", start=start)


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
    basis, named = tr(phrases.BASES[rule.basis]), Span(rule.id, "act", rule.act.id)
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
    named = Span(rule.id, "act", rule.act.id)
    told = put("{terms}. [{id}]", terms=capital(joined("; ", said)), id=named)
    return tr("Perhaps, not certain: {rule}", rule=told) if rule.possible else told


def _adds(rule: Conditional, item: CheckAnswer) -> bool:
    """Tell whether a rule for some allows more than the one that is for all."""
    if item.verdict != "visa_free" or item.max_stay_days is None:
        return item.verdict != "visa_free" or not any_length(item.limits)
    return (max_stay_days(rule.limits) or item.max_stay_days + 1) > item.max_stay_days


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
    named = Span(rule.id, "act", rule.act.id)
    return put("{terms}. [{id}]", terms=joined("; ", said), id=named)


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
    code = item.nationality.code if item.passport == "ordinary" else ""
    words, carried = (f" --nationality {code}", f"?nationality={code}") if code else ("", "")
    said, first = tr("no usual visa is known to allow so long a stay."), ""
    if found := usual(item.visas):
        first = f" {found[0][0]}"
        named = [
            put("{code} ({use})", code=Span(visa, "visa", f"{visa}/{carried}"), use=use)
            for visa, use in found
        ]
        said = put("{visas}.", visas=joined(", ", named))
    command = Span(f"`visamap visas{first}{words}`", "command", "#visas")
    return [said, tr("See {command}.", command=command)]


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

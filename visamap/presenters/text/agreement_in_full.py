"""One act in full: how it stands, what it grants, and every event with its sources."""

from collections.abc import Iterator
from datetime import date

from visamap.language import fact, mark, tr, trc
from visamap.presenters.text.layout import Block, labelled, paragraph
from visamap.presenters.words import sentences
from visamap.presenters.words.code_words import confidence, passport_kind, source_kind
from visamap.presenters.words.dates import short
from visamap.presenters.words.wording import capital
from visamap.results.agreements import ActEvent, Agreement
from visamap.results.parts import Between, Country, DataRef, SourceRef, law_first
from visamap.vocabulary import AGREEMENT_KINDS

Numbers = dict[SourceRef, int]
HOME = Country("KAZ", "Kazakhstan")
EVENTS = {
    "draft-published": mark("draft put up for public discussion"),
    "draft-approved": mark("leave to sign given"),
    "signed": mark("signed"),
    "approved": mark("approved"),
    "ratified": mark("ratified"),
    "published": mark("published"),
    "applied-provisionally": mark("applied provisionally"),
    "in-force": mark("entered into force"),
    "amended": mark("amended"),
    "suspended": mark("suspended"),
    "resumed": mark("resumed"),
    "ended": mark("ended"),
    "announced": mark("announced"),
    "evidence": mark("seen in a dated source"),
}
ABOUT = {
    "visa-exemption": mark("travel without a visa"),
    "stay": mark("length of stay and registration; the exemption itself rests on another act"),
    "visa-facilitation": mark("easier visas, no exemption"),
    "visas": mark("visas, no exemption"),
    "registration": mark("registration"),
}
RECIPROCAL = {
    True: mark("for both sides"),
    False: mark("for one side only"),
    None: mark("not known for whom"),
}
STATUSES = {
    None: mark("nothing had happened to it yet"),
    "draft": mark("a draft, not signed"),
    "signed": mark("signed; no approval by Kazakhstan was found"),
    "approved": mark("approved by Kazakhstan; no entry into force was found"),
    "possibly_in_force": mark("possibly in force; whether it is on that day is not certain"),
    "in_force": mark("in force"),
    "suspended": mark("suspended"),
    "ended": mark("ended"),
}
ADOPTED = mark("adopted; no entry into force was found")
"""For Kazakhstan's own acts, which nobody has to approve."""


def in_full(item: Agreement, on: date, data: DataRef, width: int) -> Iterator[str]:
    """Yield an act as lines that fit ``width``; events name their sources by number."""
    listed = (*item.sources, *(source for event in item.events for source in event.sources))
    numbers = {source: n for n, source in enumerate(law_first(listed), 1)}
    yield from paragraph(f"{item.title}.", width)
    adopted = item.status == "signed" and item.kind not in AGREEMENT_KINDS
    status = tr(ADOPTED if adopted else STATUSES[item.status])
    said = tr("On {day}: {status}.", day=on, status=status)
    yield from paragraph(sentences.as_known(said, on, data), width)
    yield ""
    yield from labelled(_blocks(item, numbers), width)
    yield ""
    yield tr("Sources")
    shown = [_source(source, width - 4) for source in numbers]
    yield from (f"{number:>2}. {form}" for number, form in enumerate(shown, 1))
    if any("://" not in form for form in shown):
        yield from paragraph(tr("Addresses too long for a line: --format json."), width)
    yield ""


def _blocks(item: Agreement, numbers: Numbers) -> Iterator[Block]:
    kind = capital(tr(sentences.ACT_KINDS[item.kind]))
    named = tr("{kind} No. {number}", kind=kind, number=item.number) if item.number else kind
    yield tr("Act"), [f"{named}. [{item.id}]"]
    if item.issuer:
        yield tr("Issued by"), [f"{item.issuer}."]
    others = [f"{country.name} ({country.code})" for country in item.partners]
    if others or item.organisation:
        yield (
            trc("the other side of an act", "With"),
            [", ".join([*([item.organisation] if item.organisation else []), *others])],
        )
        yield tr("About"), [f"{tr(ABOUT[item.about])}; {tr(RECIPROCAL[item.reciprocal])}."]
    if item.passports:
        yield tr("Passports"), [", ".join(map(passport_kind, item.passports)) + "."]
    if item.limits:
        yield tr("Terms"), ["; ".join(sentences.terms(limit) for limit in item.limits) + "."]
    names = {country.code: country.name for country in item.partners}
    names[HOME.code] = fact(HOME.name)
    yield tr("Events"), [_event(event, names, numbers) for event in item.events]
    yield from _links(item)
    if item.note:
        yield tr("Note"), [item.note]
    yield tr("Confidence"), [f"{confidence(item.confidence)}."]


def _event(event: ActEvent, names: dict[str, str], numbers: Numbers) -> str:
    said = tr(EVENTS[event.what])
    if event.by:
        said = tr("{event} by {who}", event=said, who=names.get(event.by, event.by))
    said = f"{_when(event.date, event.between)}: {said}"
    said += f", {event.place}" if event.place else ""
    said += f" ({event.act})" if event.act else ""
    note = f" {event.note}" if event.note else ""
    cited = ", ".join(str(n) for n in sorted(numbers[source] for source in event.sources))
    return f"{said}.{note} [{cited}]"


def _when(known: str | None, between: Between | None) -> str:
    if between and not between[1]:
        return tr("{day} or later", day=between[0].isoformat())
    return short(known, between)


def _links(item: Agreement) -> Iterator[Block]:
    if item.amends:
        yield tr("Amends"), [item.amends]
    if item.amended_by:
        yield tr("Amended by"), [", ".join(item.amended_by)]
    if item.replaced_by:
        yield tr("Replaced by"), [item.replaced_by]
    if item.regimes:
        yield tr("Rules"), [", ".join(item.regimes)]


def _source(source: SourceRef, width: int) -> str:
    """Return a source by its address; one that does not fit is named, never broken."""
    kind = source_kind(source.kind)
    forms = (f"{source.url} ({kind})", source.url, f"{source.id} ({kind})")
    return next((form for form in forms if len(form) <= width), source.id)

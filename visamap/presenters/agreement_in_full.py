"""One act in full: how it stands, what it grants, and every event with its sources."""

from collections.abc import Iterator
from datetime import date

from visamap.presenters import sentences
from visamap.presenters.layout import Block, labelled, paragraph
from visamap.results.agreements import ActEvent, Agreement, Between
from visamap.results.parts import Country, SourceRef
from visamap.vocabulary import AGREEMENT_KINDS

Numbers = dict[SourceRef, int]
HOME = Country("KAZ", "Kazakhstan")
EVENTS = {
    "draft-published": "draft put up for public discussion",
    "draft-approved": "leave to sign given",
    "signed": "signed",
    "approved": "approved",
    "ratified": "ratified",
    "published": "published",
    "applied-provisionally": "applied provisionally",
    "in-force": "entered into force",
    "amended": "amended",
    "suspended": "suspended",
    "resumed": "resumed",
    "ended": "ended",
    "announced": "announced",
    "evidence": "seen in a dated source",
}
ABOUT = {
    "visa-exemption": "travel without a visa",
    "stay": "length of stay and registration; the exemption itself rests on another act",
    "visa-facilitation": "easier visas, no exemption",
    "visas": "visas, no exemption",
    "registration": "registration",
}
RECIPROCAL = {True: "for both sides", False: "for one side only", None: "not known for whom"}
STATUSES = {
    None: "nothing had happened to it yet",
    "draft": "a draft, not signed",
    "signed": "signed; no approval by Kazakhstan was found",
    "approved": "approved by Kazakhstan; no entry into force was found",
    "possibly_in_force": "possibly in force; whether it is on that day is not certain",
    "in_force": "in force",
    "suspended": "suspended",
    "ended": "ended",
}
ADOPTED = "adopted; no entry into force was found"
"""For Kazakhstan's own acts, which nobody has to approve."""


def in_full(item: Agreement, on: date, width: int) -> Iterator[str]:
    """Yield an act as lines that fit ``width``; events name their sources by number."""
    listed = (*item.sources, *(source for event in item.events for source in event.sources))
    numbers = {source: n for n, source in enumerate(dict.fromkeys(listed), 1)}
    yield from paragraph(f"{item.title}.", width)
    adopted = item.status == "signed" and item.kind not in AGREEMENT_KINDS
    yield from paragraph(f"On {on}: {ADOPTED if adopted else STATUSES[item.status]}.", width)
    yield ""
    yield from labelled(_blocks(item, numbers), width)
    yield ""
    yield "Sources"
    shown = [_source(source, width - 4) for source in numbers]
    yield from (f"{number:>2}. {form}" for number, form in enumerate(shown, 1))
    if any("://" not in form for form in shown):
        yield from paragraph("Addresses too long for a line: --format json.", width)
    yield ""


def _blocks(item: Agreement, numbers: Numbers) -> Iterator[Block]:
    number = f" No. {item.number}" if item.number else ""
    yield "Act", [f"{sentences.ACT_KINDS[item.kind].capitalize()}{number}. [{item.id}]"]
    if item.issuer:
        yield "Issued by", [f"{item.issuer}."]
    others = [f"{country.name} ({country.code})" for country in item.partners]
    if others or item.organisation:
        yield "With", [", ".join([*([item.organisation] if item.organisation else []), *others])]
        yield "About", [f"{ABOUT[item.about]}; {RECIPROCAL[item.reciprocal]}."]
    if item.passports:
        yield "Passports", [", ".join(item.passports) + "."]
    if item.limits:
        yield "Terms", ["; ".join(sentences.terms(limit) for limit in item.limits) + "."]
    names = {country.code: country.name for country in (HOME, *item.partners)}
    yield "Events", [_event(event, names, numbers) for event in item.events]
    yield from _links(item)
    if item.note:
        yield "Note", [item.note]
    yield "Confidence", [f"{item.confidence}."]


def _event(event: ActEvent, names: dict[str, str], numbers: Numbers) -> str:
    said = f"{_when(event.date, event.between)}: {EVENTS[event.what]}"
    said += f" by {names.get(event.by, event.by)}" if event.by else ""
    said += f", {event.place}" if event.place else ""
    said += f" ({event.act})" if event.act else ""
    note = f" {event.note}" if event.note else ""
    cited = ", ".join(str(n) for n in sorted(numbers[source] for source in event.sources))
    return f"{said}.{note} [{cited}]"


def _when(known: str | None, between: Between | None) -> str:
    if between is None:
        return str(known)
    return f"{between[0]}..{between[1]}" if between[1] else f"{between[0]} or later"


def _links(item: Agreement) -> Iterator[Block]:
    if item.amends:
        yield "Amends", [item.amends]
    if item.amended_by:
        yield "Amended by", [", ".join(item.amended_by)]
    if item.replaced_by:
        yield "Replaced by", [item.replaced_by]
    if item.regimes:
        yield "Rules", [", ".join(item.regimes)]


def _source(source: SourceRef, width: int) -> str:
    """Return a source by its address; one that does not fit is named, never broken."""
    forms = (f"{source.url} ({source.kind})", source.url, f"{source.id} ({source.kind})")
    return next((form for form in forms if len(form) <= width), source.id)

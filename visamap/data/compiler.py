"""Cuts regimes at the bounds of their dates and at suspensions, for each holder of a passport.

What comes out are spans of days in which one rule holds, may hold, or is halted. Rules stay whole
in the data; nothing is judged here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel

from visamap.dates import Bounded, PartialDate, Period
from visamap.schema.base import Dated
from visamap.schema.dataset import Dataset
from visamap.schema.law import (
    EntryDocument,
    Event,
    Instrument,
    Regime,
    Selector,
    Suspension,
    Transit,
)
from visamap.store.index import Tables
from visamap.vocabulary import HOME, Passport, Purpose


class Piece(NamedTuple):
    """Days of one rule in one state; the fields are those of ``visamap.store.index.Span``."""

    regime: str
    state: str
    period: Period
    by: str | None
    paper: str | None = None


def effective(regime: Regime, act: Instrument) -> Bounded:
    """Return the period of a regime; without dates of its own it takes those of its act."""
    own = regime.bounded
    if own.start_not_before is not None or act.basis != "agreement":
        return own
    event = next((event for event in act.events if event.what == "in-force"), None)
    if event is None:
        return own
    first, last = event.between or (event.earliest.first, event.earliest.last)
    return own._replace(start_not_before=first, start_not_after=last)


def spans(dataset: Dataset, acts: Mapping[str, Instrument]) -> dict[str, list[Piece]]:
    """Return the pieces of all rules by ``CODE/passport``, in the order of their start."""
    found: dict[str, list[Piece]] = defaultdict(list)
    for regime in dataset.regimes:
        bounds = effective(regime, acts[regime.instrument])
        for code in regime.nationalities:
            halted_by = [one for one in dataset.suspensions if halts(one, regime, code)]
            cut = [Piece(regime.id, *piece) for piece in _cut(bounds, halted_by)]
            for passport in regime.passports:
                found[f"{code}/{passport}"] += cut
    for paper in dataset.entry_documents:
        _stand_in(found, paper)
    for key in {f"{code}/id_card" for p in dataset.entry_documents for code in p.nationalities}:
        found[key] = _once(found[key])
    return {key: sorted(cut, key=_by_start) for key, cut in sorted(found.items()) if cut}


def sure_days(regime: Regime, act: Instrument, halted_by: Iterable[Suspension]) -> list[Period]:
    """Return the days on which a regime holds for certain for whom these suspensions halt."""
    cut = _cut(effective(regime, act), halted_by)
    return [period for state, period, _ in cut if state == "certain"]


def stops(rule: Transit, code: str, suspensions: Iterable[Suspension]) -> list[tuple[Period, bool]]:
    """Return the days on which a nationality may make a stop, halted ones taken out, and how sure.

    A stop that may be halted, or that rests on weak evidence, is only possible.
    """
    halts = [one for one in suspensions if rule.id in one.transit and _concerns(one, code)]
    return [
        (period, state == "certain" and rule.confidence != "low")
        for state, period, _ in _cut(rule.bounded, halts)
        if state != "halted"
    ]


def _by_start(piece: Piece) -> tuple[str, str, str]:
    first = piece.period.first
    return first.isoformat() if first else "", piece.regime, piece.state


def _cut(bounds: Bounded, halts: Iterable[Suspension]) -> Iterator[tuple[str, Period, str | None]]:
    """Yield the certain, uncertain and halted parts of a rule, and what halts them.

    A suspension is judged like a rule: at uncertain ends or on weak evidence it only may halt.
    """
    sure = [
        (one.id, part) for one in halts if one.confidence != "low" if (part := one.bounded.certain)
    ]
    perhaps = [(one.id, one.bounded.whole) for one in halts]
    for state, whole in _parts(bounds):
        left = [whole]
        for halted, found in (("halted", sure), ("halt_uncertain", perhaps)):
            if halted == "halt_uncertain" and state != "certain":
                continue
            for suspension, part in found:
                for piece in left:
                    if shared := piece.meets(part):
                        yield halted, shared, suspension
                left = [rest for piece in left for rest in piece.without(part)]
        for piece in left:
            yield state, piece, None


def _parts(bounds: Bounded) -> Iterator[tuple[str, Period]]:
    if bounds.certain:
        yield "certain", bounds.certain
    for part in bounds.possible:
        sure = bounds.start_not_after
        early = sure is not None and part.last is not None and part.last < sure
        yield "start_uncertain" if early else "end_uncertain", part


def halts(suspension: Suspension, regime: Regime, code: str) -> bool:
    """Tell whether a suspension is about a regime of a nationality."""
    named = regime.id in suspension.regimes or regime.instrument in suspension.instruments
    return named and _concerns(suspension, code)


def _concerns(suspension: Suspension, code: str) -> bool:
    only = suspension.only_nationalities
    return code not in suspension.except_nationalities and (not only or code in only)


def _stand_in(found: dict[str, list[Piece]], paper: EntryDocument) -> None:
    """Give the holder of a paper the regimes of the passport that it is accepted in place of.

    Where the paper is doubted, so is all that rests on it.
    """
    if paper.document != "id_card" or paper.in_place_of in {None, "id_card"}:
        return
    for code in paper.nationalities:
        holder = found[f"{code}/id_card"]
        for piece in found.get(f"{code}/{paper.in_place_of}", ()):
            for state, accepted in _parts(paper.bounded):
                if shared := piece.period.meets(accepted):
                    sure = state == "certain" and paper.confidence != "low"
                    doubted = piece.state == "certain" and not sure
                    said = "paper_uncertain" if doubted else piece.state
                    holder.append(piece._replace(state=said, period=shared, paper=paper.id))


def _once(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with each day of a rule in one state, a certain one before a doubt."""
    kept: dict[str, list[Piece]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda piece: piece.state not in {"certain", "halted"}):
        left = [piece.period]
        for known in kept[piece.regime]:
            left = [rest for part in left for rest in part.without(known.period)]
        kept[piece.regime] += [piece._replace(period=part) for part in left]
    return [piece for of_rule in kept.values() for piece in of_rule]


Row = list[Any]
VISITOR_PURPOSES: frozenset[Purpose] = frozenset(
    {"tourism", "private", "business", "transit", "remote-work", "treatment"}
)


def compiled(dataset: Dataset, digest: str, countries: Tables) -> tuple[Tables, Tables]:
    """Return the tables that ``check`` needs, and all records in full."""
    acts = {instrument.id: instrument for instrument in dataset.instruments}
    tables: Tables = {
        **countries,
        "release": dataset.meta.release.isoformat(),
        "schema": dataset.meta.schema_,
        "digest": digest,
        "coverage": {c.passport: c.from_.isoformat() for c in dataset.meta.coverage},
        "groups": {
            group.id: [[member.code, _bounds(member)] for member in group.members]
            for group in dataset.groups
        },
        "acts": {act.id: _act(act) for act in dataset.instruments},
        "regimes": {regime.id: _regime(regime, acts) for regime in dataset.regimes},
        "spans": {
            key: [_span(piece) for piece in cut] for key, cut in spans(dataset, acts).items()
        },
        "suspensions": {
            s.id: {"act": s.act, "bounds": _bounds(s), "sources": s.sources}
            for s in dataset.suspensions
        },
        "overlays": [
            _domestic(
                o,
                limits=plain(o.limits),
                act=o.act,
                counts_from=iso(o.counts_from),
                sure=o.confidence != "low",
            )
            for o in dataset.overlays
        ],
        "advisories": [
            _domestic(a, kind=a.kind, text=a.text, short=a.short) for a in dataset.advisories
        ],
        "duties": [
            _domestic(
                duty,
                kind=duty.kind,
                by=duty.by,
                voluntary=duty.voluntary,
                within_days=duty.within_days,
                day_kind=duty.day_kind,
                text=duty.text,
                short=duty.short,
            )
            for duty in dataset.duties
        ],
        "transit": [
            {
                "id": rule.id,
                "hours": rule.hours,
                "airports": rule.airports,
                "carriers": rule.carriers,
                "passports": rule.passports,
                "parts": {
                    code: [
                        [*map(iso, part), sure]
                        for part, sure in stops(rule, code, dataset.suspensions)
                    ]
                    for code in rule.nationalities
                },
            }
            for rule in dataset.transit
        ],
        "documents": [
            {
                "id": paper.id,
                "title": paper.title,
                "document": paper.document,
                "terms": paper.terms,
                "short": paper.short,
                "in_place_of": paper.in_place_of,
                "confidence": paper.confidence,
                "nationalities": paper.nationalities,
                "bounds": _bounds(paper),
                "conditions": {
                    word: value
                    for word in ("min_age", "max_age", "territory")
                    if (value := getattr(paper, word)) is not None
                },
                "sources": paper.sources,
            }
            for paper in dataset.entry_documents
            if paper.nationalities
        ],
        "lists": [
            {
                "id": listed.id,
                "purpose": listed.purpose,
                "complete": listed.complete,
                "confidence": listed.confidence,
                # Weak evidence speaks only where it stands in for a list that was not found.
                "speaks": listed.confidence != "low" or listed.stand_in_for is not None,
                "members": listed.members,
                "bounds": _bounds(listed),
            }
            for listed in dataset.country_lists
            if listed.members
        ],
        "visitor_visas": [
            {
                "code": visa.code,
                "from": iso(visa.introduced),
                "until": iso(visa.abolished),
                "passports": visa.passports,
                "stay": visa.stay_days_per_entry,
            }
            for visa in dataset.visas
            if visa.passports or VISITOR_PURPOSES & set(visa.purposes)
        ],
        "pending": list(_pending(acts, {kind.passport for kind in dataset.meta.coverage})),
        "sources": {source.id: [source.url, source.kind] for source in dataset.sources},
    }
    sections: Tables = {name: [] for name, held in dataset if isinstance(held, tuple)}
    return _json(tables), {**sections, **plain(dataset)}


def plain(value: Any) -> Any:
    """Return records as JSON values, keys that are null or empty left out."""
    if isinstance(value, BaseModel):
        dumped = value.model_dump(mode="json", by_alias=True, exclude_none=True)
        return {key: entry for key, entry in dumped.items() if entry not in ([], {})}
    return [plain(entry) for entry in value]


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _json(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_json(entry) for entry in value]
    return value


def iso(day: date | None) -> str | None:
    """Return a day as the tables hold it."""
    return day.isoformat() if day else None


def _bounds(record: Dated) -> Row:
    return [iso(day) for day in record.bounded]


def _act(act: Instrument) -> Row:
    signed, in_force = (_known_day(act, word) for word in ("signed", "in-force"))
    return [act.kind, act.basis, act.title, act.number, iso(signed), iso(in_force), act.sources]


def _known_day(act: Instrument, word: str) -> date | None:
    """Return the first day on which ``word`` happened to the act, where the day is known."""
    dates = [event.date for event in act.events if event.what == word]
    return dates[0].day if dates and isinstance(dates[0], PartialDate) else None


def _span(piece: Piece) -> Row:
    paper = [piece.paper] if piece.paper else []
    return [piece.regime, piece.state, *map(iso, piece.period), piece.by, *paper]


def _regime(regime: Regime, acts: dict[str, Instrument]) -> dict[str, Any]:
    return {
        "instrument": regime.instrument,
        "limits": [limit.model_dump() for limit in regime.limits],
        "bounds": [iso(day) for day in effective(regime, acts[regime.instrument])],
        "scope": regime.scope,
        "confidence": regime.confidence,
        "purposes": regime.purposes,
        "conditions": plain(regime.conditions),
        "dispute": plain(regime.disputed) if regime.disputed else None,
        "note": regime.note,
        "amended_by": regime.amended_by,
        "sources": regime.sources,
    }


def _domestic(record: Any, **fields: Any) -> dict[str, Any]:
    chosen: Selector = record.applies_to
    return {
        "id": record.id,
        "selector": [
            chosen.basis,
            chosen.groups,
            chosen.except_groups,
            chosen.nationalities,
            chosen.except_nationalities,
            chosen.passports,
            chosen.stay_over_days,
            chosen.max_stay_over_days,
        ],
        "bounds": _bounds(record),
        "fields": fields,
        "sources": record.sources,
    }


def _pending(
    acts: Mapping[str, Instrument], covered: Collection[Passport]
) -> Iterator[dict[str, Any]]:
    """Yield exemption agreements that Kazakhstan approved and that were not found in force.

    One of which only the signature was found counts for passports of which a missing rule says
    nothing: for the others the answer is a visa until it is approved. A protocol counts only where
    it opens the agreement to further passports; one that changes the terms of passports that are
    exempt anyway leaves no doubt about the exemption.
    """
    for act in acts.values():
        amended = acts.get(act.amends or "")
        if amended and set(act.passports) <= set(amended.passports):
            continue
        words = {event.what for event in act.events}
        if act.basis != "agreement" or act.about != "visa-exemption":
            continue
        if words & {"in-force", "applied-provisionally", "ended"}:
            continue
        approvals = [
            event
            for event in act.events
            if event.what in {"approved", "ratified"} and event.by == HOME
        ]
        signings = [event for event in act.events if event.what == "signed"]
        passports = tuple(p for p in act.passports if approvals or p not in covered)
        if not passports or not (approvals or signings):
            continue
        yield {
            "instrument": act.id,
            "partners": act.partners,
            "passports": passports,
            "from": min(event.earliest.first for event in approvals or signings).isoformat(),
            **_told("approved", approvals),
            **_told("signed", signings),
            "limits": [limit.model_dump() for limit in act.terms],
            "sources": act.sources,
        }


def _told(name: str, events: Collection[Event]) -> dict[str, Any]:
    """Return when one of these events was, as far as known: its date, else its bounds."""
    best = min(events, key=lambda event: (event.date is None, event.earliest.first), default=None)
    between = best and best.between
    return {
        name: best.date.text if best and best.date else None,
        f"{name}_between": between and [iso(day) for day in between],
    }

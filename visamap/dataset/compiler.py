"""From checked records to the tables of ``visamap.index``: laid out once, asked often.

The tables are plain JSON and deterministic. Nothing is judged here.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from visamap.dataset.spans import Piece, effective, spans, stops
from visamap.index import Tables
from visamap.models.base import Dated
from visamap.models.dataset import Dataset
from visamap.models.law import Instrument, Regime, Selector
from visamap.periods import PartialDate
from visamap.queries.verdict import HOME
from visamap.vocabulary import Purpose

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
        "suspensions": {s.id: {"act": s.act, "sources": s.sources} for s in dataset.suspensions},
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
        "advisories": [_domestic(a, kind=a.kind, text=a.text) for a in dataset.advisories],
        "duties": [
            _domestic(
                duty,
                kind=duty.kind,
                by=duty.by,
                voluntary=duty.voluntary,
                within_days=duty.within_days,
                day_kind=duty.day_kind,
                text=duty.text,
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
        "pending": list(_pending(acts)),
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


def _pending(acts: Mapping[str, Instrument]) -> Iterator[dict[str, Any]]:
    """Yield exemption agreements that Kazakhstan approved and that were not found in force.

    A protocol counts only where it opens the agreement to further passports; one that changes the
    terms of passports that are exempt anyway leaves no doubt about the exemption.
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
        if not approvals:
            continue
        best = min(approvals, key=lambda event: (event.date is None, event.earliest.first))
        yield {
            "instrument": act.id,
            "partners": act.partners,
            "passports": act.passports,
            "from": min(event.earliest.first for event in approvals).isoformat(),
            "approved": best.date.text if best.date else None,
            "approved_between": best.between and [day and day.isoformat() for day in best.between],
            "limits": [limit.model_dump() for limit in act.terms],
            "sources": act.sources,
        }

"""Checks that need more than one record: ids, links, order, overlaps, coverage by sources.

Each rule takes the whole dataset and yields findings; it never mends, prints or stops.
Rules that concern a single record belong in ``visamap.models``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel

from visamap.dataset.compiler import effective
from visamap.models.dataset import Dataset
from visamap.models.law import Regime

Path = tuple[str | int, ...]


class Finding(NamedTuple):
    """A broken rule at a path into the file."""

    path: Path
    rule: str
    message: str
    severity: Literal["error", "warning"] = "error"


def broken(dataset: Dataset, known_codes: frozenset[str]) -> Iterator[Finding]:
    """Yield everything that is wrong with the dataset as a whole."""
    yield from ids_once(dataset)
    yield from links_resolve(dataset)
    yield from sources_exist(dataset)
    yield from codes_known(dataset, known_codes)
    yield from sources_sorted(dataset)
    yield from events_in_order(dataset)
    yield from regimes_within_acts(dataset)
    yield from no_overlaps(dataset)


def records(dataset: Dataset) -> Iterator[tuple[Path, Any]]:
    """Yield every record of every section, and those inside a mapping section, with its path."""
    for section in type(dataset).model_fields:
        value = getattr(dataset, section)
        if isinstance(value, tuple):
            yield from (((section, n), record) for n, record in enumerate(value))
        elif isinstance(value, BaseModel):
            yield (section,), value
            for field in type(value).model_fields:
                inner = getattr(value, field)
                if isinstance(inner, tuple):
                    yield from (
                        ((section, field, n), record)
                        for n, record in enumerate(inner)
                        if isinstance(record, BaseModel)
                    )


def ids_once(dataset: Dataset) -> Iterator[Finding]:
    """An id names one record, and a retired id names none."""
    retired = {record.id for record in dataset.retired_ids}
    seen: dict[tuple[str, str], Path] = {}
    for path, record in records(dataset):
        key = getattr(record, "id", None) or getattr(record, "code", None)
        if key is None or path[0] == "retired_ids":
            continue
        place = (str(path[0]), key)
        if place in seen:
            yield Finding(
                path, "ids-once", f"id {key!r} is used twice in {path[0]}; rename this one"
            )
        seen.setdefault(place, path)
        if key in retired:
            yield Finding(path, "ids-once", f"id {key!r} is retired; choose another")


def links_resolve(dataset: Dataset) -> Iterator[Finding]:
    """An id that points to another record has a record to point to."""
    ids = {
        section: {r.id for r in getattr(dataset, section)}
        for section in ("groups", "instruments", "regimes", "transit", "country_lists")
    }
    visas = {visa.code for visa in dataset.visas}
    targets: dict[str, tuple[str, set[str]]] = {
        "instrument": ("instruments", ids["instruments"]),
        "instruments": ("instruments", ids["instruments"]),
        "act": ("instruments", ids["instruments"]),
        "amends": ("instruments", ids["instruments"]),
        "replaced_by": ("instruments", ids["instruments"]),
        "amended_by": ("instruments", ids["instruments"]),
        "regimes": ("regimes", ids["regimes"]),
        "transit": ("transit", ids["transit"]),
        "groups": ("groups", ids["groups"]),
        "except_groups": ("groups", ids["groups"]),
        "invitation_exempt": ("country_lists", ids["country_lists"]),
        "stand_in_for": ("country_lists", ids["country_lists"]),
        "lists": ("country_lists", ids["country_lists"]),
        "visa": ("visas", visas),
        "visas": ("visas", visas),
        "about": (
            "any section",
            {getattr(r, "id", getattr(r, "code", "")) for _, r in records(dataset)},
        ),
    }
    for path, record in records(dataset):
        if path[0] in {"meta", "retired_ids"} or path == ("fees",):
            continue
        for where, field, value in _linked(path, record, targets):
            section, known = targets[field]
            if value not in known:
                yield Finding(
                    where,
                    "links-resolve",
                    f"{field}: {value!r} is not in {section}; fix the id or add it",
                )


def _linked(path: Path, record: Any, targets: dict[str, Any]) -> Iterator[tuple[Path, str, str]]:
    for field in type(record).model_fields:
        value = getattr(record, field)
        if field == "applies_to":
            yield from _linked((*path, field), value, targets)
        elif field not in targets or value is None or _is_plain_text(record, field):
            continue
        elif isinstance(value, str):
            yield (*path, field), field, value
        elif isinstance(value, tuple):
            yield from (
                ((*path, field, n), field, v) for n, v in enumerate(value) if isinstance(v, str)
            )


def _is_plain_text(record: Any, field: str) -> bool:
    """Tell the few fields whose name is that of a link and whose value is words."""
    return (field == "act" and type(record).__name__ == "FeeTable") or (
        field == "about" and type(record).__name__ != "OpenQuestion"
    )


def cited(record: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every source id that a record cites, at any depth."""
    for field in type(record).model_fields:
        value = getattr(record, field)
        if field in {"sources", "mci_sources"}:
            yield from (((*path, field, n), source) for n, source in enumerate(value))
        elif isinstance(value, BaseModel):
            yield from cited(value, (*path, field))
        elif isinstance(value, tuple):
            for n, inner in enumerate(value):
                if isinstance(inner, BaseModel):
                    yield from cited(inner, (*path, field, n))


def sources_exist(dataset: Dataset) -> Iterator[Finding]:
    """Every cited source is listed, and every listed source is cited."""
    listed = {source.id for source in dataset.sources}
    used: set[str] = set()
    for section in type(dataset).model_fields:
        value = getattr(dataset, section)
        if section == "sources" or value is None:
            continue
        inside = value if isinstance(value, tuple) else (value,)
        for n, record in enumerate(inside):
            start: Path = (section, n) if isinstance(value, tuple) else (section,)
            for path, source in cited(record, start):
                used.add(source)
                if source not in listed:
                    yield Finding(
                        path,
                        "sources-exist",
                        f"source {source!r} is not listed; add it under 'sources:' or fix the id",
                    )
    for n, entry in enumerate(dataset.sources):
        if entry.id not in used:
            yield Finding(
                ("sources", n),
                "sources-used",
                f"source {entry.id!r} is cited nowhere; cite it where it belongs or take it out",
            )


def codes_known(dataset: Dataset, known_codes: frozenset[str]) -> Iterator[Finding]:
    """Country codes are ISO 3166-1 alpha-3 or ICAO 9303 codes that exist."""
    for path, record in records(dataset):
        yield from _unknown_codes(record, path, known_codes)


def _unknown_codes(record: Any, path: Path, known: frozenset[str]) -> Iterator[Finding]:
    lists = (
        "nationalities",
        "except_nationalities",
        "only_nationalities",
        "partners",
        "members",
        "names",
    )
    for field in type(record).model_fields:
        value = getattr(record, field)
        if field in lists:
            codes = [(n, getattr(v, "code", v)) for n, v in enumerate(value)]
            for n, code in codes:
                if code not in known:
                    yield Finding(
                        (*path, field, n),
                        "codes-known",
                        f"{code!r} is no ISO 3166-1 alpha-3 or ICAO 9303 code; correct it",
                    )
        elif isinstance(value, BaseModel):
            yield from _unknown_codes(value, (*path, field), known)


def sources_sorted(dataset: Dataset) -> Iterator[Finding]:
    """Sources stand in the order of their ids, so that two people add one at the same place."""
    for n, (before, after) in enumerate(pairwise(dataset.sources), start=1):
        if before.id > after.id:
            yield Finding(
                ("sources", n),
                "sorted",
                f"{after.id} stands after {before.id}; sort the sources by id",
            )


def events_in_order(dataset: Dataset) -> Iterator[Finding]:
    """Events of an instrument stand in the order in which they can have happened."""
    for n, act in enumerate(dataset.instruments):
        for m, (before, after) in enumerate(pairwise(act.events), start=1):
            if after.earliest.last < before.earliest.first:
                yield Finding(
                    ("instruments", n, "events", m),
                    "events-in-order",
                    f"{after.what} ({after.earliest.first}) stands after {before.what} "
                    f"({before.earliest.first}); put the events in order",
                )


def regimes_within_acts(dataset: Dataset) -> Iterator[Finding]:
    """A regime of an agreement starts with its act's entry into force, never before."""
    acts = {act.id: act for act in dataset.instruments}
    for n, regime in enumerate(dataset.regimes):
        act = acts.get(regime.instrument)
        if act is None:
            continue
        starts = [
            event.earliest.first
            for event in act.events
            if event.what in {"in-force", "applied-provisionally"}
        ]
        own = effective(regime, act).start_not_before
        if own is None:
            yield Finding(
                ("regimes", n),
                "regime-start",
                f"{regime.id} has no start and {act.id} no entry into force; give `from` or its bounds",
            )
        elif act.basis == "agreement" and (not starts or own < min(starts)):
            when = f"on {min(starts)}" if starts else "on no known day"
            yield Finding(
                ("regimes", n),
                "regime-before-act",
                f"{regime.id} starts on {own}, but {act.id} enters into force {when}; correct one of them",
            )


def no_overlaps(dataset: Dataset) -> Iterator[Finding]:
    """Under one instrument a passport has one regime a day; uncertain days may overlap."""
    acts = {act.id: act for act in dataset.instruments}
    by_holder: dict[tuple[str, str, str, str], list[tuple[int, Regime]]] = defaultdict(list)
    for n, regime in enumerate(dataset.regimes):
        for code in regime.nationalities:
            for passport in regime.passports:
                by_holder[regime.instrument, code, passport, regime.scope].append((n, regime))
    told: set[tuple[str, str]] = set()
    for (instrument, code, held, _scope), found in by_holder.items():
        for (_, one), (n, other) in _pairs(found):
            if instrument not in acts or (one.id, other.id) in told:
                continue
            mine, theirs = (effective(r, acts[instrument]).certain for r in (one, other))
            if mine and theirs and mine.meets(theirs):
                told.add((one.id, other.id))
                yield Finding(
                    ("regimes", n),
                    "overlap",
                    f"{other.id} and {one.id} both hold for {code} ({held}) under {instrument}; "
                    "end one before the other begins",
                )


def _pairs(
    found: list[tuple[int, Regime]],
) -> Iterable[tuple[tuple[int, Regime], tuple[int, Regime]]]:
    return ((one, other) for k, one in enumerate(found) for other in found[k + 1 :])


Rule = Callable[[Dataset], Iterator[Finding]]

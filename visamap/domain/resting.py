"""Which records rest on which source, the most important first: rules in force before all else."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from visamap.results.watch import Resting
from visamap.store.index import Index

IMPORTANCE = (
    "regimes", "suspensions", "overlays", "advisories", "duties", "entry_documents", "transit",
    "visas", "e_visa", "country_lists", "procedures", "fees", "penalties", "instruments", "rules",
    "crossings", "trains", "closures",
)  # fmt: skip
"""Sections from what decides an answer to what is told besides; the others follow."""
APART = ("outbound", "region")


def resting(indexes: Iterable[Index], on: date) -> dict[str, tuple[Resting, ...]]:
    """Return the records that cite each source, by its id."""
    found: dict[str, dict[Resting, None]] = {}
    for one, row in _records(list(indexes), on.isoformat()):
        for source in _cited(row):
            found.setdefault(source, {})[one] = None
    return {source: tuple(sorted(told, key=rank)) for source, told in found.items()}


def rank(one: Resting) -> tuple[bool, int, str]:
    """Return what orders records: those in force first, then by section and id."""
    known = one.section in IMPORTANCE
    place = IMPORTANCE.index(one.section) if known else len(IMPORTANCE)
    return not (one.in_force and known), place, one.id


def _records(indexes: list[Index], day: str) -> Iterator[tuple[Resting, Any]]:
    tables: list[tuple[str | None, Any]] = [(one.home, one.records) for one in indexes]
    for home, table in [*tables, *((None, indexes[0].apart(name)) for name in APART)]:
        for section, held in table.items():
            rows = held if isinstance(held, list) else [{"id": section, **(held or {})}]
            for row in rows if section not in {"meta", "sources"} else ():
                if isinstance(row, dict) and (name := row.get("id") or row.get("code")):
                    yield Resting(section, name, home, _in_force(row, day)), row


def _in_force(row: dict[str, Any], day: str) -> bool:
    first = row.get("from") or row.get("from_not_before") or row.get("introduced") or ""
    last = row.get("to") or row.get("to_not_after") or row.get("abolished") or "9999"
    return str(first) <= day <= str(last)


def _cited(value: Any) -> Iterator[str]:
    """Yield the sources that a record names, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "sources" and isinstance(inner, list):
                yield from (name for name in inner if isinstance(name, str))
            else:
                yield from _cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _cited(inner)

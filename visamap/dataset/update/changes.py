"""What two copies of the matrix say differently; it compares and judges nothing."""

from collections.abc import Mapping
from typing import Any

from visamap.figures import CENTRAL_ASIA
from visamap.index import Index
from visamap.queries.verdict import HOME
from visamap.results.parts import Country
from visamap.results.update import PairChange, Requirement

Pairs = Mapping[str, Mapping[str, Any]]


def changes(before: Pairs, after: Pairs, index: Index) -> tuple[tuple[PairChange, ...], int]:
    """Return the changes of Central Asian passports and at Kazakhstan's border; count the others.

    Sorted by passport, the five first; ``index`` gives the names.
    """
    ours, elsewhere = [], 0
    for passport in sorted({*before, *after}, key=lambda code: (code not in CENTRAL_ASIA, code)):
        old, new = before.get(passport, {}), after.get(passport, {})
        if old == new:
            continue
        for destination in sorted({*old, *new}):
            was, now = old.get(destination), new.get(destination)
            if was == now:
                continue
            if passport in CENTRAL_ASIA or destination == HOME:
                countries = _country(index, passport), _country(index, destination)
                ours.append(PairChange(*countries, _requirement(was), _requirement(now)))
            else:
                elsewhere += 1
    return tuple(ours), elsewhere


def _country(index: Index, code: str) -> Country:
    """Return a country; a copy of another time may hold a code that we no longer know."""
    return index.country(code) if code in index.tables["countries"] else Country(code, code)


def _requirement(entry: Any) -> Requirement | None:
    return Requirement(*entry) if entry else None

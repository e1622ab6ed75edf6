"""Cuts regimes at the bounds of their dates and at suspensions, for each holder of a passport.

What comes out are spans of days in which one rule holds, may hold, or is halted. Rules stay whole
in the data; nothing is judged here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from visamap.models.dataset import Dataset
from visamap.models.law import EntryDocument, Instrument, Regime, Suspension, Transit
from visamap.periods import Bounded, Period


class Piece(NamedTuple):
    """Days of one rule in one state; the fields are those of ``visamap.index.Span``."""

    regime: str
    state: str
    period: Period
    by: str | None


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
            cut = list(_cut(regime, bounds, code, dataset.suspensions))
            for passport in regime.passports:
                found[f"{code}/{passport}"] += cut
    for paper in dataset.entry_documents:
        _stand_in(found, paper)
    return {key: sorted(cut, key=_by_start) for key, cut in sorted(found.items())}


def unhalted(rule: Transit, code: str, suspensions: Iterable[Suspension]) -> list[Period]:
    """Return the certain days of a transit rule for one nationality, halted ones taken out."""
    left = [part] if (part := rule.bounded.certain) else []
    for suspension in suspensions:
        halted = suspension.bounded.certain
        if halted and rule.id in suspension.transit and _concerns(suspension, code):
            left = [rest for piece in left for rest in piece.without(halted)]
    return left


def _by_start(piece: Piece) -> tuple[str, str, str]:
    first = piece.period.first
    return first.isoformat() if first else "", piece.regime, piece.state


def _cut(
    regime: Regime, bounds: Bounded, code: str, suspensions: Iterable[Suspension]
) -> Iterator[Piece]:
    """Yield the certain, uncertain and halted parts of a regime for one nationality."""
    halts = [
        (suspension.id, halted)
        for suspension in suspensions
        if _halts(suspension, regime, code) and (halted := suspension.bounded.certain)
    ]
    for state, whole in _parts(bounds):
        left = [whole]
        for suspension_id, halted in halts:
            for piece in left:
                if shared := piece.meets(halted):
                    yield Piece(regime.id, "halted", shared, suspension_id)
            left = [rest for piece in left for rest in piece.without(halted)]
        for piece in left:
            yield Piece(regime.id, state, piece, None)


def _parts(bounds: Bounded) -> Iterator[tuple[str, Period]]:
    if bounds.certain:
        yield "certain", bounds.certain
    for part in bounds.possible:
        sure = bounds.start_not_after
        early = sure is not None and part.last is not None and part.last < sure
        yield "start_uncertain" if early else "end_uncertain", part


def _halts(suspension: Suspension, regime: Regime, code: str) -> bool:
    named = regime.id in suspension.regimes or regime.instrument in suspension.instruments
    return named and _concerns(suspension, code)


def _concerns(suspension: Suspension, code: str) -> bool:
    only = suspension.only_nationalities
    return code not in suspension.except_nationalities and (not only or code in only)


def _stand_in(found: dict[str, list[Piece]], paper: EntryDocument) -> None:
    """Give the holder of a paper the regimes of the passport that it is accepted in place of."""
    accepted = paper.bounded.certain
    if paper.document != "id_card" or paper.in_place_of is None or accepted is None:
        return
    for code in paper.nationalities:
        for piece in tuple(found.get(f"{code}/{paper.in_place_of}", ())):
            if shared := piece.period.meets(accepted):
                found[f"{code}/id_card"].append(piece._replace(period=shared))

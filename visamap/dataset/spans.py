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
                    weak = "low_confidence" if paper.confidence == "low" else state
                    said = weak if piece.state == "certain" else piece.state
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

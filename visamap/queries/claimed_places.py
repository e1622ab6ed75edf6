"""Figures of passports (destinations, scores, ranks), laid against the snapshots and editions.

Looked at are the snapshots within the time that is meant, the last one before it and the first one
after: what changed in between changed on a day that nobody wrote down. Published editions of the
same stretch are witnesses too, unless they rest on the claim's own pages.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from visamap.figures import CENTRAL_ASIA, ClaimReason
from visamap.index import Index, Tables
from visamap.periods import PartialDate
from visamap.queries.claimed_counts import Finding
from visamap.queries.rank_rows import RECOMPUTED, Dated, published, recomputed
from visamap.results.ranks import Rank

NEAR_SCORE = 3
"""How far a score may lie from a figure that seems to be a score printed as a rank."""

Value = Callable[[Rank], int | None]


class Known(NamedTuple):
    """Values around a time: those within it, and all with their neighbours, oldest first."""

    within: list[tuple[Rank, int]]
    around: list[tuple[Rank, int]]

    @property
    def ours(self) -> int | None:
        """The value, where it is one for the whole time."""
        values = {value for _, value in self.within or self.around}
        return values.pop() if len(values) == 1 else None

    @property
    def bounds(self) -> tuple[int, int]:
        """The lowest and the highest value around the time."""
        values = [value for _, value in self.around]
        return min(values), max(values)


def placed(index: Index, claim: Tables, time: PartialDate) -> Finding:
    """Lay a figure of a passport against the rows around its time."""
    what, passport = claim["what"], claim["passport"]
    if what == "highest-in-central-asia":
        return _highest(index, claim, time)
    rows = list(_snapshots(index, passport)) if claim.get("index") != "henley" else []
    snapshots = _around(rows, time, VALUES[what])
    if what in WITH_ETA:
        # An eTA is no visa, and those who count differ on whether it is one.
        with_eta = _around(rows, time, WITH_ETA[what])
        return _compared(claim, snapshots, with_eta, {})
    editions = _editions(index, passport, claim)
    witnesses = _witnesses(editions, snapshots, time, VALUES[what])
    scores = _around(rows or editions, time, VALUES["mobility-score"])
    values = {"scores": scores.bounds} if scores.around else {}
    return _compared(claim, snapshots if snapshots.around else witnesses, witnesses, values)


def _compared(claim: Tables, known: Known, more: Known, values: dict[str, Any]) -> Finding:
    """Lay a figure against what is known; ``more`` widens the bounds."""
    if not known.around:
        return Finding("before_our_data")
    claimed, ours = claim["claimed"], known.ours
    whole = Known([], [*known.around, *more.around])
    low, high = whole.bounds
    last = (known.within or known.around)[-1][0]
    values = {
        **values,
        "edition": last.edition,
        "published": last.published,
        "ranks": last.of,
        "passports": last.passports,
        "individual_rank": last.individual_rank,
    }
    reason: ClaimReason
    if claimed == ours:
        among = claim.get("of")
        dense = claim["what"] == "rank" and among is not None and among != last.of
        reason = "same_dense_rank" if dense else "same_value"
    elif low <= claimed <= high:
        reason = "between_neighbours"
    elif claim["what"] == "rank" and _near(claimed, values.get("scores")):
        reason = "score_printed_as_rank"
    else:
        reason = "other_value"
    editions = tuple(dict.fromkeys(rank.edition for rank, _ in whole.around))
    return Finding(reason, ours, (low, high), editions, values)


def _near(claimed: int, scores: tuple[int, int] | None) -> bool:
    return scores is not None and scores[0] - NEAR_SCORE <= claimed <= scores[1] + NEAR_SCORE


def _highest(index: Index, claim: Tables, time: PartialDate) -> Finding:
    """Compare the place by score among the five, snapshot by snapshot."""
    around = {
        code: _around(_snapshots(index, code), time, VALUES["mobility-score"])
        for code in CENTRAL_ASIA
    }
    own = around.pop(claim["passport"])
    if not own.around:
        return Finding("before_our_data")
    scores = {
        code: {rank.edition: value for rank, value in other.around}
        for code, other in around.items()
    }

    def place(pair: tuple[Rank, int]) -> int:
        return 1 + sum(score[pair[0].edition] > pair[1] for score in scores.values())

    places = Known(
        [(pair[0], place(pair)) for pair in own.within],
        [(pair[0], place(pair)) for pair in own.around],
    )
    second = max(around, key=lambda code: around[code].bounds)
    values = {
        "scores": own.bounds,
        "second": index.country(second).name,
        "second_scores": around[second].bounds,
    }
    return _compared(claim, places, places, values)


def _around(rows: Iterable[Dated], time: PartialDate, value: Value) -> Known:
    """Return the values within a time and those of its neighbours.

    Without a row before the time nothing is known of its beginning: there are no values at all.
    """
    pairs = [(row.time, row.rank, found) for row in rows if (found := value(row.rank)) is not None]
    before = [(rank, found) for when, rank, found in pairs if when.last < time.first]
    within = [
        (rank, found)
        for when, rank, found in pairs
        if when.last >= time.first and when.first <= time.last
    ]
    after = [(rank, found) for when, rank, found in pairs if when.first > time.last]
    if not before and not within:
        return Known([], [])
    return Known(within, [*before[-1:], *within, *after[:1]])


def _witnesses(rows: list[Dated], snapshots: Known, time: PartialDate, value: Value) -> Known:
    """Return the editions of the stretch that the snapshots span; without any, those around."""
    if not snapshots.around:
        return _around(rows, time, value)
    first, last = (date.fromisoformat(snapshots.around[end][0].edition) for end in (0, -1))
    return Known(
        [],
        [
            (row.rank, found)
            for row in rows
            if row.time.last >= first
            and row.time.first <= last
            and (found := value(row.rank)) is not None
        ],
    )


def _snapshots(index: Index, passport: str) -> Iterator[Dated]:
    """Yield the snapshots of a passport, without copies of earlier ones."""
    for row in recomputed(index, index.apart("ranks"), (passport,), RECOMPUTED):
        if row.rank.basis != "stale-copy":
            yield row


def _editions(index: Index, passport: str, claim: Tables) -> list[Dated]:
    """Return published editions but doubtful ones and those that rest on the claim's own pages."""
    own = set(claim["sources"])
    found = [
        row
        for row in published(index, index.apart("ranks"), (passport,))
        if row.rank.index == claim["index"]
        and row.rank.confidence != "low"
        and not {source.id for source in row.rank.sources} <= own
    ]
    return sorted(found, key=lambda row: row.place)


def _sum(*words: str) -> Value:
    """Return what adds up numbers of destinations; ``None`` where they are not known."""

    def value(rank: Rank) -> int | None:
        counts = rank.counts or {}
        if "visa_free" not in counts:
            return None
        unseen = counts.get("not_counted_voa", 0) if "visa_on_arrival" in words else 0
        return sum(counts[word] for word in words) - unseen

    return value


VALUES: dict[str, Value] = {
    "outbound": _sum("visa_free"),
    "outbound-on-arrival": _sum("visa_free", "visa_on_arrival"),
    "rank": lambda rank: rank.rank,
    "mobility-score": lambda rank: rank.score,
}
WITH_ETA: dict[str, Value] = {
    "outbound": _sum("visa_free", "eta"),
    "outbound-on-arrival": _sum("visa_free", "visa_on_arrival", "eta"),
}

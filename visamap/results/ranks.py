"""The answer to "where does this passport stand?": one item for an edition and a passport.

A rank is never bare: it carries its index, its edition, how it was counted, how ties are broken and
among how many. What an index published and what we worked out ourselves are told apart by
``published``.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from visamap.figures import Formula, SnapshotBasis, TieRule, VisaFreeCounts
from visamap.results.parts import SourceRef
from visamap.vocabulary import CONFIDENCES, Confidence


class Rank(NamedTuple):
    """A passport in an edition of an index.

    ``of`` is the last rank of the list, ``passports`` how many it ranks. ``change_since_previous``
    is how many places were gained (lost: negative) since ``previous_edition``, the newest one that
    is certainly older. ``trend`` holds the ranks of up to eight editions, this one last.
    ``competition_rank`` (as many places behind as passports ahead) and ``individual_rank`` (ties
    broken by visa-free destinations) are known for recomputed editions only. ``visa_free_counts``
    says what the index counts in ``visa_free``.
    """

    index: str  # type: ignore[assignment]  # the contract names it so
    edition: str
    passport: str
    rank: int | None
    of: int | None
    score: int | None
    visa_free: int | None
    published: bool
    method: str
    confidence: Confidence
    sources: tuple[SourceRef, ...]
    name: str
    formula: Formula | None
    tie_rule: TieRule
    passports: int
    destinations: int | None
    as_of: str
    latest: bool
    previous_edition: str | None
    previous_rank: int | None
    change_since_previous: int | None
    trend: tuple[int, ...]
    competition_rank: int | None
    individual_rank: int | None
    counts: dict[str, int] | None
    basis: SnapshotBasis | None
    note: str | None
    visa_free_counts: VisaFreeCounts


def over_time(ranks: Sequence[Rank]) -> list[Rank]:
    """Return the editions of one list that a line through time is drawn through, ranked ones only.

    Where one is known by its year or month, and another one falls into it, the line would zigzag:
    the surer of the two stays, that with a day if both are as sure, and the latest edition always.
    """
    known = [rank for rank in ranks if rank.rank]
    dropped = set()
    for coarse in known:
        for fine in known:
            if fine.passport == coarse.passport and fine.as_of.startswith(f"{coarse.as_of}-"):
                sure = [CONFIDENCES.index(one.confidence) for one in (coarse, fine)]
                dropped.add(id(fine if coarse.latest or sure[0] < sure[1] else coarse))
    return [rank for rank in known if id(rank) not in dropped]


class Series(NamedTuple):
    """What can be compared: the editions of one index, published or recomputed under a formula."""

    index: str  # type: ignore[assignment]  # the contract names it so
    published: bool
    formula: Formula | None


class RanksAsked(NamedTuple):
    """The filters of a question about ranks; ``None`` leaves out nothing."""

    passports: tuple[str, ...]
    edition: str
    index: str | None  # type: ignore[assignment]  # the contract names it so
    since: date | None
    on: date | None
    formula: Formula | None


Matrix = dict[str, Any]
"""A full matrix that ``visamap update`` fetched: its day, and all pairs."""

"""The answer to "what does this destination ask of this passport on that day?"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from visamap.limits import Limit
from visamap.results.check_results import Condition
from visamap.results.parts import NOWHERE, Act, Country, Destination, SourceRef
from visamap.values import Value
from visamap.vocabulary import (
    CONFIDENCES,
    AnsweredRequirement,
    ClaimReason,
    ClaimWhat,
    Confidence,
    Formula,
    OutboundBasis,
    OutboundReason,
    Outcome,
    SnapshotBasis,
    SnapshotWord,
    TieRule,
    VisaFreeCounts,
)


class Side(Value, kw_only=True):
    """What one rule or snapshot says; an observation has days on which it was seen, no period."""

    requirement: SnapshotWord
    max_stay_days: int | None
    basis: OutboundBasis
    rule: str | None = None
    granted_by: str | None = None
    possible: bool
    """Whether it may not hold on the day."""
    valid_from: date | None = None
    valid_to: date | None = None
    first_seen: date | None = None
    last_seen: date | None = None
    sources: tuple[SourceRef, ...] = ()


class Disagreement(Value):
    """What else is said of the day; of an unknown answer, everything that is."""

    about: str
    """``requirement``, or ``stay`` where only the length of stay differs."""
    sides: tuple[Side, ...]


class Interrupted(Value):
    """Entry barred in fact; ``certain`` is false inside uncertain ends."""

    id: str | None
    valid_from: date | None
    valid_to: date | None
    certain: bool
    text: str | None
    sources: tuple[SourceRef, ...]


class LocalEntry(Value):
    """A rule for residents of a border area or visitors of a zone."""

    id: str
    who: str
    limits: tuple[Limit, ...]
    text: str
    sources: tuple[SourceRef, ...]


class Outbound(Value, kw_only=True):
    """One passport, one destination, one day. A bounded end leaves the day null.

    ``needs_another_visa`` tells that visa-free entry is no plain one: a visa of another state is
    needed, and ``conditions`` names it. ``visa_free_since`` is the first day of unbroken certain
    visa-free entry, under whatever rule; where the true day is not known its bounds stand in
    ``visa_free_since_between``, the first of them null where a source only shows that it had begun
    by the last.
    """

    passport: Country
    destination: Country
    on: date
    requirement: AnsweredRequirement
    reason: OutboundReason
    best: bool = True
    max_stay_days: int | None = None
    limits: tuple[Limit, ...] = ()
    conditions: tuple[Condition, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    valid_from_between: tuple[date | None, date] | None = None
    valid_to_between: tuple[date, date] | None = None
    visa_free_since: date | None = None
    visa_free_since_between: tuple[date | None, date | None] | None = None
    needs_another_visa: bool = False
    known_since: date | None = None
    known_until: date | None = None
    first_seen: date | None = None
    last_seen: date | None = None
    basis: OutboundBasis | None = None
    rule: str | None = None
    granted_by: str | None = None
    note: str | None = None
    snapshot: Side | None = None
    disagreement: Disagreement | None = None
    also: tuple[Side, ...] = ()
    interrupted: tuple[Interrupted, ...] = ()
    local: tuple[LocalEntry, ...] = ()
    as_known_on: date | None = None
    confidence: Confidence
    sources: tuple[SourceRef, ...]
    act: Act | None = None
    """The act behind the rule, where it is one of ours."""


class Spell(Value):
    """Days in a row, both included, for which a passport has the same answer at a destination."""

    valid_from: date
    valid_to: date | None
    answer: Outbound


class Counts(Value):
    """How many destinations ask what of a passport.

    ``conditional`` are those of the visa-free that need another state's visa.
    """

    passport: Country
    visa_free: int
    conditional: int
    visa_on_arrival: int
    eta: int
    e_visa: int
    visa_required: int
    no_admission: int
    unknown: int


class Rank(Value, kw_only=True):
    """A passport in an edition of an index.

    ``of`` is the last rank of the list, ``passports`` how many it ranks. ``change_since_previous``
    is how many places were gained (lost: negative) since ``previous_edition``, the newest one that
    is certainly older. ``trend`` holds the ranks of up to eight editions, this one last.
    ``disputed``: the edition was printed with other figures too, which stand in an item of their
    own. ``competition_rank`` (as many places behind as passports ahead) and ``individual_rank``
    (ties broken by visa-free destinations) are known for recomputed editions only.
    ``visa_free_counts`` says what the index counts in ``visa_free``. ``passport`` is the code of
    ``passport_country``.
    """

    index: str  # type: ignore[assignment]  # the contract names it so
    edition: str
    passport: str
    rank: int | None = None
    of: int | None = None
    score: int | None = None
    visa_free: int | None = None
    published: bool = True
    method: str
    confidence: Confidence
    sources: tuple[SourceRef, ...]
    name: str
    formula: Formula | None = None
    tie_rule: TieRule
    passports: int
    destinations: int | None
    as_of: str
    latest: bool = False
    previous_edition: str | None = None
    previous_rank: int | None = None
    change_since_previous: int | None = None
    trend: tuple[int, ...] = ()
    competition_rank: int | None = None
    individual_rank: int | None = None
    counts: dict[str, int] | None = None
    basis: SnapshotBasis | None = None
    note: str | None = None
    visa_free_counts: VisaFreeCounts = "visa-free"
    disputed: bool = False
    passport_country: Country


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


class Series(Value):
    """What can be compared: the editions of one index, published or recomputed under a formula."""

    index: str  # type: ignore[assignment]  # the contract names it so
    published: bool
    formula: Formula | None


class RanksAsked(Value):
    """The filters of a question about ranks; ``None`` leaves out nothing."""

    passports: tuple[str, ...]
    edition: str
    index: str | None  # type: ignore[assignment]  # the contract names it so
    since: date | None
    on: date | None
    formula: Formula | None


Matrix = dict[str, Any]
"""A full matrix that ``visamap update`` fetched: its day, and all pairs."""


class ClaimAnswer(Value):
    """A claim and what our data says of it.

    ``ours`` is our figure where it is one for the whole time that is meant, ``ours_possible`` the
    lowest and the highest it may be. ``compared_with`` names the days or editions that were looked
    at, ``values`` holds what the sentence needs besides. ``confidence`` is how sure it is that the
    claim was made in these words.
    """

    id: str
    said_on: str
    by: str
    what: ClaimWhat
    claimed: int
    ours: int | None
    ours_possible: tuple[int, int] | None
    outcome: Outcome
    reason: ClaimReason
    sources: tuple[SourceRef, ...]
    counts: str
    about: str | None
    passport: Country | None
    index: str | None  # type: ignore[assignment]  # the contract names it so
    of: int | None
    compared_with: tuple[str, ...]
    values: dict[str, Any]
    note: str | None
    confidence: Confidence
    destination: Destination = NOWHERE
    """The state whose records answer."""


class Reciprocity(Value):
    """One state against all others on a day: who needs no visa of whom, for certain.

    ``gives`` counts those whose citizens enter it without a visa while its own need one there, with
    their names in ``giving``; ``gets`` and ``getting`` are the other way round. Where either side
    is not known a pair is ``unknown``; where these could turn ``more``, ``confidence`` is low, else
    medium, for snapshots tell much of it. Sources are told by ``check`` and ``outbound``, pair by
    pair.
    """

    state: Country
    on: date
    both: int
    gives: int
    gets: int
    neither: int
    unknown: int
    more: Literal["gives", "gets", "even"]
    giving: tuple[Country, ...]
    getting: tuple[Country, ...]
    confidence: Confidence
    sources: tuple[SourceRef, ...] = ()

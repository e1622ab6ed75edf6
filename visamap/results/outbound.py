"""The answer to "what does this destination ask of this passport on that day?"."""

from datetime import date
from typing import NamedTuple

from visamap.limits import Limit
from visamap.requirements import AnsweredRequirement, OutboundBasis, OutboundReason, SnapshotWord
from visamap.results.check import Condition
from visamap.results.parts import Country, SourceRef
from visamap.vocabulary import Confidence


class Side(NamedTuple):
    """What one rule or snapshot says; an observation has days on which it was seen, no period."""

    requirement: SnapshotWord
    max_stay_days: int | None
    basis: OutboundBasis
    rule: str | None
    granted_by: str | None
    possible: bool
    """Whether it may not hold on the day."""
    valid_from: date | None
    valid_to: date | None
    first_seen: date | None
    last_seen: date | None
    sources: tuple[SourceRef, ...]


class Disagreement(NamedTuple):
    """What else is said of the day; of an unknown answer, everything that is."""

    about: str
    """``requirement``, or ``stay`` where only the length of stay differs."""
    sides: tuple[Side, ...]


class Interrupted(NamedTuple):
    """Entry barred in fact; ``certain`` is false inside uncertain ends."""

    id: str | None
    valid_from: date | None
    valid_to: date | None
    certain: bool
    text: str | None
    sources: tuple[SourceRef, ...]


class LocalEntry(NamedTuple):
    """A rule for residents of a border area or visitors of a zone."""

    id: str
    who: str
    limits: tuple[Limit, ...]
    text: str
    sources: tuple[SourceRef, ...]


class Outbound(NamedTuple):
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
    best: bool
    max_stay_days: int | None
    limits: tuple[Limit, ...]
    conditions: tuple[Condition, ...]
    valid_from: date | None
    valid_to: date | None
    valid_from_between: tuple[date, date] | None
    valid_to_between: tuple[date, date] | None
    visa_free_since: date | None
    visa_free_since_between: tuple[date | None, date | None] | None
    needs_another_visa: bool
    known_since: date | None
    known_until: date | None
    first_seen: date | None
    last_seen: date | None
    basis: OutboundBasis | None
    rule: str | None
    granted_by: str | None
    note: str | None
    snapshot: Side | None
    disagreement: Disagreement | None
    also: tuple[Side, ...]
    interrupted: tuple[Interrupted, ...]
    local: tuple[LocalEntry, ...]
    as_known_on: date | None
    confidence: Confidence
    sources: tuple[SourceRef, ...]


class Counts(NamedTuple):
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

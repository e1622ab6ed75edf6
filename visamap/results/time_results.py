"""The answer to "how has it been for this nationality, and what ended each period?"."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from visamap.limits import Limit
from visamap.results.check_results import AlsoRegime, Halt, PendingAct, RegimeRef, Standing
from visamap.results.parts import Act, Between, Country, SourceRef
from visamap.values import Value
from visamap.vocabulary import (
    DESTINATIONS,
    Cause,
    Change,
    Confidence,
    FeedWord,
    Passport,
    Reason,
    Status,
    UpcomingKind,
    Verdict,
)


class Ending(Value):
    """Why a period was over, and the act that did it where one did."""

    code: Cause
    act: Act | None


class TimelinePeriod(Value):
    """Days on which ``check`` gives one and the same answer; the words are those of ``check``.

    ``valid_from`` is null for the first period and ``valid_to`` for the last. ``also`` holds rules
    that certainly apply beside the chosen one, ``possible`` those that may.
    """

    nationality: Country
    passport: Passport
    valid_from: date | None
    valid_to: date | None
    verdict: Verdict
    reason: Reason
    max_stay_days: int | None
    limits: tuple[Limit, ...]
    regime: RegimeRef | None
    also: tuple[AlsoRegime, ...]
    suspended_by: Halt | None
    ended_by: Ending | None
    possible: tuple[AlsoRegime, ...]
    pending: tuple[PendingAct, ...]
    border_residents: tuple[AlsoRegime, ...]
    confidence: Confidence
    sources: tuple[SourceRef, ...]
    held_passport: Country | None = None
    """Whose passport people of a territory hold that has no nationality of its own."""
    perhaps_suspended_by: tuple[Halt, ...] = ()
    """What may suspend a rule, where its days are not known or its evidence is weak."""
    doubtful_limits: tuple[Limit, ...] = ()
    """Those of ``limits`` that may bind and may not; to keep to them is safe."""


def id_at(home: str | None, event: str) -> str:
    """Return an id of events at a destination; those of Kazakhstan are older than the others."""
    return event if home in {None, DESTINATIONS[0]} else f"{home}/{event}"


class FeedEvent(Value, kw_only=True):
    """Something that happened, or will, on a known day.

    ``id`` never changes as long as the record stands: the id of the act, rule or suspension, the
    word, and which of several events of that word it is. ``by`` is the country that acted.
    ``goes_on`` tells of a rule that ends whether all whom it is for stay visa-free under another.
    """

    id: str
    what: FeedWord
    on: date
    by: str | None = None
    act: Act
    nationalities: tuple[Country, ...]
    passports: tuple[Passport, ...]
    limits: tuple[Limit, ...]
    goes_on: bool | None = None
    place: str | None = None
    decision: str | None = None
    note: str | None = None
    sources: tuple[SourceRef, ...]


class Upcoming(Value, kw_only=True):
    """An act under way, or a day on which something begins or ends.

    ``on`` is the first day of the new state, null where it is not known; ``between`` holds its
    first and last possible day, the last one null where there is no upper bound. ``status`` is
    that of the act on the day asked, ``since`` the date of the step it has reached, or
    ``since_between`` its bounds. ``goes_on`` tells of a rule that ends whether all whom it is for
    stay visa-free under another.
    """

    kind: UpcomingKind
    on: date | None = None
    between: Between | None = None
    nationalities: tuple[Country, ...]
    passports: tuple[Passport, ...]
    act: Act
    status: Status | None = None
    since: str | None = None
    since_between: Between | None = None
    regime: str | None = None
    goes_on: bool | None = None
    limits: tuple[Limit, ...]
    confidence: Confidence
    sources: tuple[SourceRef, ...]
    stale: bool = False
    """Whether an act has taken no step for five years, so that little speaks for another one."""


class Difference(Value):
    """One nationality whose standing is not the same on both days.

    ``by`` and ``on`` tell the last step that led to the state of the later day, whichever day was
    asked first: the act that did it (null where none did), and the first day of that state, with
    the bounds of the true day where it is not known.
    ``confidence`` is that of the less sure of the two days.
    """

    nationality: Country
    passport: Passport
    change: Change
    before: Standing
    after: Standing
    by: Act | None
    cause: Cause
    on: date
    on_between: Between | None
    confidence: Confidence
    sources: tuple[SourceRef, ...]


RecordKind = Literal[
    "added",  # only the newer release has it
    "removed",  # only the older one has it
    "changed",  # both have it, with other values
]


class FieldChange(Value):
    """A field of a record with other values; null where one release has none."""

    name: str
    before: Any
    after: Any


class Said(Value):
    """What a release answers for a while."""

    verdict: Verdict
    max_stay_days: int | None


class ReleaseChange(Value):
    """A record that is another, or days on which a nationality is told otherwise.

    ``about`` tells which. Of a record: ``section``, ``id``, ``change`` and ``fields``. Of an
    answer: who, with which passport, on which days (``last`` is null where no end is known), what
    was said before and after.
    """

    about: Literal["record", "answer"]
    section: str | None = None
    id: str | None = None
    change: RecordKind | None = None
    fields: tuple[FieldChange, ...] = ()
    nationality: Country | None = None
    passport: Passport | None = None
    first: date | None = None
    last: date | None = None
    before: Said | None = None
    after: Said | None = None
    destination: Country | None = None

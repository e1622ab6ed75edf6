"""Records of where a passport may go: rules of destinations, and what a dataset saw of them.

A rule is law or an official list, written by hand. A snapshot row is an observation: it knows when
it was first and last seen, never when a rule began.
"""

from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field

from visamap.models.base import (
    Countries,
    CountryCode,
    Dated,
    Day,
    Days,
    Id,
    InstrumentId,
    LinkTo,
    Record,
    SourceIds,
    Text,
)
from visamap.models.law import Dispute, Purposes
from visamap.models.limits import Limit
from visamap.periods import Bounded
from visamap.requirements import Requirement, RuleBasis, SnapshotHow, SnapshotWord
from visamap.vocabulary import Confidence

Codes = Annotated[Countries, Field(min_length=1)]


class EntryConditions(Record):
    """What a traveller must also meet; a key that does not apply is left out."""

    exempt_with_visa_of: Text | None = None
    """Whose visa, already held, spares the visa of the destination."""
    reached_through: Text | None = None
    """There is no way in but through states whose visa is needed."""
    travel_authorisation: Text | None = None
    passport_valid_months: Days | None = None
    return_ticket: Literal[True] | None = None
    min_age_alone: Days | None = None
    territory: Text | None = None
    purposes: Purposes = ()
    no_paid_work: Literal[True] | None = None
    bond: Text | None = None
    calendar_year: Literal[True] | None = None
    """The days of a limit over 365 days are those of a calendar year."""
    extendable_once_days: Days | None = None


class OutboundRule(Dated):
    """What these destinations ask of these passports, by law or by an official list.

    A rule whose start nobody told has ``known_since``, the first day on which a dated source shows
    it: it may be older. ``known_until`` is the last day for which the sources vouch: it may have
    ended since.
    """

    id: Id
    passports: Codes
    destinations: Codes
    requirement: Requirement
    basis: RuleBasis
    instrument: InstrumentId | None = None
    act: Text | None = None
    known_since: Day | None = None
    known_until: Day | None = None
    limits: tuple[Limit, ...] = ()
    conditions: EntryConditions = EntryConditions()
    confidence: Confidence
    disputed: Dispute | None = None
    note: Text | None = None
    sources: SourceIds = Field(min_length=1)

    def model_post_init(self, context: Any) -> None:
        """Refuse a rule with two starts, or with none."""
        super().model_post_init(context)
        own = super().bounded
        if (own.start_not_before is None) != (self.known_since is not None):
            raise ValueError(
                "known-since: give `from`, its bounds, or `known_since` (the earliest dated source "
                "that shows the rule), and one of them only"
            )
        if own.end_not_after is not None and self.known_until is not None:
            raise ValueError("known-until: `to` and `known_until` exclude each other; keep one")
        if set(self.passports) & set(self.destinations):
            raise ValueError("own-country: a passport needs no rule for its own country")

    @property
    def bounded(self) -> Bounded:
        """The period with its bounds; an end for which nobody vouches is open on one side only."""
        own = super().bounded
        return own._replace(
            start_not_after=own.start_not_after or self.known_since,
            end_not_before=own.end_not_before or self.known_until,
        )


class Interruption(Dated):
    """A time in which entry was barred in fact while the rule stood."""

    id: Id
    passports: Codes
    destinations: Codes
    text: Text
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)


class LocalRule(Dated):
    """A rule for residents of a border area or visitors of a zone, both ways."""

    id: Id
    between: Annotated[Countries, Field(min_length=2, max_length=2)]
    who: Text
    known_since: Day | None = None
    limits: tuple[Limit, ...] = ()
    text: Text
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)


class Formality(Dated):
    """What a destination asks of everyone who enters, whatever rule lets them in.

    Dated like a rule: what has ended, or what no source shows yet on the day, is not told.
    """

    id: Id
    destinations: Codes
    passports: Countries = ()
    """Whose passports; none are named where it is asked of all."""
    code: Literal[
        "arrival_form",  # a form filled in before or on arrival
        "insurance",  # insurance to be held
        "travel_authorisation",  # something to ask for before the journey
        "by_air_only",  # the other borders are closed to travellers
    ]
    known_since: Day | None = None
    text: Text
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)


class SnapshotSource(Dated):
    """Where the snapshots of these days were taken from."""

    source: Annotated[Id, LinkTo("sources")]


class OutboundFile(Record):
    """``data/mobility/outbound.yaml``."""

    rules: tuple[OutboundRule, ...]
    interruptions: tuple[Interruption, ...] = ()
    local_rules: tuple[LocalRule, ...] = ()
    formalities: tuple[Formality, ...] = ()
    snapshots: tuple[SnapshotSource, ...] = ()


def _words(text: str) -> str:
    known = get_args(SnapshotHow)
    if unknown := [word for word in text.split(" ") if word not in known]:
        raise ValueError(f"closed-word: how: {unknown[0]!r} is not one of {', '.join(known)}")
    return text


class Observation(Record):
    """A row of ``snapshots.csv``: what every snapshot from the first to the last day saw."""

    passport: CountryCode
    destination: CountryCode
    requirement: SnapshotWord
    days: Annotated[int, Field(gt=0)] | None = None
    first_seen: Day
    last_seen: Day
    how: Annotated[Text, AfterValidator(_words)]

"""Records of where a passport may go: rules of destinations, and what a dataset saw of them.

A rule is law or an official list, written by hand. A snapshot row is an observation: it knows when
it was first and last seen, never when a rule began.
"""

from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from visamap.dates import Bounded
from visamap.schema.base import (
    Countries,
    CountryCode,
    Dated,
    Day,
    Days,
    Id,
    InstrumentId,
    Limit,
    LinkTo,
    Record,
    SomeDate,
    SourceIds,
    Text,
)
from visamap.schema.law import Dispute, Purposes
from visamap.vocabulary import (
    Confidence,
    Formula,
    Requirement,
    RuleBasis,
    SnapshotBasis,
    SnapshotHow,
    SnapshotWord,
    TieRule,
    VisaFreeCounts,
)

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


Number = Annotated[int, Field(ge=0)]
Place = Annotated[int, Field(gt=0)]

DESTINATIONS = 198
"""How many destinations a passport of the snapshots has: all passports but itself."""


class RankIndex(Record):
    """An index of passports: who makes it, how it counts, what it counts among."""

    id: Id
    name: Text
    publisher: Text
    measures: Literal[
        "mobility",  # how many destinations are open to a passport
        "openness",  # how many passports a country lets in
        "weighted",  # mobility together with taxes, freedom and the like
    ]
    formula: Text
    method: Text
    tie_rule: TieRule
    ties: Text
    passports: Place
    destinations: Place | None = None
    visa_free_counts: VisaFreeCounts = "visa-free"
    """What the index counts in the column ``visa_free`` of its rows."""
    url: Text = Field(pattern=r"^https?://\S+$")
    note: Text | None = None
    sources: SourceIds = Field(min_length=1)


class Recomputation(Record):
    """A formula under which we rank a snapshot ourselves."""

    id: Formula
    formula: Text
    method: Text


class IndexesFile(Record):
    """``data/mobility/indexes.yaml``."""

    indexes: tuple[RankIndex, ...]
    formulas: tuple[Recomputation, ...]
    snapshot_sources: SourceIds = Field(min_length=1)
    """Where the snapshots were taken from."""


class PublishedRank(Record):
    """A rank, a score or a count as an index published it.

    ``of`` is the last rank of that edition, not the number of passports. ``as_of`` is the time the
    row speaks for where the name of the edition does not say it. Two rows of an edition and a
    passport are a dispute: its sources print different figures.
    """

    index: Id
    edition: SomeDate
    as_of: SomeDate | None = None
    passport: CountryCode
    rank: Place | None = None
    of: Place | None = None
    score: Number | None = None
    visa_free: Number | None = None
    confidence: Confidence
    note: Text | None = None
    sources: SourceIds = Field(min_length=1)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.rank is None and self.score is None and self.visa_free is None:
            raise ValueError("rank-says-nothing: give a rank, a score or a number of destinations")
        if self.rank and self.of and self.rank > self.of:
            raise ValueError(f"rank-within: rank {self.rank} lies behind the last one, {self.of}")
        return self


class SnapshotRow(Record):
    """What one snapshot of the Passport Index data gives for a passport, of 198 destinations.

    ``score`` is ``visa_free + visa_on_arrival - not_counted_voa + eta + fast_e_visa``. ``rank`` is
    the dense rank by score among all passports of the snapshot and ``of`` its last one;
    ``competition_rank`` counts the passports before it; ``individual_rank`` breaks ties by
    ``visa_free``. The other ranks are dense ranks under other formulas.
    """

    snapshot: Day
    passport: CountryCode
    visa_free: Number | None = None
    visa_on_arrival: Number | None = None
    eta: Number | None = None
    e_visa: Number | None = None
    fast_e_visa: Number | None = None
    not_counted_voa: Number | None = None
    visa_required: Number
    no_admission: Number | None = None
    covid_ban: Number | None = None
    score: Number
    rank: Place
    of: Place
    competition_rank: Place
    individual_rank: Place
    passports: Place
    basis: SnapshotBasis
    copy_of: Day | None = None
    visa_free_rank: Place | None = None
    visa_free_of: Place | None = None
    henley_rank: Place | None = None
    henley_of: Place | None = None
    plain_rank: Place | None = None
    plain_of: Place | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if (self.basis == "stale-copy") != (self.copy_of is not None):
            raise ValueError("copy-of: a stale copy, and nothing else, names what it copies")
        if self.basis == "binary":
            expected = DESTINATIONS - self.visa_required
        else:
            open_to = (self.visa_free, self.visa_on_arrival, self.eta, self.fast_e_visa)
            expected = sum(part or 0 for part in open_to) - (self.not_counted_voa or 0)
            shut = (self.e_visa, self.visa_required, self.no_admission, self.covid_ban)
            total = sum(part or 0 for part in (*open_to[:3], *shut))
            if total != DESTINATIONS:
                raise ValueError(f"destinations: the parts give {total}, not {DESTINATIONS}")
        if self.score != expected:
            raise ValueError(f"score-adds-up: the parts give {expected}, not {self.score}")
        if not self.rank <= self.competition_rank <= self.individual_rank <= self.passports:
            raise ValueError("ranks-agree: dense, competition and individual rank cannot fall")
        return self

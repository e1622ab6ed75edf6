"""Records of where a passport may go: rules of destinations, and what a dataset saw of them.

A rule is law or an official list, written by hand. A snapshot row is an observation: it knows when
it was first and last seen, never when a rule began.
"""

from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from visamap.dates import Bounded
from visamap.schema.law import Disputed, Purposes
from visamap.schema.record import (
    Countries,
    CountryCode,
    Dated,
    Day,
    Days,
    Id,
    InstrumentId,
    KnownUntil,
    Limit,
    LinkTo,
    Note,
    Record,
    RecordId,
    SomeDate,
    SourceIds,
    Sources,
    Sure,
    Text,
)
from visamap.vocabulary import (
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

    exempt_with_visa_of: Text | None = Field(
        None, description="Whose visa, already held, spares the visa of the destination."
    )
    reached_through: Text | None = Field(
        None, description="There is no way in but through states whose visa is needed."
    )
    travel_authorisation: Text | None = Field(
        None, description="The authorisation to ask for before the journey."
    )
    passport_valid_months: Days | None = Field(
        None, description="Months that the passport must be valid."
    )
    return_ticket: Literal[True] | None = Field(
        None, description="True: a return ticket must be shown."
    )
    min_age_alone: Days | None = Field(None, description="Least age of one who travels alone.")
    territory: Text | None = Field(None, description="The part of the country that it is about.")
    purposes: Purposes = Field((), description="Purpose of travel that it serves.")
    no_paid_work: Literal[True] | None = Field(None, description="True: no paid work is allowed.")
    bond: Text | None = Field(None, description="What must be deposited.")
    calendar_year: Literal[True] | None = Field(
        None, description="The days of a limit over 365 days are those of a calendar year."
    )
    extendable_once_days: Days | None = Field(
        None, description="Days by which the stay can be prolonged once."
    )


class OutboundRule(Dated):
    """What these destinations ask of these passports, by law or by an official list.

    A rule whose start nobody told has ``known_since``, the first day on which a dated source shows
    it: it may be older. ``known_until`` is the last day for which the sources vouch: it may have
    ended since.
    """

    id: RecordId
    passports: Codes = Field(description="Whose passports.")
    destinations: Codes = Field(description="Where to.")
    requirement: Requirement = Field(description="What is asked.")
    basis: RuleBasis = Field(description="What it rests on.")
    instrument: InstrumentId | None = Field(
        None, description="The agreement, by its id in `visa_regimes.yaml`."
    )
    act: Text | None = Field(None, description="The act in words, where it has no record.")
    known_since: Day | None = Field(
        None, description="First day on which a dated source shows it, where nobody told its start."
    )
    known_until: KnownUntil = None
    limits: tuple[Limit, ...] = Field((), description="A limit of stay.")
    conditions: EntryConditions = Field(EntryConditions(), description="What else must be met.")
    confidence: Sure
    disputed: Disputed = None
    note: Note = None
    sources: Sources

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

    id: RecordId
    passports: Codes = Field(description="Whose passports.")
    destinations: Codes = Field(description="Where to.")
    text: Text = Field(description="What it says, in words.")
    confidence: Sure
    sources: Sources


class LocalRule(Dated):
    """A rule for residents of a border area or visitors of a zone, both ways."""

    id: RecordId
    between: Annotated[Countries, Field(min_length=2, max_length=2)] = Field(
        description="The two neighbours."
    )
    who: Text = Field(description="For whom.")
    known_since: Day | None = Field(None, description="First day on which a source shows it.")
    limits: tuple[Limit, ...] = Field((), description="A limit of stay.")
    text: Text = Field(description="What it says, in words.")
    confidence: Sure
    sources: Sources


class Formality(Dated):
    """What a destination asks of everyone who enters, whatever rule lets them in.

    Dated like a rule: what has ended, or what no source shows yet on the day, is not told.
    """

    id: RecordId
    destinations: Codes = Field(description="Where to.")
    passports: Countries = Field(
        (), description="Whose passports; none are named where it is asked of all."
    )
    code: Literal[
        "arrival_form",  # a form filled in before or on arrival
        "insurance",  # insurance to be held
        "travel_authorisation",  # something to ask for before the journey
        "by_air_only",  # the other borders are closed to travellers
    ] = Field(description="What kind of thing is asked.")
    known_since: Day | None = Field(None, description="First day on which a source shows it.")
    text: Text = Field(description="What it says, in words.")
    confidence: Sure
    sources: Sources


class SnapshotSource(Dated):
    """Where the snapshots of these days were taken from."""

    source: Annotated[Id, LinkTo("sources")] = Field(description="The id of the source.")


class OutboundFile(Record):
    """``data/mobility/outbound.yaml``."""

    rules: tuple[OutboundRule, ...] = Field(description="What destinations ask of passports.")
    interruptions: tuple[Interruption, ...] = Field(
        (), description="Times in which entry was barred while the rule stood."
    )
    local_rules: tuple[LocalRule, ...] = Field((), description="Rules for neighbours, both ways.")
    formalities: tuple[Formality, ...] = Field(
        (), description="What is asked of everyone who enters, whatever rule lets them in."
    )
    snapshots: tuple[SnapshotSource, ...] = Field(
        (), description="Where the rows of `snapshots.csv` were taken from."
    )


def _words(text: str) -> str:
    known = get_args(SnapshotHow)
    if unknown := [word for word in text.split(" ") if word not in known]:
        raise ValueError(f"closed-word: how: {unknown[0]!r} is not one of {', '.join(known)}")
    return text


class Observation(Record):
    """A row of ``snapshots.csv``: what every snapshot from the first to the last day saw."""

    passport: CountryCode = Field(description="Whose passport.")
    destination: CountryCode = Field(description="Where to.")
    requirement: SnapshotWord = Field(description="What the snapshots saw.")
    days: Annotated[int, Field(gt=0)] | None = Field(
        None, description="The stay in days, where they say it."
    )
    first_seen: Day = Field(description="First snapshot that saw it.")
    last_seen: Day = Field(description="Last snapshot that saw it.")
    how: Annotated[Text, AfterValidator(_words)] = Field(
        description="How the word of the dataset became ours; several are apart by a space."
    )


Number = Annotated[int, Field(ge=0)]
Place = Annotated[int, Field(gt=0)]

DESTINATIONS = 198
"""How many destinations a passport of the snapshots has: all passports but itself."""


class RankIndex(Record):
    """An index of passports: who makes it, how it counts, what it counts among."""

    id: RecordId
    name: Text = Field(description="What it is called.")
    publisher: Text = Field(description="Who makes it.")
    measures: Literal[
        "mobility",  # how many destinations are open to a passport
        "openness",  # how many passports a country lets in
        "weighted",  # mobility together with taxes, freedom and the like
    ] = Field(description="What it measures.")
    formula: Text = Field(description="What counts, in a line.")
    method: Text = Field(description="How it counts, in full.")
    tie_rule: TieRule = Field(description="What equal scores do to ranks.")
    ties: Text = Field(description="The same in words.")
    passports: Place = Field(description="How many passports it ranks.")
    destinations: Place | None = Field(None, description="Among how many destinations it counts.")
    visa_free_counts: VisaFreeCounts = Field(
        "visa-free", description="What the index counts in the column `visa_free` of its rows."
    )
    url: Text = Field(pattern=r"^https?://\S+$", description="Address.")
    note: Note = None
    sources: Sources


class Recomputation(Record):
    """A formula under which we rank a snapshot ourselves."""

    id: Formula = Field(description="Name of the record; never renamed, never used again.")
    formula: Text = Field(description="What counts, in a line.")
    method: Text = Field(description="How it counts, in full.")


class IndexesFile(Record):
    """``data/mobility/indexes.yaml``."""

    indexes: tuple[RankIndex, ...] = Field(description="The indexes.")
    formulas: tuple[Recomputation, ...] = Field(
        description="The formulas under which we rank snapshots."
    )
    snapshot_sources: SourceIds = Field(
        min_length=1, description="Where the snapshots were taken from."
    )


class PublishedRank(Record):
    """A rank, a score or a count as an index published it.

    ``of`` is the last rank of that edition, not the number of passports. ``as_of`` is the time the
    row speaks for where the name of the edition does not say it. Two rows of an edition and a
    passport are a dispute: its sources print different figures.
    """

    index: Id = Field(description="In which index.")
    edition: SomeDate = Field(description="Which edition: a day, month or year.")
    as_of: SomeDate | None = Field(
        None, description="The time it speaks for, where the edition is none."
    )
    passport: CountryCode = Field(description="Whose passport.")
    rank: Place | None = Field(None, description="Its place.")
    of: Place | None = Field(None, description="The last rank.")
    score: Number | None = Field(None, description="Its score.")
    visa_free: Number | None = Field(None, description="Destinations without a visa.")
    confidence: Sure
    note: Note = None
    sources: Sources

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

    snapshot: Day = Field(description="Day of the snapshot.")
    passport: CountryCode = Field(description="Whose passport.")
    visa_free: Number | None = Field(None, description="Destinations open without a visa.")
    visa_on_arrival: Number | None = Field(None, description="Destinations with a visa on arrival.")
    eta: Number | None = Field(
        None, description="Destinations with an authorisation asked for online."
    )
    e_visa: Number | None = Field(None, description="Destinations with an e-visa.")
    fast_e_visa: Number | None = Field(
        None, description="Of these, issued within three days; estimated."
    )
    not_counted_voa: Number | None = Field(
        None, description="Visas on arrival that the index does not count."
    )
    visa_required: Number = Field(description="Destinations that require a visa.")
    no_admission: Number | None = Field(None, description="Destinations that let nobody in.")
    covid_ban: Number | None = Field(None, description="Destinations closed in the pandemic.")
    score: Number = Field(description="What the counts add up to by the formula of the index.")
    rank: Place = Field(description="Dense rank by score among all passports of the snapshot.")
    of: Place = Field(description="The last rank.")
    competition_rank: Place = Field(description="One more than the number of passports before it.")
    individual_rank: Place = Field(
        description="Rank with ties broken by the destinations without a visa."
    )
    passports: Place = Field(description="Passports of the snapshot.")
    basis: SnapshotBasis = Field(description="How exact the counts are.")
    copy_of: Day | None = Field(None, description="The snapshot that it repeats.")
    visa_free_rank: Place | None = Field(
        None, description="Dense rank by the destinations without a visa."
    )
    visa_free_of: Place | None = Field(None, description="Its last rank.")
    henley_rank: Place | None = Field(
        None, description="Dense rank by the formula of the Henley index."
    )
    henley_of: Place | None = Field(None, description="Its last rank.")
    plain_rank: Place | None = Field(None, description="Dense rank by the formula without e-visas.")
    plain_of: Place | None = Field(None, description="Its last rank.")

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

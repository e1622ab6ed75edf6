"""Rows of passport mobility: the indexes, what they published, what the snapshots give.

The rows stand in CSV files, where every value is text; whole numbers are read from digits there.
A row never says what follows from it, except for the ranks of a snapshot: they need all of its
passports, and only a few of these are kept.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from visamap.figures import Formula, SnapshotBasis, TieRule, VisaFreeCounts
from visamap.models.base import CountryCode, Day, Id, Record, SomeDate, SourceIds, Text
from visamap.vocabulary import Confidence

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
    row speaks for where the name of the edition does not say it.
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

"""The whole file: its heading, its sections in order, and what is said about the data itself."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from visamap.schema.base import (
    ANY_SECTION,
    Count,
    Countries,
    CountryCode,
    Day,
    Id,
    LinkTo,
    Record,
    SomeDate,
    SourceIds,
    Text,
)
from visamap.schema.law import (
    Advisory,
    Duty,
    EntryDocument,
    Group,
    Instrument,
    Overlay,
    Regime,
    Suspension,
    Transit,
)
from visamap.schema.visas import (
    CountryList,
    EVisa,
    Fees,
    Penalty,
    Procedure,
    ResidenceDocument,
    Visa,
)
from visamap.store.copies import SCHEMA
from visamap.vocabulary import (
    CENTRAL_ASIA,
    INDEX_CLAIMS,
    PASSPORT_CLAIMS,
    ClaimWhat,
    Confidence,
    Passport,
    SourceKind,
)

AnyId = Annotated[Id, LinkTo(ANY_SECTION)]


class Coverage(Record):
    """From which day a missing record means "visa required" for a passport kind."""

    passport: Passport
    from_: Day = Field(alias="from")
    note: Text | None = None


class Expectation(Record):
    """How many nationalities enter visa-free on a day; a dataset outside this is not built.

    ``certain`` are those with the verdict "visa_free"; ``possible`` those that a bounded or
    doubtful regime may add. It checks our own work; it is never a target that data is tuned to.
    """

    on: Day
    passport: Passport = "ordinary"
    certain: Count
    possible: Count
    note: Text | None = None


class Meta(Record):
    """The heading of the file."""

    title: Text
    release: Day
    schema_: Count = Field(alias="schema")
    home: CountryCode
    licence: Text
    coverage: tuple[Coverage, ...]
    expectations: tuple[Expectation, ...] = ()

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        if self.schema_ != SCHEMA:
            raise ValueError(
                f"schema: schema {self.schema_}; this version of visamap reads schema {SCHEMA}: "
                "correct it, or take a version that reads it"
            )
        kinds = [covered.passport for covered in self.coverage]
        if twice := sorted({kind for kind in kinds if kinds.count(kind) > 1}):
            named = ", ".join(twice)
            raise ValueError(f"listed-once: {named} stands twice in `coverage`; keep one")
        return self


class Source(Record):
    """Where a fact was read. Only what was seen is filled in."""

    id: Id
    kind: SourceKind
    url: Text = Field(pattern=r"^https?://\S+$")
    accessed: Day
    title: Text | None = None
    publisher: Text | None = None
    language: Text | None = None
    published: SomeDate | None = None
    archived: Text | None = None
    licence: Text | None = None
    caution: Text | None = None


class Breakdown(Record):
    """The parts of a published count, as the one who published it named them."""

    unilateral: Count | None = None
    agreement: Count | None = None
    both: Count | None = None


class Claim(Record):
    """A published figure: who enters Kazakhstan visa-free, or where a passport stands.

    ``about`` is the time that is meant where it is not that on which it was said. ``passport`` and
    ``index`` say of whom and where, for figures that are not about entering Kazakhstan; ``of`` is
    among how many, as it was printed.
    """

    id: Id
    said_on: SomeDate
    by: Text
    what: ClaimWhat
    counts: Text
    claimed: Count
    about: SomeDate | None = None
    passport: CountryCode | None = None
    index: Literal["henley", "passport-index"] | None = None
    of: Count | None = None
    breakdown: Breakdown | None = None
    names: Countries = ()
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)

    @model_validator(mode="after")
    def _of_somebody(self) -> Self:
        if (self.what in PASSPORT_CLAIMS) != (self.passport is not None):
            raise ValueError("claim-passport: name the passport of a figure about passports")
        if (self.what in INDEX_CLAIMS) != (self.index is not None):
            raise ValueError("claim-index: name the index of a rank or a score")
        if self.what == "highest-in-central-asia" and self.passport not in CENTRAL_ASIA:
            raise ValueError(f"claim-region: {self.passport} is none of {', '.join(CENTRAL_ASIA)}")
        return self


class Finding(Record):
    """Searched for and not found."""

    id: Id
    partners: Countries
    text: Text
    as_of: SomeDate
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)


class OpenQuestion(Record):
    """What we do not know, and what would settle it."""

    id: Id
    about: tuple[AnyId, ...] = ()
    nationalities: Countries = ()
    question: Text
    settled_by: Text
    sources: SourceIds = ()


class RetiredId(Record):
    """An id that was published once and is never used again."""

    id: Id
    retired: Day
    replaced_by: AnyId | None = None


class Dataset(Record):
    """``data/visa_regimes.yaml``."""

    meta: Meta
    groups: tuple[Group, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    regimes: tuple[Regime, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    advisories: tuple[Advisory, ...] = ()
    duties: tuple[Duty, ...] = ()
    transit: tuple[Transit, ...] = ()
    entry_documents: tuple[EntryDocument, ...] = ()
    visas: tuple[Visa, ...] = ()
    country_lists: tuple[CountryList, ...] = ()
    e_visa: EVisa | None = None
    procedures: tuple[Procedure, ...] = ()
    fees: Fees | None = None
    penalties: tuple[Penalty, ...] = ()
    residence_documents: tuple[ResidenceDocument, ...] = ()
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    retired_ids: tuple[RetiredId, ...] = ()
    sources: tuple[Source, ...] = ()


class SourcesFile(Record):
    """``data/sources.yaml``: the sources, apart from the law once the law's file grew long."""

    sources: tuple[Source, ...]

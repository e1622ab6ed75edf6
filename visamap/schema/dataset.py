"""The whole file: its heading, its sections in order, and what is said about the data itself."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

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
from visamap.schema.record import (
    ANY_SECTION,
    Count,
    Countries,
    CountryCode,
    Dated,
    Day,
    Days,
    Flag,
    Id,
    InstrumentId,
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
from visamap.schema.visa_records import (
    CountryList,
    EVisa,
    Fees,
    Penalty,
    Procedure,
    ResidenceDocument,
    Visa,
)
from visamap.store.fetched_data import SCHEMA
from visamap.vocabulary import (
    CENTRAL_ASIA,
    INDEX_CLAIMS,
    PASSPORT_CLAIMS,
    ClaimWhat,
    Passport,
    SourceKind,
)

AnyId = Annotated[Id, LinkTo(ANY_SECTION)]


class Coverage(Record):
    """From which day a missing record means "visa required" for a passport kind."""

    passport: Passport = Field(description="Kind of passport.")
    from_: Day = Field(
        alias="from", description="From this day a missing rule means that a visa is required."
    )
    note: Note = None


class Expectation(Record):
    """How many nationalities enter visa-free on a day; a dataset outside this is not built.

    ``certain`` are those with the verdict "visa_free"; ``possible`` those that a bounded or
    doubtful regime may add. It checks our own work; it is never a target that data is tuned to.
    """

    on: Day = Field(description="The day that is counted for.")
    passport: Passport = Field("ordinary", description="Kind of passport.")
    certain: Count = Field(description="Nationalities that are certain.")
    possible: Count = Field(
        description="Nationalities that come on top if all that is possible is true."
    )
    territories: Count | None = Field(
        None, description="Territories that are certain, where they are counted apart."
    )
    note: Note = None


class UtcOffset(Dated):
    """How far the clocks stand before universal time."""

    utc: Text = Field(pattern=r"^[+-]\d\d:\d\d$", description="Hours and minutes, as +05:00.")


class UsualVisa(Record):
    """A visa that visitors usually ask for."""

    code: Annotated[Text, LinkTo("visas")] = Field(description="Code of the visa.")
    use: Text = Field(description="What it is usually asked for.")
    passports: tuple[Passport, ...] = Field(
        (), description="Passport kinds whose holders ask for it; empty: any that it is for."
    )


class Counting(Record):
    """Which days of a visit count."""

    entry_day: Flag = Field(description="Whether the day of entry counts.")
    exit_day: Flag = Field(description="Whether the day of exit counts.")
    assumed: Flag = Field(False, description="Whether no source says so.")
    sources: SourceIds = ()

    @model_validator(mode="after")
    def _grounded(self) -> Self:
        if self.assumed == bool(self.sources):
            raise ValueError("counting: give the sources, or say that it is assumed")
        return self


class NameForms(Record):
    """The name of the country as sentences need it."""

    into: Text = Field(description="As in: entry into Kazakhstan.")
    in_: Text = Field(alias="in", description="As in: days in Kazakhstan.")
    of: Text = Field(description="As in: a citizen of Kazakhstan.")
    by: Text = Field(description="As in: approved by Kazakhstan; in Kazakh its bare name.")


class Names(Record):
    """The forms of the country's name, by language."""

    en: NameForms = Field(description="English.")
    kk: NameForms = Field(description="Kazakh.")
    ru: NameForms = Field(description="Russian.")


class Profile(Record):
    """What is the destination's own, and sentences and programs need."""

    names: Names = Field(description="The forms of its name.")
    utc_offsets: tuple[UtcOffset, ...] = Field(
        min_length=1, description="How its clocks stand, by period; the main zone where it has two."
    )
    ministry: Text = Field(
        pattern=r"^https?://\S+$", description="Address of the foreign ministry."
    )
    e_visa_portal: Text | None = Field(
        None, pattern=r"^https?://\S+$", description="Address where the e-visa is asked for."
    )
    base_act: InstrumentId | None = Field(
        None, description="The act behind a no: it says who needs a visa."
    )
    usual_visas: tuple[UsualVisa, ...] = Field(
        (), description="Visas that visitors usually ask for."
    )
    currency: Text = Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code of its currency.")
    fee_unit: Text = Field(
        description="What fees and fines are counted in, as it stands behind a number."
    )
    fee_unit_short: Text | None = Field(None, description="The same in a few letters.")
    counting: Counting = Field(description="Which days of a visit count.")


class Meta(Record):
    """The heading of the file."""

    title: Text = Field(description="What it is called.")
    release: Day = Field(description="Day of release of this data.")
    review_by: Day | None = Field(
        None, description="Day by which it is to be looked through again."
    )
    schema_: Count = Field(alias="schema", description="Number of the form of the data.")
    home: CountryCode = Field(description="The country whose borders the law is about.")
    licence: Text = Field(description="Licence of the data.")
    profile: Profile | None = Field(None, description="What is the destination's own.")
    shared_acts: tuple[InstrumentId, ...] = Field(
        (), description="Acts with another destination that stand in its file."
    )
    coverage: tuple[Coverage, ...] = Field(
        description="Where a missing record means that a visa is required."
    )
    expectations: tuple[Expectation, ...] = Field(
        (), description="Counts that the records must give."
    )

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        if self.schema_ != SCHEMA:
            raise ValueError(
                f"schema: schema {self.schema_}; this version of visamap reads schema {SCHEMA}: "
                "correct it, or take a version that reads it"
            )
        if self.review_by and self.review_by <= self.release:
            raise ValueError("review_by: it is not later than `release`; write a later day")
        kinds = [covered.passport for covered in self.coverage]
        if twice := sorted({kind for kind in kinds if kinds.count(kind) > 1}):
            named = ", ".join(twice)
            raise ValueError(f"listed-once: {named} stands twice in `coverage`; keep one")
        return self


class Watch(Record):
    """How ``visamap watch`` looks at a page; without one it compares the main text."""

    node: Text | None = Field(
        None, description="CSS selector of the part of the page that is compared."
    )
    kind: Literal["text", "links"] = Field(
        "text", description="What of it is compared: its words, or where its links lead."
    )
    ca: Text | None = Field(
        None,
        pattern=r"^[A-Za-z0-9_-]+\.pem$",
        description="File in `ca/` with the authority behind its certificate, once it was seen.",
    )
    exempt: Text | None = Field(None, description="Why it is not asked.")


class ManualCheck(Record):
    """A page that refuses machines: a person looks at it."""

    last_checked: Day = Field(description="When a person looked at it last.")
    interval_days: Days = Field(description="Days after which it is to be looked at again.")


class Source(Record):
    """Where a fact was read. Only what was seen is filled in."""

    id: RecordId
    kind: SourceKind = Field(description="Which kind it is.")
    url: Text = Field(pattern=r"^https?://\S+$", description="Address.")
    accessed: Day = Field(description="When we read it.")
    title: Text | None = Field(None, description="What it is called.")
    publisher: Text | None = Field(None, description="Who published it.")
    language: Text | None = Field(None, description="Its language.")
    published: SomeDate | None = Field(
        None, description="When it was published, as exactly as known."
    )
    archived: Text | None = Field(None, description="Address of an archived copy.")
    licence: Text | None = Field(None, description="Licence of the source, where it names one.")
    caution: Text | None = Field(None, description="What to mind when relying on it.")
    watch: Watch | None = Field(None, description="How changes of the page are noticed.")
    manual_check: ManualCheck | None = Field(None, description="Where a person looks instead.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.watch and self.manual_check:
            raise ValueError("watch: a page is asked or looked at by a person; keep one of the two")
        return self


class Breakdown(Record):
    """The parts of a published count, as the one who published it named them."""

    unilateral: Count | None = Field(None, description="Of these, under the destination's own act.")
    agreement: Count | None = Field(None, description="Of these, under agreements.")
    both: Count | None = Field(None, description="Of these, under both.")


class Claim(Record):
    """A published figure: who enters the destination visa-free, or where a passport stands.

    ``about`` is the time that is meant where it is not that on which it was said. ``passport`` and
    ``index`` say of whom and where, for figures that are not about entering it; ``of`` is
    among how many, as it was printed.
    """

    id: RecordId
    said_on: SomeDate = Field(description="When it was said, as exactly as known.")
    by: Text = Field(description="Who said it.")
    what: ClaimWhat = Field(description="What the figure is about.")
    counts: Text = Field(description="What is counted, in words.")
    claimed: Count = Field(description="The figure.")
    about: SomeDate | None = Field(None, description="What it is about.")
    passport: CountryCode | None = Field(None, description="Whose passport it is about.")
    index: Literal["henley", "passport-index"] | None = Field(None, description="In which index.")
    of: Count | None = Field(None, description="Among how many.")
    breakdown: Breakdown | None = Field(None, description="The parts of the count, as published.")
    names: Countries = Field((), description="Nationality that was named.")
    states_only: Flag = Field(False, description="Whether territories were left out of the count.")
    note: Note = None
    confidence: Sure
    sources: Sources

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

    id: RecordId
    partners: Countries = Field(description="The other side: a state or territory.")
    text: Text = Field(description="What it says, in words.")
    as_of: SomeDate = Field(description="The day that it describes, as exactly as known.")
    confidence: Sure
    sources: Sources


class OpenQuestion(Record):
    """What we do not know, and what would settle it."""

    id: RecordId
    about: tuple[AnyId, ...] = Field(
        (), description="Id of a record of any table that the question is about."
    )
    nationalities: Countries = Field((), description="Nationality that it is for.")
    question: Text = Field(description="What we do not know.")
    settled_by: Text = Field(description="What would settle it.")
    sources: SourceIds = ()


class RetiredId(Record):
    """An id that was published once and is never used again."""

    id: RecordId
    retired: Day = Field(description="When the id was taken out of use.")
    replaced_by: AnyId | None = Field(
        None, description="Id of the record of any table that took its place."
    )


class Dataset(Record):
    """The law of one destination: ``data/visa_regimes.yaml``, ``data/regimes/*.yaml``."""

    meta: Meta = Field(description="The heading.")
    groups: tuple[Group, ...] = Field((), description="Groups of states.")
    instruments: tuple[Instrument, ...] = Field((), description="Acts, with what happened to each.")
    regimes: tuple[Regime, ...] = Field(
        (), description="Rules: who may enter without a visa, for how long."
    )
    suspensions: tuple[Suspension, ...] = Field((), description="What was halted, by which act.")
    overlays: tuple[Overlay, ...] = Field((), description="Domestic rules that add limits.")
    advisories: tuple[Advisory, ...] = Field(
        (), description="Times in which practice differed from law."
    )
    duties: tuple[Duty, ...] = Field((), description="What visitors and hosts must do.")
    transit: tuple[Transit, ...] = Field((), description="Short stops without a visa.")
    entry_documents: tuple[EntryDocument, ...] = Field(
        (), description="Papers other than a passport."
    )
    visas: tuple[Visa, ...] = Field((), description="Visa categories.")
    country_lists: tuple[CountryList, ...] = Field(
        (), description="Lists of states that visas refer to."
    )
    e_visa: EVisa | None = Field(None, description="The electronic visa.")
    procedures: tuple[Procedure, ...] = Field((), description="Rules of procedure.")
    fees: Fees | None = Field(None, description="Tariffs.")
    penalties: tuple[Penalty, ...] = Field((), description="What the law threatens.")
    residence_documents: tuple[ResidenceDocument, ...] = Field(
        (), description="Permits and cards that are no visas."
    )
    claims: tuple[Claim, ...] = Field((), description="Published figures.")
    findings: tuple[Finding, ...] = Field((), description="What was searched for and not found.")
    open_questions: tuple[OpenQuestion, ...] = Field((), description="What we do not know.")
    retired_ids: tuple[RetiredId, ...] = Field((), description="Ids that are never used again.")
    sources: tuple[Source, ...] = Field(
        (), description="Addresses; in our own data they stand in `sources.yaml` beside it."
    )


class SourcesFile(Record):
    """``data/sources.yaml``: the sources, apart from the law once the law's file grew long."""

    sources: tuple[Source, ...] = Field(description="Where it was read.")

"""Records of law: instruments with their events, and what they grant, halt or add."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from visamap.dates import PartialDate
from visamap.schema.base import (
    Count,
    Countries,
    CountryCode,
    Dated,
    Day,
    Days,
    Flag,
    Id,
    InstrumentId,
    Limit,
    LinkTo,
    Record,
    SomeDate,
    SourceIds,
    Text,
)
from visamap.vocabulary import (
    AGREEMENT_KINDS,
    AdvisoryKind,
    Basis,
    Confidence,
    DayKind,
    DisputeAbout,
    DutyBy,
    DutyKind,
    EventWord,
    InstrumentKind,
    Passport,
    Purpose,
    Scope,
)


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) != len(values):
        raise ValueError("listed-once: a word stands twice in this list; keep one")
    return values


Passports = Annotated[tuple[Passport, ...], Field(min_length=1), AfterValidator(_once)]
PassportKinds = Annotated[tuple[Passport, ...], AfterValidator(_once)]
Purposes = Annotated[tuple[Purpose, ...], AfterValidator(_once)]
Nationalities = Annotated[Countries, Field(min_length=1)]
GroupId = Annotated[Id, LinkTo("groups")]


class Member(Dated):
    """A state's membership in a group."""

    code: CountryCode


class Group(Record):
    """A dated list of states, such as a union."""

    id: Id
    name: Text
    members: tuple[Member, ...]
    sources: SourceIds


class Event(Record):
    """What happened to an instrument, when, by whom.

    Either ``date`` (with the precision that is known) or ``between`` (first and last possible day;
    a last day of null says that no upper bound was found).
    """

    what: EventWord
    by: CountryCode | None = None
    date: SomeDate | None = None
    between: tuple[Day, Day | None] | None = None
    act: Text | None = None
    place: Text | None = None
    note: Text | None = None
    sources: SourceIds = Field(min_length=1)

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        if (self.date is None) == (self.between is None):
            raise ValueError("event-date: give either `date` or `between`")
        if self.between and self.between[1] and self.between[0] > self.between[1]:
            raise ValueError("event-date: the first day of `between` lies after the last")
        return self

    @property
    def earliest(self) -> PartialDate:
        """The time that orders events: the date, or the first possible day."""
        if self.date:
            return self.date
        assert self.between  # noqa: S101  (one of the two is there, checked above)
        return PartialDate(self.between[0], self.between[1] or self.between[0], "")


class Instrument(Record):
    """An act: what rules rest on. Its status on a day is computed from its events."""

    id: Id
    kind: InstrumentKind
    partners: Countries = ()
    organisation: Text | None = None
    issuer: Text | None = None
    title: Text
    number: Text | None = None
    passports: Annotated[tuple[Passport, ...], AfterValidator(_once)] = ()
    reciprocal: Flag | None = None
    about: Literal["visa-exemption", "stay", "visa-facilitation", "visas", "registration"] = (
        "visa-exemption"
    )
    terms: tuple[Limit, ...] = ()
    amends: InstrumentId | None = None
    replaced_by: InstrumentId | None = None
    events: tuple[Event, ...] = ()
    confidence: Confidence
    note: Text | None = None
    sources: SourceIds = Field(min_length=1)

    @property
    def basis(self) -> Basis:
        """Whether the act binds both sides or is Kazakhstan's own."""
        return "agreement" if self.kind in AGREEMENT_KINDS else "unilateral"


class Conditions(Record):
    """What a visitor must also meet; a key that does not apply is left out."""

    passport_valid_months: Days | None = None
    no_paid_work: Literal[True] | None = None
    no_missionary_work: Literal[True] | None = None
    not_for_pilgrimage: Literal[True] | None = None
    territory: Text | None = None
    residents_of: Text | None = None
    extendable_once_days: Days | None = None


class Side(Record):
    """What one side of a dispute says, and where."""

    says: Text
    sources: SourceIds = Field(min_length=1)


class Dispute(Record):
    """Sources that contradict each other; both sides stay."""

    what: DisputeAbout
    sides: tuple[Side, ...] = Field(min_length=2)


class Regime(Dated):
    """Who may enter without a visa, for how long, under which instrument.

    A decree's wave is one record with a list of nationalities. A regime of an agreement that has no
    dates of its own takes those of its instrument's entry into force and end.
    """

    id: Id
    instrument: InstrumentId
    nationalities: Nationalities
    passports: Passports = ("ordinary",)
    limits: tuple[Limit, ...] = ()
    purposes: Purposes = ()
    conditions: Conditions = Conditions()
    scope: Scope = "general"
    confidence: Confidence
    disputed: Dispute | None = None
    amended_by: InstrumentId | None = None
    note: Text | None = None
    sources: SourceIds = Field(min_length=1)


class Suspension(Dated):
    """An act that halts instruments, regimes or transit rules for a time; they stay whole."""

    id: Id
    act: InstrumentId
    instruments: tuple[InstrumentId, ...] = ()
    regimes: tuple[Annotated[Id, LinkTo("regimes")], ...] = ()
    transit: tuple[Annotated[Id, LinkTo("transit")], ...] = ()
    except_nationalities: Countries = ()
    only_nationalities: Countries = ()
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)

    @model_validator(mode="after")
    def _halts_something(self) -> Self:
        if not (self.instruments or self.regimes or self.transit):
            raise ValueError(
                "halts-nothing: name what is suspended, under `instruments`, `regimes` or `transit`"
            )
        return self


class Selector(Record):
    """Which visitors a rule is for; every key that is given must hold."""

    basis: Basis | None = None
    groups: tuple[GroupId, ...] = ()
    except_groups: tuple[GroupId, ...] = ()
    nationalities: Countries = ()
    except_nationalities: Countries = ()
    passports: Annotated[tuple[Passport, ...], AfterValidator(_once)] = ()
    stay_over_days: Days | None = None
    max_stay_over_days: Days | None = None


def _without_lengths(selector: Selector) -> Selector:
    if selector.stay_over_days or selector.max_stay_over_days:
        raise ValueError(
            "selector: only a duty may depend on the length of a stay; leave out `stay_over_days` "
            "and `max_stay_over_days`"
        )
    return selector


VisitorSelector = Annotated[Selector, AfterValidator(_without_lengths)]


class Overlay(Dated):
    """A domestic rule that adds limits of a family that a regime does not state.

    Days before ``counts_from`` do not count towards its limits.
    """

    id: Id
    act: InstrumentId
    applies_to: VisitorSelector
    limits: tuple[Limit, ...] = Field(min_length=1)
    counts_from: Day | None = None
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)


class Advisory(Dated):
    """A time in which practice differed from law: shown first, never changing the verdict."""

    id: Id
    kind: AdvisoryKind
    applies_to: VisitorSelector = Selector()
    text: Text
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)


class Duty(Dated):
    """What the visitor or the host must do."""

    id: Id
    kind: DutyKind
    act: InstrumentId | None = None
    by: DutyBy
    voluntary: Flag = False
    within_days: Days | None = None
    day_kind: DayKind | None = None
    hours_before_entry: Days | None = None
    applies_to: Selector = Selector()
    text: Text
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)


class Transit(Dated):
    """A short stop without a visa on the way to a third country."""

    id: Id
    act: InstrumentId
    nationalities: Nationalities
    passports: Passports = ("ordinary",)
    hours: Days
    airports: tuple[Text, ...] = ()
    carriers: Text | None = None
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)


class EntryDocument(Dated):
    """A paper other than a passport that is accepted at the border.

    ``in_place_of`` names the passport kind whose regimes its holder enters under; null where the
    paper opens a special way of its own.
    """

    id: Id
    title: Text
    nationalities: Countries = ()
    document: Literal["id_card", "birth_certificate", "foreign_visa", "travel_document", "card"]
    in_place_of: Passport | None = None
    min_age: Count | None = None
    max_age: Count | None = None
    act: InstrumentId | None = None
    territory: Text | None = None
    terms: Text
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)

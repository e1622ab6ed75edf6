"""Records of law: instruments with their events, and what they grant, halt or add."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from visamap.dates import PartialDate
from visamap.schema.record import (
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
    Note,
    Record,
    RecordId,
    Short,
    SomeDate,
    SourceIds,
    Sources,
    Sure,
    Text,
)
from visamap.vocabulary import (
    BASIS_OF,
    AdvisoryKind,
    Basis,
    DayKind,
    DisputeAbout,
    DutyBy,
    DutyKind,
    EventWord,
    InstrumentKind,
    Passport,
    Purpose,
    Scope,
    Way,
)


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) != len(values):
        raise ValueError("listed-once: a word stands twice in this list; keep one")
    return values


Passports = Annotated[tuple[Passport, ...], Field(min_length=1), AfterValidator(_once)]
PassportKinds = Annotated[tuple[Passport, ...], AfterValidator(_once)]
Purposes = Annotated[tuple[Purpose, ...], AfterValidator(_once)]
GroupId = Annotated[Id, LinkTo("groups")]


class Member(Dated):
    """A state's membership in a group."""

    code: CountryCode = Field(
        description="ISO 3166-1 alpha-3 code, or ICAO 9303 code of a document."
    )


class Group(Record):
    """A dated list of states, such as a union."""

    id: RecordId
    name: Text = Field(description="What it is called.")
    members: tuple[Member, ...] = Field(description="Who is in it, and since when.")
    sources: SourceIds


class Event(Record):
    """What happened to an instrument, when, by whom.

    Either ``date`` (with the precision that is known) or ``between`` (first and last possible day;
    a last day of null says that no upper bound was found).
    """

    what: EventWord = Field(description="What happened.")
    by: CountryCode | None = Field(None, description="Which side did it.")
    for_: Countries = Field(
        (), alias="for", description="The sides that it is for, where not for all of them."
    )
    date: SomeDate | None = Field(
        None, description="When it happened, as exactly as known: YYYY-MM-DD, YYYY-MM or YYYY."
    )
    between: tuple[Day, Day | None] | None = Field(
        None, description="Bounds of the day on which it happened, where it is not known."
    )
    act: Text | None = Field(None, description="The document of the event, in words.")
    place: Text | None = Field(None, description="Where it happened.")
    note: Note = None
    sources: Sources

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        if (self.date is None) == (self.between is None):
            raise ValueError("event-date: give either `date` or `between`")
        if self.between and self.between[1] and self.between[0] > self.between[1]:
            raise ValueError("event-date: the first day of `between` lies after the last")
        if self.for_ and self.what not in {"in-force", "applied-provisionally", "ended"}:
            raise ValueError("event-for: only what begins or ends an act may be `for` one side")
        return self

    @property
    def earliest(self) -> PartialDate:
        """The time that orders events: the date, or the first possible day."""
        if self.date:
            return self.date
        assert self.between  # noqa: S101  (one of the two is there, checked above)
        return PartialDate(self.between[0], self.between[1] or self.between[0], "")


class TitleFrom(Record):
    """What an act between two destinations is called where one of them tells of it."""

    home: CountryCode = Field(description="The destination that tells of it.")
    title: Text = Field(description="What it is called.")


class Instrument(Record):
    """An act: what rules rest on. Its status on a day is computed from its events."""

    id: RecordId
    kind: InstrumentKind = Field(description="Which kind it is.")
    partners: Countries = Field((), description="The other side: a state or territory.")
    parties: Countries = Field(
        (), description="All sides of an act between two destinations, in place of `partners`."
    )
    organisation: Text | None = Field(
        None, description="The organisation that the act is with or of."
    )
    issuer: Text | None = Field(None, description="Who made it.")
    title: Text = Field(description="What it is called.")
    title_from: tuple[TitleFrom, ...] = Field(
        (), description="What it is called where it is told from another side."
    )
    number: Text | None = Field(None, description="Its official number.")
    passports: PassportKinds = Field((), description="Kind of passport that it is for; none: all.")
    reciprocal: Flag | None = Field(
        None, description="Whether it binds the other side to the same."
    )
    about: Literal["visa-exemption", "stay", "visa-facilitation", "visas", "registration"] = Field(
        "visa-exemption", description="What it is about."
    )
    terms: tuple[Limit, ...] = Field((), description="How long a stay the act allows.")
    amends: InstrumentId | None = Field(None, description="The act that it changes.")
    replaced_by: InstrumentId | None = Field(None, description="What took its place.")
    events: tuple[Event, ...] = Field((), description="What happened to it, in the order of time.")
    confidence: Sure
    note: Note = None
    sources: Sources

    @model_validator(mode="after")
    def _one_list_of_sides(self) -> Self:
        if self.parties and not {*self.partners} < {*self.parties}:
            raise ValueError("act-parties: `parties` stands in place of `partners`; keep one")
        return self

    @property
    def basis(self) -> Basis | None:
        """Whether the act binds both sides or is home's own; ``None``: it was not identified."""
        return BASIS_OF[self.kind]

    def seen_from(self, home: str) -> Self:
        """Return an act between two destinations as ``home`` has it."""
        if not self.parties:
            return self
        events = tuple(event for event in self.events if not event.for_ or home in event.for_)
        others = tuple(code for code in self.parties if code != home)
        title = next((one.title for one in self.title_from if one.home == home), self.title)
        return self.model_copy(update={"partners": others, "events": events, "title": title})


class Conditions(Record):
    """What a visitor must also meet; a key that does not apply is left out."""

    passport_valid_months: Days | None = Field(
        None, description="Months that the passport must be valid."
    )
    no_paid_work: Literal[True] | None = Field(None, description="True: no paid work is allowed.")
    no_missionary_work: Literal[True] | None = Field(
        None, description="True: no missionary work is allowed."
    )
    not_for_pilgrimage: Literal[True] | None = Field(
        None, description="True: not for a pilgrimage."
    )
    territory: Text | None = Field(None, description="The part of the country that it is about.")
    residents_of: Text | None = Field(None, description="Only for residents of this area.")
    extendable_once_days: Days | None = Field(
        None, description="Days by which the stay can be prolonged once."
    )
    onward_ticket: Literal[True] | None = Field(
        None, description="True: a ticket out of the country must be held."
    )
    with_legal_representative: Literal[True] | None = Field(
        None, description="True: only with a parent or guardian."
    )
    residence_valid_days: Days | None = Field(
        None, description="Days that the residence permit must still be valid."
    )


class Needs(Record):
    """What only some travellers or journeys meet; a key that does not apply is left out."""

    min_age: Count | None = Field(None, description="Least age of the traveller.")
    max_age: Count | None = Field(None, description="Greatest age of the traveller.")
    group_tour: Literal[True] | None = Field(None, description="True: only in a tourist group.")
    arrival_by: Way | None = Field(None, description="How the traveller must arrive.")
    airports: tuple[Text, ...] = Field((), description="Airport of arrival and departure.")
    flights: Text | None = Field(None, description="Only on these flights.")
    zone: Text | None = Field(None, description="Only inside this zone.")
    holds_visa_of: Countries = Field((), description="Whose visa the traveller must hold.")
    resident_of: Countries = Field((), description="Where the traveller must be a resident.")
    document: Text | None = Field(None, description="Only on this kind of the document.")

    @model_validator(mode="after")
    def _needs_something(self) -> Self:
        if not self.model_dump(exclude_defaults=True):
            raise ValueError("needs: name what the rule needs")
        return self


class Side(Record):
    """What one side of a dispute says, and where."""

    says: Text = Field(description="What this side says.")
    sources: Sources


class Dispute(Record):
    """Sources that contradict each other; both sides stay."""

    what: DisputeAbout = Field(description="What the sources contradict each other about.")
    sides: tuple[Side, ...] = Field(min_length=2, description="What each side says, and where.")


Disputed = Annotated[
    Dispute | None, Field(description="Both sides, where sources contradict each other.")
]


class Regime(Dated):
    """Who may enter without a visa, for how long, under which instrument.

    A decree's wave is one record with a list of nationalities. A regime of an agreement that has no
    dates of its own takes those of its instrument's entry into force and end.
    """

    start_may_be_open: ClassVar[bool] = True

    id: RecordId
    instrument: InstrumentId = Field(description="The act that it rests on.")
    provision: Text | None = Field(
        None, description="Article or paragraph of the act, as it is printed."
    )
    nationalities: Countries = Field(
        (), description="Nationality that it is for; none: all, which only needs can narrow."
    )
    passports: Passports = Field(
        ("ordinary",), description="Kind of passport that it is for; none: all."
    )
    limits: tuple[Limit, ...] = Field((), description="Limits of the stay; all of them bind.")
    purposes: Purposes = Field((), description="Purpose of travel that it serves.")
    conditions: Conditions = Field(Conditions(), description="What else must be met.")
    scope: Scope = Field("general", description="Who of the nationality it is for.")
    needs: Needs | None = Field(
        None, description="What a conditional rule needs, which only some travellers meet."
    )
    for_entries: Flag = Field(
        False,
        description="Whether it is for visits that begin while it holds: one under way keeps the "
        "terms that it began with, and days before the rule do not count.",
    )
    last_seen: Day | None = Field(
        None, description="Latest day on which a dated source shows it at work."
    )
    confidence: Sure
    disputed: Disputed = None
    amended_by: InstrumentId | None = Field(None, description="The act that changed its terms.")
    note: Note = None
    sources: Sources

    @model_validator(mode="after")
    def _for_somebody(self) -> Self:
        if (self.scope == "conditional") != (self.needs is not None):
            raise ValueError("needs: a rule of scope `conditional` has `needs`, and only such one")
        if not self.nationalities and self.scope != "conditional":
            raise ValueError("empty: nationalities: the list is empty; fill it")
        if self.for_entries and not self.from_:
            raise ValueError("for-entries: give the day, `from`, that entries are judged by")
        return self


class Suspension(Dated):
    """An act that halts instruments, regimes or transit rules for a time; they stay whole."""

    id: RecordId
    act: InstrumentId = Field(description="The act that it rests on.")
    instruments: tuple[InstrumentId, ...] = Field((), description="An act.")
    regimes: tuple[Annotated[Id, LinkTo("regimes")], ...] = Field(
        (), description="A regime that is halted."
    )
    transit: tuple[Annotated[Id, LinkTo("transit")], ...] = Field(
        (), description="A transit rule that is halted."
    )
    except_nationalities: Countries = Field((), description="Nationality that it is not for.")
    only_nationalities: Countries = Field((), description="Nationality that alone it is for.")
    note: Note = None
    confidence: Sure
    sources: Sources

    @model_validator(mode="after")
    def _halts_something(self) -> Self:
        if not (self.instruments or self.regimes or self.transit):
            raise ValueError(
                "halts-nothing: name what is suspended, under `instruments`, `regimes` or `transit`"
            )
        return self


class Selector(Record):
    """Which visitors a rule is for; every key that is given must hold."""

    basis: Basis | None = Field(None, description="Only for those who enter on this ground.")
    groups: tuple[GroupId, ...] = Field(
        (), description="Only for citizens of a member of this group."
    )
    except_groups: tuple[GroupId, ...] = Field(
        (), description="Not for citizens of a member of this group."
    )
    nationalities: Countries = Field((), description="Nationality that it is for.")
    except_nationalities: Countries = Field((), description="Nationality that it is not for.")
    passports: PassportKinds = Field((), description="Kind of passport that it is for; none: all.")
    stay_over_days: Days | None = Field(
        None, description="Only for stays longer than so many days."
    )
    max_stay_over_days: Days | None = Field(
        None, description="Only where the permitted stay is longer than so many days."
    )


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

    id: RecordId
    act: InstrumentId = Field(description="The act that it rests on.")
    applies_to: VisitorSelector = Field(description="Whom it is for.")
    limits: tuple[Limit, ...] = Field(min_length=1, description="A limit of stay.")
    counts_from: Day | None = None
    note: Note = None
    confidence: Sure
    sources: Sources


class Advisory(Dated):
    """A time in which practice differed from law: shown first, never changing the verdict."""

    id: RecordId
    kind: AdvisoryKind = Field(description="Which kind it is.")
    applies_to: VisitorSelector = Field(Selector(), description="Whom it is for.")
    text: Text = Field(description="What it says, in words.")
    short: Short = None
    note: Note = None
    confidence: Sure
    sources: Sources


class Duty(Dated):
    """What the visitor or the host must do; one who has a visa is told of it ``on_visa`` only."""

    id: RecordId
    kind: DutyKind = Field(description="Which kind it is.")
    act: InstrumentId | None = Field(None, description="The act that it rests on.")
    by: DutyBy = Field(description="Who did or said it.")
    voluntary: Flag = Field(False, description="Whether nothing follows from leaving it undone.")
    within_days: Days | None = Field(None, description="Days in which it is to be done.")
    day_kind: DayKind | None = Field(None, description="Which days those are.")
    from_next_day: Flag = Field(False, description="Whether the day of entry is not one of them.")
    hours_before_entry: Days | None = Field(
        None, description="Hours before entry by which it is to be done."
    )
    applies_to: Selector = Field(Selector(), description="Whom it is for.")
    on_visa: Flag = Field(False, description="Whether those who need a visa are told of it, too.")
    text: Text = Field(description="What it says, in words.")
    short: Short = None
    note: Note = None
    confidence: Sure
    sources: Sources


class Transit(Dated):
    """A short stop without a visa on the way to a third country."""

    id: RecordId
    act: InstrumentId = Field(description="The act that it rests on.")
    nationalities: Countries = Field((), description="Nationality that it is for; none: all.")
    passports: Passports = Field(
        ("ordinary",), description="Kind of passport that it is for; none: all."
    )
    hours: Days = Field(description="Hours of stay.")
    airports: tuple[Text, ...] = Field((), description="Airport of arrival and departure.")
    airside: Flag = Field(
        False, description="Whether the traveller stays inside the transit area of the airport."
    )
    carriers: Text | None = Field(None, description="Only with these carriers.")
    note: Note = None
    confidence: Sure
    sources: Sources


class EntryDocument(Dated):
    """A paper other than a passport that is accepted at the border.

    ``in_place_of`` names the passport kind whose regimes its holder enters under; null where the
    paper opens a special way of its own.
    """

    id: RecordId
    title: Text = Field(description="What it is called.")
    nationalities: Countries = Field((), description="Nationality that it is for.")
    document: Literal["id_card", "birth_certificate", "foreign_visa", "travel_document", "card"] = (
        Field(description="Kind of document.")
    )
    in_place_of: Passport | None = None
    min_age: Count | None = Field(None, description="Least age of the holder.")
    max_age: Count | None = Field(None, description="Greatest age of the holder.")
    act: InstrumentId | None = Field(None, description="The act that it rests on.")
    territory: Text | None = Field(None, description="The part of the country that it is about.")
    terms: Text = Field(description="On what terms it is accepted.")
    short: Short = None
    note: Note = None
    confidence: Sure
    sources: Sources

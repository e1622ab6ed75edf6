"""Records of what a visa costs and what a breach costs: tariffs, the index, sanctions.

Amounts are decimal numbers as text, in the currency that the source names; nothing is converted.
"""

import re
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from visamap.schema.law import PassportKinds, Purposes
from visamap.schema.record import (
    Count,
    Countries,
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
from visamap.vocabulary import (
    Confidence,
    Currency,
    Entries,
    FeePlace,
    GeneralRule,
    Invitation,
    IssuedBy,
    ListPurpose,
    ProcedureAbout,
    RateFor,
    StayRule,
    VisaGroup,
    WorkAllowed,
)

Amount = Annotated[
    str,
    Field(pattern=r"^\d+(\.\d+)?$", coerce_numbers_to_str=True),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "pattern": r"^\d+(\.\d+)?$",
            "description": "an amount in digits, such as 60 or 0.5",
        }
    ),
]


class Rate(Record):
    """One line of a tariff."""

    what: RateFor = Field(description="What is paid for.")
    amount: Amount = Field(description="Amount.")
    currency: Currency = Field(description="Currency of the amount.")


class FeeTable(Dated):
    """A tariff. Every amount is the last one known, not a promise of today's."""

    id: RecordId
    place: FeePlace = Field(description="Where the fee is paid.")
    title: Text = Field(description="What it is called.")
    act: Text | None = Field(None, description="The act that sets it, in words.")
    rates: tuple[Rate, ...] = Field(min_length=1, description="A line of the tariff.")
    exempt: tuple[Text, ...] = Field((), description="Who pays nothing.")
    note: Note = None
    confidence: Sure
    sources: Sources


class FeeGroup(Record):
    """Which lines of which tariffs a visa pays; a visa names the group in ``fee``.

    The lines are those of every table of ``place`` that are for one of ``rates``. A group without
    rates means: free of charge.
    """

    id: RecordId
    title: Text = Field(description="What it is called.")
    place: FeePlace | None = Field(None, description="Where the fee is paid.")
    rates: tuple[RateFor, ...] = Field((), description="A line of the tariff.")


class MonthlyIndex(Record):
    """The monthly calculation index (MCI) of a year, in tenge."""

    year: Days = Field(description="Calendar year.")
    kzt: Days = Field(description="Value of the index in tenge.")
    sources: Sources


class Fees(Record):
    """All tariffs, what visas refer to, and the index that some tariffs and fines count in."""

    note: Note = None
    groups: tuple[FeeGroup, ...] = Field(description="What visas refer to.")
    tables: tuple[FeeTable, ...] = Field(description="The tariffs.")
    mci: tuple[MonthlyIndex, ...] = Field(
        (), description="The monthly calculation index, year by year."
    )
    confidence: Sure
    sources: Sources

    @model_validator(mode="after")
    def _every_group_finds_its_lines(self) -> Self:
        there = {(table.place, rate.what) for table in self.tables for rate in table.rates}
        for group in self.groups:
            if bool(group.rates) != bool(group.place):
                raise ValueError(
                    f"fee-group: {group.id} has only one of `place` and `rates`; give both, or "
                    "neither where the visa is free"
                )
            for what in group.rates:
                if group.place and (group.place, what) not in there:
                    raise ValueError(
                        f"fee-group: no table of {group.place} has a rate for {what}, "
                        f"which {group.id} refers to; add the rate or take it out"
                    )
        return self


class PenaltyStep(Record):
    """One bracket of a sanction.

    ``mci`` is the fine in monthly calculation indices: 0 where there is none, null where we do not
    know it. ``mci_max`` is an upper limit ("up to").
    """

    from_days: Days | None = Field(
        None, description="First day of the breach that the bracket is for."
    )
    to_days: Days | None = Field(
        None, description="Last day of the breach that the bracket is for."
    )
    who: Text | None = Field(
        None, description="Who is punished, where the law tells persons apart."
    )
    repeated_within_months: Days | None = Field(
        None, description="Only if it happens again within so many months."
    )
    sanction: Text = Field(description="What the law threatens, in words.")
    mci: Count | None = None
    mci_max: Count | None = None
    confidence: Sure
    note: Note = None


class Penalty(Dated):
    """What the law threatens for a breach; ``newer_wording`` marks an older one."""

    id: RecordId
    article: Text | None = Field(None, description="Article of the law.")
    breach: Text = Field(description="What was done or left undone.")
    by: Literal["traveller", "host"] = Field(description="Whom it threatens.")
    steps: tuple[PenaltyStep, ...] = Field(
        min_length=1, description="The brackets, by length of the breach or by person."
    )
    newer_wording: Annotated[Id, LinkTo("penalties")] | None = Field(
        None, description="The record of the wording that took its place."
    )
    note: Note = None
    confidence: Sure
    sources: Sources

    @model_validator(mode="after")
    def _brackets_follow_each_other(self) -> Self:
        days = [step for step in self.steps if step.from_days]
        for before, after in pairwise(days):
            if before.to_days is None or after.from_days != before.to_days + 1:
                raise ValueError(
                    f"penalty-brackets: the bracket from day {after.from_days} does not begin on "
                    f"the day after the one before it ends ({before.to_days})"
                )
        return self


def visa_order(code: str) -> tuple[bool, str, int, int]:
    """Return the key that puts codes in order: A2, B3, B10, B12, B12-1, C1, then names."""
    parts = re.fullmatch(r"([A-Z])(\d+)(?:-(\d+))?", code)
    if parts is None:
        return True, code, 0, 0
    return False, parts[1], int(parts[2]), int(parts[3] or 0)


def _in_order(codes: tuple[str, ...]) -> tuple[str, ...]:
    if list(codes) != sorted(set(codes), key=visa_order):
        raise ValueError("sorted: list the visa codes once each and in order (B3, B10, B12, B12-1)")
    return codes


VisaCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$")]
VisaLink = Annotated[VisaCode, LinkTo("visas")]
VisaCodes = Annotated[tuple[VisaLink, ...], AfterValidator(_in_order)]
ListId = Annotated[Id, LinkTo("country_lists")]


class Statement(Record):
    """Something said in words, with its own sources."""

    text: Text = Field(description="What it says, in words.")
    confidence: Confidence | None = Field(None, description="How sure we are that this is so.")
    sources: Sources


class TimelineEntry(Record):
    """One dated step in the life of a visa, a portal or a permit."""

    date: SomeDate = Field(
        description="When it happened, as exactly as known: YYYY-MM-DD, YYYY-MM or YYYY."
    )
    text: Text = Field(description="What it says, in words.")
    sources: Sources


AsOf = Annotated[
    SomeDate | None, Field(description="The day that it describes, as exactly as known.")
]


class Figure(Record):
    """A published number: what it counts, as of when, and ``more_than`` where it says so."""

    as_of: AsOf = None
    counts: Text = Field(description="What is counted, in words.")
    value: Count = Field(description="The number that was published.")
    more_than: Flag = Field(False, description="Whether the source says that it is more than this.")
    note: Note = None
    sources: Sources


class Extension(Record):
    """How a stay on a visa can be prolonged in the country."""

    max_months: Days | None = Field(
        None, description="Months by which it can be prolonged at most."
    )
    max_days: Days | None = Field(None, description="Days by which it can be prolonged at most.")
    by: IssuedBy | None = Field(None, description="Who prolongs it.")
    text: Text | None = Field(None, description="What it says, in words.")
    sources: Sources


class Tax(Record):
    """What a holder is told about income tax."""

    resident_after_days: Days = Field(
        description="Days of presence after which one is resident for tax."
    )
    in_months: Days = Field(description="The months in which those days are counted.")
    rate_percent_foreign_income: Days = Field(description="Tax on income from abroad, in percent.")
    text: Text = Field(description="What it says, in words.")
    note: Note = None
    sources: Sources


class Visa(Record):
    """A visa category. Null is "not known"; where it is known that there is none, a word says so.

    Recipients, entries and validity follow the official classification, and ``confidence`` speaks
    of these; a doubt about another field stands in ``note``. A multiple-entry limit of 180 days is
    written as 6 months, one of 90 days as 3. ``by_general_rule`` names the fields that no source
    gives for this very category. ``former_codes`` are those of 2013 to 2016, several of which mean
    another visa today. ``passports`` are the official kinds whose holders the category is for;
    holders of any other kind are told of the categories without them. ``act`` is the act that
    brought the category in; its events are dated there.
    """

    code: VisaCode = Field(
        description="Official code of the category, or a name where it has none."
    )
    name: Text = Field(description="What it is called.")
    aliases: tuple[Text, ...] = Field((), description="Another name of it.")
    former_codes: tuple[VisaCode, ...] = ()
    group: VisaGroup = Field(description="Group of the official classification.")
    audience: Text = Field(description="Whom it is for.")
    passports: PassportKinds = Field((), description="Kind of passport that it is for; none: all.")
    purposes: Purposes = Field((), description="Purpose of travel that it serves.")
    announced_only: Flag = Field(
        False, description="Whether officials have only named it, so that nobody can apply."
    )
    entries: tuple[Entries, ...] = Field((), description="Number of entries.")
    single_validity_days: Days | None = Field(
        None, description="Days of validity at most, single entry."
    )
    multiple_validity_months: Days | None = Field(
        None, description="Months of validity at most, multiple entry."
    )
    stay_days_per_entry: Days | None = Field(None, description="Days of stay an entry.")
    stay_rule: StayRule | None = Field(None, description="How the days of stay are counted.")
    extendable: Flag | None = Field(None, description="Whether it can be prolonged in the country.")
    extension: Extension | None = Field(None, description="How a stay on it can be prolonged.")
    invitation: Invitation | None = Field(None, description="Whether an invitation is needed.")
    invitation_exempt: ListId | None = Field(
        None, description="List of states whose citizens need no invitation."
    )
    income_usd_month: Days | None = Field(
        None, description="Monthly income to be shown, in US dollars."
    )
    fee: Annotated[Id, LinkTo("fees.groups")] | None = Field(
        None, description="The group of fees that it pays."
    )
    documents: tuple[Text, ...] = Field((), description="A document to be handed in.")
    work: WorkAllowed | None = Field(None, description="Whether paid work is allowed.")
    work_note: Text | None = Field(None, description="Which work is allowed.")
    by_general_rule: tuple[GeneralRule, ...] = ()
    family: Text | None = Field(None, description="Who of the family may come along.")
    issued_by: tuple[IssuedBy, ...] = Field((), description="Who issues it.")
    issuance_note: Text | None = Field(None, description="A remark on where it is issued.")
    processing: Statement | None = Field(None, description="How long it takes.")
    tax: Tax | None = Field(None, description="What is told about income tax.")
    introduced: Day | None = Field(None, description="When it was brought in.")
    abolished: Day | None = Field(None, description="First day without it.")
    act: InstrumentId | None = Field(None, description="The act that it rests on.")
    timeline: tuple[TimelineEntry, ...] = Field((), description="Its life, step by step.")
    figures: tuple[Figure, ...] = Field((), description="Published numbers.")
    note: Note = None
    confidence: Sure
    sources: Sources

    @property
    def id(self) -> str:
        """What other records call it: its code."""
        return self.code

    @model_validator(mode="after")
    def _fields_agree(self) -> Self:
        for wrong, rule, text in (
            (self.announced_only and self.introduced, "announced", "has a day of introduction"),
            (
                self.invitation_exempt and self.invitation != "required",
                "invitation",
                "names a list of exempt states, so its invitation is `required`",
            ),
            (
                self.work == "limited" and not self.work_note,
                "work",
                "allows limited work; say in `work_note` which",
            ),
            (
                self.extension and not self.extendable,
                "extension",
                "has one; set `extendable: true`",
            ),
        ):
            if wrong:
                raise ValueError(f"visa-{rule}: {self.code} {text}")
        return self


class CountryList(Dated):
    """A list of states that visa rules refer to.

    ``complete`` means that absence proves a "no"; a copy of an unofficial dataset is never that.
    ``count`` is the number of states that the sources speak of.
    """

    id: RecordId
    title: Text = Field(description="What it is called.")
    purpose: ListPurpose = Field(description="What the list is for.")
    visas: VisaCodes = Field((), description="A visa that the list is about.")
    as_of: AsOf = None
    count: Days | None = None
    complete: Flag = Field(description="Whether absence from the list proves a no.")
    stand_in_for: ListId | None = Field(
        None, description="The list, not found, that this one stands in for."
    )
    members: Countries = Field((), description="State on the list.")
    note: Note = None
    confidence: Sure
    sources: Sources

    @model_validator(mode="after")
    def _a_complete_list_has_its_count(self) -> Self:
        if self.complete and self.count is not None and self.count != len(self.members):
            raise ValueError(
                f"list-count: the list is called complete with {self.count} states and names "
                f"{len(self.members)}; add the missing ones or set `complete: false`"
            )
        return self


class Portal(Record):
    """A site or application where something is applied for."""

    name: Text = Field(description="What it is called.")
    url: Text | None = Field(None, description="Address.")
    note: Note = None
    sources: SourceIds = ()


class EVisaCategory(Record):
    """A visa that is also given electronically, with the terms of that form."""

    visa: VisaLink = Field(description="The visa.")
    entries: Entries = Field(description="Number of entries.")
    stay_days: Days | None = Field(None, description="Days of stay.")
    validity_days: Days | None = Field(None, description="Days of validity.")
    since: Day | None = Field(None, description="First day on which it is given in this form.")
    note: Note = None
    sources: Sources


class EntryPoints(Dated):
    """Where a holder of an electronic visa may enter."""

    text: Text = Field(description="What it says, in words.")
    note: Note = None
    sources: Sources


class EVisa(Record):
    """The electronic visa: who, where, how."""

    lists: tuple[ListId, ...] = Field(description="List of states whose citizens may apply.")
    portals: tuple[Portal, ...] = Field(description="Where it is asked for.")
    categories: tuple[EVisaCategory, ...] = Field(description="The visas that are given so.")
    invitation: Invitation = Field(description="Whether an invitation is needed.")
    extendable: Flag = Field(description="Whether it can be prolonged in the country.")
    entry_points: tuple[EntryPoints, ...] = Field(description="Where its holder may enter.")
    conditions: tuple[Text, ...] = Field(description="A condition, in words.")
    processing: Statement = Field(description="How long it takes.")
    working_days: Days | None = Field(
        None, description="Working days to allow for it, an invitation that it needs included."
    )
    fee: Statement = Field(description="What it costs.")
    visa_on_arrival: Statement = Field(description="What is known of a visa at the border.")
    timeline: tuple[TimelineEntry, ...] = Field((), description="Its life, step by step.")
    figures: tuple[Figure, ...] = Field((), description="Published numbers.")
    note: Note = None
    confidence: Sure
    sources: Sources


class Procedure(Dated):
    """A rule of procedure, such as when an invitation is filed."""

    id: RecordId
    about: ProcedureAbout = Field(description="What it is about.")
    act: InstrumentId | None = Field(None, description="The act that it rests on.")
    text: Text = Field(description="What it says, in words.")
    note: Note = None
    confidence: Sure
    sources: Sources


class ResidenceDocument(Record):
    """A permit, card or step towards one that is not a visa."""

    id: RecordId
    name: Text = Field(description="What it is called.")
    kind: Text = Field(description="Which kind it is.")
    introduced: SomeDate | None = Field(None, description="When it was brought in.")
    text: Text = Field(description="What it says, in words.")
    timeline: tuple[TimelineEntry, ...] = Field((), description="Its life, step by step.")
    figures: tuple[Figure, ...] = Field((), description="Published numbers.")
    note: Note = None
    confidence: Sure
    sources: Sources

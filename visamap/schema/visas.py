"""Records of what a visa costs and what a breach costs: tariffs, the index, sanctions.

Amounts are decimal numbers as text, in the currency that the source names; nothing is converted.
"""

import re
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from visamap.schema.base import (
    Count,
    Countries,
    Dated,
    Day,
    Days,
    Flag,
    Id,
    InstrumentId,
    LinkTo,
    Record,
    SomeDate,
    SourceIds,
    Text,
)
from visamap.schema.law import PassportKinds, Purposes
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

    what: RateFor
    amount: Amount
    currency: Currency


class FeeTable(Dated):
    """A tariff. Every amount is the last one known, not a promise of today's."""

    id: Id
    place: FeePlace
    title: Text
    act: Text | None = None
    rates: tuple[Rate, ...] = Field(min_length=1)
    exempt: tuple[Text, ...] = ()
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)


class FeeGroup(Record):
    """Which lines of which tariffs a visa pays; a visa names the group in ``fee``.

    The lines are those of every table of ``place`` that are for one of ``rates``. A group without
    rates means: free of charge.
    """

    id: Id
    title: Text
    place: FeePlace | None = None
    rates: tuple[RateFor, ...] = ()


class MonthlyIndex(Record):
    """The monthly calculation index (MCI) of a year, in tenge."""

    year: Days
    kzt: Days
    sources: SourceIds = Field(min_length=1)


class Fees(Record):
    """All tariffs, what visas refer to, and the index that some tariffs and fines count in."""

    note: Text | None = None
    groups: tuple[FeeGroup, ...]
    tables: tuple[FeeTable, ...]
    mci: tuple[MonthlyIndex, ...]
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)

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

    from_days: Days | None = None
    to_days: Days | None = None
    who: Text | None = None
    repeated_within_months: Days | None = None
    sanction: Text
    mci: Count | None = None
    mci_max: Count | None = None
    confidence: Confidence
    note: Text | None = None


class Penalty(Dated):
    """What the law threatens for a breach; ``newer_wording`` marks an older one."""

    id: Id
    article: Text | None = None
    breach: Text
    by: Literal["traveller", "host"]
    steps: tuple[PenaltyStep, ...] = Field(min_length=1)
    newer_wording: Annotated[Id, LinkTo("penalties")] | None = None
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)

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

    text: Text
    confidence: Confidence | None = None
    sources: SourceIds = Field(min_length=1)


class TimelineEntry(Record):
    """One dated step in the life of a visa, a portal or a permit."""

    date: SomeDate
    text: Text
    sources: SourceIds = Field(min_length=1)


class Figure(Record):
    """A published number: what it counts, as of when, and ``more_than`` where it says so."""

    as_of: SomeDate | None = None
    counts: Text
    value: Count
    more_than: Flag = False
    note: Text | None = None
    sources: SourceIds = Field(min_length=1)


class Extension(Record):
    """How a stay on a visa can be prolonged in the country."""

    max_months: Days | None = None
    max_days: Days | None = None
    by: IssuedBy | None = None
    text: Text | None = None
    sources: SourceIds = Field(min_length=1)


class Tax(Record):
    """What a holder is told about income tax."""

    resident_after_days: Days
    in_months: Days
    rate_percent_foreign_income: Days
    text: Text
    note: Text | None = None
    sources: SourceIds = Field(min_length=1)


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

    code: VisaCode
    name: Text
    aliases: tuple[Text, ...] = ()
    former_codes: tuple[VisaCode, ...] = ()
    group: VisaGroup
    audience: Text
    passports: PassportKinds = ()
    purposes: Purposes = ()
    announced_only: Flag = False
    entries: tuple[Entries, ...] = ()
    single_validity_days: Days | None = None
    multiple_validity_months: Days | None = None
    stay_days_per_entry: Days | None = None
    stay_rule: StayRule | None = None
    extendable: Flag | None = None
    extension: Extension | None = None
    invitation: Invitation | None = None
    invitation_exempt: ListId | None = None
    income_usd_month: Days | None = None
    fee: Annotated[Id, LinkTo("fees.groups")] | None = None
    documents: tuple[Text, ...] = ()
    work: WorkAllowed | None = None
    work_note: Text | None = None
    by_general_rule: tuple[GeneralRule, ...] = ()
    family: Text | None = None
    issued_by: tuple[IssuedBy, ...] = ()
    issuance_note: Text | None = None
    processing: Statement | None = None
    tax: Tax | None = None
    introduced: Day | None = None
    abolished: Day | None = None
    act: InstrumentId | None = None
    timeline: tuple[TimelineEntry, ...] = ()
    figures: tuple[Figure, ...] = ()
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)

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

    id: Id
    title: Text
    purpose: ListPurpose
    visas: VisaCodes = ()
    as_of: SomeDate | None = None
    count: Days | None = None
    complete: Flag
    stand_in_for: ListId | None = None
    members: Countries = ()
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)

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

    name: Text
    url: Text | None = None
    note: Text | None = None
    sources: SourceIds = ()


class EVisaCategory(Record):
    """A visa that is also given electronically, with the terms of that form."""

    visa: VisaLink
    entries: Entries
    stay_days: Days | None = None
    validity_days: Days | None = None
    since: Day | None = None
    note: Text | None = None
    sources: SourceIds = Field(min_length=1)


class EntryPoints(Dated):
    """Where a holder of an electronic visa may enter."""

    text: Text
    note: Text | None = None
    sources: SourceIds = Field(min_length=1)


class EVisa(Record):
    """The electronic visa: who, where, how."""

    lists: tuple[ListId, ...]
    portals: tuple[Portal, ...]
    categories: tuple[EVisaCategory, ...]
    invitation: Invitation
    extendable: Flag
    entry_points: tuple[EntryPoints, ...]
    conditions: tuple[Text, ...]
    processing: Statement
    fee: Statement
    visa_on_arrival: Statement
    timeline: tuple[TimelineEntry, ...] = ()
    figures: tuple[Figure, ...] = ()
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)


class Procedure(Dated):
    """A rule of procedure, such as when an invitation is filed."""

    id: Id
    about: ProcedureAbout
    act: InstrumentId | None = None
    text: Text
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)


class ResidenceDocument(Record):
    """A permit, card or step towards one that is not a visa."""

    id: Id
    name: Text
    kind: Text
    introduced: SomeDate | None = None
    text: Text
    timeline: tuple[TimelineEntry, ...] = ()
    figures: tuple[Figure, ...] = ()
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)

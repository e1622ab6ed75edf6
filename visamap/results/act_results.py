"""The answer to "which acts were signed, approved, put into force or ended?".

Of many acts only the month or the year is known. Dates are therefore text here, ``YYYY-MM-DD``,
``YYYY-MM`` or ``YYYY``; a field ``..._between`` holds the first and the last possible day where no
date is known, the last one null where no upper bound was found.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from visamap.limits import Limit
from visamap.results.check_results import AdvisoryNote
from visamap.results.parts import Act, Between, Country, SourceRef
from visamap.values import Value
from visamap.vocabulary import (
    AgreementEvent,
    Confidence,
    Currency,
    Entries,
    EventWord,
    FeePlace,
    GeneralRule,
    InstrumentKind,
    Invitation,
    IssuedBy,
    ListPurpose,
    Match,
    Passport,
    Purpose,
    RateFor,
    Reason,
    Status,
    StayRule,
    Verdict,
    VisaGroup,
    WorkAllowed,
)


class ActEvent(Value):
    """What happened to an act, by whom (a country code), and where that can be read."""

    what: EventWord
    by: str | None
    date: str | None
    between: Between | None
    act: str | None
    place: str | None
    note: str | None
    sources: tuple[SourceRef, ...]


class Matched(Value):
    """An event that was asked for and found in the time asked."""

    event: AgreementEvent
    match: Match


class ActRule(Value):
    """A rule that an act made or, where ``amended``, changed."""

    id: str
    nationalities: tuple[Country, ...]
    limits: tuple[Limit, ...]
    valid_from: date | None
    valid_to: date | None
    valid_from_between: tuple[date | None, date] | None
    valid_to_between: tuple[date, date] | None
    amended: bool


class RelatedAct(Value):
    """An act of a family; ``since`` is its first event, ``replaces`` what it took the place of."""

    id: str
    title: str
    since: date
    amends: str | None
    replaces: tuple[str, ...]


class Mention(Value):
    """A record that names an act (``by`` act), or cites a source that the act cites (source)."""

    section: str
    id: str
    by: Literal["act", "source"]


class Agreement(Value):
    """An act with its events. ``status`` is that of the day asked, null before its first event.

    ``home`` is the country whose acts these are, ``approved`` its approval or ratification;
    ``provisionally`` is the day from which the act is applied before its entry into force.
    """

    id: str
    kind: InstrumentKind
    partners: tuple[Country, ...]
    title: str
    number: str | None
    passports: tuple[Passport, ...]
    reciprocal: bool | None
    signed: str | None
    approved: str | None
    in_force: str | None
    ended: str | None
    signed_between: Between | None
    approved_between: Between | None
    in_force_between: Between | None
    ended_between: Between | None
    status: Status | None
    match: Match
    limits: tuple[Limit, ...]
    events: tuple[ActEvent, ...]
    confidence: Confidence
    sources: tuple[SourceRef, ...]
    matched: tuple[Matched, ...]
    provisionally: str | None
    about: str
    organisation: str | None
    issuer: str | None
    amends: str | None
    amended_by: tuple[str, ...]
    replaced_by: str | None
    regimes: tuple[str, ...]
    note: str | None
    home: Country
    rules: tuple[ActRule, ...] = ()
    """The rules it made or changed; told of one act that is asked for by its id."""
    family: tuple[RelatedAct, ...] = ()
    """The acts that amend or replace one another, this one among them, the oldest first."""
    mentions: tuple[Mention, ...] = ()
    """The records that name it or cite one of its sources; of one act, too."""


class Statement(Value):
    """Something said in words."""

    text: str
    confidence: Confidence | None
    sources: tuple[SourceRef, ...]


class Extension(Value):
    """How a stay can be prolonged in the country."""

    max_months: int | None
    max_days: int | None
    by: IssuedBy | None
    text: str | None
    sources: tuple[SourceRef, ...]


class Tax(Value):
    """What a holder is told about income tax."""

    resident_after_days: int
    in_months: int
    rate_percent_foreign_income: int
    text: str
    note: str | None
    sources: tuple[SourceRef, ...]


class Step(Value):
    """One dated step in the life of a visa."""

    date: str
    text: str
    sources: tuple[SourceRef, ...]


class Figure(Value):
    """A published number and what it counts."""

    as_of: str | None
    counts: str
    value: int
    more_than: bool
    note: str | None
    sources: tuple[SourceRef, ...]


class FeeLine(Value):
    """One line of a tariff: the last amount known, never a promise of today's.

    ``kzt`` is the amount in tenge at the index of ``mci_year``, where it is set in that index.
    """

    what: RateFor
    amount: str
    currency: Currency
    kzt: str | None
    mci_year: int | None
    place: FeePlace
    table: str
    title: str
    as_of: date | None
    as_of_between: tuple[date, date] | None
    confidence: Confidence
    sources: tuple[SourceRef, ...]


class EVisa(Value):
    """The electronic form of a visa; who may have it is said for a nationality only."""

    entries: Entries
    stay_days: int | None
    validity_days: int | None
    since: date | None
    note: str | None
    invitation: Invitation
    extendable: bool
    portal: str | None
    entry_points: tuple[str, ...]
    conditions: tuple[str, ...]
    processing: Statement
    fee: Statement
    sources: tuple[SourceRef, ...]
    working_days: int | None = None
    """How many working days it takes, an invitation that it needs included; null: not known."""
    several_entries: bool = False
    """Whether the same visa is also issued for several entries."""


class ListRef(Value):
    """A list of states that a visa depends on; absence proves a "no" only if it is complete.

    ``states`` is the number of states that the sources speak of, named or not.
    """

    id: str
    title: str
    purpose: ListPurpose
    states: int | None
    complete: bool
    confidence: Confidence
    note: str | None
    sources: tuple[SourceRef, ...]


class ForNationality(Value):
    """What a visa means for one nationality with an ordinary passport.

    ``verdict`` to ``in_practice`` say whether a visa is needed at all, and hold for short stays;
    ``advisories`` are the kinds of ``in_practice``.
    ``e_visa`` is true or null: no list of e-visa states is complete. ``listed_in`` names every list
    of the visa that has this nationality, weak ones included.
    """

    nationality: Country
    verdict: Verdict
    reason: Reason
    max_stay_days: int | None
    purposes: tuple[str, ...]
    advisories: tuple[str, ...]
    in_practice: tuple[AdvisoryNote, ...]
    invitation: Invitation | None
    invitation_exempt: bool | None
    invitation_list: str | None
    e_visa: bool | None
    e_visa_list: str | None
    e_visa_confidence: Confidence | None
    listed_in: tuple[str, ...]


class Visa(Value):
    """A visa category as it is known, asked about on the day ``on``.

    ``exists`` says whether it could be had on that day; null where its first day is not known.
    ``former_codes`` are its codes of 2013 to 2016. ``fees`` is empty where the fee is not known;
    ``free_of_charge`` tells that from a visa that costs nothing.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    former_codes: tuple[str, ...]
    on: date
    exists: bool | None
    announced_only: bool
    passports: tuple[Passport, ...]
    group: VisaGroup
    audience: str
    purposes: tuple[Purpose, ...]
    entries: tuple[Entries, ...]
    single_validity_days: int | None
    multiple_validity_months: int | None
    stay_days_per_entry: int | None
    stay_rule: StayRule | None
    extendable: bool | None
    extension: Extension | None
    invitation: Invitation | None
    invitation_exempt: str | None
    income_usd_month: int | None
    fee: str | None
    free_of_charge: bool | None
    fees: tuple[FeeLine, ...]
    documents: tuple[str, ...]
    work: WorkAllowed | None
    work_note: str | None
    by_general_rule: tuple[GeneralRule, ...]
    family: str | None
    issued_by: tuple[IssuedBy, ...]
    issuance_note: str | None
    e_visa: EVisa | None
    processing: Statement | None
    tax: Tax | None
    introduced: date | None
    abolished: date | None
    act: Act | None
    act_events: tuple[ActEvent, ...]
    timeline: tuple[Step, ...]
    figures: tuple[Figure, ...]
    lists: tuple[ListRef, ...]
    note: str | None
    for_nationality: ForNationality | None
    confidence: Confidence
    sources: tuple[SourceRef, ...]

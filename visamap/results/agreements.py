"""The answer to "which acts were signed, approved, put into force or ended?".

Of many acts only the month or the year is known. Dates are therefore text here, ``YYYY-MM-DD``,
``YYYY-MM`` or ``YYYY``; a field ``..._between`` holds the first and the last possible day where no
date is known, the last one null where no upper bound was found.
"""

from typing import NamedTuple

from visamap.limits import Limit
from visamap.results.parts import Between, Country, SourceRef
from visamap.vocabulary import (
    AgreementEvent,
    Confidence,
    EventWord,
    InstrumentKind,
    Match,
    Passport,
    Status,
)


class ActEvent(NamedTuple):
    """What happened to an act, by whom (a country code), and where that can be read."""

    what: EventWord
    by: str | None
    date: str | None
    between: Between | None
    act: str | None
    place: str | None
    note: str | None
    sources: tuple[SourceRef, ...]


class Matched(NamedTuple):
    """An event that was asked for and found in the time asked."""

    event: AgreementEvent
    match: Match


class Agreement(NamedTuple):
    """An act with its events. ``status`` is that of the day asked, null before its first event.

    ``approved`` is Kazakhstan's approval or ratification; ``provisionally`` is the day from which
    the act is applied before its entry into force.
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

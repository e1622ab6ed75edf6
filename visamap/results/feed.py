"""The dated events of a release, for feed readers and calendars."""

from datetime import date
from typing import NamedTuple

from visamap.limits import Limit
from visamap.results.parts import Act, Country, SourceRef
from visamap.vocabulary import FeedWord, Passport


class FeedEvent(NamedTuple):
    """Something that happened, or will, on a known day.

    ``id`` never changes as long as the record stands: the id of the act, rule or suspension, the
    word, and which of several events of that word it is. ``by`` is the country that acted.
    ``goes_on`` tells of a rule that ends whether all whom it is for stay visa-free under another.
    """

    id: str
    what: FeedWord
    on: date
    by: str | None
    act: Act
    nationalities: tuple[Country, ...]
    passports: tuple[Passport, ...]
    limits: tuple[Limit, ...]
    goes_on: bool | None
    place: str | None
    decision: str | None
    note: str | None
    sources: tuple[SourceRef, ...]

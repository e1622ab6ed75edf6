"""The answer to "what is coming after that day?"."""

from datetime import date
from typing import NamedTuple

from visamap.limits import Limit
from visamap.results.parts import Act, Between, Country, SourceRef
from visamap.vocabulary import Confidence, Passport, Status, UpcomingKind


class Upcoming(NamedTuple):
    """An act under way, or a day on which something begins or ends.

    ``on`` is the first day of the new state, null where it is not known; ``between`` holds its
    first and last possible day, the last one null where there is no upper bound. ``status`` is
    that of the act on the day asked, ``since`` the date of the step it has reached, or
    ``since_between`` its bounds. ``goes_on`` tells of a rule that ends whether all whom it is for
    stay visa-free under another.
    """

    kind: UpcomingKind
    on: date | None
    between: Between | None
    nationalities: tuple[Country, ...]
    passports: tuple[Passport, ...]
    act: Act
    status: Status | None
    since: str | None
    since_between: Between | None
    regime: str | None
    goes_on: bool | None
    limits: tuple[Limit, ...]
    confidence: Confidence
    sources: tuple[SourceRef, ...]

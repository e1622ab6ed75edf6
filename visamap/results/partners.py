"""The answer to "who may enter without a visa on that day?"."""

from datetime import date
from typing import NamedTuple

from visamap.limits import Limit
from visamap.results.parts import Act, Between, Country, SourceRef
from visamap.vocabulary import Basis, Confidence, Passport, Reason


class Partner(NamedTuple):
    """A nationality that enters visa-free, or may; ``possible`` tells the second from the first.

    ``since`` is the first day of unbroken certainty, ``since_between`` holds the bounds of the true
    first day where it is not known.
    """

    nationality: Country
    passport: Passport
    basis: Basis
    also_basis: Basis | None
    max_stay_days: int | None
    limits: tuple[Limit, ...]
    instrument: str
    act: Act
    regime: str
    since: date | None
    since_between: Between | None
    possible: bool
    reason: Reason
    confidence: Confidence
    sources: tuple[SourceRef, ...]


class Totals(NamedTuple):
    """How many nationalities: certain ones by basis, on both grounds, and possible ones."""

    certain: int
    possible: int
    agreement: int
    unilateral: int
    on_both_grounds: int

"""The answer to "who gained, lost, or got other terms between two days?"."""

from datetime import date
from typing import NamedTuple

from visamap.limits import Limit
from visamap.results.check import AlsoRegime, Halt, PendingAct, RegimeRef
from visamap.results.parts import Act, Between, Country, SourceRef
from visamap.vocabulary import Cause, Change, Confidence, Passport, Reason, Verdict


class Standing(NamedTuple):
    """How it stands on one of the two days; the words are those of ``check``."""

    verdict: Verdict
    reason: Reason
    max_stay_days: int | None
    limits: tuple[Limit, ...]
    regime: RegimeRef | None
    possible: tuple[AlsoRegime, ...]
    pending: tuple[PendingAct, ...]
    suspended_by: Halt | None


class Difference(NamedTuple):
    """One nationality whose standing is not the same on both days.

    ``by`` and ``on`` tell the last step that led to the state of the later day, whichever day was
    asked first: the act that did it (null where none did), and the first day of that state, with
    the bounds of the true day where it is not known.
    ``confidence`` is that of the less sure of the two days.
    """

    nationality: Country
    passport: Passport
    change: Change
    before: Standing
    after: Standing
    by: Act | None
    cause: Cause
    on: date
    on_between: Between | None
    confidence: Confidence
    sources: tuple[SourceRef, ...]

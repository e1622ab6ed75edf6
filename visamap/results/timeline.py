"""The answer to "how has it been for this nationality, and what ended each period?"."""

from datetime import date
from typing import NamedTuple

from visamap.limits import Limit
from visamap.results.check import AlsoRegime, Halt, PendingAct, RegimeRef
from visamap.results.parts import Act, Country, SourceRef
from visamap.vocabulary import Cause, Confidence, Passport, Reason, Verdict


class Ending(NamedTuple):
    """Why a period was over, and the act that did it where one did."""

    code: Cause
    act: Act | None


class TimelinePeriod(NamedTuple):
    """Days on which ``check`` gives one and the same answer; the words are those of ``check``.

    ``valid_from`` is null for the first period and ``valid_to`` for the last. ``also`` holds rules
    that certainly apply beside the chosen one, ``possible`` those that may.
    """

    nationality: Country
    passport: Passport
    valid_from: date | None
    valid_to: date | None
    verdict: Verdict
    reason: Reason
    max_stay_days: int | None
    limits: tuple[Limit, ...]
    regime: RegimeRef | None
    also: tuple[AlsoRegime, ...]
    suspended_by: Halt | None
    ended_by: Ending | None
    possible: tuple[AlsoRegime, ...]
    pending: tuple[PendingAct, ...]
    border_residents: tuple[AlsoRegime, ...]
    confidence: Confidence
    sources: tuple[SourceRef, ...]
    held_passport: Country | None = None
    """Whose passport people of a territory hold that has no nationality of its own."""

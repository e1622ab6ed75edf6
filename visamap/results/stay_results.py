"""The answer to "how many days have I left, when must I be out, when may I come back?"."""

from __future__ import annotations

from datetime import date

from visamap.limits import LimitKind
from visamap.results.check_results import (
    AdvisoryNote,
    AlsoRegime,
    Ground,
    Halt,
    RegimeRef,
    VisaHints,
    closed_in_practice,
)
from visamap.results.parts import Country, SourceRef
from visamap.values import Value
from visamap.vocabulary import Confidence, Passport, StayReason, Verdict


class CountedLimit(Value):
    """A limit of the day asked with what it has used up.

    ``used`` counts the days from ``window_from`` on, the day asked included; ``left`` is the rest.
    Both ends of the window are null where none is running. ``binding`` marks the limits that
    forbid the day after ``latest_exit``.
    """

    kind: LimitKind
    days: int | None
    per_days: int | None
    hours: int | None
    under: str | None
    counts_from: date | None
    used: int
    left: int | None
    """Null where no limit of days is set."""
    binding: bool
    window_from: date | None
    window_to: date | None
    doubtful: bool = False
    """Whether it only may bind; to keep to it is safe."""
    entries: int | None = None
    reset_days_outside: int | None = None
    wait_days_outside: int | None = None
    used_by_period: int | None = None
    """Where the authority counts otherwise than by periods: what is used up by periods."""
    used_by_absence: int | None = None
    """And what is, as it starts anew only after ``reset_days_outside`` days outside."""


class Penalty(Value):
    """What the law threatens for so many days (``days``) of overstay in one visit.

    ``mci`` is in monthly calculation indices, ``kzt`` in tenge of the year; null is not known.
    """

    id: str
    article: str | None
    breach: str
    days: int
    from_days: int | None
    to_days: int | None
    sanction: str
    mci: int | None
    mci_max: int | None
    kzt: int | None
    confidence: Confidence
    note: str | None
    sources: tuple[SourceRef, ...]


class Plan(Value):
    """A visit to come.

    ``longest_stay`` counts from its entry; null is not known. ``assumed_exit`` is the day on which
    a traveller who is inside is taken to leave before it; null where the plan goes on with the
    visit that is under way, and where nobody is inside.
    """

    entry: date
    exit: date
    allowed: bool | None
    first_overstay: date | None
    longest_stay: int | None
    days: int
    reason: StayReason | None
    assumed_exit: date | None
    advisories: tuple[AdvisoryNote, ...] = ()
    """How practice differed from law on the day of its entry, which none was if somebody stays."""


class StayEnd(Value):
    """Why the stay ends: ``on`` is the first day it may not reach, null where none is known."""

    on: date | None
    reason: StayReason


class PastBreach(Value):
    """Days of a visit that broke a limit or for which there was no certain right to be inside."""

    first: date
    last: date
    days: int
    reason: StayReason
    certain: bool
    kind: LimitKind | None
    limit_days: int | None
    per_days: int | None
    under: str | None


class DutyDue(Value):
    """What falls due in the visit under way, or in the plan.

    The day of arrival is the first, or with ``from_next_day`` the one after it.
    """

    id: str
    kind: str
    by: str
    due_on: date
    overdue: bool
    within_days: int
    day_kind: str
    stay_over_days: int | None
    text: str
    short: str | None = None
    from_next_day: bool = False


class Calendar(Value):
    """One letter for each day from ``first``.

    ``i`` inside, ``x`` inside against a rule, ``f`` free to stay, ``.`` none of these.
    """

    first: date
    days: str


class StayAnswer(Value):
    """One traveller, one passport, one day.

    ``days_left`` counts from the day asked, that day included; 0 and null have their reason in
    ``stay_ends``.
    """

    nationality: Country
    on: date
    limits: tuple[CountedLimit, ...]
    in_compliance: bool | None
    overstay_days: int
    first_overstay: date | None
    days_left: int | None
    latest_exit: date | None
    next_entry: date | None
    longest_stay_from_next_entry: int | None
    next_full_stay: date | None
    penalty: Penalty | None
    assumptions: tuple[str, ...]
    plan: Plan | None
    passport: Passport
    verdict: Verdict
    reason: StayReason
    stay_ends: StayEnd | None
    max_stay_days: int | None
    inside: bool
    entered: date | None
    visits: int
    counted_days: int
    shared_days: tuple[date, ...]
    breaches: tuple[PastBreach, ...]
    duties: tuple[DutyDue, ...]
    calendar: Calendar
    regime: RegimeRef | None
    suspended_by: Halt | None
    advisories: tuple[AdvisoryNote, ...]
    visas: VisaHints
    as_known_on: date | None
    confidence: Confidence
    sources: tuple[SourceRef, ...]
    also: tuple[AlsoRegime, ...] = ()
    """Other rules of the day, as in ``check``; past the horizon those that are known last."""
    held_passport: Country | None = None
    """Whose passport people of a territory hold that has no nationality of its own."""
    terms_change: date | None = None
    """The first day up to the latest exit on which other limits hold than on the day asked."""
    ground: Ground | None = None
    """The act that decides on the day asked, as in ``check``."""

    @property
    def plan_surely_allowed(self) -> bool:
        """Whether the plan is allowed for certain, to who owes nothing for an overstay.

        The border must not have been closed in practice, not even perhaps, on the day of its entry.
        """
        return (
            self.plan is not None
            and self.plan.allowed is True
            and not self.overstay_days
            and closed_in_practice(self.plan.advisories) is False
        )

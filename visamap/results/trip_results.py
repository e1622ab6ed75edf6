"""The answers to "is this journey possible, leg by leg?" and "where can one cross?"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from visamap.results.check_results import (
    AdvisoryNote,
    Conditional,
    Ground,
    VisaHints,
    closed_in_practice,
    enters_surely,
)
from visamap.results.parts import Between, Country, Destination, SourceRef
from visamap.results.stay_results import CountedLimit
from visamap.values import Value
from visamap.vocabulary import (
    Confidence,
    CrossingKind,
    LegReason,
    OpenTo,
    Passport,
    ToDoKind,
    Verdict,
)


class Crossing(Value):
    """A crossing, or a train over the border, on a day. Never a promise: see ``last_seen``.

    ``open_to`` is "unknown" where it is open, and to whom besides citizens of the two states is not
    known; with a null ``last_seen`` nothing is known of the day. ``last_seen`` is the latest day,
    month or year on which a source shows it so, before or after the day asked.
    """

    id: str
    between: tuple[Country, Country]
    name: str
    kind: CrossingKind | None
    open_to: OpenTo
    last_seen: str | None
    valid_from: date | None
    valid_from_between: Between | None
    short: str | None
    confidence: Confidence
    note: str | None
    sources: tuple[SourceRef, ...]


class ToDo(Value):
    """What must be done for a leg; ``by`` is the last day for it, null where no term is known."""

    what: ToDoKind
    by: date | None
    text: str
    sources: tuple[SourceRef, ...]
    short: str | None = None
    who: str | None = None
    """Who does it: the traveller, the host, the border service."""
    late: bool = False
    """Whether the last day lies before the day asked."""
    url: str | None = None
    """Where it is done, if that is known."""
    conditions: tuple[str, ...] = ()
    """On what an e-visa is given, or not given, in words."""


class Leg(Value, kw_only=True):
    """One leg of a journey with one passport, judged with every leg and visit before it.

    ``days`` is null where the leg has no end yet; ``latest_exit`` is then the last lawful day, as
    far as one is known. ``longest_stay`` counts from the entry; ``first_entry`` is the first day
    from which so long a leg would pass, null where it passes as it is, or on no day that is known.
    """

    leg: int
    nationality: Country
    passport: Passport
    best: bool = True
    on_visa: bool
    destination: Destination
    entry: date
    exit: date | None
    days: int | None
    verdict: Verdict
    allowed: bool | None
    reason: LegReason
    max_stay_days: int | None
    limits: tuple[CountedLimit, ...]
    """As on the day that decides: the last one, or the first that is not allowed."""
    to_do: tuple[ToDo, ...]
    border: dict[str, Any] | None = None
    """``from`` which state, and the ``crossings`` from there, each with whom it is known open to.

    There are none where the states do not touch. Null for the first leg, and for the next one in
    the same state.
    """
    visas: VisaHints
    conditional: tuple[Conditional, ...]
    """Rules that only some travellers or journeys meet."""
    advisories: tuple[AdvisoryNote, ...]
    latest_exit: date | None
    longest_stay: int | None
    first_entry: date | None
    first_overstay: date | None
    as_known_on: date | None
    held_passport: Country | None
    ground: Ground | None
    """The act that decides."""
    confidence: Confidence
    sources: tuple[SourceRef, ...]

    @property
    def last_day(self) -> date | None:
        """The last day on which its traveller may be inside, as far as one is known."""
        if self.latest_exit or not self.longest_stay:
            return self.latest_exit
        return self.entry + timedelta(self.longest_stay - 1)

    @property
    def surely_free(self) -> bool:
        """Whether its traveller enters without a visa for certain: there is a card for that."""
        return enters_surely(self.verdict, self.advisories)

    @property
    def surely_allowed(self) -> bool:
        """Whether the leg is allowed for certain, by a border that was open in practice."""
        return self.allowed is True and closed_in_practice(self.advisories) is False


def together(legs: tuple[Leg, ...]) -> tuple[bool | None, int | None]:
    """Return whether a journey is allowed by the best passport of each leg, and the first no."""
    best = [one for one in legs if one.best]
    for answer in (False, None):
        first = next((one.leg for one in best if one.allowed is answer), None)
        if first is not None:
            return answer, first
    return True, None

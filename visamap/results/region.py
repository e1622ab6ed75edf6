"""The answer to "where can one cross?": ways by land between two states, as far as seen."""

from __future__ import annotations

from datetime import date

from visamap.results.parts import Between, Country, SourceRef
from visamap.values import Value
from visamap.vocabulary import Confidence, CrossingKind, OpenTo


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

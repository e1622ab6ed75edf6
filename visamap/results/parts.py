"""Pieces that several answers share: who, which act, which source, which data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from visamap.values import Value
from visamap.vocabulary import SOURCE_KINDS, Basis, SourceKind

Between = tuple[date | None, date | None]
"""The first and the last possible day; one is null where no bound on that side was found."""


class Country(Value):
    """A state, territory or document issuer: ISO 3166-1 alpha-3 or ICAO 9303 code, English name."""

    code: str
    name: str


class Destination(Value):
    """A state that is entered, with what is its own (``meta.profile`` of its file)."""

    code: str
    name: str
    profile: dict[str, Any]
    bare: bool = True
    """Whether it is meant where a question names no destination."""

    @property
    def option(self) -> str:
        """What a command about it needs."""
        return "" if self.bare else f" --to {self.code}"


NOWHERE = Destination("", "", {})


class SourceRef(Value):
    """Where a fact can be read again."""

    id: str
    url: str
    kind: SourceKind


def law_first(sources: Iterable[SourceRef]) -> tuple[SourceRef, ...]:
    """Return sources in the order of every answer, each once: the law first, then by id."""
    return tuple(sorted(set(sources), key=lambda one: (SOURCE_KINDS.index(one.kind), one.id)))


class Act(Value):
    """The act behind a rule. ``signed`` and ``in_force`` are null where the day is not known."""

    id: str
    kind: str
    basis: Basis | None
    """Null where the act was not identified."""
    title: str
    number: str | None
    signed: date | None
    in_force: date | None


class DataRef(Value):
    """Which data answered: its release day and the digest of its files."""

    release: date
    digest: str


class Note(Value):
    """A remark on a whole answer: a code and the values its sentence needs."""

    code: str
    values: dict[str, Any]


NOTHING = Note("nothing_found", {})


class Envelope(Value):
    """What every door returns: the question, the data it was put to, the items, the remarks."""

    command: str
    data: DataRef
    asked: dict[str, Any]
    items: tuple[Any, ...]
    notes: tuple[Note, ...] = ()
    home: Destination | None = None
    """The one destination that was asked about."""


class Citation(Value):
    """An act with the best source of its text, or a source; of a source what its record says.

    ``published`` and ``accessed`` are dates as far as they are known: a day, a month or a year.
    """

    id: str
    act: Act | None
    source: SourceRef | None
    title: str | None
    publisher: str | None
    language: str | None
    published: str | None
    accessed: str | None
    archived: str | None = None

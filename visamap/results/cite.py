"""What an answer rests on, as it is cited: acts and sources, each with its address."""

from __future__ import annotations

from visamap.results.parts import Act, SourceRef
from visamap.values import Value


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

"""One finding about a data file: where it is, which rule it breaks, and what to do about it.

Rooms that read and check data build these; presenters show them. A problem is a plain tuple
that sorts by its place. This room knows no rule and opens no file.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal[
    "error",  # the data cannot be used until it is mended
    "warning",  # the data can be used; a person should look
]

LONGEST_ECHO = 60


class Problem(NamedTuple):
    """A finding at ``line`` and ``column``, both counted from 1 as editors do."""

    file: str
    line: int
    column: int
    rule: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        mark = "" if self.severity == "error" else f"{self.severity}: "
        return f"{self.file}:{self.line}:{self.column}: [{self.rule}] {mark}{self.message}"


def shortened(text: str) -> str:
    """Return ``text`` as it may be echoed in a message: its start, when it is long."""
    return text if len(text) <= LONGEST_ECHO else f"{text[: LONGEST_ECHO - 3]}..."

"""The answer to ``validate``: what was read and what is wrong with it."""

from datetime import date
from typing import NamedTuple

from visamap.problems import Problem


class Inspection(NamedTuple):
    """A data file looked through; release and counts are only known where it could be read."""

    file: str
    problems: tuple[Problem, ...]
    counts: dict[str, int]
    """How many records each section holds."""
    release: date | None
    digest: str | None

    @property
    def errors(self) -> int:
        """How many problems forbid to use the data."""
        return sum(problem.severity == "error" for problem in self.problems)

"""What became of a list of travellers: how many rows, what was answered, what was not readable."""

from __future__ import annotations

from typing import Literal, get_args

from visamap.results.parts import DataRef
from visamap.values import Value

Engine = Literal[
    "plain",  # Python alone, for short lists
    "arrow",  # one machine
    "spark",  # a cluster
]

Problem = Literal[
    "unknown-nationality",  # no country matches, or the cell is empty
    "ambiguous-nationality",  # more than one country bears the name
    "unknown-passport",  # not a kind of passport; an empty cell is an ordinary one
    "no-arrival",  # the cell is empty
    "bad-arrival",  # not a day written YYYY-MM-DD, with or without a time
    "bad-departure",
    "departure-before-arrival",
    "too-few-cells",  # a row of CSV; the rest of it is empty
    "too-many-cells",  # a row of CSV; the surplus stands in the last cell
    "broken-quotes",  # a line of CSV that cannot be parted; it stands whole in the first cell
    "not-utf-8",  # bytes that are no text; they are written out, as \xcf
    "not-an-object",  # a line of JSON Lines; it is kept under the key "line"
    "unknown-destination",  # no country whose rules are told; an empty cell is that of the list
]
PROBLEMS: tuple[Problem, ...] = get_args(Problem)


class Unreadable(Value):
    """A value that could not be read, in how many rows, and the names that come close."""

    problem: Problem
    value: str
    rows: int
    close: tuple[str, ...]


class BrokenRow(Value):
    """A row that is no row of its kind of file; the first one below the headings is 1."""

    row: int
    problem: Problem


class Screening(Value):
    """The summary of one list. Every row has either a verdict or a problem.

    ``unreadable`` are the most frequent values, ``broken`` the first rows; both are a few.
    ``reasons`` counts the rows by their reason, ``too_long`` the visa-free ones whose stay to the
    departure is longer than they are allowed.
    """

    source: str
    target: str
    engine: Engine
    rows: int
    verdicts: dict[str, int]
    problems: dict[str, int]
    unreadable: tuple[Unreadable, ...]
    broken: tuple[BrokenRow, ...]
    data: DataRef
    reasons: dict[str, int]
    too_long: int

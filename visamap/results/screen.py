"""What became of a list of travellers: how many rows, what was answered, what was not readable."""

from typing import Literal, NamedTuple

from visamap.results.parts import DataRef

Engine = Literal[
    "plain",  # Python alone, for short lists
    "duckdb",  # one machine
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
]


class Unreadable(NamedTuple):
    """A value that could not be read, in how many rows, and the names that come close."""

    problem: Problem
    value: str
    rows: int
    close: tuple[str, ...]


class Screening(NamedTuple):
    """The summary of one list. Every row has either a verdict or a problem."""

    source: str
    target: str
    engine: Engine
    rows: int
    verdicts: dict[str, int]
    problems: dict[str, int]
    unreadable: tuple[Unreadable, ...]
    data: DataRef

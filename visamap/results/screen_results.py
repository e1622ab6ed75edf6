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
    "unknown-passport",  # not a kind of passport; the verdict is that of the default
    "no-arrival",  # the cell is empty
    "bad-arrival",  # not a day, or one of two days for want of an order
    "bad-departure",  # the same; the verdict stands beside it
    "departure-before-arrival",
    "too-few-cells",  # a row of CSV; the rest of it is empty
    "too-many-cells",  # a row of CSV; the surplus stands in the last cell
    "broken-quotes",  # a line of CSV that cannot be parted; it stands whole in the first cell
    "not-utf-8",  # bytes that are no text; they are written out, as \xcf
    "not-an-object",  # a line of JSON Lines; it is kept under the key "line"
    "unknown-destination",  # no country whose rules are told; an empty cell is that of the list
]
PROBLEMS: tuple[Problem, ...] = get_args(Problem)


class Taken(Value):
    """What was decided about a list, and why; ``rows`` of nationalities that speak for it."""

    what: Literal["encoding", "sheet", "dates"]
    value: str
    why: Literal[
        "asked",  # by the caller
        "mark",  # a byte order mark
        "nationalities",  # more of them are known countries in this encoding
        "headings",  # the first sheet that has them
        "days",  # all days of the list can be read in this order only
    ]
    rows: int = 0


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
    """The summary of one list. Every row has a verdict or a problem, and may have both.

    ``unreadable`` are the most frequent values, ``broken`` the first rows; both are a few.
    ``reasons`` counts the rows by their reason, ``too_long`` the visa-free ones whose stay to the
    departure is longer than they are allowed, ``e_visa`` those who need a visa and are on a list of
    electronic ones. ``taken`` is what was decided about how to read the list.
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
    e_visa: int = 0
    taken: tuple[Taken, ...] = ()

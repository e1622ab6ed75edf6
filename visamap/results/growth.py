"""The answer to "how did the number of visa-free nationalities grow, and which acts moved it?"."""

from datetime import date
from typing import Literal, NamedTuple

from visamap.results.parts import Act, Between, Country, DataRef
from visamap.vocabulary import Passport

MoveKind = Literal[
    "gained",  # visa-free from that day, under the act
    "lost",  # no longer visa-free; the act is the one that ended
    "suspended",  # no longer visa-free; the act is the one that halted the rule
    "resumed",  # visa-free again; the act is the one that had halted the rule
]


class Step(NamedTuple):
    """How many nationalities from that day on: certain ones by basis, and possible ones."""

    on: date
    agreement: int
    unilateral: int
    possible: int

    @property
    def certain(self) -> int:
        """Certain ones on either basis."""
        return self.agreement + self.unilateral


class Move(NamedTuple):
    """Nationalities that came or went on one day by one act; ``between``: the day's bounds."""

    on: date
    kind: MoveKind
    act: Act
    nationalities: tuple[Country, ...]
    between: Between | None = None


class Growth(NamedTuple):
    """Every step and move from ``since`` to ``until``; the first step holds on ``since``."""

    passport: Passport
    since: date
    until: date
    steps: tuple[Step, ...]
    moves: tuple[Move, ...]
    data: DataRef

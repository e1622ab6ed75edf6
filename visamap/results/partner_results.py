"""The answer to "who may enter without a visa on that day?"."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypedDict

from visamap.limits import Limit
from visamap.results.check_results import AdvisoryNote
from visamap.results.parts import Act, Between, Country, DataRef, Destination, SourceRef
from visamap.values import Value
from visamap.vocabulary import Basis, Confidence, Passport, Reason


class Partner(Value, kw_only=True):
    """A nationality that enters visa-free, or may; ``possible`` tells the second from the first.

    ``since`` is the first day of unbroken certainty, ``since_between`` holds the bounds of the true
    first day where it is not known.
    """

    nationality: Country
    passport: Passport
    basis: Basis | None
    also_basis: Basis | None = None
    max_stay_days: int | None
    limits: tuple[Limit, ...]
    instrument: str
    act: Act
    regime: str
    since: date | None = None
    since_between: Between | None = None
    possible: bool = False
    reason: Reason
    confidence: Confidence
    sources: tuple[SourceRef, ...]
    doubtful_limits: tuple[Limit, ...] = ()
    """Those of ``limits`` that may bind and may not; to keep to them is safe."""


class Totals(Value):
    """How many nationalities: certain ones by basis, on both grounds, and possible ones."""

    certain: int
    possible: int
    agreement: int
    unilateral: int
    on_both_grounds: int


MoveKind = Literal[
    "gained",  # visa-free from that day, under the act
    "lost",  # no longer visa-free; the act is the one that ended
    "suspended",  # no longer visa-free; the act is the one that halted the rule
    "resumed",  # visa-free again; the act is the one that had halted the rule
]


class Step(Value):
    """How many nationalities from that day on: certain ones by basis, and possible ones."""

    on: date
    agreement: int
    unilateral: int
    possible: int
    act_not_identified: int = 0

    @property
    def certain(self) -> int:
        """Certain ones on any ground."""
        return self.agreement + self.unilateral + self.act_not_identified


class Move(Value):
    """Nationalities that came or went on one day by one act; ``between``: the day's bounds."""

    on: date
    kind: MoveKind
    act: Act
    nationalities: tuple[Country, ...]
    between: Between | None = None


class Growth(Value):
    """Every step and move from ``since`` to ``until``; the first step holds on ``since``."""

    passport: Passport
    since: date
    until: date
    steps: tuple[Step, ...]
    moves: tuple[Move, ...]
    data: DataRef
    home: Destination | None = None


Shade = Literal[
    "home",  # the destination; on an outbound map the state whose passport is asked about
    "free_90",  # visa-free, 90 days a visit or more
    "free_30",  # visa-free, 30 to 89 days
    "free_14",  # visa-free, fewer than 30 days
    "free_untold",  # visa-free, no length of stay known
    "visa_free",  # outbound: visa-free, whatever the stay
    "conditional",  # outbound: visa-free for those who hold another state's visa
    "possible",  # unknown: a visa-free rule may hold
    "suspended",  # visa required: the visa-free rule is halted
    "visa_on_arrival",
    "eta",  # an electronic travel authorisation; no visa
    "e_visa",
    "visa_required",
    "no_admission",
    "unknown",  # neither a rule nor its absence is known
    "disputed",  # an area that two sides claim, without a passport in our list
]
Direction = Literal[
    "inbound",  # into the destination, by nationality
    "outbound",  # with one passport, by destination
    "region",  # with one passport, into the destinations whose own rules are told
]


class Mark(Value):
    """How one country is coloured, and why.

    ``holds`` is the state whose passport is held in a territory that issues none, and as which it
    is coloured. Only ``counted`` marks count: such territories do not, nor places of which the data
    says nothing. ``max_stay_days`` is null where no stay is known, ``barred`` says that entry was
    closed in fact, whatever the rule.
    """

    country: Country
    shade: Shade
    reason: str | None = None
    max_stay_days: int | None = None
    basis: str | None = None
    instrument: str | None = None
    holds: Country | None = None
    counted: bool = True
    barred: bool = False


class WorldMap(Value):
    """All countries on one day; ``advisories`` hold for most nationalities."""

    direction: Direction
    home: Country | Destination
    passport: Passport
    on: date
    marks: tuple[Mark, ...]
    advisories: tuple[AdvisoryNote, ...]
    as_known_on: date | None
    data: DataRef


MapRow = TypedDict(
    "MapRow",
    {
        "code": str,
        "name": str,
        "shade": Shade,
        "class": str,
        "reason": str | None,
        "message": str,
        "max_stay_days": int | None,
        "basis": str | None,
        "instrument": str | None,
        "holds": str | None,
        "counted": bool,
        "barred": bool,
    },
)
MapRow.__doc__ = "A mark as the API tells it: with its class in the picture, and its sentence."

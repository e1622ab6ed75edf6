"""The answer to "how does the world look from Kazakhstan, or to this passport, on that day?"."""

from datetime import date
from typing import Literal, NamedTuple

from visamap.results.check import AdvisoryNote
from visamap.results.parts import Country, DataRef
from visamap.vocabulary import Passport

Shade = Literal[
    "home",  # Kazakhstan; on an outbound map the state whose passport is asked about
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
    "inbound",  # into Kazakhstan, by nationality
    "outbound",  # with one passport, by destination
]


class Mark(NamedTuple):
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


class WorldMap(NamedTuple):
    """All countries on one day; ``advisories`` hold for most nationalities."""

    direction: Direction
    home: Country
    passport: Passport
    on: date
    marks: tuple[Mark, ...]
    advisories: tuple[AdvisoryNote, ...]
    as_known_on: date | None
    data: DataRef

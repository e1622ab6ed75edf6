"""The answer to ``update``: what is in force now, what was before, what changed between them."""

from datetime import date
from typing import Literal, NamedTuple

from visamap.results.parts import Country

UpdateKind = Literal[
    "matrix",  # the full table of passports and destinations, of the Passport Index
    "data",  # a newer release of our own data file
]
UpdateOutcome = Literal[
    "first",  # fetched, checked and in force; there was no copy before
    "replaced",  # the same, in the place of an older copy
    "unchanged",  # what is in force is what stands at the address
    "not_newer",  # fetched and left aside: its release is not later than the one in force
    "restored",  # the copy before is in force again
    "withdrawn",  # no copy is in force any more, as before the first update
]
AsOfBasis = Literal[
    "release",  # our own data says of which day it is
    "last-modified",  # the server says when the file was changed
    "fetched",  # nothing says it: the day on which it was fetched
]


class Copy(NamedTuple):
    """One copy that was fetched: of the matrix, or of our own data file."""

    as_of: date
    """The day whose state it shows; of our own data, the day of its release."""
    as_of_basis: AsOfBasis
    fetched: str
    """The moment of fetching, in ISO form."""
    url: str
    digest: str


class Requirement(NamedTuple):
    """What the matrix says of a pair; ``days`` only where upstream gives a number."""

    requirement: str
    days: int | None


class PairChange(NamedTuple):
    """A pair of which two copies of the matrix say different things; null: it does not have it."""

    passport: Country
    destination: Country
    before: Requirement | None
    after: Requirement | None


class Update(NamedTuple):
    """What an update did. A null ``copy``: none is in force, as before the first update."""

    what: UpdateKind
    outcome: UpdateOutcome
    url: str | None
    copy: Copy | None
    previous: Copy | None
    """The copy that ``--undo`` would bring back."""
    refused: Copy | None = None
    """What was fetched and not put into force, because it is not newer."""
    pairs: int | None = None
    """How many pairs the matrix holds, a passport's own country left out."""
    changes: tuple[PairChange, ...] = ()
    """Central Asian passports, and every passport at Kazakhstan's border."""
    changes_elsewhere: int = 0

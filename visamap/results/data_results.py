"""Answers about the data itself: coverage, export, files and pages looked through, updates."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, TypedDict

from visamap.errors import Problem
from visamap.results.parts import NOWHERE, Country, DataRef, Destination
from visamap.values import Value
from visamap.vocabulary import SourceKind


class Known(Value):
    """How many records a section holds at each confidence."""

    section: str
    high: int
    medium: int
    low: int
    disputed: int
    total: int


class Reach(Value):
    """Since when a missing rule means a visa for a kind of passport; null: on no day."""

    passport: str
    since: date | None


class Answered(Value):
    """How many nationalities enter on a kind of passport by our data, beside an official figure.

    ``possible`` are those of which only an act or a doubtful rule is known. ``claimed`` is the
    newest figure of the foreign ministry, said on ``said_on``: it counts the states that are open
    to holders of such a passport of the destination, so the two need not meet.
    """

    passport: str
    visa_free: int
    possible: int
    claimed: int | None
    said_on: str | None
    claim: str | None


class SourcesOfKind(Value):
    """Sources of one kind. Few pages say when they were published; all were read on a day."""

    kind: SourceKind
    number: int
    dated: int
    published_first: date | None
    published_last: date | None
    accessed_first: date
    accessed_last: date


class Unchecked(Value):
    """A record of which no source was read for longer than asked; ``checked`` is the last time."""

    section: str
    id: str
    checked: date


class OpenQuestion(Value):
    """What the data does not know, and what would settle it."""

    id: str
    about: tuple[str, ...]
    nationalities: tuple[str, ...]
    question: str
    settled_by: str | None


class Coverage(Value):
    """The state of one release on a day. ``months`` is the age asked for ``unchecked``."""

    on: date
    months: int
    known: tuple[Known, ...]
    reach: tuple[Reach, ...]
    sources: tuple[SourcesOfKind, ...]
    unchecked: tuple[Unchecked, ...]
    findings: int
    open_questions: tuple[OpenQuestion, ...]
    answered: tuple[Answered, ...]
    destination: Destination = NOWHERE


FieldType = Literal[
    "string",
    "integer",
    "number",  # a decimal: exact here and in CSV, binary where a form knows nothing else
    "boolean",
    "date",
]
FIELD_TYPES: tuple[FieldType, ...] = ("string", "integer", "number", "boolean", "date")


class Field(Value):
    """A column. ``words`` are all values it can take; empty where it is not a closed word."""

    name: str
    type: FieldType
    required: bool
    description: str
    words: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: int | None = None


class Reference(Value):
    """Columns that name a row of another table (or of the same one) by its key."""

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...]


class Table(Value):
    """Rows of one kind; ``key`` tells them apart, and is empty where there is one row at most.

    ``licence`` is named where it is another than that of the release.
    """

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    rows: tuple[tuple[Any, ...], ...]
    licence: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields."""
        return tuple(field.name for field in self.fields)


class Export(Value):
    """One release in full: as tables, and as records that lie inside each other.

    ``document`` are the records of one destination, ``others`` those of the others by its code;
    ``beside`` names the tables that hold what is no section of them.
    """

    data: DataRef
    title: str
    licence: str
    tables: tuple[Table, ...]
    document: dict[str, Any]
    beside: tuple[str, ...]
    others: dict[str, dict[str, Any]]

    def table(self, name: str) -> Table:
        """Return the table of that name."""
        return next(table for table in self.tables if table.name == name)


class Inspection(Value):
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


class Copy(Value):
    """One copy that was fetched: of the matrix, or of our own data file."""

    as_of: date
    """The day whose state it shows; of our own data, the day of its release."""
    as_of_basis: AsOfBasis
    fetched: str
    """The moment of fetching, in ISO form."""
    url: str
    digest: str


class Requirement(Value):
    """What the matrix says of a pair; ``days`` only where upstream gives a number."""

    requirement: str
    days: int | None


class PairChange(Value):
    """A pair of which two copies of the matrix say different things; null: it does not have it."""

    passport: Country
    destination: Country
    before: Requirement | None
    after: Requirement | None


class Update(Value):
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
    key: str | None = None
    """The pinned key that signed the release; null: who published it was not verified."""


DataReason = Literal[
    "option",  # named with --data
    "environment",  # named with VISAMAP_DATA
    "fetched_later",  # the release that was fetched is later than the shipped one
    "fetched_not_later",  # one was fetched; the shipped one is as late, or later
    "fetched_damaged",  # one was fetched and is no longer whole, so the shipped one answers
    "nothing_fetched",  # there is the shipped one only
]


class Library(Value):
    """A library of somebody else; without a version it is not installed."""

    name: str
    version: str | None


class Extra(Value):
    """An optional part: whether all of its libraries are there, and which are not."""

    name: str
    present: bool
    missing: tuple[str, ...]


class DataInForce(Value):
    """The data that answers, or the ``problem`` that keeps it from answering.

    ``place`` is the file or folder it is read from, ``age_days`` counts from its release.
    """

    reason: DataReason
    place: str
    release: date | None
    digest: str | None
    schema: int | None
    age_days: int | None
    fetched_from: str | None
    problem: str | None


class MatrixInForce(Value):
    """The matrix of all passports that ``visamap update`` brought; null where there is none."""

    as_of: date
    age_days: int
    pairs: int
    url: str
    fetched: str


class Folder(Value):
    """A folder of the user's in which we keep something."""

    what: Literal["data", "cache"]
    path: str
    exists: bool
    writable: bool


class Doctor(Value):
    """The state of an installation; ``damaged`` says that something does not work as it should.

    ``language_from`` is the option or variable that decided, null for English by default.
    """

    version: str
    checkout: bool
    python: str
    platform: str
    libraries: tuple[Library, ...]
    data: DataInForce
    matrix: MatrixInForce | None
    matrix_problem: str | None
    extras: tuple[Extra, ...]
    folders: tuple[Folder, ...]
    language: str
    language_from: str | None
    damaged: bool


class CountryRow(TypedDict):
    """A country, territory or issuer of documents: its codes, and its names in each language."""

    code: str
    alpha2: str | None
    numeric: str | None
    kind: str
    held_passport: str | None
    name: str
    name_kk: str | None
    name_ru: str | None


class Release(TypedDict):
    """Which release answers, since when it covers each kind of passport, how much it holds."""

    release: date
    digest: str
    version: str
    covered_from: dict[str, str]
    countries: int
    records: dict[str, int]


WatchState = Literal[
    "changed",  # it says something else than when its fingerprint was taken
    "gone",  # the server has no such page any more
    "moved",  # the server names another address for it
    "empty",  # the part that is watched is not on the page, or has no words
    "refused",  # the server or its robots.txt lets no machine read it
    "unreachable",  # it could not be had
    "due",  # a person is to look at it again
    "new",  # it was never looked at
    "unchanged",
    "exempt",  # it is not asked, for the reason that is given
    "not_asked",  # the time was up
]
FINDINGS: tuple[WatchState, ...] = (
    "changed", "gone", "moved", "empty", "refused", "unreachable", "due",
)  # fmt: skip
"""States that ask a person to do something, in the order in which they are told."""


class Resting(Value):
    """A record that cites a page."""

    section: str
    id: str
    destination: str | None
    """Whose borders it is about; null where it is about none of ours."""
    in_force: bool


class Watched(Value):
    """A page, and what came of looking at it."""

    source: str
    url: str
    kind: SourceKind
    state: WatchState
    detail: str | None = None
    """What happened, or why it is not asked."""
    moved: str | None = None
    due: date | None = None
    """From which day on a person is to look at it again."""
    archived: str | None = None
    found_archived: str | None = None
    """A copy that the archive has and the source does not name yet."""
    records: tuple[Resting, ...] = ()
    """What rests on it, the most important first."""

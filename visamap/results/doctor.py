"""What ``doctor`` returns: what is installed here, which data answers and why, what is missing."""

from datetime import date
from typing import Literal, NamedTuple

DataReason = Literal[
    "option",  # named with --data
    "environment",  # named with VISAMAP_DATA
    "fetched_later",  # the release that was fetched is later than the shipped one
    "fetched_not_later",  # one was fetched; the shipped one is as late, or later
    "fetched_damaged",  # one was fetched and is no longer whole, so the shipped one answers
    "nothing_fetched",  # there is the shipped one only
]


class Library(NamedTuple):
    """A library of somebody else; without a version it is not installed."""

    name: str
    version: str | None


class Extra(NamedTuple):
    """An optional part: whether all of its libraries are there, and which are not."""

    name: str
    present: bool
    missing: tuple[str, ...]


class DataInForce(NamedTuple):
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


class MatrixInForce(NamedTuple):
    """The matrix of all passports that ``visamap update`` brought; null where there is none."""

    as_of: date
    age_days: int
    pairs: int
    url: str
    fetched: str


class Folder(NamedTuple):
    """A folder of the user's in which we keep something."""

    what: Literal["data", "cache"]
    path: str
    exists: bool
    writable: bool


class Doctor(NamedTuple):
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

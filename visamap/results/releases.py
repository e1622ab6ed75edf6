"""What ``diff --releases`` returns: what one release says otherwise than an earlier one."""

from datetime import date
from typing import Any, Literal, NamedTuple

from visamap.results.parts import Country
from visamap.vocabulary import Passport, Verdict

RecordKind = Literal[
    "added",  # only the newer release has it
    "removed",  # only the older one has it
    "changed",  # both have it, with other values
]


class FieldChange(NamedTuple):
    """A field of a record with other values; null where one release has none."""

    name: str
    before: Any
    after: Any


class Said(NamedTuple):
    """What a release answers for a while."""

    verdict: Verdict
    max_stay_days: int | None


class ReleaseChange(NamedTuple):
    """A record that is another, or days on which a nationality is told otherwise.

    ``about`` tells which. Of a record: ``section``, ``id``, ``change`` and ``fields``. Of an
    answer: who, with which passport, on which days (``last`` is null where no end is known), what
    was said before and after.
    """

    about: Literal["record", "answer"]
    section: str | None = None
    id: str | None = None
    change: RecordKind | None = None
    fields: tuple[FieldChange, ...] = ()
    nationality: Country | None = None
    passport: Passport | None = None
    first: date | None = None
    last: date | None = None
    before: Said | None = None
    after: Said | None = None

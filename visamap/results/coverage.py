"""What ``coverage`` returns: how much is known, how surely, from what, and what is not known."""

from datetime import date
from typing import NamedTuple

from visamap.vocabulary import SourceKind


class Known(NamedTuple):
    """How many records a section holds at each confidence."""

    section: str
    high: int
    medium: int
    low: int
    disputed: int
    total: int


class Reach(NamedTuple):
    """Since when a missing rule means a visa for a kind of passport; null: on no day."""

    passport: str
    since: date | None


class Answered(NamedTuple):
    """How many nationalities enter on a kind of passport by our data, beside an official figure.

    ``possible`` are those of which only an act or a doubtful rule is known. ``claimed`` is the
    newest figure of the foreign ministry, said on ``said_on``: it counts the states that are open
    to holders of such a Kazakh passport, so the two need not meet.
    """

    passport: str
    visa_free: int
    possible: int
    claimed: int | None
    said_on: str | None
    claim: str | None


class SourcesOfKind(NamedTuple):
    """Sources of one kind. Few pages say when they were published; all were read on a day."""

    kind: SourceKind
    number: int
    dated: int
    published_first: date | None
    published_last: date | None
    accessed_first: date
    accessed_last: date


class Unchecked(NamedTuple):
    """A record of which no source was read for longer than asked; ``checked`` is the last time."""

    section: str
    id: str
    checked: date


class OpenQuestion(NamedTuple):
    """What the data does not know, and what would settle it."""

    id: str
    about: tuple[str, ...]
    nationalities: tuple[str, ...]
    question: str
    settled_by: str | None


class Coverage(NamedTuple):
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

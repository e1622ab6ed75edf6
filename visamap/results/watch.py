"""What the pages say on which facts rest: each as it was, or why it needs a look."""

from __future__ import annotations

from datetime import date
from typing import Literal

from visamap.values import Value
from visamap.vocabulary import SourceKind

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

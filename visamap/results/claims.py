"""The answer to "is that figure right?": a published figure against our own data on its day."""

from typing import Any, NamedTuple

from visamap.figures import ClaimReason, ClaimWhat, Outcome
from visamap.results.parts import Country, SourceRef
from visamap.vocabulary import Confidence


class ClaimAnswer(NamedTuple):
    """A claim and what our data says of it.

    ``ours`` is our figure where it is one for the whole time that is meant, ``ours_possible`` the
    lowest and the highest it may be. ``compared_with`` names the days or editions that were looked
    at, ``values`` holds what the sentence needs besides. ``confidence`` is how sure it is that the
    claim was made in these words.
    """

    id: str
    said_on: str
    by: str
    what: ClaimWhat
    claimed: int
    ours: int | None
    ours_possible: tuple[int, int] | None
    outcome: Outcome
    reason: ClaimReason
    sources: tuple[SourceRef, ...]
    counts: str
    about: str | None
    passport: Country | None
    index: str | None  # type: ignore[assignment]  # the contract names it so
    of: int | None
    compared_with: tuple[str, ...]
    values: dict[str, Any]
    note: str | None
    confidence: Confidence

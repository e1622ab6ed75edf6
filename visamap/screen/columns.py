"""Which column of a list holds what, and what the added columns are called; knows no engine."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from visamap.errors import WrongUsageError, did_you_mean
from visamap.i18n import tr
from visamap.results.screen import Problem

ROLES = ("nationality", "arrival", "departure", "passport", "destination")
REQUIRED = ("nationality", "arrival")
SHOWN_HEADINGS = 20


class Answer(NamedTuple):
    """The added columns of one row, in their order."""

    verdict: str | None = None
    max_stay_days: int | None = None
    stay_allowed: bool | None = None
    regime: str | None = None
    basis: str | None = None
    advisory: str | None = None
    confidence: str | None = None
    problem: Problem | None = None
    reason: str | None = None
    destination: str | None = None


ADDED = Answer._fields
ABOUT = {
    "unknown-nationality": "nationality",
    "ambiguous-nationality": "nationality",
    "unknown-passport": "passport",
    "unknown-destination": "destination",
    "bad-arrival": "arrival",
    "bad-departure": "departure",
    "departure-before-arrival": "departure",
}
"""The column that a problem is about."""


class Columns(NamedTuple):
    """The headings as they are, the place of each role among them, the names of what is added."""

    headings: tuple[str, ...]
    nationality: int
    arrival: int
    departure: int | None
    passport: int | None
    destination: int | None
    added: tuple[str, ...]

    @property
    def places(self) -> tuple[int | None, ...]:
        """The place of each role, in the order of ``ROLES``."""
        return self[1:-1]


def find(headings: Sequence[str], wanted: Mapping[str, str], prefix: str = "") -> Columns:
    """Find the roles by their headings; ``wanted`` names those that are called otherwise.

    Capitals and spaces around a heading do not matter. Where the list's own column of destinations
    is called as the added one would be, it is the one.
    """
    if strangers := sorted(set(wanted) - set(ROLES)):
        raise WrongUsageError(
            tr(
                "{column!r} cannot be mapped; the roles are {roles}.",
                column=strangers[0],
                roles=", ".join(ROLES),
            )
        )
    plain = [_plain(heading) for heading in headings]
    places = {role: _place(headings, plain, role, wanted.get(role)) for role in ROLES}
    for role in REQUIRED:
        if places[role] is None:
            listed = ", ".join([shown(heading) for heading in headings[:SHOWN_HEADINGS]])
            listed += ", ..." * (len(headings) > SHOWN_HEADINGS)
            raise WrongUsageError(
                tr(
                    "The list has no column {role!r}; its columns are {columns}. Say which one it "
                    "is: --map {role}=HEADING.",
                    role=role,
                    columns=listed,
                )
            )
    added = tuple(f"{prefix}{name}" for name in ADDED)
    own = places["destination"]
    if own is not None and plain[own] == _plain(added[-1]):
        added = added[:-1]
    if clash := [name for name in added if _plain(name) in plain]:
        raise WrongUsageError(
            tr(
                "The list already has a column {column!r}; choose a prefix for the added ones: "
                "--prefix visamap_.",
                column=clash[0],
            )
        )
    nationality, arrival, departure, passport, destination = (places[role] for role in ROLES)
    return Columns(
        tuple(headings), nationality or 0, arrival or 0, departure, passport, destination, added
    )


def refuse_twins(headings: Sequence[str], form: str) -> None:
    """Refuse headings that a form cannot hold twice; JSON tells capitals apart, tables do not."""
    keys = [heading if form == "JSON Lines" else heading.casefold() for heading in headings]
    counted = Counter(keys)
    for heading, key in zip(headings, keys, strict=True):
        if counted[key] > 1:
            raise WrongUsageError(
                tr(
                    "The list has more than one column {heading!r}, which {form} cannot hold; "
                    "rename one, or write CSV.",
                    heading=heading,
                    form=form,
                )
            )


def shown(text: str) -> str:
    """Return a text of the list for a message; a terminal obeys raw control characters."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def _place(
    headings: Sequence[str], plain: Sequence[str], role: str, named: str | None
) -> int | None:
    heading = role if named is None else named
    for names, name in ((headings, heading), (plain, _plain(heading))):
        found = [n for n, other in enumerate(names) if other == name]
        if len(found) > 1:
            raise WrongUsageError(
                tr(
                    "The list has more than one column {heading!r}; rename all but one, or name "
                    "another: --map {role}=HEADING.",
                    heading=heading,
                    role=role,
                )
            )
        if found:
            return found[0]
    if named is None:
        return None
    from difflib import get_close_matches  # noqa: PLC0415  only a slip pays for it

    hint = did_you_mean([shown(close) for close in get_close_matches(named, headings, n=2)])
    said = tr("The list has no column {heading!r} to take for {role!r}.", heading=named, role=role)
    raise WrongUsageError(said + hint)


def _plain(heading: str) -> str:
    return heading.strip().casefold()

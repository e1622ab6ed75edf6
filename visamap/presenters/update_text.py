"""What an update brought, in words: what is in force now, what changed, how to go back."""

from collections.abc import Iterator

from visamap.presenters.columns import Column
from visamap.presenters.layout import paragraph
from visamap.presenters.outbound_words import requirement, who
from visamap.presenters.sentences import data
from visamap.presenters.text import table
from visamap.results.parts import Envelope
from visamap.results.update import Copy, PairChange, Requirement, Update

BASES = {
    "release": "the day of its release",
    "last-modified": "the day on which the file was changed",
    "fetched": "the day of fetching; the server names no other",
}
UNDO = {"matrix": "visamap update --undo", "data": "visamap update --data --undo"}
OPENINGS = {
    (
        "matrix",
        "first",
    ): "Fetched, checked and in force: a first copy of the matrix, {pairs} pairs.",
    ("matrix", "replaced"): "Fetched, checked and in force: a newer matrix, {pairs} pairs.",
    ("matrix", "unchanged"): "Nothing new: the matrix in force is what stands at the address.",
    ("matrix", "restored"): "The copy before is in force again: {pairs} pairs.",
    ("matrix", "withdrawn"): "No matrix is in force any more, as before the first update.",
    ("data", "first"): "Fetched, checked and in force: the data of {as_of}.",
    ("data", "replaced"): "Fetched, checked and in force: the data of {as_of}.",
    ("data", "unchanged"): "Nothing new: the data in force is what stands at the address.",
    ("data", "not_newer"): (
        "Fetched and left aside: its release {refused} is not later than that of the data in "
        "force, {release}."
    ),
    ("data", "restored"): "The release before is kept in force again: the data of {as_of}.",
    ("data", "withdrawn"): "No fetched release is in force any more: the shipped data answers.",
}


def _what(entry: Requirement | None) -> str:
    if entry is None:
        return "(not there)"
    days = f", {entry.days} days" if entry.days else ""
    return requirement(entry.requirement) + days


COLUMNS = (
    Column("Passport", lambda change: who(change.passport)),
    Column("Destination", lambda change: who(change.destination)),
    Column("Before", lambda change: _what(change.before)),
    Column("Now", lambda change: _what(change.after)),
)


def text(answer: Envelope, width: int) -> str:
    """Return what was done, what changed and how to undo it."""
    return "\n".join(_lines(answer.items[0], answer, width))


def _lines(done: Update, answer: Envelope, width: int) -> Iterator[str]:
    said = OPENINGS[done.what, done.outcome].format(
        pairs=f"{done.pairs or 0:,}",
        as_of=done.copy.as_of if done.copy else None,
        refused=done.refused.as_of if done.refused else None,
        release=answer.data.release,
    )
    yield from paragraph(said, width)
    if done.copy:
        yield from paragraph(f"As of {done.copy.as_of}, {BASES[done.copy.as_of_basis]}.", width)
        yield f"From {done.copy.url}"
        yield f"({done.copy.digest[:19]}, fetched {done.copy.fetched})"
    if done.what == "matrix" and done.copy and done.previous and done.outcome != "unchanged":
        yield from _changes(done.changes, done.changes_elsewhere, done.previous, width)
    yield ""
    yield from paragraph(_way_back(done), width)
    yield from paragraph(data(answer.data), width)


def _changes(
    changes: tuple[PairChange, ...], elsewhere: int, previous: Copy, width: int
) -> Iterator[str]:
    yield ""
    compared = (
        f"Against the copy of {previous.as_of}: {len(changes)} changes of Central Asian passports "
        f"and at Kazakhstan's border, {elsewhere} elsewhere."
    )
    yield from paragraph(compared, width)
    if changes:
        yield ""
        yield table(COLUMNS, changes, width)


def _way_back(done: Update) -> str:
    command = UNDO[done.what]
    if done.outcome in {"restored", "withdrawn"}:
        return f"`{command}` once more goes forth again."
    if done.copy is None:
        return "Nothing was changed."
    if done.previous:
        return f"The copy of {done.previous.as_of} is kept; `{command}` goes back to it."
    back = "no matrix" if done.what == "matrix" else "the shipped data"
    return f"No copy was there before; `{command}` goes back to {back}."

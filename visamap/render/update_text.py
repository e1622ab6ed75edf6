"""What an update brought, in words: what is in force now, what changed, how to go back."""

from collections.abc import Iterator

from visamap.i18n import mark, number, tr, trn
from visamap.render.outbound_text import requirement, who
from visamap.render.phrases import data, days
from visamap.render.sections import Column, paragraph
from visamap.render.table import table
from visamap.results.data_results import Copy, PairChange, Requirement, Update
from visamap.results.parts import Envelope

BASES = {
    "release": mark("the day of its release"),
    "last-modified": mark("the day on which the file was changed"),
    "fetched": mark("the day of fetching; the server names no other"),
}
UNDO = {"matrix": "visamap update --undo", "data": "visamap update --data --undo"}
OPENINGS = {
    ("matrix", "first"): mark(
        "Fetched, checked and in use: a first copy of the matrix, {pairs} pairs."
    ),
    ("matrix", "replaced"): mark("Fetched, checked and in use: a newer matrix, {pairs} pairs."),
    ("matrix", "unchanged"): mark("Nothing new: the matrix in use is the same as at the address."),
    ("matrix", "restored"): mark("The previous copy is in use again: {pairs} pairs."),
    ("matrix", "withdrawn"): mark("No matrix is in use any more, as before the first update."),
    ("data", "first"): mark("Fetched, checked and in use: the data of {as_of}."),
    ("data", "replaced"): mark("Fetched, checked and in use: the data of {as_of}."),
    ("data", "unchanged"): mark("Nothing new: the data in use is the same as at the address."),
    ("data", "not_newer"): mark(
        "Fetched but not used: its release {refused} is not later than that of the data in use, "
        "{release}."
    ),
    ("data", "restored"): mark("The previous release is in use again: the data of {as_of}."),
    ("data", "withdrawn"): mark("No fetched release is in use any more: back to the shipped data."),
}
SIGNED = mark("Verified: signed with the pinned key {key}.")
UNSIGNED = mark(
    "Verified: each file has the digest that stands beside it. Not verified: who published it; "
    "`--key` pins the key of a publisher who signs."
)


def _what(entry: Requirement | None) -> str:
    if entry is None:
        return tr("(not there)")
    said = requirement(entry.requirement)
    return f"{said}, {days(entry.days)}" if entry.days else said


COLUMNS = (
    Column(mark("Passport"), lambda change: who(change.passport)),
    Column(mark("Destination"), lambda change: who(change.destination)),
    Column(mark("Before"), lambda change: _what(change.before)),
    Column(mark("Now"), lambda change: _what(change.after)),
)


def text(answer: Envelope, width: int) -> str:
    """Return what was done, what changed and how to undo it."""
    return "\n".join(_lines(answer.items[0], answer, width))


def _lines(done: Update, answer: Envelope, width: int) -> Iterator[str]:
    said = tr(
        OPENINGS[done.what, done.outcome],
        pairs=number(done.pairs or 0),
        as_of=done.copy.as_of if done.copy else None,
        refused=done.refused.as_of if done.refused else None,
        release=answer.data.release,
    )
    yield from paragraph(said, width)
    if done.copy:
        basis = tr(BASES[done.copy.as_of_basis])
        as_of = tr("As of {day}, {basis}.", day=done.copy.as_of, basis=basis)
        yield from paragraph(as_of, width)
        yield tr("From {url}", url=done.copy.url)
        digest = done.copy.digest[:19]
        yield tr("({digest}, fetched {moment})", digest=digest, moment=done.copy.fetched)
    if done.what == "data" and done.outcome in {"first", "replaced"}:
        proof = SIGNED if done.key else UNSIGNED
        yield from paragraph(tr(proof, key=done.key), width)
    if done.what == "matrix" and done.copy and done.previous and done.outcome != "unchanged":
        yield from _changes(done.changes, done.changes_elsewhere, done.previous, width)
    yield ""
    yield from paragraph(_way_back(done), width)
    yield from paragraph(data(answer.data), width)


def _changes(
    changes: tuple[PairChange, ...], elsewhere: int, previous: Copy, width: int
) -> Iterator[str]:
    yield ""
    compared = trn(
        "Compared with the copy of {day}: {n} change for Central Asian passports and at "
        "Kazakhstan's border, {elsewhere} elsewhere.",
        "Compared with the copy of {day}: {n} changes for Central Asian passports and at "
        "Kazakhstan's border, {elsewhere} elsewhere.",
        len(changes),
        day=previous.as_of,
        elsewhere=elsewhere,
    )
    yield from paragraph(compared, width)
    if changes:
        yield ""
        yield table(COLUMNS, changes, width)


def _way_back(done: Update) -> str:
    command = UNDO[done.what]
    if done.outcome in {"restored", "withdrawn"}:
        return tr("Run `{command}` again to return to the newer copy.", command=command)
    if done.copy is None:
        return tr("Nothing was changed.")
    if done.previous:
        return tr(
            "The copy of {day} is kept; `{command}` returns to it.",
            day=done.previous.as_of,
            command=command,
        )
    said = mark("There was no earlier copy; `{command}` returns to the shipped data.")
    if done.what == "matrix":
        said = mark("There was no earlier copy; `{command}` removes the matrix again.")
    return tr(said, command=command)

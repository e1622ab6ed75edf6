"""The state of the data: records by confidence, sources by kind and age, what is open."""

from collections.abc import Iterator

from visamap.i18n import current, mark, tr, trn
from visamap.render import labels, phrases
from visamap.render.sections import DESTINATION, Column, footer, more, paragraph
from visamap.render.table import table
from visamap.results.data_results import Answered, Coverage, OpenQuestion
from visamap.results.parts import Envelope

SHOWN_RECORDS = 20
INDENT = "  "
SECTIONS = {
    "instruments": mark("acts"),
    "regimes": mark("visa-free rules"),
    "suspensions": mark("suspensions"),
    "overlays": mark("limits by law"),
    "advisories": mark("closures in practice"),
    "duties": mark("duties"),
    "transit": mark("transit"),
    "entry_documents": mark("entry documents"),
    "visas": mark("visas"),
    "country_lists": mark("lists of states"),
    "procedures": mark("procedures"),
    "fees": mark("fees"),
    "penalties": mark("penalties"),
    "residence_documents": mark("residence documents"),
    "claims": mark("published figures"),
    "findings": mark("searches without a find"),
    "outbound_rules": mark("rules abroad"),
}
"""What a section of the data holds; one that has no words here is shown by its name."""


def section(name: str) -> str:
    """Return what a section of the data holds."""
    return tr(SECTIONS[name]) if name in SECTIONS else name


KNOWN = (
    Column("Records", lambda k: labels.section(k.section)),
    Column("High", lambda k: str(k.high)),
    Column("Medium", lambda k: str(k.medium)),
    Column("Low", lambda k: str(k.low)),
    Column("Disputed", lambda k: str(k.disputed)),
    Column("All", lambda k: str(k.total)),
)
SOURCES = (
    Column("Sources", lambda s: labels.source_kind(s.kind)),
    Column("Number", lambda s: str(s.number)),
    Column("Read", lambda s: _span(s.accessed_first, s.accessed_last)),
    Column("Published", lambda s: _span(s.published_first, s.published_last)),
    Column("Dated", lambda s: str(s.dated)),
)
COLUMNS = (
    Column("Day", lambda c: c.on.isoformat()),
    Column("Records", lambda c: str(sum(known.total for known in c.known))),
    Column("Sources", lambda c: str(sum(kind.number for kind in c.sources))),
    Column("Not checked", lambda c: str(len(c.unchecked))),
    Column("Open questions", lambda c: str(len(c.open_questions))),
)


def text(answer: Envelope, width: int, *, full: bool = False) -> str:
    """Return the tables, what was not checked for long, and every open question.

    An open question is told by its id, in ``full`` or by itself in its own words.
    """
    if len(answer.items) > 1:
        lines = [*paragraph(tr("What the data holds on each destination."), width), ""]
        lines += [table((DESTINATION, *COLUMNS), answer.items, width), ""]
        lines += [*paragraph(_one_by_one(answer), width), ""]
        return "\n".join([*lines, *footer(answer, width)])
    (found,) = answer.items
    if answer.asked["id"]:
        (one,) = found.open_questions
        lines = [line for said in (question(one), *in_english()) for line in paragraph(said, width)]
        lines.append("")
        return "\n".join([*lines, *footer(answer, width)])
    lines = [*paragraph(tr("How sure we are of the records on {home_of}."), width), ""]
    lines += [table(KNOWN, found.known, width), ""]
    lines += [*paragraph(tr("What they rest on."), width), "", table(SOURCES, found.sources, width)]
    for told in (reach(found), map(answered, found.answered)):
        lines += ["", *(line for said in told for line in paragraph(said, width))]
    lines += ["", *_unchecked(found, width)]
    lines += [*_open(found, width, full=full), ""]
    lines += [*more(full, width, "coverage ID", cited=False), ""]
    return "\n".join([*lines, *footer(answer, width)])


def _one_by_one(answer: Envelope) -> str:
    """Return how to see one destination in full."""
    last = answer.items[-1].destination.code
    return tr("More: {ways}.", ways=f"`visamap coverage --to {last}`")


def reach(found: Coverage) -> Iterator[str]:
    """Yield since when each kind of passport is complete."""
    for one in found.reach:
        kind = tr(phrases.PASSPORTS[one.passport])
        if one.since:
            yield tr(
                "{passport}: complete since {day}; no rule means that a visa is required.",
                passport=kind,
                day=one.since,
            )
        else:
            yield tr("{passport}: not complete; no rule means that we do not know.", passport=kind)


def answered(one: Answered) -> str:
    """Return how many nationalities are answered for a kind of passport, and the official count."""
    said = tr(
        "{passport}: {free} nationalities enter visa-free; for {possible} more an act or a "
        "doubtful rule is known.",
        passport=tr(phrases.PASSPORTS[one.passport]),
        free=one.visa_free,
        possible=one.possible,
    )
    if one.claimed is None:
        return said
    official = tr(
        "The foreign ministry counts {n} states open to such passports of {home_of} ({day}).",
        n=one.claimed,
        day=one.said_on,
    )
    return f"{said} {official}"


UNCHECKED = (
    Column("Read", lambda r: str(r.checked)),
    Column("Records", lambda r: section(r.section)),
    Column("Id", lambda r: r.id),
)


def not_read(found: Coverage) -> str:
    """Return how many records have no source that was read of late."""
    return trn(
        "No source of {n} record was read in the {months} months before {day}.",
        "No source of {n} records was read in the {months} months before {day}.",
        len(found.unchecked),
        months=found.months,
        day=found.on,
    )


def _unchecked(found: Coverage, width: int) -> Iterator[str]:
    yield from paragraph(not_read(found), width)
    for one in found.unchecked[:SHOWN_RECORDS]:
        yield INDENT + " ".join(column.of(one) for column in UNCHECKED)
    if len(found.unchecked) > SHOWN_RECORDS:
        more = len(found.unchecked) - SHOWN_RECORDS
        yield INDENT + tr("and {number} more, all: --format json", number=more)
    yield ""


def open_heading(found: Coverage) -> str:
    """Return how many questions are open."""
    return trn("{n} open question.", "{n} open questions.", len(found.open_questions))


def _open(found: Coverage, width: int, *, full: bool) -> Iterator[str]:
    yield from (*paragraph(open_heading(found), width), "")
    if not full:
        yield from paragraph(", ".join(one.id for one in found.open_questions), width, INDENT)
        return
    for said in in_english():
        yield from paragraph(said, width)
    for one in found.open_questions:
        yield from paragraph(question(one), width, INDENT, "- ")


def in_english() -> Iterator[str]:
    """Say that the questions are not translated: they are for those who mend the data."""
    if current() != "en":
        yield tr("Open questions are written in English.")


def question(one: OpenQuestion) -> str:
    """Return an open question with what would settle it."""
    if not one.settled_by:
        return f"{one.question} [{one.id}]"
    settled = tr("To settle it: {what}", what=one.settled_by)
    return f"{one.question} {settled} [{one.id}]"


def _span(first: object, last: object) -> str:
    if first is None:
        return "-"
    return str(first) if first == last else f"{first}..{last}"

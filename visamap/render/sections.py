"""An answer as labelled sections, laid out once: a terminal and a page draw the same ones.

The lines of a section are sentences; the days, acts, sources and visas in them are spans (see
``visamap.i18n``), which a terminal prints as words and a page draws as times and links. What opens
an answer has no label. What a column of a table is stands here too, without tabulate, so that plain
text need not load it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from visamap.i18n import Span, current, tr
from visamap.render import phrases
from visamap.render.labels import confidence, source_kind
from visamap.render.remarks import noted
from visamap.results.parts import DataRef, Envelope, SourceRef
from visamap.terminal import toned
from visamap.values import Value


class Column(Value):
    """A heading, marked for translation, and what stands under it for an item."""

    heading: str
    of: Callable[[Any], str]


def cells_of(columns: Iterable[Column], item: Any) -> list[str]:
    """Return the row of an item; its sentences speak of the destination of the item."""
    with phrases.entering(item):
        return [column.of(item) for column in columns]


DESTINATION = Column("Destination", lambda a: f"{a.destination.name} ({a.destination.code})")
"""Whose rules a row is about, where a table holds several destinations."""


LABEL, LONGER = 14, 17
"""Letters for labels: of English ones, and of those of languages with longer words."""
TIED, TIE = r"(?<=№) (?=\d)|(?<=\d) (?=[^\W\d_A-Za-z]|\d{3}\b)", "\ue010"
"""Where a line must not break in Kazakh and Russian, and what keeps it from there."""
GAP = 2
Block = tuple[str, Sequence[str | None]]
"""A label and the paragraphs that stand beside it; one of them may be missing, and so may all."""


class Section(Value):
    """A block that says something, as it is drawn."""

    label: str
    lines: Sequence[str]


def filled(blocks: Iterable[Block]) -> Iterator[Section]:
    """Yield the blocks that say something, with the lines that do."""
    for label, lines in blocks:
        if said := [line for line in lines if line]:
            yield Section(label, said)


def labelled(blocks: Iterable[Block], width: int, *, snug: bool = False) -> Iterator[str]:
    """Yield each block as lines: the label on the left, its paragraphs beside it.

    On a narrow terminal the label stands on a line of its own, as does one that is too long. Labels
    have the same room in every answer, or (``snug``) as much as these need.
    """
    sections = list(filled(blocks))
    room = LABEL if current() == "en" else LONGER
    if snug:
        room = max((len(label) for label, _ in sections), default=0) + GAP
    narrow = width < room + 30
    indent = "  " if narrow else " " * room
    for label, paragraphs in sections:
        first = f"{label:<{room}}"
        if narrow or len(label) >= room:
            yield label
            first = indent
        for said in paragraphs:
            yield from paragraph(said, width, indent, first)
            first = indent


def paragraph(text: str, width: int, indent: str = "", first: str | None = None) -> Iterator[str]:
    """Yield a text as lines from the left edge or an indent; the ``first`` may begin otherwise."""
    # As textwrap does it, which costs more to import than a whole answer to wrap. Only a plain
    # blank parts words: what stands at a no-break space stays together.
    line, bare, gap = indent if first is None else first, True, ""
    if current() != "en":  # which pays nothing for it
        text = re.sub(TIED, TIE, text)
    for word in text.replace("\n", " ").split(" "):
        if word and not bare and len(line) + len(gap) + len(word) > width:
            yield line.replace(TIE, " ")
            line, bare, gap = indent, True, ""
        if word:
            line, bare, gap = line + gap + word, False, ""
        gap += " "
    if not bare:
        yield line.replace(TIE, " ")


def more(full: bool, width: int, one: str = "", cited: bool = True) -> Iterator[str]:
    """Yield how to see more than a list shows; ``one`` is the command for a single row in full."""
    ways = [
        *([tr("`{command}` (one in full)", command=phrases.command(one))] if one else []),
        *([] if full else [tr("--full (all that is known)")]),
        *([tr("--cite (the sources)")] if cited else []),
    ]
    yield from paragraph(tr("More: {ways}.", ways=", ".join(ways)), width)


AS_KNOWN = "as_known_on"
HELD = "held_passport"


def footer(answer: Envelope, width: int, told: Collection[str] = ()) -> Iterator[str]:
    """Yield the remarks on an answer, which data gave it, and the advice to ask the consulate.

    ``told`` are the codes of remarks that stand above already.
    """
    for note in answer.notes:
        if note.code in told:
            continue
        yield from paragraph(noted(note), width)
    yield from paragraph(phrases.data(answer.data), width)
    yield from paragraph(phrases.advice(), width)


def text(
    sections: Iterable[Block], width: int, tone: str = "", *, snug: bool = False
) -> Iterator[str]:
    """Yield what opens an answer from the left edge, then each label with its lines beside it.

    The first sentence has the colour of its ``tone``, if it has one; ``snug`` as in ``labelled``.
    """
    shown = list(filled(sections))
    for said in (line for one in shown if not one.label for line in one.lines):
        for line in paragraph(said, width):
            yield toned(line, tone) if tone else line
        tone = ""
    if below := [one for one in shown if one.label]:
        yield ""
        yield from labelled(below, width, snug=snug)


def opening(said: str, who: str, item: Any, data: DataRef, last: date | None = None) -> Block:
    """Return the first lines of an answer: what it is, to whom, and by whose passport.

    ``last`` is the latest day that was judged, where it is not the day asked.
    """
    return "", [phrases.as_known(said, last or item.on, data), who, phrases.held(item)]


def asked(item: Any, day: str = "") -> str:
    """Return who asked, with which passport, into which state, and for which ``day``."""
    return tr(
        "{name} ({code}), {passport}, into {home_into} on {day}",
        name=item.nationality.name,
        code=item.nationality.code,
        passport=tr(phrases.PASSPORTS[item.passport]),
        day=day or item.on,
    )


def sure(level: str) -> Block:
    """Return how sure an item is."""
    return tr("Confidence"), [Span(f"{confidence(level)}.", "confidence", level)]


SHOWN_SOURCES = 3


def source_lines(sources: Iterable[SourceRef]) -> list[str]:
    """Return each source as its address, which is never broken: it is there to be followed."""
    return [
        Span(f"{source.url} ({source_kind(source.kind)})", "source", source) for source in sources
    ]


def evidence(level: str, sources: Sequence[SourceRef]) -> Iterator[Block]:
    """Yield how sure an item is, and its sources, of which a terminal shows the best."""
    yield sure(level)
    lines = source_lines(sources)
    if rest := lines[SHOWN_SOURCES:]:
        more = tr("and {n} more, all addresses: --format json", n=len(rest))
        lines[SHOWN_SOURCES:] = [Span(more, "folded", rest)]
    yield tr("Sources"), lines

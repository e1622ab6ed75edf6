"""What a column of a table is; without tabulate, so that plain text need not load it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Any, NamedTuple

from visamap.i18n import current, tr
from visamap.render import phrases
from visamap.results.parts import Envelope


class Column(NamedTuple):
    """A heading, marked for translation, and what stands under it for an item."""

    heading: str
    of: Callable[[Any], str]


LABEL, LONGER = 14, 17
"""Letters for labels: of English ones, and of those of languages with longer words."""
GAP = 2
Block = tuple[str, Sequence[str]]
"""A label and the paragraphs that stand beside it."""


def labelled(blocks: Iterable[Block], width: int, *, snug: bool = False) -> Iterator[str]:
    """Yield each block as lines: the label on the left, its paragraphs beside it.

    On a narrow terminal the label stands on a line of its own, as does one that is too long. Labels
    have the same room in every answer, or (``snug``) as much as these need.
    """
    room = LABEL if current() == "en" else LONGER
    if snug:
        blocks = list(blocks)
        room = max(len(label) for label, _ in blocks) + GAP
    narrow = width < room + 30
    indent = "  " if narrow else " " * room
    for label, paragraphs in blocks:
        first = f"{label:<{room}}"
        if narrow or len(label) >= room:
            yield label
            first = indent
        for said in paragraphs:
            yield from [*paragraph(said, width, indent, first)] or [first.rstrip()]
            first = indent


def paragraph(text: str, width: int, indent: str = "", first: str | None = None) -> Iterator[str]:
    """Yield a text as lines from the left edge or an indent; the ``first`` may begin otherwise."""
    yield from wrap(
        text,
        width,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


AS_KNOWN = "as_known_on"
HELD = "held_passport"


def footer(answer: Envelope, width: int, told: Collection[str] = ()) -> Iterator[str]:
    """Yield the remarks on an answer, which data gave it, and the advice to ask the consulate.

    ``told`` are the codes of remarks that stand above already.
    """
    for note in answer.notes:
        if note.code in told:
            continue
        yield from paragraph(phrases.note(note), width)
    yield from paragraph(phrases.data(answer.data), width)
    yield from paragraph(tr(phrases.FOOTER), width)

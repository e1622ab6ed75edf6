"""Lines of labelled text that fit a width; knows nothing of visas."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from visamap.language import current

LABEL, LONGER = 14, 17
"""Letters for labels: of English ones, and of those of languages with longer words."""
Block = tuple[str, list[str]]
"""A label and the paragraphs that stand beside it."""


def labelled(blocks: Iterable[Block], width: int) -> Iterator[str]:
    """Yield each block as lines: the label on the left, its paragraphs beside it.

    On a narrow terminal the label stands on a line of its own, as does one that is too long.
    """
    room = LABEL if current() == "en" else LONGER
    narrow = width < room + 30
    indent = "  " if narrow else " " * room
    for label, paragraphs in blocks:
        first = f"{label:<{room}}"
        if narrow or len(label) >= room:
            yield label
            first = indent
        for said in paragraphs:
            lines = wrap(
                said,
                width,
                initial_indent=first,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
            yield from lines or [first.rstrip()]
            first = indent


def paragraph(text: str, width: int) -> Iterator[str]:
    """Yield a text as lines from the left edge."""
    yield from wrap(text, width, break_long_words=False, break_on_hyphens=False)

"""Lines of labelled text that fit a width; knows nothing of visas."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

LABEL = 14
"""The usual room for a label; longer ones of other languages get more."""
Block = tuple[str, list[str]]
"""A label and the paragraphs that stand beside it."""


def labelled(blocks: Iterable[Block], width: int) -> Iterator[str]:
    """Yield each block as lines: the label on the left, its paragraphs beside it.

    On a narrow terminal the label stands on a line of its own.
    """
    shown = list(blocks)
    room = max([LABEL, *(len(label) + 1 for label, _ in shown)])
    narrow = width < room + 30
    indent = "  " if narrow else " " * room
    for label, paragraphs in shown:
        first = f"{label:<{room}}"
        if narrow:
            yield label
            first = indent
        for paragraph in paragraphs:
            lines = wrap(
                paragraph,
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


def opening(text: str) -> str:
    """Return a clause as it stands at the start of a sentence: its first letter a capital."""
    return f"{text[:1].upper()}{text[1:]}"

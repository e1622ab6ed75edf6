"""Lines of labelled text that fit a width; knows nothing of visas."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

LABEL = 14
Block = tuple[str, list[str]]
"""A label and the paragraphs that stand beside it."""


def labelled(blocks: Iterable[Block], width: int) -> Iterator[str]:
    """Yield each block as lines: the label on the left, its paragraphs beside it.

    On a narrow terminal the label stands on a line of its own.
    """
    narrow = width < LABEL + 30
    indent = "  " if narrow else " " * LABEL
    for label, paragraphs in blocks:
        opening = f"{label:<{LABEL}}"
        if narrow:
            yield label
            opening = indent
        for paragraph in paragraphs:
            lines = wrap(
                paragraph,
                width,
                initial_indent=opening,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
            yield from lines or [opening.rstrip()]
            opening = indent


def paragraph(text: str, width: int) -> Iterator[str]:
    """Yield a text as lines from the left edge."""
    yield from wrap(text, width, break_long_words=False, break_on_hyphens=False)

"""Tables of text that fit a width: the only room of tabulate. Knows nothing of visas."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from tabulate import tabulate

from visamap.language import tr
from visamap.presenters.text.columns import Column

GAP = 2
PADDING = 2
"""What tabulate adds to the width of a heading, whatever stands under it."""
NARROWEST = 8


def table(columns: Sequence[Column], items: Sequence[Any], width: int) -> str:
    """Return the items as a table; the widest columns are wrapped until it fits ``width``."""
    headings = [tr(column.heading) for column in columns]
    rows = [[column.of(item) for column in columns] for item in items]
    widths = [
        max(len(line) for cell in cells for line in cell.splitlines() or [""])
        for cells in zip([heading + " " * PADDING for heading in headings], *rows, strict=True)
    ]
    _narrow(widths, headings, rows, width - GAP * (len(columns) - 1))
    return tabulate(
        rows,
        headings,
        tablefmt="simple",
        disable_numparse=True,
        maxcolwidths=widths,
        maxheadercolwidths=[width - PADDING for width in widths],
    )


def _narrow(
    widths: list[int], headings: Sequence[str], rows: Sequence[Sequence[str]], room: int
) -> None:
    """Take from the widest columns until all fit the room; words are broken only at the last."""
    if sum(widths) <= room:
        return
    least = [
        max(_longest_piece(heading) + PADDING, *map(_longest_piece, cells))
        for heading, *cells in zip(headings, *rows, strict=True)
    ]
    while sum(widths) > room:
        loose = [n for n, one in enumerate(widths) if one > max(least[n], NARROWEST)]
        able = loose or [n for n, one in enumerate(widths) if one > NARROWEST]
        if not able:
            return
        widths[max(able, key=lambda n: widths[n])] -= 1


def _longest_piece(cell: str) -> int:
    """Return the length of the longest piece of a text that a line cannot break."""
    return max((len(piece) for piece in wrap(cell, 1, break_long_words=False)), default=0)


def markdown(columns: Sequence[Column], items: Sequence[Any]) -> str:
    """Return the items as a Markdown table."""
    headings = [_inert(tr(column.heading)) for column in columns]
    rows = [[_inert(column.of(item)) for column in columns] for item in items]
    return tabulate(rows, headings, tablefmt="github", disable_numparse=True)


def _inert(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")

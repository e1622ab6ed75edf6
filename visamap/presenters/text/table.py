"""Tables of text that fit a width: the only room of tabulate. Knows nothing of visas."""

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

from tabulate import tabulate

from visamap.language import tr
from visamap.presenters.text.columns import Column

GAP = 2
PADDING = 2
"""What tabulate adds to the width of a heading, whatever stands under it."""
NARROWEST = 8
A_DAY = 10
"""Letters of a day: a column that is narrower breaks words and days in the middle."""
INDENT = "  "


def table(columns: Sequence[Column], items: Sequence[Any], width: int) -> str:
    """Return the items as a table; the widest columns are wrapped until it fits ``width``.

    Where that would break its words in the middle, each value gets a line of its own instead.
    """
    headings, rows = _cells(columns, items)
    widths = _widths(headings, rows)
    room = width - GAP * (len(columns) - 1)
    if not fits(columns, items, width):
        return "\n".join(_one_below_the_other(headings, rows, width))
    _narrow(widths, headings, rows, room)
    return tabulate(
        rows,
        headings,
        tablefmt="simple",
        disable_numparse=True,
        maxcolwidths=widths,
        maxheadercolwidths=[width - PADDING for width in widths],
    )


def fits(columns: Sequence[Column], items: Sequence[Any], width: int) -> bool:
    """Tell whether the items can stand as a table without a word broken in the middle."""
    headings, rows = _cells(columns, items)
    least = sum(map(_least, headings, _widths(headings, rows)))
    return least + GAP * (len(columns) - 1) <= width


def _cells(columns: Sequence[Column], items: Sequence[Any]) -> tuple[list[str], list[list[str]]]:
    headings = [tr(column.heading) for column in columns]
    return headings, [[column.of(item) for column in columns] for item in items]


def _widths(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    return [
        max(len(line) for cell in cells for line in cell.splitlines() or [""])
        for cells in zip([heading + " " * PADDING for heading in headings], *rows, strict=True)
    ]


def _least(heading: str, widest: int) -> int:
    """Return how narrow a column may become."""
    return min(widest, max(A_DAY, *(len(word) + PADDING for word in heading.split() or [""])))


def _one_below_the_other(
    headings: Sequence[str], rows: Sequence[Sequence[str]], width: int
) -> Iterator[str]:
    for first, *rest in rows:
        yield first
        for heading, cell in zip(headings[1:], rest, strict=True):
            said = " ".join(cell.split())
            if said:
                yield from wrap(
                    f"{heading}: {said}" if heading else said,
                    width,
                    initial_indent=INDENT,
                    subsequent_indent=INDENT * 2,
                    break_long_words=False,
                    break_on_hyphens=False,
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

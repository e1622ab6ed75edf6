"""Tables of text that fit a width: the only room of tabulate. Knows nothing of visas."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import Any

from visamap.i18n import tr
from visamap.render.sections import Column, cells_of, paragraph

GAP = 2
PADDING = 2
"""Room that a heading has beyond its own letters, whatever stands under it."""
A_DAY = 10
"""Letters of a day: a column that is narrower breaks words and days in the middle."""
BOUNDS = re.compile(r"(?<=\d)\.\.(?=\d)")
"""Where two days that bound a third stand in a cell, it has two lines."""
INDENT = "  "
LEAST = 16
"""Letters by which a shortened name is still known."""


def table(columns: Sequence[Column], items: Sequence[Any], width: int) -> str:
    """Return the items as a table; the widest columns are wrapped until it fits ``width``.

    Long words are broken where nothing else helps. Where that would break days and short words too,
    each value gets a line of its own instead.
    """
    headings, whole_cells = _cells(columns, items)
    rows = [[BOUNDS.sub("..\n", cell) for cell in row] for row in whole_cells]
    room, floor = width - GAP * (len(columns) - 1), _floor(headings, rows)
    if sum(floor) > room:
        return "\n".join(_one_below_the_other(headings, whole_cells, width))
    widths, whole = _longest(headings, rows, str.splitlines), _longest(headings, rows, str.split)
    while sum(widths) > room:
        able = [n for n, one in enumerate(widths) if one > whole[n]]
        able = able or [n for n, one in enumerate(widths) if one > floor[n]]
        widths[max(able, key=lambda n: widths[n])] -= 1
    heads = [_wrapped(head, width - PADDING) for head, width in zip(headings, widths, strict=True)]
    body = [[_wrapped(cell, one) for cell, one in zip(row, widths, strict=True)] for row in rows]
    drawn = [max(len(line) for row in body for line in row[n]) for n in range(len(columns))]
    least = [max(map(len, head)) + PADDING for head in heads]
    return "\n".join(_drawn(heads, body, [*map(max, drawn, least)]))


def _wrapped(cell: str, width: int) -> list[str]:
    lines = (wrap(line, width) or [""] for line in cell.splitlines() or [""])
    return [part for line in lines for part in line]


def _drawn(
    headings: Iterable[Sequence[str]],
    rows: Iterable[Iterable[Sequence[str]]],
    widths: Sequence[int],
) -> Iterator[str]:
    """Yield a table line by line; a cell is the lines that stand in it."""
    rule = [["-" * one] for one in widths]
    for row in (headings, rule, *rows):
        for line in zip_longest(*row, fillvalue=""):
            cells = (cell.ljust(one) for cell, one in zip(line, widths, strict=True))
            yield (" " * GAP).join(cells).rstrip()


def rows(columns: Sequence[Column], items: Sequence[Any], width: int, cut: int) -> str:
    """Return the items as a table with a line for each: column ``cut`` is shortened until it fits.

    Where that would leave little of it, the cells are wrapped as in ``table``.
    """
    cells = [*zip(*_cells(columns, items)[1], strict=True)]
    headings = [tr(column.heading) for column in columns]
    widths = [max(map(len, [head, *column])) for head, column in zip(headings, cells, strict=True)]
    spare = width - sum(widths) - GAP * (len(columns) - 1)
    widths[cut] += min(spare, 0)
    if spare < 0 and widths[cut] < LEAST:
        return table(columns, items, width)
    heads = [[head] for head in headings]
    fitted = [
        [_fitted(cell, one) for cell in column] for column, one in zip(cells, widths, strict=True)
    ]
    lines = ([[cell] for cell in row] for row in zip(*fitted, strict=True))
    return "\n".join(_drawn(heads, lines, widths))


def _fitted(cell: str, width: int) -> str:
    return cell.ljust(width) if len(cell) <= width else f"{cell[: width - 1].rstrip(' ,(')}\u2026"


def fits(columns: Sequence[Column], items: Sequence[Any], width: int) -> bool:
    """Tell whether the items can stand as a table in which no day and no short word is broken."""
    return sum(_floor(*_cells(columns, items))) + GAP * (len(columns) - 1) <= width


def unbroken(columns: Sequence[Column], items: Sequence[Any]) -> int:
    """Return how wide the items are as a table of a line each, bounds of days apart."""
    headings, cells = _cells(columns, items)
    rows = [[BOUNDS.sub("..\n", cell) for cell in row] for row in cells]
    return sum(_longest(headings, rows, str.splitlines)) + GAP * (len(columns) - 1)


def _cells(columns: Sequence[Column], items: Sequence[Any]) -> tuple[list[str], list[list[str]]]:
    headings = [tr(column.heading) for column in columns]
    return headings, [cells_of(columns, item) for item in items]


def _floor(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return how narrow each column may become."""
    by_heading = _longest(headings, (), str.split)
    by_cells = _longest(headings, rows, str.split)
    pairs = zip(by_heading, by_cells, strict=True)
    return [min(cells, max(A_DAY, heading)) for heading, cells in pairs]


def _longest(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    parts: Callable[[str], list[str]],
) -> list[int]:
    """Return how long the longest part of each column is, its heading included."""
    return [
        max(
            max(map(len, parts(heading)), default=0) + PADDING,
            max((len(part) for row in rows for part in parts(row[n])), default=0),
        )
        for n, heading in enumerate(headings)
    ]


def _one_below_the_other(
    headings: Sequence[str], rows: Sequence[Sequence[str]], width: int
) -> Iterator[str]:
    for first, *rest in rows:
        yield first
        for heading, cell in zip(headings[1:], rest, strict=True):
            said = " ".join(cell.split())
            if said:
                line = f"{heading}: {said}" if heading else said
                yield from paragraph(line, width, INDENT * 2, INDENT)


def markdown(columns: Sequence[Column], items: Sequence[Any]) -> str:
    """Return the items as a Markdown table."""
    from tabulate import tabulate  # noqa: PLC0415  it costs more to import than a table to draw

    headings = [_inert(tr(column.heading)) for column in columns]
    rows = [[*map(_inert, cells_of(columns, item))] for item in items]
    return tabulate(rows, headings, tablefmt="github", disable_numparse=True)


def _inert(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")

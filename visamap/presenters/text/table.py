"""Tables of text that fit a width: the only room of tabulate. Knows nothing of visas."""

from collections.abc import Sequence
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
    room = width - GAP * (len(columns) - 1)
    while sum(widths) > room and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return tabulate(
        rows,
        headings,
        tablefmt="simple",
        disable_numparse=True,
        maxcolwidths=widths,
        maxheadercolwidths=[width - PADDING for width in widths],
    )


def markdown(columns: Sequence[Column], items: Sequence[Any]) -> str:
    """Return the items as a Markdown table."""
    headings = [_inert(tr(column.heading)) for column in columns]
    rows = [[_inert(column.of(item)) for column in columns] for item in items]
    return tabulate(rows, headings, tablefmt="github", disable_numparse=True)


def _inert(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")

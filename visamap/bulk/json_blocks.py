"""JSON Lines in blocks."""

from collections.abc import Iterator
from typing import BinaryIO

from visamap.bulk.blocks import JsonBlock
from visamap.bulk.columns import Columns
from visamap.bulk.csv_text import BOM
from visamap.bulk.json_lines import LINE, Line, in_order, line_of, places

SLICE = 2 << 20


def headings(path: str, named: str) -> tuple[str, ...]:
    """Return the keys of all objects.

    Raises:
        WrongUsageError: there is none.
    """
    with open(path, "rb") as file:
        return in_order(foremost(file), named)


def foremost(file: BinaryIO) -> dict[str, int]:
    """Return the keys of all objects with the foremost place that each takes in one."""
    lines = (one for some, _ in lines_of(file, LINE) for one in some)
    return places(tuple(one.found) for one in lines if not one.trouble)


def blocks(path: str, key: str, columns: Columns) -> Iterator[tuple[JsonBlock, int]]:
    """Yield the lines in blocks, and how far the file was read."""
    with open(path, "rb") as file:
        yield from blocks_of(file, key, columns)


def blocks_of(file: BinaryIO, key: str, columns: Columns) -> Iterator[tuple[JsonBlock, int]]:
    """Yield the lines from where a file stands."""
    for some, place in lines_of(file, key):
        yield JsonBlock(columns, some), place


def lines_of(file: BinaryIO, key: str) -> Iterator[tuple[list[Line], int]]:
    """Yield the lines of a file, some at a time; what is no object has ``key``."""
    place = 0
    while some := file.readlines(SLICE):
        if not place:
            some[0] = some[0].removeprefix(BOM)
        place += sum(map(len, some))
        if found := [one for line in some if (one := line_of(line, key))]:
            yield found, place

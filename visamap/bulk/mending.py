"""Lists written anew for an engine: every row as clean CSV, what is wrong with it in a last cell.

A row of JSON Lines is one cell, its object.
"""

import io
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from visamap.bulk import csv_rows, jsonl_file
from visamap.bulk.broken import Broken
from visamap.bulk.csv_rows import Row


class Kind(NamedTuple):
    """What our reader must know of a list; ``key`` is that of a line which is no object."""

    form: str
    delimiter: str
    width: int
    key: str


def kind_of(form: str, delimiter: str, headings: tuple[str, ...], target: str) -> Kind:
    """Return the kind of a list that is to be written in the form ``target``."""
    if form == "csv":
        return Kind(form, delimiter, len(headings), "")
    return Kind(form, ",", 1, jsonl_file.broken_key(headings, target))


def rows(path: str, kind: Kind) -> Iterator[Row]:
    """Read a list."""
    if kind.form == "csv":
        return csv_rows.rows(path, kind.delimiter, kind.width)
    return map(_row, jsonl_file.lines(path, kind.key))


def rows_of(text: bytes, kind: Kind, *, last: bool) -> Iterator[Row]:
    """Read a piece of a list; ``last`` where the list ends with it.

    Raises:
        OpenEndError: the piece ends within a row.
    """
    if kind.form == "csv":
        return csv_rows.rows_of(text, kind.delimiter, kind.width, last=last)
    return map(_row, jsonl_file.lines_of(io.BytesIO(text), kind.key))


def write(
    found: Iterator[Row], delimiter: str, file: BinaryIO, broken: Broken, most: float = float("inf")
) -> int:
    """Write rows, about ``most`` bytes of them; return the bytes of the longest."""
    longest = size = 0
    for cells, trouble in found:
        broken.count(trouble)
        written = csv_rows.line([*cells, trouble or ""], delimiter).encode()
        file.write(written)
        longest, size = max(longest, len(written)), size + len(written)
        if size > most:
            break
    return longest


def _row(line: jsonl_file.Line) -> Row:
    return Row([line.text], line.trouble)

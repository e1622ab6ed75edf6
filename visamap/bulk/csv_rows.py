"""CSV row by row, whatever stands there: what is no row keeps its place and says why.

A row begins where a line begins. Where it cannot be read from there, because something follows a
closing quote or a quote is never closed, that one line is the broken row and reading goes on with
the next: a slip costs its own line and no other. What the other engines find broken comes here, so
this file alone says what a broken row is and how it is passed on.
"""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from visamap.results.screen import Problem

BLOCK = 1 << 20
LONGEST_CELL = 1 << 27
"""128 MiB; more is no cell."""
QUOTED = '"\r\n'
BOM = b"\xef\xbb\xbf"


class Row(NamedTuple):
    """As many cells as there are headings, and why they are not to be trusted."""

    cells: list[str]
    trouble: Problem | None


class OpenEndError(Exception):
    """A piece of a list ends within a row, though it was cut where rows seemed to end."""


def rows(path: str, delimiter: str, width: int) -> Iterator[Row]:
    """Yield the rows under the headings; empty lines are none."""
    with open(path, "rb") as file:
        file.seek(head_size(path, delimiter))
        yield from _rows(file, delimiter, width, whole=True)


def head_size(path: str, delimiter: str) -> int:
    """Return the bytes of the row of headings, and of what stands before it."""
    with open(path, "rb") as file:
        mark = BOM if file.read(len(BOM)) == BOM else b""
        file.seek(len(mark))
        lines = _Lines(file)
        try:
            next(csv.reader(lines, delimiter=delimiter, strict=True), None)
        except csv.Error:
            return len(mark + lines.first)
        return len(mark) + lines.size


def rows_of(text: bytes, delimiter: str, width: int, *, last: bool) -> Iterator[Row]:
    """Yield the rows of a piece of a list; ``last`` where the list ends with it.

    Raises:
        OpenEndError: the piece ends within a row.
    """
    return _rows(io.BytesIO(text), delimiter, width, whole=last)


def line(cells: list[str], delimiter: str) -> str:
    """Return a row as it is written: quotes only where they are needed."""
    bare = delimiter.join(cells)
    quotes = '"' in bare or "\n" in bare or "\r" in bare
    if not quotes and bare.count(delimiter) == len(cells) - 1:
        return bare + "\n"
    return delimiter.join([_quoted(cell, delimiter) for cell in cells]) + "\n"


def told(raw: bytes) -> str:
    r"""Return bytes as text; one that is not UTF-8 is written out, as \xcf."""
    return raw.decode("utf-8", "backslashreplace")


def _rows(file: BinaryIO, delimiter: str, width: int, *, whole: bool) -> Iterator[Row]:
    before = csv.field_size_limit(LONGEST_CELL)
    lines = _Lines(file)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        while True:
            lines.begin()
            try:
                cells = next(reader, None)
            except csv.Error as error:
                if lines.ended and not whole:
                    raise OpenEndError from error
                text = told(lines.first).rstrip("\r\n")
                lines.go_back()
                yield Row(_padded([text], width), "broken-quotes")
                continue
            if cells is None:
                return
            if cells:
                yield _fitted(cells, delimiter, width, utf8=lines.utf8)
    finally:
        csv.field_size_limit(before)


def _fitted(cells: list[str], delimiter: str, width: int, *, utf8: bool) -> Row:
    trouble: Problem | None = None
    # Empty cells past the headings, as a delimiter at the end of a row makes them, hold nothing;
    # DuckDB leaves them out as well.
    while len(cells) > width and not cells[-1]:
        cells.pop()
    if len(cells) < width:
        cells, trouble = _padded(cells, width), "too-few-cells"
    elif len(cells) > width:
        surplus = line(cells[width - 1 :], delimiter)[:-1]
        cells, trouble = [*cells[: width - 1], surplus], "too-many-cells"
    return Row(cells, trouble if utf8 else "not-utf-8")


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _quoted(cell: str, delimiter: str) -> str:
    if delimiter in cell or any(sign in cell for sign in QUOTED):
        return '"' + cell.replace('"', '""') + '"'
    return cell


class _Lines:
    """Hands lines to the reader, and can go back behind the first line of the row at hand."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._lines = _lines(file)
        self._row: list[bytes] = []
        self._back: list[bytes] = []  # the next line last
        self.utf8 = True
        self.ended = False

    @property
    def first(self) -> bytes:
        """The first line of the row."""
        return self._row[0]

    @property
    def size(self) -> int:
        """The bytes of the row."""
        return sum(map(len, self._row))

    def begin(self) -> None:
        """Begin a row."""
        self._row.clear()
        self.utf8 = True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._back:
            raw = self._back.pop()
        else:
            try:
                raw = next(self._lines)
            except StopIteration:
                self.ended = True
                raise
        self._row.append(raw)
        try:
            return raw.decode()
        except UnicodeDecodeError:
            self.utf8 = False
            return told(raw)

    def go_back(self) -> None:
        """Read the lines behind the first one once more."""
        self.ended = False
        self._back += self._row[:0:-1]


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield lines with their ends, whichever of the three they have."""
    held: list[bytes] = []
    while block := file.read(BLOCK):
        while block.endswith(b"\r") and (more := file.read(1)):
            block += more
        found = block.splitlines(keepends=True)
        if held:
            held.append(found[0])
            if len(found) == 1 and not _ends(block):
                continue
            found[0] = b"".join(held)
            held = []
        if not _ends(block):
            held = [found.pop()]
        yield from found
    if held:
        yield b"".join(held)


def _ends(block: bytes) -> bool:
    return block.endswith((b"\n", b"\r"))

"""CSV as people make it, row by row: BOM, semicolons, mixed line ends, headings twice, slips.

A row begins where a line begins. Where it cannot be read from there, because something follows a
closing quote or a quote is never closed, that one line is the broken row and reading goes on with
the next: a slip costs its own line and no other. Cells are text and stay as they are. This file
alone says what a broken row is and how it is passed on; only a list whose headings cannot be read
is refused.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import BinaryIO, NamedTuple

from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.results.screen import Problem

DELIMITERS = ",;\t|"
BOM = b"\xef\xbb\xbf"
HEAD_BYTES = 1 << 20
BLOCK = 1 << 16
LONGEST = 1 << 27
"""128 MiB; a quote that is not closed within them never is."""
NO_TEXT = re.compile("[\0\ud800-\udfff]")
LINE = re.compile(rb"[^\r\n]*+")
CELL = rb'(?:"[^"]*+(?:""[^"]*+)*+"(?=[%b\r\n]|\Z)|(?!")[^%b\r\n]*+)'
OPEN = rb'"[^"]*+(?:""[^"]*+)*+\Z'


class Head(NamedTuple):
    """The headings, what stands between cells, and where the rows begin."""

    headings: tuple[str, ...]
    delimiter: str
    size: int


class Row(NamedTuple):
    """As many cells as there are headings, and why they are not to be trusted.

    ``text`` is the row as it was written, without its end, where it can be passed on so.
    """

    cells: list[str]
    trouble: Problem | None
    text: str | None = None


class Read(NamedTuple):
    """A row, or an empty line, and where the next one begins."""

    row: Row | None
    end: int


def head(path: str, named: str) -> Head:
    """Read the headings; of the usual delimiters the one that makes most of them.

    Raises:
        WrongUsageError: the file is empty, or its headings are not text in UTF-8.
    """
    with open(path, "rb") as file:
        data = file.read(HEAD_BYTES)
        while _head(data).size > len(data) and (more := file.read(len(data))):
            data += more
    best = _head(data)
    if any(NO_TEXT.search(heading) for heading in best.headings):
        raise not_utf8(named)
    if not any(best.headings):
        raise WrongUsageError(
            tr("{file!r} is empty; the first row must hold the headings.", file=named)
        )
    return best


def not_utf8(named: str) -> WrongUsageError:
    """Return the error for a text that has another encoding."""
    return WrongUsageError(
        tr(
            "{file!r} is not text in UTF-8; save it as \u201cCSV UTF-8\u201d, or run "
            "iconv -f WINDOWS-1251 -t UTF-8 on it (with the encoding that it has).",
            file=named,
        )
    )


class Window:
    """The part of a file that is at hand; what was read is dropped when more is fetched."""

    def __init__(self, file: BinaryIO) -> None:
        """Begin where the file stands."""
        self._file = file
        self.data = b""
        self.at = 0
        self.last = False
        self._passed = 0

    @property
    def place(self) -> int:
        """How far the file was read."""
        return self._passed + self.at

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return self.last and self.at >= len(self.data)

    def more(self, size: int = 0) -> bool:
        """Fetch about ``size`` bytes, or as many again as are at hand; tell whether there were."""
        kept = self.data[self.at :]
        block = self._file.read(size or max(BLOCK, len(kept)))
        self._passed += self.at
        self.data, self.at, self.last = kept + block, 0, not block
        return bool(block)

    def row(self, delimiter: str, width: int) -> Row | None:
        """Take the next row, fetching what it needs; nothing for an empty line or the end."""
        while (found := self.read(delimiter, width)) is None:
            self.more()
        self.at = found.end
        return found.row

    def read(self, delimiter: str, width: int) -> Read | None:
        """Read the next row, or tell that it may go on behind what is at hand."""
        final = self.last or len(self.data) - self.at > LONGEST
        return row_at(self.data, self.at, delimiter, width, final=final)


def rows(path: str, head: Head) -> Iterator[Row]:
    """Yield the rows under the headings; empty lines are none."""
    with open(path, "rb") as file:
        file.seek(head.size)
        window = Window(file)
        while not window.ended:
            if row := window.row(head.delimiter, len(head.headings)):
                yield row


def row_at(data: bytes, at: int, delimiter: str, width: int, *, final: bool) -> Read | None:
    """Read the row that begins at a place; none if it may go on behind the data.

    ``final`` where nothing stands behind the data.
    """
    shape, opened = _patterns(delimiter.encode())
    found = shape.match(data, at)
    if found and (final or found.end() < len(data)):
        raw = data[at : found.end()]
        end = _behind(data, found.end())
        return Read(_sound(raw, delimiter, width) if raw else None, end)
    if not final and (found or opened.match(data, at)):
        return None
    line = LINE.match(data, at)
    raw = line.group() if line else b""
    if not final and at + len(raw) == len(data):
        return None
    return Read(Row(_padded([told(raw)], width), "broken-quotes"), _behind(data, at + len(raw)))


def line(cells: list[str], delimiter: str) -> str:
    """Return a row as it is written, without its end: quotes only where they are needed."""
    bare = delimiter.join(cells)
    quotes = '"' in bare or "\n" in bare or "\r" in bare
    if not quotes and bare.count(delimiter) == len(cells) - 1:
        return bare
    return delimiter.join([quoted(cell, delimiter) for cell in cells])


def quoted(cell: str, delimiter: str) -> str:
    """Return a cell as it is written."""
    if delimiter in cell or any(sign in cell for sign in '"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def told(raw: bytes) -> str:
    r"""Return bytes as text; one that is not UTF-8 is written out, as \xcf."""
    return raw.decode("utf-8", "backslashreplace")


@cache
def _patterns(delimiter: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    sign = re.escape(delimiter)
    cell = CELL % (sign, sign)
    shape = rb"%b(?:%b%b)*+(?=[\r\n]|\Z)" % (cell, sign, cell)
    return re.compile(shape), re.compile(rb"(?:%b%b)*+%b" % (cell, sign, OPEN))


def _behind(data: bytes, end: int) -> int:
    return end + (2 if data[end : end + 2] == b"\r\n" else 1)


def _sound(raw: bytes, delimiter: str, width: int) -> Row:
    """Return a row whose quotes fit."""
    trouble: Problem | None = None
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text, trouble = told(raw), "not-utf-8"
    cells = _parted(text, delimiter)
    own = len(cells)
    # Empty cells past the headings, as a delimiter at the end of a row makes them, hold nothing.
    while len(cells) > width and not cells[-1]:
        cells.pop()
    if len(cells) < width:
        return Row(_padded(cells, width), trouble or "too-few-cells")
    if len(cells) > width:
        surplus = line(cells[width - 1 :], delimiter)
        return Row([*cells[: width - 1], surplus], trouble or "too-many-cells")
    return Row(cells, trouble, None if trouble or own > width else text)


def _parted(text: str, delimiter: str) -> list[str]:
    """Return the cells of a row that is sound."""
    if '"' not in text:
        return text.split(delimiter)
    cells: list[str] = []
    at = 0
    while at <= len(text):
        if text.startswith('"', at):
            end = at + 1
            while text.startswith('"', end := text.index('"', end) + 1):
                end += 1
            cells.append(text[at + 1 : end - 1].replace('""', '"'))
        else:
            end = text.find(delimiter, at)
            end = len(text) if end < 0 else end
            cells.append(text[at:end])
        at = end + 1
    return cells


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _head(data: bytes) -> Head:
    mark = len(BOM) if data.startswith(BOM) else 0
    found: list[Head] = []
    for delimiter in DELIMITERS:
        shape, _ = _patterns(delimiter.encode())
        row = shape.match(data, mark) or LINE.match(data, mark)
        raw = row.group() if row else b""
        # A byte that is not UTF-8 becomes a sign that no text holds; in a row below it may stand.
        text = raw.decode("utf-8", "surrogateescape")
        cells = _parted(text, delimiter) if shape.fullmatch(raw) else [text]
        found.append(Head(tuple(cells), delimiter, _behind(data, mark + len(raw))))
    return max(found, key=lambda one: len(one.headings))

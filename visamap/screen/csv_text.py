"""CSV as people make it, row by row: BOM, semicolons, mixed line ends, headings twice, slips.

A row begins where a line begins. Where it cannot be read from there, because something follows a
closing quote or a quote is never closed, that one line is the broken row and reading goes on with
the next: a slip costs its own line and no other. Cells are text and stay as they are. This file
alone says what a broken row is and how it is passed on; only a list whose headings cannot be read
is refused.
"""

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import BinaryIO, NamedTuple

from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.results.screen_results import Problem

DELIMITERS = ",;\t|"
BOM = b"\xef\xbb\xbf"
HEAD_BYTES = 1 << 20
BLOCK = 1 << 16
LONGEST = 1 << 27
"""128 MiB; a quote that is not closed within them never is."""
MOST_ABOVE = 20
"""Rows, of a title and such, that may stand above the headings."""
SEPARATOR = re.compile(rb'"?sep=([!-~\t])"?(?:\r\n|\r|\n)', re.IGNORECASE)
"""The line that tells a spreadsheet what stands between cells."""
NO_TEXT = re.compile("[\0\ud800-\udfff]")
FORMULA = r"(?s)^(?:[=@\t\r]|[-+].*[^0-9., ()+-])"
"""What a spreadsheet would reckon with; a number or a telephone number does no harm."""
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""How a text begins that says its own encoding."""
LINE = re.compile(rb"[^\r\n]*+")
CELL = rb'(?:"[^"]*+(?:""[^"]*+)*+"(?=[%b\r\n]|\Z)|(?!")[^%b\r\n]*+)'
ENDS = b"\r\n"
FAR = 1 << 12
"""Bytes within which a row may fail again and again at no cost that is felt."""
OPEN = rb'"[^"]*+(?:""[^"]*+)*+\Z'


Fits = Callable[[Sequence[str]], bool]


class Head(NamedTuple):
    """The headings, what stands between cells, where the rows begin, and how lines end."""

    headings: tuple[str, ...]
    delimiter: str
    size: int
    end: str = "\n"
    marked: bool = False
    """Whether the list begins with a byte order mark."""


class Row(NamedTuple):
    """As many cells as there are headings, and why they are not to be trusted.

    ``text`` is the row as it was written, without its end, where it can be passed on so.
    """

    cells: list[str]
    trouble: Problem | None
    text: str | None = None


def head(path: str, named: str, fits: Fits | None = None) -> Head:
    """Read the headings: of the first rows the one that ``fits``, or else the first.

    Of the usual delimiters that is taken which makes most headings.
    """
    with open(path, "rb") as file:
        data = file.read(HEAD_BYTES)
        while (best := head_of(data, fits)).size > len(data) and (more := file.read(len(data))):
            data += more
    if any(NO_TEXT.search(heading) for heading in best.headings):
        raise WrongUsageError(
            tr(
                "{file!r} is not text in UTF-8; save it as \u201cCSV UTF-8\u201d, or say which "
                "encoding it has: --encoding utf-16-le.",
                file=named,
            )
        )
    if not any(best.headings):
        raise WrongUsageError(
            tr("{file!r} is empty; the first row must hold the headings.", file=named)
        )
    return best


class Lost:
    """Where cells begin from which no row can be read on, as rows that failed have shown.

    Without it each of many lines that share one slip far below would be read as far as there.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._known, self._last = bytearray(), -1

    def holds(self, data: bytes, at: int, head: Head) -> bool:
        """Tell whether a row that begins at a place is known to fail."""
        return at <= self._last and self._fails(data, at, head)

    def add(self, data: bytes, at: int, head: Head) -> None:
        """Remember where the cells of a row begin that has failed; of a short one nothing."""
        if not self._known and at + FAR < len(data):
            self._known = bytearray(len(data) + 1)
        if self._known:
            self._fails(data, at, head)

    def _fails(self, data: bytes, at: int, head: Head) -> bool:
        cell = _cell(head.delimiter)
        begun = []
        while not self._known[at]:
            begun.append(at)
            found = cell.match(data, at)
            if not found:
                break
            at = found.end()
            if at == len(data) or data[at] in ENDS:
                return False
            at += 1
        for place in begun:
            self._known[place] = 1
        self._last = max(self._last, at)
        return True


class Window:
    """The part of a file that is at hand; what was read is dropped when more is fetched."""

    def __init__(self, file: BinaryIO, head: Head) -> None:
        """Begin behind the headings."""
        file.seek(head.size)
        self._file, self._head = file, head
        self.data, self.at, self.last = b"", 0, False
        self._lost = Lost()

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return self.last and self.at >= len(self.data)

    def more(self, size: int = 0) -> None:
        """Fetch about ``size`` bytes, or as many again as are at hand."""
        kept = self.data[self.at :]
        read = self._file.read(size or max(BLOCK, len(kept)))
        self.data, self.at, self.last = kept + read, 0, not read
        self._lost = Lost()

    def rows(self, size: int) -> Iterator[Row]:
        """Yield the rows of about so many bytes; empty lines are none."""
        while size > 0 and not self.ended:
            final = self.last or len(self.data) - self.at > LONGEST
            read = row_at(self.data, self.at, self._head, final=final, lost=self._lost)
            if not read:
                self.more()
                continue
            row, end = read
            size -= end - self.at
            self.at = end
            if row:
                yield row


def rows(path: str, head: Head) -> Iterator[Row]:
    """Yield the rows under the headings."""
    with open(path, "rb") as file:
        window = Window(file, head)
        while not window.ended:
            yield from window.rows(BLOCK)


def row_at(
    data: bytes, at: int, head: Head, *, final: bool = True, lost: Lost | None = None
) -> tuple[Row | None, int] | None:
    """Read the row that begins at a place, and say where the next one does.

    An empty line is no row. Nothing is read where the row may go on behind the data, which it may
    not if the data is ``final``.
    """
    shape, opened, _ = _patterns(head.delimiter)
    known = lost if final else None
    failed = known is not None and known.holds(data, at, head)
    found = None if failed else shape.match(data, at)
    if found and (final or found.end() < len(data)):
        raw = found.group()
        return sound_row(raw, head) if raw else None, _behind(data, found.end())
    if not final and (found or opened.match(data, at)):
        return None
    if known and not failed:
        known.add(data, at, head)
    found = LINE.match(data, at)
    end = found.end() if found else at
    if not final and end == len(data):
        return None
    cells = [told(data[at:end])] + [""] * (len(head.headings) - 1)
    return Row(cells, "broken-quotes"), _behind(data, end)


def line(cells: list[str], delimiter: str) -> str:
    """Return a row as it is written, without its end: quotes only where they are needed."""
    bare = delimiter.join(cells)
    quotes = '"' in bare or "\n" in bare or "\r" in bare
    if not quotes and bare.count(delimiter) == len(cells) - 1:
        return bare
    return delimiter.join([quoted(cell, delimiter) for cell in cells])


def quoted(cell: str, delimiter: str) -> str:
    """Return a cell as it is written."""
    if '"' in cell or delimiter in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def disarmed(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if re.match(FORMULA, cell) else cell


def told(raw: bytes) -> str:
    r"""Return bytes as text; one that is not UTF-8 is written out, as \xcf."""
    return raw.decode("utf-8", "backslashreplace")


@cache
def _cell(delimiter: str) -> re.Pattern[bytes]:
    """Return what matches a cell."""
    sign = re.escape(delimiter).encode()
    return re.compile(CELL % (sign, sign))


@cache
def _patterns(delimiter: str) -> tuple[re.Pattern[bytes], re.Pattern[bytes], re.Pattern[str]]:
    """Return what matches a row, one whose last quote is open, and a cell of a sound one."""
    escaped = re.escape(delimiter)
    sign = escaped.encode()
    cell = CELL % (sign, sign)
    shape = rb"%b(?:%b%b)*+(?=[\r\n]|\Z)" % (cell, sign, cell)
    opened = rb"(?:%b%b)*+%b" % (cell, sign, OPEN)
    parted = rf'{escaped}(?:"([^"]*+(?:""[^"]*+)*+)"|([^{escaped}]*+))'
    return re.compile(shape), re.compile(opened), re.compile(parted)


def _behind(data: bytes, end: int) -> int:
    return end + (2 if data[end : end + 2] == b"\r\n" else 1)


def sound_row(raw: bytes, head: Head) -> Row:
    """Return a row whose quotes fit."""
    trouble: Problem | None = None
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text, trouble = told(raw), "not-utf-8"
    sign, width = head.delimiter, len(head.headings)
    cells = _parted(text, sign)
    own = len(cells)
    # Empty cells past the headings, as a delimiter at the end of a row makes them, hold nothing.
    while len(cells) > width and not cells[-1]:
        cells.pop()
    if len(cells) < width:
        return Row(cells + [""] * (width - own), trouble or "too-few-cells")
    if len(cells) > width:
        surplus = line(cells[width - 1 :], sign)
        return Row([*cells[: width - 1], surplus], trouble or "too-many-cells")
    return Row(cells, trouble, None if trouble or own > width else text)


def _parted(text: str, delimiter: str) -> list[str]:
    """Return the cells of a row that is sound."""
    if '"' not in text:
        return text.split(delimiter)
    _, _, cell = _patterns(delimiter)
    return [inside.replace('""', '"') or bare for inside, bare in cell.findall(delimiter + text)]


def head_of(data: bytes, fits: Fits | None = None) -> Head:
    """Return the headings of a list of which some bytes are at hand."""
    mark = len(BOM) if data.startswith(BOM) else 0
    said = SEPARATOR.match(data, mark)
    begin, delimiters = (said.end(), said[1].decode()) if said else (mark, DELIMITERS)
    rows = [_heads(data, begin, sign, bool(mark)) for sign in delimiters]
    firsts: list[Head] = []
    for _ in range(MOST_ABOVE if fits else 1):
        found = [one for row in rows if (one := next(row, None))]
        firsts = firsts or found
        if fitting := [one for one in found if fits and fits(one.headings)]:
            return max(fitting, key=lambda one: len(one.headings))
    return max(firsts, key=lambda one: len(one.headings))


def _heads(data: bytes, at: int, delimiter: str, marked: bool) -> Iterator[Head]:
    """Yield the first rows, each as if it were the headings."""
    shape, *_ = _patterns(delimiter)
    while True:
        row = shape.match(data, at) or LINE.match(data, at)
        raw = row.group() if row else b""
        # A byte that is not UTF-8 becomes a sign that no text holds; in a row below it may stand.
        text = raw.decode("utf-8", "surrogateescape")
        cells = _parted(text, delimiter) if shape.fullmatch(raw) else [text]
        ends = at + len(raw)
        at = _behind(data, ends)
        yield Head(tuple(cells), delimiter, at, data[ends:at].decode() or "\n", marked)
        if at >= len(data):
            return

"""Lists in blocks: the cells that are asked about, and the rows in each form of output.

A block holds rows in the order of the list. What it writes stands in the same order, so a row's own
text and its answer come together by the place in one block and by nothing else.

In CSV the places where cells begin and end are found by arithmetic on bytes. Where a quote does not
fit or a row is longer than a block, rows are read one by one as ``csv_text`` does, and so are those
of other widths or encodings between sound ones.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from visamap.screen import json_lines
from visamap.screen.answering import Asked, Numbers, places_of, sliced, text_of, texts_of
from visamap.screen.columns import Columns
from visamap.screen.csv_text import (
    FORMULA,
    Head,
    Row,
    Window,
    line,
    quoted,
    row_at,
    sound_row,
    told,
)
from visamap.screen.rule_table import code_of

CSV_BYTES = 4 << 20
"""Of a block of CSV."""
LEAST = 1 << 16
"""Bytes that are read row by row, and those that are tried next."""
QUOTE, FEED, RETURN = b'"\n\r'
JSON_BYTES = 1 << 20
"""Of a block of JSON Lines."""
FEW = 100
"""Keys; objects with more make smaller blocks, for each may have others."""
WIDE = 1000
"""Columns of CSV; a row with more becomes an object by itself."""
PLAIN = r'^[^"\\\x00-\x1f]*$'


class Block(ABC):
    """Rows of a list."""

    columns: Columns
    asked: Asked

    @abstractmethod
    def cells(self) -> list[Any]:
        """Return the own columns; an empty cell of text is null."""

    def csv(self, delimiter: str, *, safe: bool = False) -> Any:
        """Return each row as CSV, without its end; ``safe`` is without formulas."""
        cells = [_csv_cells(text_of_any(column), delimiter, safe=safe) for column in self.cells()]
        return pc.binary_join_element_wise(*cells, delimiter)

    def json(self) -> Any:
        """Return each row as an object without its last brace."""
        parts: list[Any] = []
        for heading, column in zip(self.columns.headings, self.cells(), strict=True):
            parts += [f"{',' if parts else '{'}{json_lines.key_text(heading)}", _json_cells(column)]
        return pc.binary_join_element_wise(*parts, "")

    def _ask(self, rows: int, cells: Callable[[int], Any], trouble: Numbers | None) -> None:
        """Choose the columns that are asked about; ``cells`` gives one by its place."""
        asked = (None if place is None else cells(place) for place in self.columns.places)
        self.asked = Asked(rows, trouble, *asked)


class CsvBlock(Block):
    """Rows of CSV: sound ones are places in some bytes, others were read one by one."""

    def __init__(
        self,
        columns: Columns,
        head: Head,
        data: bytes,
        bounds: tuple[Numbers, Numbers],
        odd: dict[int, Row],
    ) -> None:
        """Take where cells begin and end in some bytes, and by their number the rows between."""
        self.columns, self._head = columns, head
        (self._starts, self._ends), self._odd = bounds, odd
        self._bytes = np.frombuffer(data + b"\0", np.uint8)
        self._quotes = b'"' in data
        rows, trouble = len(self._starts) + len(odd), None
        if odd:
            places = np.array(list(odd))
            trouble = np.zeros(rows, np.int32)
            trouble[places] = [code_of(row.trouble) for row in odd.values()]
            # Sound rows first, then the odd ones; this puts them in the order of the list.
            sound = np.delete(np.arange(rows), places)
            self._order = places_of(np.argsort(np.append(sound, places)))
        self._ask(rows, self._cells, trouble)

    def cells(self) -> list[Any]:
        """Return the own columns."""
        found = map(self._cells, range(len(self.columns.headings)))
        return [pc.if_else(pc.equal(column, ""), None, column) for column in found]

    def csv(self, delimiter: str, *, safe: bool = False) -> Any:
        """Return each row as it stands, if it may."""
        if safe or delimiter != self._head.delimiter:
            return super().csv(delimiter, safe=safe)
        sound = sliced(self._bytes, self._starts[:, 0], self._ends[:, -1])
        rows = self._odd.values()
        return self._woven(sound, [row.text or line(row.cells, delimiter) for row in rows])

    def json(self) -> Any:
        """Return each row as an object; a row of very many cells by itself."""
        head = self._head
        if len(head.headings) <= WIDE:
            return super().json()
        found = (row_at(text.encode(), 0, head) for text in self.csv(head.delimiter).to_pylist())
        rows = (one[0] for one in found if one and one[0])
        texts = (json_lines.object_text(head.headings, row.cells) for row in rows)
        return texts_of(map(json_lines.open_text, texts))

    def _cells(self, place: int) -> Any:
        starts, ends = self._starts[:, place], self._ends[:, place]
        if self._quotes:
            inside = (self._bytes[starts] == ord('"')) & (ends > starts)
            starts, ends = starts + inside, ends - inside
        found = sliced(self._bytes, starts, ends)
        if self._quotes and inside.any():
            found = pc.replace_substring(found, '""', '"')
        return self._woven(found, [row.cells[place] for row in self._odd.values()])

    def _woven(self, sound: Any, odd: list[str]) -> Any:
        """Put what the odd rows hold between the others, at their places."""
        if not odd:
            return sound
        return pa.concat_arrays([sound, texts_of(odd)]).take(self._order)


def csv_blocks(path: str, head: Head, columns: Columns) -> Iterator[tuple[CsvBlock, int]]:
    """Yield the rows under the headings in blocks, and how far the file was read."""
    with open(path, "rb") as file:
        window = Window(file, head)
        size = CSV_BYTES
        while not window.ended:
            while len(window.data) - window.at < size and not window.last:
                window.more(CSV_BYTES)
            data = window.data[window.at : window.at + size]
            last = window.last and window.at + size >= len(window.data)
            block, used = _csv_block(data, head, columns, last=last)
            window.at += used
            size = min(2 * size, CSV_BYTES)
            if not used:
                size = LEAST
                if rows := dict(enumerate(window.rows(LEAST))):
                    none = np.zeros((0, len(head.headings)), np.int32)
                    block = CsvBlock(columns, head, b"", (none, none), rows)
            if block:
                yield block, file.tell()


def _csv_block(
    data: bytes, head: Head, columns: Columns, *, last: bool
) -> tuple[CsvBlock | None, int]:
    """Return the rows that are whole and how many bytes they take: none where a quote is amiss.

    ``last`` where nothing stands behind the data.
    """
    signs = np.frombuffer(data, np.uint8)
    ends = signs == FEED
    if b"\r" in data:
        ends |= signs == RETURN
    parting = ends | (signs == ord(head.delimiter))
    if b'"' in data:
        quotes = signs == QUOTE
        inside = np.bitwise_xor.accumulate(quotes)
        parting &= ~inside
        if not _fits(signs, quotes, head.delimiter) or (last and inside[-1]):
            return None, 0
    places = np.flatnonzero(parting).astype(np.int32)
    if last and not (places.size and places[-1] == len(data) - 1 and ends[-1]):
        places, ends = np.append(places, np.int32(len(data))), np.append(ends, True)
    rows = np.flatnonzero(ends[places])
    if not rows.size:
        return None, 0
    places = places[: rows[-1] + 1]
    used = min(int(places[-1]) + 1, len(data))
    width = len(head.headings)
    begins = np.concatenate([np.zeros(1, np.int32), places[:-1] + 1])
    counts = np.diff(rows, prepend=-1)
    blank = (counts == 1) & (begins[rows] == places[rows])
    sound = (counts == width) & ~blank & _are_text(data, places[rows])
    if sound.all():
        bounds = begins.reshape(-1, width), places.reshape(-1, width)
        return CsvBlock(columns, head, data, bounds, {}), used
    firsts = rows - counts + 1
    cells = firsts[sound][:, None] + np.arange(width)
    numbers = np.cumsum(~blank) - 1
    odd = {
        int(numbers[row]): sound_row(data[begins[firsts[row]] : places[rows[row]]], head)
        for row in np.flatnonzero(~sound & ~blank)
    }
    if not odd and not len(cells):
        return None, used
    return CsvBlock(columns, head, data, (begins[cells], places[cells]), odd), used


def _fits(signs: Numbers, quotes: Numbers, delimiter: str) -> bool:
    """Tell whether each quote begins or ends a cell as it should, or is doubled."""
    places = np.flatnonzero(quotes)
    beside = np.zeros(256, bool)
    beside[[*(delimiter + '"\n\r').encode()]] = True
    before = signs[np.maximum(places[0::2] - 1, 0)]
    behind = signs[np.minimum(places[1::2] + 1, len(signs) - 1)]
    return bool(beside[before].all() and beside[behind].all())


def _are_text(data: bytes, ends: Numbers) -> Any:
    """Tell which rows are UTF-8."""
    if data.isascii() or _is_text(data[: ends[-1]]):
        return True
    return np.array([_is_text(data[start:end]) for start, end in pairwise([0, *ends.tolist()])])


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


class JsonBlock(Block):
    """Lines of JSON."""

    def __init__(self, columns: Columns, lines: list[json_lines.Line]) -> None:
        """Take the lines."""
        self.columns, self._lines = columns, lines
        trouble = np.array([code_of(one.trouble) for one in lines], np.int32)
        self._ask(len(lines), self._cells, trouble if trouble.any() else None)

    def cells(self) -> list[Any]:
        """Return the values of each key."""
        return list(map(self._cells, range(len(self.columns.headings))))

    def csv(self, delimiter: str, *, safe: bool = False) -> Any:
        """Return each object as a row; most of very many keys are in few objects."""
        if safe:
            return super().csv(delimiter, safe=safe)
        places = {heading: place for place, heading in enumerate(self.columns.headings)}
        rows: list[str] = []
        for one in self._lines:
            cells = [""] * len(places)
            for key, value in one.values.items():
                cells[places[key]] = quoted(json_lines.cell_text(value) or "", delimiter)
            rows.append(delimiter.join(cells))
        return texts_of(rows)

    def json(self) -> Any:
        """Return each object as it was written."""
        return texts_of([json_lines.open_text(one.text) for one in self._lines])

    def _cells(self, place: int) -> Any:
        key = self.columns.headings[place]
        return texts_of(json_lines.cell_text(one.values.get(key)) for one in self._lines)


def json_blocks(path: str, key: str, columns: Columns) -> Iterator[tuple[JsonBlock, int]]:
    """Yield lines in blocks, and how far the file was read; what is no object has ``key``."""
    most = JSON_BYTES * FEW // max(len(columns.headings), FEW)
    lines: list[json_lines.Line] = []
    size = place = 0
    for raw in json_lines.raw_lines(path):
        if line := json_lines.line_of(raw, key):
            lines.append(line)
        size += len(raw)
        if lines and size > most:
            place += size
            yield JsonBlock(columns, lines), place
            lines, size = [], 0
    if lines:
        yield JsonBlock(columns, lines), place + size


class TableBlock(Block):
    """Rows of Parquet or of a data frame."""

    def __init__(self, columns: Columns, batch: Any) -> None:
        """Take the batch."""
        self.columns, self._batch = columns, batch
        self._ask(batch.num_rows, batch.column, None)

    def cells(self) -> list[Any]:
        """Return the own columns."""
        return list(self._batch.columns)


def text_of_any(column: Any) -> Any:
    """Return a column as text, whatever it holds: nested values and bytes as JSON says them."""
    if pa.types.is_boolean(column.type):
        return pc.if_else(column, "true", "false")
    if pa.types.is_dictionary(column.type) or pa.types.is_string(column.type):
        return text_of(column)
    if not (pa.types.is_nested(column.type) or pa.types.is_binary(column.type)):
        try:
            return column.cast(pa.string())
        except pa.ArrowNotImplementedError:
            pass
    values = column.to_pylist()
    return texts_of([None if value is None else _said(value) for value in values])


def _csv_cells(texts: Any, delimiter: str, *, safe: bool) -> Any:
    texts = texts.fill_null("")
    if safe:
        formulas = pc.match_substring_regex(texts, FORMULA)
        texts = pc.if_else(formulas, pc.binary_join_element_wise("'", texts, ""), texts)
    needs = pc.match_substring_regex(texts, rf'["\r\n{delimiter}]')
    if not pc.any(needs).as_py():
        return texts
    doubled = pc.replace_substring(texts, '"', '""')
    return pc.if_else(needs, pc.binary_join_element_wise('"', doubled, '"', ""), texts)


def _json_cells(column: Any) -> Any:
    """Return values as JSON."""
    kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return text_of_any(column).fill_null("null")
    if pa.types.is_floating(kind) or pa.types.is_nested(kind):
        values = column.to_pylist()
        return texts_of([_json_said(value) for value in values])
    texts = text_of_any(column)
    if pc.all(pc.match_substring_regex(texts, PLAIN)).as_py() is False:
        words = texts.dictionary_encode()
        said = [json.dumps(word, ensure_ascii=False) for word in words.dictionary.to_pylist()]
        return texts_of(said).take(words.indices).fill_null("null")
    return pc.binary_join_element_wise('"', texts, '"', "").fill_null("null")


def _json_said(value: Any) -> str:
    said = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_said)
    return "null" if said in {"NaN", "Infinity", "-Infinity"} else said


def _said(value: Any) -> str:
    if isinstance(value, bytes):
        return told(value)
    return _json_said(value) if isinstance(value, dict | list | tuple) else str(value)

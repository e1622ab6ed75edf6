"""CSV in blocks: where the cells of many rows begin and end, found by arithmetic on bytes.

What cannot be told so, a quote that does not fit or a row longer than a block, is read row by row
as ``csv_text`` does, and so are the rows of other widths or encodings between sound ones.
"""

from collections.abc import Iterator
from typing import BinaryIO

import numpy as np

from visamap.screen.answering import Numbers
from visamap.screen.blocks import CsvBlock
from visamap.screen.columns import Columns
from visamap.screen.csv_text import Head, Row, Window, row_at

SLICE = 2 << 20
LEAST = 1 << 16
"""Bytes that are read row by row, and those that are tried next."""
QUOTE, FEED, RETURN = b'"\n\r'


def blocks(path: str, head: Head, columns: Columns) -> Iterator[tuple[CsvBlock, int]]:
    """Yield the rows under the headings in blocks, and how far the file was read."""
    with open(path, "rb") as file:
        file.seek(head.size)
        yield from _blocks(file, head, columns)


def _blocks(file: BinaryIO, head: Head, columns: Columns) -> Iterator[tuple[CsvBlock, int]]:
    window = Window(file)
    size = SLICE
    while True:
        while len(window.data) - window.at < size and not window.last:
            window.more(SLICE)
        if window.ended:
            return
        data = window.data[window.at : window.at + size]
        last = window.last and window.at + size >= len(window.data)
        block, used, misfit = _block_of(data, head.delimiter, columns, last=last)
        window.at += used
        if block:
            yield block, window.place
        if used and not misfit:
            size = min(2 * size, SLICE)
            continue
        size = LEAST
        if rows := _one_by_one(window, head):
            yield _odd_ones(columns, head.delimiter, rows), window.place


def _block_of(
    data: bytes, delimiter: str, columns: Columns, *, last: bool
) -> tuple[CsvBlock | None, int, bool]:
    """Return the rows that are whole, how many bytes they take, and whether a misfit follows.

    ``last`` where nothing stands behind the data.
    """
    signs = np.frombuffer(data, np.uint8)
    ends = signs == FEED
    if b"\r" in data:
        ends |= signs == RETURN
    parting = ends | (signs == ord(delimiter))
    limit, closed = len(data), True
    if b'"' in data:
        quotes = signs == QUOTE
        inside = np.bitwise_xor.accumulate(quotes)
        parting &= ~inside
        limit, closed = _first_misfit(signs, quotes, delimiter), not inside[-1]
    places = np.flatnonzero(parting).astype(np.int32)
    is_end = ends[places]
    if (
        last
        and closed
        and limit == len(data)
        and not (is_end.size and places[-1] == limit - 1 and is_end[-1])
    ):
        places, is_end = np.append(places, np.int32(limit)), np.append(is_end, True)
    rows = np.flatnonzero(is_end)
    rows = rows[: np.searchsorted(places[rows], limit, "right" if limit == len(data) else "left")]
    if not rows.size:
        return None, 0, limit < len(data)
    places = places[: rows[-1] + 1]
    used = min(int(places[-1]) + 1, len(data))
    return _block(data, delimiter, columns, places, rows), used, limit < len(data)


def _block(
    data: bytes, delimiter: str, columns: Columns, places: Numbers, rows: Numbers
) -> CsvBlock | None:
    """Part the rows whose last separators are ``places[rows]``."""
    width = len(columns.headings)
    begins = np.concatenate([np.zeros(1, np.int32), places[:-1] + 1])
    counts = np.diff(rows, prepend=-1)
    blank = (counts == 1) & (begins[rows] == places[rows])
    sound = (counts == width) & ~blank & _is_text(data, places[rows])
    if sound.all():
        bounds = begins.reshape(-1, width), places.reshape(-1, width)
        return CsvBlock(columns, delimiter, data, bounds, {})
    firsts = rows - counts + 1
    cells = firsts[sound][:, None] + np.arange(width)
    numbers = np.cumsum(~blank) - 1
    odd: dict[int, Row] = {}
    for row in np.flatnonzero(~sound & ~blank).tolist():
        read = row_at(data, int(begins[firsts[row]]), delimiter, width, final=True)
        if read and read.row:
            odd[int(numbers[row])] = read.row
    if not odd and not len(cells):
        return None
    return CsvBlock(columns, delimiter, data, (begins[cells], places[cells]), odd)


def _first_misfit(signs: Numbers, quotes: Numbers, delimiter: str) -> int:
    """Return the place of the first quote that neither begins nor ends a cell as it should."""
    places = np.flatnonzero(quotes)
    opening, closing = places[0::2], places[1::2]
    beside = np.isin(np.arange(256), [*(delimiter + '"\n\r').encode()])
    before = signs[np.maximum(opening - 1, 0)]
    behind = signs[np.minimum(closing + 1, len(signs) - 1)]
    wrong = np.concatenate(
        [
            opening[~beside[before] & (opening > 0)],
            closing[~beside[behind] & (closing < len(signs) - 1)],
        ]
    )
    return int(wrong.min(initial=len(signs)))


def _is_text(data: bytes, ends: Numbers) -> Numbers:
    """Tell which rows are UTF-8."""
    sound = np.ones(len(ends), bool)
    if data.isascii():
        return sound
    try:
        data[: ends[-1]].decode()
    except UnicodeDecodeError:
        high = np.flatnonzero(np.frombuffer(data, np.uint8)[: ends[-1]] >= 1 << 7)
        for row in np.unique(np.searchsorted(ends, high)).tolist():
            try:
                data[ends[row - 1] if row else 0 : ends[row]].decode()
            except UnicodeDecodeError:
                sound[row] = False
    return sound


def _one_by_one(window: Window, head: Head) -> list[Row]:
    found: list[Row] = []
    end = window.place + LEAST
    while not window.ended and window.place < end:
        if row := window.row(head.delimiter, len(head.headings)):
            found.append(row)
    return found


def _odd_ones(columns: Columns, delimiter: str, rows: list[Row]) -> CsvBlock:
    none = np.zeros((0, len(columns.headings)), np.int32)
    return CsvBlock(columns, delimiter, b"", (none, none), dict(enumerate(rows)))

"""JSON Lines in blocks: lines that are alike but for their values are read by arithmetic on bytes.

A sample of a block is read as ``json_lines`` does; where quotes stand in another line tells where
its keys and values are. A line is alike if everything in it but strings and numbers that are values
is byte for byte that of the sample. All others are read one by one.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from visamap.screen.answering import Numbers, sliced
from visamap.screen.blocks import JsonBlock
from visamap.screen.columns import Columns
from visamap.screen.csv_text import BOM
from visamap.screen.json_lines import LINE, Line, cell_text, in_order, line_of, open_text, places

SLICE = 2 << 20
SAMPLES = 8
FEW = 100
"""Keys; of objects with more, fewer make a block, for each may have others."""
QUOTE, FEED, SPACE = b'"\n '
BARE = r"^:\s?(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|null|true|false)"


class Alike(NamedTuple):
    """Lines with the same keys: their numbers, own texts and some of their values as cells."""

    rows: Numbers
    keys: tuple[str, ...]
    texts: Any
    values: list[Any]


def headings(path: str, named: str) -> tuple[str, ...]:
    """Return the keys of all objects.

    Raises:
        WrongUsageError: there is none.
    """
    return in_order(places(keys for data, _ in _pieces(path, SLICE) for keys in _keys(data)), named)


def blocks(path: str, key: str, columns: Columns) -> Iterator[tuple[JsonBlock, int]]:
    """Yield the lines in blocks, and how far the file was read; what is no object has ``key``."""
    size = max(SLICE * FEW // max(len(columns.headings), FEW), 1)
    for data, place in _pieces(path, size):
        if block := _block(data, key, columns):
            yield block, place


def _pieces(path: str, size: int) -> Iterator[tuple[bytes, int]]:
    place = 0
    with open(path, "rb") as file:
        while data := file.read(size) + file.readline():
            yield data if place else data.removeprefix(BOM), place
            place += len(data)


def _keys(data: bytes) -> Iterator[tuple[str, ...]]:
    alike, odd = _parted(data, LINE, ())
    yield from (some.keys for some in alike)
    yield from (tuple(one.found) for one in odd.values() if not one.trouble)


def _block(data: bytes, key: str, columns: Columns) -> JsonBlock | None:
    roles = [columns.nationality, columns.arrival, columns.departure, columns.passport]
    asked = [columns.headings[place] for place in roles if place is not None]
    alike, odd = _parted(data, key, asked)
    if odd:
        values = [
            pa.array([cell_text(one.found.get(name)) for one in odd.values()], pa.string())
            for name in asked
        ]
        texts = pa.array([open_text(one.text) for one in odd.values()], pa.string())
        alike.append(Alike(np.array(list(odd)), (), texts, values))
    if not alike:
        return None
    rows = np.concatenate([some.rows for some in alike])
    order = pa.array(np.argsort(rows))
    texts = pa.concat_arrays([some.texts for some in alike]).take(order)
    cells = {
        name: pa.concat_arrays([some.values[n] for some in alike]).take(order)
        for n, name in enumerate(asked)
    }
    troubles = {int(np.searchsorted(np.sort(rows), at)): one.trouble for at, one in odd.items()}
    return JsonBlock(columns, texts, cells, troubles, (data, key))


def _parted(data: bytes, key: str, asked: Sequence[str]) -> tuple[list[Alike], dict[int, Line]]:
    """Part lines into those that are alike, and the others by their numbers."""
    signs = np.frombuffer(data if data.endswith(b"\n") else data + b"\n", np.uint8)
    ends = np.flatnonzero(signs == FEED).astype(np.int32)
    starts = np.concatenate([np.zeros(1, np.int32), ends[:-1] + 1])
    left = np.arange(len(ends))
    found: list[Alike] = []
    odd: dict[int, Line] = {}

    def read(row: int) -> Line | None:
        return line_of(data[starts[row] : ends[row]], key)

    if _is_simple(data, signs, len(ends)):
        quotes = np.flatnonzero(signs == QUOTE).astype(np.int32)
        firsts = np.searchsorted(quotes, starts)
        counts = np.diff(firsts, append=len(quotes))
        for _ in range(SAMPLES):
            if left.size < SAMPLES:
                break
            sample = int(left[0])
            same = left[counts[left] == counts[sample]]
            line = read(sample)
            some = None
            if line and not line.trouble and counts[sample]:
                at = quotes[firsts[same][:, None] + np.arange(counts[sample])]
                some = _alike(signs, line, (same, starts[same], ends[same]), at, asked)
            if some:
                found.append(some)
                left = left[~np.isin(left, some.rows, assume_unique=True)]
            else:
                if line:
                    odd[sample] = line
                left = left[1:]
    for row in left.tolist():
        if line := read(row):
            odd[row] = line
    return found, odd


def _is_simple(data: bytes, signs: Numbers, lines: int) -> bool:
    """Tell whether every byte of the lines stands for itself."""
    if b"\\" in data or np.count_nonzero(signs < SPACE) > lines:
        return False
    try:
        return data.isascii() or bool(data.decode())
    except UnicodeDecodeError:
        return False


def _alike(
    signs: Numbers,
    line: Line,
    lines: tuple[Numbers, Numbers, Numbers],
    quotes: Numbers,
    asked: Sequence[str],
) -> Alike | None:
    """Choose the lines that are like the first one, which is ``line``."""
    rows, starts, ends = lines
    begins = np.column_stack([starts, quotes + 1])
    stops = np.column_stack([quotes, ends])
    pieces = [bytes(signs[a:b]) for a, b in zip(begins[0].tolist(), stops[0].tolist(), strict=True)]
    keys = [n for n in range(1, len(pieces) - 1, 2) if pieces[n + 1].startswith(b":")]
    if len(keys) != len(line.found) or any(isinstance(v, dict | list) for v in line.found.values()):
        return None
    names = [pieces[n].decode() for n in keys]
    fixed = set(keys) | set(range(0, len(pieces), 2))
    loose = {
        n + 1
        for n, name in zip(keys, names, strict=True)
        if name not in asked and any(sign in pieces[n + 1] for sign in b"0123456789ntf")
    }
    good = np.ones(len(rows), bool)
    for n in fixed - loose:
        piece = np.frombuffer(pieces[n], np.uint8)
        good &= stops[:, n] - begins[:, n] == len(piece)
        at = np.minimum(begins[:, n][:, None] + np.arange(len(piece)), len(signs) - 1)
        good &= (signs[at] == piece).all(1)
    rows, begins, stops = rows[good], begins[good], stops[good]
    fits = np.ones(len(rows), bool)
    for n in loose:
        words = sliced(signs, begins[:, n], stops[:, n]).dictionary_encode()
        shape = BARE + (r"\}$" if n == len(pieces) - 1 else r",\s?$")
        right = pc.match_substring_regex(words.dictionary, shape).to_numpy(zero_copy_only=False)
        fits &= right[words.indices.to_numpy()]
    rows, begins, stops = rows[fits], begins[fits], stops[fits]
    if not len(rows) or rows[0] != lines[0][0]:
        return None
    own = len(pieces[-1]) - len(open_text(pieces[-1].decode().rstrip()))
    texts = sliced(signs, begins[:, 0] + pieces[0].index(b"{"), stops[:, -1] - own)
    values: list[Any] = []
    for name in asked:
        place = keys[names.index(name)] if name in names else 0
        if place and isinstance(line.found[name], str) and pieces[place + 1].strip() == b":":
            values.append(sliced(signs, begins[:, place + 2], stops[:, place + 2]))
        else:
            cell = cell_text(line.found.get(name))
            values.append(pa.array([cell], pa.string()).take(pa.array(np.zeros(len(rows), int))))
    return Alike(rows, tuple(names), texts, values)

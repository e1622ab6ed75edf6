"""A block of a list: the cells that are asked about, and its rows in each form of output.

A block holds rows in the order of the list. What it writes stands in the same order, so a row's own
text and its answer come together by the place in one block and by nothing else.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from visamap.results.screen import Problem
from visamap.screen.answering import Asked, Numbers, sliced, text_of
from visamap.screen.columns import Columns
from visamap.screen.csv_text import Row, line, quoted, row_at, told
from visamap.screen.json_lines import Line, cell_text, key_text, line_of, object_text, open_text
from visamap.screen.rule_table import code_of

WIDE = 1000
"""More columns than that are worked on row by row."""
PLAIN = r'^[^"\\\x00-\x1f]*$'


class Block(ABC):
    """Rows of a list."""

    columns: Columns
    asked: Asked

    @abstractmethod
    def cells(self) -> list[Any]:
        """Return the own columns; an empty cell of text is null."""

    def csv(self, delimiter: str) -> Any:
        """Return each row as CSV, without its end."""
        cells = [_csv_cells(text_of_any(column), delimiter) for column in self.cells()]
        return pc.binary_join_element_wise(*cells, delimiter)

    def json(self) -> tuple[Any, Numbers | None]:
        """Return each row as an object without its last brace, and which have no key at all."""
        parts: list[Any] = []
        for number, (heading, column) in enumerate(
            zip(self.columns.headings, self.cells(), strict=True)
        ):
            parts += [f"{',' if number else '{'}{key_text(heading)}", _json_cells(column)]
        return pc.binary_join_element_wise(*parts, ""), None

    def _asked(self, rows: int, cells: Callable[[int], Any], trouble: Numbers | None) -> Asked:
        """Choose the columns that are asked about; ``cells`` gives one by its place."""
        found = self.columns
        departure = None if found.departure is None else cells(found.departure)
        passport = None if found.passport is None else cells(found.passport)
        nationality, arrival = cells(found.nationality), cells(found.arrival)
        return Asked(rows, nationality, arrival, departure, passport, trouble)


class CsvBlock(Block):
    """Rows of CSV: sound ones are places in some bytes, others were read one by one."""

    def __init__(
        self,
        columns: Columns,
        sign: str,
        data: bytes,
        bounds: tuple[Numbers, Numbers],
        odd: dict[int, Row],
    ) -> None:
        """Take where cells begin and end in some bytes, and by their number the rows between."""
        self.columns, self._sign = columns, sign
        (self._starts, self._ends), self._odd = bounds, odd
        self._rows = len(self._starts) + len(odd)
        self._bytes = np.frombuffer(data + b"\0", np.uint8)
        self._quotes = b'"' in data
        trouble = None
        if odd:
            trouble = np.zeros(self._rows, np.int32)
            trouble[list(odd)] = [code_of(row.trouble) for row in odd.values()]
        self.asked = self._asked(self._rows, self._cells, trouble)

    def cells(self) -> list[Any]:
        """Return the own columns."""
        found = map(self._cells, range(len(self.columns.headings)))
        return [pc.if_else(pc.equal(column, ""), None, column) for column in found]

    def csv(self, delimiter: str) -> Any:
        """Return each row as it stands."""
        sound = sliced(self._bytes, self._starts[:, 0], self._ends[:, -1])
        rows = self._odd.values()
        return self._woven(sound, [row.text or line(row.cells, delimiter) for row in rows])

    def json(self) -> tuple[Any, Numbers | None]:
        """Return each row as an object; a row of very many cells by itself."""
        headings = self.columns.headings
        if len(headings) <= WIDE:
            return super().json()
        rows = (
            row_at(text.encode(), 0, self._sign, len(headings), final=True)
            for text in self.csv(self._sign).to_pylist()
        )
        cells = (one.row.cells if one and one.row else [""] * len(headings) for one in rows)
        return pa.array([open_text(object_text(headings, one)) for one in cells], pa.string()), None

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
        order = np.empty(self._rows, np.int64)
        places = np.zeros(self._rows, bool)
        places[list(self._odd)] = True
        order[~places] = np.arange(len(sound))
        order[list(self._odd)] = len(sound) + np.arange(len(odd))
        return pa.concat_arrays([sound, pa.array(odd, pa.string())]).take(pa.array(order))


class JsonBlock(Block):
    """Lines of JSON."""

    def __init__(
        self,
        columns: Columns,
        texts: Any,
        cells: Mapping[str, Any],
        troubles: Mapping[int, Problem | None],
        read: tuple[bytes, str],
    ) -> None:
        """Take own texts, cells that are asked about, troubles; what to read all else from."""
        self.columns, self._texts, self._read = columns, texts, read
        trouble = None
        if any(troubles.values()):
            trouble = np.zeros(len(texts), np.int32)
            trouble[list(troubles)] = [code_of(one) for one in troubles.values()]
        self.asked = self._asked(len(texts), lambda at: cells[columns.headings[at]], trouble)

    def cells(self) -> list[Any]:
        """Return what the keys hold; a key that few objects have costs only those."""
        lines = self._lines()
        places: dict[str, tuple[list[int], list[str | None]]] = {}
        for number, one in enumerate(lines):
            for key, value in one.found.items():
                rows, texts = places.setdefault(key, ([], []))
                rows.append(number)
                texts.append(cell_text(value))
        made: list[Any] = []
        for heading in self.columns.headings:
            if heading not in places:
                made.append(pa.nulls(len(lines), pa.string()))
                continue
            rows, texts = places[heading]
            column = pa.array(texts, pa.string())
            if len(rows) < len(lines):
                order = np.full(len(lines), len(rows))
                order[rows] = np.arange(len(rows))
                column = pa.concat_arrays([column, pa.nulls(1, pa.string())]).take(pa.array(order))
            made.append(column)
        return made

    def csv(self, delimiter: str) -> Any:
        """Return each object as a row; a key that few objects have costs only those."""
        places = {heading: place for place, heading in enumerate(self.columns.headings)}
        width = len(places)
        rows: list[str] = []
        for one in self._lines():
            cells = sorted((places[key], cell_text(value)) for key, value in one.found.items())
            parts: list[str] = []
            before = 0
            for place, cell in cells:
                parts += [delimiter * (place - before), quoted(cell or "", delimiter)]
                before = place
            rows.append("".join([*parts, delimiter * (width - 1 - before)]))
        return pa.array(rows, pa.string())

    def json(self) -> tuple[Any, Numbers | None]:
        """Return each object as it was written."""
        bare = pc.equal(self._texts, "{").to_numpy(zero_copy_only=False)
        return self._texts, bare if bare.any() else None

    def _lines(self) -> list[Line]:
        data, key = self._read
        return [one for line in data.split(b"\n") if (one := line_of(line, key))]


class TableBlock(Block):
    """Rows of Parquet or of a data frame."""

    def __init__(self, columns: Columns, batch: Any) -> None:
        """Take the batch."""
        self.columns, self._batch = columns, batch
        self.asked = self._asked(batch.num_rows, batch.column, None)

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
    return pa.array([None if value is None else _said(value) for value in values], pa.string())


def _csv_cells(texts: Any, delimiter: str) -> Any:
    texts = texts.fill_null("")
    needs = pc.match_substring_regex(texts, rf'["\r\n{delimiter}]')
    if not pc.any(needs).as_py():
        return texts
    doubled = pc.replace_substring(texts, '"', '""')
    return pc.if_else(needs, pc.binary_join_element_wise('"', doubled, '"', ""), texts)


def _json_cells(column: Any) -> Any:
    """Return values as JSON."""
    kind = column.type
    if pa.types.is_null(kind):
        return pa.array(["null"] * len(column), pa.string())
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return text_of_any(column).fill_null("null")
    if pa.types.is_floating(kind) or pa.types.is_nested(kind):
        values = column.to_pylist()
        return pa.array([_json_said(value) for value in values], pa.string())
    texts = text_of_any(column)
    if pc.all(pc.match_substring_regex(texts, PLAIN)).as_py() is False:
        words = texts.dictionary_encode()
        said = [json.dumps(word, ensure_ascii=False) for word in words.dictionary.to_pylist()]
        return pa.array(said, pa.string()).take(words.indices).fill_null("null")
    return pc.binary_join_element_wise('"', texts, '"', "").fill_null("null")


def _json_said(value: Any) -> str:
    said = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_said)
    return "null" if said in {"NaN", "Infinity", "-Infinity"} else said


def _said(value: Any) -> str:
    if isinstance(value, bytes):
        return told(value)
    if isinstance(value, dict | list | tuple):
        return _json_said(value)
    return str(value)

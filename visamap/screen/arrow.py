"""One machine: blocks are read, answered and written in their order, by a thread each."""

import base64
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.screen import csv_text, json_lines
from visamap.screen.answering import (
    NOTHING,
    TYPES,
    Answerer,
    Found,
    bounds_of,
    places_of,
    texts_of,
)
from visamap.screen.blocks import Block, TableBlock, csv_blocks, json_blocks
from visamap.screen.columns import ROLES, Answer, Columns, refuse_twins
from visamap.screen.csv_text import Head
from visamap.screen.lists import Counting, Job, Wanted, readable
from visamap.screen.plain import cell
from visamap.screen.rule_table import RuleBook

ROWS = 1 << 17
"""Of a block of Parquet, and of a group of rows in the output."""
DICTIONARY_BYTES = 4
"""What a value takes at most where words are numbered."""
SCHEMA = "ARROW:schema"
AHEAD = 2
"""Blocks that wait between two threads."""
One = TypeVar("One")
Answered = Iterator[tuple[Block, Found, int]]
"""Blocks, their answers, and how much of the list was read."""


class Listed(NamedTuple):
    """A list to answer: its blocks with how much of ``whole`` was read; types, said and read."""

    columns: Columns
    blocks: Iterator[tuple[Block, int]]
    whole: int
    head: Head | None = None
    schema: Any = None
    read: Any = None


def screen(job: Job, book: RuleBook) -> Counting:
    """Answer a list of any length."""
    listed = opened(job)
    answerer = Answerer(book, duties=job.wanted.duties)
    counting = Counting()
    write = _to_parquet if job.target.form == "parquet" else _to_text
    blocks = ahead(listed.blocks)
    answered = ahead((block, answerer.answers(block.asked), place) for block, place in blocks)
    with readable(job.source.named, pa.ArrowInvalid, UnicodeError):
        for block, found, place in write(job, listed, answerer, answered):
            answerer.count(block.asked, found, counting)
            if job.progress:
                job.progress(place / max(listed.whole, 1))
    return counting


def opened(job: Job) -> Listed:
    """Look at a list."""
    path, named = job.source.path, job.source.named
    if job.source.form == "parquet":
        try:
            meta = pq.read_metadata(path)
            schema = meta.schema.to_arrow_schema()
            # Without the last two, memory would grow with the file.
            file = pq.ParquetFile(
                path, read_dictionary=_numbered(meta), pre_buffer=False, buffer_size=1 << 20
            )
        except (pa.ArrowException, OSError) as error:
            raise WrongUsageError(
                tr("{file!r} is not a Parquet file that can be read.", file=named)
            ) from error
        refuse_twins(schema.names, "Parquet")
        columns = job.columns(schema.names)
        refuse_types(columns, [(_holds(kind), str(kind)) for kind in schema.types])
        batches, read = _batches(file, columns), file.schema_arrow
        return Listed(columns, batches, meta.num_rows, schema=schema, read=read)
    size = os.path.getsize(path)
    if job.source.form == "csv":
        head = job.head()
        columns = job.columns(head.headings)
        return Listed(columns, csv_blocks(path, head, columns), size, head)
    columns = job.columns(json_lines.headings(path, named))
    key = json_lines.broken_key(columns.headings, job.target.form)
    return Listed(columns, json_blocks(path, key, columns), size)


def _batches(file: Any, columns: Columns) -> Iterator[tuple[Block, int]]:
    rows = 0
    for groups in _groups(file.metadata):
        for batch in file.iter_batches(ROWS, groups):
            rows += batch.num_rows
            yield TableBlock(columns, batch), rows


def _groups(meta: Any) -> Iterator[list[int]]:
    """Yield the groups of rows that make a block, for words are numbered anew in each group."""
    found: list[int] = []
    rows = 0
    for group in range(meta.num_row_groups):
        more = meta.row_group(group).num_rows
        if found and rows + more > ROWS:
            yield found
            found, rows = [], 0
        found.append(group)
        rows += more
    yield found


def _numbered(meta: Any) -> list[str]:
    """Return the columns of text whose words are numbered in the file; they stay so."""
    if not meta.num_row_groups:
        return []
    group = meta.row_group(0)
    found: list[str] = []
    for place in range(group.num_columns):
        chunk = group.column(place)
        small = chunk.total_uncompressed_size < DICTIONARY_BYTES * chunk.num_values
        text = chunk.physical_type == "BYTE_ARRAY" and "." not in chunk.path_in_schema
        if text and small and chunk.has_dictionary_page:
            found.append(chunk.path_in_schema)
    return found


def refuse_types(columns: Columns, holding: Sequence[tuple[str, str]]) -> None:
    """Refuse columns that hold something else than they are taken for.

    Each holds text, days, numbers or something else, and its type has a name.
    """
    for role in ROLES:
        place = getattr(columns, role)
        days = role in {"arrival", "departure"}
        if place is None or holding[place][0] in {"text", "days" if days else "numbers"}:
            continue
        said = {"heading": columns.headings[place], "type": holding[place][1], "role": role}
        raise WrongUsageError(
            tr(
                "Column {heading!r} holds {type}, which is not read as {role}; give text or dates.",
                **said,
            )
            if days
            else tr(
                "Column {heading!r} holds {type}, which is not read as {role}; give text.", **said
            )
        )


def _holds(kind: Any) -> str:
    """Return what a column of a type holds: text, days, numbers or something else."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return "days"
    if pa.types.is_integer(kind):
        return "numbers"
    text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)
    return "text" if text or pa.types.is_string_view(kind) else "else"


def ahead(items: Iterator[One]) -> Iterator[One]:
    """Yield the items in their order, the next ones being made meanwhile."""
    with ThreadPoolExecutor(1) as pool:
        waiting = deque(pool.submit(next, items, None) for _ in range(AHEAD))
        try:
            while (item := waiting.popleft().result()) is not None:
                waiting.append(pool.submit(next, items, None))
                yield item
        finally:
            for one in waiting:
                one.cancel()


class Text:
    """What makes CSV or JSON Lines of blocks and answers."""

    def __init__(
        self, form: str, columns: Columns, written: Head, answerer: Answerer, wanted: Wanted
    ) -> None:
        """Take the form, how CSV is written, and who knows every answer that there is."""
        self._csv, self._sign = form == "csv", written.delimiter
        self._columns, self._answerer, self._wanted = columns, answerer, wanted
        if self._csv:
            own = map(csv_text.disarmed, columns.headings) if wanted.safe else columns.headings
            self.head = csv_text.line([*own, *columns.added], self._sign)
        else:
            refuse_twins(columns.headings, "JSON Lines")
            self.head = ""
        self._tails: list[str] = []

    def _tail(self, answer: Answer) -> str:
        said, sign = self._columns.of(answer), self._sign
        if self._csv:
            return sign + sign.join(csv_text.quoted(cell(one), sign) for one in said)
        return json_lines.added_text(self._columns.added, said)

    def rows(self, block: Block, found: Found, end: str) -> Any:
        """Return the rows of a block with their answers and an ``end`` behind each."""
        lines = block.csv(self._sign, safe=self._wanted.safe) if self._csv else block.json()
        self._tails += [""] * (found.shared - len(self._tails))
        for number in np.flatnonzero(np.bincount(found.numbers)).tolist():
            if number < found.shared and not self._tails[number]:
                self._tails[number] = self._tail(self._answerer.table[number])
        tails = texts_of([*self._tails, *map(self._tail, found.own)])
        tails = tails.take(places_of(found.numbers))
        if self._wanted.problems:
            rows = places_of(np.flatnonzero(found.troubled))
            lines, tails = lines.take(rows), tails.take(rows)
        if not self._csv and pc.any(bare := pc.equal(lines, "{")).as_py():
            # No comma behind the brace of an object without a key.
            tails = pc.if_else(bare, pc.utf8_slice_codeunits(tails, 1), tails)
        return pc.binary_join_element_wise(lines, tails, *texts_of([end, ""]))


def _to_text(job: Job, listed: Listed, answerer: Answerer, answered: Answered) -> Answered:
    """Write CSV or JSON Lines."""
    form, written = job.target.form, job.written(listed.head)
    text = Text(form, listed.columns, written, answerer, job.wanted)
    end = written.end if form == "csv" else "\n"
    with open(job.target.path, "wb") as file:
        if text.head:
            file.write(csv_text.BOM * written.marked + f"{text.head}{end}".encode())
        for block, found, place in answered:
            bounds, data = bounds_of(text.rows(block, found, end))
            file.write(data[bounds[0] : bounds[-1]].data)
            yield block, found, place


def _to_parquet(job: Job, listed: Listed, answerer: Answerer, answered: Answered) -> Answered:
    """Write Parquet; the types of the list's own columns stay, and what was text is."""
    headings, added = listed.columns.headings, listed.columns.added
    refuse_twins(headings, "Parquet")
    own = listed.schema or pa.schema([(heading, pa.string()) for heading in headings])
    told, problems = listed.columns.told, job.wanted.problems
    types = [TYPES[place] for place in told]
    said = pa.schema([*own, *map(pa.field, added, types)], own.metadata)
    empty = answerer.columns(NOTHING, told)
    kinds = [*(listed.read or own).types, *(column.type for column in empty)]
    schema = pa.schema([*map(pa.field, said.names, kinds)])
    words = [one.name for one in schema if pa.types.is_dictionary(one.type)]

    def written(block: Block, found: Found) -> Any:
        columns = [*block.cells(), *answerer.columns(found, told)]
        batch = pa.RecordBatch.from_arrays(columns, schema=schema)
        return batch.take(places_of(np.flatnonzero(found.troubled))) if problems else batch

    with pq.ParquetWriter(
        job.target.path,
        schema,
        store_schema=False,
        use_dictionary=words if listed.schema else True,
        write_statistics=[one.name for one in schema if _holds(one.type) in {"days", "numbers"}],
    ) as writer:
        held: list[Any] = []
        rows = 0
        for batch, (block, found, place) in ahead((written(*one[:2]), one) for one in answered):
            held.append(batch)
            rows += batch.num_rows
            if rows >= ROWS // 2:
                writer.write_table(pa.Table.from_batches(held), rows)
                held, rows = [], 0
            yield block, found, place
        if rows:
            writer.write_table(pa.Table.from_batches(held), rows)
        # Our words are numbered on the way; what a reader finds is text.
        known = base64.b64encode(said.serialize()).decode()
        writer.add_key_value_metadata({**(said.metadata or {}), SCHEMA: known})

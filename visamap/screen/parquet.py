"""Parquet in blocks and as a form of output; the types of the list's own columns stay."""

import base64
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.screen.answering import TYPES
from visamap.screen.blocks import TableBlock
from visamap.screen.columns import Columns, Holding, refuse_twins

ROWS = 1 << 17
"""Of a block, and of a group of rows in the output."""
DICTIONARY_BYTES = 4
"""What a value takes at most where words are numbered."""
SCHEMA = "ARROW:schema"


class Table:
    """A Parquet file to read."""

    def __init__(self, path: str, named: str) -> None:
        """Look at the schema.

        Raises:
            WrongUsageError: it is no Parquet, or has a column twice.
        """
        try:
            # Without these two, memory would grow with the file.
            settings = {"pre_buffer": False, "buffer_size": 1 << 20}
            meta = pq.read_metadata(path)
            self._file = pq.ParquetFile(path, read_dictionary=_numbered(meta), **settings)
            self.schema = meta.schema.to_arrow_schema()
        except (pa.ArrowException, OSError) as error:
            raise WrongUsageError(
                tr("{file!r} is not a Parquet file that can be read.", file=named)
            ) from error
        self.headings = tuple(self.schema.names)
        refuse_twins(self.headings, "Parquet")
        self.rows = meta.num_rows
        self.holding = [Holding(_holds(kind), str(kind)) for kind in self.schema.types]

    def blocks(self, columns: Columns) -> Iterator[tuple[TableBlock, int]]:
        """Yield the rows in blocks, and how many were read."""
        rows = 0
        for batch in self._file.iter_batches(ROWS):
            rows += batch.num_rows
            yield TableBlock(columns, batch), rows


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


class Writer:
    """A Parquet file to write."""

    def __init__(self, path: str, own: Any, added: Sequence[str], *, number: bool) -> None:
        """Take the schema of the own columns and the names of the added ones.

        ``number`` where words of text are to be numbered that are not yet.
        """
        self._number = number
        self._path, self._names = path, [*own.names, *added]
        fields = [pa.field(name, kind) for name, kind in zip(added, TYPES, strict=True)]
        self._said = pa.schema([*own, *fields], own.metadata)
        self._writer: Any = None
        self._held: list[Any] = []
        self._rows = 0

    def write(self, columns: list[Any]) -> None:
        """Write the columns of a block."""
        self._held.append(pa.RecordBatch.from_arrays(columns, self._names))
        self._rows += len(columns[0])
        if self._rows >= ROWS:
            self._flush()

    def close(self) -> None:
        """End the file."""
        self._flush()
        writer = self._open(self._said)
        # Our words are numbered on the way; what a reader finds is text.
        schema = base64.b64encode(self._said.serialize()).decode()
        writer.add_key_value_metadata({**(self._said.metadata or {}), SCHEMA: schema})
        writer.close()

    def abandon(self) -> None:
        """Give up what was written."""
        if self._writer is not None:
            self._writer.is_open = False

    def _flush(self) -> None:
        if self._held:
            table = pa.Table.from_batches(self._held)
            self._open(table.schema).write_table(table, ROWS)
            self._held, self._rows = [], 0

    def _open(self, schema: Any) -> Any:
        if self._writer is None:
            words = [one.name for one in schema if pa.types.is_dictionary(one.type)]
            days = [one.name for one in schema if _holds(one.type) in {"days", "numbers"}]
            self._writer = pq.ParquetWriter(
                self._path,
                schema,
                store_schema=False,
                use_dictionary=self._number or words,
                write_statistics=days,
            )
        return self._writer


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

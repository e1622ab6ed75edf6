"""What DuckDB cannot read, or reads otherwise than the other engines, goes through our reader.

It writes each row in a form that DuckDB reads, with what is wrong with the row in a column more.
"""

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from visamap.bulk import mending
from visamap.bulk.broken import Broken
from visamap.bulk.csv_rows import Row
from visamap.bulk.duck_files import Source, Table, csv_table, json_cells
from visamap.bulk.lists import Job
from visamap.bulk.mending import Kind, kind_of

BLOCK = 16 << 20


class Piece(NamedTuple):
    """Some rows, written anew; how long the longest is, and which are broken."""

    text: bytes
    longest: int
    broken: Broken


def whole(job: Job, found: Source, broken: Broken) -> Source:
    """Return the same list, written anew."""
    path = f"{job.source.path}.mended"
    kind = _kind(job, found)
    with open(path, "wb") as file:
        longest = mending.write(mending.rows(job.source.path, kind), kind.delimiter, file, broken)
    return found._replace(table=table(job, found, path, longest))


def pieces(job: Job, found: Source, size: int) -> Iterator[Piece]:
    """Yield the list, written anew, in pieces of about so many bytes."""
    kind = _kind(job, found)
    rows = mending.rows(job.source.path, kind)
    while (one := _written(rows, kind, size)).broken.rows:
        yield one


def piece(job: Job, found: Source, text: bytes, *, last: bool) -> Piece:
    """Return some rows of the list, written anew; ``last`` where it ends with them.

    Raises:
        OpenEndError: they end within a row.
    """
    kind = _kind(job, found)
    return _written(mending.rows_of(text, kind, last=last), kind)


def table(job: Job, found: Source, path: str, longest: int) -> Table:
    """Return the file at ``path``, which holds rows written anew."""
    headings = found.columns.headings
    width = len(headings) if job.source.form == "csv" else 1
    made = csv_table(path, width + 1, found.delimiter, longest, header=False)
    # Line ends in cells may be others; ours are not to be guessed from them.
    relation = made.relation.removesuffix(")") + ", new_line = '\\n')"
    made = made._replace(relation=relation)
    trouble = made.expressions[width]
    if job.source.form == "csv":
        own = made.expressions[:width]
        return made._replace(expressions=own, types=made.types[:width], trouble=trouble)
    relation = f"(SELECT c0::JSON AS json, {trouble} FROM {made.relation})"  # noqa: S608
    return Table(relation, json_cells(headings), ("VARCHAR",) * len(headings), trouble)


def _kind(job: Job, found: Source) -> Kind:
    headings = found.columns.headings
    return kind_of(job.source.form, found.delimiter, headings, job.target.form)


def _written(rows: Iterator[Row], kind: Kind, size: float = float("inf")) -> Piece:
    file, broken = io.BytesIO(), Broken()
    longest = mending.write(rows, kind.delimiter, file, broken, size)
    return Piece(file.getvalue(), longest, broken)


def has_loose_quotes(text: bytes, delimiter: str) -> bool:
    """Tell whether spaces stand beside quotes, which DuckDB leaves out and others do not."""
    # One sign is looked for much faster than two.
    if b'"' not in text or (b'" ' not in text and b' "' not in text):
        return False
    sign = re.escape(delimiter)
    loose = rf'" +(?:["{sign}\r\n]|\Z)|(?:\A|["{sign}\r\n]) +"'
    return re.search(loose.encode(), text) is not None


def has_loose_quotes_anywhere(path: str, delimiter: str) -> bool:
    """Tell the same of a file."""
    return any(has_loose_quotes(block, delimiter) for block in _blocks(path))


def _blocks(path: str) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            yield block + file.readline(BLOCK)

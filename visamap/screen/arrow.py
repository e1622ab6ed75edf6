"""One machine: blocks are read, answered and written in their order, by a thread each."""

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.screen import csv_blocks, csv_text, json_blocks, parquet
from visamap.screen.answering import Answerer, Numbers, bounds_of
from visamap.screen.blocks import Block
from visamap.screen.columns import Answer, Columns, refuse_twins, refuse_types
from visamap.screen.counting import Counting, Tally
from visamap.screen.json_lines import added_text, broken_key
from visamap.screen.lists import Job
from visamap.screen.plain import cell
from visamap.screen.rule_table import RuleBook

AHEAD = 2
"""Blocks that wait between two threads."""
One = TypeVar("One")


class Listed(NamedTuple):
    """A list to answer: its blocks with how much of ``whole`` was read."""

    columns: Columns
    blocks: Iterator[tuple[Block, int]]
    whole: int
    delimiter: str = ","
    schema: Any = None


def screen(job: Job, book: RuleBook, answerer: Answerer | None = None) -> Tally:
    """Answer a list of any length; ``answerer`` is one that was made already.

    Raises:
        WrongUsageError: the list cannot be read, or has not the columns.
    """
    listed = opened(job)
    answerer, counting = answerer or Answerer(book), Counting()
    out = _writer(job, listed, answerer)
    try:
        for block, found, place in ahead(_answered(ahead(listed.blocks), answerer)):
            out.write(block, found)
            answerer.count(block.asked, found, counting)
            if job.progress:
                job.progress(place / max(listed.whole, 1))
        out.close()
    except (pa.ArrowInvalid, UnicodeError) as error:
        raise WrongUsageError(
            tr("{file!r} cannot be read ({why}).", file=job.source.named, why=str(error))
        ) from error
    finally:
        out.abandon()
    return counting.tally(book)


def opened(job: Job) -> Listed:
    """Look at a list.

    Raises:
        WrongUsageError: it cannot be read, or has not the columns.
    """
    path, named = job.source.path, job.source.named
    if job.source.form == "parquet":
        table = parquet.Table(path, named)
        columns = job.columns(table.headings)
        refuse_types(columns, table.holding)
        return Listed(columns, table.blocks(columns), table.rows, schema=table.schema)
    size = os.path.getsize(path)
    if job.source.form == "csv":
        head = csv_text.head(path, named)
        columns = job.columns(head.headings)
        return Listed(columns, csv_blocks.blocks(path, head, columns), size, head.delimiter)
    columns = job.columns(json_blocks.headings(path, named))
    key = broken_key(columns.headings, job.target.form)
    return Listed(columns, json_blocks.blocks(path, key, columns), size)


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


def _answered(
    blocks: Iterator[tuple[Block, int]], answerer: Answerer
) -> Iterator[tuple[Block, Numbers, int]]:
    for block, place in blocks:
        yield block, answerer.answers(block.asked), place


class Text:
    """What makes CSV or JSON Lines of blocks and answers."""

    def __init__(self, form: str, columns: Columns, sign: str, table: tuple[Answer, ...]) -> None:
        """Take the form, what stands between cells, and every answer that there is.

        Raises:
            WrongUsageError: the form cannot hold the columns.
        """
        self._csv, self._sign, self._answers = form == "csv", sign, len(table)
        if self._csv:
            self.head = csv_text.line([*columns.headings, *columns.added], sign)
            tails = [sign + sign.join(map(cell, one)) for one in table]
        else:
            refuse_twins(columns.headings, "JSON Lines")
            self.head = ""
            tails = [
                added_text(columns.added, one, bare=bare) for bare in (False, True) for one in table
            ]
        self._tails = pa.array(tails, pa.string())

    def rows(self, block: Block, found: Numbers, end: str) -> Any:
        """Return the rows of a block with their answers and an ``end`` behind each."""
        bare = None
        if self._csv:
            lines = block.csv(self._sign)
        else:
            lines, bare = block.json()
        if bare is not None:
            found = found + bare * self._answers
        return pc.binary_join_element_wise(lines, self._tails.take(pa.array(found)), end, "")


class _TextFile:
    """CSV or JSON Lines to write."""

    def __init__(self, job: Job, listed: Listed, answerer: Answerer) -> None:
        self._text = Text(job.target.form, listed.columns, listed.delimiter, answerer.table)
        self._file = open(job.target.path, "wb")  # noqa: SIM115  closed by ``close``
        if self._text.head:
            self._file.write(f"{self._text.head}\n".encode())

    def write(self, block: Block, found: Numbers) -> None:
        bounds, data = bounds_of(self._text.rows(block, found, "\n"))
        self._file.write(data[bounds[0] : bounds[-1]].data)

    def close(self) -> None:
        self._file.close()

    def abandon(self) -> None:
        with suppress(OSError):
            self._file.close()


class _TableFile:
    """Parquet to write."""

    def __init__(self, job: Job, listed: Listed, answerer: Answerer) -> None:
        headings = listed.columns.headings
        refuse_twins(headings, "Parquet")
        own = listed.schema or pa.schema([(heading, pa.string()) for heading in headings])
        self._answerer = answerer
        self._file = parquet.Writer(
            job.target.path, own, listed.columns.added, number=listed.schema is None
        )

    def write(self, block: Block, found: Numbers) -> None:
        self._file.write([*block.cells(), *self._answerer.columns(found)])

    def close(self) -> None:
        self._file.close()

    def abandon(self) -> None:
        self._file.abandon()


def _writer(job: Job, listed: Listed, answerer: Answerer) -> _TextFile | _TableFile:
    return (_TableFile if job.target.form == "parquet" else _TextFile)(job, listed, answerer)

"""CSV and JSON Lines in their order: cut into slices, one thread on each, put together again.

A slice ends where a row ends. One reading of it finds the rule of each row, which is joined to the
lines as they stand, written and counted; names that come up for the first time are read in between
and cost a second look. Memory holds one slice for each thread, however long the list is. The
quick way to cut counts quotes. A slice with broken rows, long ones or odd line ends is written anew
by our own reader; where that finds the cut itself to be wrong, it reads the whole list.
"""

import errno
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from shutil import copyfileobj
from typing import IO, Any, NamedTuple

import duckdb

from visamap.bulk import csv_rows, duck_mending, sql
from visamap.bulk.book import Book, Rules
from visamap.bulk.broken import Broken
from visamap.bulk.csv_rows import OpenEndError
from visamap.bulk.duck_files import (
    Source,
    Table,
    csv_table,
    is_loose,
    jsonl_table,
    part_copy,
    text_source,
)
from visamap.bulk.duck_lines import lines_copy, tails
from visamap.bulk.duck_mending import Piece
from visamap.bulk.duck_tables import (
    connected,
    cut_short,
    fill,
    learn_more,
    reason,
    travellers,
)
from visamap.bulk.lists import Counting, Groups, Job, Tally
from visamap.errors import OutputError

SLICE = 16 << 20
MOST_THREADS = 16
"""One hand puts the slices together again; more threads would only wait for it."""

COUNTED = """
SELECT verdict, problem, value, sum(found)::BIGINT
FROM (SELECT rule, problem, value, count(*) AS found FROM keyed GROUP BY ALL)
LEFT JOIN decisions USING (rule)
GROUP BY ALL"""


class Slice(NamedTuple):
    """Whole rows as they stand in the list, without the headings; ``last`` where none follow.

    They lie in a few pieces, for a copy of them costs as much as reading them.
    """

    pieces: tuple[bytes | memoryview, ...]
    quotes: bool
    done: float
    last: bool = False

    @property
    def text(self) -> bytes:
        """The rows in one."""
        return b"".join(self.pieces)


class Part(NamedTuple):
    """A slice that is answered: the file with its rows, the counts, the part of the work done."""

    path: str
    groups: Groups
    broken: Broken
    done: float


def screen(job: Job, book: Book) -> Tally:
    """Answer a list of any length.

    Raises:
        OutputError: the answers cannot be written.
        WrongUsageError: the list cannot be read, or has not the columns.
    """
    with connected(job.folder) as con:
        found = text_source(con, job)
    rules = book.rules()
    try:
        try:
            return _screened(job, book, rules, found, _quick(job, found.delimiter))
        except (_UnevenError, OpenEndError):
            return _screened(job, book, rules, found, duck_mending.pieces(job, found, SLICE))
    except duckdb.IOException as error:
        raise OutputError(job.target.named, reason(error)) from error
    except duckdb.Error as error:
        raise cut_short(job.source.named, error) from error


class _UnevenError(Exception):
    """The quick way finds no place to cut."""


def _screened(
    job: Job, book: Book, rules: Rules, found: Source, slices: Iterator[Slice | Piece]
) -> Tally:
    threads = min(os.cpu_count() or 1, MOST_THREADS)
    counting = Counting()
    desks: SimpleQueue[_Desk] = SimpleQueue()
    made = [_Desk(job, book, rules, found, number) for number in range(threads)]
    for desk in made:
        desks.put(desk)

    def work(number: int, one: Slice | Piece) -> Part:
        desk = desks.get()
        try:
            return desk.answer(number, one)
        finally:
            desks.put(desk)

    with open(job.target.path, "wb") as out, ThreadPoolExecutor(threads) as pool:
        if job.target.form == "csv":
            headings = (*found.columns.headings, *found.columns.added)
            out.write(csv_rows.line([*headings], found.delimiter).encode())
        waiting: deque[Future[Part]] = deque()
        try:
            for number, one in enumerate(slices):
                waiting.append(pool.submit(work, number, one))
                if len(waiting) > threads:
                    _take(waiting.popleft(), out, counting, job)
            while waiting:
                _take(waiting.popleft(), out, counting, job)
        except BaseException:
            _stop(waiting, made)
            raise
        finally:
            pool.shutdown()
            for desk in made:
                desk.con.close()
    return counting.tally(book)


def _stop(waiting: Iterable[Future[Part]], desks: Iterable["_Desk"]) -> None:
    """Begin nothing more and stop what runs: Ctrl-C, a full disk, a broken row."""
    for future in waiting:
        future.cancel()
    for desk in desks:
        desk.con.interrupt()


def _take(future: Future[Part], out: IO[bytes], counting: Counting, job: Job) -> None:
    part = future.result()
    counting.add(part.groups)
    counting.broken.follow(part.broken)
    _append(part.path, out)
    os.unlink(part.path)
    if job.progress:
        job.progress(part.done)


def _append(path: str, out: IO[bytes]) -> None:
    """Put a file behind what is written, by the kernel's own hand where it lends one."""
    with open(path, "rb") as file:
        out.flush()
        left = os.fstat(file.fileno()).st_size
        try:
            while left > 0 and (sent := os.sendfile(out.fileno(), file.fileno(), None, left)):
                left -= sent
        except (AttributeError, OSError) as error:
            if getattr(error, "errno", errno.EINVAL) not in {errno.EINVAL, errno.ENOSYS}:
                raise
        if left:
            copyfileobj(file, out, 1 << 20)


class _Desk:
    """An engine of one thread, with the small tables, that takes one slice after the other."""

    def __init__(self, job: Job, book: Book, rules: Rules, found: Source, number: int) -> None:
        self.job, self.book, self.found = job, book, found
        self.path = os.path.join(job.folder, f"slice-{number}")
        self.con = connected(f"{job.folder}/{number}", 1)
        fill(self.con, rules)
        self.con.execute(tails(found.delimiter))
        keys = sql.keys((), rules.periods, *found.days, value=True)
        self.keyed = f"CREATE OR REPLACE TABLE keyed AS {keys}"

    def answer(self, number: int, one: Slice | Piece) -> Part:
        path = os.path.join(self.job.folder, f"part-{number}")
        done = one.done if isinstance(one, Slice) else 0.0
        if isinstance(one, Slice):
            groups = self._as_it_stands(one, path)
            if groups is not None:
                return Part(path, groups, Broken(sum(group[-1] for group in groups)), done)
            one = duck_mending.piece(self.job, self.found, one.text, last=one.last)
        self._hold(one.text)
        table = duck_mending.table(self.job, self.found, self.path, one.longest)
        return Part(path, self._answer(table, path, lines=False), one.broken, done)

    def _as_it_stands(self, one: Slice, path: str) -> list[tuple[Any, ...]] | None:
        """Answer rows as the list has them, or none where DuckDB reads them otherwise than we."""
        job, found = self.job, self.found
        self._hold(*one.pieces)
        try:
            if job.source.form == "jsonl":
                table = jsonl_table(self.path, found.columns.headings)
                loose = is_loose(self.con, table.relation)
            else:
                table = csv_table(
                    self.path, len(found.columns.headings), found.delimiter, header=False
                )
                loose = one.quotes and duck_mending.has_loose_quotes(one.text, found.delimiter)
            return None if loose else self._answer(table, path, lines=True)
        except (duckdb.IOException, duckdb.InterruptException):
            raise
        except duckdb.Error:
            return None

    def _hold(self, *pieces: bytes | memoryview) -> None:
        with open(self.path, "wb") as file:
            file.writelines(pieces)

    def _answer(self, table: Table, path: str, *, lines: bool) -> list[tuple[Any, ...]]:
        """Write the answers to ``path``, behind the rows' own ``lines`` if they may be; count."""
        con = self.con
        travellers(con, self.found.columns, table, ())
        con.execute(self.keyed)
        # After a few slices every name is known, and a slice is read once.
        while learn_more(con, self.book):
            con.execute(self.keyed)
        lines = lines and self.job.source.form == self.job.target.form == "csv"
        if not (lines and self._write_lines(path)):
            self._write(table, path)
        return con.execute(COUNTED).fetchall()

    def _write(self, table: Table, path: str) -> None:
        """Write the rows cell by cell, or each object as it was written."""
        whole = self.job.source.form == self.job.target.form == "jsonl"
        own = ("json",) if whole else table.expressions
        named = ", ".join(f"{expression} AS o{n}" for n, expression in enumerate(own))
        rows = f"(SELECT {named}, keyed.* FROM {table.relation} POSITIONAL JOIN keyed)"  # noqa: S608
        answered = sql.answers([f"o{n}" for n in range(len(own))], rows)
        self.con.execute(f"CREATE OR REPLACE VIEW answered AS {answered}")
        self.con.execute(part_copy(self.job, self.found, path, whole=whole))

    def _write_lines(self, path: str) -> bool:
        """Write each line as it stands with our cells behind it, if each line is a row."""
        delimiter, width = self.found.delimiter, len(self.found.columns.headings)
        try:
            self.con.execute(lines_copy(self.path, path, delimiter, width))
        except duckdb.IOException:
            raise
        except duckdb.Error:
            return False
        return True


def _quick(job: Job, delimiter: str) -> Iterator[Slice | Piece]:
    """Cut at line ends outside quotes, by counting quotes."""
    size = os.path.getsize(job.source.path) or 1
    with open(job.source.path, "rb") as file:
        csv = job.source.form == "csv"
        if csv:
            file.seek(csv_rows.head_size(job.source.path, delimiter))
        rest: list[bytes | memoryview] = []
        odd = held = False  # whether the rest has an odd number of quotes, or may have any
        while block := file.read(SLICE):
            quotes = csv and b'"' in block
            cut = _cut(block, odd=odd) if quotes or odd else block.rfind(b"\n") + 1
            view = memoryview(block)
            if cut:
                yield Slice((*rest, view[:cut]), quotes or held, file.tell() / size)
                rest, odd, held = [view[cut:]], block.count(b'"', cut) % 2 == 1, quotes
            else:
                rest.append(view)
                odd, held = odd ^ (block.count(b'"') % 2 == 1), held or quotes
                if sum(map(len, rest)) > SLICE * 2:
                    raise _UnevenError
        if b"".join(rest).strip(b"\r\n"):
            yield Slice((*rest,), True, 1, last=True)


def _cut(block: bytes, *, odd: bool) -> int:
    """Return the place behind the last row that surely ends in ``block``, 0 where none does.

    ``odd`` where an odd number of quotes stands before it.
    """
    end = block.rfind(b"\n") + 1
    even = (block.count(b'"', 0, end) % 2 == 0) != odd
    while end and not even:
        before = block.rfind(b"\n", 0, end - 1) + 1
        even = (block.count(b'"', before, end) % 2 == 0) == even
        end = before
    return end

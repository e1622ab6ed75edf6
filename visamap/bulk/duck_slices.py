"""CSV and JSON Lines in their order: cut into slices, one thread on each, put together again.

A slice ends where a row ends. One reading of it finds the rule of each row, which is joined to the
lines as they stand, written and counted; names that come up for the first time are read in between
and cost a second look. Memory holds one slice for each thread, however long the list is. The
quick way to cut counts quotes; where a list is not so clean, it is cut again by our own reader,
which takes any line end and any length, or says in which row the list breaks off.
"""

import errno
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from shutil import copyfileobj
from typing import IO, NamedTuple

import duckdb

from visamap.bulk import csv_file, jsonl_file, sql
from visamap.bulk.book import Book, Rules
from visamap.bulk.duck_files import (
    Source,
    Table,
    csv_table,
    has_spare_cells,
    jsonl_table,
    lines_table,
    part_copy,
    text_source,
)
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
LONGEST = 1 << 20
"""A longer row is left to our own reader, and DuckDB is told of it."""

COUNTED = """
SELECT verdict, problem, value, sum(found)::BIGINT
FROM (SELECT rule, problem, value, count(*) AS found FROM keyed GROUP BY ALL)
LEFT JOIN decisions USING (rule)
GROUP BY ALL"""


class Slice(NamedTuple):
    """Whole rows, without the headings; ``longest`` is the longest of them, 0 if none is long."""

    text: bytes
    longest: int
    done: float


class Part(NamedTuple):
    """A slice that is answered: the file with its rows, the counts, the part of the work done."""

    path: str
    groups: Groups
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
            return _screened(job, book, rules, found, _quick(job))
        except duckdb.IOException:
            raise
        except (duckdb.Error, _UnevenError):
            return _screened(job, book, rules, found, _careful(job, found))
    except duckdb.IOException as error:
        raise OutputError(job.target.named, reason(error)) from error
    except duckdb.Error as error:
        raise cut_short(job.source.named, error) from error


class _UnevenError(Exception):
    """The quick way finds no place to cut."""


def _screened(job: Job, book: Book, rules: Rules, found: Source, slices: Iterator[Slice]) -> Tally:
    threads = min(os.cpu_count() or 1, MOST_THREADS)
    counting = Counting()
    desks: SimpleQueue[_Desk] = SimpleQueue()
    made = [_Desk(job, book, rules, found, number) for number in range(threads)]
    for desk in made:
        desks.put(desk)

    def work(number: int, one: Slice) -> Part:
        desk = desks.get()
        try:
            return desk.answer(number, one)
        finally:
            desks.put(desk)

    with open(job.target.path, "wb") as out, ThreadPoolExecutor(threads) as pool:
        if job.target.form == "csv":
            headings = (*found.columns.headings, *found.columns.added)
            out.write(csv_file.line(headings, found.delimiter).encode())
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
        keys = sql.keys((), rules.periods, *found.days, value=True)
        self.keyed = f"CREATE OR REPLACE TABLE keyed AS {keys}"

    def answer(self, number: int, one: Slice) -> Part:
        with open(self.path, "wb") as file:
            file.write(one.text)
        con, table = self.con, self._table(one)
        travellers(con, self.found, table.relation, ())
        con.execute(self.keyed)
        # After a few slices every name is known, and a slice is read once.
        while learn_more(con, self.book):
            con.execute(self.keyed)
        own, relation, whole = self._own(one, table)
        named = ", ".join(f"{expression} AS o{n}" for n, expression in enumerate(own))
        rows = f"(SELECT {named}, keyed.* FROM {relation} POSITIONAL JOIN keyed)"  # noqa: S608
        answered = sql.answers([f"o{n}" for n in range(len(own))], rows)
        con.execute(f"CREATE OR REPLACE VIEW answered AS {answered}")
        path = os.path.join(self.job.folder, f"part-{number}")
        con.execute(part_copy(self.job, self.found, path, whole=whole))
        return Part(path, con.execute(COUNTED).fetchall(), one.done)

    def _table(self, one: Slice) -> Table:
        headings = self.found.columns.headings
        if self.job.source.form == "jsonl":
            return jsonl_table(self.path, headings, one.longest)
        delimiter = self.found.delimiter
        return csv_table(self.path, len(headings), delimiter, one.longest, header=False)

    def _own(self, one: Slice, table: Table) -> tuple[Sequence[str], str, bool]:
        """Return what is passed on, where it stands, and whether it is the row as it was written.

        So it is, unless another form is asked for or a row of CSV has more than one line.
        """
        if self.job.source.form != self.job.target.form:
            return table.expressions, table.relation, False
        if self.job.source.form == "jsonl":
            return ("json",), table.relation, True
        if not one.longest and self._a_line_each():
            return ("line",), "lines", True
        return table.expressions, table.relation, False

    def _a_line_each(self) -> bool:
        """Read the lines as they are, and tell whether each is a row: none empty, none broken.

        Nor may one have empty cells past the headings: our cells would stand behind them, in the
        wrong columns.
        """
        lines = lines_table(self.path).relation
        try:
            self.con.execute(f"CREATE OR REPLACE TABLE lines AS FROM {lines}")
        except duckdb.Error:
            return False
        spare = has_spare_cells("line", len(self.found.columns.headings), self.found.delimiter)
        counted = f"SELECT count(*), count(*) FILTER ({spare}) FROM lines"  # noqa: S608
        rows = self.con.execute("SELECT count(*), 0 FROM keyed").fetchall()
        return self.con.execute(counted).fetchall() == rows


def _quick(job: Job) -> Iterator[Slice]:
    """Cut at line ends outside quotes, by counting quotes."""
    size = os.path.getsize(job.source.path) or 1
    with open(job.source.path, "rb") as file:
        if job.source.form == "csv":
            _skip_head(file)
        rest = b""
        while block := file.read(SLICE):
            rest += block
            cut = _cut(rest, quotes=job.source.form == "csv")
            if cut:
                yield Slice(rest[:cut], 0, file.tell() / size)
                rest = rest[cut:]
            elif len(rest) > SLICE * 2:
                raise _UnevenError
        if rest.strip():
            yield Slice(rest, 0, 1)


def _skip_head(file: IO[bytes]) -> None:
    line = file.readline(LONGEST)
    while line.count(b'"') % 2 and (more := file.readline(LONGEST)):
        line += more
    if b"\r" in line[:-2] or len(line) >= LONGEST:
        raise _UnevenError  # lone carriage returns end lines here


def _cut(text: bytes, *, quotes: bool) -> int:
    """Return the place behind the last row that surely ends in ``text``, 0 where none does."""
    end = text.rfind(b"\n") + 1
    if not quotes:
        return end
    even = text.count(b'"', 0, end) % 2 == 0
    while end and not even:
        before = text.rfind(b"\n", 0, end - 1) + 1
        even = (text.count(b'"', before, end) % 2 == 0) == even
        end = before
    return end


def _careful(job: Job, found: Source) -> Iterator[Slice]:
    """Cut by our own reader, which evens line ends and refuses what is no row."""
    path, named = job.source.path, job.source.named
    if job.source.form == "csv":
        headings, delimiter = found.columns.headings, found.delimiter
        lines = (
            csv_file.line(row, delimiter).encode()
            for row in csv_file.rows(path, named, delimiter, len(headings))
        )
    else:
        lines = (f"{text}\n".encode() for text, _ in jsonl_file.objects(path, named))
    held: list[bytes] = []
    size = longest = 0
    for line in lines:
        held.append(line)
        size += len(line)
        longest = max(longest, len(line))
        if size > SLICE:
            yield Slice(b"".join(held), longest if longest > LONGEST else 0, 0)
            held.clear()
            size = longest = 0
    if held:
        yield Slice(b"".join(held), longest if longest > LONGEST else 0, 1)

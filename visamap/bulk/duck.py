"""One machine: DuckDB joins the small tables to the list, as the list streams by.

Its joins hand rows back in whatever order its threads finish. CSV and JSON Lines must keep theirs,
so they are cut into slices that one thread each works on, see ``duck_slices``; Parquet goes through
in one statement.
"""

import threading
from collections.abc import Callable

import duckdb

from visamap.bulk import duck_mending, duck_slices, sql
from visamap.bulk.book import Book
from visamap.bulk.broken import Broken
from visamap.bulk.duck_files import (
    Source,
    copy,
    is_loose,
    parquet_source,
    text_source,
    written_table,
)
from visamap.bulk.duck_tables import (
    connected,
    cut_short,
    fill,
    learn,
    number_roles,
    number_words,
    reason,
    travellers,
)
from visamap.bulk.lists import Counting, Job, Progress, Tally
from visamap.errors import OutputError

GLANCE = 0.1
"""Seconds between two looks at how far DuckDB is, and at Ctrl-C."""


def screen(job: Job, book: Book) -> Tally:
    """Answer a list of any length.

    Raises:
        OutputError: the answers cannot be written.
        WrongUsageError: the list cannot be read, or has not the columns.
    """
    if "parquet" not in {job.source.form, job.target.form}:
        return duck_slices.screen(job, book)
    with connected(job.folder) as con:
        parquet = job.source.form == "parquet"
        found = parquet_source(con, job) if parquet else text_source(con, job)
        fill(con, rules := book.rules())
        if job.target.form == "parquet":
            number_words(con)
        else:
            con.execute("SET threads = 1")  # else the rows would change places

        def answer(found: Source) -> None:
            travellers(con, found.columns, found.table, found.table.expressions)
            learn(con, book)
            if job.source.form == job.target.form == "parquet":
                table = number_roles(con, found.columns, found.table)
                travellers(con, found.columns, table, table.expressions)
            own = [f"o{n}" for n in range(len(found.columns.headings))]
            statement = copy(job, found, sql.text(own, rules.periods, *found.days))
            _run(con, statement, job.progress)

        broken = Broken()
        try:
            if parquet or not _read(con, job, found, answer):
                found = found if parquet else duck_mending.whole(job, found, broken)
                answer(found)
        except duckdb.InterruptException as error:
            raise KeyboardInterrupt from error
        except duckdb.IOException as error:
            raise OutputError(job.target.named, reason(error)) from error
        except duckdb.Error as error:
            raise cut_short(job.source.named, error) from error
        return _counted(con, job, found, book, broken)


def _read(
    con: duckdb.DuckDBPyConnection, job: Job, found: Source, answer: Callable[[Source], None]
) -> bool:
    """Answer a list of text, and tell whether it is one that DuckDB reads as it should."""
    try:
        if job.source.form == "csv":
            loose = duck_mending.has_loose_quotes_anywhere(job.source.path, found.delimiter)
        else:
            loose = is_loose(con, found.table.relation)
        if not loose:
            answer(found)
    except (duckdb.InterruptException, duckdb.IOException):
        raise
    except duckdb.Error:
        return False
    return not loose


def _run(con: duckdb.DuckDBPyConnection, statement: str, progress: Progress | None) -> None:
    """Run a long statement so that Ctrl-C is heard and progress can be told."""
    trouble: list[BaseException] = []
    done = threading.Event()

    def work() -> None:
        try:
            con.execute(statement)
        except BaseException as error:  # noqa: BLE001  raised again where it belongs
            trouble.append(error)
        finally:
            done.set()

    threading.Thread(target=work, daemon=True).start()
    try:
        # Not the thread's own join: an interrupted one forgets that the thread still runs.
        while not done.wait(GLANCE):
            if progress:
                progress(max(con.query_progress(), 0) / 100)
    except BaseException:
        con.interrupt()
        done.wait()
        raise
    if trouble:
        raise trouble[0]


def _counted(
    con: duckdb.DuckDBPyConnection, job: Job, found: Source, book: Book, broken: Broken
) -> Tally:
    """Count what was written, by reading it back: the way to it has no place for a counter."""
    table, names = written_table(job, found)
    con.execute(f"CREATE VIEW answered AS SELECT * FROM {table.relation}")  # noqa: S608
    columns = found.columns
    cells = [
        "NULL" if place is None else f"CAST({table.expressions[place]} AS VARCHAR)"
        for place in (columns.nationality, columns.passport, columns.arrival, columns.departure)
    ]
    counting = Counting()
    counting.broken.follow(broken)
    counting.add(con.execute(sql.summary(cells, names)).fetchall())
    return counting.tally(book)

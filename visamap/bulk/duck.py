"""One machine: DuckDB joins the small tables to the list, as the list streams by.

Its joins hand rows back in whatever order its threads finish. CSV and JSON Lines must keep theirs,
so they are cut into slices that one thread each works on, see ``duck_slices``; Parquet goes through
in one statement.
"""

import threading

import duckdb

from visamap.bulk import duck_slices, sql
from visamap.bulk.book import Book
from visamap.bulk.duck_files import (
    Source,
    copy,
    mended,
    parquet_source,
    text_source,
    written_table,
)
from visamap.bulk.duck_tables import connected, cut_short, fill, learn, reason, travellers
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
        rules = book.rules()
        fill(con, rules)
        try:
            _lay_out(con, found, book)
        except duckdb.Error as error:
            if parquet:
                raise cut_short(job.source.named, error) from error
            found = mended(job, found)
            _lay_out(con, found, book)
        if job.target.form != "parquet":
            con.execute("SET threads = 1")  # else the rows would change places
        own = [f"o{n}" for n in range(len(found.columns.headings))]
        statement = copy(job, found, sql.text(own, rules.periods, *found.days))
        try:
            _run(con, statement, job.progress)
        except duckdb.InterruptException as error:
            raise KeyboardInterrupt from error
        except duckdb.IOException as error:
            raise OutputError(job.target.named, reason(error)) from error
        except duckdb.Error as error:
            raise cut_short(job.source.named, error) from error
        return _counted(con, job, found, book)


def _lay_out(con: duckdb.DuckDBPyConnection, found: Source, book: Book) -> None:
    travellers(con, found, found.table.relation, found.table.expressions)
    learn(con, book)


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


def _counted(con: duckdb.DuckDBPyConnection, job: Job, found: Source, book: Book) -> Tally:
    """Count what was written, by reading it back: the way to it has no place for a counter."""
    table, names = written_table(job, found)
    con.execute(f"CREATE VIEW answered AS SELECT * FROM {table.relation}")  # noqa: S608
    columns = found.columns
    cells = [
        "NULL" if place is None else f"CAST({table.expressions[place]} AS VARCHAR)"
        for place in (columns.nationality, columns.passport, columns.arrival, columns.departure)
    ]
    counting = Counting()
    counting.add(con.execute(sql.summary(cells, names)).fetchall())
    return counting.tally(book)

"""The small tables inside DuckDB, and the list laid out beside them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import duckdb

from visamap.bulk.book import Book, Rules
from visamap.bulk.columns import Columns
from visamap.bulk.duck_files import Table
from visamap.errors import WrongUsageError
from visamap.language import tr

BATCH = 10_000
MOST_NUMBERED = 10_000
"""Different texts of a column that get numbers."""
PASSPORT = "passport"
TEXT = "VARCHAR"
WRITTEN = "written"
SCHEMA = """
CREATE TABLE names (written VARCHAR, country INTEGER, problem VARCHAR);
CREATE TABLE passports (written VARCHAR, kind INTEGER);
CREATE TABLE decisions (
  rule INTEGER, verdict VARCHAR, max_stay_days INTEGER, regime VARCHAR, basis VARCHAR,
  advisory VARCHAR, confidence VARCHAR, terms_until DATE, after_terms BOOLEAN
);"""


def connected(folder: str, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """Return an engine of one's own, with empty tables; it never asks the network."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": f"{folder}/duckdb",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        # The list must stay the side that streams.
        "disabled_optimizers": "join_order,build_side_probe_side",
    }
    if threads:
        settings["threads"] = threads
    con = duckdb.connect(config=settings)
    con.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = true")
    con.execute("SET enable_progress_bar_print = false")
    con.execute(SCHEMA)
    return con


def fill(con: duckdb.DuckDBPyConnection, rules: Rules) -> None:
    """Fill in the decision table."""
    later = "".join(f", start{n} DATE" for n in range(1, rules.periods))
    con.execute(f"CREATE TABLE starts (slot INTEGER, base INTEGER{later})")
    insert(con, "starts", rules.starts)
    insert(con, "decisions", rules.answers)


def number_words(con: duckdb.DuckDBPyConnection) -> None:
    """Give the words of the decision table numbers, so that Parquet is written without texts.

    A reader of the file sees texts as before.
    """
    for column in ("verdict", "regime", "basis", "advisory", "confidence"):
        words = f"SELECT DISTINCT {column} FROM decisions WHERE {column} IS NOT NULL ORDER BY 1"  # noqa: S608
        if con.execute(words).fetchall():
            con.execute(f"CREATE TYPE {column}_word AS ENUM ({words})")
            con.execute(f"ALTER TABLE decisions ALTER {column} TYPE {column}_word")


def travellers(
    con: duckdb.DuckDBPyConnection, columns: Columns, table: Table, own: Sequence[str]
) -> None:
    """Lay out the list as the SQL text reads it, passing on the expressions ``own``."""
    expressions = table.expressions
    selected = [f"{expression} AS o{n}" for n, expression in enumerate(own)]
    passport = "''"
    if columns.passport is not None:
        written = _written(table, columns.passport)
        kind = f"{PASSPORT}_{WRITTEN}" if table.types[columns.passport].endswith(WRITTEN) else TEXT
        passport = f"coalesce({written}, CAST('' AS {kind}))"
    departure = "NULL" if columns.departure is None else expressions[columns.departure]
    selected += [
        f"{_written(table, columns.nationality)} AS nationality",
        f"{passport} AS passport",
        f"{expressions[columns.arrival]} AS arrival",
        f"{departure} AS departure",
        f"CAST({table.trouble} AS VARCHAR) AS trouble",
    ]
    con.execute(
        f"CREATE OR REPLACE VIEW travellers AS FROM {table.relation} SELECT {', '.join(selected)}"
    )


def _written(table: Table, place: int) -> str:
    """Return a column as text, or as the number of one."""
    plain = table.types[place] == TEXT or table.types[place].endswith(WRITTEN)
    return table.expressions[place] if plain else f"CAST({table.expressions[place]} AS VARCHAR)"


def number_roles(con: duckdb.DuckDBPyConnection, columns: Columns, table: Table) -> Table:
    """Give the nationalities and passports that ``learn`` saw numbers, if they are texts and few.

    Parquet holds each text once and numbers in the rows, so the list goes through as numbers: they
    are faster to join and to write. A reader of the file sees texts as before.
    """
    expressions, types = list(table.expressions), list(table.types)
    for role, learned in (("nationality", "names"), (PASSPORT, "passports")):
        place, kind = getattr(columns, role), f"{role}_{WRITTEN}"
        few = f"SELECT count(DISTINCT {role}) <= {MOST_NUMBERED} FROM written"  # noqa: S608
        if place is None or types[place] != TEXT or con.execute(few).fetchall() == [(False,)]:
            continue
        texts = f"SELECT {role} FROM written WHERE {role} IS NOT NULL UNION SELECT '' ORDER BY 1"  # noqa: S608
        con.execute(f"CREATE TYPE {kind} AS ENUM ({texts})")
        con.execute(f"ALTER TABLE {learned} ALTER written TYPE {kind}")
        # A cast that cannot fail is done once for each text of a page, not for each row.
        expressions[place], types[place] = f"TRY_CAST({expressions[place]} AS {kind})", kind
    return table._replace(expressions=tuple(expressions), types=tuple(types))


def learn(con: duckdb.DuckDBPyConnection, book: Book) -> None:
    """Read the nationalities and passports of the list."""
    con.execute("DELETE FROM names; DELETE FROM passports")
    # Both in one reading of the list.
    con.execute(
        "CREATE OR REPLACE TABLE written AS SELECT DISTINCT nationality, passport FROM travellers"
    )
    for batch in _batches(
        book.nationalities(_values(con, "SELECT DISTINCT nationality FROM written"))
    ):
        insert(con, "names", batch)
    kinds = book.passports(_values(con, "SELECT DISTINCT passport FROM written"))
    insert(con, "passports", list(kinds))


def learn_more(con: duckdb.DuckDBPyConnection, book: Book) -> bool:
    """Read what ``keyed`` could not place, and tell whether that placed any of it."""
    unplaced = "SELECT DISTINCT value FROM keyed WHERE problem = "
    learned = False
    for batch in _batches(book.nationalities(_values(con, f"{unplaced}'unknown-nationality'"))):
        insert(con, "names", batch)
        learned = True
    kinds = list(book.passports(_values(con, f"{unplaced}'unknown-passport'")))
    insert(con, "passports", kinds)
    return learned or bool(kinds)


def cut_short(named: str, error: Exception) -> WrongUsageError:
    """Return the error for a list that DuckDB cannot read, with DuckDB's first sentence."""
    first = str(error).splitlines()[0].partition("Error: ")[2] or str(error)
    return WrongUsageError(tr("{file!r} cannot be read ({why}).", file=named, why=first.strip()))


def reason(error: Exception) -> str:
    """Return why something could not be written, in few words."""
    text = str(error)
    for known in ("No space left on device", "File too large", "Permission denied"):
        if known in text:
            return known
    return text.splitlines()[0]


def _values(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[str | None]:
    cursor = con.cursor()
    cursor.execute(query)
    while rows := cursor.fetchmany(BATCH):
        yield from (row[0] for row in rows)


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Put rows into a table, which may be none."""
    if rows:
        types = [row[1] for row in con.execute(f"DESCRIBE {table}").fetchall()]
        columns = ", ".join(f"unnest(?::{kind}[])" for kind in types)
        con.execute(
            f"INSERT INTO {table} SELECT {columns}",
            [list(column) for column in zip(*rows, strict=True)],
        )

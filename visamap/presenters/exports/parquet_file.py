"""A table as a Parquet file, written by DuckDB (extra ``bulk``) with fixed settings."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from visamap.errors import MissingExtraError, OutputError
from visamap.language import tr
from visamap.presenters.exports import csv_tables
from visamap.presenters.exports.sqlite_file import name
from visamap.results.export import Table

TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}


def contents(tables: "tuple[Table, ...]") -> dict[str, bytes]:
    """Return the bytes of a file for each table, by its name.

    Raises:
        MissingExtraError: DuckDB is not installed.
        OutputError: the folder for temporary files cannot be written.
    """
    try:
        import duckdb  # noqa: PLC0415  a large library, for this form alone
    except ImportError as error:
        raise MissingExtraError("bulk", tr("Parquet")) from error
    with TemporaryDirectory() as folder, duckdb.connect() as base:
        # One thread: the order and the grouping of rows never depend on the machine.
        base.execute("SET threads = 1")
        try:
            return {table.name: _written(base, table, Path(folder)) for table in tables}
        except duckdb.IOException as error:
            raise OutputError(folder, str(error).partition("\n")[0]) from error


def _written(base: Any, table: Table, folder: Path) -> bytes:
    rows, made = folder / "rows.csv", folder / "table.parquet"
    # Reading CSV is the quickest way in; our own form of it loses nothing.
    rows.write_text(csv_tables.text(table, exact=True), encoding="utf-8", newline="")
    columns = ", ".join(
        f"{name(field.name)} {TYPES[field.type]}{' NOT NULL' * field.required}"
        for field in table.fields
    )
    kinds = ", ".join(f"'{field.name}': '{TYPES[field.type]}'" for field in table.fields)
    base.execute(f"CREATE OR REPLACE TEMP TABLE made ({columns})")
    base.execute(
        f"INSERT INTO made SELECT * FROM read_csv($rows, header = true, columns = {{{kinds}}}, "  # noqa: S608  our own names
        "auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', "
        "allow_quoted_nulls = false, new_line = '\\n', max_line_size = 16777216)",
        {"rows": str(rows)},
    )
    place = str(made).replace("'", "''")
    base.execute(f"COPY made TO '{place}' (FORMAT parquet, COMPRESSION zstd)")
    return made.read_bytes()

"""The tables as one SQLite file: strict types, closed words checked, keys that lead somewhere.

The same tables give the same bytes with the same release of SQLite, whose number stands in the
file's header.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import Any

from visamap.results.export import Export, Field, Table

TYPES = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
}


def content(export: Export) -> bytes:
    """Return the bytes of the file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        # References run in circles between tables, so they are checked once all rows are there.
        base.execute("PRAGMA foreign_keys = OFF")
        base.execute("PRAGMA temp_store = MEMORY")  # a full or missing TMPDIR is not our trouble
        base.execute("BEGIN")
        for table in export.tables:
            base.execute(statement(table))
            marks = ", ".join("?" * len(table.fields))
            rows = ([_value(value) for value in row] for row in table.rows)
            base.executemany(f"INSERT INTO {name(table.name)} VALUES ({marks})", rows)  # noqa: S608  our own names
        base.execute("COMMIT")
        base.execute("VACUUM")
        return base.serialize()


def statement(table: Table) -> str:
    """Return the statement that makes a table."""
    return f"CREATE TABLE {name(table.name)} (\n  " + ",\n  ".join(_parts(table)) + "\n) STRICT"


def name(text: str) -> str:
    """Return a name as SQL writes it, whatever the word is."""
    return '"' + text.replace('"', '""') + '"'


def _parts(table: Table) -> Iterator[str]:
    for field in table.fields:
        yield (
            f"{name(field.name)} {TYPES[field.type]}" + " NOT NULL" * field.required + _check(field)
        )
    if table.key:
        yield f"PRIMARY KEY ({_listed(table.key)})"
    for own, other, key in table.references:
        yield f"FOREIGN KEY ({_listed(own)}) REFERENCES {name(other)} ({_listed(key)})"


def _check(field: Field) -> str:
    column = name(field.name)
    if field.words:
        words = ", ".join("'" + word.replace("'", "''") + "'" for word in field.words)
        return f" CHECK ({column} IN ({words}))"
    if field.type == "boolean":
        return f" CHECK ({column} IN (0, 1))"
    return "" if field.minimum is None else f" CHECK ({column} >= {field.minimum})"


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(map(name, columns))


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value

"""The data as tables: what a program that joins, filters and counts takes away.

A table knows its own schema, so that every form (CSV, SQLite, Parquet, Data Package) is written
from this alone. Values are text, whole numbers, decimals, true and false, days, or null.
"""

from typing import Any, Literal, NamedTuple

from visamap.results.parts import DataRef

FieldType = Literal[
    "string",
    "integer",
    "number",  # a decimal: exact here and in CSV, binary where a form knows nothing else
    "boolean",
    "date",
]
FIELD_TYPES: tuple[FieldType, ...] = ("string", "integer", "number", "boolean", "date")


class Field(NamedTuple):
    """A column. ``words`` are all values it can take; empty where it is not a closed word."""

    name: str
    type: FieldType
    required: bool
    description: str
    words: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: int | None = None


class Reference(NamedTuple):
    """Columns that name a row of another table (or of the same one) by its key."""

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...]


class Table(NamedTuple):
    """Rows of one kind; ``key`` tells them apart, and is empty where there is one row at most.

    ``licence`` is named where it is another than that of the release.
    """

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    rows: tuple[tuple[Any, ...], ...]
    licence: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields."""
        return tuple(field.name for field in self.fields)


class Export(NamedTuple):
    """One release in full: as tables, and as records that lie inside each other.

    ``beside`` names the tables that hold what is no section of ``document``.
    """

    data: DataRef
    title: str
    licence: str
    tables: tuple[Table, ...]
    document: dict[str, Any]
    beside: tuple[str, ...]

    def table(self, name: str) -> Table:
        """Return the table of that name."""
        return next(table for table in self.tables if table.name == name)

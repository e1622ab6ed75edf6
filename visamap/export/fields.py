"""Columns of the tables that no record holds as such: ``of.day("on", "When.")``.

A value is always there, unless it may be ``null``.
"""

from visamap.results.data_results import Field, Reference

CODE = "^[A-Z]{3}$"
ID = "^[a-z0-9]+(-[a-z0-9]+)*$"


def text(name: str, about: str, pattern: str | None = None, *, null: bool = False) -> Field:
    """Return a column of texts."""
    return Field(name, "string", not null, about, pattern=pattern)


def word(name: str, about: str, words: tuple[str, ...], *, null: bool = False) -> Field:
    """Return a column of closed words."""
    return Field(name, "string", not null, about, words)


def number(name: str, about: str, least: int = 1, *, null: bool = False) -> Field:
    """Return a column of whole numbers."""
    return Field(name, "integer", not null, about, minimum=least)


def day(name: str, about: str, *, null: bool = False) -> Field:
    """Return a column of days."""
    return Field(name, "date", not null, about)


def flag(name: str, about: str, *, null: bool = False) -> Field:
    """Return a column of true and false."""
    return Field(name, "boolean", not null, about)


def to(column: str, table: str, key: str = "id") -> Reference:
    """Return that a column names a row of a table."""
    return Reference((column,), table, (key,))


def within(column: str, table: str) -> Reference:
    """Return that a column names a record of the same destination."""
    return Reference((column, DESTINATION.name), table, ("id", DESTINATION.name))


DESTINATION = text("destination", "The state whose rules of entry this is about.", CODE)
"""Of every table that a destination's records fill; the last column of it."""
ORDINAL = number("ordinal", "Place in the list, from 1.")

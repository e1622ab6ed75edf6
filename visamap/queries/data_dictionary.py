"""The data dictionary: tables about tables, made from what each field says of itself."""

from collections.abc import Iterable, Mapping

from visamap.results.export import FIELD_TYPES, Field, Reference, Table

TABLE = Field("table_name", "string", True, "Table.")
COLUMN = Field("column_name", "string", True, "Column.")
Meanings = Mapping[frozenset[str], Mapping[str, str]]


def with_dictionary(tables: tuple[Table, ...], meanings: Meanings) -> tuple[Table, ...]:
    """Return these tables and two that explain all of them, themselves included.

    ``meanings`` says what the words of a vocabulary mean, by all words of it.
    """
    explained = (*tables, _dictionary(()), _words((), {}))
    return (*tables, _dictionary(explained), _words(explained, meanings))


def _dictionary(tables: Iterable[Table]) -> Table:
    """Return a row for each column of these tables."""
    return Table(
        "dictionary",
        "What each column of each table means, which values it takes, and where it leads.",
        (
            TABLE,
            COLUMN,
            Field("position", "integer", True, "Place of the column, from 1.", minimum=1),
            Field("type", "string", True, "Type of its values.", FIELD_TYPES),
            Field("required", "boolean", True, "Whether it is never null."),
            Field("in_key", "boolean", True, "Whether it is part of the primary key."),
            Field("leads_to", "string", False, "The table.column that its values name."),
            Field("description", "string", True, "What it means."),
        ),
        ("table_name", "column_name"),
        (),
        tuple(
            (
                table.name,
                field.name,
                n,
                field.type,
                field.required,
                field.name in table.key,
                _leads_to(table, field.name),
                field.description,
            )
            for table in tables
            for n, field in enumerate(table.fields, 1)
        ),
    )


def _words(tables: Iterable[Table], meanings: Meanings) -> Table:
    """Return a row for each word that a column can take."""
    return Table(
        "dictionary_words",
        "The closed words of each column, with the border to their neighbours.",
        (
            TABLE,
            COLUMN,
            Field("word", "string", True, "Value that the column can take."),
            Field("meaning", "string", False, "What it means, where the word does not say it."),
        ),
        ("table_name", "column_name", "word"),
        (Reference(("table_name", "column_name"), "dictionary", ("table_name", "column_name")),),
        tuple(
            (table.name, field.name, word, meanings.get(frozenset(field.words), {}).get(word))
            for table in tables
            for field in table.fields
            for word in field.words
        ),
    )


def _leads_to(table: Table, column: str) -> str | None:
    ways = (
        f"{reference.table}.{key}"
        for reference in table.references
        for own, key in zip(reference.columns, reference.key, strict=True)
        if own == column
    )
    return next(ways, None)

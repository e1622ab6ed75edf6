"""What the closed words mean: the comment behind each word where the words are defined.

The words and their borders are written once, for people, in the vocabulary; a data dictionary reads
them there instead of repeating them.
"""

import inspect
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType

from pydantic import BaseModel

from visamap import limits, vocabulary
from visamap.export import fields as of
from visamap.results.data_results import FIELD_TYPES, Reference, Table
from visamap.schema import countries
from visamap.schema.record import Record

Meanings = dict[frozenset[str], dict[str, str]]


def meanings() -> Meanings:
    """Return what words mean, by all words of their vocabulary; silent words are left out."""
    found: Meanings = {}
    for room in (countries, limits, vocabulary):
        for words in vocabularies(room):
            found[frozenset(words)] = {word: text for word, text in words.items() if text}
    return found


def vocabularies(room: ModuleType) -> Iterator[dict[str, str]]:
    """Yield the words of every ``Literal[...]`` of a module, with their comments."""
    words: dict[str, str] | None = None
    latest = ""
    for token in tokenize.generate_tokens(io.StringIO(inspect.getsource(room)).readline):
        if words is None:
            words = {} if (latest, token.string) == ("Literal", "[") else None
        elif token.type == tokenize.STRING:
            latest = token.string[1:-1]
            words[latest] = ""
            continue
        elif token.type == tokenize.COMMENT and latest in words:
            words[latest] = token.string.removeprefix("#").strip()
        elif token.string == "]":
            yield words
            words = None
        if token.type == tokenize.NAME:
            latest = token.string


def described(model: type[BaseModel], attribute: str) -> str:
    """Return what a field means: its own words, or what the docstrings of its classes say of it."""
    field = model.model_fields[attribute]
    key = field.alias or attribute
    said = " ".join(_plain(said) for said in _sentences(model) if f"``{key}``" in said)
    return field.description or said


def sentence(models: tuple[type[BaseModel], ...], name: str) -> str:
    """Return what the rows of a table are: the docstring of its record, in one paragraph."""
    if len(models) > 1:
        return f"Rows of {name}: limits of a stay, all of which bind; `kind` says how one counts."
    return _plain(" ".join(_sentences(models[0])))


def _sentences(model: type[BaseModel]) -> list[str]:
    text = " ".join((model.__doc__ or "").split())
    return re.split(r"(?<=[.!?])\s+(?=[A-Z`])", text) if model is not Record else []


def _plain(text: str) -> str:
    return text.replace("``", "`")


TABLE = of.text("table_name", "Table.")
COLUMN = of.text("column_name", "Column.")
AnyMeanings = Mapping[frozenset[str], Mapping[str, str]]


def with_dictionary(tables: tuple[Table, ...], meanings: AnyMeanings) -> tuple[Table, ...]:
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
            of.number("position", "Place of the column, from 1."),
            of.word("type", "Type of its values.", FIELD_TYPES),
            of.flag("required", "Whether it is never null."),
            of.flag("in_key", "Whether it is part of the primary key."),
            of.text("leads_to", "The table.column that its values name.", null=True),
            of.text("description", "What it means."),
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


def _words(tables: Iterable[Table], meanings: AnyMeanings) -> Table:
    """Return a row for each word that a column can take."""
    return Table(
        "dictionary_words",
        "The closed words of each column, with the border to their neighbours.",
        (
            TABLE,
            COLUMN,
            of.text("word", "Value that the column can take."),
            of.text("meaning", "What it means, where the word does not say it.", null=True),
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

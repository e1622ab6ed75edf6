"""The release as one JSON document: records inside each other as in the data file, no key left out.

A record stands on a line of its own, so that two releases can be compared line by line. ``dataset``
is what ``visamap schema`` describes.
"""

import json
from collections.abc import Iterator
from typing import Any

from visamap.presenters.forms.json_form import SCHEMA, plain
from visamap.results.export import Export, Table


def text(export: Export) -> str:
    """Return the document."""
    parts = {
        "schema": SCHEMA,
        "data": plain(export.data),
        "title": export.title,
        "licence": export.licence,
        "other_licences": {t.name: t.licence for t in export.tables if t.licence},
        **{name: rows(export.table(name)) for name in export.beside},
        "dataset": export.document,
    }
    return "".join(_object(parts, ("dataset",))) + "\n"


def listed(table: Table) -> str:
    """Return a table as a list of objects, one on a line."""
    return "".join(_value(rows(table))) + "\n"


def lines(table: Table) -> str:
    """Return a table as JSON Lines."""
    return "".join(f"{_packed(row)}\n" for row in rows(table))


def rows(table: Table) -> list[dict[str, Any]]:
    """Return the rows of a table as objects with every key."""
    columns = table.columns
    return [
        {column: plain(value) for column, value in zip(columns, row, strict=True)}
        for row in table.rows
    ]


def _object(parts: dict[str, Any], opened: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield an object with a line for each key, or more where the value is long."""
    for n, (key, value) in enumerate(parts.items()):
        yield "{\n" if n == 0 else ",\n"
        yield f"{_packed(key)}: "
        yield from _object(value) if key in opened else _value(value)
    yield "\n}"


def _value(value: Any) -> Iterator[str]:
    if isinstance(value, list) and value:
        yield "[\n" + ",\n".join(map(_packed, value)) + "\n]"
    else:
        yield _packed(value)


def _packed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

"""Answers as CSV: one row per item, the same columns whatever the values are.

The columns are generated from the result types. Text that a spreadsheet would run as a formula is
disarmed with a leading apostrophe.
"""

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from visamap.limits import Limit
from visamap.render import headlines, phrases
from visamap.render.json_form import plain
from visamap.results.parts import Country, Destination, Envelope, SourceRef

NAMED = (Country, Destination)
"""What is told by a code and a name."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def text(answer: Envelope, fields: Collection[str] = ()) -> str:
    """Return the items as CSV under a heading, which stands there without items too.

    With ``fields`` there are only the columns of those fields, in their order.
    """
    kind = type(answer.items[0]) if answer.items else dict
    if kind is dict:
        from visamap.render.answer_schemas import item_type  # noqa: PLC0415  seldom empty

        kind = item_type(answer.command)
    hints = get_type_hints(kind)
    columns = list(_columns({name: hints[name] for name in fields or hints}))
    listed = []
    for item in answer.items:
        with phrases.entering(item):
            told = headlines.told(answer.command, item)
        listed.append([_value(told, path) for _, path in columns])
    return rows([heading for heading, _ in columns], listed)


def rows(headings: Iterable[str], listed: Iterable[Iterable[Any]]) -> str:
    """Return rows of values as CSV under their headings."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(map(_cell, row) for row in listed)
    return out.getvalue()


def _columns(
    fields: Mapping[str, Any], path: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the heading of each column and where its value stands; results have several columns."""
    for name, hint in fields.items():
        inner, place = _result_in(hint), (*path, name)
        if inner in NAMED:
            yield "_".join(place), (*place, "code")
            yield "_".join((*place, "name")), (*place, "name")
        elif inner:
            yield from _columns(get_type_hints(inner), place)
        else:
            yield "_".join(place), place


def _value(item: Any, path: Iterable[str]) -> Any:
    for name in path:
        item = item[name] if isinstance(item, dict) else getattr(item, name, None)
    return item


def _result_in(hint: Any) -> type | None:
    """Return the result type that a field holds once, or ``None`` for plain values and lists."""
    options = get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)
    found = [option for option in options if hasattr(option, "_fields")]
    return found[0] if found else None


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple) and value:
        value = _listed(value)
    elif isinstance(value, (tuple, dict)):
        value = json.dumps(plain(value), ensure_ascii=False) if value else ""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def _listed(values: tuple[Any, ...]) -> str:
    first = values[0]
    if isinstance(first, Limit):
        return "; ".join(phrases.limit(limit) for limit in values)
    if isinstance(first, SourceRef):
        return " ".join(source.url for source in values)
    if isinstance(first, Country):
        return " ".join(country.code for country in values)
    if isinstance(first, tuple):
        return json.dumps(plain(values), ensure_ascii=False)
    return "; ".join("" if value is None else str(value) for value in values)

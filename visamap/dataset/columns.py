"""From a field of a record to the columns that hold it: names, types, closed words, links.

Structure is read from the field's type, what bounds its values from the model's JSON Schema. Rows
and the shape of tables belong to ``relational``.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from visamap.dataset.dictionary import described
from visamap.models.base import Dated, LinkTo
from visamap.periods import PartialDate
from visamap.results.export import Field, FieldType

IRREGULAR = {"aliases": "alias"}
RENAMED = {
    **{key: f"valid_{key}" for key in (f.alias or n for n, f in Dated.model_fields.items())},
    "by": "by_whom",
    "on": "on_day",
    "group": "group_id",
    "index": "index_name",
    "of": "out_of",
}
"""Keys of the data file that SQL would take for words of its own, and what goes with them."""


class Column(NamedTuple):
    """A column, what it takes from a record, and the section its values name a record of."""

    field: Field
    of: Callable[[Any], Any]
    link: str | None = None


class Kind(NamedTuple):
    """What a type is, without ``None`` and annotations: its options, and whether it is a list."""

    optional: bool
    options: tuple[Any, ...]
    many: bool
    links: tuple[str, ...]

    @property
    def models(self) -> tuple[type[BaseModel], ...]:
        """The classes of records that it holds."""
        return tuple(o for o in self.options if isinstance(o, type) and issubclass(o, BaseModel))


def kind_of(field: FieldInfo) -> Kind:
    """Look through the type of a field."""
    return _kind(field.annotation, field.metadata)


def _kind(annotation: Any, metadata: Any = ()) -> Kind:
    links = [mark.section for mark in metadata if isinstance(mark, LinkTo)]
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        found = _kind(inner, more)
        return found._replace(links=(*links, *found.links))
    if origin in {Union, UnionType}:
        kinds = [_kind(option) for option in get_args(annotation) if option is not type(None)]
        return Kind(
            len(kinds) < len(get_args(annotation)),
            tuple(option for kind in kinds for option in kind.options),
            any(kind.many for kind in kinds),
            (*links, *(link for kind in kinds for link in kind.links)),
        )
    if origin is tuple and get_args(annotation)[-1] is Ellipsis:
        found = _kind(get_args(annotation)[0])
        return Kind(False, found.options, True, (*links, *found.links))
    return Kind(False, (annotation,), False, tuple(links))


def singular(name: str) -> str:
    """Return what one of the things in a list is called."""
    if name in IRREGULAR:
        return IRREGULAR[name]
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name.removesuffix("s")


def sql_name(key: str, table: str) -> str:
    """Return the name of the column for a key: no word that SQL reserves."""
    # The group of a visa is a word; elsewhere a group is a record.
    return "visa_group" if (table, key) == ("visas", "group") else RENAMED.get(key, key)


def columns(
    model: type[BaseModel], attribute: str, table: str, *, required: bool = True
) -> Iterator[Column]:
    """Yield the columns of a field that holds one value; ``required`` says that a record is there.

    A date whose day may be unknown has its first and last possible day beside it; a pair has two
    columns.
    """
    field = model.model_fields[attribute]
    key = field.alias or attribute
    kind, schema = kind_of(field), _bounds(properties(model)[key])
    name, needed = sql_name(key, table), required and not kind.optional
    link = kind.links[0] if kind.links else None
    option = kind.options[0]
    words = described(key, model)
    if option is PartialDate:
        yield Column(_text(name, schema, needed, words), _part(attribute, "text"))
        for end in ("first", "last"):
            about = f"{end.capitalize()} possible day of `{name}`."
            yield Column(Field(f"{name}_{end}", "date", needed, about), _part(attribute, end))
    elif get_origin(option) is tuple:
        for n, end in enumerate(("first", "last")):
            known = needed and not _kind(get_args(option)[n]).optional
            about = f"{words} {end.capitalize()} day."
            yield Column(Field(f"{name}_{end}", "date", known, about), _one_of(attribute, n))
    else:
        made, value = scalar(name, schema, needed, words)
        yield Column(made, lambda r: value(getattr(r, attribute, None)), link)


def scalar(
    name: str, schema: dict[str, Any], required: bool, description: str
) -> tuple[Field, Callable[[Any], Any]]:
    """Return the field for a value with this JSON Schema, and what makes its value of ours."""
    kinds = schema.get("type", "string")
    if schema.get("format") == "date":
        return Field(name, "date", required, description), _as_it_is
    if "number" in kinds:
        return Field(name, "number", required, description, minimum=0), _decimal
    if kinds == "boolean":
        return Field(name, "boolean", required, description), _as_it_is
    if kinds == "integer":
        least = schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
        return Field(name, "integer", required, description, minimum=least), _as_it_is
    return _text(name, schema, required, description), _as_it_is


def items_of(model: type[BaseModel], key: str) -> dict[str, Any]:
    """Return the JSON Schema of what a list holds."""
    found: dict[str, Any] = _bounds(properties(model)[key])["items"]
    return found


@cache
def properties(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of a model's fields."""
    found: dict[str, Any] = model.model_json_schema(by_alias=True)["properties"]
    return found


def _bounds(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without the possibility of null."""
    options = [o for o in schema.get("anyOf", ()) if o.get("type") != "null"]
    return {**schema, **options[0]} if options else schema


def _text(name: str, schema: dict[str, Any], required: bool, description: str) -> Field:
    words = schema.get("enum") or [schema["const"]] if {"enum", "const"} & set(schema) else []
    kind: FieldType = "string"
    return Field(name, kind, required, description, tuple(words), schema.get("pattern"))


def _part(attribute: str, part: str) -> Callable[[Any], Any]:
    return lambda record: getattr(getattr(record, attribute, None), part, None)


def _one_of(attribute: str, n: int) -> Callable[[Any], Any]:
    return lambda record: (getattr(record, attribute, None) or (None, None))[n]


def _as_it_is(value: Any) -> Any:
    return value


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)

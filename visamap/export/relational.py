"""From a field of a record to the columns that hold it: names, types, closed words, links.

Structure is read from the field's type, what bounds its values from the model's JSON Schema. Rows
and the shape of tables belong to ``relational``.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from visamap.dates import PartialDate
from visamap.export.dictionary import described, sentence
from visamap.export.fields import DESTINATION, ORDINAL, to
from visamap.results.data import Field, FieldType, Reference, Table
from visamap.schema.base import ANY_SECTION, COUNTRIES, Dated, LinkTo
from visamap.schema.dataset import Dataset

IRREGULAR = {"aliases": "alias"}
RENAMED = {
    **{key: f"valid_{key}" for key in (f.alias or n for n, f in Dated.model_fields.items())},
    "by": "by_whom",
    "on": "on_day",
    "group": "group_id",
    "index": "index_name",
    "of": "out_of",
    "for": "for_whom",
    "in": "inside",
    "into": "into_name",
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
    words = described(model, attribute)
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


class Key(NamedTuple):
    """How a child names its owner: columns of the child, and those of the owner they repeat."""

    fields: tuple[Field, ...] = ()
    table: str = ""
    columns: tuple[str, ...] = ()


class Plan(NamedTuple):
    """A table to be: what stands in it besides the owner's key, and the tables inside it."""

    name: str
    section: str
    description: str
    owner: Key
    id: str | None
    """The attribute that tells its records apart; without one the ordinal does."""
    ordinal: bool
    columns: tuple[Column, ...]
    children: "tuple[tuple[Callable[[Any], Any], Plan], ...]"

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell its rows apart within a destination."""
        if self.id:
            return (self.id,)
        owner = tuple(field.name for field in self.owner.fields)
        return (*owner, ORDINAL.name) if self.ordinal else owner


def tables(*datasets: Dataset) -> Iterator[Table]:
    """Yield the tables of datasets, each before those inside it.

    Each dataset is a destination's: an act or a source that two of them have is a row of each.
    """
    plans = planned()
    rows: dict[str, list[tuple[Any, ...]]] = {plan.name: [] for plan in _flat(plans)}
    for dataset in datasets:
        for plan in plans:
            held = getattr(dataset, plan.section)
            _fill(rows, plan, held if isinstance(held, tuple) else _some(held), (), dataset)
    keys = {plan.section: plan for plan in _flat(plans)}
    for plan in _flat(plans):
        yield Table(
            plan.name,
            plan.description,
            (*_fields(plan), DESTINATION),
            (*plan.key, DESTINATION.name),
            tuple(_references(plan, keys)),
            tuple(rows[plan.name]),
        )


def document(dataset: Dataset) -> dict[str, Any]:
    """Return a dataset as JSON values with every key, null and empty ones included."""
    return dataset.model_dump(mode="json", by_alias=True)


def read_back(value: Mapping[str, Any]) -> Dataset:
    """Return the dataset that a document holds.

    Raises:
        ValueError: it is not one.
    """
    return Dataset.model_validate(dict(value))


@cache
def planned() -> tuple[Plan, ...]:
    """Return the plan of every section, made once."""
    return tuple(
        _section(name, kind_of(field), Key(), name) for name, field in Dataset.model_fields.items()
    )


def _section(name: str, kind: Kind, owner: Key, section: str) -> Plan:
    """Plan the table for records of one kind, or of several that a word tells apart."""
    models = kind.models
    identity = _identity(models[0])
    bare = Plan(
        name,
        section,
        sentence(models, name),
        owner,
        identity,
        kind.many and not identity,
        _merged(
            [sorted(_columns(m, name), key=lambda c: c.field.name != identity) for m in models]
        ),
        (),
    )
    return bare._replace(children=tuple(_children(models, bare)))


def _columns(
    model: type[BaseModel], table: str, prefix: str = "", *, required: bool = True
) -> Iterator[Column]:
    for attribute, field in model.model_fields.items():
        kind = kind_of(field)
        if kind.many:
            continue
        if kind.models:  # a record that stands here once: its columns, named after it
            name = f"{prefix}{sql_name(field.alias or attribute, table)}_"
            for column in _columns(
                kind.models[0], table, name, required=required and not kind.optional
            ):
                yield column._replace(of=_inside(attribute, column.of))
        else:
            for column in columns(model, attribute, table, required=required):
                named = column.field._replace(name=f"{prefix}{column.field.name}")
                yield column._replace(field=named)


def _children(
    models: tuple[type[BaseModel], ...], owner: Plan, prefix: str = ""
) -> Iterator[tuple[Callable[[Any], Any], Plan]]:
    """Plan a table for each list inside the records of ``owner``."""
    seen = set()
    for model in models:
        for attribute, field in model.model_fields.items():
            kind, key = kind_of(field), field.alias or attribute
            name = f"{prefix}{key}"
            if kind.many and name not in seen:
                seen.add(name)
                yield _of(attribute), _list(model, attribute, owner, name)
            elif kind.models and not kind.many:
                for of, plan in _children(kind.models, owner, f"{name}_"):
                    yield _inside(attribute, of), plan


def _list(model: type[BaseModel], attribute: str, owner: Plan, key: str) -> Plan:
    field = model.model_fields[attribute]
    kind, table = kind_of(field), f"{singular(owner.name)}_{key}"
    section = f"{owner.section}.{key}"
    if kind.models:
        return _section(table, kind, _key_of(owner), section)
    name = sql_name(singular(field.alias or attribute), table)
    words = described(model, attribute)
    made, value = scalar(name, items_of(model, field.alias or attribute), True, words)
    column = Column(made, value, kind.links[0] if kind.links else None)
    about = f"`{key}` of {owner.name}, one row for each value."
    return Plan(table, section, about, _key_of(owner), None, True, (column,), ())


def _key_of(plan: Plan) -> Key:
    """Return what the tables inside ``plan`` carry of it."""
    if plan.id:
        name = sql_name(singular(plan.name), plan.name)
        field = next(c.field for c in plan.columns if c.field.name == plan.id)
        description = f"The record of {plan.name} that this belongs to."
        return Key((field._replace(name=name, description=description),), plan.name, (plan.id,))
    if not plan.ordinal:
        return Key()
    name = f"{singular(plan.section.rpartition('.')[2])}_{ORDINAL.name}"
    description = f"The `ordinal` in {plan.name} that this belongs to."
    number = ORDINAL._replace(name=name, description=description)
    return Key((*plan.owner.fields, number), plan.name, plan.key)


def _fill(
    rows: dict[str, list[tuple[Any, ...]]],
    plan: Plan,
    held: Any,
    owner: tuple[Any, ...],
    dataset: Dataset,
) -> None:
    for n, record in enumerate(held, 1):
        values = tuple(column.of(record) for column in plan.columns)
        place = (n,) if plan.ordinal else ()
        rows[plan.name].append((*owner, *place, *values, dataset.meta.home))
        inherited = (getattr(record, plan.id),) if plan.id else (*owner, *place)
        for of, child in plan.children:
            _fill(rows, child, of(record) or (), inherited, dataset)


def _fields(plan: Plan) -> tuple[Field, ...]:
    place = (ORDINAL,) if plan.ordinal else ()
    return (*plan.owner.fields, *place, *(column.field for column in plan.columns))


def _references(plan: Plan, keys: dict[str, Plan]) -> Iterator[Reference]:
    if plan.owner.fields:
        own = tuple(field.name for field in plan.owner.fields)
        yield _within(own, plan.owner.table, plan.owner.columns)
    else:
        yield to(DESTINATION.name, COUNTRIES, "code")
    for column in plan.columns:
        if column.link == COUNTRIES:
            yield Reference((column.field.name,), COUNTRIES, ("code",))
        elif column.link and column.link != ANY_SECTION:
            named = keys[column.link]
            yield _within((column.field.name,), named.name, named.key)


def _within(columns: tuple[str, ...], table: str, key: tuple[str, ...]) -> Reference:
    """Return that columns name a row of the same destination."""
    return Reference((*columns, DESTINATION.name), table, (*key, DESTINATION.name))


def _merged(kinds: list[list[Column]]) -> tuple[Column, ...]:
    """Join the columns of several kinds of record: a value that one kind lacks is null there."""
    found: dict[str, list[Column]] = {}
    for kind in kinds:
        for column in kind:
            found.setdefault(column.field.name, []).append(column)
    return tuple(_joined(same, len(kinds)) for same in found.values())


def _joined(same: list[Column], of: int) -> Column:
    words = tuple(dict.fromkeys(word for column in same for word in column.field.words))
    everywhere = len(same) == of and all(column.field.required for column in same)
    field = same[0].field._replace(required=everywhere, words=words)
    return same[0]._replace(field=field)


def _identity(model: type[BaseModel]) -> str | None:
    if "id" in model.model_fields:
        return "id"
    return "code" if hasattr(model, "id") else None


def _flat(plans: tuple[Plan, ...]) -> Iterator[Plan]:
    for plan in plans:
        yield plan
        yield from _flat(tuple(child for _, child in plan.children))


def _some(held: Any) -> tuple[Any, ...]:
    return () if held is None else (held,)


def _of(attribute: str) -> Callable[[Any], Any]:
    return lambda record: getattr(record, attribute, None)


def _inside(attribute: str, of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda record: of(getattr(record, attribute, None))

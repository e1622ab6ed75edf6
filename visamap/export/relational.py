"""From records to tables: a table for each section, and for each list inside its records.

Structure is read from the types of fields, what bounds their values from the JSON Schema of models.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from visamap.dates import PartialDate
from visamap.export.dictionary import described, sentence
from visamap.export.fields import DESTINATION, ORDINAL, to
from visamap.results.data_results import Field, Reference, Table
from visamap.schema.dataset import Dataset
from visamap.schema.record import ANY_SECTION, COUNTRIES, Dated, Shape, shape, shape_of

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


Path = tuple[str | int, ...]
"""Attributes and places that lead from a record to a value inside it."""


class Column(NamedTuple):
    """A column, where its value stands in a record, and the section that the value names."""

    field: Field
    path: Path
    link: str | None = None

    def of(self, record: Any) -> Any:
        """Return the value that a record has here."""
        value = _at(record, self.path)
        return Decimal(value) if self.field.type == "number" and value is not None else value


def _at(record: Any, path: Path) -> Any:
    """Return what stands there; a record of another kind may not have it."""
    for step in path:
        if record is None:
            return None
        record = record[step] if isinstance(step, int) else getattr(record, step, None)
    return record


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


def scalar(name: str, schema: dict[str, Any], required: bool, description: str) -> Field:
    """Return the field for a value with this JSON Schema."""
    kinds = schema.get("type", "string")
    if schema.get("format") == "date":
        return Field(name, "date", required, description)
    if "number" in kinds:
        return Field(name, "number", required, description, minimum=0)
    if kinds == "boolean":
        return Field(name, "boolean", required, description)
    if kinds == "integer":
        least = schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
        return Field(name, "integer", required, description, minimum=least)
    words = schema.get("enum") or [schema["const"]] if {"enum", "const"} & set(schema) else []
    return Field(name, "string", required, description, tuple(words), schema.get("pattern"))


@cache
def properties(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of each field of a model, without the possibility of null."""
    found = model.model_json_schema(by_alias=True)["properties"]
    for key, schema in found.items():
        if options := [o for o in schema.get("anyOf", ()) if o.get("type") != "null"]:
            found[key] = {**schema, **options[0]}
    return dict(found)


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
    children: "tuple[tuple[Path, Plan], ...]"

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
            listed = held if isinstance(held, tuple) else () if held is None else (held,)
            _fill(rows, plan, listed, (), dataset)
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
    """Return the dataset that a document holds."""
    return Dataset.model_validate(dict(value))


@cache
def planned() -> tuple[Plan, ...]:
    """Return the plan of every section, made once."""
    return tuple(
        _section(name, shape_of(field), Key(), name) for name, field in Dataset.model_fields.items()
    )


def _section(name: str, kind: Shape, owner: Key, section: str) -> Plan:
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
    model: type[BaseModel],
    table: str,
    prefix: str = "",
    path: Path = (),
    *,
    required: bool = True,
) -> Iterator[Column]:
    """Yield the columns of a record; ``required`` says that it is there.

    A date whose day may be unknown has its first and last possible day beside it; a pair has two
    columns, and a record that stands here once has its own, named after it.
    """
    for attribute, field in model.model_fields.items():
        kind, key = shape_of(field), field.alias or attribute
        if kind.many:
            continue
        name, here = sql_name(key, table), (*path, attribute)
        needed = required and not kind.optional
        if kind.models:
            yield from _columns(kind.models[0], table, f"{prefix}{name}_", here, required=needed)
            continue
        option, words = kind.options[0], described(model, attribute)
        if get_origin(option) is tuple:
            for n, end in enumerate(("first", "last")):
                known = needed and not shape(get_args(option)[n]).optional
                about = f"{words} {end.capitalize()} day."
                yield Column(Field(f"{prefix}{name}_{end}", "date", known, about), (*here, n))
            continue
        made = scalar(f"{prefix}{name}", properties(model)[key], needed, words)
        if option is not PartialDate:
            yield Column(made, here, kind.links[0] if kind.links else None)
            continue
        yield Column(made, (*here, "text"))
        for end in ("first", "last"):
            about = f"{end.capitalize()} possible day of `{name}`."
            yield Column(Field(f"{prefix}{name}_{end}", "date", needed, about), (*here, end))


def _children(
    models: tuple[type[BaseModel], ...], owner: Plan, prefix: str = ""
) -> Iterator[tuple[Path, Plan]]:
    """Plan a table for each list inside the records of ``owner``."""
    seen = set()
    for model in models:
        for attribute, field in model.model_fields.items():
            kind, key = shape_of(field), field.alias or attribute
            name = f"{prefix}{key}"
            if kind.many and name not in seen:
                seen.add(name)
                yield (attribute,), _list(model, attribute, owner, name)
            elif kind.models and not kind.many:
                for path, plan in _children(kind.models, owner, f"{name}_"):
                    yield (attribute, *path), plan


def _list(model: type[BaseModel], attribute: str, owner: Plan, key: str) -> Plan:
    field = model.model_fields[attribute]
    kind, table = shape_of(field), f"{singular(owner.name)}_{key}"
    section = f"{owner.section}.{key}"
    if kind.models:
        return _section(table, kind, _key_of(owner), section)
    own = field.alias or attribute
    items = properties(model)[own]["items"]
    made = scalar(sql_name(singular(own), table), items, True, described(model, attribute))
    column = Column(made, (), kind.links[0] if kind.links else None)
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
        for path, child in plan.children:
            _fill(rows, child, _at(record, path) or (), inherited, dataset)


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

"""From nested records to tables: generated from the models, so that no field is forgotten.

A section is a table. One value is a column; a record that stands once inside another is columns
with its name before them; a list is a table of its own that carries the key of its owner and an
``ordinal``. What names another record is a reference. The order is that of the data file.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from visamap.dataset.columns import (
    Column,
    Kind,
    columns,
    items_of,
    kind_of,
    scalar,
    singular,
    sql_name,
)
from visamap.dataset.dictionary import described, sentence
from visamap.models.base import ANY_SECTION, COUNTRIES
from visamap.models.dataset import Dataset
from visamap.results.export import Field, Reference, Table

ORDINAL = Field("ordinal", "integer", True, "Place in the list, from 1.", minimum=1)


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
        """The columns of the primary key."""
        if self.id:
            return (self.id,)
        owner = tuple(field.name for field in self.owner.fields)
        return (*owner, ORDINAL.name) if self.ordinal else owner


def tables(dataset: Dataset) -> Iterator[Table]:
    """Yield the tables of a dataset, each before those inside it."""
    plans = planned()
    rows: dict[str, list[tuple[Any, ...]]] = {plan.name: [] for plan in _flat(plans)}
    for plan in plans:
        held = getattr(dataset, plan.section)
        _fill(rows, plan, held if isinstance(held, tuple) else _some(held), ())
    keys = {plan.section: plan for plan in _flat(plans)}
    for plan in _flat(plans):
        yield Table(
            plan.name,
            plan.description,
            _fields(plan),
            plan.key,
            tuple(_references(plan, keys)),
            tuple(rows[plan.name]),
        )


def document(dataset: Dataset) -> dict[str, Any]:
    """Return a dataset as JSON values with every key, null and empty ones included."""
    return dataset.model_dump(mode="json", by_alias=True)


def read_back(value: dict[str, Any]) -> Dataset:
    """Return the dataset that a document holds.

    Raises:
        ValueError: it is not one.
    """
    return Dataset.model_validate(value)


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
    words = described(field.alias or attribute, model)
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
    rows: dict[str, list[tuple[Any, ...]]], plan: Plan, held: Any, owner: tuple[Any, ...]
) -> None:
    for n, record in enumerate(held, 1):
        values = tuple(column.of(record) for column in plan.columns)
        place = (n,) if plan.ordinal else ()
        rows[plan.name].append((*owner, *place, *values))
        inherited = (getattr(record, plan.id),) if plan.id else (*owner, *place)
        for of, child in plan.children:
            _fill(rows, child, of(record) or (), inherited)


def _fields(plan: Plan) -> tuple[Field, ...]:
    place = (ORDINAL,) if plan.ordinal else ()
    return (*plan.owner.fields, *place, *(column.field for column in plan.columns))


def _references(plan: Plan, keys: dict[str, Plan]) -> Iterator[Reference]:
    if plan.owner.fields:
        own = tuple(field.name for field in plan.owner.fields)
        yield Reference(own, plan.owner.table, plan.owner.columns)
    for column in plan.columns:
        if column.link == COUNTRIES:
            yield Reference((column.field.name,), COUNTRIES, ("code",))
        elif column.link and column.link != ANY_SECTION:
            named = keys[column.link]
            yield Reference((column.field.name,), named.name, named.key)


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

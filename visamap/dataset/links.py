"""The one walk over all records: each with its path, and every value that names another record.

Which fields link is said in the models (``LinkTo``); each class is read once. Nothing is judged
here: checks of links, of citations and of country codes, and exports, share what is found.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from visamap.dataset.findings import Path
from visamap.models.base import LinkTo


class Place(NamedTuple):
    """A record and where it stands."""

    path: Path
    record: Any
    name: str | None
    """What links call it: its id, or the code of a visa."""

    @property
    def section(self) -> str:
        """The section that holds the record, with a dot where it lies inside a mapping."""
        return ".".join(step for step in self.path if isinstance(step, str))


class Link(NamedTuple):
    """A value that names a record of ``section``, and the key it stands under."""

    path: Path
    key: str
    section: str
    value: str


class _Plan(NamedTuple):
    """Which fields of a class hold records and which hold links: attribute, key, many or one."""

    named: bool
    records: tuple[tuple[str, str, bool], ...]
    links: tuple[tuple[str, str, bool, str], ...]


def places(record: BaseModel, path: Path = ()) -> Iterator[Place]:
    """Yield ``record`` and every record inside it, at any depth, in the order of the models."""
    plan = _plan(type(record))
    yield Place(path, record, record.id if plan.named else None)  # type: ignore[attr-defined]
    for attribute, key, many in plan.records:
        value = getattr(record, attribute)
        if many:
            for n, inner in enumerate(value):
                yield from places(inner, (*path, key, n))
        elif value is not None:
            yield from places(value, (*path, key))


def links(place: Place) -> Iterator[Link]:
    """Yield what a record itself names; the records inside it have places of their own."""
    path, record, _ = place
    model: type[BaseModel] = type(record)
    for attribute, key, many, section in _plan(model).links:
        value = getattr(record, attribute)
        if many:
            for n, one in enumerate(value):
                yield Link((*path, key, n), key, section, one)
        elif value is not None:
            yield Link((*path, key), key, section, value)


@cache
def _plan(model: type[BaseModel]) -> _Plan:
    inside: list[tuple[str, str, bool]] = []
    named: list[tuple[str, str, bool, str]] = []
    for attribute, field in model.model_fields.items():
        key = field.alias or attribute
        many = _is_list(field.annotation)
        if _holds_records(field.annotation):
            inside.append((attribute, key, many))
        named.extend(
            (attribute, key, many, link.section)
            for link in (*field.metadata, *_metadata(field.annotation))
            if isinstance(link, LinkTo)
        )
    return _Plan(hasattr(model, "id") or "id" in model.model_fields, tuple(inside), tuple(named))


def _is_list(annotation: Any) -> bool:
    origin = get_origin(annotation)
    return origin is tuple or (
        origin is not Literal and any(_is_list(inner) for inner in get_args(annotation))
    )


def _holds_records(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return get_origin(annotation) is not Literal and any(
        _holds_records(inner) for inner in get_args(annotation)
    )


def _metadata(annotation: Any) -> Iterator[Any]:
    """Yield what ``Annotated`` adds anywhere inside a type."""
    yield from getattr(annotation, "__metadata__", ())
    if get_origin(annotation) is not Literal:
        for inner in get_args(annotation):
            yield from _metadata(inner)

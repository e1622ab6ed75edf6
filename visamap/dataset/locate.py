"""From what a model refused to problems at their places in the file.

A missing key is reported at the mapping that lacks it, an unknown key at the key, everything else
at the value. The sentences come from ``visamap.dataset.messages``; nothing is validated here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from visamap.dataset.messages import explained
from visamap.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pydantic_core import ErrorDetails

    from visamap.dataset.yaml_source import Source

Step = int | str


def located(slips: Iterable[ErrorDetails], source: Source, model: type[BaseModel]) -> list[Problem]:
    """Return what ``model`` refused in ``source``, sorted by place.

    Where reading the text already found a problem, what the model says of the same place only
    repeats it and is left out.
    """
    said = {(problem.line, problem.column) for problem in source.problems}
    found = (_problem(slip, source, model) for slip in slips)
    return sorted(problem for problem in found if (problem.line, problem.column) not in said)


def _problem(details: ErrorDetails, source: Source, model: type[BaseModel]) -> Problem:
    kind, path = details["type"], details["loc"]
    places, known = source.places, source.places.known(path)
    field = next((step for step in reversed(known) if isinstance(step, str)), "the file")
    keys: Sequence[str] = ()
    if kind == "missing":
        last = path[-1]
        field = last if isinstance(last, str) else f"item {last + 1} of {field}"
        line, column = places.value(known)
    elif kind == "extra_forbidden":
        field, keys = str(path[-1]), sorted(set(_keys_at(model, path[:-1])))
        line, column = places.key(known)
    elif kind == "union_tag_invalid":
        line, column = places.value((*known, details["ctx"]["discriminator"].strip("'")))
    elif path and path[-1] == "[key]":
        line, column = places.key(known)
    else:
        line, column = places.value(known)
    rule, message = explained(details, field, keys)
    return Problem(source.name, line, column, rule, "error", message)


def _keys_at(model: type[BaseModel], path: Sequence[Step]) -> Iterator[str]:
    """Yield the keys that a mapping at ``path`` may have, for "did you mean"."""
    models = [model]
    for step in path:
        inside = [
            found
            for each in models
            for key, annotation in _fields(each)
            if key == step
            for found in _models_in(annotation)
        ]
        # A step that is no field is an index, or the tag that chose one model of a union.
        models = inside or [each for each in models if _has_tag(each, step)] or models
    for each in models:
        yield from (key for key, _ in _fields(each))


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    for name, field in model.model_fields.items():
        yield field.alias or name, field.annotation


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) is not Literal:
        for inner in get_args(annotation):
            yield from _models_in(inner)


def _has_tag(model: type[BaseModel], step: Step) -> bool:
    return isinstance(step, str) and any(
        get_origin(annotation) is Literal and step in get_args(annotation)
        for _, annotation in _fields(model)
    )

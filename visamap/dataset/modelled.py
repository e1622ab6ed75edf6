"""A text's value into its model, in portions, so that no file costs more than its size allows.

A model that is given a whole file makes an object for every slip in it, and a megabyte of slips is
a gigabyte of objects. So records go in by portions; the first slips are told in full, the rest are
counted. A record that is larger than any record of ours is refused before it is looked at.
"""

from collections.abc import Iterator
from typing import Any, Generic, NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from visamap.dataset.findings import Path
from visamap.dataset.locate import located
from visamap.dataset.partial import Aside, kept
from visamap.dataset.text_file import MAX_PROBLEMS
from visamap.dataset.yaml_source import Source
from visamap.problems import Problem

Model = TypeVar("Model", bound=BaseModel)
Value = dict[str, Any]
Sizes = dict[str, list[int]]
"""How many values each record of a section holds."""

MOST_VALUES = 2000
"""How many values a record holds at most; the largest of ours has some 600."""
MOST_RECORDS = 20_000
"""How many records a section holds at most; the largest of ours has some 600."""
PORTION = 5000
"""How many values are put into a model at once."""


class Modelled(NamedTuple, Generic[Model]):
    """A model filled with what it did not refuse; None where not even that could be built."""

    record: Model | None
    problems: list[Problem]
    aside: Aside


def modelled(model: type[Model], source: Source) -> Modelled[Model]:
    """Return the value of a text as ``model``, and what is wrong with it."""
    value, sections = source.value, frozenset(model.model_fields)
    nothing = Aside(sections=sections)
    if value is None:
        return Modelled(None, [], nothing)
    sizes = {name: _sizes(held) for name, held in value.items()}
    if problems := list(_too_large(sizes, source)):
        return Modelled(None, problems, nothing)
    filled, slips, more = _filled(model, value, sizes)
    if not slips:
        return Modelled(filled, [], Aside())
    problems = located(slips, source, model)
    if more:
        return Modelled(None, [*problems, _more(problems, more, source)], nothing)
    left, aside = kept(value, [slip["loc"] for slip in slips], sections)
    try:
        return Modelled(model.model_validate(left), problems, aside)
    except ValidationError:  # what is needed by all the rest was refused
        return Modelled(None, problems, nothing)


def _sizes(held: Any) -> list[int]:
    """Return how many values each record of a section holds; what is no list is one record."""
    records = held if isinstance(held, list) else [held]
    return [_values(record) for record in records[: MOST_RECORDS + 1]]


def _too_large(sizes: Sizes, source: Source) -> Iterator[Problem]:
    """Yield what is larger than anything of ours can be; nothing is said of the rest then."""

    def problem(path: Path, message: str) -> Problem:
        return Problem(source.name, *source.places.value(path), "record-size", "error", message)

    if len(sizes) > MOST_VALUES:
        yield problem((), f"{len(sizes)} sections; no file of ours has more than {MOST_VALUES}")
    for section, of_records in sizes.items():
        if len(of_records) > MOST_RECORDS:
            yield problem((section,), f"more than {MOST_RECORDS} records in one section; split it")
            continue
        for n, size in enumerate(of_records):
            if size > MOST_VALUES:
                # A section that is one record has no numbers inside; the step is passed over.
                said = f"more than {MOST_VALUES} values in one record; no record is as large"
                yield problem((section, n), said)


def _values(value: Any) -> int:
    inside = value.values() if isinstance(value, dict) else value if type(value) is list else ()
    return 1 + sum(_values(one) if type(one) in {dict, list} else 1 for one in inside)


def _filled(model: type[Model], value: Value, sizes: Sizes) -> tuple[Model | None, list[Any], int]:
    """Return the model, or the first slips in it and how many more there are."""
    lists = {
        name: held
        for name, held in value.items()
        if isinstance(held, list) and _holds_records(model, name)
    }
    rest = {**value, **{name: [] for name in lists}}
    filled, slips, of_rest, more = None, [], 0, 0
    try:
        filled = model.model_validate(rest)
    except ValidationError as error:
        slips, of_rest = error.errors(include_url=False), error.error_count()
    for starts, portion in _portions(lists, sizes):
        try:
            part = model.model_validate({**rest, **portion})
        except ValidationError as error:
            if len(slips) <= MAX_PROBLEMS:
                slips += _told(error, starts)
            else:
                more += error.error_count() - of_rest
            continue
        if filled:
            joined = {name: getattr(filled, name) + getattr(part, name) for name in starts}
            filled = filled.model_copy(update=joined)
    return None if slips else filled, slips[:MAX_PROBLEMS], more + len(slips[MAX_PROBLEMS:])


def _holds_records(model: type[BaseModel], section: str) -> bool:
    """Tell whether a section is a plain list of records: they may be looked at one by one."""
    field = model.model_fields.get(section)
    if field is None or field.metadata or get_origin(field.annotation) is not tuple:
        return False
    first, *others = get_args(field.annotation)
    return others == [...] and isinstance(first, type) and issubclass(first, BaseModel)


def _portions(lists: dict[str, list[Any]], sizes: Sizes) -> Iterator[tuple[dict[str, int], Value]]:
    """Yield slices of the lists, with the number of the first record of each."""
    starts: dict[str, int] = {}
    portion: Value = {}
    size = 0
    for name, records in lists.items():
        for n, record in enumerate(records):
            starts.setdefault(name, n)
            portion.setdefault(name, []).append(record)
            size += sizes[name][n]
            if size >= PORTION:
                yield starts, portion
                starts, portion, size = {}, {}, 0
    if portion:
        yield starts, portion


def _told(error: ValidationError, starts: dict[str, int]) -> Iterator[Any]:
    """Yield the slips of a portion, each with its place in the whole list."""
    for slip in error.errors(include_url=False):
        section, *inside = slip["loc"]
        if section not in starts:
            continue  # of what every portion has beside it
        if inside and isinstance(inside[0], int):
            inside[0] += starts[str(section)]
        yield {**slip, "loc": (section, *inside)}


def _more(problems: list[Problem], more: int, source: Source) -> Problem:
    line, column = (problems[-1].line, problems[-1].column) if problems else (1, 1)
    message = f"and {more} more beside those listed; mend these first, then check again"
    return Problem(source.name, line, column, "too-many", "error", message)

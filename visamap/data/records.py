"""What a rule hands back: where in the data it is broken, and a sentence for a person."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import (
    TYPE_CHECKING,
    Any,
    Generic,
    Literal,
    NamedTuple,
    TypeAlias,
    TypeVar,
    get_args,
    get_origin,
)

from pydantic import BaseModel, ValidationError

from visamap.data.text import MAX_PROBLEMS
from visamap.data.yaml_source import Source
from visamap.errors import Problem, Severity, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from visamap.data.yaml_source import Source


Path: TypeAlias = "tuple[str | int, ...]"


class Finding(NamedTuple):
    """A broken rule at a path into the data."""

    path: Path
    rule: str
    message: str
    severity: Severity = "error"


MOST_STEPS = 3_000_000
"""What is spent on the hints of one file, enough for some ten among five hundred ids."""
STEPS_A_WORD = 150
"""What a word costs before its letters are compared, each with each, at a step a pair."""
LONGEST = 100
"""A longer word is no slip of the pen."""


class Hints:
    """Hints for one file."""

    def __init__(self) -> None:
        """Start with all of it left."""
        self._left = MOST_STEPS

    def close(self, word: str, names: Collection[str], cutoff: float = 0.6) -> str | None:
        """Return the name that is most like ``word``, if one is and there is time to look."""
        if len(word) > LONGEST or self._left < 0:
            return None
        self._left -= len(names) * STEPS_A_WORD + len(word) * sum(map(len, names))
        if self._left < 0:
            return None
        return next(iter(get_close_matches(word, names, n=1, cutoff=cutoff)), None)


class Refusal(NamedTuple):
    """What a sentence can be made of."""

    field: str
    value: Any
    context: Mapping[str, Any]
    keys: Sequence[str]
    """The keys that the mapping around the value may have."""


class Expected(NamedTuple):
    """The kind of value that a field takes."""

    rule: str
    noun: str
    how: str

    def sentence(self, refusal: Refusal) -> str:
        """Say that the value is of another kind."""
        field, value = refusal.field, refusal.value
        if value is None:
            return f"{field}: nothing stands here; write {self.noun}, or leave the key out"
        single = isinstance(value, list | dict) and self not in (_LIST, _MAPPING)
        how = f"write {self.noun}" if single else self.how
        return f"{field}: {echoed(value)} is not {self.noun}; {how}"


_TEXT = Expected("text", "a text", "put it in quotes")
_WHOLE = Expected("whole-number", "a whole number", "write digits alone, such as 30, not in quotes")
_BOOL = Expected("true-or-false", "true or false", "write one of these words, not in quotes")
_DAY = Expected("date", "a day", "write YYYY-MM-DD")
_LIST = Expected("list", "a list", "write [a, b], or a line '- a' for each item")
_MAPPING = Expected("mapping", "a mapping", "write {key: value}, or a line 'key: value' for each")

_KINDS = {
    "string_type": _TEXT,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": _BOOL,
    "bool_parsing": _BOOL,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "dict_type": _MAPPING,
    "mapping_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
}

# Patterns of the models in words; a test sees to it that none is forgotten.
_FORMS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "small letters, digits and single hyphens, such as kaz-xaa-2020",
    r"^[A-Z]{3}$": "three capital letters, such as THA",
    r"^https?://\S+$": "an address that starts with https:// and has no spaces",
    r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$": "capital letters, digits and single hyphens, such as B12-1",
    r"^\d+(\.\d+)?$": "an amount in digits, such as 60 or 0.5",
}
_RULE_IN_FRONT = re.compile(r"([a-z][a-z0-9-]+): (.+)", re.DOTALL)
# The words in "'high', 'medium' or 'low'", which is how pydantic lists what is allowed.
_ALLOWED = re.compile(r"'([^']*)'|\b(True|False|None|\d+)\b")
_UNITS = ("days", "hours", "months", "years")


def explained(details: ErrorDetails, field: str, keys: Sequence[str] = ()) -> tuple[str, str]:
    """Return the rule that is broken and the sentence about it."""
    kind = details["type"]
    refusal = Refusal(field, details["input"], details.get("ctx", {}), keys)
    if expected := _KINDS.get(kind):
        return expected.rule, expected.sentence(refusal)
    return _SENTENCES.get(kind, _unforeseen)(refusal)


def echoed(value: object) -> str:
    """Return ``value`` as the file has it, short enough for a message."""
    if isinstance(value, str):
        return repr(shortened(value))
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else shortened(str(value))


def _missing(refusal: Refusal) -> tuple[str, str]:
    return "missing-key", f"'{refusal.field}' is missing; add it"


def _unknown_key(refusal: Refusal) -> tuple[str, str]:
    sentence = f"{echoed(refusal.field)} is no key here"
    if close := _close(refusal.field, refusal.keys):
        return "unknown-key", f"{sentence}; did you mean '{close}'?"
    known = f"; known are {', '.join(refusal.keys)}" if refusal.keys else "; remove it"
    return "unknown-key", f"{sentence}{known}"


def _closed_word(refusal: Refusal) -> tuple[str, str]:
    words = _allowed(refusal.context.get("expected", ""))
    return "closed-word", f"{refusal.field}: {_not_one_of(refusal.value, words)}"


def _unknown_kind(refusal: Refusal) -> tuple[str, str]:
    key = refusal.context["discriminator"].strip("'")
    words = _allowed(refusal.context["expected_tags"])
    return "kind", f"{key}: {_not_one_of(refusal.context['tag'], words)}"


def _missing_kind(refusal: Refusal) -> tuple[str, str]:
    key = refusal.context["discriminator"]
    return "kind", f"{refusal.field}: {key} is missing; it says which other keys may stand here"


def _bound(refusal: Refusal) -> tuple[str, str]:
    field, value, context = refusal.field, echoed(refusal.value), refusal.context
    if context.get("gt") == 0 or context.get("ge") == 1:
        unit = next((unit for unit in _UNITS if field.endswith(unit)), "")
        noun = f"number of {unit}" if unit else "number above 0"
        how = "give 1 or more, or leave it out if the act does not say"
        return "positive", f"{field}: {value} is not a {noun}; {how}"
    words = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
    limits = " and ".join(f"{words[key]} {context[key]}" for key in words if key in context)
    return "range", f"{field}: {value} is out of range; give {limits}"


def _length(refusal: Refusal) -> tuple[str, str]:
    field, value, context = refusal.field, refusal.value, refusal.context
    if not value:
        noun = "text" if isinstance(value, str) else "list"
        return "empty", f"{field}: the {noun} is empty; fill it or leave the key out"
    words = {"min_length": "at least", "max_length": "at most"}
    unit = "character" if isinstance(value, str) else "item"
    unit = unit if len(value) == 1 else f"{unit}s"
    limits = " and ".join(f"{words[key]} {context[key]}" for key in words if key in context)
    return "length", f"{field}: {echoed(value)} has {len(value)} {unit}; give {limits}"


def _form(refusal: Refusal) -> tuple[str, str]:
    pattern = refusal.context["pattern"]
    form = _FORMS.get(pattern, f"what matches {pattern}")
    return "pattern", f"{refusal.field}: {echoed(refusal.value)} has another form; write {form}"


def _ours(refusal: Refusal) -> tuple[str, str]:
    sentence = str(refusal.context["error"])
    ruled = _RULE_IN_FRONT.fullmatch(sentence)
    return (ruled[1], ruled[2]) if ruled else ("value", sentence)


def _unforeseen(refusal: Refusal) -> tuple[str, str]:
    value = echoed(refusal.value)
    return "shape", f"{refusal.field}: {value} does not fit here; compare it with other records"


_SENTENCES: dict[str, Callable[[Refusal], tuple[str, str]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "literal_error": _closed_word,
    "enum": _closed_word,
    "union_tag_invalid": _unknown_kind,
    "union_tag_not_found": _missing_kind,
    "greater_than": _bound,
    "greater_than_equal": _bound,
    "less_than": _bound,
    "less_than_equal": _bound,
    "string_too_short": _length,
    "string_too_long": _length,
    "too_short": _length,
    "too_long": _length,
    "string_pattern_mismatch": _form,
    "value_error": _ours,
    "assertion_error": _ours,
}


def _allowed(listed: str) -> list[str]:
    return [text or bare.lower() for text, bare in _ALLOWED.findall(listed)]


def _not_one_of(value: object, words: Sequence[str]) -> str:
    close = _close(str(value).lower(), words)
    hint = f"did you mean '{close}'?" if close else "choose one of them"
    only = len(words) == 1
    listed = f"{words[0]}, the only word here" if only else f"one of {', '.join(words)}; {hint}"
    return f"{echoed(value)} is not {listed}"


def _close(word: str, words: Sequence[str]) -> str | None:
    """Return the one of our own few words that was most likely meant."""
    return Hints().close(word, words)


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


class Aside(NamedTuple):
    """What was set aside: ids by section, sections as a whole, and where the kept records stood."""

    ids: Mapping[str, Collection[str]] = {}
    sections: frozenset[str] = frozenset()
    stood: Mapping[str, list[int]] = {}

    def path(self, path: Path) -> Path:
        """Return the path in the file that ``path`` has among the kept records."""
        if len(path) > 1 and isinstance(path[0], str) and isinstance(path[1], int):
            stood = self.stood.get(path[0])
            return (path[0], stood[path[1]], *path[2:]) if stood else path
        return path


def kept(
    value: Mapping[str, Any], slips: Iterable[Path], known: Collection[str]
) -> tuple[dict[str, Any], Aside]:
    """Return ``value`` without what the ``slips`` lie in; ``known`` are the sections that exist."""
    refused: dict[str, set[int]] = {}
    sections: set[str] = set()
    for slip in slips:
        section, *rest = slip or ("",)
        if rest and isinstance(rest[0], int) and isinstance(value.get(str(section)), list):
            refused.setdefault(str(section), set()).add(rest[0])
        else:
            sections.add(str(section))
    if sections - set(known):  # perhaps a section whose name is misspelt
        sections |= set(known) - set(value)
    left = {key: entry for key, entry in value.items() if key not in sections}
    ids, stood = {}, {}
    for section in refused.keys() & left.keys():
        records = left[section]
        ids[section] = {_id(records[n]) for n in refused[section]}
        stood[section] = [n for n in range(len(records)) if n not in refused[section]]
        left[section] = [records[n] for n in stood[section]]
    return left, Aside(ids, frozenset(sections), stood)


def _id(record: Any) -> str:
    return str(record.get("id", record.get("code", ""))) if isinstance(record, dict) else ""


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

"""Values of a text put into the models of records: what they refuse, where, said for a person."""

from __future__ import annotations

import re
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
from visamap.errors import Problem, Severity, shortened
from visamap.schema.record import shape_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from visamap.data.yaml_source import Source


Path: TypeAlias = "tuple[str | int, ...]"


class Finding(NamedTuple):
    """A broken rule at a path into the data."""

    path: Path
    rule: str
    message: str
    severity: Severity = "error"

    def placed(self, source: Source) -> Problem:
        """Return it as a problem, with its place in the text."""
        line, column = source.places.value(self.path)
        return Problem(source.name, line, column, self.rule, self.severity, self.message)


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


# What pydantic refuses, by the kind of value that is wanted: the rule, the kind, how to write it.
_KINDS = {
    "string": ("text", "a text", "put it in quotes"),
    "int": ("whole-number", "a whole number", "write digits alone, such as 30, not in quotes"),
    "bool": ("true-or-false", "true or false", "write one of these words, not in quotes"),
    "date": ("date", "a day", "write YYYY-MM-DD"),
    "list": ("list", "a list", "write [a, b], or a line '- a' for each item"),
    "mapping": ("mapping", "a mapping", "write {key: value}, or a line 'key: value' for each"),
}
_KINDS |= dict.fromkeys(("tuple", "set", "frozen_set"), _KINDS["list"])
_KINDS |= dict.fromkeys(("dict", "model", "model_attributes"), _KINDS["mapping"])
_WRONG_KIND = re.compile(r"(\w+?)_(?:type|parsing|from_float|from_datetime_\w+)")

# Patterns of the models in words; a test sees to it that none is forgotten.
_FORMS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "small letters, digits and single hyphens, such as kaz-xaa-2020",
    r"^[A-Z]{3}$": "three capital letters, such as THA",
    r"^https?://\S+$": "an address that starts with https:// and has no spaces",
    r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$": "capital letters, digits and single hyphens, such as B12-1",
    r"^[+-]\d\d:\d\d$": "hours and minutes before or after universal time, such as +05:00",
    r"^[A-Za-z0-9_-]+\.pem$": "the name of a file that ends in .pem",
    r"^\d+(\.\d+)?$": "an amount in digits, such as 60 or 0.5",
}
_RULE_IN_FRONT = re.compile(r"([a-z][a-z0-9-]+): (.+)", re.DOTALL)
# The words in "'high', 'medium' or 'low'", which is how pydantic lists what is allowed.
_ALLOWED = re.compile(r"'([^']*)'|\b(True|False|None|\d+)\b")
_UNITS = ("days", "hours", "months", "years")
_LIMITS = {
    "gt": "more than",
    "ge": "at least",
    "lt": "less than",
    "le": "at most",
    "min_length": "at least",
    "max_length": "at most",
}


def explained(  # noqa: C901, PLR0911, PLR0912  a sentence for each kind of slip
    details: ErrorDetails, field: str, keys: Sequence[str] = ()
) -> tuple[str, str]:
    """Return the rule that is broken and the sentence about it.

    ``keys`` are those that the mapping around the value may have.
    """
    value, context = details["input"], details.get("ctx", {})
    limits = " and ".join(
        f"{word} {context[key]}" for key, word in _LIMITS.items() if key in context
    )
    match details["type"]:
        case "missing":
            return "missing-key", f"'{field}' is missing; add it"
        case "extra_forbidden":
            close = Hints().close(field, keys)
            known = f"known are {', '.join(keys)}" if keys else "remove it"
            how = f"did you mean '{close}'?" if close else known
            return "unknown-key", f"{echoed(field)} is no key here; {how}"
        case "literal_error" | "enum":
            return "closed-word", f"{field}: {_not_one_of(value, context.get('expected', ''))}"
        case "union_tag_invalid":
            key = context["discriminator"].strip("'")
            return "kind", f"{key}: {_not_one_of(context['tag'], context['expected_tags'])}"
        case "union_tag_not_found":
            how = f"{context['discriminator']} is missing; it says which other keys may stand here"
            return "kind", f"{field}: {how}"
        case "greater_than" | "greater_than_equal" if limits in {"more than 0", "at least 1"}:
            unit = next((unit for unit in _UNITS if field.endswith(unit)), "")
            noun = f"number of {unit}" if unit else "number above 0"
            how = "give 1 or more, or leave it out if the act does not say"
            return "positive", f"{field}: {echoed(value)} is not a {noun}; {how}"
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            return "range", f"{field}: {echoed(value)} is out of range; give {limits}"
        case "string_too_short" | "string_too_long" | "too_short" | "too_long":
            noun, unit = ("text", "character") if isinstance(value, str) else ("list", "item")
            if not value:
                return "empty", f"{field}: the {noun} is empty; fill it or leave the key out"
            number = f"{len(value)} {unit}{'s' if len(value) != 1 else ''}"
            return "length", f"{field}: {echoed(value)} has {number}; give {limits}"
        case "string_pattern_mismatch":
            form = _FORMS.get(context["pattern"], f"what matches {context['pattern']}")
            return "pattern", f"{field}: {echoed(value)} has another form; write {form}"
        case "value_error" | "assertion_error":
            sentence = str(context["error"])
            ruled = _RULE_IN_FRONT.fullmatch(sentence)
            return (ruled[1], ruled[2]) if ruled else ("value", sentence)
    wanted = _WRONG_KIND.fullmatch(details["type"])
    if not wanted or wanted[1] not in _KINDS:
        message = f"{field}: {echoed(value)} does not fit here; compare it with other records"
        return "shape", message
    rule, noun, how = _KINDS[wanted[1]]
    if value is None:
        return rule, f"{field}: nothing stands here; write {noun}, or leave the key out"
    if isinstance(value, list | dict) and rule not in {"list", "mapping"}:
        how = f"write {noun}"
    return rule, f"{field}: {echoed(value)} is not {noun}; {how}"


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


def _not_one_of(value: object, listed: str) -> str:
    words = [text or bare.lower() for text, bare in _ALLOWED.findall(listed)]
    if len(words) == 1:
        return f"{echoed(value)} is not {words[0]}, the only word here"
    close = Hints().close(str(value).lower(), words)
    hint = f"did you mean '{close}'?" if close else "choose one of them"
    return f"{echoed(value)} is not one of {', '.join(words)}; {hint}"


def located(details: ErrorDetails, source: Source, model: type[BaseModel]) -> Problem:
    """Return what ``model`` refused in ``source`` as a problem at its place."""
    kind, path = details["type"], details["loc"]
    places, known = source.places, source.places.known(path)
    field = next((step for step in reversed(known) if isinstance(step, str)), "the file")
    keys: Sequence[str] = ()
    if kind == "missing":
        last = path[-1]
        field = last if isinstance(last, str) else f"item {last + 1} of {field}"
        line, column = places.value(known)
    elif kind == "extra_forbidden":
        field, keys = str(path[-1]), _keys_at(model, path[:-1])
        line, column = places.key(known)
    elif kind == "union_tag_invalid":
        line, column = places.value((*known, details["ctx"]["discriminator"].strip("'")))
    elif path and path[-1] == "[key]":
        line, column = places.key(known)
    else:
        line, column = places.value(known)
    rule, message = explained(details, field, keys)
    return Problem(source.name, line, column, rule, "error", message)


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that a mapping at ``path`` may have, for "did you mean"."""
    models = [model]
    for step in path:
        inside = [
            found
            for each in models
            for name, field in each.model_fields.items()
            if (field.alias or name) == step
            for found in shape_of(field).models
        ]
        # A step that is no field is an index, or the tag that chose one model of a union.
        models = inside or [each for each in models if _has_tag(each, step)] or models
    return sorted({f.alias or name for each in models for name, f in each.model_fields.items()})


def _has_tag(model: type[BaseModel], step: str | int) -> bool:
    options = [one for field in model.model_fields.values() for one in shape_of(field).options]
    words = [word for one in options if get_origin(one) is Literal for word in get_args(one)]
    return isinstance(step, str) and step in words


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


Model = TypeVar("Model", bound=BaseModel)

MOST_VALUES = 2000
"""How many values a record holds at most; the largest of ours has some 600."""
MOST_RECORDS = 20_000
"""How many records a section holds at most; the largest of ours has some 600."""


class Modelled(NamedTuple, Generic[Model]):
    """A model filled with what it did not refuse; None where not even that could be built."""

    record: Model | None
    problems: list[Problem]
    aside: Aside


def modelled(model: type[Model], source: Source) -> Modelled[Model]:
    """Return the value of a text as ``model``, and what is wrong with it.

    Records are looked at one by one, so that one that is refused costs nothing but itself.
    """
    sections = frozenset(model.model_fields)
    unread = Aside(sections=sections)
    if source.value is None:
        return Modelled(None, [], unread)
    if problems := list(_too_large(source.value, source)):
        return Modelled(None, problems, unread)
    slips = _Slips()
    value, aside = _records_kept(model, source.value, slips)
    whole = slips.filled(model, value, ())
    if not slips.number:
        return Modelled(whole, [], aside)
    problems = _told(slips, source, model)
    if slips.number > MAX_PROBLEMS:
        return Modelled(None, problems, unread)
    if whole is None:
        refused = {str(slip["loc"][0]) if slip["loc"] else "" for slip in slips.first}
        refused -= aside.stood.keys()
        if refused - sections:  # perhaps a section whose name is misspelt
            refused |= sections - value.keys()
        left = {name: held for name, held in value.items() if name not in refused}
        whole = _Slips().filled(model, left, ())
        if whole is None:  # what is needed by all the rest was refused
            return Modelled(None, problems, unread)
        aside = aside._replace(sections=frozenset(refused))
    return Modelled(whole, problems, aside)


def _too_large(value: Mapping[str, Any], source: Source) -> Iterator[Problem]:
    """Yield what is larger than anything of ours can be; nothing is said of the rest then."""

    def problem(path: Path, message: str) -> Problem:
        return Problem(source.name, *source.places.value(path), "record-size", "error", message)

    if len(value) > MOST_VALUES:
        yield problem((), f"{len(value)} sections; no file of ours has more than {MOST_VALUES}")
    for section, held in value.items():
        records = held if isinstance(held, list) else [held]
        if len(records) > MOST_RECORDS:
            yield problem((section,), f"more than {MOST_RECORDS} records in one section; split it")
            continue
        for n, record in enumerate(records):
            if _values(record) > MOST_VALUES:
                # A section that is one record has no numbers inside; the step is passed over.
                said = f"more than {MOST_VALUES} values in one record; no record is as large"
                yield problem((section, n), said)


def _values(value: Any) -> int:
    inside = value.values() if isinstance(value, dict) else value if type(value) is list else ()
    return 1 + sum(_values(one) if type(one) in {dict, list} else 1 for one in inside)


class _Slips:
    """What models refused: the first slips, and how many there are."""

    def __init__(self) -> None:
        self.first: list[Any] = []
        self.number = 0

    def filled(self, model: type[Model], value: Any, path: Path) -> Model | None:
        """Return the value at ``path`` as ``model``; ``None``: it was refused."""
        try:
            return model.model_validate(value)
        except ValidationError as error:
            self.number += error.error_count()
            if room := MAX_PROBLEMS - len(self.first):
                told = error.errors(include_url=False)[:room]
                self.first += [{**slip, "loc": (*path, *slip["loc"])} for slip in told]
        return None


def _records_kept(
    model: type[BaseModel], value: Mapping[str, Any], slips: _Slips
) -> tuple[dict[str, Any], Aside]:
    """Return ``value`` with its lists of records filled, without those that are refused."""
    left = dict(value)
    ids: dict[str, set[str]] = {}
    stood: dict[str, list[int]] = {}
    for section, field in model.model_fields.items():
        listed, shape = value.get(section), shape_of(field)
        if not (isinstance(listed, list) and shape.many and shape.models):
            continue
        (record,) = shape.models
        filled = [slips.filled(record, each, (section, n)) for n, each in enumerate(listed)]
        left[section] = [one for one in filled if one]
        if len(left[section]) < len(listed):
            refused = (each for each, one in zip(listed, filled, strict=True) if not one)
            ids[section] = {_id(each) for each in refused}
            stood[section] = [n for n, one in enumerate(filled) if one]
    return left, Aside(ids, stood=stood)


def _id(record: Any) -> str:
    return str(record.get("id", record.get("code", ""))) if isinstance(record, dict) else ""


def _told(slips: _Slips, source: Source, model: type[BaseModel]) -> list[Problem]:
    """Return the first slips as problems, sorted by place, and how many more there are.

    Where reading the text already found a problem, what the model says of the same place only
    repeats it and is left out.
    """
    said = {(problem.line, problem.column) for problem in source.problems}
    found = sorted(located(slip, source, model) for slip in slips.first)
    problems = [problem for problem in found if (problem.line, problem.column) not in said]
    if more := slips.number - len(slips.first):
        line, column = (problems[-1].line, problems[-1].column) if problems else (1, 1)
        message = f"and {more} more beside those listed; mend these first, then check again"
        problems.append(Problem(source.name, line, column, "too-many", "error", message))
    return problems

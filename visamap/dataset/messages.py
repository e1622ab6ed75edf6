"""What a model refused, as a rule's name and a sentence of ours.

The sentence holds the value, what was expected and the next step; pydantic's own wording never
reaches a reader. A validator of ours writes its sentence itself, as ``rule-name: sentence``.
Where the value stands is the business of ``visamap.dataset.locate``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from visamap.dataset.hints import Hints
from visamap.problems import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pydantic_core import ErrorDetails


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

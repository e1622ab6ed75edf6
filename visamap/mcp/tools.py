"""The tools of assistants, one for each question as it is declared, and what is sent to them, read.

The schema of a tool is what is checked, so that no call is refused for what its description allows.
Slips are told in our own words, all of a call at once.
"""

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator, ValidationError

from visamap.arguments import LONGEST, asked_day
from visamap.errors import UnknownRecordError, WrongUsageError
from visamap.i18n import LANGUAGES, language_of, mark, quoted, tr
from visamap.registry.spec import OF_KEEPERS, QUESTIONS, Question
from visamap.registry.words import Parameter

Schema = dict[str, Any]
LATEST = {"ranks": {"edition": "latest"}}
"""Where an assistant is answered more briefly than a program if a word is left out."""
LIMIT: Schema = {
    "type": "integer",
    "minimum": 1,
    "maximum": 1000,
    "description": "At most so many items in the structured content; the text is of all.",
    "examples": [20],
}
LANG: Schema = {
    "type": "string",
    "enum": list(LANGUAGES),
    "description": "The language of the sentences; that of the server if left out.",
}
TYPES = {"number": "integer", "flag": "boolean"}


class Tool(NamedTuple):
    """A tool; its name is that of the command whose answer it gives."""

    question: Question
    takes: Schema
    left_out: dict[str, Any]

    @property
    def today(self) -> str | None:
        """The word that is today's date where it is left out."""
        words = self.question.parameters.values()
        return next((one.name for one in words if one.word.today), None)


def _taken(question: Question) -> Schema:
    words = question.parameters.values()
    properties = {one.name: _schema(one) for one in words}
    if question.listing and question.name != "check":
        properties["limit"] = LIMIT
    return {
        "type": "object",
        "properties": {**properties, "lang": LANG},
        "required": [one.name for one in words if one.required],
        "additionalProperties": False,
    }


def _schema(one: Parameter) -> Schema:
    """Return the schema of a word: its kind and bounds, what it means, examples."""
    word = one.word
    found: Schema = {"type": TYPES.get(word.kind, "string")}
    if word.kind == "choice":
        found["enum"] = [*word.among, *word.aliases]
    elif word.kind == "day":
        found["format"] = "date"
    elif word.kind == "number":
        found |= {"minimum": word.least, "maximum": word.most}
    elif found["type"] == "string":
        found |= {"minLength": 1, "maxLength": LONGEST}
    examples = list(word.examples)
    if word.several:
        found = {"type": "array", "items": found, "minItems": word.least, "maxItems": word.most}
        examples = [examples]
    found["description"] = word.says
    if word.examples:
        found["examples"] = examples
    if one.default not in {None, ()}:
        found["default"] = one.default
    return found


TOOLS = {
    name: Tool(question, _taken(question), LATEST.get(name, {}))
    for name, question in QUESTIONS.items()
    if name not in OF_KEEPERS
}


MOST_SLIPS = 20
"""How many slips of a call are told."""
LONGEST_ECHO = 40
"""How much of a value stands in a message."""
OTHER_KIND = {
    "string": mark("{value} is not text; give text."),
    "integer": mark("{value} is not a whole number; give a whole number."),
    "boolean": mark("{value} is neither true nor false; give one of them."),
    "array": mark("{value} is not a list; give a list."),
}
OUT_OF_RANGE = mark("{value} is out of range; give {least} to {most}.")
HOW_MANY = mark("too few or too many; give {least} to {most} of them.")
HOW_LONG = mark("{value} is empty or too long; give 1 to {most} characters.")
EXPECTED = {
    "enum": mark("{value} is not one of the accepted words; give one of {among}."),
    "minimum": OUT_OF_RANGE,
    "maximum": OUT_OF_RANGE,
    "minItems": HOW_MANY,
    "maxItems": HOW_MANY,
    "minLength": HOW_LONG,
    "maxLength": HOW_LONG,
}
"""What is said of a value by the rule of the schema that it breaks."""


class WrongArgumentsError(WrongUsageError, ValueError):
    """Arguments that a tool does not take."""


def read(tool: Tool, given: dict[str, Any] | None) -> dict[str, Any]:
    """Return the arguments of a call, days as days; null is taken for left out.

    A closed word may be written in capitals, with ``-`` or ``_``, or be another name of it.
    """
    taken, words = tool.takes, tool.question.parameters
    told = {name: value for name, value in (given or {}).items() if value is not None}
    for name in told.keys() & words.keys():
        if words[name].word.kind == "choice":
            with suppress(UnknownRecordError):  # the schema says what is expected
                told[name] = words[name].word.read(name, told[name])
    if isinstance(asked := told.get("lang"), str):
        told["lang"] = language_of(asked) or asked
    found = islice(Draft202012Validator(taken).iter_errors(told), MOST_SLIPS)
    slips = sorted(found, key=lambda one: list(one.path))
    if slips:
        raise WrongArgumentsError("\n".join(line for slip in slips for line in _lines(slip)))
    kinds = taken["properties"]
    return {
        name: asked_day(value) if kinds[name].get("format") == "date" else value
        for name, value in told.items()
    }


def _lines(slip: ValidationError) -> Iterator[str]:
    """Yield what is wrong: the argument, its value, what was expected."""
    known = slip.schema.get("properties", {})
    if slip.validator == "additionalProperties":
        takes = ", ".join(known)
        for name in map(_echo, sorted(set(slip.instance) - set(known))[:MOST_SLIPS]):
            yield tr(
                "There is no argument {name}; this tool takes {takes}.", name=name, takes=takes
            )
    elif slip.validator == "required":
        # One slip comes for each that is missing; only its own message names it.
        for name in slip.validator_value:
            if slip.message.startswith(repr(name)):
                yield tr("{name} is missing. {what}", name=name, what=known[name]["description"])
    else:
        yield f"{'.'.join(map(str, slip.path))}: {_expected(slip)}"


def _expected(slip: ValidationError) -> str:
    value, bounds = _echo(slip.instance), slip.schema
    if slip.validator == "type":
        return tr(OTHER_KIND[slip.validator_value], value=value)
    return tr(
        EXPECTED[slip.validator],
        value=value,
        among=", ".join(bounds.get("enum", ())),
        least=bounds.get("minimum", bounds.get("minItems")),
        most=bounds.get("maximum", bounds.get("maxItems", bounds.get("maxLength"))),
    )


def _echo(value: object) -> str:
    shown = quoted(value)
    return shown if len(shown) <= LONGEST_ECHO else f"{shown[: LONGEST_ECHO - 3]}..."

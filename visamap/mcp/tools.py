"""The tools of assistants: one for each question, made from it as it is declared."""

from typing import Any, NamedTuple

from visamap.arguments import LONGEST
from visamap.i18n import LANGUAGES
from visamap.registry.spec import OF_KEEPERS, QUESTIONS, Question
from visamap.registry.word import Parameter

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

"""The shape of answers as JSON Schema (2020-12): what ``json_form`` writes, told beforehand.

Derived from the result types, as the JSON is, so that the two cannot drift apart. Objects stay
open: fields may be added to an answer, and a reader with yesterday's schema must not refuse it.
"""

import inspect
from datetime import date
from functools import cache
from importlib import import_module
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from visamap.limits import Limit
from visamap.render.headlines import SENTENCES
from visamap.render.json_form import ITEMS, OF_ONE_DOOR, SCHEMA
from visamap.results.parts import Country, DataRef, Destination

WITHOUT_SENTENCE = frozenset(ITEMS | OF_ONE_DOOR) - set(SENTENCES)
"""Commands whose items have no ``message`` beside what their type holds."""
PLAIN = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    NoneType: {"type": "null"},
    Any: {},
}
NOTE = {
    "type": "object",
    "description": "A remark on the whole answer; the values of its sentence stand beside it.",
    "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
    "required": ["code", "message"],
}
Schema = dict[str, Any]
ANY: Schema = {
    "type": "object",
    "properties": {
        "schema": {"const": SCHEMA},
        "command": {"type": "string"},
        "data": {"type": "object"},
        "asked": {"type": "object"},
        "items": {"type": "array", "items": {"type": "object"}},
        "notes": {"type": "array", "items": {"type": "object"}},
    },
    "required": ["schema", "command", "data", "asked", "items", "notes"],
}
"""The envelope of any answer, as short as a list of tools wants it; ``envelope`` tells the rest."""


def item_type(command: str) -> type:
    """Return the type of the items of an answer, which is known before there is any."""
    module, _, name = (ITEMS | OF_ONE_DOOR)[command].partition(".")
    found: type = getattr(import_module(f"visamap.results.{module}"), name)
    return found


@cache
def item_fields(command: str) -> tuple[str, ...]:
    """Return the names of the fields of an item, its sentence with them."""
    item = envelope(command)["$defs"][item_type(command).__name__]
    return tuple(item["properties"])


def envelope(command: str) -> Schema:
    """Return the schema of a whole answer to ``command``, with ``$defs`` for what it is made of."""
    parts: dict[str, Schema] = {}
    kind = item_type(command)
    item = _named(kind, parts)
    if command not in WITHOUT_SENTENCE:
        shape = parts[kind.__name__]
        shape["properties"]["message"] = {"type": "string", "description": "The answer, said."}
        shape["required"].append("message")
    properties = {
        "schema": {"const": SCHEMA},
        "command": {"const": command},
        "data": _named(DataRef, parts),
        "asked": {"type": "object", "description": "The question as it was understood."},
        "items": {"type": "array", "items": item},
        "notes": {"type": "array", "items": NOTE},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "$defs": parts,
    }


def _named(kind: type, parts: dict[str, Schema]) -> Schema:
    """Return a reference to a result type; its shape is put into ``parts`` once."""
    name = kind.__name__
    if name not in parts:
        fields = get_type_hints(kind)
        about = (inspect.getdoc(kind) or "").partition("\n\n")[0]
        shape: Schema = {"type": "object", "description": " ".join(about.split())}
        parts[name] = shape  # before its fields, which may come back to it
        # A limit leaves out what its kind does not have.
        shown = {field: _without_null(hint) for field, hint in fields.items()}
        hints = shown if kind is Limit else fields
        shape["properties"] = {field: _shape(hint, parts) for field, hint in hints.items()}
        shape["required"] = ["kind"] if kind is Limit else list(fields)
    return {"$ref": f"#/$defs/{name}"}


def _shape(hint: Any, parts: dict[str, Schema]) -> Schema:
    """Return the schema of a value that is annotated with ``hint``."""
    if hint in PLAIN:
        return dict(PLAIN[hint])
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in {Union, UnionType}:
        return {"anyOf": [_shape(one, parts) for one in inner]}
    if origin is tuple:  # any number of one kind, or one of each kind in order
        places = [_shape(one, parts) for one in inner if one is not Ellipsis]
        size = {"minItems": len(places), "maxItems": len(places)}
        told = {"items": places[0]} if Ellipsis in inner else {"prefixItems": places, **size}
        return {"type": "array", **told}
    if origin is dict:
        return {"type": "object", "additionalProperties": _shape(inner[1], parts)}
    # Of a destination an answer tells no more than of any country.
    return _named(Country if hint is Destination else hint, parts)


def _without_null(hint: Any) -> Any:
    rest = tuple(one for one in get_args(hint) if one is not NoneType)
    return rest[0] if NoneType in get_args(hint) and len(rest) == 1 else hint

"""Types of fields in words a reader knows: "day", "list of ids in `sources`", the closed words."""

import re
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from tools.handbook import words
from visamap.dates import PartialDate
from visamap.schema.record import ANY_SECTION, COUNTRIES, LinkTo

PLAIN = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    date: "day",
    PartialDate: "day, month or year",
    Any: "any value",
    NoneType: "null",
}
ONE = re.compile(r"^(id|day|text|whole number|country code)\b")
"""What has a plural in a list."""


def told(hint: Any) -> str:
    """Return a type in words, as Markdown."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(inner[0], inner[1:])
    if origin is Literal:
        return words.told(hint)
    if origin in {Union, UnionType}:
        return " or ".join(told(one) for one in inner if one is not NoneType)
    if origin is not None:
        return _holding(origin, inner)
    return PLAIN[hint] if hint in PLAIN else f"[{hint.__name__}](#{place(hint)})"


def place(kind: type) -> str:
    """Return the anchor under which a class is described."""
    whose = "record" if ".schema." in kind.__module__ else "answer"
    return f"{whose}-{page(kind.__module__)}-{kind.__name__}".lower().replace("_", "-")


def page(module: str) -> str:
    """Return the name of the page on a module: of ``visamap.results.check_results``, check."""
    return module.rpartition(".")[2].removesuffix("_results").removesuffix("_records")


def optional(hint: Any) -> bool:
    """Tell whether null may stand there."""
    if get_origin(hint) is Annotated:
        return optional(get_args(hint)[0])
    return get_origin(hint) in {Union, UnionType} and NoneType in get_args(hint)


def classes_in(hint: Any) -> list[type]:
    """Return the classes of records that a type holds, in the order of the type."""
    if get_origin(hint) is Literal:
        return []
    if isinstance(hint, type) and hint not in PLAIN and hasattr(hint, "__annotations__"):
        return [hint]
    return [kind for one in get_args(hint) for kind in classes_in(one)]


def _holding(origin: Any, inner: tuple[Any, ...]) -> str:
    if origin is dict:
        return f"mapping of {told(inner[0])} to {told(inner[1])}"
    if inner[-1] is not Ellipsis:
        return "[" + ", ".join(map(told, inner)) + "]"
    return "list of " + ONE.sub(r"\1s", told(inner[0]))


def _annotated(inner: Any, marks: tuple[Any, ...]) -> str:
    link = next((mark.section for mark in marks if isinstance(mark, LinkTo)), None)
    bounds = [mark for mark in marks if isinstance(mark, FieldInfo)]
    if link == COUNTRIES:
        return "country code"
    if link == ANY_SECTION:
        return "id of a record"
    if link:
        return f"id in `{link}`"
    if inner is str and any("a-z0-9" in str(mark.metadata) for mark in bounds):
        return "id"
    return told(inner)

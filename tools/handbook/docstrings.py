"""What a class says of itself and of its fields."""

import ast
import inspect
import re
import sys
from functools import cache
from itertools import pairwise

from tools.handbook import markdown as md


def behind_fields(kind: type) -> dict[str, str]:
    """Return the texts behind the fields of a class and of its ancestors in our code."""
    found: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if one.__module__.startswith("visamap."):
            found |= _texts(one)
    return {name: " ".join(text.replace("``", "`").split()) for name, text in found.items()}


def spoken_of(kind: type) -> set[str]:
    """Return the fields of which the docstring of a class speaks."""
    return set(re.findall(r"``(\w+)``", kind.__doc__ or ""))


def opening(kind: type) -> str:
    """Return the docstring of a class as Markdown."""
    return md.paragraphs(inspect.getdoc(kind) if kind.__doc__ else "")


def _texts(kind: type) -> dict[str, str]:
    """Return the texts behind the fields of one class."""
    found = {}
    for field, text in pairwise(_bodies(kind.__module__).get(kind.__name__, ())):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(text, ast.Expr)
            and isinstance(text.value, ast.Constant)
        ):
            found[field.target.id] = str(text.value.value)
    return found


@cache
def _bodies(room: str) -> dict[str, list[ast.stmt]]:
    """Return what stands in each class of a module; read once, for each class has many fields."""
    source = ast.parse(inspect.getsource(sys.modules[room]))
    return {one.name: one.body for one in source.body if isinstance(one, ast.ClassDef)}

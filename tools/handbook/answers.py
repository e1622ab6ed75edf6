"""The shapes of answers: the same fields in Python and in JSON, from the types of the results."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import get_type_hints

from tools.handbook import docstrings, kinds, meanings
from tools.handbook import markdown as md
from visamap import errors, limits, results
from visamap.render.answer_schemas import ITEMS, WITHOUT_SENTENCE

FOLDER = "reference/answers"
ELSEWHERE: dict[str, list[type]] = {"parts": [limits.Limit], "inspection": [errors.Problem]}
"""Classes of an answer that stand in rooms of their own."""


def pages() -> Iterator[tuple[str, str]]:
    """Yield a page for each room of results, and the list of them."""
    rooms = [import_module(m.name) for m in iter_modules(results.__path__, "visamap.results.")]
    named = {room.__name__.rpartition(".")[2]: room for room in rooms}
    names = [*ITEMS, *(name for name in named if name not in ITEMS)]
    yield "made/answers-list.md", _list(names, named)
    yield (
        "made/answers-toctree.md",
        md.fence("{toctree}", "\n".join([":hidden:", "", *(f"answers/{name}" for name in names)])),
    )
    for name in names:
        yield f"{FOLDER}/{name}.md", _page(name, named[name])


def _list(names: list[str], named: dict[str, ModuleType]) -> str:
    rows = []
    for name in names:
        schema = f"[{name}.json](schemas/{name}.json)" if name in ITEMS else ""
        rows.append((f"[{name}](answers/{name}.md)", _about(named[name]), schema))
    return md.table(("answer", "to what", "JSON Schema"), rows)


def _about(room: ModuleType) -> str:
    return md.plain(" ".join((room.__doc__ or "").partition("\n\n")[0].split()))


def _page(name: str, room: ModuleType) -> str:
    own = [
        one for _, one in inspect.getmembers(room, _is_result) if one.__module__ == room.__name__
    ]
    own.sort(key=lambda kind: inspect.getsourcelines(kind)[1])
    own += ELSEWHERE.get(name, [])
    main = ITEMS.get(name, "").rpartition(".")[2]
    own.sort(key=lambda kind: kind.__name__ != main)
    title = {"parts": "Shared parts"}.get(name, name)
    about = md.paragraphs(room.__doc__)
    return md.page(f"# {title}", about, *(_section(kind, name, main) for kind in own))


def _is_result(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def _section(kind: type, name: str, main: str) -> str:
    hints = get_type_hints(kind)
    rows = [
        (
            md.code(field),
            kinds.told(hint) + (" or null" if kinds.optional(hint) else ""),
            md.plain(meanings.of_answer(kind, field)),
        )
        for field, hint in hints.items()
    ]
    if kind.__name__ == main and name not in WITHOUT_SENTENCE:
        message = meanings.of_answer(kind, "message")
        rows.append((md.code("message"), "text", message))
    return md.page(
        md.heading(2, kind.__name__, kinds.place(kind)),
        md.fence(f"{{py:class}} {kind.__module__}.{kind.__name__}", ""),
        docstrings.opening(kind),
        md.table(("field", "type", "meaning"), rows),
    )

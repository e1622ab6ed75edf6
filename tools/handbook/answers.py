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
ELSEWHERE: dict[str, list[type]] = {"parts": [limits.Limit], "data": [errors.Problem]}
"""Classes of an answer that stand in rooms of their own."""


def pages() -> Iterator[tuple[str, str]]:
    """Yield a page for each room of results, and the list of them."""
    rooms = [import_module(m.name) for m in iter_modules(results.__path__, "visamap.results.")]
    named = {kinds.page(room.__name__): room for room in rooms}
    names = sorted(named, key=lambda name: (name not in _rooms(), name))
    yield "made/answers-list.md", _list(names, named)
    yield (
        "made/answers-toctree.md",
        md.fence("{toctree}", "\n".join([":hidden:", "", *(f"answers/{name}" for name in names)])),
    )
    for name in names:
        yield f"{FOLDER}/{name}.md", _page(name, named[name])


def _rooms() -> dict[str, list[str]]:
    """Return the commands whose answers each room of results holds."""
    found: dict[str, list[str]] = {}
    for command, place in ITEMS.items():
        found.setdefault(kinds.page(place.partition(".")[0]), []).append(command)
    return found


def _list(names: list[str], named: dict[str, ModuleType]) -> str:
    rows = []
    for name in names:
        commands = _rooms().get(name, ())
        schema = ", ".join(f"[{one}.json](schemas/{one}.json)" for one in commands)
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
    main = {ITEMS[one].rpartition(".")[2]: one for one in _rooms().get(name, ())}
    own.sort(key=lambda kind: kind.__name__ not in main)
    title = {"parts": "Shared parts"}.get(name, name)
    about = md.paragraphs(room.__doc__)
    return md.page(f"# {title}", about, *(_section(kind, main) for kind in own))


def _is_result(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def _section(kind: type, main: dict[str, str]) -> str:
    hints = get_type_hints(kind)
    rows = [
        (
            md.code(field),
            kinds.told(hint) + (" or null" if kinds.optional(hint) else ""),
            md.plain(meanings.of_answer(kind, field)),
        )
        for field, hint in hints.items()
    ]
    if main.get(kind.__name__, "releases") not in {*WITHOUT_SENTENCE, "releases"}:
        message = meanings.of_answer(kind, "message")
        rows.append((md.code("message"), "text", message))
    # The exceptions have a page of their own, which describes what stands beside them, too.
    beside = ":no-index:" if kind.__module__ == errors.__name__ else ""
    return md.page(
        md.heading(2, kind.__name__, kinds.place(kind)),
        md.fence(f"{{py:class}} {kind.__module__}.{kind.__name__}", beside),
        docstrings.opening(kind),
        md.table(("field", "type", "meaning"), rows),
    )

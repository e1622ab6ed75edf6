"""JSON Lines: an object a line, passed on as it was written with our keys behind its own.

A line that is no object keeps its place as one that holds its text.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.results.screen_results import Problem
from visamap.screen.csv_text import BOM, told

LINE = "line"
"""The key under which a line is kept that is no object."""
BLANK = " \t\r\n"
DEEPEST = 100
"""Brackets in brackets; a text with more of them is no object to every reader."""
MOST_SEEN = 1000
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_written = json.JSONEncoder(ensure_ascii=False).encode  # `dumps` would make one for each value


class Line(NamedTuple):
    """A line as an object, its text and what it holds; ``trouble`` where it was none."""

    text: str
    values: Mapping[str, Any]
    trouble: Problem | None = None


def headings(path: str, named: str) -> tuple[str, ...]:
    """Return the keys of all objects, each by the foremost place that it takes in one."""
    foremost: dict[str, int] = {}
    seen: set[tuple[str, ...]] = set()
    for raw in raw_lines(path):
        line = line_of(raw, LINE)
        if not line or line.trouble or (keys := tuple(line.values)) in seen:
            continue
        if len(seen) > MOST_SEEN:
            seen.clear()
        seen.add(keys)
        for place, key in enumerate(keys):
            foremost[key] = min(place, foremost.get(key, place))
    if not foremost:
        raise WrongUsageError(
            tr(
                "{file!r} holds no JSON object with a key; JSON Lines hold one on each line.",
                file=named,
            )
        )
    return tuple(sorted(foremost, key=lambda key: (foremost[key], key)))


def raw_lines(path: str) -> Iterator[bytes]:
    """Yield the lines of a file as they are."""
    with open(path, "rb") as file:
        for number, raw in enumerate(file):
            yield raw if number else raw.removeprefix(BOM)


def line_of(raw: bytes, key: str) -> Line | None:
    """Read a line: none where it is empty; what is no object becomes the value of ``key``."""
    raw = raw.strip(b" \t\r\n")
    if not raw:
        return None
    trouble: Problem = "not-an-object"
    try:
        text = raw.decode()
        if (values := _object(text)) is not None:
            return Line(text, values)
    except UnicodeDecodeError:
        text, trouble = told(raw), "not-utf-8"
    kept = {key: text}
    return Line(json.dumps(kept, ensure_ascii=False, separators=(",", ":")), kept, trouble)


def broken_key(headings: Sequence[str], form: str) -> str:
    """Return the key of a broken line: a table has a column for it only in its first one."""
    return LINE if form == "jsonl" else headings[0]


def open_text(text: str) -> str:
    """Return an object's own text without its last brace; the rest of it is not touched."""
    return text[:-1].rstrip(BLANK)


def added_text(added: Sequence[str], values: Sequence[Any]) -> str:
    """Return further keys and the last brace, to follow an object's own keys."""
    pairs = zip(added, values, strict=True)
    said = (f",{key_text(key)}{_written(one)}" for key, one in pairs)
    return "".join(said) + "}"


def object_text(headings: Sequence[str], cells: Sequence[str | None]) -> str:
    """Return a row as an object; an empty cell is null."""
    found = {heading: cell or None for heading, cell in zip(headings, cells, strict=True)}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def key_text(key: str) -> str:
    """Return a key of ours with its colon."""
    return _written(key) + ":"


def cell_text(value: Any) -> str | None:
    """Return a value as a cell: strings and numbers as they are written, all else as JSON."""
    if value is None or isinstance(value, str):
        return value
    return _json(value)


def _json(value: Any) -> str:
    if isinstance(value, Number):
        return value
    if isinstance(value, dict):
        pairs = (f"{key_text(key)}{_json(one)}" for key, one in value.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_json, value)) + "]"
    return _written(value)


def _object(text: str) -> dict[str, Any] | None:
    """Return the object that a text is to every engine, or none."""
    try:
        values = READ.decode(text)
        if SURROGATE.search(text):
            json.dumps(values, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    if text.count("{") + text.count("[") > DEEPEST and _nesting(text) > DEEPEST:
        return None
    return values if isinstance(values, dict) else None


def _nesting(text: str) -> int:
    """Return how deep brackets stand in brackets, those in strings apart."""
    deep = most = 0
    for sign in TOKEN.findall(text):
        deep += {"{": 1, "[": 1, "}": -1, "]": -1}.get(sign, 0)
        most = max(most, deep)
    return most


class Number(str):
    """A number as it was written."""

    __slots__ = ()


def _refused(constant: str) -> None:
    raise ValueError(constant)


def _first_of_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        found = dict(reversed(pairs))
        return {key: found[key] for key, _ in pairs}
    return found


READ = json.JSONDecoder(
    object_pairs_hook=_first_of_each,
    parse_constant=_refused,
    parse_int=Number,
    parse_float=Number,
)

"""JSON Lines: an object a line, passed on as it was written with our keys behind its own.

A line that is no object keeps its place as one that holds its text.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from visamap.bulk.csv_rows import BOM, told
from visamap.errors import WrongUsageError
from visamap.language import tr
from visamap.results.screen import Problem

LINE = "line"
"""The key under which a line is kept that is no object."""
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class Line(NamedTuple):
    """A line as an object, its text and what it holds; ``trouble`` where it was none."""

    text: str
    found: Mapping[str, Any]
    trouble: Problem | None = None


def lines(path: str, key: str) -> Iterator[Line]:
    """Yield the lines; empty ones are none, and what is no object becomes the value of ``key``."""
    with open(path, "rb") as file:
        yield from lines_of(file, key)


def lines_of(file: Iterable[bytes], key: str) -> Iterator[Line]:
    """Yield the lines of a piece of a list, as ``lines`` does."""
    for number, whole in enumerate(file):
        raw = (whole if number else whole.removeprefix(BOM)).strip(b" \t\r\n")
        if not raw:
            continue
        text = told(raw)
        if text.encode() != raw:
            trouble: Problem = "not-utf-8"
        elif (found := _object(text)) is not None:
            yield Line(text, found)
            continue
        else:
            trouble = "not-an-object"
        kept = {key: text}
        yield Line(json.dumps(kept, ensure_ascii=False, separators=(",", ":")), kept, trouble)


def broken_key(headings: Sequence[str], form: str) -> str:
    """Return the key of a broken line: a table has a column for it only in its first one."""
    return LINE if form == "jsonl" else headings[0]


def keys(paths: Sequence[str], named: str) -> tuple[str, ...]:
    """Return the keys of all objects of files, by the foremost place that each takes in a line.

    Raises:
        WrongUsageError: there is none.
    """
    found: dict[str, int] = {}
    for line in chain.from_iterable(lines(path, LINE) for path in paths):
        for place, key in enumerate(() if line.trouble else line.found):
            found[key] = min(place, found.get(key, place))
    if not found:
        raise WrongUsageError(
            tr(
                "{file!r} holds no JSON object with a key; JSON Lines hold one on each line.",
                file=named,
            )
        )
    return tuple(sorted(found, key=lambda key: (found[key], key)))


def added_text(text: str, added: Mapping[str, Any]) -> str:
    """Return the object's own text with further keys; the rest of it is not touched."""
    more = ",".join(
        key_text(key) + json.dumps(value, ensure_ascii=False) for key, value in added.items()
    )
    own = text[:-1].rstrip()
    return f"{own}{'' if own == '{' else ','}{more}}}"


def key_text(key: str) -> str:
    """Return a key of ours with its colon."""
    return json.dumps(key, ensure_ascii=False) + ":"


def written_text(value: Any) -> str | None:
    """Return a value as a cell: strings as they are, everything else as JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _object(text: str) -> dict[str, Any] | None:
    """Return the object that a text is to every engine, or none."""
    try:
        found = json.loads(text, object_pairs_hook=_first_of_each, parse_constant=_refused)
        if SURROGATE.search(text):
            json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _refused(constant: str) -> None:
    raise ValueError(constant)


def _first_of_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found

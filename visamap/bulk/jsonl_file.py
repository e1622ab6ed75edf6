"""JSON Lines: an object a line, passed on as it was written with our keys behind its own."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from visamap.bulk.csv_file import not_utf8
from visamap.errors import WrongUsageError
from visamap.language import tr


def objects(path: str, named: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each line with what it holds; empty lines are none.

    Raises:
        WrongUsageError: a line is not an object.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(file, 1):
                text = line.strip()
                if not text:
                    continue
                try:
                    found = json.loads(text, object_pairs_hook=_first_of_each)
                except (ValueError, RecursionError):
                    found = None
                if not isinstance(found, dict):
                    raise WrongUsageError(
                        tr(
                            "Line {line} of {file!r} is not a JSON object; JSON Lines hold one on "
                            "each line.",
                            line=number,
                            file=named,
                        )
                    )
                yield text, found
    except UnicodeDecodeError as error:
        raise not_utf8(named) from error


def keys(path: str, named: str) -> tuple[str, ...]:
    """Return the keys of all lines, by the foremost place that each takes in a line.

    Raises:
        WrongUsageError: a line is not an object, or there is none.
    """
    found: dict[str, int] = {}
    for _, one in objects(path, named):
        for place, key in enumerate(one):
            found[key] = min(place, found.get(key, place))
    if not found:
        raise WrongUsageError(
            tr("{file!r} is empty; JSON Lines hold an object on each line.", file=named)
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


def _first_of_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found

"""Problems as lines for people, as plain values for JSON, as remarks on a pull request.

It shows what it is given, sorted by place; it never hides, counts down or mends a problem.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from visamap.render.json_form import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from visamap.errors import Problem
    from visamap.results.data import Inspection
    from visamap.results.parts import DataRef

COUNTED = (
    "instruments",
    "regimes",
    "visas",
    "sources",
    "outbound_rules",
    "observations",
    "crossings",
)
"""The sections that a reader knows by name, out of twenty."""


def inspections(found: list[Inspection], form: str) -> str:
    """Return the answer to ``validate`` for several files, those of one after the other."""
    if len(found) == 1 or form != "json":
        return "\n".join(inspection(one, form) for one in found)
    release = next((one.release.isoformat() for one in found if one.release), None)
    data = {"release": release, "digest": found[0].digest}
    items = [item for one in found for item in json_form(one.problems)]
    return _envelope(data, {"file": [one.file for one in found]}, items, [])


def inspection(found: Inspection, form: str) -> str:
    """Return the answer to ``validate`` as text, json or github."""
    if form == "json":
        release = found.release.isoformat() if found.release else None
        data = {"release": release, "digest": found.digest}
        return _envelope(data, {"file": found.file}, json_form(found.problems), [])
    listed = github(found.problems) if form == "github" else _lines(found.problems)
    counts = [_count(found.counts[name], name) for name in COUNTED if name in found.counts]
    said = ", ".join(counts) + ": " if counts else ""
    summary = _summary(found.problems)
    end = f"{found.file}: {said}{summary[0].lower()}{summary[1:]}"
    return f"{listed}\n{end}" if listed else end


def checked_when_built(data: DataRef, form: str) -> str:
    """Say that there is no file to check: an installed package carries sound tables only."""
    message = (
        f"The shipped data (release {data.release}, {data.digest}) was checked when it was built. "
        "Name a FILE to check one."
    )
    if form != "json":
        return message
    known = {"release": data.release.isoformat(), "digest": data.digest}
    notes = [{"code": "checked_when_built", "message": message}]
    return _envelope(known, {"file": None}, [], notes)


def json_form(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Return what stands under ``items`` in the JSON envelope."""
    return [problem._asdict() for problem in sorted(problems)]


def github(problems: Iterable[Problem]) -> str:
    """Return the workflow commands that GitHub turns into remarks beside the lines."""
    return "\n".join(
        f"::{found.severity} file={_property(found.file)},line={found.line},col={found.column},"
        f"title={_property(found.rule)}::{_data(found.message)}"
        for found in sorted(problems)
    )


def _envelope(
    data: dict[str, Any], asked: dict[str, Any], items: list[Any], notes: list[Any]
) -> str:
    whole = {
        "schema": SCHEMA,
        "command": "validate",
        "data": data,
        "asked": asked,
        "items": items,
        "notes": notes,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _lines(problems: Iterable[Problem]) -> str:
    return "\n".join(map(str, sorted(problems)))


def _count(number: int, section: str) -> str:
    words = section.replace("_", " ")
    return f"{number} {words.removesuffix('s') if number == 1 else words}"


def _summary(problems: Collection[Problem]) -> str:
    if not problems:
        return "No problems."
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    counts = [
        f"{count} {word}{'' if count == 1 else 's'}"
        for count, word in ((errors, "error"), (warnings, "warning"))
        if count
    ]
    return f"{' and '.join(counts)}."


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    # Inside "key=value,key=value::" a colon or a comma would end the value early.
    return _data(value).replace(":", "%3A").replace(",", "%2C")

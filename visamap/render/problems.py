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
    from visamap.results.data_results import Inspection
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
    """Return the answer to ``validate`` as text, json or github, one file after the other."""
    if form != "json":
        return "\n".join(_inspection(one, form) for one in found)
    release = next((one.release.isoformat() for one in found if one.release), None)
    files = [one.file for one in found]
    return _envelope(
        {"release": release, "digest": found[0].digest},
        {"file": files if len(files) > 1 else files[0]},
        [item for one in found for item in json_form(one.problems)],
    )


def _inspection(found: Inspection, form: str) -> str:
    listed = "\n".join(map(str, sorted(found.problems)))
    if form == "github":
        listed = github(found.problems)
    counts = [_count(found.counts[name], name) for name in COUNTED if name in found.counts]
    said = ", ".join(counts) + ": " if counts else ""
    end = f"{found.file}: {said}{_summary(found.problems)}"
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
    return _envelope(known, {"file": None}, [], {"code": "checked_when_built", "message": message})


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
    data: dict[str, Any], asked: dict[str, Any], items: list[Any], *notes: dict[str, Any]
) -> str:
    whole = {"schema": SCHEMA, "command": "validate", "data": data, "asked": asked}
    return json.dumps({**whole, "items": items, "notes": notes}, ensure_ascii=False, indent=2)


def _count(number: int, section: str) -> str:
    words = section.replace("_", " ")
    return f"{number} {words.removesuffix('s') if number == 1 else words}"


def _summary(problems: Collection[Problem]) -> str:
    if not problems:
        return "no problems."
    errors = sum(problem.severity == "error" for problem in problems)
    counts = {"errors": errors, "warnings": len(problems) - errors}
    return f"{' and '.join(_count(number, word) for word, number in counts.items() if number)}."


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    # Inside "key=value,key=value::" a colon or a comma would end the value early.
    return _data(value).replace(":", "%3A").replace(",", "%2C")

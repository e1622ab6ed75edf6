"""Problems as lines for people, as plain values for JSON, as remarks on a pull request.

It shows what it is given, sorted by place; it never hides, counts down or mends a problem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from visamap.problems import Problem


def text(problems: Collection[Problem]) -> str:
    """Return one line per problem and a last line that counts them."""
    return "\n".join([*map(str, sorted(problems)), _summary(problems)])


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

"""Reads a release that ``visamap export json`` wrote: the only form in which two are compared."""

import json
from itertools import takewhile
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError

from visamap.errors import MissingFileError, WrongUsageError
from visamap.language import tr
from visamap.models.base import Day
from visamap.problems import shortened
from visamap.vocabulary import Passport, Verdict

LARGEST = 100_000_000
"""Bytes; ours has some three million."""
SCHEMA = 1


class _Part(BaseModel):
    """What is compared; a release says more, and that may change without us."""

    model_config = ConfigDict(strict=True, defer_build=True)


class _Data(_Part):
    release: Day
    digest: str


class _Country(_Part):
    code: str
    name_en: str


class _Rule(_Part):
    nationality: str
    passport: Passport
    first_day: Day
    last_day: Day
    verdict: Verdict
    max_stay_days: NonNegativeInt | None


class _Release(_Part):
    version: Literal[1] = Field(alias="schema")
    data: _Data
    countries: list[_Country]
    rules: list[_Rule]
    dataset: dict[str, dict[str, Any] | list[dict[str, Any]] | None]


def read_release(path: Path) -> dict[str, Any]:
    """Return the document in a file.

    Raises:
        MissingFileError: it is not there.
        WrongUsageError: it cannot be read, or is no release in this form.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise WrongUsageError(
                tr("{file} is too large for a release of ours; check the name.", file=path)
            )
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise MissingFileError(path) from error
    except (OSError, ValueError, RecursionError) as error:
        raise WrongUsageError(
            tr(
                "{file} cannot be read as JSON; write one with `visamap export json -o FILE`.",
                file=path,
            )
        ) from error
    if isinstance(found, dict) and found.get("schema", SCHEMA) != SCHEMA:
        raise WrongUsageError(
            tr(
                "{file} has schema {schema}, and this program compares schema {known}; "
                "use the program that wrote it.",
                file=path,
                schema=shortened(repr(found["schema"])),
                known=SCHEMA,
            )
        )
    try:
        _Release.model_validate(found)
    except ValidationError as error:
        steps = map(str, error.errors(include_url=False)[0]["loc"])
        place = ".".join(takewhile(lambda step: "[" not in step, steps))  # no types of a union
        raise WrongUsageError(
            tr(
                "{file} is no release ({place} is not as it should be); write one with "
                "`visamap export json -o FILE`.",
                file=path,
                place=place or "{}",
            )
        ) from error
    return found

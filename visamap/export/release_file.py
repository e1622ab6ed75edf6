"""Reads a release that ``visamap export json`` wrote: the only form in which two are compared."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from visamap.errors import MissingFileError, WrongUsageError, shortened
from visamap.i18n import tr
from visamap.vocabulary import PASSPORTS, VERDICTS

LARGEST = 100_000_000
"""Bytes; ours has some twenty million."""
SCHEMA = 1


def _slips(found: Any) -> Iterator[str]:
    """Yield where a document is not as it is written, as far as it is compared."""
    if not isinstance(found, dict):
        yield "1:1"  # line and column
        return
    if found.get("schema") != SCHEMA:
        yield "schema"
    data, others = found.get("data"), found.get("other_datasets", {})
    if not (isinstance(data, dict) and isinstance(data.get("digest"), str)):
        yield "data"
    elif not _is_day(data.get("release")):
        yield "data.release"
    for name, fits in (("countries", _is_country), ("rules", _is_rule)):
        rows = found.get(name)
        if not isinstance(rows, list):
            yield name
        else:
            yield from (f"{name}[{n}]" for n, row in enumerate(rows) if not fits(row))
    yield from _slips_of_records("dataset", found.get("dataset"))
    for home, records in others.items() if isinstance(others, dict) else [("", None)]:
        yield from _slips_of_records(f"other_datasets.{home}", records)


def _slips_of_records(place: str, records: Any) -> Iterator[str]:
    if not isinstance(records, dict):
        yield place
        return
    for section, rows in records.items():
        listed = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
        if not (listed or rows is None or isinstance(rows, dict)):
            yield f"{place}.{section}"


def _is_country(row: Any) -> bool:
    return isinstance(row, dict) and all(
        isinstance(row.get(name), str) for name in ("code", "name_en")
    )


def _is_rule(row: Any) -> bool:
    if not (isinstance(row, dict) and isinstance(row.get("nationality"), str)):
        return False
    days = row.get("max_stay_days", False)
    return (
        row.get("passport") in PASSPORTS
        and row.get("verdict") in VERDICTS
        and _is_day(row.get("first_day"))
        and _is_day(row.get("last_day"))
        and (days is None or (type(days) is int and days >= 0))
    )


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def read_release(path: Path) -> dict[str, Any]:
    """Return the document in a file."""
    try:
        if path.stat().st_size > LARGEST:
            raise WrongUsageError(
                tr("{file} is too large to be a release of the data; check the name.", file=path)
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
    if (place := next(_slips(found), None)) is not None:
        raise WrongUsageError(
            tr(
                "{file} is not a release of the data ({place} is not as expected); write one with "
                "`visamap export json -o FILE`.",
                file=path,
                place=shortened(place),
            )
        )
    return found

"""Reads a release that ``visamap export json`` wrote: the only form in which two are compared."""

import json
from pathlib import Path
from typing import Any

from visamap.errors import MissingFileError, WrongUsageError
from visamap.language import tr

LARGEST = 100_000_000
"""Bytes; ours has some three million."""
NEEDED = ("schema", "data", "rules", "countries", "dataset")
SCHEMA = 1


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
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise MissingFileError(path) from error
    except (OSError, ValueError, RecursionError) as error:
        raise WrongUsageError(
            tr(
                "{file} cannot be read as JSON; write one with `visamap export json -o FILE`.",
                file=path,
            )
        ) from error
    if not isinstance(found, dict) or any(name not in found for name in NEEDED):
        raise WrongUsageError(
            tr(
                "{file} is no release; write one with `visamap export json -o FILE`.",
                file=path,
            )
        )
    if found["schema"] != SCHEMA:
        raise WrongUsageError(
            tr(
                "{file} has schema {schema}, and this program compares schema {known}; "
                "use the program that wrote it.",
                file=path,
                schema=found["schema"],
                known=SCHEMA,
            )
        )
    return found

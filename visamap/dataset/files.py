"""Which files make up a dataset, and the digest that names their content."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from visamap.dataset.text_file import unreadable
from visamap.errors import BrokenDataError, MissingFileError

SOURCES_FILE = "sources.yaml"
NAMES_FILE = "country_names.yaml"
MOBILITY = "mobility"
"""The folder of bulk rows beside the law: ranks, snapshots."""


def named_file(name: str | Path) -> Path:
    """Return the path of a data file that somebody named.

    Raises:
        MissingFileError: "", "." and "/" name no file.
    """
    path = Path(name)
    if not path.name:
        raise MissingFileError(name)
    return path


def files_of(path: Path) -> list[Path]:
    """Return the files of the dataset at ``path``: the law first, then what stands beside it."""
    beside = path.with_name(SOURCES_FILE)
    return [path, *([beside] if beside.is_file() else []), *mobility_files(path.parent)]


def mobility_files(folder: Path) -> list[Path]:
    """Return the files of bulk rows in the data folder, in the order of their names."""
    rows = folder / MOBILITY
    return sorted([*rows.glob("*.yaml"), *rows.glob("*.csv")])


def digest_of(paths: Iterable[Path]) -> str:
    """Return the digest of files in order, as every answer carries it.

    Raises:
        MissingFileError: one of them is not there.
        BrokenDataError: one cannot be read.
    """
    digest = hashlib.sha256()
    for path in paths:
        try:
            digest.update(path.read_bytes())
        except (FileNotFoundError, NotADirectoryError) as error:
            raise MissingFileError(path) from error
        except (OSError, ValueError) as error:
            raise BrokenDataError(path, [unreadable(str(path), error)]) from error
    return f"sha256:{digest.hexdigest()}"

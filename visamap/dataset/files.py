"""Which files make up a dataset, and the digest that names their content."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from visamap.dataset.text_file import contents
from visamap.errors import BrokenDataError, MissingFileError

SOURCES_FILE = "sources.yaml"
NAMES_FILE = "country_names.yaml"
MOBILITY = "mobility"
"""The folder of bulk rows beside the law: ranks, snapshots."""
_SOURCES_INSIDE = re.compile(rb"^(?:\xef\xbb\xbf)?sources:", re.MULTILINE)


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
    """Return the files that are read for a law file: itself, and its sources where they are apart.

    Raises:
        MissingFileError: it is not there.
        BrokenDataError: it cannot be read.
    """
    beside = path.with_name(SOURCES_FILE)
    apart = not sources_inside(_read(path)) and beside.is_file()
    return [path, *([beside] if apart else [])]


def sources_inside(content: bytes) -> bool:
    """Tell whether a law file holds its sources itself, before it is parsed."""
    return _SOURCES_INSIDE.search(content) is not None


def shipped_files(folder: Path) -> list[Path]:
    """Return all files of our own data, each of which is read."""
    return sorted([*folder.glob("*.yaml"), *mobility_files(folder)])


def mobility_files(folder: Path) -> list[Path]:
    """Return the files of bulk rows in a data folder, with the notices that go with them."""
    rows = folder / MOBILITY
    return sorted(path for ending in ("yaml", "csv", "txt") for path in rows.glob(f"*.{ending}"))


def digest_of(paths: Iterable[Path], folder: Path) -> str:
    """Return the digest of files, as every answer carries it: name, length and bytes of each.

    Names are those inside ``folder``. Without lengths the bytes of two files could be divided
    otherwise between them and look the same.

    Raises:
        MissingFileError: one of them is not there.
        BrokenDataError: one cannot be read.
    """
    digest = hashlib.sha256()
    for path in paths:
        content = _read(path)
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return f"sha256:{digest.hexdigest()}"


def _read(path: Path) -> bytes:
    content, problems = contents(path)
    if problems:
        raise BrokenDataError(path, problems)
    return content

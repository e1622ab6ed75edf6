"""What ``visamap update`` brought, as plain values: the reading side, light for any question.

A kind of data ("matrix", "data") has a folder of its own in the user's data folder. Its file
``in-force.json`` names the copy in force and the one before; it is replaced in one step, so that a
reader sees the old copy or the new one, whole. Copies are never changed once they are there.
Nothing is fetched or written here; ``visamap.update`` does that. What is no longer whole is a
``DamagedCopyError``.
"""

import os
from typing import TYPE_CHECKING, Any

from visamap.errors import DamagedCopyError

if TYPE_CHECKING:
    from visamap.results.data_results import UpdateKind

MATRIX_URL = (
    "https://raw.githubusercontent.com/imorte/passport-index-data/main/passport-index-tidy-iso3.csv"
)
"""The upstream home of the matrix; the file is under the MIT licence."""
SCHEMA = 1
"""The schema of our own data files that this version reads."""
IN_FORCE = "in-force.json"
Stamp = tuple[tuple[int, int] | None, ...]
COMMANDS: "dict[UpdateKind, str]" = {"matrix": "visamap update", "data": "visamap update --data"}


def user_folder() -> str:
    """Return the folder that holds what the user asked to keep; it need not be there yet.

    For a user without a home it lies where nothing can be.
    """
    base = _base() or os.path.join(home() or os.devnull, ".local", "share")
    return os.path.join(base, "visamap")


def has_place() -> bool:
    """Tell whether there is a place to keep data in: a home, or a folder that the user named."""
    return bool(_base() or home())


def _base() -> str | None:
    named = os.environ.get("XDG_DATA_HOME")
    return named or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else None)


def home() -> str | None:
    """Return the user's home; ``None`` where the system knows of none."""
    found = os.path.expanduser("~")
    return found if os.path.isabs(found) else None


def folder_of(kind: "UpdateKind") -> str:
    """Return the folder of a kind of data."""
    return os.path.join(user_folder(), kind)


def stamp() -> Stamp:
    """Return what changes when a copy is put into force: the two pointers are replaced whole."""
    folder, seen = user_folder(), list[tuple[int, int] | None]()
    for kind in COMMANDS:  # a server asks at every request
        try:
            found = os.stat(f"{folder}/{kind}/{IN_FORCE}")
            seen.append((found.st_ino, found.st_mtime_ns))
        except OSError:
            seen.append(None)
    return tuple(seen)


def matrix() -> dict[str, Any] | None:
    """Return the matrix in force, or ``None`` where none was fetched.

    ``pairs`` is {passport: {destination: [requirement, days]}}: our codes and words, days only
    where upstream gives a number, a passport's own country left out. Beside it stand ``as_of``
    (a day), ``as_of_basis`` ("last-modified" or "fetched"), ``fetched``, ``url``, ``etag``,
    ``last_modified`` and ``digest``.
    """
    copy = info("matrix")
    while copy is not None:
        try:
            return {**copy, "pairs": pairs_of(copy)}
        except DamagedCopyError:
            # An update may have cleared it away between the two looks; then another is in force.
            newer = info("matrix")
            if newer == copy:
                raise
            copy = newer
    return None


def pairs_of(copy: dict[str, Any]) -> dict[str, dict[str, list[Any]]]:
    """Return the pairs of one copy of the matrix."""
    path = os.path.join(folder_of("matrix"), copy["file"])
    try:
        pairs: dict[str, dict[str, list[Any]]] = _read(path)["pairs"]
    except (OSError, ValueError) as error:
        raise DamagedCopyError(path, COMMANDS["matrix"]) from error
    return pairs


def info(kind: "UpdateKind" = "matrix") -> dict[str, Any] | None:
    """Return what is known of the copy in force, if there is one; it is not read."""
    copy: dict[str, Any] | None = in_force(kind)["current"]
    return copy


def in_force(kind: "UpdateKind") -> dict[str, Any]:
    """Return the copy in force as ``current``, the one before as ``previous``, or ``None``."""
    path = os.path.join(folder_of(kind), IN_FORCE)
    try:
        named: dict[str, Any] = _read(path)
    except (FileNotFoundError, NotADirectoryError):
        return {"current": None, "previous": None}
    except (OSError, ValueError) as error:
        raise DamagedCopyError(path, COMMANDS[kind]) from error
    return named


def every(named: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all copies that a record of them names: in force, the one before, kept ones."""
    named_ones = [named["current"], named["previous"], *named.get("kept", ())]
    return [copy for copy in named_ones if copy]


def is_there(kind: "UpdateKind", copy: dict[str, Any]) -> bool:
    """Tell whether all files of a copy have the sizes that they were written with: a quick look."""
    folder = folder_of(kind)
    try:
        return all(
            os.path.getsize(os.path.join(folder, name)) == size
            for name, size in copy["sizes"].items()
        )
    except OSError:
        return False


def _read(path: str) -> Any:
    """Return what stands in a file of ours, which bears its name in its seal."""
    from visamap.store.tables import unsealed  # noqa: PLC0415  only who has fetched data pays for it

    with open(path, "rb") as file:
        return unsealed(file.read(), os.path.basename(path))

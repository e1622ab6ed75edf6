"""Puts a copy into force in the user's data folder, in one step, and takes it out again.

New files are written where nobody looks for them; then ``in-force.json`` is replaced by renaming.
Killed at any point, an update leaves the old copy in force or the new one, and at most files that
nobody names, which the next update removes. ``store.copies`` reads it.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from visamap.data.text import digest_of, files_of
from visamap.errors import (
    DamagedCopyError,
    OutputError,
    UpdateUnderWayError,
    VisamapError,
    WrongUsageError,
)
from visamap.i18n import tr
from visamap.results.data_results import UpdateKind
from visamap.store import fetched_data
from visamap.store.tables import sealed, whole, whole_others, whole_tables
from visamap.writing import write_file

LAW = "visa_regimes.yaml"
"""How the law's file of a release is called."""
LOCK = "update.lock"
MOST_KEPT = 24
"""Releases that are kept to be asked what they said: two years of them, one a month."""


@contextmanager
def locked() -> Iterator[None]:
    """Keep other updates out; the system itself lets go of the lock when we die."""
    if not fetched_data.has_place():
        raise WrongUsageError(
            tr(
                "This user has no home folder to keep data in; set XDG_DATA_HOME to a folder and "
                "try again."
            )
        )
    folder = Path(fetched_data.user_folder())
    lock = FileLock(folder / LOCK, mode=0o600)
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(blocking=False)
        except Timeout as error:
            raise UpdateUnderWayError(folder) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def update_of(kind: UpdateKind) -> Iterator[dict[str, Any]]:
    """Hold the lock, tell which copies there are, and clear away what none needs."""
    with locked():
        try:
            yield _known(kind)
        finally:
            _tidy(kind)


def _known(kind: UpdateKind) -> dict[str, Any]:
    """Return the copy in force and the one before; a damaged record of them counts as none."""
    try:
        return fetched_data.in_force(kind)
    except DamagedCopyError:
        return {"current": None, "previous": None}


def unused(kind: UpdateKind, now: datetime, ending: str = "") -> Path:
    """Return where a new copy can be written: a name after the moment that nothing bears yet."""
    start = os.path.join(
        fetched_data.folder_of(kind), f"{kind}-{now.astimezone(UTC):%Y%m%dT%H%M%S}"
    )
    return next(path for n in count(1) if not (path := Path(f"{start}-{n}{ending}")).exists())


def write(path: Path, content: bytes) -> None:
    """Write a file to the disk itself, whole or not at all."""
    with _writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, content)


def put_in_force(
    kind: UpdateKind, current: dict[str, Any] | None, previous: dict[str, Any] | None
) -> None:
    """Make a copy the one that answers and keep the one before, of our own data all of late."""
    named: dict[str, Any] = {"current": current, "previous": previous}
    if kind == "data":
        every = [current, previous, *fetched_data.every(_known(kind))]
        by_file = {copy["file"]: copy for copy in every if copy}
        kept = sorted(by_file.values(), key=lambda copy: str(copy["as_of"]), reverse=True)
        named["kept"] = kept[:MOST_KEPT]
    content = sealed(named, fetched_data.IN_FORCE, indent=1)
    write(Path(fetched_data.folder_of(kind)) / fetched_data.IN_FORCE, content)


def is_whole(kind: UpdateKind, copy: dict[str, Any]) -> bool:
    """Tell whether a copy is as it was written, every byte of it."""
    folder = Path(fetched_data.folder_of(kind)) / copy["file"]
    try:
        if kind == "matrix":
            return bool(fetched_data.pairs_of(copy))
        whole(str(folder))
        whole_others(str(folder), copy.get("others", ()))
        whole_tables(str(folder), copy.get("tables", ()))
        return bool(digest_of(files_of(folder), folder) == copy["digest"])
    except (VisamapError, OSError, ValueError):
        return False


def _tidy(kind: UpdateKind) -> None:
    needed = {fetched_data.IN_FORCE, *(copy["file"] for copy in fetched_data.every(_known(kind)))}
    for path in Path(fetched_data.folder_of(kind)).glob("*"):
        if path.name in needed:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):  # it stays until the next update
                path.unlink()


def swapped(kind: UpdateKind) -> dict[str, Any]:
    """Put the copy before into force and keep the present one; done twice, nothing has changed."""
    with locked():
        named = fetched_data.in_force(kind)
        command = fetched_data.COMMANDS[kind]
        if not (named["current"] or named["previous"]):
            raise WrongUsageError(
                tr("There is no copy to return to; `{command}` fetches one.", command=command)
            )
        current, previous = named["current"], named["previous"]
        if previous and not is_whole(kind, previous):
            raise DamagedCopyError(Path(fetched_data.folder_of(kind)) / previous["file"], command)
        put_in_force(kind, previous, current)
        return {"current": previous, "previous": current}


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error

"""Writes files, each whole or not at all; whatever visamap keeps or hands out goes through here.

A file is written beside its place, under a name that nobody asks for, and renamed into it: killed
at any moment, it leaves the file of before or the new one. What is replaced hands its rights on.
"""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from visamap.errors import OutputError, OutputExistsError

ANY, ANYBODY, OWNER, GROUP = 0o777, 0o666, 0o600, 0o070

StrPath = str | os.PathLike[str]


def write_output(path: str, data: str | bytes, overwrite: bool = False) -> None:
    """Write ``data`` into a file that the user names.

    Raises:
        OutputExistsError: there is something at ``path`` and ``overwrite`` is false.
        OutputError: the directory is missing or read-only, the disk is full, or the like.
    """
    refuse_existing(path, overwrite)
    write_file(path, data.encode() if isinstance(data, str) else data)


def refuse_existing(path: str, overwrite: bool) -> None:
    """Refuse a place that is taken; called early, it spares the work for an answer.

    Raises:
        OutputExistsError: there is something at ``path`` and ``overwrite`` is false.
    """
    if not overwrite and os.path.lexists(path or os.curdir) and not _is_stream(path):
        raise OutputExistsError(path)


def write_file(path: StrPath, content: bytes, *, durable: bool = True) -> None:
    """Write ``content`` at ``path``; without ``durable`` a power cut may still take it away.

    Raises:
        OutputError: it cannot be written.
    """
    with replacing(path, durable=durable) as beside, open(beside, "wb") as file:
        file.write(content)


@contextmanager
def replacing(path: StrPath, *, like: StrPath | None = None, durable: bool = True) -> Iterator[str]:
    """Give the name of a file to write, which takes the place of ``path`` when all went well.

    It gets the rights of the file that it replaces; without one those of any new file, or fewer
    where fewer may read ``like``, the file that it was made from. A link stays and its target is
    replaced. A device or a pipe is given by its own name: renamed over, ``/dev/null`` would become
    a file.

    Raises:
        OutputError: it cannot be written.
    """
    place = os.path.realpath(path)
    try:
        if _is_stream(place):
            yield place
            return
        beside = name_beside(place)
        try:
            old, model = _stat(place), _stat(like)
            mode = OWNER if old else model.st_mode & ANYBODY | OWNER if model else ANYBODY
            os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
            made = os.stat(beside)
            yield beside
            hand_on_rights(old or model or made, beside, None if old else made.st_mode)
            if durable:
                _settle(beside, os.O_RDWR)
            os.replace(beside, place)
        finally:
            with suppress(OSError):
                os.unlink(beside)
        if durable and sys.platform != "win32":
            with suppress(OSError):  # it stands there already, and not every folder can be read
                _settle(os.path.dirname(place), os.O_RDONLY)
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error


def name_beside(place: str) -> str:
    """Return a name in the same folder that nobody has, however long that of ``place`` is."""
    return os.path.join(os.path.dirname(place), f".visamap-{os.urandom(8).hex()}")


def hand_on_rights(of: os.stat_result, path: str, at_most: int | None = None) -> None:
    """Let those who may use a file or folder use ``path``, and nobody else."""
    mode, now = of.st_mode & ANY, os.stat(path)
    if at_most is not None:  # the owner is the one who writes it
        mode = mode & at_most | now.st_mode & OWNER
    owner = of.st_uid if at_most is None else now.st_uid
    if hasattr(os, "chown") and (owner, of.st_gid) != (now.st_uid, now.st_gid):
        try:
            os.chown(path, owner, of.st_gid)
        except OSError:  # only root gives files away
            mode &= ~(GROUP if of.st_gid != now.st_gid else 0)
    os.chmod(path, mode)


def _stat(path: StrPath | None) -> os.stat_result | None:
    if path is None:
        return None
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def _settle(path: str, flags: int) -> None:
    """See that what was written is on the disk itself."""
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_stream(path: str) -> bool:
    """Say whether there is something at ``path`` that is no file and no folder."""
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)

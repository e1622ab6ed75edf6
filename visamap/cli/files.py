"""Writes an answer into a file that the user names: the whole of it or nothing."""

import os
from contextlib import suppress

from visamap.errors import OutputError, OutputExistsError


def write_output(path: str, data: str | bytes, overwrite: bool = False) -> None:
    """Write ``data`` to a temporary file beside ``path`` and rename it into place.

    A device or a pipe is written to; renamed over, ``/dev/null`` would become a file.

    Raises:
        OutputExistsError: there is something at ``path`` and ``overwrite`` is false.
        OutputError: the directory is missing or read-only, the disk is full, or the like.
    """
    refuse_existing(path, overwrite)
    # Through a link, so that the link stays and its target is replaced.
    place = os.path.realpath(path)
    content = data.encode() if isinstance(data, str) else data
    if _is_stream(place):
        try:
            with open(place, "wb") as file:
                file.write(content)
        except OSError as error:
            raise OutputError(path, error.strerror or str(error)) from error
        return
    temporary = os.path.join(os.path.dirname(place), f".{os.path.basename(place)}.{os.getpid()}")
    try:
        with open(temporary, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, place)
    except OSError as error:
        with suppress(OSError):
            os.unlink(temporary)
        raise OutputError(path, error.strerror or str(error)) from error


def refuse_existing(path: str, overwrite: bool) -> None:
    """Refuse a place that is taken; called early, it spares the work for an answer.

    Raises:
        OutputExistsError: there is something at ``path`` and ``overwrite`` is false.
    """
    if not overwrite and os.path.lexists(path) and not _is_stream(path):
        raise OutputExistsError(path)


def _is_stream(path: str) -> bool:
    """Say whether there is something at ``path`` that is no file and no folder."""
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)

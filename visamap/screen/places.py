"""Where a list comes from and goes to: names that say the form, and an output that is whole or not.

The output is written beside its name and renamed at the end, so that a crash, a full disk or a
killed process never leaves half a list under that name. Standard input and output pass through a
temporary file: the list is read twice, and nobody gets half of it.
"""

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from uuid import uuid4

from visamap.errors import (
    MissingFileError,
    OutputError,
    OutputExistsError,
    VisamapError,
    WrongUsageError,
)
from visamap.i18n import tr

STREAM = "-"
FORMS = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}


class Place(NamedTuple):
    """A file that an engine reads or writes: its own path, the form, the name the user gave."""

    path: str
    form: str
    named: str


def form_of(path: str) -> str:
    """Return the form that the end of a name says; a stream is CSV.

    Raises:
        WrongUsageError: it says none.
    """
    ending = os.path.splitext(path)[1].lower()
    if path == STREAM:
        return "csv"
    if ending not in FORMS:
        raise WrongUsageError(
            tr(
                "{path!r} does not say what it is; give a name that ends in {endings}, or - for "
                "CSV on standard input or output.",
                path=path,
                endings=", ".join(FORMS),
            )
        )
    return FORMS[ending]


@contextmanager
def workshop() -> Iterator[str]:
    """Give a temporary folder of one's own."""
    with tempfile.TemporaryDirectory(prefix="visamap-") as folder:
        yield folder


def source_place(source: str, folder: str) -> Place:
    """Return the file to read; ``folder`` takes what comes on standard input.

    Raises:
        MissingFileError: there is no such file.
        WrongUsageError: it is a folder, or may not be read.
    """
    form = form_of(source)
    if source == STREAM:
        path = os.path.join(folder, "stdin.csv")
        with open(path, "wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        return Place(path, form, tr("standard input"))
    if not os.path.exists(source):
        raise MissingFileError(source)
    try:
        with open(source, "rb"):
            pass
    except OSError as error:
        raise WrongUsageError(
            tr("{file!r} cannot be read ({why}).", file=source, why=error.strerror)
        ) from error
    return Place(source, form, source)


@contextmanager
def target_place(source: str, target: str, folder: str, *, overwrite: bool) -> Iterator[Place]:
    """Give a file to write that takes its name when everything went well.

    Raises:
        OutputExistsError: there is something of that name.
        OutputError: it cannot be written there.
        WrongUsageError: it is the input itself, or a folder.
    """
    form = form_of(target)
    if target == STREAM:
        path = os.path.join(folder, "stdout.csv")
        yield Place(path, form, tr("standard output"))
        with open(path, "rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    refuse(source, target, overwrite=overwrite)
    if os.path.isdir(target):
        raise WrongUsageError(
            tr("{path!r} is a folder; give the name of a file in it.", path=target)
        )
    # Through a link, so that the link stays and its target is replaced.
    place = os.path.realpath(target)
    # A short name of its own, for that of the target may be as long as names can be.
    path = os.path.join(os.path.dirname(place), f".visamap-{os.getpid()}-{uuid4().hex[:8]}.part")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _mode(source)))
        if os.path.exists(place):
            os.chmod(path, stat.S_IMODE(os.stat(place).st_mode))
        yield Place(path, form, target)
        with open(path, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(path, place)
    except VisamapError:
        raise
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise OutputError(target, why) from error
    finally:
        with suppress(OSError):
            os.unlink(path)


def _mode(source: str) -> int:
    """Return the mode of the answers: who may not read the list may not read them either."""
    mode = 0o666
    if os.path.isfile(source):
        mode &= os.stat(source).st_mode | stat.S_IRUSR | stat.S_IWUSR
    return mode


def refuse(source: str, target: str, *, overwrite: bool) -> None:
    """Refuse an output that is the input, or that exists.

    Raises:
        OutputExistsError: there is something of that name.
        WrongUsageError: it is the input itself.
    """
    there = os.path.lexists(target)
    if there and os.path.exists(source) and os.path.realpath(source) == os.path.realpath(target):
        raise WrongUsageError(tr("{path!r} is the input itself; choose another name.", path=target))
    if there and not overwrite:
        raise OutputExistsError(target)

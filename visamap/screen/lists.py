"""One list to screen: where it comes from and goes to, and what was asked for.

The answers take their name when they are whole. Standard input and output pass through a temporary
file: the list may be read twice, and nobody gets half of it.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from visamap.errors import MissingFileError, WrongUsageError
from visamap.i18n import tr
from visamap.screen.columns import Columns, find
from visamap.writing import refuse_existing, replacing

STREAM = "-"
FORMS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}

Progress = Callable[[float], None]
"""Told now and then which part of the work is done, from 0 to 1."""


class Place(NamedTuple):
    """A file that an engine reads or writes: its own path, the form, the name the user gave."""

    path: str
    form: str
    named: str


class Wanted(NamedTuple):
    """What the caller asks for besides input and output."""

    headings: Mapping[str, str]
    prefix: str = ""
    engine: str = "auto"
    master: str | None = None
    overwrite: bool = False


class Job(NamedTuple):
    """A list that an engine is to answer."""

    source: Place
    target: Place
    wanted: Wanted
    progress: Progress | None = None

    def columns(self, headings: Iterable[str]) -> Columns:
        """Find the roles among the headings."""
        return find(tuple(headings), self.wanted.headings, self.wanted.prefix)


def form_of(path: str) -> str:
    """Return the form that the end of a name says; a stream is CSV."""
    form = "csv" if path == STREAM else FORMS.get(os.path.splitext(path)[1].lower())
    if not form:
        raise WrongUsageError(
            tr(
                "{path!r} does not say what it is; give a name that ends in {endings}, or - for "
                "CSV on standard input or output.",
                path=path,
                endings=", ".join(FORMS),
            )
        )
    return form


def source_place(source: str, folder: str) -> Place:
    """Return the file to read; ``folder`` takes what comes on standard input."""
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
def target_place(source: str, target: str, folder: str) -> Iterator[Place]:
    """Give a file to write that takes its name when everything went well."""
    form = form_of(target)
    if target == STREAM:
        path = os.path.join(folder, "stdout.csv")
        yield Place(path, form, tr("standard output"))
        with open(path, "rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    if os.path.isdir(target):
        raise WrongUsageError(
            tr("{path!r} is a folder; give the name of a file in it.", path=target)
        )
    with replacing(target, like=source) as path:
        yield Place(path, form, target)


def refuse_target(source: str, target: str, *, overwrite: bool) -> None:
    """Refuse an output that is the input, or that exists."""
    if target == STREAM:
        return
    if os.path.exists(source) and os.path.realpath(source) == os.path.realpath(target):
        raise WrongUsageError(tr("{path!r} is the input itself; choose another name.", path=target))
    refuse_existing(target, overwrite)

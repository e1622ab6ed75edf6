"""One list to screen: where it comes from and goes to, what was asked, and what was answered.

The answers take their name when they are whole. Standard input and output pass through a temporary
file: the list may be read twice, and nobody gets half of it.
"""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple, Self

from visamap.errors import MissingFileError, WrongUsageError
from visamap.i18n import tr
from visamap.results.screen_results import BrokenRow, Problem, Unreadable
from visamap.screen.columns import PARTED, Answer, Columns, are_headings, find
from visamap.screen.csv_text import Head, head
from visamap.screen.rule_table import RuleBook
from visamap.writing import refuse_existing, replacing

STREAM = "-"
SEPARATORS = {".tsv": "\t", ".xlsx": ","}
"""What stands between cells whatever stood there in the list."""
PACKED = (".gz", ".zst")
WRITTEN = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), "csv"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".parquet": "parquet",
    ".xlsx": "excel",
}
READ = {**WRITTEN, ".json": "json", **dict.fromkeys((".xlsm", ".xls", ".ods"), "excel")}
"""The forms of lists, by the ending of the name; a packed one has another ending behind it."""

Progress = Callable[[float], None]
"""Told now and then which part of the work is done, from 0 to 1."""


class Place(NamedTuple):
    """A file that an engine reads or writes: its own path, the form, the name the user gave."""

    path: str
    form: str
    named: str


class Wanted(NamedTuple):
    """What the caller asks for besides input and output.

    ``dates`` is the order of day and month, ``problems`` whether only rows with a problem are
    written, ``excel`` whether CSV is marked for a spreadsheet, ``safe`` whether formulas are
    disarmed.
    """

    headings: Mapping[str, str]
    prefix: str = ""
    engine: str = "auto"
    master: str | None = None
    overwrite: bool = False
    encoding: str | None = None
    sheet: str | None = None
    dates: str | None = None
    problems: bool = False
    excel: bool = False
    safe: bool = False
    duties: bool = False


class Job(NamedTuple):
    """A list that an engine is to answer."""

    source: Place
    target: Place
    wanted: Wanted
    progress: Progress | None = None

    def columns(self, headings: Iterable[str]) -> Columns:
        """Find the roles among the headings."""
        wanted = self.wanted
        return find(tuple(headings), wanted.headings, wanted.prefix, duties=wanted.duties)

    def head(self) -> Head:
        """Read the headings of CSV."""
        fits = partial(are_headings, wanted=self.wanted.headings)
        return head(self.source.path, self.source.named, fits)

    def written(self, own: Head | None) -> Head:
        """Return how CSV is written: as the list was, which is CSV with a head of its ``own``."""
        own = own or Head((), ",", 0)
        ending = os.path.splitext(self.target.named.lower())[1]
        own = own._replace(delimiter=SEPARATORS.get(ending, own.delimiter))
        return own._replace(marked=own.marked or self.wanted.excel)


def form_of(path: str, forms: Mapping[str, str] = WRITTEN) -> str:
    """Return the form that the end of a name says; a stream is CSV."""
    if path == STREAM:
        return "csv"
    name, ending = os.path.splitext(path.lower())
    if forms is READ and ending in PACKED:
        ending = os.path.splitext(name)[1]
    if not (form := forms.get(ending)):
        raise WrongUsageError(
            tr(
                "{path!r} has no known ending; give a name that ends in {endings}, or - for CSV "
                "on standard input or output.",
                path=path,
                endings=", ".join(forms),
            )
        )
    return form


def source_place(source: str, folder: str) -> Place:
    """Return the file to read; ``folder`` takes what comes on standard input."""
    form = form_of(source, READ)
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
def readable(named: str, *slips: type[Exception]) -> Iterator[None]:
    """Refuse a list that cannot be read, which one of these errors says."""
    try:
        yield
    except slips as error:
        said = tr("{file!r} cannot be read ({why}).", file=named, why=str(error))
        raise WrongUsageError(said) from error


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


MOST_NAMED = 5
MOST_VALUES = 100_000


class Counting:
    """Adds up answers as they come.

    Of unreadable values it holds no more than ``MOST_VALUES`` at a time, the more frequent ones, so
    that a list without a single readable one needs no more memory than another.
    """

    def __init__(self) -> None:
        """Begin with no row."""
        self.rows = 0
        self.broken: list[BrokenRow] = []
        self.answers: Counter[Answer] = Counter()
        self.values: Counter[tuple[Problem, str]] = Counter()

    def add(
        self,
        answers: Mapping[Answer, int],
        values: Mapping[tuple[Problem, str], int],
        troubles: Iterable[tuple[int, Problem]],
    ) -> Self:
        """Count a block: its answers, unreadable values, broken rows by their place in it."""
        room = MOST_NAMED - len(self.broken)
        found = [BrokenRow(self.rows + 1 + at, problem) for at, problem in troubles]
        self.broken += found[:room]
        self.rows += sum(answers.values())
        self.answers.update(answers)
        self.values.update(values)
        if len(self.values) > MOST_VALUES:
            self.values = Counter(dict(self.values.most_common(MOST_VALUES // 2)))
        return self

    def summary(self, book: RuleBook) -> dict[str, Any]:
        """Return fields of ``Screening``; ``book`` knows what an unreadable value may mean."""
        verdicts: Counter[str] = Counter()
        problems: Counter[str] = Counter()
        reasons: Counter[str] = Counter()
        too_long = e_visa = 0
        for answer, rows in self.answers.items():
            problems.update(dict.fromkeys((answer.problem or "").split(PARTED), rows))
            if not answer.verdict:
                continue
            verdicts[answer.verdict] += rows
            reasons[answer.reason or ""] += rows
            e_visa += rows * bool(answer.e_visa)
            if answer.verdict == "visa_free" and answer.visit_alone_visa_free is False:
                too_long += rows
        del problems[""]
        frequent = sorted(self.values.items(), key=lambda one: (-one[1], one[0]))
        unreadable = (
            Unreadable(problem, value, rows, tuple(book.suggestions(problem, value)))
            for (problem, value), rows in frequent[:MOST_NAMED]
        )
        return {
            "rows": self.rows,
            "verdicts": _most_first(verdicts),
            "problems": _most_first(problems),
            "unreadable": tuple(unreadable),
            "broken": tuple(self.broken),
            "reasons": _most_first(reasons),
            "too_long": too_long,
            "e_visa": e_visa,
        }


def _most_first(counted: Counter[str]) -> dict[str, int]:
    return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))

"""One list to screen: what was asked for, what was counted, and which engine does it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from typing import Any, NamedTuple

from visamap.bulk import places
from visamap.bulk.book import Book
from visamap.bulk.broken import Broken
from visamap.bulk.columns import Columns, find
from visamap.bulk.places import Place
from visamap.errors import MissingExtraError
from visamap.results.screen import BrokenRow, Engine, Problem, Screening, Unreadable

ENGINES = ("auto", "duckdb", "spark", "plain")
MOST_FREQUENT = 5
MOST_VALUES = 100_000

Progress = Callable[[float], None]
"""Told now and then which part of the work is done, from 0 to 1."""


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
    folder: str
    progress: Progress | None = None

    def columns(self, headings: Iterable[str]) -> Columns:
        """Find the roles among the headings."""
        return find(tuple(headings), self.wanted.headings, self.wanted.prefix)


Groups = Iterable[tuple[Any, ...]]
"""Rows of verdict, problem, the value that the problem is about, and how many rows have them."""


class Tally(NamedTuple):
    """What was answered, counted."""

    rows: int
    verdicts: dict[str, int]
    problems: dict[str, int]
    unreadable: tuple[Unreadable, ...]
    broken: tuple[BrokenRow, ...]


class Counting:
    """Adds up groups as they come.

    Of unreadable values it holds no more than ``MOST_VALUES`` at a time, the more frequent ones, so
    that a list without a single readable one needs no more memory than another.
    """

    def __init__(self) -> None:
        self.broken = Broken()
        self._verdicts: Counter[str] = Counter()
        self._problems: Counter[str] = Counter()
        self._values: Counter[tuple[Problem, str]] = Counter()

    def add(self, groups: Groups) -> None:
        """Count these too."""
        for verdict, problem, value, rows in groups:
            if problem is None:
                self._verdicts[verdict] += rows
                continue
            self._problems[problem] += rows
            if value:
                self._values[problem, value] += rows
                if len(self._values) > MOST_VALUES:
                    self._values = Counter(dict(self._values.most_common(MOST_VALUES // 2)))

    def tally(self, book: Book) -> Tally:
        """Return the sums; ``book`` knows what an unreadable value may have meant."""
        frequent = sorted(self._values.items(), key=lambda one: (-one[1], one[0]))
        return Tally(
            self._verdicts.total() + self._problems.total(),
            _most_first(self._verdicts),
            _most_first(self._problems),
            tuple(
                Unreadable(problem, value, rows, book.close(problem, value))
                for (problem, value), rows in frequent[:MOST_FREQUENT]
            ),
            tuple(self.broken.first),
        )


def screen(
    book: Book, source: str, target: str, wanted: Wanted, progress: Progress | None = None
) -> Screening:
    """Answer a list and return the summary.

    Raises:
        MissingExtraError: the engine is not installed, or the list is too long without one.
        MissingFileError: there is no such list.
        OutputExistsError: there is something where the answers should go.
        OutputError: they cannot be written there.
        WrongUsageError: the list cannot be read, or has not the columns.
    """
    engine = _engine(wanted)
    if engine == "spark":
        from visamap.bulk import spark_files  # noqa: PLC0415  a cluster is rarely asked for

        tally = spark_files.screen(book, source, target, wanted)
        return Screening(source, target, engine, *tally, book.index.data)
    with (
        places.workshop() as folder,
        places.target_place(source, target, folder, overwrite=wanted.overwrite) as place,
    ):
        job = Job(places.source_place(source, folder), place, wanted, folder, progress)
        if engine == "duckdb":
            from visamap.bulk import duck  # noqa: PLC0415  the extra

            tally = duck.screen(job, book)
        else:
            from visamap.bulk import plain  # noqa: PLC0415  only where there is no engine

            tally = plain.screen(job, book)
    return Screening(source, target, engine, *tally, book.index.data)


def _engine(wanted: Wanted) -> Engine:
    if wanted.engine == "plain" or (wanted.engine == "auto" and not find_spec("duckdb")):
        return "plain"
    if wanted.engine == "spark":
        if not find_spec("pyspark"):
            raise MissingExtraError("spark", "--engine spark")
        return "spark"
    if not find_spec("duckdb"):
        raise MissingExtraError("bulk", "--engine duckdb")
    return "duckdb"


def _most_first(counted: Counter[str]) -> dict[str, int]:
    return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))

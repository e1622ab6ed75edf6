"""One list to screen: what was asked for, what was counted, and which engine does it."""

from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from typing import NamedTuple

from visamap.errors import MissingExtraError
from visamap.results.screen import Engine, Screening
from visamap.screen import places
from visamap.screen.columns import Columns, find
from visamap.screen.counting import Tally
from visamap.screen.places import Place
from visamap.screen.rule_table import RuleBook

ENGINES = ("auto", "arrow", "spark", "plain")

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
    progress: Progress | None = None

    def columns(self, headings: Iterable[str]) -> Columns:
        """Find the roles among the headings."""
        return find(tuple(headings), self.wanted.headings, self.wanted.prefix)


def screen(
    book: RuleBook, source: str, target: str, wanted: Wanted, progress: Progress | None = None
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
        from visamap.screen import spark_files  # noqa: PLC0415  a cluster is rarely asked for

        tally = spark_files.screen(book, source, target, wanted)
        return _summary(source, target, engine, tally, book)
    with (
        places.workshop() as folder,
        places.target_place(source, target, folder, overwrite=wanted.overwrite) as place,
    ):
        job = Job(places.source_place(source, folder), place, wanted, progress)
        if engine == "arrow":
            from visamap.screen import arrow  # noqa: PLC0415  the extra

            tally = arrow.screen(job, book)
        else:
            from visamap.screen import plain  # noqa: PLC0415  only where there is no engine

            tally = plain.screen(job, book)
    return _summary(source, target, engine, tally, book)


def _engine(wanted: Wanted) -> Engine:
    if wanted.engine == "plain" or (wanted.engine == "auto" and not find_spec("pyarrow")):
        return "plain"
    if wanted.engine == "spark":
        if not find_spec("pyspark"):
            raise MissingExtraError("spark", "--engine spark")
        return "spark"
    if not (find_spec("pyarrow") and find_spec("numpy")):
        raise MissingExtraError("bulk", "--engine arrow")
    return "arrow"


def _summary(source: str, target: str, engine: Engine, tally: Tally, book: RuleBook) -> Screening:
    return Screening(source, target, engine, data=book.index.data, **tally._asdict())

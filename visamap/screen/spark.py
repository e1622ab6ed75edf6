"""A cluster: each worker answers the batches of its partitions by the function of ``answering``.

``screen`` is for a job of one's own, and lazy. visamap, numpy and pyarrow must be installed on the
workers; the rules travel to them with the job.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_type
from pyspark.sql.types import (
    DataType,
    DateType,
    IntegralType,
    StringType,
    StructField,
    StructType,
    TimestampNTZType,
    TimestampType,
)

from visamap.data.opening import open_index
from visamap.screen.answering import TYPES, Answerer
from visamap.screen.blocks import Block, TableBlock
from visamap.screen.columns import Columns, Holding, find, refuse_twins, refuse_types
from visamap.screen.rule_table import RuleBook

if TYPE_CHECKING:
    from pathlib import Path

Blocks = Callable[[Iterable[Any]], Iterator[Block]]
"""Makes blocks of the batches of a partition."""


def screen(
    dataframe: DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    prefix: str = "",
    data: "str | Path | None" = None,
    answerer: Answerer | None = None,
) -> DataFrame:
    """Return the data frame with the added columns; every row once, its own columns untouched.

    ``columns`` names those of nationality, arrival, departure and passport that are called
    otherwise; ``data`` is a data file of one's own, ``answerer`` one that is open already.

    Raises:
        WrongUsageError: a column is missing, of another type, or there already.
    """
    found = found_in(dataframe, columns or {}, prefix)
    answerer = answerer or answerer_of(RuleBook(open_index(data)))
    task = Answering(answerer, tables(found), found)
    return numbered(dataframe).mapInArrow(task, schema(dataframe.schema, found))


def found_in(dataframe: DataFrame, wanted: Mapping[str, str], prefix: str) -> Columns:
    """Find the roles among the columns of a data frame.

    Raises:
        WrongUsageError: one is missing, of another type, or there already.
    """
    found = find(dataframe.columns, wanted, prefix)
    refuse_twins(found.headings, "a data frame")
    refuse_types(
        found,
        [Holding(_holds(one.dataType), one.dataType.simpleString()) for one in dataframe.schema],
    )
    return found


def _holds(kind: DataType) -> str:
    if isinstance(kind, StringType):
        return "text"
    if isinstance(kind, IntegralType):
        return "numbers"
    return "days" if isinstance(kind, DateType | TimestampType | TimestampNTZType) else "else"


def tables(columns: Columns) -> Blocks:
    """Return what makes blocks of the batches of a table."""
    return lambda batches: (TableBlock(columns, batch) for batch in batches)


def numbered(dataframe: DataFrame) -> DataFrame:
    """Return a data frame with names that Spark does not read as paths."""
    return dataframe.toDF(*(f"c{number}" for number in range(len(dataframe.columns))))


def answerer_of(book: RuleBook) -> Answerer:
    """Return what travels to the workers."""
    book.index.names  # noqa: B018  fetched here, for a worker may have no such file
    return Answerer(book)


def schema(own: StructType, found: Columns) -> StructType:
    """Return the types of a list and of what is added to it."""
    added = zip(found.added, TYPES, strict=True)
    return StructType([*own, *(StructField(name, from_arrow_type(kind)) for name, kind in added)])


class Answering:
    """Answers the batches of a partition on a worker."""

    def __init__(self, answerer: Answerer, blocks: Blocks, columns: Columns) -> None:
        """Take the rules, and what makes blocks of batches."""
        self.answerer, self.blocks = answerer, blocks
        self.names = [*columns.headings, *columns.added]

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield the rows with the added columns."""
        for block in self.blocks(batches):
            found = self.answerer.answers(block.asked)
            added = [
                column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
                for column in self.answerer.columns(found)
            ]
            yield pa.RecordBatch.from_arrays([*block.cells(), *added], self.names)


def session(master: str | None, settings: Mapping[str, str] = MappingProxyType({})) -> SparkSession:
    """Return the running session, or start one on the cluster that ``master`` names."""
    running = SparkSession.getActiveSession()
    if running is not None:
        return running
    builder = SparkSession.builder.appName("visamap screen")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    if master:
        builder = builder.master(master)
        if master.startswith("local"):
            # The workers of one machine run in our own environment.
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    for key, value in settings.items():
        builder = builder.config(key, value)
    started = builder.getOrCreate()
    started.sparkContext.setLogLevel("ERROR")
    return started

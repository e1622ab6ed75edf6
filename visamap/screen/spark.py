"""A cluster: each worker answers the batches of its partitions by the function of ``answering``.

``screen`` is for a job of one's own, and lazy; ``screen_files`` reads and writes folders of parts,
wherever Spark can reach. visamap, numpy and pyarrow must be installed on the workers; the rules
travel to them with the job.
"""

import os
import pickle
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_type
from pyspark.sql.types import StructField, StructType

from visamap.data.opening import open_index
from visamap.errors import MissingFileError, OutputError, OutputExistsError, WrongUsageError
from visamap.i18n import tr
from visamap.screen import arrow
from visamap.screen.answering import TYPES, Answerer, places_of
from visamap.screen.arrow import refuse_types
from visamap.screen.blocks import TableBlock
from visamap.screen.columns import Columns, find, refuse_twins
from visamap.screen.csv_text import Head
from visamap.screen.lists import READ, STREAM, Counting, Job, Place, Wanted, form_of, refuse_target
from visamap.screen.rule_table import RuleBook
from visamap.screen.sources import prepared

if TYPE_CHECKING:
    from pathlib import Path

TROUBLE = (PySparkException, Py4JError)
HOLDING = {
    **dict.fromkeys(("string", "char", "varchar"), "text"),
    **dict.fromkeys(("date", "timestamp", "timestamp_ntz"), "days"),
    **dict.fromkeys(("byte", "short", "integer", "long"), "numbers"),
}
"""What the types of a data frame hold."""


def screen(
    dataframe: DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    prefix: str = "",
    to: str | None = None,
    data: "str | Path | None" = None,
) -> DataFrame:
    """Return the data frame with the added columns; every row once, its own columns untouched.

    ``columns`` names those of nationality, arrival, departure, passport and destination that are
    called otherwise; ``to`` is the destination where no column says it; ``data`` is a data file of
    one's own.

    Raises:
        WrongUsageError: a column is missing, of another type, or there already; nothing is told of
            the destination.
    """
    found = _columns(dataframe, Wanted(columns or {}, prefix))
    book = RuleBook(open_index(data))
    if to is not None:
        book = RuleBook(book.index.entering(book.resolver.resolve(to)))
    return _table(dataframe, _answerer(book, found), found)


def _columns(dataframe: DataFrame, wanted: Wanted) -> Columns:
    columns = find(dataframe.columns, wanted.headings, wanted.prefix, duties=wanted.duties)
    refuse_twins(columns.headings, "a data frame")
    kinds = [one.dataType for one in dataframe.schema]
    refuse_types(
        columns, [(HOLDING.get(kind.typeName(), "else"), kind.simpleString()) for kind in kinds]
    )
    return columns


def _answerer(book: RuleBook, columns: Columns, *, duties: bool = False) -> Answerer:
    # All is fetched here, for a worker may have no such files.
    book.index.names  # noqa: B018
    book.index.apart("people")
    answerer = Answerer(book, duties=duties)
    if columns.destination is not None:
        answerer.lay_out(range(len(book.destinations)))
    return answerer


def _numbered(dataframe: DataFrame) -> DataFrame:
    """Return a data frame with names that Spark does not read as paths."""
    return dataframe.toDF(*(f"c{number}" for number in range(len(dataframe.columns))))


def _table(
    dataframe: DataFrame, answerer: Answerer, columns: Columns, *, problems: bool = False
) -> DataFrame:
    """Return the rows with the added columns, or only those with ``problems``."""

    def answered(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            found = answerer.answers(TableBlock(columns, batch).asked)
            added = (
                column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
                for column in answerer.columns(found, columns.told)
            )
            names = [*columns.headings, *columns.added]
            rows = pa.RecordBatch.from_arrays([*batch.columns, *added], names)
            yield rows.take(places_of(np.flatnonzero(found.troubled))) if problems else rows

    kinds = (from_arrow_type(TYPES[place]) for place in columns.told)
    types = zip(columns.added, kinds, strict=True)
    schema = StructType([*dataframe.schema, *(StructField(name, kind) for name, kind in types)])
    return _numbered(dataframe).mapInArrow(answered, schema)


def _lines(
    dataframe: DataFrame, answerer: Answerer, columns: Columns, form: str, wanted: Wanted
) -> DataFrame:
    """Return the rows as lines of text, the headings in front of each partition."""
    text = arrow.Text(form, columns, Head((), ",", 0), answerer, wanted)

    def written(batches: Iterable[Any]) -> Iterator[Any]:
        if text.head:
            yield pa.RecordBatch.from_arrays([pa.array([text.head])], ["value"])
        for block in (TableBlock(columns, batch) for batch in batches):
            rows = text.rows(block, answerer.answers(block.asked), "")
            yield pa.RecordBatch.from_arrays([rows], ["value"])

    return _numbered(dataframe).mapInArrow(written, "value string")


def _count(dataframe: DataFrame, answerer: Answerer, columns: Columns) -> Counting:
    """Count the answers of each partition, and add them up."""

    def counted(batches: Iterable[Any]) -> Iterator[Any]:
        counting = Counting()
        for block in (TableBlock(columns, batch) for batch in batches):
            answerer.count(block.asked, answerer.answers(block.asked), counting)
        yield pa.RecordBatch.from_arrays([pa.array([pickle.dumps(counting)])], ["counting"])

    whole = Counting()
    for (part,) in _numbered(dataframe).mapInArrow(counted, "counting binary").collect():
        counting = pickle.loads(part)  # noqa: S301  made by our own workers
        whole.add(counting.answers, counting.values, ())
    return whole


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


def screen_files(book: RuleBook, source: str, target: str, wanted: Wanted) -> Counting:
    """Answer a list of any length on the cluster that ``wanted.master`` names.

    Parquet is read in pieces by all workers, and a part keeps the order of its rows. Text cannot be
    parted before it is read, for a cell may hold line ends: the driver answers it as one machine
    does. The output takes its name when all parts are there.
    """
    if STREAM in {source, target}:
        raise WrongUsageError(tr("Spark reads and writes files; give names, not -."))
    forms = form_of(source, READ), form_of(target)
    if forms[1] == "excel":
        raise WrongUsageError(tr("Spark writes CSV, JSON Lines and Parquet."))
    if "://" not in target:
        refuse_target(source, target, overwrite=wanted.overwrite)
    if "://" not in source and not os.path.exists(source):
        raise MissingFileError(source)
    files = _Files(session(wanted.master), target)
    if files.exists() and not wanted.overwrite:
        raise OutputExistsError(target)
    try:
        if forms[0] == "parquet":
            counting = _by_workers(book, source, forms[1], wanted, files)
        else:
            counting = _by_driver(book, source, target, wanted, files)
        files.take()
    except (*TROUBLE, OSError) as error:
        raise OutputError(target, str(error).splitlines()[0]) from error
    finally:
        files.clean()
    return counting


def _by_workers(
    book: RuleBook, source: str, form: str, wanted: Wanted, files: "_Files"
) -> Counting:
    try:
        dataframe = files.spark.read.parquet(_address(source))
    except TROUBLE as error:
        why = str(error).splitlines()[0]
        said = tr("{file!r} cannot be read ({why}).", file=source, why=why)
        raise WrongUsageError(said) from error
    columns = _columns(dataframe, wanted)
    answerer = _answerer(book, columns, duties=wanted.duties)
    if form == "parquet":
        table = _table(dataframe, answerer, columns, problems=wanted.problems)
        table.write.parquet(files.beside)
    else:
        _lines(dataframe, answerer, columns, form, wanted).write.text(files.beside)
    return _count(dataframe, answerer, columns)


def _by_driver(
    book: RuleBook, source: str, target: str, wanted: Wanted, files: "_Files"
) -> Counting:
    """Answer a list as one machine does."""
    forms = form_of(source, READ), form_of(target)
    with tempfile.TemporaryDirectory() as folder:
        read, made = os.path.join(folder, "read"), os.path.join(folder, "made")
        files.fetch(_address(source), read)
        place = Place(read, forms[0], source)
        job, _ = prepared(Job(place, Place(made, forms[1], target), wanted), book, folder)
        counting = arrow.screen(job, book)
        files.put(made, forms[1])
    return counting


def _address(path: str) -> str:
    return path if "://" in path else f"file://{os.path.abspath(path)}"


class _Files:
    """The file systems that addresses name, and an output on one of them."""

    def __init__(self, spark: SparkSession, target: str) -> None:
        self.spark = spark
        jvm: Any = spark._jvm  # noqa: SLF001  Hadoop's file systems have no other door
        path = self._path = jvm.org.apache.hadoop.fs.Path
        self._target = path(_address(target))
        # A name that starts with a dot is hidden, and Spark would not read it back.
        name = f"{self._target.getName()}.{os.getpid()}.part"
        self._beside = path(self._target.getParent(), name)
        self._settings = spark._jsc.hadoopConfiguration()  # noqa: SLF001
        self._system = self._target.getFileSystem(self._settings)
        self.beside = str(self._beside.toString())

    def exists(self) -> bool:
        return bool(self._system.exists(self._target))

    def take(self) -> None:
        """Give the output its name."""
        self._system.delete(self._target, True)
        self._system.rename(self._beside, self._target)

    def clean(self) -> None:
        self._system.delete(self._beside, True)

    def put(self, path: str, form: str) -> None:
        """Put what the driver wrote where the parts are."""
        part = self._path(self._beside, f"part-00000.{form}")
        self._system.copyFromLocalFile(False, True, self._path(f"file://{path}"), part)

    def fetch(self, address: str, path: str) -> None:
        """Fetch a file to the driver."""
        system = self._path(address).getFileSystem(self._settings)
        system.copyToLocalFile(False, self._path(address), self._path(f"file://{path}"), True)

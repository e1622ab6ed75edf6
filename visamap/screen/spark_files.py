"""Lists in files on a cluster: Spark reads and writes folders of parts, wherever it can reach.

Parquet is read in pieces by all workers, and a part keeps the order of its rows. Text cannot be
parted before it is read, for a cell may hold line ends: the driver answers it as one machine does.
The output takes its name when all parts are there.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from visamap.errors import (
    MissingFileError,
    OutputError,
    OutputExistsError,
    WrongUsageError,
)
from visamap.i18n import tr
from visamap.screen import arrow, csv_text, spark
from visamap.screen.answering import Answerer
from visamap.screen.columns import Answer
from visamap.screen.counting import Counting, Tally
from visamap.screen.lists import Job, Wanted
from visamap.screen.places import STREAM, Place, form_of, refuse
from visamap.screen.rule_table import RuleBook

TROUBLE = (PySparkException, Py4JError)


def screen(book: RuleBook, source: str, target: str, wanted: Wanted) -> Tally:
    """Answer a list of any length on the cluster that ``wanted.master`` names.

    Raises:
        MissingFileError: there is no such list.
        OutputError: the answers cannot be written.
        OutputExistsError: there is something where they should go.
        WrongUsageError: the list cannot be read, or has not the columns.
    """
    if STREAM in {source, target}:
        raise WrongUsageError(tr("Spark reads and writes files; give names, not -."))
    forms = form_of(source), form_of(target)
    if "://" not in target:
        refuse(source, target, overwrite=wanted.overwrite)
    if "://" not in source and not os.path.exists(source):
        raise MissingFileError(source)
    session = spark.session(wanted.master)
    place = _Place(session, target)
    if place.exists() and not wanted.overwrite:
        raise OutputExistsError(target)
    try:
        if forms[0] == "parquet":
            tally = _by_workers(book, _read(session, source), forms[1], wanted, place)
        else:
            tally = _by_driver(book, source, forms, wanted, place)
        place.take()
    except TROUBLE as error:
        raise OutputError(target, str(error).splitlines()[0]) from error
    finally:
        place.clean()
    return tally


def _read(session: SparkSession, source: str) -> DataFrame:
    try:
        return session.read.parquet(_address(source))
    except TROUBLE as error:
        why = str(error).splitlines()[0]
        said = tr("{file!r} cannot be read ({why}).", file=source, why=why)
        raise WrongUsageError(said) from error


def _by_workers(
    book: RuleBook, frame: DataFrame, form: str, wanted: Wanted, place: "_Place"
) -> Tally:
    columns = spark.found_in(frame, wanted.headings, wanted.prefix)
    answerer, blocks = spark.answerer_of(book), spark.tables(columns)
    own, frame = frame.schema, spark.numbered(frame)
    if form == "parquet":
        task = spark.Answering(answerer, blocks, columns)
        made = frame.mapInArrow(task, spark.schema(own, columns))
        made.write.parquet(place.beside)
    else:
        text = arrow.Text(form, columns, ",", answerer.table)
        lines = frame.mapInArrow(_Writing(answerer, blocks, text), "value string")
        lines.write.text(place.beside)
    counting = Counting()
    for (said,) in frame.mapInArrow(_Counts(answerer, blocks), "said string").collect():
        answers, values = json.loads(said)
        counting.add(
            {Answer(*one): rows for one, rows in answers},
            {(problem, value): rows for problem, value, rows in values},
            (),
        )
    return counting.tally(book)


def _by_driver(
    book: RuleBook, source: str, forms: tuple[str, str], wanted: Wanted, place: "_Place"
) -> Tally:
    """Answer a list as one machine does, its files one behind the other."""
    with tempfile.TemporaryDirectory() as folder:
        whole, made = (
            os.path.join(folder, f"{one}.{form}") for one, form in zip("ab", forms, strict=True)
        )
        with open(whole, "wb") as out:
            for number, path in enumerate(place.fetched(_address(source), folder)):
                with open(path, "rb") as file:
                    if number and forms[0] == "csv":
                        file.seek(csv_text.head(path, source).size)
                    shutil.copyfileobj(file, out)
        tally = arrow.screen(
            Job(Place(whole, forms[0], source), Place(made, forms[1], ""), wanted), book
        )
        place.put(made, forms[1])
    return tally


def _address(source: str) -> str:
    return source if "://" in source else f"file://{os.path.abspath(source)}"


class _Writing:
    """Answers blocks as lines of text."""

    def __init__(self, answerer: Answerer, blocks: spark.Blocks, text: arrow.Text) -> None:
        self.answerer, self.blocks, self.text = answerer, blocks, text

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        if self.text.head:
            yield pa.RecordBatch.from_arrays([pa.array([self.text.head])], ["value"])
        for block in self.blocks(batches):
            rows = self.text.rows(block, self.answerer.answers(block.asked), "")
            yield pa.RecordBatch.from_arrays([rows], ["value"])


class _Counts:
    """Counts the answers of a partition."""

    def __init__(self, answerer: Answerer, blocks: spark.Blocks) -> None:
        self.answerer, self.blocks = answerer, blocks

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        counting = Counting()
        for block in self.blocks(batches):
            self.answerer.count(block.asked, self.answerer.answers(block.asked), counting)
        said = [
            [[list(answer), rows] for answer, rows in counting.answers.items()],
            [[*problem, rows] for problem, rows in counting.values.items()],
        ]
        yield pa.RecordBatch.from_arrays([pa.array([json.dumps(said)])], ["said"])


class _Place:
    """An output on whatever file system its address names."""

    def __init__(self, session: SparkSession, target: str) -> None:
        jvm: Any = session._jvm  # noqa: SLF001  Hadoop's file systems have no other door
        hadoop = self._path = jvm.org.apache.hadoop.fs.Path
        self._target = hadoop(target if "://" in target else f"file://{os.path.abspath(target)}")
        folder, name = self._target.getParent(), self._target.getName()
        # A name that starts with a dot is hidden, and Spark would not read it back.
        self._beside = hadoop(folder, f"{name}.{os.getpid()}.part")
        self._settings = session._jsc.hadoopConfiguration()  # noqa: SLF001
        self._files = self._target.getFileSystem(self._settings)
        self.beside = str(self._beside.toString())

    def exists(self) -> bool:
        return bool(self._files.exists(self._target))

    def take(self) -> None:
        """Give the output its name."""
        if self.exists():
            self._files.delete(self._target, True)
        self._files.rename(self._beside, self._target)

    def clean(self) -> None:
        self._files.delete(self._beside, True)

    def put(self, path: str, form: str) -> None:
        """Put what the driver wrote where the parts are."""
        part = self._path(self._beside, f"part-00000.{form}")
        self._files.copyFromLocalFile(False, True, self._path(f"file://{path}"), part)

    def fetched(self, address: str, folder: str) -> list[str]:
        """Fetch the files of an address into a folder of the driver, in their order."""
        files = self._path(address).getFileSystem(self._settings)
        found = [one.getPath() for one in files.globStatus(self._path(address))]
        paths = [
            part.getPath()
            for one in found
            for part in files.listStatus(one)
            if part.isFile() and not str(part.getPath().getName()).startswith(("_", "."))
        ]
        fetched: list[str] = []
        for path in sorted(paths, key=lambda path: str(path.toString())):
            fetched.append(os.path.join(folder, str(len(fetched))))
            files.copyToLocalFile(False, path, self._path(f"file://{fetched[-1]}"), True)
        return fetched

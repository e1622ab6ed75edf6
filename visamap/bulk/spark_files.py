"""Lists in files on a cluster: Spark reads and writes folders of parts, wherever it can reach.

A part keeps the order of its rows. Parquet, and text of which every row is a line, is read in
pieces by all workers. Where a row goes on in the next line, the driver answers the list alone, as
on one machine. The output takes its name when all parts are there.
"""

import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark import TaskContext
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812  everybody's name for it
from pyspark.sql.types import StringType, StructField, StructType

from visamap.bulk import arrow, csv_blocks, csv_text, json_blocks, spark
from visamap.bulk.answering import Answerer
from visamap.bulk.blocks import Block
from visamap.bulk.columns import Answer, Columns, find, refuse_twins
from visamap.bulk.counting import Counting, Tally
from visamap.bulk.csv_text import Head
from visamap.bulk.json_lines import broken_key, in_order
from visamap.bulk.lists import Job, Wanted
from visamap.bulk.places import STREAM, Place, form_of, refuse
from visamap.bulk.rules import RuleBook
from visamap.errors import (
    MissingFileError,
    OutputError,
    OutputExistsError,
    WrongUsageError,
)
from visamap.language import tr

COUNTED = "part int, said string"
TROUBLE = (PySparkException, Py4JError)


class _Listed(NamedTuple):
    """A list that all workers read: its rows or lines, its columns and their types."""

    frame: DataFrame
    columns: Columns
    blocks: spark.Blocks
    own: StructType
    delimiter: str = ","


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
        try:
            listed = _listed(session, source, forms, wanted)
        except TROUBLE as error:
            why = str(error).splitlines()[0]
            said = tr("{file!r} cannot be read ({why}).", file=source, why=why)
            raise WrongUsageError(said) from error
        if listed:
            tally = _by_workers(book, listed, forms[1], place)
        else:
            tally = _by_driver(book, source, forms, wanted, place)
        place.take()
    except TROUBLE as error:
        raise OutputError(target, str(error).splitlines()[0]) from error
    finally:
        place.clean()
    return tally


def _by_workers(book: RuleBook, listed: _Listed, form: str, place: "_Place") -> Tally:
    answerer, columns = spark.answerer_of(book), listed.columns
    if form == "parquet":
        refuse_twins(columns.headings, "Spark")
        task = spark.Answering(answerer, listed.blocks, columns)
        made = listed.frame.mapInArrow(task, spark.schema(listed.own, columns))
        made.write.parquet(place.beside)
    else:
        text = arrow.Text(form, columns, listed.delimiter, answerer.table)
        writing = _Writing(answerer, listed.blocks, text)
        listed.frame.mapInArrow(writing, "value string").write.text(place.beside)
    counts = listed.frame.mapInArrow(_Counts(answerer, listed.blocks), COUNTED).collect()
    counting = Counting()
    for _, said in sorted(counts):
        answers, values, troubles = json.loads(said)
        counting.add(
            {Answer(*one): rows for one, rows in answers},
            {(problem, value): rows for problem, value, rows in values},
            [(at, problem) for at, problem in troubles],
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


def _listed(
    session: SparkSession, source: str, forms: tuple[str, str], wanted: Wanted
) -> _Listed | None:
    """Look at a list; nothing where its lines are no rows."""
    address = _address(source)
    if forms[0] == "parquet":
        frame = session.read.parquet(address)
        columns = spark.found_in(frame, wanted.headings, wanted.prefix)
        return _Listed(frame, columns, spark.tables(columns), frame.schema)
    texts = session.read.text(address, lineSep="\n" if forms[0] == "jsonl" else None)
    # As bytes: what is no UTF-8 must arrive as it is.
    line = F.col("value").cast("binary")
    lines = texts.select(line)
    head = Head((), ",", 0)
    if forms[0] == "csv":
        first = lines.first()
        head = csv_text.head_of(bytes(first[0]) if first else b"", source)
        quoted = texts.where(F.instr("value", '"') > 0).select(line)
        if quoted.mapInArrow(_Open(head.delimiter), "value binary").head(1):
            return None
    headings = head.headings
    if forms[0] == "jsonl":
        found: dict[str, int] = {}
        for key, at in lines.mapInArrow(_foremost, "key string, place int").collect():
            found[key] = min(at, found.get(key, at))
        headings = in_order(found, source)
    columns = find(headings, wanted.headings, wanted.prefix)
    own = StructType([StructField(heading, StringType()) for heading in headings])
    if forms[0] == "jsonl":
        key = broken_key(headings, forms[1])
        return _Listed(lines, columns, _Lines(columns, key), own)
    # The first line of a file is the one with the headings.
    begun = F.when(F.input_file_block_start() == 0, F.xxhash64(F.input_file_name()))
    lines = texts.select(line, begun.alias("begun"))
    return _Listed(lines, columns, _Rows(columns, head), own, head.delimiter)


def _address(source: str) -> str:
    return source if "://" in source else f"file://{os.path.abspath(source)}"


class _Rows:
    """Makes blocks of lines of CSV."""

    def __init__(self, columns: Columns, head: Head) -> None:
        self.columns, self.head = columns, head

    def __call__(self, batches: Iterable[Any]) -> Iterator[Block]:
        before = None
        for batch in batches:
            lines = batch.column(0).to_pylist()
            for number, begun in enumerate(batch.column(1).to_pylist()):
                if begun not in {None, before}:
                    lines[number] = b""
                before = begun
            for block, _ in csv_blocks.blocks_of(_joined(lines), self.head, self.columns):
                yield block


class _Lines:
    """Makes blocks of lines of JSON."""

    def __init__(self, columns: Columns, key: str) -> None:
        self.columns, self.key = columns, key

    def __call__(self, batches: Iterable[Any]) -> Iterator[Block]:
        for batch in batches:
            lines = _joined(batch.column(0).to_pylist())
            for block, _ in json_blocks.blocks_of(lines, self.key, self.columns):
                yield block


class _Open:
    """Yields the lines of CSV in which a row begins that goes on in the next."""

    def __init__(self, delimiter: str) -> None:
        self.delimiter = delimiter

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            lines = batch.column(0).to_pylist()
            found = [line for line in lines if csv_text.is_open(line, self.delimiter)]
            yield pa.RecordBatch.from_arrays([pa.array(found, pa.binary())], ["value"])


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
            [[one.row - 1, one.problem] for one in counting.broken],
        ]
        context = TaskContext.get()
        part = context.partitionId() if context else 0
        yield pa.RecordBatch.from_pydict(
            {"part": pa.array([part], pa.int32()), "said": [json.dumps(said)]}
        )


def _foremost(batches: Iterable[Any]) -> Iterator[Any]:
    for batch in batches:
        found = json_blocks.foremost(_joined(batch.column(0).to_pylist()))
        places = pa.array(found.values(), pa.int32())
        yield pa.RecordBatch.from_arrays([pa.array(found, pa.string()), places], ["key", "place"])


def _joined(lines: list[bytes]) -> io.BytesIO:
    return io.BytesIO(b"\n".join([*lines, b""]))


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

"""Lists in files on a cluster: Spark reads and writes folders of parts, wherever it can reach.

A part keeps the order of its rows. A clean list of text is read in pieces by all workers; one with
broken rows, or with line ends in cells, is written anew by the driver first, see ``spark_mending``.
The output takes its name when all parts are there.
"""

import os
import tempfile
from collections.abc import Sequence
from typing import Any, NamedTuple

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812  everybody's name for it

from visamap.bulk import csv_file, jsonl_file, spark, spark_mending
from visamap.bulk.book import Book
from visamap.bulk.broken import Broken
from visamap.bulk.columns import ADDED, BARE, find, refuse_twins
from visamap.bulk.lists import Counting, Tally, Wanted
from visamap.bulk.places import STREAM, form_of, refuse
from visamap.bulk.sql import DayKind
from visamap.errors import (
    MissingFileError,
    OutputError,
    OutputExistsError,
    WrongUsageError,
)
from visamap.language import tr

CSV = {
    "header": "true",
    "quote": '"',
    "escape": '"',
    "emptyValue": "",
    "nullValue": "",
    "ignoreLeadingWhiteSpace": "false",
    "ignoreTrailingWhiteSpace": "false",
}
TROUBLED = "what is wrong with the row"
"""A column more; it has a name that no list gives to one."""
BLANK = r" \t\r"
TROUBLE = (PySparkException, Py4JError)
CSV_IN = {**CSV, "mode": "FAILFAST", "maxCharsPerColumn": "-1"}


def screen(book: Book, source: str, target: str, wanted: Wanted) -> Tally:
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
            listed = _listed(session, source, forms, place)
            answered = _answered(book, listed, forms, wanted)
        except TROUBLE as error:
            raise _unreadable(source, error) from error
        delimiter = listed.head.delimiter
        _write(answered, place.beside, forms, delimiter)
        written = _read(session, place.beside, forms[1], answered.columns, delimiter)
        counting = _counted(written, answered.columns, forms, wanted)
        counting.broken.follow(listed.broken or Broken())
        tally = counting.tally(book)
        place.take()
    except TROUBLE as error:
        cause = str(error)
        if "MALFORMED" in cause or "FAILFAST" in cause:
            raise _unreadable(source, error) from error
        raise OutputError(target, cause.splitlines()[0]) from error
    finally:
        place.clean()
    return tally


class _Listed(NamedTuple):
    """The list: its rows or objects, the headings; with ``TROUBLED`` where some were ``broken``."""

    frame: DataFrame
    head: csv_file.Head
    broken: Broken | None = None


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
        self._aside = hadoop(folder, f"{name}.{os.getpid()}.list")
        self.aside = str(self._aside.toString())

    def exists(self) -> bool:
        return bool(self._files.exists(self._target))

    def take(self) -> None:
        """Give the output its name."""
        if self.exists():
            self._files.delete(self._target, True)
        self._files.rename(self._beside, self._target)

    def clean(self) -> None:
        self._files.delete(self._beside, True)
        self._files.delete(self._aside, True)

    def put(self, path: str) -> None:
        """Put a list that was written anew beside the output, where the workers find it."""
        self._files.copyFromLocalFile(False, True, self._path(f"file://{path}"), self._aside)

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


def _answered(book: Book, listed: _Listed, forms: tuple[str, str], wanted: Wanted) -> DataFrame:
    frame, headings = listed.frame, listed.head.headings
    if forms[0] == "jsonl":
        if forms[1] == "jsonl":
            return _merged(frame, headings, book, wanted)
        refuse_twins(headings, "Spark")
        trouble = [TROUBLED] if listed.broken else []
        frame = frame.select(*(_cell(heading).alias(heading) for heading in headings), *trouble)
    return spark.screen(
        frame,
        columns=wanted.headings,
        prefix=wanted.prefix,
        book=book,
        trouble=TROUBLED if listed.broken else None,
    )


def _listed(session: SparkSession, source: str, forms: tuple[str, str], place: _Place) -> _Listed:
    """Return the list as it is, or written anew where rows of it are broken."""
    address = source if "://" in source else f"file://{os.path.abspath(source)}"
    head = csv_file.Head((), ",")
    if forms[0] == "parquet":
        return _Listed(session.read.parquet(address), head)
    if forms[0] == "csv":
        lines = session.read.text(address)
        first = lines.first()
        head = csv_file.head_of(str(first[0]).removeprefix("\ufeff") if first else "", source)
        if spark_mending.is_clean_csv(lines, head):
            refuse_twins(head.headings, "Spark")
            options = session.read.options(**CSV_IN, sep=head.delimiter)
            return _Listed(options.csv(address, schema=_schema(head.headings)), head)
    else:
        lines = session.read.text(address, lineSep="\n").where(f"trim('{BLANK}' FROM value) <> ''")
        if spark_mending.is_clean_jsonl(lines) and (headings := _keys(lines)):
            return _Listed(lines, csv_file.Head(headings, ","))
    with tempfile.TemporaryDirectory() as folder:
        mended = os.path.join(folder, "mended")
        head, broken = spark_mending.mended(place.fetched(address, folder), source, forms, mended)
        place.put(mended)
    columns = head.headings if forms[0] == "csv" else ("value",)
    refuse_twins(head.headings, "Spark")
    schema = _schema((*columns, TROUBLED))
    anew = {**CSV_IN, "header": "false", "multiLine": "true"}
    frame = session.read.options(**anew, sep=head.delimiter).csv(place.aside, schema=schema)
    return _Listed(frame, head, broken)


def _read(
    session: SparkSession, address: str, form: str, headings: Sequence[str], delimiter: str
) -> DataFrame:
    if form == "parquet":
        return session.read.parquet(address)
    if form == "jsonl":
        return session.read.text(address)
    # A cell of ours may hold a line end.
    options = session.read.options(**CSV_IN, sep=delimiter, multiLine="true")
    return options.csv(address, schema=_schema(headings))


def _schema(headings: Sequence[str]) -> str:
    return ", ".join(f"`{heading.replace('`', '``')}` string" for heading in headings)


def _write(answered: DataFrame, address: str, forms: tuple[str, str], delimiter: str) -> None:
    if forms[1] == "parquet":
        answered.write.parquet(address)
    elif forms[1] == "csv":
        answered.write.options(**CSV, sep=delimiter).csv(address)
    elif forms[0] == "jsonl":
        answered.write.text(address)
    else:
        answered.write.option("ignoreNullFields", "false").json(address)


def _keys(lines: DataFrame) -> tuple[str, ...]:
    """Return the keys of all lines, by the foremost place that each takes in a line."""
    keys = F.expr("json_object_keys(value)")
    placed = lines.select(F.posexplode(keys).alias("place", "key"))
    rows = placed.groupBy("key").agg(F.min("place").alias("place")).orderBy("place", "key")
    return tuple(row["key"] for row in rows.collect())


def _cell(heading: str) -> Any:
    return F.get_json_object("value", f"$['{heading}']")


def _merged(lines: DataFrame, headings: Sequence[str], book: Book, wanted: Wanted) -> DataFrame:
    """Answer objects and put our keys behind the own text of each."""
    found = find(headings, wanted.headings, wanted.prefix)
    roles = ("nationality", "passport", "arrival", "departure")
    places = {role: getattr(found, role) for role in roles}
    cells = {
        role: F.lit(None).cast("string") if place is None else _cell(headings[place])
        for role, place in places.items()
    }
    cells["passport"] = F.coalesce(cells["passport"], F.lit(""))
    travellers = lines.select(
        F.col("value").alias("o0"),
        *(cells[role].alias(role) for role in roles),
        (F.col(TROUBLED) if TROUBLED in lines.columns else F.lit(None).cast("string")).alias(
            "trouble"
        ),
    )
    days: DayKind = "none" if places["departure"] is None else "text"
    answered = spark.answer(travellers, 1, book, "text", days)
    own = F.expr(r"regexp_replace(o0, '[ \t\r]*[}][ \t\r]*$', '')")
    pairs: list[Any] = []
    for plain, wish in zip(ADDED, found.added, strict=True):
        value = F.col(plain).cast("string")
        if plain not in BARE:
            value = F.concat(F.lit('"'), value, F.lit('"'))
        text = F.coalesce(value, F.lit("null"))
        pairs += [F.lit("," if pairs else ""), F.lit(jsonl_file.key_text(wish)), text]
    comma = F.when(F.trim(own) == "{", "").otherwise(",")
    return answered.select(F.concat(own, comma, *pairs, F.lit("}")).alias("value"))


def _counted(
    written: DataFrame,
    columns: Sequence[str],
    forms: tuple[str, str],
    wanted: Wanted,
) -> Counting:
    """Count what was written, by reading it back."""
    added = [f"{wanted.prefix}{name}" for name in ADDED]
    if forms[1] == "jsonl":
        headings = [key for key in _keys(written) if key not in added]
        listed = [_cell(heading) for heading in (*headings, *added)]
    else:
        headings = list(columns[: -len(ADDED)])
        listed = [written[f"`{name.replace('`', '``')}`"] for name in columns]
    # By their places, for a heading may be anything.
    written = written.select(*(column.alias(f"c{n}") for n, column in enumerate(listed)))
    found = find(headings, wanted.headings, wanted.prefix)
    cells = [
        "NULL" if place is None else f"CAST(c{place} AS STRING)"
        for place in (found.nationality, found.passport, found.arrival, found.departure)
    ]
    verdict, problem = f"c{len(headings)}", f"c{len(listed) - 1}"
    rows = spark.counted(written, cells, (verdict, problem))
    counting = Counting()
    counting.add(tuple(row) for row in rows.toLocalIterator())
    return counting


def _unreadable(named: str, error: Exception) -> WrongUsageError:
    why = str(error).splitlines()[0]
    return WrongUsageError(tr("{file!r} cannot be read ({why}).", file=named, why=why))

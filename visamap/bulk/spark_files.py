"""Lists in files on a cluster: Spark reads and writes folders of parts, wherever it can reach.

A part keeps the order of its rows. CSV is read as a whole by one worker, for a cell may hold a
line end; a large list should be Parquet. The output takes its name when all parts are there.
"""

import os
from collections.abc import Sequence
from typing import Any

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812  everybody's name for it

from visamap.bulk import csv_file, jsonl_file, spark
from visamap.bulk.book import Book
from visamap.bulk.columns import ADDED, find, refuse_twins
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
TROUBLE = (PySparkException, Py4JError)
CSV_IN = {**CSV, "multiLine": "true", "mode": "FAILFAST", "maxCharsPerColumn": "-1"}


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
        answered, delimiter = _answered(session, book, source, forms, wanted)
    except TROUBLE as error:
        raise _unreadable(source, error) from error
    try:
        _write(answered, place.beside, forms, delimiter)
        written = _read(session, place.beside, forms[1], answered.columns, delimiter)
        tally = _counted(written, answered.columns, forms, wanted, book)
        place.take()
    except TROUBLE as error:
        cause = str(error)
        if "MALFORMED" in cause or "FAILFAST" in cause:
            raise _unreadable(source, error) from error
        raise OutputError(target, cause.splitlines()[0]) from error
    finally:
        place.clean()
    return tally


class _Place:
    """An output on whatever file system its address names."""

    def __init__(self, session: SparkSession, target: str) -> None:
        jvm: Any = session._jvm  # noqa: SLF001  Hadoop's file systems have no other door
        hadoop = jvm.org.apache.hadoop.fs.Path
        self._target = hadoop(target if "://" in target else f"file://{os.path.abspath(target)}")
        folder, name = self._target.getParent(), self._target.getName()
        # A name that starts with a dot is hidden, and Spark would not read it back.
        self._beside = hadoop(folder, f"{name}.{os.getpid()}.part")
        self._files = self._target.getFileSystem(session._jsc.hadoopConfiguration())  # noqa: SLF001
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


def _answered(
    session: SparkSession, book: Book, source: str, forms: tuple[str, str], wanted: Wanted
) -> tuple[DataFrame, str]:
    address = source if "://" in source else f"file://{os.path.abspath(source)}"
    if forms[0] == "parquet":
        listed, delimiter = session.read.parquet(address), ","
    elif forms[0] == "csv":
        first = session.read.text(address, wholetext=False).first()
        head = csv_file.head_of(str(first[0]).removeprefix("\ufeff") if first else "", source)
        refuse_twins(head.headings, "Spark")
        listed = _read(session, address, "csv", head.headings, head.delimiter)
        delimiter = head.delimiter
    else:
        lines = session.read.text(address).where("trim(value) <> ''")
        headings = _keys(lines, source)
        if forms[1] == "jsonl":
            return _merged(lines, headings, book, wanted), ","
        listed, delimiter = _cells(lines, headings), ","
    answered = spark.screen(listed, columns=wanted.headings, prefix=wanted.prefix, book=book)
    return answered, delimiter


def _read(
    session: SparkSession, address: str, form: str, headings: Sequence[str], delimiter: str
) -> DataFrame:
    if form == "parquet":
        return session.read.parquet(address)
    if form == "jsonl":
        return session.read.text(address)
    schema = ", ".join(f"`{heading.replace('`', '``')}` string" for heading in headings)
    return session.read.options(**CSV_IN, sep=delimiter).csv(address, schema=schema)


def _write(answered: DataFrame, address: str, forms: tuple[str, str], delimiter: str) -> None:
    if forms[1] == "parquet":
        answered.write.parquet(address)
    elif forms[1] == "csv":
        answered.write.options(**CSV, sep=delimiter).csv(address)
    elif forms[0] == "jsonl":
        answered.write.text(address)
    else:
        answered.write.option("ignoreNullFields", "false").json(address)


def _keys(lines: DataFrame, named: str) -> tuple[str, ...]:
    """Return the keys of all lines, by the foremost place that each takes in a line."""
    keys = F.expr("json_object_keys(value)")
    if lines.where(keys.isNull()).head(1):
        raise WrongUsageError(
            tr("A line of {file!r} is not a JSON object; mend or remove it.", file=named)
        )
    placed = lines.select(F.posexplode(keys).alias("place", "key"))
    rows = placed.groupBy("key").agg(F.min("place").alias("place")).orderBy("place", "key")
    return tuple(row["key"] for row in rows.collect())


def _cells(lines: DataFrame, headings: Sequence[str]) -> DataFrame:
    refuse_twins(headings, "Spark")
    return lines.select(*(_cell(heading).alias(heading) for heading in headings))


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
        F.col("value").alias("o0"), *(cells[role].alias(role) for role in roles)
    )
    days: DayKind = "none" if places["departure"] is None else "text"
    answered = spark.answer(travellers, 1, book, "text", days)
    own = F.expr(r"regexp_replace(o0, '[ \t\r]*[}][ \t\r]*$', '')")
    pairs: list[Any] = []
    for plain, wish in zip(ADDED, found.added, strict=True):
        value = F.col(plain).cast("string")
        if plain not in {"max_stay_days", "stay_allowed"}:
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
    book: Book,
) -> Tally:
    """Count what was written, by reading it back."""
    added = [f"{wanted.prefix}{name}" for name in ADDED]
    if forms[1] == "jsonl":
        headings = [key for key in _keys(written, "the answers") if key not in added]
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
    return counting.tally(book)


def _unreadable(named: str, error: Exception) -> WrongUsageError:
    why = str(error).splitlines()[0]
    return WrongUsageError(tr("{file!r} cannot be read ({why}).", file=named, why=why))

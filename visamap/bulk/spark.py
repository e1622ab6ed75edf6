"""A cluster: Spark answers a data frame with the same SQL text, the rule tables broadcast to all.

``screen`` is for a job of one's own; it is lazy but for one look at the different nationalities.
Where there are more of them than the driver should hold, every worker reads its own ones with the
same resolver, for which visamap must be installed there; else the workers need nothing of ours.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812  everybody's name for it
from pyspark.sql.types import (
    DataType,
    DateType,
    IntegerType,
    IntegralType,
    StringType,
    StructField,
    StructType,
    TimestampNTZType,
    TimestampType,
)

from visamap.bulk import sql
from visamap.bulk.book import Book
from visamap.bulk.columns import ADDED, ROLES, Columns, find, refuse_twins
from visamap.bulk.sql import DayKind
from visamap.compiled import open_index
from visamap.errors import WrongUsageError
from visamap.language import tr
from visamap.vocabulary import PASSPORT_ALIASES, PASSPORTS

if TYPE_CHECKING:
    from pathlib import Path

MOST_NATIONALITIES = 100_000
"""Different ways to write a nationality that the driver reads itself."""

NAMES = "written string, country int, problem string"
KINDS = "written string, kind int"
DECISIONS = (
    "rule int, verdict string, max_stay_days int, regime string, basis string, advisory string, "
    "confidence string, terms_until date, after_terms boolean"
)


def screen(  # noqa: PLR0913  one argument for each wish
    dataframe: DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    prefix: str = "",
    data: "str | Path | None" = None,
    book: Book | None = None,
    trouble: str | None = None,
    most_nationalities: int = MOST_NATIONALITIES,
) -> DataFrame:
    """Return the data frame with the added columns; every row once, its own columns untouched.

    ``columns`` names those of nationality, arrival, departure and passport that are called
    otherwise; ``data`` is a data file of one's own, ``book`` one that is open already. ``trouble``
    names a last column that says what is wrong with a row; it is taken for the row's problem.

    Raises:
        WrongUsageError: a column is missing, of another type, or there already.
    """
    headings = [heading for heading in dataframe.columns if heading != trouble]
    found = find(headings, columns or {}, prefix)
    refuse_twins(found.headings, "a data frame")
    _refuse_types(dataframe, found)
    book = book or Book(open_index(data))
    asked = [
        _column(dataframe, found.nationality, "string"),
        _passport(dataframe, found),
        _column(dataframe, found.arrival),
        _column(dataframe, found.departure),
    ]
    own = [_own(dataframe, place).alias(f"o{place}") for place in range(len(found.headings))]
    roles = ("nationality", "passport", "arrival", "departure")
    travellers = dataframe.select(
        *own,
        *(column.alias(role) for column, role in zip(asked, roles, strict=True)),
        (F.col(trouble) if trouble else F.lit(None).cast("string")).alias("trouble"),
    )
    answered = answer(
        travellers,
        len(own),
        book,
        _day_kind(dataframe, found.arrival),
        _day_kind(dataframe, found.departure),
        most_nationalities,
    )
    return answered.select(
        *(F.col(f"o{n}").alias(heading) for n, heading in enumerate(found.headings)),
        *(F.col(plain).alias(wish) for plain, wish in zip(ADDED, found.added, strict=True)),
    )


def answer(  # noqa: PLR0913, PLR0917
    travellers: DataFrame,
    own: int,
    book: Book,
    arrival: DayKind,
    departure: DayKind,
    most_nationalities: int = MOST_NATIONALITIES,
) -> DataFrame:
    """Answer the relation ``travellers`` of the SQL text, passing on ``own`` columns of it."""
    session = travellers.sparkSession
    names = _names(travellers, book, most_nationalities)
    kinds = list(book.passports(_passports_written(travellers)))
    rules = book.rules()
    starts = StructType(
        [
            StructField("slot", IntegerType()),
            StructField("base", IntegerType()),
            *(StructField(f"start{n}", DateType()) for n in range(1, rules.periods)),
        ]
    )
    tables = {
        "travellers": travellers,
        "names": names,
        "passports": session.createDataFrame(kinds, KINDS),
        "starts": session.createDataFrame(rules.starts, starts),
        "decisions": session.createDataFrame(rules.answers, DECISIONS),
    }
    # Views of a session of our own, so that nobody's view of the same name is in the way.
    mark = f"visamap_{uuid4().hex}_"
    text = sql.text([f"o{n}" for n in range(own)], rules.periods, arrival, departure)
    for name, table in tables.items():
        table.createOrReplaceTempView(mark + name)
        text = text.replace(f"FROM {name}\n", f"FROM {mark}{name}\n")
        text = text.replace(f"JOIN {name} ", f"JOIN {mark}{name} ")
    try:
        return session.sql(text)
    finally:
        for name in tables:
            session.catalog.dropTempView(mark + name)


def counted(answered: DataFrame, cells: Sequence[str], names: tuple[str, str]) -> DataFrame:
    """Count what ``answered`` holds, by the same text as the other engine."""
    mark = f"visamap_{uuid4().hex}_answered"
    answered.createOrReplaceTempView(mark)
    try:
        return answered.sparkSession.sql(
            sql.summary(cells, names).replace("FROM answered", f"FROM {mark}")
        )
    finally:
        answered.sparkSession.catalog.dropTempView(mark)


def _passports_written(travellers: DataFrame) -> list[str]:
    """Return what may be a kind of passport; a column of anything else must not come here."""
    words = {word.replace("_", "") for word in (*PASSPORTS, *PASSPORT_ALIASES)}
    bare = F.lower(F.regexp_replace("passport", r"(?U)[\s_-]", ""))
    likely = travellers.select("passport").where(bare.isin("", *words)).distinct()
    return [row[0] for row in likely.collect()]


def _names(travellers: DataFrame, book: Book, most: int) -> DataFrame:
    """Return the table of names: read here where they are few, on the workers where not."""
    session = travellers.sparkSession
    distinct = travellers.select(F.col("nationality").alias("written")).distinct()
    few = [row[0] for row in distinct.limit(most + 1).collect()]
    if len(few) <= most:
        return session.createDataFrame(list(book.nationalities(few)), NAMES)
    return distinct.where("written IS NOT NULL").mapInArrow(_Reading(book), NAMES)


class _Reading:
    """Reads nationalities on a worker; the tables of the resolver travel with it once."""

    def __init__(self, book: Book) -> None:
        self.book = book
        # Fetched here: a worker may have no such file.
        self.names = book.index.names

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        import pyarrow as pa  # noqa: PLC0415  on the workers

        kinds = pa.schema(
            [("written", pa.string()), ("country", pa.int32()), ("problem", pa.string())]
        )
        for batch in batches:
            rows = list(self.book.nationalities(batch.column(0).to_pylist()))
            yield pa.RecordBatch.from_pylist([row._asdict() for row in rows], schema=kinds)


def _own(dataframe: DataFrame, place: int) -> Any:
    return dataframe[f"`{dataframe.columns[place].replace('`', '``')}`"]


def _column(dataframe: DataFrame, place: int | None, kind: str | None = None) -> Any:
    if place is None:
        return F.lit(None).cast("string")
    column = _own(dataframe, place)
    if kind:
        return column.cast(kind)
    if isinstance(dataframe.schema[place].dataType, TimestampType):
        # A moment is a day in UTC, whatever zone the session is in.
        return F.to_utc_timestamp(column, F.current_timezone()).cast("date")
    return column


def _passport(dataframe: DataFrame, found: Columns) -> Any:
    return F.coalesce(_column(dataframe, found.passport, "string"), F.lit(""))


def _day_kind(dataframe: DataFrame, place: int | None) -> DayKind:
    if place is None:
        return "none"
    return "text" if isinstance(dataframe.schema[place].dataType, StringType) else "date"


def _refuse_types(dataframe: DataFrame, found: Columns) -> None:
    days = (DateType, TimestampType, TimestampNTZType)
    for role in ROLES:
        place = getattr(found, role)
        if place is None:
            continue
        fits: tuple[type[DataType], ...] = (
            days if role in {"arrival", "departure"} else (IntegralType,)
        )
        kind = dataframe.schema[place].dataType
        if not isinstance(kind, (StringType, *fits)):
            said = {"heading": found.headings[place], "type": kind.simpleString(), "role": role}
            raise WrongUsageError(
                tr(
                    "Column {heading!r} holds {type}, which is no {role}; give text or days.",
                    **said,
                )
                if fits is days
                else tr("Column {heading!r} holds {type}, which is no {role}; give text.", **said)
            )


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

"""How DuckDB reads and writes each form: what to select from, and what stands for each column."""

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

import duckdb

from visamap.bulk import csv_file, jsonl_file
from visamap.bulk.columns import ADDED, BARE, ROLES, Columns, refuse_twins
from visamap.bulk.lists import Job
from visamap.bulk.sql import DayKind
from visamap.errors import WrongUsageError
from visamap.language import tr

ROOM = 1 << 10
DAY_TYPES = ("DATE", "TIMESTAMP")
TEXT_TYPES = ("VARCHAR", "ENUM")
LOOSE_JSON = r"(?i),[ \t\r\n]*[]}]|[:,\[][ \t\r\n]*[+-]?(nan|inf)"
"""What DuckDB takes for JSON and others do not: a comma too many, no number."""
LINES = "(FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x1f')"
"""What is written has one column, and nothing in it is quoted."""
WHOLE_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")


class Table(NamedTuple):
    """Something to select from, an expression for each of its columns, and their types.

    ``trouble`` is the expression of what is wrong with a row.
    """

    relation: str
    expressions: tuple[str, ...]
    types: tuple[str, ...] = ()
    trouble: str = "NULL"


class Source(NamedTuple):
    """The list: its columns, what it is selected from, how its cells are parted."""

    columns: Columns
    table: Table
    delimiter: str = ","

    @property
    def days(self) -> tuple[DayKind, DayKind]:
        """How the days of arrival and departure are written."""
        return self._day_kind(self.columns.arrival), self._day_kind(self.columns.departure)

    def _day_kind(self, place: int | None) -> DayKind:
        if place is None:
            return "none"
        return "date" if self.table.types[place].startswith(DAY_TYPES) else "text"


def text_source(con: duckdb.DuckDBPyConnection, job: Job) -> Source:
    """Look at a list of CSV or JSON Lines.

    Raises:
        WrongUsageError: it cannot be read, or has not the columns.
    """
    if job.source.form == "jsonl":
        return _jsonl_source(con, job)
    head = csv_file.head(job.source.path, job.source.named)
    columns = job.columns(head.headings)
    table = csv_table(job.source.path, len(head.headings), head.delimiter)
    return Source(columns, table, head.delimiter)


def is_loose(con: duckdb.DuckDBPyConnection, relation: str) -> bool:
    """Tell whether a line of JSON is no object, or may be none to others."""
    doubt = f"json_type(json) <> 'OBJECT' OR regexp_matches(json::VARCHAR, {literal(LOOSE_JSON)})"
    return bool(con.execute(f"SELECT 1 FROM {relation} WHERE {doubt} LIMIT 1").fetchall())  # noqa: S608


def _jsonl_source(con: duckdb.DuckDBPyConnection, job: Job) -> Source:
    """Find the keys of all objects.

    Raises:
        WrongUsageError: there is none, or the list has not the columns.
    """
    path, named = job.source.path, job.source.named
    relation = jsonl_table(path, ()).relation
    counted = (
        "SELECT key, min(place) FROM (SELECT unnest(json_keys(json)) AS key, "  # noqa: S608
        f"generate_subscripts(json_keys(json), 1) AS place FROM {relation}) "
        "GROUP BY key ORDER BY 2, 1"
    )
    headings: tuple[str, ...] = ()
    with suppress(duckdb.Error):
        if not is_loose(con, relation):
            headings = tuple(key for key, _ in con.execute(counted).fetchall())
    # Ours is slower, but takes longer lines, and such as are no objects.
    headings = headings or jsonl_file.keys([path], named)
    return Source(job.columns(headings), jsonl_table(path, headings))


def parquet_source(con: duckdb.DuckDBPyConnection, job: Job) -> Source:
    """Look at the schema of a Parquet file.

    Raises:
        WrongUsageError: it is none, or its columns are missing or of another type.
    """
    relation = f"read_parquet({literal(job.source.path)})"
    try:
        described = con.execute(f"DESCRIBE FROM {relation}").fetchall()
    except duckdb.Error as error:
        raise WrongUsageError(
            tr("{file!r} is not a Parquet file that can be read.", file=job.source.named)
        ) from error
    headings = tuple(str(row[0]) for row in described)
    columns = job.columns(headings)
    types = tuple(str(row[1]) for row in described)
    for role in ROLES:
        place = getattr(columns, role)
        fits = DAY_TYPES if role in {"arrival", "departure"} else WHOLE_NUMBERS
        if place is not None and not types[place].startswith((*TEXT_TYPES, *fits)):
            said = {"heading": headings[place], "file": job.source.named, "type": types[place]}
            raise WrongUsageError(_misfit(role, days=fits is DAY_TYPES, **said))
    table = Table(relation, tuple(map(name, headings)), types)
    return Source(columns, table)


def _misfit(role: str, *, days: bool, **said: str) -> str:
    if days:
        return tr(
            "Column {heading!r} of {file!r} holds {type}, which is no {role}; give text or days.",
            role=role,
            **said,
        )
    return tr(
        "Column {heading!r} of {file!r} holds {type}, which is no {role}; give text.",
        role=role,
        **said,
    )


def csv_table(
    path: str, width: int, delimiter: str, longest: int = 0, *, header: bool = True
) -> Table:
    """Return a CSV file of so many columns, every cell text; ``longest`` is its longest row."""
    own = tuple(f"c{n}" for n in range(width))
    columns = ", ".join(f"'{column}': 'VARCHAR'" for column in own)
    room = f", max_line_size = {longest + ROOM}" if longest > ROOM**2 else ""
    return Table(
        f"read_csv({literal(path)}, auto_detect = false, header = {str(header).lower()}, "
        f"delim = {literal(delimiter)}, quote = '\"', escape = '\"', "
        f"columns = {{{columns}}}{room})",
        own,
        ("VARCHAR",) * width,
    )


def jsonl_table(path: str, headings: Sequence[str], longest: int = 0) -> Table:
    """Return JSON Lines; a column is what the key holds, strings bare, all else as JSON."""
    room = f", maximum_object_size = {longest + ROOM}" if longest > ROOM**2 else ""
    return Table(
        f"read_ndjson_objects({literal(path)}{room})",
        json_cells(headings),
        ("VARCHAR",) * len(headings),
    )


def json_cells(headings: Sequence[str]) -> tuple[str, ...]:
    """Return the expressions of what the keys of the column ``json`` hold."""
    return tuple(f"(json ->> {literal(_json_path(heading))})" for heading in headings)


def written_table(job: Job, found: Source) -> tuple[Table, tuple[str, ...]]:
    """Return what was written, to count it; and its last columns, verdict and problem."""
    path, columns = job.target.path, (*found.columns.headings, *found.columns.added)
    if job.target.form == "csv":
        table = csv_table(path, len(columns), found.delimiter, 1 << 27 if _long(found) else 0)
    elif job.target.form == "jsonl":
        table = jsonl_table(path, columns, 1 << 27 if _long(found) else 0)
    else:
        table = Table(f"read_parquet({literal(path)})", tuple(map(name, columns)))
    added = table.expressions[-len(ADDED) :]
    return table, (added[0], added[-1])


def copy(job: Job, found: Source, answered: str) -> str:
    """Return the statement that writes the answers, of which ``answered`` is the text.

    Raises:
        WrongUsageError: the form cannot hold two columns of one name.
    """
    selected = f"SELECT {_selected(job, found)} FROM ({answered})"  # noqa: S608  names are quoted
    options = {"csv": _csv_options(found, "true"), "jsonl": "json", "parquet": "parquet"}
    return f"COPY ({selected}) TO {literal(job.target.path)} (FORMAT {options[job.target.form]})"


def part_copy(job: Job, found: Source, path: str, *, whole: bool) -> str:
    """Return the statement that writes the rows of ``answered``, without headings.

    Where ``whole``, the only column of their own is the object as it was written.

    Raises:
        WrongUsageError: the form cannot hold two columns of one name.
    """
    if whole:
        line = _merged(found.columns.added)
        return f"COPY (SELECT {line} FROM answered) TO {literal(path)} {LINES}"  # noqa: S608
    if job.target.form == "csv":
        return f"COPY (FROM answered) TO {literal(path)} (FORMAT {_csv_options(found, 'false')})"
    return f"COPY (SELECT {_selected(job, found)} FROM answered) TO {literal(path)} (FORMAT json)"  # noqa: S608


def _selected(job: Job, found: Source) -> str:
    own, added = found.columns.headings, found.columns.added
    refuse_twins(own, {"parquet": "Parquet", "jsonl": "JSON Lines", "csv": "CSV"}[job.target.form])
    return ", ".join(
        [
            *(f"o{n} AS {name(heading)}" for n, heading in enumerate(own)),
            *(f"{plain} AS {name(wish)}" for plain, wish in zip(ADDED, added, strict=True)),
        ]
    )


def _csv_options(found: Source, header: str) -> str:
    sign = literal(found.delimiter)
    return f"csv, HEADER {header}, DELIMITER {sign}, QUOTE '\"', ESCAPE '\"'"


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def name(text: str) -> str:
    """Return the name of a column as SQL writes it."""
    return '"' + text.replace('"', '""') + '"'


def _long(found: Source) -> bool:
    return "_size = " in found.table.relation


def _json_path(key: str) -> str:
    return '$."' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _merged(added: Sequence[str]) -> str:
    """Return the expression of an object's own text with the added keys behind its own."""
    texts = [
        f"coalesce({plain}::VARCHAR, 'null')"
        if plain in BARE
        else f"coalesce('\"' || {plain} || '\"', 'null')"
        for plain in ADDED
    ]
    pairs = ", ',' , ".join(
        f"{literal(jsonl_file.key_text(wish))}, {text}"
        for wish, text in zip(added, texts, strict=True)
    )
    own = "rtrim(left(o0, -1), ' ' || chr(9) || chr(10) || chr(13))"
    return f"concat({own}, CASE WHEN {own} = '{{' THEN '' ELSE ',' END, {pairs}, '}}')"

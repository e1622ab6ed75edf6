"""A release as files: JSON, CSV, Frictionless data package, SQLite, Parquet; the rules alone.

In CSV, text stands in quotes and null is nothing, so that NA stays Namibia. A spreadsheet runs a
cell that begins like a formula: such text is disarmed with an apostrophe, and counted, so that the
door can say so; our own data has none, and the other forms are always exact.
"""

import hashlib
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from visamap.errors import MissingExtraError
from visamap.i18n import tr
from visamap.render.csv_form import FORMULA
from visamap.render.json_form import SCHEMA, plain
from visamap.results.data_results import Export, Field, Reference, Table


def csv_text(table: Table) -> str:
    """Return the table with a heading."""
    lines = [",".join(map(_quoted, table.columns))]
    lines += [",".join(map(_cell, row)) for row in table.rows]
    return "\n".join(lines) + "\n"


def formulas(table: Table) -> int:
    """Return how many cells of the table a spreadsheet would run."""
    return sum(_runs(value) for row in table.rows for value in row)


def _cell(value: Any) -> str:
    """Return one value; null is empty, and only text has quotes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(f"'{value}" if _runs(value) else value)
    return value.isoformat() if isinstance(value, date) else str(value)


OFFSET = r"[+-][0-9]{2}:[0-9]{2}"
"""Of a border's time; a spreadsheet takes it for a time of day."""


def _runs(value: Any) -> bool:
    text = isinstance(value, str) and value.startswith(FORMULA)
    return text and not re.fullmatch(OFFSET, value)


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


OF_NULL = {
    ".csv": """In CSV it is an empty cell without quotes, and all text
  has quotes. `NA` in `countries.alpha2` is Namibia: in pandas, read with
  `keep_default_na=False, na_values=[""]`.""",
    ".parquet": "`NA` in `countries.alpha2` is Namibia.",
}


def readme_text(export: Export, suffix: str) -> str:
    """Return the page for tables in files that end in ``suffix``."""
    listed = "\n".join(_line(table, suffix) for table in export.tables)
    return f"""# {export.title}

Data of {export.data.release.isoformat()}, licence {export.licence}, {export.data.digest}.
Made by `visamap export`. Not legal advice: ask the consulate before you travel.

## How to read it

- `rules` is the table to join with: destination, nationality, passport kind and day of entry give
  the answer. Each day lies in exactly one row: `first_day <= day AND day <= last_day`.
- `destination` is part of every key: an act between two destinations is a row of each, seen from
  its side, and so is a source that both cite. Join on it too, or choose one.
- `outbound_rules` and `outbound_snapshots` say where passports of Central Asia may go; a certain
  rule wins over what a snapshot saw. `passport_ranks` are published, `mobility` is worked out.
- `unknown` is never a soft yes, and `visa_free` is said only where it is certain.
- A regime of an agreement may have no dates of its own; `regime_spans` has the days worked out.
- A list is a table of its own (`regimes` has `regime_nationalities`); `ordinal` keeps its order.
  Every fact leads to `sources` through a table whose name ends in `_sources`.
- A date that is not known to the day is text (`2024-04` or `2024`); the columns `_first` and
  `_last` beside it are its first and last possible day.
- Null is "not known" or "does not apply". {OF_NULL[suffix]}
- `dictionary` explains every column, `dictionary_words` every closed word.

## Tables

| table | rows | what a row is |
|---|---|---|
{listed}
"""


def _line(table: Table, suffix: str) -> str:
    about = table.description.replace("|", "\\|")
    if table.licence:
        about += f" Licence of this table: {table.licence}, see `notices`."
    return f"| [{table.name}]({table.name}{suffix}) | {len(table.rows)} | {about} |"


PROFILES = "https://datapackage.org/profiles/2.0"
LICENCES = {
    "CC-BY-4.0": {
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
        "title": "Creative Commons Attribution 4.0 International",
    },
    "MIT": {"name": "MIT", "path": "https://opensource.org/license/mit", "title": "MIT License"},
}
DESCRIPTION = (
    "Who may cross which border without a visa: dated rules, the act behind each rule, limits as "
    "data, a source for each fact, doubt shown openly."
)


def package_text(export: Export, files: dict[str, bytes], created: int | None = None) -> str:
    """Return ``datapackage.json`` for CSV ``files``; ``created`` is seconds since 1970.

    Without ``created`` the package is as old as the release.
    """
    release = export.data.release.isoformat()
    moment = (
        datetime.fromisoformat(release) if created is None else datetime.fromtimestamp(created, UTC)
    )
    package = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "visamap",
        "title": export.title,
        "description": DESCRIPTION,
        "version": release,
        "created": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "keywords": ["visa", "visa-free", "passport", "travel", "law"],
        "contributors": [{"title": "The visamap authors", "roles": ["creator"]}],
        "licenses": [LICENCES.get(export.licence, {"name": export.licence})],
        "sources": list(
            {
                (table, source["id"]): {
                    "title": source.get("title") or source["id"],
                    "path": source["url"],
                }
                for table in ("sources", "mobility_sources")
                for found in export.tables
                if found.name == table
                for source in rows(found)
            }.values()
        ),
        "resources": [_resource(t, files[f"{t.name}.csv"]) for t in export.tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(table: Table, content: bytes) -> dict[str, Any]:
    licences = {"licenses": [LICENCES[table.licence]]} if table.licence else {}
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        **licences,
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [_reference(table, one) for one in table.references]
    return schema


def _field(field: Field) -> dict[str, Any]:
    bounds: dict[str, Any] = {"required": True} if field.required else {}
    if field.words:
        bounds["enum"] = list(field.words)
    elif field.pattern:
        bounds["pattern"] = field.pattern
    elif field.minimum is not None:
        bounds["minimum"] = field.minimum
    described = {"name": field.name, "type": field.type, "description": field.description}
    return {**described, "constraints": bounds} if bounds else described


def _reference(table: Table, reference: Reference) -> dict[str, Any]:
    # A table that refers to itself leaves its name out.
    other = {} if reference.table == table.name else {"resource": reference.table}
    required = {field.name for field in table.fields if field.required}
    # To a reader of packages a key that is half null leads nowhere; to SQL it leads to nothing.
    held = 1 if set(reference.columns) - required else len(reference.columns)
    return {
        "fields": list(reference.columns[:held]),
        "reference": {**other, "fields": list(reference.key[:held])},
    }


def document_text(export: Export) -> str:
    """Return the document."""
    parts = {
        "schema": SCHEMA,
        "data": plain(export.data),
        "title": export.title,
        "licence": export.licence,
        "other_licences": {t.name: t.licence for t in export.tables if t.licence},
        **{name: rows(export.table(name)) for name in export.beside},
        "dataset": export.document,
        "other_datasets": export.others,
    }
    return _object(parts, ("dataset", "other_datasets", *export.others)) + "\n"


def listed(table: Table) -> str:
    """Return a table as a list of objects, one on a line."""
    return _value(rows(table)) + "\n"


def lines(table: Table) -> str:
    """Return a table as JSON Lines."""
    return "".join(f"{_packed(row)}\n" for row in rows(table))


def rows(table: Table) -> list[dict[str, Any]]:
    """Return the rows of a table as objects with every key."""
    columns = table.columns
    return [dict(zip(columns, map(plain, row), strict=True)) for row in table.rows]


def _object(parts: dict[str, Any], opened: tuple[str, ...] = ()) -> str:
    """Return an object with a line for each key, or more where the value is long."""
    written = (
        f"{_packed(key)}: {_object(value) if key in opened else _value(value)}"
        for key, value in parts.items()
    )
    return "{\n" + ",\n".join(written) + "\n}"


def _value(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(map(_packed, value)) + "\n]"
    return _packed(value)


_packed = json.JSONEncoder(ensure_ascii=False).encode  # made once: it writes each row


SQLITE_AND_PARQUET = {
    "string": ("TEXT", "string"),
    "integer": ("INTEGER", "int64"),
    "number": ("REAL", "float64"),
    "boolean": ("INTEGER", "bool_"),
    "date": ("TEXT", "date32"),
}


def parquet_contents(tables: "tuple[Table, ...]") -> dict[str, bytes]:
    """Return the bytes of a file for each table, by its name."""
    try:
        import pyarrow as pa  # noqa: PLC0415  a large library, for this form alone
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("bulk", tr("Parquet")) from error
    return {table.name: _written(pa, pq, table) for table in tables}


def _written(pa: Any, pq: Any, table: Table) -> bytes:
    fields = [
        pa.field(
            field.name,
            getattr(pa, SQLITE_AND_PARQUET[field.type][1])(),
            nullable=not field.required,
        )
        for field in table.fields
    ]
    # Parquet has no decimals without a fixed scale; its numbers are those of SQLite.
    rows = [tuple(float(v) if isinstance(v, Decimal) else v for v in row) for row in table.rows]
    values = list(zip(*rows, strict=True)) or [()] * len(fields)
    columns = [pa.array(column, field.type) for column, field in zip(values, fields, strict=True)]
    file = io.BytesIO()
    pq.write_table(pa.table(columns, pa.schema(fields)), file, compression="zstd")
    return file.getvalue()


def sqlite_content(export: Export) -> bytes:
    """Return the bytes of the file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        # References run in circles between tables, so they are checked once all rows are there.
        base.execute("PRAGMA foreign_keys = OFF")
        base.execute("PRAGMA temp_store = MEMORY")  # a full or missing TMPDIR is not our trouble
        base.execute("BEGIN")
        for table in export.tables:
            base.execute(statement(table))
            marks = ", ".join("?" * len(table.fields))
            rows = ([_sqlite_value(value) for value in row] for row in table.rows)
            base.executemany(f"INSERT INTO {name(table.name)} VALUES ({marks})", rows)  # noqa: S608  our own names
        base.execute("COMMIT")
        base.execute("VACUUM")
        return base.serialize()


def statement(table: Table) -> str:
    """Return the statement that makes a table."""
    return f"CREATE TABLE {name(table.name)} (\n  " + ",\n  ".join(_parts(table)) + "\n) STRICT"


def name(text: str) -> str:
    """Return a name as SQL writes it, whatever the word is."""
    return '"' + text.replace('"', '""') + '"'


def _parts(table: Table) -> Iterator[str]:
    for field in table.fields:
        kind = SQLITE_AND_PARQUET[field.type][0] + " NOT NULL" * field.required
        yield f"{name(field.name)} {kind}{_check(field)}"
    if table.key:
        yield f"PRIMARY KEY ({_listed(table.key)})"
    for own, other, key in table.references:
        yield f"FOREIGN KEY ({_listed(own)}) REFERENCES {name(other)} ({_listed(key)})"


def _check(field: Field) -> str:
    column = name(field.name)
    if field.words:
        words = ", ".join("'" + word.replace("'", "''") + "'" for word in field.words)
        return f" CHECK ({column} IN ({words}))"
    if field.type == "boolean":
        return f" CHECK ({column} IN (0, 1))"
    return "" if field.minimum is None else f" CHECK ({column} >= {field.minimum})"


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(map(name, columns))


def _sqlite_value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


FORMS = ("json", "csv", "sqlite", "parquet", "datapackage", "rules", "dyads")
FOLDERS = ("csv", "parquet", "datapackage")
PACKAGE = ""
"""The form of a name without an ending: a folder that holds a data package."""
TABLE_FORMS = {
    "rules": ("csv", "json", "jsonl", "parquet"),
    "dyads": ("csv", "json", "jsonl", "parquet", "md", PACKAGE),
}
"""Tables that are written alone, and in which forms, by the ending of the name."""


class Made(NamedTuple):
    """What is to be written: the files of a folder by name, or one file without a name.

    ``disarmed`` counts the cells that a spreadsheet would have run.
    """

    files: dict[str, bytes]
    disarmed: int = 0

    @property
    def file(self) -> bytes:
        """The only file."""
        return self.files[""]


def made(export: Export, form: str, created: int | None = None) -> Made:
    """Return a whole release in a form; a package says that it was made at ``created``."""
    if form == "json":
        return Made({"": document_text(export).encode()})
    if form == "sqlite":
        return Made({"": sqlite_content(export)})
    if form == "parquet":
        files = {f"{t}.parquet": file for t, file in parquet_contents(export.tables).items()}
        return Made({"README.md": readme_text(export, ".parquet").encode(), **files})
    files = {f"{table.name}.csv": csv_text(table).encode() for table in export.tables}
    if form == "datapackage":
        files["datapackage.json"] = package_text(export, files, created).encode()
    files["README.md"] = readme_text(export, ".csv").encode()
    return Made(files, sum(map(formulas, export.tables)))


def dyads_made(export: Export, form: str, created: int | None = None) -> Made:
    """Return the table for research, its codebook, or both as a data package."""
    dyads = export.table("dyads")
    codebook = codebook_text(export, dyads).encode()
    if form == "md":
        return Made({"": codebook})
    if form == PACKAGE:
        found = made(export, "datapackage", created)
        return found._replace(files={**found.files, "README.md": codebook})
    return table_made(dyads, form)


def table_made(table: Table, form: str) -> Made:
    """Return a table alone, in a form of ``TABLE_FORMS``."""
    if form == "csv":
        return Made({"": csv_text(table).encode()}, formulas(table))
    if form == "parquet":
        return Made({"": parquet_contents((table,))[table.name]})
    return Made({"": (lines if form == "jsonl" else listed)(table).encode()})


def codebook_text(export: Export, table: Table) -> str:
    """Return what each column of a table means, with its words, as a page."""
    meanings = {
        (row["column_name"], row["word"]): row["meaning"]
        for row in rows(export.table("dictionary_words"))
        if row["table_name"] == table.name
    }
    key = ", ".join(f"`{name}`" for name in table.key)
    parts = [
        f"""# {export.title}: codebook

Data of {export.data.release.isoformat()}, licence {export.licence}, {export.data.digest}.
Made by `visamap export`.

{table.description}

Key: {key}. In CSV null is an empty cell without quotes, and all text has quotes."""
    ]
    for field in table.fields:
        null = "" if field.required else ", may be null"
        words = "".join(
            f"\n- `{word}`" + (f": {meaning}" if (meaning := meanings[field.name, word]) else "")
            for word in field.words
        )
        parts.append(
            f"## {field.name}\n\n{field.type}{null}. {field.description}\n{words}".rstrip()
        )
    return "\n\n".join(parts) + "\n"

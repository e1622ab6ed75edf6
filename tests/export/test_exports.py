"""Every form holds the same rows, opens in the tool it is meant for, and comes out the same."""

import contextlib
import csv
import hashlib
import importlib.util
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from kit_release import answers_for

from visamap.export import formats
from visamap.export.formats import FORMS, TABLE_FORMS, made, table_made
from visamap.export.relational import read_back, tables
from visamap.extras import how_to_add
from visamap.results.data_results import Field, Table
from visamap.results.parts import DataRef
from visamap.vocabulary import DESTINATIONS

MOBILITY = Path(__file__).parents[2] / "data" / "mobility"
OF_EXPORTS = {"release", "dictionary", "dictionary_words"}
ODD = ("DEU", "KAZ", "KGZ", "NAM", "RUS", "THA", "TJK", "TWN", "XKX", "XXA", "XXB")
"""Citizens, an agreement, a closed border, a missing value to some, no states, no codes."""


def plain(value):
    """A value as every form can give it back."""
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


@pytest.fixture(scope="module")
def some(export):
    """The release with answers for the odd nationalities, and a few: all rows are written alike."""
    codes = sorted({row[0] for row in export.table("rules").rows})
    return answers_for(export, {*ODD, *codes[::60]})


@pytest.fixture(scope="module")
def expected(some):
    return {
        table.name: [[plain(value) for value in row] for row in table.rows] for table in some.tables
    }


def of_csv(table, content):
    """Read a table as a program does that knows its types, and that only null has no quotes."""
    rows = list(csv.reader(io.StringIO(content.decode())))
    assert rows[0] == list(table.columns)
    readers = {
        "integer": int,
        "number": float,
        "boolean": {"true": True, "false": False}.__getitem__,
        "string": str,
        "date": str,
    }
    return [
        [
            readers[field.type](cell) if cell else None
            for field, cell in zip(table.fields, row, strict=True)
        ]
        for row in rows[1:]
    ]


@pytest.fixture(scope="module")
def files(some):
    """The files of the data package."""
    return made(some, "datapackage").files


@pytest.fixture(scope="module")
def folder(files, tmp_path_factory):
    """The data package, written."""
    place = tmp_path_factory.mktemp("package")
    for name, content in files.items():
        (place / name).write_bytes(content)
    return place


@pytest.fixture(scope="module")
def base(some, tmp_path_factory):
    """The SQLite file, written."""
    place = tmp_path_factory.mktemp("sqlite") / "visamap.sqlite"
    place.write_bytes(made(some, "sqlite").file)
    return place


def test_csv_holds_the_same_rows_alone_and_in_a_package(some, files, expected):
    found = {table.name: of_csv(table, files[f"{table.name}.csv"]) for table in some.tables}
    assert found == expected
    alone = made(some, "csv").files
    assert alone == {name: content for name, content in files.items() if name in alone}
    assert files.keys() - alone == {"datapackage.json"}


def test_sqlite_holds_the_same_rows(some, base, expected):
    with closing(sqlite3.connect(base)) as opened:
        for table in some.tables:
            read = opened.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid')  # noqa: S608
            assert [column for column, *_ in read.description] == list(table.columns)
            # SQLite has no type of its own for true and false; 1 == True
            assert [list(row) for row in read] == expected[table.name], table.name


def test_parquet_holds_the_same_rows_and_types(some, expected, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    kinds = {
        "string": "VARCHAR",
        "integer": "BIGINT",
        "number": "DOUBLE",
        "boolean": "BOOLEAN",
        "date": "DATE",
    }
    files = made(some, "parquet").files
    for table in some.tables:
        place = tmp_path / f"{table.name}.parquet"
        place.write_bytes(files[place.name])
        read = duckdb.sql(f"SELECT * FROM '{place}'")  # noqa: S608
        assert dict(zip(read.columns, map(str, read.types), strict=True)) == {
            field.name: kinds[field.type] for field in table.fields
        }
        rows = [[plain(value) for value in row] for row in read.fetchall()]
        assert rows == expected[table.name], table.name


def test_json_holds_the_same_records(some, expected):
    document = json.loads(made(some, "json").file)
    assert document["data"]["digest"] == some.data.digest
    assert list(document["other_datasets"]) == list(DESTINATIONS[1:])
    datasets = document["dataset"], *document["other_datasets"].values()
    again = {table.name: table.rows for table in tables(*map(read_back, datasets))}
    assert again == {t.name: t.rows for t in some.tables if t.name in again}
    others = {table.name for table in some.tables} - set(again) - OF_EXPORTS
    assert {"rules", "outbound_rules", "outbound_snapshots", "mobility"} <= others
    for name in others:
        table = some.table(name)
        assert [list(row) for row in document[name]] == [list(table.columns)] * len(table.rows)
        assert [list(row.values()) for row in document[name]] == expected[name]


def test_the_matrix_of_other_destinations_is_exported_as_it_is_kept(export):
    with (MOBILITY / "snapshots.csv").open(encoding="utf-8") as file:
        kept = [tuple(row.values())[:6] for row in csv.DictReader(file)]
    exported = [
        tuple("" if cell is None else str(cell) for cell in row)
        for row in export.table("outbound_snapshots").rows
    ]
    assert exported == kept
    with (MOBILITY / "mobility.csv").open(encoding="utf-8") as file:
        kept = [tuple(row) for row in csv.reader(file)][1:]
    assert [
        tuple("" if cell is None else str(cell) for cell in row)
        for row in export.table("mobility").rows
    ] == kept


def test_rules_are_those_of_each_destination(registry, export):
    homes = [registry.entering(home).rules().rows for home in DESTINATIONS]
    assert export.table("rules").rows == tuple(row for rows in homes for row in rows)
    assert [{row[-1] for row in rows} for rows in homes] == [{home} for home in DESTINATIONS]


def test_rules_are_the_same_in_each_form(some, expected):
    rules = some.table("rules")
    assert of_csv(rules, table_made(rules, "csv").file) == expected["rules"]
    listed = json.loads(table_made(rules, "json").file)
    assert [list(row.values()) for row in listed] == expected["rules"]
    assert [json.loads(line) for line in table_made(rules, "jsonl").file.splitlines()] == listed


@pytest.mark.parametrize("home", ["KAZ", "UZB"])
@pytest.mark.parametrize("days", [["2012-01-20", "2012-01-21", "2020-06-01", "2026-11-24"]])
def test_rules_answer_as_check_does(registry, days, home):
    registry = registry.entering(home)
    rules = registry.rules()
    found = {}
    for row in rules.rows:
        found.setdefault(row[:2], []).append(row)
    for (code, passport), periods in list(found.items())[::7]:
        for day in map(date.fromisoformat, days):
            (row,) = [period for period in periods if period[2] <= day <= period[3]]
            answer = registry.check(code, on=day, passport=passport)
            assert row[4:7] == (answer.verdict, answer.reason, answer.max_stay_days)


def test_one_destination_can_be_exported_alone(registry, export):
    alone = registry.export("Uzbekistan")
    assert (alone.document["meta"]["home"], alone.others) == ("UZB", {})
    for table in alone.tables:
        whole = export.table(table.name)
        if table.key[-1:] == ("destination",) and "outbound" not in table.name:
            assert table.rows == tuple(row for row in whole.rows if row[-1] == "UZB"), table.name


def test_namibia_is_no_missing_value(export):
    text = formats.csv_text(export.table("countries"))
    assert '"NAM","NA","516","state","Namibia"' in text
    assert '"XXA",,,"stateless"' in text


def test_our_own_data_has_no_cell_that_a_spreadsheet_would_run(export):
    assert {table.name: formats.formulas(table) for table in export.tables} == {
        table.name: 0 for table in export.tables
    }


def small(*values):
    field = Field("note", "string", False, "A remark.")
    return Table("notes", "Remarks.", (field,), (), (), tuple((value,) for value in values))


def test_a_formula_is_disarmed_in_csv_and_exact_elsewhere(some):
    table = small("=1+1", "+7 727", "-", "@x", "a=b", 'say "no"', None, "two\nlines")
    assert formats.csv_text(table) == (
        '"note"\n"\'=1+1"\n"\'+7 727"\n"\'-"\n"\'@x"\n"a=b"\n"say ""no"""\n\n"two\nlines"\n'
    )
    whole = some._replace(tables=(*some.tables, table))
    assert made(whole, "csv").disarmed == 4
    assert made(whole, "sqlite").disarmed == 0
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.deserialize(formats.sqlite_content(whole))
        assert opened.execute("SELECT note FROM notes").fetchall() == list(table.rows)


def test_parquet_keeps_what_csv_makes_hard(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    table = small("=1+1", "", None, "NA", "NULL", 'say "no"', "two\nlines", "a\r\nb", "\\N")
    place = tmp_path / "notes.parquet"
    place.write_bytes(formats.parquet_contents((table,))["notes"])
    read = duckdb.sql(f"SELECT note FROM '{place}'").fetchall()  # noqa: S608
    assert read == list(table.rows)


def test_without_the_library_parquet_says_what_to_install(export, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=re.escape(how_to_add("bulk"))) as error:
        made(export, "parquet")
    assert error.value.exit_status == 2


def test_sqlite_keys_lead_somewhere(base):
    with closing(sqlite3.connect(base)) as opened:
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        to = {row[2] for row in opened.execute("PRAGMA foreign_key_list('rules')")}
        assert to == {"countries", "regimes", "instruments"}


def test_sqlite_refuses_a_word_that_is_none(base):
    with closing(sqlite3.connect(base)) as opened, pytest.raises(sqlite3.IntegrityError):
        opened.execute("UPDATE rules SET verdict = 'maybe'")


def test_sqlite_opens_in_datasette(base):
    # A process of its own: it leaves connections open, which is not ours to mend.
    pytest.importorskip("datasette")
    code = """
import asyncio, sys
from datasette.app import Datasette
client = Datasette([sys.argv[1]], settings={"num_sql_threads": 0}).client
for address in sys.argv[2:]:
    print(asyncio.run(client.get(address)).text.replace("\\n", " "))
"""
    labels = "/visamap/rules.json?nationality=THA&_labels=on&_size=1"
    page, row = subprocess.run(
        [sys.executable, "-c", code, base, labels, "/visamap/countries/THA"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert json.loads(page)["rows"][0]["nationality"]["value"] == "THA"
    assert "rules?nationality=THA" in row


def test_frictionless_finds_the_package_valid(folder):
    """Each table is looked up for one whole and one halved key that lead to it: a lookup is long.

    That every key leads somewhere is asked of SQLite, above.
    """
    pytest.importorskip("frictionless")
    package, looked_up = json.loads((folder / "datapackage.json").read_text("utf-8")), set()
    for table in package["resources"]:
        asked = []
        for key in table["schema"].pop("foreignKeys", ()):
            target = key["reference"].get("resource", ""), len(key["fields"])
            if target not in looked_up:
                looked_up.add(target)
                asked.append(key)
        if asked:
            table["schema"]["foreignKeys"] = asked
    assert len(looked_up) > 30
    (folder / "fewer-lookups.json").write_text(json.dumps(package), encoding="utf-8")
    # A process of its own: what the library warns of is not ours to mend.
    code = (
        "import sys; from frictionless import Package; report = Package(sys.argv[1]).validate(); "
        "print(report.valid, report.flatten(['name', 'message'])[:5], report.stats['tasks'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder / "fewer-lookups.json")],
        capture_output=True,
        text=True,
        check=True,
    )
    tasks = len(list(folder.glob("*.csv")))
    assert done.stdout.split("\n")[0] == f"True [] {tasks}"


def test_the_package_names_keys_words_sources_and_licence(export, files):
    package = json.loads(files["datapackage.json"])
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    cited = [*{row[0] for row in export.table("sources").rows}]
    cited += export.table("mobility_sources").rows
    assert len(package["sources"]) == len(cited)
    resources = {resource["name"]: resource for resource in package["resources"]}
    schema = resources["penalties"]["schema"]
    assert schema["primaryKey"] == ["id", "destination"]
    # a reference to the table itself leaves out its name
    assert {"fields": ["newer_wording"], "reference": {"fields": ["id"]}} in schema["foreignKeys"]
    schema = resources["regime_sources"]["schema"]
    to = {"resource": "sources", "fields": ["id", "destination"]}
    assert {"fields": ["source", "destination"], "reference": to} in schema["foreignKeys"]
    verdict = next(f for f in resources["rules"]["schema"]["fields"] if f["name"] == "verdict")
    assert verdict["constraints"]["enum"] == ["visa_free", "visa_required", "citizen", "unknown"]
    assert {
        (name, one["name"]) for name, r in resources.items() for one in r.get("licenses", ())
    } == {("outbound_snapshots", "MIT"), ("mobility", "MIT")}
    ((_, licence, notice),) = export.table("notices").rows
    assert licence == "MIT"
    assert "Copyright (c) 2017 Ilya Ilyankou" in notice
    assert "shall be included in all" in notice
    for resource in package["resources"]:
        content = files[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_a_package_is_as_old_as_its_release_or_as_it_is_told(some, files):
    def created(files):
        return json.loads(files["datapackage.json"])["created"]

    assert created(files) == f"{some.data.release}T00:00:00Z"
    assert created(made(some, "datapackage", 86_400).files) == "1970-01-02T00:00:00Z"


def test_the_page_in_a_folder_leads_to_every_table(some, files):
    page = files["README.md"].decode()
    assert all(f"]({table.name}.csv)" in page for table in some.tables)
    assert some.data.digest in page


def test_a_licence_that_we_do_not_know_is_named_as_it_is(some):
    other = some._replace(licence="none", data=DataRef(date(2026, 1, 1), "sha256:x"))
    package = json.loads(made(other, "datapackage").files["datapackage.json"])
    assert package["licenses"] == [{"name": "none"}]


def test_the_same_data_gives_the_same_bytes(export):
    forms = [
        form for form in FORMS[:-1] if form != "parquet" or importlib.util.find_spec("pyarrow")
    ]
    code = f"""
import hashlib
from visamap.export.formats import made, table_made
rules = export.table("rules")
print(hashlib.sha256(table_made(rules, "csv").file).hexdigest())
# A form writes all rows alike, so that the answers for a few are enough.
few = rules._replace(rows=rules.rows[::97])
export = export._replace(tables=tuple(few if t is rules else t for t in export.tables))
for form in {forms!r}:
    for name, content in sorted(made(export, form).files.items()):
        print(form, name, hashlib.sha256(content).hexdigest())
for form in {TABLE_FORMS["rules"][:-1]!r}:
    print(form, hashlib.sha256(table_made(few, form).file).hexdigest())
"""
    opened = "import visamap\nexport = visamap.load().export()"
    elsewhere = subprocess.run(
        [sys.executable, "-c", opened + code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Almaty"},
    ).stdout
    with contextlib.redirect_stdout(io.StringIO()) as here:
        exec(code, {"export": export})  # noqa: S102  our own
    assert elsewhere == here.getvalue()

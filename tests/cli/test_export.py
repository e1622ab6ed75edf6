"""``visamap export``: where it writes, what it refuses to touch, what is left when it fails."""

import builtins
import csv
import errno
import json
import os
import sys
import tempfile
from importlib.util import find_spec

import pytest

from visamap.cli.commands import run

ONE_FILE = ("json", "sqlite", "rules")
FOLDERS = ("csv", "datapackage")
ARROW = pytest.mark.skipif(not find_spec("pyarrow"), reason="the extra `bulk` is not installed")


@pytest.fixture
def worked_out(monkeypatch, export):
    """A little of every table, worked out once: these tests are about where it goes."""
    tables = tuple(table._replace(rows=table.rows[:20]) for table in export.tables)
    little = export._replace(tables=tables, document={"meta": export.document["meta"]}, others={})

    class Opened:
        def export(self):
            return little

        def rules(self):
            found = export.table("rules")
            return found._replace(rows=tuple(row for row in found.rows if row[-1] == "KAZ"))

    monkeypatch.setattr("visamap.cli.export.opened", Opened)


def name_of(form):
    return {"rules": "rules.csv"}.get(form, f"out.{form}")


@pytest.mark.usefixtures("worked_out")
@pytest.mark.parametrize("form", [*ONE_FILE, *FOLDERS])
def test_it_writes_one_thing_and_says_so(form, tmp_path, capsys):
    place = tmp_path / name_of(form)
    assert run(["export", form, "-o", str(place)]) == 0
    assert os.listdir(tmp_path) == [place.name]
    assert place.is_dir() is (form in FOLDERS)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"Wrote {place}: ")


@pytest.mark.usefixtures("worked_out")
@pytest.mark.parametrize("form", [*ONE_FILE, *FOLDERS])
def test_what_is_there_stays_unless_told_otherwise(form, tmp_path, capsys):
    place = tmp_path / name_of(form)
    place.mkdir() if form in FOLDERS else place.write_text("mine")
    assert run(["export", form, "-o", str(place)]) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert os.listdir(place) == [] if form in FOLDERS else place.read_text() == "mine"
    assert run(["export", form, "-o", str(place), "--overwrite"]) == 0
    assert run(["export", form, "-o", str(place), "--overwrite"]) == 0
    assert os.listdir(tmp_path) == [place.name]


@pytest.mark.usefixtures("worked_out")
def test_tables_of_an_earlier_release_are_gone_afterwards(tmp_path):
    place = tmp_path / "tables"
    assert run(["export", "csv", "-o", str(place)]) == 0
    (place / "of_old.csv").write_text("")
    assert run(["export", "csv", "-o", f"{place}/", "--overwrite"]) == 0
    assert not (place / "of_old.csv").exists()


@pytest.mark.usefixtures("worked_out")
@pytest.mark.parametrize("files", [["thesis.docx", "README.md"], ["mine.csv"]])
def test_a_folder_with_other_files_is_never_replaced(files, tmp_path, capsys):
    for name in files:
        (tmp_path / name).write_text("mine")
    assert run(["export", "csv", "-o", str(tmp_path), "--overwrite"]) == 2
    assert files[0] in capsys.readouterr().err
    assert sorted(os.listdir(tmp_path)) == sorted(files)


@pytest.mark.usefixtures("worked_out")
def test_a_file_is_not_replaced_by_a_folder(tmp_path, capsys):
    place = tmp_path / "out"
    place.write_text("mine")
    assert run(["export", "csv", "-o", str(place), "--overwrite"]) == 2
    assert "is not a folder" in capsys.readouterr().err
    assert place.read_text() == "mine"


@pytest.mark.usefixtures("worked_out")
@pytest.mark.parametrize("form", [*ONE_FILE, *FOLDERS])
def test_a_missing_directory_is_named(form, tmp_path, capsys):
    place = tmp_path / "missing" / name_of(form)
    assert run(["export", form, "-o", str(place)]) == 5
    said = capsys.readouterr().err
    assert str(place) in said
    assert "No such file or directory" in said


class Full:
    """A file on a full disk."""

    def __init__(self, file):
        self.file = file

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def write(self, _):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.usefixtures("worked_out")
@pytest.mark.parametrize("form", [*ONE_FILE, *FOLDERS])
def test_a_full_disk_leaves_the_old_one_whole(form, tmp_path, capsys, monkeypatch):
    place = tmp_path / name_of(form)
    assert run(["export", form, "-o", str(place)]) == 0
    before = sorted(os.listdir(place)) if form in FOLDERS else place.read_bytes()
    real = builtins.open

    def opened(name, mode="r", *more, **named):
        file = real(name, mode, *more, **named)
        return Full(file) if mode in {"xb", "wb"} and str(tmp_path) in str(name) else file

    monkeypatch.setattr(builtins, "open", opened)
    assert run(["export", form, "-o", str(place), "--overwrite"]) == 5
    monkeypatch.undo()
    assert "No space left" in capsys.readouterr().err
    assert os.listdir(tmp_path) == [place.name]
    assert (sorted(os.listdir(place)) if form in FOLDERS else place.read_bytes()) == before


@pytest.mark.usefixtures("worked_out")
@pytest.mark.parametrize("form", ["sqlite", "json", "csv", pytest.param("parquet", marks=ARROW)])
def test_an_export_without_room_says_so(form, tmp_path, capsys):
    resource = pytest.importorskip("resource", reason="only Unix sets such a limit")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, before[1]))
    try:
        status = run(["export", form, "-o", str(tmp_path / "a")])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (status, os.listdir(tmp_path)) == (5, [])
    assert "File too large" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is a folder that nobody may write in")
@pytest.mark.parametrize(
    ("form", "name"),
    [("sqlite", "a.sqlite"), pytest.param("parquet", "folder", marks=ARROW)],
)
def test_an_export_needs_no_folder_for_temporary_files(form, name, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", "/proc")
    monkeypatch.setattr(tempfile, "tempdir", None)  # what it took for one before
    assert run(["export", form, "-o", str(tmp_path / name)]) == 0
    assert os.listdir(tmp_path) == [name]


@pytest.mark.usefixtures("worked_out")
@pytest.mark.parametrize("renamed", [1, 2])
def test_ctrl_c_while_a_folder_is_put_in_place_leaves_the_old_one(renamed, tmp_path, monkeypatch):
    place = tmp_path / "tables"
    assert run(["export", "csv", "-o", str(place)]) == 0
    (place / "of_old.csv").write_text("")
    real, calls = os.rename, []

    def rename(*names):
        calls.append(names)
        if len(calls) == renamed:
            raise KeyboardInterrupt
        real(*names)

    monkeypatch.setattr(os, "rename", rename)
    assert run(["export", "csv", "-o", str(place), "--overwrite"]) == 130
    assert os.listdir(tmp_path) == ["tables"]
    assert (place / "of_old.csv").exists()


@pytest.mark.usefixtures("worked_out")
@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("rules.csv", lambda text: list(csv.DictReader(text.splitlines()))),
        ("RULES.JSON", json.loads),
        ("rules.jsonl", lambda text: [json.loads(line) for line in text.splitlines()]),
    ],
)
def test_the_form_of_the_rules_follows_from_the_name(name, read, tmp_path):
    place = tmp_path / name
    assert run(["export", "rules", "-o", str(place)]) == 0
    rows = read(place.read_text(encoding="utf-8"))
    (found,) = [
        row
        for row in rows
        if (row["nationality"], row["passport"]) == ("THA", "ordinary")
        and row["first_day"] <= "2026-11-24" <= row["last_day"]
    ]
    assert (found["verdict"], str(found["max_stay_days"])) == ("visa_free", "30")


def test_rules_as_parquet(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    place = tmp_path / "rules.parquet"
    assert run(["export", "rules", "-o", str(place)]) == 0
    query = f"SELECT verdict FROM '{place}' WHERE nationality = 'THA' AND passport = 'ordinary' "  # noqa: S608
    query += "AND DATE '2026-11-24' BETWEEN first_day AND last_day"
    assert duckdb.sql(query).fetchall() == [("visa_free",)]


@pytest.mark.usefixtures("worked_out")
@pytest.mark.parametrize("name", ["rules", "rules.txt", "rules.xlsx"])
def test_a_name_that_says_no_form_is_refused_before_any_work(name, tmp_path, capsys):
    assert run(["export", "rules", "-o", str(tmp_path / name)]) == 2
    assert ".csv, .json, .jsonl, .parquet" in capsys.readouterr().err
    assert os.listdir(tmp_path) == []


def test_json_and_rules_go_to_stdout(capsysbinary):
    assert run(["export", "rules", "-o", "-"]) == 0
    assert capsysbinary.readouterr().out.startswith(b'"nationality","passport","first_day"')
    assert run(["export", "json", "-o", "-"]) == 0
    printed = capsysbinary.readouterr()
    assert json.loads(printed.out)["dataset"]["meta"]["home"] == "KAZ"
    assert printed.err == b""


@pytest.mark.usefixtures("worked_out")
@pytest.mark.parametrize("form", ["csv", "sqlite", "parquet", "datapackage"])
def test_what_is_no_text_does_not_go_to_stdout(form, capsys):
    assert run(["export", form, "-o", "-"]) == 2
    assert "stdout" in capsys.readouterr().err


@pytest.mark.usefixtures("worked_out")
def test_the_moment_of_a_package_can_be_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert run(["export", "datapackage", "-o", str(tmp_path / "a")]) == 0
    package = json.loads((tmp_path / "a" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["created"] == "2023-11-14T22:13:20Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert run(["export", "datapackage", "-o", str(tmp_path / "b")]) == 2
    assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err


def test_a_file_of_ones_own_is_exported_and_its_formulas_disarmed(tmp_path, capsys):
    source = tmp_path / "own.yaml"
    source.write_text(
        """
meta:
  {title: "=HYPERLINK(1)", release: 2026-01-01, schema: 1, home: KAZ, licence: none, coverage: []}
findings:
  - {id: none, partners: [XKX], text: No, as_of: 2026, confidence: low, sources: [a-source]}
sources:
  - {id: a-source, kind: law, url: "https://example.org", accessed: 2026-01-01, title: "@SUM(1)"}
""",
        encoding="utf-8",
    )
    words = ["export", "csv", "-o", str(tmp_path / "own"), "--data", str(source)]
    done = run(words)
    printed = capsys.readouterr().err
    assert done == 0, printed
    assert "before 2 cells that a spreadsheet would run" in printed
    assert '"\'@SUM(1)"' in (tmp_path / "own" / "sources.csv").read_text(encoding="utf-8")

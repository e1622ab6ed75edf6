"""The file of what lies between the five states: each mistake at its place, under its rule."""

import shutil
from pathlib import Path

import pytest

import visamap
from visamap.cli.commands import run
from visamap.data.side_tables import Known, read_region, read_sources, side_tables
from visamap.data.text import shipped_files
from visamap.errors import BrokenDataError

DATA = Path(visamap.__file__).parents[1] / "data"
CODES = visamap.load().index.tables["countries"]
SOURCES = read_sources(DATA)
ZONE = "Shavat - Dashoguz trade zone"


@pytest.fixture
def folder(tmp_path):
    shutil.copy(DATA / "region.yaml", tmp_path)
    shutil.copy(DATA / "sources.yaml", tmp_path)
    shutil.copytree(DATA / "mobility", tmp_path / "mobility")
    return tmp_path


def change(folder, old, new):
    path = folder / "region.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_shipped_file_holds_and_the_digest_covers_it():
    assert read_region(DATA, CODES, SOURCES).problems == ()
    assert DATA / "region.yaml" in shipped_files(DATA)
    first, again = (read_region(DATA, CODES, SOURCES).table() for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("border: KAZ-KGZ", "border: KGZ-KAZ", "closed-word"),
        ("border: KAZ-KGZ", "border: KAZ-TJK", "closed-word"),
        ("borders: [KAZ-UZB]", "borders: [KAZ-RUS]", "closed-word"),
        ("open_to: all", "open_to: everyone", "closed-word"),
        ("kind: rail", "kind: train", "closed-word"),
        ("season: [5, 10]", "season: [5, 13]", "range"),
        ("from_not_after: 2020-01-10, last_seen: 2023-05-06", "last_seen: 2023-05-06", "period"),
        ("last_seen: 2023-05-06", "last_seen: 2023-05-32", "date"),
        ("last_seen: 2025-03-17, short", "last_seen: 2025-03-12, short", "last-seen"),
        ("known_until: 2025-12-13", "to: 2025-12-31, known_until: 2025-12-13", "known-until"),
        ("from: 2025-12-12, last_seen", "from: 2025-12-11, last_seen", "overlap"),
        ("- id: kaz-kgz-chon-kapka", "- id: kaz-kgz-chaldybar", "ids-once"),
        ("- id: kaz-kgz-chon-kapka", "- id: aaa", "sorted"),
        ("sources: [24-kg-363526]", "sources: [no-such-page]", "links-resolve"),
        ("about: [common-visa]", "about: [common-visas]", "links-resolve"),
        (
            "on: 2018-06-05",
            "on: 2018-06-05\n        between: [2018-06-04, 2018-06-05]",
            "event-date",
        ),
        ("short: day and night}", f"short: {'day and night ' * 5}}}", "length"),
    ],
)
def test_a_slip_is_found_at_its_place(folder, old, new, rule):
    line = change(folder, old, new)
    problems = read_region(folder, CODES, SOURCES).problems
    assert rule in {problem.rule for problem in problems}
    assert all(problem.file == str(folder / "region.yaml") for problem in problems)
    assert any(abs(problem.line - line) <= 12 for problem in problems)


def test_a_broken_file_is_not_built(folder):
    change(folder, f"name: {ZONE}", f"nome: {ZONE}")
    with pytest.raises(BrokenDataError, match="unknown-key"):
        read_region(folder, CODES, SOURCES).table()


def test_validate_names_line_and_column(folder, capsys):
    line = change(folder, "open_to: citizens", "open_to: citizen")
    assert run(["validate", str(folder / "region.yaml")]) == 1
    said = capsys.readouterr().out
    assert f"region.yaml:{line}:" in said
    assert "[closed-word]" in said


def test_it_is_looked_through_with_the_law_beside_it(folder):
    known = Known(CODES, (), "KAZ")
    assert side_tables(folder, known)["region"].counts["crossings"] > 50
    change(folder, "open_to: citizens", "open_to: citizen")
    found = side_tables(folder, known)["region"].problems
    assert "closed-word" in {problem.rule for problem in found}

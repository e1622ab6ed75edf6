"""The files of where passports may go: each mistake at its place, under its rule."""

import shutil
from pathlib import Path

import pytest

import visamap
from visamap.data.side_tables import Known, read_outbound, read_sources, side_tables

DATA = Path(visamap.__file__).parents[1] / "data"
INDEX = visamap.load().index
ACTS = {act["id"] for act in INDEX.records["instruments"]}
KNOWN = Known(INDEX.tables["countries"], ACTS, {INDEX.home})
SOURCES = read_sources(DATA)


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(DATA / "mobility", tmp_path / "mobility")
    shutil.copy(DATA / "sources.yaml", tmp_path)
    return tmp_path


def change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems_of(folder):
    return [one for found in side_tables(folder, KNOWN).values() for one in found.problems]


def test_the_shipped_files_hold_and_are_laid_out_the_same_every_time(folder):
    assert problems_of(folder) == []
    first, again = (side_tables(folder, KNOWN)["outbound"].table() for _ in range(2))
    assert first == again


def test_a_slip_in_the_sources_is_told_once(folder):
    path = folder / "sources.yaml"
    line = change(path, ", kind: ", ", kind: gossip-")
    shutil.copy(DATA / "visa_regimes.yaml", folder)
    found = visamap.inspect(folder / "mobility" / "outbound.yaml")
    said = [(problem.line, problem.rule) for problem in found if problem.file == str(path)]
    assert said == [(line, "closed-word")]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("destinations: [ALB]", "destinations: [ALX]", "links-resolve"),
        ("destinations: [ALB]", "destinations: [KAZ]", "own-country"),
        ("instrument: kaz-alb-2022", "instrument: kaz-alb-2021", "links-resolve"),
        ("basis: law", "basis: laws", "closed-word"),
        ("requirement: visa_free", "requirement: visa-free", "closed-word"),
        ("- id: alb-kgz-2020", "- id: alb-kaz-2023", "ids-once"),
        ("- id: alb-kgz-2020", "- id: aaa", "sorted"),
        ("sources: [zakon-online-39296443", "sources: [no-such-page", "links-resolve"),
        ("    from: 2023-04-25\n", "", "known-since"),
        ("from: 2023-04-25", "from: 2023-04-25\n    known_since: 2023-04-26", "known-since"),
        ("to: 2024-02-15", "to: 2024-02-15\n    known_until: 2024-02-16", "known-until"),
        ("reached_through:", "reached_by:", "unknown-key"),
    ],
)
def test_a_slip_in_the_rules_is_found(folder, old, new, rule):
    path = folder / "mobility" / "outbound.yaml"
    line = change(path, old, new)
    problems = read_outbound(folder, KNOWN, SOURCES).problems
    assert rule in {problem.rule for problem in problems}
    assert all(problem.file == str(path) for problem in problems)
    assert any(abs(problem.line - line) <= 12 for problem in problems)


def test_kazakhstan_is_no_destination_here(folder):
    path = folder / "mobility" / "outbound.yaml"
    change(
        path,
        "passports: [KGZ]\n    destinations: [ALB]",
        "passports: [KGZ]\n    destinations: [KAZ]",
    )
    assert "inbound" in {problem.rule for problem in read_outbound(folder, KNOWN, SOURCES).problems}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("KAZ,AFG,visa_required,,2017-06-17", "KAZ,AFX,visa_required,,2017-06-17", "codes-known"),
        ("KAZ,AFG,visa_required", "KAZ,AFG,visa", "closed-word"),
        ("2017-06-17,2026-02-17,recorded", "2026-02-18,2026-02-17,recorded", "period"),
        ("KAZ,AGO,visa_on_arrival,,2020-11-19", "KAZ,AGO,visa_on_arrival,,2020-05-09", "overlap"),
        ("2017-06-17,2026-02-17,recorded", "2017-06-17,2026-02-17,heard", "closed-word"),
        ("2017-06-17,2026-02-17,recorded", "2017-06-31,2026-02-17,recorded", "date"),
        ("passport,destination,", "passport,place,", "heading"),
    ],
)
def test_a_slip_in_the_snapshots_is_found_in_its_line(folder, old, new, rule):
    path = folder / "mobility" / "snapshots.csv"
    line = change(path, old, new)
    problems = [p for p in read_outbound(folder, KNOWN, SOURCES).problems if p.rule == rule]
    assert [(problem.file, problem.line) for problem in problems] == [(str(path), line)]


def test_a_folder_without_them_is_no_problem(tmp_path):
    assert side_tables(tmp_path, KNOWN) == {}


def test_one_of_the_files_may_be_named(folder):
    shutil.copy(DATA / "visa_regimes.yaml", folder)
    path = folder / "mobility" / "outbound.yaml"
    assert visamap.inspect(path) == ()
    change(path, "basis: law", "basis: laws")
    assert [problem.rule for problem in visamap.inspect(path)] == ["closed-word"]
    assert "closed-word" in [p.rule for p in visamap.inspect(folder / "visa_regimes.yaml")]
    with pytest.raises(visamap.errors.MissingFileError):
        visamap.inspect(folder / "mobility" / "nothing.yaml")

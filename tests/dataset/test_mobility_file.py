"""Rows of CSV files: every mistake is named with its file and line, and nothing is a traceback."""

import shutil
from pathlib import Path

import pytest
from kit_release import law

import visamap
from visamap.data.side_tables import read_ranks, read_rows, read_sources
from visamap.schema.mobility import PublishedRank
from visamap.store.tables import LAW, SHIPPED, table

HEADING = ",".join(PublishedRank.model_fields)
ROW = "an-index,2024,,KAZ,5,9,70,70,high,,a-source"


def read_text(tmp_path, *rows, heading=HEADING):
    path = tmp_path / "rows.csv"
    path.write_bytes("\n".join([heading, *rows, ""]).encode())
    return read_rows(path, PublishedRank, lambda row: (row.index, row.edition.text, row.passport))


def test_a_row_becomes_a_record_with_its_line(tmp_path):
    found = read_text(tmp_path, ROW, 'an-index,2025,,KAZ,4,9,,,low,"a, note",a-source b-source')
    assert found.problems == []
    assert [line for line, _ in found.records] == [2, 3]
    first, second = (row for _, row in found.records)
    assert (first.rank, first.note, second.score) == (5, None, None)
    assert (second.note, second.sources) == ("a, note", ("a-source", "b-source"))


@pytest.mark.parametrize(
    ("row", "line", "rule"),
    [
        ("an-index,2025,,KAZ,four,9,,,low,,a-source", 3, "whole-number"),
        ("an-index,2025,,KAZ,4,9,,,sure,,a-source", 3, "closed-word"),
        ("an-index,2025-13,,KAZ,4,9,,,low,,a-source", 3, "date"),
        ("an-index,2025-mid,,KAZ,4,9,,,low,,a-source", 3, "date"),
        ("an-index,2025,,Kazakhstan,4,9,,,low,,a-source", 3, "pattern"),
        ("an-index,2025,,KAZ,0,9,,,low,,a-source", 3, "positive"),
        ("an-index,2025,,KAZ,10,9,,,low,,a-source", 3, "rank-within"),
        ("an-index,2025,,KAZ,,,,,low,,a-source", 3, "rank-says-nothing"),
        ("an-index,2025,,KAZ,4,9,,,low,,", 3, "missing-key"),
        ("an-index,2025,,KAZ,4,9", 3, "cells"),
        (ROW, 3, "rows-once"),
        ("an-index,2023,,KAZ,4,9,,,low,,a-source", 3, "sorted"),
        ('an-index,2025,,KAZ,4,9,,,low,"a"b,a-source', 3, "csv"),
    ],
)
def test_a_slip_is_named_with_its_line(tmp_path, row, line, rule):
    problems = read_text(tmp_path, ROW, row).problems
    assert [(problem.line, problem.rule) for problem in problems] == [(line, rule)]
    assert problems[0].file.endswith("rows.csv")


def test_columns_stand_in_the_order_of_the_model(tmp_path):
    problems = read_text(tmp_path, ROW, heading="index,rank").problems
    assert [(problem.line, problem.rule) for problem in problems] == [(1, "heading")]


def test_a_file_that_is_no_text_is_a_problem(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_bytes(b"\xff\xfe")
    assert read_rows(path, PublishedRank, str).problems[0].rule == "encoding"
    assert read_rows(tmp_path / "none.csv", PublishedRank, str).problems[0].rule == "unreadable"


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped rows, to break."""
    data = Path(LAW).parent
    shutil.copytree(data / "mobility", tmp_path / "mobility")
    shutil.copy(data / "sources.yaml", tmp_path)
    return tmp_path


def broken(folder, name, old, new):
    path = folder / "mobility" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    codes = table(SHIPPED, "countries")["countries"]
    return read_ranks(folder, codes, read_sources(folder)).problems


SNAPSHOT = "2024-12-04,KAZ,41,36,3,29,15,0,89,0,0,95,54,97,110,110,199,estimated,"


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        ("mobility.csv", SNAPSHOT, SNAPSHOT.replace("41,36", "40,37"), None),
        ("mobility.csv", SNAPSHOT, SNAPSHOT.replace("41,36", "42,36"), "destinations"),
        ("mobility.csv", SNAPSHOT, SNAPSHOT.replace(",95,54", ",94,54"), "score-adds-up"),
        ("mobility.csv", SNAPSHOT, SNAPSHOT.replace("54,97,110", "54,97,50"), "ranks-agree"),
        ("mobility.csv", SNAPSHOT, SNAPSHOT.replace("54,97", "54,96"), "one-list"),
        ("mobility.csv", SNAPSHOT, SNAPSHOT.replace("estimated", "stale-copy"), "copy-of"),
        ("mobility.csv", "2024-12-04,KAZ", "2024-12-04,KAA", "codes-known"),
        ("ranks.csv", "henley,2006,,AZE", "henly,2006,,AZE", "sorted"),
        ("ranks.csv", "github-henley-analysis", "github-henley-analyses", "sources-exist"),
        ("indexes.yaml", "tie_rule: dense", "tie_rule: loose", "closed-word"),
    ],
)
def test_rows_are_checked_against_each_other(folder, name, old, new, rule):
    problems = broken(folder, name, old, new)
    assert {problem.rule for problem in problems} == ({rule} if rule else set())
    assert all(problem.file.endswith(name) and problem.line > 1 for problem in problems)


def test_a_folder_without_rows_beside_a_sound_file_is_no_problem(tmp_path):
    (tmp_path / "law.yaml").write_bytes(law())
    alone = visamap.inspect(tmp_path / "law.yaml")
    (tmp_path / "mobility").mkdir()
    assert visamap.inspect(tmp_path / "law.yaml") == alone
    assert not [problem for problem in alone if problem.severity == "error"]

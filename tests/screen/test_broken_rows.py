"""Rows that are no rows keep their place with a problem, and everything else is answered."""

import csv
import io
import json
import random

import pytest
from screen_lists import BROKEN_CSV, BROKEN_CSV_READ, BROKEN_LINES, BROKEN_LINES_READ

from visamap.errors import WrongUsageError
from visamap.render.screen_text import text
from visamap.screen import csv_text

HEAD = b"nationality,arrival,note\n"
ROW = b"THA,2025-06-01,x\n"
OBJECT = b'{"nationality":"THA","arrival":"2025-06-01"}\n'


@pytest.fixture(params=["plain", "arrow"])
def screen(request, registry, tmp_path):
    """Screen some bytes; return the summary and what came out."""
    if request.param == "arrow":
        pytest.importorskip("duckdb")

    def screened(content, source="in.csv", target="out.csv"):
        (tmp_path / source).write_bytes(content)
        done = registry.screen(
            tmp_path / source, tmp_path / target, engine=request.param, overwrite=True
        )
        return done, (tmp_path / target).read_bytes()

    return screened


def rows_of(written):
    return list(csv.DictReader(io.StringIO(written.decode(), newline="")))


def test_every_kind_of_broken_row_keeps_its_place_and_its_text(screen):
    done, written = screen(BROKEN_CSV)
    rows = rows_of(written)
    seen = [(row["nationality"], row["arrival"], row["note"], row["problem"]) for row in rows]
    assert seen == BROKEN_CSV_READ
    assert [bool(row["verdict"]) for row in rows] == [not row["problem"] for row in rows]
    broken = [
        (number, problem)
        for number, (*_, problem) in enumerate(BROKEN_CSV_READ, 1)
        if problem and problem != "bad-arrival"
    ]
    assert [(one.row, one.problem) for one in done.broken] == broken[:5]
    assert sum(done.problems.values()) == sum(bool(row[-1]) for row in BROKEN_CSV_READ)


def test_every_kind_of_broken_line_keeps_its_place_and_its_text(screen):
    done, written = screen(BROKEN_LINES, "in.jsonl", "out.jsonl")
    found = [json.loads(line) for line in written.splitlines()]
    assert [(one.get("line"), one["problem"]) for one in found] == BROKEN_LINES_READ
    assert all("verdict" in one for one in found)
    assert done.broken[0].row == 2
    # A table has no such column: there the line stands in the first one.
    _, table = screen(BROKEN_LINES, "in.jsonl")
    for row, (line, problem) in zip(rows_of(table), BROKEN_LINES_READ, strict=True):
        assert row["problem"] == (problem or "")
        if line:
            assert row["nationality"] == line


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_one_broken_row_in_many_costs_no_other(registry, tmp_path, form):
    duckdb = pytest.importorskip("duckdb")
    source, target = tmp_path / "in.csv", tmp_path / f"out.{form}"
    many = 400_000  # more than one block
    source.write_bytes(HEAD + ROW * many + b"THA,2025-06-01\n" + ROW * 10)
    done = registry.screen(source, target, engine="arrow")
    assert done.problems == {"too-few-cells": 1}
    assert done.verdicts == {"visa_free": many + 10}
    assert [one.row for one in done.broken] == [many + 1]
    if form == "parquet":
        found = duckdb.sql(f"FROM '{target}' WHERE problem IS NOT NULL").fetchall()
        assert [row[-4] for row in found] == ["too-few-cells"]
    else:
        with target.open(encoding="utf-8") as file:
            assert [n for n, line in enumerate(file, form == "jsonl") if "cells" in line] == [
                many + 1
            ]


@pytest.mark.parametrize("after", [1, 9_000])
def test_a_quote_that_is_never_closed_costs_its_own_line(screen, after):
    done, written = screen(HEAD + ROW + b'DEU,2025-06-01,"never closed\n' + ROW * after)
    assert done.verdicts == {"visa_free": after + 1}
    assert done.problems == {"broken-quotes": 1}
    assert b'"DEU,2025-06-01,""never closed",,,,,,,,,,broken-quotes,,,\n' in written


def test_a_quote_that_is_never_closed_may_stand_before_very_many_rows(registry, tmp_path):
    pytest.importorskip("duckdb")
    source = tmp_path / "in.csv"
    # The quick way finds no place to cut behind it.
    source.write_bytes(HEAD + ROW + b'DEU,2025-06-01,"never closed\n' + ROW * 600_000)
    done = registry.screen(source, tmp_path / "out.csv", engine="arrow")
    assert done.verdicts == {"visa_free": 600_001}
    assert done.problems == {"broken-quotes": 1}


def test_strict_and_the_summary_name_the_broken_rows(registry, tmp_path):
    source = tmp_path / "in.csv"
    source.write_bytes(HEAD + ROW + b"THA\n" + b"THA,2025-06-01,\xcf\xf0\n")
    # Nothing tells which code page the last name is in, so the list's own word is asked for.
    with pytest.raises(WrongUsageError, match=r"--encoding cp1251 .*, cp1252 "):
        registry.screen(source, tmp_path / "out.csv", engine="plain")
    done = registry.screen(source, tmp_path / "out.csv", engine="plain", encoding="utf-8")
    said = text(done)
    assert "fewer cells than headings (too-few-cells)" in said
    assert "The first broken rows: 2 (too-few-cells), 3 (not-utf-8)." in said
    assert "--encoding cp1251" in said


def test_line_ends_in_the_cells_of_a_broken_list_are_no_line_ends(screen):
    content = HEAD + b'",\r,",DEU,2025-06-01,"a, b"\n THA,2025-06-01,x\n"THA,'
    _, written = screen(content)
    rows = rows_of(written)
    assert [row["nationality"] for row in rows] == [",\r,", " THA", '"THA,']
    assert rows[0]["note"] == '2025-06-01,"a, b"'


def test_what_is_remembered_of_rows_that_failed_changes_no_row(monkeypatch):
    monkeypatch.setattr(csv_text, "FAR", 0)
    chance, head = random.Random(8), csv_text.Head(("a", "b", "c"), ",", 0)  # noqa: S311  the same rows each time
    for _ in range(4000):
        data = bytes(chance.choices(b'""",,x\n\n\r', k=chance.randrange(1, 60)))
        one_by_one, at = [], 0
        while at < len(data):
            row, at = csv_text.row_at(data, at, head)
            one_by_one += [row] if row else []
        window, found = csv_text.Window(io.BytesIO(data), head), []
        while not window.ended:
            found += window.rows(csv_text.BLOCK)
        assert found == one_by_one, data

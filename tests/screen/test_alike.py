"""Hundreds of hostile lists, small blocks: Arrow writes and counts what the plain path does."""

import json
import random
import subprocess
import sys
from datetime import date
from functools import cache

import pytest

from visamap.errors import WrongUsageError
from visamap.screen import plain
from visamap.screen.lists import Job, Place, Wanted
from visamap.screen.rule_table import RuleBook

pytest.importorskip("pyarrow", reason="the extra bulk is not installed")

import pyarrow as pa
import pyarrow.parquet as pq

from visamap.screen import arrow, blocks, csv_text

LISTS = 48
"""Of each make: every second one is written as CSV, the others as JSON Lines."""
CELLS = [
    *("THA", "deu", "Türkiye", "Congo", "Tailand", "", " ", "KAZ", "004", "x" * 40),
    *("2025-06-01", "2025-06-01T10:00", "2025-06-01 25:00", " 2025-06-01 ", "0001-01-01"),
    *(
        "2025-06-01\u00a0",
        "\u20032025-06-01",
        "\x1c2025-06-01",
        "2025-02-29",
        "2024-02-29T23:59:59Z",
    ),
    *(
        "9999-12-31",
        "2025-6-1",
        "\uff12\uff10\uff12\uff15-06-01",
        "2025-06-01T10:00:00.123456+05:00",
        "2025-13-01",
    ),
    *("ordinary", "Diplomatic", "weird", "\x00THA", "\ufeff", "\u2028", "a\u00a0", '5" x'),
    *("UZB", "Tajikistan"),
]
SIGNS = [",", ",", ",", ",", ";", '"', '"', '""', "\n", "\n", "\n", "\r\n", "\r", "\n\n", " "]
VALUES = [
    *('"THA"', '"Congo"', '"2025-06-01"', '"2025-06-01T10:00"', "null", "764", "1e400", "-0", "01"),
    *("1" * 5000, "NaN", "-Infinity", '"\\u0041"', '"\\ud800"', '"\\ud83d\\ude00"', '"\ufeff"'),
    *("[" * 150 + "]" * 150, "[1,{}]", '{"nationality":"DEU"}', '"a\tb"', '"a\\tb"', "true", '""'),
    *('"UZB"', "1.10", '"\x00"', "1.", '"' + "y" * 90 + '"', "{}", '"it\'s"'),
]
KEYS = [
    "nationality",
    "arrival",
    "departure",
    "passport",
    "destination",
    "note",
    "",
    "Nationality",
    "ARRIVAL",
    "é",
]


@pytest.fixture(scope="module")
def book(registry):
    book = RuleBook(registry.index)
    book.suggestions = cache(book.suggestions)  # both ask for the same ones, list after list
    return book


@pytest.fixture
def small(monkeypatch):
    """Blocks so small that rows and cells lie across them."""

    def shrink(size):
        monkeypatch.setattr(blocks, "CSV_BYTES", size)
        monkeypatch.setattr(blocks, "LEAST", max(size // 4, 1))
        monkeypatch.setattr(csv_text, "BLOCK", max(size // 8, 1))
        monkeypatch.setattr(blocks, "JSON_BYTES", size)

    return shrink


def csv_list(chance):
    rows = ["nationality,arrival,note,departure,passport,destination"]
    for _ in range(chance.randrange(1, 12)):
        if chance.random() < 0.5:
            cells = [chance.choice(CELLS) for _ in range(6)]
            if chance.random() < 0.5:
                cells = [f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in cells]
            rows.append(",".join(cells))
        else:
            some = (chance.choice(CELLS if chance.random() < 0.5 else SIGNS) for _ in range(9))
            rows.append("".join(some))
    text = chance.choice(["\n", "\n", "\r\n", "\r"]).join(rows) + chance.choice(["", "\n"])
    return damaged(chance, text.encode())


def json_list(chance):
    lines = ['{"nationality":"THA","arrival":"2025-06-01","passport":null}']
    for _ in range(chance.randrange(1, 40)):
        if chance.random() < 0.6:
            keys = KEYS[: chance.randrange(2, 5)]
        else:
            keys = chance.choices(KEYS, k=chance.randrange(6))
        sign = chance.choice([":", ":", ": ", " :"])
        pairs = [f"{json.dumps(key)}{sign}{chance.choice(VALUES)}" for key in keys]
        line = (
            "{"
            + chance.choice([",", ",", ", "]).join(pairs)
            + chance.choice(["}", "}", " }", "} ", "", ",}"])
        )
        lines += [line] * chance.choice([1, 1, 9])
    text = chance.choice(["\n", "\n", "\r\n", "\n\n"]).join(lines) + chance.choice(["", "\n"])
    return damaged(chance, text.encode())


def damaged(chance, content):
    if chance.random() < 0.2:
        at = chance.randrange(45, len(content))
        content = content[:at] + bytes([chance.randrange(256)]) + content[at:]
    return b"\xef\xbb\xbf" * (chance.random() < 0.2) + content


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("made", [csv_list, json_list])
def test_hostile_lists_come_out_alike(book, small, tmp_path, monkeypatch, made, form):
    reader = plain.Reader(book)
    monkeypatch.setattr(plain, "Reader", lambda _, **__: reader)
    source = tmp_path / "in"
    for seed in range(form == "jsonl", LISTS, 2):
        chance = random.Random(seed)  # noqa: S311  the same lists in every run
        content = made(chance)
        source.write_bytes(content)
        small(chance.choice([8, 64, 512, 2 << 20]))
        said = {}
        for engine in (plain, arrow):
            target = tmp_path / engine.__name__
            job = Job(
                Place(str(source), made.__name__.partition("_")[0].replace("json", "jsonl"), "in"),
                Place(str(target), form, "out"),
                Wanted({}),
            )
            try:
                counting = engine.screen(job, book)
                said[engine] = counting.summary(book), target.read_bytes()
            except WrongUsageError as error:
                said[engine] = str(error)
        assert said[plain] == said[arrow], (seed, content)


def test_a_list_needs_no_pandas(tmp_path):
    """Arrow imports it where it is installed, which takes longer than a short list."""
    (tmp_path / "in.csv").write_text("nationality,arrival\nTHA,2025-06-01T10:00\nx,\n")
    days = pa.array([date(2025, 6, 1), None], pa.date32())
    pq.write_table(
        pa.table({"nationality": ["THA", "x"], "arrival": days}), tmp_path / "in.parquet"
    )
    code = (
        "import sys, visamap; registry = visamap.load()\n"
        "for form in ('csv', 'parquet'):\n"
        "    registry.screen(f'in.{form}', f'out.{form}', engine='arrow')\n"
        "sys.exit('pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False).returncode == 0

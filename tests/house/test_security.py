"""SECURITY.md names the test that covers each threat, and each of them is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", SECURITY)
ROW = re.compile(r"^\| (?!threat |---).*$", re.MULTILINE)


def names_in(path):
    parsed = ast.parse((ROOT / path).read_text("utf-8"))
    return {found.name for found in parsed.body if isinstance(found, ast.FunctionDef)}


@pytest.mark.parametrize(("path", "name"), NAMED, ids=[name for _, name in NAMED])
def test_a_named_test_is_there(path, name):
    assert name.startswith("test_")
    assert name in names_in(path)


def test_each_threat_has_a_test():
    rows = ROW.findall(SECURITY)
    assert len(rows) >= 40
    assert [row for row in rows if not re.search(r"\| `tests/[\w/]+\.py::\w+` \|$", row)] == []


def test_every_part_of_the_abuse_suite_answers_a_threat():
    named = {path for path, _ in NAMED}
    suite = {f"tests/abuse/{path.name}" for path in (ROOT / "tests" / "abuse").glob("test_*.py")}
    assert suite - named == {"tests/abuse/test_corpus.py"}  # the sum of what the others found
    assert "tests/abuse/corpus" in SECURITY


def test_it_is_told_how_to_report():
    assert "private vulnerability report" in SECURITY

"""Hostile files, one slip each: every finding at its line and column, under its rule.

A file says in its first lines what is to be found: ``# expect: 4:3 duplicate-key``, one line for
each finding, in order. The folder says which room reads it; to add a case, add a file.
"""

import re
from pathlib import Path

import pytest
from kit import COUNTRIES

from visamap.data import reading, yaml_source

# How pydantic and Python put it; a reader is spoken to in our own sentences.
THEIRS = re.compile("Input should|Field required|[Vv]alidation error|must be in|pydantic")
BROKEN = Path(__file__).parents[1] / "broken"
READERS = {
    "syntax": lambda path: yaml_source.read(path).problems,
    "records": lambda path: reading.load(path, COUNTRIES).problems,
}
FILES = sorted(path for folder in READERS for path in (BROKEN / folder).glob("*.yaml"))


def expected(path):
    return re.findall(r"^# expect: (\S+ \S+)$", path.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_finding_has_its_place_and_its_rule(path):
    problems = READERS[path.parent.name](path)
    assert [f"{found.line}:{found.column} {found.rule}" for found in problems] == expected(path)
    assert all(found.file == str(path) for found in problems)
    assert not any(THEIRS.search(found.message) for found in problems)


def test_every_broken_file_is_read_by_somebody_and_expects_something():
    files = sorted(BROKEN.rglob("*.yaml"))
    assert files == FILES
    assert all(expected(path) for path in files)

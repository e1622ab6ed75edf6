"""CONTRIBUTING's example of a corrected date is done as it says, and gives what it says."""

import shutil
from pathlib import Path

import pytest

from visamap import inspect

ROOT = Path(__file__).parents[2]
SOURCE = (
    '  - {id: embassy-kna-notice, kind: government-page, url: "https://example.org/notice", '
    "accessed: 2026-12-01, language: en}\n"
)


@pytest.fixture
def law(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data" / "visa_regimes.yaml"


def record(text, name):
    """Return where a record begins and ends in the file."""
    start = text.index(f"  - id: {name}\n")
    return start, text.index("\n  - id: ", start + 1) + 1


def with_record(text, name, *changes):
    start, end = record(text, name)
    lines = text[start:end]
    for before, after in changes:
        assert before in lines, before
        lines = lines.replace(before, after)
    return text[:start] + lines + text[end:]


def test_a_stranger_corrects_one_date(law):
    sources = law.with_name("sources.yaml")
    listed = sources.read_text(encoding="utf-8").splitlines(keepends=True)
    after = next(n for n, line in enumerate(listed) if line > SOURCE and "{id: " in line)
    sources.write_text("".join([*listed[:after], SOURCE, *listed[after:]]), encoding="utf-8")
    text = law.read_text(encoding="utf-8")
    text = with_record(
        text, "kaz-kna-2024", ("between: [2024-11-20, 2025-11-23]", "date: 2025-01-10")
    )
    text = with_record(
        text,
        "kna-2024",
        (
            "    from_not_before: 2024-11-20\n    from_not_after: 2025-11-23\n",
            "    from: 2025-01-10\n",
        ),
        ("sources: [", "sources: [embassy-kna-notice, "),
    )
    start, end = record(text, "kna-2024-start")
    law.write_text(text[:start] + text[end:], encoding="utf-8")
    problems = inspect(law)
    errors = [problem for problem in problems if problem.severity == "error"]
    assert {problem.rule for problem in errors} == {"expected-counts"}, errors
    assert "2024-12-31" in errors[0].message
    assert "2025-08-12" in errors[1].message
    assert len(errors) == 2

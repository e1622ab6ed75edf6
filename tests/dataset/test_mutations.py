"""The shipped file, damaged at random: what comes back is a dataset or problems, never a crash."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from visamap.data.opening import open_index
from visamap.data.reading import load
from visamap.data.yaml_source import read

DATA = Path(__file__).parents[2] / "data"
LINES = (DATA / "visa_regimes.yaml").read_text("utf-8").splitlines()
CHANGES = st.tuples(
    st.sampled_from(["delete", "double", "swap", "cut", "word"]),
    st.integers(0, len(LINES) - 1),
    st.integers(0, 99),
    st.sampled_from(["KAZ", "null", "[", "'", "- x", "a: b", "2020-02-30", "-1", "true", "\u00e9"]),
)


def damaged(lines, change):
    how, n, column, word = change
    line = lines[n]
    at = column % (len(line) or 1)
    if how == "delete":
        return lines[:n] + lines[n + 1 :]
    if how == "double":
        return [*lines[: n + 1], line, *lines[n + 1 :]]
    mended = {
        "swap": line[:at] + line[at + 1 : at + 2] + line[at : at + 1] + line[at + 2 :],
        "cut": line[:at],
        "word": line[:at] + word + line[at:],
    }
    return [*lines[:n], mended[how], *lines[n + 1 :]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("damaged")
    (path / "sources.yaml").write_bytes((DATA / "sources.yaml").read_bytes())
    return path


remembered = cache(read)
"""The file that is never damaged is read once."""


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(CHANGES, min_size=1, max_size=3))
def test_a_damaged_file_gives_a_dataset_or_problems(folder, changes):
    lines = LINES
    for how, n, *rest in changes:
        lines = damaged(lines, (how, min(n, len(lines) - 1), *rest))
    law = folder / "visa_regimes.yaml"
    law.write_text("\n".join(lines), "utf-8")
    loaded = load(
        law, open_index().tables, lambda path: (read if path == law else remembered)(path)
    )
    assert loaded.sound or loaded.problems
    for problem in loaded.problems:
        assert 1 <= problem.line <= max(len(lines), 2000)
        assert not any(word in problem.message for word in ("Input should", "Field required"))

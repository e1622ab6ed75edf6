"""A small data file of one's own is asked everything: what is not in it is no reason to break."""

import pytest
from kit_release import law as small_law

from visamap.cli.app import run


@pytest.fixture(scope="module")
def law(tmp_path_factory):
    path = tmp_path_factory.mktemp("own") / "own.yaml"
    path.write_bytes(small_law())
    return str(path)


@pytest.mark.parametrize(
    "question",
    [
        "check THA",
        "check USA",
        "check RUS --passport diplomatic",
        "stay USA --trip 2025-12-20/2025-12-25",
        "timeline THA",
        "timeline USA",
        "diff 2019-01-01 2021-01-01",
        "partners",
        "agreements --kind all",
        "visas",
        "claims",
        "coverage",
        "upcoming",
        "ranks",
        "outbound KAZ --to THA",
    ],
)
def test_every_question_is_answered(law, question, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert run(["--data", law, *question.split(), "--format", "json"]) == 0
    assert '"digest": "sha256:' in capsys.readouterr().out

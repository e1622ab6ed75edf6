"""What once broke a reader, or nearly did, is tried for ever: ``corpus/READER/what-it-is``."""

import json
from pathlib import Path

import pytest
from kit_readers import READERS, outcome, unless_installed

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(path for path in CORPUS.rglob("*") if path.is_file())
ASKED = {"api", "tool"}
"""Readers of what is asked, which is kept as JSON; the others read the file itself."""
TEXT = {"names"}
LARGEST = 32_000


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=unless_installed(path.parent.name)) for path in FILES],
    ids=[path.relative_to(CORPUS).as_posix() for path in FILES],
)
def test_it_is_answered_or_refused(path, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    reader, content = path.parent.name, path.read_bytes()
    if reader in ASKED:
        content = json.loads(content)
    elif reader in TEXT:
        content = content.decode("utf-8")
    assert outcome(READERS[reader], content)


def test_every_reader_has_a_corpus_of_small_files():
    assert {path.parent.name for path in FILES} == set(READERS)
    assert all(path.stat().st_size < LARGEST for path in FILES)

"""No megabyte costs a reader more than two seconds or 200 megabytes, whatever is in it.

CPU time is taken, not the clock's, so that a busy machine fails nobody; memory is what comes on top
of the same process before.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from kit_monsters import SIZE
from kit_readers import MONSTERS

MOST_SECONDS, MOST_BYTES = 2, 200_000_000
TESTS = Path(__file__).parents[1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and limits on a process")
@pytest.mark.parametrize("reader", MONSTERS)
def test_no_megabyte_is_too_much_for(reader, tmp_path):
    command = [sys.executable, TESTS / "kit_readers.py", reader]
    folders = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=TESTS.parent,
        env={**os.environ, **folders},
    )
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [name for name, *_ in found] == list(MONSTERS[reader])
    dear = [
        (name, seconds, size, said)
        for name, seconds, size, said in found
        if seconds is None or seconds > MOST_SECONDS or size > MOST_BYTES or "FAULT" in said
    ]
    assert not dear


def test_monsters_are_as_large_as_they_may_be():
    """A monster that shrank would prove nothing; those that need less room say so here."""
    small = {
        "nothing",
        "number",
        "deep",
        "laughs",
        "expectations-that-fit",
        "page-few-trips",
        "body",
    }
    for monsters in MONSTERS.values():
        for name, made in monsters.items():
            size = _bytes(made())
            assert size <= SIZE * 1.01, name
            assert size > SIZE / 5 or name in small or name.endswith("-that-fit"), (name, size)


def _bytes(content):
    if isinstance(content, str):
        return len(content.encode())
    if isinstance(content, list | tuple):
        return sum(map(_bytes, content))
    if isinstance(content, dict):
        return sum(_bytes(name) + _bytes(value) for name, value in content.items())
    return len(content) if isinstance(content, bytes) else len(str(content))

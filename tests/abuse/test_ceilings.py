"""No megabyte costs a reader more than two seconds or 200 megabytes, whatever is in it.

CPU time is taken, not the clock's, and half as much again is let pass, for processes side by side
share their caches: a busy machine fails nobody. Memory is what comes on top
of the same process before.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from kit_monsters import SIZE
from kit_readers import MONSTERS, unless_installed

MOST_SECONDS, BUSY, MOST_BYTES = 2, 1.5, 200_000_000
SMALL = {"nothing", "laughs", "body", "page-few-trips", "number", "deep"}
"""What needs no megabyte to be a monster."""
TESTS = Path(__file__).parents[1]


FILES = ["data", "rows", "matrix", "release", "trips", "names"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and limits on a process")
@pytest.mark.parametrize(
    "readers",
    [
        pytest.param(readers, marks=unless_installed(readers[0]), id=readers[0])
        for readers in (["validate"], FILES, ["api"], ["tool"])
    ],
)
def test_no_megabyte_is_too_much_for(readers, tmp_path):
    command = [sys.executable, TESTS / "kit_readers.py", *readers]
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
    asked = [(reader, name) for reader in readers for name in MONSTERS[reader]]
    assert [(reader, name) for reader, name, *_ in found] == asked
    dear = [
        (reader, name, seconds, more, said)
        for reader, name, _, seconds, more, said in found
        if seconds is None or seconds > MOST_SECONDS * BUSY or more > MOST_BYTES or "FAULT" in said
    ]
    assert not dear
    # A monster that shrank would prove nothing.
    sizes = {(r, name): size for r, name, size, *_ in found if not name.endswith("-that-fit")}
    assert [name for name, size in sizes.items() if size > SIZE * 1.01] == []
    assert {name for (_, name), size in sizes.items() if size < SIZE / 5} <= SMALL

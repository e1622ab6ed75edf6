"""What may happen to a file, and a process that has to keep to the rights of files."""

import json
import os
import shutil
import subprocess
import sys

REGIONS = 16
"""How many parts of a file are damaged, one after the other."""
OTHER_JSON = {
    "null": b"null",
    "list": b"[]",
    "mapping": b"{}",
    "text": b'"x"',
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "a digit": b"7\n00000000",
}


def flipped(content, region):
    """Return the content with one bit turned in a region."""
    at = (2 * region + 1) * len(content) // (2 * REGIONS)
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def damages():
    """Return what may happen to the content of a file, by name."""
    return {
        **{f"flipped {n}": lambda content, n=n: flipped(content, n) for n in range(REGIONS)},
        **{f"cut {n}": lambda c, n=n: c[: n * len(c) // REGIONS] for n in range(0, REGIONS, 5)},
        "without its end": lambda content: content[:-1],
        "without its seal": lambda content: content[:-9],
        "longer": lambda content: content + b"\n",
        "zeros": lambda content: bytes(len(content)),
        "a space": lambda content: content.replace(b":", b": ", 1),
        **{name: lambda _, other=other: other for name, other in OTHER_JSON.items()},
    }


def no_file(path):
    path.unlink()


def folder_in_its_place(path):
    path.unlink()
    path.mkdir()


def link_to_itself(path):
    path.unlink()
    path.symlink_to(path)


PLACES = [no_file, folder_in_its_place, link_to_itself]
"""What may happen to a file besides its content."""


def restored(folder, before):
    """Put a folder back as it was."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(before, folder)


KEEPING_TO_RIGHTS = """
import ctypes, os, sys
DROP_FROM_BOUNDING_SET, OVERRIDE, READ_SEARCH = 24, 1, 2
if os.geteuid() == 0:
    for capability in (OVERRIDE, READ_SEARCH):
        if ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0):
            sys.exit("root cannot be held to the rights of files here")
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
"""Root reads and writes what it may not; without two of its capabilities it is as anyone."""


def visamap(*arguments, rights=False, cwd=None, **environment):
    """Run the command in a process of its own; ``rights``: root too is held to those of files."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    held = ["-E", "-S", "-c", KEEPING_TO_RIGHTS] if rights else []
    return subprocess.run(
        [sys.executable, *held, "-m", "visamap", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**kept, **{name: str(value) for name, value in environment.items()}},
    )


def days(done):
    """Return the length of stay that a command told, as JSON."""
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["items"][0]["max_stay_days"]

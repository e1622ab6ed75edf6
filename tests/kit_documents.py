"""Documents are true: their commands are run on the day of the release, their answers compared.

A block of ``console`` has commands, each behind ``$``, and what they print; a line ``...`` stands
for any lines. A block of ``python`` is run, and a block of ``text`` right behind it is what it
prints. A block of ``csv`` becomes the file that was named last before it. All blocks of a document
are run in order, in one folder.
"""

import contextlib
import io
import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from click.testing import CliRunner

from visamap import load
from visamap.cli.commands import group
from visamap.i18n import speaking

ROOT = Path(__file__).parents[1]
FENCE = re.compile(r"^```(console|python|text|csv)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"`([\w-]+\.csv)`")
NOT_HERE = (
    *(".venv/bin/pip", "curl", "git", "make", "pip", "python3", "spark-submit"),
    *("visamap mcp", "visamap serve", "visamap update"),
)
"""Beginnings of commands that need a network, a terminal or another machine."""
CUT = "..."
PYTHON = "the Python code before"
"""What stands for the command where a block of ``python`` printed."""


class Shown(NamedTuple):
    """What a document shows as the output of a command, and what the command prints."""

    command: str
    shown: str
    printed: str

    @property
    def true(self) -> bool:
        """Whether one is the other; what is cut out may be anything."""
        if not self.shown:
            return True
        parts = re.split(rf"^{re.escape(CUT)}\n", self.shown, flags=re.MULTILINE)
        return bool(re.fullmatch(".*".join(map(re.escape, parts)), self.printed, re.DOTALL))


def answer(command):
    """Return what a command prints on the day of the release."""
    release = load().data.release
    clock = mock.patch("visamap.clock.today", return_value=release)
    with clock, speaking("en"):  # a command may set a language, and here it would stay
        words = shlex.split(command)[1:]
        done = CliRunner(env={"COLUMNS": None}).invoke(group, words, standalone_mode=False)
    assert done.exception is None, f"{command}: {done.exception!r}"
    return steady(done.output)


def steady(text):
    """Return an output without what changes with every fact: the digest of the data."""
    return re.sub(r"sha256:[0-9a-f]{8,64}\b", "sha256:0123abcd", text)


def run_through(page, folder):
    """Run all blocks of a document in a folder and yield what each shows and prints."""
    names, last = {}, None
    with contextlib.chdir(folder):
        for block in FENCE.finditer(page):
            kind, body = block[1], block[2]
            if kind == "csv":
                named = FILE.findall(page[: block.start()])[-1]
                Path(named).write_text(body, encoding="utf-8")
            elif kind == "console":
                yield from _commands(body)
            elif kind == "python":
                printed = io.StringIO()
                with contextlib.redirect_stdout(printed):
                    exec(body, names)  # noqa: S102  the document's own example
                last = printed.getvalue()
            elif last is not None:
                yield Shown(PYTHON, body, steady(last))
            last = last if kind == "python" else None


def _commands(body):
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        if command.startswith(NOT_HERE):
            continue
        printed = answer(command) if command.startswith("visamap ") else _of_shell(command)
        yield Shown(command, shown, printed)


def _of_shell(command):
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert done.returncode == 0, f"{command}: {done.stderr}"
    return done.stdout


def renewed(page, folder):
    """Return a document with what its commands print now, but for what it cuts."""
    for one in run_through(page, folder):
        if one.shown and not one.true and CUT not in one.shown.splitlines():
            before = "```text" if one.command is PYTHON else f"$ {one.command}"
            page = page.replace(f"{before}\n{one.shown}", f"{before}\n{one.printed}", 1)
    return page


def renewing():
    """Tell whether `make readme` asks for the answers anew."""
    return "UPDATE_README" in os.environ

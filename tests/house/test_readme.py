"""The README says what is true now: its commands are run and its answers compared.

`make readme` writes the answers anew.
"""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from kit_documents import answer, renewing

from visamap.cli.commands import COMMANDS, group

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n\$ (visamap [^\n]*)\n(.*?)```", re.DOTALL)

if renewing():
    README.write_text(
        BLOCK.sub(
            lambda found: f"```console\n$ {found[1]}\n{answer(found[1])}```",
            README.read_text(encoding="utf-8"),
        ),
        encoding="utf-8",
    )


@pytest.mark.parametrize("block", BLOCK.findall(README.read_text("utf-8")), ids=lambda b: b[0])
def test_answer_in_the_readme_is_the_answer_of_the_release(block):
    command, printed = block
    assert printed.splitlines() == answer(command).splitlines()


def test_readme_shows_six_answers():
    assert len(BLOCK.findall(README.read_text(encoding="utf-8"))) == 6


def test_python_example_works(capsys):
    code = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)[1]
    exec(code, {})  # noqa: S102  the README's own example
    assert capsys.readouterr().out.split() == ["visa_free", "30", "kaz-tha-2024", "True"]


def test_make_targets_named_in_the_documents_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"make ([a-z]+)", (ROOT / name).read_text(encoding="utf-8")))
        assert named - {"up"} <= targets


def test_ci_calls_the_commands_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make run" in script
    assert "make test" in script


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command_has_an_example_and_the_line_of_the_table(name):
    shown = CliRunner().invoke(group, [name, "--help"]).stdout
    assert "Example" in shown
    assert f"visamap {name}" in shown
    assert " ".join(shown.split()).find(COMMANDS[name]) > 0

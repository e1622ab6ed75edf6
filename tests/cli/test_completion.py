"""What a shell completes: the real shells, and what they are answered."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time

import pytest

from visamap.cli.commands import COMMANDS, run
from visamap.cli.saying import COMPLETING

LONGEST_WAIT = 60


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A place with the command on the path and without anybody's settings."""
    folder = tmp_path_factory.mktemp("shell")
    command = folder / "visamap"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m visamap "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    settings = folder / "inputrc"
    settings.write_text("set enable-bracketed-paste off\nset bell-style none\n", encoding="utf-8")
    return {
        **os.environ,
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "INPUTRC": str(settings),
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture
def suggested(monkeypatch, capfd):
    """Return what a shell is answered for a line, the last word being completed."""

    def ask(*words, of="bash"):
        monkeypatch.setenv(COMPLETING, f"{of}_complete")
        monkeypatch.setenv("COMP_WORDS", "\n".join(["visamap", *words]))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        assert run([]) == 0
        said = capfd.readouterr()
        assert said.err == ""
        return [line for line in said.out.split("\n") if line]

    return ask


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["check", "THA"], ["THA"]),
        (["check", "Tha"], ["Thailand"]),
        (["check", "THA", "KZ"], ["KZ"]),
        (["check", "deutsch"], ["deutschland"]),
        (["check", "Таил"], ["Таиланд"]),
        (["check", "қаз"], ["қазақстан"]),
        (["check", "United\\ K"], [r"United\ Kingdom"]),
        (["check", '"United K'], ["United Kingdom"]),
        (["stay", "Mongo"], ["Mongolia"]),
        (["outbound", "KAZ", "--to", "Thail"], ["Thailand"]),
        (["visas", "--nationality", "IND"], ["IND"]),
        (["agreements", "kaz-th"], ["kaz-tha-2017-ds", "kaz-tha-2024"]),
        (["agreements", "--partner", "TUR"], ["TUR"]),
        (["visas", "B12"], ["B12", "B12-1"]),
        (["visas", "neo"], [r"neo\ nomad"]),
        (["visas", "--for", "stu"], ["study"]),
        (["check", "--passport", "dip"], ["diplomatic"]),
        (["check", "--recip"], ["--reciprocity"]),
        (["check", "Zzz"], []),
    ],
)
def test_a_word_is_completed_as_it_was_begun(suggested, words, found):
    assert [line.removeprefix("plain,") for line in suggested(*words)] == found


def test_a_single_capital_may_begin_a_code_or_a_name(suggested):
    found = suggested("check", "T")
    assert {"plain,THA", "plain,Thailand"} <= set(found)


@pytest.mark.parametrize(
    "words", [["validate", "da"], ["check", "THA", "--data", "x"], ["screen", "a.csv", "-o", "b"]]
)
def test_the_name_of_a_file_is_left_to_the_shell(suggested, words):
    assert suggested(*words) == [f"file,{words[-1]}"]


def test_commands_are_completed_without_importing_one():
    code = (
        "import os, sys\n"
        f"os.environ.update({COMPLETING}='bash_complete', COMP_WORDS='visamap ', COMP_CWORD='1')\n"
        "from visamap.cli.commands import COMMANDS, group, run\n"
        "run([])\n"
        "loaded = [name for name in COMMANDS if f'visamap.cli.{name}' in sys.modules]\n"
        "sys.stderr.write(' '.join(loaded))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [f"plain,{name}" for name in COMMANDS]
    assert done.stderr == ""


def test_zsh_and_fish_are_told_what_a_value_stands_for(suggested):
    assert suggested("check", "THA", of="zsh") == ["plain", "THA", "Thailand"]


@pytest.mark.parametrize(
    "words",
    [["chek", "T"], ["--version", "x"], ["check", "THA", "--data", "missing.yaml", "T"]],
)
def test_a_slip_in_the_line_is_no_noise(monkeypatch, capfd, words):
    monkeypatch.setenv(COMPLETING, "bash_complete")
    monkeypatch.setenv("COMP_WORDS", " ".join(["visamap", *words]))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))
    run([])
    said = capfd.readouterr()
    assert (said.out.strip(), said.err) == ("", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_printed_and_its_shell_can_read_it(shell, capsys, environment):
    assert run(["completion", shell]) == 0
    printed = capsys.readouterr().out
    assert COMPLETING in printed
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not on this machine")
    subprocess.run([program, "-n"], input=printed, text=True, check=True, env=environment)


def test_another_shell_is_refused(capsys):
    assert run(["completion", "tcsh"]) == 2
    assert "'tcsh'" in capsys.readouterr().err


def test_bash_completes_when_tab_is_pressed(environment):
    """Type into a bash, press Tab, and have the line echoed."""
    shell = Typed([shutil.which("bash"), "--norc", "--noprofile", "-i"], environment)
    try:
        shell.write('eval "$(visamap completion bash)"; echo rea"dy"\n')
        shell.wait_for("ready")
        for begun, completed in (
            ("check THA", "check THA"),
            ("agreements kaz-tha-2024", "agreements kaz-tha-2024"),
            ("check Thail", "check Thailand"),
            ("check United\\ K", "check United Kingdom"),
            ('check "United K', "check United Kingdom"),
            ("visas B12-", "visas B12-1"),
        ):
            shell.write(f"visamap {begun}\t\x01echo '<' \x05 '>'\n")  # start and end of the line
            shell.wait_for(f"< visamap {completed} >")
    finally:
        shell.end()


def test_fish_completes(environment, capsys):
    program = shutil.which("fish")
    if program is None:
        pytest.skip("fish is not on this machine")
    run(["completion", "fish"])
    script = capsys.readouterr().out
    lines = ["check Thai", "agreements kaz-tha-2024", "visas B12-"]
    asked = "\n".join(f"complete -C 'visamap {line}'" for line in lines)
    done = subprocess.run(
        [program, "--no-config", "-c", f"{script}\n{asked}"],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    found = [line.partition("\t")[0] for line in done.stdout.splitlines()]
    assert found == ["Thailand", "kaz-tha-2024", "B12-1"]


def test_zsh_completes(environment, capsys):
    program = shutil.which("zsh")
    if program is None:
        pytest.skip("zsh is not on this machine")
    run(["completion", "zsh"])
    script = capsys.readouterr().out
    # The widgets of the line editor are the shell's own; here they only say what they are given.
    code = f"""
        compdef() {{ : }}
        compadd() {{ print -l "${{(@)completions}}" }}
        _describe() {{ print -l "${{(@)completions_with_descriptions}}" }}
        {script}
        words=(visamap check THA); CURRENT=3; _visamap_completion
        words=(visamap visas B12-); CURRENT=3; _visamap_completion
    """
    done = subprocess.run(
        [program, "-f", "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == ["THA", "B12-1"]


class Typed:
    """A shell that believes a person is typing."""

    def __init__(self, command, environment):
        self.read = ""
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)

    def write(self, text):
        os.write(self.master, text.encode())

    def wait_for(self, text):
        until = time.monotonic() + LONGEST_WAIT
        while f"\n{text}" not in self.read:
            assert time.monotonic() < until, self.read
            if select.select([self.master], [], [], 1)[0]:
                self.read += os.read(self.master, 4096).decode(errors="replace")
        self.read = self.read.rpartition(f"\n{text}")[2]

    def end(self):
        self.process.kill()
        self.process.wait()
        os.close(self.master)

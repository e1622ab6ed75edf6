"""Colour is for a terminal, and says nothing that the words do not."""

import re
import sys

import pytest

from visamap import terminal
from visamap.cli.commands import run

ON = ["--on", "2026-11-24"]
ORDER = re.compile(r"\x1b\[\d+m")


def said(capsys, *arguments):
    assert run([*arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "colour"), [("THA", "32"), ("KAZ", "32"), ("PRK", "31"), ("DOM", "33")]
)
@pytest.mark.parametrize("command", ["check", "stay"])
@pytest.mark.parametrize("length", [(), ("--full",)])
def test_a_headline_has_the_colour_of_its_tone(capsys, command, code, colour, length):
    plain = said(capsys, command, code, *length, *ON)
    coloured = said(capsys, command, code, *length, *ON, "--color", "always")
    assert coloured.startswith(f"\x1b[{colour}m")
    assert coloured.splitlines()[0].endswith("\x1b[0m")
    assert ORDER.sub("", coloured) == plain


def test_so_has_each_answer_of_a_table(capsys):
    coloured = said(capsys, "check", "THA", "PRK", "DOM", *ON, "--color", "always")
    assert "\x1b[32mYes\x1b[0m" in coloured
    assert "\x1b[31mVisa needed\x1b[0m" in coloured
    assert "\x1b[33mNot known !\x1b[0m" in coloured


@pytest.mark.parametrize(
    ("variables", "words", "terminal_there", "wanted"),
    [
        ({}, [], False, False),
        ({}, [], True, True),
        ({"TERM": "dumb"}, [], True, False),
        ({"NO_COLOR": "1"}, [], True, False),
        ({"FORCE_COLOR": "1"}, [], False, True),
        ({"FORCE_COLOR": "0"}, [], False, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, [], True, False),
        ({"NO_COLOR": "1"}, ["--color", "always"], False, True),
        ({"FORCE_COLOR": "1"}, ["--color", "NEVER"], True, False),
        ({"NO_COLOR": "1"}, ["--color=auto"], True, False),
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_who_asks_for_colour_goes_before_the_terminal(
    monkeypatch, capsys, variables, words, terminal_there, wanted, before
):
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal_there)
    asked = ["check", "THA", *ON]
    out = said(capsys, *words, *asked) if before else said(capsys, *asked, *words)
    assert ("\x1b[" in out) is wanted


@pytest.mark.parametrize("form", ["json", "csv", "markdown"])
def test_what_programs_read_has_no_colour(capsys, form):
    assert "\x1b" not in said(capsys, "check", "THA", *ON, "--format", form, "--color", "always")


def test_what_is_no_colour_of_ours_stays_no_order_to_the_terminal():
    with terminal.colouring(wanted=True):
        assert terminal.painted("a\x1b[31mb") == "a\\u001b[31mb"
        # A tone that a cell leaves open ends with its line.
        wrapped = terminal.toned("two words", "no").replace(" ", "\n")
        assert terminal.painted(wrapped) == "\x1b[31mtwo\x1b[0m\nwords\x1b[0m"


def test_one_command_in_colour_leaves_the_next_answer_of_the_process_plain(capsys):
    said(capsys, "check", "THA", *ON, "--color", "always")
    assert terminal.toned("words", "no") == "words"

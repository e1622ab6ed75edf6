"""An odd machine: narrow terminals, strange zones and settings, a full disk, Ctrl-C at once."""

import os
import signal
import sys
import time

import pytest

from visamap.cli import commands, main
from visamap.cli.commands import run

ANSWERED = ["check THA", "timeline RUS", "agreements", "upcoming", "coverage", "visas B12-1"]


@pytest.mark.parametrize("columns", ["1", "2", "3", "4", "7", "9" * 5000])
@pytest.mark.parametrize("question", ANSWERED)
def test_no_terminal_is_too_narrow(monkeypatch, capsys, columns, question):
    monkeypatch.setenv("COLUMNS", columns)
    assert run(question.split()) == 0
    assert capsys.readouterr().out


@pytest.fixture
def zone(monkeypatch):
    def use(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield use
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("name", ["UTC+99:99:99", "UTC-99", "X", "/etc/passwd", ""])
def test_any_zone_has_a_day(zone, capsys, name):
    zone(name)
    for question in (["check", "THA"], ["doctor"], ["upcoming"]):
        assert run(question) == 0
    assert "Error" not in capsys.readouterr().err


@pytest.mark.parametrize("seconds", ["inf", "nan", "1e300", "-1", "0", "-inf"])
@pytest.mark.parametrize("language", ["en", "kk"])
def test_a_time_to_wait_is_a_number_that_fits(capsys, seconds, language):
    asked = ["update", "--lang", language, "--timeout", seconds, "--from", "http://127.0.0.1:9/"]
    assert run(asked) == 2
    assert "--timeout" in capsys.readouterr().err


@pytest.mark.parametrize("moment", ["253402300800", "9" * 20, "9" * 5000, "-1", "\u0663", "1.5"])
def test_a_moment_to_name_is_one_that_there_is(monkeypatch, capsys, tmp_path, moment):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    monkeypatch.setattr("visamap.cli.export.opened", pytest.fail)  # refused before any work
    assert run(["export", "datapackage", "-o", str(tmp_path / "package")]) == 2
    assert "seconds since 1970" in capsys.readouterr().err
    assert os.listdir(tmp_path) == []


def test_interrupted_while_it_starts_it_ends_quietly(monkeypatch, capsys):
    def interrupted(_arguments):
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(commands, "run", interrupted)
    monkeypatch.setattr(sys, "argv", ["visamap", "check", "THA"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert capsys.readouterr() == ("", "")

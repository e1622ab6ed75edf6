"""What the command line says outside of answers: errors, remarks, click's own words, the help."""

import ast
import os
import re
import subprocess
import sys
from gettext import NullTranslations
from pathlib import Path

import pytest

import visamap
from visamap import i18n
from visamap.cli.commands import COMMANDS, GROUPS, run
from visamap.errors import UNKNOWN_RECORDS
from visamap.registry.spec import QUESTIONS

PACKAGE = Path(visamap.__file__).parent


def test_the_bare_command_prints_the_help(capsys):
    assert run([]) == 0
    bare = capsys.readouterr()
    assert run(["--help"]) == 0
    assert bare == capsys.readouterr()
    assert bare.out.startswith("Usage: visamap")


class Marked(NullTranslations):
    """A catalogue that puts every sentence it is asked for into brackets."""

    def gettext(self, message):
        return f"«{message}»"

    def pgettext(self, _context, message):
        return f"«{message}»"

    def ngettext(self, one, many, number):
        return f"«{one if number == 1 else many}»"


@pytest.fixture
def marked(monkeypatch, capsys):
    """Return what a call says to a reader of another language, translated words in brackets."""
    monkeypatch.setenv("VISAMAP_LANG", "ru")
    monkeypatch.setattr(i18n, "_catalogue", lambda _language, _domain: Marked())

    def call(*arguments):
        status = run([str(argument) for argument in arguments])
        return status, capsys.readouterr().err

    return call


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "«Missing argument» 'COUNTRY...'."),
        (["map"], "«Missing option» '-o' / '--output'."),
        (["feed"], "«Missing argument» 'atom|ics'. «Choose from:\n\tatom,\n\tics»"),
        (["check", "THA", "--dat", "x"], "«No such option"),
        (["schema", "a"], "«Got unexpected extra argument (a)»"),
        (["schema", "a", "b"], "«Got unexpected extra arguments (a b)»"),
        (
            ["check", "THA", "--format", "xml"],
            "«Invalid value for '--format': «'xml' is not one of 'text', 'json', 'jsonl', ",
        ),
        (
            ["check", "THA", "--days", "0"],
            "«Invalid value for '--days': «0 is not possible here; give a whole ",
        ),
        (
            ["check", "THA", "--days", "many"],
            "«Invalid value for '--days': «'many' is not possible here; give a whole number from ",
        ),
        (["screen", "a", "-o", "b", "--map", "x"], "«Invalid value for '--map': «'x' is not ROLE"),
    ],
)
def test_misuse_is_said_in_the_readers_language(marked, arguments, said):
    status, err = marked(*arguments)
    assert status == 2
    usage, hint, *_ = [line for line in err.splitlines() if line.startswith("«")]
    assert usage.startswith("«Usage:» visamap")
    assert hint.startswith("«Try 'visamap")
    assert f"«Error: {said}" in err
    assert err.endswith("»\n")


def test_the_option_that_may_have_been_meant_is_offered(marked):
    status, err = marked("check", "THA", "--dat", "x")
    assert status == 2
    assert "--dat" in err.splitlines()[-1]
    assert err.endswith("«Did you mean --data?»»\n")


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--on", "«Error: «Option '--on' requires an argument.»»\n"),
        ("--law-only=x", "«Error: «Option '--law-only' does not take a value.»»\n"),
    ],
)
def test_slips_of_an_option_are_said_in_the_readers_language(marked, option, said):
    assert marked("check", "THA", option) == (2, said)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["check", "Tailand"], 2, "«No country matches 'Tailand'; give a code"),
        (["check", "Congo"], 2, "«'Congo' may be «"),
        (["check", "THA", "--on", "x"], 2, "«'x' is not a day;"),
        (["visas", "B99"], 2, "«No visa matches 'B99'; check the spelling.»"),
        (["agreements", "kaz"], 2, "«No act matches 'kaz'; check the spelling.»"),
        (["timeline", "THA", "--since", "2024-02-01", "--until", "2024-01-01"], 2, "«The last"),
        (["outbound", "FRA"], 2, "«The bundled data does not say where"),
        (["--data", "no.yaml", "check", "THA"], 2, "«There is no file 'no.yaml';"),
        (["stay", "THA", "--trip", "x"], 2, "«These trips cannot be counted:»\n  ««trip 1» ('x')"),
        (["export", "csv", "-o", "-"], 2, "«'csv' cannot be written to stdout;"),
        (["map", "-o", "x.gif"], 2, "«'x.gif' does not say which picture"),
        (["screen", "a.csv", "-o", "b.csv"], 2, "«There is no file 'a.csv';"),
        (["update", "--from", "ftp://x"], 2, "«'ftp://x' is not an address to fetch from;"),
        (
            ["update", "--from", "http://127.0.0.1:9/m", "--timeout", "0.01"],
            4,
            "«http://127.0.0.1:9/m was not fetched: «",
        ),
    ],
)  # fmt: skip
def test_errors_are_said_in_the_readers_language(
    marked, monkeypatch, tmp_path, arguments, status, said
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    found, err = marked(*arguments)
    assert found == status
    assert err.startswith(f"«Error: {said}")
    assert err.endswith("»\n")


def test_remarks_are_said_in_the_readers_language(marked, tmp_path):
    _, err = marked("export", "rules", "-o", tmp_path / "rules.csv")
    assert err.startswith(f"«Wrote {tmp_path}/rules.csv: 1 file, «")


def test_the_thread_that_fetches_speaks_the_readers_language(marked, monkeypatch, tmp_path):
    """A refused connection is put into words there."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    status, err = marked("update", "--from", "http://127.0.0.1:1/m")
    assert status == 4
    assert "«127.0.0.1 refused the connection»" in err


def test_clicks_own_words_are_kept_in_english(capsys):
    assert run(["check", "THA", "--format", "xml"]) == 2
    err = capsys.readouterr().err.replace(" -h'", " --help'")  # click names either
    assert err == (
        "Usage: visamap check [OPTIONS] COUNTRY...\n"
        "Try 'visamap check --help' for help.\n\n"
        "Error: Invalid value for '--format': 'xml' is not one of 'text', 'json', 'jsonl', "
        "'csv', 'markdown'.\n"
    )


def test_every_kind_of_record_that_may_be_unknown_has_its_sentence():
    kinds = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in {"UnknownRecordError", "as_word", "one_of"}:
                place = node.args[1 if name == "one_of" else 0]
                kinds |= {place.value} if isinstance(place, ast.Constant) else set()
    kinds |= {
        one.word.what or name
        for question in QUESTIONS.values()
        for name, one in question.parameters.items()
        if one.word.kind == "choice"
    }
    assert kinds == set(UNKNOWN_RECORDS)


def test_help_groups_the_commands_by_question(capsys):
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    headings = [f"\n{question}:\n" for question in GROUPS]
    places = [shown.index(heading) for heading in headings]
    assert places == sorted(places)
    listed = re.findall(r"^  (\w+)", shown[places[0] :], re.MULTILINE)
    assert listed == list(COMMANDS)


@pytest.mark.parametrize(
    ("columns", "widest"), [("40", 40), ("120", 120), ("900", 200), ("0", 80), ("x", 80)]
)
def test_the_width_is_that_of_columns_up_to_what_reads_well(monkeypatch, capsys, columns, widest):
    monkeypatch.setenv("COLUMNS", columns)
    assert run(["check", "THA", "--full", "--on", "2026-11-24"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "://" not in line]
    assert widest - 8 < max(map(len, lines)) <= widest


@pytest.mark.skipif(os.name == "nt", reason="closes a descriptor as a POSIX shell does")
@pytest.mark.parametrize("call", [["partners"], ["partners", "--format", "csv"], ["--help"]])
def test_an_output_that_is_closed_is_a_status_and_a_sentence(call):
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", sys.executable, "-m", "visamap", *call],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 5
    assert done.stderr.splitlines()[-1].startswith("Error: The output cannot be written: ")
    assert "Traceback" not in done.stderr
    assert "ignored" not in done.stderr

"""Words that lead to the right command although they are none of ours; trouble told to programs."""

import json

import pytest

from visamap.cli.commands import run


@pytest.fixture
def said(capsys):
    """Return what a command line prints: its status, stdout and stderr."""

    def call(*arguments):
        status = run(arguments)
        return status, *capsys.readouterr()

    return call


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        (["help"], ["--help"]),
        (["help", "check"], ["check", "--help"]),
        (["--lang", "ru", "help", "stay"], ["--lang", "ru", "stay", "--help"]),
        (["version"], ["--version"]),
        (["check", "THA", "--format", "JSON"], ["check", "THA", "--format", "json"]),
        (["check", "THA", "--lang", "RU-kz"], ["check", "THA", "--lang", "ru"]),
        (["check", "CHE", "--passport", "служебный"], ["check", "CHE", "--passport", "service"]),
        (["check", "CHE", "--passport", "ID_Card"], ["check", "CHE", "--passport", "id-card"]),
        (["visas", "--for", "Remote_Work"], ["visas", "--purpose", "remote-work"]),
        (["check", "THA", "--require", "VISA_FREE"], ["check", "THA", "--require", "visa-free"]),
        (["feed", "ATOM"], ["feed", "atom"]),
    ],
)
def test_another_spelling_gives_the_same_answer(said, asked, same):
    found = said(*asked)
    assert found == said(*same)
    assert found[0] == 0
    assert found[1]


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("check THA --json", "Did you mean --format json?"),
        ("check THA --csv", "Did you mean --format csv?"),
        ("--json check THA", "Did you mean check ... --format json?"),
        ("check THA --date 2025-01-01", "Did you mean --on?"),
        ("check THA --formt json", "Did you mean --format?"),
        ("outbound KAZ --require eta", "Did you mean --requirement?"),
        ("-V", "Did you mean --version?"),
        ("chek THA", "Did you mean visamap check THA?"),
        ("help chek", "Did you mean visamap check --help?"),
        ("check THA --lang kz", "Did you mean kk?"),
    ],
)
def test_a_slip_leads_to_the_right_word(said, asked, hint):
    status, out, err = said(*asked.split())
    assert (status, out) == (2, "")
    assert hint in " ".join(err.split())


@pytest.mark.parametrize(
    "asked",
    [
        "partners --to KAZ --to UZB",
        "outbound KAZ --to THA --to TUR",
        "check THA --on 2025-01-01 --on 2026-01-01",
        "--lang en stay THA --plan 2027-01-01/2027-01-02 --plan 2027-02-01/2027-02-02",
    ],
)
def test_no_word_of_a_question_is_dropped_in_silence(said, asked):
    status, out, err = said(*asked.split())
    assert (status, out) == (2, "")
    assert "given more than once; give it once." in err


def test_what_an_alias_says_of_the_form_can_be_said_otherwise(said):
    aliased = said("check", "THA", "--format", "json", "--format", "csv")
    assert aliased == said("check", "THA", "--format", "csv")


@pytest.mark.parametrize(
    "asked", ["partners --to all", "timeline THA --to ALL", "stay THA --to all"]
)
def test_a_question_about_one_destination_says_so_when_asked_about_all(said, asked):
    status, out, err = said(*asked.split())
    assert (status, out) == (2, "")
    assert "about one destination; name one of KAZ, KGZ, TJK, TKM, UZB." in err


@pytest.mark.parametrize("asked", ["schema --on", "check THA --verbose", "xyzzy", "partners --zzz"])
def test_nothing_is_suggested_where_nothing_is_close(said, asked):
    status, _, err = said(*asked.split())
    assert status == 2
    assert "Did you mean" not in err


def test_the_country_in_place_of_its_language_is_put_right(said, monkeypatch):
    monkeypatch.setenv("VISAMAP_LANG", "kz")
    status, _, err = said("check", "THA")
    assert status == 2
    assert err.rstrip().endswith("Did you mean kk?")


@pytest.mark.parametrize(
    ("asked", "code", "message", "suggestions"),
    [
        (
            "check Tailand",
            "unknown-country",
            "No country matches 'Tailand'",
            [{"code": "THA", "name": "Thailand"}],
        ),
        (
            "check Congo",
            "ambiguous-country",
            "give the code",
            [{"code": "COG", "name": "Congo"}],
        ),
        ("check THA --on 2025-02-30", "bad-date", "2025-02-30", []),
        ("visas B12x", "unknown-visa", "B12x", [{"code": "B12", "name": "B12"}]),
        ("check THA --data /nowhere/x.yaml", "missing-file", "/nowhere/x.yaml", []),
        (
            "check THA --formt x",
            "wrong-usage",
            "--formt",
            [{"code": "--format", "name": "--format"}],
        ),
        ("check", "wrong-usage", "COUNTRY", []),
    ],
)
def test_a_program_is_told_of_trouble_as_json(said, asked, code, message, suggestions):
    for form in (["--format", "json"], ["--format=JSONL"]):
        status, out, err = said(*asked.split(), *form)
        assert (status, out) == (2, "")
        told = json.loads(err)
        assert (told["schema"], told["error"]["code"]) == (1, code)
        assert message in told["error"]["message"]
        assert told["error"]["suggestions"][:1] == suggestions[:1]


def test_trouble_for_programs_keeps_its_letters(said):
    _, _, err = said("check", "Тайландд", "--lang", "ru", "--format", "json")
    assert "Тайландд" in err

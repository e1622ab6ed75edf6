import json

import pytest

from visamap.cli.commands import run


def said(capsys, *arguments):
    status = run(["visas", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--on", "2026-11-24"], "Visas of Kazakhstan on 2026-11-24"),
        (["--for", "remote-work", "--on", "2026-11-24"], "B12-1"),
        (["neo-nomad"], "Visa B12-1 of Kazakhstan: Neo Nomad Visa"),
        (["golden visa"], "Visa A6 of Kazakhstan: "),
        (["B12-1", "--nationality", "India", "--on", "2026-11-24"], "For IND: needed"),
        (["B12-1", "--on", "2020-01-01"], "did not exist on 2020-01-01"),
        (["--on", "2016-06-01"], "began\non 2017-01-01"),
    ],
)
def test_a_question_is_answered_on_stdout(capsys, arguments, words):
    status, out, err = said(capsys, *arguments)
    assert (status, err) == (0, "")
    assert words in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["B99"], "Did you mean B9"),
        (["tourst"], "Tourist visa (B12)"),
        (["--nationality", "Tailand"], "Thailand (THA)"),
        (["--for", "fun"], "remote-work"),
        (["--on", "2025-13-01"], "YYYY-MM-DD"),
        (["B12", "--for", "study"], "code already picks one to show in full; leave out purpose"),
        (["B12", "B10"], "unexpected extra argument"),
    ],
)
def test_wrong_words_are_a_sentence_and_status_2(capsys, arguments, words):
    status, out, err = said(capsys, *arguments)
    assert (status, out) == (2, "")
    assert words in err


def test_json_carries_what_was_asked_and_the_remarks(capsys):
    status, out, _ = said(capsys, "C1", "--on", "2015-01-01", "--format", "json")
    answer = json.loads(out)
    assert status == 0
    assert answer["command"] == "visas"
    assert answer["asked"] == {
        "code": "C1",
        "on": "2015-01-01",
        "nationality": None,
        "for": None,
        "destination": "KAZ",
    }
    assert [item["code"] for item in answer["items"]] == ["A5"]
    assert [note["code"] for note in answer["notes"]] == ["visa_not_yet", "former_code"]


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv", "markdown"])
@pytest.mark.parametrize("code", [[], ["B12-1"]])
def test_every_form_answers(capsys, form, code):
    status, out, _ = said(capsys, *code, "--format", form)
    assert status == 0
    assert "B12-1" in out


def test_help_has_examples(capsys):
    status, out, _ = said(capsys, "--help")
    assert status == 0
    assert "visamap visas B12-1 --nationality IND --format json" in out

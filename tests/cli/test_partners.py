import json

import pytest

from visamap.cli.app import run


def notes(capsys, *arguments):
    assert run(["partners", *arguments, "--format", "json"]) == 0
    return {note["code"]: note["message"] for note in json.loads(capsys.readouterr().out)["notes"]}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (
            ("--on", "2012-01-20"),
            "list_incomplete",
            "ordinary passport a missing rule means a visa from 2012-01-21",
        ),
        (("--passport", "diplomatic"), "list_never_complete", "means a visa on no day"),
    ],
)
def test_a_list_with_gaps_says_that_others_may_enter_too(capsys, arguments, code, words):
    assert words in notes(capsys, *arguments)[code]


def test_a_list_that_is_complete_says_nothing_of_gaps(capsys):
    assert set(notes(capsys, "--on", "2012-01-21")) == {"totals"}

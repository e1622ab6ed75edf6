import json

import pytest

from visamap.cli.commands import run


def notes(capsys, *arguments):
    assert run(["partners", *arguments, "--format", "json"]) == 0
    return {note["code"]: note["message"] for note in json.loads(capsys.readouterr().out)["notes"]}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (
            ("--on", "2012-01-20"),
            "list_incomplete",
            "ordinary passport our data is complete from 2012-01-21",
        ),
        (("--passport", "diplomatic"), "list_never_complete", "is not complete on any day"),
    ],
)
def test_a_list_with_gaps_says_that_others_may_enter_too(capsys, arguments, code, words):
    assert words in notes(capsys, *arguments)[code]


def test_possible_ones_are_listed_only_where_they_are_asked_for(capsys):
    for form in ("jsonl", "csv"):
        lines = {}
        for more in ((), ("--possible",)):
            assert run(["partners", "--on", "2024-12-31", *more, "--format", form]) == 0
            lines[more] = capsys.readouterr().out.splitlines()
        heading = form == "csv"
        assert [len(listed) - heading for listed in lines.values()] == [81, 83]
    run(["partners", "--on", "2024-12-31", "--possible", "--format", "markdown"])
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    assert sum(row.split("|")[-3].strip() == "no" for row in rows) == 2
    assert "possible_left_out" in notes(capsys, "--on", "2024-12-31")
    assert "possible_left_out" not in notes(capsys, "--on", "2024-12-31", "--possible")


def test_a_list_that_is_complete_says_nothing_of_gaps(capsys):
    assert set(notes(capsys, "--on", "2012-01-21")) == {"totals"}


def test_an_approved_agreement_not_seen_in_force_is_named_and_not_counted(capsys):
    said = notes(capsys, "--on", "2026-11-24")
    assert said["totals"].endswith("Possible: 0.")
    assert said["approved_only"].endswith("Dominican Republic (DOM).")
    assert "approved_only" not in notes(capsys, "--on", "2026-11-24", "--basis", "unilateral")
    assert "approved_only" not in notes(capsys, "--on", "2023-01-16")


def test_who_may_stay_nobody_knows_how_long_is_named_where_days_are_asked(capsys):
    asked = ("--passport", "diplomatic", "--on", "2026-11-24")
    untold = notes(capsys, *asked, "--min-days", "30")["stay_untold"]
    run(["partners", *asked, "--format", "json"])
    items = json.loads(capsys.readouterr().out)["items"]
    without = [
        one["nationality"]["code"] for one in items if not (one["possible"] or one["max_stay_days"])
    ]
    assert without
    assert all(f"({code})" in untold for code in without)
    assert "stay_untold" not in notes(capsys, "--min-days", "30")

import csv
import io
import json

import pytest

from visamap.cli.commands import run


@pytest.fixture
def visamap(capsys):
    """Return the exit status, the output and the remarks of a call."""

    def call(*arguments):
        status = run(["agreements", *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def items(out):
    return {item["id"]: item for item in json.loads(out)["items"]}


def test_a_year_lists_its_acts(visamap):
    status, out, err = visamap("--year", "2024")
    assert (status, err) == (0, "")
    assert "kaz-tha-2024" in out
    assert "kaz-rus-2012" not in out


def test_json_is_the_envelope_with_what_was_asked(visamap):
    status, out, _ = visamap(
        "--year", "2024", "--event", "in-force", "--partner", "Thailand", "--format", "json",
        "--on", "2024-12-31",
    )  # fmt: skip
    answer = json.loads(out)
    assert (status, answer["command"]) == (0, "agreements")
    assert answer["asked"] == {
        "id": None,
        "year": 2024,
        "event": "in-force",
        "partner": "THA",
        "status": None,
        "passport": None,
        "kind": "agreement",
        "on": "2024-12-31",
        "destination": "KAZ",
    }
    (thailand,) = answer["items"]
    assert (thailand["match"], thailand["status"]) == ("possible", "possibly_in_force")


@pytest.mark.parametrize(
    ("arguments", "instrument"),
    [
        (["--status", "possibly-in-force"], "kaz-qat-2022-protocol"),
        (["--status", "approved", "--passport", "ordinary"], "kaz-dom-2022"),
        (["--passport", "official", "--partner", "RUS"], "kaz-rus-2012"),
        (["--event", "ended"], "kaz-arm-2006"),
        (["--kind", "own", "--year", "2022"], "kz-gov-464-2022"),
    ],
)
def test_filters_reach_the_question(visamap, arguments, instrument):
    status, out, _ = visamap(*arguments, "--format", "json")
    assert status == 0
    assert instrument in items(out)


def test_an_id_shows_the_act_in_full(visamap):
    status, out, _ = visamap("kaz-tha-2024")
    assert status == 0
    assert "2024-04-23: signed, Bangkok." in out
    assert list(items(visamap("kaz-tha-2024", "--format", "json")[1])) == ["kaz-tha-2024"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kaz-tha-2023"], "Did you mean kaz-tha-2024"),
        (["THA"], "visamap agreements --partner THA"),
        (["kaz-tha-2024", "--year", "2024"], "already picks one to show in full; leave out year"),
        (["--year", "1850"], "1850 is not possible here; give a whole number from 1900 to 2100."),
        (["--year", "MMXXIV"], "'MMXXIV' is not possible here"),
        (["--partner", "Tailand"], "Thailand (THA)"),
        (["--event", "adopted"], "'in-force'"),
        (["--status", "valid"], "'in-force'"),
        (["--on", "2024-02-30"], "'2024-02-30' is not a day"),
    ],
)
def test_wrong_usage_is_told_with_the_next_step(visamap, arguments, said):
    status, out, err = visamap(*arguments)
    assert (status, out) == (2, "")
    assert said in err


def test_nothing_found_is_an_answer(visamap):
    status, out, err = visamap("--year", "1950", "--on", "2026-11-24")
    assert (status, err) == (0, "")
    assert out.startswith(
        "Agreements of Kazakhstan (signed, approved, put into force or ended in 1950):\nnone found."
    )


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_nothing_found_leaves_rows_empty_and_is_remarked_on(visamap, form):
    status, out, err = visamap("--year", "1950", "--on", "2026-11-24", "--format", form)
    some = visamap("--year", "2024", "--format", form)[1]
    heading = some.splitlines()[0] + "\n" if form == "csv" else ""  # a reader finds the columns
    assert (status, out) == (0, heading)
    assert err == "Nothing in the data matches what was asked.\n"


def test_csv_and_jsonl_have_one_row_an_act(visamap):
    found = items(visamap("--year", "2024", "--format", "json")[1])
    rows = list(csv.DictReader(io.StringIO(visamap("--year", "2024", "--format", "csv")[1])))
    lines = visamap("--year", "2024", "--format", "jsonl")[1].splitlines()
    assert [row["id"] for row in rows] == [json.loads(line)["id"] for line in lines] == list(found)


def test_a_day_after_the_release_is_remarked_on(visamap):
    out = visamap("--year", "2024", "--on", "2099-01-01")[1]
    assert "as known on 2026-11-24" in " ".join(out.splitlines()[:2])


@pytest.mark.parametrize("command", ["agreements", "partners", "upcoming"])
@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_official_is_another_word_for_service(capsys, command, form):
    answers = []
    for word in ("official", "service"):
        assert run([command, "--passport", word, "--on", "2025-01-01", "--format", form]) == 0
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1]

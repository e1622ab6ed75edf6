"""``coverage`` and ``diff --releases``, as they are typed."""

import json

import pytest
from kit_release import document_of

from visamap.cli.commands import run


@pytest.fixture
def visamap(capsys):
    def call(*arguments):
        status = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


@pytest.fixture(scope="module")
def old(export):
    return document_of(export, "DEU", "FRA", "THA")


@pytest.fixture
def files(tmp_path, old):
    document = json.loads(old)
    for row in document["rules"]:
        if row["nationality"] == "THA" and row["last_day"] == "2027-11-25":
            row["verdict"], row["max_stay_days"] = "visa_required", None
    document["data"]["release"] = "2027-01-31"
    (tmp_path / "old.json").write_text(old, encoding="utf-8")
    (tmp_path / "new.json").write_text(json.dumps(document), encoding="utf-8")
    return tmp_path / "old.json", tmp_path / "new.json"


def test_coverage_tells_confidence_sources_and_open_questions(visamap):
    status, out, _ = visamap("coverage", "--on", "2026-11-24")
    assert status == 0
    assert "rules of entry" in out
    assert "government page" in out
    assert "open questions." in out
    assert "aifc-five-years, " in out
    assert len(out.splitlines()) < 90
    full = visamap("coverage", "--on", "2026-11-24", "--full")[1]
    assert "[aifc-five-years]" in full
    assert len(full.splitlines()) > 200


def test_an_open_question_is_told_by_its_id(visamap):
    status, out, _ = visamap("coverage", "counting-of-days")
    assert (status, out.split("?")[0].split()[:5]) == (0, ["Does", "the", "day", "of", "exit"])
    assert "To settle it:" in out
    assert "[aifc-five-years]" not in out
    status, out, err = visamap("coverage", "counting-of-dayz")
    assert (status, out) == (2, "")
    assert "Did you mean counting-of-days" in err
    asked = json.loads(visamap("coverage", "counting-of-days", "--format", "json")[1])
    assert [one["id"] for one in asked["items"][0]["open_questions"]] == ["counting-of-days"]


def test_questions_that_are_not_translated_are_said_to_be_in_english(visamap):
    for lang, said in (("kk", "ағылшын тілінде"), ("ru", "на английском")):
        assert said in visamap("coverage", "counting-of-days", "--lang", lang)[1]
        assert said in visamap("coverage", "--full", "--lang", lang)[1]
    assert "written in English" not in visamap("coverage", "--full")[1]


@pytest.mark.parametrize("width_of", ["text", "markdown", "csv", "jsonl", "json"])
def test_coverage_has_every_form(visamap, width_of):
    status, out, _ = visamap("coverage", "--on", "2026-11-24", "--format", width_of)
    assert status == 0
    assert "2026-11-24" in out


def test_what_did_we_say_in_march(visamap, files):
    status, out, _ = visamap("diff", "--releases", *files)
    assert status == 0
    assert "From the release of 2026-11-24 to that of 2027-01-31." in out
    assert "Thailand (THA), ordinary passport" in out
    assert "visa required (before: visa-free, 30 days)" in " ".join(out.split())


def test_what_changed_is_ready_as_the_notes_of_a_release(visamap, files):
    document = json.loads(files[1].read_text(encoding="utf-8"))
    for row in document["rules"]:
        about = row["nationality"], row["passport"], row.get("destination", "KAZ")
        if about[0] in {"DEU", "FRA"} and about[1:] == ("ordinary", "KAZ"):
            row["max_stay_days"] = 14 if row["last_day"] < "2018" else row["max_stay_days"]
    document["dataset"]["regimes"][0]["note"] = "Another note."
    files[1].write_text(json.dumps(document), encoding="utf-8")
    notes = visamap("diff", "--releases", *files, "--format", "markdown")[1]
    head, briefly, future, past, records = notes.split("\n## ")
    assert head.strip() == "# From the release of 2026-11-24 to that of 2027-01-31."
    assert "changed for 3 nationalities. 1 record differs." in briefly
    assert "visa required (before: visa-free, 30 days)\n  - Thailand (THA)" in future
    assert "Thailand" not in past
    assert "14 days (before: " in past
    assert "\n  - Germany (DEU), France (FRA)" in past
    assert f"- changed: `regimes {document['dataset']['regimes'][0]['id']}`" in records


def test_the_two_releases_stand_in_the_envelope(visamap, files):
    _, out, _ = visamap("diff", "--releases", *files, "--format", "json")
    answer = json.loads(out)
    assert answer["command"] == "releases"
    assert answer["asked"]["new"]["release"] == "2027-01-31"
    assert {item["nationality"]["code"] for item in answer["items"]} == {"THA"}


def test_the_wrong_order_is_remarked_on(visamap, files):
    _, out, _ = visamap("diff", "--releases", *reversed(files))
    assert "the changes are listed in reverse" in out


def test_files_that_are_no_releases_are_told_with_the_next_step(visamap, files, tmp_path):
    other = tmp_path / "other.json"
    for content, said in (
        ("{", "cannot be read as JSON"),
        ("[]", "is not a release of the data (1:1 is not"),
        ('{"schema": 1, "data": {}}', "(data is not"),
        (files[0].read_text(encoding="utf-8").replace('"schema": 1', '"schema": 2', 1), "schema 2"),
    ):
        other.write_text(content, encoding="utf-8")
        status, out, err = visamap("diff", "--releases", files[0], other)
        assert (status, out) == (2, "")
        assert said in " ".join(err.split())
    status, _, err = visamap("diff", "--releases", files[0], tmp_path / "none.json")
    assert status == 2
    assert "There is no file" in err


def test_days_are_still_days(visamap):
    status, _, err = visamap("diff", "2024-02-30", "2024-03-01")
    assert status == 2
    assert "'2024-02-30' is not a day" in err

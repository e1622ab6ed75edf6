"""What did an earlier release say? Two documents of ``export json`` are compared."""

import copy
import json
from datetime import date
from functools import reduce

import pytest
from kit_readers import RELEASE

from visamap.cli.commands import run
from visamap.domain.changes import release_changes
from visamap.export.formats import document_text
from visamap.results.time_results import Said
from visamap.vocabulary import DESTINATIONS

LAST = "2027-11-25"
"""The horizon of the release: no later day is compared."""


NATIONALITIES = {"ABW", "CHN", "DEU", "GBR", "KAZ", "RUS", "THA", "USA", "XXA"}
"""Whose rules are compared: each is by itself, and all 270 would tell no more."""


@pytest.fixture(scope="module")
def written(export):
    document = json.loads(document_text(export))
    document["rules"] = [row for row in document["rules"] if row["nationality"] in NATIONALITIES]
    return json.dumps(document)


@pytest.fixture(scope="module")
def document(written):
    return json.loads(written)


@pytest.fixture
def later(written):
    return json.loads(written)


def rules_of(document, code):
    return [
        row
        for row in document["rules"]
        if (row["nationality"], row["passport"]) == (code, "ordinary")
    ]


def test_the_same_release_says_nothing_new(document):
    assert release_changes(document, document) == []


def test_days_on_which_a_traveller_is_told_otherwise(document, later):
    row = next(row for row in rules_of(later, "THA") if row["last_day"] == LAST)
    row["max_stay_days"] = 15
    (change,) = release_changes(document, later)
    assert (change.about, change.nationality.code, change.passport) == ("answer", "THA", "ordinary")
    assert change.first == date.fromisoformat(row["first_day"])
    assert change.last is None
    assert (change.before, change.after) == (Said("visa_free", 30), Said("visa_free", 15))


def test_days_past_the_earlier_horizon_are_not_compared(document, later):
    later["data"]["release"] = "2027-02-01"
    for row in later["rules"]:
        if row["last_day"] == LAST:
            row["last_day"] = "2028-02-02"
        elif row["reason"] == "beyond_horizon":
            row["first_day"] = "2028-02-03"
    assert [c for c in release_changes(document, later) if c.about == "answer"] == []
    assert [c for c in release_changes(later, document) if c.about == "answer"] == []


def test_a_period_cut_otherwise_is_no_other_answer(document, later):
    row = next(row for row in rules_of(later, "THA") if row["last_day"] == LAST)
    cut = date(2027, 1, 1)
    row["last_day"] = "2026-12-31"
    later["rules"].append({**row, "first_day": cut.isoformat(), "last_day": LAST})
    assert release_changes(document, later) == []


def test_days_that_one_release_does_not_answer_have_no_before(document, later):
    row = next(row for row in rules_of(later, "ABW") if row["last_day"] == LAST)
    later["rules"].remove(row)
    changes = release_changes(later, document)
    assert {change.before for change in changes} == {None}


def test_a_record_is_added_removed_or_changed_field_by_field(document, later):
    acts = later["dataset"]["instruments"]
    gone = acts.pop(0)
    acts[0]["number"] = "1-other"
    acts.append({**acts[0], "id": "kaz-xaa-2020"})
    changes = {change.id: change for change in release_changes(document, later)}
    assert changes[gone["id"]].change == "removed"
    assert changes["kaz-xaa-2020"].change == "added"
    (field,) = changes[acts[0]["id"]].fields
    assert (field.name, field.after) == ("number", "1-other")


@pytest.mark.parametrize("form", ["text", "csv"])
@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("rules", 0, "verdict"), "free"),
        (("rules", 0, "verdict"), None),
        (("rules", 0, "verdict"), ["visa_free"]),
        (("rules", 0, "max_stay_days"), "30"),
        (("rules", 0, "passport"), "x"),
        (("rules", 0, "last_day"), "9999"),
        (("countries",), {}),
        (("data", "release"), "2026-02-30"),
        (("schema",), [1]),
        (("dataset", "regimes"), ["a"]),
        (("dataset", "meta", "title"), reduce(lambda inner, _: {"in": inner}, range(300), 1)),
    ],
)
def test_a_release_changed_by_hand_is_refused(capsys, tmp_path, place, value, form):
    changed = copy.deepcopy(RELEASE)
    *steps, last = place
    reduce(lambda part, step: part[step], steps, changed)[last] = value
    early, late = tmp_path / "early.json", tmp_path / "late.json"
    early.write_text(json.dumps(RELEASE), "utf-8")
    late.write_text(json.dumps(changed), "utf-8")
    assert run(["diff", "--releases", str(early), str(late), "--format", form]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "visamap export json" in told.err or "schema" in told.err


def test_another_destination_is_compared_by_itself(document, later):
    rows = rules_of(later, "DEU")
    row = next(row for row in rows if (row["last_day"], row["destination"]) == (LAST, "UZB"))
    row["max_stay_days"] = 15
    (rule,) = [
        one for one in later["other_datasets"]["UZB"]["regimes"] if one["id"] == row["regime"]
    ]
    rule["note"] = "Another."
    answer, record = release_changes(document, later)
    assert (answer.nationality.code, answer.destination.code) == ("DEU", "UZB")
    assert (answer.before, answer.after) == (Said("visa_free", 30), Said("visa_free", 15))
    assert (record.id, record.change, record.destination.code) == (row["regime"], "changed", "UZB")


@pytest.fixture
def first_kind(later):
    """A release of the time when there was one destination."""
    del later["other_datasets"]
    later["rules"] = [row for row in later["rules"] if row.pop("destination") == "KAZ"]
    return later


def test_a_release_of_one_destination_is_still_read(capsys, tmp_path, document, first_kind):
    row = next(row for row in rules_of(first_kind, "THA") if row["last_day"] == LAST)
    row["max_stay_days"] = 15
    answer, *records = release_changes(first_kind, document)
    assert (answer.nationality.code, answer.destination.code) == ("THA", "KAZ")
    assert {(one.section, one.id, one.change) for one in records} == {("meta", "", "added")}
    assert [one.destination.code for one in records] == list(DESTINATIONS[1:])
    names = []
    for name, one in (("old", first_kind), ("new", document)):
        names.append(str(tmp_path / f"{name}.json"))
        (tmp_path / f"{name}.json").write_text(json.dumps(one))
    assert run(["diff", "--releases", *names]) == 0
    said = capsys.readouterr().out
    assert "\nThailand (THA), ordinary passport\n" in said
    assert "\nUZB meta: added\n" in said


def test_the_records_of_another_destination_must_be_records(capsys, tmp_path, document, later):
    later["other_datasets"]["UZB"]["regimes"] = [1]
    for name, one in (("old", document), ("new", later)):
        (tmp_path / f"{name}.json").write_text(json.dumps(one))
    assert run(["diff", "--releases", str(tmp_path / "old.json"), str(tmp_path / "new.json")]) == 2
    assert "other_datasets.UZB.regimes" in capsys.readouterr().err

import json

import pytest
from kit import fits

from visamap.cli.commands import run
from visamap.store.tables import sealed


def said(capsys, *arguments):
    status = run(["outbound", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture(autouse=True)
def _no_matrix_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


def keep_matrix(tmp_path, pairs, as_of="2026-11-01"):
    folder = tmp_path / "visamap" / "matrix"
    folder.mkdir(parents=True)
    (folder / "m.json").write_bytes(sealed({"pairs": pairs}, "m.json"))
    copy = {"file": "m.json", "as_of": as_of, "passports": len(pairs), "sizes": {}}
    named = {"current": copy, "previous": None}
    (folder / "in-force.json").write_bytes(sealed(named, "in-force.json"))


def test_one_destination_in_full_shows_rule_and_second_source(capsys):
    status, out, err = said(capsys, "KAZ", "--to", "THA", "--on", "2024-05-01")
    assert (status, err) == (0, "")
    assert out.startswith("Visa-free for up to 30 days.\n")
    assert "Second source No disagreement. Snapshot: visa-free, 30 days" in out
    _, out, _ = said(capsys, "KAZ", "--to", "THA", "--on", "2026-11-24")
    assert "Disagreement  Snapshot: visa-free, 60 days (seen 2024-08-03 to 2026-02-17)." in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["KAZ"],
        ["KAZ", "--requirement", "visa-required"],
        ["KAZ", "UZB"],
        ["KAZ", "UZB", "KGZ", "TJK", "TKM", "--differ"],
        ["KAZ", "UZB", "--best"],
        ["KAZ", "--to", "KAZ"],
        ["TJK", "--to", "KGZ", "--on", "2022-08-01"],
    ],
)
def test_every_text_fits_eighty_columns(capsys, arguments):
    status, out, _ = said(capsys, *arguments)
    assert status == 0
    assert fits(out, 80)


ANDORRA = {  # how it stands there, by question and form
    ("KAZ",): "Visa-free with another state's visa: 2\n",
    ("KAZ", "--format", "markdown"): "visa-free with another state's visa",
    ("KAZ", "UZB", "--best"): "visa-free with another",
    ("KAZ", "UZB", "--differ"): "free* 90",
    ("KAZ", "--to", "AND"): "whose visa",
}


@pytest.mark.parametrize("question", ANDORRA, ids=" ".join)
def test_what_needs_another_states_visa_is_never_plain_visa_free(capsys, question):
    status, out, _ = said(capsys, *question, "--on", "2026-11-24")
    assert status == 0
    rest = out.partition("\nVisa-free with")[1:] if len(question) == 1 else (out,)
    about = "".join(rest)
    assert ANDORRA[question] in about
    assert "Andorra" in about
    assert "Andorra" not in out.removesuffix(about) or len(question) > 1


def test_the_visa_of_another_state_is_a_field_of_its_own(registry):
    found = {one.destination.code: one for one in registry.outbound("KAZ", on="2026-11-24")}
    assert [code for code, one in found.items() if one.needs_another_visa] == ["AND", "SMR"]
    assert "reached_through" in {condition.code for condition in found["AND"].conditions}


def test_a_pair_that_nobody_knows_is_no_home(capsys):
    _, out, _ = said(capsys, "KAZ", "UZB", "KGZ", "TJK", "TKM", "--differ", "--on", "2026-11-24")
    rows = {line.split("  ")[0]: line.split() for line in out.splitlines() if "  " in line}
    assert rows["Cook Islands"][-4:] == ["?", "?", "?", "?"]
    assert rows["Tajikistan"].count("home") == 1


def test_since_tells_the_unbroken_time_and_the_rule_apart(registry, capsys):
    (found,) = registry.outbound("KAZ", on="2026-11-24", to="RUS")
    assert str(found.visa_free_since) == "2002-06-07"
    assert str(found.valid_from) == "2025-01-01"
    _, out, _ = said(capsys, "KAZ", "--to", "RUS", "--on", "2026-11-24")
    assert "2002-06-07 without a break; this rule since 2025-01-01." in out
    (found,) = registry.outbound("KAZ", on="2026-11-24", to="AND")
    assert [str(day) for day in found.visa_free_since_between] == ["2022-08-04", "2024-01-31"]
    _, out, _ = said(capsys, "KAZ", "--requirement", "visa-free", "--on", "2026-11-24")
    assert "RUS     Russian" in out
    assert "2022-08-04.." in out


def test_counts_stand_on_top_and_fit_the_list(capsys):
    _, out, _ = said(capsys, "KAZ", "--on", "2024-12-04")
    counted = out.partition("visa-free ")[2].partition(" ")[0]
    assert f"\nVisa-free: {int(counted) - 1}\n" in out
    assert "\nVisa-free with another state's visa: 1\n" in out
    _, listed, _ = said(
        capsys, "KAZ", "--on", "2024-12-04", "--requirement", "visa-free", "--format", "jsonl"
    )
    assert len(listed.splitlines()) == int(counted)


def test_json_holds_counts_and_items(capsys):
    _, out, _ = said(capsys, "KAZ", "UZB", "--on", "2024-12-04", "--format", "json")
    answer = json.loads(out)
    assert answer["command"] == "outbound"
    assert [note["code"] for note in answer["notes"]] == ["outbound_counts"] * 2
    of_kazakh = [item for item in answer["items"] if item["passport"]["code"] == "KAZ"]
    (counts, _) = answer["notes"]
    free = sum(item["requirement"] == "visa_free" for item in of_kazakh)
    assert (counts["passport"], counts["visa_free"]) == ("KAZ", free)


def test_a_passport_that_is_not_bundled_says_what_is(capsys):
    status, out, err = said(capsys, "THA")
    assert (status, out) == (2, "")
    assert "KAZ, KGZ, TJK, TKM, UZB" in err
    assert "visamap update" in err


def test_with_a_fetched_matrix_any_passport_is_answered(capsys, tmp_path):
    keep_matrix(tmp_path, {"THA": {"JPN": ["visa_free", 15], "KAZ": ["visa_required", None]}})
    _, out, _ = said(capsys, "THA", "--on", "2026-11-24", "--format", "jsonl")
    japan, home = [json.loads(line) for line in out.splitlines()]
    assert (japan["requirement"], japan["max_stay_days"], japan["basis"]) == (
        "visa_free",
        15,
        "snapshot",
    )
    assert japan["as_known_on"] == "2026-11-01"
    # Kazakhstan is told by its law, as `check` does; the matrix stands beside it.
    assert (home["requirement"], home["granted_by"]) == ("visa_free", "kaz-tha-2024")
    assert home["disagreement"]["sides"][0]["requirement"] == "visa_required"


def test_before_the_day_of_the_matrix_nothing_is_known(capsys, tmp_path):
    keep_matrix(tmp_path, {"THA": {"JPN": ["visa_free", 15]}})
    _, out, _ = said(capsys, "THA", "--to", "JPN", "--on", "2026-10-31", "--format", "jsonl")
    assert json.loads(out)["reason"] == "nothing_known"


def test_a_newer_matrix_follows_the_bundled_snapshots(capsys, tmp_path):
    keep_matrix(tmp_path, {"KAZ": {"JPN": ["e_visa", None]}})
    _, out, _ = said(capsys, "KAZ", "--to", "JPN", "--on", "2026-11-24", "--format", "jsonl")
    assert json.loads(out)["requirement"] == "e_visa"


@pytest.mark.parametrize(
    "arguments", [["Atlantis"], ["KAZ", "--to", "Atlantis"], ["KAZ", "--on", "someday"], []]
)
def test_wrong_usage(capsys, arguments):
    status, out, err = said(capsys, *arguments)
    assert (status, out) == (2, "")
    assert "Error" in err


def test_check_tells_reciprocity_only_where_it_is_asked_for(capsys):
    run(["check", "TUR", "--on", "2024-05-01", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["items"][0]["reciprocity"] is None
    run(["check", "TUR", "--on", "2024-05-01", "--reciprocity"])
    assert "Reciprocity  A citizen of Kazakhstan there: Visa-free for up" in capsys.readouterr().out
    run(["check", "TUR", "--on", "2024-05-01", "--reciprocity", "--format", "csv"])
    assert "visa_free" in capsys.readouterr().out


def test_names_with_a_comma_stay_one_name_and_stand_in_the_order_of_the_alphabet(capsys):
    out = " ".join(said(capsys, "KAZ", "--on", "2026-11-24")[1].split())
    listed = out.partition("Visa required: 83 ")[2].partition(". Ground:")[0].split("; ")
    assert len(listed) == 83
    assert listed == sorted(listed)
    assert "Taiwan, Province of China" in listed


def test_who_asks_how_another_passport_enters_is_led_to_the_answer(capsys):
    status, _, err = said(capsys, "DEU", "--to", "UZB")
    assert status == 2
    assert err.rstrip().endswith("`visamap check DEU --to UZB` says how it enters there.")


@pytest.mark.parametrize("document", ["XXA", "UNO", "GBD"])
def test_a_document_is_no_destination(capsys, document):
    status, out, err = said(capsys, "KAZ", "--to", document)
    assert (status, out) == (2, "")
    assert f"{document} names a document, not a place to go to; give a country." in err


def test_for_choosing_the_longest_stay_comes_first_and_short_ones_are_left_out(capsys):
    asked = ("KAZ", "--on", "2026-11-24", "--min-days", "60", "--sort", "days")
    out = said(capsys, *asked)[1]
    answer = json.loads(said(capsys, *asked, "--format", "json")[1])
    stays = [item["max_stay_days"] for item in answer["items"]]
    assert stays == sorted(stays, reverse=True)
    assert min(stays) >= 60
    free = [item for item in answer["items"] if item["requirement"] == "visa_free"]
    plain = [item for item in free if not item["needs_another_visa"]]
    places = [out.index(f"\n{item['destination']['code']}  ") for item in plain]
    assert places == sorted(places)
    # Of whom it is not known how long, that is said.
    untold = next(note for note in answer["notes"] if note["code"] == "stay_untold")
    assert "COK" in [one["code"] for one in untold["nationalities"]]
    assert "Cook Islands (COK)" in " ".join(out.split())


def test_what_was_left_out_is_no_gap_in_what_is_known(capsys):
    asked = ("KAZ", "UZB", "--on", "2026-11-24", "--min-days", "60")
    row = next(line for line in said(capsys, *asked)[1].splitlines() if line.startswith("ALB"))
    assert row.split()[-3:] == ["free", "90", "-"]  # Uzbeks need an e-visa, which is known


@pytest.mark.parametrize(
    "asked", [["--to", "THA", "--min-days", "90"], ["--min-days", "3000"], ["--differ"]]
)
def test_a_list_that_is_empty_says_so(capsys, asked):
    status, out, _ = said(capsys, "KAZ", "--on", "2026-11-24", *asked)
    assert status == 0
    assert "Nothing in the data matches what was asked." in out
    assert "Nothing in the data" not in said(capsys, "KAZ", "--to", "KAZ")[1]


def test_whose_visa_is_needed_stands_in_the_list(capsys):
    out = said(capsys, "KAZ", "--on", "2026-11-24")[1]
    assert any(line.startswith("AND") and "the Schengen area" in line for line in out.splitlines())


def test_a_brief_list_names_what_needs_a_visa_and_full_tells_each(capsys):
    brief = said(capsys, "KAZ", "--on", "2026-11-24")[1]
    full = said(capsys, "KAZ", "--on", "2026-11-24", "--full")[1]
    assert len(brief.splitlines()) < 160
    assert "Australia; Bahamas;" in brief
    assert any(line.startswith("AUS     Australia") for line in full.splitlines())
    assert "Rule since" in full
    assert "Rule since" not in brief

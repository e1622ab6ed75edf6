"""Data of one's own: a folder says which destinations there are, a file takes the place of its."""

import json
import re
import shutil
from pathlib import Path

import pytest
from kit_release import SOURCES, beside, law

from visamap import load
from visamap.cli.commands import run
from visamap.domain.decisions import decisions
from visamap.errors import BrokenDataError, MissingFileError
from visamap.vocabulary import DESTINATIONS

DAY = ("--on", "2024-01-01", "--format", "json")


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "visamap"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "data"
    (made / "regimes").mkdir(parents=True)
    (made / "visa_regimes.yaml").write_bytes(law())
    (made / "regimes" / "uzb.yaml").write_bytes(beside())
    (made / "sources.yaml").write_bytes(SOURCES)
    return made


def told(capsys, *words):
    """The code, the days and the digest of an answer."""
    assert run([*words, *DAY]) == 0
    answer = json.loads(capsys.readouterr().out)
    (item,) = answer["items"]
    digest = answer["data"]["digest"]
    return item["destination"]["code"], item["max_stay_days"], digest


def test_a_folder_answers_for_its_destinations(capsys, folder):
    home, days, digest = told(capsys, "check", "THA", "--data", str(folder))
    assert (home, days) == ("KAZ", 77)
    asked = ("check", "THA", "--to", "UZB", "--data", str(folder))
    assert told(capsys, *asked) == ("UZB", 55, digest)
    assert told(capsys, *asked) == ("UZB", 55, digest)  # from the cache
    assert run(["check", "THA", "--to", "all", *DAY, "--data", str(folder)]) == 0
    items = json.loads(capsys.readouterr().out)["items"]
    assert [item["destination"]["code"] for item in items] == ["KAZ", "UZB"]
    # Another source beside them is another release of the folder.
    (folder / "sources.yaml").write_bytes(SOURCES.replace(b"org/uz", b"org/other"))
    assert told(capsys, *asked)[2] != digest


def test_a_destination_that_the_folder_does_not_have_is_not_told(capsys, folder):
    (folder / "visa_regimes.yaml").unlink()
    assert told(capsys, "check", "THA", "--data", str(folder))[:2] == ("UZB", 55)
    assert run(["check", "THA", "--to", "KAZ", "--data", str(folder)]) == 2
    said = capsys.readouterr().err
    assert "visamap has no rules of entry for Kazakhstan (KAZ); choose one of UZB." in said
    (folder / "regimes" / "uzb.yaml").unlink()
    assert run(["check", "THA", "--data", str(folder)]) == 2
    assert "visa_regimes.yaml" in capsys.readouterr().err


def test_a_folder_with_one_file_has_one_destination(capsys, folder):
    (folder / "regimes" / "uzb.yaml").unlink()
    (folder / "regimes").rmdir()
    assert told(capsys, "check", "THA", "--data", str(folder))[:2] == ("KAZ", 77)
    assert run(["check", "THA", "--to", "UZB", "--data", str(folder)]) == 2
    assert "choose one of KAZ." in capsys.readouterr().err


@pytest.mark.parametrize("place", [".", "./", "data/.", "../{name}/data"])
def test_a_folder_may_be_named_in_any_way(capsys, monkeypatch, folder, place):
    inside = place.startswith("./") or place == "."
    monkeypatch.chdir(folder if inside else folder.parent)
    named = place.format(name=folder.parent.name)
    assert told(capsys, "check", "THA", "--data", named)[1] == 77


def test_a_folder_is_checked_file_by_file(capsys, folder):
    assert run(["validate", str(folder)]) == 0
    said = capsys.readouterr().out
    assert f"{folder}/visa_regimes.yaml: 1 instrument" in said
    assert f"{folder}/regimes/uzb.yaml: 1 instrument" in said
    (folder / "regimes" / "uzb.yaml").write_bytes(beside(days=0))
    assert run(["validate", "--data", str(folder)]) == 1
    assert "regimes/uzb.yaml:24:38: [positive]" in capsys.readouterr().out


def test_a_folder_that_is_not_sound_is_refused_whole(folder, cache):
    (folder / "regimes" / "uzb.yaml").write_bytes(beside("2098-01-02"))
    with pytest.raises(BrokenDataError, match="one-release"):
        load(folder)
    (folder / "regimes" / "uzb.yaml").write_bytes(beside(days=0))
    with pytest.raises(BrokenDataError, match="positive"):
        load(folder)
    assert not cache.exists()
    with pytest.raises(MissingFileError):
        load(folder / "regimes")


def test_a_damaged_cache_of_a_folder_is_made_anew(folder, cache):
    assert load(folder).entering("UZB").check("THA", on="2024-01-01").max_stay_days == 55
    (path,) = cache.rglob("UZB.json")
    path.write_bytes(path.read_bytes().replace(b"55", b"56"))
    assert load(folder).entering("UZB").check("THA", on="2024-01-01").max_stay_days == 55


def test_where_passports_may_go_is_told_by_the_folder_where_it_has_the_rows(
    capsys, tmp_path, cache
):
    folder = tmp_path / "data"
    shutil.copytree(Path(__file__).parents[2] / "data", folder)
    rules = folder / "mobility" / "outbound.yaml"
    text = rules.read_text(encoding="utf-8")
    start = text.index("  - id: alb-kaz-2023")
    end = text.index("  - id:", start + 1)
    rule = text[start:end]
    for asked in ("once", "from the cache"):
        rules.write_text(text.replace(rule, re.sub(r"days: \d+", "days: 12", rule)), "utf-8")
        words = ["outbound", "KAZ", "--to", "ALB", "--data", str(folder), "--format", "json"]
        assert run([*words, "--on", "2026-11-01"]) == 0, asked
        (item,) = json.loads(capsys.readouterr().out)["items"]
        assert item["max_stay_days"] == 12, asked
    kept = {path.name for path in cache.rglob("*.json")}
    assert {"outbound.json", "ranks.json", "records.json"} < kept
    assert run(["ranks", "--data", str(folder)]) == 0
    (folder / "mobility" / "LICENSE-passport-index.txt").unlink()
    assert run(["ranks", "--data", str(folder)]) == 2
    assert "LICENSE-passport-index.txt" in capsys.readouterr().err


@pytest.fixture
def uzbek(folder):
    """A file of one's own about Uzbekistan, alone."""
    path = folder.parent / "mine.yaml"
    path.write_bytes(beside() + SOURCES)
    return str(path)


def test_a_file_takes_the_place_of_its_own_destination(capsys, monkeypatch, uzbek):
    shipped = load()
    kazakh = shipped.check("THA", on="2024-01-01").max_stay_days
    home, days, digest = told(capsys, "check", "THA", "--data", uzbek)
    assert (home, days) == ("UZB", 55)
    assert digest != shipped.data.digest
    asked = ("check", "THA", "--to", "KAZ", "--data", uzbek)
    assert told(capsys, *asked) == ("KAZ", kazakh, shipped.data.digest)
    assert told(capsys, "check", "THA", "--to", "UZB", "--data", uzbek) == ("UZB", 55, digest)
    monkeypatch.setenv("VISAMAP_DATA", uzbek)
    assert told(capsys, "check", "THA") == ("UZB", 55, digest)
    assert told(capsys, "check", "THA", "--to", "KAZ")[0] == "KAZ"


def test_a_list_is_answered_by_the_file_and_by_what_is_shipped(capsys, tmp_path, uzbek):
    source, target = tmp_path / "in.csv", tmp_path / "out.jsonl"
    source.write_text(
        "nationality,arrival,destination\nTHA,2024-01-01,\nTHA,2024-01-01,KAZ\nTHA,2024-01-01,UZB\n"
    )
    assert run(["screen", str(source), "-o", str(target), "--data", uzbek]) == 0
    days = [json.loads(line)["max_stay_days"] for line in target.read_text().splitlines()]
    assert days == [55, load().check("THA", on="2024-01-01").max_stay_days, 55]
    # Where Kazakhstan is asked, Uzbekistan's rules are still those of the file.
    assert run(["screen", str(source), "-o", str(target), "--data", uzbek, "--to", "KAZ"]) == 2
    words = ["screen", str(source), "-o", str(target), "--data", uzbek, "--to", "KAZ"]
    assert run([*words, "--overwrite"]) == 0
    days = [json.loads(line)["max_stay_days"] for line in target.read_text().splitlines()]
    assert days[2] == 55
    capsys.readouterr()


def test_a_folder_and_a_file_are_exported_as_they_are(capsys, monkeypatch, tmp_path, folder, uzbek):
    monkeypatch.setattr(  # every nationality is another test's
        "visamap.export.derived.decision_table",
        lambda index: tuple(decisions(index, ["THA", "UZB"])),
    )
    for data, homes in ((str(folder), ["KAZ", "UZB"]), (uzbek, ["UZB"])):
        out = tmp_path / f"{len(homes)}.json"
        assert run(["export", "json", "-o", str(out), "--data", data]) == 0
        written = json.loads(out.read_text())
        told = [written["dataset"]["meta"]["home"], *written["other_datasets"]]
        assert told == homes
        assert list(dict.fromkeys(row["destination"] for row in written["rules"])) == homes
    assert run(["export", "rules", "-o", str(tmp_path / "r.csv"), "--data", uzbek]) == 0
    assert {line.rpartition(",")[2] for line in (tmp_path / "r.csv").read_text().split()[1:]} <= {
        '"UZB"'
    }
    words = ["export", "rules", "-o", str(tmp_path / "all.csv"), "--data", uzbek, "--to", "all"]
    assert run(words) == 0
    said = (tmp_path / "all.csv").read_text().splitlines()[1:]
    assert {line[-5:] for line in said} == {f'"{home}"' for home in DESTINATIONS}
    capsys.readouterr()

"""What ``doctor`` finds, and the remark on old data."""

import json
import tomllib
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from visamap import load
from visamap.cli import doctor
from visamap.cli.commands import run
from visamap.extras import how_to_add
from visamap.i18n import LANGUAGES
from visamap.render.doctor_text import FOLDERS, GIVES
from visamap.store import fetched_data

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
FOR_US = {"bench", "dev", "docs"}


@pytest.fixture
def data_folder(monkeypatch, tmp_path):
    """The folder of what was fetched, empty."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Path(fetched_data.user_folder())


@pytest.fixture
def examined(capsys, data_folder):  # noqa: ARG001  nothing of the user's decides
    """Return the status of a call and what it found."""

    def call(*arguments):
        status = run([*arguments, "doctor", "--format", "json"])
        said = capsys.readouterr()
        assert said.err == ""
        answer = json.loads(said.out)
        assert (answer["schema"], answer["command"], len(answer["items"])) == (1, "doctor", 1)
        return status, answer["items"][0], answer

    return call


def days_after_release(days):
    day = load().data.release + timedelta(days=days)
    return mock.patch("visamap.clock.today", return_value=day)


def test_the_shipped_data_answers_where_nothing_else_is_there(examined):
    with days_after_release(10):
        status, found, answer = examined()
    assert (status, found["damaged"]) == (0, False)
    data = found["data"]
    assert (data["reason"], data["age_days"], data["problem"]) == ("nothing_fetched", 10, None)
    assert data["digest"] == answer["data"]["digest"]
    assert found["matrix"] is None
    assert {one["name"] for one in found["libraries"]} >= {"click", "PyYAML"}
    assert all(one["version"] for one in found["libraries"])


def test_a_file_of_the_users_own_is_named_with_who_named_it(examined, monkeypatch, tmp_path):
    status, found, answer = examined("--data", str(tmp_path / "none.yaml"))
    assert (status, found["damaged"]) == (1, True)
    assert found["data"]["reason"] == "option"
    assert found["data"]["place"] == str(tmp_path / "none.yaml")
    assert "There is no file" in found["data"]["problem"]
    assert answer["data"] == {"release": None, "digest": None}
    monkeypatch.setenv("VISAMAP_DATA", str(tmp_path / "none.yaml"))
    assert examined()[1]["data"]["reason"] == "environment"


def test_damaged_copies_are_found_and_the_shipped_data_still_answers(examined, data_folder):
    for kind in ("data", "matrix"):
        (data_folder / kind).mkdir(parents=True)
        (data_folder / kind / fetched_data.IN_FORCE).write_text("{", encoding="utf-8")
    status, found, _ = examined()
    assert (status, found["damaged"]) == (1, True)
    assert found["data"]["reason"] == "fetched_damaged"
    assert found["data"]["release"] is not None
    assert "`visamap update --data`" in found["data"]["problem"]
    assert "`visamap update`" in found["matrix_problem"]


def test_a_missing_extra_is_no_damage_and_is_told_with_what_it_would_give(
    examined, capsys, monkeypatch
):
    monkeypatch.setitem(doctor.EXTRAS, "feeds", ("a-library-that-nobody-wrote",))
    status, found, _ = examined()
    assert (status, found["damaged"]) == (0, False)
    missing = next(one for one in found["extras"] if one["name"] == "feeds")
    assert missing == {
        "name": "feeds",
        "present": False,
        "missing": ["a-library-that-nobody-wrote"],
    }
    assert run(["doctor"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "it would give: a calendar" in said
    assert how_to_add("feeds") in said
    assert said.endswith("All is well.")


def test_extras_are_those_of_the_package():
    declared = {
        extra: {line.partition(">")[0] for line in lines}
        for extra, lines in PROJECT["project"]["optional-dependencies"].items()
        if extra not in FOR_US
    }
    assert {extra: set(needs) for extra, needs in doctor.EXTRAS.items()} == declared
    assert set(GIVES) == set(declared)
    needed = {line.partition(">")[0] for line in PROJECT["project"]["dependencies"]}
    assert set(doctor.NEEDED) == needed


def test_folders_are_told_with_whether_they_can_be_written(
    examined, data_folder, monkeypatch, tmp_path
):
    _, found, _ = examined()
    folders = {one["what"]: one for one in found["folders"]}
    assert set(folders) == set(FOLDERS)
    assert folders["data"]["path"] == str(data_folder)
    assert (folders["data"]["exists"], folders["data"]["writable"]) == (False, True)
    (tmp_path / "a-file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "a-file"))
    _, found, _ = examined()
    assert (found["folders"][0]["exists"], found["folders"][0]["writable"]) == (False, False)


@pytest.mark.parametrize(
    ("arguments", "variables", "language", "because"),
    [
        ([], {}, "en", None),
        (["--lang", "kk"], {"VISAMAP_LANG": "ru"}, "kk", "--lang"),
        ([], {"VISAMAP_LANG": "ru", "LANG": "kk_KZ.UTF-8"}, "ru", "VISAMAP_LANG"),
        ([], {"LANG": "kk_KZ.UTF-8"}, "kk", "LANG"),
        ([], {"LC_ALL": "de_DE.UTF-8", "LANG": "kk_KZ.UTF-8"}, "en", "LC_ALL"),
    ],
)
def test_the_language_is_told_with_who_chose_it(
    examined, monkeypatch, arguments, variables, language, because
):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    _, found, _ = examined(*arguments)
    assert (found["language"], found["language_from"]) == (language, because)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_read_in_every_language(capsys, data_folder, language):
    assert run(["--lang", language, "doctor"]) == 0
    said = capsys.readouterr().out
    assert str(data_folder)[:20] in said
    assert load().data.digest in said

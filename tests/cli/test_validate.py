import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import visamap
from visamap.cli import validate
from visamap.cli.commands import run
from visamap.data import inspection

ROOT = Path(__file__).parents[2]
RECORDS = ROOT / "tests" / "broken" / "records"
BROKEN = Path("mine/law.yaml")
SLIP = (
    f"{BROKEN}:24:38: [positive] days: 0 is not a number of days; "
    "give 1 or more, or leave it out if the act does not say"
)


def of_thailand(name):
    return (RECORDS / f"{name}.yaml").read_text("utf-8").replace("XAA", "THA")


@pytest.fixture(autouse=True)
def _a_file_with_one_slip(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VISAMAP_DATA", raising=False)
    BROKEN.parent.mkdir()
    BROKEN.write_text(of_thailand("no-days"), "utf-8")


def said(capsys, *arguments):
    status = run(["validate", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_sound_data_is_said_in_one_line_with_its_counts(capsys, tmp_path):
    law = tmp_path / "law.yaml"
    law.write_text(of_thailand("no-days").replace("days: 0", "days: 30"), "utf-8")
    counts = "1 instrument, 1 regime, 0 visas, 1 source"
    assert said(capsys, str(law)) == (0, f"{law}: {counts}: no problems.\n", "")


FIRST, UZBEKISTAN = "data/visa_regimes.yaml", "data/regimes/uzb.yaml"
OTHERS = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("data/regimes/*.yaml"))


@pytest.mark.parametrize(
    ("arguments", "files"),
    [([], (FIRST, *OTHERS)), ([FIRST], (FIRST,)), ([UZBEKISTAN], (UZBEKISTAN,))],
)
def test_the_shipped_data_holds(capsys, monkeypatch, arguments, files):
    monkeypatch.chdir(ROOT)
    status, out, err = said(capsys, *arguments)
    assert (status, err) == (0, "")
    assert tuple(line.partition(": ")[0] for line in out.splitlines()) == files
    assert "error" not in out


def test_files_of_one_release_are_checked_against_each_other(capsys, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    law, other = data / "visa_regimes.yaml", data / "regimes" / "uzb.yaml"
    text = other.read_text("utf-8")
    text = text.replace("release: 2026-11-24", "release: 2026-11-25")
    text = re.sub(r"\buz-kgz\b", "uzb-2000", text).replace(", kaz-uzb-2012-protocol", "")
    other.write_text(text, "utf-8")
    status, out, _ = said(capsys, str(law), str(other))
    assert status == 1
    for rule in ("[one-release]", "[ids-once] id 'uzb-2000'", "[shared-act] kaz-uzb-2012-protocol"):
        assert rule in out
    envelope = json.loads(said(capsys, str(law), str(other), "--format", "json")[1])
    assert envelope["asked"]["file"] == [str(law), str(other)]
    assert len(envelope["items"]) == 3


def test_a_problem_shows_the_path_as_it_was_given(capsys):
    status, out, _ = said(capsys, str(BROKEN))
    assert status == 1
    assert out.splitlines() == [SLIP, f"{BROKEN}: 1 error."]


def test_the_data_in_use_is_checked_where_no_file_is_named(capsys, monkeypatch):
    monkeypatch.setenv("VISAMAP_DATA", str(BROKEN))
    assert said(capsys)[0] == 1
    monkeypatch.delenv("VISAMAP_DATA")
    assert run(["--data", str(BROKEN), "validate"]) == 1
    assert SLIP in capsys.readouterr().out


def test_warnings_alone_are_no_failure(capsys, tmp_path):
    law = tmp_path / "law.yaml"
    law.write_text(of_thailand("long-note"), "utf-8")
    status, out, _ = said(capsys, str(law))
    assert status == 0
    assert "[note-length] warning: a note of 649 characters" in out
    assert out.endswith(": 1 warning.\n")


def test_github_makes_remarks_of_problems(capsys):
    status, out, _ = said(capsys, str(BROKEN), "--format", "github")
    assert status == 1
    first, last = out.splitlines()
    assert first.startswith(f"::error file={BROKEN},line=24,col=38,title=positive::days: 0 is not")
    assert last == f"{BROKEN}: 1 error."


def test_json_has_the_envelope_of_every_command(capsys):
    status, out, _ = said(capsys, str(BROKEN), "--format", "json")
    answer = json.loads(out)
    assert status == 1
    assert list(answer) == ["schema", "command", "data", "asked", "items", "notes"]
    assert answer["command"] == "validate"
    assert answer["data"]["digest"].startswith("sha256:")
    assert answer["asked"] == {"file": str(BROKEN)}
    (item,) = answer["items"]
    assert (item["line"], item["column"], item["rule"]) == (24, 38, "positive")
    _, out, _ = said(capsys, "--format", "json")
    assert json.loads(out)["data"]["release"] == visamap.load().data.release.isoformat()


@pytest.mark.parametrize("place", ["nowhere.yaml", "mine/law.yaml/nowhere.yaml"])
def test_a_missing_file_is_wrong_usage(capsys, place):
    status, out, err = said(capsys, place)
    assert (status, out) == (2, "")
    assert f"There is no file '{place}'" in err


def test_what_is_no_text_file_is_a_problem(capsys, tmp_path):
    (tmp_path / "law.yaml").write_bytes(b"\x00\xff" * 50)
    for place in (tmp_path, tmp_path / "law.yaml"):
        status, out, _ = said(capsys, str(place))
        assert status == 1
        assert out.endswith(f"{place}: 1 error.\n")


def test_an_installed_package_names_what_was_checked_when_it_was_built(capsys, monkeypatch):
    monkeypatch.setattr(validate, "in_checkout", lambda: False)
    data = visamap.load().data
    status, out, _ = said(capsys)
    assert status == 0
    assert f"{data.release}, {data.digest}" in out
    _, out, _ = said(capsys, "--format", "json")
    assert json.loads(out)["notes"][0]["code"] == "checked_when_built"


def test_broken_data_of_the_checkout_is_listed_all_the_same(capsys, monkeypatch):
    def broken():
        raise visamap.errors.BrokenDataError("data/visa_regimes.yaml")

    monkeypatch.setattr(inspection, "renew", broken)
    assert said(capsys, str(BROKEN))[:2] == (1, f"{SLIP}\n{BROKEN}: 1 error.\n")


def test_inspect_finds_sources_in_the_file_and_beside_it(tmp_path):
    assert [problem.rule for problem in visamap.inspect(BROKEN)] == ["positive"]
    law, sources = BROKEN.read_text("utf-8").split("sources:\n  -", 1)
    (tmp_path / "law.yaml").write_text(law, "utf-8")
    assert "sources-exist" in [found.rule for found in visamap.inspect(tmp_path / "law.yaml")]
    (tmp_path / "sources.yaml").write_text(f"sources:\n  -{sources}", "utf-8")
    assert [found.rule for found in visamap.inspect(str(tmp_path / "law.yaml"))] == ["positive"]


def test_it_runs_as_a_program():
    ended = subprocess.run(
        [sys.executable, "-m", "visamap", "validate", str(BROKEN)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (1, "")
    assert ended.stdout.startswith(SLIP)


@pytest.mark.parametrize("command", [["check", "THA", "--data"], ["validate"]])
@pytest.mark.parametrize("name", ["", ".", "/"])
def test_what_names_no_file_is_no_file_and_never_the_shipped_data(capsys, command, name):
    assert run([*command, name]) == 2
    assert f"There is no file {name!r}" in capsys.readouterr().err


def test_a_folder_without_a_data_file_is_a_missing_one_and_not_a_fault_of_the_output(
    capsys, tmp_path
):
    assert run(["check", "THA", "--data", str(tmp_path)]) == 2
    assert f"{tmp_path / 'visa_regimes.yaml'}" in capsys.readouterr().err.replace("\n", "")

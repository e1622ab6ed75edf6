"""No order to a terminal leaves us, whichever file or name it came in with."""

import json

import pytest
from kit_readers import ORDERS, RELEASE

from visamap.cli.commands import run
from visamap.terminal import safe

ORDER = "\x1b[2J\x1b]0;title\x07\x9b31m\u202eevil\x7f"
FORMS = ["text", "markdown", "csv", "json", "jsonl"]


@pytest.fixture
def said(capsys):
    """Run the command line; return its status and what it printed, without any order."""

    def ran(*arguments):
        status = run(arguments)
        out, err = capsys.readouterr()
        assert ORDERS.isdisjoint(out), ORDERS & set(out)
        assert ORDERS.isdisjoint(err), ORDERS & set(err)
        return status, out, err

    return ran


@pytest.mark.parametrize("form", FORMS)
def test_texts_of_a_release_are_shown_and_not_obeyed(said, tmp_path, form):
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps(RELEASE), "utf-8")
    dataset = {"regimes": [{"id": f"a{ORDER}", "title": ORDER}], "meta": {"title": f"y{ORDER}"}}
    dataset["meta"][f"key{ORDER}"] = 1
    data = {"release": "2026-02-01", "digest": ORDER}
    new.write_text(json.dumps({**RELEASE, "data": data, "dataset": dataset}), "utf-8")
    status, out, _ = said("diff", "--releases", str(old), str(new), "--format", form)
    assert status == 0
    assert "evil" in out
    if form == "json":  # an escape of JSON: the value is the one that was read
        assert json.loads(out)["items"][-1]["fields"][0]["after"] == f"y{ORDER}"


def test_a_list_of_trips_and_its_name_are_shown_and_not_obeyed(said, tmp_path):
    path = tmp_path / f"trips{ORDER}.csv"
    path.write_text(f"entry,exit\n2026-01-01,x{ORDER}\n", "utf-8")
    status, _, err = said("stay", "THA", "--trips", str(path))
    assert status == 2
    assert "evil" in err
    path.write_text(f"entry{ORDER},exit\n", "utf-8")
    assert said("stay", "THA", "--trips", str(path))[0] == 2


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["map", "-o", f"{ORDER}.svg"], 0),
        (["export", "rules", "-o", f"{ORDER}.csv"], 0),
        (["map", "-o", f"no/{ORDER}.svg"], 5),
        (["check", ORDER], 2),
        (["check", "THA", "--on", ORDER], 2),
        (["check", "THA", f"--{ORDER}"], 2),
        (["check", "THA", f"--{ORDER}", "--lang", "ru"], 2),
        (["check", "THA", "--passport", ORDER], 2),
        ([ORDER], 2),
        (["--data", ORDER, "check", "THA"], 2),
        (["validate", ORDER], 2),
        (["visas", ORDER], 2),
        (["screen", ORDER, f"{ORDER}.csv"], 2),
        (["map", "-o", "\udcff.svg"], 0),
    ],
)
def test_names_are_shown_and_not_obeyed(said, tmp_path, monkeypatch, arguments, status):
    monkeypatch.chdir(tmp_path)
    assert said(*arguments)[0] == status


def test_text_stays_as_it_is():
    text = "Қазақстан\t30 дней\n\n“Türkiye”\u00a0· 你好 😀\n"
    assert safe(text) == text
    assert safe("\u200f\r\n") == "\\u200f\\u000d\n"
    assert json.loads(f'"{safe(chr(0xE0041))}"') == chr(0xE0041)

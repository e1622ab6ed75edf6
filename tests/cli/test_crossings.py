"""``visamap crossings`` in a terminal and through the API: brief, and never a promise."""

import json

import pytest

from visamap.cli.commands import run
from visamap.i18n import LANGUAGES

DAY = "2026-11-24"


def said(capsys, *words):
    status = run(["crossings", *words])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_border_is_a_table_under_how_much_is_known_open(capsys):
    status, out, _ = said(capsys, "KGZ", "TJK", "--on", DAY)
    assert status == 0
    assert "Known open to all: 2 of 5 ways by land." in out
    row = next(line for line in out.splitlines() if line.startswith("Kyzyl-Bel"))
    assert row.split()[1:3] == ["all", "2025-03-17"]
    assert "not open today" in " ".join(out.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", [(), ("KAZ", "UZB"), ("KAZ", "TJK")])
def test_it_fits_a_terminal_in_every_language(capsys, language, words):
    _, out, _ = said(capsys, *words, "--on", DAY, "--lang", language)
    assert all(len(line) <= 80 for line in out.splitlines() if "://" not in line)


def test_states_that_do_not_touch_have_no_land_way_known(capsys):
    status, out, _ = said(capsys, "KAZ", "TJK", "--on", DAY)
    assert status == 0
    assert out.startswith("Kazakhstan and Tajikistan: no land way known.")


def test_another_state_is_an_error_that_names_the_five(capsys):
    status, out, err = said(capsys, "RUS")
    assert (status, out) == (2, "")
    assert "KAZ, KGZ, TJK, TKM, UZB" in err


def test_every_item_says_in_a_sentence_what_is_known_and_when_it_was_seen(capsys):
    _, out, _ = said(capsys, "KGZ", "TJK", "--on", DAY, "--format", "json")
    for item in json.loads(out)["items"]:
        known = item["last_seen"] is not None
        assert ("known " in item["message"] and "Last seen: " in item["message"]) is known
        assert item["message"].startswith(item["name"])


def test_a_citation_names_the_states(capsys):
    _, out, _ = said(capsys, "KGZ", "TJK", "--on", DAY, "--cite")
    assert "`visamap crossings KGZ TJK`" in out


def test_the_api_answers_the_same(capsys, registry):
    _, out, _ = said(capsys, "KGZ", "TJK", "--on", DAY, "--format", "json")
    testing = pytest.importorskip("fastapi.testclient", reason="the extra `web` is not installed")
    from visamap.web.app import create_app  # noqa: PLC0415  an extra

    with testing.TestClient(create_app(registry)) as client:
        address = f"/api/v1/crossings?state=KGZ&state=TJK&on={DAY}"
        assert client.get(address).json() == json.loads(out)
        wrong = client.get("/api/v1/crossings?state=RUS")
    assert wrong.status_code == 400
    assert "KAZ, KGZ, TJK, TKM, UZB" in wrong.json()["detail"]

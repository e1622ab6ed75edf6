"""Data that was to be looked through again says so first, in every form and at every door."""

import json
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from kit_mcp import said as text_of
from kit_mcp import within
from kit_pages import served

from visamap import clock
from visamap.cli.commands import run
from visamap.i18n import LANGUAGES, speaking
from visamap.registry.asking import overdue
from visamap.render.remarks import noted

DATA = Path(__file__).parents[2] / "data"
DUE = date(2027, 5, 24)
SAID = "The data of 2026-11-24 was to be looked through again by 2027-05-24; "
QUESTIONS = (
    ["check", "THA"], ["check", "THA", "--to", "all"], ["check", "THA", "--full"], ["partners"],
    ["visas", "B12"], ["stay", "THA", "--trip", "2026-11-01/"], ["timeline", "THA"], ["coverage"],
    ["trip", "DEU", "KAZ:2026-12-01/2026-12-09"], ["ranks"],
)  # fmt: skip


@pytest.fixture
def on(monkeypatch):
    """Let it be another day, for who has asked for no quiet."""
    monkeypatch.delenv("VISAMAP_QUIET")
    return lambda day: monkeypatch.setattr(clock, "today", lambda: day)


@pytest.fixture
def said(on, capsys):
    def call(*arguments, day=DUE + timedelta(1)):
        on(day)
        assert run(list(arguments)) == 0
        return capsys.readouterr()

    return call


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_the_first_line_says_it_from_the_day_after_on(said, question):
    late = said(*question).out
    assert late.startswith(SAID)
    assert late.count(SAID) == 1
    assert SAID not in said(*question, day=DUE).out


def test_every_form_says_it_before_all_else(said):
    markdown = said("check", "THA", "--to", "all", "--format", "markdown").out
    assert markdown.startswith(f"**{SAID}")
    assert markdown.count(SAID) == 1
    note = json.loads(said("check", "THA", "--to", "all", "--format", "json").out)["notes"][0]
    assert note["code"] == "past_review"
    assert (note["release"], note["review_by"]) == ("2026-11-24", "2027-05-24")
    for form in ("csv", "jsonl"):
        told = said("check", "THA", "--format", form)
        assert told.err.startswith(SAID)
        assert SAID not in told.out


def test_who_has_read_it_can_keep_it_away(said, monkeypatch):
    monkeypatch.setenv("VISAMAP_QUIET", "1")
    assert SAID not in said("check", "THA").out


def test_a_file_of_ones_own_is_never_overdue_unless_it_says_so(said, tmp_path):
    shipped = (DATA / "visa_regimes.yaml").read_text("utf-8")
    law = tmp_path / "visa_regimes.yaml"
    (tmp_path / "sources.yaml").symlink_to(DATA / "sources.yaml")
    law.write_text(shipped.replace("  review_by: 2027-05-24\n", ""), "utf-8")
    assert SAID not in said("--data", str(law), "check", "THA").out


def test_pages_and_the_api_say_it_first_and_name_no_command(registry, on):
    on(DUE + timedelta(1))
    with served(registry) as address, httpx.Client(base_url=address, timeout=20) as client:
        for language in LANGUAGES:
            with speaking(language):
                sentence = noted(overdue(registry)[0])
            assert "`" not in sentence
            last = sentence.rpartition(". ")[2]  # days are marked up on a page
            for path in ("", "nationality/THA/", "visa/B12/", "stay/", "trip/"):
                page = client.get(f"/{language}/{path}").text
                main = page.partition('tabindex="-1">')[2].lstrip()
                assert main.startswith('<p class="alarm">'), path
                assert last in main.partition("</p>")[0]
                assert page.count(last) == 1
        answer = client.get("/api/v1/check/THA").json()
    assert answer["notes"][0]["code"] == "past_review"


def test_assistants_read_it_first(registry, on):
    on(DUE + timedelta(1))
    arguments = {"nationalities": ["THA"]}
    found = within(registry, lambda client: client.call_tool("check", arguments))
    assert text_of(found).startswith(SAID)
    assert found.structured_content["notes"][0]["code"] == "past_review"

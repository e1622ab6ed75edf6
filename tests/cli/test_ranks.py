import csv
import io
import json

import pytest

from visamap.cli.commands import run
from visamap.render.ranks_text import spark


def said(capsys, *arguments):
    status = run([*arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_five_side_by_side_published_and_recomputed_apart(capsys):
    status, out, err = said(capsys, "ranks", "KAZ", "UZB", "KGZ", "TJK", "TKM")
    assert (status, err) == (0, "")
    assert "Henley Passport Index, edition 2026-07" in out
    assert "recomputed by the formula 'passport-index', snapshot of" in " ".join(out.split())
    assert out.count("Turkmenistan  ") >= 3
    assert "published by Arton Capital" not in out
    assert "Passports: 199; equal ones share a rank" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 80
    assert len(out.splitlines()) < 80
    full = said(capsys, "ranks", "--full")[1]
    assert "published by Arton Capital" in full
    assert "Disputed: sources print different figures" in full


def test_five_are_meant_where_none_is_named(capsys):
    assert said(capsys, "ranks") == said(capsys, "ranks", "KAZ", "UZB", "KGZ", "TJK", "TKM")


def test_json_holds_the_contract_and_every_edition(capsys):
    status, out, _ = said(capsys, "ranks", "Kazakhstan", "--format", "json")
    answer = json.loads(out)
    assert (status, answer["command"], answer["asked"]["passports"]) == (0, "ranks", ["KAZ"])
    contract = [
        *("index", "edition", "passport", "rank", "of", "score", "visa_free", "published"),
        *("method", "confidence", "sources"),
    ]
    for item in answer["items"]:
        assert list(item)[: len(contract)] == contract
        assert item["tie_rule"]
        assert item["passports"] == 199
    # A time without rows of its own is not made up: 60 published rows and 70 snapshots.
    assert sum(item["published"] for item in answer["items"]) == 60
    assert sum(not item["published"] for item in answer["items"]) == 70


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["KAZ", "--edition", "2024-10"], "54"),
        (["KAZ", "--on", "2024-12-10", "--formula", "visa-free"], "snapshot of 2024-12-04"),
        (["KAZ", "--index", "henley", "--since", "2025", "--edition", "all"], "2025-07"),
        (
            ["MNG", "--index", "visa-index"],
            "No rank of Mongolia (MNG) matches the question",
        ),
        (["KAZ", "DEU"], "No rank is bundled for Germany (DEU)"),
        (["KAZ", "--format", "markdown"], "| Kazakhstan (KAZ) | henley "),
    ],
)
def test_a_question_is_answered_on_stdout(capsys, arguments, words):
    status, out, err = said(capsys, "ranks", *arguments)
    assert (status, err) == (0, "")
    assert words in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Tailand"], "Thailand (THA)"),
        (["DEU"], "The data has no rank for the passports of Germany. `visamap update` fetches"),
        (["--index", "henly"], "henley"),
        (["--edition", "2024-13"], "No edition matches"),
        (["--since", "soon"], "no day, month or year"),
        (["--on", "soon"], "YYYY-MM-DD"),
        (["--formula", "mine"], "passport-index"),
    ],
)
def test_wrong_words_are_a_sentence_and_status_2(capsys, arguments, words):
    status, out, err = said(capsys, "ranks", *arguments)
    assert (status, out) == (2, "")
    assert words in err


def test_csv_has_a_row_for_each_edition(capsys):
    _, out, err = said(capsys, "ranks", "KAZ", "--index", "henley", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["passport"] for row in rows} == {"KAZ"}
    assert rows[-1]["edition"] == "2026-07"
    assert "One point for each of 227 destinations" in err


def test_claims_of_the_article(capsys):
    status, out, err = said(capsys, "claims", "--on", "2024-12-31", "--format", "json")
    items = {item["id"]: item for item in json.loads(out)["items"]}
    assert (status, err) == (0, "")
    assert {"eighty-two-2024", "kaz-rank-2024", "kaz-score-2024", "uzb-rank-2024"} <= set(items)
    contract = [
        *("id", "said_on", "by", "what", "claimed", "ours", "ours_possible", "outcome", "reason"),
        *("message", "sources"),
    ]
    for item in items.values():
        assert list(item)[: len(contract)] == contract
        assert item["message"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "not checkable"),
        (["--what", "suspended"], "2021-05-04 54 54 Reproduced fifty-four-suspended-2021"),
        (["--what", "suspended", "--full"], "54 nationalities whose exemption was suspended"),
        (["fifty-four-suspended-2021"], "54 nationalities whose exemption was suspended"),
        (["fifty-four-suspended-2021"], "Sources https://"),
        (["--on", "2000-01-01"], "Nothing in the data matches"),
        (["--format", "markdown"], "| 2024-12 "),
    ],
)
def test_claims_are_answered_on_stdout(capsys, arguments, words):
    status, out, err = said(capsys, "claims", *arguments)
    assert (status, err) == (0, "")
    assert words in " ".join(out.split())
    if "--format" not in arguments:
        assert all(len(line) <= 80 or "://" in line for line in out.splitlines())


def test_claims_take_a_line_each(capsys):
    out = said(capsys, "claims")[1]
    items = json.loads(said(capsys, "claims", "--format", "json")[1])["items"]
    assert sum(item["id"] in out for item in items) == len(items)
    assert len(out.splitlines()) <= len(items) + 14  # the opening, the heads, the key, the footer


def test_no_id_of_a_figure_is_broken_on_a_narrow_terminal(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    out = said(capsys, "claims")[1]
    items = json.loads(said(capsys, "claims", "--format", "json")[1])["items"]
    assert all(item["id"] in out for item in items)


@pytest.mark.parametrize("words", ["82", "82 countries", "82 страны"])
def test_a_number_finds_the_figures_that_have_it(capsys, words):
    status, out, err = said(capsys, "claims", words)
    assert (status, err) == (0, "")
    assert "[eighty-two-2024]" in out
    items = json.loads(said(capsys, "claims", words, "--format", "json")[1])["items"]
    assert {item["claimed"] for item in items} == {82}


@pytest.mark.parametrize("words", ["9" * 5000, "kaz-rank-82", "-", "82x"])
def test_what_is_no_number_or_word_of_a_figure_is_refused(capsys, words):
    status, out, err = said(capsys, "claims", "--", words)
    assert (status, out) == (2, "")
    assert "No figure matches" in err


def test_words_find_the_figures_and_what_they_count(capsys):
    out = " ".join(said(capsys, "claims", "henley")[1].split())
    items = json.loads(said(capsys, "claims", "henley", "--format", "json")[1])["items"]
    assert len(items) > 1
    assert all(f"{item['counts']}." in out and f"[{item['id']}]" in out for item in items)


def test_a_month_holds_the_figures_of_its_days(capsys):
    shown = json.loads(said(capsys, "claims", "--format", "json")[1])["items"]
    month = json.loads(said(capsys, "claims", "--on", "2024-12", "--format", "json")[1])["items"]
    dated = {item["id"] for item in shown if item["said_on"].startswith("2024-12")}
    assert dated
    assert dated <= {item["id"] for item in month}
    assert all(item["said_on"][:4] == "2024" for item in month)


def test_an_unknown_figure_is_a_usage_error(capsys):
    status, out, err = said(capsys, "claims", "eighty-one-outbound-2025")
    assert (status, out) == (2, "")
    assert "Did you mean eighty-one-outbound-2024" in err


def test_an_unknown_kind_of_figure_is_a_usage_error(capsys):
    status, out, err = said(capsys, "claims", "--what", "luck")
    assert (status, out) == (2, "")
    assert "visa-free" in err


@pytest.mark.parametrize(
    ("trend", "drawn"),
    [((), ""), ((5,), ""), ((9, 5), "▁█"), ((5, 5), "▄▄"), ((1, 8, 4), "█▁▅")],
)
def test_trend_draws_the_better_rank_higher(trend, drawn):
    assert spark(trend) == drawn


def test_since_when_says_that_months_and_years_are_taken(capsys):
    assert run(["ranks", "KAZ", "--since", "2024-13"]) == 2
    assert "'2024-13' is no day, month or year; write 2025-03-01, 2025-03 or 2025." in (
        capsys.readouterr().err
    )

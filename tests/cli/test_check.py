import json

import pytest

from visamap.cli.commands import run


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["THA", "--on", "2026-11-24"], 0),
        (["KAZ", "--on", "2020-06-01"], 0),  # a citizen may always come home
        (["IND", "--on", "2020-06-01"], 1),  # suspended
        (["GBD", "--on", "2026-11-24"], 1),  # unknown
        (["GBD", "THA", "--on", "2026-11-24"], 0),  # one of two passports is enough
        (["KGZ", "--on", "2020-06-01"], 1),  # free by law, the border closed
        (["KGZ", "--on", "2020-06-01", "--law-only"], 0),
        (["THA", "--on", "2026-11-24", "--days", "30"], 0),
        (["THA", "--on", "2026-11-24", "--days", "31"], 1),
        (["THA", "--on", "2027-11-25"], 0),  # the last day that the data answers for
        (["THA", "--on", "2027-11-26"], 1),
        (["THA", "--on", "2099-01-01"], 1),
        (["KAZ", "--on", "2099-01-01"], 0),
        (["PRI", "--on", "2026-11-24"], 0),  # by the passport of the United States
        (["BMU", "--on", "2026-11-24"], 1),  # no British citizens
        (["ARE", "--on", "2026-11-24", "--passport", "diplomatic"], 0),
        # Free, but nobody knows for how long: no certain yes to so many days.
        (["ARE", "--on", "2026-11-24", "--passport", "diplomatic", "--days", "40"], 1),
    ],
)
def test_visa_free_can_be_required(capsys, arguments, status):
    assert run(["check", *arguments, "--require", "visa-free"]) == status
    assert capsys.readouterr().out  # the answer is given all the same
    # Where nothing is required an answer is one; --law-only alone would change nothing.
    assert run(["check", *arguments]) == (2 if "--law-only" in arguments else 0)


def test_an_act_that_names_the_passport_is_told_where_its_terms_were_not_worked_through(capsys):
    assert run(["check", "QAT", "--passport", "service", "--on", "2026-11-24"]) == 0
    assert "not known here: kaz-qat-2022-protocol." in " ".join(capsys.readouterr().out.split())
    assert run(["check", "QAT", "--passport", "service", "--on", "2026-11-24", "--full"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "covers the service passport of Qatar" in said
    assert "have not been researched yet: kaz-qat-2022-protocol." in said
    assert run(["check", "XXA", "NPL", "--passport", "service", "--on", "2026-11-24"]) == 0
    assert "have not been researched yet: " not in " ".join(capsys.readouterr().out.split())


def told(capsys, *asked):
    """The text of an answer, and its items."""
    run(["check", *asked])
    text = " ".join(capsys.readouterr().out.split())
    run(["check", *(word for word in asked if word != "--full"), "--format", "json"])
    return text, json.loads(capsys.readouterr().out)["items"]


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        ("DEU --days 45", "No: 45 days are more than the 30 allowed without a visa."),
        ("DEU --days 30", "Yes: 30 days are allowed without a visa (up to 30)."),
        ("ZWE --days 1", "No: a stay of 1 day needs a visa; no visa-free rule was found"),
        ("USA --days 20 --on 2020-04-10", "Not in practice: the border was closed. By law: a visa"),
        ("USA --days 20 --on 2020-06-01", "Not in practice: the border was closed. By law: a stay"),
        ("GBD --days 5", "Not known whether 5 days are allowed: no act names this document"),
        ("NIC --days 5 --on 2024-01-01", "Not known whether 5 days are allowed: a visa-free rule"),
        ("KOR --days 5 --passport diplomatic", "Not known whether 5 days are allowed: visa-free,"),
        ("KAZ --days 900", "No visa: a citizen of Kazakhstan enters without a visa."),
    ],
)
def test_the_first_words_are_about_the_stay_asked(capsys, asked, headline):
    day = () if "--on" in asked else ("--on", "2026-11-24")
    text, [item] = told(capsys, *asked.split(), *day)
    assert text.startswith(headline)
    assert text.startswith(item["message"])
    assert item["message"].startswith(headline)


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("kk", "Жоқ: 45 күн"),
        ("ru", "Нет: 45 дней"),
    ],
)
def test_the_first_words_are_said_in_every_language(capsys, language, headline):
    text, [item] = told(capsys, "DEU", "--days", "45", "--on", "2026-11-24", "--lang", language)
    assert text.startswith(item["message"])
    assert item["message"].startswith(headline)


def test_who_may_not_stay_so_long_is_told_which_visas_allow_it(capsys):
    text, [item] = told(capsys, "DEU", "--days", "45", "--on", "2026-11-24")
    assert "Visa B10 (private visit), B1 (business) and others." in text
    assert "`visamap visas B10 --nationality DEU`" in text
    assert "B12 (tourist)" not in text
    text, [item] = told(capsys, "DEU", "--days", "45", "--on", "2026-11-24", "--full")
    assert "Instead A visa: B10 (private visit), B1 (business), B12-1 (Neo Nomad" in text
    assert "Which visa" not in text
    assert "B12" in item["visas"]["codes"]
    assert "B12" not in item["visas"]["fitting"]  # 30 days an entry
    _, [shorter] = told(capsys, "DEU", "--days", "20", "--on", "2026-11-24")
    assert shorter["visas"]["fitting"] is None
    text, _ = told(capsys, "ZWE", "--days", "900", "--on", "2026-11-24")
    assert "no common visa is known to allow such a long stay" in text


@pytest.mark.parametrize("kind", ["diplomatic", "service", "special"])
def test_official_passports_are_told_of_their_own_visas(capsys, kind):
    text, [item] = told(capsys, "ETH", "--passport", kind, "--on", "2026-11-24", "--full")
    assert {"A1", "A2", "A4"} <= set(item["visas"]["codes"])
    assert not {"B12", "B10", "B12-1"} & set(item["visas"]["codes"])
    assert item["visas"]["invitation_exempt"] is item["visas"]["e_visa"] is None
    assert "A4 (service" in text
    assert ("A1 (diplomatic" in text) is (kind == "diplomatic")
    assert "tourist" not in text


def test_an_identity_card_is_not_told_of_a_visa_in_a_passport(capsys):
    text, [item] = told(capsys, "DEU", "--passport", "id_card", "--on", "2026-11-24")
    assert item["entry_documents"] == []
    assert "Kyrgyz" not in text


@pytest.mark.parametrize("asked", ["DEU DEU", "DEU Germany Германия"])
def test_one_nationality_is_answered_once(capsys, asked):
    text, items = told(capsys, *asked.split(), "--on", "2026-11-24")
    assert [item["nationality"]["code"] for item in items] == ["DEU"]
    assert "[best of these]" not in text


@pytest.mark.parametrize(
    ("language", "said"), [("en", "as known on"), ("kk", "жағдайы бойынша"), ("ru", "по состоянию")]
)
@pytest.mark.parametrize(
    "words",
    [
        ["check", "THA"],
        ["check", "PRK"],
        ["stay", "THA"],
        ["partners"],
        ["outbound", "KAZ", "--to", "TUR"],
        ["upcoming"],
        ["visas"],
        ["agreements"],
    ],
    ids=" ".join,
)
def test_of_when_a_later_day_is_known_stands_in_the_first_two_lines(capsys, words, language, said):
    assert run(["--lang", language, *words, "--on", "2027-06-01"]) == 0
    assert said in " ".join(capsys.readouterr().out.splitlines()[:2]).lower()
    assert run(["--lang", language, *words, "--on", "2026-11-24"]) == 0
    assert said not in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["partners", "--on", "2027-11-26"],
        ["outbound", "KAZ", "--on", "2027-11-26"],
        ["diff", "2024-01-01", "2027-11-26"],
        ["map", "--on", "2027-11-26", "-o", "a-map.svg"],
    ],
    ids=lambda words: words[0],
)
def test_a_day_past_the_horizon_is_refused_with_the_last_one_and_the_next_step(
    capsys, tmp_path, monkeypatch, words
):
    monkeypatch.chdir(tmp_path)
    assert run(words) == 2
    said = capsys.readouterr().err
    assert "up to 2027-11-25" in said
    assert "`visamap update --data URL`" in said
    assert list(tmp_path.iterdir()) == []

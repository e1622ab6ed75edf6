import pytest

from visamap.cli.app import run


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
    without = [word for word in arguments if word != "--law-only"]
    assert run(["check", *without]) == 0


def test_an_act_that_names_the_passport_is_told_where_its_terms_were_not_worked_through(capsys):
    assert run(["check", "NIC", "--passport", "diplomatic", "--on", "2026-11-24"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "names the diplomatic passport of Nicaragua" in said
    assert "was not worked through: kaz-nic-2022." in said
    assert run(["check", "XXA", "NPL", "--passport", "service", "--on", "2026-11-24"]) == 0
    assert "was not worked through: " not in " ".join(capsys.readouterr().out.split())


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
    assert said in " ".join(capsys.readouterr().out.splitlines()[:2])
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

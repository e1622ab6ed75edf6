"""One question, several destinations: what each door says of another one, and of all together."""

import json
from datetime import UTC, date, datetime

import pytest

import visamap
from visamap import clock
from visamap.cli.commands import run
from visamap.errors import WrongUsageError
from visamap.registry.asking import ask
from visamap.registry.spec import QUESTIONS
from visamap.vocabulary import CENTRAL_ASIA, DESTINATIONS

DAY = "2026-11-24"
ABROAD = [code for code in DESTINATIONS if code != "KAZ"]


def asked(capsys, *words):
    status = run([*words, "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


def test_what_is_shipped_tells_of_every_destination(registry):
    assert registry.index.destinations == set(DESTINATIONS)
    for code in DESTINATIONS:
        there = registry.entering(code)
        assert (there.index.home, there.data) == (code, registry.data)


@pytest.mark.parametrize("name", ["UZB", "uz", "Uzbekistan", "Узбекистан", "Өзбекстан"])
def test_a_destination_goes_by_any_code_or_name(registry, name):
    assert registry.entering(name) is registry.entering("UZB")


def test_from_every_destination_every_other_can_be_asked(registry):
    there = registry.entering("UZB")
    assert there.entering("KAZ") is registry
    assert there.entering("UZB") is there


def test_a_state_whose_rules_are_not_told_is_refused_and_the_others_named(registry, capsys):
    with pytest.raises(WrongUsageError, match="KAZ"):
        registry.entering("FRA")
    assert run(["check", "DEU", "--to", "France"]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "France (FRA)" in said
    assert all(code in said for code in DESTINATIONS)


@pytest.mark.parametrize("name", [name for name, one in QUESTIONS.items() if one.to])
def test_every_question_about_entry_says_which_destination_was_asked(registry, name):
    needed = {"nationalities": ["DEU"], "nationality": "DEU", "first": "2024-01-01"}
    words = {word: value for word, value in needed.items() if word in QUESTIONS[name].parameters}
    assert ask(registry, name, **words).asked["destination"] == "KAZ"
    answer = ask(registry, name, **words, to="UZB")
    assert answer.asked["destination"] == answer.home.code == "UZB"
    own = ask(registry.entering("UZB"), name, **words)
    assert own == answer


def test_check_answers_for_all_by_nationality_then_destination(registry, capsys):
    _, answer = asked(capsys, "check", "IND", "DEU", "--to", "all", "--on", DAY)
    pairs = [(one["nationality"]["code"], one["destination"]["code"]) for one in answer["items"]]
    assert pairs == [(who, to) for who in ("IND", "DEU") for to in DESTINATIONS]
    assert answer["asked"]["destination"] == list(DESTINATIONS)
    for item in answer["items"]:
        there = registry.entering(item["destination"]["code"])
        alone = there.check(item["nationality"]["code"], on=DAY).to_dict()
        assert item == {**alone, "best": item["best"]}
    best = [(one["destination"]["code"], one["best"]) for one in answer["items"]]
    assert all(sum(is_best for to, is_best in best if to == code) == 1 for code in DESTINATIONS)


def test_destinations_stand_in_the_order_asked_each_once(capsys):
    _, answer = asked(capsys, "check", "DEU", "--to", "UZB", "--to", "KAZ", "--to", "uz")
    assert [one["destination"]["code"] for one in answer["items"]] == ["UZB", "KAZ"]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (["DEU"], 0),
        (["IND"], 1),  # Uzbekistan asks for a visa
        (["IND", "DEU"], 0),  # one passport for each destination is enough
        (["AFG"], 1),
    ],
)
def test_require_holds_for_every_destination_by_one_of_the_passports(who, status, capsys):
    words = ["check", *who, "--to", "KAZ", "--to", "UZB", "--on", DAY, "--require", "visa-free"]
    assert run(words) == status
    capsys.readouterr()


def test_the_table_of_all_has_a_row_for_each_and_fits_the_terminal(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["check", "IND", "--to", "all", "--on", DAY, "--color", "never"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    for code in DESTINATIONS:
        assert sum(f"({code})" in line for line in lines) == 1
    assert any("E-visa" in line for line in lines)


def test_in_full_the_table_stands_before_every_answer(capsys):
    assert run(["check", "IND", "--to", "all", "--on", DAY, "--full", "--color", "never"]) == 0
    said = capsys.readouterr().out
    assert said.index("E-visa") < said.index("Confidence")
    assert "into Uzbekistan" in said


@pytest.mark.parametrize("passport", CENTRAL_ASIA)
@pytest.mark.parametrize("to", DESTINATIONS)
@pytest.mark.parametrize("on", ["2019-06-01", "2022-03-01", DAY])
def test_outbound_and_check_and_reciprocity_tell_one_truth(registry, passport, to, on):
    if passport == to:
        return
    (abroad,) = registry.outbound(passport, to=to, on=on)
    entry = registry.entering(to).check(passport, on=on)
    asks = {"citizen": "visa_free"}.get(entry.verdict, entry.verdict)
    if asks == "visa_required" and entry.visas.e_visa_confidence in {"high", "medium"}:
        asks = "e_visa"
    assert (abroad.requirement, abroad.limits) == (asks, entry.limits)
    assert {*abroad.sources} >= {*entry.sources}
    if passport in registry.index.destinations:
        back = ask(registry, "check", nationalities=[to], to=passport, on=on, reciprocity=True)
        assert back.items[0].reciprocity == abroad._asdict()


def test_today_is_the_day_at_the_border_that_is_asked(registry):
    for code in DESTINATIONS:
        there = registry.entering(code)
        with there.border:
            assert clock.today() == there.today()
    with clock.at_border([{"utc": "+14:00"}]):
        east = clock.today()
    with clock.at_border([{"utc": "-12:00"}]):
        west = clock.today()
    assert east > west  # never the same day, 26 hours apart


def test_clocks_stand_as_in_the_period_of_today():
    now = datetime.now(UTC)
    early = [{"to": "2024-02-29", "utc": "-12:00"}, {"from": "2024-03-01", "utc": "+14:00"}]
    with clock.at_border(early):
        assert (clock.today() - now.date()).days in {0, 1}
    with clock.at_border([{"from": "2024-03-01", "to": "9998-01-01", "utc": "-12:00"}]):
        assert (clock.today() - now.date()).days in {-1, 0}


def test_the_library_asks_another_destination():
    there = visamap.load().entering("UZB")
    answer = there.check("DEU", on=date(2026, 11, 24))
    assert (answer.destination.code, answer.verdict, answer.max_stay_days) == (
        "UZB",
        "visa_free",
        30,
    )

"""Territories whose people hold another state's passport are answered by that passport."""

import json

import pytest

from visamap.cli.commands import run
from visamap.registry.asking import ask

DAY = "2026-11-24"
FIELDS = ("verdict", "reason", "max_stay_days", "limits", "regime", "also", "sources", "visas")


@pytest.mark.parametrize(
    ("code", "held"),
    [
        ("PRI", "USA"),
        ("ASM", "USA"),
        ("GRL", "DNK"),
        ("FRO", "DNK"),
        ("JEY", "GBR"),
        ("IMN", "GBR"),
        ("REU", "FRA"),
        ("NCL", "FRA"),
        ("CUW", "NLD"),
        ("ABW", "NLD"),
        ("ALA", "FIN"),
        ("SJM", "NOR"),
        ("NIU", "NZL"),
        ("NFK", "AUS"),
        ("BMU", "GBD"),
        ("GIB", "GBD"),
        ("FLK", "GBD"),
    ],
)
@pytest.mark.parametrize("on", ["2013-06-01", "2020-06-01", DAY, "2030-01-01"])
def test_the_answer_is_that_of_the_passport_held(registry, code, held, on):
    for passport in ("ordinary", "diplomatic"):
        ours = registry.check(code, on=on, passport=passport, days=20)
        theirs = registry.check(held, on=on, passport=passport, days=20)
        assert ours.nationality.code == code
        assert ours.held_passport == theirs.nationality
        assert ours._replace(nationality=None, held_passport=None) == theirs._replace(
            nationality=None, held_passport=None
        )


@pytest.mark.parametrize("code", ["HKG", "MAC", "TWN", "PSE", "XKX", "ESH", "ATA", "USA", "GBD"])
def test_who_has_a_passport_of_their_own_or_none_holds_no_other(registry, code):
    assert registry.check(code, on=DAY).held_passport is None


def test_no_overseas_territory_is_answered_as_british_citizens(registry):
    by_passport = {}
    for code, held in registry.index.tables["held_passport"].items():
        by_passport.setdefault(held, set()).add(code)
    assert by_passport["GBR"] == {"GGY", "IMN", "JEY"}
    assert registry.check("BMU", on=DAY).verdict == "unknown"
    assert registry.check("GBR", on=DAY).verdict == "visa_free"


def test_no_rule_names_a_territory_that_is_answered_by_another_passport(registry):
    held = registry.index.tables["held_passport"]
    assert not set(held) & set(registry.index.nationalities)


def test_partners_and_changes_count_a_nationality_once(registry):
    held = registry.index.tables["held_passport"]
    assert not {one.nationality.code for one in registry.partners(on=DAY)} & set(held)
    assert not {one.nationality.code for one in registry.diff("2013-01-01", DAY)} & set(held)


def test_history_and_days_left_follow_the_passport(registry):
    ours, theirs = registry.timeline("PRI"), registry.timeline("USA")
    assert [(p.valid_from, p.valid_to, p.verdict) for p in ours] == [
        (p.valid_from, p.valid_to, p.verdict) for p in theirs
    ]
    assert {p.held_passport.code for p in ours} == {"USA"}
    stay = registry.stay("PRI", on=DAY, trips=["2026-11-20/"])
    assert stay.days_left == registry.stay("USA", on=DAY, trips=["2026-11-20/"]).days_left == 26
    assert (stay.nationality.code, stay.held_passport.code) == ("PRI", "USA")


def test_the_map_colours_them_alike(registry):
    marks = {mark.country.code: mark for mark in registry.world_map(on=DAY).marks}
    for code, held in registry.index.tables["held_passport"].items():
        assert marks[code].holds.code == held
        assert not marks[code].counted
        answer = registry.check(code, on=DAY)
        assert (marks[code].reason, marks[code].max_stay_days) == (
            answer.reason,
            answer.max_stay_days,
        )


def test_the_rule_table_has_their_rows(registry):
    rows = registry.rules().rows
    ours, theirs = ([row[2:] for row in rows if row[0] == code] for code in ("PRI", "USA"))
    assert ours == theirs


def test_a_visa_is_told_for_the_passport_held(registry):
    ours, theirs = (
        registry.visa("B12", on=DAY, nationality=code).for_nationality for code in ("PRI", "USA")
    )
    assert ours._replace(nationality=None) == theirs._replace(nationality=None)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Puerto Rico hold: United States (USA)"), ("kk", "(USA)"), ("ru", "(USA)")],
)
def test_it_is_said_in_the_first_lines(capsys, language, said):
    assert run(["--lang", language, "check", "PRI", "--on", DAY]) == 0
    assert said in " ".join(capsys.readouterr().out.split("\n\n")[0].split())


@pytest.mark.parametrize("command", ["check", "timeline", "stay"])
def test_every_form_says_it(capsys, command):
    day = ["--on", DAY] if command != "timeline" else []
    for form in ("text", "markdown", "json"):
        assert run([command, "Puerto Rico", *day, "--format", form]) == 0
        assert "hold: United States (USA)" in " ".join(capsys.readouterr().out.split())
    assert run([command, "PRI", *day, "--format", "json"]) == 0
    item = json.loads(capsys.readouterr().out)["items"][0]
    assert item["nationality"]["code"] == "PRI"
    assert item["held_passport"] == {"code": "USA", "name": "United States"}


def test_no_remark_where_the_passport_is_ones_own(registry):
    answer = ask(registry, "check", nationalities=["USA"], on=registry.data.release)
    assert answer.notes == ()

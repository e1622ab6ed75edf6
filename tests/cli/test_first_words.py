"""What people type first: each line leads to its answer, or to the line that has it, at once."""

import json
from shlex import split

import pytest

from visamap.cli.commands import run

LINES = [
    # A tourist
    ("THA --on 2026-11-24", 0, "Visa-free for up to 30 days."),
    ("thailand --on 2026-11-24", 0, "Visa-free for up to 30 days."),
    ("South Korea --on 2026-11-24", 0, "Visa-free for up to 30 days."),
    ("thailand to uzbekistan --on 2026-11-24", 0, "Visa required:"),
    ("thailnd", 2, "Error: No command 'thailnd'. Did you mean visamap check Thailand?"),
    ("Congo", 2, "Error: 'Congo' may be Congo (COG) or Congo, The Democratic Republic of"),
    (
        "can I enter kazakhstan",
        2,
        "Error: No command 'can'. Did you mean visamap check DEU --to KAZ?",
    ),
    (
        "do germans need a visa for uzbekistan",
        2,
        "Error: No command 'do'. Did you mean visamap check DEU --to UZB?",
    ),
    ("check THA to UZB --on 2026-11-24", 0, "Visa required:"),
    ("check THA in UZB --on 2026-11-24", 0, "Visa required:"),
    ("check THA into Uzbekistan --on 2026-11-24", 0, "Visa required:"),
    ("check THA for UZB --on 2026-11-24", 0, "Visa required:"),
    ("check for THA to UZB --on 2026-11-24", 0, "Visa required:"),
    ("check from THA to UZB --on 2026-11-24", 0, "Visa required:"),
    ("check THA TO UZB --on 2026-11-24", 0, "Visa required:"),
    ("check THA to the Kyrgyz Republic --on 2026-11-24", 0, "Visa-free for up to"),
    ("check THA to kyrgyz republic --on 2026-11-24", 0, "Visa-free for up to"),
    ("check IN --on 2026-11-24", 0, "Visa-free for up to 14 days."),
    ("check TO --on 2026-11-24", 0, "Visa required:"),
    ("check THA to", 2, "Error: Option '--to' requires an argument."),
    ("check in", 2, "Error: Option '--to' requires an argument."),
    ("check to UZB", 2, "Error: Missing argument 'COUNTRY...'."),
    ("check THA UZB --on 2026-11-24", 0, "Read as the passports of one traveller: Thailand (THA)"),
    ("check THA uzbekistan", 0, "Read as the passports of one traveller: Thailand (THA)"),
    ("check THA --to KAZ UZB", 0, "Read as the passports of one traveller: Thailand (THA)"),
    ("check KAZ UZB", 0, "Read as the passports of one traveller: Kazakhstan (KAZ)"),
    ("check THA --to astana", 2, "Error: 'astana' is not a country; as a destination give Kaz"),
    ("check THA to tashkent", 2, "Error: 'tashkent' is not a country; as a destination give Uz"),
    ("check THA --to KAZ,KGZ", 2, "Error: 'KAZ,KGZ' names several countries; give each by"),
    ("check THA --to RUS", 2, "Error: visamap has no rules of entry for Russian Federation"),
    ("check THA to russia", 2, "Error: visamap has no rules of entry for Russian Federation"),
    ("check Narnia", 2, "Error: No country matches 'Narnia'; give a code (THA, TH) or a name."),
    ("chek THA", 2, "Error: No command 'chek'. Did you mean visamap check THA?"),
    ("pdf THA", 2, "Error: No command 'pdf'. Did you mean visamap card THA -o card.html?"),
    ("visa THA", 2, "Error: No command 'visa'. Did you mean visamap visas THA?"),
    # Three languages
    ("check Таиланд в Узбекистан --on 2026-11-24", 0, "Visa required:"),
    ("check Таиланд во Узбекистан --on 2026-11-24", 0, "Visa required:"),
    ("check Тайланд Өзбекстанға --on 2026-11-24", 0, "Visa required:"),
    ("check Тайланд Озбекстанга --on 2026-11-24", 0, "Visa required:"),
    ("check Тайланд Қырғызстанға --on 2026-11-24", 0, "Visa-free for up to"),
    ("check Тайланд Тәжікстанға --on 2026-11-24", 0, "Visa-free for up to 30 days."),
    ("check Тайланд Түрікменстанға --on 2026-11-24", 0, "Visa required"),
    ("check Тайланд Қазақстанға --on 2026-11-24", 0, "Visa-free for up to 30 days."),
    (
        "Таиланд в Узбекистан --lang ru --on 2026-11-24",
        0,
        "Нужна виза: безвизовый режим для этого паспорта",
    ),
    ("новые 2024 --lang ru", 2, "Ошибка: Нет команды 'новые'. Может быть, visamap agreements"),
    # A lawyer
    ("staff.xlsx", 2, "Error: No command 'staff.xlsx'. Did you mean visamap screen staff.xlsx -o"),
    ("registration", 2, "Error: No command 'registration'. Did you mean visamap check DEU --full?"),
    ("registration THA", 2, "Error: No command 'registration'. Did you mean visamap check THA"),
    ("overstay", 2, "Error: No command 'overstay'. Did you mean visamap stay DEU --trip "),
    ("overstay Thailand", 2, "Error: No command 'overstay'. Did you mean visamap stay THA --trip"),
    ("stay DEU UZB", 2, "Error: Got unexpected extra argument (UZB). Did you mean visamap stay DE"),
    ("stay DEU in KGZ --trip 2026-10-01/2026-10-20 --on 2026-11-24", 0, "30 days left"),
    # A driver through four states
    ("route DEU", 2, "Error: No command 'route'. Did you mean visamap trip DEU KAZ:"),
    ("border KAZ UZB", 2, "Error: No command 'border'. Did you mean visamap crossings KAZ UZB?"),
    ("compare KAZ UZB", 2, "Error: No command 'compare'. Did you mean visamap ranks KAZ UZB or "),
    # A journalist
    ("new 2024", 2, "Error: No command 'new'. Did you mean visamap agreements --year 2024?"),
    ("list", 2, "Error: No command 'list'. Did you mean visamap partners?"),
    ("history THA", 2, "Error: No command 'history'. Did you mean visamap timeline THA?"),
    ("timeline THA uzbekistan", 2, "Error: Got unexpected extra argument (uzbekistan). Did you "),
    ("changes 2024", 2, "Error: No command 'changes'. Did you mean visamap diff 2023-01-01 2024-"),
    ("outbound KAZ to THA --on 2026-11-24", 0, "Visa-free for up to 30 days."),
    ("passport UZB", 2, "Error: No command 'passport'. Did you mean visamap outbound UZB?"),
    # A developer
    ("json", 2, "Error: No command 'json'. Did you mean visamap export json -o visamap.json?"),
    ("api", 2, "Error: No command 'api'. Did you mean visamap serve?"),
    ("blorb", 2, "Error: No command 'blorb'. `visamap --help` lists the commands."),
]
TOLD_IN_ERRORS = [
    ("agreements 2024", "`visamap agreements --year 2024` lists them."),
    ("outbound KAZ THA", "`visamap outbound KAZ --to THA` asks about it as a destination."),
    ("check THA --to astana", "Type --to KAZ."),
    ("check THA --to KAZ,KGZ", "Type --to KAZ --to KGZ."),
]


@pytest.fixture
def typed(capsys, monkeypatch):
    """Return what a line prints: its status, and the first line that is neither usage nor help."""
    monkeypatch.setenv("VISAMAP_QUIET", "1")
    monkeypatch.setenv("COLUMNS", "100")

    def call(line):
        status = run(split(line))
        out, err = capsys.readouterr()
        lines = [one for one in (out or err).splitlines() if one and "--help' " not in one]
        return status, next(one for one in lines if not one.startswith("Usage:")), out + err

    return call


def test_the_table_has_sixty_lines():
    assert len(LINES) >= 60
    assert len({line for line, _, _ in LINES}) == len(LINES)


@pytest.mark.parametrize(("line", "status", "first"), LINES, ids=[row[0] for row in LINES])
def test_first_words_lead_on_at_once(typed, line, status, first):
    found = typed(line)
    assert found[:1] == (status,), found[2]
    assert found[1].startswith(first), found[2]


@pytest.mark.parametrize(("line", "told"), TOLD_IN_ERRORS)
def test_an_error_ends_with_what_to_type(typed, line, told):
    assert " ".join(typed(line)[2].split()).endswith(told)


@pytest.mark.parametrize("line", ["check THA to UZB", "check THA in UZB", "check THA into UZB"])
def test_a_small_word_gives_the_answer_of_the_option(typed, line):
    assert typed(line) == typed("check THA --to UZB")


def test_how_several_passports_were_read_stands_first_in_json_too(capsys):
    run(split("check THA UZB --format json"))
    note = json.loads(capsys.readouterr().out)["notes"][0]
    assert note["code"] == "one_traveller"
    assert "`visamap check THA --to UZB`" in note["message"]


def test_two_passports_of_which_none_is_a_destination_need_no_remark(typed):
    assert "Read as" not in typed("check TUR DEU")[2]

"""Python callers who hand over something else: a VisamapError that names the value."""

from datetime import date

import pytest

from visamap import clock
from visamap.arguments import as_day
from visamap.errors import BadDateError, VisamapError
from visamap.registry.asking import ask
from visamap.render.remarks import noted

DAY = "2026-01-01"
SLIPS = {
    "None is not text": lambda r: r.check(None, on=DAY),
    "276 is not text": lambda r: r.check(276, on=DAY),
    "['DEU'] is not text": lambda r: r.check(["DEU"], on=DAY),
    "5 is not text": lambda r: r.outbound("KAZ", on=DAY, to=5),
    "20260101 is not a day": lambda r: r.check("DEU", on=20260101),
    "5 is not a day": lambda r: r.diff(5, DAY),
    "7 is not a day": lambda r: r.timeline("DEU", since=7),
    "-1 is not possible here; give a whole number from 1 to 3650": lambda r: r.check(
        "DEU", on=DAY, days=-1
    ),
    "0 is not possible here": lambda r: r.check_all(["DEU"], on=DAY, days=0),
    "True is not possible here": lambda r: r.check("DEU", on=DAY, days=True),
    "'5' is not possible here": lambda r: r.check("DEU", on=DAY, days="5"),
    "1.5 is not possible here": lambda r: r.partners(on=DAY, min_days=1.5),
    "'2024' is not possible here": lambda r: r.agreements(on=DAY, year="2024"),
    "No passport kind matches 5": lambda r: r.check("DEU", on=DAY, passport=5),
    "No ground matches 'treaty'": lambda r: r.partners(on=DAY, basis="treaty"),
    "No act matches None": lambda r: r.agreement(None, on=DAY),
    "No visa matches 12": lambda r: r.visa(12, on=DAY),
    "No source matches 12": lambda r: r.source(12),
    "No purpose matches 12": lambda r: r.visas(on=DAY, purpose=12),
    "No edition matches 2024": lambda r: r.ranks("KAZ", edition=2024),
    "No index matches 1": lambda r: r.ranks("KAZ", index=1),
    "None is not text; give a country": lambda r: r.check_all(None, on=DAY),
    "Name a nationality": lambda r: r.check_all([], on=DAY),
    "trip 1 ('None')": lambda r: r.stay("DEU", on=DAY, trips=None),
    "the plan ('5')": lambda r: r.stay("DEU", on=DAY, plan=5),
}


@pytest.mark.parametrize("named", SLIPS)
def test_a_slip_of_a_caller_is_an_error_that_names_the_value(registry, named):
    with pytest.raises(VisamapError) as caught:
        SLIPS[named](registry)
    assert named in str(caught.value)
    assert caught.value.exit_status == 2


def test_one_value_stands_for_a_list_of_one(registry):
    assert registry.check_all("DEU", on=DAY) == registry.check_all(["DEU"], on=DAY)
    alone = registry.stay("DEU", on=DAY, trips="2025-12-01/2025-12-05")
    assert alone == registry.stay("DEU", on=DAY, trips=["2025-12-01/2025-12-05"])


def test_a_code_of_two_lists_is_read_as_iso_has_it_and_the_answer_says_so(registry):
    for name, words in (
        ("check", {"nationalities": ["brn"]}),
        ("timeline", {"nationality": "BRN"}),
    ):
        first = ask(registry, name, **words).notes[0]
        assert noted(first) == (
            "BRN is read as Brunei Darussalam; in Olympic codes it means Bahrain (BHR)."
        )
    assert "two_codes" not in {
        one.code for one in ask(registry, "check", nationalities="BHR").notes
    }


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-01", "2025-03-01"),
        (" 2025-3-1 ", "2025-03-01"),
        ("2025/03/01", "2025-03-01"),
        ("01.03.2025", "2025-03-01"),  # with dots the day is first
        ("1.12.2025", "2025-12-01"),
        ("29.02.2024", "2024-02-29"),
        ("2025", "2025-01-01"),
        ("today", "2026-02-27"),
        ("Сегодня", "2026-02-27"),
        ("БҮГІН", "2026-02-27"),
        ("tomorrow", "2026-02-28"),
        ("завтра", "2026-02-28"),
        ("ертең", "2026-02-28"),
        ("+30d", "2026-03-29"),
        (" 30d", "2026-03-29"),  # a plus in an address that was not quoted
        ("+2w", "2026-03-13"),
        ("-30d", "2026-01-28"),
    ],
)
def test_a_day_is_read_as_people_write_it(monkeypatch, text, day):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 2, 27))
    assert as_day(text) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025-02-30", "'2025-02-30' is not a day: February 2025 has 28 days."),
        ("30.02.2024", "'30.02.2024' is not a day: February 2024 has 29 days."),
        ("2025/04/31", "'2025/04/31' is not a day: April 2025 has 30 days."),
        ("01/03/2025", "'01/03/2025' is not read, for day and month may be swapped; write YYYY"),
        ("13-12-25", "is not read, for day and month may be swapped; write YYYY-MM-DD or, day fi"),
        ("2025-13-01", "'2025-13-01' is not a day; write YYYY-MM-DD (2025-03-01), DD.MM.YYYY, to"),
        ("2025-03/01", "is not a day; write"),
        ("20250301", "is not a day; write"),
        ("2025-W03-1", "is not a day; write"),
        ("0000", "is not a day; write"),
        ("9999-12-32", "is not a day; write"),
        ("30d", "is not a day; write"),
        ("+99999999w", "is not a day; write"),
        ("\u0662\u0660\u0662\u0665-03-01", "is not a day; write"),  # digits of another script
        ("yesterday", "is not a day; write"),
        ("", "'' is not a day; write"),
    ],
)
def test_what_is_no_day_is_told_why(text, said):
    with pytest.raises(BadDateError) as caught:
        as_day(text)
    assert said in str(caught.value)


def test_a_trip_has_days_and_no_years(registry):
    asked = {"on": DAY, "nationality": "THA"}
    alike = registry.stay(**asked, trips="2025-12-01/2025-12-05")
    assert registry.stay(**asked, trips="1.12.2025/05.12.2025") == alike
    for trip in ("2024/2025", "2025/12/01/2025/12/05", "2025/"):
        with pytest.raises(VisamapError, match="is not a day; write YYYY-MM-DD"):
            registry.stay(**asked, trips=trip)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("ordinary", ["Ordinary", "national", "ordinary-passport", "P", "общегражданский паспорт"]),
        ("ordinary", ["жалпыазаматтық", "Regular passport", "PASSPORT", "загранпаспорт"]),
        ("diplomatic", ["DIPLOMATIC", "дипломатический", "Дипломатиялық паспорт", "PD"]),
        ("service", ["official", "Official Passport", "служебный", "қызметтік", "PS"]),
        ("special", ["специальный", "арнайы паспорт"]),
        ("id_card", ["ID card", "id-card", "identity_card", "удостоверение личности"]),
        ("id_card", ["Жеке куәлік"]),
        ("laissez_passer", ["laissez passer", "Laissez-Passer", "лессе-пассе"]),
    ],
)
def test_a_kind_of_passport_is_understood_as_people_write_it(registry, kind, written):
    for one in written:
        assert registry.check("CHE", on=DAY, passport=one).passport == kind


def test_closed_words_are_read_in_any_capitals_with_either_sign(registry):
    assert registry.visas(purpose="Remote_Work") == registry.visas(purpose="remote-work")
    asked = registry.outbound("KAZ", on=DAY, requirement="Visa-Free")
    assert asked == registry.outbound("KAZ", on=DAY, requirement="visa_free")

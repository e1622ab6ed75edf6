"""A brief answer: few lines in every language, the answer, the term and the duty at its top."""

from datetime import date
from itertools import product

import pytest

from visamap.i18n import LANGUAGES, speaking
from visamap.registry.asking import ask
from visamap.render import check_text, partners_text, phrases, stay_text

ON = date(2026, 11, 27)
"""A day after the release, so that of when it is known must be said."""
KNOWN_ON = {
    "en": ["2026-11-24", "24 November 2026"],
    "ru": ["2026-11-24", "24 ноября 2026 года"],
    "kk": ["2026-11-24", "2026 жылғы 24 қараша"],
}
LINES, COLUMNS, SEEN_FIRST = 15, 80, 5
PRESENTERS = {"check": check_text, "partners": partners_text, "stay": stay_text}


def told(registry, command, language="en", width=COLUMNS, **words):
    """The lines of a brief answer, and the items that they tell of, in the reader's language."""
    answer = ask(registry, command, **words)
    with speaking(language):
        answer = phrases.in_language(answer)
        return PRESENTERS[command].text(answer, width).splitlines(), answer.items


def fits(lines):
    return all(len(line) <= COLUMNS or "://" in line for line in lines)


def opening(lines):
    """How many lines stand above the terms: the answer, and what was asked."""
    return next(n for n, line in enumerate(lines) if not line.strip() or "  " in line.strip())


def codes(registry):
    return sorted(registry.index.tables["countries"])


HARD = tuple("AZE ABW DOM GBD HKG IND KNA NIC QAT RUS THA TJK USA UZB".split())
ASKED = [*product(["ordinary", "diplomatic"], [None, 20, 45])]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("passport", "days"), ASKED)
def test_every_answer_is_short_and_begins_with_what_matters(registry, language, passport, days):
    asked = {"passport": passport, "on": ON, "days": days}
    # Each nationality once in each language, of another passport and stay; the hard ones of all.
    first = (ASKED.index((passport, days)) + LANGUAGES.index(language)) % len(ASKED)
    for code in {*codes(registry)[first :: len(ASKED)], *HARD}:
        lines, [item] = told(registry, "check", language, nationalities=(code,), **asked)
        assert len(lines) <= LINES, code
        assert fits(lines), code
        assert any(day in " ".join(lines[:3]) for day in KNOWN_ON[language]), code
        assert lines[-1].endswith("--full"), code
        if item.ground:
            assert f"[{item.ground.act.id}]" in "\n".join(lines), code
            assert item.ground.source.url in "\n".join(lines), code
        # Each further line of the opening leaves the duty a line lower.
        top = "\n".join(lines[: SEEN_FIRST + max(0, opening(lines) - 2)])
        with speaking(language):
            terms = phrases.terms_line(item.limits, item.doubtful_limits)
        if item.duties and item.stay_allowed is not False:
            assert terms in top, code
            assert item.duties[0].short in top, code
        elif item.duties:
            assert terms in "\n".join(lines), code


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "day",
    [
        "2014-08-01",
        "2019-05-01",
        "2020-05-01",
        "2021-05-05",
        "2024-09-01",
        "2025-07-01",
        "2029-01-01",
    ],
)
def test_an_answer_full_of_doubts_is_short(registry, language, day):
    for code in HARD:
        for passport in ("ordinary", "service", "id_card"):
            for days in (None, 45):
                asked = {"passport": passport, "on": date.fromisoformat(day), "days": days}
                lines, _ = told(registry, "check", language, nationalities=(code,), **asked)
                assert len(lines) <= LINES, (code, passport, days)
                assert fits(lines), (code, passport, days)


@pytest.mark.parametrize(
    ("code", "day", "passport", "said"),
    [
        (
            "NIC",
            "2024-12-31",
            "ordinary",
            "Perhaps 30 days a visit, 30 in any 180, from 2023-06-16..2026-02-17 [nic-2022]",
        ),
        ("DOM", "2026-11-24", "ordinary", "Agreement approved (2023-01-17), not found in force"),
        ("TJK", "2029-01-01", "ordinary", "Disputed Sources contradict each other on the terms."),
        ("TJK", "2029-01-01", "ordinary", "Note Days of entry up to 2027-11-25 can be asked"),
        ("THA", "2021-05-05", "ordinary", "In practice Foreigners were in practice not let in"),
        ("THA", "2020-04-01", "ordinary", "Changes from 2020-04-17: visa required."),
        ("THA", "2020-06-01", "ordinary", "the visa-free rule was suspended by"),
        ("RUS", "2026-11-24", "ordinary", "Documents Russian internal passport accepted"),
        ("DOM", "2026-11-24", "ordinary", "Sure low;"),
        ("IND", "2019-05-01", "ordinary", "Transit 72 hours on the way to a third country"),
        ("GRL", "2026-11-24", "ordinary", "that people of Greenland hold: Denmark (DNK)."),
        ("BES", "2026-11-24", "ordinary", "by the passport held there: Netherlands (NLD)."),
        ("QAT", "2026-11-24", "service", "An act names this passport; its terms are not known"),
        (
            "PRK",
            "2026-11-24",
            "ordinary",
            "--nationality PRK`. Invitation: needed. E-visa likely, https://vmp.gov.kz Ground",
        ),
        ("XKX", "2026-11-24", "ordinary", "no view on its status."),
    ],
)
def test_no_doubt_and_no_next_step_is_left_out(registry, code, day, passport, said):
    asked = {"passport": passport, "on": date.fromisoformat(day)}
    lines, _ = told(registry, "check", nationalities=(code,), **asked)
    assert said in " ".join(" ".join(lines).split())


def test_a_limit_that_only_may_bind_is_told_as_such(registry):
    lines, [item] = told(registry, "check", nationalities=("THA",), on=ON)
    assert not item.doubtful_limits
    doubtful = item._replace(doubtful_limits=item.limits[1:])
    answer = ask(registry, "check", nationalities=("THA",), on=ON)._replace(items=(doubtful,))
    assert "perhaps 90 in any 180" in check_text.text(answer, COLUMNS)
    assert "perhaps" not in " ".join(lines)


def test_what_has_a_term_is_told_before_what_is_voluntary(registry):
    lines, _ = told(registry, "check", nationalities=("DEU",), on=ON)
    text = "\n".join(lines)
    assert text.index("Your host reports") < text.index("QazETA is voluntary")


def test_everything_is_told_in_full(registry):
    answer = ask(registry, "check", nationalities=("DEU",), on=ON)
    full = " ".join(check_text.text(answer, COLUMNS, full=True).split())
    for duty in answer.items[0].duties:
        assert duty.text in full


FIVE = ("DOM", "DEU", "KAZ", "RUS", "PRK")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("five", [FIVE, ("DEU", "RUS", "QAT", "ARE", "UKR")])
@pytest.mark.parametrize("days", [None, 45])
def test_five_nationalities_are_a_table_of_few_lines(registry, language, five, days):
    lines, _ = told(registry, "check", language, nationalities=five, on=ON, days=days)
    assert len(lines) <= 25
    assert fits(lines)


def test_the_best_nationality_stands_first(registry):
    lines, _ = told(registry, "check", nationalities=FIVE, on=ON)
    table = lines[: next(n for n, line in enumerate(lines) if line.startswith("30 = "))]
    found = [code for line in table for code in FIVE if f"({code})" in line]
    assert found == ["KAZ", "RUS", "DEU", "DOM", "PRK"]
    text = "\n".join(lines)
    assert "30 \u00b7 90/180" in text
    assert "30 days a visit; 90/180 = " in text.replace("90 = 90 days a visit", "30 days a visit")
    assert "Not known !" in text
    assert "! = a doubt" in text
    assert "[kaz-dom-2022]" in text
    assert "`visamap check RUS`" in lines[-1]


def test_a_table_says_for_how_many_days_it_was_asked(registry):
    lines, _ = told(registry, "check", nationalities=("DEU", "RUS"), on=ON, days=45)
    assert "45 days from 2026-11-27" in lines[0]
    row = next(line for line in lines if "(DEU)" in line)
    assert "Visa needed" in row


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "day", ["1995-01-01", "2014-07-15", "2020-05-01", "2025-08-12", "2026-11-27"]
)
@pytest.mark.parametrize("possible", [False, True])
def test_partners_are_a_country_a_line(registry, language, day, possible):
    on = date.fromisoformat(day)
    for passport in ("ordinary", "diplomatic"):
        asked = {"on": on, "possible": possible, "passport": passport}
        lines, items = told(registry, "partners", language, **asked)
        assert len(lines) <= 110
        assert fits(lines)
        for item in items:
            [row] = [line for line in lines if line.startswith(f"{item.nationality.code} ")]
            assert row.endswith(str(phrases.short(item.since, item.since_between)))


def test_a_name_that_is_too_long_is_cut_and_seen_to_be(registry):
    lines, _ = told(registry, "partners", "ru", on=ON)
    cut = [line for line in lines if "\u2026" in line]
    assert any("Объединённые Арабск" in line for line in cut)
    assert not any("\u2026" in line for line in told(registry, "partners", "ru", 120, on=ON)[0])


def test_a_narrow_table_of_partners_loses_nothing(registry):
    lines, items = told(registry, "partners", width=40, on=ON)
    assert max(map(len, lines[3:-1])) <= 40
    assert sum(item.nationality.name in "\n".join(lines) for item in items) > 80


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("code", "trips"),
    [
        ("DEU", ["2026-10-01/"]),
        ("THA", ["2026-10-01/2026-10-20", "2026-11-10/"]),
        ("UKR", ["2026-01-03/2026-03-28"]),
        ("PRK", []),
    ],
)
def test_a_stay_is_short(registry, language, code, trips):
    lines, _ = told(registry, "stay", language, nationality=code, trips=trips, on=ON)
    assert len(lines) <= 20
    assert fits(lines)


def test_an_overstay_is_the_first_thing_said(registry):
    lines, _ = told(registry, "stay", nationality="DEU", trips=["2026-10-01/"], on=ON)
    text = " ".join(" ".join(lines).split())
    assert lines[0].startswith("Overstayed by 28 days: fine, arrest or expulsion")
    assert "30 days a visit: 58 used, 0 left" in text
    assert "Next entry Not known after an overstay" in text
    assert "was due by 2026-10-05: Your host reports" in text
    assert "[kz-gov-838-2016]" in text

"""What a traveller might act upon wrongly: sentences that must say the whole, in each language."""

import json

import pytest

from visamap.cli.commands import run

LANGUAGES = ("en", "ru", "kk")
DAY = ("--on", "2026-11-24")


@pytest.fixture
def printed(capsys):
    """Return what a question prints, its lines joined."""

    def call(*arguments):
        run([*arguments])
        return " ".join(capsys.readouterr().out.split())

    return call


@pytest.mark.parametrize("lang", LANGUAGES)
def test_codes_of_what_is_to_be_done_are_the_same_in_every_language(printed, lang):
    leg = ("trip", "THA", "KAZ:2027-05-01/2027-07-12", *DAY, "--lang", lang)
    (item,) = json.loads(printed(*leg, "--format", "json"))["items"]
    assert [task["what"] for task in item["to_do"]] == ["visa", "invitation"]
    invited = {
        "en": "KAZ: Somebody in the country must ask for an invitation",
        "ru": "KAZ: Приглашение оформляет принимающая сторона",
        "kk": "KAZ: Шақыруды қабылдаушы тарап ресімдейді",
    }
    assert invited[lang] in printed(*leg)
    assert invited[lang] in printed(*leg, "--full")


@pytest.mark.parametrize(
    ("lang", "how"),
    [
        ("en", "in practice: The land border with Kyrgyzstan was shut"),
        ("ru", "на практике: Сухопутная граница"),
        ("kk", "жүзінде: Қырғызстанмен құрлық шекарасы жабық болды"),
    ],
)
@pytest.mark.parametrize("question", ["check TUR", "visas --nationality TUR"])
def test_how_practice_differs_is_said_beside_the_answer(printed, question, lang, how):
    asked = (*question.split(), "--to", "TJK", "--on", "2024-05-01", "--lang", lang)
    assert how in printed(*asked)


@pytest.mark.parametrize(
    ("question", "lang", "duty"),
    [
        ("check DEU --to UZB", "ru", "Зарегистрируйтесь в течение 3 дней"),
        ("check DEU --to TJK", "ru", "в течение 10 рабочих дней"),
        ("check DEU", "ru", "подтвердите IMEI в течение 30 дней"),
        ("check DEU", "kk", "IMEI-ді 30 күн ішінде растаңыз"),
        ("check DEU", "kk", "30 күнге дейін тіркелу қажет емес"),
        ("check DEU", "en", "apply at least 72 hours before entry"),
        ("check DEU --full", "kk", "Сары қызба"),
    ],
)
def test_a_duty_is_an_instruction_that_cannot_be_read_as_days_ahead(printed, question, lang, duty):
    assert duty in printed(*question.split(), *DAY, "--lang", lang)


def test_an_address_that_only_reports_an_act_says_so(printed):
    assert "Reported at: https://" in printed("check", "THA", "--on", "2020-06-01")
    assert "Reported at" not in printed("check", "THA", *DAY)


def test_a_figure_that_counts_without_agreements_shows_both_counts(printed):
    assert "57 57 (60) Reproduced fifty-seven-interior-2022" in printed("claims")
    assert "57 (60 with agreements)" in printed("claims", "--format", "markdown")


def test_a_card_is_refused_where_the_name_asks_for_another_form(capsys, tmp_path):
    path = tmp_path / "card.pdf"
    assert run(["card", "THA", *DAY, "-o", str(path)]) == 2
    assert "end the name in .html" in capsys.readouterr().err
    assert not path.exists()


def test_two_periods_at_once_are_told_apart(printed):
    out = printed("stay", "DEU", "--to", "KGZ", "--trip", "2026-10-01/2026-10-20", *DAY)
    assert out.startswith("30 days left")
    assert "20 used, 10 left until 2026-11-29, then anew" in out

"""One answer in three languages: the words change, and nothing else."""

import json
import re
from decimal import Decimal
from itertools import pairwise

import pytest

from visamap.cli.commands import COMMANDS, run
from visamap.i18n import LANGUAGES, current, number, speaking, tr, trn

QUESTIONS = [
    ("check", "THA", "--on", "2026-11-24"),
    ("check", "USA", "--on", "2020-06-01", "--days", "10"),
    ("check", "NIC", "--on", "2024-12-31"),
    ("check", "UZB", "RUS", "--on", "2026-11-24", "--reciprocity"),
    ("partners", "--on", "2024-12-31"),
    ("agreements", "--year", "2024"),
    ("agreements", "kz-order-555-2016"),
    ("visas", "--on", "2026-11-24"),
    ("visas", "B12-1", "--nationality", "IND", "--on", "2026-11-24"),
    ("outbound", "KAZ", "--on", "2026-02-01"),
    ("outbound", "KAZ", "--to", "THA", "--on", "2026-02-01"),
    ("reciprocity", "TKM", "--year", "2024"),
    ("ranks",),
    ("claims",),
    ("stay", "THA", "--trip", "2026-05-01/2026-06-20", "--on", "2026-06-25"),
    ("timeline", "USA"),
    ("diff", "2023-12-31", "2024-12-31"),
    ("upcoming", "--on", "2024-01-15"),
    ("crossings", "--on", "2026-11-24"),
    ("coverage", "--on", "2026-11-24"),
    ("check", "QAT", "--passport", "diplomatic", "--on", "2026-11-24"),
    ("check", "IND", "--on", "2020-01-15"),
    ("check", "RUS", "--on", "2026-11-24", "--days", "120"),
    ("check", "CHN", "--on", "2026-11-24"),
    ("stay", "RUS", "--plan", "2026-12-01/2026-12-31", "--on", "2026-11-25"),
    ("visas", "C4", "--on", "2026-11-24"),
    ("visas", "B14", "--on", "2026-11-24"),
    ("timeline", "IND"),
    ("upcoming", "--on", "2026-11-25"),
    ("outbound", "UZB", "--to", "TUR", "--on", "2026-02-01"),
]
# Open questions are told in the language in which the data is mended.
TRANSLATED = [
    *(question for question in QUESTIONS if question[0] != "coverage"),
    ("check", "DEU", "--on", "2026-11-24", "--cite"),
    ("claims", "--full"),
    ("ranks", "--full"),
    ("reciprocity", "TKM", "--year", "2024", "--full"),
    ("outbound", "KAZ", "--on", "2026-02-01", "--full"),
    ("upcoming", "--on", "2026-11-24", "--all", "--full"),
    ("timeline", "USA", "--full"),
    *(
        (*question, "--format", "markdown")
        for question in (
            ("timeline", "USA"),
            ("diff", "2023-12-31", "2024-12-31"),
            ("upcoming", "--on", "2024-01-15"),
            ("outbound", "KAZ", "--on", "2026-02-01"),
            ("claims", "--on", "2024-12-15"),
            ("agreements", "--year", "2024"),
        )
    ),
]
NEVER_SAID = re.compile(
    r"""
      https?://\S+ | [\w.]+\.kz\b | `[^`]*`   # addresses, commands
    | \[[^\]]*\] | \b[\w.]+-[\w.-]+(?:-\s+\w+)?\b      # ids, of which a table may break one
    | \bsha256:\w+ | --format\sjson | --[\w-]+   # digests, options
    | \b[A-Z][A-Za-z&.']*(?:\s[A-Z][A-Za-z&.']*)*   # names of indexes, papers, projects; codes
    | \([^)]*[a-z]+-[a-z-]+\)
    """,
    re.VERBOSE,
)
ALIKE = {"visamap", "problem", "ta", "kaz", "protocol", "rotocol", "otocol", "henley"}
PROSE = {"name", "message", "documents", "by_general_rule", "organisation"}


@pytest.fixture
def visamap(capsys):
    def call(*arguments):
        status = run(list(arguments))
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def english_words(text):
    """Return the words in small Latin letters that are no part of an address, a name or an id."""
    flat = " ".join(text.split())
    return set(re.findall(r"\b[a-z]{3,}\b", NEVER_SAID.sub(" ", flat))) - ALIKE


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize("question", TRANSLATED, ids=" ".join)
def test_no_english_is_left_in_an_answer(visamap, question, lang):
    status, out, err = visamap(*question, "--lang", lang)
    assert status == 0
    words = english_words(out + err)
    assert words == set(), words


HELPS = ["", *COMMANDS]
TYPED = re.compile(
    r"""
      ^\ +(?:visamap|eval|bash|zsh|fish|~).*$     # examples
    | "[a-z]+" | pip\s+install\s+\S+              # extras
    | \.[a-z]+\b | [\w.]*/\S+ | \b\w+\.(?:yaml|txt)  # names of files, addresses
    | \b[a-z]+(?:\|[a-z]+)+ | --engine\ spark   # words of an option
    | :\s+[a-z-]+(?:-\s+[a-z-]+)*,[a-z\d,\s-]*\.   # the same, in a list
    """,
    re.VERBOSE | re.MULTILINE,
)
"""Lines and words of a help page that are typed as they stand."""
KNOWN_AS = frozenset(
    "advisory all approved arrival auto basis compliance confidence csv datapackage dyads "
    "departure destination entry exit github json latest local nationality parquet passport permit "
    "plan problem reason regime rules sqlite suggestion verdict visa".split()
)
"""Columns, words of options and forms, as they are typed."""


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize("command", HELPS)
def test_no_english_is_left_in_a_help_page(visamap, command, lang):
    status, out, _ = visamap(*command.split(), "--help", "--lang", lang)
    assert status == 0
    assert english_words(TYPED.sub("", out)) - KNOWN_AS - set(COMMANDS) == set()


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_codes_keys_and_figures_are_the_same_in_every_language(visamap, question):
    answers = {
        lang: json.loads(visamap(*question, "--format", "json", "--lang", lang)[1])
        for lang in LANGUAGES
    }
    shapes = {lang: shape(answer) for lang, answer in answers.items()}
    assert shapes["kk"] == shapes["en"]
    assert shapes["ru"] == shapes["en"]


def shape(value):
    """Return an answer without its prose: a text of several words, or a name, is only a text."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items() if key not in PROSE}
    if isinstance(value, list):
        return [shape(one) for one in value]
    if isinstance(value, str) and not re.fullmatch(r"[a-z0-9_:.-]+|[A-Z0-9-]+|https?://\S+", value):
        return str
    return value


ASKED = ("check", "THA", "--on", "2024-12-01")


def test_the_option_wins_over_the_variable_and_that_over_the_locale(visamap, monkeypatch):
    monkeypatch.setenv("LANG", "kk_KZ.UTF-8")
    assert visamap(*ASKED)[1].startswith("Визасыз")
    monkeypatch.setenv("VISAMAP_LANG", "ru")
    assert visamap(*ASKED)[1].startswith("Без визы")
    assert visamap(*ASKED, "--lang", "en")[1].startswith("Visa-free")
    assert visamap("--lang", "kk", *ASKED)[1].startswith("Визасыз")
    assert current() == "en"


def test_a_locale_that_is_none_of_ours_is_english(visamap, monkeypatch):
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert visamap(*ASKED)[1].startswith("Visa-free")


def test_a_language_that_is_none_of_ours_is_told(visamap, monkeypatch):
    monkeypatch.setenv("VISAMAP_LANG", "xx")
    status, out, err = visamap("check", "THA")
    assert (status, out) == (2, "")
    assert "VISAMAP_LANG='xx'" in err
    assert "en, kk, ru" in err


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1 день"), (2, "2 дня"), (5, "5 дней"), (11, "11 дней"), (21, "21 день"), (22, "22 дня")],
)
def test_russian_has_three_plural_forms(number, said):
    with speaking("ru"):
        assert trn("{n} day", "{n} days", number) == said


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ru", "Ошибка: Нет страны 'Tailand'; укажите код (THA, TH)"),
        ("kk", "Қате: 'Tailand' деген ел жоқ; кодын (THA, TH)"),
    ],
)
def test_errors_are_told_in_the_language(visamap, lang, said):
    status, out, err = visamap("check", "Tailand", "--lang", lang)
    assert (status, out) == (2, "")
    assert err.startswith(said)
    assert "Таиланд (THA)?" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["frobnicate", "--lang", "ru"], "Нет команды 'frobnicate'"),
        # click has two ways of saying so, by its version
        (["check", "THA", "--foo", "--lang=kk"], "'--foo' деген параметр жоқ|параметр жоқ: --foo"),
        (["check", "--lang", "kk", "--lang", "ru", "--foo"], "Нет параметра:? '?--foo"),
        (["check", "--lang", "xx", "--foo"], "No such option:? '?--foo"),
    ],
)
def test_a_slip_beside_the_language_is_told_in_it(visamap, words, said):
    status, out, err = visamap(*words)
    assert (status, out) == (2, "")
    assert re.search(said, err)
    assert current() == "en"


@pytest.mark.parametrize(
    ("words", "lang", "status", "said"),
    [
        (["check"], "ru", 2, "Ошибка: Не указан аргумент 'COUNTRY...'."),  # noqa: RUF001
        (["check"], "kk", 2, "Қате: Берілмеген аргумент 'COUNTRY...'."),
        (["serve", "--port", "x"], "ru", 2, "'x': такое число здесь не подходит"),
        (["check", "THA", "--days", "x"], "ru", 2, "'x' не подходит; укажите целое число от 1"),
        (["check", "THA", "--on"], "ru", 2, "Параметр '--on' требует значения."),
        (["schema", "a", "b"], "kk", 2, "Артық аргументтер (a b)"),
        (["check", "THA", "--dat", "x"], "ru", 2, "Может быть, --data?"),
    ],
)
def test_click_says_its_own_words_in_the_language(visamap, monkeypatch, words, lang, status, said):
    monkeypatch.setenv("VISAMAP_LANG", lang)
    found, _, err = visamap(*words)
    assert (found, said in err) == (status, True), err


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("kk", ["Қолданылуы: visamap", "Параметрлер:", "Осы анықтаманы", "[әдепкісі: text]"]),
        ("ru", ["Использование: visamap", "Параметры:", "Показать эту", "[по умолчанию: text]"]),
        ("en", ["Usage: visamap", "Options:", "Show this message and exit.", "[default: text]"]),
    ],
)
def test_the_frame_of_a_help_page_is_in_the_language(visamap, lang, said):
    status, out, _ = visamap("update", "--help", "--lang", lang)
    assert status == 0
    assert [one for one in said if one not in out] == []


def test_a_day_is_told_in_the_form_of_the_language_alone(registry):
    day = registry.data.release
    for lang, said in (
        ("ru", "Данные от 24 ноября 2026 года (x)."),
        ("kk", "Деректер күні: 2026 жылғы 24 қараша (x)."),
        ("en", "Data of 2026-11-24 (x)."),
    ):
        with speaking(lang):
            assert tr("Data of {release} ({digest}).", release=day, digest="x") == said


@pytest.mark.parametrize(
    ("lang", "act"),
    [
        ("en", "government decree 220 of 2020-04-17"),
        ("kk", "Үкіметтің 2020 жылғы 17 сәуірдегі №\u00a0220 қаулысы"),
        ("ru", "постановление Правительства №\u00a0220 от 17 апреля 2020 года"),
    ],
)
def test_an_act_is_named_as_the_language_names_it(visamap, lang, act):
    out = visamap("check", "THA", "--on", "2020-06-01", "--full", "--lang", lang)[1]
    assert act in " ".join(out.replace("\n", " ").split(" "))


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_no_line_ends_between_a_number_and_its_unit(visamap, monkeypatch, lang):
    for width in ("60", "72", "80"):
        monkeypatch.setenv("COLUMNS", width)
        lines = visamap("check", "THA", "--on", "2024-12-01", "--lang", lang)[1].splitlines()
        units = re.compile(r"(?:күн|ай|жыл|дн|дней|месяц|года?\b|[а-я]+я 20)")  # noqa: RUF001
        broken = [
            (one, other)
            for one, other in pairwise(lines)
            if re.search(r"\d$", one) and units.match(other.strip())
        ]
        assert broken == []


@pytest.mark.parametrize(
    ("lang", "sanction", "amount"),
    [("en", "fine", "43,250"), ("ru", "штраф", "43\u00a0250"), ("kk", "айыппұл", "43\u00a0250")],
)
def test_a_penalty_is_said_in_words_and_figures_of_the_language(visamap, lang, sanction, amount):
    trip = ["stay", "IND", "--trip", "2026-10-01/2026-10-18", "--on", "2026-11-24", "--lang", lang]
    told = " ".join(visamap(*trip)[1].split(" ")).replace("\n", " ")
    assert sanction in told
    assert amount in told  # a comma would make it 43 tenge and a quarter


@pytest.mark.parametrize(("lang", "amount"), [("en", "3,000"), ("ru", "3\u00a0000")])
def test_the_income_of_a_visa_is_written_as_the_language_writes_figures(visamap, lang, amount):
    out = visamap("visas", "B12-1", "--on", "2026-11-24", "--lang", lang)[1]
    assert next(line for line in out.splitlines() if amount in line)


@pytest.mark.parametrize(
    ("lang", "thousands", "half"),
    [("en", "30,275", "0.5"), ("kk", "30\u00a0275", "0,5"), ("ru", "30\u00a0275", "0,5")],
)
def test_a_number_is_written_as_the_language_writes_it(lang, thousands, half):
    with speaking(lang):
        assert number(30275) == thousands
        assert number(Decimal("0.5")) == half


def test_an_act_in_force_is_said_otherwise_than_the_day_it_became_so(visamap):
    said = visamap("agreements", "kaz-tha-2024", "--on", "2026-11-24", "--lang", "ru")[1]
    assert said.split(": действует.")[0].endswith("24 ноября 2026 года")
    assert ": вступило в силу." in said


@pytest.mark.parametrize(("lang", "named"), [("kk", "Таиландпен"), ("ru", "Таиландом")])
def test_a_feed_is_told_in_the_language(visamap, lang, named):
    out = visamap("feed", "atom", "--since", "2024-04-01", "--lang", lang)[1]
    assert named in out
    assert "Agreement with Thailand" not in out

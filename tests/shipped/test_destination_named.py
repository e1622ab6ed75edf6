"""An answer about another destination names that one, in every form and language, and none else."""

import json
import re

import pytest

import visamap
from visamap.cli.commands import run
from visamap.i18n import fact, speaking

DAY = "--on 2026-11-24"
QUESTIONS = [
    f"check DEU {DAY} --days 45",
    f"check IND {DAY}",
    f"check RUS DEU IND {DAY}",
    f"check UZB {DAY}",
    f"check THA {DAY} --reciprocity",
    f"check DEU {DAY} --passport service",
    "check JPN --on 2018-02-01",
    "check IND --on 2030-01-01",
    f"partners {DAY} --possible",
    f"visas {DAY} --nationality IND",
    f"visas T {DAY} --nationality UZB",
    f"visas D {DAY} --nationality IND",
    f"agreements {DAY}",
    f"agreements {DAY} --kind own",
    f"agreements {DAY} --status signed",
    f"agreements --event approved --year 2024 {DAY}",
    f"agreements uzb-qat-2023 {DAY}",
    f"stay RUS {DAY} --trip 2026-11-01/",
    f"stay DEU {DAY} --trip 2026-09-01/",
    f"stay IND {DAY}",
    f"stay UZB {DAY}",
    "timeline UZB",
    "timeline RUS",
    "diff 2019-01-01 2020-01-01",
    f"upcoming {DAY}",
    "claims",
    "claims uz-sixty-four-2019",
    f"coverage {DAY}",
]
WHOLE = frozenset({"check", "partners", "visas", "agreements", "timeline", "upcoming", "coverage"})
HOME = {"en": "Kazakh", "kk": "[Ққ]азақстан", "ru": "[Кк]азахстан"}
PARTNER = re.compile(r"\bKAZ\b|\bkaz-")
"""Where Kazakhstan is the other side: by its code or that of an act with it."""
COMMAND = re.compile(r"`visamap ([^`]+)`")
LATELY_UPDATED = "update"
"""A command that is about no destination."""


def told(capsys, question, lang, *options):
    capsys.readouterr()
    assert run([*question.split(), "--to", "UZB", "--lang", lang, *options]) == 0
    return capsys.readouterr().out


def told_by_records(value):
    """Yield every text of records that names Kazakhstan: titles and remarks are about it."""
    if isinstance(value, str):
        yield from [value] if "Kazakh" in value else []
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from told_by_records(one)


@pytest.fixture(scope="module")
def records():
    index = visamap.load().entering("UZB").index
    return sorted(told_by_records({**index.records}), key=len, reverse=True)


def sentences(out, records, lang):
    """Return what visamap itself says: no row or act of the other side, no text of a record."""
    parts = [(p.splitlines() if re.search("---|^[|]", p) else [p]) for p in out.split("\n\n")]
    kept = [one for part in parts for one in part if not PARTNER.search(one)]
    said = " ".join(" ".join(kept).split())
    with speaking(lang):
        for text in records:
            for one in (fact(text), text):
                said = said.replace(one, "").replace(one.removesuffix("."), "")
    return said


@pytest.mark.parametrize("lang", HOME)
@pytest.mark.parametrize("question", QUESTIONS)
def test_another_destination_is_never_called_kazakhstan(question, lang, records, capsys):
    full = [["--full"]] if question.split()[0] in WHOLE else []
    for options in [[], *full, ["--format", "markdown"]]:
        out = told(capsys, question, lang, *options)
        assert not re.search(HOME[lang], sentences(out, records, lang)), options
        assert "gov.kz" not in out
        assert "{home" not in out
        for command in COMMAND.findall(" ".join(out.split())):
            assert command.endswith("--to UZB") or command.startswith(LATELY_UPDATED), command
    answer = json.loads(told(capsys, question, lang, "--format", "json"))
    for one in [*answer["items"], *answer["notes"]]:
        said = one.get("message", "")
        assert PARTNER.search(said) or not re.search(HOME[lang], said)


@pytest.mark.parametrize(
    ("question", "lang", "said"),
    [
        (f"check UZB {DAY}", "en", "a citizen of Uzbekistan enters without a visa"),
        (f"check UZB {DAY}", "kk", "Өзбекстан азаматы визасыз кіреді"),
        (f"check UZB {DAY}", "ru", "гражданин Узбекистана въезжает без визы"),
        (f"partners {DAY}", "en", "Visa-free into Uzbekistan on"),
        (f"partners {DAY}", "kk", "Өзбекстанға азаматтары визасыз кіретін елдер"),
        (f"partners {DAY}", "ru", "въезжают в Узбекистан без визы"),
        (f"agreements {DAY} --full", "en", "Approved: by Uzbekistan."),
        (f"agreements {DAY} --full", "kk", "Өзбекстан бекіткен күн"),
        (f"agreements {DAY} --full", "ru", "Утверждён: Узбекистаном."),
        (f"agreements {DAY} --kind own", "en", "Own acts of Uzbekistan"),
        (f"agreements {DAY} --kind own", "kk", "Өзбекстанның өз актілері"),
        (f"agreements {DAY} --kind own", "ru", "Собственные акты Узбекистана"),
        (f"check THA {DAY} --reciprocity", "ru", "Гражданин Узбекистана при въезде туда"),
        (f"coverage {DAY}", "en", "https://mfa.uz"),
        (f"check IND {DAY}", "en", "E-visa likely, https://e-visa.gov.uz"),
        (f"check IND {DAY}", "en", "T (tourist), PV-1 (private visit) and others."),
        (f"check PRK {DAY} --passport diplomatic", "en", "D (diplomatic, visits)."),
        (f"check IND {DAY}", "ru", "T (туристская), PV-1 (частная поездка) и другие."),
        (f"check IND {DAY}", "en", "[uz-gov-408-1996]"),
        (f"check IND {DAY} --cite text", "en", "`visamap check IND --to UZB`"),
        ("timeline RUS", "en", "∞ = no limit of days is set."),
        (f"partners {DAY}", "en", "∞ = no limit of days is set."),
        (f"stay RUS {DAY} --trip 2026-11-01/", "en", "Limits no limit of days is set So far"),
    ],
)
def test_it_is_named_as_the_sentence_needs(question, lang, said, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "140")
    assert said in " ".join(told(capsys, question, lang).split())


def test_a_file_of_that_destination_needs_no_word_for_it(capsys):
    assert run(["check", "IND", "--data", "data/regimes/uzb.yaml", *DAY.split()]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "`visamap visas T --nationality IND`" in out
    assert "https://e-visa.gov.uz" in out


@pytest.mark.parametrize("asked", ["visas XYZ", "agreements xyz", "claims xyz", "coverage xyz"])
def test_who_slips_is_told_the_command_of_that_destination(asked, capsys):
    assert run([*asked.split(), "--to", "UZB"]) != 0
    assert "--to UZB` lists them." in capsys.readouterr().err


@pytest.mark.parametrize("form", ["text --full", "markdown"])
@pytest.mark.parametrize(
    ("asked", "one"),
    [
        ("check DEU --to UZB", True),
        ("check DEU --to all", False),
        ("outbound KAZ --to THA", False),
        ("ranks KAZ", False),
    ],
)
def test_who_is_to_be_asked_is_no_other_states_ministry(capsys, asked, one, form):
    assert run([*asked.split(), *DAY.split(), "--format", *form.split()]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert ("ask the consulate before you travel: https://" in said) is one
    assert ("ask the consulate of the country that you travel to" in said) is not one


NAMED = {"en": "Uzbekistan", "ru": "збекистан", "kk": "[Өө]збекстан"}


@pytest.mark.parametrize("lang", list(NAMED))
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_opening_of_every_answer_names_the_destination(capsys, question, lang):
    opening = told(capsys, question, lang).split("\n\n")[0].splitlines()[:3]
    assert re.search(NAMED[lang], " ".join(opening)), opening
    assert re.search(NAMED[lang], told(capsys, question, lang, "--format", "markdown")[:400])

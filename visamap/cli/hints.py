"""What may have been meant by an option or a command that is unknown; only a slip pays for it."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from difflib import get_close_matches
from itertools import takewhile
from shlex import join

import click

from visamap import clock
from visamap.cli.shared import BEFORE_A_DESTINATION, FORMATS
from visamap.errors import AmbiguousCountryError, UnknownCountryError
from visamap.registry import load
from visamap.vocabulary import DESTINATIONS

ALIKE = 0.7
"""Below it two words share letters and no more: ``chek`` is not ``schema``, ``json`` not ``on``."""
MEANT = {
    **{form: f"--format {form}" for form in FORMATS},
    "md": "--format markdown",
    "date": "--on",
    "day": "--on",
    "when": "--on",
    "language": "--lang",
    "locale": "--lang",
    "out": "--output",
    "v": "--version",
    "V": "--version",
}
"""Options of other programs, and ours for the same."""

FILES = (".csv", ".xlsx", ".jsonl", ".parquet", ".tsv")
"""Endings of lists that ``screen`` answers."""
SHORT_WORD = 3
"""So many letters may be a code, or a word of a sentence: "can" is not Canada."""
LEADS = {
    "new news latest recent новое новые новости жаңа": ("agreements --year {year}",),
    "list countries visa-free visafree nationalities список страны тізім елдер": ("partners",),
    "compare versus vs сравнить сравни салыстыру": (
        "ranks {countries|KAZ UZB}",
        "check DEU {destinations|--to all}",
    ),
    "history since история тарих тарихы": ("timeline {countries|THA}",),
    "overstay overstayed days limit просрочка": ("stay {countries|DEU} --trip {past}/",),
    "registration register регистрация тіркеу тіркелу": ("check {countries|DEU} --full",),
    "passport abroad паспорт шетелге": ("outbound {countries|KAZ}",),
    "route itinerary journey plan поездка маршрут сапар": (
        "trip {countries|DEU} KAZ:{future}/{later}",
    ),
    "border borders граница границы шекара": ("crossings {countries}",),
    "changes changed compare-days изменения өзгерістер": ("diff {before} {after}",),
    "print pdf печать": ("card {countries|DEU} -o card.html",),
    "law laws acts treaties treaty закон договоры заңдар": ("agreements",),
    "web api server browser page": ("serve",),
    "download dataset json csv data": ("export json -o visamap.json",),
    "count how-many сколько неше": ("partners",),
}
"""First words that are no command, and the lines that answer what they ask: ``{name|example}``."""


def options(error: click.NoSuchOption, words: Sequence[str], commands: Sequence[str]) -> list[str]:
    """Return the options that come close to one that is unknown, as they are to be written."""
    asked = error.option_name.lstrip("-")
    known = _options(error.ctx)
    meant = MEANT.get(asked, "")
    if meant.partition(" ")[0] in known:
        return [meant]
    if isinstance(getattr(error.ctx, "command", None), click.Group) and " " in meant:
        command = next((word for word in words if word in commands), "COMMAND")
        return [f"{command} ... {meant}"]
    bare = {name.lstrip("-"): name for name in known if name.startswith("--")}
    return [bare[name] for name in get_close_matches(asked, bare, 2, ALIKE)]


def _options(context: click.Context | None) -> list[str]:
    if context is None:
        return []
    return [
        name
        for one in context.command.get_params(context)
        if isinstance(one, click.Option)
        for name in one.opts
    ]


def commands(words: Sequence[str], known: Sequence[str], data: str | None) -> list[str]:
    """Return what may have been meant by a first word that is no command, best first."""
    word = words[0].lower()
    given = list(takewhile(lambda part: not part.startswith("-"), words[1:]))
    if meant := _leads(word):
        return [f"visamap {_completed(line, given, data)}" for line in meant]
    if word.endswith(FILES):
        name, _, ending = words[0].rpartition(".")
        return [join(["visamap", "screen", words[0], "-o", f"{name}-answered.{ending}"])]
    if close := get_close_matches(word, known, 2, ALIKE):
        return [join(["visamap", name, *words[1:]]) for name in close]
    text = " ".join([words[0], *given])
    if misspelled := load(data).resolver.suggest(text):
        return [join(["visamap", "check", name]) for name, _ in misspelled]
    if codes := dict.fromkeys(_named([words[0], *given], data)):
        to = [code for code in codes if code in DESTINATIONS][-1:]
        who = [code for code in codes if code not in to] or ["DEU"]
        return [join(["visamap", "check", who[0], *(["--to", *to] if to else [])])]
    return []


def countries(words: Sequence[str], data: str | None) -> list[str] | None:
    """Return the words as ``check`` takes them where they are nothing but countries."""
    given = list(takewhile(lambda part: not part.startswith("-"), words))
    options = [*words[len(given) :]]
    if _leads(words[0].lower()):
        return None
    with suppress(UnknownCountryError):
        load(data).resolve(name := " ".join(given))
        return [name, *options]
    names = [word for word in given if word.lower() not in BEFORE_A_DESTINATION]
    for name in names:
        try:
            load(data).resolve(name)
        except AmbiguousCountryError:
            continue  # the question itself lists which there are
        except UnknownCountryError:
            return None
    return [*given, *options] if names and names[0] == given[0] else None


def _leads(word: str) -> tuple[str, ...]:
    return next((lines for names, lines in LEADS.items() if word in names.split()), ())


def _completed(line: str, given: Sequence[str], data: str | None) -> str:
    """Put what was typed after a first word into the command that is meant by it."""
    year = next((word for word in given if re.fullmatch("(19|20)[0-9]{2}", word)), None)
    day = clock.today()
    values = {
        "countries": join(_named(given, data)),
        "destinations": " ".join(f"--to {code}" for code in _named(given, data)),
        "year": year or str(day.year),
        "before": f"{int(year or day.year) - 1}-01-01",
        "after": f"{year or day.year}-01-01",
        "past": (day - timedelta(40)).isoformat(),
        "future": (day + timedelta(30)).isoformat(),
        "later": (day + timedelta(40)).isoformat(),
    }

    def value(found: re.Match[str]) -> str:
        return values[found[1]] or (found[2] or "|").removeprefix("|")

    return re.sub(r"\{(\w+)(\|[^}]*)?\}", value, line).strip()


def _named(words: Sequence[str], data: str | None) -> list[str]:
    """Return the codes of the countries among words; a short word in small letters is none."""
    codes = []
    for word in words:
        if len(word) > SHORT_WORD or word.isupper():
            with suppress(UnknownCountryError):
                codes.append(load(data).resolve(word))
    return codes

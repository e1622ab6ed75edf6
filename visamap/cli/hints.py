"""What may have been meant by an option or a command that is unknown; only a slip pays for it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from difflib import get_close_matches
from shlex import join

import click

from visamap.cli.shared import FORMATS
from visamap.errors import AmbiguousCountryError, UnknownCountryError
from visamap.registry import load

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
    """Return the commands that come close to one that is unknown; a country is asked about."""
    if close := get_close_matches(words[0].lower(), known, 2, ALIKE):
        return close
    return [join(["visamap", "check", *asked]) for asked in _countries(words, data)][:1]


def _countries(words: Sequence[str], data: str | None) -> Iterator[list[str]]:
    """Yield the words as they would ask about a country, if they begin with the name of one."""
    names = [*words, "-"]
    several = next(at for at, word in enumerate(names) if word.startswith("-"))
    for length in dict.fromkeys((several, 1)):  # South Korea; or Thailand Germany
        name = " ".join(words[:length])
        with suppress(UnknownCountryError):
            with suppress(AmbiguousCountryError):  # the question itself lists which there are
                load(data).resolve(name)
            yield [name, *words[length:]]

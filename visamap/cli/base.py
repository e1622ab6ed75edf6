"""Options that commands share; imports nothing but click, for the help page needs no data."""

from typing import TYPE_CHECKING

import click

from visamap.arguments import called
from visamap.cli.saying import say
from visamap.errors import did_you_mean
from visamap.i18n import LANGUAGES, MEANT, Language, language_of, translated, use
from visamap.vocabulary import PASSPORT_ALIASES, PASSPORT_NAMES, PASSPORTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from typing import Any

    Function = Callable[..., Any]


class Closed(click.Choice[str]):
    """One of the closed words, in any capitals, with ``-`` or ``_``; it is shown with ``-``."""

    def __init__(self, words: "Iterable[str]", names: "Mapping[str, str] | None" = None) -> None:
        """Take the words, and other names that are understood without being listed."""
        super().__init__([word.replace("_", "-") for word in words], case_sensitive=False)
        self.names = names or {}

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word as it is shown."""
        word = called(value, self.names)
        return super().convert(word if word in self.choices else value, param, ctx)


FORMATS = ("text", "json", "jsonl", "csv", "markdown")


def offering(what: str) -> "Callable[[click.Context, click.Parameter, str], list[Any]]":
    """Return how a shell completes a value: ``what`` is a function of ``visamap.cli.suggestions``.

    That room is opened only when a shell asks.
    """

    def complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[Any]":
        from visamap.cli import suggestions  # noqa: PLC0415  only a shell pays for it

        found: list[Any] = getattr(suggestions, what)(ctx, incomplete)
        return found

    return complete


def as_day_given(_ctx: click.Context, _param: click.Parameter, value: str | None) -> "date | None":
    """Read a day of the command line, as a callback of an option or an argument."""
    from visamap.arguments import as_day  # noqa: PLC0415  the help page needs no days

    return None if value is None else as_day(value)


def day_option(name: str, words: str) -> "Callable[[Function], Function]":
    """Return an option that takes a day; ``words`` is its help."""
    return click.option(name, metavar="YYYY-MM-DD", callback=as_day_given, help=words)


def _keep_data(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.ensure_object(dict)["data"] = value


def _keep_full(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    ctx.ensure_object(dict)["full"] = value


data_option = click.option(
    "--data",
    metavar="FILE",
    envvar="VISAMAP_DATA",
    shell_complete=offering("files"),
    expose_value=False,
    callback=_keep_data,
    help="Use this data file instead of the shipped one.",
)
on_option = click.option(
    "--on",
    metavar="YYYY-MM-DD",
    callback=as_day_given,
    help="The day asked; today where it is left out.",
)
passport_option = click.option(
    "--passport",
    type=Closed([*PASSPORTS, *PASSPORT_ALIASES], PASSPORT_NAMES),
    default="ordinary",
    show_default=True,
    help="The kind of passport.",
)
format_option = click.option(
    "--format",
    "form",
    type=Closed(FORMATS),
    default="text",
    show_default=True,
    help="The form of the answer.",
)
full_option = click.option(
    "--full",
    is_flag=True,
    expose_value=False,
    callback=_keep_full,
    help="Everything that is known, in place of the brief answer.",
)


NAMES = ("-h", "--help")
HELP_WORDS = "Show this message and exit."


def show_help(ctx: click.Context, _param: click.Parameter | None, wanted: bool) -> None:
    """Print how a command is used, and leave."""
    if wanted and not ctx.resilient_parsing:
        HELP.help = translated(HELP_WORDS)  # click says it when it is imported, and so in English
        say(ctx.get_help())
        ctx.exit()


HELP = click.Option(
    NAMES,
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_help,
    help=HELP_WORDS,
)


class LanguageWord(Closed):
    """A language, by any tag of it: ``ru``, ``RU``, ``ru-KZ``."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return our tag of the language."""
        try:
            return language_of(value) or super().convert(value, param, ctx)
        except click.BadParameter as error:
            self.fail(error.message + language_hint(value), param, ctx)


def language_hint(value: str) -> str:
    """Return which language may be meant by what is the tag of none, a country's for one."""
    meant = MEANT.get(value.strip().lower())
    return did_you_mean([meant]) if meant else ""


def _speak(_ctx: click.Context, _param: click.Parameter, value: Language | None) -> None:
    if value is not None:
        use(value)


LANG = click.Option(
    ("--lang",),
    type=LanguageWord(LANGUAGES),
    is_eager=True,  # errors in what follows are told in this language already
    expose_value=False,
    callback=_speak,
    help="The language of the answer; else VISAMAP_LANG, else the system's.",
)


def _keep_color(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.ensure_object(dict)["color"] = value


COLOR = click.Option(
    ("--color",),
    type=click.Choice(["auto", "always", "never"], case_sensitive=False),
    expose_value=False,
    callback=_keep_color,
    help="Colour for yes, no and not known; auto: on a terminal, as NO_COLOR and FORCE_COLOR say.",
)


class Command(click.Command):
    """A command that answers a question."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:  # noqa: ARG002
        """Return the options, the language, the colour and the help."""
        return [*self.params, LANG, COLOR, HELP]

    def get_help_option(self, ctx: click.Context) -> click.Option:  # noqa: ARG002
        """Return the one help option of all commands."""
        return HELP


class Group(click.Group):
    """A command of commands."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:  # noqa: ARG002
        """Return the options, the language, the colour and the help."""
        return [*self.params, LANG, COLOR, HELP]

    def get_help_option(self, ctx: click.Context) -> click.Option:  # noqa: ARG002
        """Return the one help option of all commands."""
        return HELP

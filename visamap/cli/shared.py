"""Options that commands share; imports nothing but click, for the help page needs no data."""

from contextlib import suppress
from inspect import cleandoc
from itertools import takewhile
from shlex import join
from typing import TYPE_CHECKING

import click

from visamap.arguments import as_number, called
from visamap.cli.saying import say
from visamap.errors import BadNumberError, UnknownCountryError, did_you_mean
from visamap.i18n import LANGUAGES, MEANT, Language, language_of, tr, translated, use
from visamap.vocabulary import DESTINATIONS, PASSPORT_ALIASES, PASSPORT_NAMES, PASSPORTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from typing import Any

    Function = Callable[..., Any]
    Option = Callable[[Function], Function]
    Choice = click.Choice[str]
else:
    Choice = click.Choice  # which names no type before click 8.2


class Closed(Choice):
    """One of the closed words, in any capitals, with ``-`` or ``_``; it is shown with ``-``."""

    def __init__(self, words: "Iterable[str]", names: "Mapping[str, str] | None" = None) -> None:
        """Take the words, and other names that are understood without being listed."""
        super().__init__([word.replace("_", "-") for word in words], case_sensitive=False)
        self.names = names or {}

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word as it is shown."""
        word = called(value, self.names)
        return super().convert(word if word in self.choices else value, param, ctx)


CHOICE = "WORD"
"""Stands for one of many words in the list of options; the words stand behind what it is for."""
UNWRAPPED = "\b\n"
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


def day_option(name: str, words: str) -> "Option":
    """Return an option that takes a day; ``words`` is its help."""
    return click.option(name, metavar="YYYY-MM-DD", callback=as_day_given, help=words)


def country_option(name: str, words: str, completes: str = "countries") -> "Option":
    """Return an option that takes a country; ``words`` is its help."""
    return click.option(name, metavar="COUNTRY", shell_complete=offering(completes), help=words)


def file_option(*names: str, words: str, metavar: str = "FILE", **more: "Any") -> "Option":
    """Return an option that takes the name of a file; ``words`` is its help."""
    return click.option(
        *names, metavar=metavar, shell_complete=offering("files"), help=words, **more
    )


def output_option(
    words: str, metavar: str = "FILE", *, required: bool = True, **more: "Any"
) -> "Option":
    """Return the option that names what is written; ``words`` is its help."""
    return file_option("-o", "--output", words=words, metavar=metavar, required=required, **more)


def overwrite_option(words: str) -> "Option":
    """Return the option that lets what is there be replaced; ``words`` is its help."""
    return click.option("--overwrite", is_flag=True, help=words)


def form_option(*forms: str, words: str = "The format of the answer.") -> "Option":
    """Return the option that chooses one of the ``forms`` of an answer, text if left out."""
    return click.option(
        "--format", "form", type=Closed(forms), default="text", show_default=True, help=words
    )


def _keep(ctx: click.Context, param: click.Parameter, value: "Any") -> None:
    """Keep what an option says that every command understands; after the command it goes first."""
    if value is not None:
        ctx.ensure_object(dict)[str(param.name)] = value


data_option = file_option(
    "--data",
    words="Use this data file, or a folder of them, instead of what is shipped.",
    metavar="FILE|DIR",
    envvar="VISAMAP_DATA",
    expose_value=False,
    callback=_keep,
)
release_option = click.option(
    "--release",
    metavar="YYYY-MM-DD",
    expose_value=False,
    callback=lambda ctx, param, value: _keep(ctx, param, as_day_given(ctx, param, value)),
    help="Answer as the newest release of that day did, as far as `visamap update --data` kept it.",
)
on_option = day_option("--on", "The day asked; today if left out.")
to_option = country_option(
    "--to",
    f"The destination, one of {', '.join(DESTINATIONS)}; that of the data if left out.",
    "destinations",
)
passport_option = click.option(
    "--passport",
    type=Closed([*PASSPORTS, *PASSPORT_ALIASES], PASSPORT_NAMES),
    default="ordinary",
    show_default=True,
    help="The kind of passport.",
)
format_option = form_option(*FORMATS)
full_option = click.option(
    "--full",
    is_flag=True,
    expose_value=False,
    callback=_keep,
    help="Everything that is known, in place of the brief answer.",
)

cite_option = click.option(
    "--cite",
    type=click.Choice(["text", "bibtex", "csl"]),
    is_flag=False,
    flag_value="text",
    expose_value=False,
    callback=_keep,
    help="The acts and sources it rests on, for a footnote, in place of the answer.",
)


NAMES = ("-h", "--help")


def show_help(ctx: click.Context, _param: click.Parameter | None, wanted: bool) -> None:
    """Print how a command is used, and leave."""
    if wanted and not ctx.resilient_parsing:
        say(ctx.get_help())
        ctx.exit()


HELP = click.Option(
    NAMES,
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_help,
    help="Show this message and exit.",
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
    help="The language of the answer; by default VISAMAP_LANG, then the system's.",
)


COLOR = click.Option(
    ("--color",),
    type=click.Choice(["auto", "always", "never"], case_sensitive=False),
    expose_value=False,
    callback=_keep,
    help="Colour for yes, no and not known; auto: on a terminal, as NO_COLOR and FORCE_COLOR say.",
)


class Whole(click.IntRange):
    """A whole number within bounds; what is none is refused in the words of every other door."""

    def convert(
        self, value: "Any", param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number."""
        with suppress(ValueError):
            value = int(value)
        try:
            return as_number(value, int(self.min or 0), int(self.max or 0))
        except BadNumberError as error:
            self.fail(str(error), param, ctx)


LAST_WINS = frozenset({"form", "cite", "data", "release", "lang", "color"})
"""Options that an alias of a shell may have given already: they say how, not what is asked."""


BEFORE_A_DESTINATION = frozenset(
    {"to", "in", "into", "for", "в", "во", "для", "from", "из", "и", "and"}
)
"""Words between the countries of a sentence; none of them is a country, whatever its code says."""
NOT_A_DESTINATION = frozenset({"from", "из", "и", "and"})
EITHER = frozenset({"for", "для"})
"""Before a destination as before a nationality: "for a German", "for Uzbekistan"."""
CODES = frozenset({"TO", "IN", "AND"})
"""Written like this, Tonga, India and Andorra, unless a destination follows."""
INTO_KAZAKH = {
    f"{name}{ending}": code
    for name, code in {
        "казакстан": "KAZ",
        "озбекстан": "UZB",
        "кыргызстан": "KGZ",
        "тажикстан": "TJK",
        "турикменстан": "TKM",
    }.items()
    for ending in ("га", "да")  # noqa: RUF001
}
"""The destinations as Kazakh says "to" and "in" them, in letters that every keyboard has."""


class Command(click.Command):
    """A command whose help is in the reader's language, and that drops no word in silence."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words; an option that can have one value only is not given two."""
        if not ctx.resilient_parsing:
            args = self._with_destination(ctx, args)
            _, extra, given = self.make_parser(ctx).parse_args(args=list(args))
            if extra and any("--to" in param.opts for param in self.params):
                self._refuse_destinations(ctx, args, extra)
            for param in given:
                single = isinstance(param, click.Option) and not (param.is_flag or param.multiple)
                if single and param.name not in LAST_WINS and given.count(param) > 1:
                    said = tr("given more than once; give it once")
                    raise click.BadParameter(f"{said}.", ctx, param)
        return super().parse_args(ctx, args)

    def _with_destination(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Return the words with ``--to`` where a sentence says it: ``THA to UZB``."""
        options = {name: param for param in self.params for name in param.opts}
        if "--to" not in options:
            return args
        data = ctx.ensure_object(dict).get("data")
        read, at = list[str](), 0
        while at < len(args) and args[at] != "--":
            word, following = args[at], args[at + 1 : at + 2]
            option = options.get(word)
            if word.startswith("-"):
                takes = isinstance(option, click.Option) and not option.is_flag
                read += [word, *(following if takes else ())]
                at += 2 if takes else 1
                continue
            at += 1
            small = word.lower() if word not in CODES or _destinations(following, data) else ""
            if small in BEFORE_A_DESTINATION - NOT_A_DESTINATION:
                named = list(takewhile(_is_name, args[at:]))
                codes = _destinations(named, data)
                if codes or small not in EITHER:
                    read += [part for name in codes or named for part in ("--to", name)] or ["--to"]
                    at += len(named)
            elif small not in NOT_A_DESTINATION:
                code = None if word.isascii() else _into_kazakh(word)
                read += ["--to", code] if code else [word]
        return [*read, *args[at:]]

    def _refuse_destinations(self, ctx: click.Context, args: list[str], extra: list[str]) -> None:
        """Say how a destination is given where one stands that can be no nationality."""
        if codes := _destinations(extra, ctx.ensure_object(dict).get("data")):
            named = [word for word in args if word not in extra]
            line = f"visamap {self.name} {join([*named, '--to', codes[0]])}"
            more = tr("Got unexpected extra argument ({args})", args=" ".join(extra))
            raise click.UsageError(f"{more}.{did_you_mean([line])}", ctx)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:  # noqa: ARG002
        """Return the options, the language, the colour and the help."""
        return [*self.params, LANG, COLOR, HELP]

    def get_help_option(self, ctx: click.Context) -> click.Option:  # noqa: ARG002
        """Return the one help option of all commands."""
        return HELP

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what may follow the command's name."""
        return [translated(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what the command is for."""
        said = (f"{mark}{translated(words)}{rest}" for mark, words, rest in pieces(self.help or ""))
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n\n".join(said))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, a long choice of words behind what the option is for."""
        rows = []
        for param in self.get_params(ctx):
            if isinstance(param, click.Option):
                from copy import copy  # noqa: PLC0415  only help is translated

                said = copy(param)
                said.help = translated(param.help or "")
                if param.metavar == CHOICE and isinstance(param.type, click.Choice):
                    said.help = f"{said.help[:-1]}: {', '.join(param.type.choices)}."
                rows.append(said.get_help_record(ctx))
        with formatter.section(translated("Options")):
            formatter.write_dl([row for row in rows if row])


def _is_name(word: str) -> bool:
    return not word.startswith("-") and word.lower() not in BEFORE_A_DESTINATION


def _into_kazakh(word: str) -> str | None:
    from visamap.store.resolver import fold, without_kazakh_letters  # noqa: PLC0415  rarely needed

    return INTO_KAZAKH.get(without_kazakh_letters(fold(word)))


def _destinations(names: "Iterable[str]", data: str | None) -> list[str]:
    """Return the destinations that words name, together or each; none if one of them is another."""
    from visamap.registry import load  # noqa: PLC0415  the help page needs no data
    from visamap.registry.base import ALL  # noqa: PLC0415

    registry, found = load(data), [*names]
    for way in ([" ".join(found)], found):
        with suppress(UnknownCountryError):
            codes = [ALL if name.lower() == ALL else registry.resolve(name) for name in way]
            if codes and {*codes} <= {*DESTINATIONS, ALL}:
                return codes
    return []


def pieces(said: str) -> "Iterator[tuple[str, str, str]]":
    """Yield a help text as it is translated: what stands before the words, the words, the rest.

    A paragraph is one line; a block that click must not wrap is kept as it is, and of commands only
    the heading is words.
    """
    for part in cleandoc(said).split("\n\n"):
        block = part.removeprefix(UNWRAPPED)
        words, line, rest = block.partition("\n")
        if block == part:
            yield "", " ".join(part.split()), ""
        elif "visamap " in rest:
            yield UNWRAPPED, words, line + rest
        else:
            yield UNWRAPPED, block, ""


class Group(Command, click.Group):
    """A command of commands."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

"""The command table, the help page, and how trouble becomes a sentence and an exit status."""

import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

import click

from visamap.cli.saying import COMPLETING, INTERRUPTED, say, say_misuse
from visamap.cli.shared import NAMES, Group, data_option, language_hint, show_help
from visamap.errors import VisamapError, WrongUsageError, did_you_mean
from visamap.i18n import (
    ASKED_BY,
    LANGUAGES,
    Language,
    language_of,
    language_of_system,
    mark,
    speaking,
    tr,
    translated,
)
from visamap.version import __version__

# The first line of each command's help stands here too, so that the help page imports no command.
GROUPS = {
    "Coming to Central Asia": {
        "check": "Say whether a nationality may enter without a visa.",
        "partners": "List the nationalities that enter without a visa on a day.",
        "visas": "Show the visa categories, or one of them in full.",
        "agreements": "List acts signed, approved, in force or ended, by year and partner.",
    },
    "How long, since when, until when": {
        "stay": "Say how many days are left, the last day to leave, the first day back.",
        "timeline": "Show the history of a nationality: every period, its act and its end.",
        "diff": "Show who gained, lost or got other terms between two days, and by which act.",
        "upcoming": "List what is coming: acts not yet in force, rules that begin or end.",
        "trip": "Judge a journey leg by leg, each with all that came before it.",
        "card": "Write a card for the border: one page that names the act.",
    },
    "Going abroad": {
        "outbound": "Say where a passport may go, and on what terms.",
        "reciprocity": "Say who gives more: a state of Central Asia or the world, year by year.",
        "ranks": "Compare passports: ranks and scores of the indexes side by side.",
        "crossings": "List crossings and trains between states of Central Asia, and who may pass.",
    },
    "Whole lists, and the data itself": {
        "screen": "Answer a whole list of travellers, from ten rows to a cluster.",
        "export": "Write the data itself as a file or folder, for other programs.",
        "feed": "Write the dated events as an Atom feed or a calendar.",
        "claims": "Compare published figures with our own data for their day.",
        "coverage": "Say what the data covers, how sure it is, its sources, and what is missing.",
    },
    "Maps, browser, API, assistants": {
        "map": "Draw a world map of who may enter without a visa.",
        "serve": "Answer in the browser and as an API, on this machine.",
        "site": "Write the pages and the API as static files, for any file server.",
        "mcp": "Answer assistants over the Model Context Protocol.",
    },
    "This installation": {
        "update": "Fetch newer data, check it, and start using it in one step.",
        "doctor": "Say what is installed, which data is in use and why, and what is missing.",
        "completion": "Print the script with which a shell completes commands and names.",
    },
    "For those who maintain the data": {
        "validate": "Check a data file and list everything that is wrong with it.",
        "schema": "Print the JSON Schema of the data file, for editors.",
        "watch": "Ask the pages on which facts rest whether they changed.",
    },
}
"""The commands by the question they answer, in the order of the help page."""
ASKED = frozenset(
    {"check", "partners", "visas", "agreements", "stay", "timeline", "diff", "upcoming"}
    | {"outbound", "ranks", "reciprocity", "crossings", "claims", "coverage", "trip"}
)
"""The commands that are made from the questions of the registry."""
COMMANDS = {name: line for group in GROUPS.values() for name, line in group.items()}
SHIPPED = mark("visamap {version} (data of {release}, {digest}, shipped)")
FETCHED = mark("visamap {version} (data of {release}, {digest}, fetched from {url})")
SCHEMA = 1
"""Of what a program is told of trouble, as of an answer."""
BROKEN_PIPE = 141
CANNOT_WRITE = 5


class SlipError(click.UsageError):
    """A word that is unknown; ``close`` is what may have been meant."""

    def __init__(
        self, said: str, close: Sequence[str], ctx: click.Context | None, more: str = ""
    ) -> None:
        """Add to what is ``said`` what comes close, and then ``more``."""
        self.close = close
        super().__init__(f"{said}{did_you_mean(close)}{more}", ctx)


class Commands(Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the module of a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command
        if cmd_name in ASKED:
            command = import_module("visamap.cli.questions").command(cmd_name)
        else:
            command = import_module(f"visamap.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Do what was meant by ``help`` and ``version``; suggest something for other slips."""
        asked = args[0] if args else ""
        if asked in COMMANDS or asked.startswith("-") or not asked or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)  # a shell that completes wants no complaint
        if asked == "version":
            _version(ctx, None, True)
        if asked == "help":
            if len(args) == 1:
                show_help(ctx, None, True)
            return self.resolve_command(ctx, [args[1], "--help"])
        from visamap.cli import hints  # noqa: PLC0415  only a slip pays for it

        data = ctx.ensure_object(dict).get("data")
        if countries := hints.countries(args, data):
            return super().resolve_command(ctx, ["check", *countries])
        close = hints.commands(args, [*COMMANDS], data)
        listed = tr("`visamap --help` lists the commands.")
        raise SlipError(tr("No command {name!r}.", name=asked), close, None, f" {listed}")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the table, one question after the other, without importing a command."""
        widest = max(map(len, COMMANDS))
        for question, commands in GROUPS.items():
            with formatter.section(translated(question)):
                rows = [(name.ljust(widest), translated(line)) for name, line in commands.items()]
                formatter.write_dl(rows)

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> "list[click.shell_completion.CompletionItem]":
        """Complete the name of a command without importing one."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415  only a shell asks

        found = [
            CompletionItem(name, help=translated(line))
            for name, line in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]


def _version(ctx: click.Context, _param: click.Parameter | None, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from visamap.data.opening import open_index  # noqa: PLC0415  only --version reads data here

        index = open_index()
        told = {
            "version": __version__,
            "release": index.data.release.isoformat(),
            "digest": index.data.digest[:19],
            "url": index.updated_from,
        }
        say(tr(FETCHED if index.updated_from else SHIPPED, **told))
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": NAMES})
@data_option
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Print the version of the code and the release of the data.",
)
def group() -> None:
    """Who may enter Central Asia without a visa: on what day, for how long, on what legal ground.

    The destination is Kazakhstan unless --to names another.

    \b
    Example:
      visamap check THA
    """


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit status; never raises, never shows a traceback."""
    arguments = arguments or ["--help"]
    if COMPLETING in os.environ:
        from visamap.cli.suggestions import completed  # noqa: PLC0415  a shell asks, not a person

        return completed(group)
    warnings.showwarning = _remark  # type: ignore[assignment]
    try:
        language = language_of(_named(arguments, "--lang")) or _language()
    except WrongUsageError as error:
        return _say(arguments, str(error), error.exit_status, error.code)
    with speaking(language):
        return _run(arguments)


def _named(arguments: Sequence[str], option: str) -> str:
    """Return what an option says, read ahead: a slip in another word is told so, too."""
    named = ""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if word == "--":
            break
        name, given, value = word.partition("=")
        if name == option:
            named = value if given else following
    return named


def _language() -> Language:
    """Return the language of the environment; ``--lang`` is read with the other options."""
    asked = os.environ.get(ASKED_BY)
    if not asked:
        return language_of_system(os.environ)
    language = language_of(asked)
    if language is None:
        raise WrongUsageError(
            tr(
                "{variable}={value!r} is not a language of visamap; set one of {languages}.",
                variable=ASKED_BY,
                value=asked,
                languages=", ".join(LANGUAGES),
            )
            + language_hint(asked)
        )
    return language


def _run(arguments: Sequence[str]) -> int:
    try:
        result = group.main(list(arguments), prog_name="visamap", standalone_mode=False)
        sys.stdout.flush()
    except VisamapError as error:
        return _say(arguments, str(error), error.exit_status, error.code, error.suggestions)
    except click.ClickException as error:
        return _misuse(arguments, error)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        _let_go_of_output()  # whoever read us has enough
        return BROKEN_PIPE
    except (OSError, UnicodeEncodeError) as error:
        _let_go_of_output()
        said = tr("The output cannot be written: {why}.", why=_why(error))
        return _say(arguments, said, CANNOT_WRITE, "output")
    return result if isinstance(result, int) else 0


def _misuse(arguments: Sequence[str], error: click.ClickException) -> int:
    """Say how a command is used, and what may have been meant."""
    if isinstance(error, click.NoSuchOption):
        from visamap.cli.hints import options  # noqa: PLC0415  only a typo pays for it

        error = SlipError(error.message, options(error, arguments, [*COMMANDS]), error.ctx)
    if not _wants_json(arguments):
        say_misuse(error)
        return error.exit_code
    suggestions = [{"code": one, "name": one} for one in getattr(error, "close", ())]
    return _say(arguments, error.format_message(), error.exit_code, "wrong-usage", suggestions)


def _let_go_of_output() -> None:
    """Point stdout to nowhere, so that Python does not complain again when it closes it."""
    with suppress(OSError):  # in a test it may be no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _remark(message: Warning | str, *_place: object) -> None:
    say(tr("Remark: {said}", said=message), err=True)


def _why(error: OSError | UnicodeEncodeError) -> str:
    if isinstance(error, UnicodeEncodeError):
        return tr(
            "its encoding, {encoding}, lacks a character; set PYTHONIOENCODING=utf-8",
            encoding=error.encoding,
        )
    return error.strerror or str(error)


def _wants_json(arguments: Sequence[str]) -> bool:
    return _named(arguments, "--format").strip().lower() in {"json", "jsonl"}


def _say(
    arguments: Sequence[str],
    sentence: str,
    status: int,
    code: str,
    suggestions: Sequence[dict[str, str]] = (),
) -> int:
    """Say on stderr what is wrong, to a person or to a program, and return the status."""
    if _wants_json(arguments):
        import json  # noqa: PLC0415  only trouble pays for it

        error = {"code": code, "message": sentence, "suggestions": [*suggestions]}
        say(json.dumps({"schema": SCHEMA, "error": error}, ensure_ascii=False), err=True)
    else:
        say(tr("Error: {said}", said=sentence), err=True)
    return status

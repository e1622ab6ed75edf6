"""The command table, the help page, and how trouble becomes a sentence and an exit status."""

import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

import click

from visamap import __version__
from visamap.cli.base import NAMES, Group, data_option
from visamap.cli.saying import COMPLETING, INTERRUPTED, say, say_misuse
from visamap.errors import VisamapError, WrongUsageError, did_you_mean
from visamap.i18n import (
    ASKED_BY,
    LANGUAGES,
    Language,
    language_of,
    language_of_system,
    speaking,
    tr,
    translated,
)

# The first line of each command's help stands here too, so that the help page imports no command.
GROUPS = {
    "Coming to Kazakhstan": {
        "check": "Say whether a nationality may enter Kazakhstan without a visa.",
        "partners": "List the nationalities that enter without a visa on a day.",
        "visas": "Show the visa categories, or one of them in full.",
        "agreements": "List acts signed, approved, in force or ended, by year and partner.",
    },
    "How long, since when, until when": {
        "stay": "Say how many days are left, the last day to leave, the first day back.",
        "timeline": "Show the history of a nationality: every period, its act and its end.",
        "diff": "Show who gained, lost or got other terms between two days, and by which act.",
        "upcoming": "List what is coming: acts not yet in force, rules that begin or end.",
    },
    "Going abroad": {
        "outbound": "Say where a passport may go, and on what terms.",
        "ranks": "Compare passports: ranks and scores of the indexes side by side.",
    },
    "Whole lists, and the data itself": {
        "screen": "Answer a whole list of travellers, from ten rows to a cluster.",
        "export": "Write the data itself as a file or folder, for other programs.",
        "feed": "Write the dated events as an Atom feed or a calendar.",
        "claims": "Compare published figures with our own data for their day.",
        "coverage": "Say what the data covers, how sure it is, its sources, and what is missing.",
    },
    "Maps, browser, API, assistants": {
        "map": "Draw a world map of who may enter Kazakhstan without a visa.",
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
    },
}
"""The commands by the question they answer, in the order of the help page."""
ASKED = frozenset(
    {"check", "partners", "visas", "agreements", "stay", "timeline", "diff", "upcoming"}
    | {"outbound", "ranks", "claims", "coverage"}
)
"""The commands that are made from the questions of the registry."""
COMMANDS = {name: line for group in GROUPS.values() for name, line in group.items()}
BROKEN_PIPE = 141
WRONG_USAGE = 2
CANNOT_WRITE = 5


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
        """Add a suggestion to an unknown command."""
        slip = args and args[0] not in COMMANDS and not args[0].startswith("-")
        if slip and not ctx.resilient_parsing:  # a shell that completes wants no complaint
            from difflib import get_close_matches  # noqa: PLC0415  only a typo pays for it

            hint = did_you_mean(get_close_matches(args[0], COMMANDS, n=2))
            unknown = tr("No command {name!r}.", name=args[0])
            listed = tr("`visamap --help` lists the commands.")
            raise click.UsageError(f"{unknown}{hint} {listed}", ctx)
        return super().resolve_command(ctx, args)

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


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from visamap.data.opening import open_index  # noqa: PLC0415  only --version reads data here

        index = open_index()
        came = index.tables.get("updated_from")
        told = {
            "version": __version__,
            "release": index.data.release.isoformat(),
            "digest": index.data.digest[:19],
        }
        if came:
            said = tr(
                "visamap {version} (data of {release}, {digest}, fetched from {url})",
                **told,
                url=came,
            )
        else:
            said = tr("visamap {version} (data of {release}, {digest}, shipped)", **told)
        say(said)
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
    """Who may enter Kazakhstan without a visa: on what day, for how long, on what legal ground.

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
        language = _language()
    except WrongUsageError as error:
        return _say(str(error), error.exit_status)
    with speaking(_named(arguments) or language):
        return _run(arguments)


def _named(arguments: Sequence[str]) -> Language | None:
    """Return what ``--lang`` says, read ahead: a slip in another word is told in it, too."""
    named = ""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if word == "--":
            break
        name, given, value = word.partition("=")
        if name == "--lang":
            named = value if given else following
    return next((one for one in LANGUAGES if one == named), None)


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
        )
    return language


def _run(arguments: Sequence[str]) -> int:
    try:
        result = group.main(list(arguments), prog_name="visamap", standalone_mode=False)
        sys.stdout.flush()
    except VisamapError as error:
        return _say(str(error), error.exit_status)
    except click.ClickException as error:
        say_misuse(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        _let_go_of_output()  # whoever read us has enough
        return BROKEN_PIPE
    except (OSError, UnicodeEncodeError) as error:
        _let_go_of_output()
        return _say(tr("The output cannot be written: {why}.", why=_why(error)), CANNOT_WRITE)
    return result if isinstance(result, int) else 0


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


def _say(sentence: str, status: int) -> int:
    say(tr("Error: {said}", said=sentence), err=True)
    return status

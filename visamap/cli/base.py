"""The two classes of command: as click's own, with ``--lang`` and a help option that costs nothing.

Click words its help option through gettext, which looks for the message catalogues of the system at
each start; that took a twentieth of the time to an answer.
"""

import click

from visamap.cli.saying import say
from visamap.language import LANGUAGES, Language, use

NAMES = ("-h", "--help")


def _show_help(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        say(ctx.get_help())
        ctx.exit()


HELP = click.Option(
    NAMES,
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_help,
    help="Show this message and exit.",
)


def _speak(_ctx: click.Context, _param: click.Parameter, value: Language | None) -> None:
    if value is not None:
        use(value)


LANG = click.Option(
    ("--lang",),
    type=click.Choice(LANGUAGES),
    is_eager=True,  # errors in what follows are told in this language already
    expose_value=False,
    callback=_speak,
    help="The language of the answer; else VISAMAP_LANG, else the system's.",
)


class Command(click.Command):
    """A command that answers a question."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:  # noqa: ARG002
        """Return the options, the language and the help."""
        return [*self.params, LANG, HELP]

    def get_help_option(self, ctx: click.Context) -> click.Option:  # noqa: ARG002
        """Return the one help option of all commands."""
        return HELP


class Group(click.Group):
    """A command of commands."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:  # noqa: ARG002
        """Return the options, the language and the help."""
        return [*self.params, LANG, HELP]

    def get_help_option(self, ctx: click.Context) -> click.Option:  # noqa: ARG002
        """Return the one help option of all commands."""
        return HELP

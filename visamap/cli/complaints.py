"""What click complains of, in the reader's language: a sentence of ours for each of its classes.

English readers get click's own words. Click can speak other languages through the catalogues of the
system only, which hold none of its sentences.
"""

import re
from io import StringIO
from typing import Any

import click

from visamap.cli.saying import say
from visamap.errors import did_you_mean
from visamap.i18n import current, tr, trn

EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
HELP_ITSELF = getattr(click.exceptions, "NoArgsIsHelpError", ())


def show(error: click.ClickException) -> None:
    """Write a complaint to stderr: how the command is used, where its help is, what is wrong."""
    if current() == "en" or isinstance(error, HELP_ITSELF):
        told = StringIO()
        error.show(told)
        say(told.getvalue(), err=True, nl=False)
        return
    if isinstance(error, click.UsageError) and error.ctx is not None:
        context = error.ctx
        formatter = context.make_formatter()
        pieces = context.command.collect_usage_pieces(context)
        formatter.write_usage(context.command_path, " ".join(pieces), f"{tr('Usage:')} ")
        say(formatter.getvalue().rstrip("\n"), err=True)
        hint = tr("Try '{command} --help' for help.", command=context.command_path)
        say(f"{hint}\n", err=True)
    say(tr("Error: {said}", said=said(error)), err=True)


def said(error: click.ClickException) -> str:
    """Return what is wrong, in the reader's language; what we raised ourselves is so already."""
    word = next((word for kind, word in SAID.items() if isinstance(error, kind)), _as_raised)
    return word(error)


def _unknown_option(error: Any) -> str:
    unknown = tr("No such option {option!r}.", option=error.option_name)
    return unknown + did_you_mean(sorted(error.possibilities or ()))


def _missing(error: Any) -> str:
    if error.param is None:
        return _as_raised(error)
    name = error.param.get_error_hint(error.ctx)
    if error.param.param_type_name == "option":
        missing = tr("Missing option {name}.", name=name)
    else:
        missing = tr("Missing argument {name}.", name=name)
    if isinstance(error.param.type, click.Choice):
        choices = ", ".join(error.param.type.choices)
        missing += " " + tr("Choose from: {choices}.", choices=choices)
    return missing


def _invalid(error: Any) -> str:
    if error.param is None:
        return tr("Invalid value: {why}", why=error.message)
    name = error.param.get_error_hint(error.ctx)
    return tr("Invalid value for {name}: {why}", name=name, why=_why(error))


def _why(error: click.BadParameter) -> str:
    kind = error.param and error.param.type
    value, _, rest = error.message.partition(" is not ")
    if isinstance(kind, click.Choice):
        choices = ", ".join(map(repr, kind.choices))
        return tr("{value} is not one of {choices}.", value=value, choices=choices)
    if rest.startswith("in the range "):
        bounds = rest.removeprefix("in the range ").rstrip(".")
        return tr("{value} is not in the range {bounds}.", value=value, bounds=bounds)
    if isinstance(kind, (click.types.IntParamType, click.types.FloatParamType)):
        return tr("{value} is not a number that fits here.", value=value)
    return error.message


def _misused(error: Any) -> str:
    if "does not take a value" in error.message:
        return tr("Option {option!r} does not take a value.", option=error.option_name)
    return tr("Option {option!r} requires an argument.", option=error.option_name)


def _superfluous(error: click.ClickException) -> str:
    if extra := EXTRA.fullmatch(error.message):
        return trn(
            "Got unexpected extra argument ({arguments})",
            "Got unexpected extra arguments ({arguments})",
            len(extra[1].split()),
            arguments=extra[1],
        )
    return tr("Missing command.") if error.message == "Missing command." else _as_raised(error)


def _as_raised(error: click.ClickException) -> str:
    return error.format_message()


SAID = {
    click.NoSuchOption: _unknown_option,
    click.MissingParameter: _missing,
    click.BadParameter: _invalid,
    click.BadOptionUsage: _misused,
    click.UsageError: _superfluous,
}
"""The sentence of each class; a class stands before the one that it belongs to."""

"""``visamap coverage``."""

from datetime import date

import click

from visamap.cli.base import Command, data_option, format_option, on_option
from visamap.cli.output import opened, show, today
from visamap.registry import questions


@click.command(cls=Command)
@on_option
@click.option(
    "--months",
    type=int,
    default=6,
    show_default=True,
    help="List records of which no source was read for so many months.",
)
@format_option
@data_option
def command(on: date | None, months: int, form: str) -> None:
    """Say what the data knows, how surely, from what, and what it does not know.

    Records by confidence, sources by kind and age, records that were not checked for long, every
    open question with what would settle it.

    \b
    Examples:
      visamap coverage
      visamap coverage --months 3 --format json
    """
    show(questions.coverage(opened(), on=on or today(), months=months), form)

"""``visamap upcoming``."""

from datetime import date

import click

from visamap.cli.base import Command, data_option, format_option, on_option
from visamap.cli.output import opened, show, today
from visamap.registry import questions
from visamap.vocabulary import PASSPORT_ALIASES, PASSPORTS


@click.command(cls=Command)
@on_option
@click.option(
    "--passport",
    type=click.Choice([*PASSPORTS, *PASSPORT_ALIASES], case_sensitive=False),
    help="Only what concerns this kind of passport.",
)
@format_option
@data_option
def command(on: date | None, passport: str | None, form: str) -> None:
    """List what is coming: acts not yet in force, rules that begin or end.

    Known days come first, then bounds, then acts whose day nobody knows. A day before the data's
    release is answered with hindsight.

    \b
    Examples:
      visamap upcoming
      visamap upcoming --on 2024-01-15 --passport ordinary
      visamap upcoming --format json
    """
    show(questions.upcoming(opened(), on=on or today(), passport=passport), form)

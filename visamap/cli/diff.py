"""``visamap diff``."""

from datetime import date

import click

from visamap import envelopes
from visamap.cli.base import Command
from visamap.cli.desk import opened, show
from visamap.cli.options import as_day_given, data_option, format_option, passport_option


@click.command(cls=Command)
@click.argument("first", metavar="DAY", callback=as_day_given)
@click.argument("second", metavar="DAY", callback=as_day_given)
@passport_option
@format_option
@data_option
def command(first: date, second: date, passport: str, form: str) -> None:
    """Show who gained, lost or got other terms between two days, and by which act.

    A change is certain where the answer is certain on both days, else it is only possible. Days in
    the wrong order are read backwards: what was gained is lost.

    \b
    Examples:
      visamap diff 2023-12-31 2024-12-31
      visamap diff 2019-12-31 2020-06-01 --format json
      visamap diff 2010-01-01 2026-01-01 --passport diplomatic
    """
    show(envelopes.diff(opened(), first, second, passport=passport), form)

"""``visamap diff``."""

import click

from visamap.arguments import as_day
from visamap.cli.base import Command, data_option, format_option, passport_option
from visamap.cli.output import opened, show
from visamap.registry import questions


@click.command(cls=Command)
@click.argument("first", metavar="DAY")
@click.argument("second", metavar="DAY")
@click.option(
    "--releases",
    is_flag=True,
    help="Compare two releases, files of `visamap export json`, in place of two days.",
)
@passport_option
@format_option
@data_option
def command(first: str, second: str, releases: bool, passport: str, form: str) -> None:
    """Show who gained, lost or got other terms between two days, and by which act.

    A change is certain where the answer is certain on both days, else it is only possible. Days in
    the wrong order are read backwards: what was gained is lost. With --releases it says what one
    release of the data tells otherwise than another: every answer and every record.

    \b
    Examples:
      visamap diff 2023-12-31 2024-12-31
      visamap diff 2019-12-31 2020-06-01 --format json
      visamap diff 2010-01-01 2026-01-01 --passport diplomatic
      visamap diff --releases march.json november.json
    """
    if releases:
        show(questions.releases(opened(), first, second), form)
        return
    days = as_day(first), as_day(second)
    show(questions.diff(opened(), *days, passport=passport), form)

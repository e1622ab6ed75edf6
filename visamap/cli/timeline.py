"""``visamap timeline``."""

from datetime import date

import click

from visamap.cli import pictures
from visamap.cli.base import (
    Command,
    data_option,
    day_option,
    format_option,
    offering,
    passport_option,
)
from visamap.cli.output import opened, show, speaks_utf8
from visamap.cli.pictures import overwrite_option, plot_option
from visamap.registry import questions


@click.command(cls=Command)
@click.argument("nationality", metavar="NATIONALITY", shell_complete=offering("countries"))
@passport_option
@day_option("--since", "Only periods that go on or begin on this day or later.")
@day_option("--until", "Only periods that began on this day or earlier.")
@plot_option
@overwrite_option
@format_option
@data_option
def command(
    nationality: str,
    passport: str,
    since: date | None,
    until: date | None,
    plot: str | None,
    overwrite: bool,
    form: str,
) -> None:
    """Show how it has been for a nationality: every period, its act, its end.

    NATIONALITY is a code (USA, US, 840) or a name in any language. Gaps between rules are periods
    too; on each day of a period `visamap check` gives the same answer.

    \b
    Examples:
      visamap timeline USA
      visamap timeline Thailand --since 2020-01-01 --until 2024-12-31
      visamap timeline CHN --format csv
      visamap timeline THA --plot thailand.svg
    """
    registry = opened()
    answer = questions.timeline(registry, nationality, passport=passport, since=since, until=until)
    if plot:
        pictures.plot(plot, "timeline", answer.items, registry.data, overwrite=overwrite)
        return
    show(answer, form, blocks=speaks_utf8())

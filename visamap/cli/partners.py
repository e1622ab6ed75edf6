"""``visamap partners``."""

from datetime import date

import click

from visamap.arguments import LONGEST_STAY
from visamap.cli import pictures
from visamap.cli.base import (
    Command,
    data_option,
    format_option,
    on_option,
    passport_option,
)
from visamap.cli.output import opened, show, today
from visamap.cli.pictures import overwrite_option, plot_option
from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.registry import questions
from visamap.vocabulary import BASES


@click.command(cls=Command)
@on_option
@passport_option
@click.option("--basis", type=click.Choice(BASES), help="Only those on this ground.")
@click.option(
    "--min-days",
    type=click.IntRange(1, LONGEST_STAY),
    help="Only those who may stay at least so many days in one visit.",
)
@click.option(
    "--possible",
    is_flag=True,
    help="Also those of whom it is not certain, last and marked.",
)
@plot_option
@overwrite_option
@format_option
@data_option
def command(
    on: date | None,
    passport: str,
    basis: str | None,
    min_days: int | None,
    possible: bool,
    plot: str | None,
    overwrite: bool,
    form: str,
) -> None:
    """List the nationalities that enter without a visa on a day.

    Only those of whom it is certain; with --possible the others, too.
    With --plot: how their number grew since 2013, and the acts that moved it.

    \b
    Examples:
      visamap partners --on 2024-12-31
      visamap partners --basis agreement --min-days 90 --format csv
      visamap partners --plot growth.svg
    """
    registry = opened()
    day = on or today()
    if plot:
        if basis or min_days or possible:
            raise WrongUsageError(
                tr(
                    "--plot draws all nationalities by their ground; leave out --basis, "
                    "--min-days and --possible."
                )
            )
        pictures.plot(
            plot, "growth", registry.growth(on=day, passport=passport), overwrite=overwrite
        )
        return
    answer = questions.partners(
        registry, on=day, passport=passport, basis=basis, min_days=min_days, possible=possible
    )
    show(answer, form)

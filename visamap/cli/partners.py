"""``visamap partners``."""

from datetime import date

import click

from visamap.cli.desk import envelope, opened, show, today
from visamap.cli.options import (
    LONGEST_STAY,
    data_option,
    format_option,
    on_option,
    passport_option,
)
from visamap.results.parts import Note
from visamap.vocabulary import BASES


@click.command()
@on_option
@passport_option
@click.option("--basis", type=click.Choice(BASES), help="Only those on this ground.")
@click.option(
    "--min-days",
    type=click.IntRange(1, LONGEST_STAY),
    help="Only those who may stay at least so many days in one visit.",
)
@format_option
@data_option
def command(
    on: date | None, passport: str, basis: str | None, min_days: int | None, form: str
) -> None:
    """List the nationalities that enter without a visa on a day.

    \b
    Examples:
      visamap partners --on 2024-12-31
      visamap partners --basis agreement --min-days 90 --format csv
    """
    registry = opened()
    day = on or today()
    found = registry.partners(on=day, passport=passport, basis=basis, min_days=min_days)
    asked = {"on": day, "passport": passport, "basis": basis, "min_days": min_days}
    totals = Note("totals", registry.totals(found)._asdict())
    show(envelope(registry, "partners", asked, found, [totals]), form)

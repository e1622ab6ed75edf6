"""``visamap claims``."""

from datetime import date

import click

from visamap.cli.base import Command, data_option, day_option, format_option
from visamap.cli.output import opened, show
from visamap.registry import questions
from visamap.vocabulary import CLAIMS


@click.command(cls=Command)
@day_option("--on", "Only figures said on this day, in its month or in its year.")
@click.option("--what", type=click.Choice(CLAIMS), help="Only figures of this kind.")
@format_option
@data_option
def command(on: date | None, what: str | None, form: str) -> None:
    """Lay published figures against our own data on their day.

    A figure is reproduced, lies within the bounds of what we know, is contradicted, or cannot be
    checked; the sentence beside it says why.

    \b
    Examples:
      visamap claims
      visamap claims --on 2024-12-15
      visamap claims --what rank --format markdown
    """
    show(questions.claims(opened(), on=on, what=what), form)

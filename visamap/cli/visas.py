"""``visamap visas``."""

from datetime import date

import click

from visamap.cli.base import Command, data_option, format_option, offering, on_option
from visamap.cli.output import opened, show, today
from visamap.i18n import tr
from visamap.registry import questions
from visamap.vocabulary import PURPOSES


@click.command(cls=Command)
@click.argument("code", shell_complete=offering("visas"), required=False)
@click.option(
    "--nationality",
    metavar="COUNTRY",
    shell_complete=offering("countries"),
    help="Also say what holds for this nationality: visa-free or not, invitation, e-visa.",
)
@click.option(
    "--for",
    "purpose",
    type=click.Choice(PURPOSES, case_sensitive=False),
    metavar="PURPOSE",
    help=f"Only those that serve this purpose: {', '.join(PURPOSES)}.",
)
@on_option
@format_option
@data_option
def command(
    code: str | None, nationality: str | None, purpose: str | None, on: date | None, form: str
) -> None:
    """Show the visa categories, or one of them in full.

    CODE is a code (B12-1) or a name (neo-nomad, "golden visa"); without it all categories of the
    day are listed.

    \b
    Examples:
      visamap visas
      visamap visas --for study --nationality India
      visamap visas neo-nomad
      visamap visas B12-1 --nationality IND --format json
    """
    if code is not None and purpose is not None:
        raise click.UsageError(tr("--for selects from the list; leave it out beside a CODE."))
    answer = questions.visas(
        opened(), on=on or today(), code=code, nationality=nationality, purpose=purpose
    )
    show(answer, form)

"""``visamap agreements``."""

from datetime import date
from typing import Any

import click

from visamap.cli.base import Command, data_option, format_option, offering, on_option
from visamap.cli.output import opened, show, today
from visamap.errors import together
from visamap.i18n import tr
from visamap.registry import questions
from visamap.vocabulary import ACTS_ASKED, AGREEMENT_EVENTS, PASSPORT_ALIASES, PASSPORTS, STATUSES

ANY_SPELLING = [status.replace("_", "-") for status in STATUSES if "_" in status]


@click.command(cls=Command)
@click.argument("act", metavar="[ID]", shell_complete=offering("acts"), required=False)
@click.option("--year", type=int, help="Only acts to which it happened in this year.")
@click.option(
    "--event",
    type=click.Choice(AGREEMENT_EVENTS),
    default="any",
    show_default=True,
    help="What happened; approved is by Kazakhstan, in-force is the entry into force.",
)
@click.option(
    "--partner",
    metavar="COUNTRY",
    shell_complete=offering("countries"),
    help="Only acts with this country: code or name.",
)
@click.option(
    "--status",
    type=click.Choice([*STATUSES, *ANY_SPELLING]),
    help="Only acts that stand so on the day asked.",
)
@click.option(
    "--passport",
    type=click.Choice([*PASSPORTS, *PASSPORT_ALIASES], case_sensitive=False),
    help="Only acts for this kind of passport.",
)
@click.option(
    "--kind",
    type=click.Choice(ACTS_ASKED),
    default="agreement",
    show_default=True,
    help="Agreements of all forms, Kazakhstan's own decrees, laws and orders, or all.",
)
@on_option
@format_option
@data_option
def command(act: str | None, on: date | None, form: str, **filters: Any) -> None:
    """List acts signed, approved, in force or ended, by year and partner.

    With an ID, show that act in full. An event of which only bounds are known is a possible match
    in each year that the bounds touch; drafts and leave to sign are not approval.

    \b
    Examples:
      visamap agreements --year 2024
      visamap agreements --year 2024 --event in-force --passport ordinary
      visamap agreements --partner Thailand --format json
      visamap agreements --status approved
      visamap agreements kaz-tha-2024
    """
    registry = opened()
    day = on or today()
    if act is not None:
        _refuse_filters(filters)
        show(questions.agreement(registry, act, on=day), form)
        return
    show(questions.agreements(registry, on=day, **filters), form)


def _refuse_filters(filters: dict[str, Any]) -> None:
    idle = questions.NO_FILTERS
    given = [f"--{name}" for name in idle if filters[name] != idle[name]]
    if given:
        raise click.UsageError(
            tr(
                "An ID shows one act in full, so {options} has nothing to choose; leave out "
                "either.",
                options=together(given),
            )
        )

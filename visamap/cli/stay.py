"""``visamap stay``."""

import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import click

from visamap.cli.base import (
    Command,
    data_option,
    format_option,
    offering,
    on_option,
    passport_option,
)
from visamap.cli.output import opened, show, speaks_utf8, today
from visamap.i18n import tr
from visamap.registry import questions
from visamap.results.check import closed_in_practice

if TYPE_CHECKING:
    from visamap.registry.trips import WrittenTrip
    from visamap.results.stay import StayAnswer

UNMET = 1


def _surely_possible(answer: "StayAnswer") -> bool:
    """Tell whether a plan is allowed for certain, to who owes nothing for an overstay.

    The border must not have been closed, not even perhaps, on the day of its entry.
    """
    plan = answer.plan
    return (
        plan is not None
        and plan.allowed is True
        and not answer.overstay_days
        and closed_in_practice(plan.advisories) is False
    )


MET: "dict[str, Callable[[StayAnswer], bool]]" = {
    "compliance": lambda answer: answer.in_compliance is True,
    "plan": _surely_possible,
}


@click.command(cls=Command)
@click.argument("nationality", metavar="COUNTRY", shell_complete=offering("countries"))
@click.option(
    "--trip",
    "trips",
    metavar="ENTRY/EXIT",
    multiple=True,
    help="A visit so far, both days counted; ENTRY/ while still inside. May be given many times.",
)
@click.option(
    "--trips",
    "path",
    metavar="FILE",
    shell_complete=offering("files"),
    help="Visits from a file: CSV with the columns entry,exit, or a JSON list.",
)
@click.option(
    "--plan",
    metavar="ENTRY/EXIT",
    help="Also say whether this visit to come is allowed, and how long it may be.",
)
@click.option(
    "--require",
    "required",
    type=click.Choice(list(MET)),
    multiple=True,
    help="Leave with status 1 unless every visit so far was lawful, or the plan is allowed, for "
    "certain, after no overstay and over no border closed in practice. May be given twice.",
)
@on_option
@passport_option
@format_option
@data_option
def command(
    nationality: str,
    trips: tuple[str, ...],
    path: str | None,
    plan: str | None,
    required: tuple[str, ...],
    on: date | None,
    passport: str,
    form: str,
) -> int:
    """Say how many days are left, the last day to leave, the first day back.

    COUNTRY is a code (THA, TH) or a name. Every day of a visit counts, the days of entry and exit
    too. Leave out visits made on a visa or a residence permit.

    \b
    Examples:
      visamap stay THA --trip 2026-01-03/2026-01-28 --trip 2026-03-01/2026-03-30
      visamap stay THA --trip 2026-01-03/ --on 2026-01-20
      visamap stay RUS --trips trips.csv --plan 2026-12-01/2026-12-31 --require plan
      visamap stay IND --trip 2026-05-01/2026-05-14 --format json
    """
    if "plan" in required and plan is None:
        raise click.UsageError(tr("--require plan asks about a plan; give one with --plan."))
    registry = opened()
    day = on or today()
    told: list[str | WrittenTrip] = list(trips)
    if path is not None:
        from visamap.cli.trips_file import read  # noqa: PLC0415  only a file pays for it

        told += read(path)
    answer = questions.stay(registry, nationality, told, on=day, plan=plan, passport=passport)
    answer.asked.update(file=path, require=list(required))
    show(answer, form, blocks=_draws_blocks())
    return 0 if all(MET[word](item) for word in required for item in answer.items) else UNMET


def _draws_blocks() -> bool:
    """Tell whether the output is a terminal that shows block characters."""
    return sys.stdout.isatty() and speaks_utf8()

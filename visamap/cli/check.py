"""``visamap check``."""

from datetime import date

import click

from visamap.arguments import LONGEST_STAY
from visamap.cli.base import (
    Command,
    data_option,
    format_option,
    offering,
    on_option,
    passport_option,
)
from visamap.cli.output import opened, show, today
from visamap.registry import questions
from visamap.results.check import CheckAnswer, closed_in_practice

UNMET = 1


@click.command(cls=Command)
@click.argument(
    "countries", metavar="COUNTRY...", shell_complete=offering("countries"), nargs=-1, required=True
)
@on_option
@passport_option
@click.option(
    "--days",
    type=click.IntRange(1, LONGEST_STAY),
    help="Also say whether one visit of so many days is allowed.",
)
@click.option(
    "--require",
    type=click.Choice(["visa-free"]),
    help="Leave with status 1 unless the answer is a certain visa-free.",
)
@click.option(
    "--law-only",
    is_flag=True,
    help="With --require: do not mind that the border was closed in practice.",
)
@click.option(
    "--reciprocity", is_flag=True, help="Also say what a citizen of Kazakhstan gets there."
)
@format_option
@data_option
def command(
    countries: tuple[str, ...],
    on: date | None,
    passport: str,
    days: int | None,
    require: str | None,
    law_only: bool,
    reciprocity: bool,
    form: str,
) -> int:
    """Say whether a nationality may enter Kazakhstan without a visa.

    COUNTRY is a code (THA, TH, 764) or a name in any language; several are the nationalities of one
    traveller, and the best is marked.

    \b
    Examples:
      visamap check THA
      visamap check THA --on 2025-03-01 --format json
      visamap check Türkiye Deutschland --days 60
      visamap check CHE --passport diplomatic --require visa-free
      visamap check THA --reciprocity
    """
    registry = opened()
    day = on or today()
    answer = questions.check(
        registry,
        countries,
        on=day,
        passport=passport,
        days=days,
        require=require,
        reciprocity=reciprocity,
    )
    show(answer, form)
    return UNMET if require and not any(_meets(item, law_only) for item in answer.items) else 0


def _meets(answer: CheckAnswer, law_only: bool) -> bool:
    # Whoever asks for a certain yes gets none where the border was perhaps still closed.
    closed = closed_in_practice(answer.advisories) is not False
    # A length of stay that nobody knows is no certain yes to the days asked.
    stays = answer.days_asked is None or answer.stay_allowed is True
    free = answer.verdict == "visa_free" and stays
    return answer.verdict == "citizen" or (free and (law_only or not closed))

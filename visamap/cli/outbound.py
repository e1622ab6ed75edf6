"""``visamap outbound``."""

from datetime import date

import click

from visamap.cli.base import Command, data_option, format_option, offering, on_option
from visamap.cli.output import opened, show, today
from visamap.registry import questions
from visamap.vocabulary import ANSWERED

WORDS = tuple(word.replace("_", "-") for word in ANSWERED)


@click.command(cls=Command)
@click.argument(
    "passports",
    metavar="PASSPORT...",
    shell_complete=offering("countries"),
    nargs=-1,
    required=True,
)
@click.option(
    "--to",
    metavar="COUNTRY",
    shell_complete=offering("countries"),
    help="Only this destination, in full.",
)
@on_option
@click.option(
    "--requirement",
    type=click.Choice(WORDS, case_sensitive=False),
    metavar="WORD",
    help=f"Only destinations that ask this: {', '.join(WORDS)}.",
)
@click.option(
    "--differ", is_flag=True, help="Only destinations that do not ask the same of all passports."
)
@click.option(
    "--best",
    is_flag=True,
    help="For each destination the best answer: a person who holds them all.",
)
@format_option
@data_option
def command(
    passports: tuple[str, ...],
    to: str | None,
    on: date | None,
    requirement: str | None,
    differ: bool,
    best: bool,
    form: str,
) -> None:
    """Say where a passport may go, and on what terms.

    PASSPORT is a country by code or name; several stand side by side. The five of Central Asia are
    bundled (KAZ, KGZ, TJK, TKM, UZB), by law and official lists first; `visamap update` brings the
    others, as a dataset sees them.

    \b
    Examples:
      visamap outbound KAZ
      visamap outbound KAZ --to THA --on 2024-05-01
      visamap outbound KAZ UZB --differ --requirement visa-free
      visamap outbound KAZ UZB --best --format csv
    """
    answer = questions.outbound(
        opened(),
        passports,
        on=on or today(),
        to=to,
        requirement=requirement,
        differ=differ,
        best=best,
    )
    show(answer, form)

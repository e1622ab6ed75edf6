"""``visamap card``."""

from typing import Any

import click

from visamap.cli import shared
from visamap.cli.output import opened
from visamap.cli.pictures import form_of, overwriting, wrote
from visamap.i18n import mark
from visamap.registry.asking import entered

CARDS = frozenset({".html"})
NO_CARD = mark(
    "{path!r}: a card is a web page; end the name in .html (a browser prints it, or saves a PDF)."
)


@click.command(cls=shared.Command)
@click.argument("nationality", metavar="COUNTRY", shell_complete=shared.offering("countries"))
@shared.country_option("--to", "The destination; that of the data if left out.", "destinations")
@shared.on_option
@shared.passport_option
@shared.output_option("The page to write; its name ends in .html.")
@overwriting
@shared.data_option
def command(to: str | None, output: str, overwrite: bool, **words: Any) -> None:
    """Write a card for the border: one page that names the act.

    It speaks the officer's language (`--lang`). There is a card only where entry without a visa is
    certain; else the reason is said and the status is 1. The page needs no network and prints on
    one sheet.

    \b
    Examples:
      visamap card DEU --to UZB --on 2027-06-01 --lang ru -o card.html
      visamap card THA -o card.html
    """
    form_of(output, overwrite, CARDS, NO_CARD)
    there = entered(opened(), to)
    with there.border:
        answer = there.card(**words)
    from visamap.pictures import printed  # noqa: PLC0415  a refusal draws nothing
    from visamap.render.phrases import said  # noqa: PLC0415

    wrote(output, printed.card(said(answer), there.data), overwrite)

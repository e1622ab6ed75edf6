"""``visamap ranks``."""

from datetime import date

import click

from visamap.cli import pictures
from visamap.cli.base import Command, data_option, day_option, format_option, offering
from visamap.cli.output import opened, show, speaks_utf8
from visamap.cli.pictures import overwrite_option, plot_option
from visamap.cli.saying import say
from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.registry import questions
from visamap.render import phrases
from visamap.vocabulary import FORMULAS

FOR_READERS = ("text", "markdown")
"""Forms that show the latest editions where nothing else is asked."""
NOT_THERE = ("no_ranks", "no_ranks_bundled")


@click.command(cls=Command)
@click.argument("passports", nargs=-1, metavar="[COUNTRY]...", shell_complete=offering("countries"))
@click.option(
    "--edition",
    metavar="latest|all|ID",
    help="The latest edition of each index, all, or one (2024-10, 2024). "
    "Left out: latest in text, all in data.",
)
@click.option("--index", metavar="NAME", help="Only this index: henley, passport-index ...")
@click.option("--since", metavar="DATE", help="Leave out editions before this day, month or year.")
@day_option("--on", "As of this day; the newest editions where it is left out.")
@click.option(
    "--formula",
    type=click.Choice(FORMULAS),
    help="Rank the snapshots anew under this formula instead.",
)
@plot_option
@overwrite_option
@format_option
@data_option
def command(
    passports: tuple[str, ...],
    edition: str | None,
    index: str | None,
    since: str | None,
    on: date | None,
    formula: str | None,
    plot: str | None,
    overwrite: bool,
    form: str,
) -> None:
    """Compare passports: ranks and scores of the indexes side by side.

    COUNTRY is a code (KAZ, KZ) or a name; left out, the five of Central Asia. What an index
    published and what visamap worked out itself stand apart, each with its method.

    \b
    Examples:
      visamap ranks KAZ UZB KGZ TJK TKM
      visamap ranks KAZ RUS --index henley --since 2020 --edition all
      visamap ranks --on 2024-12-04 --formula visa-free
      visamap ranks --plot ranks.svg
    """
    registry = opened()
    wanted = edition or ("latest" if form in FOR_READERS and not plot else "all")
    answer = questions.ranks(
        registry, passports, edition=wanted, index=index, since=since, on=on, formula=formula
    )
    if plot:
        if not any(rank.rank for rank in answer.items):
            raise WrongUsageError(
                tr("No rank is known under what was asked, so nothing is drawn; ask for less.")
            )
        for note in answer.notes:
            if note.code in NOT_THERE:
                say(phrases.note(note), err=True)
        pictures.plot(plot, "ranks", answer.items, registry.data, overwrite=overwrite)
        return
    show(answer, form, blocks=speaks_utf8())

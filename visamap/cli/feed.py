"""``visamap feed``."""

from datetime import date

import click

from visamap.cli import shared
from visamap.cli.output import library, opened
from visamap.cli.pictures import wrote
from visamap.cli.saying import say
from visamap.i18n import tr
from visamap.registry.asking import feed
from visamap.render.phrases import in_language
from visamap.vocabulary import FEED_FORMS
from visamap.writing import refuse_existing


@click.command(cls=shared.Command)
@click.argument("kind", metavar="atom|ics", type=shared.Closed(FEED_FORMS))
@shared.day_option("--since", "Only events of this day or later.")
@shared.to_option
@shared.output_option(
    "Write to this file; to the terminal or a pipe if left out.", required=False, default="-"
)
@shared.overwrite_option("Replace the file if it exists.")
@shared.data_option
def command(kind: str, since: date | None, to: str | None, output: str, overwrite: bool) -> None:
    """Write the dated events as an Atom feed or a calendar.

    Acts signed, approved, in force and ended, rules and suspensions that begin and end, as far as
    the day is known. The ids stay the same from release to release, so that no reader sees an event
    twice. The calendar needs the extra "feeds"; `visamap doctor` says how to add one.

    \b
    Examples:
      visamap feed atom -o kazakhstan.xml
      visamap feed atom --to UZB -o uzbekistan.xml
      visamap feed ics --since 2024-01-01 -o kazakhstan.ics --overwrite
    """
    if output != "-":
        refuse_existing(output, overwrite)
    form = library("feeds", f"visamap.feeds.{kind}", tr("A calendar"))
    data = form.data(in_language(feed(opened(), kind, since=since, to=to)))
    if output == "-":
        say(data, nl=False)  # bytes, as they are
    else:
        wrote(output, data, overwrite)

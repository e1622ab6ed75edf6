"""``visamap watch``."""

import sys
from contextlib import ExitStack
from typing import Any

import click

from visamap.cli import shared
from visamap.cli.output import opened, show
from visamap.data.text import folder_of, named_file
from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.registry.asking import envelope
from visamap.results.data_results import FINDINGS
from visamap.store.tables import LAW, in_checkout
from visamap.vocabulary import SOURCE_KINDS

FOUND, NO_NETWORK = 1, 4
A_DAY = 24 * 60
USUAL_ARCHIVE = ""
"""What ``--archive`` means without an address."""


@click.command(cls=shared.Command)
@click.argument("sources", nargs=-1)
@click.option(
    "--kind",
    "kinds",
    type=shared.Closed(SOURCE_KINDS),
    multiple=True,
    help="Ask sources of this kind; may be given several times. Without it: law, official pages "
    "and government pages.",
)
@click.option(
    "--update", is_flag=True, help="Keep what the pages say now, to compare with from now on."
)
@click.option(
    "--archive",
    metavar="[URL]",
    is_flag=False,
    flag_value=USUAL_ARCHIVE,
    help="Also ask a web archive for a copy of each page whose source names none.",
)
@click.option(
    "--pause",
    type=click.FloatRange(0, 600),
    default=5,
    show_default=True,
    help="Seconds between two questions to one host; its robots.txt may ask for more.",
)
@click.option(
    "--minutes",
    type=click.FloatRange(0, A_DAY, min_open=True),
    default=60,
    show_default=True,
    help="Ask nothing more after so many minutes.",
)
@shared.form_option("text", "json", "markdown")
@shared.data_option
def command(
    sources: tuple[str, ...],
    kinds: tuple[str, ...],
    update: bool,
    archive: str | None,
    pause: float,
    minutes: float,
    form: str,
) -> int:
    """Ask the pages on which facts rest whether they changed.

    SOURCES are ids of sources.yaml; without them all of the kinds that are asked for. Only these
    addresses are asked, one after the other, as the robots.txt of each host allows. What a page
    says is compared with its fingerprint in watch.json, beside sources.yaml. Pages that need a look
    are listed with the records that rest on them, rules in force first.

    Exits with status 1 when a page needs a look, 4 when none could be reached.

    \b
    Examples:
      visamap watch
      visamap watch --kind law --format markdown
      visamap watch --update
    """
    from visamap.update.page_watch import ARCHIVE, KINDS, Order, watch  # noqa: PLC0415

    named = click.get_current_context().ensure_object(dict).get("data")
    if named is None and not in_checkout():
        raise WrongUsageError(
            tr("Which data is to be kept true? Name its file or folder with --data.")
        )
    folder = folder_of(named_file(named or LAW))
    registry = opened()
    order = Order(registry.today(), kinds or KINDS, sources, pause, minutes * 60)
    order = order._replace(archive=ARCHIVE if archive == USUAL_ARCHIVE else archive)
    with ExitStack() as stack:

        def shown(pages: Any) -> Any:
            return stack.enter_context(click.progressbar(pages, file=sys.stderr))

        wrap = shown if sys.stderr.isatty() else iter
        found = watch(folder, registry.resting(), order, update=update, wrap=wrap)
    asked = {"on": order.on, "kinds": order.kinds, "sources": sources, "update": update}
    show(envelope(registry, "watch", asked, found), form)
    went = {one.state for one in found} - {"exempt", "due", "not_asked"}
    if went == {"unreachable"}:
        return NO_NETWORK
    return FOUND if any(one.state in FINDINGS for one in found) else 0

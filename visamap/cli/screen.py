"""``visamap screen``."""

import click

from visamap.cli.base import Closed, Command, data_option, offering, to_option
from visamap.cli.output import opened
from visamap.cli.saying import progress, say
from visamap.i18n import entering, tr

FINDINGS = 1
ROLES = ("nationality", "arrival", "departure", "passport", "destination")


def _headings(_ctx: click.Context, param: click.Parameter, value: str | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in value.split(",") if value else ():
        role, equals, heading = pair.partition("=")
        role = role.strip().lower()
        if not equals or not heading.strip() or role not in ROLES or role in found:
            raise click.BadParameter(
                tr(
                    "{pair!r} is not ROLE=HEADING; the roles are {roles}, for example "
                    "nationality=Nat,arrival=Date.",
                    pair=pair,
                    roles=", ".join(ROLES),
                ),
                param=param,
            )
        found[role] = heading.strip()
    return found


@click.command(cls=Command)
@click.argument("source", metavar="IN", shell_complete=offering("files"))
@click.option(
    "-o",
    "--output",
    "target",
    metavar="OUT",
    shell_complete=offering("files"),
    required=True,
    help="The list with the answers.",
)
@click.option(
    "--map",
    "headings",
    metavar="ROLE=HEADING,...",
    callback=_headings,
    help="Which columns are nationality, arrival, departure, passport, destination where they have "
    "other names.",
)
@to_option
@click.option(
    "--prefix", metavar="TEXT", default="", help="A prefix for the names of the added columns."
)
@click.option("--strict", is_flag=True, help="Exit with status 1 if a row could not be read.")
@click.option("--overwrite", is_flag=True, help="Replace OUT if it exists.")
@click.option(
    "--engine",
    type=Closed(["auto", "arrow", "spark", "plain"]),
    default="auto",
    show_default=True,
    help="The engine; auto is Arrow, or plain Python for short lists where Arrow is missing.",
)
@click.option("--master", metavar="URL", help="With --engine spark: the cluster, or local[2].")
@data_option
def command(
    source: str,
    target: str,
    headings: dict[str, str],
    to: str | None,
    prefix: str,
    strict: bool,
    overwrite: bool,
    engine: str,
    master: str | None,
) -> int:
    """Answer a whole list of travellers, from ten rows to a cluster.

    IN and OUT are CSV, JSON Lines or Parquet by their ending (.csv, .jsonl, .ndjson, .parquet); -
    is CSV on standard input or output. IN has the columns nationality (any code or name) and
    arrival (YYYY-MM-DD), and may have departure, passport and destination: which of the five each
    row is about, that of --to where it is empty. OUT has every row of IN in its order, its own
    columns unchanged, followed by verdict, max_stay_days, stay_allowed (where a departure is
    given), regime, basis, advisory, confidence, problem, reason and destination. A row that cannot
    be read has a problem and no verdict. Whoever may not read IN may not read OUT either.

    Needs the extra "bulk" for more than a few thousand rows, "spark" for a cluster.

    \b
    Examples:
      visamap screen guests.csv -o answers.csv
      visamap screen guests.csv -o - --map nationality=Nat,arrival=Date
      visamap screen in.parquet -o out.parquet --strict
      visamap screen guests.csv -o answers.csv --to UZB
      visamap screen in.parquet -o out.parquet --engine spark --master local[2]
    """
    if master and engine != "spark":
        raise click.UsageError(tr("--master is for a cluster; add --engine spark."))
    registry = opened().entering(to) if to else opened()
    with progress(tr("Screening")) as told:
        found = registry.screen(
            source,
            target,
            columns=headings,
            prefix=prefix,
            engine=engine,
            master=master,
            overwrite=overwrite,
            progress=told,
        )
    from visamap.render.screen_text import text  # noqa: PLC0415  the help page needs none

    with entering(registry.index.destination.profile):
        say(text(found), err=True)
    return FINDINGS if strict and found.problems else 0

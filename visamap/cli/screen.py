"""``visamap screen``."""

from typing import Any

import click

from visamap.cli import shared
from visamap.cli.output import opened
from visamap.cli.saying import progress, say
from visamap.i18n import entering, tr
from visamap.vocabulary import PASSPORT_NAMES, PASSPORTS

FINDINGS = 1
ROLES = ("nationality", "arrival", "departure", "passport", "destination")


def _headings(
    _ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in (pair for value in values for pair in value.split(",")):
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


@click.command(cls=shared.Command)
@click.argument("source", metavar="IN", shell_complete=shared.offering("files"))
@shared.output_option("The list with the answers.", "OUT")
@click.option(
    "--map",
    "columns",
    metavar="ROLE=HEADING,...",
    callback=_headings,
    multiple=True,
    help="Which columns are nationality, arrival, departure, passport, destination where they have "
    "other names; may be given several times.",
)
@shared.to_option
@click.option(
    "--dates",
    type=shared.Closed(["dmy", "mdy", "ymd"]),
    help="The order of days like 01/02/2026; settled by all days of IN if left out.",
)
@click.option(
    "--encoding", metavar="NAME", help="The encoding of IN: utf-8, utf-16, cp1251, cp1252."
)
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook, by its name or number.")
@click.option(
    "--default-passport",
    type=shared.Closed(PASSPORTS, PASSPORT_NAMES),
    default="ordinary",
    show_default=True,
    help="The kind of passport where the list says none.",
)
@click.option("--duties", is_flag=True, help="Add register_by, permit and evisa_apply_by.")
@click.option("--only", type=shared.Closed(["problems"]), help="Write only rows with a problem.")
@click.option("--excel", is_flag=True, help="Begin CSV with the mark by which Excel knows UTF-8.")
@click.option("--safe-cells", is_flag=True, help="Put ' before formulas in CSV.")
@click.option(
    "--prefix", metavar="TEXT", default="", help="A prefix for the names of the added columns."
)
@click.option("--strict", is_flag=True, help="Exit with status 1 if a row could not be read.")
@shared.overwrite_option("Replace OUT if it exists.")
@click.option(
    "--engine",
    type=shared.Closed(["auto", "arrow", "spark", "plain"]),
    default="auto",
    show_default=True,
    help="The engine; auto is Arrow, or plain Python for short lists where Arrow is missing.",
)
@click.option("--master", metavar="URL", help="With --engine spark: the cluster, or local[2].")
@shared.data_option
def command(
    source: str,
    output: str,
    to: str | None,
    strict: bool,
    engine: str,
    master: str | None,
    **words: Any,
) -> int:
    """Answer a whole list of travellers, from ten rows to a cluster.

    IN and OUT are CSV (.csv, .tsv, .txt), JSON Lines (.jsonl, .ndjson), Parquet or workbooks
    (.xlsx) by their ending; IN may be a JSON array or packed (.gz, .zst); - is CSV on standard
    input or output. IN has the columns nationality (any code or name) and arrival, and may have
    departure, passport and destination: which of the five each row is about, that of --to where it
    is empty. Headings are known in English, Kazakh, Russian and German. OUT has every row of IN in
    its order, its own columns unchanged, followed by verdict, max_stay_days,
    visit_alone_visa_free (where a departure is given), regime, basis, advisory, confidence,
    problem, reason, destination and suggestion. A row without a readable nationality, arrival and
    destination has no verdict. Whoever may not read IN may not read OUT either.

    Needs the extra "bulk" for more than a few thousand rows, "excel" for workbooks, "spark" for a
    cluster.

    \b
    Examples:
      visamap screen guests.csv -o answers.csv
      visamap screen guests.xlsx -o answers.xlsx --duties
      visamap screen guests.csv -o - --map nationality=Nat --map arrival=Date
      visamap screen in.parquet -o out.parquet --strict
      visamap screen guests.csv -o answers.csv --to UZB
      visamap screen in.parquet -o out.parquet --engine spark --master local[2]
    """
    if master and engine != "spark":
        raise click.UsageError(tr("--master is for a cluster; add --engine spark."))
    registry = opened().entering(to) if to else opened()
    with progress(tr("Screening")) as told:
        found = registry.screen(
            source, output, engine=engine, master=master, progress=told, **words
        )
    from visamap.render.screen_text import text  # noqa: PLC0415  the help page needs none

    with entering(registry.index.destination.profile):
        say(text(found), err=True)
    return FINDINGS if strict and found.problems else 0

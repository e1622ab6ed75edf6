"""``visamap export``."""

import os

import click

from visamap.cli import shared
from visamap.cli.folders import write_folder
from visamap.cli.output import opened
from visamap.cli.saying import say
from visamap.errors import WrongUsageError, shortened
from visamap.export.formats import (
    FOLDERS,
    FORMS,
    PACKAGE,
    TABLE_FORMS,
    Made,
    dyads_made,
    made,
    table_made,
)
from visamap.i18n import tr, trn
from visamap.registry.asking import destinations
from visamap.writing import refuse_existing, write_output

STDOUT = "-"
MEGABYTE = 1_000_000
LONGEST_MOMENT = 11
"""Digits of the seconds up to the year 5138; Python knows no year past 9999."""


@click.command(cls=shared.Command)
@click.argument("form", metavar="FORMAT", type=shared.Closed(FORMS))
@shared.output_option(
    "The file or folder to write; - is stdout, for json, rules and dyads.", "PATH"
)
@click.option(
    "--to",
    multiple=True,
    metavar="COUNTRY|all",
    shell_complete=shared.offering("destinations"),
    help="Only this destination, several, or all; if left out rules tell of that of the data, "
    "everything else of all in its release.",
)
@shared.overwrite_option("Replace what an earlier export wrote there.")
@shared.data_option
def command(form: str, output: str, to: tuple[str, ...], overwrite: bool) -> None:
    """Write the data itself as a file or folder, for other programs.

    \b
    FORMAT is one of
      json         one document, records as in the data file
      csv          a folder of tables
      sqlite       one file of tables, with keys (opens in Datasette)
      parquet      a folder of tables (needs the extra "bulk")
      datapackage  the csv folder with schemas, keys, sources, licence
      rules        one table to join with: nationality, passport, first
                   and last day, destination -> answer; by the name of
                   PATH .csv, .json, .jsonl or .parquet
      dyads        for research: a row for each nationality, destination
                   and year from 2012; by the name of PATH like rules, .md
                   for the codebook, without an ending a data package

    The same data gives the same bytes. A package is dated by SOURCE_DATE_EPOCH, or else by the day
    of release.

    \b
    Examples:
      visamap export rules -o rules.csv
      visamap export rules -o rules.parquet --to all
      visamap export dyads -o dyads.csv
      visamap export sqlite -o visamap.sqlite
      visamap export datapackage -o package
    """
    table_form = _table_form(form, output)
    folder = form in FOLDERS or table_form == PACKAGE
    if output == STDOUT and (folder or form == "sqlite"):
        raise WrongUsageError(
            tr("{form!r} cannot be written to stdout; name a file with -o.", form=form)
        )
    if output != STDOUT:
        refuse_existing(output, overwrite)
    moment = None if form == "rules" else _moment()
    registry = opened()
    homes = dict.fromkeys(destinations(registry, to))
    if table_form is None:
        done = made(registry.export(*homes), form, moment)
    elif form == "rules":
        done = table_made(registry.rules(*homes), table_form)
    else:
        done = dyads_made(registry.dyads(*homes), table_form, moment)
    if folder:
        write_folder(output, done.files, overwrite)
    elif output == STDOUT:
        say(done.file, nl=False)
    else:
        write_output(output, done.file, overwrite)
    _remark(done, output)


def _table_form(form: str, output: str) -> str | None:
    """Return the form that a name asks for of a table that is written alone; else nothing."""
    forms = TABLE_FORMS.get(form)
    if forms is None:
        return None
    ending = "csv" if output == STDOUT else os.path.splitext(output)[1].lower().removeprefix(".")
    if ending not in forms:
        raise WrongUsageError(
            tr(
                "{path!r} does not tell in which form {table} should be written; let the name end "
                "in {endings}.",
                path=output,
                table=form,
                endings=", ".join(f".{known}" for known in forms if known),
            )
        )
    return ending


def _moment() -> int | None:
    """Return the moment that SOURCE_DATE_EPOCH names, seconds since 1970."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_MOMENT):
        value = shortened(text)
        raise WrongUsageError(
            tr("SOURCE_DATE_EPOCH is {value!r}; it must be seconds since 1970.", value=value)
        )
    return int(text)


def _remark(done: Made, output: str) -> None:
    if output != STDOUT:
        size = sum(map(len, done.files.values()))
        said = trn(
            "Wrote {path}: {n} file, {size}.",
            "Wrote {path}: {n} files, {size}.",
            len(done.files),
            path=output,
            size=_told(size),
        )
        say(said, err=True)
    if done.disarmed:
        said = trn(
            "Put an apostrophe before {n} cell that a spreadsheet would run as a formula; json, "
            "sqlite and parquet keep it unchanged.",
            "Put an apostrophe before {n} cells that a spreadsheet would run as formulas; json, "
            "sqlite and parquet keep them unchanged.",
            done.disarmed,
        )
        say(said, err=True)


def _told(size: int) -> str:
    if size > MEGABYTE:
        return tr("{size} MB", size=f"{size / 1e6:.1f}")
    return tr("{size} kB", size=f"{size / 1e3:.0f}")

"""``visamap export``."""

import os

import click

from visamap.cli.base import Closed, Command, data_option, offering
from visamap.cli.folders import write_folder
from visamap.cli.output import opened
from visamap.cli.saying import say
from visamap.errors import WrongUsageError, shortened
from visamap.export.formats import (
    FOLDERS,
    FORMS,
    RULES_FORMS,
    Made,
    made,
    rules_made,
)
from visamap.i18n import tr, trn
from visamap.writing import refuse_existing, write_output

STDOUT = "-"
MEGABYTE = 1_000_000
LONGEST_MOMENT = 11
"""Digits of the seconds up to the year 5138; Python knows no year past 9999."""


@click.command(cls=Command)
@click.argument("form", metavar="FORMAT", type=Closed(FORMS))
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    shell_complete=offering("files"),
    required=True,
    help="The file or folder to write; - is stdout, for json and rules.",
)
@click.option("--overwrite", is_flag=True, help="Replace what an earlier export wrote there.")
@data_option
def command(form: str, output: str, overwrite: bool) -> None:
    """Write the data itself as a file or folder, for other programs.

    \b
    FORMAT is one of
      json         one document, records as in the data file
      csv          a folder of tables
      sqlite       one file of tables, with keys (opens in Datasette)
      parquet      a folder of tables (needs the extra "bulk")
      datapackage  the csv folder with schemas, keys, sources, licence
      rules        one table to join with: nationality, passport, first
                   and last day -> answer; by the name of PATH .csv,
                   .json, .jsonl or .parquet

    The same data gives the same bytes. A package names the moment in
    SOURCE_DATE_EPOCH as its own, or else the day of release.

    \b
    Examples:
      visamap export rules -o rules.csv
      visamap export sqlite -o visamap.sqlite
      visamap export datapackage -o package
    """
    rules_form = _rules_form(form, output)
    folder = form in FOLDERS
    if output == STDOUT and (folder or form == "sqlite"):
        raise WrongUsageError(tr("{form!r} cannot go to stdout; give -o a name.", form=form))
    if output != STDOUT:
        refuse_existing(output, overwrite)
    registry = opened()
    if rules_form:
        done = rules_made(registry.rules(), rules_form)
    else:
        done = made(registry.export(), form, _moment())
    if folder:
        write_folder(output, done.files, overwrite)
    elif output == STDOUT:
        say(done.file, nl=False)
    else:
        write_output(output, done.file, overwrite)
    _remark(done, output)


def _rules_form(form: str, output: str) -> str | None:
    """Return the form of the decision table that a name asks for, where it is asked at all."""
    if form != "rules":
        return None
    ending = "csv" if output == STDOUT else os.path.splitext(output)[1].lower().removeprefix(".")
    if ending not in RULES_FORMS:
        raise WrongUsageError(
            tr(
                "{path!r} does not say which form the rules should have; let the name end in "
                "{endings}.",
                path=output,
                endings=", ".join(f".{known}" for known in RULES_FORMS),
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
            "Disarmed {n} cell that a spreadsheet would run as a formula, with a leading "
            "apostrophe; json, sqlite and parquet have it as it is.",
            "Disarmed {n} cells that a spreadsheet would run as a formula, with a leading "
            "apostrophe; json, sqlite and parquet have them as they are.",
            done.disarmed,
        )
        say(said, err=True)


def _told(size: int) -> str:
    if size > MEGABYTE:
        return tr("{size} MB", size=f"{size / 1e6:.1f}")
    return tr("{size} kB", size=f"{size / 1e3:.0f}")

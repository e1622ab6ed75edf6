"""Options that commands share; imports nothing but click, for the help page needs no data."""

from typing import TYPE_CHECKING

import click

from visamap.vocabulary import PASSPORT_ALIASES, PASSPORTS

if TYPE_CHECKING:
    from datetime import date

LONGEST_STAY = 3650
"""Days that a visit can be asked for; more is a slip."""
FORMATS = ("text", "json", "jsonl", "csv", "markdown")


def _as_day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> "date | None":
    from visamap.arguments import as_day  # noqa: PLC0415  the help page needs no days

    return None if value is None else as_day(value)


def _keep_data(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.ensure_object(dict)["data"] = value


data_option = click.option(
    "--data",
    metavar="FILE",
    envvar="VISAMAP_DATA",
    expose_value=False,
    callback=_keep_data,
    help="Use this data file instead of the shipped one.",
)
on_option = click.option(
    "--on",
    metavar="YYYY-MM-DD",
    callback=_as_day,
    help="The day asked; today where it is left out.",
)
passport_option = click.option(
    "--passport",
    type=click.Choice([*PASSPORTS, *PASSPORT_ALIASES], case_sensitive=False),
    default="ordinary",
    show_default=True,
    help="The kind of passport.",
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="The form of the answer.",
)

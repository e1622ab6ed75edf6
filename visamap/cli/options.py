"""Options that commands share, and the two things each command does with them: open and show."""

import shutil
import sys
from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from visamap.registry import Registry, as_day, load
from visamap.results.parts import Envelope, Note
from visamap.vocabulary import PASSPORT_ALIASES, PASSPORTS

if TYPE_CHECKING:
    from collections.abc import Iterable

F = TypeVar("F", bound=Callable[..., Any])

WIDEST = 80
LONGEST_STAY = 3650
"""Days that a visit can be asked for; more is a slip."""
FORMATS = ("text", "json", "jsonl", "csv", "markdown")


def _as_day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    return None if value is None else as_day(value)


def today() -> date:
    """Return the traveller's day: the date where the command runs."""
    return datetime.now().astimezone().date()


def _keep_data(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.ensure_object(dict)["data"] = value


data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
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


def opened() -> Registry:
    """Open the data that the command line names, or the shipped data."""
    return load(click.get_current_context().ensure_object(dict).get("data"))


def envelope(
    registry: Registry,
    command: str,
    asked: dict[str, Any],
    items: "Iterable[Any]",
    notes: "Iterable[Note]" = (),
) -> Envelope:
    """Wrap items as every door returns them; a day after the release is remarked on."""
    remarks = list(notes)
    release, on = registry.data.release, asked.get("on")
    if on and on > release:
        remarks.append(Note("as_known_on", {"release": release.isoformat()}))
    return Envelope(command, registry.data, asked, tuple(items), tuple(remarks))


def show(answer: Envelope, form: str) -> None:
    """Print an answer in the form that was asked for."""
    if form == "json":
        from visamap.presenters import json_form  # noqa: PLC0415  each form pays for itself

        click.echo(json_form.text(answer))
    elif form == "jsonl":
        from visamap.presenters import json_form  # noqa: PLC0415

        for line in json_form.lines(answer):
            click.echo(line)
    elif form == "csv":
        from visamap.presenters import csv_form  # noqa: PLC0415

        click.echo(csv_form.text(answer), nl=False)
    elif form == "markdown":
        from visamap.presenters import markdown  # noqa: PLC0415

        click.echo(markdown.text(answer))
    else:
        presenter = import_module(f"visamap.presenters.{answer.command}_text")
        click.echo(presenter.text(answer, _width()))


def _width() -> int:
    if not sys.stdout.isatty():
        return WIDEST
    return min(WIDEST, shutil.get_terminal_size().columns)

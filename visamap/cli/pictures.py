"""Where a picture goes, and in which form: the end of the file's name decides."""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from visamap.cli.base import offering
from visamap.cli.saying import say
from visamap.errors import MissingExtraError, WrongUsageError
from visamap.i18n import current, tr
from visamap.writing import refuse_existing, write_output

FORMS = (".svg", ".png", ".html")

plot_option = click.option(
    "--plot",
    metavar="FILE",
    shell_complete=offering("files"),
    help="Draw a chart into FILE (.svg, .png, .html) instead of listing; extra `pictures`.",
)
overwrite_option = click.option("--overwrite", is_flag=True, help="Replace FILE if it is there.")


def form_of(path: str, *, overwrite: bool) -> str:
    """Return the form that a file's name asks for; called early, it spares the work.

    Raises:
        WrongUsageError: the name asks for no form that we draw.
        OutputExistsError: the file is there and is not to be replaced.
    """
    form = os.path.splitext(path)[1].lower()
    if form not in FORMS:
        raise WrongUsageError(
            tr(
                "{path!r} does not say which picture is meant; end the name in .svg, .png or "
                ".html.",
                path=path,
            )
        )
    refuse_existing(path, overwrite)
    return form


def draw(
    path: str, svg: Callable[[], str], html: Callable[[], str], *, overwrite: bool = False
) -> None:
    """Write a picture; ``svg`` and ``html`` make it.

    Raises:
        WrongUsageError: the name asks for no form that we draw, or an extra is missing.
        OutputExistsError: the file is there and is not to be replaced.
        OutputError: the file cannot be written.
    """
    form = form_of(path, overwrite=overwrite)
    made: Any
    if form == ".html":
        made = html()
    elif form == ".svg":
        made = svg()
    else:
        from visamap.pictures.raster import png  # noqa: PLC0415  only a PNG needs it

        made = png(svg())
    write_output(path, made, overwrite)
    say(tr("Wrote {path}.", path=path), err=True)


def plot(path: str, chart: str, *results: Any, overwrite: bool = False) -> None:
    """Write a chart; ``results`` are what ``visamap.pictures.charts_...`` draws.

    Raises:
        WrongUsageError: the name asks for no form that we draw, or an extra is missing.
        OutputExistsError: the file is there and is not to be replaced.
        OutputError: the file cannot be written.
    """
    form_of(path, overwrite=overwrite)
    if sys.flags.optimize > 1:  # Altair reads its own documentation
        raise WrongUsageError(
            tr("Charts need Python's docstrings; unset {variable}.", variable="PYTHONOPTIMIZE")
        )
    try:
        charts = import_module("visamap.pictures.charts")
        room = import_module(f"visamap.pictures.charts_{chart}")
    except ImportError as error:
        raise MissingExtraError("pictures", tr("A chart")) from error
    from visamap.render.phrases import said  # noqa: PLC0415  English pays nothing

    shown = results if current() == "en" else said(results)
    drawn = room.specification(*shown)
    draw(
        path,
        lambda: charts.svg(drawn),
        lambda: charts.html(drawn, room.HEADINGS, room.table(shown[0])),
        overwrite=overwrite,
    )

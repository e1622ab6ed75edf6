"""Where a picture goes, and in which form: the end of the file's name decides."""

import os
from collections.abc import Callable
from typing import Any

import click

from visamap.cli.base import offering
from visamap.cli.saying import say
from visamap.errors import WrongUsageError
from visamap.i18n import current, tr

FORMS = (".svg", ".png", ".html")

plot_option = click.option(
    "--plot",
    metavar="FILE",
    shell_complete=offering("files"),
    help="Draw a chart into FILE instead of listing; .svg, .html or .png (extra `pictures`).",
)
overwrite_option = click.option("--overwrite", is_flag=True, help="Replace FILE if it exists.")


def form_of(path: str, *, overwrite: bool) -> str:
    """Return the form that a file's name asks for; called early, it spares the work.

    Raises:
        WrongUsageError: the name asks for no form that we draw.
        OutputExistsError: the file is there and is not to be replaced.
    """
    from visamap.writing import refuse_existing  # noqa: PLC0415  only a picture is written

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
    from visamap.writing import write_output  # noqa: PLC0415  only a picture is written

    form = form_of(path, overwrite=overwrite)
    made: Any
    if form == ".html":
        made = html()
    elif form == ".svg":
        made = svg()
    else:
        from visamap.pictures.drawing import png  # noqa: PLC0415  only a PNG needs it

        made = png(svg())
    write_output(path, made, overwrite)
    say(tr("Wrote {path}.", path=path), err=True)


def plot(path: str, chart: str, of: Any, *results: Any, overwrite: bool = False) -> None:
    """Write a chart; ``chart`` names what draws ``results``: growth, timeline or ranks.

    Its words name the destination ``of`` an answer.

    Raises:
        WrongUsageError: the name asks for no form that we draw, or an extra is missing.
        OutputExistsError: the file is there and is not to be replaced.
        OutputError: the file cannot be written.
    """
    form_of(path, overwrite=overwrite)
    from visamap.pictures import charts  # noqa: PLC0415  only a chart needs them
    from visamap.render.phrases import entering, said  # noqa: PLC0415  English pays nothing

    with entering(of):
        drawn = getattr(charts, chart)(*(results if current() == "en" else said(results)))
        draw(path, lambda: drawn.svg, drawn.html, overwrite=overwrite)

"""What is carried away as a file: pictures, pages, calendars; the end of its name decides."""

import os
from collections.abc import Callable
from typing import Any

from visamap.cli import shared
from visamap.cli.output import library
from visamap.cli.saying import say
from visamap.errors import WrongUsageError
from visamap.i18n import mark, tr
from visamap.results.parts import Envelope

PICTURES = (".svg", ".png", ".html")
NO_PICTURE = mark(
    "{path!r} does not say which picture is meant; end the name in .svg, .png or .html."
)
JOURNEYS = {".html": "visamap.pictures.printed", ".ics": "visamap.feeds.ics"}
NO_JOURNEY = mark("{path!r} does not say which form is meant; end the name in .html or .ics.")

plot_option = shared.file_option(
    "--plot",
    words="Draw a chart into FILE instead of listing; .svg, .html or .png (extra `pictures`).",
)
overwriting = shared.overwrite_option("Replace FILE if it exists.")


def form_of(path: str, overwrite: bool, forms: Any = PICTURES, otherwise: str = NO_PICTURE) -> str:
    """Return the form that a file's name asks for; called early, it spares the work.

    What is ``otherwise`` said refuses a name that asks for no form of ours.
    """
    from visamap.writing import refuse_existing  # noqa: PLC0415  only a file needs it

    form = os.path.splitext(path)[1].lower()
    if form not in forms:
        raise WrongUsageError(tr(otherwise, path=path))
    refuse_existing(path, overwrite)
    return form


def wrote(path: str, content: str | bytes, overwrite: bool) -> None:
    """Write a file, and say so."""
    from visamap.writing import write_output  # noqa: PLC0415  only a file needs it

    write_output(path, content, overwrite)
    say(tr("Wrote {path}.", path=path), err=True)


def draw(
    path: str, svg: Callable[[], str], html: Callable[[], str], overwrite: bool = False
) -> None:
    """Write a picture; ``svg`` and ``html`` make it."""
    form = form_of(path, overwrite)
    if form == ".png":
        from visamap.pictures.drawing import png  # noqa: PLC0415  only a PNG needs it

        wrote(path, png(svg()), overwrite)
    else:
        wrote(path, html() if form == ".html" else svg(), overwrite)


def plot(path: str, chart: str, of: Any, *results: Any, overwrite: bool = False) -> None:
    """Write a chart; ``chart`` names what draws ``results``: growth, timeline or ranks.

    Its words name the destination ``of`` an answer.
    """
    form_of(path, overwrite)
    from visamap.pictures import charts  # noqa: PLC0415  only a chart needs them
    from visamap.render.phrases import entering, said  # noqa: PLC0415

    with entering(of):
        drawn = getattr(charts, chart)(*said(results))
        draw(path, lambda: drawn.svg, drawn.html, overwrite)


def journey(path: str, overwrite: bool) -> Callable[[Envelope], None]:
    """Return what writes a journey at ``path``; what can be refused is refused at once."""
    form = form_of(path, overwrite, JOURNEYS, NO_JOURNEY)
    room = library("feeds", JOURNEYS[form], tr("A calendar"))

    def written(answer: Envelope) -> None:
        from visamap.render.phrases import entering, in_language  # noqa: PLC0415  as above

        with entering(answer):
            content = room.journey(in_language(answer))
        wrote(path, content, overwrite)

    return written

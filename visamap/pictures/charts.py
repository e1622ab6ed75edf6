"""What all charts share: type, colours, the axis of time, and how one becomes a file.

With ``charts_growth``, ``charts_timeline`` and ``charts_ranks`` the only room of Altair, of the
extra ``pictures``. Days are drawn as days of UTC, so that a picture is the same everywhere.
"""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import altair as alt

from visamap.i18n import tr
from visamap.pictures import picture_page
from visamap.pictures.palette import PAPER, QUIET, SEA, TEXT
from visamap.pictures.raster import chart_svg

FONT = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'Noto Sans', sans-serif"
WIDTH = 900
Row = dict[str, Any]


def rows_of(rows: Sequence[Row]) -> alt.Chart:
    """Return an empty chart of these rows."""
    return alt.Chart(alt.InlineData(values=list(rows)))


def time_axis(field: str, first: date, last: date, **more: Any) -> alt.X:
    """Return the axis of time, a tick a year."""
    domain = [
        alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True)
        for day in (first, last)
    ]
    years = last.year - first.year
    axis = alt.Axis(
        format="%Y",
        tickCount=alt.TimeIntervalStep(interval="year", step=1 if years <= 15 else 2),  # noqa: PLR2004
        title=None,
        grid=False,
        labelFlush=False,
    )
    scale = alt.Scale(type="utc", domain=domain, nice=False)
    return alt.X(f"{field}:T", scale=scale, axis=more.pop("axis", axis), **more)


def finished(chart: Any, title: str, subtitle: str) -> dict[str, Any]:
    """Return a chart as a Vega-Lite specification, with its title and the look of all charts."""
    headed = chart.properties(
        title=alt.TitleParams(
            text=title,
            subtitle=subtitle,
            anchor="start",
            frame="group",
            fontSize=22,
            fontWeight=700,
            color=TEXT.light,
            subtitleFontSize=14,
            subtitleColor=QUIET.light,
            subtitlePadding=6,
            offset=22,
        ),
        padding=24,
        background=PAPER.light,
    )
    looks = headed.configure(font=FONT).configure_view(stroke=None)
    drawn: dict[str, Any] = looks.configure_axis(
        labelFontSize=13,
        labelColor=QUIET.light,
        titleFontSize=13,
        titleColor=QUIET.light,
        titleFontWeight=400,
        domainColor=QUIET.light,
        tickColor=QUIET.light,
        gridColor=SEA.dark,
        gridOpacity=0.08,
    ).to_dict()
    return drawn


def svg(specification: dict[str, Any]) -> str:
    """Return a chart as SVG.

    Raises:
        MissingExtraError: vl-convert is not installed.
    """
    return chart_svg(specification)


def html(specification: dict[str, Any], headings: Sequence[str], rows: Sequence[Any]) -> str:
    """Return a chart as one HTML file with its numbers as a table.

    Raises:
        MissingExtraError: vl-convert is not installed.
    """
    title = specification["title"]["text"]
    drawn = svg(specification).replace('class="marks"', 'class="marks" role="img"', 1)
    figure = f'<figure aria-label="{escape(title)}">\n{drawn}\n</figure>\n'
    listed = picture_page.table(
        tr("The same as a table"), [tr(heading) for heading in headings], rows
    )
    return picture_page.page(title, figure, listed)

"""The history of one nationality as a chart: a bar for each period, named beside it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

import altair as alt

from visamap.i18n import mark, tr
from visamap.pictures import charts
from visamap.pictures.palette import MIDDLE, PAINTS, QUIET, TEXT
from visamap.render import phrases, phrases_time
from visamap.render.labels import confidence
from visamap.render.phrases import capital
from visamap.render.phrases_world import HELD_PASSPORTS
from visamap.results.parts import DataRef
from visamap.results.time import TimelinePeriod

ROW = 34
MARGIN = timedelta(days=200)
HEADINGS = (mark("From"), mark("To"), mark("Answer"), mark("Act"), mark("Confidence"))
STATES = ("visa_free", "suspended", "unknown", "visa_required", "citizen")
COLOURS = (
    MIDDLE,
    PAINTS["suspended"].light,
    "#b9c3c9",
    PAINTS["visa_required"].light,
    PAINTS["home"].light,
)


def specification(periods: Sequence[TimelinePeriod], data: DataRef) -> dict[str, Any]:
    """Return the chart of the periods, oldest on top."""
    starts = [period.valid_from for period in periods if period.valid_from]
    ends = [period.valid_to for period in periods if period.valid_to]
    first = min([*starts, *ends, data.release]) - MARGIN
    last = max([*starts, *ends, data.release]) + MARGIN
    middle = first + (last - first) / 2
    rows = [_row(n, period, first, last, middle) for n, period in enumerate(periods)]
    y = alt.Y("row:O", axis=None, sort=None)
    bars = (
        charts.rows_of(rows)
        .mark_bar(height=ROW - 12, cornerRadius=3)
        .encode(
            x=charts.time_axis("from", first, last),
            x2="to:T",
            y=y,
            color=alt.Color("state:N", scale=alt.Scale(domain=STATES, range=COLOURS), legend=None),
        )
    )
    layers: Any = bars
    sides: tuple[tuple[Literal["left", "right"], int], ...] = (("left", 6), ("right", -6))
    for side, shift in sides:
        listed = [row for row in rows if row["align"] == side]
        layers += (
            charts.rows_of(listed)
            .mark_text(align=side, dx=shift, fontSize=13, color=TEXT.light)
            .encode(x=charts.time_axis("at", first, last), y=y, text="said:N")
        )
    today = [{"on": data.release.isoformat()}]
    layers += (
        charts.rows_of(today)
        .mark_rule(color=QUIET.light, strokeDash=[3, 3])
        .encode(x=charts.time_axis("on", first, last))
    )
    holder = periods[0].nationality
    subtitle = tr(
        "{passports}. The dashed line is the data's release, {day}.",
        passports=capital(tr(HELD_PASSPORTS[periods[0].passport])),
        day=data.release,
    )
    return charts.finished(
        layers.properties(width=charts.WIDTH, height=ROW * len(rows)),
        tr("{name}: entering Kazakhstan over the years", name=holder.name),
        subtitle,
    )


def table(periods: Sequence[TimelinePeriod]) -> list[tuple[str, ...]]:
    """Return the periods as rows under ``HEADINGS``."""
    return [
        (
            period.valid_from.isoformat() if period.valid_from else "",
            period.valid_to.isoformat() if period.valid_to else "",
            phrases.verdict(period),
            period.regime.act.title if period.regime else "",
            confidence(period.confidence),
        )
        for period in periods
    ]


def _row(number: int, period: TimelinePeriod, first: date, last: date, middle: date) -> charts.Row:
    begins, ends = period.valid_from or first, period.valid_to or last
    begins = max(begins, first)
    # The name stands where there is room: behind a bar in the left half, before one in the right.
    behind = begins + (ends - begins) / 2 < middle
    wide = ends - begins > (last - first) * 0.7
    return {
        "row": number,
        "from": begins.isoformat(),
        "to": (ends + timedelta(days=1)).isoformat(),
        "at": (begins if wide or not behind else ends).isoformat(),
        "align": "left" if wide or behind else "right",
        "state": "suspended" if period.reason == "suspended" else period.verdict,
        "said": f"{phrases_time.days(period)}:  {_said(period)}",
    }


def _said(period: TimelinePeriod) -> str:
    if period.verdict == "visa_free" and period.regime:
        act = period.regime.instrument
        if not period.max_stay_days:
            return tr("visa-free, stay not known ({act})", act=act)
        return tr("visa-free, {days} ({act})", days=phrases.days(period.max_stay_days), act=act)
    if period.suspended_by:
        return tr("suspended ({act})", act=period.suspended_by.act.id)
    return tr(phrases.VERDICTS[period.verdict])

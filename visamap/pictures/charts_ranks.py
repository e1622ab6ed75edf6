"""Passport ranks over the years, a panel for each index; the first place is on top."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import altair as alt

from visamap.dates import PartialDate
from visamap.i18n import mark, tr
from visamap.pictures import charts
from visamap.pictures.palette import QUIET
from visamap.render.ranks_text import method
from visamap.results.abroad import Rank, over_time
from visamap.results.parts import DataRef

HEIGHT = 260
FEW = 40
"""Editions up to which each one gets a point on the line."""
SHORTEST = timedelta(days=365)
"""What a panel must span, if any does: two editions of one spring are no history."""
CLOSEST = 0.075
"""Of a panel's height: how close two names may come."""
COLOURS = ("#0a4360", "#c57850", "#1f7ba3", "#8a6a00", "#2a1020", "#5d8f99", "#9a4f7a")
HEADINGS = (
    mark("Index"),
    mark("Edition"),
    mark("Passport"),
    mark("Rank"),
    mark("Of"),
    mark("Published"),
)


def specification(ranks: Sequence[Rank], data: DataRef) -> dict[str, Any]:
    """Return the chart of all editions of ``ranks`` that have a rank."""
    panels = list(_panels(ranks))
    codes = list(dict.fromkeys(rank.passport for rank in ranks))
    drawn = [_panel(name, listed, codes) for name, listed in panels]
    whole = alt.vconcat(*drawn, spacing=34).resolve_scale(x="independent", color="shared")
    subtitle = tr(
        "The first place is on top; ranks of two indexes cannot be compared. "
        "Hollow points are doubtful. Data of {release}.",
        release=data.release,
    )
    return charts.finished(whole, tr("Passport ranks over the years"), subtitle)


def table(ranks: Sequence[Rank]) -> list[tuple[str, ...]]:
    """Return the editions as rows under ``HEADINGS``."""
    return [
        (
            rank.index,
            rank.edition,
            rank.passport,
            _number(rank.rank),
            _number(rank.of),
            method(rank),
        )
        for rank in ranks
    ]


def _panels(ranks: Sequence[Rank]) -> Iterator[tuple[str, list[Rank]]]:
    """Yield what can be compared: an index, published or recomputed, with more than one edition."""
    found = [
        (name, list(group)) for name, group in groupby(sorted(ranks, key=_series), key=_series)
    ]
    found = [(name, [rank for rank in group if rank.rank]) for name, group in found]
    long = [(name, group) for name, group in found if _span(group) >= SHORTEST]
    for name, group in long or [(n, g) for n, g in found if g]:
        yield name, over_time(group)


def _span(ranks: list[Rank]) -> timedelta:
    days = [_day(rank) for rank in ranks]
    return max(days) - min(days) if days else timedelta(0)


def _series(rank: Rank) -> str:
    if rank.published:
        return tr("{index}, as published", index=rank.index)
    return tr("{index}, recomputed, formula {formula}", index=rank.index, formula=rank.formula)


def _panel(name: str, ranks: list[Rank], codes: list[str]) -> Any:
    days = [_day(rank) for rank in ranks]
    first, last = min(days) - timedelta(days=120), max(days) + timedelta(days=60)
    low = max(rank.rank or 0 for rank in ranks)
    high = min(rank.rank or low for rank in ranks)
    domain = [low + max(2, (low - high) * 0.08), max(1, high - max(2, (low - high) * 0.08))]
    rows = [
        {
            "on": _day(rank).isoformat(),
            "rank": rank.rank,
            "passport": rank.passport,
            "doubtful": rank.confidence == "low",
        }
        for rank in ranks
    ]
    y = alt.Y(
        "rank:Q",
        title=tr("Rank (1 is best)"),
        scale=alt.Scale(domain=domain, nice=False, zero=False),
        axis=alt.Axis(values=_ticks(domain), format="d", domain=False, ticks=False),
    )
    colour = alt.Color(
        "passport:N",
        scale=alt.Scale(domain=codes, range=[COLOURS[n % len(COLOURS)] for n in range(len(codes))]),
        legend=None,
    )
    base = charts.rows_of(rows).encode(x=charts.time_axis("on", first, last), y=y, color=colour)
    lines = base.transform_filter("!datum.doubtful").mark_line(strokeWidth=2.2)
    if len(set(days)) <= FEW:
        lines += base.transform_filter("!datum.doubtful").mark_circle(size=34, opacity=1)
    lines += base.transform_filter("datum.doubtful").mark_point(size=34, opacity=1)
    newest = {rank.passport: rank for rank in sorted(ranks, key=lambda r: (r.latest, _day(r)))}
    named = charts.rows_of(list(_names(newest, domain)))
    names = named.mark_text(align="left", dx=10, fontSize=13, fontWeight=700).encode(
        x=charts.time_axis("on", first, last), y="at:Q", text="said:N", color=colour
    )
    title = alt.TitleParams(
        text=name, anchor="start", frame="group", fontSize=15, color=QUIET.light, offset=8
    )
    return (lines + names).properties(width=charts.WIDTH, height=HEIGHT, title=title)


def _names(newest: dict[str, Rank], domain: list[float]) -> Iterator[charts.Row]:
    """Yield a name for the end of each line, moved down where it would cover the one above."""
    free = 0.0
    for rank in sorted(newest.values(), key=lambda r: r.rank or 0):
        at = max(float(rank.rank or 0), free)
        free = at + (domain[0] - domain[1]) * CLOSEST
        said = f"{rank.rank}  {rank.name}"
        yield {"on": _day(rank).isoformat(), "at": at, "said": said, "passport": rank.passport}


def _ticks(domain: list[float]) -> list[int]:
    low, high = domain
    step = next(step for step in (1, 2, 5, 10, 20, 50) if (low - high) / step <= 6 or step == 50)  # noqa: PLR2004
    return list(range(-(-int(high) // step) * step, int(low) + 1, step))


def _day(rank: Rank) -> date:
    known = PartialDate.parse(rank.as_of)
    return known.first + (known.last - known.first) / 2


def _number(value: int | None) -> str:
    return "" if value is None else str(value)

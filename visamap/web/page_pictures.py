"""Small pictures drawn on the server: ranks as lines, partners as steps, a history as a bar.

They carry classes, never colours: the style sheet paints them by day and by night.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape

from visamap.dates import PartialDate
from visamap.i18n import tr
from visamap.results.abroad import Rank, over_time
from visamap.results.time import TimelinePeriod
from visamap.results.world import Growth

WIDE, TALL, LEFT, RIGHT, TOP, FOOT = 760, 400, 46, 176, 16, 40
CLOSEST = 26
"""Units between the names of two lines."""


class Line(NamedTuple):
    """A passport with its ranks over time, oldest first."""

    code: str
    name: str
    points: tuple[tuple[date, int], ...]


def lines_of(ranks: Sequence[Rank], index: str) -> list[Line]:
    """Return what an index published of each passport; what is doubtful stays out, or is last."""
    codes = dict.fromkeys(rank.passport for rank in ranks)
    found = []
    for code in codes:
        own = [
            rank
            for rank in ranks
            if rank.passport == code and rank.index == index and rank.published and rank.rank
        ]
        sure = [rank for rank in own if rank.confidence != "low" or rank.latest]
        points = {_middle(rank.as_of): rank.rank or 0 for rank in over_time(sure)}
        if points:
            found.append(Line(code, own[0].name, tuple(sorted(points.items()))))
    return found


def rank_lines(lines: Sequence[Line]) -> Markup:
    """Return the ranks over time, the first place on top."""
    days = [day.toordinal() for line in lines for day, _ in line.points]
    places = [place for line in lines for _, place in line.points]
    if not days:
        return Markup()
    first, last = min(days), max(days)
    high, low = min(places) // 10 * 10, -(-max(places) // 10) * 10
    right = WIDE - RIGHT

    def x(day: int) -> float:
        return LEFT + (day - first) / max(1, last - first) * (right - LEFT)

    def y(place: float) -> float:
        return TOP + (place - high) / max(1, low - high) * (TALL - TOP - FOOT)

    said = "; ".join(
        tr("{name}: rank {rank}", name=line.name, rank=line.points[-1][1]) for line in lines
    )
    label = tr("Ranks over time. Latest: {ranks}.", ranks=said)
    parts = [
        f'<svg class="lines" viewBox="0 0 {WIDE} {TALL}" role="img"',
        f' aria-label="{escape(label)}">',
    ]
    for place in range(high, low + 1, 10):
        parts.append(f'<path class="grid" d="M{LEFT} {y(place):.0f}H{right}"/>')
        parts.append(f'<text class="tick" x="{LEFT - 8}" y="{y(place) + 5:.0f}">{place}</text>')
    years = range(date.fromordinal(first).year + 1, date.fromordinal(last).year + 1)
    for year in years[2 :: max(1, len(years) // 5)]:
        at = x(date(year, 1, 1).toordinal())
        parts.append(f'<text class="tick year" x="{at:.0f}" y="{TALL - 8}">{year}</text>')
    for line in lines:
        drawn = " ".join(f"{x(day.toordinal()):.1f},{y(place):.1f}" for day, place in line.points)
        parts.append(f'<polyline class="line of-{escape(line.code)}" points="{drawn}"/>')
    for line, at in _names(lines, y):
        day, place = line.points[-1]
        parts.append(
            f'<circle class="dot of-{escape(line.code)}" cx="{x(day.toordinal()):.1f}" '
            f'cy="{y(place):.1f}" r="4"/>'
            f'<text class="name of-{escape(line.code)}" x="{right + 10}" y="{at + 5:.1f}">'
            f'<tspan class="place">{place}</tspan> <tspan class="long">{escape(line.name)}</tspan>'
            f'<tspan class="short">{escape(line.code)}</tspan></text>'
        )
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704  every text is escaped above


def _names(lines: Sequence[Line], y: Callable[[float], float]) -> Iterator[tuple[Line, float]]:
    """Yield where the name of each line stands, moved down where it would cover another."""
    free = 0.0
    for line in sorted(lines, key=lambda one: one.points[-1][1]):
        at = max(y(line.points[-1][1]), free)
        free = at + CLOSEST
        yield line, at


def steps(growth: Growth) -> Markup:
    """Return the number of visa-free partners over time, as wide as the slider under it."""
    first, last = growth.since.toordinal(), growth.until.toordinal()
    top = max(step.certain for step in growth.steps) or 1
    path = "M0 100"
    for step, after in pairwise((*growth.steps, None)):
        assert step  # noqa: S101  (only the last is none)
        at = (step.on.toordinal() - first) / (last - first) * 1000
        until = (after.on.toordinal() - first) / (last - first) * 1000 if after else 1000
        height = 100 - step.certain / top * 92
        path += f"L{at:.1f} {height:.1f}H{until:.1f}"
    return Markup(  # noqa: S704  numbers only
        '<svg class="steps" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">'
        f'<path d="{path}V100Z"/></svg>'
    )


def bar(items: Sequence[TimelinePeriod], since: date, until: date) -> Markup:
    """Return the history of a nationality as a bar over the years."""
    first, last = since.toordinal(), until.toordinal()
    label = tr("The history as a bar; the list below says the same.")
    parts = [
        '<svg class="history" viewBox="0 0 1000 46" role="img"',
        f' aria-label="{escape(label)}"><g>',
    ]
    for item in items:
        start = max(first, (item.valid_from or since).toordinal())
        end = min(last, (item.valid_to or until).toordinal() + 1)
        if end > start:
            at, wide = (
                (start - first) / (last - first) * 1000,
                (end - start) / (last - first) * 1000,
            )
            shown = "halted" if item.suspended_by else item.verdict.replace("_", "-")
            parts.append(
                f'<rect class="is-{shown}" x="{at:.1f}" y="0" width="{wide:.1f}" height="22"/>'
            )
    parts.append("</g>")
    for year in range(since.year, until.year + 1, 2):
        at = max(0.0, (date(year, 1, 1).toordinal() - first) / (last - first) * 1000)
        parts.append(f'<text class="tick" x="{at:.0f}" y="42">{year}</text>')
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704  words of our own and numbers


def _middle(text: str) -> date:
    known = PartialDate.parse(text)
    return known.first + (known.last - known.first) / 2

"""Small pictures drawn on the server: ranks as lines, partners as steps, a history as a bar.

They carry classes, never colours: the style sheet paints them by day and by night.
"""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from visamap.i18n import tr
from visamap.pictures.charts import middle
from visamap.pictures.drawing import scale, spread, stairs, tag
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
        points = {middle(rank.as_of): rank.rank or 0 for rank in over_time(sure)}
        if points:
            found.append(Line(code, own[0].name, tuple(sorted(points.items()))))
    return found


def rank_lines(lines: Sequence[Line]) -> Markup:
    """Return the ranks over time, the first place on top."""
    days = [day for line in lines for day, _ in line.points]
    places = [place for line in lines for _, place in line.points]
    if not days:
        return Markup()
    first, last = min(days), max(days)
    high, low = min(places) // 10 * 10, -(-max(places) // 10) * 10
    right = WIDE - RIGHT
    x, y = scale(first, last, LEFT, right), scale(high, low, TOP, TALL - FOOT)
    said = "; ".join(
        tr("{name}: rank {rank}", name=line.name, rank=line.points[-1][1]) for line in lines
    )
    parts = []
    for place in range(high, low + 1, 10):
        parts.append(tag("path", class_="grid", d=f"M{LEFT} {y(place):.0f}H{right}"))
        parts.append(tag("text", str(place), class_="tick", x=LEFT - 8, y=y(place) + 5))
    years = range(first.year + 1, last.year + 1)
    for year in years[2 :: max(1, len(years) // 5)]:
        at = x(date(year, 1, 1))
        parts.append(tag("text", str(year), class_="tick year", x=at, y=TALL - 8))
    for line in lines:
        drawn = " ".join(f"{x(day):.1f},{y(place):.1f}" for day, place in line.points)
        parts.append(tag("polyline", class_=f"line of-{line.code}", points=drawn))
    ends = sorted(lines, key=lambda line: line.points[-1][1])
    for line, at in zip(ends, spread([y(one.points[-1][1]) for one in ends], CLOSEST), strict=True):
        day, place = line.points[-1]
        parts.append(tag("circle", class_=f"dot of-{line.code}", cx=x(day), cy=y(place), r=4))
        spans = (("place", str(place)), ("long", line.name), ("short", line.code))
        name = [tag("tspan", escape(text), class_=part) for part, text in spans]
        named = f"{name[0]} {name[1]}{name[2]}"
        parts.append(tag("text", named, class_=f"name of-{line.code}", x=right + 10, y=at + 5))
    label = tr("Ranks over time. Latest: {ranks}.", ranks=said)
    return _svg("lines", f"0 0 {WIDE} {TALL}", parts, label)


def steps(growth: Growth) -> Markup:
    """Return the number of visa-free partners over time, as wide as the slider under it."""
    top = max(step.certain for step in growth.steps) or 1
    x, y = scale(growth.since, growth.until, 0, 1000), scale(0, top, 100, 8)
    path = stairs([(step.on, step.certain) for step in growth.steps], growth.until, x, y)
    return _svg("steps", "0 0 1000 100", [tag("path", d=path)], preserveAspectRatio="none")


def bar(items: Sequence[TimelinePeriod], since: date, until: date) -> Markup:
    """Return the history of a nationality as a bar over the years."""
    x = scale(since, until, 0, 1000)
    bars = []
    for item in items:
        start = x(max(since, item.valid_from or since))
        end = x(min(until.toordinal(), (item.valid_to or until).toordinal() + 1))
        if end > start:
            shown = "halted" if item.suspended_by else item.verdict.replace("_", "-")
            bars.append(
                tag("rect", class_=f"is-{shown}", x=start, y=0, width=end - start, height=22)
            )
    years = [
        tag("text", str(year), class_="tick", x=max(0, x(date(year, 1, 1))), y=42)
        for year in range(since.year, until.year + 1, 2)
    ]
    label = tr("The history as a bar; the list below says the same.")
    return _svg("history", "0 0 1000 46", [tag("g", "".join(bars)), *years], label)


def _svg(name: str, box: str, parts: list[str], label: str | None = None, **more: str) -> Markup:
    said = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    drawn = tag("svg", "".join(parts), class_=name, viewBox=box, **said, **more)
    return Markup(drawn)  # noqa: S704  every text is escaped where it is written

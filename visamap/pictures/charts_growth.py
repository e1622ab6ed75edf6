"""How the number of visa-free nationalities grew, as a chart with the acts that moved it named."""

from collections.abc import Iterator
from datetime import date, timedelta
from textwrap import wrap
from typing import Any

import altair as alt

from visamap.i18n import mark, tr
from visamap.pictures import charts
from visamap.pictures.palette import ALARM, DEEP, MIDDLE, QUIET, TEXT
from visamap.render import phrases
from visamap.render.phrases import capital, short, written
from visamap.render.phrases_world import HELD_PASSPORTS
from visamap.results.world import Growth, Move, Step

HEIGHT, STRIP = 400, 92
MANY = 3
"""Nationalities that an act must move to be named in the chart; the rest stand in the strip."""
ROOM = 2
"""Nationalities of room above the line for a name."""
APART = timedelta(days=110)
"""Days between two names in the strip, or they would run into each other."""
MINUS = "\u2212"
LONGEST = 20
"""Letters in a line beside the areas."""
HEADINGS = (
    mark("From"),
    mark("By agreement"),
    mark("By Kazakhstan's own acts"),
    mark("Together"),
    mark("Perhaps more"),
)
MOVED = {
    "gained": "{act}",
    "lost": mark("no longer:\n{act}"),
    "suspended": mark("suspended by\n{act}"),
    "resumed": mark("suspension over"),
}
"""Beside a step of the chart, a line each."""


def specification(growth: Growth) -> dict[str, Any]:
    """Return the chart: an area that steps, names at the steps, a strip of single agreements."""
    area = _area(growth) + _ends(growth) + _waves(growth)
    whole: Any = area.properties(width=charts.WIDTH, height=HEIGHT)
    if single := list(_single(growth)):
        strip = _strip(growth, single).properties(width=charts.WIDTH, height=STRIP)
        whole = alt.vconcat(whole, strip, spacing=6).resolve_scale(x="shared", y="independent")
    subtitle = tr(
        "{passports}, {since} to {until}, certain ones only. Data of {release}.",
        passports=capital(tr(HELD_PASSPORTS[growth.passport])),
        since=written(growth.since),
        until=written(growth.until),
        release=growth.data.release,
    )
    title = tr("Nationalities that enter Kazakhstan without a visa")
    return charts.finished(whole, title, subtitle)


def table(growth: Growth) -> list[tuple[str, ...]]:
    """Return the numbers of the chart, oldest first, under ``HEADINGS``."""
    return [
        (
            step.on.isoformat(),
            *(str(n) for n in (step.agreement, step.unilateral, step.certain, step.possible)),
        )
        for step in growth.steps
    ]


def _x(growth: Growth, field: str = "on", **more: Any) -> alt.X:
    return charts.time_axis(field, growth.since, growth.until, **more)


def _area(growth: Growth) -> Any:
    rows = []
    for step in [*growth.steps, growth.steps[-1]._replace(on=growth.until)]:
        on = step.on.isoformat()
        rows += [
            {"on": on, "basis": "agreement", "from": 0, "to": step.agreement},
            {"on": on, "basis": "unilateral", "from": step.agreement, "to": step.certain},
        ]
    top = max(step.certain for step in growth.steps) + 8
    return (
        charts.rows_of(rows)
        .mark_area(interpolate="step-after")
        .encode(
            x=_x(growth),
            y=alt.Y(
                "to:Q",
                title=tr("Number of nationalities"),
                scale=alt.Scale(domain=[0, top], nice=False),
                axis=alt.Axis(domain=False, ticks=False, tickCount=6),
            ),
            y2="from:Q",
            color=alt.Color(
                "basis:N",
                scale=alt.Scale(domain=["agreement", "unilateral"], range=[DEEP, MIDDLE]),
                legend=None,
            ),
        )
    )


def _ends(growth: Growth) -> Any:
    """Name the two areas at their right end, where the eye arrives."""
    last = growth.steps[-1]
    ends = [
        (last.agreement / 2, last.agreement, mark("{n} by agreement"), DEEP),
        (
            last.agreement + last.unilateral / 2,
            last.unilateral,
            mark("{n} by Kazakhstan's own acts"),
            MIDDLE,
        ),
        (last.certain + ROOM, last.certain, mark("{n} together"), TEXT.light),
    ]
    layers: Any = charts.rows_of([]).mark_text()  # nobody may enter: nothing to name
    for height, number, said, colour in ends:
        if not number:
            continue
        lines = wrap(tr(said, n=number), LONGEST)
        text = lines if len(lines) > 1 else lines[0]
        row = {"on": growth.until.isoformat(), "y": height, "said": text}
        layer = (
            charts.rows_of([row])
            .mark_text(align="left", dx=8, fontSize=14, fontWeight=700, color=colour, clip=False)
            .encode(x=_x(growth), y="y:Q", text="said:N")
        )
        layers += layer
    return layers


def _waves(growth: Growth) -> Any:
    """Name the acts that moved many, beside their step."""
    rows: dict[str, list[charts.Row]] = {"before": [], "after": []}
    for move in growth.moves:
        count = len(move.nationalities)
        if count < MANY:
            continue
        height = _on(growth, move.on).certain
        down = move.kind in {"lost", "suspended"}
        said = [f"{MINUS if down else '+'}{count}, {short(move.on, move.between)}", *_act(move)]
        # A step up leaves room on its left, a step down on its right; after a gap, below its edge.
        shift = {"suspended": 10, "lost": 10, "resumed": -12}.get(move.kind, 0)
        row = {"on": move.on.isoformat(), "y": height + shift, "said": said}
        rows["after" if down else "before"].append(row)
    layers: Any = charts.rows_of([]).mark_text()
    for side, listed in rows.items():
        right = side == "after"
        layers += (
            charts.rows_of(listed)
            .mark_text(
                align="left" if right else "right",
                baseline="bottom",
                dx=7 if right else -7,
                dy=-14 if not right else 0,
                fontSize=12,
                lineHeight=15,
                color=ALARM.light if right else TEXT.light,
            )
            .encode(x=_x(growth), y="y:Q", text="said:N")
        )
    return layers


def _act(move: Move) -> list[str]:
    act = move.act
    # Most acts here are decrees of the government; the room beside a step is small.
    kind = tr("decree") if act.kind == "government-decree" else tr(phrases.ACT_KINDS[act.kind])
    named = tr("{kind} {number}", kind=kind, number=act.number) if act.number else kind
    return tr(MOVED[move.kind], act=capital(named)).splitlines()


def _single(growth: Growth) -> Iterator[tuple[date, str]]:
    """Yield days on which few came or went, with their names."""
    small: dict[date, list[str]] = {}
    for move in growth.moves:
        if len(move.nationalities) < MANY:
            sign = MINUS if move.kind in {"lost", "suspended"} else ""
            names = [sign + country.name for country in move.nationalities]
            small.setdefault(move.on, []).extend(names)
    yield from ((on, ", ".join(names)) for on, names in sorted(small.items()))


def _strip(growth: Growth, single: list[tuple[date, str]]) -> Any:
    rows = []
    free = growth.since
    for on, said in single:
        at = max(on, free)
        free = at + APART
        rows.append(
            {"on": on.isoformat(), "at": at.isoformat(), "said": said, "y": 0, "y2": 1, "y3": 1.1}
        )
    nothing = alt.Axis(labels=False, ticks=False, domain=False, title=None, grid=False)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[6, 0]), axis=nothing)
    base = charts.rows_of(rows)
    heading = (
        charts.rows_of([{"on": growth.since.isoformat(), "y": 0.4, "said": tr("One by one:")}])
        .mark_text(align="left", fontSize=12, color=QUIET.light)
        .encode(x=_x(growth, axis=nothing), y=y, text="said:N")
    )
    lines = base.mark_rule(color=QUIET.light).encode(
        x=_x(growth, axis=nothing), x2="at:T", y=y, y2="y2:Q"
    )
    names = base.mark_text(
        align="left", baseline="middle", angle=40, dx=3, fontSize=12, color=TEXT.light
    ).encode(x=_x(growth, "at", axis=nothing), y=alt.Y("y3:Q"), text="said:N")
    return heading + lines + names


def _on(growth: Growth, day: date) -> Step:
    return [step for step in growth.steps if step.on <= day][-1]

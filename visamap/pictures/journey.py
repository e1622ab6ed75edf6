"""A journey as bars: a row for each state, the days of each leg on one line of time."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from visamap.pictures.drawing import Scale, document, line_of_text, scale, tag
from visamap.pictures.palette import PAINTS, QUIET, TEXT, class_of
from visamap.render import phrases, phrases_trip
from visamap.render.phrases import entering
from visamap.results.trip import Leg

WIDE, LABEL, ROW, BAR, BELOW = 900, 130, 34, 20, 26
SHADES: dict[bool | None, str] = {True: "free_30", False: "e_visa", None: "unknown"}
OPEN_LEG = timedelta(days=30)
"""How much of a leg without an end is drawn."""


def svg(legs: Sequence[Leg], title: str) -> str:
    """Return the picture; the table beside it on a page says the same."""
    first = min(leg.entry for leg in legs)
    last = max(_end(leg) for leg in legs)
    states = list(dict.fromkeys(leg.destination.code for leg in legs))
    x, tall = scale(first, last + timedelta(days=1), LABEL, WIDE - 10), ROW * len(states)
    names = {leg.destination.code: leg.destination.name for leg in legs}
    parts = [f"<title>{escape(title)}</title>"]
    parts += [
        line_of_text(names[code], 0, n * ROW + BAR, 15, TEXT) for n, code in enumerate(states)
    ]
    parts += [_bar(leg, x, states.index(leg.destination.code)) for leg in legs]
    for day, anchor in ((first, "start"), (last, "end")):
        said = phrases.written(day)
        parts.append(line_of_text(said, x(day), tall + 18, 13, QUIET, text_anchor=anchor))
    return document("".join(parts), WIDE, tall + BELOW, role="img", class_="vm-journey")


def _end(leg: Leg) -> date:
    return leg.exit or min(leg.latest_exit or date.max, leg.entry + OPEN_LEG)


def _bar(leg: Leg, x: Scale, row: int) -> str:
    with entering(leg):
        said = f"{leg.destination.name}, {leg.entry}/{leg.exit or ''}: {phrases_trip.message(leg)}"
    start, end = x(leg.entry), x(_end(leg) + timedelta(days=1))
    shade = SHADES[leg.allowed]
    paint = PAINTS[shade]
    return tag(
        "rect",
        tag("title", escape(said)),
        x=start,
        y=row * ROW + 4,
        width=max(end - start - 2, 3),
        height=BAR,
        rx=4,
        fill=paint.ink_light if paint.hatch else paint.light,
        class_=None if paint.hatch else class_of(shade),
    )

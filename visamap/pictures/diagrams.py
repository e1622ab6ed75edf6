"""Two drawings in rows: the days of a journey by state, and how acts amend one another."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from html import escape
from textwrap import shorten

from visamap.i18n import tr
from visamap.pictures.drawing import Scale, document, line_of_text, scale, tag
from visamap.pictures.palette import PAINTS, QUIET, TEXT, class_of
from visamap.render import phrases, phrases_trip
from visamap.render.phrases import entering
from visamap.results.act_results import Agreement
from visamap.results.trip_results import Leg

WIDE, LABEL, ROW, BAR, BELOW = 900, 130, 34, 20, 26
SHADES: dict[bool | None, str] = {True: "free_30", False: "e_visa", None: "unknown"}
OPEN_LEG = timedelta(days=30)
"""How much of a leg without an end is drawn."""


def journey(legs: Sequence[Leg], title: str) -> str:
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


WIDE, LEFT, ROW, BEND = 900, 96, 34, 22
"""Width, where the rows begin, how far they are apart, how far an arrow bends out for a row."""
TITLES, MOST_LETTERS = 380, 72
LINE = {"stroke": "currentColor", "stroke_width": "2", "fill": "none"}


def family(item: Agreement, address: Callable[[str], str]) -> str:
    """Return the family of an act, each act but itself a link; nothing where it stands alone."""
    if not item.family:
        return ""
    place = {one.id: n * ROW + ROW / 2 for n, one in enumerate(item.family)}
    title = tr("{act}: what it amends and replaces, and what amends and replaces it", act=item.id)
    parts: list[str] = []
    for one in item.family:
        y = place[one.id]
        if one.amends in place:
            parts.append(_arrow(y, place[one.amends], None))
        parts += [_arrow(y, place[older], "5 4") for older in one.replaces if older in place]
        about = shorten(one.title, MOST_LETTERS, placeholder="...")
        parts.append(line_of_text(about, TITLES, y + 5, 13, QUIET))
        said, own = f"{one.since.year}  {one.id}", one.id == item.id
        look = {"font_weight": "bold"} if own else {"text_decoration": "underline"}
        name = line_of_text(said, LEFT + 8, y + 5, 15, TEXT, **look)
        whole = tag("title", escape(one.title)) + name
        parts.append(tag("g", whole) if own else tag("a", whole, href=address(one.id)))
    for n, (dashes, said) in enumerate(((None, tr("amends")), ("5 4", tr("replaces")))):
        x, y = LEFT + 8 + 160 * n, ROW * len(place) + 16
        parts.append(tag("path", d=f"M{x} {y - 4}h28", stroke_dasharray=dashes, **LINE))
        parts.append(line_of_text(said, x + 36, y, 13, QUIET))
    tall, look = ROW * len(place) + 24, {"role": "group", "class_": "vm-journey"}
    return document("".join(parts), WIDE, tall, aria_label=title, **look)


def _arrow(start: float, end: float, dashes: str | None) -> str:
    """Return a bow from a row to an older one, with its head there."""
    out = LEFT - min(BEND * (1 + abs(start - end) / ROW), LEFT - 4)
    bow = f"M{LEFT} {start}C{out} {start} {out} {end} {LEFT - 6} {end}"
    head = tag("path", d=f"M{LEFT} {end}l-9 -5v10z", fill="currentColor")
    return tag("path", d=bow, stroke_dasharray=dashes, **LINE) + head

"""How acts hang together: a row for each, the oldest on top, with arrows from who amends whom."""

from collections.abc import Callable
from html import escape
from textwrap import shorten

from visamap.i18n import tr
from visamap.pictures.drawing import document, line_of_text, tag
from visamap.pictures.palette import QUIET, TEXT
from visamap.results.acts import Agreement

WIDE, LEFT, ROW, BEND = 900, 96, 34, 22
"""Width, where the rows begin, how far they are apart, how far an arrow bends out for a row."""
TITLES, MOST_LETTERS = 380, 72
LINE = {"stroke": "currentColor", "stroke_width": "2", "fill": "none"}


def svg(item: Agreement, address: Callable[[str], str]) -> str:
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

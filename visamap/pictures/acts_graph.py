"""How acts hang together: a row for each, the oldest on top, with arrows from who amends whom."""

from collections.abc import Callable
from html import escape
from textwrap import shorten

from visamap.i18n import tr
from visamap.pictures.drawing import FONT, tag
from visamap.pictures.palette import QUIET, TEXT
from visamap.results.acts import Agreement

WIDE, LEFT, ROW, BEND = 900, 96, 34, 22
"""Width, where the rows begin, how far they are apart, how far an arrow bends out for a row."""
TITLES, MOST_LETTERS = 380, 72
QUIETLY = {"fill": QUIET.light, "class_": "vm-quiet"}
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
        own = one.id == item.id
        name = tag(
            "text",
            escape(f"{one.since.year}  {one.id}"),
            x=LEFT + 8,
            y=y + 5,
            font_size=15,
            font_weight="bold" if own else None,
            text_decoration=None if own else "underline",
            fill=TEXT.light,
            class_="vm-text",
        )
        about = shorten(one.title, MOST_LETTERS, placeholder="...")
        said = tag("title", escape(one.title))
        parts.append(tag("text", escape(about), x=TITLES, y=y + 5, font_size=13, **QUIETLY))
        parts.append(tag("g", said + name) if own else tag("a", said + name, href=address(one.id)))
    for n, (dashes, said) in enumerate(((None, tr("amends")), ("5 4", tr("replaces")))):
        x, y = LEFT + 8 + 160 * n, ROW * len(place) + 16
        parts.append(tag("path", d=f"M{x} {y - 4}h28", stroke_dasharray=dashes, **LINE))
        parts.append(tag("text", escape(said), x=x + 36, y=y, font_size=13, **QUIETLY))
    return tag(
        "svg",
        "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDE} {ROW * len(place) + 24}",
        role="group",
        aria_label=title,
        class_="vm-journey",
        font_family=FONT,
    )


def _arrow(start: float, end: float, dashes: str | None) -> str:
    """Return a bow from a row to an older one, with its head there."""
    out = LEFT - min(BEND * (1 + abs(start - end) / ROW), LEFT - 4)
    bow = f"M{LEFT} {start}C{out} {start} {out} {end} {LEFT - 6} {end}"
    head = tag("path", d=f"M{LEFT} {end}l-9 -5v10z", fill="currentColor")
    return tag("path", d=bow, stroke_dasharray=dashes, **LINE) + head

"""The picture that messengers show beside a link: how an answer begins, and the destination."""

from html import escape

from visamap.i18n import mark, tr
from visamap.pictures.drawing import BOLD, document, tag, wrapped
from visamap.pictures.world_map import outlines
from visamap.render.phrases import SHORT
from visamap.vocabulary import DESTINATIONS

WIDTH, TALL = 600, 315
"""Units; a PNG has two pixels for each, 1200 by 630, as messengers ask."""
MARGIN, LARGE, SMALL, ROW = 36, 42, 25, 50
SAID: dict[str, str] = {"any": mark("Can I enter {home_into}?")} | dict(SHORT.items())
"""What is said of an answer by its tone, and of none."""
GROUNDS = {
    "any": "#0a4360",
    "yes": "#14658a",
    "home": "#7a5600",
    "no": "#8a4524",
    "maybe": "#3c4a53",
}
"""The colour of each tone, dark enough for white letters."""
SUN, LAND = "#ffc72e", "#ffffff"
PLACED = "translate(-2207 -177) scale(0.72)"
"""Where the outlines of the five states stand: in the right half, above the foot."""
RAYS = (
    "M16 4v4M16 24v4M4 16h4M24 16h4M7.5 7.5l2.8 2.8M21.7 21.7l2.8 2.8M7.5 24.5l2.8-2.8"
    "M21.7 10.3l2.8-2.8"
)


def svg(home: str, tone: str) -> str:
    """Return the picture of a destination that is entered, for an answer of a tone or for any."""
    shapes = outlines()["shapes"]
    land = [
        tag("path", d=shapes[code], fill=LAND, fill_opacity="0.26" if code == home else "0.08")
        for code in DESTINATIONS
    ]
    sun = [
        tag("path", d=RAYS, stroke=SUN, stroke_width=2, stroke_linecap="round"),
        tag("circle", cx=16, cy=16, r=5, fill=SUN),
    ]
    under = "" if tone == "any" else tr("Entering {home_into}")
    lines = wrapped(tr(SAID[tone]), LARGE * BOLD, WIDTH - 2 * MARGIN)
    first = TALL / 2 + 22 - ROW * (len(lines) - 1) / 2
    texts = [_text(line, first + n * ROW, LARGE, font_weight="700") for n, line in enumerate(lines)]
    parts = [
        tag("rect", width=WIDTH, height=TALL, fill=GROUNDS[tone]),
        tag("g", "".join(land), transform=PLACED),
        tag("g", "".join(sun), transform=f"translate({MARGIN - 4} 28) scale(1.3)"),
        _text("visamap", 57, SMALL, x=MARGIN + 46, font_weight="700"),
        *texts,
        _text(under, first + len(lines) * ROW, SMALL),
    ]
    return document("".join(parts), WIDTH, TALL, width=WIDTH, height=TALL)


def _text(said: str, y: float, size: float, x: float = MARGIN, **more: str) -> str:
    return tag("text", escape(said), x=x, y=y, font_size=size, fill=LAND, **more)

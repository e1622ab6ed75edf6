"""The kit that charts are drawn with, for a file and for the page: tags, scales, texts, PNG.

An SVG carries its colours as attributes; those of the page carry classes that its style sheet
paints by day and by night. Letters are never measured, for each reader has another font.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from html import escape
from math import ceil, cos, floor, radians, sin
from typing import Any

from visamap.errors import MissingExtraError
from visamap.i18n import tr
from visamap.pictures.palette import CLASSES, PAPER, QUIET, TEXT, Paint
from visamap.results.parts import DataRef

FONT = "Inter,'Segoe UI','Helvetica Neue',Arial,'Liberation Sans','Noto Sans',sans-serif"
LATIN, OTHER, BOLD = 0.49, 0.62, 1.12
"""How wide a letter is on the whole, in parts of the size of its script; how much more in bold."""
WIDTH, PADDING, HEAD = 900, 24, 91
"""Of a chart: the width of its drawing, the paper around it, the height of its titles."""
EVERY_YEAR = 15
"""Years up to which each one has its tick."""
PNG_LIBRARY = "vl_convert"
PNG_SCALE = 2.0
"""Pixels of a PNG for one unit of the picture: sharp on a fine screen and in print."""
LICENCE = "CC BY 4.0"
Value = float | date
Scale = Callable[[Value], float]


def tag(name: str, content: str = "", /, **attributes: str | float | None) -> str:
    """Return an element around markup; ``stroke_width=2`` says ``stroke-width="2"``."""
    said = "".join(
        f' {key.strip("_").replace("_", "-")}="{escape(_short(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def line_of_text(
    said: str, x: float, y: float, size: float, paint: Paint, **more: str | float | None
) -> str:
    """Return a line of text; a page recolours it by its class."""
    colour = {"fill": paint.light, "class_": CLASSES[paint]}
    return tag("text", escape(said), x=x, y=y, font_size=size, **colour, **more)


def document(content: str, wide: float, tall: float, **more: str | float | None) -> str:
    """Return a whole picture."""
    return tag(
        "svg",
        content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_short(wide)} {_short(tall)}",
        **more,
        font_family=FONT,
    )


def _short(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 1):g}"


def scale(first: Value, last: Value, start: float, end: float) -> Scale:
    """Return what places the numbers or days from ``first`` to ``last`` between two ends."""
    low, high = _number(first), _number(last)
    return lambda value: start + (_number(value) - low) / ((high - low) or 1) * (end - start)


def _number(value: Value) -> float:
    return value.toordinal() if isinstance(value, date) else value


def ticks(low: float, high: float) -> range:
    """Return round numbers between two, some six of them."""
    step = next((n for n in (1, 2, 5, 10, 20) if (high - low) / n <= 6), 50)  # noqa: PLR2004
    return range(ceil(low / step) * step, floor(high) + 1, step)


def stairs(points: Sequence[tuple[Value, float]], until: Value, x: Scale, y: Scale) -> str:
    """Return the path of an area whose height changes at each point, and stays until the end."""
    steps = "".join(f"H{_short(x(on))}V{_short(y(value))}" for on, value in points)
    ground = _short(y(0))
    return f"M{_short(x(points[0][0]))} {ground}{steps}H{_short(x(until))}V{ground}Z"


def spread(wanted: Sequence[float], gap: float) -> Iterator[float]:
    """Yield where texts stand, from the top down: where wanted, or ``gap`` below the one above."""
    free = 0.0
    for at in wanted:
        yield max(at, free)
        free = max(at, free) + gap


def wide(text: str, size: float) -> float:
    """Return about how wide a text is."""
    return size * sum(LATIN if c.isascii() else OTHER for c in text)


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Return the lines of a text that is no wider than ``room``."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if wide(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


class Picture:
    """A chart under way: what is drawn, and how far it reaches around ``WIDTH``."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.left, self.right, self.bottom = 0.0, float(WIDTH), 0.0
        self.beside: list[tuple[float, str]] = []
        """Names of axes, which stand to the left of all else."""

    def add(self, name: str, said: str = "", **attributes: str | float | None) -> None:
        """Draw an element that stays inside; what is ``said`` of it shows under the pointer."""
        told = tag("title", escape(said)) if said else ""
        self.parts.append(tag(name, told, **attributes))

    def line(self, start: tuple[float, float], end: tuple[float, float], **more: str) -> None:
        """Draw a thin line."""
        ends: dict[str, Any] = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
        self.add("line", **ends, stroke=QUIET.light, class_="vm-axis", **more)

    def text(  # noqa: PLR0913  what, where and how, each once
        self,
        x: float,
        y: float,
        said: str,
        paint: Paint = TEXT,
        *,
        size: float = 13,
        anchor: str = "start",
        bold: bool = False,
        turned: float = 0,
    ) -> None:
        """Write a line, and make room for it."""
        length = wide(said, size) * (BOLD if bold else 1)
        before = {"start": 0.0, "middle": length / 2, "end": length}[anchor]
        for end in (-before, length - before):
            across, down = end * cos(radians(turned)), end * sin(radians(turned))
            self.left = min(self.left, x + across - (size if turned else 0))
            self.right = max(self.right, x + across)
            self.bottom = max(self.bottom, y + down + size / 2)
        more = {
            "text_anchor": None if anchor == "start" else anchor,
            "font_weight": "700" if bold else None,
            "transform": f"rotate({turned:g} {_short(x)} {_short(y)})" if turned else None,
        }
        self.parts.append(line_of_text(said, x, y, size, paint, **more))

    def years(self, first: date, last: date, y: float) -> Scale:
        """Draw the axis of time at a height, and return where its days stand."""
        x = scale(first, last, 0, WIDTH)
        self.line((0, y), (WIDTH, y))
        step = 1 if last.year - first.year <= EVERY_YEAR else 2
        for year in range(first.year, last.year + 1):
            if year % step == 0 and first <= date(year, 1, 1):
                at = x(date(year, 1, 1))
                self.line((at, y), (at, y + 5))
                self.text(at, y + 18, str(year), QUIET, anchor="middle")
        return x

    def numbers(self, marks: Sequence[int], y: Scale, middle: float, name: str) -> None:
        """Draw the axis of numbers on the left, with a line across for each."""
        for mark in marks:
            self.line((0, y(mark)), (WIDTH, y(mark)), stroke_opacity="0.15")
            self.text(-4, y(mark) + 4.5, str(mark), QUIET, anchor="end")
        self.beside.append((middle, name))

    def svg(self, title: str, subtitle: str, data: DataRef, address: str = "") -> str:
        """Return the finished document, its source at its foot."""
        edge = self.left - 8
        for middle, name in self.beside:
            self.text(edge, middle, name, QUIET, anchor="middle", turned=-90)
        self.text(0, 41 - HEAD, title, size=22, bold=True)
        self.text(0, 63 - HEAD, subtitle, QUIET, size=14)
        self.text(0, self.bottom + 26, credit(data, address), QUIET, size=12)
        across = round(self.right - self.left + 2 * PADDING)
        tall = round(HEAD + self.bottom + PADDING)
        paper = tag("rect", width=across, height=tall, fill=PAPER.light, class_="vm-paper")
        moved = f"translate({_short(PADDING - self.left)} {HEAD})"
        drawn = tag("g", "".join(self.parts), transform=moved)
        content = f"{tag('title', escape(title))}{paper}{drawn}"
        size = {"width": across, "height": tall}
        return document(content, across, tall, class_="marks", role="img", **size)


def credit(data: DataRef, address: str) -> str:
    """Return where a picture comes from: source, day, licence and, if it has one, its address."""
    said = tr(
        "Source: visamap, data of {release}; licence {licence}.",
        release=data.release,
        licence=LICENCE,
    )
    return f"{said} {address}".strip()


def png(svg: str) -> bytes:
    """Return a picture as PNG, at ``PNG_SCALE``.

    Raises:
        MissingExtraError: vl-convert is not installed.
    """
    try:
        import vl_convert  # noqa: PLC0415  large, and of an extra
    except ImportError as error:
        raise MissingExtraError("pictures", tr("A PNG")) from error
    return bytes(vl_convert.svg_to_png(svg, scale=PNG_SCALE))

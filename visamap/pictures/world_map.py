"""The world map as SVG: outlines drawn beforehand, coloured for the day. Needs no library.

Colours stand as attributes, without a style sheet: every program draws them, a page's strict
security policy allows them, and its own style sheet overrides them by class.
"""

import json
from functools import cache
from html import escape
from os.path import dirname, join
from typing import Any

from visamap.i18n import mark, tr
from visamap.pictures.drawing import FONT, credit, wide, wrapped
from visamap.pictures.palette import (
    ALARM,
    APART,
    BORDER,
    COAST,
    COASTS,
    PAINTS,
    PAPER,
    QUIET,
    RIM,
    SEA,
    TEXT,
    Paint,
    class_of,
)
from visamap.pictures.picture_page import page, table
from visamap.render import phrases_world as words
from visamap.render.phrases import BASES, capital, entering
from visamap.render.sections import Column
from visamap.results.partner_results import Mark, WorldMap

WIDTH = 1200
MARGIN = 24
FINE = 5
"""Units of the outlines' grid in one unit of the picture."""
TOP = 122
LEGEND_COLUMNS, LEGEND_ROW, BESIDE_SAMPLE = (4, 3, 2), 32, 38
"""As many columns as the labels leave room for."""
FOOT, NOTE_SIZE, NOTE_ROW = 46, 13.5, 18
DOT = 15
AREAS = (mark("Crimea"), mark("Northern Cyprus"), mark("Siachen Glacier"), mark("Somaliland"))
"""The names of the areas that the outlines keep apart."""
LONGEST_TITLE, TITLE_SIZE, TITLE_FITS = 110, 34, 46
HATCHES = {
    "rising": (40, "M-10 10L10 -10M0 40L40 0M30 50L50 30", 11),
    "fine": (40, "M-10 10L10 -10M0 40L40 0M30 50L50 30", 4),
    "falling": (40, "M-10 30L10 50M0 0L40 40M30 -10L50 10", 8),
    "grid": (30, "M0 0L30 30M30 0L0 30", 4),
    "dots": (24, "M12 12h.1", 9),
}


@cache
def outlines() -> dict[str, Any]:
    """Return the outlines: path data, dots and centres by country code."""
    with open(join(dirname(__file__), "world.json"), encoding="utf-8") as file:
        read: dict[str, Any] = json.load(file)
    return read


def svg(world: WorldMap, title: str | None = None, address: str = "") -> str:
    """Return the whole picture as an SVG document: heading, map, legend, note and source."""
    with entering(world):
        title = inert(title or words.heading(world))
        below = TOP + _tall() + 26
        note = wrapped(tr(words.BOUNDARIES), NOTE_SIZE, WIDTH - 2 * MARGIN)
        note.append(credit(world.data, address))
        tall = below + _lines(world) * LEGEND_ROW + FOOT + (len(note) - 1) * NOTE_ROW
        return "".join(
            [
                *_opening(f"0 0 {WIDTH} {tall}", (WIDTH, tall), "img", title, words.summary(world)),
                f'<rect class="vm-paper" width="{WIDTH}" height="{tall}" fill="{PAPER.light}"/>',
                *_head(world, title),
                *_map(world),
                *_legend(world, below),
                *(
                    _text(MARGIN, tall - 20 - n * NOTE_ROW, line, NOTE_SIZE, QUIET, "quiet")
                    for n, line in enumerate(reversed(note))
                ),
                "</svg>\n",
            ]
        )


def bare(world: WorldMap, title: str | None = None, address: str = "") -> str:
    """Return the map alone, for a page that says the rest; its countries take the focus.

    With an ``address``, in which ``{code}`` stands for a country, each of them is a link.
    """
    with entering(world):
        title = inert(title or words.heading(world))
        wide, tall = WIDTH - 2 * MARGIN, _tall()
        box = f"{MARGIN} {TOP} {wide} {tall}"
        opening = _opening(box, (wide, tall), "group", title, words.summary(world))
        return "".join([*opening, *_map(world, address), "</svg>\n"])


def swatch(shade: str) -> str:
    """Return a sample of a shade as a small SVG, for a legend on a page that holds the map."""
    return (
        f'<svg class="vm-sample" viewBox="0 0 140 100" width="28" height="20" aria-hidden="true">'
        f"{_sample(shade)}</svg>"
    )


def inert(text: str) -> str:
    """Return a text without the characters that XML cannot hold, cut where it is too long."""
    whole = "".join(c for c in " ".join(text.split()) if c.isprintable() or c == "\u200d")
    return whole if len(whole) <= LONGEST_TITLE else f"{whole[: LONGEST_TITLE - 1]}\u2026"


def _opening(
    box: str, size: tuple[int, int], role: str, title: str, summary: str
) -> tuple[str, ...]:
    return (
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{size[0]}" '
            f'height="{size[1]}" role="{role}" aria-labelledby="vm-title" '
            f'aria-describedby="vm-desc" class="vm-map" font-family="{FONT}">'
        ),
        f'<title id="vm-title">{escape(title)}</title>',
        f'<desc id="vm-desc">{escape(summary)}</desc>',
        f"<defs>{''.join(_hatch(shade, paint) for shade, paint in PAINTS.items())}</defs>",
    )


def _tall() -> int:
    """Return the height of the map itself."""
    return int(outlines()["size"][1]) // FINE


def _lines(world: WorldMap) -> int:
    """Return the number of lines that the legend takes."""
    return -(-len(list(words.legend(world))) // _columns(world))


def _columns(world: WorldMap) -> int:
    """Return the number of columns that the longest label of the legend leaves room for."""
    labels = [f"{row.label} {row.number or ''}" for row in words.legend(world)]
    longest = max(wide(label, 18) for label in labels)
    room = WIDTH - 2 * MARGIN
    fitting = (n for n in LEGEND_COLUMNS if BESIDE_SAMPLE + longest <= room / n)
    return next(fitting, LEGEND_COLUMNS[-1])


def _map(world: WorldMap, link: str | None = None) -> list[str]:
    countries = _countries(world, link)
    if world.direction == "region":
        wide, tall = WIDTH - 2 * MARGIN, _tall()
        box = " ".join(f"{n:g}" for n in _around(world, wide / tall))
        place = f'x="{MARGIN}" y="{TOP}" width="{wide}" height="{tall}" viewBox="{box}"'
        return [f"<svg {place}>", *countries, *_names(world), "</svg>"]
    return [
        f'<g transform="translate({MARGIN} {TOP}) scale({1 / FINE})">',
        *countries,
        "</g>",
        *_home_label(world),
    ]


def _around(world: WorldMap, ratio: float) -> tuple[float, ...]:
    """Return a part of the map, as wide as ``ratio`` heights, in which its places lie."""
    places = [outlines()["centres"][mark.country.code] for mark in world.marks]
    (left, right), (top, low) = (
        (min(place[n] for place in places), max(place[n] for place in places)) for n in (0, 1)
    )
    tall = max((low - top) * 1.9, (right - left) * 1.9 / ratio)
    wide = tall * ratio
    return (left + right - wide) / 2, (top + low - tall) / 2, wide, tall


def _names(world: WorldMap) -> list[str]:
    """Return the name and the verdict of each place that a map of few is about."""
    halo = f'text-anchor="middle" paint-order="stroke" stroke="{PAPER.light}" stroke-width="3"'
    parts = []
    for place in world.marks:
        x, y, _ = outlines()["centres"][place.country.code]
        bold = f'{halo} font-weight="700"'
        parts.append(_text(x, y - 3, place.country.name, 15, TEXT, "", bold))
        parts.append(_text(x, y + 9, words.verdict(place), 10, TEXT, "", halo))
    return parts


def _head(world: WorldMap, title: str) -> list[str]:
    size = min(TITLE_SIZE, max(16, TITLE_SIZE * TITLE_FITS // max(len(title), 1)))
    count, below, what = words.free(world), words.subheading(world), words.free_what(world)
    room = WIDTH - 3 * MARGIN - wide(what, 18)
    fitting = round(18 * min(1, room / wide(below, 18)), 1)
    head = [
        _text(MARGIN, 54, title, size, TEXT, "text", 'font-weight="700"'),
        _text(MARGIN, 84, below, fitting, QUIET, "quiet"),
        _text(
            WIDTH - MARGIN, 60, str(count), 52, TEXT, "text", 'text-anchor="end" font-weight="700"'
        ),
        _text(WIDTH - MARGIN, 84, what, 18, QUIET, "quiet", 'text-anchor="end"'),
    ]
    if practice := words.practice(world):
        head.append(_text(MARGIN, 108, practice, 17, ALARM, "alarm"))
    return head


def _countries(world: WorldMap, link: str | None) -> list[str]:
    drawn = outlines()
    marks = {mark.country.code: mark for mark in world.marks}
    disputed = class_of("disputed")
    parts = [
        f'<path class="vm-sea" fill="{SEA.light}" d="{drawn["globe"]}"/>',
        (
            f'<g class="vm-countries" id="vm-land" stroke="{BORDER.light}" stroke-width="2.5" '
            'stroke-linejoin="round">'
        ),
        *(
            f'<path class="{disputed}" fill="url(#{disputed}-hatch)" d="{path}">'
            f"<title>{escape(_disputed(name))}</title></path>"
            for name, path in drawn["areas"].items()
        ),
    ]
    # Countries with a dot come last, so that no neighbour covers it.
    for code in sorted({*drawn["shapes"], *drawn["dots"]}, key=lambda c: (c in drawn["dots"], c)):
        mark = marks.get(code)
        path, dot = drawn["shapes"].get(code), drawn["dots"].get(code)
        if mark is None:
            if path:
                blank = "vm-apart" if world.direction == "region" else class_of("unknown")
                fill = APART.light if world.direction == "region" else _fill("unknown")
                parts.append(f'<path class="{blank}" fill="{fill}" d="{path}"/>')
            continue
        inner = f'<path d="{path}"/>' if path else ""
        if dot and mark.counted:
            inner += f'<circle cx="{dot[0]}" cy="{dot[1]}" r="{DOT}" stroke="{RIM.light}"/>'
        if inner:
            parts.append(_country(mark, inner, link))
    return [*parts, "</g>"]


def _disputed(area: str) -> str:
    return tr("{area}: disputed area, not coloured", area=tr(area))


def _country(mark: Mark, inner: str, link: str | None) -> str:
    """Return a country; with a ``link`` it is one, and an empty one makes it take the focus."""
    code, shade = mark.country.code, mark.shade
    said = escape(words.sentence(mark))
    name, reach = "g", ""
    coast = f' stroke="{COAST.light}"' if shade in COASTS else ""
    if link is not None:
        reach = f' tabindex="0" role="img" aria-label="{said}"'
    if link:
        at = " ".join(f"{n:.0f}" for n in outlines()["centres"].get(code, ()))
        there = f'href="{link.format(code=code)}" data-at="{at}"'
        name, reach = "a", f' {there} tabindex="-1" aria-label="{said}"'
    return (
        f'<{name} id="vm-{code}" class="vm-country {class_of(shade)}" data-code="{code}" '
        f'fill="{_fill(shade)}"{coast}{reach}><title>{said}</title>{inner}</{name}>'
    )


def _home_label(world: WorldMap) -> list[str]:
    place = outlines()["centres"].get(world.home.code)
    if place is None:
        return []
    x, y, wide = MARGIN + place[0] / FINE, TOP + place[1] / FINE, place[2] / FINE
    name = world.home.name
    if wide > len(name) * 8:
        return [_text(x, y + 4, name, 14, TEXT, "", 'text-anchor="middle" font-weight="700"')]
    halo = f'text-anchor="middle" font-weight="700" paint-order="stroke" stroke="{PAPER.light}" '
    return [_text(x, y - 10, name, 15, TEXT, "", f'{halo}stroke-width="4"')]


def _legend(world: WorldMap, top: float) -> list[str]:
    step = (WIDTH - 2 * MARGIN) / _columns(world)
    rows = list(words.legend(world))
    lines = _lines(world)
    parts = ['<g class="vm-legend" aria-hidden="true">']
    for n, row in enumerate(rows):
        x, y = MARGIN + n // lines * step, top + n % lines * LEGEND_ROW
        parts.append(
            f'<g transform="translate({x:g} {y:g}) scale({1 / FINE})">{_sample(row.shade)}</g>'
        )
        count = "" if row.number is None else f' <tspan font-weight="700">{row.number}</tspan>'
        parts.append(_text(x + BESIDE_SAMPLE, y + 16, row.label, 18, TEXT, "text", after=count))
    return [*parts, "</g>"]


def _sample(shade: str) -> str:
    return (
        f'<rect class="vm-swatch {class_of(shade)}" x="2" y="2" width="136" height="96" rx="20" '
        f'fill="{_fill(shade)}" stroke="{RIM.light}" stroke-width="3"/>'
    )


def _fill(shade: str) -> str:
    paint = PAINTS[shade]
    return f"url(#{class_of(shade)}-hatch)" if paint.hatch else paint.light


def _hatch(shade: str, paint: Paint) -> str:
    if paint.hatch is None:
        return ""
    size, path, wide = HATCHES[paint.hatch]
    return (
        f'<pattern id="{class_of(shade)}-hatch" width="{size}" height="{size}" '
        f'patternUnits="userSpaceOnUse"><rect width="{size}" height="{size}" '
        f'fill="{paint.light}"/><path d="{path}" fill="none" stroke="{paint.ink_light}" '
        f'stroke-width="{wide}" stroke-linecap="round"/></pattern>'
    )


def _text(  # noqa: PLR0913, PLR0917  where, what and how, each once
    x: float,
    y: float,
    text: str,
    size: float,
    paint: Paint,
    part: str,
    more: str = "",
    after: str = "",
) -> str:
    named = f' class="vm-{part}"' if part else ""
    more = f" {more}" if more else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{paint.light}"{named}{more}>'
        f"{escape(text)}{after}</text>"
    )


COLUMNS = (
    Column("Country", lambda m: m.country.name),
    Column("Code", lambda m: m.country.code),
    Column("Answer", lambda m: capital(words.verdict(m))),
    Column("Ground", lambda m: tr(BASES.get(m.basis, m.basis)) if m.basis else ""),
    Column("Act", lambda m: m.instrument or ""),
)
# One stop for the tab key, arrows from country to country, one tooltip instead of the browser's.
SCRIPT = """
const all = [...document.querySelectorAll('.vm-country')]
  .sort((a, b) => a.getAttribute('aria-label').localeCompare(b.getAttribute('aria-label')));
const tip = document.createElement('div');
tip.id = 'tip'; tip.hidden = true; tip.setAttribute('aria-hidden', 'true');
document.body.append(tip);
const show = (one, x, y) => {
  tip.textContent = one.getAttribute('aria-label'); tip.hidden = false;
  tip.style.left = Math.max(4, Math.min(x + 14, innerWidth - tip.offsetWidth - 8)) + 'px';
  tip.style.top = Math.max(4, Math.min(y + 18, innerHeight - tip.offsetHeight - 8)) + 'px';
};
all.forEach((one, n) => {
  one.querySelector('title').remove();
  one.setAttribute('tabindex', n ? -1 : 0);
  one.addEventListener('pointermove', (e) => show(one, e.clientX, e.clientY));
  one.addEventListener('pointerleave', () => { tip.hidden = true; });
  one.addEventListener('blur', () => { tip.hidden = true; });
  one.addEventListener('focus', () => {
    const box = one.getBoundingClientRect();
    show(one, box.left + box.width / 2, box.top + box.height / 2);
  });
  one.addEventListener('keydown', (e) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    if (e.key === 'Escape') tip.hidden = true;
    if (!by) return;
    e.preventDefault();
    const next = all[(n + by + all.length) % all.length];
    one.setAttribute('tabindex', -1); next.setAttribute('tabindex', 0); next.focus();
  });
});
"""


def html(world: WorldMap, title: str | None = None) -> str:
    """Return the page."""
    with entering(world):
        listed = table(tr("The same as a table"), COLUMNS, in_order(world))
        said = inert(title or words.heading(world))
        return page(said, _figure(world, said), listed, SCRIPT)


def in_order(world: WorldMap) -> list[Mark]:
    """Return the countries that count, by shade and name."""
    return sorted(words.counted(world), key=lambda m: (words.ORDER.index(m.shade), m.country.name))


def _figure(world: WorldMap, title: str) -> str:
    practice = words.practice(world)
    warned = f'<p class="alarm">{escape(practice)}</p>' if practice else ""
    legend = "".join(
        f"<li>{swatch(row.shade)}<span>{escape(row.label)}"
        f"{'' if row.number is None else f' <b>{row.number}</b>'}</span></li>"
        for row in words.legend(world)
    )
    return (
        f'<header><div><h1>{escape(title)}</h1><p class="quiet">'
        f"{escape(words.subheading(world))}</p>{warned}</div>"
        f'<p class="count"><b>{words.free(world)}</b> {escape(words.free_what(world))}</p>'
        "</header>\n"
        f'<figure>\n{bare(world, title)}<figcaption><ul class="legend">{legend}</ul>'
        f'<p class="quiet">{escape(tr(words.BOUNDARIES))}</p></figcaption>\n</figure>\n'
    )

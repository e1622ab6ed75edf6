"""Draws the world once: Natural Earth's outlines, projected and simplified, as the map's asset.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python tools/draw_world.py package/countries-50m.json

writes ``visamap/pictures/world.json``. Run it when the outlines, the projection or the
decisions below change; nothing in the package needs this file.

Natural Earth is in the public domain; ``world-atlas`` carries it as TopoJSON, where a border is one
arc that both neighbours refer to. Arcs are simplified, not countries, so neighbours still meet.

Whose land is whose is not ours to say. Countries and their codes are those of ISO 3166-1, and
Kosovo (XKX). Where two sides claim an area and it has no passport in our list, it belongs to
nobody here: it is drawn apart, hatched, and a note says so (``DISPUTED``). Antarctica and islands
where nobody lives are left out.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycountry
from geometry import (
    MERIDIAN,
    Point,
    Ring,
    apart,
    area,
    centre,
    from_middle,
    inside,
    projected,
    simplified,
)

OUT = Path(__file__).parent.parent / "visamap" / "pictures" / "world.json"

WIDTH = 5760
"""Units of the grid from the map's left edge to its right one; the map shows five to a pixel."""
WEST, EAST = MERIDIAN - 180, MERIDIAN + 180 - 1e-9
"""Longitudes of the map's edges; the same line but for a hair."""
NORTH, SOUTH = 90.0, -57.5
"""Latitudes at which the map is cut."""
LEAST_BEND = 3.0
"""A point goes if the triangle with its neighbours is smaller, in square units."""
CORNERS = 3
LEAST_ISLE = 20.0
"""An island goes if it is smaller, unless it is all that a country has."""
SMALL = 150.0
"""A country whose largest piece is smaller gets a dot (about 8,000 square kilometres)."""
DOT = 16.5
"""The radius of a dot, and of the room it needs around it."""

WITHOUT_ID = {"Kosovo": "XKX", "Indian Ocean Ter.": "AUS"}
DISPUTED = {
    "N. Cyprus": "Northern Cyprus",
    "Somaliland": "Somaliland",
    "Siachen Glacier": "Siachen Glacier",
}
CRIMEA, ITS_SIZE = (34.3, 45.3), 1e4
"""A point in it, and more than its area: the outlines make it a piece of its own."""
UNINHABITED = {"ATA", "ATF", "BVT", "HMD", "IOT", "SGS", "UMI"}
ALSO_DOTS = {"QAT"}
PLACES = {
    # Where the dot of a scattered or missing country stands: its capital.
    "BES": (-68.27, 12.18),
    "GIB": (-5.35, 36.14),
    "KIR": (172.98, 1.33),
    "MDV": (73.51, 4.18),
    "TKL": (-171.8, -9.2),
    "TUV": (179.2, -8.52),
}
NO_STATE = frozenset(
    {
        *("ABW", "AIA", "ALA", "ASM", "BES", "BLM", "BMU", "COK", "CUW", "CYM", "FLK", "FRO"),
        *("GGY", "GIB", "GUM", "IMN", "JEY", "MAF", "MNP", "MSR", "NCL", "NFK", "NIU", "PCN"),
        *("PYF", "SHN", "SPM", "SXM", "TCA", "TKL", "VGB", "VIR", "WLF"),
    }
)
"""Territories whose people hold another state's passport; their dots give way to those of states,
and the map draws them only where it is asked about them."""


def main(source: str) -> None:
    """Read the topology, write the asset, say how large it is."""
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    arcs = [_simplified(arc) for arc in _decoded(topology)]
    shapes: dict[str, list[Ring]] = {}
    areas: dict[str, list[Ring]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            rings = [_ring(arcs, ring) for ring in polygon]
            home, name = _home(geometry, rings[0])
            if home not in UNINHABITED:
                (areas if name else shapes).setdefault(name or home, []).extend(rings)
    biggest = {code: max(rings, key=area) for code, rings in shapes.items()}
    dots = {
        code: centre(ring)
        for code, ring in biggest.items()
        if area(ring) < SMALL or code in ALSO_DOTS
    }
    dots |= {code: _on_grid(projected(*place)) for code, place in PLACES.items()}
    states = apart({c: p for c, p in dots.items() if c not in NO_STATE}, {}, DOT)
    others = apart({c: p for c, p in dots.items() if c in NO_STATE}, states, DOT)
    world = {
        "source": "Natural Earth 1:50m by way of world-atlas; Equal Earth projection",
        "size": [WIDTH, round(_on_grid(projected(0, SOUTH))[1])],
        "globe": _path([_globe()]),
        "shapes": {
            code: path for code, rings in sorted(shapes.items()) if (path := _path(_kept(rings)))
        },
        "areas": {name: _path(rings) for name, rings in sorted(areas.items())},
        "dots": {code: _whole(point) for code, point in sorted((states | others).items())},
        "centres": {
            code: [*_whole(centre(ring)), round(max(p[0] for p in ring) - min(p[0] for p in ring))]
            for code, ring in sorted(biggest.items())
        },
    }
    lines = [f'"{key}":{_written(value)}' for key, value in world.items()]
    OUT.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")
    print(f"{OUT.name}: {OUT.stat().st_size / 1000:.0f} kB, {len(shapes)} shapes, {len(dots)} dots")


def _decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs as degrees; the file has them as steps on a grid."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return arcs


def _simplified(arc: list[Point]) -> list[Point]:
    drawn: list[Point] = []
    before: float | None = None
    for lon, lat in arc:
        drawn.append(_on_grid(projected(lon, lat, before)))
        before = from_middle(lon, before)
    return simplified(drawn, LEAST_BEND)


def _on_grid(point: Point) -> Point:
    left, right = projected(WEST, 0)[0], projected(EAST, 0)[0]
    scale = WIDTH / (right - left)
    return (point[0] - left) * scale, (projected(0, NORTH)[1] - point[1]) * scale


def _ring(arcs: list[list[Point]], numbers: list[int]) -> Ring:
    """Join arcs into a ring; a number below zero is an arc walked backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[:-1]
    return ring


def _home(geometry: dict[str, Any], ring: Ring) -> tuple[str, str | None]:
    """Return the code that a polygon belongs to, or the name of the disputed area that it is."""
    name = geometry["properties"]["name"]
    if name in DISPUTED:
        return "", DISPUTED[name]
    if name == "Russia" and inside(_on_grid(projected(*CRIMEA)), ring) and area(ring) < ITS_SIZE:
        return "", "Crimea"
    if name in WITHOUT_ID:
        return WITHOUT_ID[name], None
    return pycountry.countries.get(numeric=geometry["id"]).alpha_3, None


def _kept(rings: list[Ring]) -> list[Ring]:
    """Return the rings that can be seen, and in any case the largest."""
    return [r for r in rings if area(r) >= LEAST_ISLE] or [max(rings, key=area)]


def _globe() -> Ring:
    """Return the edge of the projected globe, cut at the map's southern edge."""
    steps = [NORTH - (NORTH - SOUTH) * n / 48 for n in range(49)]
    east = [_on_grid(projected(EAST, lat)) for lat in steps]
    west = [_on_grid(projected(WEST, lat)) for lat in steps]
    return east + west[::-1]


def _path(rings: list[Ring]) -> str:
    """Return rings as SVG path data in whole numbers: one absolute start each, then steps."""
    parts = []
    for ring in rings:
        points = [_whole(point) for point in ring]
        points = [p for n, p in enumerate(points) if p != points[n - 1]] or points[:1]
        if len(points) < CORNERS:
            continue  # smaller than the grid; a dot stands for it
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
        numbers = "".join(
            f"{x if x < 0 or n == 0 else f' {x}'}{y if y < 0 else f' {y}'}"
            for n, (x, y) in enumerate(steps)
        )
        parts.append(f"M{points[0][0]} {points[0][1]}l{numbers}z")
    return "".join(parts)


def _whole(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _written(value: Any) -> str:
    if isinstance(value, dict):
        rows = (f'"{key}":{json.dumps(row, separators=(",", ":"))}' for key, row in value.items())
        return "{\n" + ",\n".join(rows) + "}"
    return json.dumps(value, separators=(",", ":"))


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004
        sys.exit(__doc__)
    main(sys.argv[1])

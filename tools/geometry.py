"""Plane geometry for ``draw_world``: projecting, simplifying, measuring, keeping dots apart."""

import heapq
import math

Point = tuple[float, float]
Ring = list[Point]

MERIDIAN = 11.5
"""The middle of the map: its edges then run through the Bering Strait and cut no country."""
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = math.sqrt(3) / 2


def projected(lon: float, lat: float, near: float | None = None) -> Point:
    """Return a place in the Equal Earth projection (Šavrič, Patterson and Jenny, 2018).

    ``near`` is a longitude from the middle of the map, of a neighbour on the same line: an island
    on the edge stays whole and pokes over it.
    """
    around = from_middle(lon, near)
    angle = math.asin(M * math.sin(math.radians(lat)))
    square = angle * angle
    sixth = square**3
    x = math.radians(around) * math.cos(angle)
    x /= M * (A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square))
    return x, angle * (A1 + A2 * square + sixth * (A3 + A4 * square))


def from_middle(lon: float, near: float | None) -> float:
    """Return a longitude counted from the middle of the map, on the side of ``near``."""
    around = (lon - MERIDIAN + 180) % 360 - 180
    return around if near is None else around + 360 * round((near - around) / 360)


def simplified(line: list[Point], least: float) -> list[Point]:
    """Return a line without its slightest bends (Visvalingam and Whyatt); the ends stay."""
    before = list(range(-1, len(line) - 1))
    after = list(range(1, len(line) + 1))

    def bend(n: int) -> float:
        return triangle(line[before[n]], line[n], line[after[n]])

    bends = {n: bend(n) for n in range(1, len(line) - 1)}
    heap = [(size, n) for n, size in bends.items()]
    heapq.heapify(heap)
    left = len(line)
    closed = line[0] == line[-1]
    while heap and left > (5 if closed else 2):
        size, n = heapq.heappop(heap)
        if bends.get(n) != size:
            continue
        if size >= least:
            break
        del bends[n]
        left -= 1
        a, b = before[n], after[n]
        after[a], before[b] = b, a
        for m in (a, b):
            if m in bends:
                # Never less than what has gone, or a coast would melt from one end.
                bends[m] = max(size, bend(m))
                heapq.heappush(heap, (bends[m], m))
    return [point for n, point in enumerate(line) if n in bends or n in (0, len(line) - 1)]


def triangle(a: Point, b: Point, c: Point) -> float:
    """Return the area of a triangle."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def signed(ring: Ring) -> float:
    """Return the area of a ring, below zero if it turns the other way."""
    turned = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in turned) / 2


def area(ring: Ring) -> float:
    """Return the area of a ring."""
    return abs(signed(ring))


def centre(ring: Ring) -> Point:
    """Return the centre of gravity of a ring."""
    size = signed(ring)
    if abs(size) < 1e-6:  # noqa: PLR2004
        return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)
    x = y = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x, y = x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross
    return x / (6 * size), y / (6 * size)


def inside(point: Point, ring: Ring) -> bool:
    """Tell whether a point lies in a ring."""
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


def apart(dots: dict[str, Point], fixed: dict[str, Point], radius: float) -> dict[str, Point]:
    """Return dots moved as little as needed to touch neither each other nor the ``fixed`` ones."""
    where = dict(dots)
    for turn in range(600):
        pull = 0.04 if turn < 500 else 0.0  # noqa: PLR2004  home at first, apart in the end
        for code, (x, y) in where.items():
            at_home = dots[code]
            where[code] = x + (at_home[0] - x) * pull, y + (at_home[1] - y) * pull
        names = sorted(where)
        for n, one in enumerate(names):
            for other in [*names[n + 1 :], *fixed]:
                still = other in fixed
                a, b = where[one], fixed[other] if still else where[other]
                dx, dy = b[0] - a[0], b[1] - a[1]
                distance = math.hypot(dx, dy) or 1.0
                overlap = 2 * radius - distance
                if overlap <= 0:
                    continue
                if (dx, dy) == (0, 0):
                    dx = 1.0
                share = overlap * (1 if still else 0.5) / distance
                where[one] = a[0] - dx * share, a[1] - dy * share
                if not still:
                    where[other] = b[0] + dx * share, b[1] + dy * share
    return where

"""The charts of ``--plot``: how the number of nationalities grew, one history, passport ranks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from html import escape
from itertools import groupby, zip_longest
from textwrap import wrap
from typing import Any, NamedTuple

from visamap.dates import PartialDate
from visamap.i18n import mark, tr
from visamap.pictures import picture_page, world_map
from visamap.pictures.drawing import WIDTH, Picture, Scale, scale, spread, stairs, ticks
from visamap.pictures.palette import ALARM, APART, CLASSES, PAINTS, QUIET, TEXT, of_passport
from visamap.render import csv_form, phrases, phrases_time, phrases_world, timeline_text
from visamap.render.phrases import capital, entering, short, written
from visamap.render.phrases_world import HELD_PASSPORTS
from visamap.render.ranks_text import method
from visamap.render.sections import Column, cells_of
from visamap.results.abroad_results import Rank, Series, over_time
from visamap.results.partner_results import Growth, Move, WorldMap
from visamap.results.parts import DataRef, Note
from visamap.results.time_results import TimelinePeriod


class Chart(NamedTuple):
    """A finished chart: its SVG, and the same as rows under headings."""

    title: str
    svg: str
    columns: Sequence[Column]
    items: Sequence[Any]

    @property
    def headings(self) -> list[str]:
        """The headings of its numbers."""
        return [tr(column.heading) for column in self.columns]

    @property
    def rows(self) -> list[list[str]]:
        """Its numbers."""
        return [cells_of(self.columns, item) for item in self.items]

    def csv(self) -> str:
        """Return its numbers as CSV."""
        return csv_form.rows(self.headings, self.rows)

    def html(self) -> str:
        """Return the chart as one HTML file with its numbers as a table."""
        figure = f'<figure aria-label="{escape(self.title)}">\n{self.svg}\n</figure>\n'
        listed = picture_page.table(tr("The same as a table"), self.columns, self.items)
        return picture_page.page(self.title, figure, listed)


def world(found: WorldMap, address: str = "") -> Chart:
    """Return the map of a day as a chart: a row for each country that counts."""
    with entering(found):
        title = phrases_world.heading(found)
    svg = world_map.svg(found, address=address)
    return Chart(title, svg, world_map.COLUMNS, world_map.in_order(found))


def middle(text: str) -> date:
    """Return the day at which a date is drawn that may be a month or a year."""
    known = PartialDate.parse(text)
    return known.first + (known.last - known.first) / 2


GROWTH_HEIGHT, STRIP, LEAN = 400, 427, 40
"""Height of the area, where the names of single agreements begin, and how far they lean."""
MANY = 3
"""Nationalities that an act must move to be named in the chart; the rest stand in the strip."""
HEADROOM, ROOM = 8, 2
"""Nationalities of room above the area, and above its last step for the sum."""
BETWEEN = timedelta(days=110)
"""Days between two names in the strip, or they would run into each other."""
MINUS = "\u2212"
LONGEST = 20
"""Letters in a line beside the areas."""
GROWTH = (
    Column("From", lambda step: step.on.isoformat()),
    Column("By agreement", lambda step: str(step.agreement)),
    Column("By {home_of}'s own acts", lambda step: str(step.unilateral)),
    Column("Together", lambda step: str(step.certain)),
    Column("Perhaps more", lambda step: str(step.possible)),
)
MOVED = {
    "gained": "{act}",
    "lost": mark("no longer:\n{act}"),
    "suspended": mark("suspended by\n{act}"),
    "resumed": mark("suspension over"),
}
"""Beside a step of the chart, a line each."""
AGREEMENT, UNILATERAL, NO_ACT = (PAINTS[shade] for shade in ("free_90", "free_30", "free_14"))
LINE, NAME = 15, 32
"""From one line of a name to the next, and from one name to another of the same day."""


def growth(grown: Growth, address: str = "") -> Chart:
    """Draw areas that step, with names at the steps, and a strip of single agreements."""
    drawn = Picture()
    top = max(step.certain for step in grown.steps) + HEADROOM
    y = scale(0, top, GROWTH_HEIGHT, 0)
    drawn.numbers(ticks(0, top), y, GROWTH_HEIGHT / 2, tr("Number of nationalities"))
    x = scale(grown.since, grown.until, 0, WIDTH)
    for paint, area in (
        (NO_ACT, [(step.on, float(step.certain)) for step in grown.steps]),
        (UNILATERAL, [(step.on, float(step.agreement + step.unilateral)) for step in grown.steps]),
        (AGREEMENT, [(step.on, float(step.agreement)) for step in grown.steps]),
    ):
        steps = stairs(area, grown.until, x, y)
        drawn.add("path", d=steps, fill=paint.light, class_=CLASSES[paint])
    drawn.years(grown.since, grown.until, GROWTH_HEIGHT)
    _name_areas(drawn, grown, y)
    named = Counter[date]()
    for move in grown.moves:
        if len(move.nationalities) >= MANY:
            # At its step, and below its edge after a gap.
            certain = [step.certain for step in grown.steps if step.on <= move.on][-1]
            gap = {"suspended": 10, "lost": 10, "resumed": -12}.get(move.kind, 0)
            height = y(certain + gap) - named[move.on] * NAME
            _name_move(drawn, move, x(move.on), height)
            named[move.on] += 1
    _strip(drawn, grown, x)
    for step, following in zip_longest(grown.steps, grown.steps[1:]):
        start, end = x(step.on), x(following.on if following else grown.until)
        parts = [f"{tr(column.heading)}: {column.of(step)}" for column in GROWTH[1:]]
        said = f"{written(step.on)}. {'; '.join(parts)}"
        drawn.add(
            "rect", said, x=start, y=0, width=end - start, height=GROWTH_HEIGHT, fill_opacity=0
        )
    title = tr("Nationalities that enter {home_into} without a visa")
    subtitle = tr(
        "{passports}, {since} to {until}, certain ones only. Data of {release}.",
        passports=capital(tr(HELD_PASSPORTS[grown.passport])),
        since=written(grown.since),
        until=written(grown.until),
        release=grown.data.release,
    )
    svg = drawn.svg(title, subtitle, grown.data, address)
    return Chart(title, svg, GROWTH, grown.steps)


def _name_areas(drawn: Picture, grown: Growth, y: Scale) -> None:
    """Name the areas at their right end, where the eye arrives."""
    last = grown.steps[-1]
    for height, number, said, paint in (
        (last.agreement / 2, last.agreement, mark("{n} by agreement"), AGREEMENT),
        (
            last.agreement + last.unilateral / 2,
            last.unilateral,
            mark("{n} by {home_of}'s own acts"),
            UNILATERAL,
        ),
        (
            last.certain - last.act_not_identified / 2,
            last.act_not_identified,
            mark("{n} by acts not identified"),
            QUIET,
        ),
        (last.certain + ROOM, last.certain, mark("{n} together"), TEXT),
    ):
        lines = wrap(tr(said, n=number), LONGEST) if number else []
        for n, line in enumerate(lines):
            drawn.text(WIDTH + 8, y(height) + 5 + n * 16, line, paint, size=14, bold=True)


def _name_move(drawn: Picture, move: Move, at: float, height: float) -> None:
    """Name an act that moved many: a step up leaves room on its left, a step down on its right."""
    down = move.kind in {"lost", "suspended"}
    count = f"{MINUS if down else '+'}{len(move.nationalities)}"
    act = move.act
    # Most acts here are decrees of the government; the room beside a step is small.
    kind = tr("decree") if act.kind == "government-decree" else tr(phrases.ACT_KINDS[act.kind])
    named = tr("{kind} {number}", kind=kind, number=act.number) if act.number else kind
    lines = [f"{count}, {short(move.on, move.between)}"]
    lines += tr(MOVED[move.kind], act=capital(named)).splitlines()
    for n, line in enumerate(lines):
        if down:
            drawn.text(at + 7, height - 3 + n * LINE, line, ALARM, size=12)
        else:
            drawn.text(at - 7, height - 17 + n * LINE, line, size=12, anchor="end")


def _strip(drawn: Picture, grown: Growth, x: Scale) -> None:
    """Name those who came or went one by one, each on its day or as near as there is room."""
    names: dict[date, list[str]] = {}
    for move in grown.moves:
        if len(move.nationalities) < MANY:
            sign = MINUS if move.kind in {"lost", "suspended"} else ""
            names.setdefault(move.on, []).extend(sign + one.name for one in move.nationalities)
    if names:
        drawn.text(0, STRIP + 10, tr("One by one:"), QUIET, size=12)
    free = grown.since
    for on, told in sorted(names.items()):
        at = max(on, free)
        free = at + BETWEEN
        drawn.line((x(on), STRIP), (x(at), STRIP + 15))
        drawn.text(x(at), STRIP + 22, ", ".join(told), size=12, turned=LEAN)


ROW, BAR = 34, 22
MARGIN = timedelta(days=200)
WIDEST = 0.7
"""Of the width: a longer bar carries its name itself."""
FROM, TO, _ANSWER, _LIMITS, ACT, _ENDED, SURE = timeline_text.COLUMNS
TIMELINE = (FROM, TO, Column("Answer", phrases.verdict), ACT, SURE)
STATES = {
    "visa_free": PAINTS["free_30"],
    "suspended": ALARM,
    "unknown": APART,
    "visa_required": PAINTS["visa_required"],
    "citizen": PAINTS["home"],
}


def timeline(periods: Sequence[TimelinePeriod], data: DataRef, address: str = "") -> Chart:
    """Draw a bar for each period, oldest on top, named beside it."""
    drawn = Picture()
    days = [day for one in periods for day in (one.valid_from, one.valid_to) if day]
    first, last = min([*days, data.release]) - MARGIN, max([*days, data.release]) + MARGIN
    x = drawn.years(first, last, ROW * len(periods))
    for n, period in enumerate(periods):
        start = x(period.valid_from or first)
        end = x((period.valid_to or last).toordinal() + 1)
        state = "suspended" if period.reason == "suspended" else period.verdict
        said = f"{phrases_time.days(period)}:  {_said(period)}"
        drawn.add(
            "rect",
            said,
            x=start,
            y=n * ROW + (ROW - BAR) / 2,
            width=end - start,
            height=BAR,
            rx=3,
            fill=STATES[state].light,
            class_=CLASSES[STATES[state]],
        )
        # The name stands where there is room: behind a bar in the left half, before one in the
        # right.
        behind, on_it = (start + end) / 2 < WIDTH / 2, end - start > WIDTH * WIDEST
        before = not (behind or on_it)
        at = start - 6 if before else (start if on_it else end) + 6
        drawn.text(at, n * ROW + ROW / 2 + 4.5, said, anchor="end" if before else "start")
    today = x(data.release)
    drawn.line((today, 0), (today, ROW * len(periods)), stroke_dasharray="3 3")
    holder = periods[0].nationality
    title = tr("{name}: entering {home_into} over the years", name=holder.name)
    subtitle = tr(
        "{passports}. The dashed line is the data's release, {day}.",
        passports=capital(tr(HELD_PASSPORTS[periods[0].passport])),
        day=data.release,
    )
    svg = drawn.svg(title, subtitle, data, address)
    return Chart(title, svg, TIMELINE, periods)


def _said(period: TimelinePeriod) -> str:
    if period.verdict == "visa_free" and period.regime:
        act = period.regime.instrument
        if not period.max_stay_days:
            return tr("visa-free, stay not known ({act})", act=act)
        return tr("visa-free, {days} ({act})", days=phrases.days(period.max_stay_days), act=act)
    if period.suspended_by:
        return tr("suspended ({act})", act=period.suspended_by.act.id)
    return tr(phrases.VERDICTS[period.verdict])


PANEL, PITCH, TITLE = 260, 338, 22
"""Height of a panel, from one panel to the next, and of the first one's title."""
FEW = 40
"""Editions up to which each one gets a point on the line."""
SHORTEST = timedelta(days=365)
"""What a panel must span, if any does: two editions of one spring are no history."""
CLOSEST = 19.5
"""How close two names may come."""
POINT = 3.3


def ranks(
    found: Sequence[Rank], data: DataRef, notes: Iterable[Note] = (), address: str = ""
) -> Chart:
    """Draw all editions that have a rank, a panel for each index; the first place is on top.

    ``notes`` are the remarks on the answer, by which an index is called.
    """
    drawn = Picture()
    told = [one.values for one in notes]
    names = {one["index"]: one["name"] for one in told if "name" in one and "index" in one}
    for n, (series, listed) in enumerate(_panels(found)):
        _panel(drawn, _called(series, names), listed, TITLE + n * PITCH)
    title = tr("Passport ranks over the years")
    subtitle = tr(
        "The first place is on top; ranks of two indexes cannot be compared. "
        "Hollow points are doubtful. Data of {release}.",
        release=data.release,
    )
    columns = (
        Column("Index", lambda one: names.get(one.index, one.index)),
        Column("Edition", lambda one: one.edition),
        Column("Passport", lambda one: one.name),
        Column("Rank", lambda one: str(one.rank or "")),
        Column("Of", lambda one: str(one.of or "")),
        Column("Published", method),
    )
    return Chart(title, drawn.svg(title, subtitle, data, address), columns, found)


def _panels(found: Sequence[Rank]) -> Iterator[tuple[Series, list[Rank]]]:
    """Yield what can be compared: an index, published or recomputed, with more than one edition."""
    listed = [
        [rank for rank in group if rank.rank]
        for _, group in groupby(sorted(found, key=_series), key=_series)
    ]
    for group in [group for group in listed if _span(group) >= SHORTEST] or filter(None, listed):
        first = group[0]
        yield Series(first.index, first.published, first.formula), over_time(group)


def _series(rank: Rank) -> tuple[str, bool, str]:
    return rank.index, not rank.published, rank.formula or ""


def _called(series: Series, names: Mapping[str, str]) -> str:
    name = names.get(series.index, series.index)
    if series.published:
        return tr("{index}, as published", index=name)
    return tr("{index}, recomputed, formula {formula}", index=name, formula=series.formula)


def _span(listed: list[Rank]) -> timedelta:
    days = [middle(rank.as_of) for rank in listed]
    return max(days) - min(days) if days else timedelta(0)


def _panel(drawn: Picture, name: str, listed: list[Rank], top: float) -> None:
    drawn.text(0, top - 11, name, QUIET, size=15, bold=True)
    days, places = [middle(rank.as_of) for rank in listed], [rank.rank or 0 for rank in listed]
    air = max(2, (max(places) - min(places)) * 0.08)
    low, high = max(places) + air, max(1, min(places) - air)
    y = scale(high, low, top, top + PANEL)
    drawn.numbers(ticks(high, low), y, top + PANEL / 2, tr("Rank (1 is best)"))
    first, last = min(days) - timedelta(days=120), max(days) + timedelta(days=60)
    x = drawn.years(first, last, top + PANEL)
    in_order = sorted(listed, key=lambda rank: middle(rank.as_of))
    newest = {rank.passport: rank for rank in sorted(in_order, key=lambda rank: rank.latest)}
    for code in newest:
        own = [rank for rank in in_order if rank.passport == code]
        _line(drawn, own, x, y, points=len(set(days)) <= FEW)
    ends = sorted(newest.values(), key=lambda rank: rank.rank or 0)
    heights = spread([y(rank.rank or 0) for rank in ends], CLOSEST)
    for rank, at in zip(ends, heights, strict=True):
        paint, said = of_passport(rank.passport), f"{rank.rank} {rank.name}"
        drawn.text(x(middle(rank.as_of)) + 10, at + 4.5, said, paint, bold=True)


def _line(drawn: Picture, own: list[Rank], x: Scale, y: Scale, *, points: bool) -> None:
    """Draw the ranks of one passport; what is doubtful stands beside its line, hollow."""
    paint = of_passport(own[0].passport)
    filled = CLASSES[paint]
    hollow = {"fill": "none", "stroke": paint.light, "class_": f"vm-line {filled}"}
    placed = [(x(middle(one.as_of)), y(one.rank or 0), one) for one in own]
    path = " ".join(
        f"{across:.1f},{down:.1f}" for across, down, one in placed if one.confidence != "low"
    )
    drawn.add("polyline", points=path, stroke_width=2.2, **hollow)
    for across, down, one in placed:
        said = tr(
            "{name}: rank {rank} ({edition})", name=one.name, rank=one.rank, edition=one.edition
        )
        if one.confidence == "low":
            drawn.add("circle", said, cx=across, cy=down, r=POINT, stroke_width=2, **hollow)
            continue
        seen = {"r": POINT} if points else {"r": 2 * POINT, "fill_opacity": 0}
        drawn.add("circle", said, cx=across, cy=down, fill=paint.light, class_=filled, **seen)

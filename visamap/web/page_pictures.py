"""The pictures of a destination by name: on a page, in a frame of another site, as a file.

Small ones that only a page has (the steps over the slider, a history as a bar) carry classes, which
its style sheet paints.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from importlib.util import find_spec

from markupsafe import Markup

from visamap import clock
from visamap.i18n import tr
from visamap.pictures import charts, drawing
from visamap.pictures.charts import Chart
from visamap.pictures.drawing import scale, stairs, tag
from visamap.registry import Registry
from visamap.render import phrases, phrases_time
from visamap.render.phrases import said
from visamap.results.partner_results import Growth
from visamap.results.time_results import TimelinePeriod

FIRST_DAY = date(2014, 1, 1)
"""Where the slider begins: the year in which the first of them began to open."""
CHARTED = "henley"
Asked = Mapping[str, str]


def first_day(registry: Registry) -> date:
    """Return where the slider begins: not before the year from which the data is complete."""
    covered = registry.index.covered_from("ordinary")
    return max(FIRST_DAY, date(covered.year, 1, 1)) if covered else FIRST_DAY


def grown(registry: Registry) -> Growth:
    """Return how many could enter without a visa, from where the slider begins until today."""
    first = first_day(registry)
    until = max(clock.today(), date(first.year + 1, 1, 1))
    found: Growth = said(registry.growth(on=until, since=first))
    return found


def _growth(registry: Registry, _asked: Asked, address: str) -> Chart:
    return charts.growth(grown(registry), address)


def _ranks(registry: Registry, _asked: Asked, address: str) -> Chart:
    found = registry.ranks(index=CHARTED)
    notes = said(registry.rank_remarks(found))
    return charts.ranks(said(found), registry.data, notes, address)


def _map(registry: Registry, asked: Asked, address: str) -> Chart:
    on, kind = asked.get("on") or None, asked.get("passport") or "ordinary"
    return charts.world(said(registry.world_map(on=on, passport=kind)), address)


def _history(registry: Registry, asked: Asked, address: str) -> Chart:
    found = said(registry.timeline(asked["code"]))
    return charts.timeline(found, registry.data, address)


PICTURES: dict[str, tuple[Callable[[Registry, Asked, str], Chart], str]] = {
    "map": (_map, "#map"),
    "growth": (_growth, "#growth"),
    "ranks": (_ranks, "#ranks"),
    "history": (_history, "nationality/{code}/"),
}
"""What draws each picture, and the place that shows it on a page."""
FORMS: dict[str, tuple[str, Callable[[Chart], str | bytes]]] = {
    "svg": ("image/svg+xml", lambda chart: chart.svg),
    "csv": ("text/csv", Chart.csv),
    "png": ("image/png", lambda chart: drawing.png(chart.svg)),
}
"""The files of a picture: their media type, and how each is made."""


def draws_png() -> bool:
    """Tell whether the library is installed that a PNG is drawn by."""
    return find_spec("vl_convert") is not None


def picture(registry: Registry, name: str, asked: Asked, address: str = "") -> Chart:
    """Return a picture, a ``KeyError`` where there is none; ``history-THA`` is of a nationality."""
    kind, _, code = name.partition("-")
    if bool(code) != (kind == "history"):
        raise KeyError(name)
    return PICTURES[kind][0](registry, {**asked, "code": code}, address)


def shown_at(name: str) -> str:
    """Return the place of a picture on the pages, behind the first page of its destination."""
    kind, _, code = name.partition("-")
    return PICTURES[kind][1].format(code=code)


def steps(growth: Growth) -> Markup:
    """Return the number of visa-free partners over time, as wide as the slider under it."""
    top = max(step.certain for step in growth.steps) or 1
    x, y = scale(growth.since, growth.until, 0, 1000), scale(0, top, 100, 8)
    path = stairs([(step.on, step.certain) for step in growth.steps], growth.until, x, y)
    return _svg("steps", "0 0 1000 100", [tag("path", d=path)], preserveAspectRatio="none")


def bar(items: Sequence[TimelinePeriod], since: date, until: date) -> Markup:
    """Return the history of a nationality as a bar over the years."""
    x = scale(since, until, 0, 1000)
    bars = []
    for item in items:
        start = x(max(since, item.valid_from or since))
        end = x(min(until.toordinal(), (item.valid_to or until).toordinal() + 1))
        if end > start:
            shown = "halted" if item.suspended_by else item.verdict.replace("_", "-")
            told = f"{phrases_time.days(item)}: {phrases.verdict(item)}"
            bars.append(
                tag(
                    "rect",
                    tag("title", escape(told)),
                    class_=f"is-{shown}",
                    x=start,
                    y=0,
                    width=end - start,
                    height=22,
                )
            )
    years = [
        tag("text", str(year), class_="tick", x=max(0, x(date(year, 1, 1))), y=42)
        for year in range(since.year, until.year + 1, 2)
    ]
    label = tr("The history as a bar; the list below says the same.")
    return _svg("history", "0 0 1000 46", [tag("g", "".join(bars)), *years], label)


def _svg(name: str, box: str, parts: list[str], label: str | None = None, **more: str) -> Markup:
    said = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    drawn = tag("svg", "".join(parts), class_=name, viewBox=box, **said, **more)
    return Markup(drawn)  # noqa: S704  every text is escaped where it is written

"""What the pages show, gathered from the registry: values and pictures, no markup of the page."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from visamap.language import tr
from visamap.presenters.pictures import world_map
from visamap.presenters.words import sentences, world_words
from visamap.presenters.words.alphabet import place
from visamap.presenters.words.sentences import Headline
from visamap.presenters.words.spoken import said
from visamap.registry import Registry
from visamap.results.agreements import Agreement
from visamap.results.check import CheckAnswer
from visamap.results.parts import Act, Envelope, Note, SourceRef, law_first
from visamap.results.ranks import Rank, Series
from visamap.results.timeline import TimelinePeriod
from visamap.results.visas import Visa
from visamap.results.world import Mark, WorldMap
from visamap.web import page_days, page_pictures, page_words

FIRST_DAY = date(2014, 1, 1)
"""Where the slider begins: the year in which Kazakhstan began to open."""
NEO_NOMAD = "B12-1"
FOR_VISITORS = ("B12", "B10", "B1", "B2", "C3", "C9", "C12", "B9-1")
CHARTED = "henley"


class Entry(NamedTuple):
    """An answer with the place where its act can be read."""

    item: CheckAnswer
    headline: Headline
    law: SourceRef | None
    halted_law: SourceRef | None
    sources: tuple[SourceRef, ...]
    notes: tuple[Note, ...]


class LegendRow(NamedTuple):
    """A line of the legend; without ``shown`` the map of this day does not need it."""

    shade: str
    label: str
    number: int | None
    shown: bool
    swatch: Markup


class World(NamedTuple):
    """The map of a day, drawn, with what stands beside it."""

    on: date
    passport: str
    heading: str
    subheading: str
    practice: str
    free: int
    free_what: str
    picture: Markup
    legend: list[LegendRow]
    rows: list[tuple[Mark, str]]
    boundaries: str


class News(NamedTuple):
    """What happened to an act in a year."""

    act: Agreement
    events: list[Markup]


class Table(NamedTuple):
    """The latest edition of one index, with how it counts."""

    name: str
    edition: str
    published: bool
    rows: list[Rank]
    note: Note


class Below(NamedTuple):
    """The parts of the first page that say the same whoever asks."""

    first_day: date
    years: list[tuple[int, date]]
    months: int
    steps: Markup
    news: list[tuple[int, list[News]]]
    lines: Markup
    tables: list[Table]
    neo_nomad: Visa | None
    visas: list[Visa]
    all_visas: list[Visa]


class History(NamedTuple):
    """The periods of a nationality, newest first, and the bar over them."""

    bar: Markup
    periods: list[TimelinePeriod]


def entry(registry: Registry, envelope: Envelope) -> Entry:
    """Return the first answer of ``check`` as a page shows it."""
    item: CheckAnswer = envelope.items[0]
    halt = item.suspended_by
    return Entry(
        item,
        sentences.check(item),
        law(registry, item.regime.act, item.on) if item.regime else None,
        law(registry, halt.act, item.on) if halt else None,
        item.sources,
        envelope.notes,
    )


def law(registry: Registry, act: Act, on: date) -> SourceRef | None:
    """Return the best place to read an act: its own text before reports about it."""
    found = registry.agreement(act.id, on=on)
    own = law_first((*found.sources, *(s for e in found.events for s in e.sources)))
    return next((source for source in own if page_words.web_address(source)), None)


def world(registry: Registry, on: date, passport: str) -> World:
    """Return the map of a day; its countries are not in the way of the tab key."""
    seen = said(registry.world_map(on=on, passport=passport))
    marks = sorted(
        world_words.counted(seen),
        key=lambda m: (world_words.ORDER.index(m.shade), place(m.country.name)),
    )
    return World(
        on,
        seen.passport,
        world_words.heading(seen),
        world_words.subheading(seen),
        world_words.practice(seen),
        world_words.free(seen),
        world_words.free_what(seen),
        Markup(world_map.bare(seen).replace(' tabindex="0"', "")),  # noqa: S704  our own SVG
        list(_legend(seen)),
        [(mark, page_words.capital(world_words.verdict(mark))) for mark in marks],
        tr(world_words.BOUNDARIES),
    )


def _legend(seen: WorldMap) -> Iterator[LegendRow]:
    known = {row.shade: row for row in world_words.legend(seen)}
    for shade in world_words.ORDER:
        if shade in INBOUND or shade in known:
            row = known.get(shade)
            swatch = Markup(world_map.swatch(shade))  # noqa: S704  our own SVG
            label, number = (row.label, row.number) if row else ("", None)
            yield LegendRow(shade, label, number, row is not None, swatch)


INBOUND = frozenset(
    {
        *("home", "free_90", "free_30", "free_14", "free_untold"),
        *("possible", "suspended", "visa_required", "unknown", "disputed"),
    }
)
"""Shades that a map of entry into Kazakhstan may have on some day."""


def below(registry: Registry, on: date) -> Below:
    """Return what stands under the answer and the map."""
    until = max(on, date(FIRST_DAY.year + 1, 1, 1))
    every = [said(visa) for visa in registry.visas(on=on)]
    by_code = {visa.code: visa for visa in every}
    ranks = [said(rank) for rank in registry.ranks()]
    return Below(
        FIRST_DAY,
        [(year, min(date(year, 7, 1), until)) for year in range(FIRST_DAY.year, until.year + 1)],
        (until.year - FIRST_DAY.year) * 12 + until.month,
        page_pictures.steps(registry.growth(on=until, since=FIRST_DAY)),
        [(year, news(registry, year, on)) for year in (on.year, on.year - 1)],
        page_pictures.rank_lines(page_pictures.lines_of(ranks, CHARTED)),
        list(tables(registry)),
        by_code.get(NEO_NOMAD),
        [by_code[code] for code in FOR_VISITORS if code in by_code],
        [visa for visa in every if visa.exists is not False],
    )


def news(registry: Registry, year: int, on: date) -> list[News]:
    """Return what happened to acts in a year, the latest first."""
    found = []
    for act in said(registry.agreements(on=on, year=year, kind="all")):
        events = []
        for matched in act.matched:
            name = matched.event.replace("-", "_")
            when, bounds = getattr(act, name), getattr(act, f"{name}_between")
            what = page_words.HAPPENED[matched.event, matched.match == "certain"]
            events.append(page_days.trh(what, day=page_days.between(when, bounds)))
        found.append((_latest(act, year), News(act, events)))
    return [one for _, one in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _latest(act: Agreement, year: int) -> tuple[bool, str]:
    """Return the order of an act among the news: what is dated in the year before what may be."""
    days = [
        str(getattr(act, matched.event.replace("-", "_")) or "")
        for matched in act.matched
        if matched.match == "certain"
    ]
    inside = [day for day in days if day.startswith(str(year))]
    return bool(inside), max(inside, default="")


def tables(registry: Registry) -> Iterator[Table]:
    """Yield the latest edition of each index, what was published before what we worked out."""
    found = registry.ranks(edition="latest")
    for note in registry.rank_remarks(found):
        if note.code not in {"rank_published", "rank_recomputed"}:
            continue
        told = said(note.values)
        series = Series(told["index"], told["published"], told["formula"])
        rows = [r for r in found if Series(r.index, r.published, r.formula) == series]
        if len(rows) > 1:
            yield Table(told["name"], rows[0].edition, told["published"], said(rows), said(note))


def history(registry: Registry, nationality: str, on: date) -> History:
    """Return the periods of a nationality."""
    found = said(registry.timeline(nationality))
    starts = [period.valid_from for period in found if period.valid_from]
    since = date(min([FIRST_DAY, *starts]).year, 1, 1)
    return History(page_pictures.bar(found, since, max(on, since)), list(reversed(found)))

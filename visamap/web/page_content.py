"""Days as pages write them: in words, for programs in ISO 8601 beside it, as far as they are known.

Also the room of sentences that hold markup, for a day is the markup that most of them hold.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple, TypeVar

from markupsafe import Markup, escape

from visamap.i18n import MONTHS, fact, mark, tr, trn
from visamap.pictures import world_map
from visamap.registry import Registry
from visamap.render import phrases, phrases_world
from visamap.render.agreements_text import HOME
from visamap.render.phrases import Headline, day_form, partial, place, said
from visamap.results.abroad import Rank, Series
from visamap.results.acts import Agreement, Visa
from visamap.results.check import CheckAnswer
from visamap.results.parts import Act, Country, Envelope, Note, SourceRef, law_first
from visamap.results.stay import DutyDue, StayAnswer
from visamap.results.time import TimelinePeriod
from visamap.results.world import Mark, WorldMap
from visamap.vocabulary import PASSPORTS
from visamap.web import page_pictures


def trh(text: str, /, **values: Any) -> Markup:
    """Return a sentence that holds markup; what is put into it is escaped unless it is markup."""
    return Markup(tr(text)).format(**values)  # noqa: S704  our own sentence


def day(value: date | str | None) -> str:
    """Return a day in words; months and years known by text alone stay as short as they are."""
    if value is None:
        return tr("not known")
    return partial(str(value), day_form())


def time(value: date | str | None) -> Markup:
    """Return a day in words, with the same in ISO 8601 for programs."""
    if value is None:
        return Markup.escape(day(value))
    return Markup('<time datetime="{}">{}</time>').format(value, day(value))


def known(on: date, release: date | None) -> Markup:
    """Return the day asked, and the day from which is known what is said of a later one."""
    if release is None:
        return time(on)
    return trh("{day} (as known on {release})", day=time(on), release=time(release))


def between(known: Any, bounds: Any) -> Markup:
    """Return a day, its bounds, or that it is not known."""
    if not bounds:
        return time(known or None)
    first, last = bounds
    if last:
        return trh("between {first} and {last}", first=time(first), last=time(last))
    return trh("{day} or later", day=time(first))


def dated(one: Act) -> Markup:
    """Return when an act was signed and began, as far as known."""
    known = []
    if one.signed:
        known.append(trh("signed {day}", day=time(one.signed)))
    if one.in_force:
        known.append(trh("in force from {day}", day=time(one.in_force)))
    return Markup("; ").join(known) or trh("days not known")


VERDICTS = {
    "visa_free": mark("visa-free"),
    "visa_required": mark("visa required"),
    "citizen": mark("citizen"),
    "unknown": mark("not known"),
}
SOURCE_KINDS = {
    "law": mark("law"),
    "official": mark("official"),
    "government-page": mark("government page"),
    "news": mark("news"),
    "reference": mark("reference"),
    "dataset": mark("data set"),
}
CONFIDENCE = {
    "high": mark("High: the rule and its terms are sure."),
    "medium": mark("Medium: good evidence, but not every step was seen in an official text."),
    "low": mark("Low: weak evidence; ask the consulate."),
}
STATUSES = {
    None: mark("not begun"),
    "draft": mark("draft"),
    "signed": mark("signed"),
    "approved": mark("approved"),
    "possibly_in_force": mark("possibly in force"),
    "in_force": mark("in force"),
    "suspended": mark("suspended"),
    "ended": mark("ended"),
}
EXAMPLES = {"DEU": "Germany", "IND": "India", "THA": "Thailand", "PAK": "Pakistan"}
HAPPENED = {
    ("signed", True): mark("signed, {day}"),
    ("signed", False): mark("signed perhaps, {day}"),
    ("approved", True): mark("approved by Kazakhstan, {day}"),
    ("approved", False): mark("approved by Kazakhstan perhaps, {day}"),
    ("in-force", True): mark("entered into force, {day}"),
    ("in-force", False): mark("entered into force perhaps, {day}"),
    ("ended", True): mark("ended, {day}"),
    ("ended", False): mark("ended perhaps, {day}"),
}
"""What happened to an act, and whether that is certain."""
SCRIPT = {
    "unknown": mark(
        "No country here is called \u201c{name}\u201d; choose one of the names offered."
    ),
    "copy": mark(
        "This copy of the page is not worked out anew for each question: it cannot answer for "
        "another day, passport or length of stay, nor count days."
    ),
    "there": mark("The answer and the whole history for {name}"),
    "unfetched": mark("The map of {day} could not be fetched; the one of {shown} is shown."),
    "play": mark("Play the years"),
    "stop": mark("Stop"),
}
"""What the script of the page may have to say."""
Text = TypeVar("Text", str, Markup)
LONGEST_SHOWN = 56
NAMED_CODE = re.compile(r"(.+) \(([A-Z]{1,3})\)")


class Choice(NamedTuple):
    """A name offered in place of one that was not understood."""

    name: str
    code: str


def change(answer: CheckAnswer) -> Markup:
    """Return what comes next, or that no end is known."""
    following = answer.next_change
    if following is None:
        return trh("No end is known.")
    what, on = tr(VERDICTS[following.verdict]), time(following.on)
    if following.on_between and following.verdict != "unknown":
        on = between(None, following.on_between)
    if following.max_stay_days:
        said = trn(
            "{verdict}, up to {n} day",
            "{verdict}, up to {n} days",
            following.max_stay_days,
            verdict=what,
        )
        return trh("From {day}: {verdict}.", day=on, verdict=said)
    return trh("From {day}: {verdict}.", day=on, verdict=what)


def again(answer: StayAnswer) -> Markup:
    """Return from when a next visit is possible, and how long it may be."""
    on, longest = time(answer.next_entry), answer.longest_stay_from_next_entry
    if not longest:
        return Markup("{}.").format(on)
    said = trn("{day}, for up to {n} day.", "{day}, for up to {n} days.", longest, day=on)
    return Markup(said)  # noqa: S704  our own sentence around a day


def due(duty: DutyDue) -> Markup:
    """Return a duty with the day by which it is or was due, and for visits of which length."""
    on = time(duty.due_on)
    by = trh("Was due by {day}", day=on) if duty.overdue else trh("By {day}", day=on)
    over = duty.stay_over_days
    if not over:
        return Markup("{}: {}").format(by, duty.text)
    said = trn(
        "{when}, if the visit is longer than {n} day: {duty}",
        "{when}, if the visit is longer than {n} days: {duty}",
        over,
        when=by,
        duty=escape(duty.text),
    )
    return Markup(said)  # noqa: S704  our own sentence around a day and a text that is escaped


def act(one: Act) -> str:
    """Return an act by what it is known by: a decree by its number, a treaty by its title."""
    if one.number and one.basis == "unilateral":
        kind = capital(tr(phrases.ACT_KINDS[one.kind]))
        return tr("{kind} No. {number}: {title}", kind=kind, number=one.number, title=one.title)
    return one.title


def shown(address: str) -> str:
    """Return an address as people read it; a long one is cut, the link has it whole."""
    read = address.partition("://")[2].removeprefix("www.").rstrip("/")
    return read if len(read) <= LONGEST_SHOWN else f"{read[: LONGEST_SHOWN - 1]}\u2026"


def web_address(source: SourceRef) -> str | None:
    """Return the address of a source if a browser may follow it; data never becomes a script."""
    return source.url if source.url.startswith(("https://", "http://")) else None


def choices(close: Iterable[str]) -> list[Choice]:
    """Return names with codes, as errors carry them, as things to click on."""
    found = [NAMED_CODE.fullmatch(one) for one in close]
    return [Choice(match[1], match[2]) for match in found if match]


def passports() -> list[tuple[str, str]]:
    """Return the kinds of passport that can be asked for."""
    return [(kind, capital(tr(phrases.PASSPORTS[kind]))) for kind in PASSPORTS]


def examples() -> list[tuple[str, str]]:
    """Return nationalities to try, with their codes."""
    return [(code, fact(name)) for code, name in EXAMPLES.items()]


def capital(text: Text) -> Text:
    """Return a text with a capital at its beginning; markup stays markup."""
    return text[:1].upper() + text[1:]


def title(answer: CheckAnswer | StayAnswer, headline: Headline) -> str:
    """Return how the title of an answer's page begins: with what its text begins with."""
    return f"{headline.short} | {answer.nationality.name}"


def script() -> dict[str, Any]:
    """Return what the script of the page may have to say, by its own names."""
    said: dict[str, Any] = {name: tr(text) for name, text in SCRIPT.items()}
    return {**said, "day": day_form(), "months": [tr(month) for month in MONTHS]}


def moved(places: int | None) -> str:
    """Return places gained or lost, with a sign."""
    if places is None:
        return "?"
    return f"+{places}" if places > 0 else "=" if places == 0 else f"\u2212{-places}"


def name(code: str, partners: Iterable[Country]) -> str:
    """Return the name of a side of an act; a code of no partner stays as it is."""
    return next((fact(one.name) for one in (HOME, *partners) if one.code == code), code)


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
        phrases.check(item),
        law(registry, item.regime.act, item.on) if item.regime else None,
        law(registry, halt.act, item.on) if halt else None,
        item.sources,
        envelope.notes,
    )


def law(registry: Registry, act: Act, on: date) -> SourceRef | None:
    """Return the best place to read an act: its own text before reports about it."""
    found = registry.agreement(act.id, on=on)
    own = law_first((*found.sources, *(s for e in found.events for s in e.sources)))
    return next((source for source in own if web_address(source)), None)


def world(registry: Registry, on: date, passport: str) -> World:
    """Return the map of a day; its countries are not in the way of the tab key."""
    seen = said(registry.world_map(on=on, passport=passport))
    marks = sorted(
        phrases_world.counted(seen),
        key=lambda m: (phrases_world.ORDER.index(m.shade), place(m.country.name)),
    )
    return World(
        on,
        seen.passport,
        phrases_world.heading(seen),
        phrases_world.subheading(seen),
        phrases_world.practice(seen),
        phrases_world.free(seen),
        phrases_world.free_what(seen),
        Markup(world_map.bare(seen).replace(' tabindex="0"', "")),  # noqa: S704  our own SVG
        list(_legend(seen)),
        [(mark, capital(phrases_world.verdict(mark))) for mark in marks],
        tr(phrases_world.BOUNDARIES),
    )


def _legend(seen: WorldMap) -> Iterator[LegendRow]:
    known = {row.shade: row for row in phrases_world.legend(seen)}
    for shade in phrases_world.ORDER:
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
            what = HAPPENED[matched.event, matched.match == "certain"]
            events.append(trh(what, day=between(when, bounds)))
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

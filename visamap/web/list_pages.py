"""Pages that list: the columns that a terminal shows as tables that are filtered, with links.

A form asks what the question of the page takes. ``find`` keeps the rows that hold some words: the
server looks for them, and the script does as one types.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from importlib.util import find_spec
from itertools import groupby
from typing import Any, NamedTuple

from fastapi import Request, Response
from markupsafe import Markup
from starlette.datastructures import QueryParams

from visamap import clock
from visamap.arguments import asked_day
from visamap.errors import VisamapError
from visamap.i18n import Span, joined, mark, put, tr
from visamap.pictures import charts
from visamap.registry import Registry
from visamap.registry.asking import ask
from visamap.registry.spec import OF_KEEPERS, QUESTIONS
from visamap.render import (
    agreements_text,
    check_text,
    claims_text,
    coverage_text,
    diff_text,
    headlines,
    phrases,
    ranks_text,
    reciprocity_text,
    upcoming_text,
    visas_text,
)
from visamap.render.labels import act_status
from visamap.render.phrases import capital, in_language
from visamap.render.remarks import noted
from visamap.render.sections import Column, source_lines
from visamap.results.abroad_results import Series
from visamap.results.parts import Envelope
from visamap.vocabulary import ACTS_ASKED, STATUSES
from visamap.web import page_content
from visamap.web.pages import Pages
from visamap.web.shared_data import CALENDAR_LIBRARY, FEEDS

Choices = Sequence[tuple[str, str]]
NUMBER = re.compile("[0-9]{1,9}")
"""What is read as a number; all else is handed on as it is, and refused in words."""


class Field(NamedTuple):
    """A field of the form over a list; one without ``choices`` is written into.

    In an address ``several`` values may stand, which are then read as one with commas.
    """

    name: str
    label: str
    choices: Choices = ()
    kind: str = "text"
    example: str = ""
    several: bool = False

    def read(self, query: QueryParams) -> Any:
        """Return what an address says in it."""
        word = query.get(self.name, "").strip()
        if word and self.several:
            return ",".join(query.getlist(self.name))
        is_number = self.kind == "number" and NUMBER.fullmatch(word)
        return int(word) if is_number else word


class Rows(NamedTuple):
    """A table of a page under its heading; each row may have an anchor."""

    anchor: str
    heading: str
    columns: Sequence[Column]
    items: Sequence[Any]
    anchors: Callable[[Any], str] = lambda _: ""

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The anchor and the cells of each row."""
        return [
            (self.anchors(one), [column.of(one) for column in self.columns]) for one in self.items
        ]


class Listed(NamedTuple):
    """What a page lists: its title, what is said before the tables, and under them."""

    title: str
    about: str
    tables: Sequence[Rows]
    opening: Sequence[str] = ()
    legend: Sequence[str] = ()
    picture: Markup = Markup()
    lists: Sequence[tuple[str, str, Sequence[str]]] = ()
    """Sentences under a heading, with its anchor."""
    shades: Sequence[page_content.LegendRow] = ()
    """The legend of the picture, where it is a map."""

    @property
    def long(self) -> bool:
        """Whether there is enough to look for something in it."""
        return sum(len(one.items) for one in self.tables) > FEW


Answer = Callable[[Registry, Mapping[str, Any]], Listed]
FIND, FEW = "find", 12


def listing(
    pages: Pages,
    request: Request,
    answer: Callable[[Mapping[str, Any]], Listed],
    fields: Sequence[Field] = (),
    *,
    template: str = "list.html",
    **more: Any,
) -> Response:
    """Return the page of what is answered for the words of its form; for none if they are wrong."""
    query, slips, status = request.query_params, dict[str, VisamapError](), 200
    told = {field.name: query.get(field.name, "").strip() for field in fields}
    wanted = query.get(FIND, "").strip()
    try:
        found = answer({one.name: one.read(query) for one in fields if told[one.name]})
    except VisamapError as error:
        if not any(told.values()):
            return pages.missing(request, error)
        slips["question"], status, found = error, 400, answer({})
    asked = {FIND: wanted, **told}
    if wanted:
        found = found._replace(tables=[*_found(found.tables, wanted)])
    return pages.drawn(
        request, template, status, listed=found, fields=fields, asked=asked, slips=slips, **more
    )


def listed(
    fields: Callable[[Registry], Sequence[Field]] = lambda _: (),
) -> Callable[[Answer], Callable[[Pages, Request], Response]]:
    """Make a page of what is listed for the words of its form, whose ``fields`` are these."""

    def declared(answer: Answer) -> Callable[[Pages, Request], Response]:
        def page(pages: Pages, request: Request) -> Response:
            registry = pages.registry
            return listing(pages, request, partial(answer, registry), fields(registry))

        return page

    return declared


def _found(tables: Iterable[Rows], wanted: str) -> Iterator[Rows]:
    words = wanted.casefold().split()
    for table in tables:
        kept = [
            item
            for item, (_, cells) in zip(table.items, table.rows, strict=True)
            if all(word in " ".join(cells).casefold() for word in words)
        ]
        if kept:
            yield table._replace(items=kept)


def remarks(answer: Envelope, *left_out: str) -> list[str]:
    """Return the remarks on an answer but for some."""
    return [noted(note) for note in answer.notes if note.code not in left_out]


PASSPORT = mark("Passport")
SOURCES = Column(mark("Sources"), lambda one: joined(", ", source_lines(one.sources)))
ACT = Column(mark("Act"), lambda a: Span(a.title, "act", a.id))
ACTS = (ACT, agreements_text.COLUMNS[2], *agreements_text.TIMES, agreements_text.STATUS)


@listed(
    lambda _: (
        Field("year", tr("Year"), kind="number", example="2024"),
        Field("partner", tr("Country"), example="THA"),
        Field("kind", tr("Kind"), [(kind, tr(agreements_text.NOUNS[kind])) for kind in ACTS_ASKED]),
        Field("status", tr("Status"), [("", tr("any")), *((s, act_status(s)) for s in STATUSES)]),
        Field("passport", tr(PASSPORT), [("", tr("all")), *page_content.passports()]),
    )
)
def agreements(registry: Registry, words: Mapping[str, Any]) -> Listed:
    """List the acts: those of a year, with a state, of a status."""
    answer = in_language(ask(registry, "agreements", **words))
    tables = []
    for (other, match), items in groupby(answer.items, agreements_text.group):
        found = list(items)
        heading = agreements_text.group_heading(other, match, found)
        tables.append(Rows(f"{match}-{int(other)}", heading, ACTS, found))
    opening = agreements_text.opening(answer.asked, answer.items)
    return Listed(
        tr("Agreements and acts"),
        tr("Every act on visa-free entry into {home_into}: signed, approved, in force, ended."),
        tables,
        [phrases.as_known(opening, answer.asked["on"], answer.data)],
        [tr(agreements_text.LEGEND), tr(agreements_text.LEGENDS["Approved"])],
    )


CODE, *OF_A_VISA = visas_text.COLUMNS
WHETHER = {
    True: mark("Visas that are issued"),
    None: mark("Announced, first day not known"),
    False: mark("No longer, or not yet issued"),
}


@listed(lambda _: (Field("nationality", tr("Nationality"), example="IND"),))
def visas(registry: Registry, words: Mapping[str, Any]) -> Listed:
    """List the visas, and what each asks of a nationality."""
    answer = in_language(ask(registry, "visas", **words))
    carried = f"?nationality={answer.asked['nationality']}" if words else ""
    code = Column(CODE.heading, lambda v: Span(v.code, "visa", f"{v.code}/{carried}"))
    tables = [
        Rows(f"visas-{exists}".lower(), tr(said), (code, *OF_A_VISA), found)
        for exists, said in WHETHER.items()
        if (found := [one for one in answer.items if one.exists is exists])
    ]
    about = tr("The visas of {home_of}: stay, entries, invitation, e-visa.")
    opening = list(visas_text.whether_needed(answer))
    return Listed(tr("Visas of {home_of}"), about, tables, opening, remarks(answer))


NATIONALITIES = (
    Column(
        mark("Nationality"),
        lambda a: Span(a.nationality.name, "nationality", a.nationality.code),
    ),
    Column(mark("Code"), lambda a: a.nationality.code),
    Column(mark("Answer"), lambda a: headlines.check(a).short),
    Column(mark("Limits"), lambda a: phrases.terms_short(a.limits)),
    check_text.SINCE,
)
VERDICTS = ("visa_free", "citizen", "unknown", "visa_required")


@listed()
def nationalities(registry: Registry, _words: Mapping[str, Any]) -> Listed:
    """List every nationality with the answer of today."""
    codes = [*registry.index.tables["countries"]]
    answer = in_language(ask(registry, "check", nationalities=codes))
    named = sorted(answer.items, key=lambda a: phrases.place(a.nationality.name))
    tables = [
        Rows(
            verdict.replace("_", "-"),
            capital(tr(phrases.VERDICTS[verdict])),
            NATIONALITIES,
            found,
        )
        for verdict in VERDICTS
        if (found := [item for item in named if item.verdict == verdict])
    ]
    limits = phrases.terms_legend([limit for item in named for limit in item.limits])
    about = tr("Entering {home_into} today: every nationality, its answer, its history.")
    return Listed(tr("All nationalities"), about, tables, [about], [limits])


@listed(lambda _: (Field("since", tr("Since"), kind="date"),))
def new(registry: Registry, words: Mapping[str, Any]) -> Listed:
    """Say what changed since a day, what is coming, and what happened to acts."""
    today = clock.today()
    since = asked_day(words["since"]) if words else date(today.year - 1, 1, 1)
    changed = in_language(ask(registry, "diff", first=since, second=today))
    coming = in_language(ask(registry, "upcoming", on=today))
    tables = [
        Rows(change, tr(diff_text.HEADINGS[change]), diff_text.ON_A_PAGE, list(found))
        for change, found in groupby(changed.items, lambda item: item.change)
    ]
    if ahead := [item for item in coming.items if not item.stale]:
        tables.append(Rows("upcoming", tr("What is coming"), upcoming_text.ON_A_PAGE, ahead))
    happened = [
        (f"acts-{year}", tr("Acts of {year}", year=year), _happened(registry, year, today))
        for year in range(today.year, since.year - 1, -1)
    ]
    return Listed(
        tr("What is new"),
        tr("Who gained or lost visa-free entry into {home_into}, and what is coming."),
        tables,
        [diff_text.opening(changed)],
        remarks(changed),
        lists=[one for one in happened if one[2]],
    )


def _happened(registry: Registry, year: int, on: date) -> list[str]:
    return [
        put(
            "{act}: {events}. {status}.",
            act=Span(one.act.title, "act", one.act.id),
            events=joined("; ", one.events),
            status=capital(act_status(one.act.status)),
        )
        for one in page_content.news(registry, year, on)
    ]


@listed()
def claims(registry: Registry, _words: Mapping[str, Any]) -> Listed:
    """List published figures beside ours."""
    answer = in_language(ask(registry, "claims"))
    title, columns = tr("Published figures"), (*claims_text.ON_A_PAGE, SOURCES)
    rows = Rows("figures", tr("Each figure"), columns, answer.items, lambda one: one.id)
    about = tr("What others counted about {home_of}, against our own records of that day.")
    return Listed(title, about, [rows], [claims_text.opening(answer), about], remarks(answer))


@listed()
def coverage(registry: Registry, _words: Mapping[str, Any]) -> Listed:
    """Say what the data covers, what it rests on, and what is not known."""
    answer = in_language(ask(registry, "coverage"))
    (found,) = answer.items
    tables = [
        Rows(
            "records",
            tr("How sure we are of the records.").rstrip("."),
            coverage_text.KNOWN,
            found.known,
        ),
        Rows(
            "sources",
            tr("What they rest on.").rstrip("."),
            coverage_text.SOURCES,
            found.sources,
        ),
        Rows("unchecked", coverage_text.not_read(found), coverage_text.UNCHECKED, found.unchecked),
    ]
    answered_for = map(coverage_text.answered, found.answered)
    questions = [
        *coverage_text.in_english(),
        *map(coverage_text.question, found.open_questions),
    ]
    return Listed(
        tr("Coverage"),
        tr("What the data on {home_of} covers, how sure it is, and what is not known."),
        [table for table in tables if table.items],
        [*map(capital, (*coverage_text.reach(found), *answered_for))],
        remarks(answer),
        lists=[("questions", coverage_text.open_heading(found).rstrip("."), questions)],
    )


EVERY, LATEST = "all", "latest"


def _indexes(registry: Registry) -> Choices:
    return [(name, one["name"]) for name, one in registry.index.apart("ranks")["indexes"].items()]


@listed(
    lambda registry: (
        Field("passport", tr("Passports"), example="KAZ, UZB", several=True),
        Field("index", tr("Index"), [("", tr("all")), *_indexes(registry)]),
        Field("edition", tr("Edition"), example="latest, all, 2024-10"),
    )
)
def ranks(registry: Registry, words: Mapping[str, Any]) -> Listed:
    """Draw the ranks of passports over the years, as ``--plot`` does, and list an edition."""
    given: dict[str, Any] = {**words}
    names = given.pop("passport", "").split(",")
    given["passports"] = [name.strip() for name in names if name.strip()]
    shown = in_language(ask(registry, "ranks", **{"edition": LATEST, **given}))
    drawn = in_language(ask(registry, "ranks", **{**given, "edition": EVERY}))
    told = {ranks_text.series(n.values): n for n in shown.notes if n.code in ranks_text.METHODS}
    tables = []
    for n, (key, group) in enumerate(
        groupby(shown.items, lambda r: Series(r.index, r.published, r.formula))
    ):
        items = list(group)
        edition = items[0].edition if len({one.edition for one in items}) == 1 else None
        heading = ranks_text.heading(told[key], edition)
        tables.append(Rows(f"list-{n}", heading, ranks_text.columns(items), items))
    picture = Markup()
    if any(rank.rank for rank in drawn.items):
        chart = charts.ranks(drawn.items, drawn.data, drawn.notes)
        picture = Markup(chart.svg)  # noqa: S704  our own
    legend = [tr(ranks_text.CHANGE), tr(ranks_text.DOUBTFUL), *remarks(shown)]
    title, about = tr("Ranks of passports"), tr("Where passports stand in each index.")
    return Listed(title, about, tables, [about], legend, picture)


@listed()
def reciprocity(registry: Registry, _words: Mapping[str, Any]) -> Listed:
    """Say who gives more, each of the five states or the world."""
    answer = in_language(ask(registry, "reciprocity"))
    tables = [
        Rows(f"table-{n}", heading, columns, items)
        for n, (heading, columns, items) in enumerate(reciprocity_text.sections(answer))
    ]
    about = tr("Who gives more: the five states, or the world to them?")
    legend = [tr(reciprocity_text.LEGEND), *remarks(answer)]
    return Listed(tr("Reciprocity"), about, tables, [about], legend)


ADDRESSES = (
    Column(mark("Address"), lambda one: f"/api/v1/{one.name}"),
    Column(mark("Answer"), lambda one: tr(one.about.partition("\n\n")[0])),
)


def docs(pages: Pages, request: Request) -> Response:
    """Say where programs and readers of feeds find the same answers."""

    def answered(_words: Mapping[str, Any]) -> Listed:
        questions = [one for one in QUESTIONS.values() if one.name not in OF_KEEPERS]
        about = tr("The same answers for programs: JSON over HTTP, feeds, and the data as files.")
        rows = Rows("addresses", tr("Addresses of the API"), ADDRESSES, questions)
        return Listed(tr("Data and API"), about, [rows], [about])

    feeds = [path.removeprefix("/") for path, _ in FEEDS.values()]
    if find_spec(CALENDAR_LIBRARY) is None:
        feeds.pop()
    return listing(pages, request, answered, template="docs.html", feeds=feeds)

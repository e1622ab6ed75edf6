"""Going abroad: where a passport leads, one destination with its history, two compared."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from itertools import combinations
from typing import Any

from fastapi import Request, Response
from markupsafe import Markup

from visamap.errors import VisamapError
from visamap.i18n import Span, mark, tr
from visamap.pictures import world_map
from visamap.registry import Registry, asking
from visamap.registry.asking import ask
from visamap.render import outbound_text, phrases, phrases_world
from visamap.render.phrases import capital, in_language, said
from visamap.render.remarks import noted
from visamap.render.sections import AS_KNOWN, Column
from visamap.results.abroad_results import Counts, Outbound
from visamap.results.parts import Envelope
from visamap.vocabulary import ANSWERED, CENTRAL_ASIA, OUTBOUND_ORDERS
from visamap.web import page_content
from visamap.web.frame import Words
from visamap.web.list_pages import Field, Listed, Rows, listing, remarks
from visamap.web.pages import Pages

ORDERS = {"name": mark("by name"), "days": mark("the longest stay first")}
REQUIREMENTS = outbound_text.REQUIREMENTS


def _number(word: str, counts: Counts) -> str:
    return str(getattr(counts, word))


COUNTS = (
    Column(mark("Passport"), lambda c: Span(c.passport.name, "passport", c.passport.code)),
    *(Column(REQUIREMENTS[word], partial(_number, word)) for word in ANSWERED),
)


def passports(registry: Registry, _on: date) -> Iterable[Words]:
    """Return the passports whose destinations are bundled."""
    return ({"holder": code} for code in registry.index.apart("outbound")["seen"])


def destinations(registry: Registry, on: date) -> Iterable[Words]:
    """Return each of them with each of its destinations."""
    for words in passports(registry, on):
        holder = words["holder"]
        yield from (
            {"holder": holder, "place": place}
            for place in registry.known_abroad(holder)
            if place != holder
        )


def pairs(_registry: Registry, _on: date) -> Iterable[Words]:
    """Return each two of the five."""
    return ({"holder": one, "other": other} for one, other in combinations(CENTRAL_ASIA, 2))


def spelled(registry: Registry, words: Words) -> Words:
    """Return codes for names."""
    return {name: registry.resolve(word) for name, word in words.items()}


def in_order(registry: Registry, words: Words) -> Words:
    """Return codes for names of two passports, those of the five first and in their order."""
    both = sorted(spelled(registry, words).values(), key=lambda c: (_place(c), c))
    return dict(zip(words, both, strict=True))


def _place(code: str) -> int:
    return CENTRAL_ASIA.index(code) if code in CENTRAL_ASIA else len(CENTRAL_ASIA)


def first(pages: Pages, request: Request) -> Response:
    """Show the five passports, and lead to each and to every two of them."""

    def answered(_words: Mapping[str, Any]) -> Listed:
        found = in_language(ask(pages.registry, "outbound", passports=CENTRAL_ASIA))
        counts = said(pages.registry.outbound_counts(found.items))
        about = tr("Where the passports of Central Asia lead: by law, official list or snapshot.")
        rows = Rows("passports", tr("The five passports"), COUNTS, counts)
        return Listed(tr("Going abroad"), about, [rows], [about], remarks(found, COUNTED))

    five = [said(pages.registry.index.country(code)) for code in CENTRAL_ASIA]
    two = list(combinations(five, 2))
    return listing(pages, request, answered, template="abroad.html", two=two)


COUNTED = outbound_text.COUNTS


def passport(pages: Pages, request: Request, holder: str) -> Response:
    """Show where a passport leads: a map, and the destinations by what they ask."""
    fields = (
        Field(
            "requirement",
            tr("Answer"),
            [("", tr("any")), *((word, outbound_text.requirement(word)) for word in ANSWERED)],
        ),
        Field("min_days", tr("Days of stay, at least"), kind="number", example="30"),
        Field("sort", tr("Order"), [(one, tr(ORDERS[one])) for one in OUTBOUND_ORDERS]),
        Field("on", tr("Day of entry"), kind="date"),
    )
    registry = pages.registry

    def answered(words: Mapping[str, Any]) -> Listed:
        answer = in_language(ask(registry, "outbound", passports=[holder], **words))
        seen = asking.world_map(registry, outbound=holder, on=answer.asked["on"])
        groups = outbound_text.by_requirement(outbound_text.ordered(answer))
        tables = [
            Rows(_anchor(found[0]), capital(asks), outbound_text.columns_on_a_page(found), found)
            for asks, found in groups.items()
        ]
        limits = phrases.terms_legend([limit for item in answer.items for limit in item.limits])
        return Listed(
            phrases_world.heading(seen),
            tr("Every destination: what it asks, for how long, on what ground, since when."),
            tables,
            _counted(answer),
            [limits, tr(outbound_text.ON_A_PAGE), *remarks(answer, COUNTED, AS_KNOWN)],
            Markup(world_map.bare(seen).replace(' tabindex="0"', "")),  # noqa: S704  our own
            shades=[row for row in page_content.legend(seen) if row.shown],
        )

    code, others = holder, [one for one in CENTRAL_ASIA if one != holder]
    country = registry.index.country
    against = [(_address(code, one), said(country(one)).name) for one in others]
    return listing(
        pages, request, answered, fields, template="passport.html", holder=holder, against=against
    )


def _counted(answer: Envelope) -> list[str]:
    """Return how many destinations ask what, as a page opens with it."""
    counted = [noted(note) for note in answer.notes if note.code == COUNTED]
    return [phrases.as_known(one, answer.asked["on"], answer.data) for one in counted]


def _anchor(item: Outbound) -> str:
    return "another-visa" if item.needs_another_visa else item.requirement.replace("_", "-")


def _address(one: str, other: str) -> str:
    first_, second = sorted((one, other), key=_place)
    return f"passport/{first_}/{second}/"


def compared(pages: Pages, request: Request, holder: str, other: str) -> Response:
    """Show two passports side by side: what differs, whom it favours, what is alike."""

    def answered(_words: Mapping[str, Any]) -> Listed:
        both = (holder, other)
        answer = in_language(ask(pages.registry, "outbound", passports=both))
        differ = in_language(ask(pages.registry, "outbound", passports=both, differ=True))
        names = {item.passport.code: item.passport.name for item in answer.items}
        columns = [
            column._replace(heading=names.get(column.heading, column.heading))
            for column in outbound_text.side_by_side(both)
        ]
        apart = outbound_text.by_destination(differ.items)
        tables = [
            Rows(code, tr("Easier with the passport of {country}", country=name), columns, easier)
            for code, name in names.items()
            if (easier := [row for row in apart if code in row and row[code].best and len(row) > 1])
        ]
        told = {item.destination.code for item in differ.items}
        alike = [
            row
            for row in outbound_text.by_destination(answer.items)
            if next(iter(row.values())).destination.code not in told
        ]
        tables.append(Rows("alike", tr("The same is asked of both"), columns, alike))
        return Listed(
            tr("Two passports: {one} and {other}", one=names[holder], other=names[other]),
            tr("Where the two passports lead, and where they differ."),
            tables,
            _counted(answer),
            [tr(outbound_text.SIDE_BY_SIDE), *remarks(answer, COUNTED, AS_KNOWN)],
        )

    return listing(pages, request, answered, template="compared.html", both=(holder, other))


TONES = {"visa_free": "yes", "eta": "yes", "unknown": "maybe"}


def destination(pages: Pages, request: Request, holder: str, place: str, on: str = "") -> Response:
    """Show one destination of a passport in full, and how it has been."""
    try:
        given: dict[str, Any] = {"on": on} if on else {}
        answer = in_language(ask(pages.registry, "outbound", passports=[holder], to=place, **given))
        if not answer.items:  # at home
            return pages.frame.nowhere(request, pages.page)
        spells = said(pages.registry.abroad_over_time(holder, place))
    except VisamapError as error:
        return pages.missing(request, error)
    item = answer.items[0]
    ours = place in pages.registry.index.destinations
    inbound = f"{pages.frame.within(place)}nationality/{holder}/" if ours else ""
    return pages.drawn(
        request,
        "destination.html",
        shown=page_content.abroad(answer),
        item=item,
        spells=list(reversed(spells)),
        answers=[item, *(spell.answer for spell in spells)],
        inbound=inbound,
    )

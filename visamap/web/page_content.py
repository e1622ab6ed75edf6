"""What pages show: sentences with their days and links drawn, and the parts of the first page."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup, escape

from visamap.errors import NoNationalityError, UnknownCountryError, VisamapError
from visamap.i18n import MONTHS, Span, fact, mark, put, spans, tr, trn
from visamap.pictures import charts, diagrams, printed, world_map
from visamap.registry import Registry
from visamap.render import (
    check_text,
    headlines,
    outbound_text,
    phrases,
    phrases_stay,
    phrases_trip,
    phrases_world,
    stay_text,
    trip_text,
)
from visamap.render.agreements_text import EVENTS
from visamap.render.labels import source_kind
from visamap.render.phrases import Headline, Tone, capital, day_form, partial, place, said, short
from visamap.render.sections import AS_KNOWN, HELD, Section, filled
from visamap.results.abroad_results import Outbound, Series
from visamap.results.act_results import Agreement
from visamap.results.partner_results import WorldMap
from visamap.results.parts import Envelope, Note, SourceRef, law_first
from visamap.results.trip_results import Leg
from visamap.vocabulary import PASSPORTS
from visamap.web import lookup, page_pictures
from visamap.web.forms import Row

Parts = dict[str, Any]
"""What a template draws, by the names that it has there."""


def trh(text: str, /, **values: Any) -> Markup:
    """Return a sentence that holds markup; what is put into it is escaped unless it is markup."""
    return Markup(tr(text)).format(**values)  # noqa: S704  our own sentence


CONFIDENCE = {
    "high": mark("High: the rule and its terms are sure."),
    "medium": mark("Medium: good evidence, but not every step was seen in an official text."),
    "low": mark("Low: weak evidence; ask the consulate."),
}


def time(value: date | str | None) -> Markup:
    """Return a day in words as far as it is known, with the same in ISO 8601 for programs."""
    if value is None:
        return escape(tr("not known"))
    return Markup('<time datetime="%s">%s</time>') % (value, partial(str(value), day_form()))


def source(one: SourceRef) -> Markup:
    """Return a source as a link, if a browser may follow it; data never becomes a script."""
    kind = Markup(' <span class="tag">%s</span>') % source_kind(one.kind)
    if not one.url.startswith(("https://", "http://")):
        return escape(one.id) + kind
    host = urlsplit(one.url).netloc.removeprefix("www.")
    return Markup('<a class="where" href="%s">%s</a>') % (one.url, host) + kind


def numbered(items: Iterable[Any]) -> dict[SourceRef, int]:
    """Return every source of some answers, each with the number that cites it."""
    listed = (source for item in items for source in item.sources)
    return {source: n for n, source in enumerate(law_first(listed), 1)}


def drawn(said: str, root: str) -> Markup:
    """Return a sentence with its days as times, its acts, visas and sources as links.

    Ids of records, which are for programs, are left out.
    """
    pieces = "".join(DRAWN.get(one.kind, _plain)(one, root) for one in spans(said))
    return Markup(NO_ID.sub("", pieces) if ID in pieces else pieces)  # noqa: S704  each is escaped


def plain(said: str) -> str:
    """Return a sentence with its days in the form of the page, and nothing but words."""
    return drawn(said, "").striptags()


def _plain(one: Span, _root: str) -> str:
    return printed.linked(one)


def _bounds(one: Span, root: str) -> Markup:
    known, bounds = one.ref
    return drawn(phrases.between(None, bounds), root) if bounds else time(known)


def _link(form: str) -> Callable[[Span, str], Markup]:
    def linked(one: Span, root: str) -> Markup:
        words = tr("All visas") if one.kind == "command" else one
        return Markup('<a href="%s%s">%s</a>') % (root, form.format(one.ref), words)

    return linked


def _act(one: Span, root: str) -> Markup:
    return Markup('<a href="%sagreement/%s/">%s</a>') % (root, one.ref.id, one.ref.title)


ID = "\0"
"""Stands for an id that a page leaves out, with the brackets around it."""
NO_ID = re.compile(rf" ?\[{ID}\]|{ID}")
DRAWN: dict[str, Callable[[Span, str], str]] = {
    "day": lambda one, _: time(one.ref),
    "days": _bounds,
    "source": lambda one, _: source(one.ref),
    "confidence": lambda one, _: escape(tr(CONFIDENCE[one.ref])),
    "cite": lambda one, _: Markup('<a href="#source-%s">%s</a>') % (one.ref, one.ref),
    "act": _link("agreement/{}/"),
    "id": lambda *_: ID,
    "rule": _act,
    "link": lambda one, _: Markup('<a href="%s">%s</a>') % (one, one),
    "visa": _link("visa/{}"),
    "nationality": _link("nationality/{}/"),
    "abroad": _link("passport/{}/"),
    "passport": _link("passport/{}/"),
    "command": _link("{}"),
}
"""How a page draws each kind of span."""


def lines(listed: Iterable[str], root: str) -> Markup:
    """Return lines as paragraphs, those of a list as one, and what is folded to be unfolded."""
    return Markup().join(
        FORMS[form] % Markup().join(_line(one, root) for one in group)
        for form, group in groupby(listed, _form)
    )


def _line(one: str, root: str) -> Markup:
    if isinstance(one, Span) and one.kind == "folded":
        more = trn("{n} more", "{n} more", len(one.ref))
        return Markup("<summary>%s</summary>%s") % (more, lines(one.ref, root))
    tag = "p" if _form(one) == "p" else "li"
    said = drawn(one, root).removeprefix(BULLET)
    return Markup("<%s>%s</%s>") % (tag, said, tag)


BULLET = "- "
FORMS = {
    "p": Markup("%s"),
    "folded": Markup("<details>%s</details>"),
    "source": Markup('<ul class="plain">%s</ul>'),
    "item": Markup("<ul>%s</ul>"),
}


def _form(line: str) -> str:
    if isinstance(line, Span) and line.kind in FORMS:
        return line.kind
    return "item" if line.startswith(BULLET) else "p"


ROW = Row()
"""An empty row of a form."""
EXAMPLES = {"DEU": "Germany", "IND": "India", "THA": "Thailand", "PAK": "Pakistan"}
SCRIPT = {
    "unknown": mark(
        "No country here is called \u201c{name}\u201d; choose one of the names offered."
    ),
    "copy": mark(
        "This page is a fixed copy: it answers for the day it was made and an ordinary passport, "
        "and cannot count visits. What held on other days stands in the history."
    ),
    "there": mark("The answer and the whole history for {name}"),
    "unfetched": mark("The map of {day} could not be fetched; the one of {shown} is shown."),
    "countries": mark("Countries"),
    "offered": mark("Countries offered: {n}"),
    "calendar": mark("Choose from a calendar"),
    "play": mark("Play the years"),
    "stop": mark("Stop"),
    "again": mark("Touch it again to open its page."),
}
"""What the script of the page may have to say."""
NAMED_CODE = re.compile(r"(?P<name>.+) \((?P<code>[A-Z]{1,3})\)")


def choices(close: Iterable[str]) -> list[dict[str, str]]:
    """Return names with codes, as errors carry them, as things to click on."""
    return [match.groupdict() for match in map(NAMED_CODE.fullmatch, close) if match]


def misread(error: VisamapError, *, asked: object) -> str:
    """Return what was not understood; if ``asked`` back, the names offered follow."""
    if (
        asked
        and isinstance(error, UnknownCountryError)
        and not isinstance(error, NoNationalityError)
    ):
        return tr("Which country is meant by \u201c{text}\u201d?", text=error.text)
    return error.elsewhere()


def again(path: str, asked: Mapping[str, str]) -> str:
    """Return the address of a form filled in the same way, up to the nationality at its end."""
    usual = {"nationality": asked["nationality"], "passport": "ordinary"}
    others = {name: word for name, word in asked.items() if word and word != usual.get(name)}
    return f"{path}?{urlencode({**others, 'nationality': ''})}"


def passports() -> list[tuple[str, str]]:
    """Return the kinds of passport that can be asked for."""
    return [(kind, capital(tr(phrases.PASSPORTS[kind]))) for kind in PASSPORTS]


def examples() -> list[tuple[str, str]]:
    """Return nationalities to try, with their codes."""
    return [(code, fact(name)) for code, name in EXAMPLES.items()]


def script() -> dict[str, Any]:
    """Return what the script of the page may have to say, by its own names."""
    said: dict[str, Any] = {name: tr(text) for name, text in SCRIPT.items()}
    return {**said, "day": day_form(), "months": [tr(month) for month in MONTHS]}


def moved(places: int | None) -> str:
    """Return places gained or lost, with a sign."""
    if places is None:
        return "?"
    return f"+{places}" if places > 0 else "=" if places == 0 else f"\u2212{-places}"


NEO_NOMAD = "B12-1"
FOR_VISITORS = {"KAZ": ("B12", "B10", "B1", "B2", "C3", "C9", "C12", "B9-1")}
"""Visas that are listed first; elsewhere those that the profile calls usual."""


class Shown(NamedTuple):
    """An answer as a page shows it: what opens it, what stands under that, and the remarks."""

    item: Any
    headline: Headline
    who: list[str]
    practice: list[Section]
    sections: list[Section]
    notes: list[Note]


class LegendRow(NamedTuple):
    """A line of the legend; without ``shown`` the map of this day does not need it."""

    shade: str
    label: str
    number: int | None
    shown: bool
    swatch: Markup


EUROPE = "524 146 158 116"
"""The part of the map that a phone shows apart."""
LINKED = "{{root}}nationality/{code}/{{day}}"


def picture(drawn: str, root: str, day: str, mine: str) -> Markup:
    """Return a map for a page: its links lead to the ``day``, the country that is ``mine`` marked.

    The day is as it stands in an address.
    """
    drawn = drawn.replace("{root}", root).replace("{day}", day)
    before, start, rest = drawn.partition(f'<a id="vm-{mine}" class="')
    if start:  # last of all, so that no neighbour covers its outline
        one, end, after = rest.partition("</a>")
        asked = f"{start}vm-asked {one}{end}</g>"
        drawn = before + after.replace("</a></g>", f"</a>{asked}", 1)
    return Markup(drawn)  # noqa: S704  our own SVG


class News(NamedTuple):
    """What happened to an act in a year."""

    act: Agreement
    events: list[str]


def title(answer: Shown) -> str:
    """Return how the title of an answer's page begins: with what its text begins with."""
    return f"{plain(answer.headline.short)} | {answer.item.nationality.name}"


def shown(envelope: Envelope) -> Shown:
    """Return the first answer of ``check`` or ``stay`` as a page shows it."""
    item = envelope.items[0]
    if envelope.command == "stay":
        headline, found = phrases_stay.headline(item), stay_text.sections(item, envelope.data)
    else:
        headline, found = headlines.check(item), check_text.sections(item, envelope.data)
    (_, (_said, asked, *held)), *others = filled(found)
    who = [phrases.as_known(asked, item.on, envelope.data), *held]
    practice = [section for section in others if section.label == tr("In practice")]
    below = [section for section in others if section not in practice]
    elsewhere = {AS_KNOWN, HELD, *headlines.OPENERS}
    notes = [note for note in envelope.notes if note.code not in elsewhere]
    return Shown(item, headline, who, practice, below, notes)


def abroad(envelope: Envelope) -> Shown:
    """Return what a destination asks of a passport as a page shows it."""
    item: Outbound = envelope.items[0]
    (_, (sentence, asked)), *others = filled(outbound_text.sections(item, envelope.data))
    free = item.requirement == "visa_free" and not item.needs_another_visa
    tone: Tone = "yes" if free else "maybe" if item.requirement == "unknown" else "no"
    if any(case.certain for case in item.interrupted):
        tone = "closed"
    headline = Headline(tone, capital(outbound_text.asks(item)), sentence)
    practice = [section for section in others if section.label == tr("In practice")]
    # Its sources stand at the end of the page, with those of its history.
    below = [one for one in others if one not in practice and one.label != tr("Sources")]
    notes = [note for note in envelope.notes if note.code != AS_KNOWN]
    return Shown(item, headline, [asked], practice, below, notes)


def journey(envelope: Envelope) -> Parts:
    """Return an answer of ``trip`` as a page shows it, with the legs that have a card."""
    headline, legs = phrases_trip.headline(envelope.items), trip_text.ordered(envelope)
    sentence, *who = trip_text.opening(envelope)
    columns, rows = trip_text.COLUMNS, []
    for leg in legs:
        with phrases.entering(leg):
            rows.append([_days(leg) if c.of is phrases_trip.days else c.of(leg) for c in columns])
    return {
        "headline": headline,
        "who": who,
        "said": sentence,
        "picture": Markup(diagrams.journey(legs, sentence)),  # noqa: S704  our own markup
        "headings": [tr(column.heading) for column in columns],
        "rows": rows,
        "blocks": [*filled(trip_text.blocks(envelope, full=True))],
        "cards": [leg for leg in legs if leg.surely_free],
    }


def _days(leg: Leg) -> str:
    return put("{first} \u2013 {last}", first=leg.entry, last=leg.exit or "")


def world(registry: Registry, on: date, passport: str) -> Parts:
    """Return the map of a day; its countries are not in the way of the tab key."""
    seen = said(registry.world_map(on=on, passport=passport))
    marks = sorted(
        phrases_world.counted(seen),
        key=lambda m: (phrases_world.ORDER.index(m.shade), place(m.country.name)),
    )
    return {
        **lookup.around(seen),
        "on": on,
        "passport": seen.passport,
        "drawn": world_map.bare(seen, address=LINKED),
        "legend": [*legend(seen)],
        "rows": [(mark, capital(phrases_world.verdict(mark))) for mark in marks],
    }


def legend(seen: WorldMap) -> Iterator[LegendRow]:
    """Yield the lines under a map, those that are hidden on its day among them."""
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
"""Shades that a map of entry may have on some day."""


def below(registry: Registry, on: date) -> Parts:
    """Return what stands under the answer and the map: the same whoever asks."""
    growth = page_pictures.grown(registry)
    first, until = growth.since, growth.until
    every = [said(visa) for visa in registry.visas(on=on)]
    by_code = {visa.code: visa for visa in every}
    usual = [one["code"] for one in registry.index.profile.get("usual_visas", ())]
    listed = FOR_VISITORS.get(registry.index.home, usual)
    years = range(first.year, until.year + 1)
    return {
        "first_day": first,
        "years": [(year, min(date(year, 7, 1), until)) for year in years],
        "months": (until.year - first.year) * 12 + until.month,
        "steps": page_pictures.steps(growth),
        "news": [(year, news(registry, year, on)) for year in (on.year, on.year - 1)],
        "growth": charts.growth(growth),
        "lines": page_pictures.picture(registry, "ranks", {}),
        "tables": [*tables(registry)],
        "neo_nomad": by_code.get(NEO_NOMAD),
        "visas": [by_code[code] for code in listed if code in by_code],
        "all_visas": [visa for visa in every if visa.exists is not False],
    }


def news(registry: Registry, year: int, on: date) -> list[News]:
    """Return what happened to acts in a year, the latest first."""
    found = []
    for act in said(registry.agreements(on=on, year=year, kind="all")):
        events = []
        for matched in act.matched:
            name = matched.event.replace("-", "_")
            when, bounds = getattr(act, name), getattr(act, f"{name}_between")
            what = tr(EVENTS[matched.event])
            if matched.match != "certain":
                what = tr("perhaps {terms}", terms=what)
            events.append(put("{event}, {day}", event=what, day=short(when, bounds)))
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


def tables(registry: Registry) -> Iterator[Parts]:
    """Yield the latest edition of each index, what was published before what we worked out."""
    found = registry.ranks(edition="latest")
    for note in registry.rank_remarks(found):
        if note.code not in {"rank_published", "rank_recomputed"}:
            continue
        told = said(note.values)
        series = Series(told["index"], told["published"], told["formula"])
        rows = [r for r in found if Series(r.index, r.published, r.formula) == series]
        if len(rows) > 1:
            yield {**told, "edition": rows[0].edition, "rows": said(rows)}


def history(registry: Registry, nationality: str, on: date, passport: str = "ordinary") -> Parts:
    """Return the periods of a nationality, newest first, the bar over them, other passports."""
    found = said(registry.timeline(nationality, passport=passport))
    code = registry.resolve(nationality)
    others = [
        (kind, "" if kind == "ordinary" else f"{kind}/")
        for kind in PASSPORTS
        if kind != passport and (kind == "ordinary" or registry.index.spans(code, kind))
    ]
    starts = [period.valid_from for period in found if period.valid_from]
    since = date(min([page_pictures.FIRST_DAY, *starts]).year, 1, 1)
    bar = page_pictures.bar(found, since, max(on, since))
    return {"bar": bar, "periods": [*reversed(found)], "others": others}

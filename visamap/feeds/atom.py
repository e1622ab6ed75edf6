"""The events as an Atom feed (RFC 4287), and what a calendar says of them too.

Written with the standard library: the library for it, feedgen, needs lxml, a compiled package
larger than visamap, and stands still since 2023; a feed is some thirty lines. Reading feeds is
another matter: the tests use feedparser.

Every time in it is the day of the data's release, so the same data gives the same bytes and no
clock is asked.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET  # only written, never read

from visamap.i18n import current, mark, tr
from visamap.render import phrases, phrases_time
from visamap.results.parts import Envelope
from visamap.results.time_results import FeedEvent, id_at

ATOM = "http://www.w3.org/2005/Atom"
TITLE = mark("Visa-free entry into {home_into}: what was signed, came into force and ended")
AUTHORITY = "visamap.invalid"
"""Whose ids these are where no site is told. A tag URI needs a domain and visamap has none;
``.invalid`` is reserved, so that nobody else can ever own it."""
SINCE = "2026"


def authority(pages: str | None) -> str:
    """Return whose the ids are: the host of the site whose pages stand there."""
    return (pages and urlsplit(pages).hostname) or AUTHORITY


def uri(event: str, pages: str | None = None) -> str:
    """Return the id of an event as a tag URI (RFC 4151)."""
    return f"tag:{authority(pages)},{SINCE}:{event}"


def page(event: FeedEvent, pages: str) -> str:
    """Return the address of the page of an event's act."""
    return f"{pages}agreement/{event.act.id}/"


def about(answer: Envelope) -> str:
    """Return which data the feed was made from."""
    return f"{phrases.data(answer.data)} {phrases.advice()}"


def body(event: FeedEvent) -> Iterator[str]:
    """Yield what is known of an event, a line each."""
    yield f"{event.act.title}. [{event.act.id}]"
    if event.nationalities:
        names = ", ".join(f"{country.name} ({country.code})" for country in event.nationalities)
        yield tr("For: {names}.", names=names)
    if event.passports:
        held = ", ".join(tr(phrases.PASSPORTS[kind]) for kind in event.passports)
        yield tr("Passports: {kinds}.", kinds=held)
    if event.limits:
        terms = "; ".join(phrases.terms(limit) for limit in event.limits)
        yield tr("Terms: {terms}.", terms=terms)
    if event.place:
        yield tr("Place: {place}.", place=event.place)
    if event.decision:
        yield tr("Act: {act}.", act=event.decision)
    if event.note:
        yield event.note


def data(answer: Envelope, pages: str | None = None) -> bytes:
    """Return the feed, newest event first; ``pages`` is where those of its destination stand."""
    with phrases.entering(answer):
        updated = f"{answer.data.release}T00:00:00Z"
        feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": current()})
        _text(feed, "id", uri(id_at(answer.home.code if answer.home else None, "events"), pages))
        _text(feed, "title", tr(TITLE))
        _text(feed, "subtitle", about(answer))
        _text(feed, "updated", updated)
        _text(ET.SubElement(feed, "author"), "name", "visamap")
        _text(feed, "generator", "visamap")
        _text(feed, "rights", "CC BY 4.0")
        if pages:
            ET.SubElement(feed, "link", {"rel": "alternate", "href": pages})
        for event in reversed(answer.items):
            _entry(feed, event, updated, pages)
        ET.indent(feed)
        written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
        return written + b"\n"


def _entry(feed: ET.Element, event: FeedEvent, updated: str, pages: str | None) -> None:
    entry = ET.SubElement(feed, "entry")
    _text(entry, "id", uri(event.id, pages))
    _text(entry, "title", f"{event.on}: {phrases_time.event(event)}")
    _text(entry, "updated", updated)
    ET.SubElement(entry, "category", {"term": event.what})
    for country in event.nationalities:
        ET.SubElement(entry, "category", {"term": country.code, "label": country.name})
    # A reader opens the first link: our page of the act, or without one the act's own text.
    links = [(page(event, pages), event.act.id)] if pages else []
    links += [(source.url, source.id) for source in event.sources]
    for n, (address, name) in enumerate(links):
        link = {"rel": "related" if n else "alternate", "href": address, "title": name}
        ET.SubElement(entry, "link", link)
    _text(entry, "content", "\n".join(body(event)), {"type": "text"})


def _text(
    parent: ET.Element, name: str, text: str, attributes: dict[str, str] | None = None
) -> None:
    ET.SubElement(parent, name, attributes or {}).text = text

"""The events as an Atom feed (RFC 4287).

Written with the standard library: the library for it, feedgen, needs lxml, a compiled package
larger than visamap, and stands still since 2023; a feed is some thirty lines. Reading feeds is
another matter: the tests use feedparser.

Every time in it is the day of the data's release, so the same data gives the same bytes and no
clock is asked.
"""

from xml.etree import ElementTree as ET  # only written, never read

from visamap.feeds import feed_words
from visamap.i18n import current, tr
from visamap.results.parts import Envelope
from visamap.results.time import FeedEvent

ATOM = "http://www.w3.org/2005/Atom"


def data(answer: Envelope) -> bytes:
    """Return the feed, newest event first."""
    updated = f"{answer.data.release}T00:00:00Z"
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": current()})
    _text(feed, "id", feed_words.uri("events"))
    _text(feed, "title", tr(feed_words.TITLE))
    _text(feed, "subtitle", feed_words.about(answer))
    _text(feed, "updated", updated)
    _text(ET.SubElement(feed, "author"), "name", feed_words.AUTHOR)
    _text(feed, "generator", "visamap")
    _text(feed, "rights", feed_words.RIGHTS)
    for event in reversed(answer.items):
        _entry(feed, event, updated)
    ET.indent(feed)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(feed: ET.Element, event: FeedEvent, updated: str) -> None:
    entry = ET.SubElement(feed, "entry")
    _text(entry, "id", feed_words.uri(event.id))
    _text(entry, "title", f"{event.on}: {feed_words.title(event)}")
    _text(entry, "updated", updated)
    ET.SubElement(entry, "category", {"term": event.what})
    for country in event.nationalities:
        ET.SubElement(entry, "category", {"term": country.code, "label": country.name})
    # A reader opens the first link; the act's own text is the best page to land on.
    for n, source in enumerate(event.sources):
        link = {"rel": "related" if n else "alternate", "href": source.url, "title": source.id}
        ET.SubElement(entry, "link", link)
    _text(entry, "content", "\n".join(feed_words.body(event)), {"type": "text"})


def _text(
    parent: ET.Element, name: str, text: str, attributes: dict[str, str] | None = None
) -> None:
    ET.SubElement(parent, name, attributes or {}).text = text

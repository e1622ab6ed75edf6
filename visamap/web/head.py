"""What search engines and messengers read of a page: its words, its place, its picture, its day.

A site knows where it stands only if ``--base-url`` or ``VISAMAP_BASE_URL`` says so: the header
``Host`` is written by whoever asks, and is never repeated.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from html import unescape
from importlib.util import find_spec
from itertools import product
from typing import Any, NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import escape

from visamap import clock
from visamap.i18n import LANGUAGES, current
from visamap.pictures.drawing import PNG_LIBRARY
from visamap.registry import Registry
from visamap.results.check_results import CheckAnswer
from visamap.web.languages import Address

TITLE, ABOUT = 60, 160
"""Characters of a title and of a description that search engines show."""
SHORTEST = 10
"""Characters that a part keeps when it is cut; else there is one part less."""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SCHEMA = "https://schema.org"
LOCALES = {"en": "en_US", "kk": "kk_KZ", "ru": "ru_RU"}
TONES = ("any", "yes", "home", "no", "maybe")
"""What a picture for messengers may say: nothing of an answer, or how it begins."""
PICTURE = "share/{}-{}-{}.png"
ON_ALL = ("", "stay", "trip")
"""Pages that every event of their destination may change."""
ON_ONE = ("nationality", "agreement")
"""Folders of pages that the events of their own nationality or act change."""
X_DEFAULT = "x-default"
XHTML = "http://www.w3.org/1999/xhtml"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def fitted(text: str, most: int) -> str:
    """Return a text in at most so many characters: whole sentences, or whole parts from the first.

    The longest part behind the first is cut at a word, if enough of it is left.
    """
    said = " ".join(unescape(text).split())  # what a block holds is markup
    over = len(said) - most
    if over <= 0:
        return said
    whole = said[:most].rpartition(". ")[0]
    if len(whole) > most / 2:
        return f"{whole}."
    first, *others = said.split(" | ")
    if not others:
        return _cut(first, most)
    longest = max(others, key=len)
    if len(longest) - over < SHORTEST:
        return fitted(" | ".join([first, *others[:-1]]), most)
    shorter = (_cut(one, len(one) - over) if one is longest else one for one in others)
    return " | ".join([first, *shorter])


def _cut(text: str, most: int) -> str:
    words = text[:most].rpartition(" ")[0] or text[: most - 1]
    return f"{words.rstrip(' ,.:;(')}\u2026"


class Head(NamedTuple):
    """Where a page stands, alone and in each language, and what is told about it."""

    canonical: str
    languages: dict[str, str]
    first: str
    feed: str
    picture: str | None
    changed: date | None
    public: bool
    """Whether messengers and programs are told of it: not by a copy without a known address."""

    @property
    def locale(self) -> str:
        """The language as messengers name it."""
        return LOCALES[current()]

    def linked_data(self, title: str, entity: dict[str, Any] | None) -> dict[str, Any]:
        """Return the page as programs read it (schema.org), with what it is mainly about."""
        said = {
            "@context": SCHEMA,
            "@type": "WebPage",
            "name": title,
            "url": self.canonical,
            "inLanguage": current(),
            "isPartOf": {"@type": "WebSite", "name": "visamap", "url": self.first},
            "license": LICENCE,
            "dateModified": self.changed and self.changed.isoformat(),
            "mainEntity": entity,
        }
        return {name: value for name, value in said.items() if value}


class Heads:
    """What makes the head of each page; it knows where the site stands and what changed when."""

    def __init__(self, registry: Registry, base: str | None, *, copied: bool) -> None:
        """Take the address of the site, if it is told; pages are ``copied`` into files or not."""
        self.base, self.copied = base, copied
        self.pictured = find_spec(PNG_LIBRARY) is not None
        self.days = lru_cache(maxsize=8)(
            lambda home, on: changes(registry.entering(home), on),
        )

    def of(
        self, home: str, address: Address, query: str, ways: tuple[str, str], answer: Any
    ) -> Head:
        """Return the head of a page on a destination, which may show an ``answer``.

        ``ways`` are the way out of the page, which stands where no address of the site is told,
        and how the addresses of its destination begin. The ``query`` of the address is kept in
        those of other languages, and is no part of the page's own.
        """
        out, within = ways
        site = self.base or out
        rest = quote(address.rest.strip("/"))
        bare = f"{within}{rest}/" if rest else within
        places = self.places(site, bare)
        checked = isinstance(getattr(answer, "item", None), CheckAnswer)
        tone = answer.headline.tone if checked and answer.headline.tone in TONES else "any"
        shown = PICTURE.format(home, tone, current())
        return Head(
            places[current()],
            self.places(site, bare + query),
            places[current()].removesuffix(f"{rest}/") if rest else places[current()],
            site + self.feed("feed.atom", home, within),
            site + shown if self.pictured else None,
            changed(rest, self.days(home, clock.today())),
            bool(self.base) or not self.copied,
        )

    def places(self, site: str, page: str) -> dict[str, str]:
        """Return the address of a page in each language, and under no name without one."""
        bare = f"{site}{page}"
        found: dict[str, str] = {one: f"{site}{one}/{page}" for one in LANGUAGES}
        return {**found, **({"en": bare} if self.copied else {}), "": bare}

    def feed(self, name: str, home: str, within: str) -> str:
        """Return the address of a feed on a destination; a copy has them in English only."""
        if self.copied:
            return f"{within}{name}"
        return f"{name}?lang={current()}{f'&to={home}' if within else ''}"

    def sitemap(self, pages: Iterable[tuple[str, date | None]]) -> str:
        """Return the list of all pages, each in every language, with the day of its newest fact."""
        rows = []
        for page, day in pages:
            last = f"<lastmod>{day}</lastmod>" if day else ""
            places = self.places(escape(self.base or ""), escape(page))
            others = "".join(
                f'<xhtml:link rel="alternate" hreflang="{one or X_DEFAULT}" href="{place}"/>'
                for one, place in places.items()
            )
            rows += [f"<url><loc>{places[one]}</loc>{last}{others}</url>\n" for one in LANGUAGES]
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">\n{"".join(rows)}</urlset>\n'
        )


def pictures(registry: Registry) -> list[str]:
    """Return the addresses of all pictures for messengers."""
    asked = product(sorted(registry.index.destinations), TONES, LANGUAGES)
    return [PICTURE.format(*one) for one in asked]


def within(registry: Registry, code: str) -> str:
    """Return how the addresses of a destination begin; those of the data's own are bare."""
    return "" if code == registry.index.home else f"to/{code}/"


def changes(view: Registry, on: date) -> dict[str, date]:
    """Return the day of the newest event of each nationality and act; under no name, of all."""
    found: dict[str, date] = {}
    for event in view.feed():  # the oldest first
        if event.on <= on:
            about = ("", event.act.id, *(country.code for country in event.nationalities))
            found |= dict.fromkeys(about, event.on)
    return found


def changed(page: str, days: Mapping[str, date]) -> date | None:
    """Return the day on which a fact of a page last changed; ``page`` is its place, bare."""
    folder, _, name = page.strip("/").partition("/")
    if folder in ON_ONE:
        return days.get(name)
    return days.get("") if folder in ON_ALL else None


def robots(base: str | None) -> str:
    """Return what crawlers may read: everything."""
    listed = f"Sitemap: {base}sitemap.xml\n" if base else ""
    return f"User-agent: *\nDisallow:\n{listed}"

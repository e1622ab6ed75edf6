"""In which language an answer is given: pages by their address or the browser, programs if asked.

``/kk/``, ``/ru/`` and ``/en/`` before the address of a page fix its language, ``/to/UZB/`` behind
that its destination. Without a language a page follows ``Accept-Language``, and says so. So do the
API and the feeds, unless ``lang`` asks for a language; English is spoken where neither does.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from visamap.i18n import LANGUAGES, Language, entering, language_of, speaking

FOR_PROGRAMS = ("/api/", "/feed.atom", "/events.ics")
"""Beginnings of addresses that take ``lang``."""
OF_NO_LANGUAGE = (
    *("/static/", "/share/", "/openapi.json", "/healthz"),
    *("/favicon.ico", "/robots.txt", "/sitemap.xml"),
)
IN_ALL_LANGUAGES = "/map/"
"""The beginning of what the slider of a page reads: its words stand in it in every language."""
ADDRESS = "visamap.address"
"""Where a request carries its ``Address``."""
CHOSEN = re.compile(rf"/({'|'.join(LANGUAGES)})(/.*)?")
ENTERED = re.compile(r"/to/([^/]*)(/.*)?")
QUALITY = re.compile(r"q\s*=\s*([01](?:\.\d{0,3})?)")
LONGEST = 1000
"""How much of an ``Accept-Language`` is read."""
MOST_WISHES = 1000
"""How many of them are remembered: browsers send few."""


class Address(NamedTuple):
    """The address of a page: as it was asked, its language and destination if named, the rest."""

    asked: str
    chosen: Language | None
    to: str | None
    rest: str

    @property
    def before(self) -> str:
        """How it begins: with its language, if it names one."""
        return f"{self.chosen}/" if self.chosen else ""


class Languages:
    """ASGI middleware that decides the language, and takes it out of the address."""

    def __init__(self, app: ASGIApp, home: Mapping[str, Any]) -> None:
        """Stand before ``app``; ``home`` is the profile of the destination that is spoken of."""
        self.app, self.home = app, home

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request be answered in its language."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        before = scope.get("root_path", "")
        address = _read(scope["path"].removeprefix(before))
        added: list[tuple[bytes, bytes]] = []
        language: Language = "en"
        if not address.rest.startswith((*OF_NO_LANGUAGE, IN_ALL_LANGUAGES)):
            programs = address.rest.startswith(FOR_PROGRAMS)
            chosen = _asked_for(scope["query_string"]) if programs else address.chosen
            language = chosen or preferred(_accepted(scope))
            added.append((b"content-language", language.encode()))
            if chosen is None:
                added.append((b"vary", b"Accept-Language"))
        path = before + address.rest
        scope = {**scope, "path": path, "raw_path": path.encode(), ADDRESS: address}

        async def told(message: Message) -> None:
            if added and message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *added]}
            await send(message)

        with speaking(language), entering(self.home):
            await self.app(scope, receive, told)


def address_of(scope: Scope) -> Address:
    """Return the address of a request, as it is without its language and destination."""
    found: Address = scope[ADDRESS]
    return found


@lru_cache(MOST_WISHES)
def preferred(accepted: str) -> Language:
    """Return the language of ours that an ``Accept-Language`` likes best; English if none is."""
    liked: dict[Language, float] = {}
    others = 0.0
    for one in accepted.split(","):
        tag, _, parameters = one.partition(";")
        weight = QUALITY.fullmatch(parameters.strip())
        quality = float(weight[1]) if weight else 0.0 if parameters.strip() else 1.0
        if tag.strip() == "*":
            others = quality
        elif language := language_of(tag):
            liked[language] = max(quality, liked.get(language, 0.0))
    for language in LANGUAGES:
        liked.setdefault(language, others)
    best = max(liked, key=lambda language: liked[language])  # of equals the one named first
    return best if liked[best] else "en"


def _read(path: str) -> Address:
    found = CHOSEN.fullmatch(path)
    language = language_of(found[1]) if found else None
    rest = (found[2] or "/") if found else path
    place = ENTERED.fullmatch(rest)
    to, rest = (place[1], place[2] or "/") if place else (None, rest)
    # Only pages stand under a language or a destination: everything else has one address.
    if rest.startswith((*FOR_PROGRAMS, *OF_NO_LANGUAGE)):
        return Address(path, None, None, path)
    return Address(path, language, to, rest)


def _asked_for(query: bytes) -> Language | None:
    if not query:
        return None
    try:
        asked = parse_qs(query.decode("latin-1"), max_num_fields=500).get("lang", [""])[0]
    except ValueError:
        return None
    return language_of(asked)


def _accepted(scope: Scope) -> str:
    found = (value for name, value in scope["headers"] if name == b"accept-language")
    return b",".join(found).decode("latin-1")[:LONGEST]

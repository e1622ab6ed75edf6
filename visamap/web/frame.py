"""The frame of every page: templates, addresses that work from any sub-path, files with a digest.

A page asks no other host for anything, sets no cookie and carries no style or script of its own:
one style sheet, one script and one icon stand under ``static/``.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from hashlib import sha256
from inspect import Signature, signature
from os.path import dirname, join
from typing import Any, Literal, NamedTuple
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from visamap import clock, i18n
from visamap.errors import VisamapError, WrongUsageError
from visamap.feeds import atom
from visamap.i18n import LANGUAGES, current, fact, number, of_home, tr, trc, trn
from visamap.pictures import share as picture
from visamap.pictures.drawing import png
from visamap.pictures.palette import stylesheet
from visamap.registry import Registry, asking
from visamap.registry.spec import TO
from visamap.render import (
    labels,
    outbound_text,
    phrases,
    phrases_time,
    ranks_text,
    timeline_text,
    visas_text,
)
from visamap.render.remarks import noted
from visamap.vocabulary import CENTRAL_ASIA, DESTINATIONS
from visamap.web import lookup, page_content, page_pictures
from visamap.web.head import TONES, Heads, fitted, within
from visamap.web.head import robots as crawlers
from visamap.web.languages import Address, address_of

HERE = dirname(__file__)
SCRIPTS = {f"page.{language}.js": language for language in LANGUAGES}
"""The script of the page, with what it may have to say in each language."""
KINDS = {
    "style.css": "text/css; charset=utf-8",
    **dict.fromkeys(SCRIPTS, "text/javascript; charset=utf-8"),
    "icon.svg": "image/svg+xml",
    "favicon.ico": "image/x-icon",
    "manifest.webmanifest": "application/manifest+json",
}
NAMES = {f"countries.{language}.json": language for language in LANGUAGES}
"""Countries to choose from, by language: names, synonyms and peoples in all of ours."""
OTHER_NAMES = "names.json"
"""The code of each name in the languages that are not ours; only a fixed copy has to look."""
INDENT = re.compile(r"\n\s+")
"""What the templates are indented by, for whoever writes them."""
COMPACT: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}
"""How JSON is written."""
OWN_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
"""Each language as it calls itself."""
FOREVER = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=300"
OF_A_DAY = "public, max-age=86400"
READING = ["GET", "HEAD"]
OK, WRONG, NOWHERE, MOVED = 200, 400, 404, 308
AS_WRITTEN = ("/docs",)
"""Addresses that are answered without the slash that their page has, as others have them."""


Answer = Callable[..., Response]
Words = dict[str, str]
"""The parts of an address, by their names."""


class Page(NamedTuple):
    """A page as it is declared: its routes, the menu and the static copy are made from this."""

    address: str
    """As every link has it, with what it is about in braces; ``/`` stands at its end."""
    answer: Callable[..., Response]
    """What draws it: takes ``Pages``, the request, then the parts and words of the address."""
    questions: tuple[str, ...] = ()
    """The questions of the registry that it asks."""
    has: Literal["every", "some", "none"] = "every"
    """Which destinations have it at this address; of ``none`` it stands outside of ``/to/``."""
    menu: Callable[[], str] | None = None
    """What the menu calls it."""
    foot: Callable[[], str] | None = None
    """What the foot of each page calls it, where it is no part of the menu."""
    spelled: Callable[[Registry, Words], Words] = lambda _, words: words
    """Returns the parts as the one address has them; another spelling is led there."""
    known: Callable[[Registry, date], Iterable[Words]] = lambda *_: ({},)
    """Returns the parts of each page there is, for a copy in files."""
    also: tuple[str, ...] = ()
    """Other addresses that lead to it."""

    def place(self, registry: Registry, words: Words) -> str:
        """Return the one address for these parts, as it stands behind language and destination.

        A part that is usual is left out of it.
        """
        return self.address.format(**self.spelled(registry, words)).replace("//", "/")


class Frame:
    """What all pages of one release share; parts that say the same to everybody are kept."""

    def __init__(
        self, registry: Registry, *, copied: bool = False, base: str | None = None
    ) -> None:
        """Read the files once; a page is then only filled in.

        A ``copied`` page stands in a file, where English has the bare addresses. ``base`` is the
        address of the site, if it is told.
        """
        # Each language has its own; the parts are made in the one that is spoken.
        self.below = lru_cache(maxsize=24)(
            lambda home, day, _language: page_content.below(registry.entering(home), day)
        )
        self.world = lru_cache(maxsize=48)(
            lambda home, day, kind, _language: page_content.world(
                registry.entering(home), day, kind
            )
        )
        self.registry, self.copied = registry, copied
        self.heads = Heads(registry, base, copied=copied)
        self.names = lru_cache(self._names)
        self.files = {name: _file(name, copied=copied) for name in KINDS}
        self.digests = {name: _digest(content) for name, content in self.files.items()}
        self.templates = Environment(
            loader=FileSystemLoader(join(HERE, "templates")),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,  # what runs is of one release, whatever happens to its files
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.filters["fitted"] = fitted
        self.templates.policies["json.dumps_kwargs"] = COMPACT
        self.templates.globals.update(
            tr=tr,
            trn=trn,
            trc=trc,
            trh=page_content.trh,
            of_home=of_home,
            say=phrases,
            remark=noted,
            abroad=outbound_text,
            grounds=outbound_text.history,
            copied=copied,
            followed=CENTRAL_ASIA,
            labels=labels,
            counted=ranks_text.COUNTED,
            times=phrases_time,
            periods=timeline_text,
            visas=visas_text,
            words=page_content,
            number=number,
            own_names=OWN_NAMES,
            entity=None,
            stays=None,
            map_days=[],
            feed_title=atom.TITLE,
            data=registry.data,
            draws_png=not copied and page_pictures.draws_png(),
            digests=self.digests,
        )

    def _names(self, name: str) -> tuple[bytes, str]:
        """Return what there is to choose from where a country is typed, and its digest."""
        if name == OTHER_NAMES:
            found: Any = self.registry.resolver.elsewhere()
        else:
            with i18n.speaking(NAMES[name]):
                found = lookup.names(self.registry)
        content = json.dumps(found, **COMPACT).encode()
        return content, _digest(content)

    def within(self, code: str) -> str:
        """Return how the addresses of a destination begin; those of the data's own are bare."""
        return within(self.registry, code)

    def page(
        self,
        request: Request,
        entered: Registry,
        name: str,
        status: int = 200,
        *,
        page: Page | None = None,
        **values: Any,
    ) -> Response:
        """Return a page on a destination that is ``entered``, filled in.

        ``root`` leads from its address to the first page of its language and destination, ``front``
        to the one of its language, ``home`` to the one without either, where files and the API
        stand.
        """
        address, within = address_of(request.scope), self.within(entered.index.home)
        root, home = ways(address, within)
        if status == NOWHERE and self.copied and self.heads.base:
            home = self.heads.base  # shown wherever there is no file
            root = f"{home}{address.before}{within}"
        query = f"?{request.url.query}" if request.url.query else ""
        bare = f"{within}{address.rest.removeprefix('/')}{query}"
        to, answer = entered.index.home, values.get("answer")
        head = None
        if status == OK:
            head = self.heads.of(to, address, query, (home, within), answer)
        text = self.templates.get_template(name).render(
            root=root,
            front=f"{home}{address.before}",
            home=home,
            within=within,
            own=self.heads.places(home, within)[current()],
            base=self.heads.base,
            language=current(),
            names=f"countries.{current()}.json?v={self.names(f'countries.{current()}.json')[1]}",
            page=page,
            others=self.heads.places(home, bare) if name != "missing.html" else {},
            head=head,
            places=[*self._places(entered, home, address, query, page)],
            today=clock.today(),
            overdue=asking.overdue(entered),
            **values,
        )
        headers = {"Cache-Control": A_WHILE if status == OK else "no-store"}
        return HTMLResponse(INDENT.sub("\n", text), status_code=status, headers=headers)

    def _places(
        self, entered: Registry, home: str, address: Address, query: str, page: Page | None
    ) -> Iterator[dict[str, Any]]:
        """Yield every destination, each by its page like this one, or its first where none is."""
        known, of_one = page and page.has == "every", page is None or page.has != "none"
        same = f"{address.rest.removeprefix('/')}{query}" if known else ""
        told = self.registry.index.destinations
        for code in (code for code in DESTINATIONS if code in told):
            name = fact(self.registry.index.country(code).name)
            href = f"{home}{address.before}{self.within(code)}{same}"
            here = of_one and code == entered.index.home
            yield {"code": code, "name": name, "href": href, "here": here}

    def nowhere(
        self, request: Request, page: Page | None = None, to: str | None = None
    ) -> Response:
        """Return the page for an address at which there is nothing, or no such destination."""
        entered, nothing = self.registry, tr("There is nothing at this address.")
        words: dict[str, Any] = {}
        try:
            entered = asking.entered(entered, to or address_of(request.scope).to)
        except VisamapError as error:
            nothing, words = error.elsewhere(), {"lost": True}
        words["slips"] = {"address": WrongUsageError(nothing)}
        with i18n.entering(entered.index.profile):
            return self.page(request, entered, "missing.html", NOWHERE, page=page, **words)

    def route(self, page: Page, drawing: Callable[["Frame", Registry, Page], Any]) -> Answer:
        """Return what answers at a page's addresses: by its one address, others lead there.

        ``drawing`` makes what the page's ``answer`` takes: its pages on the destination.
        """

        def answered(request: Request, **words: Any) -> Response:
            address, asked = address_of(request.scope), request.query_params
            to = asked.get(TO) or address.to
            try:
                view = asking.entered(self.registry, to)
            except VisamapError:
                return self.nowhere(request, page, to)
            view = self.registry if page.has == "none" else view
            within = self.within(view.index.home)
            try:
                place = page.place(view, request.path_params)
            except VisamapError:  # the page says what is wrong
                place = address.rest.removeprefix("/")
            bare = f"{address.before}{within}{place}"
            if TO in asked or address.asked not in {f"/{bare}", *AS_WRITTEN}:
                kept = [(name, word) for name, word in asked.multi_items() if name != TO]
                asked_for = urlencode(kept) if TO in asked else request.url.query
                query = f"?{asked_for}" if asked_for else ""
                there = f"{ways(address, within)[1]}{quote(bare)}{query}"
                return RedirectResponse(there, MOVED, {"Cache-Control": A_WHILE})
            with view.border, i18n.entering(view.index.profile):
                return page.answer(drawing(self, view, page), request, **words)

        taken = [*signature(page.answer).parameters.values()][1:]
        answered.__signature__ = Signature(taken)  # type: ignore[attr-defined]
        return answered

    def router(self) -> APIRouter:
        """Return the routes of the files; an address with the digest of its file keeps forever."""
        router = APIRouter(include_in_schema=False)

        @router.api_route("/favicon.ico", methods=READING)
        def favicon() -> Response:
            return static("favicon.ico")

        @router.api_route("/robots.txt", methods=READING)
        def robots() -> Response:
            said = crawlers(self.heads.base)
            return Response(said, OK, {"Cache-Control": OF_A_DAY}, "text/plain")

        @router.api_route("/share/{name}.png", methods=READING)
        def share(name: str) -> Response:
            home, _, rest = name.partition("-")
            tone, _, language = rest.partition("-")
            known = home in self.registry.index.destinations and tone in TONES
            if not (known and language in LANGUAGES and self.heads.pictured):
                return Response("There is no such picture.\n", 404, media_type="text/plain")
            profile = self.registry.entering(home).index.profile
            with i18n.speaking(language), i18n.entering(profile):
                content = png(picture.svg(home, tone))
            return Response(content, OK, {"Cache-Control": OF_A_DAY}, "image/png")

        @router.api_route("/static/{name}", methods=READING)
        def static(name: str, v: str = "") -> Response:
            if name in self.files:
                content, digest = self.files[name], self.digests[name]
            elif name in {*NAMES, OTHER_NAMES}:
                content, digest = self.names(name)
            else:
                return Response("There is no such file.\n", 404, media_type="text/plain")
            headers = {
                "Cache-Control": FOREVER if v == digest else A_WHILE,
                "ETag": f'"{digest}"',
            }
            kind = KINDS.get(name, "application/json")
            return Response(content, media_type=kind, headers=headers)

        return router


def ways(address: Address, within: str) -> tuple[str, str]:
    """Return the ways from an address to the first page of its language and destination, and out.

    ``within`` is how the addresses of its destination begin.
    """
    up = address.asked.count("/") - 1
    home, before = "../" * up or "./", f"{address.before}{within}"
    inside = up - before.count("/")
    if inside < 0 or (address.to is None) != (not within):
        return f"{home}{before}", home
    return "../" * inside or "./", home


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:12]


def _bytes(name: str) -> bytes:
    with open(join(HERE, "static", name), "rb") as file:
        return file.read()


def _file(name: str, *, copied: bool) -> bytes:
    language = SCRIPTS.get(name)
    parts = (
        ("page.js", "map.js", "form.js", *(("copy.js",) if copied else ())) if language else (name,)
    )
    content = b"\n".join(map(_bytes, parts))
    if name == "style.css":
        return f"{stylesheet()}\n".encode() + content
    if not language:
        return content
    with i18n.speaking(language):
        words = json.dumps(page_content.script(), **COMPACT)
    return f'"use strict";\nconst words = {words};\n'.encode() + content

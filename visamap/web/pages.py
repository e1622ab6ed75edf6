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
from starlette.datastructures import QueryParams

from visamap import clock, i18n
from visamap.arguments import as_passport, asked_day
from visamap.errors import UnknownCountryError, UnknownRecordError, VisamapError, WrongUsageError
from visamap.feeds import atom
from visamap.i18n import LANGUAGES, current, fact, mark, number, of_home, tr, trc, trn
from visamap.pictures import picture_page, printed
from visamap.pictures import share as picture
from visamap.pictures.charts import Chart
from visamap.pictures.drawing import png
from visamap.pictures.palette import stylesheet
from visamap.registry import Registry, asking
from visamap.registry.asking import ask
from visamap.registry.spec import TO
from visamap.render import (
    agreements_text,
    labels,
    outbound_text,
    phrases,
    phrases_abroad,
    phrases_time,
    phrases_visas,
    ranks_text,
    timeline_text,
    visas_text,
)
from visamap.render.phrases import in_language
from visamap.render.phrases_check import usual
from visamap.render.sections import Filled, filled
from visamap.results.check import CheckAnswer
from visamap.results.parts import Country, Envelope
from visamap.results.stay import StayAnswer
from visamap.results.trip import Leg
from visamap.vocabulary import CENTRAL_ASIA, DESTINATIONS
from visamap.web import copies, forms, lookup, page_content, page_pictures, shared_data
from visamap.web.forms import Fields
from visamap.web.head import TONES, Heads, fitted, within
from visamap.web.head import robots as crawlers
from visamap.web.languages import Address, address_of
from visamap.web.problems import NAMED
from visamap.web.security_headers import FRAMED

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


class Place(NamedTuple):
    """A destination as the pages name it: where its pages stand, and where the same one does."""

    code: str
    name: str
    href: str
    here: bool


Words = dict[str, str]
"""The parts of an address, by their names."""


def _as_they_are(_registry: Registry, words: Words) -> Words:
    return words


def _one(_registry: Registry, _on: date) -> Iterable[Words]:
    return ({},)


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
    spelled: Callable[[Registry, Words], Words] = _as_they_are
    """Returns the parts as the one address has them; another spelling is led there."""
    known: Callable[[Registry, date], Iterable[Words]] = _one
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
        self._answers: dict[str, Envelope] = {}
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
            abroad=phrases_abroad,
            grounds=outbound_text.history,
            copied=copied,
            followed=CENTRAL_ASIA,
            labels=labels,
            counted=ranks_text.COUNTED,
            times=phrases_time,
            periods=timeline_text,
            visas=phrases_visas,
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

    def outbound(self, entered: Registry, **words: Any) -> Envelope:
        """Return where passports lead; a copy works out each list once for all languages."""
        if not self.copied:
            return ask(entered, "outbound", **words)
        key = f"{entered.index.home} {words}"
        if key not in self._answers:
            self._answers[key] = ask(entered, "outbound", **words)
        return self._answers[key]

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
            base=getattr(request.app.state, "base", None),
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
    ) -> Iterator[Place]:
        """Yield every destination, each by its page like this one, or its first where none is."""
        known, of_one = page and page.has == "every", page is None or page.has != "none"
        same = f"{address.rest.removeprefix('/')}{query}" if known else ""
        told = self.registry.index.destinations
        for code in (code for code in DESTINATIONS if code in told):
            name = fact(self.registry.index.country(code).name)
            href = f"{home}{address.before}{self.within(code)}{same}"
            yield Place(code, name, href, of_one and code == entered.index.home)

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

    def route(self, page: Page) -> Callable[..., Response]:
        """Return what answers at a page's addresses: by its one address, others lead there."""

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
                return page.answer(Pages(self, view, page), request, **words)

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


class Pages:
    """What stands at each address of a destination."""

    def __init__(self, frame: Frame, registry: Registry, page: Page) -> None:
        """Take the frame that all pages share, the view over the destination, and which it is."""
        self.frame, self.registry, self.page = frame, registry, page

    def drawn(self, request: Request, name: str, status: int = OK, **values: Any) -> Response:
        """Return the page, drawn from a template."""
        return self.frame.page(request, self.registry, name, status, page=self.page, **values)

    def first(  # noqa: PLR0913, PLR0917  the fields of the form
        self,
        request: Request,
        nationality: str = "",
        passport: str = "",
        on: str = "",
        days: str = "",
        map: str = "",  # noqa: A002  the word that stands in the address
        mark: str = "",
    ) -> Response:
        """Show the map of a day and what is new; a question leads to the page of its answer."""
        read = Fields(
            nationality=nationality, passport=passport, on=on, days=days, map=map, mark=mark
        )
        words = self._asked(read)
        shown = read("map", self._mapped) or min(words["on"], self.registry.index.horizon)
        if words["nationalities"] and not read.slips:
            return RedirectResponse(self._answer_to(request, words))
        mine = read("mark", self.registry.resolve) or ""
        home, kind = self.registry.index.home, words["passport"]
        return self.drawn(
            request,
            "index.html",
            _status(*read.slips.values()),
            asked=read.asked,
            slips=read.slips,
            world=self.frame.world(home, shown, kind, current())._replace(mine=mine),
            below=self.frame.below(home, clock.today(), current()),
            map_days=copies.map_days(self.registry) if self.frame.copied else [],
        )

    def _asked(self, read: Fields) -> dict[str, Any]:
        """Return the words of "may I enter?" as they were written."""
        code = read("nationality", self.registry.resolve)
        return {
            "nationalities": [code] if code else [],
            "on": read.day("on") or clock.today(),
            "passport": read("passport", as_passport) or "ordinary",
            "days": read("days", forms.days),
        }

    def _answer_to(self, request: Request, words: dict[str, Any]) -> str:
        """Return the way to the page of an answer; what goes without saying is left out."""
        address = address_of(request.scope)
        root, _ = ways(address, self.frame.within(self.registry.index.home))
        usual = {"on": clock.today(), "days": None}
        asked = {name: words[name] for name, usually in usual.items() if words[name] != usually}
        query = f"?{urlencode(asked)}" if asked else ""
        kind = "" if words["passport"] == "ordinary" else f"{words['passport']}/"
        return f"{root}nationality/{words['nationalities'][0]}/{kind}{query}"

    def _mapped(self, text: str) -> date:
        day = asked_day(text)
        self.registry.index.answers_for(day)
        return day

    def _answered(
        self, read: Fields, question: str, words: dict[str, Any]
    ) -> page_content.Shown | None:
        if read.slips:
            return None
        try:
            return self._shown(question, **words)
        except VisamapError as error:  # what it says names the visit or the plan
            read.refused(error)
            return None

    def _shown(self, question: str, **words: Any) -> page_content.Shown:
        return page_content.shown(in_language(ask(self.registry, question, **words)))

    def stay(
        self,
        request: Request,
        nationality: str = "",
        trips: str = "",
        plan: str = "",
        on: str = "",
    ) -> Response:
        """Count the days that are left; ``trip``, as the API has it, stands for a visit."""
        query, read = request.query_params, Fields(nationality=nationality, on=on)
        code, day = read("nationality", self.registry.resolve), read.day("on")
        lines = [*trips.splitlines(), *query.getlist("trip")]
        visits, planned = self._rows(read, query, {"": lines, "plan_": [plan]})
        words = {
            "nationality": code,
            "trips": read.visits(visits, "", mark("visit {n}"), None),
            "plan": next(iter(read.visits(planned, "plan_", mark("the plan"), None)), None),
            "on": day or clock.today(),
        }
        answer = None
        if forms.changed(query):
            read.slips.clear()
        elif code:
            answer = self._answered(read, "stay", words)
        return self.drawn(
            request,
            "stay.html",
            _status(*read.slips.values()),
            asked=read.asked,
            answer=answer,
            slips=read.slips,
            visits=visits,
            planned=planned,
        )

    @staticmethod
    def _rows(
        read: Fields, query: QueryParams, lines: dict[str, list[str]]
    ) -> Iterator[list[forms.Row]]:
        """Yield the rows of each kind; of too many, none."""
        for prefix, written in lines.items():
            try:
                yield forms.rows(query, prefix, written)
            except VisamapError as error:
                read.slips["question"] = error
                yield [forms.Row()]

    def trip(self, request: Request, nationality: str = "", legs: str = "") -> Response:
        """Judge a journey; ``leg`` and ``past``, as the API has them, stand for rows."""
        query, read = request.query_params, Fields(nationality=nationality)
        lines = {
            "": [*legs.splitlines(), *query.getlist("leg")],
            "past_": [line for past in query.getlist("past") for line in past.splitlines()],
        }
        told, before = self._rows(read, query, lines)
        nationalities = [*forms.split(read.asked["nationality"], ",")]
        read("nationality", lambda _: [*map(self.registry.resolve, nationalities)])
        words = {
            "nationalities": nationalities,
            "legs": read.visits(told, "", mark("leg {n}"), self._destination),
            "past": read.visits(before, "past_", mark("past visit {n}"), self._destination),
        }
        answer = None
        if forms.changed(query):
            read.slips.clear()
        elif nationalities and words["legs"] and not read.slips:
            try:
                answer = page_content.journey(in_language(ask(self.registry, "trip", **words)))
            except VisamapError as error:
                read.refused(error)
        return self.drawn(
            request,
            "trip.html",
            _status(*read.slips.values()),
            asked=read.asked,
            answer=answer,
            slips=read.slips,
            legs=told,
            past=before,
            cards=self._cards(request, answer.cards) if answer else {},
        )

    def _cards(self, request: Request, legs: list[Leg]) -> dict[int, str]:
        """Return the way to the card of each leg, by its number."""
        address = address_of(request.scope)
        out = f"{ways(address, self.frame.within(self.registry.index.home))[1]}{address.before}"
        return {
            leg.leg: f"{out}{self.frame.within(leg.destination.code)}card/{leg.nationality.code}/?"
            + urlencode({"on": leg.entry, "passport": leg.passport})
            for leg in legs
        }

    def card(
        self, request: Request, code: str, on: str = "", passport: str = "ordinary"
    ) -> Response:
        """Return a card for the border, or why there is none."""
        try:
            day = asked_day(on) if on else None
            found = self.registry.card(code, on=day, passport=as_passport(passport))
        except VisamapError as error:
            return self.missing(request, error)
        text = printed.card(phrases.said(found), self.registry.data)
        headers = {
            "Cache-Control": OF_A_DAY if day else A_WHILE,
            "Content-Security-Policy": picture_page.policy(),
        }
        return HTMLResponse(text, OK, headers)

    def _destination(self, text: str) -> str:
        return self.registry.entering(text).index.home

    def slide(self, request: Request, on: str, passport: str = "ordinary") -> Response:  # noqa: ARG002
        """Tell the slider of the map about a day, in every language."""
        world = self.registry.world_map(on=asked_day(on), passport=passport)
        text = json.dumps(lookup.slide(world), **COMPACT)
        return Response(text, OK, {"Cache-Control": OF_A_DAY}, "application/json")

    def picture(
        self, request: Request, name: str, form: str, on: str = "", passport: str = ""
    ) -> Response:
        """Give a picture as a file."""
        known = form in page_pictures.FORMS and (form != "png" or page_pictures.draws_png())
        found = self._pictured(request, name, on, passport) if known else None
        if not isinstance(found, Chart):
            return found or self.frame.nowhere(request, self.page)
        kind, made = page_pictures.FORMS[form]
        return Response(made(found), OK, {"Cache-Control": OF_A_DAY if on else A_WHILE}, kind)

    def embed(self, request: Request, name: str, on: str = "", passport: str = "") -> Response:
        """Show a picture alone, for a frame on another site."""
        found = self._pictured(request, name, on, passport)
        if not isinstance(found, Chart):
            return found
        answer = self.drawn(
            request, "embed.html", chart=found, place=page_pictures.shown_at(name), on=on
        )
        answer.headers["Content-Security-Policy"] = FRAMED
        return answer

    def _pictured(self, request: Request, name: str, on: str, passport: str) -> Chart | Response:
        asked = {"on": on.strip(), "passport": passport.strip()}
        base = getattr(request.app.state, "base", None)
        try:
            before = address_of(request.scope).before + self.frame.within(self.registry.index.home)
            there = f"{base.rstrip('/')}/{before}{page_pictures.shown_at(name)}" if base else ""
            return page_pictures.picture(self.registry, name, asked, there)
        except KeyError:
            return self.frame.nowhere(request, self.page)
        except VisamapError as error:
            return self.missing(request, error)

    def nationality(
        self, request: Request, code: str, passport: str = "", on: str = "", days: str = ""
    ) -> Response:
        """Show a nationality: the answer to what was asked, if only of today, and its history.

        Of people of a territory whom the holders of a passport answer for throughout, a copy only
        says who these are.
        """
        read = Fields(nationality=code, passport=passport, on=on, days=days)
        words = self._asked(read)
        if "nationality" in read.slips:
            return self.missing(request, read.slips["nationality"])
        found, kind = words["nationalities"][0], words["passport"]
        name = read.asked["nationality"] = fact(self.registry.index.country(found).name)
        answer = self._answered(read, "check", words)
        held = self.registry.index.history_of(found, "ordinary")
        if self.frame.copied and held != found and answer:
            return self.drawn(request, "held.html", answer=answer)
        told = page_content.history(self.registry, found, clock.today(), kind)
        return self.drawn(
            request,
            "nationality.html",
            _status(*read.slips.values()),
            country=Country(found, name),
            asked=read.asked,
            answer=answer,
            told=told,
            slips=read.slips,
            next_step=self._next_step(answer.item) if answer else [],
            stays=copies.stays(self.registry, found, words["on"]) if self.frame.copied else None,
        )

    def _next_step(self, item: CheckAnswer | StayAnswer) -> list[Filled]:
        """Return what who needs a visa does next, by the one that is usual."""
        if not isinstance(item, CheckAnswer) or not item.visa_needed:
            return []
        codes = [code for code, _ in usual(item.visas)] or item.visas.fitting or item.visas.codes
        if not codes:
            return [*filled(visas_text.consulates())]
        holder = item.nationality.code if item.passport == "ordinary" else None
        words = {"code": codes[0], "nationality": holder, "on": item.on}
        visa = in_language(ask(self.registry, "visas", **words)).items[0]
        return [*filled(visas_text.next_step(visa))]

    def data(self, request: Request) -> Response:
        """Offer all of it to programs and researchers."""
        heads = self.frame.heads
        found = shared_data.shared(self.registry, heads)
        entity = shared_data.dataset(self.registry, heads, found)
        return self.drawn(request, "data.html", shared=found, entity=entity)

    def agreement(self, request: Request, act: str) -> Response:
        """Show an act with all that happened to it."""
        day = clock.today()
        try:
            answer = in_language(ask(self.registry, "agreements", id=act, on=day))
        except VisamapError as error:
            return self.missing(request, error)
        item = answer.items[0]
        first, *below = filled(agreements_text.sections(item, day, answer.data))
        sources = agreements_text.numbered(item)
        family = page_content.family(item)
        return self.drawn(
            request,
            "agreement.html",
            item=item,
            opening=first,
            below=below,
            family=family,
            sources=sources,
        )

    def visa(self, request: Request, code: str, nationality: str = "") -> Response:
        """Show a visa in full, and what it asks of a nationality."""
        read = Fields(nationality=nationality)
        holder = read("nationality", self.registry.resolve)
        try:
            answer = in_language(ask(self.registry, "visas", code=code, nationality=holder))
        except VisamapError as error:
            return self.missing(request, error)
        item = answer.items[0]
        if item.for_nationality:
            read.asked["nationality"] = item.for_nationality.nationality.name
        first, *below = filled(visas_text.sections(item))
        return self.drawn(
            request,
            "visa.html",
            _status(*read.slips.values()),
            item=item,
            opening=first,
            below=below,
            answer=answer,
            asked=read.asked,
            slips=read.slips,
        )

    def missing(self, request: Request, error: VisamapError) -> Response:
        """Say that nothing is known of what the address names."""
        return self.drawn(request, "missing.html", _status(error), slips={"address": error})


def _status(*errors: VisamapError) -> int:
    if not errors:
        return OK
    return NOWHERE if all(map(_names_nothing, errors)) else WRONG


def _names_nothing(error: VisamapError) -> bool:
    named = isinstance(error, UnknownRecordError) and error.kind in NAMED
    return named or type(error) is UnknownCountryError  # not one that two countries bear

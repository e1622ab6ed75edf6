"""The frame of every page: templates, addresses that work from any sub-path, files with a digest.

A page asks no other host for anything, sets no cookie and carries no style or script of its own:
one style sheet, one script and one icon stand under ``static/``.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from hashlib import sha256
from inspect import Signature, signature
from os.path import dirname, join
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from visamap import clock, i18n
from visamap.arguments import LONGEST_STAY, as_passport, asked_day
from visamap.errors import UnknownCountryError, UnknownRecordError, VisamapError, WrongUsageError
from visamap.i18n import LANGUAGES, current, fact, number, of_home, tr, trc, trn
from visamap.pictures import picture_page, printed
from visamap.pictures.palette import stylesheet
from visamap.registry import Registry, asking
from visamap.registry.asking import ask
from visamap.render import (
    agreements_text,
    labels,
    phrases,
    phrases_time,
    phrases_visas,
    ranks_text,
    timeline_text,
    visas_text,
)
from visamap.render.phrases import in_language
from visamap.render.sections import filled
from visamap.vocabulary import DESTINATIONS
from visamap.web import lookup, page_content
from visamap.web.languages import Address, address_of
from visamap.web.problems import NAMED

HERE = dirname(__file__)
KINDS = {
    "style.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
OWN_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
"""Each language as it calls itself."""
FOREVER = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=300"
OF_A_DAY = "public, max-age=86400"
READING = ["GET", "HEAD"]
OK, WRONG, NOWHERE = 200, 400, 404
EVERYWHERE = re.compile(r"/((stay|trip)/?|(card|nationality)/[^/]+/?)?")
"""Addresses that every destination has: not those of an act or a visa."""


class Place(NamedTuple):
    """A destination as the pages name it: where its pages stand, and where the same one does."""

    code: str
    name: str
    href: str
    here: bool


class Frame:
    """What all pages of one release share; parts that say the same to everybody are kept."""

    def __init__(self, registry: Registry, *, copied: bool = False) -> None:
        """Read the files once; a page is then only filled in.

        A ``copied`` page stands in a file, where English has the bare addresses.
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
        self.files = {name: _file(name) for name in KINDS}
        self.digests = {
            name: sha256(content).hexdigest()[:12] for name, content in self.files.items()
        }
        self.templates = Environment(
            loader=FileSystemLoader(join(HERE, "templates")),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,  # what runs is of one release, whatever happens to its files
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.globals.update(
            tr=tr,
            trn=trn,
            trc=trc,
            trh=page_content.trh,
            of_home=of_home,
            say=phrases,
            labels=labels,
            counted=ranks_text.COUNTED,
            times=phrases_time,
            periods=timeline_text,
            visas=phrases_visas,
            words=page_content,
            number=number,
            own_names=OWN_NAMES,
            data=registry.data,
            digests=self.digests,
        )

    def within(self, code: str) -> str:
        """Return how the addresses of a destination begin; those of the data's own are bare."""
        return "" if code == self.registry.index.home else f"to/{code}/"

    def page(
        self, request: Request, entered: Registry, name: str, status: int = 200, **values: Any
    ) -> Response:
        """Return a page on a destination that is ``entered``, filled in.

        ``root`` leads from its address to the first page of its language and destination, ``home``
        to the one without either, where files and the API stand.
        """
        address, within = address_of(request.scope), self.within(entered.index.home)
        root, home = ways(address, within)
        query = f"?{request.url.query}" if request.url.query else ""
        bare = f"{within}{address.rest.removeprefix('/')}{query}"
        text = self.templates.get_template(name).render(
            root=root,
            home=home,
            within=within,
            language=current(),
            others=self._others(home, bare) if name != "missing.html" else {},
            places=[*self._places(entered, home, address, query)],
            today=clock.today(),
            overdue=asking.overdue(entered),
            **values,
        )
        headers = {"Cache-Control": A_WHILE if status == OK else "no-store"}
        return HTMLResponse(text, status_code=status, headers=headers)

    def _places(
        self, entered: Registry, home: str, address: Address, query: str
    ) -> Iterator[Place]:
        """Yield every destination, each by its page like this one, or its first where none is."""
        known = EVERYWHERE.fullmatch(address.rest)
        same = f"{address.rest.removeprefix('/')}{query}" if known else ""
        told = self.registry.index.destinations
        for code in (code for code in DESTINATIONS if code in told):
            name = fact(self.registry.index.country(code).name)
            href = f"{home}{address.before}{self.within(code)}{same}"
            yield Place(code, name, href, code == entered.index.home)

    def _others(self, home: str, bare: str) -> dict[str, str]:
        """Return the address of a page in each language, and under no name without one."""
        found: dict[str, str] = {one: f"{home}{one}/{bare}" for one in LANGUAGES}
        if self.copied:
            found["en"] = f"{home}{bare}"
        return {**found, "": f"{home}{bare}"}

    def nowhere(self, request: Request) -> Response:
        """Return the page for an address at which there is nothing."""
        entered, nothing = self.registry, tr("There is nothing at this address.")
        words: dict[str, Any] = {}
        try:
            entered = asking.entered(entered, address_of(request.scope).to)
        except VisamapError as error:
            nothing, words = error.elsewhere(), {"lost": True}
        words["slips"] = {"address": WrongUsageError(nothing)}
        with i18n.entering(entered.index.profile):
            return self.page(request, entered, "missing.html", NOWHERE, **words)

    def entering(self, answer: Callable[..., Response]) -> Callable[..., Response]:
        """Return the route that gives an answer of ``Pages`` on the destination of its address."""

        def entered(request: Request, **words: Any) -> Response:
            address = address_of(request.scope)
            try:
                view = asking.entered(self.registry, address.to)
            except VisamapError:
                return self.nowhere(request)
            within = self.within(view.index.home)
            if address.to is not None and within != f"to/{address.to}/":
                rest = f"{within}{address.rest.removeprefix('/')}"
                query = f"?{request.url.query}" if request.url.query else ""
                return RedirectResponse(f"{ways(address, within)[1]}{address.before}{rest}{query}")
            with view.border, i18n.entering(view.index.profile):
                return answer(Pages(self, view), request, **words)

        taken = [*signature(answer).parameters.values()][1:]
        entered.__signature__ = Signature(taken)  # type: ignore[attr-defined]
        return entered

    def router(self) -> APIRouter:
        """Return the routes of the files; an address with the digest of its file keeps forever."""
        router = APIRouter(include_in_schema=False)

        @router.api_route("/static/{name}", methods=READING)
        def static(name: str, v: str = "") -> Response:
            if name not in self.files:
                return Response("There is no such file.\n", 404, media_type="text/plain")
            digest = self.digests[name]
            headers = {
                "Cache-Control": FOREVER if v == digest else A_WHILE,
                "ETag": f'"{digest}"',
            }
            return Response(self.files[name], media_type=KINDS[name], headers=headers)

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


def _file(name: str) -> bytes:
    with open(join(HERE, "static", name), encoding="utf-8") as file:
        text = file.read()
    return (f"{stylesheet()}\n{text}" if name == "style.css" else text).encode()


LONGEST_TRIPS = 6000
DAYS = re.compile(r"[0-9]{1,9}")
TRIP_ENDS = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}")
BETWEEN_ENDS = re.compile(r"[\W_]+((to|по)[\W_]+)?")


def pages(frame: Frame) -> APIRouter:
    """Return the routes of all pages and of the files they need."""
    router = frame.router()
    for path, answer in (
        ("/", Pages.first),
        ("/stay", Pages.stay),
        ("/trip", Pages.trip),
        ("/nationality/{code}", Pages.nationality),
        ("/card/{code}", Pages.card),
        ("/agreement/{act}", Pages.agreement),
        ("/visa/{code}", Pages.visa),
        ("/map/{on}.json", Pages.slide),
    ):
        # With a slash at its end, as in every link, an address is a folder in a static copy.
        for form in {path, f"{path.rstrip('/')}/"}:
            route = frame.entering(answer)
            router.add_api_route(form, route, methods=READING, include_in_schema=False)
    return router


class Pages:
    """What stands at each address of a destination."""

    def __init__(self, frame: Frame, registry: Registry) -> None:
        """Take the frame that all pages share, and the view over the destination."""
        self.frame, self.registry = frame, registry

    def _page(self, request: Request, name: str, status: int = OK, **values: Any) -> Response:
        return self.frame.page(request, self.registry, name, status, **values)

    def first(  # noqa: PLR0913, PLR0917  the fields of the form
        self,
        request: Request,
        nationality: str = "",
        passport: str = "",
        on: str = "",
        days: str = "",
        map: str = "",  # noqa: A002  the word that stands in the address
    ) -> Response:
        """Answer "can I enter?", show the map of a day and, below, what is new."""
        asked = _stripped(nationality=nationality, passport=passport, on=on, days=days, map=map)
        asked["passport"] = asked["passport"] or "ordinary"
        read = _Fields(asked)
        code = read("nationality", self.registry.resolve)
        kind = read("passport", as_passport) or "ordinary"
        day = read.day("on") or clock.today()
        stay = read("days", _days)
        shown = read("map", self._mapped) or min(day, self.registry.index.horizon)
        words = {"nationalities": [code], "on": day, "passport": kind, "days": stay}
        answer = self._answered(read, "check", words) if code else None
        home = self.registry.index.home
        return self._page(
            request,
            "index.html",
            _status(*read.slips.values()),
            asked=asked,
            answer=answer,
            slips=read.slips,
            world=self.frame.world(home, shown, kind, current()),
            below=self.frame.below(home, clock.today(), current()),
        )

    def _mapped(self, text: str) -> date:
        day = asked_day(text)
        self.registry.index.answers_for(day)
        return day

    def _answered(
        self, read: "_Fields", question: str, words: dict[str, Any]
    ) -> page_content.Shown | None:
        if read.slips:
            return None
        try:
            return self._shown(question, **words)
        except VisamapError as error:  # what it says names the visit or the plan
            read.slips["question"] = error
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
        """Count the days that are left; ``trip``, as the API has it, stands for a line of trips."""
        trips = "\n".join([trips, *request.query_params.getlist("trip")]).strip()
        asked = _stripped(nationality=nationality, trips=trips, plan=plan, on=on)
        read = _Fields(asked)
        code = read("nationality", self.registry.resolve)
        words = {
            "nationality": code,
            "trips": read("trips", _trips) or [],
            "plan": read("plan", _trip),
            "on": read.day("on") or clock.today(),
        }
        answer = self._answered(read, "stay", words) if code else None
        status = _status(*read.slips.values())
        return self._page(
            request, "stay.html", status, asked=asked, answer=answer, slips=read.slips
        )

    def trip(
        self, request: Request, nationality: str = "", legs: str = "", past: str = ""
    ) -> Response:
        """Judge a journey; ``leg`` and ``past``, as the API has them, stand for lines."""
        legs = "\n".join([legs, *request.query_params.getlist("leg")]).strip()
        asked = _stripped(nationality=nationality, legs=legs, past=past)
        slips: dict[str, VisamapError] = {}
        answer = None
        if asked["nationality"] and asked["legs"]:
            try:
                words = {
                    "nationalities": _split(asked["nationality"], ","),
                    "legs": _split(asked["legs"], "\n"),
                    "past": _split(asked["past"], "\n"),
                }
                found = ask(self.registry, "trip", **words)
                answer = page_content.journey(in_language(found))
            except UnknownCountryError as error:
                slips["nationality"] = error
            except VisamapError as error:
                slips["question"] = error
        status = _status(*slips.values())
        address = address_of(request.scope)
        out = f"{ways(address, self.frame.within(self.registry.index.home))[1]}{address.before}"
        cards = {
            leg.leg: f"{out}{self.frame.within(leg.destination.code)}card/{leg.nationality.code}/?"
            + urlencode({"on": leg.entry, "passport": leg.passport})
            for leg in (answer.cards if answer else ())
        }
        return self._page(
            request, "trip.html", status, asked=asked, answer=answer, slips=slips, cards=cards
        )

    def card(
        self, request: Request, code: str, on: str = "", passport: str = "ordinary"
    ) -> Response:
        """Return a card for the border, or why there is none."""
        try:
            day = asked_day(on) if on else None
            found = self.registry.card(code, on=day, passport=as_passport(passport))
        except VisamapError as error:
            return self._missing(request, error)
        text = printed.card(phrases.said(found), self.registry.data)
        headers = {
            "Cache-Control": OF_A_DAY if day else A_WHILE,
            "Content-Security-Policy": picture_page.policy(),
        }
        return HTMLResponse(text, OK, headers)

    def slide(self, request: Request, on: str, passport: str = "ordinary") -> Response:  # noqa: ARG002
        """Tell the slider of the map about a day, in every language."""
        world = self.registry.world_map(on=asked_day(on), passport=passport)
        text = json.dumps(lookup.slide(world), ensure_ascii=False, separators=(",", ":"))
        return Response(text, OK, {"Cache-Control": OF_A_DAY}, "application/json")

    def nationality(self, request: Request, code: str) -> Response:
        """Show a nationality: the answer of today, and the whole history.

        Of people of a territory whom the holders of a passport answer for throughout, a copy only
        says who these are.
        """
        day = clock.today()
        try:
            answer = self._shown("check", nationalities=[code], on=day)
            found = answer.item.nationality.code
            held = self.registry.index.history_of(found, "ordinary")
            if self.frame.copied and held != found:
                return self._page(request, "held.html", answer=answer)
            told = page_content.history(self.registry, code, day)
        except VisamapError as error:
            return self._missing(request, error)
        return self._page(request, "nationality.html", answer=answer, told=told)

    def agreement(self, request: Request, act: str) -> Response:
        """Show an act with all that happened to it."""
        day = clock.today()
        try:
            answer = in_language(ask(self.registry, "agreements", id=act, on=day))
        except VisamapError as error:
            return self._missing(request, error)
        item = answer.items[0]
        first, *below = filled(agreements_text.sections(item, day, answer.data))
        sources = agreements_text.numbered(item)
        family = page_content.family(item)
        return self._page(
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
        holder = nationality.strip() or None
        try:
            found = ask(self.registry, "visas", code=code, nationality=holder)
            answer = in_language(found)
        except VisamapError as error:
            return self._missing(request, error)
        first, *below = filled(visas_text.sections(answer.items[0]))
        return self._page(
            request, "visa.html", item=answer.items[0], opening=first, below=below, answer=answer
        )

    def _missing(self, request: Request, error: VisamapError) -> Response:
        return self._page(request, "missing.html", _status(error), slips={"address": error})


Read = TypeVar("Read")


class _Fields:
    """The fields of a form, each read by itself, so that every one that is wrong is told.

    ``slips`` says what is wrong with which; an empty field is ``None``, as one that is wrong.
    """

    def __init__(self, asked: dict[str, str]) -> None:
        self.asked, self.slips = asked, dict[str, VisamapError]()

    def __call__(self, name: str, reader: Callable[[str], Read]) -> Read | None:
        try:
            return reader(self.asked[name]) if self.asked[name] else None
        except VisamapError as error:
            self.slips[name] = error
            return None

    def day(self, name: str) -> date | None:
        """Read a day in any form; the field then shows it in the one that a browser takes."""
        day = self(name, asked_day)
        if day:
            self.asked[name] = day.isoformat()
        return day


def _split(text: str, between: str) -> list[str]:
    return [part.strip() for part in text.split(between) if part.strip()]


def _stripped(**words: str) -> dict[str, str]:
    return {name: word.strip() for name, word in words.items()}


def _status(*errors: VisamapError) -> int:
    if not errors:
        return OK
    return NOWHERE if all(map(_names_nothing, errors)) else WRONG


def _names_nothing(error: VisamapError) -> bool:
    named = isinstance(error, UnknownRecordError) and error.kind in NAMED
    return named or type(error) is UnknownCountryError  # not one that two countries bear


def _days(text: str) -> int:
    if not (DAYS.fullmatch(text) and 1 <= int(text) <= LONGEST_STAY):
        raise WrongUsageError(
            tr(
                "{text} is not a length of stay; give days from 1 to {most}, or none.",
                text=repr(text[:20]),
                most=LONGEST_STAY,
            )
        )
    return int(text)


def _trips(text: str) -> list[str]:
    """Return one trip for each line; two days with nothing but a sign or "to" between are one."""
    if len(text) > LONGEST_TRIPS:
        raise WrongUsageError(
            tr(
                "These trips are too long to read here (characters: {number}, at most {most}); "
                "write the two days of a visit and nothing else on its line.",
                number=number(len(text)),
                most=number(LONGEST_TRIPS),
            )
        )
    return [_trip(line.strip()) for line in text.splitlines() if line.strip()]


def _trip(line: str) -> str:
    ends = TRIP_ENDS.findall(line)
    if len(ends) == 1 and line == ends[0]:
        return f"{line}/"
    apart = line.removeprefix(ends[0]).removesuffix(ends[1]) if len(ends) == 2 else ""  # noqa: PLR2004
    return "/".join(ends) if BETWEEN_ENDS.fullmatch(apart) else line

"""The frame of every page: templates, addresses that work from any sub-path, files with a digest.

A page asks no other host for anything, sets no cookie and carries no style or script of its own:
one style sheet, one script and one icon stand under ``static/``.
"""

import re
from datetime import date
from functools import lru_cache
from hashlib import sha256
from os.path import dirname, join
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from visamap import clock
from visamap.arguments import LONGEST_STAY, as_passport, asked_day
from visamap.errors import UnknownCountryError, UnknownRecordError, VisamapError, WrongUsageError
from visamap.i18n import LANGUAGES, current, number, tr, trc, trn
from visamap.pictures.palette import stylesheet
from visamap.registry import Registry
from visamap.registry.asking import ask
from visamap.render import (
    check_text,
    phrases,
    phrases_stay,
    phrases_time,
    phrases_visas,
    ranks_text,
)
from visamap.render.agreements_text import ABOUT, EVENTS, RECIPROCAL, STATUSES
from visamap.render.phrases import in_language
from visamap.web import page_content
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
READING = ["GET", "HEAD"]
OK = 200


class Frame:
    """What all pages of one release share."""

    def __init__(self, registry: Registry, *, copied: bool = False) -> None:
        """Read the files once; a page is then only filled in.

        A ``copied`` page stands in a file, where English has the bare addresses.
        """
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
            say=phrases,
            remark=phrases.note,
            checks=check_text,
            counted=ranks_text.COUNTED,
            stays=phrases_stay,
            times=phrases_time,
            visas=phrases_visas,
            words=page_content,
            number=number,
            days=page_content,
            acts={
                "events": EVENTS,
                "about": ABOUT,
                "reciprocal": RECIPROCAL,
                "statuses": STATUSES,
            },
            own_names=OWN_NAMES,
            data=registry.data,
            digests=self.digests,
        )

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> Response:
        """Return a page filled in.

        ``root`` leads from its address to the first page of its language, ``home`` to the one
        without a language, where files and the API stand.
        """
        address = address_of(request.scope)
        root, home = ways(address)
        text = self.templates.get_template(name).render(
            root=root,
            home=home,
            language=current(),
            others=self._others(home, address, request.url.query) if status == OK else {},
            maps=f"{current()}/" if self.copied and current() != "en" else "",
            today=clock.today(),
            **values,
        )
        headers = {"Cache-Control": A_WHILE if status == OK else "no-store"}
        return HTMLResponse(text, status_code=status, headers=headers)

    def _others(self, home: str, address: Address, query: str) -> dict[str, str]:
        """Return the address of a page in each language, and under no name without one."""
        bare = address.rest.removeprefix("/") + (f"?{query}" if query else "")
        found: dict[str, str] = {one: f"{home}{one}/{bare}" for one in LANGUAGES}
        if self.copied:
            found["en"] = f"{home}{bare}"
        return {**found, "": f"{home}{bare}"}

    def nowhere(self, request: Request) -> Response:
        """Return the page for an address at which there is nothing."""
        said = tr("There is nothing at this address.")
        return self.page(request, "missing.html", 404, error=said, close=())

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


def ways(address: Address) -> tuple[str, str]:
    """Return the ways from an address to the first page of its language, and of no language."""
    up = address.asked.count("/") - 1
    home = "../" * up or "./"
    if address.chosen is None:
        return home, home
    return "../" * (up - 1) or ("./" if up else f"{address.chosen}/"), home


def _file(name: str) -> bytes:
    with open(join(HERE, "static", name), encoding="utf-8") as file:
        text = file.read()
    return (f"{stylesheet()}\n{text}" if name == "style.css" else text).encode()


LONGEST_TRIPS = 6000
DAYS = re.compile(r"[0-9]{1,9}")
TRIP_ENDS = re.compile(r"\d{4}-\d{2}-\d{2}")
BETWEEN_ENDS = re.compile(r"[\W_]+((to|по)[\W_]+)?")


def pages(frame: Frame) -> APIRouter:
    """Return the routes of all pages and of the files they need."""
    router = frame.router()
    made = Pages(frame)
    for path, answer in (
        ("/", made.first),
        ("/stay", made.stay),
        ("/nationality/{code}", made.nationality),
        ("/agreement/{act}", made.agreement),
        ("/visa/{code}", made.visa),
    ):
        # With a slash at its end, as in every link, an address is a folder in a static copy.
        for form in {path, f"{path.rstrip('/')}/"}:
            router.add_api_route(form, answer, methods=READING, include_in_schema=False)
    return router


class Pages:
    """What stands at each address; parts that say the same to everybody are kept."""

    def __init__(self, frame: Frame) -> None:
        """Take the frame that all pages share."""
        self.frame, self.registry = frame, frame.registry
        # Each language has its own; the parts are made in the one that is spoken.
        self.below = lru_cache(maxsize=12)(
            lambda day, _language: page_content.below(self.registry, day)
        )
        self.world = lru_cache(maxsize=48)(
            lambda day, kind, _language: page_content.world(self.registry, day, kind)
        )

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
        found: dict[str, Any] = {"error": None, "close": (), "answer": None}
        last = self.registry.index.horizon
        status, shown, kind = 200, min(clock.today(), last), "ordinary"
        try:
            found["answer"] = self._entry(asked)
            kind = as_passport(asked["passport"])
            if asked["map"]:
                shown = _day(asked["map"])
                self.registry.index.answers_for(shown)
            else:
                shown = min(_day(asked["on"]), last)
        except VisamapError as error:
            status, shown = _status(error), min(clock.today(), last)
            found = {**_trouble(error), "answer": None}
        return self.frame.page(
            request,
            "index.html",
            status,
            asked=asked,
            world=self.world(shown, kind, current()),
            below=self.below(clock.today(), current()),
            **found,
        )

    def _entry(self, asked: dict[str, str]) -> page_content.Entry | None:
        day, stay = _day(asked["on"]), _days(asked["days"])
        if not asked["nationality"]:
            return None
        passport = asked["passport"]
        answer = ask(
            self.registry,
            "check",
            nationalities=[asked["nationality"]],
            on=day,
            passport=passport,
            days=stay,
        )
        return page_content.entry(self.registry, in_language(answer))

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
        found: dict[str, Any] = {"error": None, "close": (), "stay": None}
        status = 200
        try:
            if asked["nationality"]:
                answer = ask(
                    self.registry,
                    "stay",
                    nationality=asked["nationality"],
                    trips=_trips(trips),
                    on=_day(asked["on"]),
                    plan=_trip(asked["plan"]) if asked["plan"] else None,
                )
                found["stay"] = in_language(answer)
        except VisamapError as error:
            status = _status(error)
            found = {**_trouble(error), "stay": None}
        return self.frame.page(request, "stay.html", status, asked=asked, **found)

    def nationality(self, request: Request, code: str) -> Response:
        """Show a nationality: the answer of today, and the whole history."""
        day = clock.today()
        try:
            answer = ask(self.registry, "check", nationalities=[code], on=day)
            told = page_content.history(self.registry, code, day)
        except VisamapError as error:
            return self._missing(request, error)
        shown = page_content.entry(self.registry, in_language(answer))
        return self.frame.page(request, "nationality.html", answer=shown, told=told)

    def agreement(self, request: Request, act: str) -> Response:
        """Show an act with all that happened to it."""
        day = clock.today()
        try:
            item = in_language(ask(self.registry, "agreements", id=act, on=day)).items[0]
        except VisamapError as error:
            return self._missing(request, error)
        return self.frame.page(request, "agreement.html", item=item, day=day)

    def visa(self, request: Request, code: str, nationality: str = "") -> Response:
        """Show a visa in full, and what it asks of a nationality."""
        holder = nationality.strip() or None
        try:
            found = ask(self.registry, "visas", code=code, nationality=holder)
            answer = in_language(found)
        except VisamapError as error:
            return self._missing(request, error)
        return self.frame.page(request, "visa.html", item=answer.items[0], notes=answer.notes)

    def _missing(self, request: Request, error: VisamapError) -> Response:
        return self.frame.page(request, "missing.html", _status(error), **_trouble(error))


def _stripped(**words: str) -> dict[str, str]:
    return {name: word.strip() for name, word in words.items()}


def _trouble(error: VisamapError) -> dict[str, Any]:
    return {"error": error.elsewhere(), "close": getattr(error, "close", ())}


def _status(error: VisamapError) -> int:
    named = isinstance(error, UnknownRecordError) and error.kind in NAMED
    return 404 if named or isinstance(error, UnknownCountryError) else 400


def _day(text: str) -> date:
    return asked_day(text) if text else clock.today()


def _days(text: str) -> int | None:
    if not text:
        return None
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

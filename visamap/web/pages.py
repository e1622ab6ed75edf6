"""The pages for people: the first page, and one for each nationality, act and visa.

Each reads the words of an address, asks the registry and fills in a template; answers stand in the
address, so they can be passed on. Nothing here decides about visas.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request, Response

from visamap import envelopes
from visamap.arguments import LONGEST_STAY, as_passport
from visamap.errors import UnknownCountryError, UnknownRecordError, VisamapError, WrongUsageError
from visamap.language import current, number, tr
from visamap.parameters import asked_day
from visamap.presenters.words.spoken import in_language
from visamap.web import page_parts
from visamap.web.clock import today
from visamap.web.page_frame import READING, Frame
from visamap.web.problems import NAMED

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
            lambda day, _language: page_parts.below(self.registry, day)
        )
        self.world = lru_cache(maxsize=48)(
            lambda day, kind, _language: page_parts.world(self.registry, day, kind)
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
        status, shown, kind = 200, min(today(), last), "ordinary"
        try:
            found["answer"] = self._entry(asked)
            kind = as_passport(asked["passport"])
            if asked["map"]:
                shown = _day(asked["map"])
                self.registry.index.answers_for(shown)
            else:
                shown = min(_day(asked["on"]), last)
        except VisamapError as error:
            status, shown = _status(error), min(today(), last)
            found = {**_trouble(error), "answer": None}
        return self.frame.page(
            request,
            "index.html",
            status,
            asked=asked,
            world=self.world(shown, kind, current()),
            below=self.below(today(), current()),
            **found,
        )

    def _entry(self, asked: dict[str, str]) -> page_parts.Entry | None:
        day, stay = _day(asked["on"]), _days(asked["days"])
        if not asked["nationality"]:
            return None
        passport = asked["passport"]
        answer = envelopes.check(
            self.registry, [asked["nationality"]], on=day, passport=passport, days=stay
        )
        return page_parts.entry(self.registry, in_language(answer))

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
                answer = envelopes.stay(
                    self.registry,
                    asked["nationality"],
                    _trips(trips),
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
        day = today()
        try:
            answer = envelopes.check(self.registry, [code], on=day)
            told = page_parts.history(self.registry, code, day)
        except VisamapError as error:
            return self._missing(request, error)
        shown = page_parts.entry(self.registry, in_language(answer))
        return self.frame.page(request, "nationality.html", answer=shown, told=told)

    def agreement(self, request: Request, act: str) -> Response:
        """Show an act with all that happened to it."""
        day = today()
        try:
            item = in_language(envelopes.agreement(self.registry, act, on=day)).items[0]
        except VisamapError as error:
            return self._missing(request, error)
        return self.frame.page(request, "agreement.html", item=item, day=day)

    def visa(self, request: Request, code: str, nationality: str = "") -> Response:
        """Show a visa in full, and what it asks of a nationality."""
        holder = nationality.strip() or None
        try:
            found = envelopes.visas(self.registry, on=today(), code=code, nationality=holder)
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
    return asked_day(text) if text else today()


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

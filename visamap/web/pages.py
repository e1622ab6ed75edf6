"""What stands at each address of a destination: questions asked, their answers drawn."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup
from starlette.datastructures import QueryParams

from visamap import clock
from visamap.arguments import as_passport, asked_day
from visamap.errors import UnknownCountryError, UnknownRecordError, VisamapError
from visamap.i18n import current, fact, mark
from visamap.pictures import diagrams, picture_page, printed
from visamap.pictures.charts import Chart
from visamap.registry import Registry
from visamap.registry.asking import ask
from visamap.render import agreements_text, phrases, visas_text
from visamap.render.brief import likeliest
from visamap.render.phrases import in_language
from visamap.render.sections import Section, filled
from visamap.results.check_results import CheckAnswer
from visamap.results.parts import Country, Envelope
from visamap.results.stay_results import StayAnswer
from visamap.results.trip_results import Leg
from visamap.web import fixed_copy, forms, lookup, page_content, page_pictures, shared_data
from visamap.web.forms import Fields
from visamap.web.frame import A_WHILE, COMPACT, NOWHERE, OF_A_DAY, OK, WRONG, Frame, Page, ways
from visamap.web.languages import address_of
from visamap.web.middleware import FRAMED
from visamap.web.problem_details import NAMED


class Pages:
    """What stands at each address of a destination."""

    def __init__(self, frame: Frame, registry: Registry, page: Page) -> None:
        """Take the frame that all pages share, the view over the destination, and which it is."""
        self.frame, self.registry, self.page = frame, registry, page

    def drawn(self, request: Request, name: str, status: int = OK, **values: Any) -> Response:
        """Return the page, drawn from a template."""
        return self.frame.page(request, self.registry, name, status, page=self.page, **values)

    def filled_in(self, request: Request, name: str, read: Fields, **values: Any) -> Response:
        """Return a page with its form as it was filled in, and what is wrong with that."""
        status, told = _status(*read.slips.values()), {"asked": read.asked, "slips": read.slips}
        return self.drawn(request, name, status, **told, **values)

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
        return self.filled_in(
            request,
            "index.html",
            read,
            world=self.frame.world(home, shown, kind, current()),
            mine=mine,
            below=self.frame.below(home, clock.today(), current()),
            map_days=fixed_copy.map_days(self.registry) if self.frame.copied else [],
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
        self,
        read: Fields,
        question: str,
        words: dict[str, Any],
        shown: Callable[[Envelope], Any] = page_content.shown,
    ) -> Any:
        """Return an answer as it is ``shown``; none to a form that was not understood."""
        if read.slips:
            return None
        try:
            return shown(in_language(ask(self.registry, question, **words)))
        except VisamapError as error:  # what it says names the visit or the plan
            read.refused(error)
            return None

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
        return self.filled_in(
            request, "stay.html", read, answer=answer, visits=visits, planned=planned
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
        elif nationalities and words["legs"]:
            answer = self._answered(read, "trip", words, page_content.journey)
        return self.filled_in(
            request,
            "trip.html",
            read,
            answer=answer,
            legs=told,
            past=before,
            cards=self._cards(request, answer["cards"]) if answer else {},
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
        base = self.frame.heads.base
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
        return self.filled_in(
            request,
            "nationality.html",
            read,
            country=Country(found, name),
            answer=answer,
            told=told,
            next_step=self._next_step(answer.item) if answer else [],
            stays=fixed_copy.stays(self.registry, found, words["on"])
            if self.frame.copied
            else None,
        )

    def _next_step(self, item: CheckAnswer | StayAnswer) -> list[Section]:
        """Return what who needs a visa does next, by the one that is usual."""
        if not isinstance(item, CheckAnswer) or not item.visa_needed:
            return []
        code = likeliest(item.visas, item.passport)
        if code is None:
            return [*filled(visas_text.consulates())]
        holder = item.nationality.code if item.passport == "ordinary" else None
        words = {"code": code, "nationality": holder, "on": item.on}
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
        return self.drawn(
            request,
            "agreement.html",
            item=item,
            opening=first,
            below=below,
            family=Markup(diagrams.family(item, "../{}/".format)),  # noqa: S704  our own markup
            sources=agreements_text.numbered(item),
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
        return self.filled_in(
            request, "visa.html", read, item=item, opening=first, below=below, answer=answer
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

"""The questions as addresses: ``/api/v1/...``, one route each, every answer in the one envelope.

A route reads the words of an address, asks ``registry.questions`` and hands the bytes out. Without
a day it speaks of today at Kazakhstan's border, and says how long that may be kept. Words for
people are English, or in the language that ``lang`` names; codes and keys never change.
"""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from visamap.pictures import world_map
from visamap.registry import Registry, questions
from visamap.render import json_form
from visamap.render.phrases import in_language, said
from visamap.results.parts import Envelope
from visamap.web import lookup
from visamap.web import parameters as words
from visamap.web.clock import today
from visamap.web.openapi import ANSWERED, DRAWN, Answer

PREFIX = "/api/v1"
OF_TODAY = {"Cache-Control": "public, max-age=300"}
OF_A_DAY = {"Cache-Control": "public, max-age=86400"}
"""A day that is named has one answer for as long as the data is in force."""


def _registry(request: Request) -> Registry:
    found: Registry = request.app.state.registry
    return found


Open = Annotated[Registry, Depends(_registry)]
api = APIRouter(prefix=PREFIX, dependencies=[Depends(words.only_known)])
question: dict[str, Any] = {"response_model": Answer, "responses": ANSWERED}


def _answer(found: Envelope, *, dated: bool, **more: Any) -> Response:
    text = json.dumps(
        {**json_form.envelope(in_language(found)), **more},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return Response(text, 200, OF_A_DAY if dated else OF_TODAY, "application/json")


@api.get("/check", **question, tags=["entering Kazakhstan"])
def check_several(  # noqa: PLR0913, PLR0917  one argument for each option
    registry: Open,
    nationality: words.Nationalities,
    on: words.On = None,
    passport: words.Passport = "ordinary",
    days: words.Days = None,
    reciprocity: words.Reciprocity = False,
) -> Response:
    """May one traveller of several nationalities enter? Each is answered, the best marked."""
    found = questions.check(
        registry,
        nationality,
        on=on or today(),
        passport=passport,
        days=days,
        reciprocity=reciprocity,
    )
    return _answer(found, dated=on is not None)


@api.get("/check/{nationality}", **question, tags=["entering Kazakhstan"])
def check(  # noqa: PLR0913, PLR0917
    registry: Open,
    nationality: words.Nationality,
    on: words.On = None,
    passport: words.Passport = "ordinary",
    days: words.Days = None,
    reciprocity: words.Reciprocity = False,
) -> Response:
    """May this nationality enter Kazakhstan without a visa, on what terms, under which act?"""
    return check_several(registry, [nationality], on, passport, days, reciprocity)


@api.get("/partners", **question, tags=["entering Kazakhstan"])
def partners(  # noqa: PLR0913, PLR0917
    registry: Open,
    on: words.On = None,
    passport: words.Passport = "ordinary",
    basis: words.Ground = None,
    min_days: words.Days = None,
    possible: words.Possible = False,
) -> Response:
    """Who certainly may enter visa-free on that day? With ``possible`` the others, too, marked."""
    found = questions.partners(
        registry,
        on=on or today(),
        passport=passport,
        basis=basis,
        min_days=min_days,
        possible=possible,
    )
    return _answer(found, dated=on is not None)


@api.get("/stay/{nationality}", **question, tags=["entering Kazakhstan"])
def stay(  # noqa: PLR0913, PLR0917
    registry: Open,
    nationality: words.Nationality,
    trip: words.Trips = [],  # noqa: B006  read only
    plan: words.Plan = None,
    on: words.On = None,
    passport: words.Passport = "ordinary",
) -> Response:
    """How many days are left, the last day to leave, the first day back?"""
    day = on or today()
    found = questions.stay(registry, nationality, trip, on=day, plan=plan, passport=passport)
    return _answer(found, dated=on is not None)


@api.get("/visas", **question, tags=["acts and visas"])
def visas(
    registry: Open,
    purpose: words.Purpose = None,
    nationality: words.Country = None,
    on: words.On = None,
) -> Response:
    """Which visas are there, for which purpose?"""
    day = on or today()
    found = questions.visas(registry, on=day, purpose=purpose, nationality=nationality)
    return _answer(found, dated=on is not None)


@api.get("/visas/{code}", **question, tags=["acts and visas"])
def visa(
    registry: Open, code: words.Code, nationality: words.Country = None, on: words.On = None
) -> Response:
    """One visa in full."""
    found = questions.visas(registry, on=on or today(), code=code, nationality=nationality)
    return _answer(found, dated=on is not None)


@api.get("/agreements", **question, tags=["acts and visas"])
def agreements(  # noqa: PLR0913, PLR0917
    registry: Open,
    year: words.Year = None,
    event: words.Event = "any",
    partner: words.Country = None,
    status: words.Status = None,
    passport: words.AnyPassport = None,
    kind: words.ActKind = "agreement",
    on: words.On = None,
) -> Response:
    """Which acts were signed, approved, in force or ended?"""
    found = questions.agreements(
        registry,
        on=on or today(),
        year=year,
        event=event,
        partner=partner,
        status=status,
        passport=passport,
        kind=kind,
    )
    return _answer(found, dated=on is not None)


@api.get("/agreements/{act}", **question, tags=["acts and visas"])
def agreement(registry: Open, act: words.Act, on: words.On = None) -> Response:
    """One act in full, Kazakhstan's own acts included."""
    found = questions.agreement(registry, act, on=on or today())
    return _answer(found, dated=on is not None)


@api.get("/outbound", **question, tags=["going abroad"])
def outbound_several(  # noqa: PLR0913, PLR0917
    registry: Open,
    passport: words.PassportsOf,
    to: words.Country = None,
    on: words.On = None,
    requirement: words.Requirement = None,
    differ: words.Differ = False,
    best: words.Best = False,
) -> Response:
    """Where may these passports go, side by side?"""
    found = questions.outbound(
        registry,
        passport,
        on=on or today(),
        to=to,
        requirement=requirement,
        differ=differ,
        best=best,
    )
    return _answer(found, dated=on is not None)


@api.get("/outbound/{passport}", **question, tags=["going abroad"])
def outbound(
    registry: Open,
    passport: words.PassportOf,
    to: words.Country = None,
    on: words.On = None,
    requirement: words.Requirement = None,
) -> Response:
    """Where may this passport go, on what terms?"""
    return outbound_several(registry, [passport], to, on, requirement)


@api.get("/ranks", **question, tags=["going abroad"])
def ranks(  # noqa: PLR0913, PLR0917
    registry: Open,
    passport: words.Ranked = [],  # noqa: B006
    edition: words.Edition = "all",
    index: words.IndexName = None,
    since: words.Since = None,
    on: words.OptionalDay = None,
    formula: words.Formula = None,
) -> Response:
    """Where do passports stand? Without one, the five of Central Asia."""
    found = questions.ranks(
        registry, passport, edition=edition, index=index, since=since, on=on, formula=formula
    )
    return _answer(found, dated=True)


@api.get("/claims", **question, tags=["figures"])
def claims(registry: Open, on: words.OptionalDay = None, what: words.Claimed = None) -> Response:
    """Published figures against our own data."""
    return _answer(questions.claims(registry, on=on, what=what), dated=True)


@api.get("/timeline/{nationality}", **question, tags=["time"])
def timeline(
    registry: Open,
    nationality: words.Nationality,
    passport: words.Passport = "ordinary",
    since: words.OptionalDay = None,
    until: words.OptionalDay = None,
) -> Response:
    """How has it been for a nationality: every period, its act, its end?"""
    found = questions.timeline(registry, nationality, passport=passport, since=since, until=until)
    return _answer(found, dated=True)


@api.get("/diff/{first}/{second}", **question, tags=["time"])
def diff(
    registry: Open,
    first: words.PathDay,
    second: words.PathDay,
    passport: words.Passport = "ordinary",
) -> Response:
    """Who gained, lost or got other terms between two days, by which act?"""
    return _answer(questions.diff(registry, first, second, passport=passport), dated=True)


@api.get("/upcoming", **question, tags=["time"])
def upcoming(registry: Open, passport: words.AnyPassport = None, on: words.On = None) -> Response:
    """What is coming: acts not yet in force, rules that begin or end?"""
    found = questions.upcoming(registry, on=on or today(), passport=passport)
    return _answer(found, dated=on is not None)


@api.get("/countries", **question, tags=["figures"])
def countries(registry: Open) -> Response:
    """Every country and issuer of documents: codes, and names in English, Kazakh and Russian."""
    return _answer(lookup.countries(registry), dated=True)


@api.get("/meta", **question, tags=["figures"])
def meta(registry: Open) -> Response:
    """Which release answers, and how much it holds."""
    return _answer(lookup.release(registry), dated=True)


@api.get("/map", **question, tags=["map"])
def world(
    registry: Open,
    passport: words.Passport = "ordinary",
    outbound: words.Country = None,
    on: words.On = None,
) -> Response:
    """How is each country coloured on a day, and why? ``map`` holds title, legend and total."""
    found = said(registry.world_map(on=on or today(), passport=passport, outbound=outbound))
    marks = lookup.marks(registry, found)
    return _answer(marks, dated=on is not None, map=lookup.around(found))


@api.get("/map.svg", response_class=Response, responses=DRAWN, tags=["map"])
def picture(
    registry: Open,
    passport: words.Passport = "ordinary",
    outbound: words.Country = None,
    on: words.On = None,
    title: words.Title = None,
) -> Response:
    """The map of a day, drawn."""
    found = said(registry.world_map(on=on or today(), passport=passport, outbound=outbound))
    headers = OF_A_DAY if on else OF_TODAY
    return Response(world_map.svg(found, title), 200, headers, "image/svg+xml")

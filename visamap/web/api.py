"""The questions as addresses: ``/api/v1/...``, made from the questions as they are declared.

A question about one country, or that can show one record in full, has an address for it
(``/check/{nationality}``, ``/visas/{code}``); whatever else it takes stands behind the ``?``.
Written by hand are the answers that only the web gives: countries, release, map.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from inspect import Parameter as Taken
from inspect import Signature
from typing import Annotated, Any, get_type_hints

from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute

from visamap.pictures import world_map
from visamap.registry import Registry, asking, load
from visamap.registry.asking import ask
from visamap.registry.spec import OF_KEEPERS, QUESTIONS, TO, Question
from visamap.registry.word import Parameter
from visamap.render import csv_form, json_form
from visamap.render.answer_schemas import item_fields, item_type
from visamap.render.phrases import in_language
from visamap.results.parts import Envelope
from visamap.store.copies import Stamp, stamp
from visamap.web import lookup
from visamap.web.openapi import DRAWN, answered
from visamap.web.parameters import (
    MOST_ITEMS,
    Part,
    PlainDay,
    Release,
    Title,
    To,
    hint,
    only_known,
    query,
)

PREFIX = "/api/v1"
OF_TODAY = {"Cache-Control": "public, max-age=300"}
OF_A_DAY = {"Cache-Control": "public, max-age=86400"}
"""A day that is named has one answer for as long as the data is in force."""
OF_THE_MAP = QUESTIONS["partners"].parameters
Passport = Annotated[str, query(OF_THE_MAP["passport"])]
Day = Annotated[PlainDay | None, query(OF_THE_MAP["on"])]
Country = Annotated[str | None, query(QUESTIONS["timeline"].parameters["nationality"])]


def _registry(request: Request, release: Release = None) -> Registry:
    found: Registry = request.app.state.registry
    return found if release is None else _of_release(release, stamp())


@lru_cache(maxsize=4)
def _of_release(day: date, _stamp: Stamp) -> Registry:
    """Return the data of a day; what is kept changes with what is in force."""
    return load(release=day)


Open = Annotated[Registry, Depends(_registry)]
api = APIRouter(prefix=PREFIX, dependencies=[Depends(only_known)])
Wanted = Annotated[Part, Depends()]


def _answer(whole: Envelope, part: Part, *, dated: bool, **more: Any) -> Response:
    """Return as much of an answer as is wanted, in the form that is wanted."""
    headers = OF_A_DAY if dated else OF_TODAY
    first, last = part.offset, part.offset + (part.limit or MOST_ITEMS)
    found = in_language(whole._replace(items=whole.items[first:last]))
    if part.form == "csv":
        fields = part.names([*get_type_hints(item_type(found.command))])
        return Response(csv_form.text(found, fields), 200, headers, "text/csv")
    told = {**json_form.envelope(found), **more}
    if part.limit or part.offset:
        told["total"] = len(whole.items)
    if part.fields:
        fields = part.names(item_fields(found.command))
        told["items"] = [{name: item[name] for name in fields} for item in told["items"]]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Response(text, 200, headers, "application/json")


def _routes(question: Question) -> None:
    """Add the addresses of a question: one that lists, one of a single country or record."""
    words = question.parameters
    required = [one for one in words.values() if one.required]
    record = next((one for one in words.values() if one.word.alone is not None), None)
    if record:
        _route(question, [one for one in words.values() if one is not record], ())
        beside = [*(record.word.alone or ()), *([TO] if question.to else ())]
        _route(question, [record, *(words[name] for name in beside)], (record,))
        return
    if not required or required[0].word.several:
        _route(question, words.values(), ())
    if required:
        places = [one for one in words.values() if one.positional]
        _route(question, words.values(), places)


def _route(question: Question, words: Iterable[Parameter], places: Iterable[Parameter]) -> None:
    """Add an address; the words of ``places`` stand in its path."""
    inside = {_name(one): one for one in places}
    given = {**inside, **{_name(one): one for one in words}}

    def answer(registry: Registry, part: Part, **values: Any) -> Response:
        read = {
            one.name: [values[name]] if one.word.several and name in inside else values[name]
            for name, one in given.items()
        }
        of_today = any(one.word.today and read[one.name] is None for one in given.values())
        return _answer(ask(registry, question.name, **read), part, dated=not of_today)

    around = {"registry": Open, "part": Wanted}
    taken = [Taken(name, Taken.KEYWORD_ONLY, annotation=kind) for name, kind in around.items()]
    for name, one in given.items():
        bare = name in inside or one.required
        default: Any = Taken.empty if bare else [] if one.word.several else one.default
        annotation = hint(one, in_path=name in inside)
        taken.append(Taken(name, Taken.KEYWORD_ONLY, default=default, annotation=annotation))
    answer.__doc__ = question.about
    answer.__signature__ = Signature(taken)  # type: ignore[attr-defined]
    path = f"/{question.name}{''.join(f'/{{{name}}}' for name in inside)}"
    alone = not any(one.operation_id == question.name for one in _described())
    # Of two addresses of a question the shorter one has its name.
    named = question.name if alone else "_".join([question.name, *inside])
    _add(path, question.name, named, question.topic)(answer)


def _add(path: str, command: str, named: str, topic: str) -> Callable[..., Any]:
    """Return what adds an address, under a name that a client may call it by."""
    return api.get(path, operation_id=named, responses=answered(command), tags=[topic])


def _described() -> list[APIRoute]:
    return [one for one in api.routes if isinstance(one, APIRoute) and one.include_in_schema]


def _name(one: Parameter) -> str:
    return one.word.one or one.name


for declared in QUESTIONS.values():
    if declared.name not in OF_KEEPERS:
        _routes(declared)


@api.get("", include_in_schema=False)
@api.get("/", include_in_schema=False)
def addresses(request: Request) -> dict[str, Any]:
    """Every address, and what is answered there."""
    before: str = request.scope.get("root_path", "")
    return {
        "schema": json_form.SCHEMA,
        "description": f"{before}/openapi.json",
        "addresses": [
            {"address": before + one.path, "answers": one.description.partition("\n\n")[0]}
            for one in _described()
        ],
    }


@_add("/countries", "countries", "countries", "figures")
def countries(registry: Open, part: Wanted) -> Response:
    """Every country and issuer of documents: codes, and names in English, Kazakh and Russian."""
    return _answer(lookup.countries(registry), part, dated=True)


@_add("/meta", "meta", "meta", "figures")
def meta(registry: Open, part: Wanted) -> Response:
    """Which release answers, and how much it holds."""
    return _answer(lookup.release(registry), part, dated=True)


@_add("/map", "map", "map", "map")
def world(  # noqa: PLR0913, PLR0917  the words of a map
    registry: Open,
    part: Wanted,
    passport: Passport = "ordinary",
    outbound: Country = None,
    to: To = None,
    nationality: Country = None,
    on: Day = None,
) -> Response:
    """How is each country coloured on a day, and why? ``map`` holds title, legend and total.

    ``to`` is ``all`` where a ``nationality`` is named: how far its passport goes in all five.
    """
    found = asking.world_map(
        registry, on=on, passport=passport, outbound=outbound, to=to, nationality=nationality
    )
    marks = lookup.marks(registry, found)
    return _answer(marks, part, dated=on is not None, map=lookup.around(found))


@api.get("/map.svg", operation_id="map_svg", response_class=Response, responses=DRAWN, tags=["map"])
def picture(  # noqa: PLR0913, PLR0917  the words of a map
    registry: Open,
    passport: Passport = "ordinary",
    outbound: Country = None,
    to: To = None,
    nationality: Country = None,
    on: Day = None,
    title: Title = None,
) -> Response:
    """The map of a day, drawn."""
    found = asking.world_map(
        registry, on=on, passport=passport, outbound=outbound, to=to, nationality=nationality
    )
    headers = OF_A_DAY if on else OF_TODAY
    return Response(world_map.svg(found, title), 200, headers, "image/svg+xml")

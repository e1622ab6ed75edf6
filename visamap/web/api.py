"""The questions as addresses: ``/api/v1/...``, made from the questions as they are declared.

A question about one country, or that can show one record in full, has an address for it
(``/check/{nationality}``, ``/visas/{code}``); whatever else it takes stands behind the ``?``.
The words of a question are parameters; all others are refused. Written by hand are the answers that
only the web gives: countries, release, map.
"""

import json
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import lru_cache
from inspect import Parameter as Taken
from inspect import Signature
from typing import Annotated, Any, Literal, NamedTuple, get_type_hints

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BeforeValidator

from visamap.arguments import LONGEST, asked_day
from visamap.i18n import Language, language_of, quoted, tr
from visamap.pictures import world_map
from visamap.registry import Registry, asking, load
from visamap.registry.asking import ask
from visamap.registry.spec import OF_KEEPERS, QUESTIONS, TO, Question
from visamap.registry.words import Parameter
from visamap.render import csv_form, json_form
from visamap.render.answer_schemas import item_fields, item_type
from visamap.render.phrases import in_language
from visamap.results.parts import Envelope
from visamap.store.fetched_data import Stamp, stamp
from visamap.web import lookup
from visamap.web.openapi import DRAWN, answered

MOST_SLIPS = 20
"""How many parameters that are wrong a problem names."""
PlainDay = Annotated[date, BeforeValidator(asked_day)]
BareText = Annotated[str, Query(min_length=1, max_length=LONGEST)]
KINDS: dict[str, Any] = {"day": PlainDay, "number": int, "flag": bool}
Lang = Annotated[
    Language | None,
    BeforeValidator(lambda tag: language_of(tag) or tag),
    Query(
        description="The language of messages, names and texts; that of `Accept-Language` if left "
        "out, else English."
    ),
]
Release = Annotated[
    PlainDay | None,
    Query(description="Answer as the newest release of that day did, as far as it is kept here."),
]
Title = Annotated[
    str | None,
    Query(
        description="A title of your own.",
        min_length=1,
        max_length=LONGEST,
        examples=["Who may come"],
    ),
]


MOST_ITEMS = 10_000
Fields = Annotated[
    str | None,
    Query(
        description="Only these fields of each item, apart by commas, in this order.",
        min_length=1,
        max_length=LONGEST,
        examples=["nationality,max_stay_days"],
    ),
]


class Part(NamedTuple):
    """How much of an answer is wanted, and in which form: the same words at every address."""

    fields: Fields = None
    limit: Annotated[
        int | None,
        Query(description="At most so many items; `total` tells of all.", ge=1, le=MOST_ITEMS),
    ] = None
    offset: Annotated[
        int, Query(description="Leave out so many items at the beginning.", ge=0, le=MOST_ITEMS)
    ] = 0
    form: Annotated[
        Literal["json", "csv"],
        Query(alias="format", description="`csv` has a row for each item, and no remarks."),
    ] = "json"

    def names(self, known: Collection[str]) -> list[str]:
        """Return the fields that are wanted, all ``known`` ones if none is named."""
        wanted = [name.strip() for name in self.fields.split(",")] if self.fields else [*known]
        if wrong := [name for name in wanted if name not in known]:
            listed = {"name": quoted(wrong[0]), "names": ", ".join(known)}
            said = tr("an item of this answer has no field {name}; it has {names}", **listed)
            raise refused([("fields", said)])
        return [*dict.fromkeys(wanted)]


def refused(slips: Iterable[tuple[str, str]]) -> RequestValidationError:
    """Return the refusal of parameters, each with what is wrong with it."""
    return RequestValidationError(
        [{"loc": ("query", name), "msg": why, "type": "parameter"} for name, why in slips]
    )


def hint(one: Parameter, *, in_path: bool = False) -> Any:
    """Return the annotation of a word as FastAPI reads it: its type, its bounds, what it means."""
    kind = KINDS.get(one.word.kind, str)
    if in_path:
        bounds: dict[str, Any] = {"min_length": 1, "max_length": LONGEST} if kind is str else {}
        examples = list(one.word.examples)
        return Annotated[kind, Path(description=one.word.says, examples=examples, **bounds)]
    if one.word.several:
        return Annotated[list[BareText], query(one)]
    optional = one.default is None and not one.required
    return Annotated[kind | None if optional else kind, query(one)]


def query(one: Parameter) -> Any:
    """Return what FastAPI is told of a word behind the ``?``."""
    word = one.word
    examples = list(word.examples) or None
    more: dict[str, Any] = {}
    if word.several:
        more = {"min_length": word.least, "max_length": word.most, "examples": [examples]}
    elif word.kind == "choice":  # the question itself refuses what is none of the words
        more = {
            "json_schema_extra": {"enum": [*word.among, *word.aliases]},
            "max_length": LONGEST,
        }
    elif word.kind == "number":
        more = {"ge": word.least, "le": word.most}
    elif word.kind in {"country", "text", "date", "trip"}:
        more = {"max_length": LONGEST}
    return Query(**{"description": word.says, "examples": examples, **more})


To = Annotated[str | None, query(QUESTIONS["partners"].parameters[TO])]


def only_known(request: Request, lang: Lang = None) -> None:  # noqa: ARG001  read before all else
    """Refuse a parameter that the question does not have, and one given twice that it has once.

    ``lang``, which every question has, is declared here and read by ``visamap.web.languages``;
    ``release`` is read where the data is opened.

    A misspelled ``on`` would otherwise be answered for today, which is a wrong answer.
    """
    route: APIRoute = request.scope["route"]
    shared = (field for one in route.dependant.dependencies for field in one.query_params)
    taken = [*route.dependant.query_params, *shared]
    known = {field.alias: _is_list(field) for field in taken}
    slips: list[tuple[str, str]] = []
    for name in request.query_params:
        if len(slips) == MOST_SLIPS:
            break
        if name not in known:
            listed = ", ".join(known)
            why = tr("this question has no such parameter; it takes {names}", names=listed)
            slips.append((name[:LONGEST], why))
        elif not known[name] and len(request.query_params.getlist(name)) > 1:
            slips.append((name, tr("given more than once; give it once")))
    if slips:
        raise refused(slips)


def _is_list(field: Any) -> bool:
    return getattr(field.field_info.annotation, "__origin__", None) is list


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
    _add(path, question.name, named, question.topic, question.title)(answer)


def _add(
    path: str, command: str, named: str, topic: str, title: str | None = None
) -> Callable[..., Any]:
    """Return what adds an address, under a name that a client may call it by.

    Without a ``title`` OpenAPI heads the address with the name of its function.
    """
    responses = answered(command)
    return api.get(path, operation_id=named, summary=title, responses=responses, tags=[topic])


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

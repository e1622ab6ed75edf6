"""The words that questions take in an address, as ``visamap.registry.words`` describes them."""

from datetime import date
from typing import Annotated, Any

from fastapi import Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BeforeValidator

from visamap.arguments import LONGEST_STAY
from visamap.i18n import Language, tr
from visamap.registry import words as said
from visamap.registry.words import LONGEST, LONGEST_TRIP, MOST_NAMES, Word, asked_day
from visamap.vocabulary import Basis


def _word(word: Word) -> Any:
    """Return the description of a word that the registry itself checks."""
    return Query(
        description=word.said, max_length=LONGEST, json_schema_extra={"enum": list(word.among)}
    )


def _text(word: Word, longest: int = LONGEST) -> Any:
    examples = list(word.examples)
    return Query(description=word.said, min_length=1, max_length=longest, examples=examples)


def _path(word: Word) -> Any:
    examples = list(word.examples)
    return Path(description=word.said, min_length=1, max_length=LONGEST, examples=examples)


def _several(word: Word, least: int, most: int = MOST_NAMES) -> Any:
    return Query(
        description=word.said, examples=[list(word.examples)], min_length=least, max_length=most
    )


def _number(word: Word, least: int, most: int) -> Any:
    return Query(description=word.said, ge=least, le=most, examples=list(word.examples))


MOST_SLIPS = 20
"""How many parameters that are wrong a problem names."""

PlainDay = Annotated[date, BeforeValidator(asked_day)]
BareText = Annotated[str, Query(min_length=1, max_length=LONGEST)]
TripText = Annotated[str, Query(min_length=1, max_length=LONGEST_TRIP)]

On = Annotated[
    PlainDay | None,
    Query(description="The day asked; today in Kazakhstan if left out.", examples=["2025-03-01"]),
]
OptionalDay = Annotated[
    PlainDay | None, Query(description=said.A_DAY.said, examples=list(said.A_DAY.examples))
]
PathDay = Annotated[PlainDay, Path(description=said.A_DAY.said, examples=["2023-12-31"])]
Nationality = Annotated[str, _path(said.NATIONALITY)]
Nationalities = Annotated[list[BareText], _several(said.NATIONALITIES, 1)]
PassportOf = Annotated[str, _path(said.PASSPORT_OF)]
PassportsOf = Annotated[list[BareText], _several(said.PASSPORTS_OF, 1)]
Ranked = Annotated[list[BareText], _several(said.PASSPORTS_OF, 0)]
Country = Annotated[str | None, _text(said.NATIONALITY)]
Passport = Annotated[str, _word(said.PASSPORT)]
AnyPassport = Annotated[str | None, _word(said.ANY_PASSPORT)]
Days = Annotated[int | None, _number(said.DAYS, 1, LONGEST_STAY)]
Ground = Annotated[Basis | None, Query(description=said.BASIS.said)]
Reciprocity = Annotated[bool, Query(description=said.RECIPROCITY.said)]
Possible = Annotated[bool, Query(description=said.POSSIBLE.said)]
Differ = Annotated[bool, Query(description=said.DIFFER.said)]
Best = Annotated[bool, Query(description=said.BEST.said)]
Requirement = Annotated[str | None, _word(said.REQUIREMENT)]
Act = Annotated[str, _path(said.ACT)]
Code = Annotated[str, _path(said.CODE)]
Year = Annotated[int | None, _number(said.YEAR, said.FIRST_YEAR, said.LAST_YEAR)]
Event = Annotated[str, _word(said.EVENT)]
Status = Annotated[str | None, _word(said.STATUS)]
ActKind = Annotated[str, _word(said.ACT_KIND)]
Purpose = Annotated[str | None, _word(said.PURPOSE)]
Edition = Annotated[str, _text(said.EDITION)]
IndexName = Annotated[str | None, _text(said.INDEX_NAME)]
Since = Annotated[str | None, _text(said.SINCE)]
Formula = Annotated[str | None, _word(said.FORMULA)]
Claimed = Annotated[str | None, _word(said.CLAIMED)]
Trips = Annotated[list[TripText], _several(said.TRIPS, 0, said.MOST_TRIPS)]
Plan = Annotated[str | None, _text(said.PLAN, LONGEST_TRIP)]
Title = Annotated[str | None, _text(said.TITLE)]


Lang = Annotated[
    Language | None,
    Query(description="The language of messages, names and texts; English if left out."),
]


def only_known(request: Request, lang: Lang = None) -> None:  # noqa: ARG001  read before all else
    """Refuse a parameter that the question does not have, and one given twice that it has once.

    ``lang``, which every question has, is declared here and read by ``visamap.web.languages``.

    A misspelled ``on`` would otherwise be answered for today, which is a wrong answer.

    Raises:
        RequestValidationError: there is such a parameter.
    """
    route: APIRoute = request.scope["route"]
    known = {field.alias: _is_list(field) for field in route.dependant.query_params}
    known["lang"] = False
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
        raise RequestValidationError(
            [{"loc": ("query", name), "msg": why, "type": "parameter"} for name, why in slips]
        )


def _is_list(field: Any) -> bool:
    return getattr(field.field_info.annotation, "__origin__", None) is list

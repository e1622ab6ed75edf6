"""The words that questions take in an address: what each means, and how much of it is read."""

from datetime import date
from typing import Annotated, Any

from fastapi import Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BeforeValidator

from visamap.arguments import as_day
from visamap.errors import WrongUsageError
from visamap.language import Language, tr
from visamap.requirements import ANSWERED
from visamap.vocabulary import (
    ACTS_ASKED,
    AGREEMENT_EVENTS,
    CLAIMS,
    FORMULAS,
    PASSPORT_ALIASES,
    PASSPORTS,
    PURPOSES,
    STATUSES,
)

LONGEST = 200
MOST_NAMES, MOST_TRIPS = 10, 200
LONGEST_STAY = 3650
LONGEST_TRIP = 30
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


class FarDayError(WrongUsageError, ValueError):
    """A day outside what may be asked through the web."""


def asked_day(text: str) -> date:
    """Return a day that may be asked.

    Raises:
        BadDateError: it is no day.
        FarDayError: it lies outside 1900 to 2100.
    """
    day = as_day(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise FarDayError(
            tr(
                "{day} is not a day to ask for; give one from {first} to {last}.",
                day=day.isoformat(),
                first=FIRST_DAY.isoformat(),
                last=LAST_DAY.isoformat(),
            )
        )
    return day


def _word(what: str, words: tuple[Any, ...]) -> Any:
    """Return the description of a word that the registry itself checks."""
    return Query(description=what, max_length=LONGEST, json_schema_extra={"enum": list(words)})


def _text(what: str, *examples: str) -> Any:
    return Query(description=what, min_length=1, max_length=LONGEST, examples=list(examples))


def _path(what: str, *examples: str) -> Any:
    return Path(description=what, min_length=1, max_length=LONGEST, examples=list(examples))


def _several(what: str, least: int, *examples: str) -> Any:
    return Query(
        description=what, examples=[list(examples)], min_length=least, max_length=MOST_NAMES
    )


COUNTRY = "Any code (THA, TH, 764) or name in any language."
PlainDay = Annotated[date, BeforeValidator(asked_day)]
BareText = Annotated[str, Query(min_length=1, max_length=LONGEST)]
TripText = Annotated[str, Query(min_length=1, max_length=LONGEST_TRIP)]

On = Annotated[
    PlainDay | None,
    Query(description="The day asked; today in Kazakhstan if left out.", examples=["2025-03-01"]),
]
OptionalDay = Annotated[PlainDay | None, Query(description="A day.", examples=["2024-12-04"])]
PathDay = Annotated[PlainDay, Path(description="A day.", examples=["2023-12-31"])]
Nationality = Annotated[str, _path(COUNTRY, "THA")]
Nationalities = Annotated[
    list[BareText], _several(f"The nationalities of one traveller. {COUNTRY}", 1, "TUR", "DEU")
]
PassportOf = Annotated[str, _path(f"Whose passport. {COUNTRY}", "KAZ")]
PassportsOf = Annotated[list[BareText], _several(f"Whose passports. {COUNTRY}", 1, "KAZ", "UZB")]
Ranked = Annotated[list[BareText], _several(f"Whose passports. {COUNTRY}", 0, "KAZ", "UZB")]
Country = Annotated[str | None, _text(COUNTRY, "THA")]
Passport = Annotated[str, _word("The kind of passport.", (*PASSPORTS, *PASSPORT_ALIASES))]
AnyPassport = Annotated[
    str | None, _word("Only for this kind of passport.", (*PASSPORTS, *PASSPORT_ALIASES))
]
Days = Annotated[
    int | None,
    Query(description="Days in one visit.", ge=1, le=LONGEST_STAY, examples=[30]),
]
Requirement = Annotated[str | None, _word("Only destinations that ask this.", ANSWERED)]
Act = Annotated[str, _path("The id of an act.", "kaz-tha-2024")]
Code = Annotated[str, _path("A code or name of a visa.", "B12-1", "neo-nomad")]
Year = Annotated[int | None, Query(description="A year.", ge=1900, le=2100, examples=[2024])]
Event = Annotated[str, _word("What happened.", AGREEMENT_EVENTS)]
Status = Annotated[str | None, _word("How it stands on the day asked.", STATUSES)]
ActKind = Annotated[str, _word("Agreements, Kazakhstan's own acts, or all.", ACTS_ASKED)]
Purpose = Annotated[str | None, _word("Only visas that serve this purpose.", PURPOSES)]
Edition = Annotated[str, _text("latest, all, or one edition.", "latest", "2024-10")]
IndexName = Annotated[str | None, _text("Only this index.", "henley")]
Since = Annotated[str | None, _text("Leave out what is before this day, month or year.", "2020")]
Formula = Annotated[str | None, _word("Rank the snapshots under this formula.", FORMULAS)]
Claimed = Annotated[str | None, _word("Only figures of this kind.", CLAIMS)]
Trips = Annotated[
    list[TripText],
    Query(
        description="Visits so far, ENTRY/EXIT, or ENTRY/ while still inside.",
        max_length=MOST_TRIPS,
        examples=[["2026-01-03/2026-01-28"]],
    ),
]
Plan = Annotated[
    str | None,
    Query(
        description="A visit to come, ENTRY/EXIT.",
        min_length=1,
        max_length=LONGEST_TRIP,
        examples=["2026-12-01/2026-12-20"],
    ),
]
Title = Annotated[str | None, _text("A title of your own.", "Who may come")]


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
    slips = []
    for name in request.query_params:
        if name not in known:
            listed = ", ".join(known)
            said = tr("this question has no such parameter; it takes {names}", names=listed)
            slips.append((name[:LONGEST], said))
        elif not known[name] and len(request.query_params.getlist(name)) > 1:
            slips.append((name, tr("given more than once; give it once")))
    if slips:
        raise RequestValidationError(
            [{"loc": ("query", name), "msg": said, "type": "parameter"} for name, said in slips]
        )


def _is_list(field: Any) -> bool:
    return getattr(field.field_info.annotation, "__origin__", None) is list

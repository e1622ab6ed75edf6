"""The words of a question as parameters of an address, and the refusal of all others."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from fastapi import Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BeforeValidator

from visamap.arguments import LONGEST, asked_day
from visamap.i18n import Language, language_of, quoted, tr
from visamap.registry.spec import QUESTIONS, TO
from visamap.registry.word import Parameter

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

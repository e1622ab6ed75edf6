"""The shapes of what the API returns, for its description; the bytes come from ``json_form``."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, ConfigDict

from visamap.errors import VisamapError
from visamap.registry import Registry
from visamap.registry.asking import ask
from visamap.render import answer_schemas, json_form
from visamap.version import __version__


class Slip(BaseModel):
    """What is wrong with one parameter."""

    parameter: str
    message: str


class Problem(BaseModel):
    """Why there is no answer (RFC 9457).

    ``code`` is for programs; ``suggestions`` are names or ids that come close.
    """

    model_config = ConfigDict(extra="forbid")

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str
    code: str
    suggestions: list[str]
    errors: list[Slip]


class Health(BaseModel):
    """That the server answers, and from which data."""

    status: Literal["ok"]
    release: date
    digest: str


ABOUT = """Who may enter Central Asia without a visa: when, for how long, on what legal ground.

Every answer is dated, names the act behind it and carries its sources; what is not known is said to
be unknown. Read only, no key. Without `to` the destination is Kazakhstan; without `on` an answer
speaks of today at its border. Not legal advice. `lang` puts messages, names and texts into Kazakh
(`kk`) or Russian (`ru`); keys and codes never change. `fields`, `limit` and `offset` take a part of
an answer, `format=csv` gives its items as a table. A word that is taken once is refused if it comes
twice."""
WRONG = {
    400: "A parameter is wrong; `errors` names it. Or a country's name is that of several, which "
    "`suggestions` lists.",
    404: "There is no such country, visa or act; `suggestions` come close.",
    405: "Everything is only read.",
    500: "A fault of ours.",
}
TROUBLE: dict[int | str, dict[str, Any]] = {
    status: {
        "description": said,
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
    for status, said in WRONG.items()
}
UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "As before (If-None-Match)."}}
TEXT = {"schema": {"type": "string"}}
DRAWN: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The picture.",
        "content": {"image/svg+xml": TEXT},
    }
}
DRAWN |= UNCHANGED | TROUBLE
LEGS = ["KAZ:2027-05-01/2027-05-12", "UZB:2027-05-12/2027-06-01"]
EXAMPLES: dict[str, dict[str, Any]] = {
    "/check": {"nationalities": ["TUR", "DEU"]},
    "/check/{nationality}": {"nationalities": ["THA"]},
    "/partners": {},
    "/stay/{nationality}": {"nationality": "THA", "trips": ["2026-01-03/2026-01-28"]},
    "/trip": {"nationalities": ["TUR", "DEU"], "legs": LEGS},
    "/trip/{nationality}": {"nationalities": ["DEU"], "legs": LEGS},
    "/visas": {},
    "/visas/{code}": {"code": "B12-1"},
    "/agreements": {},
    "/agreements/{act}": {"id": "kaz-tha-2024"},
    "/outbound/{passport}": {"passports": ["KAZ"], "to": "THA"},
    "/reciprocity": {"states": ["KAZ"], "year": 2024},
    "/ranks": {"passports": ["KAZ"], "edition": "latest"},
    "/claims": {"what": "rank"},
    "/claims/{figure}": {"id": "kaz-rank-2024"},
    "/timeline/{nationality}": {"nationality": "THA"},
    "/diff/{first}/{second}": {"first": "2024-01-01", "second": "2026-01-01"},
    "/upcoming": {},
    "/crossings": {"states": ["KGZ", "TJK"]},
}
"""Asked of the data when the document is first read, so no example goes stale."""
PARTS = "#/components/schemas/"


def answered(command: str) -> dict[int | str, dict[str, Any]]:
    """Return what comes back from the addresses of a question."""
    forms = {
        "application/json": {"schema": {"$ref": f"{PARTS}{_response(command)}"}},
        "text/csv": TEXT,
    }
    return {200: {"description": "The answer.", "content": forms}} | UNCHANGED | TROUBLE


def _response(command: str) -> str:
    return f"{command.title()}Response"


def _shapes(command: str) -> dict[str, Any]:
    """Return the schema of a whole answer and of all that it is made of, by name."""
    told = json.dumps(answer_schemas.envelope(command)).replace("#/$defs/", PARTS)
    found: dict[str, Any] = json.loads(told)
    shapes: dict[str, Any] = found.pop("$defs")
    # With `fields` an item has those that were named, and with `limit` there is the `total`.
    shapes[answer_schemas.item_type(command).__name__].pop("required")
    found["properties"]["total"] = {"type": "integer", "description": "How many items there are."}
    return {**shapes, _response(command): found}


UNDATED = frozenset({"ranks", "reciprocity", "claims", "timeline", "diff"})


def described(app: FastAPI, prefix: str) -> Callable[[], dict[str, Any]]:
    """Return the method that writes the document of an application once."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app, prefix)
        return app.openapi_schema

    return document


def _document(app: FastAPI, prefix: str) -> dict[str, Any]:
    found = get_openapi(
        title="visamap",
        version=__version__,
        description=ABOUT,
        routes=app.routes,
        license_info={"name": "MIT (code), CC BY 4.0 (data)"},
    )
    shapes = found["components"]["schemas"]
    shapes["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    shapes |= shapes["Problem"].pop("$defs")
    for name in ("HTTPValidationError", "ValidationError"):
        shapes.pop(name, None)
    registry: Registry = app.state.registry
    typed = json_form.ITEMS.keys() | json_form.OF_ONE_DOOR.keys()
    asked = {path.removeprefix(prefix).split("/")[1] for path in found["paths"]}
    for command in sorted(asked & typed):
        shapes |= _shapes(command)
    for path, methods in found["paths"].items():
        responses = methods["get"]["responses"]
        responses.pop("422", None)  # FastAPI's own; a wrong parameter is a 400 here
        example = EXAMPLES.get(path.removeprefix(prefix))
        if example is not None:
            shown = responses["200"]["content"]["application/json"]
            shown["example"] = _shown(registry, path.removeprefix(prefix).split("/")[1], example)
    return found


def _shown(registry: Registry, name: str, words: dict[str, Any]) -> dict[str, Any]:
    """Return an answer with its first item only; a list of all would hide the shape."""
    dated = {"on": registry.data.release} if name not in UNDATED else {}
    try:
        found = ask(registry, name, **words, **dated)
    except VisamapError:
        return {}
    return json_form.envelope(found._replace(items=found.items[:1]))

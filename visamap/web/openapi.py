"""The shapes of what the API returns, for its description; the bytes come from ``json_form``."""

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, ConfigDict, Field

from visamap.errors import VisamapError
from visamap.registry import Registry
from visamap.registry.asking import ask
from visamap.render import json_form
from visamap.version import __version__


class Data(BaseModel):
    """Which data answered."""

    release: date
    digest: str = Field(pattern="^sha256:")


class Remark(BaseModel):
    """A remark on the whole answer; the values that its sentence needs stand beside it."""

    model_config = ConfigDict(extra="allow")

    code: str
    message: str


class Answer(BaseModel):
    """What every question returns, the same as from the command line."""

    model_config = ConfigDict(extra="allow")

    form: Literal[1] = Field(alias="schema")
    command: str
    data: Data
    asked: dict[str, Any]
    items: list[dict[str, Any]]
    notes: list[Remark]


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
(`kk`) or Russian (`ru`); keys and codes never change."""
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
ANSWERED: dict[int | str, dict[str, Any]] = {200: {"description": "The answer."}}
ANSWERED |= UNCHANGED | TROUBLE
DRAWN: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The picture.",
        "content": {"image/svg+xml": {"schema": {"type": "string"}}},
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

"""What the OpenAPI document says beyond parameters: examples that are true, every status."""

from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from visamap import __version__, envelopes
from visamap.errors import VisamapError
from visamap.presenters.forms import json_form
from visamap.registry import Registry
from visamap.results.parts import Envelope
from visamap.web.forms import Problem

ABOUT = """Who may enter Kazakhstan without a visa: on what day, for how long, on what legal ground.

Every answer is dated, names the act behind it and carries its sources; what is not known is said to
be unknown. Read only, no key. Without `on` an answer speaks of today in Kazakhstan (UTC+5). Not
legal advice. `lang` puts messages, names and texts into Kazakh (`kk`) or Russian (`ru`); keys and
codes never change."""
WRONG = {
    400: "A parameter is wrong; `errors` names it.",
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
Example = Callable[[Registry, date], Envelope]
EXAMPLES: dict[str, Example] = {
    "/check": lambda r, on: envelopes.check(r, ["TUR", "DEU"], on=on),
    "/check/{nationality}": lambda r, on: envelopes.check(r, ["THA"], on=on),
    "/partners": lambda r, on: envelopes.partners(r, on=on),
    "/stay/{nationality}": lambda r, on: envelopes.stay(r, "THA", ["2026-01-03/2026-01-28"], on=on),
    "/visas": lambda r, on: envelopes.visas(r, on=on),
    "/visas/{code}": lambda r, on: envelopes.visas(r, on=on, code="B12-1"),
    "/agreements": lambda r, on: envelopes.agreements(r, on=on),
    "/agreements/{act}": lambda r, on: envelopes.agreement(r, "kaz-tha-2024", on=on),
    "/outbound/{passport}": lambda r, on: envelopes.outbound(r, ["KAZ"], on=on, to="THA"),
    "/ranks": lambda r, _on: envelopes.ranks(r, ["KAZ"], edition="latest"),
    "/claims": lambda r, _on: envelopes.claims(r, what="rank"),
    "/timeline/{nationality}": lambda r, _on: envelopes.timeline(r, "THA"),
    "/diff/{first}/{second}": lambda r, on: envelopes.diff(r, date(on.year - 2, 1, 1), on),
    "/upcoming": lambda r, on: envelopes.upcoming(r, on=on),
}
"""Asked of the data when the document is first read, so no example goes stale."""


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
        if example:
            shown = responses["200"]["content"]["application/json"]
            shown["example"] = _shown(example, registry)
    return found


def _shown(example: Example, registry: Registry) -> dict[str, Any]:
    """Return an answer with its first item only; a list of all would hide the shape."""
    try:
        found = example(registry, registry.data.release)
    except VisamapError:
        return {}
    return json_form.envelope(found._replace(items=found.items[:1]))

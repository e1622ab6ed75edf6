"""Trouble as problem details (RFC 9457) with a real status; never a traceback, never a guess."""

import json
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from visamap.errors import (
    AmbiguousCountryError,
    BeyondHorizonError,
    UnknownCountryError,
    UnknownRecordError,
    VisamapError,
    WrongUsageError,
)
from visamap.i18n import mark, tr
from visamap.web.api import PREFIX

MEDIA_TYPE = "application/problem+json"
NAMED = frozenset({"act", "visa"})
"""Kinds of record that have an address of their own; a wrong word of a filter is wrong usage."""
LISTED = {"act": "agreements?kind=all", "visa": "visas", "edition": "ranks"}
"""Where a program finds what there is, in place of the command that a terminal is told."""
SLIPS = {
    "missing": mark("Field required"),
    "int_parsing": mark("Input should be a valid integer, unable to parse string as an integer"),
    "bool_parsing": mark("Input should be a valid boolean, unable to interpret input"),
    "literal_error": mark("Input should be {expected}"),
    "greater_than_equal": mark("Input should be greater than or equal to {ge}"),
    "less_than_equal": mark("Input should be less than or equal to {le}"),
}
"""What pydantic says of a parameter, by the type of its error, as far as it can be translated."""
SAID_BY_PYDANTIC = "Value error, "
FOR_PROGRAMS = "/api/"


def problem(
    status: int,
    detail: str,
    code: str,
    suggestions: Sequence[str] = (),
    errors: Sequence[dict[str, str]] = (),
) -> Response:
    """Return the response that says what is wrong and what to do."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "suggestions": list(suggestions),
        "errors": list(errors),
    }
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    headers = {"Cache-Control": "no-store"}
    return Response(text, status, headers, MEDIA_TYPE)


def answer_with_problems(app: FastAPI, nowhere: Callable[[Request], Response]) -> None:
    """Let an application answer trouble in this form; ``nowhere`` is what a browser gets."""

    def plain(request: Request, error: Exception) -> Response:
        lost = isinstance(error, HTTPException) and error.status_code == HTTPStatus.NOT_FOUND
        return nowhere(request) if lost and _for_people(request) else _plain(request, error)

    app.add_exception_handler(VisamapError, _ours)
    app.add_exception_handler(RequestValidationError, _parameters)
    app.add_exception_handler(HTTPException, plain)


def unexpected() -> Response:
    """Return the answer to a fault of ours; what happened stands in the server's log."""
    said = tr("Something went wrong on our side, not with the question. Try again later.")
    return problem(500, said, "internal")


def _for_people(request: Request) -> bool:
    """Tell whether a browser asks for a page; a program gets a problem, whatever it accepts."""
    reads = "text/html" in request.headers.get("accept", "")
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    return reads and not path.startswith(FOR_PROGRAMS)


def _ours(_request: Request, error: Exception) -> Response:
    if not isinstance(error, WrongUsageError):
        raise error
    close, said = getattr(error, "close", ()), error.elsewhere()
    if isinstance(error, UnknownCountryError):
        # What is named is there, more than once: the question is wrong, not the address.
        status = 400 if isinstance(error, AmbiguousCountryError) else 404
        return problem(status, said, error.code, close)
    if isinstance(error, UnknownRecordError):
        status = 404 if error.kind in NAMED else 400
        if error.kind in LISTED:
            there = tr("{address} lists what there is.", address=f"{PREFIX}/{LISTED[error.kind]}")
            said = f"{said} {there}"
        return problem(status, said, error.code, close)
    late = isinstance(error, BeyondHorizonError)
    return problem(400, said, error.code if late else "wrong-usage")


def _parameters(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  registered for it alone
    slips = [_slip(one) for one in error.errors()]
    said = "; ".join(f"{slip['parameter']}: {slip['message']}" for slip in slips)
    return problem(400, said, "bad-parameter", errors=slips)


def _slip(found: dict[str, Any]) -> dict[str, str]:
    place = [str(part) for part in found["loc"][1:]]
    known = SLIPS.get(found["type"])
    if known:
        message = tr(known, **found.get("ctx", {}))
    else:
        message = str(found["msg"]).removeprefix(SAID_BY_PYDANTIC)
    return {"parameter": ".".join(place) or "query", "message": message}


def _plain(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  registered for it alone
    if error.status_code == HTTPStatus.NOT_FOUND:
        said = tr(
            "There is nothing at this address; {address} lists what there is.",
            address="/openapi.json",
        )
        return problem(404, said, "no-such-address")
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        answer = problem(405, tr("Everything here is read-only: use GET or HEAD."), "read-only")
        answer.headers["Allow"] = "GET, HEAD, OPTIONS"
        return answer
    return problem(error.status_code, str(error.detail), "refused")

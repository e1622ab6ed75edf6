"""The routes of the API, from the document that the application itself gives out."""

import json
from typing import Any

from tools.handbook import markdown as md
from visamap.registry import Registry
from visamap.web.app import create_app

Document = dict[str, Any]
MANY_LINES = 40
"""An example is cut after so many lines; the whole shape stands under the answers."""
FEW = 8


def document(registry: Registry) -> Document:
    """Return the OpenAPI document."""
    made: Document = create_app(registry).openapi()
    return made


def page(found: Document) -> str:
    """Return the page of all routes, by what they are about."""
    by_tag: dict[str, list[str]] = {}
    for path, methods in found["paths"].items():
        for method, route in methods.items():
            tag = (route.get("tags") or ["the server itself"])[0]
            by_tag.setdefault(tag, []).append(_route(method.upper(), path, route))
    groups = [
        md.page(md.heading(2, tag[0].upper() + tag[1:], f"api-{md.anchor(tag)}"), *routes)
        for tag, routes in by_tag.items()
    ]
    return md.page(
        "# API",
        md.plain(found["info"]["description"]),
        "`visamap serve` answers at these addresses; `visamap site` writes most of them as files. "
        "The whole description for programs is [openapi.json](openapi.json), which a running "
        "server gives at `/openapi.json`. An answer is the [envelope](answers.md) of the command "
        "line.",
        md.heading(2, "What comes back", "api-statuses"),
        _statuses(found),
        "A problem is `application/problem+json` (RFC 9457): `title`, `status`, `detail`, a "
        "`code` for programs, `suggestions` that come close, and `errors` by parameter.",
        "Answers carry an `ETag`; sent back as `If-None-Match` it saves an answer that has not "
        "changed.",
        *groups,
    )


def _statuses(found: Document) -> str:
    told: dict[str, str] = {}
    for methods in found["paths"].values():
        for route in methods.values():
            for status, response in route["responses"].items():
                told.setdefault(status, response["description"])
    rows = ((md.code(status), md.plain(text)) for status, text in sorted(told.items()))
    return md.table(("status", "meaning"), rows)


def _route(method: str, path: str, route: Document) -> str:
    parts = [
        md.heading(3, md.code(f"{method} {path}"), f"api-{md.anchor(path)}"),
        md.plain(route.get("description") or route.get("summary", "")),
    ]
    rows = [
        (md.code(one["name"]), one["in"], _kind(one["schema"]), _meaning(one))
        for one in route.get("parameters", ())
    ]
    if rows:
        parts.append(md.table(("parameter", "in", "value", "meaning"), rows))
    example = _example(route)
    if example is not None:
        parts += ["An answer, shortened:", _cut(example)]
    return md.page(*parts)


def _kind(schema: Document) -> str:
    options = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    found = options[0] if options else schema
    if "enum" in found:
        words = found["enum"]
        return ", ".join(map(md.code, words)) if len(words) <= FEW else f"one of {len(words)} words"
    if found.get("type") == "array":
        return "text, may be repeated"
    if found.get("format") == "date":
        return "day"
    return {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(
        str(found.get("type")), "text"
    )


def _meaning(parameter: Document) -> str:
    text = md.plain(parameter.get("description", ""))
    default = parameter["schema"].get("default")
    if parameter.get("required"):
        text += " Required."
    elif default not in (None, [], False):
        text += f" Else `{default}`."
    return text.strip()


def _example(route: Document) -> Any:
    answers = route["responses"]["200"].get("content", {})
    return answers.get("application/json", {}).get("example")


def _cut(example: Any) -> str:
    lines = json.dumps(example, ensure_ascii=False, indent=2).splitlines()
    if len(lines) > MANY_LINES:
        lines = [*lines[:MANY_LINES], "..."]
    # What is cut is no JSON any more, and must not be marked as such.
    return md.fence("text", "\n".join(lines))

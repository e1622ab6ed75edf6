"""Answers as JSON: the envelope that the command line, the web and MCP share.

The form is generated from the result types; a new field of a result shows up here by itself.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from visamap.limits import Limit
from visamap.render import headlines, phrases
from visamap.render.phrases import entering
from visamap.results.parts import Destination, Envelope
from visamap.values import Value

SCHEMA = 1
AS_THEY_ARE = frozenset({str, int, bool, type(None)})
"""Types of values that JSON has, too: most of what there is."""

ITEMS = {
    "check": "check_results.CheckAnswer",
    "partners": "partner_results.Partner",
    "agreements": "act_results.Agreement",
    "visas": "act_results.Visa",
    "ranks": "abroad_results.Rank",
    "outbound": "abroad_results.Outbound",
    "reciprocity": "abroad_results.Reciprocity",
    "stay": "stay_results.StayAnswer",
    "timeline": "time_results.TimelinePeriod",
    "diff": "time_results.Difference",
    "claims": "abroad_results.ClaimAnswer",
    "upcoming": "time_results.Upcoming",
    "trip": "trip_results.Leg",
    "crossings": "trip_results.Crossing",
}
"""The type of an item of each command, by its place in ``visamap.results``."""
OF_ONE_DOOR = {
    "releases": "time_results.ReleaseChange",
    "countries": "data_results.CountryRow",
    "map": "partner_results.MapRow",
    "meta": "data_results.Release",
}
"""The same of answers that only the command line gives, or only the API."""


def envelope(answer: Envelope) -> dict[str, Any]:
    """Return the envelope as plain values."""
    with entering(answer):
        return {
            "schema": SCHEMA,
            "command": answer.command,
            "data": plain(answer.data),
            "asked": plain(answer.asked),
            "items": [item(answer.command, one) for one in answer.items],
            "notes": [
                {"code": note.code, "message": headlines.remark(note, answer), **plain(note.values)}
                for note in answer.notes
            ],
        }


def of(result: Value) -> dict[str, Any]:
    """Return any result as plain values: an answer, an item of one with its sentence, a part."""
    if isinstance(result, Envelope):
        return envelope(phrases.in_language(result))
    kind = f".{type(result).__name__}"
    named = (name for name, place in (ITEMS | OF_ONE_DOOR).items() if place.endswith(kind))
    return item(next(named, ""), phrases.said(result))


def text(answer: Envelope) -> str:
    """Return the envelope as indented JSON."""
    return json.dumps(envelope(answer), ensure_ascii=False, indent=2)


def lines(answer: Envelope) -> Iterator[str]:
    """Yield one JSON line per item, each with the data it came from."""
    data = plain(answer.data)
    for one in answer.items:
        with entering(answer):
            line = {**item(answer.command, one), "data": data}
        yield json.dumps(line, ensure_ascii=False)


def item(command: str, one: Any) -> dict[str, Any]:
    """Return an item as plain values, with the sentence that says it."""
    with entering(one):
        fields: dict[str, Any] = plain(headlines.told(command, one))
        message = headlines.message(command, one)
    if message is None:
        return fields
    # The sentence stands behind the reason that it puts into words.
    place = list(fields).index("reason") + 1 if "reason" in fields else 0
    before = {key: fields.pop(key) for key in list(fields)[:place]}
    return {**before, "message": message, **fields}


def plain(value: Any) -> Any:
    """Return a result as JSON values: days in ISO form, limits without keys of other kinds."""
    if type(value) in AS_THEY_ARE:
        return value
    if isinstance(value, tuple):
        return _plain_tuple(value)
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _plain_tuple(value: tuple[Any, ...]) -> Any:
    names = getattr(value, "_fields", None)
    if names is None:
        return [plain(entry) for entry in value]
    pairs = zip(names, value, strict=True)
    if isinstance(value, Destination):
        return {"code": value.code, "name": value.name}
    if isinstance(value, Limit):
        return {name: plain(entry) for name, entry in pairs if entry is not None}
    return {name: plain(entry) for name, entry in pairs}

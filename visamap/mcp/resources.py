"""What can be read by address: an act in full, the record of a source."""

import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from urllib.parse import unquote

from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.registry import Registry
from visamap.registry.asking import ask, envelope
from visamap.render import answer_schemas, json_form
from visamap.render.phrases import in_language
from visamap.results.parts import Envelope

SCHEME = "visamap://"
VARIABLE = "id"
LONGEST = 300
MOST_COMPLETED = 100
"""How many completions the protocol lets through at once."""


class Record(NamedTuple):
    """A kind of record: what it is, its record for an id on a day, all its ids."""

    title: str
    said: str
    read: Callable[[Registry, str], dict[str, Any]]
    ids: Callable[[Registry], Iterable[str]]


def _said(found: Envelope) -> dict[str, Any]:
    return json_form.envelope(in_language(found))


def _source(registry: Registry, name: str) -> dict[str, Any]:
    return _said(envelope(registry, "source", {"id": name}, [registry.source(name)]))


def _shape(_registry: Registry, name: str) -> dict[str, Any]:
    if name not in json_form.ITEMS:
        raise NoSuchAddressError(f"{SCHEME}schema/{name}")
    return answer_schemas.envelope(name)


RECORDS = {
    "act": Record(
        "An act in full",
        "One act by its id, as `instrument` and `act.id` of answers name it: every event with its "
        "date and sources, its status today.",
        lambda registry, name: _said(ask(registry, "agreements", id=name)),
        lambda registry: (one["id"] for one in registry.index.records["instruments"]),
    ),
    "source": Record(
        "The record of a source",
        "One source by its id, as `sources` of answers name it: its address, its kind, when it was "
        "read and, where they were seen, its title and publisher.",
        _source,
        lambda registry: (one["id"] for one in registry.index.records["sources"]),
    ),
    "schema": Record(
        "The shape of an answer",
        "The JSON Schema of what a tool answers in full, by the name of the tool.",
        _shape,
        lambda _registry: json_form.ITEMS,
    ),
}


class NoSuchAddressError(WrongUsageError, LookupError):
    """An address at which nothing can be read."""

    def __init__(self, address: str) -> None:
        """Echo the ``address`` and name those there are."""
        there = ", ".join(map(template, RECORDS))
        shown = repr(address[:LONGEST])
        super().__init__(
            tr(
                "There is nothing to read at {address}; available: {there}.",
                address=shown,
                there=there,
            )
        )


def template(kind: str) -> str:
    """Return the template of the addresses of a kind of record."""
    return f"{SCHEME}{kind}/{{{VARIABLE}}}"


def text(registry: Registry, address: str) -> str:
    """Return what stands at an address, as JSON in the one envelope."""
    kind, _, name = address.removeprefix(SCHEME).partition("/")
    known = address.startswith(SCHEME) and kind in RECORDS and name
    if not known or len(address) > LONGEST:
        raise NoSuchAddressError(address)
    found = RECORDS[kind].read(registry, unquote(name))
    return json.dumps(found, ensure_ascii=False, indent=2)


def completions(registry: Registry, address: str, typed: str) -> tuple[list[str], int]:
    """Return ids that go on from what was ``typed``, and how many there are.

    Ids that begin so come first, then those that hold it; an unknown template has none.
    """
    kind = next((one for one in RECORDS if template(one) == address), None)
    if kind is None:
        return [], 0
    part = typed.strip().lower()
    ids = sorted(RECORDS[kind].ids(registry))
    found = [one for one in ids if part in one]
    found.sort(key=lambda one: not one.startswith(part))
    return found[:MOST_COMPLETED], len(found)

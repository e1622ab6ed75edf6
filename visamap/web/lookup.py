"""Answers that only the web gives: the countries to choose from, the map as data, the release."""

from collections.abc import Iterator
from typing import Any

from visamap import i18n
from visamap.i18n import tr
from visamap.pictures.palette import class_of
from visamap.registry import Registry
from visamap.registry.asking import envelope
from visamap.registry.base import ALL
from visamap.render import phrases, phrases_world
from visamap.render.phrases import entering, said
from visamap.results.data_results import CountryRow, Release
from visamap.results.partner_results import MapRow, Mark, WorldMap
from visamap.results.parts import Country, Destination, Envelope
from visamap.version import __version__


def countries(registry: Registry) -> Envelope:
    """Return every country, territory and issuer of documents with its codes and names."""
    return envelope(registry, "countries", {}, _countries(registry))


def _countries(registry: Registry) -> Iterator[CountryRow]:
    shown = registry.index.names["display"]
    for code, (alpha2, numeric, name, kind) in registry.index.tables["countries"].items():
        yield {
            "code": code,
            "alpha2": alpha2,
            "numeric": numeric,
            "kind": kind,
            "held_passport": registry.index.tables["held_passport"].get(code),
            "name": name,
            "name_kk": shown["kk"].get(code),
            "name_ru": shown["ru"].get(code),
        }


def names(registry: Registry) -> list[list[str]]:
    """Return the countries in the reader's order: code, the one of two letters, name, other names.

    Issuers of documents that are none stand last.
    The other names are folded, as ``visamap.store.resolver`` compares them, with ``|`` between.
    """
    others, shown = registry.resolver.names(), registry.resolver.name
    table = registry.index.tables["countries"]
    rows = [
        [code, row[0] or "", shown(code, i18n.current()), "|".join(others[code])]
        for code, row in table.items()
    ]
    states = {"state", "territory"}
    return sorted(rows, key=lambda row: (table[row[0]][3] not in states, phrases.place(row[2])))


def marks(registry: Registry, found: WorldMap) -> Envelope:
    """Return how each country is coloured on a day: the class it has in the picture, and why."""
    outbound = found.home.code if found.direction == "outbound" else None
    asked = {"on": found.on, "passport": found.passport, "outbound": outbound}
    if isinstance(found.home, Destination):
        asked["destination"] = found.home.code
    elif found.direction == "region":
        asked |= {"destination": ALL, "nationality": found.home.code}
    with entering(found):
        return envelope(registry, "map", asked, map(_mark, found.marks))


def _mark(mark: Mark) -> MapRow:
    return {
        "code": mark.country.code,
        "name": mark.country.name,
        "shade": mark.shade,
        "class": class_of(mark.shade),
        "reason": mark.reason,
        "message": phrases_world.sentence(mark),
        "max_stay_days": mark.max_stay_days,
        "basis": mark.basis,
        "instrument": mark.instrument,
        "holds": mark.holds.code if mark.holds else None,
        "counted": mark.counted,
        "barred": mark.barred,
    }


def around(found: WorldMap) -> dict[str, Any]:
    """Return what stands around the map of a day: its title, its legend, its total."""
    with entering(found):
        legend = [
            {"shade": row.shade, "class": class_of(row.shade), "label": row.label, "n": row.number}
            for row in phrases_world.legend(found)
        ]
        return {
            "heading": phrases_world.heading(found),
            "subheading": phrases_world.subheading(found),
            "practice": phrases_world.practice(found),
            "free": phrases_world.free(found),
            "free_what": phrases_world.free_what(found),
            "legend": legend,
            "boundaries": tr(phrases_world.BOUNDARIES),
        }


ANYONE = Country("", "{name}")


def slide(world: WorldMap) -> dict[str, Any]:
    """Return the map of a day for the slider: each mark once, its sentence in every language.

    A mark is the number of its class and sentence, and its act; the script puts the name of the
    country in.
    """
    alike: dict[Mark, int] = {}
    marks = {}
    for mark in world.marks:
        one = mark._replace(country=ANYONE, basis=None, instrument=None, counted=True)
        marks[mark.country.code] = (alike.setdefault(one, len(alike)), mark.instrument)
    words = {}
    for language in i18n.LANGUAGES:
        with i18n.speaking(language), entering(world):
            told = said(world._replace(marks=()))._replace(marks=world.marks)
            sentences = [phrases_world.sentence(said(mark)) for mark in alike]
            words[language] = {"sentences": sentences, **around(told)}
    return {"marks": marks, "classes": [class_of(mark.shade) for mark in alike], "words": words}


def release(registry: Registry) -> Envelope:
    """Return what the release holds: how many records of each kind, and which days it covers."""
    records = registry.index.records
    counts = {name: len(rows) for name, rows in records.items() if isinstance(rows, list | dict)}
    item: Release = {
        "release": registry.data.release,
        "digest": registry.data.digest,
        "version": __version__,
        "covered_from": registry.index.coverage,
        "countries": len(registry.index.tables["countries"]),
        "records": counts,
    }
    return envelope(registry, "meta", {}, [item])

"""Every page, declared once: its address, what draws it, which questions it asks.

Routes, menu and static copy are made from this table. A page has one address, with ``/`` at its
end; whatever else names it leads there.
"""

from collections.abc import Iterable
from datetime import date

from fastapi import APIRouter

from visamap.i18n import trc
from visamap.registry import Registry
from visamap.web.pages import READING, Frame, Page, Pages, Words


def _nationality(registry: Registry, words: Words) -> Words:
    return {**words, "code": registry.resolve(words["code"])}


def _nationalities(registry: Registry, _on: date) -> Iterable[Words]:
    return ({"code": code} for code in registry.index.tables["countries"])


def _act(_registry: Registry, words: Words) -> Words:
    return {"act": words["act"].lower()}


def _acts(registry: Registry, _on: date) -> Iterable[Words]:
    return ({"act": act["id"]} for act in registry.index.records["instruments"])


def _visa(registry: Registry, words: Words) -> Words:
    return {"code": registry.visas(words["code"])[0].code}


def _visas(registry: Registry, on: date) -> Iterable[Words]:
    return ({"code": visa.code} for visa in registry.visas(on=on))


def _none(_registry: Registry, _on: date) -> Iterable[Words]:
    return ()


def _pictures(_registry: Registry, _on: date) -> Iterable[Words]:
    return ({"name": name} for name in COPIED)


def _files(_registry: Registry, _on: date) -> Iterable[Words]:
    return ({"name": name, "form": form} for name in COPIED for form in ("svg", "csv"))


COPIED = ("map", "growth", "ranks")
"""Pictures that a copy in files holds: a PNG takes too long, and histories are too many."""
PAGES = (
    Page("", Pages.first, ("check", "agreements", "ranks", "visas")),
    Page("stay/", Pages.stay, ("stay",), menu=lambda: trc("part of the page", "Stay")),
    Page("trip/", Pages.trip, ("trip",), "none", lambda: trc("part of the page", "Journey")),
    Page(
        "nationality/{code}/",
        Pages.nationality,
        ("check", "timeline"),
        spelled=_nationality,
        known=_nationalities,
    ),
    Page("card/{code}/", Pages.card, spelled=_nationality, known=_none),
    Page("agreement/{act}/", Pages.agreement, ("agreements",), "some", spelled=_act, known=_acts),
    Page("visa/{code}/", Pages.visa, ("visas",), "some", spelled=_visa, known=_visas),
    Page("embed/{name}/", Pages.embed, known=_pictures),
    Page("picture/{name}.{form}", Pages.picture, known=_files),
)


SLIDE = Page("map/{on}.json", Pages.slide)
"""What the slider of a map reads: no page, but it stands under each destination as they do."""


def pages(frame: Frame) -> APIRouter:
    """Return the routes of all pages and of the files they need."""
    router = frame.router()
    frame.templates.globals["pages"] = PAGES
    for page in PAGES:
        route = frame.route(page)
        for address in (page.address, *page.also):
            for form in {f"/{address}", f"/{address.rstrip('/')}"}:
                router.add_api_route(form, route, methods=READING, include_in_schema=False)
    slide = frame.route(SLIDE)
    router.add_api_route(f"/{SLIDE.address}", slide, methods=READING, include_in_schema=False)
    return router

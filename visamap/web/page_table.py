"""Every page, declared once: its address, what draws it, which questions it asks.

Routes, menu and static copy are made from this table. A page has one address, with ``/`` at its
end; whatever else names it leads there.
"""

from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from visamap import clock
from visamap.arguments import as_passport
from visamap.errors import VisamapError
from visamap.i18n import tr, trc
from visamap.registry import Registry
from visamap.web import abroad_pages, list_pages
from visamap.web.frame import A_WHILE, MOVED, READING, Frame, Page, Words
from visamap.web.head import changed
from visamap.web.pages import Pages


def _nationality(registry: Registry, words: Words) -> Words:
    return {**words, "code": registry.resolve(words["code"])}


def _held(registry: Registry, words: Words) -> Words:
    kind = as_passport(words["passport"])
    return {**_nationality(registry, words), "passport": "" if kind == "ordinary" else kind}


def _ordinary(pages: Pages, request: Request, code: str, on: str = "", days: str = "") -> Response:
    """Show a nationality by its ordinary passport; any other kind has an address of its own."""
    words = dict(request.query_params)
    kind = words.pop("passport", "") or "ordinary"
    try:
        kind = as_passport(kind)
    except VisamapError:
        pass  # the page says what is wrong
    else:
        if kind != "ordinary":
            query = f"?{urlencode(words)}" if words else ""
            return RedirectResponse(f"./{kind}/{query}", MOVED, {"Cache-Control": A_WHILE})
    return pages.nationality(request, code, request.query_params.get("passport", ""), on, days)


COPIED = ("map", "growth", "ranks")
"""Pictures that a copy in files holds: a PNG takes too long, and histories are too many."""
PAGES = (
    Page("", Pages.first, ("check", "agreements", "ranks", "visas")),
    Page("stay/", Pages.stay, ("stay",), menu=lambda: trc("part of the page", "Stay")),
    Page("trip/", Pages.trip, ("trip",), "none", lambda: trc("part of the page", "Journey")),
    Page(
        "passport/",
        abroad_pages.first,
        ("outbound",),
        "none",
        lambda: trc("part of the page", "Going abroad"),
    ),
    Page(
        "passport/{holder}/",
        abroad_pages.passport,
        ("outbound",),
        "none",
        spelled=abroad_pages.spelled,
        known=abroad_pages.passports,
    ),
    Page(
        "passport/{holder}/to/{place}/",
        abroad_pages.destination,
        ("outbound",),
        "none",
        spelled=abroad_pages.spelled,
        known=abroad_pages.destinations,
    ),
    Page(
        "passport/{holder}/{other}/",
        abroad_pages.compared,
        ("outbound",),
        "none",
        spelled=abroad_pages.in_order,
        known=abroad_pages.pairs,
    ),
    Page(
        "ranks/",
        list_pages.ranks,
        ("ranks",),
        "none",
        lambda: trc("part of the page", "Ranks"),
    ),
    Page(
        "nationality/",
        list_pages.nationalities,
        ("check",),
        menu=lambda: trc("part of the page", "Nationalities"),
    ),
    Page(
        "nationality/{code}/",
        _ordinary,
        ("check", "timeline"),
        spelled=_nationality,
        known=lambda view, _: ({"code": code} for code in view.index.tables["countries"]),
    ),
    Page(
        "nationality/{code}/{passport}/",
        Pages.nationality,
        ("check", "timeline"),
        "some",
        spelled=_held,
        known=lambda *_: (),  # a copy would be too large
    ),
    Page("card/{code}/", Pages.card, spelled=_nationality, known=lambda *_: ()),
    Page(
        "agreements/",
        list_pages.agreements,
        ("agreements",),
        menu=lambda: trc("part of the page", "Agreements"),
        also=("agreement/",),
    ),
    Page(
        "agreement/{act}/",
        Pages.agreement,
        ("agreements",),
        "some",
        spelled=lambda _, words: {"act": words["act"].lower()},
        known=lambda view, _: ({"act": act["id"]} for act in view.index.records["instruments"]),
    ),
    Page("data/", Pages.data, has="none", foot=lambda: tr("Data and API")),
    Page(
        "visas/",
        list_pages.visas,
        ("visas",),
        menu=lambda: trc("part of the page", "Visas"),
        also=("visa/",),
    ),
    Page(
        "visa/{code}/",
        Pages.visa,
        ("visas",),
        "some",
        spelled=lambda view, words: {"code": view.visas(words["code"])[0].code},
        known=lambda view, on: ({"code": visa.code} for visa in view.visas(on=on)),
    ),
    Page(
        "new/",
        list_pages.new,
        ("diff", "upcoming", "agreements"),
        menu=lambda: trc("part of the page", "New"),
    ),
    Page("claims/", list_pages.claims, ("claims",), foot=lambda: tr("Published figures")),
    Page("coverage/", list_pages.coverage, ("coverage",), foot=lambda: tr("Coverage")),
    Page(
        "reciprocity/",
        list_pages.reciprocity,
        ("reciprocity",),
        "none",
        foot=lambda: tr("Reciprocity"),
    ),
    Page("docs/", list_pages.docs, (), "none"),
    Page("embed/{name}/", Pages.embed, known=lambda *_: ({"name": name} for name in COPIED)),
    Page(
        "picture/{name}.{form}",
        Pages.picture,
        known=lambda *_: ({"name": n, "form": form} for n in COPIED for form in ("svg", "csv")),
    ),
)
SLIDE = Page("map/{on}.json", Pages.slide)
"""What the slider of a map reads: no page, but it stands under each destination as they do."""


def listed(view: Registry, on: date, within: str) -> list[str]:
    """Return every page on a destination, whose addresses begin with ``within``."""
    return [
        page.address.format(**words)
        for page in PAGES
        if page.has != "none" or not within
        for words in page.known(view, on)
    ]


def _read(page: str) -> bool:
    """Tell whether it is a page to find: not a picture, nor one in the frame of another site."""
    return (page.endswith("/") and not page.startswith("embed/")) or not page


def pages(frame: Frame) -> APIRouter:
    """Return the routes of all pages and of the files they need."""
    router = frame.router()
    frame.templates.globals["pages"] = PAGES
    for page in PAGES:
        route = frame.route(page, Pages)
        for address in (page.address, *page.also):
            for form in {f"/{address}", f"/{address.rstrip('/')}"}:
                router.add_api_route(form, route, methods=READING, include_in_schema=False)

    @router.api_route("/sitemap.xml", methods=READING)
    def sitemap() -> Response:
        if not frame.heads.base:  # a sitemap holds whole addresses
            return Response("This site was not told its address.\n", 404, media_type="text/plain")
        on, found = clock.today(), list[tuple[str, date | None]]()
        for home in sorted(frame.registry.index.destinations):
            within, days = frame.within(home), frame.heads.days(home, on)
            pages = listed(frame.registry.entering(home), on, within)
            found += [(within + page, changed(page, days)) for page in pages if _read(page)]
        return Response(frame.heads.sitemap(found), 200, media_type="application/xml")

    slide = frame.route(SLIDE, Pages)
    router.add_api_route(f"/{SLIDE.address}", slide, methods=READING, include_in_schema=False)
    return router

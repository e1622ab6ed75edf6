"""What programs fetch: feeds, the health of a server, and the page /data/ that offers it all."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from fastapi import APIRouter, Response

from visamap.i18n import fact, mark, tr
from visamap.registry import Registry, asking
from visamap.render.phrases import in_language
from visamap.vocabulary import DESTINATIONS
from visamap.web.api import Lang, To
from visamap.web.head import LICENCE, Heads, within
from visamap.web.openapi import TROUBLE, Health

FEEDS = {
    "atom": ("/feed.atom", "application/atom+xml"),
    "ics": ("/events.ics", "text/calendar; charset=utf-8"),
}
CALENDAR_LIBRARY = "icalendar"
OF_A_RELEASE = {"Cache-Control": "public, max-age=3600"}


def router(registry: Registry, base: str | None = None) -> APIRouter:
    """Return the routes; the calendar is there where the extra ``feeds`` is installed.

    Events lead to the pages of their acts where the address of the site, ``base``, is told.
    """
    routes = APIRouter()

    @routes.get(
        "/healthz",
        operation_id="health",
        response_model=Health,
        responses=TROUBLE,
        tags=["server"],
    )
    def health() -> Response:
        """Say that the server answers, and from which data."""
        data = registry.data
        found = Health(status="ok", release=data.release, digest=data.digest)
        headers = {"Cache-Control": "no-store"}
        return Response(found.model_dump_json(), 200, headers, "application/json")

    for kind, (path, media_type) in FEEDS.items():
        if kind == "ics" and find_spec(CALENDAR_LIBRARY) is None:
            continue
        routes.add_api_route(path, _feed(registry, base, kind, media_type), include_in_schema=False)
    return routes


def _feed(
    registry: Registry, base: str | None, kind: str, media_type: str
) -> Callable[..., Response]:
    def feed(to: To = None, lang: Lang = None) -> Response:  # noqa: ARG001  read before all else
        form = import_module(f"visamap.feeds.{kind}")
        found = in_language(asking.feed(registry, kind, to=to))
        pages = base and base + within(registry, found.asked["destination"])
        return Response(form.data(found, pages), 200, OF_A_RELEASE, media_type)

    return feed


V1 = "api/v1"
OF_EACH = {
    "partners": mark("Who enters without a visa"),
    "agreements": mark("Agreements and decrees"),
    "visas": mark("Visas and their terms"),
    "upcoming": mark("What is coming"),
    "claims": mark("Published figures, compared with our own"),
}
"""Tables of each destination."""
OF_ALL = {
    "ranks": mark("Ranks of passports"),
    "crossings": mark("Border crossings"),
    "countries": mark("Countries and their codes"),
}
EXAMPLE = "check/DEU"
PACKAGE = "data/datapackage.json"


def shared(registry: Registry, heads: Heads) -> dict[str, Any]:
    """Return what there is, at the addresses that a server or a copy has, by its names there.

    The tables are those of all destinations and of each, with what each is called.
    """
    copied, homes = heads.copied, [c for c in DESTINATIONS if c in registry.index.destinations]
    names = {home: fact(registry.index.country(home).name) for home in homes}
    places = {home: within(registry, home) for home in homes}
    everywhere = [(said, table(name, "", "", copied)) for name, said in OF_ALL.items()]
    groups, feeds = [("", everywhere)], []
    for home in homes:
        files = [(said, table(n, places[home], home, copied)) for n, said in OF_EACH.items()]
        groups.append((names[home], files))
        kept = [heads.feed(name, home, places[home]) for name in ("feed.atom", "events.ics")]
        feeds.append((names[home], kept[0], kept[1] if find_spec(CALENDAR_LIBRARY) else None))
    cited = tr(
        "The visamap authors ({year}). visamap: who may cross which border without a visa. "
        "Data of {day}, {digest}.",
        year=registry.data.release.year,
        day=registry.data.release,
        digest=registry.data.digest[:19],
    )
    return {
        "check": f"{V1}/{EXAMPLE}{'.json' if copied else ''}",
        "tables": groups,
        "package": PACKAGE if copied else None,
        "feeds": feeds,
        "cited": f"{cited} {heads.base}" if heads.base else cited,
    }


def table(name: str, within: str, home: str, copied: bool) -> str:
    """Return the address of a table, of a destination where one is named."""
    if copied:
        return f"{V1}/{within}{name}.csv"
    return f"{V1}/{name}?format=csv{f'&to={home}' if within else ''}"


def dataset(registry: Registry, heads: Heads, found: dict[str, Any]) -> dict[str, Any]:
    """Return the data as search engines for data sets read it (schema.org)."""
    site = heads.base or ""
    addresses = [address for _, files in found["tables"] for _, address in files]
    return {
        "@type": "Dataset",
        "name": "visamap",
        "description": found["cited"],
        "license": LICENCE,
        "version": registry.data.release.isoformat(),
        "creator": {"@type": "Organization", "name": "visamap"},
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": site + address}
            for address in addresses
        ],
    }

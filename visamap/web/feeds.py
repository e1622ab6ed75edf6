"""What readers and watchers fetch: the events as feeds, and whether the server is well."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from fastapi import APIRouter, Response

from visamap.registry import Registry, asking
from visamap.render.phrases import in_language
from visamap.web.head import within
from visamap.web.openapi import TROUBLE, Health
from visamap.web.parameters import Lang, To

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

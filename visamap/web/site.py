"""The same pages and API as files: what the application answers today, written down.

Every file is asked of the application itself, so a file server gives the same answers. Addresses
are relative, and the folder works from any sub-path; only the sitemap names a place.
"""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from multiprocessing import cpu_count, get_all_start_methods, get_context
from typing import Any
from xml.sax.saxutils import escape

from fastapi import FastAPI

from visamap import clock
from visamap.export.formats import made
from visamap.i18n import LANGUAGES
from visamap.registry import Registry
from visamap.web.app import create_app
from visamap.web.feeds import FEEDS
from visamap.web.page_pictures import FIRST_DAY, first_day
from visamap.web.page_table import PAGES

MARK = "visamap-site.txt"
"""The file by which a later run knows its own folder."""
CLOSED = date(2020, 6, 1)
"""A day on which the list was suspended: the map that surprises."""
V1 = "api/v1"
ONCE = ("ranks", "crossings", "countries", "meta")
"""Lists that are the same for every destination."""
WHOLE = ("partners", "agreements", "visas", "claims", "upcoming", "map")
FILES = ("static/style.css", "static/page.js", "static/icon.svg")
MOST_PROCESSES = 8
STATUS_OK, NOT_FOUND = 200, 404
NEWS = tuple(path.removeprefix("/") for path, _ in FEEDS.values())
XHTML = "http://www.w3.org/1999/xhtml"
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")
"""Languages whose pages stand in a folder of their own."""
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


Progress = Callable[[float], None] | None
Addresses = dict[str, str]
BATCH = 48
"""Addresses that are asked for in one go; those of a page in each language stand together."""


def site(
    registry: Registry, base_url: str | None = None, progress: Progress = None
) -> dict[str, bytes]:
    """Return the files of the site by name; with ``base_url`` there is a sitemap too.

    Raises:
        BeyondHorizonError: the data is too old to answer for today.
    """
    on = clock.today()
    registry.index.answers_for(on)
    addresses = dict(_addresses(registry, on))
    files = _answers(create_app(registry, copied=True), addresses, progress)
    package = made(registry.export(), "datapackage").files
    files |= {f"data/{name}": content for name, content in package.items()}
    if base_url:
        files["sitemap.xml"] = _sitemap(base_url, files, on).encode()
    told = (
        f"Written by `visamap site` on {on} from the data of {registry.data.release} "
        f"({registry.data.digest}).\nA later run with --overwrite replaces the whole folder.\n"
    )
    return {**files, MARK: told.encode()}


def _addresses(registry: Registry, on: date) -> Iterator[tuple[str, str]]:
    """Yield the name of each file with the address that gives it."""
    yield "openapi.json", "/openapi.json"
    for name in FILES:
        yield name, f"/{name}"
    for name in ONCE:
        yield f"{V1}/{name}.json", f"/{V1}/{name}"
    for code in registry.passports_asked():
        yield f"{V1}/outbound/{code}.json", f"/{V1}/outbound/{code}"
    for day in _months(FIRST_DAY, on):
        yield f"{V1}/map/{day}.json", f"/{V1}/map?on={day}"
    for home in sorted(registry.index.destinations):
        view = registry.entering(home)
        within = "" if view is registry else f"to/{home}/"
        yield from _pages(view, on, within)
        yield from _answers_on(view, on, within)


def _pages(view: Registry, on: date, within: str) -> Iterator[tuple[str, str]]:
    """Yield all pages on a destination, each in every language, and what their slider reads."""
    listed = [
        page.address.format(**words)
        for page in PAGES
        if page.has != "none" or not within
        for words in page.known(view, on)
    ]
    for page in listed:
        for language in ("", *(f"{one}/" for one in TRANSLATED)):
            name = f"{page}index.html" if page.endswith("/") or not page else page
            yield f"{language}{within}{name}", f"/{language}{within}{page}"
    for day in _months(first_day(view), on):
        yield f"{within}map/{day}.json", f"/{within}map/{day}.json"


def _answers_on(view: Registry, on: date, within: str) -> Iterator[tuple[str, str]]:
    """Yield what programs and readers of feeds find of a destination."""
    folder, to = f"{V1}/{within}", f"?to={view.index.home}" if within else ""
    for name in NEWS:
        yield f"{within}{name}", f"/{name}{to}"
    named = {
        "check": view.index.tables["countries"],
        "timeline": view.index.tables["countries"],
        "agreements": [act["id"] for act in view.index.records["instruments"]],
        "visas": [visa.code for visa in view.visas(on=on)],
    }
    for name in WHOLE:
        yield f"{folder}{name}.json", f"/{V1}/{name}{to}"
    for name, ids in named.items():
        for one in ids:
            yield f"{folder}{name}/{one}.json", f"/{V1}/{name}/{one}{to}"
    yield f"{folder}map.svg", f"/{V1}/map.svg{to}"
    for day in {*(day for day in _months(first_day(view), on) if day.month == 1), CLOSED, on}:
        of_day = f"on={day}&to={view.index.home}"
        for form, address in (("svg", "map.svg"), ("json", "map")):
            yield f"{folder}map/{day}.{form}", f"/{V1}/{address}?{of_day}"


def _months(first: date, on: date) -> list[date]:
    """Return the days on which the slider stops: the first of each month, and today."""
    months = [date(year, m, 1) for year in range(first.year, on.year + 1) for m in range(1, 13)]
    return [*(day for day in months if day < on), on]


def _answers(app: FastAPI, addresses: Addresses, progress: Progress) -> dict[str, bytes]:
    """Return what stands at each address, worked out on as many processors as there are."""
    listed = list(addresses.items())
    batches = [dict(listed[n : n + BATCH]) for n in range(0, len(listed), BATCH)]
    files: dict[str, bytes] = {}
    with _side_by_side(app, len(batches)) as run:
        for n, found in enumerate(run(batches), 1):
            files |= found
            if progress:
                progress(n / len(batches))
    return files


@contextmanager
def _side_by_side(
    app: FastAPI, batches: int
) -> Iterator[Callable[[list[Addresses]], Iterable[dict[str, bytes]]]]:
    """Give what answers batches, in their order: copies of this process where one can be copied.

    A process with threads cannot, one of them may hold what the copy then waits for.
    """
    here = partial(_batch, app)
    many = min(cpu_count() or 1, batches, MOST_PROCESSES)
    if many < 2 or threading.active_count() > 1 or "fork" not in get_all_start_methods():  # noqa: PLR2004
        yield partial(map, here)
        return
    with get_context("fork").Pool(many, _take, (app,)) as pool:
        yield partial(pool.imap, _taken)


_app: list[FastAPI] = []
"""The application in a copy of the process."""


def _take(app: FastAPI) -> None:
    _app.append(app)


def _taken(addresses: Addresses) -> dict[str, bytes]:
    return _batch(_app[0], addresses)


def _batch(app: FastAPI, addresses: Addresses) -> dict[str, bytes]:
    return asyncio.run(_asked(app, addresses))


async def _asked(app: FastAPI, addresses: Addresses) -> dict[str, bytes]:
    files = {}
    for name, address in addresses.items():
        status, body = await ask(app, address)
        # The calendar is not there without its library; all the rest always is.
        if status == NOT_FOUND and name.endswith(NEWS):
            continue
        if status != STATUS_OK:
            raise RuntimeError(f"{address} was answered with {status}: {body[:200]!r}")
        files[name] = body
    return files


async def ask(app: FastAPI, address: str) -> tuple[int, bytes]:
    """Return the status and the body that an application answers at an address."""
    path, _, query = address.partition("?")
    status, parts = 0, []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)
        parts.append(message.get("body", b""))

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost")],
        "server": ("localhost", 80),
    }
    await app(scope, receive, send)
    return status, b"".join(parts)


def _sitemap(base_url: str, files: dict[str, bytes], on: date) -> str:
    base = base_url.rstrip("/")
    pages = {name.removesuffix("index.html") for name in files if name.endswith("index.html")}
    beginnings: dict[str, str] = {"en": "", **{one: f"{one}/" for one in TRANSLATED}}
    translated = tuple(f"{language}/" for language in TRANSLATED)
    rows = []
    for page in sorted(page for page in pages if not page.startswith(translated)):
        places = {
            language: escape(f"{base}/{beginning}{page}")
            for language, beginning in beginnings.items()
            if f"{beginning}{page}" in pages
        }
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{place}"/>'
            for language, place in {**places, "x-default": places["en"]}.items()
        )
        rows += [
            f"<url><loc>{place}</loc><lastmod>{on}</lastmod>{others}</url>\n"
            for place in places.values()
        ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">\n{"".join(rows)}</urlset>\n'
    )

"""The same pages and API as files: what the application answers today, written down.

Every file is asked of the application itself, so a file server gives the same answers. Addresses
are relative, and the folder works from any sub-path; only the sitemap names a place.
"""

import asyncio
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from fastapi import FastAPI

from visamap import clock
from visamap.export.formats import made
from visamap.i18n import LANGUAGES
from visamap.registry import Registry
from visamap.web.app import create_app
from visamap.web.feeds import FEEDS
from visamap.web.page_content import FIRST_DAY

MARK = "visamap-site.txt"
"""The file by which a later run knows its own folder."""
CLOSED = date(2020, 6, 1)
"""A day on which the list was suspended: the map that surprises."""
V1 = "api/v1"
LISTS = ("partners", "agreements", "visas", "ranks", "claims", "upcoming", "crossings")
WHOLE = (*LISTS, "countries", "meta")
FILES = ("static/style.css", "static/page.js", "static/icon.svg")
STATUS_OK, NOT_FOUND = 200, 404
NEWS = tuple(path.removeprefix("/") for path, _ in FEEDS.values())
XHTML = "http://www.w3.org/1999/xhtml"
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")
"""Languages whose pages stand in a folder of their own."""
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def site(registry: Registry, base_url: str | None = None) -> dict[str, bytes]:
    """Return the files of the site by name; with ``base_url`` there is a sitemap too.

    Raises:
        BeyondHorizonError: the data is too old to answer for today.
    """
    on = clock.today()
    registry.index.answers_for(on)
    files = asyncio.run(_asked(create_app(registry, copied=True), dict(_addresses(registry, on))))
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
    for page in _pages(registry, on):
        yield f"{page}index.html", f"/{page}"
        for language in TRANSLATED:
            yield f"{language}/{page}index.html", f"/{language}/{page}"
    yield "openapi.json", "/openapi.json"
    for name in (*FILES, *NEWS):
        yield name, f"/{name}"
    for name in WHOLE:
        yield f"{V1}/{name}.json", f"/{V1}/{name}"
    for code in registry.index.tables["countries"]:
        for name in ("check", "timeline"):
            yield f"{V1}/{name}/{code}.json", f"/{V1}/{name}/{code}"
    for act in registry.agreements(on=on, kind="all"):
        yield f"{V1}/agreements/{act.id}.json", f"/{V1}/agreements/{act.id}"
    for visa in registry.visas(on=on):
        yield f"{V1}/visas/{visa.code}.json", f"/{V1}/visas/{visa.code}"
    for code in registry.passports_asked():
        yield f"{V1}/outbound/{code}.json", f"/{V1}/outbound/{code}"
    yield from _maps(on)


def _pages(registry: Registry, on: date) -> Iterator[str]:
    """Yield the addresses of all pages, from the first page of a language on."""
    yield ""
    yield "stay/"
    for code in registry.index.tables["countries"]:
        yield f"nationality/{code}/"
    for act in registry.agreements(on=on, kind="all"):
        yield f"agreement/{act.id}/"
    for visa in registry.visas(on=on):
        yield f"visa/{visa.code}/"


def _maps(on: date) -> Iterator[tuple[str, str]]:
    """Yield the maps: as data for each month of the slider, as pictures for each year."""
    months = [date(y, m, 1) for y in range(FIRST_DAY.year, on.year + 1) for m in range(1, 13)]
    for day in {*months, on}:
        if day <= on:
            yield f"{V1}/map/{day}.json", f"/{V1}/map?on={day}"
            for language in TRANSLATED:  # what the slider says; only the words differ
                yield f"{language}/{V1}/map/{day}.json", f"/{V1}/map?on={day}&lang={language}"
    for day in {*(d for d in months if d.month == 1), CLOSED, on}:
        yield f"{V1}/map/{day}.svg", f"/{V1}/map.svg?on={day}"
    yield f"{V1}/map.json", f"/{V1}/map"
    yield f"{V1}/map.svg", f"/{V1}/map.svg"


async def _asked(app: FastAPI, addresses: dict[str, str]) -> dict[str, bytes]:
    files = {}
    for name, address in addresses.items():
        status, body = await ask(app, address)
        # The calendar is not there without its library; all the rest always is.
        if status == NOT_FOUND and name in NEWS:
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

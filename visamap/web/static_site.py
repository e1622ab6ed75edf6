"""The same pages and API as files: what the application answers today, written down.

Every file is asked of the application itself, so a file server gives the same answers. Addresses
are relative, and the folder works from any sub-path; only the sitemap names a place.
"""

import asyncio
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from datetime import date
from functools import partial
from importlib.util import find_spec
from multiprocessing import cpu_count, get_all_start_methods, get_context
from typing import Any

from fastapi import FastAPI

from visamap import clock
from visamap.export.formats import made
from visamap.i18n import LANGUAGES
from visamap.pictures.drawing import PNG_LIBRARY
from visamap.registry import Registry
from visamap.web.app import create_app
from visamap.web.fixed_copy import map_days
from visamap.web.frame import KINDS, NAMES, OTHER_NAMES
from visamap.web.head import pictures
from visamap.web.openapi import of_files
from visamap.web.page_pictures import first_day
from visamap.web.page_table import listed
from visamap.web.shared_data import FEEDS, OF_ALL, OF_EACH, V1

MARK = "visamap-site.txt"
"""The file by which a later run knows its own folder."""
CLOSED = date(2020, 6, 1)
"""A day on which the list was suspended: the map that surprises."""
ONCE = ("ranks", "crossings", "countries", "meta")
"""Lists that are the same for every destination."""
WHOLE = ("partners", "agreements", "visas", "claims", "upcoming", "map")
FILES = (
    *("favicon.ico", "robots.txt"),
    *(f"static/{name}" for name in (*KINDS, *NAMES, OTHER_NAMES)),
)
LOST = "404.html"
"""What a file server shows where there is nothing: of the nearest folder, or the one outermost."""
MOST_PROCESSES = 8
STATUS_OK, NOT_FOUND = 200, 404
NEWS = tuple(path.removeprefix("/") for path, _ in FEEDS.values())
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")
"""Languages whose pages stand in a folder of their own."""

Progress = Callable[[float], None] | None
Addresses = dict[str, str]
BATCH = 48
"""Addresses that are asked for in one go; those of a page in each language stand together."""


def site(
    registry: Registry, base_url: str | None = None, progress: Progress = None
) -> dict[str, bytes]:
    """Return the files of the site by name; with ``base_url`` there is a sitemap too."""
    on = clock.today()
    registry.index.answers_for(on)
    addresses = dict(_addresses(registry, on))
    app = create_app(registry, copied=True, base_url=base_url)
    if app.state.base:
        shared = pictures(registry) if find_spec(PNG_LIBRARY) else []
        addresses |= {name: f"/{name}" for name in ("sitemap.xml", *shared)}
    files = _answers(app, addresses, progress)
    described = of_files(json.loads(files["openapi.json"]), V1, files)
    files["openapi.json"] = json.dumps(described, separators=(",", ":")).encode()
    package = made(registry.export(), "datapackage").files
    files |= {f"data/{name}": content for name, content in package.items()}
    told = (
        f"Written by `visamap site` on {on} from the data of {registry.data.release} "
        f"({registry.data.digest}).\nA later run with --overwrite replaces the whole folder.\n"
    )
    return {**files, MARK: told.encode()}


def _addresses(registry: Registry, on: date) -> Iterator[tuple[str, str]]:
    """Yield the name of each file with the address that gives it."""
    yield "openapi.json", "/openapi.json"
    for language in ("", *(f"{one}/" for one in TRANSLATED)):
        yield f"{language}{LOST}", f"/{language}{LOST}"
    for name in FILES:
        yield name, f"/{name}"
    for name in ONCE:
        yield f"{V1}/{name}.json", f"/{V1}/{name}"
    for name in OF_ALL:
        yield f"{V1}/{name}.csv", f"/{V1}/{name}?format=csv"
    for code in registry.passports_asked():
        yield f"{V1}/outbound/{code}.json", f"/{V1}/outbound/{code}"
    for home in sorted(registry.index.destinations):
        view = registry.entering(home)
        within = "" if view is registry else f"to/{home}/"
        yield from _pages(view, on, within)
        yield from _answers_on(view, on, within)


def _pages(view: Registry, on: date, within: str) -> Iterator[tuple[str, str]]:
    """Yield all pages on a destination, each in every language, and each state of its map."""
    for page in listed(view, on, within):
        for language in ("", *(f"{one}/" for one in TRANSLATED)):
            name = f"{page}index.html" if page.endswith("/") or not page else page
            yield f"{language}{within}{name}", f"/{language}{within}{page}"
    for day in map_days(view):
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
    for name in OF_EACH:
        yield f"{folder}{name}.csv", f"/{V1}/{name}?format=csv&to={view.index.home}"
    for name, ids in named.items():
        for one in ids:
            yield f"{folder}{name}/{one}.json", f"/{V1}/{name}/{one}{to}"
    yield f"{folder}map.svg", f"/{V1}/map.svg{to}"
    years = range(first_day(view).year, on.year + 1)
    for day in {*(date(year, 1, 1) for year in years), CLOSED, on}:
        of_day = f"on={day}&to={view.index.home}"
        for form, address in (("svg", "map.svg"), ("json", "map")):
            yield f"{folder}map/{day}.{form}", f"/{V1}/{address}?{of_day}"


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
    with get_context("fork").Pool(many, _app.append, (app,)) as pool:
        yield partial(pool.imap, _taken)


_app: list[FastAPI] = []
"""The application in a copy of the process."""


def _taken(addresses: Addresses) -> dict[str, bytes]:
    return _batch(_app[0], addresses)


def _batch(app: FastAPI, addresses: Addresses) -> dict[str, bytes]:
    # In a thread of its own: who calls may run an event loop already, as a notebook does.
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(copy_context().run, asyncio.run, _asked(app, addresses)).result()


async def _asked(app: FastAPI, addresses: Addresses) -> dict[str, bytes]:
    files = {}
    for name, address in addresses.items():
        status, body = await ask(app, address)
        # The calendar is not there without its library; all the rest always is.
        if status == NOT_FOUND and name.endswith(NEWS):
            continue
        if status != (NOT_FOUND if name.endswith(LOST) else STATUS_OK):
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
        "headers": [(b"host", b"localhost"), (b"accept", b"text/html")],
        "server": ("localhost", 80),
    }
    await app(scope, receive, send)
    return status, b"".join(parts)

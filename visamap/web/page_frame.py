"""The frame of every page: templates, addresses that work from any sub-path, files with a digest.

A page asks no other host for anything, sets no cookie and carries no style or script of its own:
one style sheet, one script and one icon stand under ``static/``.
"""

from hashlib import sha256
from os.path import dirname, join
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from visamap.language import LANGUAGES, current, number, tr, trc, trn
from visamap.presenters.pictures.palette import stylesheet
from visamap.presenters.text import check_text, ranks_text
from visamap.presenters.text.agreement_in_full import ABOUT, EVENTS, RECIPROCAL, STATUSES
from visamap.presenters.words import remarks, sentences, stay_words, time_sentences, visa_words
from visamap.registry import Registry
from visamap.web import clock, page_days, page_words
from visamap.web.languages import Address, address_of

HERE = dirname(__file__)
KINDS = {
    "style.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
OWN_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
"""Each language as it calls itself."""
FOREVER = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=300"
READING = ["GET", "HEAD"]
OK = 200


class Frame:
    """What all pages of one release share."""

    def __init__(self, registry: Registry, *, copied: bool = False) -> None:
        """Read the files once; a page is then only filled in.

        A ``copied`` page stands in a file, where English has the bare addresses.
        """
        self.registry, self.copied = registry, copied
        self.files = {name: _file(name) for name in KINDS}
        self.digests = {
            name: sha256(content).hexdigest()[:12] for name, content in self.files.items()
        }
        self.templates = Environment(
            loader=FileSystemLoader(join(HERE, "templates")),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,  # what runs is of one release, whatever happens to its files
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.globals.update(
            tr=tr,
            trn=trn,
            trc=trc,
            trh=page_days.trh,
            say=sentences,
            remark=remarks.note,
            checks=check_text,
            counted=ranks_text.COUNTED,
            stays=stay_words,
            times=time_sentences,
            visas=visa_words,
            words=page_words,
            number=number,
            days=page_days,
            acts={
                "events": EVENTS,
                "about": ABOUT,
                "reciprocal": RECIPROCAL,
                "statuses": STATUSES,
            },
            own_names=OWN_NAMES,
            data=registry.data,
            digests=self.digests,
        )

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> Response:
        """Return a page filled in.

        ``root`` leads from its address to the first page of its language, ``home`` to the one
        without a language, where files and the API stand.
        """
        address = address_of(request.scope)
        root, home = ways(address)
        text = self.templates.get_template(name).render(
            root=root,
            home=home,
            language=current(),
            others=self._others(home, address, request.url.query) if status == OK else {},
            maps=f"{current()}/" if self.copied and current() != "en" else "",
            today=clock.today(),
            **values,
        )
        headers = {"Cache-Control": A_WHILE if status == OK else "no-store"}
        return HTMLResponse(text, status_code=status, headers=headers)

    def _others(self, home: str, address: Address, query: str) -> dict[str, str]:
        """Return the address of a page in each language, and under no name without one."""
        bare = address.rest.removeprefix("/") + (f"?{query}" if query else "")
        found: dict[str, str] = {one: f"{home}{one}/{bare}" for one in LANGUAGES}
        if self.copied:
            found["en"] = f"{home}{bare}"
        return {**found, "": f"{home}{bare}"}

    def nowhere(self, request: Request) -> Response:
        """Return the page for an address at which there is nothing."""
        said = tr("There is nothing at this address.")
        return self.page(request, "missing.html", 404, error=said, close=())

    def router(self) -> APIRouter:
        """Return the routes of the files; an address with the digest of its file keeps forever."""
        router = APIRouter(include_in_schema=False)

        @router.api_route("/static/{name}", methods=READING)
        def static(name: str, v: str = "") -> Response:
            if name not in self.files:
                return Response("There is no such file.\n", 404, media_type="text/plain")
            digest = self.digests[name]
            headers = {
                "Cache-Control": FOREVER if v == digest else A_WHILE,
                "ETag": f'"{digest}"',
            }
            return Response(self.files[name], media_type=KINDS[name], headers=headers)

        return router


def ways(address: Address) -> tuple[str, str]:
    """Return the ways from an address to the first page of its language, and of no language."""
    up = address.asked.count("/") - 1
    home = "../" * up or "./"
    if address.chosen is None:
        return home, home
    return "../" * (up - 1) or ("./" if up else f"{address.chosen}/"), home


def _file(name: str) -> bytes:
    with open(join(HERE, "static", name), encoding="utf-8") as file:
        text = file.read()
    return (f"{stylesheet()}\n{text}" if name == "style.css" else text).encode()

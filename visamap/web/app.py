"""The application: the pages for people and the API for programs, behind one door.

``uvicorn --factory visamap.web.app:create_app`` runs it on any server of that kind; the data is the
shipped one, or the file that ``VISAMAP_DATA`` names.
"""

import logging
import os

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from visamap.arguments import BASE_URL, as_site
from visamap.errors import VisamapError
from visamap.registry import Registry, load
from visamap.store.fetched_data import Stamp, stamp
from visamap.web import shared_data
from visamap.web.api import PREFIX, api
from visamap.web.frame import Frame
from visamap.web.languages import Languages
from visamap.web.middleware import ResponseCache, SecurityHeaders
from visamap.web.openapi import described
from visamap.web.page_table import pages
from visamap.web.problem_details import answer_with_problems

DATA = "VISAMAP_DATA"
log = logging.getLogger("visamap.web")


def create_app(
    registry: Registry | None = None, *, copied: bool = False, base_url: str | None = None
) -> FastAPI:
    """Return the application over an open registry, or over the data of the environment.

    Over the data of the environment, it goes over to what ``visamap update`` brings as it runs.
    What is to be ``copied`` into files leads to English at the bare addresses: a file server reads
    no ``Accept-Language``. ``base_url`` is where the site stands, else ``VISAMAP_BASE_URL``.
    """
    before = stamp()  # taken first, so that an update meanwhile is seen as one
    opened = registry or load(os.environ.get(DATA) or None)
    base = as_site(base_url or os.environ.get(BASE_URL) or None)
    frame = Frame(opened, copied=copied, base=base)
    app = FastAPI(docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.registry, app.state.base = opened, base
    app.include_router(api)
    app.include_router(shared_data.router(opened, base))
    app.include_router(pages(frame))
    answer_with_problems(app, frame.nowhere)
    app.openapi = described(app, PREFIX)  # type: ignore[method-assign]
    app.add_middleware(ResponseCache)
    app.add_middleware(SecurityHeaders)
    # Outside of what is kept, and of what is told of a fault.
    app.add_middleware(Languages, home=opened.index.profile)
    if registry is None:  # added last, so outermost
        app.add_middleware(Renewal, before=before)
    return app


class Renewal:
    """ASGI middleware before everything else: goes over to what ``visamap update`` brings.

    All that is kept hangs on one release (open tables, finished answers, parts of pages), so the
    whole application is made anew; a copy that two updates have cleared away is never read from
    again. Two looks at a file cost a request nothing.
    """

    def __init__(self, app: ASGIApp, before: Stamp) -> None:
        """Stand before ``app``, made when the pointers were as ``before``."""
        self.app, self._stamp = app, before

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on to the application of the data in force."""
        if scope["type"] == "http" and (now := stamp()) != self._stamp:
            self._stamp = now  # whatever comes of it: a request must not pay for it again
            try:
                self.app = create_app(load(os.environ.get(DATA) or None))
            except (VisamapError, OSError, ValueError):
                log.exception("The newer data could not be opened; the data before still answers.")
        await self.app(scope, receive, send)

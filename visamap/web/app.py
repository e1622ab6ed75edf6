"""The application: the pages for people and the API for programs, behind one door.

``uvicorn --factory visamap.web.app:create_app`` runs it on any server of that kind; the data is the
shipped one, or the file that ``VISAMAP_DATA`` names.
"""

import os
from importlib.util import find_spec

from fastapi import FastAPI

from visamap.registry import Registry, load
from visamap.web import feeds
from visamap.web.api import PREFIX, api
from visamap.web.description import described
from visamap.web.guard import Guard
from visamap.web.problems import answer_with_problems
from visamap.web.shelf import Shelf

DATA = "VISAMAP_DATA"
PAGES = "visamap.web.pages"


def create_app(registry: Registry | None = None) -> FastAPI:
    """Return the application over an open registry, or over the data of the environment."""
    opened = registry or load(os.environ.get(DATA) or None)
    app = FastAPI(docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.registry = opened
    app.include_router(api)
    app.include_router(feeds.router(opened))
    if find_spec(PAGES):
        from visamap.web.pages import pages  # noqa: PLC0415

        app.include_router(pages(opened))
    answer_with_problems(app)
    app.openapi = described(app, PREFIX)  # type: ignore[method-assign]
    app.add_middleware(Shelf)
    app.add_middleware(Guard)  # added last, so outermost
    return app

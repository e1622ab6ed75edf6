"""The way to the web from the command line; without the extra it says what to install."""

from importlib import import_module
from typing import Any

from visamap.errors import MissingExtraError

LIBRARIES = frozenset({"fastapi", "jinja2", "markupsafe", "starlette", "uvicorn"})


def library(name: str, wanted: str) -> Any:
    """Return the module ``name``; ``wanted`` says what needs it ("A server").

    Raises:
        MissingExtraError: a library of the extra ``web`` is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name not in LIBRARIES:
            raise
        raise MissingExtraError("web", wanted) from error

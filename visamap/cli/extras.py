"""The way from a command to the room of an extra; without the extra it says what to install."""

from importlib import import_module
from typing import Any

from visamap.errors import MissingExtraError

LIBRARIES = {
    "web": frozenset({"fastapi", "jinja2", "markupsafe", "starlette", "uvicorn"}),
    "mcp": frozenset({"anyio", "jsonschema", "mcp", "mcp_types", "starlette", "uvicorn"}),
}


def library(extra: str, name: str, wanted: str) -> Any:
    """Return the module ``name``; ``wanted`` says what needs it ("A server").

    Raises:
        MissingExtraError: a library of the ``extra`` is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in LIBRARIES[extra]:
            raise
        raise MissingExtraError(extra, wanted) from error

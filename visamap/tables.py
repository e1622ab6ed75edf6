"""Reads compiled tables from a folder: only files and JSON, for it is on the start-up path."""

import json
from os.path import dirname, isfile, join
from typing import TYPE_CHECKING

from visamap.index import Index, Tables

if TYPE_CHECKING:
    from collections.abc import Callable

PACKAGE = dirname(__file__)
SHIPPED = join(PACKAGE, "_compiled")
CHECKOUT = dirname(PACKAGE)
LAW = join(CHECKOUT, "data", "visa_regimes.yaml")


def in_checkout() -> bool:
    """Tell whether the package runs from its source checkout, where the data may change."""
    return isfile(LAW) and isfile(join(CHECKOUT, "pyproject.toml"))


def opened(folder: str, beside: str | None = None) -> Index:
    """Open the tables of a folder; all but the index are read when first asked for.

    A law file fetched alone takes what is no part of it from the folder ``beside``.

    Raises:
        OSError: the folder or its index is not there.
        ValueError: the index is not whole.
    """
    return Index(
        table(folder, "index"),
        _later(folder, "records"),
        _later(beside or folder, "names"),
        lambda name: table(beside or folder, name),
    )


def table(folder: str, name: str) -> Tables:
    """Read one table.

    Raises:
        OSError: it is not there.
        ValueError: it is not whole.
    """
    with open(join(folder, f"{name}.json"), "rb") as file:
        read: Tables = json.loads(file.read())
    return read


def _later(folder: str, name: str) -> "Callable[[], Tables]":
    return lambda: table(folder, name)

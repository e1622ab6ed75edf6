"""Reads compiled tables from a folder: only files and JSON, for it is on the start-up path."""

import json
from os.path import basename, dirname, isfile, join
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


def opened(folder: str) -> Index:
    """Open the tables of the package; all but the index are read when first asked for.

    Raises:
        OSError: the folder or its index is not there.
        ValueError: the index is not whole.
    """
    return Index(
        table(folder, "index"),
        _later(folder, "records"),
        _later(folder, "names"),
        lambda name: table(folder, name),
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


def kept(folder: str, name: str) -> Tables:
    """Read one table of a folder of the user's, where it is sealed.

    Raises:
        OSError: it is not there.
        ValueError: it is not as it was written.
    """
    from visamap.sealed import unsealed  # noqa: PLC0415  only who keeps data pays for it

    with open(join(folder, f"{name}.json"), "rb") as file:
        read: Tables = unsealed(file.read(), seal_name(folder, name))
    return read


def seal_name(folder: str, name: str) -> str:
    """Return what a table of a folder of the user's is sealed with."""
    return f"{basename(folder)}/{name}"


def _later(folder: str, name: str) -> "Callable[[], Tables]":
    return lambda: table(folder, name)

"""Where the compiled tables are kept, and how an index is opened from them.

An installed package carries its tables. A source checkout makes them anew when the data or the code
that lays it out has changed; a file named by the user is compiled once and kept in the user's cache
under its digest. Reading never needs pydantic or YAML; only making does.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from visamap.index import Index, Tables

if TYPE_CHECKING:
    from visamap.dataset.build import Built

PACKAGE = Path(__file__).parent
SHIPPED = PACKAGE / "_compiled"
CHECKOUT = PACKAGE.parent
LAW_FILE = "visa_regimes.yaml"
# What decides how the tables look, besides the data.
LAYOUT = ("compiled.py", "index.py", "dataset/compiler.py", "countries/catalogue.py")


def open_index(data: Path | None = None) -> Index:
    """Open the shipped data, or the data file that the user named.

    Raises:
        MissingFileError: the named file is not there.
        BrokenDataError: the data has problems; the error lists them.
    """
    if data is not None:
        return _named(data)
    if in_checkout():
        renew()
    return _opened(SHIPPED)


def in_checkout() -> bool:
    """Tell whether the package runs from its source checkout, where the data may change."""
    return (CHECKOUT / "data" / LAW_FILE).is_file() and (CHECKOUT / "pyproject.toml").is_file()


def write(built: "Built", folder: Path, stamp: str = "") -> None:
    """Write the tables into ``folder``, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    # The index goes last: it carries the stamp that says the others are in place.
    for name, table in (
        ("names", built.names),
        ("records", built.records),
        ("index", {**built.tables, "stamp": stamp}),
    ):
        packed = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
        replace_file(folder / f"{name}.json", packed)


def replace_file(path: Path, text: str) -> None:
    """Write a text to a temporary file beside ``path`` and rename it into place."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _opened(folder: Path) -> Index:
    return Index(_table(folder / "index.json"), _later(folder, "records"), _later(folder, "names"))


def _later(folder: Path, name: str) -> Callable[[], Tables]:
    return lambda: _table(folder / f"{name}.json")


def _table(path: Path) -> Tables:
    # Bytes: json decodes UTF-8 itself, faster than a text file does.
    table: Tables = json.loads(path.read_bytes())
    return table


def renew() -> None:
    """Make the tables of a source checkout anew if the data or its layout changed.

    Raises:
        BrokenDataError: the data has problems; the error lists them.
    """
    data = CHECKOUT / "data"
    stamp = _stamp([*sorted(data.glob("*.yaml")), *(PACKAGE / name for name in LAYOUT)])
    try:
        if _table(SHIPPED / "index.json")["stamp"] == stamp:
            return
    except (OSError, ValueError, KeyError):
        pass  # absent or half written by an older version: made anew below
    from visamap.dataset.build import build  # noqa: PLC0415  only a change of the data pays for it

    write(build(data / LAW_FILE, data), SHIPPED, stamp)


def _named(path: Path) -> Index:
    from visamap.dataset.files import digest_of, files_of  # noqa: PLC0415  light, and only here

    shipped = open_index()
    digest = digest_of(files_of(path))
    layout = _stamp(PACKAGE / name for name in LAYOUT)
    folder = cache_folder() / f"{digest.partition(':')[2][:32]}-{layout[:8]}"
    try:
        return _with_names(_opened(folder), shipped)
    except (OSError, ValueError, KeyError):
        pass  # not compiled yet, or the cache was damaged
    from visamap.dataset.build import build_with  # noqa: PLC0415

    built = build_with(path, shipped.tables)
    with suppress(OSError):  # no place to keep it: the answer does not depend on the cache
        write(built, folder)
    return _with_names(Index(built.tables, lambda: built.records), shipped)


def _with_names(index: Index, shipped: Index) -> Index:
    return Index(index.tables, lambda: index.records, lambda: shipped.names)


def cache_folder() -> Path:
    """Return the user's cache folder for compiled data."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "visamap"


def _stamp(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()

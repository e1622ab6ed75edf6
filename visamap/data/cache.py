"""Makes compiled tables and keeps them: in a source checkout's package, in the user's cache.

Every file is replaced as a whole: a reader sees the old or the new.
"""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from visamap.data.text import digest_of, files_of, folder_of, named_file, shipped_files
from visamap.errors import OutputError
from visamap.store.copies import home
from visamap.store.index import Index
from visamap.store.record_file import Records, packed
from visamap.store.tables import (
    CHECKOUT,
    LAW,
    PACKAGE,
    RECORDS,
    SHIPPED,
    records_in,
    records_of,
    seal_name,
    sealed_text,
    whole,
)
from visamap.writing import write_file

if TYPE_CHECKING:
    from visamap.data.build import Built

# The rooms whose code decides what compiles, and to what: a rule that became stricter counts too.
DECIDING = ("", "data", "domain", "schema", "store")


def renew() -> None:
    """Make the tables of a source checkout anew if the data or its layout changed.

    Raises:
        BrokenDataError: the data has problems; the error lists them.
        OutputError: the checkout cannot be written.
    """
    data = Path(LAW).parent
    stamp = digest_of([*shipped_files(data), *_code()], Path(CHECKOUT))
    with suppress(OSError, ValueError, KeyError):  # absent, or of an older version
        if records_in(SHIPPED).head["stamp"] == stamp:
            return
    from visamap.data.build import build  # noqa: PLC0415  only a change of the data pays for it

    try:
        write(build(Path(LAW), data), Path(SHIPPED), stamp)
    except OSError as error:
        raise OutputError(SHIPPED, error.strerror or str(error)) from error


def named(data: str | Path, shipped: Index) -> Index:
    """Open a data file of the user's own, compiled now or kept from an earlier time.

    Raises:
        MissingFileError: it is not there.
        BrokenDataError: it has problems; the error lists them.
    """
    path = named_file(data)
    digest = digest_of(files_of(path), folder_of(path))
    # What it became depends on the countries of the shipped data and on our code, too.
    made_by = f"{shipped.data.digest} {digest_of(_code(), Path(CHECKOUT))}"
    stamp = hashlib.sha256(made_by.encode()).hexdigest()
    folder = cache_folder() / f"{digest.partition(':')[2][:32]}-{stamp[:16]}"

    try:
        return shipped.beside(whole(str(folder)))
    except (OSError, ValueError):  # not compiled yet, or the cache was damaged
        from visamap.data.build import build_with  # noqa: PLC0415  only then it is compiled

        built = build_with(path, shipped.tables)
    if built.digest == digest:  # it may have changed a moment ago
        # No place to keep it: the answer does not depend on the cache.
        with suppress(OSError, OutputError):
            keep(built, folder)
    return shipped.beside(Records(packed(built.records, digest=built.digest)))


def keep(built: "Built", folder: Path) -> None:
    """Keep the records of a user's file, sealed, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    write_file(folder / RECORDS, sealed_records(built, folder), durable=False)


def sealed_records(built: "Built", folder: Path) -> bytes:
    """Return records as a folder of the user's keeps them."""
    packing = packed(built.records, digest=built.digest)
    return sealed_text(packing, seal_name(str(folder), RECORDS))


def write(built: "Built", folder: Path, stamp: str = "") -> None:
    """Write the tables of the package into ``folder``, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for destination, records in built.others.items():
        content = packed(records, digest=built.digest, stamp=stamp)
        write_file(folder / records_of(destination), content, durable=False)
    for name, made in built.tables.items():
        text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
        write_file(folder / f"{name}.json", text.encode(), durable=False)
    # The records go last: they carry the stamp that says the others are in place.
    content = packed(built.records, digest=built.digest, stamp=stamp)
    write_file(folder / RECORDS, content, durable=False)


def cache_folder() -> Path:
    """Return the user's cache folder for compiled data."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    # Without a home it lies where nothing can be, and nothing is kept.
    return Path(base or os.path.join(home() or os.devnull, ".cache")) / "visamap"


def _code() -> list[Path]:
    return sorted(path for room in DECIDING for path in Path(PACKAGE, room).glob("*.py"))

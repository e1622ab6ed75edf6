"""Makes compiled tables and keeps them: in a source checkout's package, in the user's cache.

Every file is replaced as a whole: a reader sees the old or the new.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from os.path import basename
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from visamap.data.text import (
    REGION_FILE,
    digest_of,
    files_of,
    folder_of,
    law_files,
    mobility_files,
    named_file,
    shipped_files,
)
from visamap.errors import OutputError
from visamap.store.fetched_data import home
from visamap.store.index import Index, Tables
from visamap.store.record_file import Records, packed
from visamap.store.tables import (
    CHECKOUT,
    DECIDING,
    LAW,
    PACKAGE,
    RECORDS,
    SHIPPED,
    STATE,
    records_in,
    records_of,
    seal_name,
    sealed_text,
    source_state,
    whole,
    whole_others,
    whole_tables,
)
from visamap.writing import write_file

if TYPE_CHECKING:
    from visamap.data.build import Built

ROWS = ("ranks", "outbound")
"""The tables that the bulk rows of a folder become."""


def renew() -> None:
    """Make the tables of a source checkout anew if the data or its layout changed."""
    state = source_state()  # read first: what is written from here on is seen at the next start
    data = Path(LAW).parent
    stamp = digest_of([*shipped_files(data), *_code()], Path(CHECKOUT))
    with suppress(OSError, ValueError, KeyError):  # absent, or of an older version
        if records_in(SHIPPED).head["stamp"] == stamp:
            with suppress(OSError, OutputError):  # the state only saves time
                _write({basename(STATE): state.encode()}, Path(SHIPPED))
            return
    from visamap.data.build import build  # noqa: PLC0415  only a change of the data pays for it

    try:
        # The records go last: they carry the stamp that says the others are in place.
        tables = _files(build(data), stamp)
        _write({**tables, basename(STATE): state.encode()}, Path(SHIPPED))
    except OSError as error:
        raise OutputError(SHIPPED, error.strerror or str(error)) from error


def named(data: str | Path, shipped: Index) -> Index:
    """Open a data file or folder of the user's own, compiled now or kept from an earlier time.

    A file takes the place of its destination; a folder alone says which destinations there are.
    """
    path = named_file(data)
    records, others, tables = laid_out(path, shipped)
    if not path.is_dir():
        return shipped.beside(records)
    home = records["meta"]["home"]
    # What is its own and a file does not tell is told by the shipped one.
    own = {home: shipped.others[home]} if home in shipped.others else {}
    return Index(
        records,
        shipped.tables,
        lambda: shipped.names,
        lambda name: tables.get(name) or shipped.apart(name),
        {**own, **others},
    )


class LaidOut(NamedTuple):
    """What a file or folder became: of a folder also its other destinations, and its bulk rows."""

    records: Records
    others: dict[str, Callable[[], Records]]
    tables: dict[str, Tables]


def laid_out(path: Path, shipped: Index) -> LaidOut:
    """Lay a file or folder out, or find it laid out at an earlier time."""
    digest = digest_of(files_of(path), folder_of(path))
    # What it became depends on the countries of the shipped data and on our code, too.
    made_by = f"{shipped.data.digest} {digest_of(_code(), Path(CHECKOUT))}"
    stamp = hashlib.sha256(made_by.encode()).hexdigest()
    folder = cache_folder() / f"{digest.partition(':')[2][:32]}-{stamp[:16]}"

    homes = [law.stem.upper() for law in law_files(path)[1:]] if path.is_dir() else []
    bulk = [*ROWS] if path.is_dir() and mobility_files(path) else []
    bulk += ["region"] if path.is_dir() and (path / REGION_FILE).is_file() else []
    try:
        others = whole_others(str(folder), homes)
        return LaidOut(whole(str(folder)), others, whole_tables(str(folder), bulk))
    except (OSError, ValueError):  # not compiled yet, or the cache was damaged
        from visamap.data.build import build_with  # noqa: PLC0415  only then it is compiled

        built = build_with(path, shipped.tables)
    if built.digest == digest:  # it may have changed a moment ago
        # No place to keep it: the answer does not depend on the cache.
        with suppress(OSError, OutputError):
            _write(sealed_files(built, folder), folder)
    files = _files(built)
    others = {home: Records(files[records_of(home)]).itself for home in built.others}
    return LaidOut(Records(files[RECORDS]), others, built.tables)


def sealed_files(built: "Built", folder: Path) -> dict[str, bytes]:
    """Return a release as a folder of the user's keeps it, by the names of files."""
    named = str(folder)
    return {name: sealed_text(text, seal_name(named, name)) for name, text in _files(built).items()}


def _files(built: "Built", stamp: str = "") -> dict[str, bytes]:
    """Return tables and records by the names of files, those of the first destination last."""
    said = {"digest": built.digest, **({"stamp": stamp} if stamp else {})}
    files = {}
    for name, table in built.tables.items():
        text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
        files[f"{name}.json"] = text.encode()
    for code, records in built.others.items():
        files[records_of(code)] = packed(records, **said)
    files[RECORDS] = packed(built.records, **said)
    return files


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_file(folder / name, content, durable=False)


def cache_folder() -> Path:
    """Return the user's cache folder for compiled data."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    # Without a home it lies where nothing can be, and nothing is kept.
    return Path(base or os.path.join(home() or os.devnull, ".cache")) / "visamap"


def _code() -> list[Path]:
    return sorted(path for room in DECIDING for path in Path(PACKAGE, room).glob("*.py"))

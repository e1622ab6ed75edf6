"""Files of JSON: those that the package carries, and those in the user's folders, with a seal.

Disks fail, programs write where they should not, and a changed digit is still JSON. The seal behind
a user's file is a checksum of the text and of the name that the file was written under, so that a
file that took another's place is found too. It guards against accidents; who may write in the
user's folders may do as they please. What is not there is an ``OSError``, what is no longer as it
was written a ``ValueError``. On the start-up path of who has fetched data, so it imports next to
nothing.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from os import scandir
from os.path import basename, dirname, isfile, join
from typing import Any

from visamap.store.index import Index, Tables
from visamap.store.record_file import Records
from visamap.vocabulary import DESTINATIONS

LENGTH = 9
"""Of a seal: the end of the line before it, eight digits."""


def sealed(value: Any, name: str, indent: int | None = None) -> bytes:
    """Return a value as sealed JSON, to be kept under ``name``."""
    separators = (",", ": " if indent else ":")
    text = json.dumps(value, ensure_ascii=False, separators=separators, indent=indent)
    return sealed_text(text.encode(), name)


def sealed_text(text: bytes, name: str) -> bytes:
    """Return a text with its seal, to be kept under ``name``."""
    return text + _seal(text, name)


def unsealed(content: bytes, name: str) -> Any:
    """Return the value of sealed JSON that was kept under ``name``."""
    return json.loads(_text(content, name))


def _text(content: bytes, name: str) -> bytes:
    text, seal = content[:-LENGTH], content[-LENGTH:]
    if seal != _seal(text, name):
        raise ValueError(name)
    return text


def _seal(text: bytes, name: str) -> bytes:
    from zlib import crc32  # noqa: PLC0415  what is shipped has no seal

    return b"\n%08x" % crc32(text, crc32(name.encode()))


PACKAGE = dirname(dirname(__file__))
SHIPPED = join(PACKAGE, "_compiled")
RECORDS = "records.json"
CHECKOUT = dirname(PACKAGE)
LAW = join(CHECKOUT, "data", "visa_regimes.yaml")
# The rooms whose code decides what compiles, and to what: a rule that became stricter counts too.
DECIDING = ("", "data", "domain", "schema", "store")
STATE = join(SHIPPED, "state.txt")
"""What a checkout's tables were compiled from: as ``source_state`` returned it."""


def in_checkout() -> bool:
    """Tell whether the package runs from its source checkout, where the data may change."""
    return isfile(LAW) and isfile(join(CHECKOUT, "pyproject.toml"))


def source_state() -> str:
    """Return path, time of change (ns) and size (bytes) of each source file, a line each.

    Sources are the data files and the code that compiles them. Reading the times takes a
    millisecond where hashing the contents takes thirty.
    """
    data = dirname(LAW)
    folders = [data, join(data, "regimes"), join(data, "mobility")]
    folders += [join(PACKAGE, room) for room in DECIDING]
    lines = []
    for folder in folders:
        with scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith((".yaml", ".csv", ".txt", ".py")):
                    status = entry.stat()
                    lines.append(f"{entry.path} {status.st_mtime_ns} {status.st_size}\n")
    return "".join(sorted(lines))


def tables_are_current() -> bool:
    """Tell whether no source file was written since a checkout's tables were compiled."""
    with suppress(OSError, ValueError), open(STATE, encoding="utf-8") as file:
        return file.read() == source_state()
    return False


def records_of(home: str) -> str:
    """Return the file that holds the records of another destination than the first."""
    return f"{home}.json"


def others(folder: str) -> dict[str, Callable[[], Records]]:
    """Return what opens the records of each destination that the package carries."""
    names = (RECORDS, *map(records_of, DESTINATIONS[1:]))
    return {
        home: partial(records_in, folder, name)
        for home, name in zip(DESTINATIONS, names, strict=True)
    }


def opened(folder: str) -> Index:
    """Open what the package carries; all but records and countries is read when first asked for."""
    return Index(
        records_in(folder),
        table(folder, "countries"),
        lambda: table(folder, "names"),
        lambda name: table(folder, name),
        others(folder),
    )


def records_in(folder: str, name: str = RECORDS) -> Records:
    """Open the records of the package."""
    return Records(_read(folder, name))


def table(folder: str, name: str) -> Tables:
    """Read one table."""
    read: Tables = json.loads(_read(folder, f"{name}.json"))
    return read


def whole(folder: str, name: str = RECORDS) -> Records:
    """Read records of a folder of the user's, where they are sealed."""
    return Records(_text(_read(folder, name), seal_name(folder, name)))


def whole_others(folder: str, homes: Iterable[str]) -> dict[str, Callable[[], Records]]:
    """Read the records of other destinations in such a folder, as ``Index`` takes them."""
    read = {home: whole(folder, records_of(home)) for home in homes}
    return {home: records.itself for home, records in read.items()}


def whole_tables(folder: str, names: Iterable[str]) -> dict[str, Tables]:
    """Read tables in such a folder."""
    files = {name: f"{name}.json" for name in names}
    return {
        name: unsealed(_read(folder, file), seal_name(folder, file)) for name, file in files.items()
    }


def seal_name(folder: str, name: str) -> str:
    """Return what a file in a folder of the user's is sealed with."""
    return f"{basename(folder)}/{name}"


def _read(folder: str, name: str) -> bytes:
    with open(join(folder, name), "rb") as file:
        return file.read()

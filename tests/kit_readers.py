"""The readers of what strangers write, each as one function from an input to what came of it.

A clear error is an outcome as good as an answer; anything else that is raised is a fault. Run as a
program, it feeds the monsters of some readers to them, each in a process of its own, and prints for
each its reader, name and size, the CPU seconds, the bytes above those of the same process before,
and the outcome.
"""

import asyncio
import io
import json
import os
import resource
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from kit_monsters import WRITTEN
from kit_monsters_asked import ASKED

import visamap
from visamap.errors import VisamapError
from visamap.registry.asking import ask, releases

MONSTERS = {**WRITTEN, **ASKED}
URL = "https://example.org/m.csv"
DAY = "2026-01-01"
ORDERS = {*map(chr, (*range(9), *range(11, 32), *range(127, 160))), *"\u061c\u200e\u200f"}
ORDERS |= {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
"""Characters that a terminal obeys, by themselves or as the start of an order."""
LONGEST_OUTCOME = 300
RUNAWAY_SECONDS, RUNAWAY_BYTES = 8, 3 << 30
"""What a monster may take before the system ends it, so that the rest is measured too."""
KILOBYTE = 1 if sys.platform == "darwin" else 1024


@cache
def registry():
    return visamap.load()


@cache
def app():
    from visamap.web.app import create_app  # noqa: PLC0415  an extra

    return create_app(registry())


@cache
def scratch():
    return Path(tempfile.mkdtemp(prefix="visamap-abuse-"))


def stored(name, content):
    path = scratch() / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


RELEASE = {
    "schema": 1,
    "data": {"release": "2026-01-01", "digest": "sha256:1"},
    "countries": [{"code": "THA", "name_en": "Thailand"}],
    "rules": [{
        "nationality": "THA", "passport": "ordinary", "verdict": "visa_free", "max_stay_days": 30,
        "first_day": "2020-01-01", "last_day": "9999-12-31",
    }],
    "dataset": {"regimes": [{"id": "a", "limits": []}], "meta": {"title": "x"}},
}  # fmt: skip
"""A small release that is right, as a place to start from."""


def shown(answer, *forms):
    """Return an answer in some forms, or in every one; no order may reach the terminal."""
    from visamap.cli.output import show  # noqa: PLC0415
    from visamap.cli.shared import FORMATS  # noqa: PLC0415

    told = io.StringIO()
    with redirect_stdout(told), redirect_stderr(told):
        for form in forms or FORMATS:
            show(answer, form)
    said = told.getvalue()
    assert ORDERS.isdisjoint(said), ORDERS & set(said)
    return said


PAGES = [
    ("/", "map=2026-01-01"),
    ("/nationality/THA/", "on=2026-01-01&days=30"),
    ("/stay/", "nationality=THA&trips=2025-12-01/2025-12-20&on=2026-01-01"),
    ("/agreement/kaz-tha-2020/", ""),
    ("/feed.atom", ""),
    ("/api/v1/map.svg", "on=2026-01-01"),
]


def pages(answers):
    """What a browser is shown of some data; a 500 is a fault."""
    from visamap.web.app import create_app  # noqa: PLC0415  an extra

    made = create_app(answers)
    for path, query in PAGES:
        got = asyncio.run(answered(path, query, of=made))
        assert got["status"] in {200, 307, 400, 404}, (path, got)


def validate(content):
    """``visamap validate``: every problem, shown."""
    from visamap.data.inspection import inspected  # noqa: PLC0415  pydantic
    from visamap.render import problems as present  # noqa: PLC0415

    found = inspected(stored("law.yaml", content))
    return [*found.problems[:1], *found.problems[-1:], len(present.inspections([found], "text"))]


def data(content):
    """``--data FILE``: compiled, kept and asked."""
    return visamap.load(stored("law.yaml", content)).check("THA", on=DAY).verdict


def rows(content):
    """A file of rows beside the law."""
    from visamap.data.side_tables import read_rows  # noqa: PLC0415
    from visamap.schema.mobility import Observation  # noqa: PLC0415

    found = read_rows(stored("rows.csv", content), Observation, lambda row: row.passport)
    return len(found.problems), found.problems[-1:]


def matrix(content):
    """What ``visamap update`` fetches."""
    from visamap.update.matrix import read_matrix  # noqa: PLC0415

    content = content if isinstance(content, bytes) else content.encode()
    return len(read_matrix(content, registry().index.tables, URL, 199))


def release(content, *forms):
    """``visamap diff --releases``: an earlier file and this one, compared and shown."""
    early, late = stored("early.json", json.dumps(RELEASE)), stored("release.json", content)
    return len(shown(releases(registry(), early, late), *(forms or ["text"])))


def trips(content):
    """``visamap stay --trips FILE``."""
    from visamap.cli.trips_file import read  # noqa: PLC0415

    given = read(str(stored("trips", content)))
    answer = ask(registry(), "stay", nationality="THA", on=DAY, trips=given)
    return len(shown(answer, "text", "csv"))


def names(content):
    """Names of countries, one in a line."""
    return [outcome(registry().resolve, line) for line in content.split("\n")[:20]]


def api(asked):
    """An address, its query and headers, as a server hands them on; a 500 is a fault."""
    got = asyncio.run(answered(*asked))
    if got["status"] >= 500:
        raise AssertionError(got["body"])
    return got["status"], len(got["body"]), got["body"][:100]


async def answered(path, query="", headers=(), of=None):
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query if isinstance(query, bytes) else query.encode(),
        "root_path": "",
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    got = {"body": b""}

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        got["body"] += message.get("body", b"")
        got.update({name: message[name] for name in ("status", "headers") if name in message})

    await (of or app())(scope, receive, send)
    return got


def tool(asked):
    """A call of an assistant: a tool and its arguments."""
    from visamap.mcp.tools import TOOLS, read  # noqa: PLC0415  of an extra

    name, arguments = asked
    given = read(TOOLS[name], arguments)
    for beside in ("lang", "limit"):
        given.pop(beside, None)
    if TOOLS[name].today:
        given.setdefault(TOOLS[name].today, date.fromisoformat(DAY))
    return len(ask(registry(), name, **given).items)


READERS = {
    "validate": validate,
    "data": data,
    "rows": rows,
    "matrix": matrix,
    "release": release,
    "trips": trips,
    "names": names,
    "api": api,
    "tool": tool,
}


def size_of(content):
    """Return the bytes of an input, those of all its parts if it has several, however deep."""
    size, left = 0, [content]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            left += [*one, *one.values()]
        elif isinstance(one, list | tuple):
            left += one
        else:
            size += len(one if isinstance(one, bytes) else str(one).encode())
    return size


EXTRAS = {"api": ("web", "fastapi"), "tool": ("mcp", "mcp")}
"""Readers of an optional extra, and a library that shows whether it is installed."""

USUAL = {"api": [("/", ""), ("/stay/", "nationality=THA&trips=x"), ("/nationality/THA/", "days=1")]}
"""What else a reader is asked before its monsters: pages, which are drawn by much else."""


def unless_installed(reader):
    """Return the mark of a test that cannot run without the extra of a reader."""
    extra, library = EXTRAS.get(reader, (None, "visamap"))
    reason = f"{library} is not installed: pip install 'visamap[{extra}]'"
    return pytest.mark.skipif(find_spec(library) is None, reason=reason)


def outcome(read, content):
    """Return what came of an input, short; only a fault is raised."""
    try:
        said = repr(read(content))
    except VisamapError as error:
        said = f"{type(error).__name__} of {len(str(error))} characters: {error}"
    return said[:LONGEST_OUTCOME]


def measured(read, content):
    """Read an input in a child of this process; return seconds, bytes, the outcome."""
    back, told = os.pipe()
    child = os.fork()
    if child == 0:
        _report(told, read, content)
    os.close(told)
    with os.fdopen(back, "rb") as pipe:
        report = pipe.read()
    _, status = os.waitpid(child, 0)
    return json.loads(report) if report else [None, None, f"ended by signal {status & 127}"]


def _report(told, read, content):
    resource.setrlimit(resource.RLIMIT_CPU, (RUNAWAY_SECONDS, RUNAWAY_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (RUNAWAY_BYTES, RUNAWAY_BYTES))
    before, begun = _peak(), time.process_time()
    try:
        said = outcome(read, content)
    except BaseException as error:  # noqa: BLE001  told to the parent
        said = f"FAULT {type(error).__name__}: {str(error)[:LONGEST_OUTCOME]}"
    spent = [time.process_time() - begun, _peak() - before]
    os.write(told, json.dumps([*spent, said]).encode())
    os._exit(0)


def _peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTE


def main(*readers):
    for reader in readers:
        read, monsters = READERS[reader], MONSTERS[reader]
        for usual in [monsters["nothing"](), *USUAL.get(reader, ())]:
            outcome(read, usual)  # what is imported and opened once is nobody's fault
        for name, made in monsters.items():
            content = made()
            report = [reader, name, size_of(content), *measured(read, content)]
            print(json.dumps(report), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])

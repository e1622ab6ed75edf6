"""The benchmarks themselves; runs inside the environment that ``run.py`` made."""

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

BIN = Path(sys.executable).parent
VISAMAP = str(BIN / "visamap")
DATA = Path(os.environ["BENCH_DATA"])
ROUNDS = 25


class Ratio(NamedTuple):
    """One line of the table: ours over theirs, and what the design allows."""

    name: str
    ours_ms: float
    theirs_ms: float
    at_most: float

    @property
    def value(self) -> float:
        """Return how many times theirs ours takes."""
        return self.ours_ms / self.theirs_ms


def wall(*command: str) -> Callable[[], float]:
    """Return a measure of a whole process, in milliseconds."""

    def once() -> float:
        start = time.perf_counter()
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        return (time.perf_counter() - start) * 1000

    return once


def inside(work: Callable[[], object], times: int) -> Callable[[], float]:
    """Return a measure of one call in this process, in milliseconds."""

    def once() -> float:
        start = time.perf_counter()
        for _ in range(times):
            work()
        return (time.perf_counter() - start) * 1000 / times

    return once


def paired(
    name: str, ours: Callable[[], float], theirs: Callable[[], float], at_most: float
) -> Ratio:
    """Measure both in turn and compare their medians."""
    ours(), theirs()  # caches warm, bytecode written
    pairs = [(ours(), theirs()) for _ in range(ROUNDS)]
    return Ratio(name, median(a for a, _ in pairs), median(b for _, b in pairs), at_most)


def check_command() -> Ratio:
    """``visamap check THA`` against importing click."""
    bare = wall(sys.executable, "-c", "import click")
    return paired("visamap check THA / import click", wall(VISAMAP, "check", "THA"), bare, 1.5)


def check_everywhere() -> Ratio:
    """``visamap check THA --to all`` against importing click."""
    bare = wall(sys.executable, "-c", "import click")
    command = wall(VISAMAP, "check", "THA", "--to", "all")
    return paired("visamap check THA --to all / import click", command, bare, 1.8)


def trip_of_five_legs() -> Ratio:
    """``visamap trip`` with five legs, two of which are too long, against ``visamap check``."""
    legs = (
        "KAZ:2027-05-01/2027-05-12",
        "UZB:2027-05-12/2027-06-20",
        "KAZ:2027-06-20/2027-07-01",
        "UZB:2027-07-01/2027-07-05",
        "KAZ:2027-07-05/2027-08-10",
    )
    command = wall(VISAMAP, "trip", "DEU", *legs)
    return paired(
        "visamap trip DEU, five legs / check DEU", command, wall(VISAMAP, "check", "DEU"), 1.5
    )


def help_command() -> Ratio:
    """``visamap --help`` against importing click."""
    bare = wall(sys.executable, "-c", "import click")
    return paired("visamap --help / import click", wall(VISAMAP, "--help"), bare, 1.3)


def check_in_kazakh() -> Ratio:
    """``visamap check THA --lang kk`` against the same in English."""
    kazakh = wall(VISAMAP, "check", "THA", "--lang", "kk")
    english = wall(VISAMAP, "check", "THA", "--lang", "en")
    return paired("visamap check THA --lang kk / --lang en", kazakh, english, 1.1)


def check_warm() -> Ratio:
    """A warm ``registry.check`` against a pandas filter on a table of 199 x 199 pairs."""
    import pandas as pd  # noqa: PLC0415  only this benchmark needs it

    import visamap  # noqa: PLC0415

    registry = visamap.load()
    codes = sorted(code for code in registry.index.tables["countries"])[:199]
    pairs = [(a, b, "visa free") for a in codes for b in codes]
    frame = pd.DataFrame(pairs, columns=["passport", "destination", "requirement"])
    frame = frame.astype("string[pyarrow]")
    days = [f"20{n:02d}-06-01" for n in range(14, 27)]
    chance = random.Random(1)  # noqa: S311  the same questions in every run
    asked = iter([(chance.choice(codes), chance.choice(days)) for _ in range(200_000)])
    for code in codes:
        for on in days:
            registry.check(code, on=on)

    def ours() -> object:
        code, on = next(asked)
        return registry.check(code, on=on)

    def theirs() -> object:
        code, _ = next(asked)
        return frame[(frame["passport"] == code) & (frame["destination"] == "KAZ")]

    name = "registry.check warm / pandas filter of 39,601 rows"
    return paired(name, inside(ours, 2000), inside(theirs, 5), 1 / 30)


def ten_years_of_trips() -> list[str]:
    """Return 200 trips over ten years, one every eighteen days, up to twelve days long."""
    chance = random.Random(1)  # noqa: S311  the same trips in every run
    entries = [date(2016, 11, 1) + timedelta(18 * n) for n in range(200)]
    return [f"{entry}/{entry + timedelta(chance.randrange(12))}" for entry in entries]


def stay_command() -> Ratio:
    """``visamap stay`` with 200 trips from a file against ``visamap check``."""
    rows = "\n".join(["entry,exit", *(trip.replace("/", ",") for trip in ten_years_of_trips())])
    with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as file:
        file.write(rows)
    ours = wall(VISAMAP, "stay", "THA", "--trips", file.name)
    name = "visamap stay THA, 200 trips / visamap check THA"
    return paired(name, ours, wall(VISAMAP, "check", "THA"), 1.5)


def stay_inside() -> Ratio:
    """``registry.stay`` with 200 trips, in process, against five milliseconds."""
    import visamap  # noqa: PLC0415

    registry, trips = visamap.load(), ten_years_of_trips()
    codes = iter(["THA", "RUS", "KOR", "ALB", "IND", "UKR", "TUR", "USA"] * 1000)

    def ours() -> object:
        return registry.stay(next(codes), on="2026-11-24", trips=trips)

    return paired("registry.stay, 200 trips / 5 ms", inside(ours, 16), lambda: 5.0, 1)


def load_cold() -> Ratio:
    """``load()`` against reading the same file as JSON, each in a fresh process, inner time."""
    import visamap  # noqa: PLC0415

    shipped = Path(visamap.__file__).parent / "_compiled" / "records.json"
    timer = "import time; start = time.perf_counter(); {}; print((time.perf_counter() - start))"
    ours = timer.format("visamap.load()")
    theirs = timer.format(f"json.loads(open({str(shipped)!r}, 'rb').read())")
    return paired(
        "load() cold / json.loads of the same file",
        _inner("import visamap, visamap.registry", ours),
        _inner("import json", theirs),
        3,
    )


def _inner(before: str, timed: str) -> Callable[[], float]:
    def once() -> float:
        command = [sys.executable, "-c", f"{before}\n{timed}"]
        return float(subprocess.run(command, check=True, capture_output=True).stdout) * 1000

    return once


def validate_command() -> Ratio:
    """``visamap validate`` of the shipped data against loading the same YAML, as processes."""
    law, sources = DATA / "visa_regimes.yaml", DATA / "sources.yaml"
    rows = sorted((DATA / "mobility").glob("*.yaml"))
    files = [str(law), str(sources), *map(str, rows)]
    bare = (
        "import yaml\n"
        f"for name in {files!r}:\n"
        "    yaml.load(open(name, encoding='utf-8').read(), yaml.CSafeLoader)"
    )
    return paired(
        "visamap validate / yaml.load with the C loader",
        wall(VISAMAP, "validate", str(law)),
        wall(sys.executable, "-c", bare),
        4,
    )


def update_matrix() -> Ratio:
    """Reading a matrix of 199 x 199 pairs and ranking it under each formula.

    Against ``csv.reader`` going through the same bytes and keeping nothing.
    """
    import visamap  # noqa: PLC0415
    from visamap.domain.ranks import ranked  # noqa: PLC0415
    from visamap.update.matrix import STATES, read_matrix  # noqa: PLC0415
    from visamap.vocabulary import FORMULAS  # noqa: PLC0415

    tables = visamap.load().index.tables
    states = [code for code, row in tables["countries"].items() if row[3] == "state"]
    territories = [code for code, row in tables["countries"].items() if row[3] == "territory"]
    codes = [*states, *territories][:STATES]
    chance = random.Random(1)  # noqa: S311  the same matrix in every run
    words = ["visa required"] * 6 + ["e-visa"] * 4 + ["90"] * 4 + ["visa on arrival"] * 3
    words += ["30", "visa free", "eta"]
    rows = (f"{a},{b},{chance.choice(words) if a != b else '-1'}\n" for a in codes for b in codes)
    content = f"Passport,Destination,Requirement\n{''.join(rows)}".encode()

    def ours() -> object:
        pairs = read_matrix(content, tables, "matrix.csv", STATES)
        return [ranked(pairs, formula, "dense") for formula in FORMULAS]

    def theirs() -> object:
        return deque(csv.reader(content.decode().splitlines()), maxlen=0)

    return paired(
        "reading and ranking the matrix / csv.reader", inside(ours, 3), inside(theirs, 3), 5
    )


def world_map() -> Ratio:
    """The world map, judged and drawn, against the 50 ms that the design allows it."""
    import visamap  # noqa: PLC0415
    from visamap.pictures.world_map import svg  # noqa: PLC0415

    registry = visamap.load()
    ours = inside(lambda: svg(registry.world_map(on="2026-11-24")), 5)
    return paired("world map / 50 ms", ours, lambda: 50.0, 1)


def world_map_size() -> Ratio:
    """The size of the map in kilobytes against the 300 kB that the design allows it."""
    import visamap  # noqa: PLC0415
    from visamap.pictures.world_map import svg  # noqa: PLC0415

    size = len(svg(visamap.load().world_map(on="2020-06-01")).encode()) / 1000
    return Ratio("world map / 300 kB (kB, not ms)", size, 300, 1)


def first_page_size() -> Ratio:
    """The first page with its map and all that it loads, compressed, against 150 kB."""
    import asyncio  # noqa: PLC0415  only this one needs these
    import gzip  # noqa: PLC0415
    import re  # noqa: PLC0415

    import visamap  # noqa: PLC0415
    from visamap.web.app import create_app  # noqa: PLC0415
    from visamap.web.static_site import ask  # noqa: PLC0415

    app = create_app(visamap.load())

    def body(address: str) -> bytes:
        return asyncio.run(ask(app, address))[1]

    page = body("/")
    loaded = re.findall(r'(?:href|src)="\./(static/[^"?]+)', page.decode())
    size = sum(len(gzip.compress(one, 6)) for one in (page, *(body(f"/{x}") for x in loaded)))
    return Ratio("first page, compressed / 150 kB (kB, not ms)", size / 1000, 150, 1)


def api_check() -> Ratio:
    """``/api/v1/check/THA`` against a bare route of the same server with the same bytes.

    Requests per second at least 0.6 of the bare route's are times of at most 1 / 0.6.
    """
    import load  # noqa: PLC0415

    with load.uvicorn("app") as port:
        ours, theirs = load.client(port, "/api/v1/check/THA"), load.client(port, "/bare")
        name = "/api/v1/check/THA / bare route (ms a request)"
        return paired(name, ours, theirs, 1 / 0.6)


def api_kept() -> Ratio:
    """One client on a kept connection of ``visamap serve`` against a bare route of uvicorn."""
    import load  # noqa: PLC0415

    with load.serve() as ours, load.uvicorn("bare") as theirs:
        name = "visamap serve, one kept connection / bare uvicorn"
        alone = load.client(ours, "/api/v1/check/THA", 1), load.client(theirs, "/bare", 1)
        return paired(name, *alone, 3)


def api_kept_time() -> Ratio:
    """The same against the 5 ms that the design allows an answer."""
    import load  # noqa: PLC0415

    with load.serve() as port:
        ours = load.client(port, "/api/v1/check/THA", 1)
        return paired("visamap serve, one kept connection / 5 ms", ours, lambda: 5.0, 1)


def tool_list_size() -> Ratio:
    """The list of tools that an assistant reads before its first question, against 30 kB."""
    import json  # noqa: PLC0415

    from visamap.mcp.server import LISTED_TOOLS  # noqa: PLC0415

    listed = [one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in LISTED_TOOLS]
    size = len(json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()) / 1000
    return Ratio("MCP tool list / 30 kB (kB, not ms)", size, 30, 1)


def static_site() -> Iterator[Ratio]:
    """The whole site, five destinations in three languages, against 60 s and 150 MB."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "site")
        took = wall(VISAMAP, "site", "-o", str(place))()
        size = sum(one.stat().st_size for one in place.rglob("*") if one.is_file()) / 1e6
    yield Ratio("visamap site / 60 s", took, 60_000, 1)
    yield Ratio("visamap site / 150 MB (MB, not ms)", size, 150, 1)


BENCHMARKS: dict[str, Callable[[], Ratio | Iterable[Ratio]]] = {
    "api": api_check,
    "api-kept": api_kept,
    "api-kept-ms": api_kept_time,
    "check": check_command,
    "check-all": check_everywhere,
    "trip": trip_of_five_legs,
    "check-kk": check_in_kazakh,
    "help": help_command,
    "warm": check_warm,
    "stay": stay_command,
    "stay-inside": stay_inside,
    "load": load_cold,
    "validate": validate_command,
    "map": world_map,
    "map-size": world_map_size,
    "page-size": first_page_size,
    "tools": tool_list_size,
    "site": static_site,
    "update": update_matrix,
}


def main(only: str) -> None:
    """Run the benchmarks whose name contains ``only`` and print the table."""
    print(f"{'':<52}{'ours':>10}{'theirs':>10}{'ratio':>8}{'at most':>9}")
    for name, benchmark in BENCHMARKS.items():
        if only in name:
            found = benchmark()
            for row in [found] if isinstance(found, Ratio) else found:
                numbers = f"{row.ours_ms:>8.3f}ms{row.theirs_ms:>8.3f}ms"
                print(f"{row.name:<52}{numbers}{row.value:>8.3f}{row.at_most:>9.3f}", flush=True)


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parent))  # PYTHONSAFEPATH leaves it out
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        main(sys.argv[1] if len(sys.argv) > 1 else "")

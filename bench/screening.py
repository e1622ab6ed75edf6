"""Whole lists: `visamap screen` against DuckDB copying the same file, and against a pandas merge.

Each measure is a process of its own, by the clock and by its peak of memory, of the installed
wheel. The wide list is what an airline or agency has of a traveller, nine columns; the narrow one
is what the question needs, five: a number, nationality, passport, arrival, departure. Both are
made anew by DuckDB in a temporary folder.

What people do today is read the list with pandas, merge it with the table of 199 x 199 pairs from a
CSV file, and write it: one more column, no days and no passports. It is measured with the types
that pandas chooses itself; pandas 3 merges text about twice as fast as pandas 2, and MERGE_PYTHON
names a Python with the one that is wanted (and pyarrow).

    make bench ONLY=screen   10 million rows against DuckDB's copy, JSON Lines, and the merge
    make bench ONLY=copy     the first two alone
    make bench ONLY=merge    the merge alone
    make bench ONLY=growth   1, 3, 10 and 30 million rows
    make bench ONLY=spark    rows a second on local[1] and local[2]
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

MERGING = os.environ.get("MERGE_PYTHON", sys.executable)
ROUNDS = 3
MILLION = 1_000_000
LIST = """
COPY (
  SELECT range AS booking, 'TRAVELLER/' || (hash(range) % 100000) || ' MR' AS name,
    codes[1 + (hash(range) % len(codes))::INTEGER] AS nationality,
    ['ordinary', 'ordinary', 'ordinary', 'diplomatic', 'service']
      [1 + (hash(range * 3) % 5)::INTEGER] AS passport,
    'N' || (hash(range * 11) % 100000000) AS document,
    DATE '2014-01-01' + (hash(range * 7) % 4700)::INTEGER AS arrival,
    arrival + (hash(range * 5) % 40)::INTEGER AS departure,
    'KC' || (hash(range) % 1000) AS flight, 'traveller' || range || '@example.org' AS email
  FROM range({rows}), (SELECT {codes} AS codes)
) TO '{path}'"""
SCREEN = "import visamap; visamap.load().screen({source!r}, {target!r}, overwrite=True)"
QUIET = "import duckdb; duckdb.sql('SET enable_progress_bar = false'); "
COPY = QUIET + 'duckdb.sql("COPY (FROM {source}) TO {target!r}")'
OBJECTS = """
import json
with open({source!r}) as listed, open({target!r}, "w") as out:
    for text in listed:
        out.write(json.dumps(json.loads(text)) + "\\n")
"""
MERGE = """
import pandas as pd
pairs = pd.read_csv({pairs!r}, keep_default_na=False)
listed = pd.read_{form}({source!r})
listed["destination"] = "KAZ"
merged = listed.merge(pairs, how="left", on=["nationality", "destination"])
merged.to_{form}({target!r}, index=False)
"""
NARROW = (
    "COPY (SELECT booking AS id, nationality, passport, arrival, departure FROM {wide}) TO {path!r}"
)
SPARK = """
import sys, time
from visamap.screen import spark
session = spark.session({master!r}, {{"spark.ui.enabled": "false", "spark.driver.memory": "4g"}})
listed = session.read.parquet({source!r})
def once():
    start = time.perf_counter()
    spark.screen(listed).write.mode("overwrite").parquet({target!r})
    return time.perf_counter() - start
once()
print(once())
"""


class Measure(NamedTuple):
    """What a process took."""

    seconds: float
    megabytes: float


def run(code: str, python: str = sys.executable) -> Measure:
    """Run a piece of Python in a process of its own and measure it."""
    start = time.perf_counter()
    process = subprocess.Popen([python, "-c", code])
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {code}")
    return Measure(time.perf_counter() - start, usage.ru_maxrss / 1024)


def best(measures: list[Measure]) -> Measure:
    """Return the middle of the times, and the highest peak."""
    return Measure(median(m.seconds for m in measures), max(m.megabytes for m in measures))


def codes() -> list[str]:
    """Return 199 nationalities."""
    import visamap  # noqa: PLC0415  from the wheel

    return sorted(visamap.load().index.tables["countries"])[:199]


def made(folder: Path, rows: int, form: str, width: str = "wide") -> str:
    """Make the list and return its path."""
    path = folder / f"{width}-{rows}.{form}"
    if not path.exists():
        if width == "wide":
            statement = LIST.format(rows=rows, codes=codes(), path=path)
        else:
            wide = copied(made(folder, rows, form))
            statement = NARROW.format(wide=wide, path=str(path))
        run(f"{QUIET}duckdb.sql({statement!r})")
    return str(path)


def copied(source: str) -> str:
    """Return what DuckDB copies from."""
    return f"read_csv('{source}', all_varchar = true)" if source.endswith("csv") else f"'{source}'"


def against_copy(folder: Path, form: str, at_most: float) -> None:
    """Compare the time of ten million rows with that of a copy, and the memory with fewer rows."""
    small, source = made(folder, MILLION, form), made(folder, 10 * MILLION, form)
    target = str(folder / f"out.{form}")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(run(SCREEN.format(source=source, target=target)))
        theirs.append(run(COPY.format(source=copied(source), target=target)))
    mine, copy = best(ours), best(theirs)
    line(f"screen 10 million rows, {form} / DuckDB copying it", mine.seconds, copy.seconds, at_most)
    line("  peak memory (MB)", mine.megabytes, copy.megabytes, 1.5, unit="MB")
    few = run(SCREEN.format(source=small, target=target))
    line("  peak memory / that of 1 million", mine.megabytes, few.megabytes, 1.25, unit="MB")


def against_copies(folder: Path) -> None:
    """Compare each form with what merely reads and writes it."""
    against_copy(folder, "parquet", 1.5)
    against_copy(folder, "csv", 2)
    against_json(folder)


def against_json(folder: Path) -> None:
    """Compare JSON Lines with Python's own JSON, each line read and written."""
    source, target = made(folder, MILLION, "jsonl"), str(folder / "out.jsonl")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(run(SCREEN.format(source=source, target=target)))
        theirs.append(run(OBJECTS.format(source=source, target=target)))
    mine, other = best(ours).seconds, best(theirs).seconds
    line("screen 1 million rows, JSON Lines / json module", mine, other, 2.5)


def against_merge(folder: Path) -> None:
    """Compare with the merge that people do today, on a table without days."""
    pairs = folder / "pairs.csv"
    rows = (f"{one},{other},visa free" for one in codes() for other in codes())
    pairs.write_text("\n".join(["nationality,destination,requirement", *rows]) + "\n")
    for width, form in (("narrow", "parquet"), ("wide", "parquet"), ("narrow", "csv")):
        source, target = made(folder, 10 * MILLION, form, width), str(folder / f"out.{form}")
        merge = MERGE.format(source=source, target=target, form=form, pairs=str(pairs))
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(run(SCREEN.format(source=source, target=target)))
            theirs.append(run(merge, MERGING))
        mine, other = best(ours), best(theirs)
        name = f"screen 10 million rows, {width} {form} / pandas merge"
        line(name, mine.seconds, other.seconds, 0.2)
        line("  peak memory (MB)", mine.megabytes, other.megabytes, 1, unit="MB")


def growth(folder: Path) -> None:
    """Print how time and memory grow with the rows."""
    print(f"{'rows':>12}{'form':>10}{'seconds':>10}{'rows/s':>12}{'peak MB':>10}")
    for form in ("parquet", "csv"):
        for millions in (1, 3, 10, 30):
            rows = millions * MILLION
            source, target = made(folder, rows, form), folder / f"out.{form}"
            took = run(SCREEN.format(source=source, target=str(target)))
            speed = rows / took.seconds
            print(
                f"{rows:>12,}{form:>10}{took.seconds:>10.2f}{speed:>12,.0f}{took.megabytes:>10.0f}",
                flush=True,
            )
            Path(source).unlink()
            target.unlink()


def on_spark(folder: Path) -> None:
    """Print rows a second of a warm session on one and on two cores."""
    rows = 10 * MILLION
    source, target = made(folder, rows, "parquet"), str(folder / "spark-out.parquet")
    for master in ("local[1]", "local[2]"):
        code = SPARK.format(master=master, source=source, target=target)
        done = subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        seconds = float(done.stdout.split()[-1])
        print(f"spark {master}: {seconds:.1f} s, {rows / seconds:,.0f} rows a second", flush=True)


def line(name: str, ours: float, theirs: float, at_most: float, unit: str = "s") -> None:
    """Print a line of the table."""
    numbers = f"{ours:>8.2f}{unit:<2}{theirs:>8.2f}{unit:<2}"
    print(f"{name:<52}{numbers}{ours / theirs:>8.3f}{at_most:>9.3f}", flush=True)


def main(only: str) -> None:
    """Run what ``only`` asks for; growth and Spark take long and are run by name alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if only == "growth":
            growth(folder)
        elif only == "spark":
            on_spark(folder)
        elif only == "merge":
            against_merge(folder)
        elif only in {"", "screen"}:
            against_copies(folder)
            against_merge(folder)
        elif only == "copy":
            against_copies(folder)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")

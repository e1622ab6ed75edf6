"""``data/region.yaml``: what lies between the five states, read, checked and laid out."""

from collections.abc import Collection, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from visamap.data.mobility import Listed, in_order, linked, placed, read_records, read_sources
from visamap.data.records import Finding
from visamap.data.rules import links, places
from visamap.data.text import REGION_FILE
from visamap.errors import BrokenDataError, Problem
from visamap.schema.base import ANY_SECTION, COUNTRIES
from visamap.schema.region import RegionFile
from visamap.store.index import Tables

PASSAGES = ("crossings", "trains")


class RegionRead(NamedTuple):
    """The file with everything found wrong; ``file`` is None where it could not be built."""

    file: RegionFile | None
    sources: Listed
    problems: tuple[Problem, ...]


def region(folder: Path, codes: Collection[str]) -> Tables:
    """Return the table of crossings, trains and what was never found, of the data in ``folder``.

    Raises:
        BrokenDataError: the file has problems; the error lists them.
    """
    found = read_region(folder, codes)
    errors = [problem for problem in found.problems if problem.severity == "error"]
    if found.file is None or errors:
        raise BrokenDataError(folder / REGION_FILE, found.problems)
    cited = {link.value for place in places(found.file) for link in links(place)}
    ids = cited.intersection(found.sources.sources)
    return {**found.file.shipped(), "sources": found.sources.cited(ids)}


def read_region(folder: Path, codes: Collection[str], listed: Listed | None = None) -> RegionRead:
    """Read the file in ``folder`` and check its records against each other and the sources.

    ``listed`` are its sources where they were read before.
    """
    listed = listed or read_sources(folder)
    problems = list(listed.problems)
    text, file = read_records(folder / REGION_FILE, RegionFile, problems)
    if file:
        ids = {place.name for place in places(file) if place.name}
        there = {COUNTRIES: codes, "sources": listed.sources, ANY_SECTION: ids}
        sections = (name for name in RegionFile.model_fields)
        found = [*linked(file, there), *in_order(file, sections), *_overlaps(file)]
        problems += [placed(finding, text) for finding in found]
    return RegionRead(file, listed, tuple(sorted(problems)))


def _overlaps(file: RegionFile) -> Iterator[Finding]:
    """A place is in one state at a time: what certainly holds does not meet what did before."""
    for section in PASSAGES:
        for n, passage in enumerate(getattr(file, section)):
            for m, (before, after) in enumerate(pairwise(passage.periods), start=1):
                earlier, later = before.bounded.certain, after.bounded.certain
                if earlier and later and earlier.meets(later):
                    message = (
                        f"{passage.id}: this period begins before the one above it has ended; "
                        "put them in the order of time, each with its end"
                    )
                    yield Finding((section, n, "periods", m), "overlap", message)

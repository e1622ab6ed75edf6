"""Passport ranks: read, checked as a whole and laid out; a table apart, for few questions ask it.

The layout is plain JSON: rows are lists in the order of the names in ``PUBLISHED`` and
``SNAPSHOTS``, which stand in the table itself.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from visamap.dataset.files import MOBILITY
from visamap.dataset.mobility_file import Rows, read
from visamap.dataset.yaml_records import Listed, read_sources
from visamap.dataset.yaml_records import read as read_records
from visamap.errors import BrokenDataError
from visamap.index import Tables
from visamap.models.base import Record
from visamap.models.ranks import IndexesFile, PublishedRank, SnapshotRow
from visamap.problems import Problem

INDEXES_FILE, PUBLISHED_FILE, SNAPSHOTS_FILE = "indexes.yaml", "ranks.csv", "mobility.csv"
NOTICE = "LICENSE-passport-index.txt"
PUBLISHED = tuple(PublishedRank.model_fields)
SNAPSHOTS = tuple(SnapshotRow.model_fields)


class Read(NamedTuple):
    """The rows of the three files and what is wrong with them."""

    indexes: IndexesFile | None
    published: Rows[PublishedRank]
    snapshots: Rows[SnapshotRow]
    sources: Listed
    problems: tuple[Problem, ...]


def ranks(folder: Path, countries: Tables) -> Tables:
    """Return the table of ranks of the data in ``folder``.

    Raises:
        BrokenDataError: a file has problems; the error lists them.
    """
    found = read_ranks(folder, countries["countries"])
    if found.problems or found.indexes is None:
        raise BrokenDataError(folder / MOBILITY, found.problems)
    return {
        "indexes": {index.id: _plain(index) for index in found.indexes.indexes},
        "formulas": {one.id: _plain(one) for one in found.indexes.formulas},
        "snapshot_sources": list(found.indexes.snapshot_sources),
        "published_columns": list(PUBLISHED),
        "published": [list(_plain(row).values()) for _, row in found.published.records],
        "snapshot_columns": list(SNAPSHOTS),
        "snapshots": [list(_plain(row).values()) for _, row in found.snapshots.records],
        "sources": found.sources.cited(cited(found)),
        "notice": _notice(folder),
    }


def _notice(folder: Path) -> str:
    """Return what must stand beside all that was made from the Passport Index data."""
    return (folder / MOBILITY / NOTICE).read_text(encoding="utf-8")


def read_ranks(folder: Path, codes: Collection[str], listed: Listed | None = None) -> Read:
    """Read the three files in ``folder`` and check them against each other.

    ``listed`` are its sources where they were read before.
    """
    rows = folder / MOBILITY
    listed = listed or read_sources(folder)
    problems = list(listed.problems)
    _, indexes = read_records(rows / INDEXES_FILE, IndexesFile, problems)
    published = read(
        rows / PUBLISHED_FILE,
        PublishedRank,
        lambda row: (
            *(row.index, row.edition.text, row.passport),
            *(figure or 0 for figure in (row.rank, row.score, row.visa_free)),
        ),
    )
    snapshots = read(rows / SNAPSHOTS_FILE, SnapshotRow, lambda row: (row.snapshot, row.passport))
    found = Read(indexes, published, snapshots, listed, ())
    problems += [*published.problems, *snapshots.problems]
    if not problems:
        problems += [
            *_unknown_names(found, str(rows / INDEXES_FILE), codes),
            *_one_list_a_snapshot(snapshots),
        ]
    return found._replace(problems=tuple(sorted(problems)))


def cited(found: Read) -> set[str]:
    """Return the ids of all sources that the rows and the indexes name."""
    cited = {source for _, row in found.published.records for source in row.sources}
    if found.indexes:
        cited.update(found.indexes.snapshot_sources)
        cited.update(source for index in found.indexes.indexes for source in index.sources)
    return cited


def _unknown_names(found: Read, indexes_file: str, codes: Collection[str]) -> Iterator[Problem]:
    """Indexes, countries and sources that a row names are there."""
    known = {index.id: index for index in found.indexes.indexes} if found.indexes else {}
    for line, row in found.published.records:
        if row.index not in known:
            message = f"{row.index!r} is not in {INDEXES_FILE}; fix the id or add the index"
            yield found.published.problem(line, "links-resolve", message)
        for source in row.sources:
            if source not in found.sources.sources:
                message = f"source {source!r} is not listed; add it to the sources or fix the id"
                yield found.published.problem(line, "sources-exist", message)
    for rows in (found.published, found.snapshots):
        for line, each in rows.records:
            if each.passport not in codes:
                message = f"{each.passport!r} is no code of a country; correct it"
                yield rows.problem(line, "codes-known", message)
    rest = cited(found) - set(found.sources.sources)
    for source in sorted(rest - {s for _, row in found.published.records for s in row.sources}):
        message = f"source {source!r} is not listed; add it to the sources or fix the id"
        yield Problem(indexes_file, 1, 1, "sources-exist", "error", message)


def _one_list_a_snapshot(snapshots: Rows[SnapshotRow]) -> Iterator[Problem]:
    """All rows of a snapshot speak of one list: length, basis, one rank for one score."""
    first: dict[Any, SnapshotRow] = {}
    ranks_of: dict[tuple[Any, int], int] = {}
    for line, row in snapshots.records:
        head = first.setdefault(row.snapshot, row)
        if (row.of, row.passports, row.basis) != (head.of, head.passports, head.basis):
            message = "of, passports and basis differ from the first row of this snapshot"
            yield snapshots.problem(line, "one-list", message)
        if ranks_of.setdefault((row.snapshot, row.score), row.rank) != row.rank:
            message = f"another row of this snapshot has the score {row.score} and another rank"
            yield snapshots.problem(line, "one-rank", message)


def _plain(record: Record) -> dict[str, Any]:
    return record.model_dump(mode="json")

"""A YAML file of the mobility folder into its model, and the sources that all its rows may cite.

Trouble becomes problems, never an exception. The law's own file, of which what is sound is kept
and judged, is the business of ``visamap.data.reading``.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from visamap.data.mobility_rows import Rows, read
from visamap.data.records import Finding, modelled
from visamap.data.rules import LONGEST_NOTE, links, places
from visamap.data.text import MOBILITY, SOURCES_FILE
from visamap.data.yaml_source import Source as Text
from visamap.data.yaml_source import read as read_text
from visamap.errors import BrokenDataError, MissingFileError, Problem
from visamap.schema.base import COUNTRIES, Record
from visamap.schema.dataset import Source, SourcesFile
from visamap.schema.mobility import (
    IndexesFile,
    Observation,
    OutboundFile,
    PublishedRank,
    SnapshotRow,
)
from visamap.store.index import Tables

Model = TypeVar("Model", bound=BaseModel)


class Listed(NamedTuple):
    """The sources by id, and what is wrong with their files."""

    sources: dict[str, Source]
    problems: list[Problem]

    def cited(self, ids: Iterable[str]) -> dict[str, list[str]]:
        """Return address and kind of each of ``ids``, as tables hold them."""
        return {name: [self.sources[name].url, self.sources[name].kind] for name in sorted(ids)}


def read_records(
    path: Path, model: type[Model], problems: list[Problem]
) -> tuple[Text, Model | None]:
    """Return the text of a file and its record, ``None`` where ``problems`` grew instead."""
    text = read_text(path)
    record, found, _ = modelled(model, text)
    problems += [*text.problems, *found]
    return text, None if found else record


def read_sources(folder: Path) -> Listed:
    """Read the sources of the law and those of the mobility folder, where they are."""
    listed = Listed({}, [])
    files = (folder / SOURCES_FILE, folder / MOBILITY / SOURCES_FILE)
    for path in (path for path in files if path.is_file()):
        _, file = read_records(path, SourcesFile, listed.problems)
        listed.sources.update({source.id: source for source in file.sources} if file else {})
    return listed


RULES_FILE, SNAPSHOTS_FILE = "outbound.yaml", "snapshots.csv"


class Known(NamedTuple):
    """What rows and rules may name."""

    codes: Collection[str]
    instruments: Collection[str]
    homes: Collection[str]
    """Destinations whose entry is told by a law file of their own."""


class OutboundRead(NamedTuple):
    """The files with everything found wrong; ``rules`` is None where they could not be built."""

    rules: OutboundFile | None
    seen: Rows[Observation]
    sources: Listed
    problems: tuple[Problem, ...]


def outbound(folder: Path, known: Known) -> Tables:
    """Return the table of outbound rules and observations of the data in ``folder``.

    Raises:
        BrokenDataError: a file has problems; the error lists them.
    """
    found = read_outbound(folder, known)
    errors = [problem for problem in found.problems if problem.severity == "error"]
    if found.rules is None or errors:
        raise BrokenDataError(folder / MOBILITY / RULES_FILE, found.problems)
    return _laid_out(found, found.rules)


def read_outbound(folder: Path, known: Known, listed: Listed | None = None) -> OutboundRead:
    """Read the files in ``folder`` and check them against each other and against the law's file.

    ``listed`` are its sources where they were read before.
    """
    rows = folder / MOBILITY
    listed = listed or read_sources(folder)
    problems = list(listed.problems)
    text, rules = read_records(rows / RULES_FILE, OutboundFile, problems)
    seen = read(
        rows / SNAPSHOTS_FILE,
        Observation,
        lambda row: (row.passport, row.destination, row.first_seen),
    )
    problems += seen.problems
    if rules:
        problems += [placed(finding, text) for finding in _findings(rules, known, listed.sources)]
    if not seen.problems:
        problems += _rows(seen, known)
    return OutboundRead(rules, seen, listed, tuple(sorted(problems)))


def placed(finding: Finding, text: Text) -> Problem:
    """Return a finding as the problem that it is, with its place in the text."""
    line, column = text.places.value(finding.path)
    return Problem(text.name, line, column, finding.rule, finding.severity, finding.message)


def _findings(rules: OutboundFile, known: Known, sources: Collection[str]) -> Iterator[Finding]:
    """Yield what is wrong between the records of the rules' file."""
    there = {COUNTRIES: known.codes, "instruments": known.instruments, "sources": sources}
    yield from linked(rules, there)
    yield from in_order(rules, ("rules", "interruptions", "local_rules", "formalities"))
    for n, rule in enumerate(rules.rules):
        if told := sorted({*known.homes}.intersection(rule.destinations)):
            message = (
                f"{rule.id}: entry into {', '.join(told)} is told by the law file of that "
                "destination; remove it here"
            )
            yield Finding(("rules", n, "destinations"), "inbound", message)


def linked(file: Record, there: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    """Yield links of a file to what is not ``there``, and notes that are too long."""
    for place in places(file):
        for link in links(place):
            if link.value not in there[link.section]:
                message = (
                    f"{link.key}: {link.value!r} is not in {link.section}; fix it or add the record"
                )
                yield Finding(link.path, "links-resolve", message)
        note = getattr(place.record, "note", None)
        if note and len(note) > LONGEST_NOTE:
            message = f"a note of {len(note)} characters; keep it below {LONGEST_NOTE}"
            yield Finding((*place.path, "note"), "note-length", message, "warning")


def in_order(file: Record, sections: Iterable[str]) -> Iterator[Finding]:
    """Records stand in the order of their ids, each id once."""
    for section in sections:
        for n, (before, after) in enumerate(pairwise(getattr(file, section)), start=1):
            if before.id == after.id:
                message = f"id {after.id!r} is used twice; rename this one"
                yield Finding((section, n, "id"), "ids-once", message)
            elif before.id > after.id:
                message = f"{after.id} stands after {before.id}; sort the records by id"
                yield Finding((section, n, "id"), "sorted", message)


def _rows(seen: Rows[Observation], known: Known) -> Iterator[Problem]:
    """Rows of a pair follow each other without overlap; codes exist."""
    for line, row in seen.records:
        for code in (row.passport, row.destination):
            if code not in known.codes:
                message = f"{code!r} is no ISO 3166-1 alpha-3 code; correct it"
                yield seen.problem(line, "codes-known", message)
        if row.first_seen > row.last_seen:
            message = f"last seen on {row.last_seen}, before it was first seen; correct the days"
            yield seen.problem(line, "period", message)
    for (_, before), (line, after) in pairwise(seen.records):
        same = (before.passport, before.destination) == (after.passport, after.destination)
        if same and after.first_seen <= before.last_seen:
            message = "the row above was seen on a day of this one; correct the days"
            yield seen.problem(line, "overlap", message)


def _laid_out(found: OutboundRead, file: OutboundFile) -> Tables:
    of: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n, rule in enumerate(file.rules):
        for passport in rule.passports:
            for destination in rule.destinations:
                of[passport][destination].append(n)
    rows = [row for _, row in found.seen.records]
    days = sorted({day for row in rows for day in (row.first_seen, row.last_seen)})
    number = {day: n for n, day in enumerate(days)}
    seen: dict[str, dict[str, list[list[Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        ends = number[row.first_seen], number[row.last_seen]
        seen[row.passport][row.destination].append([row.requirement, row.days, *ends])
    cited = {
        link.value for place in places(file) for link in links(place) if link.section == "sources"
    }
    return {
        **file.shipped(),
        "of": _sorted(of),
        "days": [day.isoformat() for day in days],
        "seen": _sorted(seen),
        "sources": found.sources.cited(cited),
    }


def _sorted(found: dict[str, Any]) -> dict[str, Any]:
    return {passport: dict(sorted(rows.items())) for passport, rows in sorted(found.items())}


INDEXES_FILE, PUBLISHED_FILE, MOBILITY_FILE = "indexes.yaml", "ranks.csv", "mobility.csv"
NOTICE = "LICENSE-passport-index.txt"
PUBLISHED = tuple(PublishedRank.model_fields)
SNAPSHOTS = tuple(SnapshotRow.model_fields)


class RanksRead(NamedTuple):
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
        MissingFileError: one is not there.
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
    path = folder / MOBILITY / NOTICE
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise MissingFileError(path) from error


def read_ranks(folder: Path, codes: Collection[str], listed: Listed | None = None) -> RanksRead:
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
    snapshots = read(rows / MOBILITY_FILE, SnapshotRow, lambda row: (row.snapshot, row.passport))
    found = RanksRead(indexes, published, snapshots, listed, ())
    problems += [*published.problems, *snapshots.problems]
    if not problems:
        problems += [
            *_unknown_names(found, str(rows / INDEXES_FILE), codes),
            *_one_list_a_snapshot(snapshots),
        ]
    return found._replace(problems=tuple(sorted(problems)))


def cited(found: RanksRead) -> set[str]:
    """Return the ids of all sources that the rows and the indexes name."""
    cited = {source for _, row in found.published.records for source in row.sources}
    if found.indexes:
        cited.update(found.indexes.snapshot_sources)
        cited.update(source for index in found.indexes.indexes for source in index.sources)
    return cited


def _unknown_names(
    found: RanksRead, indexes_file: str, codes: Collection[str]
) -> Iterator[Problem]:
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

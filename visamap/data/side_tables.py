"""What stands beside the law in a data folder: where passports may go, their ranks, the region.

Each table is read and checked apart; trouble becomes problems, never an exception. The law's own
file, of which what is sound is kept and judged, is the business of ``visamap.data.reading``.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from visamap.data.records import Finding, explained, modelled
from visamap.data.rules import LONGEST_NOTE, links, places
from visamap.data.text import (
    MAX_PROBLEMS,
    MOBILITY,
    REGION_FILE,
    SOURCES_FILE,
    checked,
    contents,
    mobility_files,
)
from visamap.data.yaml_source import Source as Text
from visamap.data.yaml_source import read
from visamap.errors import BrokenDataError, MissingFileError, Problem
from visamap.schema.dataset import Source, SourcesFile
from visamap.schema.mobility import (
    IndexesFile,
    Observation,
    OutboundFile,
    PublishedRank,
    SnapshotRow,
)
from visamap.schema.record import ANY_SECTION, COUNTRIES, Record
from visamap.schema.region import RegionFile
from visamap.store.index import Tables

Model = TypeVar("Model", bound=BaseModel)


class Known(NamedTuple):
    """What rows and rules may name."""

    codes: Collection[str]
    instruments: Collection[str]
    homes: Collection[str]
    """Destinations whose entry is told by a law file of their own."""


class SideTable(NamedTuple):
    """The files of a table looked through: what is wrong, how many records, what it becomes."""

    path: Path
    problems: tuple[Problem, ...]
    counts: dict[str, int]
    laid_out: Callable[[], Tables] | None

    def table(self) -> Tables:
        """Return the table as it is shipped, or raise ``BrokenDataError``."""
        errors = any(problem.severity == "error" for problem in self.problems)
        if errors or self.laid_out is None:
            raise BrokenDataError(self.path, self.problems)
        return self.laid_out()


def side_tables(folder: Path, known: Known) -> dict[str, SideTable]:
    """Look through what stands beside the law in a data folder; nothing is no problem."""
    rows, between = mobility_files(folder), (folder / REGION_FILE).is_file()
    found: dict[str, SideTable] = {}
    if rows or between:
        listed = read_sources(folder)
    if rows:
        found["ranks"] = read_ranks(folder, known.codes, listed)
        found["outbound"] = read_outbound(folder, known, listed)
    if between:
        found["region"] = read_region(folder, known.codes, listed)
    return found


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
    text = read(path)
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


Row = TypeVar("Row", bound=Record)
LISTS = frozenset({"sources"})
"""Columns with several ids, separated by spaces."""


class Rows(NamedTuple, Generic[Row]):
    """The records of a file with the line of each, and everything found wrong."""

    name: str
    records: list[tuple[int, Row]]
    problems: list[Problem]

    def problem(self, line: int, rule: str, message: str) -> Problem:
        """Return a problem of a line of this file."""
        return Problem(self.name, line, 1, rule, "error", message)


def read_rows(path: Path, model: type[Row], key: Callable[[Row], Any]) -> Rows[Row]:
    """Read the rows of a CSV file; ``key`` is what they are sorted by and differ in.

    Rows stand in a fixed order, each key once, so that two people who add a row do it at the same
    place.
    """
    try:
        content, problems = contents(path)
    except MissingFileError:
        message = "there is no such file; add it"
        content, problems = b"", [Problem(str(path), 1, 1, "unreadable", "error", message)]
    text, problems = ("", problems) if problems else checked(content, str(path))
    found: Rows[Row] = Rows(str(path), [], problems)
    if not problems:
        found.problems.extend(_first(_fill(found, text, model), found))
        found.problems.extend(_first(_out_of_order(found, key), found))
    return found


def _first(problems: Iterator[Problem], found: Rows[Row]) -> Iterator[Problem]:
    """Yield the first problems; past them the file is no list with slips in it."""
    yield from islice(problems, MAX_PROBLEMS)
    if after := next(problems, None):
        message = "reading stopped here; mend the problems above first"
        yield found.problem(after.line, "too-many", message)


def _fill(found: Rows[Row], text: str, model: type[Row]) -> Iterator[Problem]:
    reader = csv.reader(io.StringIO(text), strict=True)
    columns = list(model.model_fields)
    try:
        heading = next(reader, [])
        if heading != columns:
            yield found.problem(1, "heading", f"the columns are {','.join(columns)}; correct them")
            return
        for cells in reader:
            line = reader.line_num
            if len(cells) != len(columns):
                message = f"{len(cells)} cells for {len(columns)} columns; correct the row"
                yield found.problem(line, "cells", message)
                continue
            values = {
                column: cell.split(" ") if column in LISTS else cell
                for column, cell in zip(columns, cells, strict=True)
                if cell
            }
            try:
                found.records.append((line, model.model_validate(values)))
            except ValidationError as error:
                for details in error.errors(include_url=False):
                    field = str(details["loc"][0]) if details["loc"] else "row"
                    yield found.problem(line, *explained(details, field, columns))
    except csv.Error as error:
        yield found.problem(reader.line_num, "csv", f"no CSV: {error}; correct the quotes")


def _out_of_order(found: Rows[Row], key: Callable[[Row], Any]) -> Iterator[Problem]:
    for (_, before), (line, after) in pairwise(found.records):
        first, second = key(before), key(after)
        if first == second:
            yield found.problem(line, "rows-once", "the row above has the same key; keep one")
        elif first > second:
            yield found.problem(line, "sorted", "the row belongs before the one above; sort them")


RULES_FILE, SNAPSHOTS_FILE = "outbound.yaml", "snapshots.csv"


def read_outbound(folder: Path, known: Known, listed: Listed) -> SideTable:
    """Read rules and snapshots, and check them against each other and against the law's file."""
    path = folder / MOBILITY / RULES_FILE
    problems = list(listed.problems)
    text, rules = read_records(path, OutboundFile, problems)
    seen = read_rows(
        path.with_name(SNAPSHOTS_FILE),
        Observation,
        lambda row: (row.passport, row.destination, row.first_seen),
    )
    problems += seen.problems
    if rules:
        problems += [found.placed(text) for found in _findings(rules, known, listed.sources)]
    if not seen.problems:
        problems += _rows(seen, known)
    counts = {"outbound_rules": len(rules.rules) if rules else 0, "observations": len(seen.records)}
    laid_out = partial(_outbound, rules, seen, listed) if rules else None
    return SideTable(path, tuple(sorted(problems)), counts, laid_out)


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


def _outbound(file: OutboundFile, seen: Rows[Observation], listed: Listed) -> Tables:
    of: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n, rule in enumerate(file.rules):
        for passport in rule.passports:
            for destination in rule.destinations:
                of[passport][destination].append(n)
    rows = [row for _, row in seen.records]
    days = sorted({day for row in rows for day in (row.first_seen, row.last_seen)})
    number = {day: n for n, day in enumerate(days)}
    runs: dict[str, dict[str, list[list[Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        ends = number[row.first_seen], number[row.last_seen]
        runs[row.passport][row.destination].append([row.requirement, row.days, *ends])
    return {
        **file.shipped(),
        "of": _sorted(of),
        "days": [day.isoformat() for day in days],
        "seen": _sorted(runs),
        "sources": listed.cited(_cited(file)),
    }


def _cited(file: Record) -> set[str]:
    """Return the ids of all sources that the records of a file name."""
    named = (link for place in places(file) for link in links(place))
    return {link.value for link in named if link.section == "sources"}


def _sorted(found: dict[str, Any]) -> dict[str, Any]:
    return {passport: dict(sorted(rows.items())) for passport, rows in sorted(found.items())}


INDEXES_FILE, PUBLISHED_FILE, MOBILITY_FILE = "indexes.yaml", "ranks.csv", "mobility.csv"
NOTICE = "LICENSE-passport-index.txt"


def read_ranks(folder: Path, codes: Collection[str], listed: Listed) -> SideTable:
    """Read the indexes and the rows of two files, and check them against each other."""
    path = folder / MOBILITY
    problems = list(listed.problems)
    _, indexes = read_records(path / INDEXES_FILE, IndexesFile, problems)
    published = read_rows(
        path / PUBLISHED_FILE,
        PublishedRank,
        lambda row: (
            *(row.index, row.edition.text, row.passport),
            *(figure or 0 for figure in (row.rank, row.score, row.visa_free)),
        ),
    )
    snapshots = read_rows(
        path / MOBILITY_FILE, SnapshotRow, lambda row: (row.snapshot, row.passport)
    )
    problems += [*published.problems, *snapshots.problems]
    if indexes and not problems:
        problems += [
            *_unknown_passports(published, codes),
            *_unknown_passports(snapshots, codes),
            *_unknown_names(indexes, published, listed.sources, str(path / INDEXES_FILE)),
            *_one_list_a_snapshot(snapshots),
        ]
    counts = {"published_ranks": len(published.records)}
    laid_out = partial(_ranks, path, indexes, published, snapshots, listed) if indexes else None
    return SideTable(path, tuple(sorted(problems)), counts, laid_out)


def _ranks(
    folder: Path,
    indexes: IndexesFile,
    published: Rows[PublishedRank],
    snapshots: Rows[SnapshotRow],
    listed: Listed,
) -> Tables:
    return {
        "indexes": {index.id: _plain(index) for index in indexes.indexes},
        "formulas": {one.id: _plain(one) for one in indexes.formulas},
        "snapshot_sources": list(indexes.snapshot_sources),
        "published_columns": list(PublishedRank.model_fields),
        "published": [list(_plain(row).values()) for _, row in published.records],
        "snapshot_columns": list(SnapshotRow.model_fields),
        "snapshots": [list(_plain(row).values()) for _, row in snapshots.records],
        "sources": listed.cited(_cited(indexes) | _cited_by(published)),
        "notice": _notice(folder / NOTICE),
    }


def _notice(path: Path) -> str:
    """Return what must stand beside all that was made from the Passport Index data."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise MissingFileError(path) from error


def _cited_by(published: Rows[PublishedRank]) -> set[str]:
    return {source for _, row in published.records for source in row.sources}


def _unknown_passports(
    rows: Rows[PublishedRank] | Rows[SnapshotRow], codes: Collection[str]
) -> Iterator[Problem]:
    for line, row in rows.records:
        if row.passport not in codes:
            message = f"{row.passport!r} is no code of a country; correct it"
            yield rows.problem(line, "codes-known", message)


def _unknown_names(
    indexes: IndexesFile, published: Rows[PublishedRank], sources: Collection[str], file: str
) -> Iterator[Problem]:
    """Indexes and sources that a row names are there; so are the sources of the indexes."""
    known = {index.id for index in indexes.indexes}
    for line, row in published.records:
        if row.index not in known:
            message = f"{row.index!r} is not in {INDEXES_FILE}; fix the id or add the index"
            yield published.problem(line, "links-resolve", message)
        for source in row.sources:
            if source not in sources:
                yield published.problem(line, "sources-exist", _not_listed(source))
    for source in sorted(_cited(indexes) - _cited_by(published) - set(sources)):
        yield Problem(file, 1, 1, "sources-exist", "error", _not_listed(source))


def _not_listed(source: str) -> str:
    return f"source {source!r} is not listed; add it to the sources or fix the id"


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


PASSAGES = ("crossings", "trains")


def read_region(folder: Path, codes: Collection[str], listed: Listed) -> SideTable:
    """Read what lies between the five states, and check it against itself and the sources."""
    path = folder / REGION_FILE
    problems = list(listed.problems)
    text, file = read_records(path, RegionFile, problems)
    if file:
        ids = {place.name for place in places(file) if place.name}
        there = {COUNTRIES: codes, "sources": listed.sources, ANY_SECTION: ids}
        found = [*linked(file, there), *in_order(file, RegionFile.model_fields), *_overlaps(file)]
        problems += [finding.placed(text) for finding in found]
    counts = {name: len(getattr(file, name)) for name in PASSAGES} if file else {}
    laid_out = partial(_region, file, listed) if file else None
    return SideTable(path, tuple(sorted(problems)), counts, laid_out)


def _region(file: RegionFile, listed: Listed) -> Tables:
    return {**file.shipped(), "sources": listed.cited(_cited(file))}


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

"""The files of where passports may go: read, checked against each other, laid out as one table.

The rules are YAML written by hand, the observations CSV rows. Nothing is judged here; what wins on
which day is the business of ``visamap.queries.outbound``.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from visamap.dataset.compiler import iso, plain
from visamap.dataset.files import MOBILITY
from visamap.dataset.findings import Finding
from visamap.dataset.links import links, places
from visamap.dataset.mobility_file import Rows, read
from visamap.dataset.rules_of_form import LONGEST_NOTE
from visamap.dataset.yaml_records import Listed, read_sources
from visamap.dataset.yaml_records import read as read_records
from visamap.dataset.yaml_source import Source as Text
from visamap.errors import BrokenDataError
from visamap.index import Tables
from visamap.models.base import COUNTRIES
from visamap.models.outbound import Observation, OutboundFile, OutboundRule
from visamap.problems import Problem
from visamap.queries.verdict import HOME

RULES_FILE, SNAPSHOTS_FILE = "outbound.yaml", "snapshots.csv"


class Known(NamedTuple):
    """What rows and rules may name."""

    codes: Collection[str]
    instruments: Collection[str]


class Read(NamedTuple):
    """The files with everything found wrong; ``rules`` is None where they could not be built."""

    rules: OutboundFile | None
    seen: Rows[Observation]
    sources: Listed
    problems: tuple[Problem, ...]


def outbound(folder: Path, tables: Tables) -> Tables:
    """Return the table of outbound rules and observations of the data in ``folder``.

    Raises:
        BrokenDataError: a file has problems; the error lists them.
    """
    found = read_outbound(folder, Known(tables["countries"], tables["acts"]))
    errors = [problem for problem in found.problems if problem.severity == "error"]
    if found.rules is None or errors:
        raise BrokenDataError(folder / MOBILITY / RULES_FILE, found.problems)
    return _laid_out(found, found.rules)


def read_outbound(folder: Path, known: Known, listed: Listed | None = None) -> Read:
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
        problems += [_placed(finding, text) for finding in _findings(rules, known, listed.sources)]
    if not seen.problems:
        problems += _rows(seen, known)
    return Read(rules, seen, listed, tuple(sorted(problems)))


def _placed(finding: Finding, text: Text) -> Problem:
    line, column = text.places.value(finding.path)
    return Problem(text.name, line, column, finding.rule, finding.severity, finding.message)


def _findings(rules: OutboundFile, known: Known, sources: Collection[str]) -> Iterator[Finding]:
    """Yield what is wrong between the records of the rules' file."""
    there = {COUNTRIES: known.codes, "instruments": known.instruments, "sources": sources}
    for place in places(rules):
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
    yield from _order(rules)
    for n, rule in enumerate(rules.rules):
        if HOME in rule.destinations:
            message = f"{rule.id}: {HOME} as a destination is told by visa_regimes.yaml; remove it"
            yield Finding(("rules", n, "destinations"), "inbound", message)


def _order(rules: OutboundFile) -> Iterator[Finding]:
    """Records stand in the order of their ids, each id once."""
    for section in ("rules", "interruptions", "local_rules", "formalities"):
        records = getattr(rules, section)
        for n, (before, after) in enumerate(pairwise(records), start=1):
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


def _laid_out(found: Read, file: OutboundFile) -> Tables:
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
        "rules": [_rule(rule) for rule in file.rules],
        "of": _sorted(of),
        "days": [day.isoformat() for day in days],
        "seen": _sorted(seen),
        "interruptions": [_record(entry) for entry in file.interruptions],
        "local_rules": [_record(entry) for entry in file.local_rules],
        "formalities": [_record(entry) for entry in file.formalities],
        "snapshots": [_record(entry) for entry in file.snapshots],
        "sources": found.sources.cited(cited),
    }


def _rule(rule: OutboundRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "requirement": rule.requirement,
        "basis": rule.basis,
        "granted_by": rule.instrument or rule.act,
        "bounds": [iso(day) for day in rule.bounded],
        "known": [iso(rule.known_since), iso(rule.known_until)],
        "limits": plain(rule.limits),
        "conditions": plain(rule.conditions),
        "confidence": rule.confidence,
        "dispute": plain(rule.disputed) if rule.disputed else None,
        "note": rule.note,
        "sources": list(rule.sources),
    }


def _record(record: Any) -> dict[str, Any]:
    """Return a dated record as plain values, its bounds in one row."""
    bounds = list(record.bounded)
    since = getattr(record, "known_since", None)
    bounds[1] = bounds[1] or since
    return {**plain(record), "bounds": [iso(day) for day in bounds]}


def _sorted(found: dict[str, Any]) -> dict[str, Any]:
    return {passport: dict(sorted(rows.items())) for passport, rows in sorted(found.items())}

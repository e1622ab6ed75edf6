"""How much do we know, how surely, from which sources, when were they read, and what is open?"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from visamap.dates import PartialDate
from visamap.domain.verdict import Visitor, judge
from visamap.results.data import (
    Answered,
    Coverage,
    Known,
    OpenQuestion,
    Reach,
    SourcesOfKind,
    Unchecked,
)
from visamap.store.index import Index, Tables
from visamap.values import made_of
from visamap.vocabulary import PASSPORTS, ClaimWhat, Passport, SourceKind

MONTHS_A_YEAR = 12
OUTBOUND = "outbound_rules"
OFFICIAL: tuple[tuple[Passport, ClaimWhat], ...] = (
    ("diplomatic", "outbound-diplomatic"),
    ("service", "outbound-service"),
)
"""Kinds of passport that the foreign ministry counts by agreements, and what its figure is."""


def coverage(index: Index, on: date, months: int) -> Coverage:
    """Return the state of the release on a day.

    ``unchecked`` are the records of which no source was read in the ``months`` before that day,
    the longest unread first.
    """
    sections = dict(_sections(index))
    read = {source["id"]: source for source in index.records["sources"]}
    stale = [
        Unchecked(name, row.get("id") or row["code"], checked)
        for name, rows in sections.items()
        for row in rows
        if (checked := _checked(row, read)) and checked < _months_before(on, months)
    ]
    return Coverage(
        on=on,
        months=months,
        known=tuple(_known(name, rows) for name, rows in sections.items()),
        reach=tuple(Reach(kind, index.covered_from(kind)) for kind in PASSPORTS),
        sources=tuple(_sources(list(read.values()))),
        unchecked=tuple(sorted(stale, key=lambda one: (one.checked, one.section, one.id))),
        findings=len(index.records["findings"]),
        open_questions=tuple(made_of(OpenQuestion, row) for row in index.records["open_questions"]),
        answered=tuple(_answered(index, on, kind, what) for kind, what in OFFICIAL),
        destination=index.destination,
    )


def _sections(index: Index) -> Iterator[tuple[str, list[Tables]]]:
    """Yield the sections whose records say how sure we are."""
    for name, rows in index.records.items():
        if isinstance(rows, list) and rows and "confidence" in rows[0]:
            yield name, rows
    if rules := index.apart("outbound").get("rules"):
        yield OUTBOUND, rules


def _answered(index: Index, on: date, passport: Passport, what: ClaimWhat) -> Answered:
    judged = [
        judge(index, Visitor(code, passport, on)) for code in index.own_nationalities(passport, on)
    ]
    figures = [row for row in index.records["claims"] if row["what"] == what]
    newest = max(figures, key=lambda row: PartialDate.parse(row["said_on"]).last, default=None)
    return Answered(
        passport,
        sum(one.verdict == "visa_free" for one in judged),
        sum(one.verdict == "unknown" and bool(one.possible or one.pending) for one in judged),
        newest and newest["claimed"],
        newest and newest["said_on"],
        newest and newest["id"],
    )


def _known(section: str, rows: list[Tables]) -> Known:
    sure = Counter(row["confidence"] for row in rows)
    disputed = sum("disputed" in row for row in rows)
    return Known(section, sure["high"], sure["medium"], sure["low"], disputed, len(rows))


def _sources(rows: list[Tables]) -> Iterator[SourcesOfKind]:
    for kind in get_args(SourceKind):
        alike = [row for row in rows if row["kind"] == kind]
        if not alike:
            continue
        # A year or a month alone sorts before its days, and says no day.
        published = sorted(
            date.fromisoformat(row["published"])
            for row in alike
            if len(row.get("published") or "") == len("2026-01-01")
        )
        accessed = sorted(date.fromisoformat(row["accessed"]) for row in alike)
        yield SourcesOfKind(
            kind,
            len(alike),
            len(published),
            published[0] if published else None,
            published[-1] if published else None,
            accessed[0],
            accessed[-1],
        )


def _checked(row: Tables, read: dict[str, Any]) -> date | None:
    """Return when a source of the record was last read; ``None`` where it names none of ours."""
    days = [read[name]["accessed"] for name in row.get("sources", ()) if name in read]
    return date.fromisoformat(max(days)) if days else None


def _months_before(on: date, months: int) -> date:
    """Return the first day of the month so many months earlier: a day's exactness is not meant."""
    years, month = divmod(on.year * MONTHS_A_YEAR + on.month - 1 - months, MONTHS_A_YEAR)
    return date(max(years, 1), month + 1, 1)

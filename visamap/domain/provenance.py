"""How do we know? What is covered, how surely; what an answer rests on; what rests on a source."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, get_args

from visamap.dates import PartialDate
from visamap.domain.verdict import Visitor, judge
from visamap.results.act_results import Agreement
from visamap.results.data_results import (
    Answered,
    Coverage,
    Known,
    OpenQuestion,
    Reach,
    Resting,
    SourcesOfKind,
    Unchecked,
)
from visamap.results.parts import Act, Citation, SourceRef, law_first
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


NAMING = frozenset({"granted_by", "instrument", "under"})
"""Fields that hold the id of an act."""
ASIDE = frozenset({
    "amended_by", "border_residents", "conditional", "disagreement", "duties", "local",
    "next_change", "penalty", "plan", "reciprocity", "snapshot", "transit",
})  # fmt: skip
"""Fields on which an answer does not rest: it tells them besides."""


def citations(index: Index, items: Iterable[Any]) -> tuple[Citation, ...]:
    """Return each act and each source behind an answer once, the law first.

    A source that is the address of one of the acts is not told again.
    """
    answers = tuple(items)
    read = {row["id"]: row for row in index.records["sources"]}
    named = dict.fromkeys(name for one in answers for name in _acts(one) if index.has_act(name))
    acts = [_of_act(index, name, read) for name in named]
    told = {cited.source for cited in acts}
    sources = law_first(source for one in answers for source in getattr(one, "sources", ()))
    return (*acts, *(_cited(s.id, None, s, read) for s in sources if s not in told))


def acts_first(found: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return citations of several destinations: the acts in their order, then sources by kind."""
    every = tuple(found)
    sources = {one.source: one for one in every if not one.act and one.source}
    return (
        *(one for one in every if one.act),
        *(sources[source] for source in law_first(sources)),
    )


def _of_act(index: Index, name: str, read: dict[str, Any]) -> Citation:
    sources = index.sources(index.act_sources(name))
    return _cited(name, index.act(name), sources[0] if sources else None, read)


def _cited(name: str, act: Act | None, source: SourceRef | None, read: dict[str, Any]) -> Citation:
    row = read.get(source.id, {}) if source else {}
    title = act.title if act else row.get("title")
    return made_of(Citation, row, id=name, act=act, source=source, title=title)


def _acts(value: Any) -> Iterator[str]:
    """Yield the ids of the acts that an answer names, those that it only tells besides left out."""
    if isinstance(value, (Act, Agreement)):
        yield value.id
    elif isinstance(value, tuple):
        fields = getattr(value, "_fields", None)
        if fields is None:
            for inner in value:
                yield from _acts(inner)
            return
        aside = ASIDE | {"also"} if getattr(value, "regime", None) else ASIDE
        for name, inner in zip(fields, value, strict=True):
            if name in NAMING and isinstance(inner, str):
                yield inner
            elif name not in aside:
                yield from _acts(inner)


IMPORTANCE = (
    "regimes", "suspensions", "overlays", "advisories", "duties", "entry_documents", "transit",
    "visas", "e_visa", "country_lists", "procedures", "fees", "penalties", "instruments", "rules",
    "crossings", "trains", "closures",
)  # fmt: skip
"""Sections from what decides an answer to what is told besides; the others follow."""
APART = ("outbound", "region")


def resting(indexes: Iterable[Index], on: date) -> dict[str, tuple[Resting, ...]]:
    """Return the records that cite each source, by its id."""
    found: dict[str, dict[Resting, None]] = {}
    for one, row in _records(list(indexes), on.isoformat()):
        for source in _cited_by(row):
            found.setdefault(source, {})[one] = None
    return {source: tuple(sorted(told, key=rank)) for source, told in found.items()}


def rank(one: Resting) -> tuple[bool, int, str]:
    """Return what orders records: those in force first, then by section and id."""
    known = one.section in IMPORTANCE
    place = IMPORTANCE.index(one.section) if known else len(IMPORTANCE)
    return not (one.in_force and known), place, one.id


def _records(indexes: list[Index], day: str) -> Iterator[tuple[Resting, Any]]:
    tables: list[tuple[str | None, Any]] = [(one.home, one.records) for one in indexes]
    for home, table in [*tables, *((None, indexes[0].apart(name)) for name in APART)]:
        for section, held in table.items():
            rows = held if isinstance(held, list) else [{"id": section, **(held or {})}]
            for row in rows if section not in {"meta", "sources"} else ():
                if isinstance(row, dict) and (name := row.get("id") or row.get("code")):
                    yield Resting(section, name, home, _in_force(row, day)), row


def _in_force(row: dict[str, Any], day: str) -> bool:
    first = row.get("from") or row.get("from_not_before") or row.get("introduced") or ""
    last = row.get("to") or row.get("to_not_after") or row.get("abolished") or "9999"
    return str(first) <= day <= str(last)


def _cited_by(value: Any) -> Iterator[str]:
    """Yield the sources that a record names, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "sources" and isinstance(inner, list):
                yield from (name for name in inner if isinstance(name, str))
            else:
                yield from _cited_by(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _cited_by(inner)

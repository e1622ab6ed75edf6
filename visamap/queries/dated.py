"""Records with a period, read for their days: from when to when, under which act, for whom."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from visamap.index import Index, day, limits
from visamap.limits import Limit
from visamap.periods import Bounded
from visamap.queries.verdict import Visitor, judge
from visamap.results.parts import Act, Country
from visamap.vocabulary import Confidence, Passport

Record = dict[str, Any]
Subject = Literal["rule", "suspension", "limit", "transit"]


class DatedRule(NamedTuple):
    """What a regime, a suspension, an overlay and a transit rule have in common.

    ``act`` made the rule what it is: the act that amended it, where one did.
    """

    subject: Subject
    id: str
    bounds: Bounded
    act: Act
    nationalities: tuple[str, ...]
    passports: tuple[Passport, ...]
    limits: tuple[Limit, ...]
    confidence: Confidence
    sources: tuple[str, ...]


def dated_rules(index: Index) -> Iterator[DatedRule]:
    """Yield regimes, then suspensions, domestic limits and transit rules, as the file has them."""
    records = index.records
    for record in records["regimes"]:
        regime = index.regime(record["id"])
        act = index.act(regime.amended_by) if regime.amended_by else regime.act
        whom = tuple(record["nationalities"])
        yield _rule("rule", record, act, whom)._replace(bounds=regime.bounds, limits=regime.limits)
    for record in records["suspensions"]:
        halted = _halted_by(index, record)
        yield _rule("suspension", record, index.act(record["act"]), halted)
    for record in records["overlays"]:
        added = limits(record["limits"], record["act"], day(record.get("counts_from")))
        rule = _rule("limit", record, index.act(record["act"]), ())
        yield rule._replace(limits=added)
    for record in records["transit"]:
        whom = tuple(record["nationalities"])
        yield _rule("transit", record, index.act(record["act"]), whom)


def bounds_of(record: Record) -> Bounded:
    """Return the period of a record, whichever of its ends are known only by bounds."""
    start, end = record.get("from"), record.get("to")
    return Bounded(
        day(start or record.get("from_not_before")),
        day(start or record.get("from_not_after")),
        day(end or record.get("to_not_before")),
        day(end or record.get("to_not_after")),
    )


def goes_on(index: Index, rule: DatedRule, on: date) -> bool:
    """Tell whether all whom a rule is for are visa-free on a day, by whatever rule."""
    return all(
        judge(index, Visitor(code, passport, on)).verdict == "visa_free"
        for code in rule.nationalities
        for passport in rule.passports
    )


def countries(index: Index, codes: tuple[str, ...]) -> tuple[Country, ...]:
    """Return codes with their names."""
    return tuple(index.country(code) for code in codes)


def _rule(subject: Subject, record: Record, act: Act, nationalities: tuple[str, ...]) -> DatedRule:
    return DatedRule(
        subject,
        record["id"],
        bounds_of(record),
        act,
        nationalities,
        tuple(record.get("passports", record.get("applies_to", {}).get("passports", ()))),
        (),
        record["confidence"],
        tuple(record["sources"]),
    )


def _halted_by(index: Index, suspension: Record) -> tuple[str, ...]:
    """Return the nationalities whose rules a suspension halts, sorted."""
    found = {
        key.partition("/")[0]
        for key, spans in index.tables["spans"].items()
        for *_, by in spans
        if by == suspension["id"]
    }
    for rule in index.records["transit"]:
        if rule["id"] in suspension.get("transit", ()):
            only = set(suspension.get("only_nationalities", ())) or set(rule["nationalities"])
            found |= only - set(suspension.get("except_nationalities", ()))
    return tuple(sorted(found))

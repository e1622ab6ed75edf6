"""What a destination asks of a passport by law or an official list, with how sure that is.

A rule holds for certain only inside its certain days, with medium or high confidence, undisputed;
everything else about it is possible. Which of them wins stands here, what snapshots add does not.
"""

from datetime import date
from typing import Any, Literal, NamedTuple

from visamap.index import Index, bounded, day, limits
from visamap.limits import Limit, max_stay_days
from visamap.periods import Bounded
from visamap.requirements import Requirement, RuleBasis
from visamap.results.check import Condition
from visamap.vocabulary import Confidence

Doubt = Literal["start", "end", "existence", "weak"]
BASES: tuple[RuleBasis, ...] = ("law", "official-list", "news")
OPEN_FIRST = ("visa_free", "eta", "visa_on_arrival", "e_visa", "visa_required", "no_admission")
ANOTHER_VISA = frozenset({"exempt_with_visa_of", "reached_through"})
"""Conditions by which a visa of another state is needed."""


class Rule(NamedTuple):
    """A rule as written, and what is doubtful about it on the day asked."""

    id: str
    requirement: Requirement
    basis: RuleBasis
    granted_by: str | None
    bounds: Bounded
    known_since: date | None
    known_until: date | None
    limits: tuple[Limit, ...]
    conditions: tuple[Condition, ...]
    confidence: Confidence
    note: str | None
    sources: tuple[str, ...]
    doubt: Doubt | None

    @property
    def max_stay_days(self) -> int | None:
        """The longest first stay that all limits allow."""
        return max_stay_days(self.limits)

    @property
    def needs_another_visa(self) -> bool:
        """Whether visa-free entry needs a visa of another state, and is no plain one."""
        return self.requirement == "visa_free" and any(
            condition.code in ANOTHER_VISA for condition in self.conditions
        )


def rules_on(index: Index, passport: str, destination: str, on: date) -> list[Rule]:
    """Return the rules that cover the day or may, the one that wins first."""
    table = index.apart("outbound")
    numbers = table["of"].get(passport, {}).get(destination, ())
    found = [rule for n in numbers if (rule := _rule(table["rules"][n], on))]
    return sorted(found, key=_order)


def opening(rule: Rule) -> int:
    """Return how open the requirement is, the most open first."""
    return OPEN_FIRST.index(rule.requirement)


def _rule(row: dict[str, Any], on: date) -> Rule | None:
    bounds = bounded(row["bounds"])
    certain = bounds.certain
    doubt: Doubt | None = None
    if certain is None or not certain.covers(on):
        if not any(part.covers(on) for part in bounds.possible):
            return None
        early = bounds.start_not_after is not None and on < bounds.start_not_after
        doubt = "start" if early else "end"
    if row["dispute"] and row["dispute"]["what"] == "existence":
        doubt = "existence"
    elif row["confidence"] == "low":
        doubt = "weak"
    return Rule(
        row["id"],
        row["requirement"],
        row["basis"],
        row["granted_by"],
        bounds,
        day(row["known"][0]),
        day(row["known"][1]),
        limits(row["limits"], row["granted_by"] or row["id"]),
        tuple(Condition(code, value) for code, value in row["conditions"].items()),
        row["confidence"],
        row["note"],
        tuple(row["sources"]),
        doubt,
    )


def _order(rule: Rule) -> tuple[Any, ...]:
    """Order rules: certain ones, law, the most open, the longest stay, the later start first."""
    stay, start = rule.max_stay_days, rule.bounds.start_not_after
    return (
        rule.doubt is not None,
        BASES.index(rule.basis),
        opening(rule),
        rule.needs_another_visa,
        stay is None,
        -(stay or 0),
        -(start.toordinal() if start else 0),
        rule.id,
    )

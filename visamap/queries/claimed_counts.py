"""Figures of nationalities that enter Kazakhstan, counted anew on every day that may be meant."""

from datetime import date
from typing import Any, NamedTuple

from visamap.figures import ClaimReason, ClaimWhat
from visamap.index import Index, Tables
from visamap.periods import PartialDate
from visamap.queries.history import run_at
from visamap.queries.partners import POSSIBLE, History
from visamap.queries.verdict import Applied, Judgement
from visamap.vocabulary import Basis, Passport

PASSPORT: Passport = "ordinary"
LONG_STAY = 30


class Finding(NamedTuple):
    """What our data says of a figure; ``values`` is what the sentence needs besides."""

    reason: ClaimReason
    ours: int | None = None
    possible: tuple[int, int] | None = None
    compared_with: tuple[str, ...] = ()
    values: dict[str, Any] = {}  # noqa: RUF012  a tuple's default, which nobody changes


class Tally(NamedTuple):
    """A count on one day: certain ones, the least and the most it may be.

    ``apart`` leaves out those who stand on the other ground too (partners of agreements on
    Kazakhstan's own list), as some who publish figures do.
    """

    certain: int
    apart: int
    high: int


def counted(index: Index, history: History, claim: Tables, time: PartialDate) -> Finding:
    """Lay a figure against our count on each day of its time."""
    covered = index.covered_from(PASSPORT)
    if covered is None or time.last < covered:
        return Finding("before_our_data")
    days = _days(index, history, time)
    tallies = {day: tally(index, history, claim["what"], day) for day in days}
    certain = {one.certain for one in tallies.values()}
    apart = {one.apart for one in tallies.values()}
    low = min(certain | apart)
    high = max(one.high for one in tallies.values())
    claimed = claim["claimed"]
    values = {
        "certain": (min(certain), max(certain)),
        "apart": (min(apart), max(apart)),
        "one_day": time.first == time.last,
        "steady": len(set(tallies.values())) == 1,
    }
    ours = certain.pop() if len(certain) == 1 else None
    reason: ClaimReason
    if claimed == ours:
        reason = "same_count"
    elif apart == {claimed}:
        reason = "same_count_agreements_first"
    elif claimed in certain | apart:
        reason = "same_count_for_a_time"
    elif low <= claimed <= high:
        reason = "between_certain_and_possible"
    else:
        reason = "other_count"
    return Finding(reason, ours, (low, high), tuple(day.isoformat() for day in days), values)


def tally(index: Index, history: History, what: ClaimWhat, on: date) -> Tally:
    """Count on a day what a kind of figure counts."""
    certain = apart = possible = 0
    for code in index.nationalities:
        runs = history(code, PASSPORT)
        judgement = runs[run_at(runs, on)].judgement
        sure, alone, maybe = _counts(judgement, what)
        certain += sure
        apart += alone
        possible += maybe and not sure
    return Tally(certain, apart, certain + possible)


def _counts(judgement: Judgement, what: ClaimWhat) -> tuple[bool, bool, bool]:
    """Tell whether one is counted for certain, on that ground alone, or perhaps."""
    rules = [*([judgement.chosen] if judgement.chosen else []), *judgement.others]
    maybe = judgement.possible if judgement.reason in POSSIBLE else ()
    if what == "suspended":
        halted = bool(judgement.halted)
        return halted, judgement.reason == "suspended", halted
    if what == "visa-free-on-paper":
        sure = bool(rules) or bool(judgement.halted)
        return sure, sure, bool(maybe)
    if what == "visa-free-30-days":
        sure = judgement.chosen is not None and _long(judgement.chosen)
        return sure, sure, bool(rules) or bool(maybe)
    if what == "visa-free":
        return bool(rules), bool(rules), bool(maybe)
    ground: Basis = "agreement" if what == "visa-free-agreement" else "unilateral"
    maybe = judgement.possible
    if what == "visa-free-unilateral-30-days":
        rules, maybe = list(filter(_long, rules)), tuple(filter(_long, maybe))
    grounds = {rule.regime.act.basis for rule in rules}
    return (
        ground in grounds,
        grounds == {ground},
        any(rule.regime.act.basis == ground for rule in maybe),
    )


def _long(rule: Applied) -> bool:
    return rule.max_stay_days is None or rule.max_stay_days >= LONG_STAY


def _days(index: Index, history: History, time: PartialDate) -> list[date]:
    """Return the first day of the time and each later one on which something may change."""
    turns = {
        run.period.first
        for code in index.nationalities
        for run in history(code, PASSPORT)
        if run.period.first and time.first < run.period.first <= time.last
    }
    return sorted({time.first, *turns})

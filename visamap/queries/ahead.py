"""What lies ahead of the day asked: how long the stay may last, the way back, a plan.

A traveller who is inside is taken to stay for as long as is lawful and then to leave; what is asked
of later days (the next entry, a plan) starts from there, the strictest case. A plan that begins on
the day asked goes on with the visit that is under way.
"""

from datetime import date
from typing import NamedTuple

from visamap.queries.counting import LAST_DAY, Counter, Visit
from visamap.queries.lawful import Reach, Rulebook
from visamap.results.stay import Plan
from visamap.vocabulary import StayReason


class Journey(NamedTuple):
    """What a traveller tells: past visits in the order of time, and a plan.

    A visit that is under way (``inside``) is the last one and ends on the day asked.
    """

    visits: tuple[Visit, ...]
    inside: bool
    plan: Visit | None


class Outlook(NamedTuple):
    """What lies ahead of the day asked."""

    reach: Reach
    days_left: int | None
    latest_exit: int | None
    next_entry: int | None
    longest: int | None
    next_full_stay: int | None


class Case(NamedTuple):
    """The day asked, the visits up to it and the rules they are judged by."""

    on: int
    rules: Rulebook
    counter: Counter
    journey: Journey

    @property
    def entry(self) -> int | None:
        """The entry of the visit under way."""
        return self.journey.visits[-1].entry if self.journey.inside else None


def outlook(case: Case) -> Outlook:
    """Return what lies ahead of a case."""
    on, rules, inside = case.on, case.rules, case.journey.inside
    entry = on if case.entry is None else case.entry
    reach = rules.reach(case.counter, entry, on)
    left: int | None = None
    unknown = rules.at(entry, on).verdict == "unknown"
    if not unknown and reach.last is not None and reach.last < LAST_DAY:
        left = reach.last - on + 1
    latest = on + left - 1 if left else None
    if inside and left is None and not unknown:
        # Nothing ends this visit as far as we know, so nothing is known of what comes after it.
        return Outlook(reach, None, None, None, None, None)
    after, start = case.counter, on
    if inside:
        leaving = latest or on
        after, start = case.counter.with_last_until(leaving), leaving + 1
    back = rules.first_entry(after, start)
    longest = _length(rules.reach(after, back), back) if back else None
    full = rules.first_entry(after, start, full=True)
    return Outlook(reach, left, latest, back, longest, full)


def _length(reach: Reach, entry: int) -> int | None:
    """Return how many days a visit may last; ``None``: not known."""
    return None if reach.last is None or reach.last >= LAST_DAY else reach.last - entry + 1


def planned(case: Case, ahead: Outlook) -> Plan | None:
    """Judge the plan of a case, given the past visits and the one under way."""
    plan = case.journey.plan
    if plan is None:
        return None
    rules, counter, leaving = case.rules, case.counter, None
    entry = plan.entry
    if case.entry is not None and entry == case.on:
        entry = case.entry  # the visit that is under way goes on
    elif case.entry is not None:
        endless = ahead.reach.reason in {"no_limit_known", "citizen"}
        leaving = entry if endless else min(entry, ahead.latest_exit or case.on)
        counter = counter.with_last_until(leaving)
    found = [b for b in rules.breaches(counter, Visit(entry, plan.exit)) if b.last >= plan.entry]
    wrong = [breach for breach in found if breach.certain]
    reach = rules.reach(counter, entry, plan.entry)
    unknown = rules.at(entry, plan.entry).verdict == "unknown"
    allowed: bool | None
    reason: StayReason | None = None
    if wrong:
        first = min(wrong, key=lambda breach: breach.first)
        allowed, reason = False, first.reason
    elif found:
        allowed, reason = None, found[0].reason
    elif rules.unlimited(plan.entry, plan.exit):
        allowed, reason = None, "no_limit_known"
    else:
        allowed = True
    return Plan(
        date.fromordinal(plan.entry),
        date.fromordinal(plan.exit),
        allowed,
        day_of(max(first.first, plan.entry)) if wrong else None,
        None if unknown else _length(reach, plan.entry),
        plan.exit - plan.entry + 1,
        reason,
        day_of(leaving),
    )


def day_of(ordinal: int | None) -> date | None:
    """Return a day of the calendar; ``None`` for an open end."""
    return None if ordinal is None or not 1 <= ordinal <= LAST_DAY else date.fromordinal(ordinal)

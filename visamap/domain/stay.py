"""What lies ahead of the day asked: how long the stay may last, the way back, a plan.

A traveller who is inside is taken to stay for as long as is lawful and then to leave; what is asked
of later days (the next entry, a plan) starts from there, the strictest case. A plan that begins on
the day asked goes on with the visit that is under way.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from visamap.dates import ONE_DAY
from visamap.domain.counting import LAST_DAY, Breach, Counter, Reach, Rulebook, Visit, rulebook
from visamap.domain.entry import advisories, duties
from visamap.domain.verdict import Run, run_at, visitor_of
from visamap.limits import NO_DAYS, Limit, allowed_days
from visamap.results.check_results import CheckAnswer, DutyNote
from visamap.results.parts import Note
from visamap.results.stay_results import (
    Calendar,
    CountedLimit,
    DutyDue,
    PastBreach,
    Penalty,
    Plan,
    StayAnswer,
    StayEnd,
)
from visamap.store.index import Index
from visamap.values import made_of
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
    unknown = _unknown(rules, reach, entry, on)
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


def _unknown(rules: Rulebook, reach: Reach, entry: int, on: int) -> bool:
    """Tell whether nobody knows if the day ``on`` is lawful for who entered on ``entry``."""
    uncertain = reach.reason == "limit_uncertain" and reach.last == on - 1
    return uncertain or rules.at(entry, on).verdict == "unknown"


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
        endless = ahead.reach.reason in {"no_limit_known", "unlimited", "citizen"}
        leaving = entry if endless else min(entry, ahead.latest_exit or case.on)
        counter = counter.with_last_until(leaving)
    found = [b for b in rules.breaches(counter, Visit(entry, plan.exit)) if b.last >= plan.entry]
    wrong = [breach for breach in found if breach.certain]
    reach = rules.reach(counter, entry, plan.entry)
    unknown = _unknown(rules, reach, entry, plan.entry)
    allowed: bool | None
    reason: StayReason | None = None
    if wrong:
        first = min(wrong, key=lambda breach: breach.first)
        allowed, reason = False, first.reason
    elif found:
        allowed, reason = None, found[0].reason
    elif rules.untold(entry, plan.entry, plan.exit):
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


SATURDAY = 5


def too_short(duty: DutyNote, days: int | None) -> bool:
    """Tell whether a duty is one of longer visits than one of so many days."""
    over = duty.stay_over_days
    return days is not None and over is not None and days <= over


def last_day(entry: date, duty: DutyNote) -> date | None:
    """Return the last day of a duty's term; ``None``: it has none, or none in the calendar."""
    days, working = duty.within_days, duty.day_kind == "working"
    if days is None:
        return None
    try:
        day, passed = entry + ONE_DAY if duty.from_next_day else entry, 0
        if not working:
            return day + (days - 1) * ONE_DAY
        while True:
            passed += day.weekday() < SATURDAY
            if passed == days:
                return day
            day += ONE_DAY
    except OverflowError:
        return None


SHOWN_WINDOW = 180
"""Days of the calendar where no limit has a window of its own."""


def stay(index: Index, answer: CheckAnswer, history: list[Run], journey: Journey) -> StayAnswer:
    """Return what is left of the stay on the day of ``answer``, with its grounds.

    ``answer`` is that of ``check`` on the day asked; ``history`` belongs to the same passport.
    """
    case = Case(
        answer.on.toordinal(), rulebook(history, index.horizon), Counter(journey.visits), journey
    )
    ahead = outlook(case)
    found = [list(case.rules.breaches(case.counter, visit)) for visit in journey.visits]
    breaches = [breach for of_visit in found for breach in of_visit]
    wrong = _merged([breach for breach in breaches if breach.certain])
    # Where no length of stay is known, nobody knows whether a visit was too long.
    untold = any(case.rules.untold(visit.entry, *visit) for visit in journey.visits)
    due = _duties(index, answer, history, case, ahead)
    plan = _in_practice(index, answer, case, planned(case, ahead))
    last, ends = plan.exit if plan else answer.on, ahead.reach.last
    now = case.rules.at(case.entry or case.on, case.on)
    limits = tuple(
        counted(case, limit, ahead.reach, doubtful=limit in now.doubtful) for limit in now.limits
    )
    # The verdict's own reason explains a stay; where there is none, what forbids it does.
    reason = answer.reason if ahead.days_left else ahead.reach.reason
    return made_of(
        StayAnswer,
        answer,
        limits=limits,
        in_compliance=False if wrong else None if breaches or untold else True,
        overstay_days=sum(last - first + 1 for first, last in wrong),
        first_overstay=day_of(wrong[0][0]) if wrong else None,
        days_left=ahead.days_left,
        latest_exit=day_of(ahead.latest_exit),
        # Whether and for how long an overstay bars entry is not known, so no day is told.
        next_entry=None if wrong else day_of(ahead.next_entry),
        longest_stay_from_next_entry=None if wrong else ahead.longest,
        next_full_stay=None if wrong else day_of(ahead.next_full_stay),
        penalty=_penalty(index, case, found, answer.on),
        assumptions=_assumptions(case, limits, due, overstayed=bool(wrong)),
        plan=plan,
        reason=reason,
        stay_ends=StayEnd(None if ends is None else day_of(ends + 1), ahead.reach.reason),
        max_stay_days=now.full_stay,
        inside=journey.inside,
        entered=day_of(case.entry),
        visits=len(journey.visits),
        counted_days=case.counter.days(1, case.on),
        shared_days=tuple(
            date.fromordinal(after.entry)
            for before, after in zip(journey.visits, journey.visits[1:], strict=False)
            if before.exit == after.entry
        ),
        breaches=tuple(_past(breach) for breach in breaches),
        duties=due,
        calendar=_calendar(case, limits, ahead, wrong),
        as_known_on=index.data.release if last > index.data.release else None,
        terms_change=_terms_change(case, ahead),
    )


def _in_practice(index: Index, answer: CheckAnswer, case: Case, plan: Plan | None) -> Plan | None:
    """Add to a plan what practice made of the day on which its traveller comes."""
    if plan is None or (case.journey.inside and plan.entry == answer.on):
        return plan
    visitor = visitor_of(index, answer.nationality.code, answer.passport, plan.entry)
    return plan._replace(advisories=tuple(advisories(index, visitor)))


def _terms_change(case: Case, ahead: Outlook) -> date | None:
    """Return the first day of the stay that lies ahead on which other limits hold."""
    now, *later_ones = case.rules.seen(case.entry or case.on, case.on)
    changes = (
        later.first
        for later in later_ones
        if case.on < later.first <= (ahead.latest_exit or 0) and later.limits != now.limits
    )
    return day_of(next(changes, None))


def counted(
    case: Case, limit: Limit, reach: Reach, *, doubtful: bool, entry: int | None = None
) -> CountedLimit:
    """Return a limit with what it has used up on the evening of a case, in a visit from ``entry``.

    Left out, that is the visit under way.
    """
    entry = case.entry if entry is None else entry
    used = case.counter.used(limit, case.on, entry)
    by_period = by_absence = None
    if limit.reset_days_outside:
        by_period, by_absence = case.counter.readings(limit, case.on)
    window = case.counter.window(limit, case.on, entry)
    left = None
    if limit.kind != "unlimited":
        left = max(0, (limit.entries or allowed_days(limit)) - used)
    return made_of(
        CountedLimit,
        limit,
        used=used,
        left=left,
        binding=limit in reach.limits,
        window_from=day_of(window[0]) if window else None,
        window_to=day_of(window[1]) if window else None,
        doubtful=doubtful,
        used_by_period=by_period,
        used_by_absence=by_absence,
    )


def _duties(
    index: Index, answer: CheckAnswer, history: list[Run], case: Case, ahead: Outlook
) -> tuple[DutyDue, ...]:
    """Return what falls due in the visit under way, or else in the plan."""
    plan = case.journey.plan
    longest: int | None
    if case.entry is not None:
        entry, last = case.entry, max(case.on, ahead.latest_exit or 0)
        longest = None if ahead.days_left is None else last - entry + 1
    elif plan is not None:
        entry, longest = plan.entry, plan.exit - plan.entry + 1
    else:
        return ()
    if entry > case.rules.last_entry:
        return ()
    day = date.fromordinal(entry)
    visitor = visitor_of(index, answer.nationality.code, answer.passport, day)
    chosen = history[run_at(history, day)].judgement.chosen
    return tuple(
        made_of(
            DutyDue,
            duty,
            due_on=due,
            overdue=due < answer.on,
            day_kind=duty.day_kind or "calendar",
        )
        for duty in duties(index, visitor, chosen)
        if not duty.voluntary and not too_short(duty, longest) and (due := last_day(day, duty))
    )


def _penalty(index: Index, case: Case, found: list[list[Breach]], on: date) -> Penalty | None:
    """Return the sanction for the longest overstay of one visit that began visa-free."""
    longest = 0
    for visit, breaches in zip(case.journey.visits, found, strict=True):
        if breaches and case.rules.on(visit.entry).verdict == "visa_free":
            days = _merged([breach for breach in breaches if breach.certain])
            longest = max(longest, sum(last - first + 1 for first, last in days))
    for row in index.records["penalties"]:
        if row["by"] != "traveller" or "newer_wording" in row:
            continue
        for step in row["steps"]:
            if "from_days" in step and step["from_days"] <= longest <= step.get("to_days", longest):
                return index.result(
                    Penalty,
                    {**row, **step},
                    days=longest,
                    kzt=_tenge(index, step.get("mci"), on),
                    note=step.get("note") or row.get("note"),
                )
    return None


def _tenge(index: Index, mci: int | None, on: date) -> int | None:
    by_year = (index.records.get("fees") or {}).get("mci", [])
    if mci is None:
        return None
    return next((mci * row["kzt"] for row in by_year if row["year"] == on.year), None)


def _assumptions(
    case: Case, limits: tuple[CountedLimit, ...], due: tuple[DutyDue, ...], *, overstayed: bool
) -> tuple[str, ...]:
    made = {
        "counting_assumed": True,
        "trips_without_visa": bool(case.journey.visits),
        "exit_assumed": case.journey.inside and not overstayed,
        "hours_as_days": any(limit.kind == "hours" for limit in limits),
        "terms_from_arrival": not all(one.from_next_day for one in due),
        "terms_from_next_day": any(one.from_next_day for one in due),
    }
    return tuple(code for code, holds in made.items() if holds)


def _past(breach: Breach) -> PastBreach:
    limit = breach.limit
    return PastBreach(
        date.fromordinal(breach.first),
        date.fromordinal(breach.last),
        breach.last - breach.first + 1,
        breach.reason,
        breach.certain,
        limit.kind if limit else None,
        allowed_days(limit) if limit and limit.kind not in NO_DAYS else None,
        limit.per_days if limit else None,
        limit.under if limit else None,
    )


def _calendar(
    case: Case,
    limits: tuple[CountedLimit, ...],
    ahead: Outlook,
    wrong: list[tuple[int, int]],
) -> Calendar:
    back = max((limit.per_days or 0 for limit in limits), default=0) or SHOWN_WINDOW
    first, last = max(1, case.on - back + 1), max(case.on, ahead.latest_exit or 0)
    days = ["."] * (last - first + 1)
    marked = [("f", case.on, ahead.latest_exit or 0)]
    marked += [("i", entry, leaving) for entry, leaving in case.journey.visits]
    marked += [("x", start, end) for start, end in wrong]
    for letter, start, end in marked:
        for n in range(max(start, first) - first, min(end, last) - first + 1):
            days[n] = letter
    return Calendar(date.fromordinal(first), "".join(days))


def _merged(breaches: list[Breach]) -> list[tuple[int, int]]:
    """Return the days of all breaches as runs, each day once."""
    runs: list[tuple[int, int]] = []
    for first, last in sorted((breach.first, breach.last) for breach in breaches):
        if runs and first <= runs[-1][1] + 1:
            runs[-1] = runs[-1][0], max(last, runs[-1][1])
        else:
            runs.append((first, last))
    return runs


def remarks(answer: StayAnswer) -> Iterator[Note]:
    """Yield a note for each assumption, and one for days that two visits share."""
    for code in answer.assumptions:
        if code == "exit_assumed":
            leaving = answer.latest_exit or answer.on
            yield Note("exit_assumed", {"exit": leaving.isoformat()})
        else:
            yield Note(code, {})
    if shared := [day.isoformat() for day in answer.shared_days]:
        yield Note("shared_days", {"days": shared})

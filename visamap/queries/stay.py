"""How many days are left, when must the traveller be out, when may they come back?

Makes one answer of what was lawful so far (``lawful``), what lies ahead (``ahead``) and what
follows from it (``consequences``).
"""

from datetime import date

from visamap.index import Index
from visamap.limits import Limit, allowed_days
from visamap.queries.ahead import Case, Journey, Outlook, day_of, outlook, planned
from visamap.queries.consequences import duties_due, penalty
from visamap.queries.counting import Counter
from visamap.queries.history import Run, run_at
from visamap.queries.lawful import Breach, Reach, rulebook
from visamap.queries.verdict import Visitor
from visamap.results.check import CheckAnswer
from visamap.results.stay import (
    Calendar,
    CountedLimit,
    DutyDue,
    PastBreach,
    Penalty,
    StayAnswer,
    StayEnd,
)

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
    untold = any(case.rules.unlimited(visit.entry, visit.exit) for visit in journey.visits)
    due = _duties(index, answer, history, case, ahead)
    limits = tuple(_counted(case, limit, ahead.reach) for limit in answer.limits)
    # The verdict's own reason explains a stay; where there is none, what forbids it does.
    reason = answer.reason if ahead.days_left else ahead.reach.reason
    return StayAnswer(
        nationality=answer.nationality,
        on=answer.on,
        limits=limits,
        in_compliance=False if wrong else None if breaches or untold else True,
        overstay_days=sum(last - first + 1 for first, last in wrong),
        first_overstay=day_of(wrong[0][0]) if wrong else None,
        days_left=ahead.days_left,
        latest_exit=day_of(ahead.latest_exit),
        next_entry=day_of(ahead.next_entry),
        longest_stay_from_next_entry=ahead.longest,
        next_full_stay=day_of(ahead.next_full_stay),
        penalty=_penalty(index, case, found, answer.on),
        assumptions=_assumptions(case, limits, due),
        plan=planned(case, ahead),
        passport=answer.passport,
        verdict=answer.verdict,
        reason=reason,
        stay_ends=_end(ahead),
        max_stay_days=case.rules.at(case.entry or case.on, case.on).full_stay,
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
        regime=answer.regime,
        suspended_by=answer.suspended_by,
        advisories=answer.advisories,
        visas=answer.visas,
        as_known_on=answer.as_known_on,
        confidence=answer.confidence,
        sources=answer.sources,
        also=answer.also,
        held_passport=answer.held_passport,
    )


def _end(ahead: Outlook) -> StayEnd | None:
    last = ahead.reach.last
    return StayEnd(None if last is None else day_of(last + 1), ahead.reach.reason)


def _counted(case: Case, limit: Limit, reach: Reach) -> CountedLimit:
    used = case.counter.used(limit, case.on, case.entry)
    window = case.counter.window(limit, case.on, case.entry)
    return CountedLimit(
        limit.kind,
        limit.days,
        limit.per_days,
        limit.hours,
        limit.under,
        limit.counts_from,
        used,
        max(0, allowed_days(limit) - used),
        limit in reach.limits,
        day_of(window[0]) if window else None,
        day_of(window[1]) if window else None,
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
    day = date.fromordinal(entry)
    visitor = Visitor(index.holder(answer.nationality.code), answer.passport, day)
    chosen = history[run_at(history, day)].judgement.chosen
    return tuple(duties_due(index, visitor, chosen, longest, answer.on))


def _penalty(index: Index, case: Case, found: list[list[Breach]], on: date) -> Penalty | None:
    """Return the sanction for the longest overstay of one visit that began visa-free."""
    longest = 0
    for visit, breaches in zip(case.journey.visits, found, strict=True):
        if breaches and case.rules.on(visit.entry).verdict == "visa_free":
            days = _merged([breach for breach in breaches if breach.certain])
            longest = max(longest, sum(last - first + 1 for first, last in days))
    return penalty(index, longest, on) if longest else None


def _assumptions(
    case: Case, limits: tuple[CountedLimit, ...], due: tuple[DutyDue, ...]
) -> tuple[str, ...]:
    made = {
        "counting_assumed": True,
        "trips_without_visa": bool(case.journey.visits),
        "exit_assumed": case.journey.inside,
        "hours_as_days": any(limit.kind == "hours" for limit in limits),
        "terms_from_arrival": bool(due),
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
        allowed_days(limit) if limit else None,
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

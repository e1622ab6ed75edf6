"""The days on which an answer may change, and the runs of days between them.

Everything the data says about a passport is constant between two neighbouring turning points, so an
answer is worked out once per run of days and looked up afterwards.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from visamap.index import Index, day
from visamap.periods import ONE_DAY, Bounded, Period, open_ends
from visamap.queries.verdict import Judgement, Visitor, judge
from visamap.results.parts import Between
from visamap.vocabulary import Passport

EARLIEST = date.min


class Run(NamedTuple):
    """Days between two neighbouring turning points; what is said of one holds for all."""

    period: Period
    judgement: Judgement


def turning_points(index: Index, nationality: str, passport: Passport) -> list[date]:
    """Return every day on which the judgement of this passport may change."""
    periods: list[Period] = [span.period for span in index.spans(nationality, passport)]
    for rule in index.rules("overlays"):
        periods += parts(rule.bounds)
    for group in index.tables["groups"]:
        periods += [part for bounds in index.memberships(group) for part in parts(bounds)]
    periods += [Period(act.start, None) for act in index.pending(nationality, passport)]
    periods.append(Period(index.covered_from(passport), None))
    return sorted({EARLIEST, *_turns(periods)})


def answer_points(index: Index, nationality: str, passport: Passport) -> list[date]:
    """Return every day on which anything that is answered for this passport may change."""
    periods = [Period(None, index.data.release), Period(None, index.horizon)]
    for section in ("advisories", "duties"):
        for rule in index.rules(section):
            periods += parts(rule.bounds)
    periods += [period for _, period, _ in index.transit(nationality, passport)]
    rows = [*index.documents(nationality), *index.lists()]
    periods += [part for _, bounds in rows for part in parts(bounds)]
    for visa in index.tables["visitor_visas"]:
        periods += [Period(day(visa["from"]), None), Period(day(visa["until"]), None)]
    return sorted({*turning_points(index, nationality, passport), *_turns(periods)})


def runs(index: Index, nationality: str, passport: Passport) -> list[Run]:
    """Return the whole history, oldest first, without gaps."""
    starts = turning_points(index, nationality, passport)
    return [
        Run(
            Period(start, following - ONE_DAY if following else None),
            judge(index, Visitor(nationality, passport, start)),
        )
        for start, following in zip(starts, [*starts[1:], None], strict=True)
    ]


def run_at(history: Sequence[Run], on: date) -> int:
    """Return which run of a history a day lies in."""
    return next(n for n, run in enumerate(history) if run.period.covers(on))


def free_since(history: list[Run], on: date) -> tuple[date | None, Between | None]:
    """Return the first day of the unbroken certain run that ``on`` lies in, and its bounds."""
    at = run_at(history, on)
    if history[at].judgement.verdict != "visa_free":
        return None, None
    while at and history[at - 1].judgement.verdict == "visa_free":
        at -= 1
    return (history[at].period.first, turned_between(history, at)) if at else (None, None)


def turned_between(history: Sequence[Run], at: int) -> Between | None:
    """Return the bounds of the day on which a run began, where the true day is not known."""
    before, after, on = history[at - 1].judgement, history[at].judgement, history[at].period.first
    for judgement in (after, before):
        chosen = [judgement.chosen] if judgement.chosen else []
        for applied in (*chosen, *judgement.possible, *judgement.others):
            start, end = open_ends(applied.regime.bounds)
            over = end and (end[0] + ONE_DAY, end[1] + ONE_DAY)
            for bounds in (start, over):
                if bounds and on in bounds:
                    return bounds
    return None


def parts(bounds: Bounded) -> list[Period]:
    """Return the certain and the uncertain parts of a period."""
    certain = bounds.certain
    return [*bounds.possible, *([certain] if certain else [])]


def _turns(periods: Iterable[Period]) -> Iterator[date]:
    for period in periods:
        if period.first:
            yield period.first
        if period.last and period.last < date.max:
            yield period.last + ONE_DAY

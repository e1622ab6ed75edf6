"""How has it been for this nationality: every period with its answer, and what ended it.

A period joins neighbouring runs of ``visamap.queries.history`` of which the same is said; a gap
between rules is a period too.
"""

from datetime import date

from visamap.index import Index
from visamap.periods import Period
from visamap.queries import grounds
from visamap.queries.causes import cause
from visamap.queries.history import EARLIEST, Run
from visamap.queries.verdict import Judgement, Visitor
from visamap.results.timeline import Ending, TimelinePeriod


def timeline(
    index: Index, visitor: Visitor, history: list[Run], until: date | None
) -> list[TimelinePeriod]:
    """Return the periods that touch the days from ``visitor.on`` to ``until``, oldest first.

    They stay whole: the first may begin earlier, the last may go on. ``history`` is
    ``runs(index, nationality, passport)`` of the same passport.
    """
    wanted = Period(visitor.on, until)
    joined = join(history)
    return [
        _period(index, visitor, run, joined[n + 1] if n + 1 < len(joined) else None)
        for n, run in enumerate(joined)
        if run.period.meets(wanted)
    ]


def join(history: list[Run]) -> list[Run]:
    """Return the history with neighbours of one outcome as one run."""
    joined: list[Run] = []
    for run in history:
        if joined and outcome(joined[-1].judgement) == outcome(run.judgement):
            first = joined[-1].period.first
            joined[-1] = joined[-1]._replace(period=Period(first, run.period.last))
        else:
            joined.append(run)
    return joined


def outcome(judgement: Judgement) -> Judgement:
    """Return what an answer tells of a judgement: a halted rule is not told beside a chosen one."""
    return judgement._replace(halted=(), perhaps_halted=()) if judgement.chosen else judgement


def _period(index: Index, visitor: Visitor, run: Run, following: Run | None) -> TimelinePeriod:
    judgement, chosen = run.judgement, run.judgement.chosen
    ended = cause(index, judgement, following.judgement) if following else None
    first = run.period.first
    return TimelinePeriod(
        nationality=index.country(visitor.nationality),
        passport=visitor.passport,
        valid_from=None if first == EARLIEST else first,
        valid_to=run.period.last,
        verdict=judgement.verdict,
        reason=judgement.reason,
        max_stay_days=chosen.max_stay_days if chosen else None,
        limits=chosen.limits if chosen else (),
        regime=grounds.regime_ref(chosen) if chosen else None,
        also=grounds.also(index, judgement.others, possible=False),
        suspended_by=grounds.halt(index, judgement),
        ended_by=Ending(*ended) if ended else None,
        possible=grounds.also(index, judgement.possible, possible=True),
        pending=grounds.pending(judgement),
        border_residents=grounds.also(index, judgement.local, possible=False),
        confidence=grounds.confidence(index, judgement),
        sources=index.sources(grounds.sources(index, judgement)),
        held_passport=index.held_passport(visitor.nationality),
    )

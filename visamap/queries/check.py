"""May this nationality enter without a visa on that day, and on what terms?"""

from collections.abc import Iterable
from datetime import date

from visamap.index import Index
from visamap.queries import beside, grounds
from visamap.queries.history import Run, free_since, run_at, turned_between
from visamap.queries.verdict import Judgement, Visitor, beyond_horizon, passport_asked
from visamap.results.check import CheckAnswer, Dispute, DisputeSide, NextChange
from visamap.vocabulary import Verdict

BEST_FIRST = ("citizen", "visa_free", "unknown", "visa_required")


def check(
    index: Index, asked: Visitor, history: list[Run], entered: date | None = None
) -> CheckAnswer:
    """Return what holds for the visitor, with its grounds.

    ``history`` is ``runs(index, code, passport)`` of the passport that is held; ``entered`` is the
    day of entry of who is inside already. A day of entry past the horizon is told what is known
    last, and none of it for certain.
    """
    late = (entered or asked.on) > index.horizon
    on = index.horizon if late else asked.on
    visitor = asked._replace(nationality=index.holder(asked.nationality), on=on)
    judgement = history[run_at(history, on)].judgement
    if late:
        judgement = beyond_horizon(judgement)
    chosen = judgement.chosen
    since, since_between = free_since(history, on) if chosen else (None, None)
    return CheckAnswer(
        nationality=index.country(asked.nationality),
        passport=asked.passport,
        on=asked.on,
        verdict=judgement.verdict,
        best=True,
        reason=judgement.reason,
        max_stay_days=chosen.max_stay_days if chosen else None,
        days_asked=None,
        stay_allowed=None,
        stay_reason=None,
        limits=chosen.limits if chosen else (),
        regime=grounds.regime_ref(chosen) if chosen else None,
        also=(
            *grounds.also(index, judgement.others, possible=False),
            *grounds.also(index, judgement.possible, possible=True),
        ),
        border_residents=grounds.also(index, judgement.local, possible=False),
        visa_free_since=since,
        visa_free_since_between=since_between,
        next_change=_next_change(history, run_at(history, asked.on)),
        pending=grounds.pending(judgement),
        suspended_by=grounds.halt(index, judgement),
        perhaps_suspended_by=grounds.perhaps_halts(index, judgement),
        doubtful_limits=chosen.doubtful if chosen else (),
        disputed=_disputes(index, judgement),
        conditions=grounds.conditions(index, chosen) if chosen else (),
        purposes=chosen.regime.purposes if chosen else (),
        duties=tuple(beside.duties(index, visitor, chosen)),
        advisories=tuple(beside.advisories(index, visitor)),
        transit=tuple(beside.transit(index, visitor)),
        entry_documents=tuple(beside.documents(index, visitor, chosen)),
        visas=beside.visa_hints(index, visitor),
        as_known_on=index.data.release if asked.on > index.data.release else None,
        confidence=grounds.confidence(index, judgement),
        sources=index.sources(grounds.sources(index, judgement)),
        held_passport=index.held_passport(asked.nationality),
    )


def with_days(index: Index, answer: CheckAnswer, days: int, history: list[Run]) -> CheckAnswer:
    """Return the answer to "is a stay of ``days`` days allowed in one visit?" as well."""
    from visamap.queries.terms_end import (  # noqa: PLC0415  most ask for no length
        terms_end,
        terms_of,
        visit,
    )

    terms = [terms_of(run) for run in history]
    at = run_at(history, answer.on)
    asked = terms[at]._replace(verdict=answer.verdict)
    allowed, why = visit(asked, terms_end(terms, at), answer.on, days)
    duties = tuple(d for d in answer.duties if d.stay_over_days is None or days > d.stay_over_days)
    return answer._replace(
        days_asked=days,
        stay_allowed=allowed,
        stay_reason=why,
        duties=duties,
        visas=answer.visas if allowed else beside.fitting(index, answer.visas, days),
    )


def mark_best(answers: Iterable[CheckAnswer]) -> tuple[CheckAnswer, ...]:
    """Mark the best of several nationalities of one traveller: by verdict, then longest stay."""
    listed = list(answers)

    def rank(n: int) -> tuple[int, bool, int]:
        answer = listed[n]
        stay = answer.max_stay_days
        return BEST_FIRST.index(answer.verdict), stay is None, -(stay or 0)

    best = min(range(len(listed)), key=rank)
    return tuple(answer._replace(best=n == best) for n, answer in enumerate(listed))


def _next_change(history: list[Run], at: int) -> NextChange | None:
    now = _outcome(history[at].judgement)
    for n, run in enumerate(history[at + 1 :], at + 1):
        outcome = _outcome(run.judgement)
        if outcome != now and run.period.first:
            return NextChange(run.period.first, *outcome, turned_between(history, n))
    return None


def _outcome(judgement: Judgement) -> tuple[Verdict, int | None, str | None]:
    chosen = judgement.chosen
    if chosen is None:
        return judgement.verdict, None, None
    return judgement.verdict, chosen.max_stay_days, chosen.regime.id


def _disputes(index: Index, judgement: Judgement) -> tuple[Dispute, ...]:
    rules = [*([judgement.chosen] if judgement.chosen else []), *judgement.possible]
    return tuple(
        Dispute(
            applied.regime.id,
            dispute["what"],
            tuple(
                DisputeSide(side["says"], index.sources(side["sources"]))
                for side in dispute["sides"]
            ),
        )
        for applied in rules
        if (dispute := applied.regime.dispute)
    )


__all__ = ["check", "mark_best", "passport_asked", "with_days"]

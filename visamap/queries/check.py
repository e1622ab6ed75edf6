"""May this nationality enter without a visa on that day, and on what terms?"""

from collections.abc import Iterable

from visamap.index import Index, Regime
from visamap.limits import max_stay_days
from visamap.periods import known_ends, open_ends
from visamap.queries import beside
from visamap.queries.history import Run, free_since
from visamap.queries.verdict import Applied, Judgement, Visitor, passport_asked
from visamap.results.check import (
    AlsoRegime,
    CheckAnswer,
    Condition,
    Dispute,
    DisputeSide,
    Halt,
    NextChange,
    PendingAct,
    RegimeRef,
)
from visamap.vocabulary import Confidence, Verdict

BASE_ACT = "kz-gov-148-2012"
BEST_FIRST = ("citizen", "visa_free", "unknown", "visa_required")


def check(index: Index, visitor: Visitor, history: list[Run]) -> CheckAnswer:
    """Return what holds for the visitor, with its grounds.

    ``history`` is ``runs(index, nationality, passport)`` of the same passport.
    """
    at = next(n for n, run in enumerate(history) if run.period.covers(visitor.on))
    judgement = history[at].judgement
    chosen = judgement.chosen
    return CheckAnswer(
        nationality=index.country(visitor.nationality),
        passport=visitor.passport,
        on=visitor.on,
        verdict=judgement.verdict,
        best=True,
        reason=judgement.reason,
        max_stay_days=chosen.max_stay_days if chosen else None,
        days_asked=None,
        stay_allowed=None,
        limits=chosen.limits if chosen else (),
        regime=_regime_ref(chosen) if chosen else None,
        also=(
            *_also(judgement.others, possible=False),
            *_also(judgement.possible, possible=True),
        ),
        border_residents=_also(judgement.local, possible=False),
        visa_free_since=free_since(history, visitor.on),
        next_change=_next_change(history, at),
        pending=tuple(
            PendingAct(act.act.id, act.act.title, act.approved, act.limits)
            for act in judgement.pending
        ),
        suspended_by=_halt(index, judgement),
        disputed=_disputes(index, judgement),
        conditions=_conditions(chosen.regime) if chosen else (),
        purposes=chosen.regime.purposes if chosen else (),
        duties=tuple(beside.duties(index, visitor, chosen)),
        advisories=tuple(beside.advisories(index, visitor)),
        transit=tuple(beside.transit(index, visitor)),
        entry_documents=tuple(beside.documents(index, visitor, chosen)),
        visas=beside.visa_hints(index, visitor),
        as_known_on=index.data.release if visitor.on > index.data.release else None,
        confidence=_confidence(judgement),
        sources=tuple(index.source(source) for source in _sources(index, judgement)),
    )


def with_days(answer: CheckAnswer, days: int) -> CheckAnswer:
    """Return the answer to "is a stay of ``days`` days allowed in one visit?" as well."""
    allowed: bool | None
    if answer.verdict == "citizen":
        allowed = True
    elif answer.verdict == "visa_free":
        allowed = None if answer.max_stay_days is None else days <= answer.max_stay_days
    else:
        allowed = None if answer.verdict == "unknown" else False
    duties = tuple(d for d in answer.duties if d.stay_over_days is None or days > d.stay_over_days)
    return answer._replace(days_asked=days, stay_allowed=allowed, duties=duties)


def mark_best(answers: Iterable[CheckAnswer]) -> tuple[CheckAnswer, ...]:
    """Mark the best of several nationalities of one traveller: by verdict, then longest stay."""
    listed = list(answers)

    def rank(n: int) -> tuple[int, bool, int]:
        answer = listed[n]
        stay = answer.max_stay_days
        return BEST_FIRST.index(answer.verdict), stay is None, -(stay or 0)

    best = min(range(len(listed)), key=rank)
    return tuple(answer._replace(best=n == best) for n, answer in enumerate(listed))


def _regime_ref(applied: Applied) -> RegimeRef:
    regime = applied.regime
    return RegimeRef(
        regime.id,
        regime.act.id,
        regime.act.basis,
        *known_ends(regime.bounds),
        regime.confidence,
        *open_ends(regime.bounds),
        regime.act,
        regime.note,
    )


def _also(rules: Iterable[Applied], *, possible: bool) -> tuple[AlsoRegime, ...]:
    return tuple(
        AlsoRegime(
            regime.id,
            regime.act.id,
            regime.act.basis,
            *known_ends(regime.bounds),
            max_stay_days(limits),
            limits,
            possible,
            *open_ends(regime.bounds),
            regime.confidence,
            _conditions(regime),
            regime.act,
            regime.note,
        )
        for regime, limits, _overlays in rules
    )


def _conditions(regime: Regime) -> tuple[Condition, ...]:
    return tuple(Condition(code, value) for code, value in regime.conditions.items())


def _next_change(history: list[Run], at: int) -> NextChange | None:
    now = _outcome(history[at].judgement)
    for run in history[at + 1 :]:
        outcome = _outcome(run.judgement)
        if outcome != now and run.period.first:
            return NextChange(run.period.first, *outcome)
    return None


def _outcome(judgement: Judgement) -> tuple[Verdict, int | None, str | None]:
    chosen = judgement.chosen
    if chosen is None:
        return judgement.verdict, None, None
    return judgement.verdict, chosen.max_stay_days, chosen.regime.id


def _halt(index: Index, judgement: Judgement) -> Halt | None:
    if not judgement.halted or judgement.chosen:
        return None
    span = judgement.halted[0]
    act, _sources = index.suspension(str(span.by))
    return Halt(str(span.by), act, span.regime, span.period.first, span.period.last)


def _disputes(index: Index, judgement: Judgement) -> tuple[Dispute, ...]:
    rules = [*([judgement.chosen] if judgement.chosen else []), *judgement.possible]
    return tuple(
        Dispute(
            applied.regime.id,
            dispute["what"],
            tuple(
                DisputeSide(side["says"], tuple(index.source(s) for s in side["sources"]))
                for side in dispute["sides"]
            ),
        )
        for applied in rules
        if (dispute := applied.regime.dispute)
    )


def _confidence(judgement: Judgement) -> Confidence:
    """Return how sure the answer itself is; "unknown" is no sure answer."""
    if judgement.chosen:
        return judgement.chosen.regime.confidence
    if judgement.verdict == "unknown":
        return "low"
    # A closed world: somebody searched and found nothing, which is weaker than a text that says no.
    return "high" if judgement.reason in {"citizen", "suspended"} else "medium"


def _sources(index: Index, judgement: Judgement) -> list[str]:
    """Return the ids of the sources that the answer rests on, each once, the rule's own first."""
    found: list[str] = []
    if judgement.chosen:
        found += judgement.chosen.regime.sources
        found += index.act_sources(judgement.chosen.regime.act.id)
        for overlay in judgement.chosen.overlays:
            found += overlay.sources
    else:
        for span in judgement.halted:
            found += index.suspension(str(span.by))[1]
    for applied in judgement.possible:
        found += applied.regime.sources
    for act in judgement.pending:
        found += act.sources
    for applied in judgement.local:
        found += applied.regime.sources
    if not found and judgement.verdict != "citizen":
        found += index.act_sources(BASE_ACT)
    return list(dict.fromkeys(found))


__all__ = ["check", "mark_best", "passport_asked", "with_days"]

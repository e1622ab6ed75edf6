"""What a judgement rests on, in the form of answers: the rule, its act, the halt, the sources.

Nothing is judged here; ``visamap.queries.verdict`` did.
"""

from collections.abc import Iterable

from visamap.index import Index, Regime
from visamap.limits import max_stay_days
from visamap.periods import known_ends, open_ends
from visamap.queries.verdict import Applied, Judgement
from visamap.results.check import AlsoRegime, Condition, Halt, PendingAct, RegimeRef
from visamap.vocabulary import Confidence

BASE_ACT = "kz-gov-148-2012"
"""The act behind a "no" of the shipped data; a data file of one's own may not have it."""


def regime_ref(applied: Applied) -> RegimeRef:
    """Return the chosen rule."""
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


def also(rules: Iterable[Applied], *, possible: bool) -> tuple[AlsoRegime, ...]:
    """Return rules that hold, or may hold, beside the chosen one."""
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
            conditions(regime),
            regime.act,
            regime.note,
        )
        for regime, limits, _overlays in rules
    )


def conditions(regime: Regime) -> tuple[Condition, ...]:
    """Return the conditions of a rule."""
    return tuple(Condition(code, value) for code, value in regime.conditions.items())


def halt(index: Index, judgement: Judgement) -> Halt | None:
    """Return what suspends the rule, where no other rule holds."""
    if not judgement.halted or judgement.chosen:
        return None
    span = judgement.halted[0]
    act, _ = index.suspension(str(span.by))
    return Halt(str(span.by), act, span.regime, span.period.first, span.period.last)


def confidence(judgement: Judgement) -> Confidence:
    """Return how sure the answer itself is; "unknown" is no sure answer."""
    if judgement.chosen:
        return judgement.chosen.regime.confidence
    if judgement.verdict == "unknown":
        return "low"
    # A closed world: somebody searched and found nothing, which is weaker than a text that says no.
    return "high" if judgement.reason in {"citizen", "suspended"} else "medium"


def sources(index: Index, judgement: Judgement) -> list[str]:
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
    if not found and judgement.verdict != "citizen" and index.has_act(BASE_ACT):
        found += index.act_sources(BASE_ACT)
    return list(dict.fromkeys(found))


def pending(judgement: Judgement) -> tuple[PendingAct, ...]:
    """Return the agreements that were approved and not found in force."""
    return tuple(
        PendingAct(act.act.id, act.act.title, act.approved, act.limits, act.approved_between)
        for act in judgement.pending
    )

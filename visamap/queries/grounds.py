"""What a judgement rests on, in the form of answers: the rule, its act, the halt, the sources.

Nothing is judged here; ``visamap.queries.verdict`` did.
"""

from collections.abc import Iterable

from visamap.index import Index, Span
from visamap.periods import known_ends, open_ends
from visamap.queries.verdict import Applied, Judgement
from visamap.results.check import AlsoRegime, Condition, Halt, PendingAct, RegimeRef
from visamap.vocabulary import CONFIDENCES, Confidence

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


def also(index: Index, rules: Iterable[Applied], *, possible: bool) -> tuple[AlsoRegime, ...]:
    """Return rules that hold, or may hold, beside the chosen one."""
    return tuple(
        AlsoRegime(
            regime.id,
            regime.act.id,
            regime.act.basis,
            *known_ends(regime.bounds),
            applied.max_stay_days,
            applied.limits,
            possible,
            *open_ends(regime.bounds),
            regime.confidence,
            conditions(index, applied),
            regime.act,
            regime.note,
        )
        for applied, regime in ((applied, applied.regime) for applied in rules)
    )


def conditions(index: Index, applied: Applied) -> tuple[Condition, ...]:
    """Return the conditions of a rule, with those of a paper in place of its passport."""
    of_paper = index.paper(applied.paper)["conditions"] if applied.paper else {}
    return tuple(
        Condition(code, value) for code, value in {**of_paper, **applied.regime.conditions}.items()
    )


def halt(index: Index, judgement: Judgement) -> Halt | None:
    """Return what suspends the rule, where no other rule holds."""
    if not judgement.halted or judgement.chosen:
        return None
    return _halt(index, judgement.halted[0])


def perhaps_halts(index: Index, judgement: Judgement) -> tuple[Halt, ...]:
    """Return what may suspend a rule, where no other rule holds."""
    if judgement.chosen:
        return ()
    return tuple(_halt(index, span) for span in judgement.perhaps_halted)


def _halt(index: Index, span: Span) -> Halt:
    act, _ = index.suspension(str(span.by))
    return Halt(str(span.by), act, span.regime, span.period.first, span.period.last)


def confidence(index: Index, judgement: Judgement) -> Confidence:
    """Return how sure the answer itself is; "unknown" is no sure answer."""
    if chosen := judgement.chosen:
        papers = [index.paper(chosen.paper)["confidence"]] if chosen.paper else []
        return max([chosen.regime.confidence, *papers], key=CONFIDENCES.index)
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
        if judgement.chosen.paper:
            found += index.paper(judgement.chosen.paper)["sources"]
        for overlay in judgement.chosen.overlays:
            found += overlay.sources
    else:
        for span in (*judgement.halted, *judgement.perhaps_halted):
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

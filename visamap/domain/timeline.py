"""Why the judgement of one day differs from that of the day before, and the act that did it.

The rules of judgement stand in ``visamap.domain.verdict``; here two judgements are compared.
"""

from collections.abc import Iterable
from datetime import date

from visamap.dates import Period
from visamap.domain import entry
from visamap.domain.verdict import EARLIEST, Applied, Judgement, Run, Visitor
from visamap.results.parts import Act
from visamap.results.time_results import Ending, TimelinePeriod
from visamap.store.index import Index, Pending
from visamap.store.spans import Span
from visamap.values import made_of
from visamap.vocabulary import Cause

Found = tuple[Cause, Act | None]


def cause(index: Index, before: Judgement, after: Judgement) -> Found:
    """Return what led from one judgement to the one of the following day."""
    if after.reason == "suspended":
        return _into_a_halt(index, before, after)
    if before.reason == "suspended":
        return _out_of_a_halt(index, before, after)
    old, new = before.chosen, after.chosen
    if old and new:
        same = old.regime.id == new.regime.id
        return (_same_rule if same else _another_rule)(index, before, after, old, new)
    if new:
        return _into_certainty(index, before, new)
    if old:
        return _out_of_certainty(index, old, after)
    return _without_rule(index, before, after)


def act_behind(index: Index, applied: Applied) -> Act:
    """Return the act that made a rule what it is: the one that amended it, or its own."""
    regime = applied.regime
    return index.act(regime.amended_by) if regime.amended_by else regime.act


def _into_a_halt(index: Index, before: Judgement, after: Judgement) -> Found:
    by = after.halted[0].by
    act = index.halting_act(by)
    if before.reason != "suspended":
        return "suspended", act
    return "beside" if by == before.halted[0].by else "suspension_followed", act


def _out_of_a_halt(index: Index, before: Judgement, after: Judgement) -> Found:
    by = before.halted[0].by
    act = index.halting_act(by)
    halted = {span.regime for span in before.halted}
    if after.chosen:
        resumed = after.chosen.regime.id in halted
        return ("suspension_ended", act) if resumed else ("began", act_behind(index, after.chosen))
    if any(span.by == by for span in after.perhaps_halted):
        return "suspension_may_have_ended", act
    if any(applied.regime.id in halted for applied in after.possible):
        return "suspension_ended", act
    if after.possible or after.pending:
        return _without_rule(index, before, after)
    # The halt is over and nothing holds: the rule ended while it was halted.
    return "ended", index.regime(before.halted[0].regime).act


def _into_certainty(index: Index, before: Judgement, new: Applied) -> Found:
    if halt := _halting(new, before.perhaps_halted):
        return "surely_not_suspended", index.halting_act(halt.by)
    return "confirmed" if _named(new, before.possible) else "began", act_behind(index, new)


def _out_of_certainty(index: Index, old: Applied, after: Judgement) -> Found:
    if halt := _halting(old, after.perhaps_halted):
        return "may_be_suspended", index.halting_act(halt.by)
    return "may_have_ended" if _named(old, after.possible) else "ended", old.regime.act


def _another_rule(
    index: Index, before: Judgement, after: Judgement, old: Applied, new: Applied
) -> Found:
    if _named(old, after.others):
        return "overtaken", act_behind(index, new)
    found: tuple[tuple[Cause, Span | None], ...] = (
        ("suspended", _halting(old, after.halted)),
        ("may_be_suspended", _halting(old, after.perhaps_halted)),
        ("suspension_ended", _halting(new, before.halted)),
        ("surely_not_suspended", _halting(new, before.perhaps_halted)),
    )
    for why, halt in found:
        if halt:
            return why, index.halting_act(halt.by)
    if _named(new, before.others):
        return "ended", old.regime.act
    return "replaced", act_behind(index, new)


def _same_rule(
    index: Index, before: Judgement, after: Judgement, old: Applied, new: Applied
) -> Found:
    if act := _domestic(index, old, new):
        return "new_terms", act
    if maybe := _first_new(after.possible, before.possible):
        return "may_have_begun", act_behind(index, maybe)
    rule = (
        _first_new(after.others, before.others)
        or _first_new(before.others, after.others)
        or _first_new(before.possible, after.possible)
    )
    if rule:
        return "beside", act_behind(index, rule)
    if pending := _first_pending(after, before) or _first_pending(before, after):
        return "beside", pending.act
    pairs = ((was, now) for was in before.others for now in after.others)
    same = ((was, now) for was, now in pairs if was.regime.id == now.regime.id)
    return "beside", next(filter(None, (_domestic(index, *pair) for pair in same)), None)


def _domestic(index: Index, old: Applied, new: Applied) -> Act | None:
    """Return the domestic act that gave a rule other limits, where one did."""
    changed = [o for o in new.overlays if o not in old.overlays]
    changed += [o for o in old.overlays if o not in new.overlays]
    if not changed or old.limits == new.limits:
        return None
    return index.act(changed[0].record["act"])


def _without_rule(index: Index, before: Judgement, after: Judgement) -> Found:
    if new := _first_new(after.possible, before.possible):
        return "may_have_begun", act_behind(index, new)
    if pending := _first_pending(after, before):
        perhaps: Cause = "may_be_approved" if after.reason == "approval_uncertain" else "approved"
        return perhaps if pending.approved else "signed", pending.act
    if before.reason == "approval_uncertain" and after.reason == "approved_not_in_force":
        return "approved", next(act.act for act in after.pending if act.approved)
    if gone := _first_new(before.possible, after.possible):
        return "ended", gone.regime.act
    if before.reason == "not_covered" != after.reason:
        return "coverage_began", None
    rules = (*after.local, *before.local, *after.possible)
    return "beside", rules[0].regime.act if rules else None


def _halting(rule: Applied, spans: Iterable[Span]) -> Span | None:
    return next((span for span in spans if span.regime == rule.regime.id), None)


def _named(rule: Applied, among: Iterable[Applied]) -> bool:
    return any(applied.regime.id == rule.regime.id for applied in among)


def _first_new(later: Iterable[Applied], earlier: tuple[Applied, ...]) -> Applied | None:
    return next((rule for rule in later if not _named(rule, earlier)), None)


def _first_pending(after: Judgement, before: Judgement) -> Pending | None:
    known = {pending.act.id for pending in before.pending}
    return next((pending for pending in after.pending if pending.act.id not in known), None)


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
    """Return what a history tells of a judgement: a halted rule is not told beside a chosen one.

    Nor is what holds for some travellers alone.
    """
    told = judgement._replace(conditional=())
    return told._replace(halted=(), perhaps_halted=()) if told.chosen else told


def _period(index: Index, visitor: Visitor, run: Run, following: Run | None) -> TimelinePeriod:
    judgement, first = run.judgement, run.period.first
    ended = cause(index, judgement, following.judgement) if following else None
    return made_of(
        TimelinePeriod,
        entry.standing(index, judgement),
        nationality=index.country(visitor.nationality),
        passport=visitor.passport,
        valid_from=None if first == EARLIEST else first,
        valid_to=run.period.last,
        also=entry.also(index, judgement.others),
        ended_by=Ending(*ended) if ended else None,
        border_residents=entry.also(index, judgement.local),
        confidence=entry.confidence(index, judgement),
        sources=entry.sources(index, judgement),
        perhaps_suspended_by=entry.perhaps_halts(index, judgement),
        held_passport=index.held_passport(visitor.nationality, visitor.passport, first or EARLIEST),
    )

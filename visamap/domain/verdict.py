"""What holds for one passport on one day: the verdict, its reason and the rules behind it.

The rules of judgement stand here and nowhere else. A yes needs certainty; whatever is only
possible, doubtful or uncovered is "unknown".
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from visamap.dates import ONE_DAY, Bounded, Period, open_ends, open_start
from visamap.limits import Limit, any_length, complete, max_stay_days, of_either
from visamap.results.parts import Between
from visamap.store.index import DomesticRule, Index, Pending, Regime
from visamap.store.spans import Span, bounds_of, day, parts
from visamap.values import Value
from visamap.vocabulary import Basis, Passport, Reason, Verdict

STATELESS_KINDS = frozenset({"stateless", "refugee"})
NATIONAL_KINDS = frozenset({"state", "territory"})


class Visitor(Value):
    """Who asks for which day: a country or document code, a passport kind, the day of entry."""

    nationality: str
    passport: Passport
    on: date


class Applied(Value):
    """A regime with all limits of the day, and the overlays that added some.

    Those among them that only may bind are ``doubtful``: to keep to them is safe, and a longer stay
    is not refused for certain.
    """

    regime: Regime
    limits: tuple[Limit, ...]
    overlays: tuple[DomesticRule, ...] = ()
    doubtful: tuple[Limit, ...] = ()
    paper: str | None = None
    """The identity card that the rule is open to in place of its passport."""

    @property
    def max_stay_days(self) -> int | None:
        """The longest first stay that all limits allow, those among them that only may bind."""
        return max_stay_days(self.limits)

    @property
    def unless_bound(self) -> int | None:
        """The longest first stay where no doubtful limit binds."""
        return max_stay_days(limit for limit in self.limits if limit not in self.doubtful)


class Judgement(Value):
    """The verdict of a day, and the rules behind it.

    ``others`` hold too, ``possible`` may hold, ``halted`` would hold, ``perhaps_halted`` may be
    halted; ``local`` hold for residents of a border area only, ``conditional`` for those who meet
    their needs, or may (with whether that is doubtful).
    """

    verdict: Verdict
    reason: Reason
    chosen: Applied | None = None
    others: tuple[Applied, ...] = ()
    possible: tuple[Applied, ...] = ()
    halted: tuple[Span, ...] = ()
    perhaps_halted: tuple[Span, ...] = ()
    pending: tuple[Pending, ...] = ()
    local: tuple[Applied, ...] = ()
    conditional: tuple[tuple[Applied, bool], ...] = ()

    @property
    def holding(self) -> tuple[Applied, ...]:
        """The rules that hold, the chosen one first."""
        return (self.chosen, *self.others) if self.chosen else ()

    @property
    def halts(self) -> tuple[Span, ...]:
        """The rules that are or may be halted."""
        return self.halted + self.perhaps_halted


def passport_asked(index: Index, nationality: str, passport: Passport) -> Passport:
    """Return the passport kind that is judged: a document of an organisation is always its own."""
    return "laissez_passer" if index.kind(nationality) == "organisation" else passport


def visitor_of(index: Index, code: str, passport: Passport, on: date) -> Visitor:
    """Return who comes on a day with the passport that people of ``code`` hold."""
    return Visitor(index.holder(code, passport, on), passport, on)


def judge(index: Index, visitor: Visitor) -> Judgement:
    """Return what holds for the visitor on the day; never a guess."""
    if visitor.nationality == index.home:
        return Judgement("citizen", "citizen")
    visitor = visitor_of(index, *visitor)
    rules = [
        (index.regime(span.regime), span)
        for span in index.spans(visitor.nationality, visitor.passport)
        if span.period.covers(visitor.on)
    ]
    general = [(regime, span) for regime, span in rules if regime.scope == "general"]
    running = [
        (apply(index, regime, visitor, span.paper), _doubt(regime, span))
        for regime, span in general
        if span.state != "halted"
    ]
    local = [regime for regime, _ in rules if regime.scope == "border-residents"]
    known = Judgement(
        *_without_rule(index, visitor, local=bool(local)),
        possible=tuple(applied for applied, doubt in running if doubt),
        halted=tuple(span for _, span in general if span.state == "halted"),
        perhaps_halted=tuple(span for _, span in general if span.state == "halt_uncertain"),
        pending=tuple(
            act
            for act in index.pending(visitor.nationality, visitor.passport)
            if act.start <= visitor.on
        ),
        local=tuple(Applied(regime, regime.limits) for regime in local),
        conditional=tuple(
            (apply(index, regime, visitor, span.paper), _doubt(regime, span) is not None)
            for regime, span in rules
            if regime.scope == "conditional" and span.state != "halted"
        ),
    )
    certain = sorted((applied for applied, doubt in running if not doubt), key=_longest_stay_first)
    if certain:
        best, *others = certain
        starting = [applied for applied, doubt in running if doubt == "start_uncertain"]
        best = _in_between(best, starting)
        ground = best.regime.act.basis or "act_not_identified"
        return known._replace(verdict="visa_free", reason=ground, chosen=best, others=tuple(others))
    if doubts := [doubt for _, doubt in running if doubt]:
        return known._replace(verdict="unknown", reason=doubts[0])
    if approved := [act.approved_by for act in known.pending if act.approved]:
        surely = any(by and by <= visitor.on for by in approved)
        reason: Reason = "approved_not_in_force" if surely else "approval_uncertain"
        return known._replace(verdict="unknown", reason=reason)
    if known.halted:
        return known._replace(verdict="visa_required", reason="suspended")
    return known


def enters_free(index: Index, nationality: str, on: date) -> bool | None:
    """Tell whether an ordinary passport surely needs no visa; ``None``: not known."""
    verdict = judge(index, Visitor(nationality, "ordinary", on)).verdict
    return None if verdict == "unknown" else verdict == "visa_free"


def beyond_horizon(known: Judgement) -> Judgement:
    """Return what is said of a day of entry past the horizon, of which ``known`` may not hold."""
    if known.verdict == "citizen":
        return known
    return Judgement(
        "unknown",
        "beyond_horizon",
        possible=known.holding + known.possible,
        pending=known.pending,
        local=known.local,
        conditional=tuple((applied, True) for applied, _ in known.conditional),
    )


def apply(index: Index, regime: Regime, visitor: Visitor, paper: str | None = None) -> Applied:
    """Return a regime with the limits that domestic rules of the day add, or may add, to it.

    ``paper`` is the identity card that the visitor holds in place of the regime's passport.
    """
    limits = surely = regime.limits
    overlays: list[DomesticRule] = []
    doubtful: list[Limit] = []
    for overlay in index.rules("overlays"):
        if not overlay.bounds.perhaps(visitor.on):
            continue
        chosen = selects(index, overlay, visitor, regime.act.basis, paper)
        # What leaves a family open for certain is filled by the next rule that is for it.
        added = complete(surely, overlay.limits)[len(surely) :]
        if chosen is False or not added:
            continue
        if chosen and overlay.record["confidence"] != "low" and overlay.bounds.surely(visitor.on):
            surely += added
            # One before it may have filled the family, and then this one does not bind, unless
            # it is looser anyway.
            doubtful += [
                limit
                for limit in added
                if any(limit.is_like(one) and not one.implies(limit) for one in doubtful)
            ]
        else:
            doubtful += added
        limits += added
        overlays.append(overlay)
    return Applied(regime, limits, tuple(overlays), tuple(doubtful), paper)


def selects(
    index: Index,
    rule: DomesticRule,
    visitor: Visitor,
    basis: Basis | None,
    paper: str | None = None,
) -> bool | None:
    """Tell whether a domestic rule is for this visitor; ``None``: perhaps.

    Who enters on a ``paper`` has the duties and limits of the passport that it stands for, too.
    Lengths of stay are the caller's.
    """
    chosen, code = rule.selector, visitor.nationality
    held = (
        {visitor.passport, index.paper(paper).get("in_place_of")} if paper else {visitor.passport}
    )
    if not (
        (chosen.basis is None or chosen.basis == basis)
        and (not chosen.passports or not held.isdisjoint(chosen.passports))
        and (not chosen.nationalities or code in chosen.nationalities)
        and code not in chosen.except_nationalities
    ):
        return False
    inside = [index.is_member(code, group, visitor.on) for group in chosen.groups] or [True]
    outside = [index.is_member(code, group, visitor.on) for group in chosen.except_groups]
    if True in outside or not (True in inside or None in inside):
        return False
    return None if None in outside or True not in inside else True


def _doubt(regime: Regime, span: Span) -> Reason | None:
    if regime.dispute and regime.dispute["what"] == "existence":
        return "existence_doubtful"
    if regime.confidence == "low":
        return "low_confidence"
    if span.state == "certain" or span.state == "halted":  # noqa: PLR1714  (typed)
        return None
    return span.state


def _in_between(older: Applied, starting: list[Applied]) -> Applied:
    """Return a rule with the terms of one, too, that may already have taken its place.

    A rule ends on the eve of the day by which its successor has begun for certain. Until then
    nobody knows which of them holds: the stricter limits are safe to keep to, and may not bind.
    """
    eve = older.regime.bounds.end_not_after
    day_after = eve and eve < date.max and eve + ONE_DAY
    rules = [older, *(one for one in starting if one.regime.bounds.start_not_after == day_after)]
    if not day_after or len(rules) == 1:
        return older
    limits, doubtful = of_either(*((rule.limits, rule.doubtful) for rule in rules))
    return older._replace(limits=limits, doubtful=doubtful)


def _longest_stay_first(applied: Applied) -> tuple[object, ...]:
    """Order rules that hold at once: longest stay (any length first), agreement, start, id."""
    stay, start = applied.max_stay_days, applied.regime.bounds.start_not_after
    return (
        not any_length(applied.limits),
        stay is None,
        -(stay or 0),
        applied.regime.act.basis != "agreement",
        -(start.toordinal() if start else 0),
        applied.regime.id,
    )


def _without_rule(index: Index, visitor: Visitor, *, local: bool) -> tuple[Verdict, Reason]:
    """Return what the absence of any rule means: "no" only where we covered the ground."""
    kind = index.kind(visitor.nationality)
    if kind in STATELESS_KINDS:
        return "visa_required", "document_not_covered"
    if kind not in NATIONAL_KINDS:
        return "unknown", "document_unknown"
    covered = index.covered_from(visitor.passport)
    if covered is None or visitor.on < covered:
        return "unknown", "not_covered"
    return "visa_required", "border_residents_only" if local else "no_regime"


EARLIEST = date.min


class Run(Value):
    """Days between two neighbouring turning points; what is said of one holds for all."""

    period: Period
    judgement: Judgement


def turning_points(index: Index, nationality: str, passport: Passport) -> list[date]:
    """Return every day on which the judgement of this passport may change."""
    codes = index.answering(nationality)
    periods: list[Period] = [span.period for code in codes for span in index.spans(code, passport)]
    members = [bounds for group in index.groups for bounds in index.memberships(group)]
    for bounds in (*(rule.bounds for rule in index.rules("overlays")), *members):
        periods += [part for _, part in parts(bounds)]
    for act in (act for code in codes for act in index.pending(code, passport)):
        periods += [Period(act.start, None), Period(act.approved_by, None)]
    periods.append(Period(index.covered_from(passport), None))
    return sorted({EARLIEST, *turns(periods)})


def answer_points(index: Index, nationality: str, passport: Passport) -> list[date]:
    """Return every day on which anything that is answered for this passport may change."""
    periods = [Period(None, index.data.release), Period(None, index.horizon)]
    dated = [rule.bounds for rule in (*index.rules("advisories"), *index.rules("duties"))]
    dated += [bounds for _, bounds in index.lists]
    for code in index.answering(nationality):
        periods += [period for _, period, _ in index.transit(code, passport)]
        dated += [bounds for _, bounds in index.documents(code)]
    periods += [part for bounds in dated for _, part in parts(bounds)]
    for visa in index.visitor_visas:
        steps = day(visa.get("introduced")), day(visa.get("abolished"))
        periods += [Period(step, None) for step in steps]
    return sorted({*turning_points(index, nationality, passport), *turns(periods)})


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


def free_since(index: Index, history: list[Run], on: date) -> tuple[date | None, Between | None]:
    """Return the first day of the unbroken certain run that ``on`` lies in, and its bounds."""
    at = run_at(history, on)
    if history[at].judgement.verdict != "visa_free":
        return None, None
    while at and history[at - 1].judgement.verdict == "visa_free":
        at -= 1
    return (history[at].period.first, turned_between(index, history, at)) if at else (None, None)


def turned_between(index: Index, history: Sequence[Run], at: int) -> Between | None:
    """Return the bounds of the day on which a run began, where the true day is not known."""
    before, after, on = history[at - 1].judgement, history[at].judgement, history[at].period.first
    for judgement in (after, before):
        for period in _periods(index, judgement):
            start, end = open_start(period), open_ends(period)[1]
            over = (end[0] + ONE_DAY, end[1] + ONE_DAY) if end and end[1] < date.max else None
            for bounds in (start, over):
                if bounds and on in bounds:
                    return bounds
    return None


def _periods(index: Index, judgement: Judgement) -> Iterator[Bounded]:
    """Yield the periods of all that a judgement rests on."""
    chosen = [judgement.chosen] if judgement.chosen else []
    for applied in (*chosen, *judgement.possible, *judgement.others):
        yield applied.regime.bounds
        if applied.paper:
            yield bounds_of(index.paper(applied.paper))
        for overlay in applied.overlays:
            yield overlay.bounds
            for group in (*overlay.selector.groups, *overlay.selector.except_groups):
                yield from index.memberships(group)
    for span in judgement.halts:
        yield index.suspension(span.by).bounds


def turns(periods: Iterable[Period]) -> Iterator[date]:
    """Yield the first days of periods, and the days after their last ones."""
    for period in periods:
        if period.first:
            yield period.first
        if period.last and period.last < date.max:
            yield period.last + ONE_DAY

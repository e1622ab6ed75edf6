"""What holds for one passport on one day: the verdict, its reason and the rules behind it.

The rules of judgement stand here and nowhere else. A yes needs certainty; whatever is only
possible, doubtful or uncovered is "unknown".
"""

from datetime import date
from typing import NamedTuple

from visamap.index import DomesticRule, Index, Pending, Regime, Span
from visamap.limits import Limit, complete, max_stay_days, strictest
from visamap.vocabulary import Basis, Passport, Reason, Verdict

HOME = "KAZ"
STATELESS_KINDS = frozenset({"stateless", "refugee"})
NATIONAL_KINDS = frozenset({"state", "territory"})


class Visitor(NamedTuple):
    """Who asks for which day: a country or document code, a passport kind, the day of entry."""

    nationality: str
    passport: Passport
    on: date


class Applied(NamedTuple):
    """A regime with all limits that bind on the day, and the overlays that added some."""

    regime: Regime
    limits: tuple[Limit, ...]
    overlays: tuple[DomesticRule, ...]

    @property
    def max_stay_days(self) -> int | None:
        """The longest first stay that all limits allow."""
        return max_stay_days(self.limits)


class Judgement(NamedTuple):
    """The verdict of a day, and the rules behind it.

    ``others`` hold too, ``possible`` may hold, ``halted`` would hold; ``local`` hold for residents
    of a border area only.
    """

    verdict: Verdict
    reason: Reason
    chosen: Applied | None = None
    others: tuple[Applied, ...] = ()
    possible: tuple[Applied, ...] = ()
    halted: tuple[Span, ...] = ()
    pending: tuple[Pending, ...] = ()
    local: tuple[Applied, ...] = ()


def passport_asked(index: Index, nationality: str, passport: Passport) -> Passport:
    """Return the passport kind that is judged: a document of an organisation is always its own."""
    return "laissez_passer" if index.kind(nationality) == "organisation" else passport


def judge(index: Index, visitor: Visitor) -> Judgement:
    """Return what holds for the visitor on the day; never a guess."""
    if visitor.nationality == HOME:
        return Judgement("citizen", "citizen")
    rules = [
        (index.regime(span.regime), span)
        for span in index.spans(visitor.nationality, visitor.passport)
        if span.period.covers(visitor.on)
    ]
    general = [(regime, span) for regime, span in rules if regime.scope == "general"]
    running = [
        (apply(index, regime, visitor), _doubt(regime, span))
        for regime, span in general
        if span.state != "halted"
    ]
    known = Judgement(
        *_without_rule(index, visitor, local=len(general) < len(rules)),
        possible=tuple(applied for applied, doubt in running if doubt),
        halted=tuple(span for _, span in general if span.state == "halted"),
        pending=tuple(
            act
            for act in index.pending(visitor.nationality, visitor.passport)
            if act.start <= visitor.on
        ),
        local=tuple(
            Applied(regime, regime.limits, ()) for regime, _ in rules if regime.scope != "general"
        ),
    )
    certain = sorted((applied for applied, doubt in running if not doubt), key=_longest_stay_first)
    if certain:
        best, *others = certain
        starting = [applied for applied, doubt in running if doubt == "start_uncertain"]
        best = _in_between(best, starting)
        basis = best.regime.act.basis
        return known._replace(verdict="visa_free", reason=basis, chosen=best, others=tuple(others))
    if doubts := [doubt for _, doubt in running if doubt]:
        return known._replace(verdict="unknown", reason=doubts[0])
    if known.pending:
        return known._replace(verdict="unknown", reason="approved_not_in_force")
    if known.halted:
        return known._replace(verdict="visa_required", reason="suspended")
    return known


def apply(index: Index, regime: Regime, visitor: Visitor) -> Applied:
    """Return a regime with the limits that domestic rules of the day add to it."""
    limits = regime.limits
    overlays: list[DomesticRule] = []
    for overlay in index.rules("overlays"):
        certain = overlay.bounds.certain
        if certain is None or not certain.covers(visitor.on):
            continue
        if not selects(index, overlay, visitor, regime.act.basis):
            continue
        completed = complete(limits, overlay.fields["limits"])
        if completed != limits:
            limits = completed
            overlays.append(overlay)
    return Applied(regime, limits, tuple(overlays))


def selects(index: Index, rule: DomesticRule, visitor: Visitor, basis: Basis | None) -> bool:
    """Tell whether a domestic rule is for this visitor; lengths of stay are the caller's."""
    chosen, code = rule.selector, visitor.nationality
    return (
        (chosen.basis is None or chosen.basis == basis)
        and (not chosen.passports or visitor.passport in chosen.passports)
        and (not chosen.nationalities or code in chosen.nationalities)
        and code not in chosen.except_nationalities
        and (not chosen.groups or any(index.is_member(code, g, visitor.on) for g in chosen.groups))
        and not any(index.is_member(code, g, visitor.on) for g in chosen.except_groups)
    )


def _doubt(regime: Regime, span: Span) -> Reason | None:
    if regime.dispute and regime.dispute["what"] == "existence":
        return "existence_doubtful"
    if regime.confidence == "low":
        return "low_confidence"
    if span.state == "start_uncertain" or span.state == "end_uncertain":  # noqa: PLR1714  (typed)
        return span.state
    return None


def _in_between(older: Applied, starting: list[Applied]) -> Applied:
    """Return a rule with the stricter terms of one that may already have taken its place.

    A rule ends on the eve of the day by which its successor has begun for certain.
    """
    limits, end = older.limits, older.regime.bounds.end_not_after
    for newer in starting:
        start = newer.regime.bounds.start_not_after
        if end and start and (start - end).days == 1:
            limits = strictest(limits, newer.limits)
    return older._replace(limits=limits)


def _longest_stay_first(applied: Applied) -> tuple[object, ...]:
    """Order rules that hold at once: longest stay, agreement, later start, id."""
    stay, start = applied.max_stay_days, applied.regime.bounds.start_not_after
    return (
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

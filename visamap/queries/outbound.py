"""Where may this passport go, and on what terms? Law over official lists, both over snapshots.

a rule covers the day for certain      the rule; what the snapshots say otherwise stands beside it
rules may cover it, a snapshot agrees  the rule that agrees, with medium confidence at most
rules may cover it, snapshots differ   unknown where one rule may have followed another,
                                       otherwise what the snapshots say, with low confidence
only snapshots speak                   their value, with medium confidence; low after the last one
nothing speaks, or they contradict     unknown, with all sides
"""

from datetime import date
from typing import NamedTuple

from visamap.index import Index
from visamap.limits import Limit
from visamap.periods import ONE_DAY, known_ends, open_ends
from visamap.queries import abroad, outbound_sides
from visamap.queries.abroad import Rule
from visamap.queries.outbound_sides import Pair
from visamap.queries.snapshots import View
from visamap.requirements import AnsweredRequirement, OutboundReason
from visamap.results.check import Condition
from visamap.results.outbound import Disagreement, Outbound
from visamap.vocabulary import Confidence

Since = tuple[date | None, tuple[date | None, date | None] | None]
UNKNOWN: Since = (None, None)
BARRED = Condition("entry_barred_in_practice", True)


class Decision(NamedTuple):
    """What is answered, on which rule, and how sure that is; no rule: the snapshots answer."""

    requirement: AnsweredRequirement
    reason: OutboundReason
    rule: Rule | None
    confidence: Confidence


def outbound(index: Index, pair: Pair, on: date, seen: View) -> Outbound:
    """Return what holds for a pair on a day; ``seen`` is what the snapshots say of it."""
    rules = abroad.rules_on(index, pair.passport, pair.destination, on)
    made = decide(rules, seen)
    rule = made.rule
    stay: int | None = None
    limits: tuple[Limit, ...] = ()
    if rule:
        limits, stay = rule.limits, rule.max_stay_days
    elif made.requirement != "unknown" and seen.rule and made.reason != "barred":
        stay = seen.rule.days
        limits = (Limit("per_visit", stay),) if stay else ()
    sides = outbound_sides.Sides(index, pair, seen)
    interrupted = outbound_sides.interrupted(index, pair, on, seen)
    observed = None
    if rule is None and made.requirement != "unknown":
        observed = seen.ban if made.reason == "barred" else seen.rule
    disagreement = sides.disagreement(made.requirement, stay, rule, rules)
    since, since_between = _free_since(index, pair, rule) if made.reason == "rule" else UNKNOWN
    return Outbound(
        passport=index.country(pair.passport),
        destination=index.country(pair.destination),
        on=on,
        requirement=made.requirement,
        reason=made.reason,
        best=True,
        max_stay_days=stay,
        limits=limits,
        conditions=(*(rule.conditions if rule else ()), *([BARRED] if interrupted else [])),
        valid_from=known_ends(rule.bounds)[0] if rule and not rule.known_since else None,
        valid_to=known_ends(rule.bounds)[1] if rule else None,
        valid_from_between=open_ends(rule.bounds)[0] if rule else None,
        valid_to_between=open_ends(rule.bounds)[1] if rule else None,
        visa_free_since=since,
        visa_free_since_between=since_between,
        needs_another_visa=rule is not None and rule.needs_another_visa,
        known_since=rule.known_since if rule else None,
        known_until=rule.known_until if rule else None,
        first_seen=observed.first if observed else None,
        last_seen=observed.last if observed else None,
        basis=rule.basis if rule else ("snapshot" if observed else None),
        rule=rule.id if rule else None,
        granted_by=rule.granted_by if rule else None,
        note=rule.note if rule else None,
        snapshot=sides.of_snapshot(),
        disagreement=disagreement,
        also=tuple(
            sides.of_rule(other)
            for other in rules
            if other is not rule and _worth_telling(other, made) and not _told(disagreement, other)
        ),
        interrupted=interrupted,
        local=tuple(outbound_sides.local(index, pair, on)),
        as_known_on=_as_known_on(index, made, seen, on),
        confidence=made.confidence,
        sources=sides.sources(made.requirement, rule, rules),
    )


def _free_since(index: Index, pair: Pair, rule: Rule | None) -> Since:
    """Return the first day of unbroken certain visa-free entry up to a rule, and its bounds."""
    found: Since = UNKNOWN
    free = "visa_free", rule is not None and rule.needs_another_visa
    while rule and (rule.requirement, rule.needs_another_visa) == free:
        start = rule.bounds.start_not_after
        if start is None:
            return UNKNOWN
        bounds = (None, start) if rule.known_since else open_ends(rule.bounds)[0]
        found = start, bounds
        eve = abroad.rules_on(index, *pair, start - ONE_DAY)
        rule = eve[0] if eve and eve[0].doubt is None else None
    return found


def decide(rules: list[Rule], seen: View) -> Decision:
    """Return what wins on a day; the rules stand in their order."""
    certain = [rule for rule in rules if rule.doubt is None]
    if certain:
        return Decision(certain[0].requirement, "rule", certain[0], certain[0].confidence)
    said = seen.rule
    if rules and said:
        # A snapshot from before the day says nothing about whether a rule has ended since.
        agreeing = [
            rule
            for rule in rules
            if rule.requirement == said.requirement and not (rule.doubt == "end" and seen.outlived)
        ]
        if agreeing:
            same = [rule for rule in agreeing if rule.max_stay_days == said.days]
            rule = (same or agreeing)[0]
            sure: Confidence = "low" if rule.confidence == "low" or seen.outlived else "medium"
            return Decision(rule.requirement, "rule_and_snapshot", rule, sure)
        if not _succession(rules) and not (seen.outlived and rules[0].doubt == "end"):
            return Decision(said.requirement, "snapshot_before_or_after", None, "low")  # type: ignore[arg-type]
    if rules:
        return _between(rules)
    return _seen(seen)


def _between(rules: list[Rule]) -> Decision:
    """Return what is known where rules may cover the day and no snapshot decides.

    If one rule may have followed another and both ask the same, that is known, with the shorter
    stay; otherwise nothing is.
    """
    same = {rule.requirement for rule in rules}
    if _succession(rules) and len(same) == 1:
        stays = [rule for rule in rules if rule.max_stay_days]
        strict = min(stays or rules, key=lambda rule: rule.max_stay_days or 0)
        return Decision(strict.requirement, "between_rules", strict, "medium")
    return Decision("unknown", "rules_uncertain", None, "low")


def _succession(rules: list[Rule]) -> bool:
    return {"start", "end"} <= {rule.doubt for rule in rules}


def _seen(seen: View) -> Decision:
    said = seen.rule
    if seen.ban and seen.ban_certain and not seen.outlived:
        return Decision("no_admission", "barred", None, "low")
    if said is None:
        nothing = not seen.around
        reason: OutboundReason = "nothing_known" if nothing else "snapshots_differ"
        return Decision("unknown", reason, None, "low")
    if seen.outlived:
        return Decision(said.requirement, "snapshot_outlived", None, "low")  # type: ignore[arg-type]
    return Decision(said.requirement, "snapshot", None, "medium")  # type: ignore[arg-type]


def _as_known_on(index: Index, made: Decision, seen: View, on: date) -> date | None:
    """Return the day up to which the answer is known, where it lies before the day asked."""
    if seen.outlived and (made.rule is None or made.reason == "rule_and_snapshot"):
        return seen.outlived
    return index.data.release if on > index.data.release else None


def _worth_telling(other: Rule, made: Decision) -> bool:
    """Tell whether another rule is worth a line; that it may be older than its sources is none."""
    return not (made.reason == "rule" and other.known_since and other.doubt == "start")


def _told(disagreement: Disagreement | None, rule: Rule) -> bool:
    return disagreement is not None and any(side.rule == rule.id for side in disagreement.sides)

"""What a destination asks of a passport by law or an official list, with how sure that is.

A rule holds for certain only inside its certain days, with medium or high confidence, undisputed;
everything else about it is possible. Which of them wins stands here, what snapshots add does not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Literal, NamedTuple

from visamap.dates import ONE_DAY, Bounded, known_ends, open_ends
from visamap.limits import Limit, max_stay_days
from visamap.results.abroad_results import (
    Counts,
    Disagreement,
    Interrupted,
    LocalEntry,
    Outbound,
    Reciprocity,
    Side,
)
from visamap.results.check_results import CheckAnswer, Condition
from visamap.results.parts import Country, SourceRef, law_first
from visamap.store.index import Index, limits
from visamap.store.record_file import Record
from visamap.store.spans import bounds_of, day
from visamap.values import Value, made_of
from visamap.vocabulary import (
    ANSWERED,
    CONFIDENCES,
    AnsweredRequirement,
    Confidence,
    OutboundOrder,
    OutboundReason,
    Requirement,
    RuleBasis,
    SnapshotWord,
)

OUTBOUND = "outbound"
"""The table of rules and snapshots, with sources of its own."""
Doubt = Literal["start", "end", "existence", "weak"]
BASES: tuple[RuleBasis, ...] = ("law", "official-list", "news")
ANOTHER_VISA = frozenset({"exempt_with_visa_of", "reached_through"})
"""Conditions by which a visa of another state is needed."""


class Rule(Value):
    """A rule as written, and what is doubtful about it on the day asked."""

    id: str
    requirement: Requirement
    basis: RuleBasis
    granted_by: str | None
    bounds: Bounded
    known_since: date | None
    known_until: date | None
    limits: tuple[Limit, ...]
    conditions: tuple[Condition, ...]
    confidence: Confidence
    note: str | None
    sources: tuple[str, ...]
    doubt: Doubt | None

    @property
    def max_stay_days(self) -> int | None:
        """The longest first stay that all limits allow."""
        return max_stay_days(self.limits)

    @property
    def needs_another_visa(self) -> bool:
        """Whether visa-free entry needs a visa of another state, and is no plain one."""
        return self.requirement == "visa_free" and any(
            condition.code in ANOTHER_VISA for condition in self.conditions
        )


def rules_on(index: Index, passport: str, destination: str, on: date) -> list[Rule]:
    """Return the rules that cover the day or may, the one that wins first."""
    table = index.apart(OUTBOUND)
    numbers = table["of"].get(passport, {}).get(destination, ())
    found = [rule for n in numbers if (rule := _rule(table["rules"][n], on))]
    return sorted(found, key=_order)


def _rule(row: dict[str, Any], on: date) -> Rule | None:
    bounds = bounds_of(row)
    if not bounds.perhaps(on):
        return None
    doubt: Doubt | None = None
    if not bounds.surely(on):
        early = bounds.start_not_after is not None and on < bounds.start_not_after
        doubt = "start" if early else "end"
    if row.get("disputed", {}).get("what") == "existence":
        doubt = "existence"
    elif row["confidence"] == "low":
        doubt = "weak"
    granted_by = row.get("instrument") or row.get("act")
    return made_of(
        Rule,
        row,
        granted_by=granted_by,
        bounds=bounds,
        known_since=day(row.get("known_since")),
        known_until=day(row.get("known_until")),
        limits=limits(row["limits"], granted_by or row["id"]),
        conditions=tuple(
            Condition(code, value) for code, value in row["conditions"].items() if value
        ),
        doubt=doubt,
    )


def _order(rule: Rule) -> tuple[Any, ...]:
    """Order rules: certain ones, law, the most open, the longest stay, the later start first."""
    stay, start = rule.max_stay_days, rule.bounds.start_not_after
    return (
        rule.doubt is not None,
        BASES.index(rule.basis),
        BEST_FIRST.index(rule.requirement),
        rule.needs_another_visa,
        stay is None,
        -(stay or 0),
        -(start.toordinal() if start else 0),
        rule.id,
    )


BAN = "covid_ban"
"""A border closed in the pandemic: it says nothing of the rule behind it."""


class Seen(NamedTuple):
    """What every snapshot from the first to the last day saw."""

    requirement: SnapshotWord
    days: int | None
    first: date
    last: date


class View(NamedTuple):
    """What the snapshots say of a day.

    ``rule`` is the observation that holds, ``None`` where they differ or are silent; ``around`` are
    the observations on both sides of the day, of which ``rule`` is made. ``ban`` is a closed border
    on that day, ``ban_certain`` whether it was seen closed before and after. ``outlived`` is the
    day of the last snapshot where it lies before the day asked.
    """

    rule: Seen | None
    around: tuple[Seen, ...]
    ban: Seen | None
    ban_certain: bool
    outlived: date | None

    @property
    def closed(self) -> Seen | None:
        """The border that was surely closed on that day."""
        return self.ban if self.ban_certain and not self.outlived else None


NOTHING = View(None, (), None, False, None)


def observations(index: Index, passport: str, destination: str) -> list[Seen]:
    """Return the bundled observations of a pair, oldest first."""
    table = index.apart(OUTBOUND)
    days = table["days"]
    return [
        Seen(word, stay, date.fromisoformat(days[first]), date.fromisoformat(days[last]))
        for word, stay, first, last in table["seen"].get(passport, {}).get(destination, ())
    ]


def followed(rows: list[Seen], newer: Seen | None) -> list[Seen]:
    """Return the observations with a newer snapshot behind the last one."""
    if newer is None or (rows and newer.first <= rows[-1].last):
        return rows
    if rows and rows[-1][:2] == newer[:2]:
        return [*rows[:-1], rows[-1]._replace(last=newer.last)]
    return [*rows, newer]


def view(rows: list[Seen], on: date) -> View:
    """Return what the observations say of a day."""
    before = [row for row in rows if row.first <= on]
    if not before:
        return NOTHING
    after = [row for row in rows if row.last >= on]
    outlived = None if after else before[-1].last
    ban = next((row for row in (before[-1], *after[:1]) if row.requirement == BAN), None)
    certain = ban is not None and (outlived is not None or ban.first <= on <= ban.last)
    earlier = next((row for row in reversed(before) if row.requirement != BAN), None)
    later = next((row for row in after if row.requirement != BAN), None)
    around = tuple(dict.fromkeys(row for row in (earlier, later) if row))
    return View(_both(around), around, ban, certain, outlived)


def _both(around: tuple[Seen, ...]) -> Seen | None:
    """Return what both sides of the day agree on; of two lengths of stay the shorter."""
    if not around:
        return None
    first, last = around[0], around[-1]
    if first.requirement != last.requirement:
        return None
    stays = [row.days for row in around if row.days is not None]
    return Seen(first.requirement, min(stays, default=None), first.first, last.last)


class Pair(NamedTuple):
    """A passport and a destination, as codes."""

    passport: str
    destination: str


class Sides:
    """The rules and observations of one answer, as its reader sees them."""

    def __init__(self, index: Index, seen: View) -> None:
        """Take what the snapshots say of the day."""
        self.index, self.seen = index, seen

    def of_rule(self, rule: Rule) -> Side:
        """Return what a rule says."""
        return made_of(
            Side,
            _by_rule(self.index, rule),
            requirement=rule.requirement,
            possible=rule.doubt is not None,
            sources=self.index.sources(rule.sources, OUTBOUND),
        )

    def of_seen(self, seen: Seen) -> Side:
        """Return what an observation says."""
        return Side(
            requirement=seen.requirement,
            max_stay_days=seen.days,
            basis="snapshot",
            possible=self.seen.rule is None or self.seen.outlived is not None,
            first_seen=seen.first,
            last_seen=seen.last,
            sources=snapshot_sources(self.index, seen),
        )

    def of_snapshot(self) -> Side | None:
        """Return what the snapshots say of the day, where they say one thing."""
        said = self.seen.closed or self.seen.rule
        return self.of_seen(said) if said else None

    def disagreement(
        self,
        requirement: AnsweredRequirement,
        stay: int | None,
        chosen: Rule | None,
        rules: list[Rule],
    ) -> Disagreement | None:
        """Return what else is said of the day; of an unknown answer, everything that is."""
        if requirement == "unknown":
            sides = [*map(self.of_rule, rules), *map(self.of_seen, self.seen.around)]
        elif chosen is None:
            sides = [self.of_rule(rule) for rule in rules if rule.requirement != requirement]
        else:
            return self.otherwise_seen(requirement, stay)
        return Disagreement("requirement", tuple(sides)) if sides else None

    def otherwise_seen(
        self, requirement: AnsweredRequirement, stay: int | None
    ) -> Disagreement | None:
        """Return what the snapshots say of the day that is not what the law says."""
        said = self.seen.rule
        if said is None:
            return None
        if said.requirement != requirement:
            return Disagreement("requirement", (self.of_seen(said),))
        if stay and said.days and said.days != stay:
            return Disagreement("stay", (self.of_seen(said),))
        return None

    def sources(
        self, requirement: AnsweredRequirement, chosen: Rule | None, rules: list[Rule]
    ) -> tuple[SourceRef, ...]:
        """Return the sources that the answer rests on, the law first."""
        found: list[SourceRef] = []
        for rule in [chosen] if chosen else rules if requirement == "unknown" else []:
            found += self.index.sources(rule.sources, OUTBOUND)
        if chosen is None:
            for row in (*self.seen.around, *([self.seen.ban] if self.seen.ban else [])):
                found += snapshot_sources(self.index, row)
        return law_first(found)


def snapshot_sources(index: Index, seen: Seen) -> tuple[SourceRef, ...]:
    """Return where the snapshots of an observation were taken from."""
    rows = index.apart(OUTBOUND)["snapshots"]
    periods = [(row["source"], bounds_of(row)) for row in rows]
    cited = [name for name, days in periods if days.surely(seen.first) or days.surely(seen.last)]
    return index.sources(cited, OUTBOUND)


def interruptions(index: Index, pair: Pair, on: date, seen: View) -> tuple[Interrupted, ...]:
    """Return the times in which entry was barred in fact, uncertain ends included."""
    found = []
    for row in index.apart(OUTBOUND)["interruptions"]:
        between = pair.passport in row["passports"] and pair.destination in row["destinations"]
        if between and (bounds := bounds_of(row)).perhaps(on):
            cited, surely = index.sources(row["sources"], OUTBOUND), bounds.surely(on)
            found.append(Interrupted(row["id"], *known_ends(bounds), surely, row["text"], cited))
    if (ban := seen.ban) and not seen.outlived:
        cited = snapshot_sources(index, ban)
        found.append(Interrupted(None, ban.first, ban.last, seen.ban_certain, None, cited))
    return tuple(found)


def formalities(
    index: Index, pair: Pair, on: date
) -> Iterator[tuple[Condition, tuple[SourceRef, ...]]]:
    """Yield what is certainly asked of everyone who enters on the day, with its sources."""
    for row in index.apart(OUTBOUND)["formalities"]:
        for_all = not row.get("passports")
        asked = pair.destination in row["destinations"] and bounds_of(row).surely(on)
        if asked and (for_all or pair.passport in row["passports"]):
            yield Condition(row["code"], row["text"]), index.sources(row["sources"], OUTBOUND)


def local(index: Index, pair: Pair, on: date) -> Iterator[LocalEntry]:
    """Yield the rules for residents of a border area or visitors of a zone."""
    for row in index.apart(OUTBOUND)["local_rules"]:
        if {*pair} == {*row["between"]} and bounds_of(row).surely(on):
            terms, cited = (
                limits(row.get("limits", []), row["id"]),
                index.sources(row["sources"], OUTBOUND),
            )
            yield LocalEntry(row["id"], row["who"], terms, row["text"], cited)


BEST_FIRST = (
    "visa_free",
    "eta",
    "visa_on_arrival",
    "e_visa",
    "unknown",
    "visa_required",
    "no_admission",
)


def badness(answer: Outbound) -> tuple[int, bool, int]:
    """Return how good an answer is for its holder, the best lowest.

    A visa-free entry that needs another state's visa comes behind an e-visa; where entry is barred
    in fact, the rule is of no use.
    """
    place = BEST_FIRST.index(answer.requirement)
    if any(case.certain for case in answer.interrupted):
        place = len(BEST_FIRST)
    elif answer.needs_another_visa:
        place = BEST_FIRST.index("unknown")
    stay = answer.max_stay_days
    return place, stay is None, -(stay or 0)


def by_destination(answers: Iterable[Outbound]) -> Iterator[tuple[str, list[Outbound]]]:
    """Yield the answers of each destination, in the order of codes."""
    ordered = sorted(answers, key=lambda answer: answer.destination.code)
    for code, same in groupby(ordered, key=lambda answer: answer.destination.code):
        yield code, list(same)


def best(answers: Iterable[Outbound]) -> Iterator[Outbound]:
    """Yield the best answer for each destination: that of a person who holds all passports.

    A passport's own country is open to its holder and is left out.
    """
    for _, same in by_destination(answers):
        yield min(same, key=badness)


def marked(answers: Iterable[Outbound]) -> Iterator[Outbound]:
    """Yield all answers, the best for each destination marked as such."""
    for _, same in by_destination(answers):
        first = min(same, key=badness)
        yield from (answer._replace(best=answer is first) for answer in same)


def differing(answers: Iterable[Outbound]) -> Iterator[Outbound]:
    """Yield the answers for destinations that do not ask the same of all passports."""
    for _, same in by_destination(answers):
        if len({(answer.requirement, answer.needs_another_visa) for answer in same}) > 1:
            yield from same


def in_order(answers: Iterable[Outbound], order: OutboundOrder | None) -> list[Outbound]:
    """Return answers by name, or the longest stay first; as they are where no order is asked."""
    found = list(answers)
    if order:
        found.sort(key=lambda answer: answer.destination.name)
    if order == "days":
        found.sort(key=lambda answer: -(answer.max_stay_days or 0))
    return found


def stay_untold(answers: Iterable[Outbound]) -> tuple[Country, ...]:
    """Return the destinations that are visa-free for a time that no source tells, each once."""
    found = [a.destination for a in answers if a.requirement == "visa_free" and not a.max_stay_days]
    return tuple(dict.fromkeys(found))


def counts(answers: Sequence[Outbound]) -> tuple[Counts, ...]:
    """Return how many destinations ask what of each passport, in the order of the answers."""
    return tuple(
        Counts(
            passport,
            conditional=sum(a.needs_another_visa for a in of_it),
            **{word: sum(answer.requirement == word for answer in of_it) for word in ANSWERED},
        )
        for passport in dict.fromkeys(answer.passport for answer in answers)
        if (of_it := [answer for answer in answers if answer.passport == passport])
    )


CLOSED = "border-closed"
OF_REGIME = ("valid_from", "valid_to", "valid_from_between", "valid_to_between", "act", "note")
"""What an answer takes from the rule of ``check``."""


def homecoming(index: Index, answer: CheckAnswer, seen: View) -> Outbound:
    """Return what ``check`` answered; of a passport whose own country is another one."""
    pair = Pair(answer.nationality.code, index.home)
    requirement: AnsweredRequirement = "visa_free"
    if answer.verdict == "visa_required" or answer.verdict == "unknown":  # noqa: PLR1714  (typed)
        requirement = answer.verdict
    sources, confidence = answer.sources, answer.confidence
    if listed := _e_visa_list(index, answer):
        requirement = "e_visa"
        sources = law_first((*sources, *index.sources(listed["sources"])))
        confidence = max(confidence, listed["confidence"], key=CONFIDENCES.index)
    sides = Sides(index, seen)
    closed = (
        made_of(Interrupted, told, sources=()) for told in answer.advisories if told.kind == CLOSED
    )
    interrupted = (*closed, *interruptions(index, pair, answer.on, seen))
    by_rule = {}
    if regime := answer.regime:
        by_rule = {field: getattr(regime, field) for field in OF_REGIME}
        by_rule |= {"rule": regime.id, "granted_by": regime.instrument}
    return made_of(
        Outbound,
        answer,
        passport=answer.nationality,
        destination=index.country(index.home),
        requirement=requirement,
        sources=sources,
        confidence=confidence,
        reason="inbound",
        best=True,
        conditions=(*answer.conditions, *([BARRED] if interrupted else [])),
        basis="official-list" if listed else "law",
        snapshot=sides.of_snapshot(),
        disagreement=sides.otherwise_seen(requirement, answer.max_stay_days),
        also=tuple(
            made_of(
                Side,
                rule,
                requirement="visa_free",
                basis="law",
                rule=rule.id,
                granted_by=rule.instrument,
            )
            for rule in answer.also
        ),
        interrupted=interrupted,
        local=tuple(
            LocalEntry(rule.id, "residents of the border area", rule.limits, rule.note or "", ())
            for rule in answer.border_residents
        ),
        **by_rule,
    )


def _e_visa_list(index: Index, answer: CheckAnswer) -> Record | None:
    """Return the list by which who needs a visa is given an e-visa; a weak one decides nothing."""
    named, weak = answer.visas.e_visa_list, answer.visas.e_visa_confidence == "low"
    if answer.verdict != "visa_required" or named is None or weak:
        return None
    return index.record("country_lists", named)


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
    rules = rules_on(index, pair.passport, pair.destination, on)
    made = decide(rules, seen)
    rule = made.rule
    by_rule = _by_rule(index, rule) if rule else _by_snapshot(made, seen)
    stay = by_rule.get("max_stay_days")
    sides = Sides(index, seen)
    interrupted = interruptions(index, pair, on, seen)
    asked = list(formalities(index, pair, on))
    disagreement = sides.disagreement(made.requirement, stay, rule, rules)
    since, since_between = _free_since(index, pair, rule) if made.reason == "rule" else UNKNOWN
    cited = sides.sources(made.requirement, rule, rules)
    return Outbound(
        passport=index.country(pair.passport),
        destination=index.country(pair.destination),
        on=on,
        requirement=made.requirement,
        reason=made.reason,
        conditions=(
            *(rule.conditions if rule else ()),
            *(condition for condition, _ in asked),
            *([BARRED] if interrupted else []),
        ),
        visa_free_since=since,
        visa_free_since_between=since_between,
        snapshot=sides.of_snapshot(),
        disagreement=disagreement,
        also=tuple(
            sides.of_rule(other)
            for other in rules
            if other is not rule and _worth_telling(other, made) and not _told(disagreement, other)
        ),
        interrupted=interrupted,
        local=tuple(local(index, pair, on)),
        as_known_on=_as_known_on(index, made, seen, on),
        confidence=made.confidence,
        sources=law_first([*cited, *(one for _, told in asked for one in told)]),
        **by_rule,
    )


def _by_rule(index: Index, rule: Rule) -> dict[str, Any]:
    """Return what an answer takes from the rule that it rests on."""
    start, end = known_ends(rule.bounds)
    start_between, end_between = open_ends(rule.bounds)
    act = rule.granted_by
    return {
        "max_stay_days": rule.max_stay_days,
        "limits": rule.limits,
        "valid_from": None if rule.known_since else start,
        "valid_to": end,
        "valid_from_between": start_between,
        "valid_to_between": end_between,
        "needs_another_visa": rule.needs_another_visa,
        "known_since": rule.known_since,
        "known_until": rule.known_until,
        "basis": rule.basis,
        "rule": rule.id,
        "granted_by": act,
        "note": rule.note,
        "act": index.act(act) if act and index.has_act(act) else None,
    }


def _by_snapshot(made: Decision, seen: View) -> dict[str, Any]:
    """Return what an answer takes from the observation that it rests on, if there is one."""
    barred = made.reason == "barred"
    observed = seen.ban if barred else seen.rule
    if observed is None or made.requirement == "unknown":
        return {}
    found = {"basis": "snapshot", "first_seen": observed.first, "last_seen": observed.last}
    if barred or not observed.days:
        return found
    stay = observed.days
    return {**found, "max_stay_days": stay, "limits": (Limit("per_visit", stay),)}


def turns(index: Index, pair: Pair, rows: Iterable[Seen]) -> list[date]:
    """Return the days on which the answer for a pair may change, by rules, closures, snapshots."""
    table = index.apart(OUTBOUND)
    rules = (
        table["rules"][n] for n in table["of"].get(pair.passport, {}).get(pair.destination, ())
    )
    closed = (
        row
        for row in table["interruptions"]
        if pair.passport in row["passports"] and pair.destination in row["destinations"]
    )
    found = {day for row in rows for day in (row.first, row.last + ONE_DAY)}
    for bounds in map(bounds_of, (*rules, *closed)):
        starts = (bounds.start_not_before, bounds.start_not_after)
        ends = (bounds.end_not_before, bounds.end_not_after)
        found |= {*filter(None, starts), *(end + ONE_DAY for end in ends if end)}
    return sorted(found)


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
        eve = rules_on(index, *pair, start - ONE_DAY)
        rule = eve[0] if eve and eve[0].doubt is None else None
    return found


def decide(rules: list[Rule], seen: View) -> Decision:
    """Return what wins on a day; the rules stand in their order."""
    certain = [rule for rule in rules if rule.doubt is None]
    if certain:
        return Decision(certain[0].requirement, "rule", certain[0], certain[0].confidence)
    said = None if _begun_since(rules, seen) else seen.rule
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


def _begun_since(rules: list[Rule], seen: View) -> bool:
    """Tell whether one of the rules begins after the last snapshot, which knows nothing of it."""
    starts = [start for rule in rules if (start := rule.bounds.start_not_before)]
    return seen.outlived is not None and any(start > seen.outlived for start in starts)


def _succession(rules: list[Rule]) -> bool:
    return {"start", "end"} <= {rule.doubt for rule in rules}


def _seen(seen: View) -> Decision:
    said = seen.rule
    if seen.closed:
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


def goes_free(index: Index, pair: Pair, on: date, seen: View) -> bool | None:
    """Tell whether a passport surely needs no visa of any state; ``None``: not known."""
    made = decide(rules_on(index, pair.passport, pair.destination, on), seen)
    if made.requirement == "unknown":
        return None
    return made.requirement == "visa_free" and not (made.rule and made.rule.needs_another_visa)


Pairs = Iterable[tuple[Country, bool | None, bool | None]]


def reciprocity(state: Country, on: date, pairs: Pairs) -> Reciprocity:
    """Return what a state gives and gets; a pair says who is free here, and its citizens there."""
    found: dict[tuple[bool | None, bool | None], list[Country]] = defaultdict(list)
    for partner, here, there in pairs:
        found[(here, there) if here is not None and there is not None else (None, None)].append(
            partner
        )
    giving, getting, unknown = found[True, False], found[False, True], len(found[None, None])
    balance = len(giving) - len(getting)
    return Reciprocity(
        state,
        on,
        len(found[True, True]),
        len(giving),
        len(getting),
        len(found[False, False]),
        unknown,
        "gives" if balance > 0 else "gets" if balance < 0 else "even",
        tuple(giving),
        tuple(getting),
        "medium" if abs(balance) > unknown or not unknown else "low",
    )

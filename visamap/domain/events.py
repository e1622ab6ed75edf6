"""The dated events of a release: what happened to acts, and when rules and suspensions turn.

Only days that are known: an event of which just the month or bounds are known has no place in a
calendar. Nothing is told twice: a rule that begins or ends with an event of its act is left to the
act, and an act that only suspends is left to its suspension.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from visamap.dates import ONE_DAY
from visamap.domain.acts import (
    DatedRule,
    Subject,
    agreement,
    countries,
    dated_rules,
    entered,
    goes_on,
    status_on,
)
from visamap.results.act_results import Agreement
from visamap.results.parts import Between, Country
from visamap.results.time_results import FeedEvent, Upcoming, id_at
from visamap.store.index import Index, limits
from visamap.store.record_file import Record
from visamap.store.spans import Happened, happened
from visamap.values import made_of
from visamap.vocabulary import AGREEMENT_KINDS, FEED_WORDS, FeedWord, Passport, Status, UpcomingKind

STARTS: frozenset[str] = frozenset({"in-force", "applied-provisionally"})


def events(index: Index, since: date | None = None) -> list[FeedEvent]:
    """Return the events from the day ``since`` on, in the order of their days, then ids."""
    rules = list(dated_rules(index))
    halts = [rule for rule in rules if rule.subject == "suspension"]
    turns = {(rule.act.id, turn.on) for rule in halts for turn in _turns(index, rule)}
    of_acts = [
        event
        for record in index.records["instruments"]
        for event in _of_act(index, record, rules)
        if event.what not in {"in-force", "ended"} or (event.act.id, event.on) not in turns
    ]
    told = {
        (event.act.id, event.what == "ended", event.on)
        for event in of_acts
        if event.what in STARTS or event.what == "ended"
    }
    of_rules = [
        turn
        for rule in rules
        for turn in _turns(index, rule)
        if (turn.act.id, turn.what == "rule-ends", turn.on) not in told
    ]
    return sorted(
        (
            event._replace(id=id_at(index.home, event.id))
            for event in (*of_acts, *of_rules)
            if since is None or event.on >= since
        ),
        key=lambda event: (event.on, event.id),
    )


def _of_act(index: Index, record: Record, rules: list[DatedRule]) -> Iterator[FeedEvent]:
    counted: Counter[str] = Counter()
    words: dict[str, FeedWord] = {word: word for word in FEED_WORDS}
    instrument = record["id"]
    for entry, when in zip(record["events"], happened(record), strict=True):
        what = words.get(entry["what"])
        if what is None:
            continue
        # Undated events count too: when a day is found later, the ids of the others stay.
        counted[what] += 1
        if when.first != when.last:
            continue
        codes = record["partners"] or _reached(instrument, rules)
        yield index.result(
            FeedEvent,
            entry,
            id=f"{instrument}/{what}/{counted[what]}",
            what=what,
            on=when.first,
            act=index.act(instrument),
            nationalities=countries(index, codes),
            passports=tuple(record["passports"]),
            limits=limits(record["terms"], instrument),
            decision=entry.get("act"),
        )


def _reached(instrument: str, rules: list[DatedRule]) -> tuple[str, ...]:
    """Return the nationalities that the rules of an act are for, sorted."""
    return tuple(
        sorted({code for rule in rules if rule.act.id == instrument for code in rule.nationalities})
    )


TURNS: dict[Subject, tuple[UpcomingKind, UpcomingKind]] = {
    "rule": ("rule-begins", "rule-ends"),
    "suspension": ("suspension-begins", "suspension-ends"),
    "limit": ("limit-begins", "limit-ends"),
    "transit": ("transit-begins", "transit-ends"),
}


def _dated_turns(rule: DatedRule) -> Iterator[tuple[UpcomingKind, date, date]]:
    """Yield the start of a rule and its end, each with its first and last possible day.

    The end is the first day without it; one that nobody told is left out.
    """
    begins, ends = TURNS[rule.subject]
    bounds = rule.bounds
    if bounds.start_not_after:
        first = bounds.start_not_before or bounds.start_not_after
        yield begins, first, bounds.start_not_after
    if bounds.end_not_after and bounds.end_not_after < date.max:
        first = bounds.end_not_before or bounds.end_not_after
        yield ends, first + ONE_DAY, bounds.end_not_after + ONE_DAY


def _turns(index: Index, rule: DatedRule) -> Iterator[FeedEvent]:
    for what, on, last in _dated_turns(rule):
        if on == last and what in FEED_WORDS:
            yield made_of(
                FeedEvent,
                rule,
                id=f"{rule.id}/{what}/1",
                what=what,
                on=on,
                nationalities=countries(index, rule.nationalities),
                goes_on=goes_on(index, rule, on) if what == "rule-ends" else None,
                sources=index.sources(rule.sources),
            )


ENTRY = "in-force"
Step = tuple[UpcomingKind, Happened | None]
UNDER_WAY = frozenset({"draft", "signed", "approved", "possibly_in_force"})
RUNNING = frozenset({"in_force", "possibly_in_force", "suspended"})
STALE = timedelta(days=5 * 365)
"""An act under way that took its last step so long ago may never take another."""
NO_STEP = frozenset({"announced", "evidence"})
"""What is told of an act without bringing it nearer to its entry into force."""
ABOUT = frozenset({"visa-exemption", "visa-facilitation", "stay"})
"""What an agreement under way may be about; one on registration or recognition is no news here."""


def upcoming(index: Index, on: date, passport: Passport | None = None) -> list[Upcoming]:
    """Return what comes after the day ``on``: by day, then by first possible day, then the rest.

    With ``passport``, only what concerns that kind; what names no kind concerns all.
    """
    records = index.records["instruments"]
    known = {record["id"] for record in records if status_on(index, record, on)}
    rules = [rule for rule in dated_rules(index) if rule.act.id in known]
    turns = [(rule.subject, turn) for rule in rules for turn in _of_rule(index, rule, on)]
    # An act that only suspends is told as its suspension, a rule that begins with its act as the
    # act: nothing is told twice.
    halts = {_when(turn) for subject, turn in turns if subject == "suspension"}
    acts = [
        one
        for record in records
        for one in _upcoming_of_act(index, record, on)
        if _when(one) not in halts
    ]
    told = {_when(one) for one in acts}
    found = [*acts, *(turn for _, turn in turns if _when(turn) not in told)]
    wanted = [o for o in found if passport is None or not o.passports or passport in o.passports]
    return sorted(wanted, key=_order)


def _when(one: Upcoming) -> tuple[object, ...]:
    return one.act.id, one.on, one.between


def _order(one: Upcoming) -> tuple[object, ...]:
    first = one.on or (one.between[0] if one.between else date.max)
    return one.on is None, one.between is None, first, one.kind, one.act.id, one.regime or ""


def _upcoming_of_act(index: Index, record: Record, on: date) -> Iterator[Upcoming]:
    status = status_on(index, record, on)
    if status in UNDER_WAY and (kind := _next_step(record, status, on)):
        yield _act(index, record, status, on, kind)
    if status in RUNNING:
        for event in happened(record):
            if event.what == "ended" and (event.last or event.first) > on:
                yield _act(index, record, status, on, ("ends", event))


def _next_step(record: Record, status: Status | None, on: date) -> Step | None:
    entries = [event for event in happened(record) if event.what == ENTRY]
    if ahead := [when for when in entries if when.first > on]:
        return "enters-into-force", ahead[0]
    if status == "possibly_in_force":
        if entered(record, on):
            return None  # only whether it has ended or is halted is not known: told apart
        return ("may-be-in-force", entries[0]) if entries else None
    if record["kind"] not in AGREEMENT_KINDS or record.get("about") not in ABOUT:
        # The destination's own acts without a day of entry are in force as a rule, only undated.
        return None
    if status == "approved":
        return "approved", None
    return ("draft", None) if status == "draft" else ("signed", None)


def _act(index: Index, record: Record, status: Status | None, on: date, step: Step) -> Upcoming:
    kind, when = step
    told = agreement(index, record["id"], on)
    assert told  # noqa: S101  (the record is in the data)
    since, since_between = _since(told, status)
    day, between = (None, None) if when is None else _day(when)
    return made_of(
        Upcoming,
        told,
        kind=kind,
        on=day,
        between=between,
        nationalities=told.partners or _whom(index, told),
        act=index.act(told.id),
        since=since,
        since_between=since_between,
        stale=status in UNDER_WAY
        and kind != "enters-into-force"
        and _last_step(record, on) < on - STALE,
    )


def _last_step(record: Record, on: date) -> date:
    """Return the latest day on which something may have happened to an act by a day."""
    steps = [step for step in happened(record) if step.what not in NO_STEP and step.first <= on]
    return max((min(step.last or step.first, on) for step in steps), default=on)


def _whom(index: Index, told: Agreement) -> tuple[Country, ...]:
    codes = {
        code
        for record in index.records["regimes"]
        if record["instrument"] == told.id
        for code in record["nationalities"]
    }
    return countries(index, tuple(sorted(codes)))


def _day(when: Happened) -> tuple[date | None, Between | None]:
    if when.first == when.last:
        return when.first, None
    return None, (when.first, when.last)


def _since(told: Agreement, status: Status | None) -> tuple[str | None, Between | None]:
    if status == "approved":
        return told.approved, told.approved_between
    return (told.signed, told.signed_between) if status == "signed" else (None, None)


def _of_rule(index: Index, rule: DatedRule, on: date) -> Iterator[Upcoming]:
    begun = rule.bounds.start_not_before is None or rule.bounds.start_not_before <= on
    for kind, first, last in _dated_turns(rule):
        if last <= on or (kind.endswith("-ends") and not begun):
            continue
        yield made_of(
            Upcoming,
            rule,
            kind=kind,
            on=first if first == last else None,
            between=None if first == last else (first, last),
            nationalities=countries(index, rule.nationalities),
            regime=rule.id,
            goes_on=goes_on(index, rule, last) if kind == "rule-ends" else None,
            sources=index.sources(rule.sources),
        )

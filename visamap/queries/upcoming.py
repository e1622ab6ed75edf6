"""What is coming after a day: acts under way, and known days on which something begins or ends.

The records are those of the release, so a day before it is answered with hindsight. What rests on
an act to which nothing had happened by the day asked is left out: nobody could know of it.
"""

from collections.abc import Iterator
from datetime import date

from visamap.index import Index
from visamap.periods import ONE_DAY
from visamap.queries.agreements import When, agreement, entered, status_on
from visamap.queries.dated import DatedRule, Record, countries, dated_rules, goes_on
from visamap.results.agreements import Agreement
from visamap.results.parts import Between, Country
from visamap.results.upcoming import Upcoming
from visamap.vocabulary import AGREEMENT_KINDS, Passport, Status, UpcomingKind

ENTRY = "in-force"
Step = tuple[UpcomingKind, When | None]
UNDER_WAY = frozenset({"draft", "signed", "approved", "possibly_in_force"})
RUNNING = frozenset({"in_force", "possibly_in_force", "suspended"})
ABOUT = frozenset({"visa-exemption", "visa-facilitation", "stay"})
"""What an agreement under way may be about; one on registration or recognition is no news here."""
BEGINS: dict[str, UpcomingKind] = {
    "rule": "rule-begins",
    "suspension": "suspension-begins",
    "limit": "limit-begins",
    "transit": "transit-begins",
}
ENDS: dict[str, UpcomingKind] = {
    "rule": "rule-ends",
    "suspension": "suspension-ends",
    "limit": "limit-ends",
    "transit": "transit-ends",
}


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
        one for record in records for one in _of_act(index, record, on) if _when(one) not in halts
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


def _of_act(index: Index, record: Record, on: date) -> Iterator[Upcoming]:
    status = status_on(index, record, on)
    if status in UNDER_WAY and (kind := _next_step(record, status, on)):
        yield _act(index, record, status, on, kind)
    if status in RUNNING:
        for event in record["events"]:
            when = When.of(event)
            if event["what"] == "ended" and when.surely > on:
                yield _act(index, record, status, on, ("ends", when))


def _next_step(record: Record, status: Status | None, on: date) -> Step | None:
    entries = [When.of(event) for event in record["events"] if event["what"] == ENTRY]
    if ahead := [when for when in entries if when.first > on]:
        return "enters-into-force", ahead[0]
    if status == "possibly_in_force":
        if entered(record, on):
            return None  # only whether it has ended or is halted is not known: told apart
        return ("may-be-in-force", entries[0]) if entries else None
    if record["kind"] not in AGREEMENT_KINDS or record.get("about") not in ABOUT:
        # Kazakhstan's own acts without a day of entry are in force as a rule, only undated.
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
    return Upcoming(
        kind=kind,
        on=day,
        between=between,
        nationalities=told.partners or _whom(index, told),
        passports=told.passports,
        act=index.act(told.id),
        status=status,
        since=since,
        since_between=since_between,
        regime=None,
        goes_on=None,
        limits=told.limits,
        confidence=told.confidence,
        sources=told.sources,
    )


def _whom(index: Index, told: Agreement) -> tuple[Country, ...]:
    codes = {
        code
        for record in index.records["regimes"]
        if record["instrument"] == told.id
        for code in record["nationalities"]
    }
    return countries(index, tuple(sorted(codes)))


def _day(when: When) -> tuple[date | None, Between | None]:
    if when.first == when.last:
        return when.first, None
    return None, (when.first, when.last)


def _since(told: Agreement, status: Status | None) -> tuple[str | None, Between | None]:
    if status == "approved":
        return told.approved, told.approved_between
    return (told.signed, told.signed_between) if status == "signed" else (None, None)


def _of_rule(index: Index, rule: DatedRule, on: date) -> Iterator[Upcoming]:
    bounds = rule.bounds
    if bounds.start_not_after and bounds.start_not_after > on:
        first = bounds.start_not_before or bounds.start_not_after
        yield _turn(index, rule, BEGINS[rule.subject], first, bounds.start_not_after)
    begun = bounds.start_not_before is None or bounds.start_not_before <= on
    if begun and bounds.end_not_after and bounds.end_not_after >= on:
        first = bounds.end_not_before or bounds.end_not_after
        last = bounds.end_not_after
        if last < date.max:
            yield _turn(index, rule, ENDS[rule.subject], first + ONE_DAY, last + ONE_DAY)


def _turn(index: Index, rule: DatedRule, kind: UpcomingKind, first: date, last: date) -> Upcoming:
    known = first == last
    return Upcoming(
        kind=kind,
        on=first if known else None,
        between=None if known else (first, last),
        nationalities=countries(index, rule.nationalities),
        passports=rule.passports,
        act=rule.act,
        status=None,
        since=None,
        since_between=None,
        regime=rule.id,
        goes_on=goes_on(index, rule, last) if kind == "rule-ends" else None,
        limits=rule.limits,
        confidence=rule.confidence,
        sources=index.sources(rule.sources),
    )

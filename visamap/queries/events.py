"""The dated events of a release: what happened to acts, and when rules and suspensions turn.

Only days that are known: an event of which just the month or bounds are known has no place in a
calendar. Nothing is told twice: a rule that begins or ends with an event of its act is left to the
act, and an act that only suspends is left to its suspension.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from visamap.index import Index, limits
from visamap.periods import ONE_DAY, known_ends
from visamap.queries.agreements import When
from visamap.queries.dated import DatedRule, Record, countries, dated_rules, goes_on
from visamap.results.feed import FeedEvent
from visamap.vocabulary import FEED_WORDS, FeedWord

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
    found = [*of_acts, *of_rules]
    return sorted(
        (event for event in found if since is None or event.on >= since),
        key=lambda event: (event.on, event.id),
    )


def _of_act(index: Index, record: Record, rules: list[DatedRule]) -> Iterator[FeedEvent]:
    counted: Counter[str] = Counter()
    words: dict[str, FeedWord] = {word: word for word in FEED_WORDS}
    instrument = record["id"]
    for entry in record["events"]:
        what = words.get(entry["what"])
        if what is None:
            continue
        # Undated events count too: when a day is found later, the ids of the others stay.
        counted[what] += 1
        when = When.of(entry)
        if when.first != when.last:
            continue
        codes = tuple(record.get("partners", ())) or _reached(instrument, rules)
        yield FeedEvent(
            id=f"{instrument}/{what}/{counted[what]}",
            what=what,
            on=when.first,
            by=entry.get("by"),
            act=index.act(instrument),
            nationalities=countries(index, codes),
            passports=tuple(record.get("passports", ())),
            limits=limits(record.get("terms", []), instrument),
            goes_on=None,
            place=entry.get("place"),
            decision=entry.get("act"),
            note=entry.get("note"),
            sources=index.sources(entry["sources"]),
        )


def _reached(instrument: str, rules: list[DatedRule]) -> tuple[str, ...]:
    """Return the nationalities that the rules of an act are for, sorted."""
    return tuple(
        sorted({code for rule in rules if rule.act.id == instrument for code in rule.nationalities})
    )


def _turns(index: Index, rule: DatedRule) -> Iterator[FeedEvent]:
    if rule.subject == "rule":
        words: tuple[FeedWord, FeedWord] = ("rule-begins", "rule-ends")
    elif rule.subject == "suspension":
        words = ("suspension-begins", "suspension-ends")
    else:
        return
    first, last = known_ends(rule.bounds)
    after = last + ONE_DAY if last and last < date.max else None
    for what, on in zip(words, (first, after), strict=True):
        if on:
            yield FeedEvent(
                id=f"{rule.id}/{what}/1",
                what=what,
                on=on,
                by=None,
                act=rule.act,
                nationalities=countries(index, rule.nationalities),
                passports=rule.passports,
                limits=rule.limits,
                goes_on=goes_on(index, rule, on) if what == "rule-ends" else None,
                place=None,
                decision=None,
                note=None,
                sources=index.sources(rule.sources),
            )

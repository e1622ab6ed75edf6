"""Records with a period, read for their days: from when to when, under which act, for whom."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from visamap.dates import ONE_DAY, Bounded, Period, known_ends, open_ends, open_start
from visamap.domain.verdict import Visitor, judge
from visamap.limits import Limit
from visamap.results.act_results import ActEvent, ActRule, Agreement, Matched, Mention, RelatedAct
from visamap.results.parts import Act, Country
from visamap.store.index import APPROVED, Index, limits
from visamap.store.record_file import Record
from visamap.store.spans import Happened, best_known, bounds_of, day, happened
from visamap.values import Value, made_of
from visamap.vocabulary import (
    AGREEMENT_KINDS,
    NOT_IDENTIFIED,
    PASSPORTS,
    ActsAsked,
    AgreementEvent,
    Confidence,
    Match,
    Passport,
    Status,
)

# On which days an act is in force for certain, by its own events. An event of one of several
# partners is about that partner alone: one that leaves a treaty of many ends its own part only.
# Suspensions that have a record of their own are judged elsewhere.
ENTERED = frozenset({"in-force", "applied-provisionally"})
ENDED, SUSPENDED, RESUMED = "ended", "suspended", "resumed"
OF_ONE = frozenset({ENDED, SUSPENDED, RESUMED})


def concerning(
    events: Iterable[Happened], partners: Sequence[str], code: str | None, home: str
) -> list[Happened]:
    """Return the events that are about ``code``; without one, about the act as a whole.

    What ``home`` does is about every partner.
    """
    alone = len(partners) < 2  # noqa: PLR2004  there is nobody else
    whose = {None, home, code}
    return [event for event in events if alone or event.by in whose or event.what not in OF_ONE]


def in_force(events: Sequence[Happened]) -> Iterator[Period]:
    """Yield the periods in which an act with these events is in force for certain."""
    entries = [e.last for e in events if e.what in ENTERED and e.last and not e.inferred]
    if not entries:
        return
    first: date | None = min(entries)
    last = min((e.first - ONE_DAY for e in events if e.what == ENDED), default=None)
    for halted, resumed in _halts(events):
        if first is None or (last and halted > last):
            break
        if halted > first:
            yield Period(first, halted - ONE_DAY)
        first = max(first, resumed) if resumed else None
    if first and (last is None or first <= last):
        yield Period(first, last)


def halted(events: Iterable[Happened], on: date) -> bool | None:
    """Tell whether the act is halted on a day by its own events; ``None``: it may be."""
    turns = [turn for turn in _turns(events) if turn.first <= on]
    sure = max((at for at, turn in enumerate(turns) if turn.surely(on)), default=-1)
    # The last step that surely came decides, unless one after it may have come too.
    states = {turn.what == SUSPENDED for turn in turns[max(sure, 0) :]}
    states |= {False} if sure < 0 else set()
    return None if len(states) > 1 else states.pop()


def _turns(events: Iterable[Happened]) -> list[Happened]:
    """Return suspensions and resumptions in the order of time; of one day, as the file has them."""
    turns = (event for event in events if event.what in {SUSPENDED, RESUMED})
    return sorted(turns, key=lambda turn: turn.first)


def _halts(events: Iterable[Happened]) -> Iterator[tuple[date, date | None]]:
    """Yield the first day on which the act may be halted, and that by which it surely is not."""
    since: date | None = None
    for turn in _turns(events):
        if turn.what == SUSPENDED:
            since = since or turn.first
        elif since and turn.last:
            if since < turn.last:
                yield since, turn.last
            since = None
    if since:
        yield since, None


Subject = Literal["rule", "suspension", "limit", "transit"]


class DatedRule(Value):
    """What a regime, a suspension, an overlay and a transit rule have in common.

    ``act`` made the rule what it is: the act that amended it, where one did.
    """

    subject: Subject
    id: str
    bounds: Bounded
    act: Act
    nationalities: tuple[str, ...]
    passports: tuple[Passport, ...]
    limits: tuple[Limit, ...]
    confidence: Confidence
    sources: tuple[str, ...]


SUBJECTS: dict[str, Subject] = {
    "regimes": "rule",
    "suspensions": "suspension",
    "overlays": "limit",
    "transit": "transit",
}


def dated_rules(index: Index) -> Iterator[DatedRule]:
    """Yield regimes, then suspensions, domestic limits and transit rules, as the file has them."""
    for section, subject in SUBJECTS.items():
        for record in index.records[section]:
            if record.get("scope") == "conditional":  # it is nobody's rule until its needs are met
                continue
            regime = index.regime(record["id"]) if subject == "rule" else None
            whom = tuple(record.get("nationalities", ()))
            act = record.get("amended_by") or record.get("instrument") or record["act"]
            from_day, of_domestic = day(record.get("counts_from")), record.get("applies_to", {})
            yield made_of(
                DatedRule,
                record,
                subject=subject,
                bounds=regime.bounds if regime else bounds_of(record),
                act=index.act(act),
                nationalities=_halted_by(index, record["id"]) if subject == "suspension" else whom,
                passports=tuple(record.get("passports", of_domestic.get("passports", ()))),
                limits=regime.limits if regime else limits(record.get("limits", []), act, from_day),
            )


def goes_on(index: Index, rule: DatedRule, on: date) -> bool:
    """Tell whether all whom a rule is for are visa-free on a day, by whatever rule."""
    return all(
        judge(index, Visitor(code, passport, on)).verdict == "visa_free"
        for code in rule.nationalities
        for passport in rule.passports
    )


def countries(index: Index, codes: Iterable[str]) -> tuple[Country, ...]:
    """Return codes with their names."""
    return tuple(index.country(code) for code in codes)


def _halted_by(index: Index, name: str) -> tuple[str, ...]:
    """Return the nationalities whose rules a suspension halts, sorted."""
    suspension = index.suspension(name)
    found = {
        code
        for code in index.nationalities
        for passport in PASSPORTS
        if any(span.by == name for span in index.spans(code, passport))
    }
    for rule in index.records["transit"]:
        if ("transit", rule["id"]) in suspension.halted:
            found |= {code for code in rule["nationalities"] if suspension.concerns(code)}
    return tuple(sorted(found))


ASKABLE: tuple[AgreementEvent, ...] = ("signed", "approved", "in-force", "ended")
WORDS: dict[AgreementEvent, frozenset[str]] = {
    "signed": frozenset({"signed"}),
    "approved": APPROVED,
    "in-force": frozenset({"in-force"}),
    "ended": frozenset({"ended"}),
}
PERHAPS_IN_FORCE = frozenset({"in_force", "possibly_in_force"})
CLOSE = 3
"""How many ids are suggested in place of an unknown one."""


class Wanted(NamedTuple):
    """Which acts are asked for; a field left out selects all."""

    year: int | None = None
    event: AgreementEvent = "any"
    partner: str | None = None
    status: Status | None = None
    passport: Passport | None = None
    kind: ActsAsked = "agreement"


def agreements(index: Index, wanted: Wanted, on: date) -> list[Agreement]:
    """Return the acts that are asked for, with their status on the day ``on``.

    Ordinary passports come first, certain matches before possible ones, then by the day that
    matched. Without a year an event counts if it may have happened by ``on``, and an act to which
    nothing had happened by then is left out.
    """
    found: list[tuple[tuple[object, ...], Agreement]] = []
    for record in index.records["instruments"]:
        if not _concerns(record, wanted):
            continue
        status = status_on(index, record, on)
        if wanted.status not in {None, status} or (wanted.year is None and status is None):
            continue
        matched, since = _matched(index, record, wanted, on)
        if since is None:
            continue
        answer = _answer(index, record, status, matched)
        order = ("ordinary" not in answer.passports, answer.match == "possible", since, answer.id)
        found.append((order, answer))
    return [answer for _, answer in sorted(found, key=lambda pair: pair[0])]


def agreement(index: Index, instrument: str, on: date) -> Agreement | None:
    """Return one act, of whatever kind; ``None`` where no act has this id."""
    if not index.has_act(instrument):
        return None
    record = index.record("instruments", instrument)
    return _answer(index, record, status_on(index, record, on), ())


def events_of(index: Index, act: Record) -> tuple[ActEvent, ...]:
    """Return what happened to an act."""
    return tuple(
        index.result(ActEvent, event, between=when.between)
        for event, when in zip(act["events"], happened(act), strict=True)
    )


def in_context(index: Index, item: Agreement) -> Agreement:
    """Add to an act the rules it made, the acts around it, and the records that rest on it."""
    return item._replace(
        rules=tuple(_rules(index, item.id)),
        family=tuple(_family(index, item.id)),
        mentions=tuple(_mentions(index, item)),
    )


def _rules(index: Index, instrument: str) -> Iterator[ActRule]:
    for record in index.records["regimes"]:
        if instrument in {record["instrument"], record.get("amended_by")}:
            regime = index.regime(record["id"])
            start, end = known_ends(regime.bounds)
            yield ActRule(
                regime.id,
                countries(index, tuple(record["nationalities"])),
                regime.limits,
                None if open_start(regime.bounds) else start,
                end,
                *open_ends(regime.bounds),
                amended=record["instrument"] != instrument,
            )


def _family(index: Index, instrument: str) -> list[RelatedAct]:
    """Return the acts that are joined to one by amending or replacing, over any number of steps."""
    records = {record["id"]: record for record in index.records["instruments"]}
    pairs = [
        (name, record[key])
        for name, record in records.items()
        for key in ("amends", "replaced_by")
        if record.get(key) in records
    ]
    found, size = {instrument}, 0
    while len(found) > size:
        size = len(found)
        found |= {one for pair in pairs if found.intersection(pair) for one in pair}
    related = [
        RelatedAct(
            name,
            records[name]["title"],
            min(event.first for event in happened(records[name])),
            records[name].get("amends"),
            _pointing(index, "instruments", "replaced_by", name),
        )
        for name in found
        if size > 1
    ]
    return sorted(related, key=lambda one: (one.since, one.id))


def _mentions(index: Index, item: Agreement) -> Iterator[Mention]:
    """Yield the records that name an act or share a source with it; its rules stand elsewhere."""
    sources = {source.id for source in item.sources}
    for section, rows in index.records.items():
        if section in {"instruments", "sources", "retired_ids"} or not isinstance(rows, list):
            continue
        for row in rows:
            if item.id in {row.get("instrument"), row.get("amended_by")}:
                continue
            named = row.get("about", ()), row.get("instruments", ()), (row.get("act"),)
            name = row.get("id") or row["code"]
            if any(item.id in one for one in named):
                yield Mention(section, name, "act")
            elif not sources.isdisjoint(row.get("sources", ())):
                yield Mention(section, name, "source")


def perhaps_in_force(index: Index, partner: str, passport: Passport, on: date) -> list[Agreement]:
    """Return the agreements with a partner that name a passport and are, or may be, in force."""
    wanted = Wanted(partner=partner, passport=passport)
    return [act for act in agreements(index, wanted, on) if act.status in PERHAPS_IN_FORCE]


def close_to(index: Index, text: str, partner: str | None) -> list[str]:
    """Return ids that somebody who wrote ``text`` may have meant; acts with a ``partner``."""
    from difflib import get_close_matches  # noqa: PLC0415  only a slip pays for it

    records = index.records["instruments"]
    if partner:
        theirs = [record["id"] for record in records if partner in record.get("partners", ())]
        return theirs[:CLOSE]
    return get_close_matches(text.lower(), [record["id"] for record in records], n=CLOSE)


def status_on(index: Index, record: Record, on: date, partner: str | None = None) -> Status | None:
    """Return how an act stands on a day; ``None`` before anything happened to it.

    Each step counts from the day by which it surely happened. Days on which the entry into force,
    a halt or the end may have come and may not are ``possibly_in_force``. With ``partner``: how it
    stands for that one of several.
    """
    every = happened(record)
    if not any(event.first <= on for event in every):
        return None
    events = concerning(every, record.get("partners", ()), partner, index.home)
    if any(event.surely(on) for event in events if event.what == "ended"):
        return "ended"
    if any(event.what in ENTERED and event.first <= on for event in events):
        stopped = _halted(index, record, events, on, partner)
        if stopped:
            return "suspended"
        sure = stopped is False and any(period.covers(on) for period in in_force(events))
        return "in_force" if sure else "possibly_in_force"
    # Of a step that was taken some day or later it is known that it was taken.
    approved = any((when.last or when.first) <= on for when in _times(index, every, "approved"))
    signed = any((when.last or when.first) <= on for when in _times(index, every, "signed"))
    return "approved" if approved else "signed" if signed else "draft"


def _concerns(record: Record, wanted: Wanted) -> bool:
    binds_both = record["kind"] in AGREEMENT_KINDS
    return (
        record["kind"] != NOT_IDENTIFIED
        and (wanted.kind == "all" or binds_both == (wanted.kind == "agreement"))
        and (wanted.partner is None or wanted.partner in record.get("partners", ()))
        and (wanted.passport is None or wanted.passport in record.get("passports", ()))
    )


def _times(index: Index, events: list[Happened], event: AgreementEvent) -> list[Happened]:
    """Return the times of an event; the approval of a partner is not ours."""
    return [
        one
        for one in events
        if one.what in WORDS[event] and (event != "approved" or one.by == index.home)
    ]


def entered(record: Record, on: date) -> bool:
    """Tell whether the act entered into force for certain, whatever ended or halted it later."""
    return any(
        event.what in ENTERED and event.surely(on) and not event.inferred
        for event in happened(record)
    )


def _halted(
    index: Index, record: Record, events: list[Happened], on: date, partner: str | None
) -> bool | None:
    """Tell whether the act is halted on a day; ``None``: it may be, by a suspension on record."""
    own = halted(events, on)
    if own:
        return True
    found: set[bool | None] = {None} if own is None else set()
    found |= {
        (suspension.sure and suspension.bounds.surely(on)) or None
        for suspension in index.suspensions
        if ("instruments", record["id"]) in suspension.halted
        and (partner is None or suspension.concerns(partner))
        and suspension.bounds.perhaps(on)
    }
    return True if True in found else None if found else False


def _matched(
    index: Index, record: Record, wanted: Wanted, on: date
) -> tuple[tuple[Matched, ...], date | None]:
    """Return the events that were asked for and found, and the day that orders the act.

    Without a day the act is not asked for.
    """
    every = happened(record)
    if wanted.year is None and wanted.event == "any":
        return (), min(event.first for event in every)
    events = ASKABLE if wanted.event == "any" else (wanted.event,)
    # "certain" sorts before "possible": the best match of an event comes first.
    found: list[tuple[Match, date, AgreementEvent]] = sorted(
        (match, when.first, event)
        for event in events
        for when in _times(index, every, event)
        if (match := _match(when, wanted.year, on))
    )
    best: dict[AgreementEvent, Match] = {}
    for match, _, event in found:
        best.setdefault(event, match)
    matched = tuple(Matched(event, best[event]) for event in ASKABLE if event in best)
    return matched, found[0][1] if found else None


def _match(when: Happened, year: int | None, on: date) -> Match | None:
    """Tell whether an event happened in a year, or by the day ``on`` where no year is asked."""
    if year is None:
        touches, inside = when.first <= on, when.surely(on)
    else:
        touches = when.first.year <= year <= (when.last or when.first).year
        inside = touches and when.last is not None and when.first.year == when.last.year
    if not touches:
        return None
    return "certain" if inside and not when.inferred else "possible"


def _answer(
    index: Index, record: Record, status: Status | None, matched: tuple[Matched, ...]
) -> Agreement:
    every = happened(record)
    signed, approved, in_force, ended = (
        best_known(_times(index, every, event)) for event in ASKABLE
    )
    provisional = [e for e in record["events"] if e["what"] == "applied-provisionally"]
    instrument = record["id"]
    return index.result(
        Agreement,
        record,
        partners=countries(index, record["partners"]),
        signed=signed and signed.text,
        approved=approved and approved.text,
        in_force=in_force and in_force.text,
        ended=ended and ended.text,
        signed_between=signed and signed.between,
        approved_between=approved and approved.between,
        in_force_between=in_force and in_force.between,
        ended_between=ended and ended.between,
        status=status,
        match="possible" if matched and all(m.match == "possible" for m in matched) else "certain",
        limits=limits(record["terms"], instrument),
        events=events_of(index, record),
        matched=matched,
        provisionally=provisional[0].get("date") if provisional else None,
        amended_by=_pointing(index, "instruments", "amends", instrument),
        regimes=_pointing(index, "regimes", "instrument", instrument),
        home=index.country(index.home),
    )


def _pointing(index: Index, section: str, key: str, instrument: str) -> tuple[str, ...]:
    return tuple(row["id"] for row in index.records[section] if row.get(key) == instrument)

"""Who may enter without a visa on a day, and how is each country coloured on the map?

What is visa-free is decided in ``visamap.domain.verdict``; here they only become rows and shades.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from visamap.dates import open_start
from visamap.domain.entry import advisories, confidence, sources
from visamap.domain.verdict import (
    NATIONAL_KINDS,
    Applied,
    Judgement,
    Run,
    Visitor,
    free_since,
    judge,
    run_at,
)
from visamap.limits import any_length
from visamap.results.abroad_results import Outbound
from visamap.results.check_results import AdvisoryNote
from visamap.results.partner_results import Mark, Partner, Shade, Totals, WorldMap
from visamap.results.parts import Country, DataRef
from visamap.store.index import Index
from visamap.values import made_of
from visamap.vocabulary import Passport

POSSIBLE = frozenset(
    {
        "start_uncertain",
        "end_uncertain",
        "halt_uncertain",
        "paper_uncertain",
        "low_confidence",
        "existence_doubtful",
    }
)
PERHAPS = POSSIBLE | {"approved_not_in_force", "approval_uncertain"}
"""The reasons that leave a yes open; an agreement not seen in force names no rule to list."""
History = Callable[[str, Passport], list[Run]]
"""Returns the runs of a passport, as ``visamap.domain.verdict.runs`` does."""


def counts(index: Index, passport: Passport, on: date, kind: str | None = None) -> tuple[int, int]:
    """Return how many nationalities are certainly, and how many more possibly visa-free.

    ``kind`` counts states or territories alone.
    """
    codes = [
        code for code in index.own_nationalities(passport, on) if kind in {None, index.kind(code)}
    ]
    judged = [judge(index, Visitor(code, passport, on)) for code in codes]
    return (
        sum(judgement.verdict == "visa_free" for judgement in judged),
        sum(judgement.reason in POSSIBLE for judgement in judged),
    )


def partners(index: Index, passport: Passport, on: date, history: History) -> Iterator[Partner]:
    """Yield the nationalities that enter visa-free on a day, certain ones first, by code."""
    possible: list[Partner] = []
    for code in index.own_nationalities(passport, on):
        visitor = Visitor(code, passport, on)
        past = history(code, passport)
        judgement = past[run_at(past, on)].judgement
        if judgement.chosen:
            grounds = {applied.regime.act.basis for applied in judgement.others}
            found = _partner(index, visitor, judgement.chosen, judgement)
            since, between = free_since(index, past, on)
            yield found._replace(
                also_basis=next(iter(grounds - {found.basis}), None),
                since=since,
                since_between=between,
            )
        elif judgement.reason in POSSIBLE:
            longest = max(judgement.possible, key=lambda applied: applied.max_stay_days or 0)
            found = _partner(index, visitor, longest, judgement)
            possible.append(found._replace(possible=True, reason=judgement.reason))
    yield from possible


def stay_untold(found: Iterable[Partner]) -> Iterator[Country]:
    """Yield the certain partners of whom nobody knows how long they may stay."""
    return (p.nationality for p in found if p.max_stay_days is None and not p.possible)


def approved_only(
    index: Index, passport: Passport, on: date, history: History
) -> Iterator[Country]:
    """Yield whose agreement was approved, though no entry into force was found by that day."""
    for code in index.own_nationalities(passport, on):
        past = history(code, passport)
        if past[run_at(past, on)].judgement.reason == "approved_not_in_force":
            yield index.country(code)


def totals(found: Iterable[Partner]) -> Totals:
    """Return the totals of a list of partners."""
    listed = list(found)
    certain = [partner for partner in listed if not partner.possible]
    return Totals(
        certain=len(certain),
        possible=len(listed) - len(certain),
        agreement=sum(partner.basis == "agreement" for partner in certain),
        unilateral=sum(partner.basis == "unilateral" for partner in certain),
        on_both_grounds=sum(partner.also_basis is not None for partner in certain),
    )


def _partner(index: Index, visitor: Visitor, applied: Applied, judgement: Judgement) -> Partner:
    regime = applied.regime
    return Partner(
        nationality=index.country(visitor.nationality),
        passport=visitor.passport,
        basis=regime.act.basis,
        max_stay_days=applied.max_stay_days,
        limits=applied.limits,
        doubtful_limits=applied.doubtful,
        instrument=regime.act.id,
        act=regime.act,
        regime=regime.id,
        since_between=open_start(regime.bounds),
        reason=regime.act.basis or "act_not_identified",
        confidence=confidence(index, judgement),
        sources=sources(index, judgement),
    )


DISPUTED = frozenset({"ESH"})
UNINHABITED = frozenset({"ATA", "ATF", "BVT", "HMD", "IOT", "SGS", "UMI"})
LONG, USUAL = 90, 30


def inbound(index: Index, passport: Passport, on: date) -> WorldMap:
    """Return who may enter the destination on a day."""
    marks = tuple(
        Mark(index.country(code), "disputed", counted=False)
        if code in DISPUTED
        else _mark(index, code, code, passport, on)
        for code in places(index)
    )
    return WorldMap(
        "inbound",
        index.destination,
        passport,
        on,
        marks,
        tuple(_general_advisories(index, passport, on, marks)),
        *_told(index, on),
    )


def region(there: Iterable[Index], nationality: str, passport: Passport, on: date) -> WorldMap:
    """Return how far one passport goes in the destinations whose records these are, on a day."""
    records = list(there)
    marks = tuple(_mark(index, index.home, nationality, passport, on) for index in records)
    who = records[0].country(nationality)
    return WorldMap("region", who, passport, on, marks, (), *_told(records[0], on))


def outbound(index: Index, home: str, on: date, answers: Iterable[Outbound]) -> WorldMap:
    """Return where a passport may go on a day, from all ``answers`` for it."""
    marks = {home: Mark(index.country(home), "home")}
    for answer in answers:
        marks[answer.destination.code] = made_of(
            Mark,
            answer,
            country=answer.destination,
            shade="conditional" if answer.needs_another_visa else answer.requirement,
            instrument=answer.rule,
            barred=any(case.certain for case in answer.interrupted),
        )
    for code in places(index):
        if code not in marks:
            shade: Shade = "disputed" if code in DISPUTED else "unknown"
            marks[code] = Mark(index.country(code), shade, counted=False)
    listed = tuple(marks[code] for code in sorted(marks))
    return WorldMap("outbound", index.country(home), "ordinary", on, listed, (), *_told(index, on))


def _told(index: Index, on: date) -> tuple[date | None, DataRef]:
    release = index.data.release
    return release if on > release else None, index.data


def _mark(index: Index, place: str, nationality: str, passport: Passport, on: date) -> Mark:
    """Return how a place is coloured by what the destination asks of a nationality."""
    holds = index.held_passport(nationality, passport, on)
    judged = judge(index, Visitor(nationality, passport, on))
    chosen = judged.chosen
    return Mark(
        index.country(place),
        _shade(judged),
        judged.reason,
        chosen.max_stay_days if chosen else None,
        chosen.regime.act.basis if chosen else None,
        chosen.regime.act.id if chosen else None,
        holds,
        counted=holds is None or place != nationality,
    )


def places(index: Index) -> list[str]:
    """Return the codes that have a place on the map."""
    return sorted(
        code
        for code in index.tables["countries"]
        if index.kind(code) in NATIONAL_KINDS and code not in UNINHABITED
    )


def _shade(judged: Judgement) -> Shade:
    if judged.verdict == "citizen":
        return "home"
    if judged.verdict == "visa_required":
        return "suspended" if judged.reason == "suspended" else "visa_required"
    if judged.chosen is None:
        return "possible" if judged.reason in POSSIBLE else "unknown"
    stay = judged.chosen.max_stay_days
    if stay is None:
        return "free_90" if any_length(judged.chosen.limits) else "free_untold"
    if stay >= LONG:
        return "free_90"
    return "free_30" if stay >= USUAL else "free_14"


def _general_advisories(
    index: Index, passport: Passport, on: date, marks: tuple[Mark, ...]
) -> Iterator[AdvisoryNote]:
    """Yield the advisories that hold for most nationalities."""
    codes = [mark.country.code for mark in marks if mark.counted and mark.shade != "home"]
    found = Counter(
        note for code in codes for note in advisories(index, Visitor(code, passport, on))
    )
    yield from (note for note, times in found.items() if times > len(codes) / 2)

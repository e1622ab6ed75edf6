"""How is each country coloured on a day? Judges all of them and sorts each under a shade.

What is visa-free is decided in ``visamap.domain.verdict``; here verdicts only become shades.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from visamap.domain.entry import advisories
from visamap.domain.partners import POSSIBLE
from visamap.domain.verdict import NATIONAL_KINDS, Judgement, Visitor, judge
from visamap.limits import any_length
from visamap.results.abroad import Outbound
from visamap.results.check import AdvisoryNote
from visamap.results.parts import DataRef
from visamap.results.world import Mark, Shade, WorldMap
from visamap.store.index import Index
from visamap.values import made_of
from visamap.vocabulary import Passport

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

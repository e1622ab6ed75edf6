"""Rules about time and law: events, and regimes beside the acts that they rest on.

A suspension, an overlay or a duty may well have other dates than its act; nothing is said of them.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from visamap.dataset.facts import Facts
from visamap.dataset.findings import Finding
from visamap.dataset.spans import effective, halts, sure_days
from visamap.models.law import Event, Instrument, Regime
from visamap.periods import ONE_DAY, Period
from visamap.problems import shortened
from visamap.queries.in_force import ENDED, ENTERED, Happened, concerning, in_force
from visamap.queries.verdict import HOME
from visamap.vocabulary import EventWord

# What cannot happen before what, whoever did it.
_FOLLOWS: tuple[tuple[EventWord, EventWord], ...] = (
    ("signed", "in-force"),
    ("signed", "ratified"),
    ("in-force", "ended"),
)


def events_in_order(facts: Facts) -> Iterator[Finding]:
    """Events of an instrument stand in the order in which they can have happened."""
    for n, act in enumerate(facts.dataset.instruments):
        latest: Event | None = None
        for m, event in enumerate(act.events):
            if latest and _last(event) < _first(latest):
                message = (
                    f"{event.what} ({_first(event)}) stands after {latest.what} "
                    f"({_first(latest)}); put the events in the order of their days"
                )
                yield Finding(("instruments", n, "events", m), "events-in-order", message)
            elif latest is None or _first(event) > _first(latest):
                latest = event


def events_follow_each_other(facts: Facts) -> Iterator[Finding]:
    """No act enters into force before it is signed, or ends before it is in force."""
    for n, act in enumerate(facts.dataset.instruments):
        for before, after in _FOLLOWS:
            earliest = min((_first(e) for e in act.events if e.what == before), default=None)
            if earliest is None:
                continue
            for m, event in enumerate(act.events):
                if event.what == after and _last(event) < earliest:
                    message = (
                        f"{after} ({_first(event)}) lies before {before} ({earliest}); "
                        "correct one of the days"
                    )
                    yield Finding(("instruments", n, "events", m), "events-in-order", message)


def regimes_have_starts(facts: Facts) -> Iterator[Finding]:
    """Every regime has a first day, at least by bounds, of its own or from its agreement."""
    for n, regime, act in _regimes(facts):
        period = effective(regime, act)
        if period.start_not_before is None:
            given = f" and {act.id} no entry into force" if act.basis == "agreement" else ""
            message = f"{regime.id} has no start{given}; give `from` or its bounds"
        elif period.start_not_after is None:
            message = (
                f"{regime.id} takes its start from {act.id}, whose entry into force has no upper "
                "bound; give the earliest dated source that shows it at work"
            )
        else:
            continue
        yield Finding(("regimes", n), "regime-start", message)


def regimes_start_with_acts(facts: Facts) -> Iterator[Finding]:
    """A regime starts with its act's entry into force or later, never before."""
    for n, regime, act in _regimes(facts):
        own = effective(regime, act).start_not_before
        starts = [_first(event) for event in act.events if event.what in ENTERED]
        if not starts and act.basis == "unilateral":
            starts = [_first(event) for event in act.events if event.what == "signed"]
        if own is None or (starts and own >= min(starts)):
            continue
        if starts:
            when = f"{act.id} is not in force before {min(starts)}"
        elif act.basis == "agreement":
            when = f"{act.id} has no event of entry into force"
        else:
            continue
        key = "from" if regime.from_ else "from_not_before"
        message = f"{regime.id} starts on {own}, but {when}; correct one of them"
        yield Finding(("regimes", n, key), "regime-before-act", message)


def regimes_end_with_acts(facts: Facts) -> Iterator[Finding]:
    """A regime does not outlive its act."""
    for n, regime, act in _regimes(facts):
        # A partner that leaves a treaty of many ends its own part only.
        alone = len(act.partners) < 2  # noqa: PLR2004  there is nobody else
        ends = [e for e in act.events if e.what == ENDED and (alone or e.by in {None, HOME})]
        if not ends:
            continue
        last, gone = effective(regime, act).end_not_after, max(_last(event) for event in ends)
        if gone < (last or date.max):
            until = f"runs to {last}" if last else "has no end"
            key = "to" if regime.to else "to_not_after"
            message = f"{regime.id} {until}, but {act.id} ended on {gone}; give its last day"
            yield Finding(("regimes", n, key), "regime-after-act", message)


def regimes_are_as_sure_as_acts(facts: Facts) -> Iterator[Finding]:
    """A regime is certain only on days on which its acts are in force for certain."""
    told = {
        finding.path[1]
        for rule in (regimes_have_starts, regimes_start_with_acts, regimes_end_with_acts)
        for finding in rule(facts)
    }
    calendar = _Calendar(facts)
    for n, regime, act in _regimes(facts):
        doubted = regime.disputed and regime.disputed.what == "existence"
        if n in told or doubted or regime.confidence == "low":
            continue
        amending = facts.acts.get(regime.amended_by or "")
        for one in (act, amending) if amending else (act,):
            if one.confidence == "low":
                message = (
                    f"{regime.id} is of confidence {regime.confidence} and {one.id}, which it "
                    "rests on, of confidence low; a rule is no surer than its act"
                )
                yield Finding(("regimes", n, "confidence"), "confidence-of-act", message)
            elif found := calendar.beyond(regime, act, one):
                yield Finding(("regimes", n), *found)


class _Calendar:
    """On which days acts are in force for certain, worked out once for each and for each party."""

    def __init__(self, facts: Facts) -> None:
        self._suspensions = facts.dataset.suspensions
        self._known: dict[tuple[str, str | None], list[Period]] = {}
        self._events: dict[str, list[Happened]] = {}

    def beyond(self, regime: Regime, act: Instrument, one: Instrument) -> tuple[str, str] | None:
        """Return what is wrong where a regime under ``act`` is certain and ``one`` is not."""
        sure: dict[tuple[str, ...], list[Period]] = {}
        for code in regime.nationalities:
            halted_by = [s for s in self._suspensions if halts(s, regime, code)]
            key = tuple(suspension.id for suspension in halted_by)
            if key not in sure:
                sure[key] = sure_days(regime, act, halted_by)
            in_force_on = self._in_force(one, code)
            for days in sure[key]:
                if day := _first_beyond(days, in_force_on):
                    return _said_beyond(regime, one, self._about(one, code), day)
        return None

    def _in_force(self, act: Instrument, code: str) -> list[Period]:
        apart = any(event.by == code for event in act.events)
        key = act.id, code if apart else None
        if key not in self._known:
            self._known[key] = [*in_force(self._about(act, code))]
        return self._known[key]

    def _about(self, act: Instrument, code: str) -> list[Happened]:
        if act.id not in self._events:
            self._events[act.id] = [*_events(act)]
        return concerning(self._events[act.id], act.partners, code)


def _first_beyond(days: Period, periods: list[Period]) -> date | None:
    """Return the first of ``days`` that no period covers; the periods stand in order and apart."""
    first = days.first or date.min
    at = bisect_right([period.first or date.min for period in periods], first) - 1
    if at < 0 or not periods[at].covers(first):
        return first
    last = periods[at].last
    return last + ONE_DAY if last and (days.last is None or last < days.last) else None


def _said_beyond(
    regime: Regime, act: Instrument, events: list[Happened], day: date
) -> tuple[str, str]:
    end = min((event.first for event in events if event.what == ENDED), default=date.max)
    entries = [e.last for e in events if e.what in ENTERED and e.last and not e.inferred]
    if not entries or day < min(entries):
        rule, why = "regime-before-act", "is not in force for certain by then"
        how = "give the event of its entry into force, or bounds to the regime"
    elif day >= end:
        rule, why, how = "regime-after-act", f"may have ended on {end}", "give its last day"
    else:
        rule, why = "regime-in-halt", "may be suspended then"
        how = "add the suspension to `suspensions`, with its bounds"
    return rule, f"{regime.id} holds for certain on {day}, but {act.id} {why}; {how}"


def _events(act: Instrument) -> Iterator[Happened]:
    for event in act.events:
        last = event.between[1] if event.between else _last(event)
        inferred = act.confidence == "low" and event.date is None
        yield Happened(event.what, event.by, _first(event), last, inferred)


def regimes_fit_acts(facts: Facts) -> Iterator[Finding]:
    """A regime of an agreement is for its partners and for the passports that it names."""
    for n, regime, act in _regimes(facts):
        if act.basis != "agreement":
            continue
        for m, code in _outside(regime.nationalities, act.partners):
            message = (
                f"{code} is no partner of {act.id} ({shortened(', '.join(act.partners))}); "
                "correct one of them"
            )
            yield Finding(("regimes", n, "nationalities", m), "partner-of-act", message)
        if regime.scope == "border-residents":  # they cross with papers that treaties seldom name
            continue
        for m, kind in _outside(regime.passports, act.passports):
            message = (
                f"{act.id} is not for {kind} passports ({', '.join(act.passports)}); "
                "correct one of them"
            )
            yield Finding(("regimes", n, "passports", m), "passport-of-act", message)


def _outside(words: Sequence[str], named: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the words that an act does not name, with their places; silence excludes none."""
    known = frozenset(named)
    return ((m, word) for m, word in enumerate(words) if named and word not in known)


def no_overlaps(facts: Facts) -> Iterator[Finding]:
    """Under one instrument a passport has one regime a day; uncertain days may overlap."""
    by_holder: dict[tuple[str, str, str, str], list[_Certain]] = defaultdict(list)
    for n, regime, act in _regimes(facts):
        if (sure := effective(regime, act).certain) is None:
            continue
        one = _Certain(sure.first or date.min, n, sure.last or date.max, regime)
        for code in regime.nationalities:
            for kind in regime.passports:
                by_holder[act.id, code, kind, regime.scope].append(one)
    told: set[tuple[int, int]] = set()
    for (instrument, code, passport, _), found in by_holder.items():
        for pair in _meeting(found):
            earlier, later = sorted(pair, key=lambda one: one.n)
            if (earlier.n, later.n) in told:
                continue
            told.add((earlier.n, later.n))
            message = (
                f"{later.regime.id} and {earlier.regime.id} both hold for {code} ({passport}) "
                f"under {instrument}; end one before the other begins"
            )
            place = later.regime.nationalities.index(code)
            yield Finding(("regimes", later.n, "nationalities", place), "overlap", message)


class _Certain(NamedTuple):
    """The certain days of a regime, and where it stands in the file."""

    first: date
    n: int
    last: date
    regime: Regime


def _meeting(found: Iterable[_Certain]) -> Iterator[tuple[_Certain, _Certain]]:
    """Yield each that begins before all earlier ones have ended, and the one that lasts longest."""
    furthest: _Certain | None = None
    for one in sorted(found):
        if furthest and one.first <= furthest.last:
            yield furthest, one
        if furthest is None or one.last > furthest.last:
            furthest = one


def _regimes(facts: Facts) -> Iterator[tuple[int, Regime, Instrument]]:
    """Yield the regimes whose act is there."""
    for n, regime in enumerate(facts.dataset.regimes):
        if act := facts.acts.get(regime.instrument):
            yield n, regime, act


def _first(event: Event) -> date:
    return event.earliest.first


def _last(event: Event) -> date:
    """Return the last day on which it can have happened."""
    if event.date:
        return event.date.last
    assert event.between  # noqa: S101  (the model has one of the two)
    return event.between[1] or date.max

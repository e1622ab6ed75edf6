"""The one walk over all records: each with its path, and every value that names another record.

Which fields link is said in the models (``LinkTo``); each class is read once. Nothing is judged
here: checks of links, of citations and of country codes, and exports, share what is found.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import groupby, islice, pairwise
from typing import Any, NamedTuple

from pydantic import BaseModel

from visamap.data.records import Aside, Finding, Hints, Path
from visamap.data.text import MAX_PROBLEMS
from visamap.dates import ONE_DAY, Bounded, Period
from visamap.domain.acts import ENDED, ENTERED, concerning, in_force
from visamap.domain.partners import counts
from visamap.errors import Problem, shortened
from visamap.schema.dataset import Dataset, Expectation
from visamap.schema.law import Event, Instrument, Regime
from visamap.schema.record import ANY_SECTION, COUNTRIES, shape_of
from visamap.store.index import Index
from visamap.store.spans import Happened, Suspension, cut, effective
from visamap.vocabulary import NOT_IDENTIFIED, EventWord


class Place(NamedTuple):
    """A record and where it stands."""

    path: Path
    record: Any
    name: str | None
    """What links call it: its id, or the code of a visa."""

    @property
    def section(self) -> str:
        """The section that holds the record, with a dot where it lies inside a mapping."""
        return ".".join(step for step in self.path if isinstance(step, str))


class Link(NamedTuple):
    """A value that names a record of ``section``, and the key it stands under."""

    path: Path
    key: str
    section: str
    value: str


class _Plan(NamedTuple):
    """Which fields of a class hold records and which hold links: attribute, key, many or one."""

    named: bool
    records: tuple[tuple[str, str, bool], ...]
    links: tuple[tuple[str, str, bool, str], ...]


def places(record: BaseModel, path: Path = ()) -> Iterator[Place]:
    """Yield ``record`` and every record inside it, at any depth, in the order of the models."""
    plan = _plan(type(record))
    yield Place(path, record, record.id if plan.named else None)  # type: ignore[attr-defined]
    for attribute, key, many in plan.records:
        value = getattr(record, attribute)
        if many:
            for n, inner in enumerate(value):
                yield from places(inner, (*path, key, n))
        elif value is not None:
            yield from places(value, (*path, key))


def links(place: Place) -> Iterator[Link]:
    """Yield what a record itself names; the records inside it have places of their own."""
    path, record, _ = place
    model: type[BaseModel] = type(record)
    for attribute, key, many, section in _plan(model).links:
        value = getattr(record, attribute)
        if many:
            for n, one in enumerate(value):
                yield Link((*path, key, n), key, section, one)
        elif value is not None:
            yield Link((*path, key), key, section, value)


@cache
def _plan(model: type[BaseModel]) -> _Plan:
    inside: list[tuple[str, str, bool]] = []
    named: list[tuple[str, str, bool, str]] = []
    for attribute, field in model.model_fields.items():
        key, shape = field.alias or attribute, shape_of(field)
        if shape.models:
            inside.append((attribute, key, shape.many))
        named += [(attribute, key, shape.many, section) for section in shape.links]
    return _Plan(hasattr(model, "id") or "id" in model.model_fields, tuple(inside), tuple(named))


# Records that stand for others: an id that is met there is not a record to point to.
NO_TARGETS = ("sources", "retired_ids")


class Facts(NamedTuple):
    """A dataset laid out for the rules."""

    dataset: Dataset
    places: list[Place]
    links: list[Link]
    ids: dict[str, set[str]]
    """What may be named, by section; country codes and "any section" are there too."""
    acts: dict[str, Instrument]
    records: dict[str, Any]
    """The dataset as it is shipped."""
    periods: dict[int, Bounded]
    """The period of each regime whose act is there, as it is or as the act gives it."""
    aside: Aside
    """What was refused before: not judged, and nothing is concluded from its absence."""
    whole: bool
    """Whether this is all of the data; if not, no rule says that something is missing."""


def gathered(dataset: Dataset, codes: Collection[str], aside: Aside, *, whole: bool) -> Facts:
    """Walk the dataset once; ``codes`` are those of countries."""
    found = [place for place in places(dataset) if place.path]
    ids: dict[str, set[str]] = {COUNTRIES: set(codes), ANY_SECTION: set()}
    named = [(place.section, place.name) for place in found if place.name]
    named += [(section, name) for section, names in aside.ids.items() for name in names]
    for section, name in named:
        ids.setdefault(section, set()).add(name)
        if section not in NO_TARGETS:
            ids[ANY_SECTION].add(name)
    records = dataset.shipped()
    acts = {act["id"]: act for act in records["instruments"]}
    return Facts(
        dataset,
        found,
        [link for place in found for link in links(place)],
        ids,
        {act.id: act for act in dataset.instruments},
        records,
        {
            n: effective(regime, acts[regime["instrument"]])
            for n, regime in enumerate(records["regimes"])
            if regime["instrument"] in acts
        },
        aside,
        whole,
    )


def unmet(expectations: Iterable[Expectation], index: Index) -> Iterator[Finding]:
    """Yield the expectations that the records do not meet."""
    for n, expected in enumerate(expectations):
        certain, possible = counts(index, expected.passport, expected.on)
        given = expected.certain + (expected.territories or 0)
        apart = expected.territories
        if apart is not None:
            apart = counts(index, expected.passport, expected.on, kind="territory")[0]
        if (certain, possible, apart) != (given, expected.possible, expected.territories):
            of_which = f" ({apart} territories)" if apart is not None else ""
            yield Finding(
                ("meta", "expectations", n),
                "expected-counts",
                f"on {expected.on} the records give {certain} certain{of_which} and {possible} "
                f"possible, not {given} and {expected.possible}; find the record that is wrong, or "
                "correct the expectation with its reason",
            )


SOURCES = "sources"
# At least two hyphens: what an event says of its act is words, unless it looks like an act's id.
_LIKE_AN_ACT = re.compile(r"[a-z0-9]+(-[a-z0-9]+){2,}")


def ids_once(facts: Facts) -> Iterator[Finding]:
    """An id names one record of its section, and a retired id names none."""
    retired = {record.id for record in facts.dataset.retired_ids}
    seen: set[tuple[str, str]] = set()
    for place in facts.places:
        name = place.name
        if name is None:
            continue
        path = (*place.path, "code" if place.section == "visas" else "id")
        key = (place.section, name)
        if key in seen:
            message = f"id {name!r} is used twice in {place.section}; rename this one"
            yield Finding(path, "ids-once", message)
        elif name in retired and place.section != "retired_ids":
            message = f"id {name!r} is retired and never used again; choose another"
            yield Finding(path, "retired-id", message)
        seen.add(key)


def links_resolve(facts: Facts) -> Iterator[Finding]:
    """An id that points to another record has a record to point to."""
    retired = {record.id: record.replaced_by for record in facts.dataset.retired_ids}
    hints = Hints()
    for path, key, section, value in _named(facts):
        if section in {COUNTRIES, SOURCES} or not _missing(facts, section, value):
            continue
        if instead := retired.get(value):
            how = f"it is retired; write {instead!r}"
        else:
            close = hints.close(value, facts.ids.get(section, ()))
            how = f"did you mean {close!r}?" if close else "fix the id or add the record"
        yield Finding(path, "links-resolve", f"{key}: {value!r} is not in {section}; {how}")


def _named(facts: Facts) -> Iterator[tuple[Path, str, str, str]]:
    yield from facts.links
    for n, act in enumerate(facts.dataset.instruments):
        for m, event in enumerate(act.events):
            if event.act and _LIKE_AN_ACT.fullmatch(event.act):
                yield ("instruments", n, "events", m, "act"), "act", "instruments", event.act


def listed_once(facts: Facts) -> Iterator[Finding]:
    """A list names each record once."""
    lists = (link for link in facts.links if isinstance(link.path[-1], int))
    for _, group in groupby(lists, key=lambda link: link.path[:-1]):
        seen: set[str] = set()
        for link in group:
            if link.value in seen:
                message = f"{link.value} stands twice in this list; keep one"
                yield Finding(link.path, "listed-once", message)
            seen.add(link.value)


def codes_known(facts: Facts) -> Iterator[Finding]:
    """Country codes are ISO 3166-1 alpha-3 or ICAO 9303 codes that exist."""
    for link in facts.links:
        if link.section == COUNTRIES and link.value not in facts.ids[COUNTRIES]:
            message = f"{link.value!r} is no ISO 3166-1 alpha-3 or ICAO 9303 code; correct it"
            yield Finding(link.path, "codes-known", message)


def sources_exist(facts: Facts) -> Iterator[Finding]:
    """Every cited source is listed."""
    cited = [link for link in facts.links if link.section == SOURCES]
    if cited and not facts.ids.get(SOURCES) and SOURCES not in facts.aside.sections:
        message = "no sources are listed; add 'sources:' here or a file sources.yaml beside this"
        yield Finding((), "sources-exist", message)
        return
    hints = Hints()
    for link in cited:
        if _missing(facts, SOURCES, link.value):
            close = hints.close(link.value, facts.ids[SOURCES], cutoff=0.9)
            how = f"did you mean {close!r}?" if close else "add it to the sources or fix the id"
            message = f"source {link.value!r} is not listed; {how}"
            yield Finding(link.path, "sources-exist", message)


def sources_used(facts: Facts) -> Iterator[Finding]:
    """Every listed source is cited."""
    if not facts.whole:
        return
    used = {link.value for link in facts.links if link.section == SOURCES}
    for n, entry in enumerate(facts.dataset.sources):
        if entry.id not in used:
            message = f"source {entry.id!r} is cited nowhere; cite it where it belongs or remove it"
            yield Finding(("sources", n, "id"), "sources-used", message, "warning")


def _missing(facts: Facts, section: str, value: str) -> bool:
    """Tell whether nothing has that id; what was set aside unread might have had it."""
    unread = facts.aside.sections
    judged = not unread if section == ANY_SECTION else section.partition(".")[0] not in unread
    return judged and value not in facts.ids.get(section, ())


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
        period = facts.periods[n]
        if regime.from_not_after and not regime.from_not_before:
            if act.kind != NOT_IDENTIFIED:
                message = (
                    "`from` is bounded on one side only; give `from_not_before`, which only a rule "
                    "whose act was not identified may leave out"
                )
                yield Finding(("regimes", n), "bounds", message)
            continue
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
        own = facts.periods[n].start_not_before
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
        ends = [
            e
            for e in act.events
            if e.what == ENDED and (alone or e.by in {None, facts.dataset.meta.home})
        ]
        if not ends:
            continue
        last, gone = facts.periods[n].end_not_after, max(_last(event) for event in ends)
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
            if one.kind == NOT_IDENTIFIED:
                continue
            if one.confidence == "low":
                message = (
                    f"{regime.id} is of confidence {regime.confidence} and {one.id}, which it "
                    "rests on, of confidence low; a rule is no surer than its act"
                )
                yield Finding(("regimes", n, "confidence"), "confidence-of-act", message)
            elif found := calendar.beyond(n, regime, one):
                yield Finding(("regimes", n), *found)


class _Calendar:
    """On which days acts are in force for certain, worked out once for each and for each party."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._suspensions = [Suspension.of(one) for one in facts.records["suspensions"]]
        self._known: dict[tuple[str, str | None], list[Period]] = {}
        self._events: dict[str, list[Happened]] = {}

    def beyond(self, n: int, regime: Regime, one: Instrument) -> tuple[str, str] | None:
        """Return what is wrong where the regime at ``n`` is certain and ``one`` is not."""
        record, period = self._facts.records["regimes"][n], self._facts.periods[n]
        sure: dict[tuple[str, ...], list[Period]] = {}
        for code in regime.nationalities:
            halted_by = [s for s in self._suspensions if s.halts(record, "regimes", code)]
            key = tuple(suspension.id for suspension in halted_by)
            if key not in sure:
                pieces = cut(period, halted_by)
                sure[key] = [days for state, days, _ in pieces if state == "certain"]
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
        return concerning(self._events[act.id], act.partners, code, self._facts.dataset.meta.home)


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
    """A regime is for the passports that its act names, of an agreement also for its partners."""
    for n, regime, act in _regimes(facts):
        partners = act.partners if act.basis == "agreement" else regime.nationalities
        for m, code in _outside(regime.nationalities, partners):
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
        # Needs tell the rules of one act apart.
        if regime.scope == "conditional" or (sure := facts.periods[n].certain) is None:
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


def _one_each(homes: Mapping[str, str]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name, home in homes.items():
        if (other := first.setdefault(home, name)) != name:
            message = f"home: {home} is told by {other}, too; a destination has one file"
            yield Problem(name, 1, 1, "one-file", "error", message)


def between_files(files: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    """Yield what is wrong between the records of several destinations, by the names of files."""
    first, *_ = files
    release = files[first]["meta"]["release"]
    used: dict[tuple[str, str], str] = {}
    yield from _one_each({name: records["meta"]["home"] for name, records in files.items()})
    for name, records in files.items():
        home = records["meta"]["home"]
        if records["meta"]["release"] != release:
            message = f"release: {first} has {release}; all files of a release carry the same day"
            yield Problem(name, 1, 1, "one-release", "error", message)
        shared = set(records["meta"]["shared_acts"])
        for section, held in records.items():
            if section == SOURCES or not isinstance(held, list):
                continue
            ids = (one.get("id") for one in held if isinstance(one, dict))
            for known in (one for one in ids if one and one not in shared):
                if (other := used.setdefault((section, known), name)) != name:
                    message = f"id {known!r} is used in {other}, too; rename this one"
                    yield Problem(name, 1, 1, "ids-once", "error", message)
        acts = {act["id"]: act for act in records["instruments"]}
        for other, theirs in files.items():
            for act in theirs["instruments"] if other != name else ():
                if home in act["parties"] and act["id"] not in acts:
                    message = f"{act['id']} of {other} names {home}; add it to `shared_acts`"
                    yield Problem(name, 1, 1, "shared-act", "error", message)


LONGEST_NOTE = 600
FRESH = timedelta(days=2 * 365 + 1)
# What these say today may be another rule than what was read; news and datasets stay as they were.
CHANGING = ("law", "official", "government-page")


def sources_sorted(facts: Facts) -> Iterator[Finding]:
    """Sources stand in the order of their ids, so that two people add one at the same place."""
    for n, (before, after) in enumerate(pairwise(facts.dataset.sources), start=1):
        if before.id > after.id:
            message = f"{after.id} stands after {before.id}; sort the sources by id"
            yield Finding(("sources", n, "id"), "sorted", message)


def regimes_sorted(facts: Facts) -> Iterator[Finding]:
    """Regimes stand in the order of their instruments, then of their starts."""
    order = {act: n for n, act in enumerate(facts.acts)}
    known = [
        (n, regime, (order[regime.instrument], start))
        for n, regime in enumerate(facts.dataset.regimes)
        if regime.instrument in order and (start := facts.periods[n].start_not_before)
    ]
    for (_, before, place), (n, after, next_place) in pairwise(known):
        if next_place < place:
            by = "their starts" if next_place[0] == place[0] else "their instruments"
            message = f"{after.id} stands after {before.id}; put regimes in the order of {by}"
            yield Finding(("regimes", n, "id"), "sorted", message)


def sources_fresh(facts: Facts) -> Iterator[Finding]:
    """Pages that change are read again every two years."""
    release = facts.dataset.meta.release
    for n, source in enumerate(facts.dataset.sources):
        if source.kind in CHANGING and source.accessed < release - FRESH:
            message = (
                f"{source.id} was read on {source.accessed}, more than two years before the "
                f"release ({release}); read it again"
            )
            yield Finding(("sources", n, "accessed"), "source-age", message, "warning")


def notes_short(facts: Facts) -> Iterator[Finding]:
    """A note that nobody reads to its end hides facts that belong into fields."""
    for path, record, _ in facts.places:
        note = record.__dict__.get("note")  # most kinds have none, and asking those is slow
        if note and len(note) > LONGEST_NOTE:
            message = (
                f"a note of {len(note)} characters; keep it below {LONGEST_NOTE}, and put facts "
                "into fields"
            )
            yield Finding((*path, "note"), "note-length", message, "warning")


RULES: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    ids_once,
    links_resolve,
    listed_once,
    codes_known,
    sources_exist,
    sources_used,
    events_in_order,
    events_follow_each_other,
    regimes_have_starts,
    regimes_start_with_acts,
    regimes_end_with_acts,
    regimes_are_as_sure_as_acts,
    regimes_fit_acts,
    no_overlaps,
    regimes_sorted,
    sources_sorted,
    sources_fresh,
    notes_short,
)


def broken(facts: Facts) -> Iterator[Finding]:
    """Yield everything that is wrong with the dataset as a whole."""
    for rule in RULES:
        found = rule(facts)
        yield from islice(found, MAX_PROBLEMS)
        if after := next(found, None):
            more = 1 + sum(1 for _ in found)
            message = f"and {more} more findings of this kind; mend these first, then check again"
            yield after._replace(message=message)

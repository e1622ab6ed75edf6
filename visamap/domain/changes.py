"""Who gained, lost, or got other terms between two days, or from one release to the next?

Terms are the limits of stay. Conditions are not compared: an act that does not name one says
nothing of it, so a difference would be one of our records and not of the law.

Releases are documents of ``export json``, compared field by field, their answers day by day by
verdict and length of stay: other sources or another id for the same rule are a change of records,
and of no answer. Days past the earlier horizon are not compared: one of the two has none.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from visamap.arguments import as_passport
from visamap.dates import ONE_DAY, horizon
from visamap.domain import entry
from visamap.domain.partners import PERHAPS, POSSIBLE, History
from visamap.domain.timeline import act_behind, cause
from visamap.domain.verdict import EARLIEST, Judgement, Run, turned_between
from visamap.results.partner_results import Growth, Move, MoveKind, Step
from visamap.results.parts import Act, Between, Country, law_first
from visamap.results.time_results import Difference, FieldChange, RecordKind, ReleaseChange, Said
from visamap.store.index import Index
from visamap.vocabulary import CHANGES, CONFIDENCES, DESTINATIONS, Change, Passport

UNCOVERED = frozenset({"not_covered", "document_unknown"})
NO, OPEN, YES = range(3)
MIRROR: dict[Change, Change] = {
    "gained": "lost",
    "lost": "gained",
    "possible-gained": "possible-lost",
    "possible-lost": "possible-gained",
}
State = Callable[[Judgement], Any]


def diff(
    index: Index, first: date, second: date, passport: Passport, history: History
) -> list[Difference]:
    """Return the nationalities that stand otherwise on the second day than on the first.

    Certain changes come before possible ones. Days in the wrong order are read backwards: gained
    and lost, before and after change places.
    """
    early, late = sorted((first, second))
    found = [
        difference
        for code in index.nationalities
        if not (index.held(code, passport, early) and index.held(code, passport, late))
        for difference in _difference(index, code, passport, history(code, passport), early, late)
    ]
    if first > second:
        found = [
            one._replace(
                change=MIRROR.get(one.change, one.change), before=one.after, after=one.before
            )
            for one in found
        ]
    return sorted(found, key=lambda d: (CHANGES.index(d.change), d.on, d.nationality.code))


def _difference(  # noqa: PLR0913, PLR0917  a nationality's past and the two days
    index: Index, code: str, passport: Passport, past: list[Run], early: date, late: date
) -> Iterator[Difference]:
    at = next(n for n, run in enumerate(past) if run.period.covers(late))
    before = next(run.judgement for run in past if run.period.covers(early))
    after = past[at].judgement
    kind = _change(index, before, after)
    if kind is None:
        return
    change, state = kind
    while state(past[at - 1].judgement) == state(after):
        at -= 1
    why, act = cause(index, past[at - 1].judgement, past[at].judgement)
    if change in {"terms", "ground", "possible-terms"} and why == "beside" and after.chosen:
        act = act or act_behind(index, after.chosen)
    of_act = index.sources(index.act_sources(act.id)) if act else ()
    yield Difference(
        nationality=index.country(code),
        passport=passport,
        change=change,
        before=entry.standing(index, before),
        after=entry.standing(index, after),
        by=act,
        cause=why,
        on=past[at].period.first or EARLIEST,
        on_between=turned_between(index, past, at),
        confidence=max(
            (entry.confidence(index, judgement) for judgement in (before, after)),
            key=CONFIDENCES.index,
        ),
        sources=law_first((*of_act, *entry.sources(index, after))),
    )


def _change(index: Index, before: Judgement, after: Judgement) -> tuple[Change, State] | None:
    """Return the kind of change, and what of a judgement makes up the state that changed."""
    was, now = _rank(before), _rank(after)
    if was != now:
        sure = {was, now} == {NO, YES} and not {before.reason, after.reason} & UNCOVERED
        if now > was:
            return "gained" if sure else "possible-gained", _rank
        return "lost" if sure else "possible-lost", _rank
    kinds: tuple[tuple[Change, State], ...] = (
        ("terms", _terms),
        ("ground", partial(_ground, index)),
        ("possible-terms", _possible),
    )
    if now == NO:
        return None
    return next((kind for kind in kinds if kind[1](before) != kind[1](after)), None)


def _rank(judgement: Judgement) -> int:
    if judgement.verdict in {"visa_free", "citizen"}:
        return YES
    return OPEN if judgement.reason in PERHAPS else NO


def _terms(judgement: Judgement) -> Any:
    """Return the limits without the acts that set them, the order of no account."""
    chosen = judgement.chosen
    if chosen is None:
        return None
    return {
        (*limit._replace(under=None, counts_from=None, entries=None), limit in chosen.doubtful)
        for limit in chosen.limits
    }


def _ground(index: Index, judgement: Judgement) -> Any:
    return act_behind(index, judgement.chosen).id if judgement.chosen else None


def _possible(judgement: Judgement) -> Any:
    rules = {(rule.regime.id, rule.limits) for rule in judgement.possible}
    return _rank(judgement), rules, {pending.act.id for pending in judgement.pending}


def growth(index: Index, passport: Passport, since: date, until: date, history: History) -> Growth:
    """Return the steps and moves from ``since`` to ``until``; none, if that is no period."""
    changes: dict[date, Counter[str]] = {since: Counter()}
    moves: dict[tuple[date, Between | None, MoveKind, Act], list[str]] = {}
    for code in index.nationalities:
        past = [run for run in history(code, passport) if (run.period.first or since) <= until]
        # People of a territory who hold another passport are counted with those of its state.
        counted = [
            "" if index.held(code, passport, run.period.first or since) else _counted(run)
            for run in past
        ]
        changes[since][counted[0]] += 1
        for n, (before, run) in enumerate(pairwise(past), 1):
            on = max(run.period.first or since, since)
            change = changes.setdefault(on, Counter())
            change[counted[n - 1]] -= 1
            change[counted[n]] += 1
            moved = _moved(index, before.judgement, run.judgement)
            if moved and on == run.period.first:
                moves.setdefault((on, turned_between(index, past, n), *moved), []).append(code)
    return Growth(
        passport,
        since,
        until,
        tuple(_steps(changes, until)),
        tuple(
            Move(on, kind, act, tuple(index.country(code) for code in codes), between)
            for (on, between, kind, act), codes in sorted(
                moves.items(), key=lambda move: (move[0][0], move[0][3].id)
            )
        ),
        index.data,
        index.destination,
    )


def _counted(run: Run) -> str:
    """Return under which heading a run of days is counted."""
    judged = run.judgement
    if judged.chosen:
        return judged.chosen.regime.act.basis or "act_not_identified"
    return "possible" if judged.reason in POSSIBLE else ""


def _moved(index: Index, before: Judgement, now: Judgement) -> tuple[MoveKind, Act] | None:
    if (before.chosen is None) == (now.chosen is None):
        return None
    why, act = cause(index, before, now)
    if act is None:
        return None
    if now.chosen:
        resumed = why in {"suspension_ended", "surely_not_suspended"}
        return "resumed" if resumed else "gained", act
    return "suspended" if why == "suspended" else "lost", act


def _steps(changes: dict[date, Counter[str]], until: date) -> list[Step]:
    counts: Counter[str] = Counter()
    steps: list[Step] = []
    for on in sorted(changes):
        if on > until:
            break
        counts.update(changes[on])
        kinds = ("agreement", "unilateral", "possible", "act_not_identified")
        step = Step(on, *(counts[kind] for kind in kinds))
        if not steps or steps[-1][1:] != step[1:]:
            steps.append(step)
    return steps


DEEPEST = 50
"""How deep a value of a record may be nested; ours lie within ten."""
Document = dict[str, Any]
Key = tuple[str, str, str]


class _Told(NamedTuple):
    first: date
    last: date
    said: Said


def release_changes(old: Document, new: Document) -> list[ReleaseChange]:
    """Return the answers that changed, by nationality, then the records, by destination, section.

    Of a destination that only one of them tells of, ``meta`` alone is named, and no answer.
    """
    before, after = _datasets(old), _datasets(new)
    names = _names(old, new)
    records = (
        change._replace(destination=Country(home, names.get(home, home)))
        for home in dict.fromkeys((*before, *after))
        for change in _records(before.get(home), after.get(home))
    )
    return [*_answers(old, new), *records]


def _names(*documents: Document) -> dict[str, str]:
    return {row["code"]: row["name_en"] for one in documents for row in one["countries"]}


def _datasets(document: Document) -> dict[str, Document]:
    """Return the records by destination; the first release told of one alone."""
    return {_home(document): document["dataset"], **document.get("other_datasets", {})}


def _home(document: Document) -> str:
    return str(document["dataset"]["meta"].get("home", DESTINATIONS[0]))


def _answers(old: Document, new: Document) -> Iterator[ReleaseChange]:
    names = _names(old, new)
    last_day = min(horizon(date.fromisoformat(one["data"]["release"])) for one in (old, new))
    before, after = _periods(old, last_day), _periods(new, last_day)
    for key in sorted(before.keys() & after.keys()):
        code, passport, home = key
        for told in _otherwise(before[key], after[key]):
            first, last, was, now = told
            yield ReleaseChange(
                "answer",
                nationality=Country(code, names[code]),
                passport=as_passport(passport),
                first=first,
                last=None if last == last_day else last,
                before=was,
                after=now,
                destination=Country(home, names[home]),
            )


def _periods(document: Document, last_day: date) -> dict[Key, list[_Told]]:
    found: dict[Key, list[_Told]] = {}
    for row in document["rules"]:
        first, last = (date.fromisoformat(row[end]) for end in ("first_day", "last_day"))
        if first > last_day:
            continue
        said = Said(row["verdict"], row["max_stay_days"])
        told = _Told(first, min(last, last_day), said)
        home = row.get("destination", _home(document))
        found.setdefault((row["nationality"], row["passport"], home), []).append(told)
    for periods in found.values():
        periods.sort(key=itemgetter(0))
    return found


def _otherwise(
    before: list[_Told], after: list[_Told]
) -> Iterator[tuple[date, date, Said | None, Said | None]]:
    """Yield the longest runs of days on which the two lists say two things."""
    starts = {told.first for told in (*before, *after)}
    ends = {told.last + ONE_DAY for told in (*before, *after) if told.last < date.max}
    days = sorted(starts | ends)
    pieces = [
        (first, following - ONE_DAY, _on(before, first), _on(after, first))
        for first, following in pairwise(days)
    ]
    pieces.append((days[-1], date.max, _on(before, days[-1]), _on(after, days[-1])))
    for (was, now), alike in groupby(pieces, key=lambda piece: piece[2:]):
        if was != now:
            run = list(alike)
            yield run[0][0], run[-1][1], was, now


def _on(periods: list[_Told], day: date) -> Said | None:
    """Return what is told of a day; ``periods`` do not overlap and stand in their order."""
    at = bisect_right(periods, day, key=itemgetter(0)) - 1
    return periods[at].said if at >= 0 and day <= periods[at].last else None


def _records(old: Document | None, new: Document | None) -> Iterator[ReleaseChange]:
    if old is None or new is None:
        yield ReleaseChange("record", "meta", "", "removed" if old else "added")
        return
    for section in dict.fromkeys((*old, *new)):
        before, after = _by_id(old.get(section)), _by_id(new.get(section))
        for name in dict.fromkeys((*before, *after)):
            was, now = before.get(name), after.get(name)
            if was == now:
                continue
            kind: RecordKind = "added" if was is None else "removed" if now is None else "changed"
            fields = _fields(was, now) if was and now else ()
            yield ReleaseChange("record", section, name, kind, tuple(fields))


def _by_id(rows: Any) -> dict[str, dict[str, Any]]:
    """Return the records of a section by what tells them apart."""
    if isinstance(rows, dict):
        return {"": rows}
    return {str(row.get("id") or row.get("code") or n): row for n, row in enumerate(rows or ())}


def _fields(was: dict[str, Any], now: dict[str, Any]) -> Iterator[FieldChange]:
    for name in dict.fromkeys((*was, *now)):
        change = FieldChange(name, was.get(name), now.get(name))
        if change.before != change.after:
            if _is_deeper([change.before, change.after], DEEPEST):
                raise ValueError(name)
            yield change


def _is_deeper(value: Any, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(not levels or _is_deeper(one, levels - 1) for one in inner)

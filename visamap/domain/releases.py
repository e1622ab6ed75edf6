"""What does one release say otherwise than an earlier one? Both are documents of ``export json``.

Records are compared field by field, answers day by day by verdict and length of stay: other sources
or another id for the same rule are a change of records, and of no answer. Days past the earlier
horizon are not compared: one of the two releases does not answer for them.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from visamap.arguments import as_passport
from visamap.dates import ONE_DAY, horizon
from visamap.results.parts import Country
from visamap.results.time import FieldChange, RecordKind, ReleaseChange, Said
from visamap.vocabulary import DESTINATIONS

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

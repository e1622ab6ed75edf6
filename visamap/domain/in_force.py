"""On which days is an act in force for certain, by its own events?

An event of one of several partners is about that partner alone: one that leaves a treaty of many
ends its own part only. Suspensions that have a record of their own are judged elsewhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from visamap.dates import ONE_DAY, Period
from visamap.store.spans import Happened

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

"""What day it is at the destination's border: the one clock, for whoever names no day."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, timezone

DAY = 86_400
BORDERS = (timedelta(hours=5), timedelta(hours=6))
"""How far the clocks at the borders of the five are ahead of UTC, the last ones first."""
_ahead: ContextVar[timedelta] = ContextVar("ahead", default=timedelta(hours=5))
"""How far the clocks at the border are ahead of UTC; those of Kazakhstan where nobody says."""


@contextmanager
def at_border(clocks: Iterable[Mapping[str, str]]) -> Iterator[None]:
    """Let it be as late as at a border, by the ``utc_offsets`` of its profile."""
    now = datetime.now(UTC).date().isoformat()
    told = [one for one in clocks if one.get("from", "") <= now <= one.get("to", "9999")]
    before = _ahead.set(_apart(told[0]["utc"]) if told else _ahead.get())
    try:
        yield
    finally:
        _ahead.reset(before)


def today() -> date:
    """Return the day at the border."""
    return _now().date()


def days() -> tuple[date, ...]:
    """Return the day at every border."""
    return tuple(datetime.now(timezone(ahead)).date() for ahead in BORDERS)


def seconds_left() -> int:
    """Return how many seconds this day still has at every border, at least one."""
    at = [datetime.now(timezone(ahead)) for ahead in BORDERS]
    return max(1, DAY - max(now.hour * 3600 + now.minute * 60 + now.second for now in at))


def _apart(utc: str) -> timedelta:
    hours, minutes = map(int, utc[1:].split(":"))
    return timedelta(hours=hours, minutes=minutes) * (-1 if utc[0] == "-" else 1)


def _now() -> datetime:
    return datetime.now(timezone(_ahead.get()))

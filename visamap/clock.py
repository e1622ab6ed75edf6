"""What day it is at the destination's border: the one clock, for whoever names no day."""

from datetime import date, datetime, timedelta, timezone

HOME = timezone(timedelta(hours=5))
"""The one time of Kazakhstan."""
DAY = 86_400


def today() -> date:
    """Return the day at the border."""
    return datetime.now(HOME).date()


def seconds_left() -> int:
    """Return how many seconds this day still has, at least one."""
    now = datetime.now(HOME)
    return max(1, DAY - (now.hour * 3600 + now.minute * 60 + now.second))

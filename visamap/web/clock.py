"""What day it is at Kazakhstan's border: the one clock of the web, as a server has no traveller."""

from datetime import date, datetime, timedelta, timezone

ASTANA = timezone(timedelta(hours=5))
"""The one time of Kazakhstan."""
DAY = 86_400


def today() -> date:
    """Return the day at the border."""
    return datetime.now(ASTANA).date()


def seconds_left() -> int:
    """Return how many seconds this day still has, at least one."""
    now = datetime.now(ASTANA)
    return max(1, DAY - (now.hour * 3600 + now.minute * 60 + now.second))

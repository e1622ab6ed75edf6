"""Days counted one at a time, the slow way that is plainly right: an oracle for fast counters."""

from datetime import date, timedelta

ONE = timedelta(1)


def days_of(first, last):
    return [*map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))]


NO_DAYS = {"unlimited", "entries"}


def allowed(limit):
    if limit.kind in NO_DAYS:
        return limit.entries
    return limit.days if limit.days is not None else max(1, limit.hours // 24)


def kept(limit, entry, day, visits):
    """Say whether a visit that began on ``entry`` keeps to a limit on a day."""
    if limit.kind == "unlimited":
        return True
    if limit.kind == "entries":  # that day alone counts on which the visit began
        return used(limit, entry, entry, visits) <= limit.entries
    since = max(entry, limit.counts_from or date.min)
    if limit.kind != "from_first_entry":
        waited = limit.wait_days_outside is None or all(
            (entry - b).days > limit.wait_days_outside for a, b in visits if a < entry
        )
        return waited and used(limit, entry, day, visits) <= allowed(limit)
    whole = len(days_of(since, day)) <= limit.days
    by_period = whole and used_by_period(limit, day, visits) <= limit.days
    if limit.reset_days_outside is None:
        return by_period
    by_absence = used_by_absence(limit, day, visits) <= limit.days
    return by_period if by_period == by_absence else None


def used(limit, entry, day, visits):
    """Count the days that a limit has used up on a day of the visit that began on ``entry``."""
    since = limit.counts_from or date.min
    if limit.kind == "unlimited":
        return 0
    if limit.kind in {"per_visit", "hours"}:
        return max(0, (day - max(entry, since)).days + 1)
    if limit.kind == "entries":
        begun = {a for a, _ in visits if a <= day and a >= since}
        return sum(day - a < limit.per_days * ONE for a in begun)
    if limit.kind == "rolling":
        inside = {d for a, b in visits for d in days_of(a, min(b, day)) if d >= since}
        return sum(day - d < limit.per_days * ONE for d in inside)
    return max(used_by_period(limit, day, visits), used_by_absence(limit, day, visits))


def used_by_absence(limit, day, visits):
    """Count the days back to an absence that is long enough; by periods where none ends them."""
    if limit.reset_days_outside is None:
        return used_by_period(limit, day, visits)
    inside = {d for a, b in visits for d in days_of(a, min(b, day))}
    start = min(inside, default=day)
    number, absent = day in inside, 0
    while absent < limit.reset_days_outside and day > start:
        day -= ONE
        number, absent = number + (day in inside), 0 if day in inside else absent + 1
    return number


def used_by_period(limit, day, visits):
    """Count the days of the period of a first entry that runs on a day."""
    since = limit.counts_from or date.min
    inside = {d for a, b in visits for d in days_of(a, min(b, day)) if d >= since}
    start, period = None, limit.per_days * ONE
    for a, b in visits:
        a, b = max(a, since), min(b, day)  # noqa: PLW2901  the visit as this limit sees it
        if a <= b and (start is None or a >= start + period):
            start = a
        while start and a <= b and start + period <= b:  # under way when the period ended
            start += period
    if start is None or day >= start + limit.per_days * ONE:
        return 0
    return sum(start <= d for d in inside)

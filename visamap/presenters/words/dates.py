"""Days in words, as far as they are known: a year, a month of a year, a day."""

from datetime import date

from visamap.language import MONTHS, mark, tr, trc
from visamap.results.parts import Between

MONTHS_OF_YEARS = (
    mark("January {year}"),
    mark("February {year}"),
    mark("March {year}"),
    mark("April {year}"),
    mark("May {year}"),
    mark("June {year}"),
    mark("July {year}"),
    mark("August {year}"),
    mark("September {year}"),
    mark("October {year}"),
    mark("November {year}"),
    mark("December {year}"),
)

IN_MONTHS = (
    mark("in January {year}"),
    mark("in February {year}"),
    mark("in March {year}"),
    mark("in April {year}"),
    mark("in May {year}"),
    mark("in June {year}"),
    mark("in July {year}"),
    mark("in August {year}"),
    mark("in September {year}"),
    mark("in October {year}"),
    mark("in November {year}"),
    mark("in December {year}"),
)


def short(known: date | str | None, bounds: tuple[date | None, date | None] | None) -> str:
    """Return a date as far as it is known for a table: itself, or its bounds."""
    if bounds:
        return f"{bounds[0] or ''}..{bounds[1] or ''}"
    return str(known or "")


def when(known: date | str | None, bounds: Between | None) -> str:
    """Return when something happened, as far as it is known, for the middle of a sentence."""
    if bounds:
        first, last = bounds
        if last:
            return tr("between {first} and {last}", first=first, last=last)
        return tr("on {day} or later", day=first)
    year, *rest = str(known or "").split("-")
    if not rest:
        return tr("in {year}", year=year) if year else ""
    if len(rest) == 1:
        return tr(IN_MONTHS[int(rest[0]) - 1], year=year)
    return tr("on {day}", day=date.fromisoformat(str(known)))


def written(day: date) -> str:
    """Return a day in words."""
    return partial(day.isoformat(), day_form())


def partial(text: str, form: str) -> str:
    """Return a date, of which the day or month may be missing; a whole one in ``form``."""
    year, *rest = (int(part) for part in text.split("-"))
    if not rest:
        return str(year)
    if len(rest) == 1:
        return tr(MONTHS_OF_YEARS[rest[0] - 1], year=year)
    return form.format(day=rest[1], month=tr(MONTHS[rest[0] - 1]), year=year)


def day_form() -> str:
    """Return the form of a day that stands in words alone; what follows it may be a full stop."""
    return trc("in words alone, never with a full stop at its end", "{day} {month} {year}")

"""Days in words, as far as they are known: a year, a month of a year, a day."""

from datetime import date

from visamap.language import MONTHS, mark, tr, trc

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

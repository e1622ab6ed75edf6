"""What people write into the forms of the pages, each field read by itself.

A field that was understood is shown as the page writes it, one that was not as it was typed, with
what is wrong beside it. Visits and legs are rows of the same fields, of any number.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice, zip_longest
from typing import NamedTuple, TypeVar

from starlette.datastructures import QueryParams

from visamap.arguments import LONGEST_STAY, WrittenTrip, asked_day
from visamap.errors import BadTripsError, VisamapError, WrongUsageError
from visamap.i18n import quoted, tr
from visamap.registry.trips import VISA
from visamap.render.phrases import capital, written

Read = TypeVar("Read")
MOST_ROWS = 100
ADD, REMOVE = "more", "less"
"""The buttons that change how many rows there are: one names a kind of row, one a row."""
LENGTH = re.compile(r"([0-9]{1,9})\s*([^\W\d_]*)\.?")
IN_DAYS = {"d": 1, "д": 1, "к": 1, "w": 7, "н": 7, "\u0430": 7}
"""Units of a length of stay by their first letter: day, день, күн; week, неделя, апта."""
ENDS = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}")
BETWEEN_ENDS = re.compile(r"[\W_]+((to|по)[\W_]+)?")


class Row(NamedTuple):
    """Two days of a visit, or of a leg with its destination, as they are written."""

    entry: str = ""
    exit: str = ""
    state: str = ""
    on_visa: bool = False


class Fields:
    """The fields of a form; ``slips`` says what is wrong with which.

    What is empty or wrong is read as ``None``.
    """

    def __init__(self, **asked: str) -> None:
        """Take what was written into each field."""
        self.asked = {name: word.strip() for name, word in asked.items()}
        self.slips: dict[str, VisamapError] = {}
        self._named: dict[str, str] = {}

    def __call__(self, name: str, reader: Callable[[str], Read]) -> Read | None:
        """Read a field."""
        return self._read(name, self.asked[name], reader)

    def day(self, name: str) -> date | None:
        """Read a day in any form; the field then shows it in that of the page."""
        day = self(name, asked_day)
        self.asked[name] = written(day) if day else self.asked[name]
        return day

    def _read(self, name: str, text: str, reader: Callable[[str], Read]) -> Read | None:
        try:
            return reader(text) if text else None
        except VisamapError as error:
            self.slips[name] = error
            return None

    def visits(
        self, rows: list[Row], prefix: str, name: str, destination: Callable[[str], str] | None
    ) -> list[WrittenTrip]:
        """Read rows, which then show their days in the form of the page.

        ``name`` is what messages call a row; ``destination`` reads the one of a leg.
        """
        found = []
        for n, row in enumerate(rows):
            if row == Row():
                continue
            begins, ends, where = (f"{prefix}{end}-{n}" for end in ("entry", "exit", "state"))
            entry = self._read(begins, row.entry, _whole_day)
            leaving = self._read(ends, row.exit, _whole_day)
            if not row.entry:
                self.slips[begins] = WrongUsageError(tr("Write the day of entry."))
            if destination and not row.state:
                self.slips[where] = WrongUsageError(tr("Choose a destination."))
            state = self._read(where, row.state, destination) if destination else None
            rows[n] = row._replace(
                entry=written(entry) if entry else row.entry,
                exit=written(leaving) if leaving else row.exit,
                state=state or row.state,
            )
            called = tr(name, n=n + 1)
            self._named[called] = begins
            trip = WrittenTrip(called, entry or "", leaving, None, state or "", row.on_visa)
            found.append(trip)
        return found

    def refused(self, error: VisamapError) -> None:
        """Take what a question says is wrong, to each row what it says of that row."""
        if not isinstance(error, BadTripsError):
            self.slips["question"] = error
            return
        for problem in error.problems:
            of = (field for name, field in self._named.items() if problem.startswith(f"{name} "))
            self.slips[next(of, "question")] = WrongUsageError(capital(problem))


def rows(query: QueryParams, prefix: str, lines: Iterable[str] = ()) -> list[Row]:
    """Return the rows of an address, those of ``lines`` too, and an empty one if asked for."""
    cells = zip_longest(
        *(query.getlist(f"{prefix}{end}") for end in ("entry", "exit", "state")), fillvalue=""
    )
    visas, removed = {*query.getlist(f"{prefix}{VISA}")}, query.get(REMOVE)
    found = [
        Row(entry.strip(), leaving.strip(), state.strip(), str(n) in visas)
        for n, (entry, leaving, state) in enumerate(cells)
        if f"{prefix}{n}" != removed
    ]
    told = islice(filter(str.strip, lines), MOST_ROWS + 1)
    found = [one for one in found if any(one[:3])] + [*map(_row, told)]
    if len(found) > MOST_ROWS:
        raise WrongUsageError(
            tr("There are more than {most} trips; leave out the oldest.", most=MOST_ROWS)
        )
    return found + [Row()] * (query.get(ADD) == f"{prefix}entry" or not found)


def changed(query: QueryParams) -> bool:
    """Tell whether rows were only added or taken away, and nothing is to be answered yet."""
    return ADD in query or REMOVE in query


def _row(line: str) -> Row:
    """Return a line of text as a row: ``KAZ:2027-05-01/2027-05-12:visa``, or two days alone."""
    state, colon, days = line.strip().partition(":")
    days, _, visa = days.partition(":") if colon else (state, "", "")
    ends = ENDS.findall(days)
    apart = days.removeprefix(ends[0]).removesuffix(ends[1]) if len(ends) == 2 else ""  # noqa: PLR2004
    if BETWEEN_ENDS.fullmatch(apart):
        entry, leaving = ends
    else:
        entry, _, leaving = (part.strip() for part in days.partition("/"))
    return Row(entry, leaving, state.strip() if colon else "", visa.strip().lower() == VISA)


def _whole_day(text: str) -> date:
    return asked_day(text, year=False)


def days(text: str) -> int:
    """Return a length of stay: "45", "45 days", "6 weeks"."""
    found = LENGTH.fullmatch(text.lower())
    unit = IN_DAYS.get(found[2][:1] or "d", 0) if found else 0
    if not (found and 1 <= int(found[1]) * unit <= LONGEST_STAY):
        raise WrongUsageError(
            tr(
                "{text} is not a length of stay; give days from 1 to {most}, or none.",
                text=quoted(text[:20]),
                most=LONGEST_STAY,
            )
        )
    return int(found[1]) * unit


def split(text: str, between: str) -> Iterator[str]:
    """Yield the parts of a text that say something."""
    return (part.strip() for part in text.split(between) if part.strip())

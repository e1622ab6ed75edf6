"""What callers write, as values: days, passport kinds, closed words; a wrong one is our error."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from operator import index
from typing import Any, NamedTuple

from visamap.errors import BadDateError, BadNumberError, UnknownRecordError, WrongUsageError
from visamap.i18n import tr
from visamap.vocabulary import PASSPORT_ALIASES, PASSPORTS, Passport

LONGEST_STAY = 3650
"""The longest stay that can be asked for, in days."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
LONGEST = 200
"""Characters of a text that a program may send."""
Trip = str | tuple[date | str, date | str | None] | Mapping[str, "date | str | None"]


class WrittenTrip(NamedTuple):
    """A trip as it was given, with the words that name it in a message ("trip 2", "t.csv:3").

    ``problem`` says why there are no two ends to read.
    """

    name: str
    entry: date | str
    exit: date | str | None
    problem: str | None = None


class FarDayError(WrongUsageError, ValueError):
    """A day outside what may be asked by a program."""


def asked_day(text: str) -> date:
    """Return a day that a program may ask.

    Raises:
        BadDateError: it is no day.
        FarDayError: it lies outside 1900 to 2100.
    """
    day = as_day(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise FarDayError(
            tr(
                "{day} is out of range; give a day from {first} to {last}.",
                day=day.isoformat(),
                first=FIRST_DAY.isoformat(),
                last=LAST_DAY.isoformat(),
            )
        )
    return day


def as_day(value: date | str) -> date:
    """Return the day that ``value`` names, YYYY-MM-DD.

    Raises:
        BadDateError: it names none.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise BadDateError(value)
    # Python also reads 2024-W01-1, which is a day, but not in our form.
    if len(value) == len("YYYY-MM-DD") and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise BadDateError(value)


def as_text(what: str, value: str) -> str:
    """Return a text without the spaces around it; ``what`` names what it stands for.

    Raises:
        UnknownRecordError: it is no text.
    """
    if not isinstance(value, str):
        raise UnknownRecordError(what, value)
    return value.strip()


def as_number(value: int, least: int = 1, most: int = LONGEST_STAY) -> int:
    """Return a whole number, of days where no other bounds are named.

    Raises:
        BadNumberError: it is no whole number, or none from ``least`` to ``most``.
    """
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise BadNumberError(value, least, most)
    if not least <= (number := index(value)) <= most:
        raise BadNumberError(value, least, most)
    return number


def as_list(value: Any) -> list[Any]:
    """Return several values as a list; what is one value, or no list at all, stands alone."""
    alone = isinstance(value, (str, Mapping)) or not isinstance(value, Iterable)
    return [value] if alone else list(value)


def as_passport(value: str) -> Passport:
    """Return the passport kind of a word or its alias.

    Raises:
        UnknownRecordError: there is no such kind.
    """
    written = as_text("passport kind", value).lower()
    kind: Passport = as_word("passport kind", PASSPORT_ALIASES.get(written, value), PASSPORTS)
    return kind


def as_word(what: str, value: str, words: tuple[Any, ...]) -> Any:
    """Return which of the closed ``words`` a value is; ``what`` names what it stands for.

    Hyphens and low lines are taken for each other.

    Raises:
        UnknownRecordError: it is none of them.
    """
    written = as_text(what, value).lower().replace("_", "-")
    for word in words:
        if word.replace("_", "-") == written:
            return word
    raise UnknownRecordError(what, value, words)

"""What callers write, as values: days, passport kinds, closed words; a wrong one is our error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from operator import index
from typing import Any

from visamap import clock
from visamap.errors import BadDateError, BadNumberError, UnknownRecordError, WrongUsageError
from visamap.i18n import quoted, tr
from visamap.values import Value
from visamap.vocabulary import PASSPORT_NAMES, PASSPORTS, Passport

LONGEST_STAY = 3650
"""The longest stay that can be asked for, in days."""

BASE_URL = "VISAMAP_BASE_URL"
"""Where a site is told its address."""
LONGEST_ADDRESS = 200
SITE = r"https?://[^\s/?#\"<>@\\]+(/[^\s?#\"<>\\]*)?"
FIRST_YEAR, LAST_YEAR = 1900, 2100
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
PASSPORT_WORDS = ("", "-passport", "-паспорт", "-паспорты")
"""What may stand behind the name of a kind of passport."""
LONGEST = 200
"""Characters of a text that a program may send."""
Trip = str | tuple[date | str, date | str | None] | Mapping[str, "date | str | None"]


class WrittenTrip(Value):
    """A trip as it was given, with the words that name it in a message ("trip 2", "t.csv:3").

    ``problem`` says why there are no two ends to read; a leg of a journey has a destination.
    """

    name: str
    entry: date | str
    exit: date | str | None
    problem: str | None = None
    destination: str = ""
    on_visa: bool = False


LegTold = str | Mapping[str, object] | WrittenTrip
"""A leg of a journey, or an earlier visit: ``KAZ:2027-05-01/2027-05-12``, or its parts by name."""


class FarDayError(WrongUsageError, ValueError):
    """A day outside what may be asked by a program."""


def asked_day(text: str, *, year: bool = True) -> date:
    """Return a day that a program may ask; ``year`` as in ``as_day``.

    Raises:
        BadDateError: it is no day.
        FarDayError: it lies outside 1900 to 2100.
    """
    day = as_day(text, year=year)
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


def as_site(text: str | None) -> str | None:
    """Return the address of a site with the slash at its end.

    Raises:
        WrongUsageError: it is no whole address, or says more than a place.
    """
    import re  # noqa: PLC0415  only a site needs it

    if text is None:
        return None
    if len(text) > LONGEST_ADDRESS or not (text.isprintable() and re.fullmatch(SITE, text)):
        raise WrongUsageError(
            tr(
                "{address} is not the address of a site; give it in full, for example {example}.",
                address=quoted(text[:LONGEST_ADDRESS]),
                example="https://example.org/visas/",
            )
        )
    return f"{text.rstrip('/')}/"


YEAR_FIRST = r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})"
DAY_FIRST = r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})"
YEAR_LAST = r"[0-9]{1,2}([-/])[0-9]{1,2}\1[0-9]{2,4}"
FROM_TODAY = r"([-+ ])([0-9]{1,5})([dDwW])"
"""Days or weeks from today; a plus in an address arrives as a space."""
MONTHS = (
    *(("jan", "янв", "қаң"), ("feb", "фев", "ақп"), ("mar", "мар", "нау"), ("apr", "апр", "сәу")),
    *(("may", "май", "мая", "мам"), ("jun", "июн", "мау"), ("jul", "июл", "шіл")),
    *(("aug", "авг", "там"), ("sep", "сен", "қыр"), ("oct", "окт", "қаз"), ("nov", "ноя", "қар")),
    ("dec", "дек", "жел"),
)
"""How the months begin in English, Russian and Kazakh."""
LENGTHS = [1, 4], [2, 4]
"""Of the numbers of a day and a year."""
BESIDE_A_DAY = {"st", "nd", "rd", "th", "of", "the", "\u0433", "года", "ж", "жыл", "жылғы"}
NAMED_DAYS = {
    **dict.fromkeys(("today", "сегодня", "бүгін", "бугин"), 0),
    **dict.fromkeys(("tomorrow", "завтра", "ертең", "ертен"), 1),
}
"""Days by name, as so many days from today."""


def as_day(value: date | str, *, year: bool = True) -> date:
    """Return the day that ``value`` names; a ``year`` is its first day, where it may stand for one.

    Days are written YYYY-MM-DD, YYYY/MM/DD, DD.MM.YYYY, today, tomorrow, +30d or +2w.

    Raises:
        BadDateError: it names none.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise BadDateError(value)
    # Python also reads 2024-W01-1, which is a day, but in no form of ours.
    if len(value) == len("YYYY-MM-DD") and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    return _otherwise_written(value, year)


def _otherwise_written(value: str, year: bool) -> date:
    import re  # noqa: PLC0415  a day as it stands in our own answers spares it

    if found := re.fullmatch(FROM_TODAY, value.rstrip()):
        days = int(found[2]) * (7 if found[3] in "wW" else 1)
        return _from_today(value, -days if found[1] == "-" else days)
    text = value.strip()
    if (ahead := NAMED_DAYS.get(text.lower())) is not None:
        return _from_today(value, ahead)
    if year and re.fullmatch("[0-9]{4}", text):
        return _of_calendar(value, text, "1", "1")
    if found := re.fullmatch(YEAR_FIRST, text):
        return _of_calendar(value, found[1], found[3], found[4])
    if found := re.fullmatch(DAY_FIRST, text):
        return _of_calendar(value, found[3], found[2], found[1])
    if named := _in_words(re.findall(r"[0-9]+|[^\W\d_]+|[^\w\s.,]", text.lower())):
        return _of_calendar(value, *named)
    raise BadDateError(value, swapped=bool(re.fullmatch(YEAR_LAST, text)))


def _in_words(parts: list[str]) -> list[str] | None:
    """Return the year, month and day of "1 May 2027", "May 1st, 2027", "2027 жылғы 1 мамыр"."""
    months = {part: str(n) for part in parts for n, one in enumerate(MONTHS, 1) if part[:3] in one}
    numbers = sorted((part for part in parts if part.isdigit()), key=len)
    others = {*parts}.difference(months, numbers)
    if len(months) != 1 or [*map(len, numbers)] not in LENGTHS or others - BESIDE_A_DAY:
        return None
    return [numbers[1], *months.values(), numbers[0]]


def _from_today(value: str, days: int) -> date:
    try:
        return clock.today() + timedelta(days)
    except OverflowError:
        raise BadDateError(value) from None


def _of_calendar(value: str, *written: str) -> date:
    year, month, day = map(int, written)
    try:
        return date(year, month, day)
    except ValueError:
        pass
    try:
        after = date(year, month, 28) + timedelta(4)
    except (ValueError, OverflowError):  # no such month or year
        raise BadDateError(value) from None
    raise BadDateError(value, last=after - timedelta(after.day) if day else None)


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
    kind: Passport = as_word("passport kind", value, PASSPORTS, PASSPORT_NAMES)
    return kind


def as_word(
    what: str, value: str, words: tuple[Any, ...], names: Mapping[str, str] | None = None
) -> Any:
    """Return which of the closed ``words`` a value is, or is one of the other ``names`` of.

    ``what`` names what it stands for. How it is written is told by ``folded``.

    Raises:
        UnknownRecordError: it is none of them.
    """
    if value in words:
        return value
    written = called(as_text(what, value), names or {})
    for word in words:
        if folded(word) == written:
            return word
    raise UnknownRecordError(what, value, words)


def called(word: str, names: Mapping[str, str]) -> str:
    """Return a closed word, folded, by one of its ``names``, with or without "passport"."""
    written = folded(word)
    for noun in PASSPORT_WORDS:
        bare = written.removesuffix(noun)
        if bare in names:
            return folded(names[bare])
    return written


def folded(word: str) -> str:
    """Return a closed word in small letters, ``-`` for what parts it: blanks, ``-`` or ``_``."""
    return "-".join(word.lower().replace("_", " ").replace("-", " ").split())

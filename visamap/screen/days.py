"""Days as lists hold them, read one by one, and the order of day and month that a list keeps.

Dots mean day first. With slashes or hyphens and the year last a day is read only once the order is
known: by the caller's word, or from the list's own days where all but one order fail. Years of two
digits and the day numbers of spreadsheets must lie near the release, or the text is no day.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

ORDERS = ("dmy", "mdy", "ymd")
NEAR = range(-5, 5)
"""Years from that of the release in which a year of two digits or a day number is believed."""
DAY = len("YYYY-MM-DD")
BLANK, BAD = 0, -1
"""What stands for the day of an empty cell and of one that names none."""
SHEET_BEGIN = date(1899, 12, 30)
"""Day 0 of a spreadsheet."""
TIME = (
    r"(?:T|,? +)(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
    r"(?: ?[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?))?"
)
"""The time of day that may follow a day; it is not looked at."""
TIME_BEHIND = re.compile(rf"{TIME}$")
_MONTHS = (
    "january января январь januar jänner қаңтар",
    "february февраля февраль februar ақпан",
    "march марта март märz maerz наурыз",
    "april апреля апрель сәуір",
    "may мая май mai мамыр",
    "june июня июнь juni маусым",
    "july июля июль juli шілде",
    "august августа тамыз",
    "september сентября сентябрь sept қыркүйек",
    "october октября октябрь oktober қазан",
    "november ноября ноябрь қараша",
    "december декабря декабрь dezember желтоқсан",
)
NUMBERS = re.compile(r"([0-9]{1,4})\s*([-./])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,4})")
_NAME, _YEAR, _ST = r"([^\W\d_]{3,})", "([0-9]{4}|[0-9]{2})", "(?:st|nd|rd|th)?"
DAY_MONTH = re.compile(rf"([0-9]{{1,2}}){_ST}[-/. ]*{_NAME}[-/., ]*{_YEAR}")
MONTH_DAY = re.compile(rf"{_NAME}[-/. ]*([0-9]{{1,2}}){_ST}[-/., ]+{_YEAR}")
YEAR_BEHIND = re.compile(r"\s*(?:года|год|жыл|г|ж)\.?$")  # noqa: RUF001
SHEET_DAY = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
SINIC = str.maketrans({"年": "-", "月": "-", "日": None})
SLASHED = re.compile(rb"(?<![0-9])[0-9]{1,2}([-/])[0-9]{1,2}\1[0-9]{2,4}(?![0-9])")
"""A day in some bytes that needs an order."""


class Days:
    """Reads days for a release; ``order`` is that of days with slashes, where it is known."""

    def __init__(self, release: int, order: str | None = None) -> None:
        """Take the year of the release."""
        self._years = range(release + NEAR.start, release + NEAR.stop)
        self.order = order

    def read(self, text: str) -> date | None:
        """Return the day that a text names, with or without a time of day."""
        head = self._head(text)
        return self._written(head, self.order) if head else None

    def ordinal(self, text: str | None) -> int:
        """Return the number of the day, ``BLANK`` or ``BAD``."""
        on = self.read(text) if text else None
        return on.toordinal() if on else BAD if text and text.strip() else BLANK

    def meant(self, text: str) -> list[date]:
        """Return the days that a text may mean for want of an order."""
        return sorted({day for order in ORDERS if (day := self._written(self._head(text), order))})

    def settled(self, texts: Iterable[str]) -> str | None:
        """Return the one order in which all days of a list can be read that any order reads."""
        left, seen = set(ORDERS), False
        for text in set(map(self._head, texts)):
            if NUMBERS.fullmatch(text) and self._written(text, None) is None:
                reads = {order for order in ORDERS if self._written(text, order)}
                left &= reads or left
                seen = seen or bool(reads)
        return left.pop() if seen and len(left) == 1 else None

    @staticmethod
    def _head(text: str) -> str:
        """Return a text without what stands around a day: a time, a word for "year"."""
        if not text.isascii():
            text = " ".join(YEAR_BEHIND.sub("", text.translate(SINIC)).split())
        return TIME_BEHIND.sub("", text.strip())

    def _written(self, text: str, order: str | None) -> date | None:
        if found := NUMBERS.fullmatch(text):
            one, sign, two, three = found.groups()
            if len(one) == len("YYYY"):
                order = "ymd"
            elif sign == ".":
                order = "dmy"
            parts = dict(zip(order or "", (one, two, three), strict=False))
            return self._of(parts["y"], parts["m"], parts["d"]) if parts else None
        if found := DAY_MONTH.fullmatch(text):
            day, name, year = found.groups()
            return self._of(year, _month(name), day)
        if found := MONTH_DAY.fullmatch(text):
            name, day, year = found.groups()
            return self._of(year, _month(name), day)
        if found := COMPACT.fullmatch(text):
            return self._of(*found.groups())
        if found := SHEET_DAY.fullmatch(text):
            on = SHEET_BEGIN + timedelta(int(found[1]))
            return on if on.year in self._years else None
        return None

    def _of(self, year: str, month: str | int, day: str) -> date | None:
        number = int(year)
        if len(year) == len("YY"):
            number += self._years.start // 100 * 100
            if number not in self._years:
                return None
        elif len(year) != len("YYYY"):
            return None
        try:
            return date(number, int(month), int(day))
        except ValueError:
            return None


def _month(name: str) -> int:
    """Return the month that a word begins as, and 0 for none or several."""
    word = name.casefold()
    found = [
        number
        for number, names in enumerate(_MONTHS, 1)
        if any(one.startswith(word) for one in names.split())
    ]
    return found[0] if len(found) == 1 else 0

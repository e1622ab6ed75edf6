"""What callers write, as values: days, passport kinds, closed words; a wrong one is our error."""

from datetime import date, datetime
from typing import Any

from visamap.errors import BadDateError, UnknownRecordError
from visamap.vocabulary import PASSPORT_ALIASES, PASSPORTS, Passport


def as_day(value: date | str) -> date:
    """Return the day that ``value`` names, YYYY-MM-DD.

    Raises:
        BadDateError: it names none.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if len(value) == len("YYYY-MM-DD") and value[4] == value[7] == "-":  # no week of ISO 8601
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise BadDateError(value)


def as_passport(value: str) -> Passport:
    """Return the passport kind of a word or its alias.

    Raises:
        UnknownRecordError: there is no such kind.
    """
    word: Any = value.strip().lower().replace("-", "_")
    word = PASSPORT_ALIASES.get(word, word)
    if word not in PASSPORTS:
        raise UnknownRecordError("passport kind", value, PASSPORTS)
    return word  # type: ignore[no-any-return]


def as_word(what: str, value: str, words: tuple[Any, ...]) -> Any:
    """Return a value that is one of the closed ``words``; ``what`` names what it stands for.

    Raises:
        UnknownRecordError: it is none of them.
    """
    word = value.strip().lower()
    if word not in words:
        raise UnknownRecordError(what, value, words)
    return word

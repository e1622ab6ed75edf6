"""How a day is written in a cell; every engine reads it by these rules."""

import re
from datetime import date

DAY = len("YYYY-MM-DD")
TIME = (
    r"[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
    r"(?: ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?))?"
)
"""The time of day that may follow a day; it is not looked at."""


def day(text: str) -> date | None:
    """Return the day that a text names, with or without a time of day; spaces may stand around."""
    text = text.strip(" ")
    head, tail = text[:DAY], text[DAY:]
    try:
        found = date.fromisoformat(head)
    except ValueError:
        return None
    plain = found.isoformat() == head and (not tail or re.fullmatch(TIME, tail))
    return found if plain else None

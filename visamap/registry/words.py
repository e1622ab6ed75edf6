"""The words that questions take from programs: what each means, and how much of it is read.

The web and MCP describe the same words to their callers; the descriptions, closed words, examples
and bounds stand here once. Reading them into values belongs to the doors and to ``arguments``.
"""

from datetime import date
from typing import Any, NamedTuple

from visamap.arguments import as_day
from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.vocabulary import (
    ACTS_ASKED,
    AGREEMENT_EVENTS,
    ANSWERED,
    BASES,
    CLAIMS,
    FORMULAS,
    PASSPORT_ALIASES,
    PASSPORTS,
    PURPOSES,
    STATUSES,
)

LONGEST = 200
MOST_NAMES, MOST_TRIPS = 10, 200
LONGEST_TRIP = 30
FIRST_YEAR, LAST_YEAR = 1900, 2100
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


class FarDayError(WrongUsageError, ValueError):
    """A day outside what may be asked by a program."""


def asked_day(text: str) -> date:
    """Return a day that may be asked.

    Raises:
        BadDateError: it is no day.
        FarDayError: it lies outside 1900 to 2100.
    """
    day = as_day(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise FarDayError(
            tr(
                "{day} is not a day to ask for; give one from {first} to {last}.",
                day=day.isoformat(),
                first=FIRST_DAY.isoformat(),
                last=LAST_DAY.isoformat(),
            )
        )
    return day


class Word(NamedTuple):
    """What a word means, examples of it, and all it can be where its words are closed."""

    said: str
    examples: tuple[Any, ...] = ()
    among: tuple[str, ...] = ()


COUNTRY = "Any code (THA, TH, 764) or name in any language."
KINDS = (*PASSPORTS, *PASSPORT_ALIASES)

A_DAY = Word("A day.", ("2024-12-04",))
NATIONALITY = Word(COUNTRY, ("THA",))
NATIONALITIES = Word(f"The nationalities of one traveller. {COUNTRY}", ("TUR", "DEU"))
PASSPORT_OF = Word(f"Whose passport. {COUNTRY}", ("KAZ",))
PASSPORTS_OF = Word(f"Whose passports. {COUNTRY}", ("KAZ", "UZB"))
PASSPORT = Word("The kind of passport.", (), KINDS)
ANY_PASSPORT = Word("Only for this kind of passport.", (), KINDS)
RECIPROCITY = Word("Also what a citizen of Kazakhstan gets there.")
DIFFER = Word("Only destinations where the passports differ.")
BEST = Word("Only the best passport for each destination.")
BASIS = Word("Only by agreement, or by Kazakhstan's own act.", (), BASES)
DAYS = Word("Days in one visit.", (30,))
POSSIBLE = Word("Also those of whom it is not certain, last and marked.")
REQUIREMENT = Word("Only destinations that ask this.", (), ANSWERED)
ACT = Word("The id of an act.", ("kaz-tha-2024",))
CODE = Word("A code or name of a visa.", ("B12-1", "neo-nomad"))
YEAR = Word("A year.", (2024,))
EVENT = Word("What happened.", (), AGREEMENT_EVENTS)
STATUS = Word("How it stands on the day asked.", (), STATUSES)
ACT_KIND = Word("Agreements, Kazakhstan's own acts, or all.", (), ACTS_ASKED)
PURPOSE = Word("Only visas that serve this purpose.", (), PURPOSES)
EDITION = Word("latest, all, or one edition.", ("latest", "2024-10"))
INDEX_NAME = Word("Only this index.", ("henley",))
SINCE = Word("Leave out what is before this day, month or year.", ("2020",))
FORMULA = Word("Rank the snapshots under this formula.", (), FORMULAS)
CLAIMED = Word("Only figures of this kind.", (), CLAIMS)
TRIPS = Word("Visits so far, ENTRY/EXIT, or ENTRY/ while still inside.", ("2026-01-03/2026-01-28",))
PLAN = Word("A visit to come, ENTRY/EXIT.", ("2026-12-01/2026-12-20",))
TITLE = Word("A title of your own.", ("Who may come",))

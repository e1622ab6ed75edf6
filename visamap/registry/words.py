"""The words that questions share: what each means, once, for every door."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from visamap.arguments import LONGEST_STAY, Trip, WrittenTrip
from visamap.registry.word import Word
from visamap.vocabulary import (
    BASES,
    DESTINATIONS,
    PASSPORT_ALIASES,
    PASSPORT_NAMES,
    PASSPORTS,
)

MOST_NAMES, MOST_TRIPS = 10, 200
MOST_MONTHS = 1200

ANY_NAME = "Any code (THA, TH, 764) or name in any language."
KIND = Word(
    "choice",
    "The kind of passport.",
    (),
    PASSPORTS,
    tuple(PASSPORT_ALIASES),
    PASSPORT_NAMES,
    what="passport kind",
)

COUNTRY = Word("country", ANY_NAME, ("THA",), metavar="COUNTRY", completes="countries")
COUNTRIES = COUNTRY._replace(most=MOST_NAMES, several=True)
TO = Word(
    "country",
    f"The destination, one of {', '.join(DESTINATIONS)}; that of the data if left out.",
    ("UZB",),
    metavar="COUNTRY",
    completes="destinations",
)
"""Of a question about one destination."""
TO_ANY = TO._replace(
    says=f"A destination, one of {', '.join(DESTINATIONS)}, or all of them; may be given several "
    "times.",
    examples=("KAZ", "UZB"),
    least=0,
    most=MOST_NAMES,
    several=True,
    one="to",
    metavar="COUNTRY|all",
)
"""Of a question that several destinations may answer."""

Nationality = Annotated[str, COUNTRY]
Nationalities = Annotated[
    Iterable[str],
    COUNTRIES._replace(
        says=f"The nationalities of one traveller. {ANY_NAME}",
        examples=("TUR", "DEU"),
        one="nationality",
    ),
]
On = Annotated[
    date | str | None, Word("day", "The day asked; today if left out.", ("2025-03-01",), today=True)
]
PassportKind = Annotated[str, KIND]
Days = Annotated[
    int | None,
    Word(
        "number",
        "Also say whether one visit of this many days is allowed.",
        (30,),
        most=LONGEST_STAY,
    ),
]
MinDays = Annotated[
    int | None,
    Word(
        "number",
        "Only those who may stay at least this many days in one visit.",
        (30,),
        most=LONGEST_STAY,
    ),
]
Possible = Annotated[bool, Word("flag", "Also those that are not certain, last and marked.")]
Ground = Annotated[
    str | None,
    Word("choice", "Only by agreement, or by the destination's own act.", (), BASES, what="ground"),
]
Reciprocity = Annotated[
    bool, Word("flag", "Also say what a citizen of the destination gets there.")
]
Trips = Annotated[
    Iterable[Trip | WrittenTrip],
    Word(
        "trip",
        "A visit so far, ENTRY/EXIT with both days counted, or ENTRY/ while still inside.",
        ("2026-01-03/2026-01-28",),
        least=0,
        most=MOST_TRIPS,
        several=True,
        one="trip",
        metavar="ENTRY/EXIT",
    ),
]
Plan = Annotated[
    Trip | None,
    Word(
        "trip",
        "Also say whether this future visit is allowed, ENTRY/EXIT, and how long it may be.",
        ("2026-12-01/2026-12-20",),
        metavar="ENTRY/EXIT",
    ),
]

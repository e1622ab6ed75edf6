"""The words that questions share: what each means, once, for every door."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from visamap.arguments import LegTold, Trip, WrittenTrip
from visamap.registry.word import Word, choice, day, length, visits
from visamap.vocabulary import BASES, DESTINATIONS, PASSPORT_ALIASES, PASSPORT_NAMES, PASSPORTS

MOST_NAMES, MOST_TRIPS = 10, 200
MOST_MONTHS = 1200

ANY_NAME = "Any code (THA, TH, 764) or name in any language."
KIND = choice(
    "The kind of passport.",
    PASSPORTS,
    "passport kind",
    aliases=tuple(PASSPORT_ALIASES),
    names=PASSPORT_NAMES,
)
COUNTRY = Word("country", ANY_NAME, ("THA",), metavar="COUNTRY", completes="countries")
COUNTRIES = COUNTRY._replace(most=MOST_NAMES, several=True)
TO = COUNTRY._replace(
    says=f"The destination, one of {', '.join(DESTINATIONS)}; that of the data if left out.",
    examples=("UZB",),
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
    date | str | None, day("The day asked; today if left out.", "2025-03-01", today=True)
]
PassportKind = Annotated[str, KIND]
Days = Annotated[int | None, length("Also say whether one visit of this many days is allowed.")]
MinDays = Annotated[
    int | None, length("Only those who may stay at least this many days in one visit.")
]
Possible = Annotated[bool, Word("flag", "Also those that are not certain, last and marked.")]
Ground = Annotated[
    str | None, choice("Only by agreement, or by the destination's own act.", BASES, "ground")
]
Reciprocity = Annotated[
    bool, Word("flag", "Also say what a citizen of the destination gets there.")
]
Trips = Annotated[
    Iterable[Trip | WrittenTrip],
    visits(
        "A visit so far, ENTRY/EXIT with both days counted, or ENTRY/ while still inside.",
        "2026-01-03/2026-01-28",
        least=0,
        most=MOST_TRIPS,
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
Legs = Annotated[
    Iterable[LegTold],
    visits(
        "A leg, DESTINATION:ENTRY/EXIT with both days counted; :visa behind it where it is made on "
        "a visa; the last may be open.",
        "KAZ:2027-05-01/2027-05-12",
        "KGZ:2027-05-12/2027-06-01",
        most=50,
        one="leg",
        metavar="LEG",
    ),
]
Past = Annotated[
    Iterable[LegTold],
    visits(
        "An earlier visit, DESTINATION:ENTRY/EXIT with both days counted.",
        "UZB:2026-01-03/2026-01-20",
        least=0,
        most=MOST_TRIPS,
        one="past",
        metavar="VISIT",
    ),
]
TermsFrom = Annotated[
    date | str | None,
    day("The day from which terms are counted; today if left out.", "2027-03-01", today=True),
]

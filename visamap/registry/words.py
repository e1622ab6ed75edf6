"""The words that questions share: what each means, once, for every door."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from visamap.arguments import FIRST_YEAR, LAST_YEAR, LONGEST_STAY, Trip, WrittenTrip
from visamap.registry.spec import Word
from visamap.vocabulary import (
    ACTS_ASKED,
    AGREEMENT_EVENTS,
    ANSWERED,
    BASES,
    CLAIMS,
    FORMULAS,
    OUTBOUND_ORDERS,
    PASSPORT_ALIASES,
    PASSPORT_NAMES,
    PASSPORTS,
    PURPOSES,
    STATUSES,
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

Nationality = Annotated[str, COUNTRY]
Nationalities = Annotated[
    Iterable[str],
    COUNTRIES._replace(
        says=f"The nationalities of one traveller. {ANY_NAME}",
        examples=("TUR", "DEU"),
        one="nationality",
    ),
]
Holder = Annotated[
    str | None,
    COUNTRY._replace(says="Also say what applies to this nationality.", examples=("IND",)),
]
Partner = Annotated[str | None, COUNTRY._replace(says="Only acts with this country.")]
PassportsOf = Annotated[
    str,
    COUNTRIES._replace(
        says=f"Whose passports. {ANY_NAME}", examples=("KAZ", "UZB"), one="passport"
    ),
]
RankedOf = Annotated[
    str,
    COUNTRIES._replace(
        says=f"Whose passports; the five of Central Asia if left out. {ANY_NAME}",
        examples=("KAZ", "UZB"),
        least=0,
        one="passport",
    ),
]
Destination = Annotated[str | None, COUNTRY._replace(says="Only this destination, in full.")]
On = Annotated[
    date | str | None, Word("day", "The day asked; today if left out.", ("2025-03-01",), today=True)
]
AsOf = Annotated[
    date | str | None,
    Word("day", "As of this day; the newest if left out.", ("2024-12-04",)),
]
StatesOf = Annotated[
    str,
    COUNTRIES._replace(
        says=f"One or both of two states of Central Asia; all five if left out. {ANY_NAME}",
        examples=("KGZ", "TJK"),
        least=0,
        most=2,
        one="state",
    ),
]
SaidOn = Annotated[
    date | str | None,
    Word("day", "Only figures published on this day or in its month or year.", ("2024-12-04",)),
]
FirstDay = Annotated[date | str, Word("day", "The first day.", ("2023-12-31",), metavar="DAY")]
SecondDay = Annotated[
    date | str | None,
    Word("day", "The second day; today if left out.", ("2024-12-31",), metavar="DAY", today=True),
]
Since = Annotated[
    date | str | None,
    Word("day", "Only what is still going on or begins on this day or later.", ("2020-01-01",)),
]
Until = Annotated[
    date | str | None, Word("day", "Only what began on this day or earlier.", ("2024-12-31",))
]
SinceEdition = Annotated[
    date | str | None,
    Word("date", "Leave out editions before this day, month or year.", ("2020",), metavar="DATE"),
]
PassportKind = Annotated[str, KIND]
AnyPassport = Annotated[str | None, KIND._replace(says="Only for this kind of passport.")]
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
ActId = Annotated[
    str | None,
    Word(
        "text",
        "The id of an act, to show it in full.",
        ("kaz-tha-2024",),
        one="act",
        metavar="ID",
        completes="acts",
        alone=("on",),
    ),
]
ClaimId = Annotated[
    str | None,
    Word(
        "text",
        "The id of a published figure, to show it in full.",
        ("eighty-one-outbound-2024",),
        one="figure",
        metavar="ID",
        completes="claims",
        alone=(),
    ),
]
QuestionId = Annotated[
    str | None,
    Word(
        "text",
        "The id of an open question, to show it in full.",
        ("counting-of-days",),
        metavar="ID",
        completes="open_questions",
        alone=("on", "months"),
    ),
]
VisaCode = Annotated[
    str | None,
    Word(
        "text",
        "A code or name of a visa, to show it in full.",
        ("B12-1", "neo-nomad"),
        completes="visas",
        metavar="CODE",
        alone=("on", "nationality"),
    ),
]
Year = Annotated[
    int | None,
    Word("number", "Only what happened in this year.", (2024,), least=FIRST_YEAR, most=LAST_YEAR),
]
Event = Annotated[
    str,
    Word(
        "choice",
        "What happened; approved means by the destination, in-force means entry into force.",
        (),
        AGREEMENT_EVENTS,
    ),
]
Status = Annotated[
    str | None, Word("choice", "Only acts with this status on the day asked.", (), STATUSES)
]
ActKind = Annotated[
    str,
    Word(
        "choice",
        "Agreements, the destination's own acts, or all.",
        (),
        ACTS_ASKED,
        what="kind of act",
    ),
]
VisaPurpose = Annotated[
    str | None,
    Word(
        "choice",
        "Only visas that serve this purpose.",
        (),
        PURPOSES,
        options=("--for", "--purpose"),
    ),
]
Requirement = Annotated[
    str | None, Word("choice", "Only destinations with this requirement.", (), ANSWERED)
]
Differ = Annotated[
    bool, Word("flag", "Only destinations where these passports have different requirements.")
]
Best = Annotated[
    bool, Word("flag", "For each destination the best answer, for a person who holds all of them.")
]
LongEnough = Annotated[
    int | None,
    Word(
        "number",
        "Only destinations where one visit may last at least so many days.",
        (30,),
        most=LONGEST_STAY,
    ),
]
Order = Annotated[
    str | None,
    Word(
        "choice",
        "By name, or the longest stay first; by code if left out.",
        (),
        OUTBOUND_ORDERS,
        what="order",
    ),
]
Edition = Annotated[
    str,
    Word("text", "latest, all, or one edition.", ("latest", "2024-10"), metavar="latest|all|ID"),
]
IndexName = Annotated[
    str | None, Word("text", "Only this index.", ("henley", "passport-index"), metavar="NAME")
]
Formula = Annotated[
    str | None, Word("choice", "Rank the snapshots by this formula instead.", (), FORMULAS)
]
Claimed = Annotated[
    str | None,
    Word("choice", "Only figures of this kind.", (), CLAIMS, what="kind of figure"),
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
Months = Annotated[
    int,
    Word(
        "number",
        "List records whose sources were not read for this many months.",
        (6,),
        least=0,
        most=MOST_MONTHS,
    ),
]

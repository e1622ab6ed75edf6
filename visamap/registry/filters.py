"""The words that narrow a list or name a record of one: what each means, for every door."""

from datetime import date
from typing import Annotated

from visamap.arguments import FIRST_YEAR, LAST_YEAR, LONGEST_STAY
from visamap.registry.word import Word
from visamap.registry.words import ANY_NAME, COUNTRIES, COUNTRY, KIND, MOST_MONTHS
from visamap.vocabulary import (
    ACTS_ASKED,
    AGREEMENT_EVENTS,
    ANSWERED,
    CLAIMS,
    FORMULAS,
    OUTBOUND_ORDERS,
    PURPOSES,
    STATUSES,
)

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
StatesAgainst = Annotated[
    str,
    COUNTRIES._replace(
        says=f"Which of the five states of Central Asia; all if left out. {ANY_NAME}",
        examples=("KAZ", "UZB"),
        least=0,
        one="state",
    ),
]
InYear = Annotated[
    int | None,
    Word("number", "Only this year.", (2024,), least=FIRST_YEAR, most=LAST_YEAR),
]
Destination = Annotated[str | None, COUNTRY._replace(says="Only this destination, in full.")]
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
AnyPassport = Annotated[str | None, KIND._replace(says="Only for this kind of passport.")]
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

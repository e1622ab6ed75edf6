"""The words that narrow a list or name a record of one: what each means, for every door."""

from datetime import date
from typing import Annotated

from visamap.registry.words import (
    ANY_NAME,
    COUNTRIES,
    COUNTRY,
    KIND,
    MOST_MONTHS,
    Word,
    choice,
    day,
    length,
    year,
)
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


def _several(
    says: str, *examples: str, one: str, least: int = 0, most: int = COUNTRIES.most
) -> Word:
    told = f"{says} {ANY_NAME}"
    return COUNTRIES._replace(says=told, examples=examples, one=one, least=least, most=most)


def _record(says: str, example: str, completes: str, alone: tuple[str, ...], one: str = "") -> Word:
    """Return a word that is the id of a record, which is then shown in full."""
    return Word("text", says, (example,), one=one, metavar="ID", completes=completes, alone=alone)


Holder = Annotated[
    str | None,
    COUNTRY._replace(says="Also say what applies to this nationality.", examples=("IND",)),
]
Partner = Annotated[str | None, COUNTRY._replace(says="Only acts with this country.")]
PassportsOf = Annotated[str, _several("Whose passports.", "KAZ", "UZB", one="passport", least=1)]
RankedOf = Annotated[
    str,
    _several(
        "Whose passports; the five of Central Asia if left out.", "KAZ", "UZB", one="passport"
    ),
]
StatesAgainst = Annotated[
    str,
    _several(
        "Which of the five states of Central Asia; all if left out.", "KAZ", "UZB", one="state"
    ),
]
StatesOf = Annotated[
    str,
    _several(
        "One or both of two states of Central Asia; all five if left out.",
        "KGZ",
        "TJK",
        one="state",
        most=2,
    ),
]
InYear = Annotated[int | None, year("Only this year.")]
Destination = Annotated[str | None, COUNTRY._replace(says="Only this destination, in full.")]
AsOf = Annotated[date | str | None, day("As of this day; the newest if left out.", "2024-12-04")]
SaidOn = Annotated[
    date | str | None,
    Word(
        "date",
        "Only figures published on this day or in its month or year.",
        ("2024-12-04", "2024-12"),
        metavar="DATE",
    ),
]
FirstDay = Annotated[date | str, day("The first day.", "2023-12-31", metavar="DAY")]
SecondDay = Annotated[
    date | str | None,
    day("The second day; today if left out.", "2024-12-31", metavar="DAY", today=True),
]
Since = Annotated[
    date | str | None,
    day("Only what is still going on or begins on this day or later.", "2020-01-01"),
]
Until = Annotated[date | str | None, day("Only what began on this day or earlier.", "2024-12-31")]
SinceEdition = Annotated[
    date | str | None,
    Word("date", "Leave out editions before this day, month or year.", ("2020",), metavar="DATE"),
]
AnyPassport = Annotated[str | None, KIND._replace(says="Only for this kind of passport.")]
ActId = Annotated[
    str | None,
    _record("The id of an act, to show it in full.", "kaz-tha-2024", "acts", ("on",), "act"),
]
ClaimId = Annotated[
    str | None,
    _record(
        "The id of a published figure, to show it in full; or its number or words, to find it.",
        "eighty-one-outbound-2024",
        "claims",
        (),
        "figure",
    ),
]
QuestionId = Annotated[
    str | None,
    _record(
        "The id of an open question, to show it in full.",
        "counting-of-days",
        "open_questions",
        ("on", "months"),
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
Year = Annotated[int | None, year("Only what happened in this year.")]
Event = Annotated[
    str,
    choice(
        "What happened; approved means by the destination, in-force means entry into force.",
        AGREEMENT_EVENTS,
    ),
]
Status = Annotated[str | None, choice("Only acts with this status on the day asked.", STATUSES)]
ActKind = Annotated[
    str, choice("Agreements, the destination's own acts, or all.", ACTS_ASKED, "kind of act")
]
VisaPurpose = Annotated[
    str | None,
    choice("Only visas that serve this purpose.", PURPOSES, options=("--for", "--purpose")),
]
Requirement = Annotated[str | None, choice("Only destinations with this requirement.", ANSWERED)]
Differ = Annotated[
    bool, Word("flag", "Only destinations where these passports have different requirements.")
]
Best = Annotated[
    bool, Word("flag", "For each destination the best answer, for a person who holds all of them.")
]
LongEnough = Annotated[
    int | None, length("Only destinations where one visit may last at least so many days.")
]
Order = Annotated[
    str | None,
    choice("By name, or the longest stay first; by code if left out.", OUTBOUND_ORDERS, "order"),
]
Edition = Annotated[
    str,
    Word("text", "latest, all, or one edition.", ("latest", "2024-10"), metavar="latest|all|ID"),
]
IndexName = Annotated[
    str | None, Word("text", "Only this index.", ("henley", "passport-index"), metavar="NAME")
]
Formula = Annotated[str | None, choice("Rank the snapshots by this formula instead.", FORMULAS)]
Claimed = Annotated[str | None, choice("Only figures of this kind.", CLAIMS, "kind of figure")]
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

"""What a word of a question is and how its value is read, and the words that questions share."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from visamap.arguments import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_STAY,
    LegTold,
    Trip,
    WrittenTrip,
    as_day,
    as_list,
    as_number,
    as_text,
    as_word,
)
from visamap.values import Value
from visamap.vocabulary import BASES, DESTINATIONS, PASSPORT_ALIASES, PASSPORT_NAMES, PASSPORTS

Kind = Literal["country", "day", "date", "text", "number", "flag", "choice", "trip"]


class Word(Value):
    """A word that a question takes: what it means, and how much of it is read.

    ``least`` and ``most`` bound a number, or how many there may be of ``several``, each called
    ``one`` where it is given by itself (``?passport=``, ``--trip``). A choice is ``among`` words,
    has ``aliases`` that are listed with them, and may go by other ``names``. ``alone`` names what
    may stand beside a word that asks for a single record; ``today`` is a day that is today's if
    left out.
    """

    kind: Kind
    says: str
    examples: tuple[Any, ...] = ()
    among: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    names: Mapping[str, str] = {}
    least: int = 1
    most: int = 200
    several: bool = False
    one: str = ""
    what: str = ""
    options: tuple[str, ...] = ()
    metavar: str = ""
    completes: str = ""
    alone: tuple[str, ...] | None = None
    today: bool = False

    def __repr__(self) -> str:
        """Return a short form: a signature is printed with its words."""
        return f"Word({self.kind!r})"

    def read(self, name: str, value: Any) -> Any:
        """Return a value as the method takes it, or raise a ``WrongUsageError`` that names it."""
        if self.kind == "day":
            return as_day(value)
        if self.kind == "choice":
            return as_word(self.what or name, value, self.among, self.names)
        if self.kind == "number":
            return as_number(value, self.least, self.most)
        return as_text(name, value) if self.kind in {"country", "text"} else value


def day(says: str, example: str, **more: Any) -> Word:
    """Return a word that is a day."""
    return Word("day", says, (example,), **more)


def year(says: str) -> Word:
    """Return a word that is a year."""
    return Word("number", says, (2024,), least=FIRST_YEAR, most=LAST_YEAR)


def length(says: str) -> Word:
    """Return a word that is a length of stay in days."""
    return Word("number", says, (30,), most=LONGEST_STAY)


def choice(says: str, among: tuple[str, ...], what: str = "", **more: Any) -> Word:
    """Return a word that is one of a closed set; ``what`` is what messages call it."""
    return Word("choice", says, (), among, what=what, **more)


def visits(says: str, *examples: str, **more: Any) -> Word:
    """Return a word that is a list of visits, each called ``one``."""
    return Word("trip", says, examples, several=True, **more)


class Parameter(Value):
    """A word in the signature of a method; a ``spread`` one is ``*args``."""

    name: str
    word: Word
    default: Any
    required: bool
    positional: bool
    spread: bool

    def read(self, value: Any) -> Any:
        """Return a value as the method takes it: of several, all."""
        if self.word.several:
            return tuple(self.word.read(self.name, one) for one in as_list(value))
        return self.word.read(self.name, value)


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

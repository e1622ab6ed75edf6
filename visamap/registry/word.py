"""A word that a question takes: what it means, and how its value is read."""

from collections.abc import Mapping
from typing import Any, Literal

from visamap.arguments import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_STAY,
    as_day,
    as_list,
    as_number,
    as_text,
    as_word,
)
from visamap.values import Value

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

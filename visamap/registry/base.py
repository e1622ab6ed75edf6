"""What every desk needs: the open index, names as codes, the histories worked out so far."""

from datetime import date
from typing import TYPE_CHECKING

from visamap.arguments import as_passport
from visamap.store.index import Index
from visamap.store.resolver import Resolver
from visamap.vocabulary import Passport

if TYPE_CHECKING:
    from visamap.domain.verdict import Run
    from visamap.results.check import CheckAnswer
    from visamap.results.parts import DataRef


MOST_SPELLINGS = 10_000
"""How many spellings of names are remembered."""


class Desk:
    """One release of the data, open."""

    def __init__(self, index: Index) -> None:
        """Take an open index; ``load`` is the usual way to one."""
        self.index = index
        self._resolver = Resolver(index.tables, lambda: index.names)
        self._codes: dict[str, str] = {}
        self._histories: dict[tuple[str, Passport], list[Run]] = {}
        self._points: dict[tuple[str, Passport], list[date]] = {}
        self._answers: dict[tuple[str, Passport, int], CheckAnswer] = {}

    @property
    def data(self) -> "DataRef":
        """The release and digest of the data behind every answer."""
        return self.index.data

    def resolve(self, country: str) -> str:
        """Return the code of a country given by any of its codes or names.

        Raises:
            UnknownCountryError: nothing matches, or two countries do.
        """
        code = self._codes.get(country) if isinstance(country, str) else None
        if code is None:
            if len(self._codes) >= MOST_SPELLINGS:  # a name can be spelled without end
                self._codes.clear()
            code = self._codes[country] = self._resolver.resolve(country)
        return code

    def holding(self, nationality: str, passport: str) -> "tuple[str, str, Passport]":
        """Return the code of who is asked about, whose history answers, and which kind is judged.

        Raises:
            UnknownCountryError: nothing matches, or two countries do.
            UnknownRecordError: the passport kind does not exist.
        """
        from visamap.domain.verdict import passport_asked  # noqa: PLC0415

        code = self.resolve(nationality)
        kind = passport_asked(self.index, code, as_passport(passport))
        return code, self.index.history_of(code, kind), kind

    def history(self, code: str, passport: Passport) -> "list[Run]":
        """Return the runs of days with one judgement, oldest first, without gaps."""
        found = self._histories.get((code, passport))
        if found is None:
            from visamap.domain.verdict import runs  # noqa: PLC0415

            found = self._histories[code, passport] = runs(self.index, code, passport)
        return found

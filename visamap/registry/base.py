"""What every question needs: the open data, names as codes, today, histories worked out so far."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from visamap import clock
from visamap.arguments import as_day, as_passport, as_text
from visamap.errors import (
    NoNationalityError,
    NotOneDestinationError,
    TwoCountriesError,
    UnknownRecordError,
    WrongUsageError,
)
from visamap.i18n import tr
from visamap.results.parts import NOTHING, Note
from visamap.store.index import Index
from visamap.store.resolver import Resolver
from visamap.vocabulary import DESTINATIONS, Passport

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from visamap.domain.abroad import Seen, View
    from visamap.domain.verdict import Run
    from visamap.results.abroad_results import Outbound, Reciprocity
    from visamap.results.check_results import CheckAnswer
    from visamap.results.parts import DataRef


Words = dict[str, Any]
"""The words of a question as they were read, by their names."""
Found = TypeVar("Found")
ALL = "all"
"""Stands for every destination."""
MOST_SPELLINGS = 10_000
"""How many spellings of names are remembered."""
MOST_PAIRS = 1_024
"""How many answers of a pair on a day: the five passports at every destination are a thousand."""


class Base:
    """One release of the data, open."""

    def __init__(
        self,
        index: Index,
        resolver: Resolver | None = None,
        views: "dict[str, Base] | None" = None,
    ) -> None:
        """Take an open index; ``load`` is the usual way to one, ``entering`` to those beside it."""
        self.index = index
        self.resolver = resolver or Resolver(
            index.tables, lambda: index.names, lambda: index.apart("people")
        )
        self._views = {} if views is None else views
        self._views[index.home] = self
        self._codes: dict[str, str] = {}
        self._histories: dict[tuple[str, Passport], list[Run]] = {}
        self._balances: dict[date, Reciprocity] = {}
        self._points: dict[tuple[str, Passport], list[date]] = {}
        self._answers: dict[tuple[str, Passport, int], CheckAnswer] = {}
        self._abroad: dict[tuple[str, str, date], Outbound] = {}

    @property
    def data(self) -> "DataRef":
        """The release and digest of the data behind every answer."""
        return self.index.data

    def entering(self, destination: str) -> Self:
        """Return the same questions about another destination: one of the five, by code or name.

        Raises:
            UnknownCountryError: nothing matches, or two countries do.
            WrongUsageError: its rules of entry are not told, or all five are meant.
        """
        if isinstance(destination, str) and destination.strip().lower() == ALL:
            told = ", ".join(one for one in DESTINATIONS if one in self.index.destinations)
            raise WrongUsageError(
                tr("This question is about one destination; name one of {told}.", told=told)
            )
        code = self.destination(destination)
        if code not in self._views:
            type(self)(self.index.entering(code), self.resolver, self._views)
        return cast("Self", self._views[code])

    @property
    def border(self) -> "AbstractContextManager[None]":
        """The time at the border of the destination, for whoever names no day."""
        return clock.at_border(self.index.profile.get("utc_offsets", ()))

    def today(self) -> date:
        """Return the day it is at the destination's border."""
        with self.border:
            return clock.today()

    def day(self, on: date | str | None) -> date:
        """Return a day as a date; today where it is left out.

        Raises:
            BadDateError: it is not a day.
        """
        return self.today() if on is None else as_day(on)

    def destination(self, text: str) -> str:
        """Return the code of the country that a destination is given by.

        Raises:
            UnknownCountryError: nothing matches, or it is a place in one, or several countries.
        """
        try:
            return self.resolve(text)
        except (NoNationalityError, TwoCountriesError) as error:
            raise NotOneDestinationError(text, error.close) from error

    def resolve(self, country: str) -> str:
        """Return the code of a country given by any of its codes or names.

        Raises:
            UnknownCountryError: nothing matches, or two countries do.
        """
        code = self._codes.get(country) if isinstance(country, str) else None
        if code is None:
            if len(self._codes) >= MOST_SPELLINGS:  # a name can be spelled without end
                self._codes.clear()
            code = self._codes[country] = self.resolver.resolve(country)
        return code

    def _resolved(self, countries: Iterable[str]) -> tuple[str, ...]:
        """Return the codes of countries given by any of their codes or names, each once."""
        return tuple(dict.fromkeys(map(self.resolve, countries)))

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

    def not_covered(self, passport: Passport, on: date) -> "dict[str, Any] | None":
        """Return since when a missing rule means a visa, where it does not on a day."""
        covered = self.index.covered_from(passport)
        return None if covered and on >= covered else {"passport": passport, "since": covered}

    def known_abroad(self, passport: str) -> list[str]:
        """Return the destinations of which anything is known for a passport, sorted."""
        table = self.index.apart("outbound")
        codes = {*table["of"].get(passport, ()), *table["seen"].get(passport, ())}
        codes |= set(self._everyone["pairs"].get(passport, ()))
        return sorted(code for code in codes if code in self.index.tables["countries"])

    def pair(self, passport: str, destination: str, on: date) -> "Outbound":
        """Return what a destination other than the home asks of a passport."""
        from visamap.domain.abroad import Pair, outbound  # noqa: PLC0415

        seen = self.seen(passport, destination, on)
        return outbound(self.index, Pair(passport, destination), on, seen)

    def seen(self, passport: str, destination: str, on: date) -> "View":
        """Return what the snapshots saw of a pair around a day, a fetched matrix among them."""
        from visamap.domain.abroad import view  # noqa: PLC0415

        return view(self.snapshots(passport, destination), on)

    def snapshots(self, passport: str, destination: str) -> "list[Seen]":
        """Return what every snapshot saw of a pair, a fetched matrix among them, oldest first."""
        from visamap.domain.abroad import Seen, followed, observations  # noqa: PLC0415

        newer = None
        if found := self._everyone["pairs"].get(passport, {}).get(destination):
            day = date.fromisoformat(self._everyone["as_of"])
            newer = Seen(found[0], found[1], day, day)
        return followed(observations(self.index, passport, destination), newer)

    @cached_property
    def _everyone(self) -> dict[str, Any]:
        """The table of all passports that ``visamap update`` brought, read once."""
        from visamap.store.fetched_data import matrix  # noqa: PLC0415  only this question looks for it

        return matrix() or {"as_of": "0001-01-01", "pairs": {}}


def one_of(by_id: "dict[str, Found]", kind: str, wanted: str, see: str = "") -> "Found":
    """Return the record that has an id; ``see`` is the command that lists them."""
    name = as_text(kind, wanted).lower()
    if name not in by_id:
        from difflib import get_close_matches  # noqa: PLC0415  only a slip pays for it

        raise UnknownRecordError(kind, wanted, get_close_matches(name, by_id), see)
    return by_id[name]


def nothing_required(_registry: Any, asked: Words, _found: Any) -> Words:
    """Return what was asked, of which the command line may require something."""
    return {**asked, "require": None}


def nothing_found(
    _registry: Any, _words: dict[str, Any], found: tuple[Any, ...]
) -> tuple[Note, ...]:
    """Return the remark that a list is empty, where it is."""
    return () if found else (NOTHING,)

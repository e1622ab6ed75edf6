"""The front desk: one method per question, names become codes here, answers are kept once found.

Only doors ask the clock; every method takes the day. Questions themselves live in
``visamap.queries``.
"""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visamap.compiled import open_index
from visamap.countries.resolver import Resolver
from visamap.errors import BadDateError, UnknownRecordError
from visamap.index import Index
from visamap.vocabulary import PASSPORT_ALIASES, PASSPORTS, Passport

if TYPE_CHECKING:
    from visamap.problems import Problem
    from visamap.queries.history import Run
    from visamap.results.check import CheckAnswer
    from visamap.results.partners import Partner, Totals
    from visamap.results.parts import DataRef


def load(data: str | Path | None = None) -> "Registry":
    """Open the shipped data, or a data file of your own.

    Raises:
        MissingFileError: the file is not there.
        BrokenDataError: the file has problems; ``inspect`` lists them all.
    """
    return Registry(open_index(Path(data) if data is not None else None))


def inspect(data: str | Path) -> "tuple[Problem, ...]":
    """Return everything that is wrong with a data file, in the order of the file.

    Raises:
        MissingFileError: the file is not there.
    """
    from visamap.dataset.load import load as load_records  # noqa: PLC0415  pydantic, only here

    return load_records(Path(data), open_index().tables).problems


class Registry:
    """The questions that visamap answers, put to one release of the data."""

    def __init__(self, index: Index) -> None:
        """Take an open index; ``load`` is the usual way to one."""
        self.index = index
        self._resolver = Resolver(index.tables, lambda: index.names)
        self._codes: dict[str, str] = {}
        self._histories: dict[tuple[str, Passport], list[Run]] = {}
        self._answers: dict[tuple[str, Passport], list[tuple[date, date, CheckAnswer]]] = {}

    @property
    def data(self) -> "DataRef":
        """The release and digest of the data behind every answer."""
        return self.index.data

    def resolve(self, country: str) -> str:
        """Return the code of a country given by any of its codes or names.

        Raises:
            UnknownCountryError: nothing matches, or two countries do.
        """
        code = self._codes.get(country)
        if code is None:
            code = self._codes[country] = self._resolver.resolve(country)
        return code

    def check(
        self,
        nationality: str,
        *,
        on: date | str,
        passport: str = "ordinary",
        days: int | None = None,
    ) -> "CheckAnswer":
        """Say whether citizens of ``nationality`` may enter Kazakhstan without a visa.

        ``on`` is the day of entry; with ``days``, whether one visit of so many days is allowed.

        Raises:
            UnknownCountryError: the nationality matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            UnknownRecordError: the passport kind does not exist.
        """
        from visamap.queries.check import check, passport_asked, with_days  # noqa: PLC0415
        from visamap.queries.verdict import Visitor  # noqa: PLC0415

        code, day = self.resolve(nationality), as_day(on)
        kind = passport_asked(self.index, code, as_passport(passport))
        answers = self._answers.setdefault((code, kind), [])
        for first, last, kept in answers:
            if first <= day <= last:
                answer = kept._replace(on=day)
                break
        else:
            history = self.history(code, kind)
            answer = check(self.index, Visitor(code, kind, day), history)
            period = next(run.period for run in history if run.period.covers(day))
            answers.append((period.first or date.min, period.last or date.max, answer))
        return answer if days is None else with_days(answer, days)

    def check_all(
        self,
        nationalities: Iterable[str],
        *,
        on: date | str,
        passport: str = "ordinary",
        days: int | None = None,
    ) -> "tuple[CheckAnswer, ...]":
        """Answer for each nationality of one traveller and mark the best.

        Raises:
            UnknownCountryError: a nationality matches nothing, or two countries.
        """
        from visamap.queries.check import mark_best  # noqa: PLC0415

        return mark_best(self.check(n, on=on, passport=passport, days=days) for n in nationalities)

    def partners(
        self,
        *,
        on: date | str,
        passport: str = "ordinary",
        basis: str | None = None,
        min_days: int | None = None,
    ) -> "tuple[Partner, ...]":
        """Return the nationalities that enter visa-free on a day, possible ones last.

        ``basis`` ("agreement" or "unilateral") keeps those whose chosen rule rests on it,
        ``min_days`` those who may stay so many days in one visit.

        Raises:
            BadDateError: ``on`` is not a day.
            UnknownRecordError: the passport kind does not exist.
        """
        from visamap.queries.partners import partners  # noqa: PLC0415

        return tuple(
            partner
            for partner in partners(self.index, as_passport(passport), as_day(on), self.history)
            if (basis is None or partner.basis == basis)
            and (min_days is None or (partner.max_stay_days or 0) >= min_days)
        )

    def totals(self, found: "Iterable[Partner]") -> "Totals":
        """Return how many partners there are, certain ones by basis."""
        from visamap.queries.partners import totals  # noqa: PLC0415

        return totals(found)

    def history(self, code: str, passport: Passport) -> "list[Run]":
        """Return the runs of days with one judgement, oldest first, without gaps."""
        found = self._histories.get((code, passport))
        if found is None:
            from visamap.queries.history import runs  # noqa: PLC0415

            found = self._histories[code, passport] = runs(self.index, code, passport)
        return found


def as_day(value: date | str) -> date:
    """Return the day that ``value`` names, YYYY-MM-DD.

    Raises:
        BadDateError: it names none.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if len(value) == len("YYYY-MM-DD"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise BadDateError(value)


def as_passport(value: str) -> Passport:
    """Return the passport kind of a word or its alias.

    Raises:
        UnknownRecordError: there is no such kind.
    """
    word: Any = value.strip().lower().replace("-", "_")
    word = PASSPORT_ALIASES.get(word, word)
    if word not in PASSPORTS:
        raise UnknownRecordError("passport kind", value, PASSPORTS)
    return word  # type: ignore[no-any-return]

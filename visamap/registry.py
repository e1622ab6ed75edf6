"""The front desk: one method per question, names become codes here, answers are kept once found.

Only doors ask the clock; every method takes the day. Questions themselves live in
``visamap.queries``.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from visamap.arguments import as_day, as_passport, as_word
from visamap.compiled import open_index
from visamap.countries.resolver import Resolver
from visamap.errors import UnknownCountryError, UnknownRecordError, WrongUsageError
from visamap.index import Index
from visamap.vocabulary import ACTS_ASKED, AGREEMENT_EVENTS, PURPOSES, STATUSES, Passport

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from visamap.problems import Problem
    from visamap.queries.history import Run
    from visamap.results.agreements import Agreement
    from visamap.results.check import CheckAnswer
    from visamap.results.partners import Partner, Totals
    from visamap.results.parts import DataRef, Note
    from visamap.results.visas import Visa


FIRST_YEAR, LAST_YEAR = 1900, 2100


def load(data: "str | Path | None" = None) -> "Registry":
    """Open the shipped data, or a data file of your own.

    Raises:
        MissingFileError: the file is not there.
        BrokenDataError: the file has problems; ``inspect`` lists them all.
    """
    return Registry(open_index(data))


def inspect(data: "str | Path") -> "tuple[Problem, ...]":
    """Return everything that is wrong with a data file, in the order of the file.

    Raises:
        MissingFileError: the file is not there.
    """
    from visamap.dataset.inspection import inspected  # noqa: PLC0415  pydantic, only here

    return inspected(data).problems


class Registry:
    """The questions that visamap answers, put to one release of the data."""

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
        from visamap.queries.history import answer_points  # noqa: PLC0415
        from visamap.queries.verdict import Visitor  # noqa: PLC0415

        code, day = self.resolve(nationality), as_day(on)
        kind = passport_asked(self.index, code, as_passport(passport))
        points = self._points.get((code, kind))
        if points is None:
            points = self._points[code, kind] = answer_points(self.index, code, kind)
        # Between two neighbouring points the answer is the same but for the day itself.
        stretch = code, kind, bisect_right(points, day)
        answer = self._answers.get(stretch)
        if answer is None:
            history = self.history(code, kind)
            answer = check(self.index, Visitor(code, kind, day), history)
            self._answers[stretch] = answer
        answer = answer._replace(on=day)
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

    def agreements(  # noqa: PLR0913  one argument for each filter
        self,
        *,
        on: date | str,
        year: int | None = None,
        event: str = "any",
        partner: str | None = None,
        status: str | None = None,
        passport: str | None = None,
        kind: str = "agreement",
    ) -> "tuple[Agreement, ...]":
        """Return the acts that were signed, approved, put into force or ended, as of a day.

        ``event`` is one of the four, or "any" of them; without ``year`` it must have come by the
        day ``on``, for which ``status`` is told. ``kind`` is "agreement", "own" (Kazakhstan's
        decrees, laws and orders) or "all".

        Raises:
            UnknownCountryError: the partner matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            UnknownRecordError: there is no such event, status, passport or kind.
            WrongUsageError: the year lies outside 1900 to 2100.
        """
        from visamap.queries.agreements import Wanted, agreements  # noqa: PLC0415

        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise WrongUsageError(
                f"{year} is not a year to ask for; give one from {FIRST_YEAR} to {LAST_YEAR}, "
                "for example 2024."
            )
        wanted = Wanted(
            year,
            as_word("event", event.replace("_", "-"), AGREEMENT_EVENTS),
            None if partner is None else self.resolve(partner),
            None if status is None else as_word("status", status.replace("-", "_"), STATUSES),
            None if passport is None else as_passport(passport),
            as_word("kind of act", kind, ACTS_ASKED),
        )
        return tuple(agreements(self.index, wanted, as_day(on)))

    def agreement(self, instrument: str, *, on: date | str) -> "Agreement":
        """Return one act by its id, Kazakhstan's own acts included, with its status on a day.

        Raises:
            BadDateError: ``on`` is not a day.
            UnknownRecordError: no act has this id; ids that come close are named.
        """
        from visamap.queries.agreements import agreement, close_to  # noqa: PLC0415

        found = agreement(self.index, instrument.strip().lower(), as_day(on))
        if found is None:
            try:
                partner = self.resolve(instrument)
            except UnknownCountryError:
                partner = None
            see = f"--partner {partner}" if partner else "--kind all"
            close = close_to(self.index, instrument, partner)
            raise UnknownRecordError("act", instrument, close, f"visamap agreements {see}")
        return found

    def visas(
        self, *, on: date | str, purpose: str | None = None, nationality: str | None = None
    ) -> "tuple[Visa, ...]":
        """Return the visa categories of a day, announced ones last.

        ``purpose`` keeps those that serve it; ``nationality`` adds what each means for it.

        Raises:
            UnknownCountryError: the nationality matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            UnknownRecordError: there is no such purpose.
        """
        from visamap.queries.visas import for_nationality, visas  # noqa: PLC0415

        day = as_day(on)
        wanted = None if purpose is None else as_word("purpose", purpose, PURPOSES)
        holder = None if nationality is None else self.check(nationality, on=day)
        found = visas(self.index, day, wanted)
        return tuple(for_nationality(self.index, v, holder) if holder else v for v in found)

    def visa(self, code: str, *, on: date | str, nationality: str | None = None) -> "Visa":
        """Return one visa by its code, name or alias, whether or not it existed on the day.

        Raises:
            UnknownCountryError: the nationality matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            UnknownRecordError: no visa matches; codes and names that come close are named.
        """
        from visamap.queries.visas import for_nationality, visa  # noqa: PLC0415

        found = visa(self.index, code, as_day(on))
        if nationality is None:
            return found
        return for_nationality(self.index, found, self.check(nationality, on=on))

    def visa_remarks(
        self,
        found: "Sequence[Visa]",
        *,
        on: date | str,
        code: str | None = None,
        purpose: str | None = None,
    ) -> "tuple[Note, ...]":
        """Return what must be said beside an answer of ``visas``, or of ``visa`` for a code."""
        from visamap.queries.visas import remarks  # noqa: PLC0415

        wanted = None if purpose is None else as_word("purpose", purpose, PURPOSES)
        return tuple(remarks(self.index, found, as_day(on), code, wanted))

    def history(self, code: str, passport: Passport) -> "list[Run]":
        """Return the runs of days with one judgement, oldest first, without gaps."""
        found = self._histories.get((code, passport))
        if found is None:
            from visamap.queries.history import runs  # noqa: PLC0415

            found = self._histories[code, passport] = runs(self.index, code, passport)
        return found

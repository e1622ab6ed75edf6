"""Entering Kazakhstan on a day: one nationality, several, or all of them."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from visamap.arguments import as_day, as_list, as_number, as_passport, as_word
from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.registry.base import Desk
from visamap.vocabulary import BASES

if TYPE_CHECKING:
    from visamap.results.check import CheckAnswer
    from visamap.results.parts import Country, Note
    from visamap.results.world import Partner, Totals


class EntryDesk(Desk):
    """``check`` and ``partners``."""

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
        People of a territory without a nationality of its own are answered by the passport that
        they hold. A day more than 366 days after the data's release is unknown.

        Raises:
            UnknownCountryError: the nationality matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            UnknownRecordError: the passport kind does not exist.
            BadNumberError: ``days`` is not a number of days.
        """
        from visamap.domain.entry import check, with_days  # noqa: PLC0415
        from visamap.domain.verdict import (  # noqa: PLC0415
            Visitor,
            answer_points,
        )

        day, (code, held, kind) = as_day(on), self.holding(nationality, passport)
        length = None if days is None else as_number(days)
        points = self._points.get((held, kind))
        if points is None:
            points = self._points[held, kind] = answer_points(self.index, held, kind)
        # Between two neighbouring points the answer is the same but for the day itself.
        stretch = code, kind, bisect_right(points, day)
        answer = self._answers.get(stretch)
        if answer is None:
            history = self.history(held, kind)
            answer = check(self.index, Visitor(code, kind, day), history)
            self._answers[stretch] = answer
        answer = answer._replace(on=day)
        if length is None:
            return answer
        return with_days(self.index, answer, length, self.history(held, kind))

    def check_all(
        self,
        nationalities: Iterable[str],
        *,
        on: date | str,
        passport: str = "ordinary",
        days: int | None = None,
    ) -> "tuple[CheckAnswer, ...]":
        """Answer once for each nationality of one traveller and mark the best.

        Raises:
            UnknownCountryError: a nationality matches nothing, or two countries.
            WrongUsageError: none is named.
        """
        from visamap.domain.entry import mark_best  # noqa: PLC0415

        named = as_list(nationalities)
        if not named:
            raise WrongUsageError(tr("Name a nationality, by its code (THA, TH) or name."))
        codes = dict.fromkeys(self.resolve(name) for name in named)
        return mark_best(self.check(code, on=on, passport=passport, days=days) for code in codes)

    def partners(
        self,
        *,
        on: date | str,
        passport: str = "ordinary",
        basis: str | None = None,
        min_days: int | None = None,
        possible: bool = False,
    ) -> "tuple[Partner, ...]":
        """Return the nationalities that certainly enter visa-free on a day.

        ``basis`` ("agreement" or "unilateral") keeps those whose chosen rule rests on it,
        ``min_days`` those who may stay so many days in one visit. ``possible`` adds those of whom
        it is not certain, last and marked.

        Raises:
            BadDateError: ``on`` is not a day.
            BeyondHorizonError: ``on`` lies more than 366 days after the data's release.
            UnknownRecordError: the passport kind or the ground does not exist.
            BadNumberError: ``min_days`` is not a number of days.
        """
        from visamap.domain.partners import partners  # noqa: PLC0415

        day = as_day(on)
        self.index.answers_for(day)
        ground = None if basis is None else as_word("ground", basis, BASES)
        least = 0 if min_days is None else as_number(min_days)
        return tuple(
            partner
            for partner in partners(self.index, as_passport(passport), day, self.history)
            if ground in {None, partner.basis}
            and (partner.max_stay_days or 0) >= least
            and (possible or not partner.possible)
        )

    def left_out(
        self,
        *,
        on: date | str,
        passport: str = "ordinary",
        basis: str | None = None,
        min_days: int | None = None,
    ) -> "tuple[Note, ...]":
        """Return who is not among ``partners`` of the same question, though much speaks for it.

        Raises:
            BadDateError: ``on`` is not a day.
            BeyondHorizonError: ``on`` lies more than 366 days after the data's release.
            UnknownRecordError: the passport kind does not exist.
            BadNumberError: ``min_days`` is not a number of days.
        """
        from visamap.domain.partners import approved_only, stay_untold  # noqa: PLC0415
        from visamap.results.parts import Note  # noqa: PLC0415

        kind, day = as_passport(passport), as_day(on)
        self.index.answers_for(day)
        named: dict[str, list[Country]] = {}
        if min_days is not None:
            as_number(min_days)
            everyone = self.partners(on=day, passport=kind, basis=basis)
            named["stay_untold"] = list(stay_untold(everyone))
        if basis != "unilateral":  # what is approved are agreements
            named["approved_only"] = list(approved_only(self.index, kind, day, self.history))
        return tuple(
            Note(code, {"nationalities": [country._asdict() for country in found]})
            for code, found in named.items()
            if found
        )

    def totals(self, found: "Iterable[Partner]") -> "Totals":
        """Return how many partners there are, certain ones by basis."""
        from visamap.domain.partners import totals  # noqa: PLC0415

        return totals(found)

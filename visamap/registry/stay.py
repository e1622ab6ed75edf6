"""Time in Kazakhstan: what past visits leave of a stay, and whether a planned one is allowed."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from visamap.arguments import as_day
from visamap.registry.entry import EntryDesk

if TYPE_CHECKING:
    from visamap.registry.trips import Trip, WrittenTrip
    from visamap.results.parts import Note
    from visamap.results.stay import StayAnswer


class StayDesk(EntryDesk):
    """``stay``."""

    def stay(
        self,
        nationality: str,
        *,
        on: date | str,
        trips: "Iterable[Trip | WrittenTrip]" = (),
        plan: "Trip | None" = None,
        passport: str = "ordinary",
    ) -> "StayAnswer":
        """Say how many days are left on a day, when to be out and when entry is possible again.

        A trip is "ENTRY/EXIT" or a pair of days; without an exit ("2026-01-03/") the traveller is
        still inside on the day ``on``. ``plan`` is a trip to come, judged as well; one that begins
        on the day asked goes on with the visit of a traveller who is inside.

        Raises:
            UnknownCountryError: the nationality matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            UnknownRecordError: the passport kind does not exist.
            BadTripsError: trips that are malformed, reversed, in the future, double or overlapping.
        """
        from visamap.domain.entry import check  # noqa: PLC0415
        from visamap.domain.stay import stay  # noqa: PLC0415
        from visamap.domain.verdict import Visitor  # noqa: PLC0415
        from visamap.registry.trips import journey  # noqa: PLC0415

        day, (code, held, kind) = as_day(on), self.holding(nationality, passport)
        told = journey(trips, plan, day)
        history = self.history(held, kind)
        if told.inside and day > self.index.horizon:
            # Who entered before the horizon is followed past it.
            entered = date.fromordinal(told.visits[-1].entry)
            answer = check(self.index, Visitor(code, kind, day), history, entered)
        else:
            answer = self.check(nationality, on=day, passport=passport)
        return stay(self.index, answer, history, told)

    def stay_remarks(self, answer: "StayAnswer") -> "tuple[Note, ...]":
        """Return what must be said beside an answer of ``stay``: assumptions, days shared."""
        from visamap.domain.stay import remarks  # noqa: PLC0415

        return tuple(remarks(answer))

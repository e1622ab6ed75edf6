"""Time: the history of a nationality, what changed between two days, what is coming, the feeds."""

from datetime import date
from typing import TYPE_CHECKING

from visamap.arguments import as_day, as_passport
from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.registry.base import Desk

if TYPE_CHECKING:
    from visamap.results.time import Difference, FeedEvent, TimelinePeriod, Upcoming


class TimeDesk(Desk):
    """``timeline``, ``diff``, ``upcoming`` and ``feed``."""

    def timeline(
        self,
        nationality: str,
        *,
        passport: str = "ordinary",
        since: date | str | None = None,
        until: date | str | None = None,
    ) -> "tuple[TimelinePeriod, ...]":
        """Return every period of a nationality in order, gaps included, and what ended each.

        On each day of a period up to 366 days after the data's release ``check`` gives the answer
        that the period tells; of later days it says that they are not known. ``since`` and
        ``until`` keep the periods that touch those days; a period is never cut.

        Raises:
            UnknownCountryError: the nationality matches nothing, or two countries.
            BadDateError: ``since`` or ``until`` is not a day.
            UnknownRecordError: the passport kind does not exist.
            WrongUsageError: ``until`` lies before ``since``.
        """
        from visamap.domain.timeline import timeline  # noqa: PLC0415
        from visamap.domain.verdict import Visitor  # noqa: PLC0415

        code, held, kind = self.holding(nationality, passport)
        first = date.min if since is None else as_day(since)
        last = None if until is None else as_day(until)
        if last and last < first:
            raise WrongUsageError(
                tr(
                    "The last day, {last}, lies before the first one, {first}; exchange them.",
                    last=last,
                    first=first,
                )
            )
        visitor = Visitor(code, kind, first)
        return tuple(timeline(self.index, visitor, self.history(held, kind), last))

    def diff(
        self, first: date | str, second: date | str, *, passport: str = "ordinary"
    ) -> "tuple[Difference, ...]":
        """Return who gained, lost or got other terms from one day to another, and by which act.

        Certain changes come before possible ones. A second day before the first is read backwards.

        Raises:
            BadDateError: ``first`` or ``second`` is not a day.
            BeyondHorizonError: one lies more than 366 days after the data's release.
            UnknownRecordError: the passport kind does not exist.
        """
        from visamap.domain.changes import diff  # noqa: PLC0415

        kind, one, other = as_passport(passport), as_day(first), as_day(second)
        self.index.answers_for(one, other)
        return tuple(diff(self.index, one, other, kind, self.history))

    def upcoming(self, *, on: date | str, passport: str | None = None) -> "tuple[Upcoming, ...]":
        """Return acts not yet in force on a day, and what begins or ends after it.

        Known days come first, in order; then what has bounds, then what has no day at all.

        Raises:
            BadDateError: ``on`` is not a day.
            UnknownRecordError: the passport kind does not exist.
        """
        from visamap.domain.events import upcoming  # noqa: PLC0415

        kind = None if passport is None else as_passport(passport)
        return tuple(upcoming(self.index, as_day(on), kind))

    def feed(self, *, since: date | str | None = None) -> "tuple[FeedEvent, ...]":
        """Return the dated events of acts, rules and suspensions, each with an id that stays.

        Raises:
            BadDateError: ``since`` is not a day.
        """
        from visamap.domain.events import events  # noqa: PLC0415

        return tuple(events(self.index, None if since is None else as_day(since)))

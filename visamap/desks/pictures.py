"""Looking instead of reading: the world on a day, and how the number of partners grew."""

from datetime import date
from typing import TYPE_CHECKING

from visamap.arguments import as_day, as_passport
from visamap.desks.outbound import OutboundDesk
from visamap.errors import WrongUsageError
from visamap.language import tr

if TYPE_CHECKING:
    from visamap.results.growth import Growth
    from visamap.results.world import WorldMap


class PicturesDesk(OutboundDesk):
    """``world_map`` and ``growth``."""

    def world_map(
        self, *, on: date | str, passport: str = "ordinary", outbound: str | None = None
    ) -> "WorldMap":
        """Return how each country is coloured: who may enter Kazakhstan on a day.

        With ``outbound``, a country, where its ordinary passport may go instead.
        ``visamap.presenters.pictures.world_map.svg`` draws it.

        Raises:
            UnknownCountryError: ``outbound`` matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            BeyondHorizonError: ``on`` lies more than 366 days after the data's release.
            UnknownRecordError: the passport kind does not exist.
            WrongUsageError: the data knows nothing of the passport, or only of its ordinary kind.
        """
        from visamap.queries import world  # noqa: PLC0415

        day, kind = as_day(on), as_passport(passport)
        self.index.answers_for(day)
        if outbound is None:
            return world.inbound(self.index, kind, day)
        if kind != "ordinary":
            raise WrongUsageError(
                tr(
                    "Where a {kind} passport may go is not in the data; leave out the passport "
                    "kind.",
                    kind=kind,
                )
            )
        home = self.resolve(outbound)
        return world.outbound(self.index, home, day, self.outbound(home, on=day))

    def growth(
        self, *, on: date | str, since: date | str = "2013-01-01", passport: str = "ordinary"
    ) -> "Growth":
        """Return how many nationalities entered visa-free on each day from ``since`` to ``on``.

        Raises:
            BadDateError: ``on`` or ``since`` is not a day.
            UnknownRecordError: the passport kind does not exist.
            WrongUsageError: ``on`` does not come after ``since``.
        """
        from visamap.queries.growth import growth  # noqa: PLC0415

        first, last = as_day(since), as_day(on)
        if last <= first:
            raise WrongUsageError(
                tr("{last} does not come after {first}; give a later day.", last=last, first=first)
            )
        return growth(self.index, as_passport(passport), first, last, self.history)

"""Going abroad: where passports may go on a day, one or several side by side."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from visamap.arguments import as_day, as_word
from visamap.desks.entry import EntryDesk
from visamap.errors import WrongUsageError
from visamap.language import tr
from visamap.requirements import ANSWERED

if TYPE_CHECKING:
    from visamap.queries.outbound_sides import Pair
    from visamap.queries.snapshots import Seen
    from visamap.results.check import CheckAnswer
    from visamap.results.outbound import Counts, Outbound

HOME = "KAZ"


class OutboundDesk(EntryDesk):
    """``outbound``."""

    def outbound(
        self,
        *passports: str,
        on: date | str,
        to: str | None = None,
        requirement: str | None = None,
        differ: bool = False,
        best: bool = False,
    ) -> "tuple[Outbound, ...]":
        """Return what destinations ask of the ordinary passports of some countries on a day.

        ``to`` asks for one destination only. ``differ`` keeps those that do not ask the same of all
        passports, ``best`` the best answer for each: that of a person who holds them all.
        ``requirement`` keeps the answers that say so.

        Raises:
            UnknownCountryError: a passport or the destination matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            BeyondHorizonError: ``on`` lies more than 366 days after the data's release.
            UnknownRecordError: there is no such requirement.
            WrongUsageError: a passport is not in the data, or the destination is no place.
        """
        from visamap.queries import side_by_side  # noqa: PLC0415

        wanted = None
        if requirement is not None:
            wanted = as_word("requirement", requirement, ANSWERED)
        day, codes = as_day(on), list(dict.fromkeys(self.resolve(name) for name in passports))
        self.index.answers_for(day)
        destination = None if to is None else self._place(to)
        found = [
            answer
            for code in codes
            for place in self._destinations(code, destination)
            for answer in [self._outbound(code, place, day)]
        ]
        if len(codes) > 1:
            found = list(side_by_side.marked(found))
        if differ:
            found = list(side_by_side.differing(found))
        if best:
            found = list(side_by_side.best(found))
        return tuple(a for a in found if wanted is None or a.requirement == wanted)

    def outbound_counts(self, found: "Sequence[Outbound]") -> "tuple[Counts, ...]":
        """Return how many destinations ask what of each passport."""
        from visamap.queries.side_by_side import counts  # noqa: PLC0415

        return counts(found)

    def with_reciprocity(self, answers: "Iterable[CheckAnswer]") -> "tuple[CheckAnswer, ...]":
        """Return answers of ``check`` with what a Kazakh citizen gets there, where it is known."""
        return tuple(answer._replace(reciprocity=self._returned(answer)) for answer in answers)

    def _returned(self, answer: "CheckAnswer") -> dict[str, Any] | None:
        code = answer.nationality.code
        if code == HOME or answer.passport != "ordinary" or code not in self._known(HOME):
            return None
        if answer.on > self.index.horizon:
            return None
        return self._outbound(HOME, code, answer.on)._asdict()

    def _destinations(self, passport: str, wanted: str | None) -> Iterator[str]:
        known = self._known(passport)
        if not known:
            bundled = ", ".join(self.index.apart("outbound")["seen"])
            raise WrongUsageError(
                tr(
                    "Where the passport {passport} may go is not in the bundled data, which holds "
                    "{bundled}.",
                    passport=passport,
                    bundled=bundled,
                ),
                " " + tr("`visamap update` fetches the table of all passports."),
            )
        if wanted is None:
            yield from (code for code in known if code != passport)
        elif wanted != passport:
            yield wanted

    def _place(self, name: str) -> str:
        from visamap.queries.verdict import NATIONAL_KINDS  # noqa: PLC0415

        code = self.resolve(name)
        if self.index.kind(code) not in NATIONAL_KINDS:
            raise WrongUsageError(
                tr(
                    "{code} names a document, not a place to go to; give a country.",
                    code=code,
                )
            )
        return code

    def _known(self, passport: str) -> list[str]:
        """Return the destinations that anything is known of, sorted."""
        table = self.index.apart("outbound")
        codes = {*table["of"].get(passport, ()), *table["seen"].get(passport, ())}
        codes |= set(self._everyone()["pairs"].get(passport, ()))
        return sorted(code for code in codes if code in self.index.tables["countries"])

    def _outbound(self, passport: str, destination: str, on: date) -> "Outbound":
        from visamap.queries.homecoming import homecoming  # noqa: PLC0415
        from visamap.queries.outbound import outbound  # noqa: PLC0415
        from visamap.queries.outbound_sides import Pair  # noqa: PLC0415
        from visamap.queries.snapshots import followed, observations, view  # noqa: PLC0415

        pair = Pair(passport, destination)
        rows = followed(observations(self.index, *pair), self._newer(pair))
        seen = view(rows, on)
        if destination == HOME:
            return homecoming(self.index, self.check(passport, on=on), seen)
        return outbound(self.index, pair, on, seen)

    def _newer(self, pair: "Pair") -> "Seen | None":
        from visamap.queries.snapshots import Seen  # noqa: PLC0415

        found = self._everyone()["pairs"].get(pair.passport, {}).get(pair.destination)
        if found is None:
            return None
        day = date.fromisoformat(self._everyone()["as_of"])
        return Seen(found[0], found[1], day, day)

    def _everyone(self) -> dict[str, Any]:
        """Return the table of all passports that ``visamap update`` brought, read once."""
        kept: dict[str, Any] | None = getattr(self, "_all_pairs", None)
        if kept is None:
            from visamap.fresh import matrix  # noqa: PLC0415  only this question looks for it

            kept = self._all_pairs = matrix() or {"as_of": "0001-01-01", "pairs": {}}
        return kept

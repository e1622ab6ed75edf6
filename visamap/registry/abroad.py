"""Going abroad: where passports may go on a day, one or several side by side."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from visamap.arguments import as_day, as_text, as_word
from visamap.errors import BadDateError, WrongUsageError
from visamap.i18n import tr
from visamap.registry.base import Desk
from visamap.registry.entry import EntryDesk
from visamap.vocabulary import ANSWERED, CLAIMS, FORMULAS

if TYPE_CHECKING:
    from visamap.domain.abroad import Pair, Seen
    from visamap.results.abroad import ClaimAnswer, Counts, Matrix, Outbound, Rank, RanksAsked
    from visamap.results.check import CheckAnswer
    from visamap.results.parts import Note


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
        from visamap.domain import abroad  # noqa: PLC0415

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
            found = list(abroad.marked(found))
        if differ:
            found = list(abroad.differing(found))
        if best:
            found = list(abroad.best(found))
        return tuple(a for a in found if wanted is None or a.requirement == wanted)

    def outbound_counts(self, found: "Sequence[Outbound]") -> "tuple[Counts, ...]":
        """Return how many destinations ask what of each passport."""
        from visamap.domain.abroad import counts  # noqa: PLC0415

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
        from visamap.domain.verdict import NATIONAL_KINDS  # noqa: PLC0415

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
        from visamap.domain.abroad import (  # noqa: PLC0415
            Pair,
            followed,
            homecoming,
            observations,
            outbound,
            view,
        )

        pair = Pair(passport, destination)
        rows = followed(observations(self.index, *pair), self._newer(pair))
        seen = view(rows, on)
        if destination == HOME:
            return homecoming(self.index, self.check(passport, on=on), seen)
        return outbound(self.index, pair, on, seen)

    def _newer(self, pair: "Pair") -> "Seen | None":
        from visamap.domain.abroad import Seen  # noqa: PLC0415

        found = self._everyone()["pairs"].get(pair.passport, {}).get(pair.destination)
        if found is None:
            return None
        day = date.fromisoformat(self._everyone()["as_of"])
        return Seen(found[0], found[1], day, day)

    def _everyone(self) -> dict[str, Any]:
        """Return the table of all passports that ``visamap update`` brought, read once."""
        kept: dict[str, Any] | None = getattr(self, "_all_pairs", None)
        if kept is None:
            from visamap.store.copies import matrix  # noqa: PLC0415  only this question looks for it

            kept = self._all_pairs = matrix() or {"as_of": "0001-01-01", "pairs": {}}
        return kept


FIVE = ("KAZ", "UZB", "KGZ", "TJK", "TKM")
"""The passports of Central Asia, which are meant where none is named."""


class RanksDesk(Desk):
    """``ranks`` and ``claims``."""

    def ranks(
        self,
        *passports: str,
        edition: str = "all",
        index: str | None = None,
        since: date | str | None = None,
        on: date | str | None = None,
        formula: str | None = None,
    ) -> "tuple[Rank, ...]":
        """Return where passports stand: what indexes published, and what we worked out.

        Without passports the five of Central Asia. ``edition`` is "latest", "all" or the name of
        one; ``since`` leaves out older ones (a day, a month or a year); ``on`` is the day as of
        which to answer. ``formula`` asks for recomputed ranks under it instead.

        Raises:
            UnknownCountryError: a passport matches nothing, or two countries.
            BadDateError: ``since`` or ``on`` is no date.
            UnknownRecordError: there is no such index, edition or formula.
            DamagedCopyError: the matrix that was fetched is no longer whole.
            WrongUsageError: no rank is known of any of the passports.
        """
        from visamap.domain.ranks import ranks  # noqa: PLC0415

        asked = self._asked(passports, edition, index, since, on, formula)
        return tuple(ranks(self.index, asked, self._matrix()))

    def passports_asked(self, *passports: str) -> tuple[str, ...]:
        """Return the codes of the passports that ``ranks`` answers for.

        Raises:
            UnknownCountryError: a passport matches nothing, or two countries.
        """
        return tuple(dict.fromkeys(map(self.resolve, passports or FIVE)))

    def rank_remarks(self, found: "tuple[Rank, ...]", *passports: str) -> "tuple[Note, ...]":
        """Return what must be said beside an answer of ``ranks``: how each list was counted."""
        from visamap.domain.ranks import remarks  # noqa: PLC0415

        asked = self._asked(passports)
        return tuple(remarks(self.index, found, asked, self._matrix()))

    def claims(
        self, *, on: date | str | None = None, what: str | None = None
    ) -> "tuple[ClaimAnswer, ...]":
        """Return published figures, oldest first, each laid against our own data on its day.

        ``on`` keeps those said on that day, in its month or its year; ``what`` those of one kind.

        Raises:
            BadDateError: ``on`` is not a day.
            UnknownRecordError: there is no such kind of figure.
        """
        from visamap.domain.claims import claims  # noqa: PLC0415

        kind = None if what is None else as_word("kind of figure", what, CLAIMS)
        day = None if on is None else as_day(on)
        return tuple(claims(self.index, self.history, day, kind))

    def _asked(  # noqa: PLR0913, PLR0917  the filters of ``ranks``
        self,
        passports: tuple[str, ...],
        edition: str = "all",
        index: str | None = None,
        since: date | str | None = None,
        on: date | str | None = None,
        formula: str | None = None,
    ) -> "RanksAsked":
        from visamap.results.abroad import RanksAsked  # noqa: PLC0415

        known = tuple(self.index.apart("ranks")["indexes"])
        return RanksAsked(
            self.passports_asked(*passports),
            as_text("edition", edition),
            None if index is None else as_word("index", index, known),
            None if since is None else _first_day(since),
            None if on is None else as_day(on),
            None if formula is None else as_word("formula", formula, FORMULAS),
        )

    @staticmethod
    def _matrix() -> "Matrix | None":
        from visamap.store.copies import matrix  # noqa: PLC0415

        found: dict[str, Any] | None = matrix()
        return found


def _first_day(value: date | str) -> date:
    """Return the first day of a day, a month or a year."""
    from visamap.dates import PartialDate  # noqa: PLC0415

    if isinstance(value, str):
        try:
            return PartialDate.parse(value).first
        except ValueError:
            raise BadDateError(value, in_part=True) from None
    return as_day(value)

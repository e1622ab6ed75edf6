"""Passports and figures: where a passport stands, and whether a published figure holds."""

from datetime import date
from typing import TYPE_CHECKING, Any

from visamap.arguments import as_day, as_text, as_word
from visamap.desks.base import Desk
from visamap.errors import BadDateError
from visamap.figures import CLAIMS, FORMULAS

if TYPE_CHECKING:
    from visamap.results.claims import ClaimAnswer
    from visamap.results.parts import Note
    from visamap.results.ranks import Matrix, Rank, RanksAsked

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
        from visamap.queries.ranks import ranks  # noqa: PLC0415

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
        from visamap.queries.ranks import remarks  # noqa: PLC0415

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
        from visamap.queries.claims import claims  # noqa: PLC0415

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
        from visamap.results.ranks import RanksAsked  # noqa: PLC0415

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
        from visamap.fresh import matrix  # noqa: PLC0415

        found: dict[str, Any] | None = matrix()
        return found


def _first_day(value: date | str) -> date:
    """Return the first day of a day, a month or a year."""
    from visamap.periods import PartialDate  # noqa: PLC0415

    if isinstance(value, str):
        try:
            return PartialDate.parse(value).first
        except ValueError:
            raise BadDateError(value, in_part=True) from None
    return as_day(value)

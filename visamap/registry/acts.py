"""Acts and visas: what was signed and came into force, and which visa there is otherwise."""

from datetime import date
from typing import TYPE_CHECKING, Any

from visamap.arguments import as_day, as_number, as_passport, as_text, as_word
from visamap.errors import UnknownCountryError, UnknownRecordError
from visamap.registry.entry import EntryDesk
from visamap.registry.words import FIRST_YEAR, LAST_YEAR
from visamap.vocabulary import ACTS_ASKED, AGREEMENT_EVENTS, PURPOSES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from visamap.results.acts import Agreement, Visa
    from visamap.results.check import CheckAnswer
    from visamap.results.parts import Note


class ActsDesk(EntryDesk):
    """``agreements`` and ``visas``."""

    def acts_not_worked_through(self, answers: "Iterable[CheckAnswer]") -> "tuple[Note, ...]":
        """Return which acts in force name a passport of which ``check`` has no rule to tell."""
        without_rule = [answer for answer in answers if answer.reason == "not_covered"]
        if not without_rule:
            return ()
        from visamap.domain.acts import perhaps_in_force  # noqa: PLC0415
        from visamap.results.parts import Note  # noqa: PLC0415

        found = (
            (one, perhaps_in_force(self.index, held.code, one.passport, one.on))
            for one in without_rule
            for held in [one.held_passport or one.nationality]
        )
        return tuple(
            Note(
                "named_by_act",
                {
                    "name": answer.nationality.name,
                    "passport": answer.passport,
                    "acts": ", ".join(act.id for act in acts),
                },
            )
            for answer, acts in found
            if acts
        )

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
            BadNumberError: the year is no year from 1900 to 2100.
        """
        from visamap.domain.acts import Wanted, agreements  # noqa: PLC0415

        wanted = Wanted(
            None if year is None else as_number(year, FIRST_YEAR, LAST_YEAR),
            as_word("event", event, AGREEMENT_EVENTS),
            None if partner is None else self.resolve(partner),
            None if status is None else as_word("status", status, STATUSES),
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
        from visamap.domain.acts import agreement, close_to  # noqa: PLC0415

        found = agreement(self.index, as_text("act", instrument).lower(), as_day(on))
        if found is None:
            try:
                partner = self.resolve(instrument)
            except UnknownCountryError:
                partner = None
            see = f"--partner {partner}" if partner else "--kind all"
            close = close_to(self.index, instrument, partner)
            raise UnknownRecordError("act", instrument, close, f"visamap agreements {see}")
        return found

    def source(self, source: str) -> dict[str, Any]:
        """Return the record of a source by its id: its address, its kind, when it was read.

        Raises:
            UnknownRecordError: no source has this id; ids that come close are named.
        """
        wanted = as_text("source", source).lower()
        records = self.index.records["sources"]
        found: dict[str, Any] | None = next((one for one in records if one["id"] == wanted), None)
        if found is None:
            from difflib import get_close_matches  # noqa: PLC0415  only a slip pays for it

            close = get_close_matches(wanted, [one["id"] for one in records])
            raise UnknownRecordError("source", source, close)
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
        from visamap.domain.visas import for_nationality, visas  # noqa: PLC0415

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
        from visamap.domain.visas import for_nationality, visa  # noqa: PLC0415

        found = visa(self.index, as_text("visa", code), as_day(on))
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
        from visamap.domain.visas import remarks  # noqa: PLC0415

        wanted = None if purpose is None else as_word("purpose", purpose, PURPOSES)
        return tuple(remarks(self.index, found, as_day(on), code, wanted))

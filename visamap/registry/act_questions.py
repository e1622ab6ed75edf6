"""Acts and visas: what was signed and came into force, and which visa there is otherwise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from visamap.arguments import (
    FIRST_YEAR,
    LAST_YEAR,
    as_day,
    as_number,
    as_passport,
    as_text,
    as_word,
)
from visamap.errors import UnknownCountryError, UnknownRecordError
from visamap.registry.base import Words, nothing_found, one_of
from visamap.registry.entry_questions import Entry
from visamap.registry.spec import question
from visamap.registry.words import TO
from visamap.vocabulary import ACTS_ASKED, AGREEMENT_EVENTS, PURPOSES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visamap.registry import filters, words
    from visamap.results.act_results import Agreement, Visa
    from visamap.results.parts import Note


def _agreements_asked(registry: Acts, asked: Words, _found: Any) -> Words:
    partner = asked["partner"]
    return {**asked, "partner": registry.resolve(partner) if partner else None}


def _visas_asked(_registry: Acts, asked: Words, _found: Any) -> Words:
    purpose = asked.pop("purpose")
    return {**asked, "for": purpose}


def _beside_visas(registry: Acts, words: Words, found: tuple[Visa, ...]) -> tuple[Note, ...]:
    return registry.visa_remarks(
        found, on=words["on"], code=words["code"], purpose=words["purpose"]
    )


class Acts(Entry):
    """``agreements`` and ``visas``."""

    @question(
        "agreements",
        "Which acts were signed, approved, in force or ended?",
        "acts and visas",
        examples=(
            "agreements --year 2024",
            "agreements --year 2024 --event in-force --passport ordinary",
            "agreements --partner Thailand --format json",
            "agreements --status approved",
            "agreements kaz-tha-2024",
        ),
        asked=_agreements_asked,
        notes=nothing_found,
        to=TO,
    )
    def agreements(  # noqa: PLR0913  one argument for each filter
        self,
        id: filters.ActId = None,  # noqa: A002  as every answer names it
        *,
        year: filters.Year = None,
        event: filters.Event = "any",
        partner: filters.Partner = None,
        status: filters.Status = None,
        passport: filters.AnyPassport = None,
        kind: filters.ActKind = "agreement",
        on: words.On = None,
    ) -> tuple[Agreement, ...]:
        """List acts signed, approved, in force or ended, by year and partner.

        With an id, that act in full, including the destination's own acts. An event with only
        bounds is a possible match in each year that the bounds touch; a draft or an authorisation
        to sign is not approval. Without a year, an event must have happened by the day asked.

        Raises:
            UnknownCountryError: the partner matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            UnknownRecordError: there is no such event, status, passport or kind.
            BadNumberError: the year is no year from 1900 to 2100.
        """
        from visamap.domain.acts import Wanted, agreements  # noqa: PLC0415

        day = self.day(on)
        if id is not None:
            return (self.agreement(id, on=day),)
        wanted = Wanted(
            None if year is None else as_number(year, FIRST_YEAR, LAST_YEAR),
            as_word("event", event, AGREEMENT_EVENTS),
            None if partner is None else self.resolve(partner),
            None if status is None else as_word("status", status, STATUSES),
            None if passport is None else as_passport(passport),
            as_word("kind of act", kind, ACTS_ASKED),
        )
        return tuple(agreements(self.index, wanted, day))

    def agreement(self, instrument: str, *, on: date | str | None = None) -> Agreement:
        """Return one act by its id, the destination's own acts included, with its status on a day.

        Raises:
            BadDateError: ``on`` is not a day.
            UnknownRecordError: no act has this id; ids that come close are named.
        """
        from visamap.domain.acts import agreement, close_to, in_context  # noqa: PLC0415

        found = agreement(self.index, as_text("act", instrument).lower(), self.day(on))
        if found is None:
            try:
                partner = self.resolve(instrument)
            except UnknownCountryError:
                partner = None
            is_year = instrument.isdigit() and FIRST_YEAR <= int(instrument) <= LAST_YEAR
            see = f"--partner {partner}" if partner else "--kind all"
            see = f"--year {instrument}" if is_year else see
            close = close_to(self.index, instrument, partner)
            told = f"visamap agreements {see}{self.index.destination.option}"
            raise UnknownRecordError("act", instrument, close, told)
        return in_context(self.index, found)

    def source(self, source: str) -> dict[str, Any]:
        """Return the record of a source by its id: its address, its kind, when it was read.

        Raises:
            UnknownRecordError: no source has this id; ids that come close are named.
        """
        records: dict[str, dict[str, Any]] = {
            one["id"]: one for one in self.index.records["sources"]
        }
        found: dict[str, Any] = one_of(records, "source", source)
        return found

    @question(
        "visas",
        "Which visa, on what terms?",
        "acts and visas",
        examples=(
            "visas",
            "visas --for study --nationality India",
            "visas neo-nomad",
            "visas B12-1 --nationality IND --format json",
        ),
        asked=_visas_asked,
        notes=_beside_visas,
        to=TO,
    )
    def visas(
        self,
        code: filters.VisaCode = None,
        *,
        nationality: filters.Holder = None,
        purpose: filters.VisaPurpose = None,
        on: words.On = None,
    ) -> tuple[Visa, ...]:
        """Show the visa categories, or one of them in full.

        Announced ones come last. With a nationality, also what each means for it: visa-free or not,
        invitation, e-visa.

        Raises:
            UnknownCountryError: the nationality matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            UnknownRecordError: there is no such purpose.
        """
        from visamap.domain.visas import for_nationality, visas  # noqa: PLC0415

        day = self.day(on)
        if code is not None:
            return (self.visa(code, on=day, nationality=nationality),)
        wanted = None if purpose is None else as_word("purpose", purpose, PURPOSES)
        holder = None if nationality is None else self.check(nationality, on=day)
        found = visas(self.index, day, wanted)
        return tuple(for_nationality(self.index, v, holder) if holder else v for v in found)

    def visa(
        self, code: str, *, on: date | str | None = None, nationality: str | None = None
    ) -> Visa:
        """Return one visa by its code, name or alias, whether or not it existed on the day.

        Raises:
            UnknownCountryError: the nationality matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            UnknownRecordError: no visa matches; codes and names that come close are named.
        """
        from visamap.domain.visas import for_nationality, visa  # noqa: PLC0415

        found = visa(self.index, as_text("visa", code), self.day(on))
        if nationality is None:
            return found
        return for_nationality(self.index, found, self.check(nationality, on=on))

    def visa_remarks(
        self,
        found: Sequence[Visa],
        *,
        on: date | str,
        code: str | None = None,
        purpose: str | None = None,
    ) -> tuple[Note, ...]:
        """Return what must be said beside an answer of ``visas``, or of ``visa`` for a code."""
        from visamap.domain.visas import remarks  # noqa: PLC0415

        wanted = None if purpose is None else as_word("purpose", purpose, PURPOSES)
        return tuple(remarks(self.index, found, as_day(on), code, wanted))

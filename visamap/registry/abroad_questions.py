"""Going abroad: where passports may go on a day, where they stand, which figures hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from visamap.arguments import FIRST_YEAR, LAST_YEAR, as_day, as_number, as_text, as_word
from visamap.dates import ONE_DAY, PartialDate
from visamap.errors import BadDateError, WrongUsageError
from visamap.i18n import tr
from visamap.registry.base import Words, nothing_found, one_of
from visamap.registry.entry_questions import Entry
from visamap.registry.spec import question
from visamap.registry.words import TO
from visamap.results.parts import NOTHING, Note
from visamap.vocabulary import ANSWERED, CENTRAL_ASIA, CLAIMS, FORMULAS, OUTBOUND_ORDERS

if TYPE_CHECKING:
    from visamap.registry import filters, words
    from visamap.results.abroad_results import (
        ClaimAnswer,
        Counts,
        Outbound,
        Rank,
        Reciprocity,
        Spell,
    )
    from visamap.results.parts import Country


def _beside_outbound(registry: Abroad, words: Words, found: Any) -> Iterator[Note]:
    passports, to, on = words["passports"], words["to"], words["on"]
    every = registry.outbound(*passports, on=on, to=to)
    for counts in registry.outbound_counts(every) if to is None else ():
        values = {key: value for key, value in counts._asdict().items() if key != "passport"}
        passport = {"passport": counts.passport.code, "name": counts.passport.name}
        yield Note("outbound_counts", {**passport, "on": on.isoformat(), **values})
    if to is not None and not every:
        yield Note("outbound_own", {})
    elif not found:
        yield NOTHING
    if words["min_days"] is not None:
        from visamap.domain.abroad import stay_untold  # noqa: PLC0415

        others = {word: words[word] for word in words if word not in {"passports", "min_days"}}
        if untold := stay_untold(registry.outbound(*passports, **others)):
            yield Note("stay_untold", {"nationalities": [one._asdict() for one in untold]})


def _ranks_asked(registry: Abroad, asked: Words, _found: Any) -> Words:
    return {**asked, "passports": registry.passports_asked(*asked["passports"])}


def _beside_ranks(registry: Abroad, words: Words, found: tuple[Rank, ...]) -> tuple[Note, ...]:
    notes = registry.rank_remarks(found, *words["passports"])
    return notes or (() if found else (NOTHING,))


def _against_whom(
    _registry: Abroad, _words: Words, found: tuple[Reciprocity, ...]
) -> Iterator[Note]:
    one = found[-1]
    pairs = one.both + one.gives + one.gets + one.neither + one.unknown
    yield Note("reciprocity_counted", {"pairs": pairs})


class Abroad(Entry):
    """``outbound``, ``reciprocity``, ``ranks`` and ``claims``."""

    @question(
        "outbound",
        "Where may this passport go?",
        "going abroad",
        examples=(
            "outbound KAZ",
            "outbound KAZ --to THA --on 2024-05-01",
            "outbound KAZ --min-days 60 --sort days",
            "outbound KAZ UZB --differ --requirement visa-free",
            "outbound KAZ UZB --best --format csv",
        ),
        notes=_beside_outbound,
    )
    def outbound(  # noqa: PLR0913  one argument for each filter
        self,
        *passports: filters.PassportsOf,
        to: filters.Destination = None,
        on: words.On = None,
        requirement: filters.Requirement = None,
        differ: filters.Differ = False,
        best: filters.Best = False,
        min_days: filters.LongEnough = None,
        sort: filters.Order = None,
    ) -> tuple[Outbound, ...]:
        """Say where a passport may go, and on what terms.

        Several passports are shown side by side. The five of Central Asia are bundled (KAZ, KGZ,
        TJK, TKM, UZB), by law and official lists first; ``visamap update`` adds the others, from a
        dataset. The list of one passport has about 200 places: name one, or narrow it.

        Raises:
            UnknownCountryError: a passport or the destination matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            BeyondHorizonError: ``on`` lies more than 366 days after the data's release.
            UnknownRecordError: there is no such requirement or order.
            BadNumberError: ``min_days`` is not a number of days.
            WrongUsageError: a passport is not in the data, or the destination is no place.
        """
        from visamap.domain import abroad  # noqa: PLC0415

        wanted = None if requirement is None else as_word("requirement", requirement, ANSWERED)
        day, codes = self.day(on), self._resolved(passports)
        self.index.answers_for(day)
        destination = None if to is None else self._place(to)
        found = [
            self.going(code, place, day)
            for code in codes
            for place in self._destinations(code, destination, codes[0])
        ]
        if len(codes) > 1:
            found = list(abroad.marked(found))
        if differ:
            found = list(abroad.differing(found))
        if best:
            found = list(abroad.best(found))
        least = 0 if min_days is None else as_number(min_days)
        order = None if sort is None else as_word("order", sort, OUTBOUND_ORDERS)
        kept = [
            answer
            for answer in found
            if wanted in {None, answer.requirement} and (answer.max_stay_days or 0) >= least
        ]
        return tuple(abroad.in_order(kept, order))

    def outbound_counts(self, found: Sequence[Outbound]) -> tuple[Counts, ...]:
        """Return how many destinations ask what of each passport."""
        from visamap.domain.abroad import counts  # noqa: PLC0415

        return counts(found)

    def abroad_over_time(self, passport: str, to: str) -> tuple[Spell, ...]:
        """Return what a destination has asked of a passport until today, one answer a time.

        Where the day of a change is known by bounds only, the days between are a time of their own.

        Raises:
            UnknownCountryError: the passport or the destination matches nothing, or two countries.
            WrongUsageError: a passport is not in the data, or the destination is no place.
        """
        from visamap.domain.abroad import Pair, turns  # noqa: PLC0415
        from visamap.results.abroad_results import Spell  # noqa: PLC0415

        code, today = self.resolve(passport), self.today()
        found: list[Spell] = []
        for place in self._destinations(code, self._place(to)):
            days = turns(self.index, Pair(code, place), self.snapshots(code, place))
            if place in self.index.destinations:
                runs = self.entering(place).history(code, "ordinary")
                starts = (run.period.first or date.min for run in runs)
                days = [day for day in starts if day > date.min]
            for day in (day for day in days if day <= today):
                answer = self.going(code, place, day)
                if found and _alike(found[-1].answer, answer):
                    continue
                if found:
                    found[-1] = found[-1]._replace(valid_to=day - ONE_DAY)
                found.append(Spell(day, None, answer))
        return tuple(found)

    def _destinations(
        self, passport: str, wanted: str | None, first: str | None = None
    ) -> Iterator[str]:
        known = self.known_abroad(passport)
        if not known:
            bundled = ", ".join(self.index.apart("outbound")["seen"])
            hint = tr("`visamap update` fetches the table of all passports.")
            if first not in {None, passport}:
                hint = tr(
                    "`visamap outbound {passport} --to {place}` asks about it as a destination.",
                    passport=first,
                    place=passport,
                )
            elif wanted in self.index.destinations:
                hint = tr(
                    "`visamap check {passport} --to {place}` says how it enters there.",
                    passport=passport,
                    place=wanted,
                )
            raise WrongUsageError(
                tr(
                    "The bundled data does not say where the passport {passport} may go; it "
                    "covers {bundled}.",
                    passport=passport,
                    bundled=bundled,
                ),
                f" {hint}",
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

    @question(
        "reciprocity",
        "Who gives more: the five states, or the world to them?",
        "going abroad",
        examples=(
            "reciprocity",
            "reciprocity KAZ UZB --full",
            "reciprocity --year 2024 --format csv",
        ),
        notes=_against_whom,
    )
    def reciprocity(
        self, *states: filters.StatesAgainst, year: filters.InYear = None
    ) -> tuple[Reciprocity, ...]:
        """Say who gives more: a state of Central Asia or the world, year by year.

        On 1 July of each year, ordinary passports: whose citizens enter it without a visa, where
        its own do, and how many of both are not returned. Years begin with the first snapshot of
        where its citizens may go; an earlier one can be asked for, and is mostly unknown.

        Raises:
            UnknownCountryError: a state matches nothing, or two countries do.
            BadNumberError: ``year`` is no year.
            BeyondHorizonError: the year lies more than 366 days after the data's release.
            WrongUsageError: the rules of entry of a state are not told.
        """
        homes = [self.entering(code) for code in self._resolved(states) or CENTRAL_ASIA]
        days = (
            self._years() if year is None else [date(as_number(year, FIRST_YEAR, LAST_YEAR), 7, 1)]
        )
        self.index.answers_for(*days)
        return tuple(home.balance(on) for home in homes for on in days)

    def _years(self) -> list[date]:
        first = date.fromisoformat(self.index.apart("outbound")["days"][0])
        release = self.index.data.release
        days = (date(year, 7, 1) for year in range(first.year, release.year + 1))
        return [on for on in days if first <= on <= release]

    def balance(self, on: date) -> Reciprocity:
        """Return who gives more on a day, worked out once: for ten years it takes a second."""
        if on not in self._balances:
            from visamap.domain.abroad import reciprocity  # noqa: PLC0415

            home = self.index.country(self.index.home)
            self._balances[on] = reciprocity(home, on, self.returned(on))
        return self._balances[on]

    def returned(self, on: date) -> Iterator[tuple[Country, bool | None, bool | None]]:
        """Yield each other nationality, whether it enters visa-free, and we there; or not known."""
        from visamap.domain.abroad import Pair, goes_free  # noqa: PLC0415
        from visamap.domain.partners import DISPUTED, places  # noqa: PLC0415
        from visamap.domain.verdict import enters_free  # noqa: PLC0415

        index = self.index
        for code in places(index):
            if code == index.home or code in DISPUTED or index.held(code, "ordinary", on):
                continue
            if code in index.destinations:
                there = enters_free(self.entering(code).index, index.home, on)
            else:
                seen = self.seen(index.home, code, on)
                there = goes_free(index, Pair(index.home, code), on, seen)
            yield index.country(code), enters_free(index, code, on), there

    @question(
        "ranks",
        "Where do passports stand in the indexes?",
        "going abroad",
        examples=(
            "ranks KAZ UZB KGZ TJK TKM",
            "ranks KAZ RUS --index henley --since 2020 --edition all",
            "ranks --on 2024-12-04 --formula visa-free",
            "ranks --plot ranks.svg",
        ),
        asked=_ranks_asked,
        notes=_beside_ranks,
    )
    def ranks(
        self,
        *passports: filters.RankedOf,
        edition: filters.Edition = "all",
        index: filters.IndexName = None,
        since: filters.SinceEdition = None,
        on: filters.AsOf = None,
        formula: filters.Formula = None,
    ) -> tuple[Rank, ...]:
        """Compare passports: ranks and scores of the indexes side by side.

        Ranks that an index published and ranks that visamap calculated are shown apart, each with
        its method.

        Raises:
            UnknownCountryError: a passport matches nothing, or two countries.
            BadDateError: ``since`` or ``on`` is no date.
            UnknownRecordError: there is no such index, edition or formula.
            DamagedCopyError: the matrix that was fetched is no longer whole.
            WrongUsageError: no rank is known of any of the passports.
        """
        from visamap.domain.ranks import ranks  # noqa: PLC0415
        from visamap.results.abroad_results import RanksAsked  # noqa: PLC0415
        from visamap.store.fetched_data import matrix  # noqa: PLC0415

        known = tuple(self.index.apart("ranks")["indexes"])
        asked = RanksAsked(
            self.passports_asked(*passports),
            as_text("edition", edition),
            None if index is None else as_word("index", index, known),
            None if since is None else _first_day(since),
            None if on is None else as_day(on),
            None if formula is None else as_word("formula", formula, FORMULAS),
        )
        return tuple(ranks(self.index, asked, matrix()))

    def passports_asked(self, *passports: str) -> tuple[str, ...]:
        """Return the codes of the passports that ``ranks`` answers for.

        Raises:
            UnknownCountryError: a passport matches nothing, or two countries.
        """
        return self._resolved(passports or CENTRAL_ASIA)

    def rank_remarks(self, found: tuple[Rank, ...], *passports: str) -> tuple[Note, ...]:
        """Return what must be said beside an answer of ``ranks``: how each list was counted."""
        from visamap.domain.ranks import remarks  # noqa: PLC0415
        from visamap.store.fetched_data import matrix  # noqa: PLC0415

        return tuple(remarks(self.index, found, self.passports_asked(*passports), matrix()))

    @question(
        "claims",
        "Is that published figure right?",
        "figures",
        examples=(
            "claims",
            "claims --on 2024-12-15",
            "claims 82",
            "claims kaz-rank-2024",
            "claims --what rank --format markdown",
        ),
        notes=nothing_found,
        to=TO,
    )
    def claims(
        self,
        id: filters.ClaimId = None,  # noqa: A002  as every answer names it
        *,
        on: filters.SaidOn = None,
        what: filters.Claimed = None,
    ) -> tuple[ClaimAnswer, ...]:
        """Compare published figures with our own data for their day.

        A figure is reproduced, lies within the bounds of what we know, is contradicted, or cannot
        be checked; the sentence beside it says why. With an id, that figure alone, in full; a
        number ("82", "82 countries") or words find the figures that have it.

        Raises:
            BadDateError: ``on`` is no day, month or year.
            UnknownRecordError: there is no such figure, or kind of figure.
        """
        from visamap.domain.claims import claims, figures_named  # noqa: PLC0415

        kind = None if what is None else as_word("kind of figure", what, CLAIMS)
        time = None if on is None else _time(on)
        found = tuple(claims(self.index, self.history, time, kind))
        if id is None:
            return found
        by_id = {claim.id: claim for claim in found}
        text = as_text("figure", id)
        if text.lower() not in by_id and (named := figures_named(found, text)):
            return named
        see = f"visamap claims{self.index.destination.option}"
        return (one_of(by_id, "figure", id, see),)


def _alike(one: Outbound, other: Outbound) -> bool:
    """Tell whether a traveller is told the same, on the same ground."""
    barred = bool(one.interrupted) == bool(other.interrupted)
    return barred and all(getattr(one, word) == getattr(other, word) for word in TOLD)


TOLD = ("requirement", "limits", "needs_another_visa", "rule", "basis")


def _first_day(value: date | str) -> date:
    """Return the first day of a day, a month or a year."""
    return _time(value).first


def _time(value: date | str) -> PartialDate:
    """Return a day, a month or a year."""
    if not isinstance(value, str):
        return PartialDate.parse(as_day(value).isoformat())
    with suppress(ValueError):
        return PartialDate.parse(value.strip())
    try:
        return PartialDate.parse(as_day(value).isoformat())
    except BadDateError as slip:
        raise slip if slip.last else BadDateError(value, in_part=True) from None

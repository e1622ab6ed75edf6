"""Through several of the destinations: ``trip``, and where one goes from one to the next."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from visamap.errors import NoCertainYesError, WrongUsageError
from visamap.i18n import tr
from visamap.registry.base import Words, nothing_required
from visamap.registry.entry_questions import Entry, held
from visamap.registry.spec import question
from visamap.results.parts import Note
from visamap.vocabulary import CENTRAL_ASIA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from visamap.domain.trip import Stage
    from visamap.registry import filters, words
    from visamap.results.check_results import CheckAnswer
    from visamap.results.trip_results import Crossing, Leg

PAIR = 2


def _beside_trip(_registry: Journeys, _words: Words, found: tuple[Leg, ...]) -> Iterator[Note]:
    from visamap.results.trip_results import together  # noqa: PLC0415

    allowed, first = together(found)
    yield Note("trip", {"allowed": allowed, "first_problem": first})
    yield from dict.fromkeys(held(*found))
    best = [one for one in found if one.best]
    for before, after in pairwise(best):
        if before.nationality != after.nationality:
            names = {"from": before.nationality.code, "to": after.nationality.code}
            yield Note("passport_changes", {"leg": after.leg, **names})


def _crossings_asked(registry: Journeys, asked: Words, _found: Any) -> Words:
    return {**asked, "states": list(registry.states(*asked["states"]))}


def _beside_crossings(
    registry: Journeys, words: Words, found: tuple[Crossing, ...]
) -> Iterator[Note]:
    pair = registry.states(*words["states"])
    if len(pair) == PAIR:
        yield from registry.crossings_remarks(*pair, on=words["on"], found=found)
    if found:
        yield Note("crossings_seen", {})


class Journeys(Entry):
    """``trip`` and ``crossings``."""

    @question(
        "trip",
        "Is this journey possible, leg by leg?",
        "travelling",
        examples=(
            "trip DEU KAZ:2027-05-01/2027-05-12 UZB:2027-05-12/2027-06-01",
            "trip IND KAZ:2027-05-01/2027-05-10 UZB:2027-05-10/2027-05-20:visa --format json",
            "trip TUR DEU UZB:2027-03-01/ --past UZB:2027-01-03/2027-01-20",
        ),
        asked=nothing_required,
        notes=_beside_trip,
    )
    def trip(
        self,
        nationalities: words.Nationalities,
        *,
        legs: words.Legs,
        past: words.Past = (),
        on: words.TermsFrom = None,
        passport: words.PassportKind = "ordinary",
    ) -> tuple[Leg, ...]:
        """Judge a journey leg by leg, each with all that came before it.

        A leg is DESTINATION:ENTRY/EXIT, both days counted; the last may be open, and ``:visa``
        behind it says that it is made on a visa. Legs stand in the order of time. Several
        nationalities are those of one traveller: the best passport of each leg is marked. ``past``
        are earlier visits to any of the destinations.

        Raises:
            UnknownCountryError: a nationality matches nothing, or two countries.
            WrongUsageError: no nationality is named.
            BadTripsError: a leg or visit cannot be read, or they are out of order.
            UnknownRecordError: the passport kind does not exist.
        """
        from visamap.domain.trip import best_passports  # noqa: PLC0415
        from visamap.registry.trips import stages  # noqa: PLC0415

        codes = self._held_by_one(nationalities)
        told, before = stages(legs, past, lambda name: self.entering(name).index.home)
        day = self.day(on)
        ways = [self._legs(code, passport, told, before, day) for code in codes]
        chosen = best_passports(ways)
        return tuple(
            way[at]._replace(best=best == n)
            for at, best in enumerate(chosen)
            for n, way in enumerate(ways)
        )

    def card(
        self, nationality: str, *, on: date | str | None = None, passport: str = "ordinary"
    ) -> CheckAnswer:
        """Return what a card for the officer at the border tells: a certain yes, with its act.

        ``visamap.pictures.printed.card`` makes a page of it.

        Raises:
            NoCertainYesError: entry is not certainly visa-free, or the border was closed.
            UnknownCountryError: the nationality matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            UnknownRecordError: the passport kind does not exist.
        """
        answer = self.check(nationality, on=on, passport=passport)
        if not answer.surely_free():
            from visamap.render import headlines, phrases  # noqa: PLC0415  only a refusal says so

            with phrases.entering(answer):
                raise NoCertainYesError(headlines.check(answer).sentence)
        return answer

    @question(
        "crossings",
        "Where can one cross by land?",
        "going abroad",
        examples=(
            "crossings KGZ TJK",
            "crossings KGZ TJK --on 2025-03-12",
            "crossings UZB",
            "crossings --format csv",
        ),
        asked=_crossings_asked,
        notes=_beside_crossings,
    )
    def crossings(self, *states: filters.StatesOf, on: words.On = None) -> tuple[Crossing, ...]:
        """List crossings and trains between states of Central Asia, and who may pass.

        Known open to all, to citizens of the two states alone, or closed; and when a source last
        showed it so. Nothing here promises that a border is open, and a crossing that is open to
        all says nothing about visas. One state: all its borders with the others.

        Raises:
            UnknownCountryError: a state matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            BeyondHorizonError: ``on`` lies more than 366 days after the data's release.
            WrongUsageError: a state is none of the five, or more than two are named.
        """
        from visamap.domain.crossings import crossings  # noqa: PLC0415

        day, codes = self.day(on), self.states(*states)
        self.index.answers_for(day)
        wanted = set(codes)
        return tuple(
            one
            for first, second in combinations(sorted(CENTRAL_ASIA), 2)
            if wanted <= {first, second}
            for one in crossings(self.index, first, second, day)
        )

    def states(self, *names: str) -> tuple[str, ...]:
        """Return the codes of states of Central Asia, each once.

        Raises:
            UnknownCountryError: a state matches nothing, or two countries.
            WrongUsageError: a state is none of the five, or more than two are named.
        """
        codes = self._resolved(names)
        five = ", ".join(sorted(CENTRAL_ASIA))
        if others := [code for code in codes if code not in CENTRAL_ASIA]:
            said = tr("{code} is none of the five states of Central Asia: {five}.")
            raise WrongUsageError(said.format(code=others[0], five=five))
        if len(codes) > PAIR:
            raise WrongUsageError(tr("Name at most two of the five states: {five}.", five=five))
        return codes

    def crossings_remarks(
        self, first: str, second: str, *, on: date, found: tuple[Crossing, ...]
    ) -> Iterator[Note]:
        """Yield what must be said of two states: that no way is known, or how many were counted."""
        from visamap.domain.crossings import counted  # noqa: PLC0415

        named = {name: self.index.country(c).name for name, c in (("from", first), ("to", second))}
        if not found:
            yield Note("no_land_way", named)
        elif not any(one.last_seen and one.open_to != "closed" for one in found):
            yield Note("no_way_known_open", {**named, "on": on.isoformat()})
        if count := counted(self.index, first, second, on):
            listed = sum(one.kind != "train" for one in found)
            said = {"number": count["crossings"], "on": count["on"], "listed": listed}
            yield Note("crossings_counted", {**named, **said})

    def _legs(
        self, code: str, passport: str, told: Iterable[Stage], before: Iterable[Stage], today: date
    ) -> list[Leg]:
        from visamap.domain.counting import Visit  # noqa: PLC0415
        from visamap.domain.trip import Behind, Holder, leg  # noqa: PLC0415

        past: dict[str, Behind] = {}
        for visit in before:
            behind = past.setdefault(visit.destination, Behind([], []))
            if visit.exit is not None and not visit.on_visa:
                behind.visits.append(Visit(visit.entry, visit.exit))
        found: list[Leg] = []
        for number, stage in enumerate(told, 1):
            there = self.entering(stage.destination)
            answer = there.check(code, on=date.fromordinal(stage.entry), passport=passport)
            _, holder, kind = there.holding(code, passport)
            who = Holder(there.index, answer, there.history(holder, kind))
            border = self._border(found[-1].destination.code, there, answer.on) if found else None
            behind = past.setdefault(stage.destination, Behind([], []))
            found.append(leg(who, number, stage, behind, today)._replace(border=border))
            if stage.on_visa:
                behind.on_visa.append(number)
            elif stage.exit is not None:
                behind.visits.append(Visit(stage.entry, stage.exit))
        return found

    def _border(self, before: str, there: Journeys, on: date) -> dict[str, Any] | None:
        """Return the ways by land into the next state, as far as they are known on a day."""
        from visamap.domain.crossings import TRAIN, crossings  # noqa: PLC0415

        if before == there.index.home:
            return None
        found = crossings(self.index, before, there.index.home, on)
        return {
            "from": before,
            "crossings": [
                {"name": one.name, "open_to": one.open_to, "last_seen": one.last_seen}
                for one in found
                if one.kind != TRAIN
            ],
        }

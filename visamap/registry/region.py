"""Between the five states: ``crossings``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.registry.base import Base, Words
from visamap.registry.spec import question
from visamap.results.parts import Note
from visamap.vocabulary import CENTRAL_ASIA

if TYPE_CHECKING:
    from visamap.registry.filters import StatesOf
    from visamap.registry.words import On
    from visamap.results.region import Crossing

PAIR = 2


def _crossings_asked(registry: Region, asked: Words, _found: Any) -> Words:
    return {**asked, "states": list(registry.states(*asked["states"]))}


def _beside_crossings(
    registry: Region, words: Words, found: tuple[Crossing, ...]
) -> Iterator[Note]:
    pair = registry.states(*words["states"])
    if len(pair) == PAIR:
        yield from registry.crossings_remarks(*pair, on=words["on"], found=found)
    if found:
        yield Note("crossings_seen", {})


class Region(Base):
    """``crossings``."""

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
    def crossings(self, *states: StatesOf, on: On = None) -> tuple[Crossing, ...]:
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
        from visamap.domain.region import crossings  # noqa: PLC0415

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
        from visamap.domain.region import counted  # noqa: PLC0415

        named = {name: self.index.country(c).name for name, c in (("from", first), ("to", second))}
        if not found:
            yield Note("no_land_way", named)
        elif not any(one.last_seen and one.open_to != "closed" for one in found):
            yield Note("no_way_known_open", {**named, "on": on.isoformat()})
        if count := counted(self.index, first, second, on):
            listed = sum(one.kind != "train" for one in found)
            said = {"number": count["crossings"], "on": count["on"], "listed": listed}
            yield Note("crossings_counted", {**named, **said})

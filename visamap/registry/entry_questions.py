"""Entering on a day, and staying: ``check``, ``partners``, ``stay``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from visamap.arguments import as_list, as_number, as_passport, as_word
from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.registry.base import MOST_PAIRS, Base, Words, nothing_required
from visamap.registry.spec import question
from visamap.registry.words import TO, TO_ANY
from visamap.results.parts import Note
from visamap.vocabulary import BASES

if TYPE_CHECKING:
    from visamap.registry import words
    from visamap.results.abroad_results import Outbound
    from visamap.results.act_results import Agreement
    from visamap.results.check_results import CheckAnswer
    from visamap.results.partner_results import Partner, Totals
    from visamap.results.parts import Country
    from visamap.results.stay_results import StayAnswer

OWN_CODES = ("HKG", "MAC", "TWN", "XKX", "PSE")
"""Places that are answered on their own; a remark says which list of codes we follow."""


def held(*answers: Any) -> Iterator[Note]:
    """Yield a note for each answer that is given by the passport of another code."""
    for answer in answers:
        if holder := answer.held_passport:
            values = {"name": answer.nationality.name, "holder": holder.name, "code": holder.code}
            yield Note("held_passport", values)


def _beside_check(registry: Entry, words: Words, found: Iterable[CheckAnswer]) -> Iterator[Note]:
    answers = list(found)
    for one in answers:
        if one.nationality.code in OWN_CODES:
            yield Note("own_code", dict(zip(("nationality", "name"), one.nationality, strict=True)))
    yield from held(*answers)
    if words["reciprocity"]:
        for one in answers:
            if one.reciprocity is None and one.verdict != "citizen":
                yield Note("reciprocity_unknown", {"name": one.nationality.name})
    for one in answers:
        if one.reason == "not_covered" and (acts := registry.naming(one)):
            values = {"name": one.nationality.name, "passport": one.passport}
            yield Note("named_by_act", {**values, "acts": ", ".join(act.id for act in acts)})


def _beside_partners(registry: Entry, words: Words, found: tuple[Partner, ...]) -> Iterator[Note]:
    every = found if words["possible"] else registry.partners(**{**words, "possible": True})
    yield Note("totals", registry.totals(every)._asdict())
    if len(found) < len(every):
        yield Note("possible_left_out", {})
    yield from registry.left_out(**{word: words[word] for word in words if word != "possible"})
    if gap := registry.not_covered(words["passport"], words["on"]):
        yield Note("list_incomplete" if gap["since"] else "list_never_complete", gap)


def _beside_stay(registry: Entry, _words: Words, found: tuple[StayAnswer, ...]) -> Iterator[Note]:
    yield from held(*found)
    yield from registry.stay_remarks(found[0])


class Entry(Base):
    """``check``, ``partners`` and ``stay``."""

    def check(
        self,
        nationality: str,
        *,
        on: date | str | None = None,
        passport: str = "ordinary",
        days: int | None = None,
    ) -> CheckAnswer:
        """Say whether citizens of ``nationality`` may enter without a visa.

        ``on`` is the day of entry, today if left out; with ``days``, whether one visit of so many
        days is allowed. People of a territory without a nationality of its own are answered by the
        passport that they hold. A day more than 366 days after the data's release is unknown.

        Raises:
            UnknownCountryError: the nationality matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            UnknownRecordError: the passport kind does not exist.
            BadNumberError: ``days`` is not a number of days.
        """
        from visamap.domain.entry import check, with_days  # noqa: PLC0415
        from visamap.domain.verdict import Visitor, answer_points  # noqa: PLC0415

        day, (code, held, kind) = self.day(on), self.holding(nationality, passport)
        length = None if days is None else as_number(days)
        points = self._points.get((held, kind))
        if points is None:
            points = self._points[held, kind] = answer_points(self.index, held, kind)
        # Between two neighbouring points the answer is the same but for the day itself.
        stretch = code, kind, bisect_right(points, day)
        answer = self._answers.get(stretch)
        if answer is None:
            history = self.history(held, kind)
            answer = check(self.index, Visitor(code, kind, day), history)
            self._answers[stretch] = answer
        answer = answer._replace(on=day)
        if length is None:
            return answer
        return with_days(self.index, answer, length, self.history(held, kind))

    @question(
        "check",
        "May this nationality enter without a visa?",
        "entering",
        examples=(
            "check THA",
            "check THA --on 2025-03-01 --format json",
            "check Türkiye Deutschland --days 60",
            "check CHE --passport diplomatic --require visa-free",
            "check THA --reciprocity",
        ),
        asked=nothing_required,
        notes=_beside_check,
        to=TO_ANY,
    )
    def check_all(
        self,
        nationalities: words.Nationalities,
        *,
        on: words.On = None,
        passport: words.PassportKind = "ordinary",
        days: words.Days = None,
        reciprocity: words.Reciprocity = False,
    ) -> tuple[CheckAnswer, ...]:
        """Say whether a nationality may enter without a visa.

        On what terms, under which act, and how sure that is. Several nationalities are those of one
        traveller: each is answered once, and the best answer is marked.

        Raises:
            UnknownCountryError: a nationality matches nothing, or two countries.
            WrongUsageError: none is named; or what ``check`` raises.
        """
        from visamap.domain.entry import mark_best  # noqa: PLC0415

        day = self.day(on)
        answers = mark_best(
            self.check(code, on=day, passport=passport, days=days)
            for code in self._held_by_one(nationalities)
        )
        return self.with_reciprocity(answers) if reciprocity else answers

    def _held_by_one(self, nationalities: Iterable[str]) -> tuple[str, ...]:
        """Return the codes of the nationalities of one traveller, who has one at least."""
        if codes := self._resolved(as_list(nationalities)):
            return codes
        raise WrongUsageError(tr("Name a nationality, by its code (THA, TH) or name."))

    def with_reciprocity(self, answers: Iterable[CheckAnswer]) -> tuple[CheckAnswer, ...]:
        """Return answers of ``check`` with what its own citizens get there, where it is known."""
        return tuple(answer._replace(reciprocity=self._returned(answer)) for answer in answers)

    def _returned(self, answer: CheckAnswer) -> dict[str, Any] | None:
        code, home = answer.nationality.code, self.index.home
        if code == home or answer.passport != "ordinary" or answer.on > self.index.horizon:
            return None
        return (
            self.going(home, code, answer.on)._asdict() if code in self.known_abroad(home) else None
        )

    def going(self, passport: str, destination: str, on: date) -> Outbound:
        """Return what a destination asks of a passport: one of ours, by its own law."""
        asked = passport, destination, on
        if asked not in self._abroad:
            if len(self._abroad) >= MOST_PAIRS:
                self._abroad.clear()
            self._abroad[asked] = self._going(*asked)
        return self._abroad[asked]

    def _going(self, passport: str, destination: str, on: date) -> Outbound:
        if destination not in self.index.destinations:
            return self.pair(passport, destination, on)
        from visamap.domain.abroad import homecoming  # noqa: PLC0415

        there = self.entering(destination)
        seen = self.seen(passport, destination, on)
        return homecoming(there.index, there.check(passport, on=on), seen)

    @question(
        "partners",
        "Who enters without a visa?",
        "entering",
        examples=(
            "partners --on 2024-12-31",
            "partners --basis agreement --min-days 90 --format csv",
            "partners --plot growth.svg",
        ),
        notes=_beside_partners,
        to=TO,
    )
    def partners(
        self,
        *,
        on: words.On = None,
        passport: words.PassportKind = "ordinary",
        basis: words.Ground = None,
        min_days: words.MinDays = None,
        possible: words.Possible = False,
    ) -> tuple[Partner, ...]:
        """List the nationalities that enter without a visa on a day.

        Each with its act and terms; only the certain ones, unless the possible ones are asked for
        too. The list is long: narrow it by ground or days, and ask ``check`` for a single
        nationality.

        Raises:
            BadDateError: ``on`` is not a day.
            BeyondHorizonError: ``on`` lies more than 366 days after the data's release.
            UnknownRecordError: the passport kind or the ground does not exist.
            BadNumberError: ``min_days`` is not a number of days.
        """
        from visamap.domain.partners import partners  # noqa: PLC0415

        day = self.day(on)
        self.index.answers_for(day)
        ground = None if basis is None else as_word("ground", basis, BASES)
        least = 0 if min_days is None else as_number(min_days)
        return tuple(
            partner
            for partner in partners(self.index, as_passport(passport), day, self.history)
            if ground in {None, partner.basis}
            and (partner.max_stay_days or 0) >= least
            and (possible or not partner.possible)
        )

    def naming(self, answer: CheckAnswer) -> list[Agreement]:
        """Return the acts in force that name a passport of which ``check`` has no rule to tell."""
        from visamap.domain.acts import perhaps_in_force  # noqa: PLC0415

        holder = answer.held_passport or answer.nationality
        return perhaps_in_force(self.index, holder.code, answer.passport, answer.on)

    def left_out(
        self,
        *,
        on: date | str | None = None,
        passport: str = "ordinary",
        basis: str | None = None,
        min_days: int | None = None,
    ) -> tuple[Note, ...]:
        """Return who is not among ``partners`` of the same question, though much speaks for it.

        Raises:
            BadDateError: ``on`` is not a day.
            BeyondHorizonError: ``on`` lies more than 366 days after the data's release.
            UnknownRecordError: the passport kind does not exist.
            BadNumberError: ``min_days`` is not a number of days.
        """
        from visamap.domain.partners import approved_only, stay_untold  # noqa: PLC0415

        kind, day = as_passport(passport), self.day(on)
        self.index.answers_for(day)
        named: dict[str, list[Country]] = {}
        if min_days is not None:
            as_number(min_days)
            everyone = self.partners(on=day, passport=kind, basis=basis)
            named["stay_untold"] = list(stay_untold(everyone))
        if basis != "unilateral":  # what is approved are agreements
            named["approved_only"] = list(approved_only(self.index, kind, day, self.history))
        return tuple(
            Note(code, {"nationalities": [country._asdict() for country in found]})
            for code, found in named.items()
            if found
        )

    def totals(self, found: Iterable[Partner]) -> Totals:
        """Return how many partners there are, certain ones by basis."""
        from visamap.domain.partners import totals  # noqa: PLC0415

        return totals(found)

    @question(
        "stay",
        "How many days are left?",
        "entering",
        examples=(
            "stay THA --trip 2026-01-03/2026-01-28 --trip 2026-03-01/2026-03-30",
            "stay THA --trip 2026-01-03/ --on 2026-01-20",
            "stay RUS --trips trips.csv --plan 2026-12-01/2026-12-31 --require plan",
            "stay IND --trip 2026-05-01/2026-05-14 --format json",
        ),
        notes=_beside_stay,
        to=TO,
    )
    def stay(
        self,
        nationality: words.Nationality,
        *,
        on: words.On = None,
        trips: words.Trips = (),
        plan: words.Plan = None,
        passport: words.PassportKind = "ordinary",
    ) -> StayAnswer:
        """Say how many days are left, the last day to leave, the first day back.

        Every day of a visit counts, the days of entry and exit too. Leave out visits made on a visa
        or a residence permit. A planned visit that begins on the day asked continues the visit of a
        traveller who is still inside.

        Raises:
            UnknownCountryError: the nationality matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            UnknownRecordError: the passport kind does not exist.
            BadTripsError: trips that are malformed, reversed, in the future, double or overlapping.
        """
        from visamap.domain.entry import check  # noqa: PLC0415
        from visamap.domain.stay import stay  # noqa: PLC0415
        from visamap.domain.verdict import Visitor  # noqa: PLC0415
        from visamap.registry.trips import journey  # noqa: PLC0415

        day, (code, held, kind) = self.day(on), self.holding(nationality, passport)
        told = journey(trips, plan, day)
        history = self.history(held, kind)
        if told.inside and day > self.index.horizon:
            # Who entered before the horizon is followed past it.
            entered = date.fromordinal(told.visits[-1].entry)
            answer = check(self.index, Visitor(code, kind, day), history, entered)
        else:
            answer = self.check(nationality, on=day, passport=passport)
        return stay(self.index, answer, history, told)

    def stay_remarks(self, answer: StayAnswer) -> tuple[Note, ...]:
        """Return what must be said beside an answer of ``stay``: assumptions, days shared."""
        from visamap.domain.stay import remarks  # noqa: PLC0415

        return tuple(remarks(answer))

"""A journey through several states: each leg is judged with all that came before it in its state.

A leg that is not allowed is counted in full all the same; one on a visa is not, for a visa has days
of its own. A limit is that of the traveller: it counts the legs with every passport.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import add
from typing import NamedTuple

from visamap.dates import ONE_DAY
from visamap.domain.counting import Counter, Reach, Visit, rulebook
from visamap.domain.entry import duties, fitting
from visamap.domain.stay import (
    SATURDAY,
    Case,
    Journey,
    counted,
    day_of,
    last_day,
    outlook,
    planned,
    too_short,
)
from visamap.domain.verdict import Run, run_at, visitor_of
from visamap.results.act_results import EVisa
from visamap.results.check_results import CheckAnswer, DutyNote
from visamap.results.trip_results import Leg, ToDo
from visamap.store.index import Index
from visamap.values import made_of
from visamap.vocabulary import LegReason, ToDoKind


class Stage(NamedTuple):
    """A leg as it is told: ordinals, ``exit`` is ``None`` where it is open."""

    destination: str
    entry: int
    exit: int | None
    on_visa: bool = False

    @property
    def days(self) -> int | None:
        """How long it is, entry and exit counted."""
        return None if self.exit is None else self.exit - self.entry + 1


class Holder(NamedTuple):
    """Who comes to a state: its records, the answer for the day of entry, the history behind it."""

    records: Index
    answer: CheckAnswer
    history: list[Run]

    @property
    def electronic(self) -> EVisa | None:
        """The electronic visa that may be asked for."""
        from visamap.domain.visas import e_visa_of  # noqa: PLC0415  many journeys need no visa

        return e_visa_of(self.records, self.answer)


class Behind(NamedTuple):
    """What lies before a leg in its state: the visits that count, the legs that were on a visa."""

    visits: list[Visit]
    on_visa: list[int]


def leg(who: Holder, number: int, stage: Stage, behind: Behind, today: date) -> Leg:
    """Judge one leg, given what lies behind it in its state."""
    answer, rules = who.answer, rulebook(who.history, who.records.horizon)
    entry, leaving, before = stage.entry, stage.exit, behind.visits
    counter = Counter(before)
    reach = rules.reach(counter, entry)
    plan = None
    allowed: bool | None
    reason: LegReason
    if stage.on_visa:
        allowed, reason = _on_visa(answer, who.electronic, stage)
    elif leaving is None:
        allowed, reason = _open(answer, reach, entry)
    else:
        journey = Journey(tuple(before), False, Visit(entry, leaving))
        case = Case(entry, rules, counter, journey)
        plan = planned(case, outlook(case))
        assert plan is not None  # noqa: S101  it was given
        allowed, reason = plan.allowed, plan.reason or answer.reason
    end = leaving or (entry if reach.last is None else max(entry, reach.last))
    days, over = stage.days, plan.first_overstay if plan else None
    # Where terms change on the way, those of the day that decides.
    terms = rules.at(entry, over.toordinal() if over else end)
    later = rules.first_entry(counter, entry, days=days) if plan and allowed is False else None
    release = who.records.data.release
    inside = Case(end, rules, Counter([*before, Visit(entry, end)]), Journey((), False, None))
    return made_of(
        Leg,
        answer,
        leg=number,
        best=True,
        on_visa=stage.on_visa,
        entry=date.fromordinal(entry),
        exit=day_of(leaving),
        days=days,
        allowed=allowed,
        reason=reason,
        limits=()
        if stage.on_visa
        else tuple(
            counted(inside, limit, reach, doubtful=limit in terms.doubtful, entry=entry)
            for limit in terms.limits
        ),
        to_do=tuple(_to_do(who, stage, behind, today, allowed=allowed)),
        visas=answer.visas if allowed or days is None else fitting(who.records, answer.visas, days),
        latest_exit=day_of(_latest(who, stage, reach)) if leaving is None else None,
        longest_stay=plan.longest_stay if plan else None,
        first_entry=day_of(later) if later and later <= rules.last_entry else None,
        first_overstay=plan.first_overstay if plan else None,
        as_known_on=release if end > release.toordinal() else None,
    )


def _open(answer: CheckAnswer, reach: Reach, entry: int) -> tuple[bool | None, LegReason]:
    """Judge a leg without an end by its first day; how long it may be must be known."""
    if answer.verdict != "visa_free":
        return {"citizen": True, "visa_required": False}.get(answer.verdict), answer.reason
    if reach.reason == "no_limit_known" and reach.last is None:
        return None, reach.reason
    if reach.last is None or reach.last >= entry:
        return True, answer.reason
    return (None if reach.reason == "limit_uncertain" else False), reach.reason


def _latest(who: Holder, stage: Stage, reach: Reach) -> int | None:
    """Return the last lawful day of a leg that has no end yet."""
    if not stage.on_visa or who.answer.verdict == "citizen":
        return reach.last
    electronic = who.electronic
    stay = electronic.stay_days if electronic else None
    return None if stay is None else stage.entry + stay - 1


def _on_visa(
    answer: CheckAnswer, electronic: EVisa | None, stage: Stage
) -> tuple[bool | None, LegReason]:
    """Judge a leg on a visa by what the electronic one allows; of another nothing is known."""
    if answer.verdict == "citizen":
        return True, "citizen"
    if answer.reason == "beyond_horizon":
        return None, answer.reason
    if electronic is None or electronic.stay_days is None:
        return None, "visa_terms_unknown"
    if (stage.days or 1) > electronic.stay_days:
        return False, "visa_too_short"
    return True, "visa"


ON_VISA = frozenset({"registration", "host-notice", "border-zone"})
"""Duties that are the same for who comes on a visa."""


def _to_do(
    who: Holder, stage: Stage, behind: Behind, today: date, *, allowed: bool | None
) -> Iterator[ToDo]:
    """Yield what must be done for a leg: before the journey, at the border, after it."""
    entry, days = date.fromordinal(stage.entry), stage.days
    if who.answer.reason in {"citizen", "beyond_horizon"}:
        return
    if stage.on_visa or not allowed:
        yield from _visa(who, stage, behind, today)
    if not (allowed or stage.on_visa):
        return
    for duty in _duties(who, entry, on_visa=stage.on_visa):
        if duty.voluntary or too_short(duty, days):
            continue
        by = last_day(entry, duty)
        sources = who.records.sources(who.records.record("duties", duty.id)["sources"])
        yield ToDo(duty.kind, by, duty.text, sources, duty.short, duty.by, _late(by, today))


def _visa(who: Holder, stage: Stage, behind: Behind, today: date) -> Iterator[ToDo]:
    """Yield which visa to ask for by when; one for a single entry is used up by an earlier leg."""
    electronic = who.electronic
    if electronic is not None and (stage.days or 1) <= (electronic.stay_days or 1):
        by = _working_days_before(date.fromordinal(stage.entry), electronic.working_days)
        said, late = electronic.processing, _late(by, today)
        shown = (
            said.text,
            said.sources,
            None,
            "traveller",
            late,
            electronic.portal,
            electronic.conditions,
        )
        yield ToDo("e-visa", by, *shown)
        if stage.on_visa and behind.on_visa:
            what: ToDoKind = "several-entries" if electronic.several_entries else "another-visa"
            yield ToDo(what, by, "", electronic.sources, None, "traveller", late)
    else:
        yield ToDo("visa", None, "", (), None, "traveller")
    if who.answer.visas.invitation_exempt is False:
        yield ToDo("invitation", None, "", (), None, "host")


def _late(by: date | None, today: date) -> bool:
    return by is not None and by < today


def _working_days_before(entry: date, days: int | None) -> date | None:
    """Return the last day on which so many working days lie before an entry."""
    if days is None:
        return None
    day = entry
    while days:
        day -= ONE_DAY
        days -= day.weekday() < SATURDAY
    return day


def _duties(who: Holder, entry: date, *, on_visa: bool) -> Iterator[DutyNote]:
    visitor = visitor_of(who.records, who.answer.nationality.code, who.answer.passport, entry)
    if on_visa:
        return duties(who.records, visitor, None, ON_VISA)
    return duties(who.records, visitor, who.history[run_at(who.history, entry)].judgement.chosen)


ENDLESS = 10_000
"""Stands for a stay that no limit of days ends."""


def best_passports(legs: Sequence[Sequence[Leg]]) -> list[int]:
    """Return which of several passports to use on each leg, by its place in ``legs``.

    ``legs`` are all legs with the first passport, all with the second, and so on. As many legs as
    can be pass, a citizen comes as one; among these ways, the passport changes as seldom as can be,
    for one and the same is shown on both sides of a border; then the longer stay decides.
    """
    ways: list[tuple[tuple[int, ...], list[int]]] = [((0,) * 6, [])]
    for at in range(len(legs[0])):
        found = []
        for passport, of_it in enumerate(legs):
            one = of_it[at]
            bad = one.allowed is False, one.allowed is None, not one.surely_allowed
            foreign, endless = one.verdict != "citizen", one.reason == "unlimited"
            stay = ENDLESS if endless else one.max_stay_days or 0
            after = [
                (
                    tuple(map(add, cost, (*bad, foreign, chosen[-1:] != [passport], -stay))),
                    [*chosen, passport],
                )
                for cost, chosen in ways
            ]
            found.append(min(after))
        ways = found
    return min(ways)[1]

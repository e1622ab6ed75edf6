"""A journey through several states: each leg is judged with all that came before it in its state.

A leg that is not allowed is counted in full all the same; one on a visa is not, for a visa has days
of its own. A limit is that of the traveller: it counts the legs with every passport.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import add
from typing import NamedTuple

from visamap.dates import ONE_DAY
from visamap.domain.counting import Counter, Rulebook, Visit, rulebook
from visamap.domain.entry import duties
from visamap.domain.stay import Case, Journey, counted, day_of, last_day, outlook, planned
from visamap.domain.verdict import Run, Visitor, run_at
from visamap.domain.visas import e_visa_of
from visamap.results.acts import EVisa
from visamap.results.check import CheckAnswer, DutyNote
from visamap.results.trip import Leg, ToDo
from visamap.store.index import Index
from visamap.vocabulary import LegReason


class Stage(NamedTuple):
    """A leg as it is told: ordinals, ``exit`` is ``None`` where it is open."""

    destination: str
    entry: int
    exit: int | None
    on_visa: bool = False


class Holder(NamedTuple):
    """Who comes to a state: its records, the answer for the day of entry, the history behind it."""

    records: Index
    answer: CheckAnswer
    history: list[Run]


def leg(who: Holder, number: int, stage: Stage, before: Sequence[Visit], today: date) -> Leg:
    """Judge one leg, given the earlier visits to its state that count."""
    answer, rules = who.answer, rulebook(who.history, who.records.horizon)
    entry, leaving = stage.entry, stage.exit
    counter = Counter(before)
    reach = rules.reach(counter, entry)
    electronic = e_visa_of(who.records, answer)
    plan = None
    if stage.on_visa:
        allowed, reason = _on_visa(answer, electronic, stage)
    elif leaving is None:
        allowed = {"citizen": True, "visa_required": False, "unknown": None}.get(
            answer.verdict, reach.last is None or reach.last >= entry
        )
        reason = answer.reason if allowed or answer.verdict != "visa_free" else reach.reason
    else:
        journey = Journey(tuple(before), False, Visit(entry, leaving))
        case = Case(entry, rules, counter, journey)
        plan = planned(case, outlook(case))
        assert plan is not None  # noqa: S101  it was given
        allowed, reason = plan.allowed, plan.reason or answer.reason
    end = leaving or (entry if reach.last is None else max(entry, reach.last))
    days = None if leaving is None else leaving - entry + 1
    inside = Case(end, rules, Counter([*before, Visit(entry, end)]), Journey((), False, None))
    return Leg(
        leg=number,
        nationality=answer.nationality,
        passport=answer.passport,
        best=True,
        on_visa=stage.on_visa,
        destination=answer.destination,
        entry=date.fromordinal(entry),
        exit=day_of(leaving),
        days=days,
        verdict=answer.verdict,
        allowed=allowed,
        reason=reason,
        max_stay_days=answer.max_stay_days,
        limits=()
        if stage.on_visa
        else tuple(
            counted(inside, limit, reach, doubtful=limit in answer.doubtful_limits, entry=entry)
            for limit in answer.limits
        ),
        to_do=tuple(_to_do(who, stage, electronic, allowed, today)),
        border=None,
        visas=answer.visas,
        conditional=answer.conditional,
        advisories=answer.advisories,
        latest_exit=day_of(reach.last) if leaving is None and not stage.on_visa else None,
        longest_stay=plan.longest_stay if plan else None,
        first_entry=_first_entry(rules, counter, entry, days)
        if allowed is False and plan
        else None,
        first_overstay=plan.first_overstay if plan else None,
        as_known_on=answer.as_known_on,
        held_passport=answer.held_passport,
        ground=answer.ground,
        confidence=answer.confidence,
        sources=answer.sources,
    )


def _on_visa(
    answer: CheckAnswer, electronic: EVisa | None, stage: Stage
) -> tuple[bool | None, LegReason]:
    """Judge a leg on a visa by what the electronic one allows; of another nothing is known."""
    if answer.verdict == "citizen":
        return True, "citizen"
    if electronic is None or electronic.stay_days is None:
        return None, "visa_terms_unknown"
    if stage.exit is not None and stage.exit - stage.entry + 1 > electronic.stay_days:
        return False, "visa_too_short"
    return True, "visa"


def _first_entry(rules: Rulebook, counter: Counter, entry: int, days: int | None) -> date | None:
    """Return the first later day from which so long a visit would be lawful, where one is known."""
    day, known = entry, rules.last_entry
    while day <= known and days is not None:
        start = rules.first_entry(counter, day)
        if start is None or start > known:
            return None
        reach = rules.reach(counter, start)
        if reach.last is None or reach.last >= start + days - 1:
            return day_of(start)
        day = start + 1
    return None


ON_VISA = frozenset({"registration", "host-notice", "border-zone"})
"""Duties that are the same for who comes on a visa."""
SATURDAY = 5


def _to_do(
    who: Holder, stage: Stage, electronic: EVisa | None, allowed: bool | None, today: date
) -> Iterator[ToDo]:
    """Yield what must be done for a leg: before the journey, at the border, after it."""
    entry = date.fromordinal(stage.entry)
    if who.answer.verdict == "citizen":
        return
    if stage.on_visa or not allowed:
        yield from _visa(who, electronic, entry, today)
    if allowed or stage.on_visa:
        for duty in _duties(who, entry, on_visa=stage.on_visa):
            over = duty.stay_over_days
            days = None if stage.exit is None else stage.exit - stage.entry + 1
            if duty.voluntary or (over is not None and days is not None and days <= over):
                continue
            by = None
            if duty.within_days is not None:
                by = last_day(entry, duty.within_days, working=duty.day_kind == "working")
            sources = who.records.sources(who.records.record("duties", duty.id)["sources"])
            yield ToDo(duty.kind, by, duty.text, sources, duty.short, duty.by, _late(by, today))


def _visa(who: Holder, electronic: EVisa | None, entry: date, today: date) -> Iterator[ToDo]:
    hints = who.answer.visas
    if electronic is not None:
        by = _working_days_before(entry, electronic.working_days)
        said = electronic.processing
        yield ToDo(
            "e-visa", by, said.text, said.sources, electronic.portal, "traveller", _late(by, today)
        )
    else:
        yield ToDo("visa", None, "", (), None, "traveller")
    if hints.invitation_exempt is False:
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
    holder = who.records.holder(who.answer.nationality.code, who.answer.passport, entry)
    visitor = Visitor(holder, who.answer.passport, entry)
    if on_visa:
        yield from duties(who.records, visitor, None, kinds=ON_VISA)
    else:
        yield from duties(
            who.records, visitor, who.history[run_at(who.history, entry)].judgement.chosen
        )


def best_passports(legs: Sequence[Sequence[Leg]]) -> list[int]:
    """Return which of several passports to use on each leg, by its place in ``legs``.

    ``legs`` are all legs with the first passport, all with the second, and so on. As many legs as
    can be pass; among these ways, the passport changes as seldom as can be, for one and the same is
    shown on both sides of a border; then the longer stay decides.
    """
    ways: list[tuple[tuple[int, ...], list[int]]] = [((0,) * 5, [])]
    for at in range(len(legs[0])):
        found = []
        for passport, of_it in enumerate(legs):
            one = of_it[at]
            bad = one.allowed is False, one.allowed is None, not one.surely_allowed
            stay = -(one.max_stay_days or 0)
            after = [
                (tuple(map(add, cost, (*bad, chosen[-1:] not in ([], [passport]), stay))), chosen)
                for cost, chosen in ways
            ]
            cost, chosen = min(after)
            found.append((cost, [*chosen, passport]))
        ways = found
    return min(ways)[1]

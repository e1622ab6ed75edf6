"""Trips and legs as travellers write them, put in the order of time; all slips are told at once.

A trip is ``2026-01-03/2026-01-28``, or ``2026-01-03/`` for who is still inside. A leg is
``KAZ:2027-05-01/2027-05-12``, with ``:visa`` behind it where it is made on a visa; the last one may
be open (``KAZ:2027-05-01/``). ``..`` stands for the slash too, and a number of days, both ends
counted, for the exit: ``2027-05-01/20d``, ``2027-05-01+20``. Whether a visit is lawful or a leg
allowed is not asked here.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from shlex import join
from typing import Any, NamedTuple

from visamap.arguments import LegTold, Trip, WrittenTrip, as_day, as_list
from visamap.clock import today
from visamap.domain.counting import Visit
from visamap.domain.stay import Journey
from visamap.domain.trip import Stage
from visamap.errors import BadDateError, BadTripsError, VisamapError, shortened
from visamap.i18n import mark, tr

FORM = mark("write ENTRY/EXIT, for example 2026-01-03/2026-01-28")
MOST_TRIPS = 20_000
"""Nobody travels as often; a longer list is not what it is taken for."""
STILL_INSIDE = ("", "..")
"""What may stand for the exit of a traveller who has not left; the second is ISO 8601-2."""


LASTING = re.compile(
    r"(?P<entry>.*[^\s/])\s*(?:/\s*(?P<days>[1-9][0-9]{0,3})\s*[dD]|/?\s*\+\s*(?P<more>[1-9][0-9]{0,3}))"
)
"""A visit as its first day and its number of days."""


class _Read(NamedTuple):
    name: str
    visit: Visit
    inside: bool

    def __str__(self) -> str:
        leaving = "" if self.inside else date.fromordinal(self.visit.exit).isoformat()
        return f"{self.name} ({date.fromordinal(self.visit.entry)}/{leaving})"


def journey(trips: Iterable[Trip | WrittenTrip], plan: Trip | None, on: date) -> Journey:
    """Return the visits of a traveller up to the day ``on`` and the one that is planned."""
    problems: list[str] = []
    found: list[_Read] = []
    given = as_list(trips)
    countable(len(given))
    if plan is None:
        given, plan = _ahead(given, on)
    for number, trip in enumerate(given, 1):
        try:
            if not isinstance(trip, WrittenTrip):
                trip = written(tr("trip {number}", number=number), trip)  # noqa: PLW2901
            found.append(_past(trip, on))
        except ValueError as slip:
            problems.append(str(slip))
    planned = None
    if plan is not None:
        try:
            planned = _planned(_as_told(plan), on)
        except ValueError as slip:
            problems.append(str(slip))
    found.sort(key=lambda read: (read.visit, read.inside))
    problems += _collisions(found)
    if problems:
        raise BadTripsError(problems)
    inside = any(read.inside for read in found)
    return Journey(tuple(read.visit for read in found), inside, planned)


def _ahead(trips: list[Any], on: date) -> tuple[list[Any], Trip | None]:
    """Return the trips without the one that is still to come, and that one as the plan.

    Where several are to come, all of them stay trips, and are refused as such.
    """
    to_come = [at for at, trip in enumerate(trips) if _begins_after(trip, on)]
    if len(to_come) != 1:
        return trips, None
    (at,) = to_come
    return [*trips[:at], *trips[at + 1 :]], trips[at]


def _begins_after(trip: Any, on: date) -> bool:
    with suppress(ValueError):
        ends = written("", trip)
        # One that never ends is no plan: its slip is told as a trip's.
        inside = ends.exit is None or ends.exit in STILL_INSIDE
        return not inside and not ends.problem and _day(ends, ends.entry) > on
    return False


def countable(number: int) -> None:
    """Refuse a list of more trips than anybody makes, before time is lost with it."""
    if number > MOST_TRIPS:
        many = tr("There are more than {most} trips; leave out the oldest.", most=MOST_TRIPS)
        raise BadTripsError([many])


def written(name: str, trip: Trip | WrittenTrip) -> WrittenTrip:
    """Return a trip as its two ends; a ``ValueError`` where it has not two."""
    if isinstance(trip, WrittenTrip):
        return trip
    if isinstance(trip, str):
        if ends := _ends(trip):
            return WrittenTrip(name, *ends)
        try:
            as_day(trip, year=False)
        except BadDateError:
            raise _no_pair(name, trip) from None
        raise ValueError(
            tr(
                "{name} ({trip!r}) has one day only; {form}, or {entry}/ while still inside.",
                name=name,
                trip=shortened(trip),
                form=tr(FORM),
                entry=shortened(trip.strip()),
            )
        )
    if isinstance(trip, Mapping):
        if not {"entry", "exit"} <= set(trip):
            raise ValueError(
                tr("{name} needs both `entry` and `exit` (null while still inside).", name=name)
            )
        until = trip["exit"]
        until = until.strip() if isinstance(until, str) else until
        return WrittenTrip(name, trip["entry"] or "", until)
    try:
        entry_day, exit_day = trip
    except (TypeError, ValueError):
        raise _no_pair(name, trip) from None
    return WrittenTrip(name, entry_day, exit_day)


def _ends(text: str) -> tuple[str, date | str] | None:
    """Return the two ends of a visit; ``None`` where there are not two.

    A number of days in place of the exit counts both ends. An entry that is no day is left for
    whoever reads it to refuse.
    """
    text = text.strip()
    if lasting := LASTING.fullmatch(text):
        entry, days = lasting["entry"].strip(), int(lasting["days"] or lasting["more"])
        try:
            return entry, as_day(entry, year=False) + timedelta(days - 1)
        except (BadDateError, OverflowError):
            return entry, f"{days}d"
    for between in ("/", STILL_INSIDE[1]):
        entry, found, leaving = text.partition(between)
        if found:
            return entry.strip(), leaving.strip()
    return None


def _no_pair(name: str, trip: object) -> ValueError:
    form = tr(FORM)
    return ValueError(
        tr(
            "{name} ({trip!r}) is not a pair of days; {form}.",
            name=name,
            trip=shortened(str(trip)),
            form=form,
        )
    )


def _past(trip: WrittenTrip, on: date) -> _Read:
    """Return a trip that has begun; a ``ValueError`` says why it is none."""
    if trip.problem:
        raise ValueError(f"{trip.name}: {trip.problem}")
    inside = trip.exit is None or trip.exit in STILL_INSIDE
    entry = _day(trip, trip.entry)
    leaving = on if inside or trip.exit is None else _day(trip, trip.exit)
    wrong = {
        mark("{trip} leaves before it enters; swap the two days."): leaving < entry and not inside,
        mark(
            "{trip} begins after {on}, the day asked; give a future trip as the plan, or ask for a "
            "later day."
        ): entry > on,
        mark(
            "{trip} ends after {on}, the day asked; write {entry}/ for a traveller who is still "
            "inside, or ask for a later day."
        ): leaving > on,
    }
    _refuse(wrong, trip, entry, "" if inside else leaving, on)
    return _Read(trip.name, Visit(entry.toordinal(), leaving.toordinal()), inside)


def _as_told(plan: Trip) -> WrittenTrip:
    """Return a plan as its two ends; of one that is a day only, the exit is missing."""
    if isinstance(plan, str) and not _ends(plan):
        with suppress(BadDateError):
            as_day(plan, year=False)
            plan = f"{plan}/"
    return written(tr("the plan"), plan)


def _planned(trip: WrittenTrip, on: date) -> Visit:
    """Return a trip to come; a ``ValueError`` says why it is none."""
    entry = _day(trip, trip.entry)
    if trip.exit is None or trip.exit in STILL_INSIDE:
        raise ValueError(
            tr(
                "{trip} needs an exit; the answer also says how long it may be.",
                trip=f"{trip.name} ({entry}/)",
            )
        )
    leaving = _day(trip, trip.exit)
    wrong = {
        mark("{trip} leaves before it enters; swap the days."): leaving < entry,
        mark(
            "{trip} begins before {on}, the day asked; a visit that has begun is a trip, not a "
            "plan."
        ): entry < on,
    }
    _refuse(wrong, trip, entry, leaving, on)
    return Visit(entry.toordinal(), leaving.toordinal())


def _refuse(
    wrong: Mapping[str, bool], trip: WrittenTrip, entry: date, leaving: date | str, on: date
) -> None:
    """Raise a ``ValueError`` that says the first thing that is wrong with a trip, if any is."""
    for said, holds in wrong.items():
        if holds:
            shown = f"{trip.name} ({entry}/{leaving})"
            raise ValueError(tr(said, trip=shown, entry=entry.isoformat(), on=on))


def _day(trip: WrittenTrip, value: date | str) -> date:
    try:
        return as_day(value, year=False)
    except BadDateError as slip:
        ends = f"{trip.entry}/{'' if trip.exit is None else trip.exit}"
        raise ValueError(f"{trip.name} ({shortened(ends)}): {slip}") from None


def _collisions(found: list[_Read]) -> Iterable[str]:
    """Yield the trips that cannot both be true; they may share a day, not more."""
    if not found:
        return
    furthest = found[0]
    for read in found[1:]:
        if read.visit == furthest.visit and read.inside == furthest.inside:
            yield tr(
                "{trip} is the same as {other}; leave one of them out.",
                trip=str(read),
                other=furthest.name,
            )
        elif read.visit.entry < furthest.visit.exit or furthest.inside:
            yield tr(
                "{trip} overlaps {other}; correct one of them (two trips may share only the day "
                "of exit and entry).",
                trip=str(read),
                other=str(furthest),
            )
        if read.visit.exit >= furthest.visit.exit:
            furthest = read


LEG_FORM = mark("write DESTINATION:ENTRY/EXIT, for example KAZ:2027-05-01/2027-05-12")
VISA = "visa"
MOST_LEGS = 50
ON_VISA = {
    **dict.fromkeys(("true", "1", "yes", "y", "x", "+", VISA, "e-visa", "да", "виза", "иә"), True),
    **dict.fromkeys(("", "-", "0", "false", "no", "n", "none", "нет", "без визы", "жоқ"), False),
}
"""What says in a file whether a leg is made on a visa; anything else is not guessed at."""


def stages(
    legs: Iterable[LegTold], past: Iterable[LegTold], resolve: Callable[[str], str]
) -> tuple[list[Stage], list[Stage]]:
    """Return the legs in the order told and the past visits in that of time.

    ``resolve`` returns the code of a destination.
    """
    problems: list[str] = []
    told = _read(mark("leg {n}"), legs, resolve, problems)
    before = _read(mark("past visit {n}"), past, resolve, problems)
    endless = [name for name, stage in told[:-1] if stage.exit is None]
    problems += [tr("{leg} has no exit; only the last leg may be open.", leg=n) for n in endless]
    problems += [tr("{leg} has no exit.", leg=n) for n, stage in before if stage.exit is None]
    before.sort(key=lambda one: (one[1].entry, one[1].exit or one[1].entry))
    for (name, early), (other, late) in pairwise([*before, *told]):
        if late.entry < (early.exit or early.entry):
            problems.append(
                tr(
                    "{leg} begins before {other} ends; put them in the order of time, or correct "
                    "the days.",
                    leg=other,
                    other=name,
                )
            )
    if not told and not problems:
        raise no_leg()
    if problems:
        raise BadTripsError(problems)
    return [stage for _, stage in told], [stage for _, stage in before]


def no_leg(countries: Sequence[str] = ()) -> BadTripsError:
    """Return the refusal of a journey without a leg; an example has the ``countries`` as typed."""
    said = [tr("A journey needs a leg: {form}.", form=tr(LEG_FORM))]
    if len(countries) > 1:
        passport, *through = countries
        first = today() + timedelta(30)
        ends = [first + timedelta(10 * n) for n in range(len(through) + 1)]
        legs = [
            f"{where}:{entry}/{leaving}"
            for where, (entry, leaving) in zip(through, pairwise(ends), strict=True)
        ]
        typed = join(["visamap", "trip", passport, *legs])
        said.append(tr("Through these countries, for example: `{command}`.", command=typed))
    return BadTripsError(said)


def _read(
    name: str, legs: Iterable[LegTold], resolve: Callable[[str], str], problems: list[str]
) -> list[tuple[str, Stage]]:
    found = []
    for number, leg in enumerate(as_list(legs), 1):
        if number > MOST_LEGS:
            problems.append(tr("There are more than {most} legs.", most=MOST_LEGS))
            break
        try:
            told = written_leg(tr(name, n=number), leg)
            stage = _stage(told, resolve)
            found.append((_shown(told.name, stage), stage))
        except ValueError as slip:
            problems.append(str(slip))
    return found


def written_leg(name: str, leg: LegTold) -> WrittenTrip:
    """Return a leg by its parts, or raise a ``ValueError``; messages call it by its ``name``."""
    if isinstance(leg, WrittenTrip):
        return leg
    if isinstance(leg, Mapping):
        if not {"destination", "entry"} <= {key for key, value in leg.items() if value}:
            raise ValueError(
                tr(
                    "{name} needs `destination` and `entry`, and `exit` unless it is open.",
                    name=name,
                )
            )
        on_visa = ON_VISA.get((said := str(leg.get(VISA) or "").strip()).lower())
        problem = None
        if on_visa is None:
            problem = tr("{said!r} stands under `visa`; write yes or no.", said=shortened(said))
        entry: Any = leg["entry"]
        until: Any = leg.get("exit")
        return WrittenTrip(name, entry, until, problem, str(leg["destination"]), bool(on_visa))
    where, _, days = str(leg).strip().partition(":")
    days, _, more = days.partition(":")
    ends = _ends(days)
    if not where or not ends or more.strip().lower() not in {"", VISA}:
        shown, form = shortened(str(leg)), tr(LEG_FORM)
        raise ValueError(tr("{name} ({leg!r}) is no leg; {form}.", name=name, leg=shown, form=form))
    return WrittenTrip(name, *ends, None, where.strip(), bool(more))


def _stage(leg: WrittenTrip, resolve: Callable[[str], str]) -> Stage:
    """Return a leg as it is judged; a ``ValueError`` says why it is none."""
    if leg.problem:
        raise ValueError(f"{leg.name}: {leg.problem}")
    shown = shortened(f"{leg.destination}:{leg.entry}/{leg.exit or ''}")
    try:
        code = resolve(leg.destination)
        first = as_day(leg.entry, year=False).toordinal()
        last = None
        if leg.exit is not None and leg.exit not in STILL_INSIDE:
            last = as_day(leg.exit, year=False).toordinal()
    except VisamapError as slip:
        raise ValueError(f"{leg.name} ({shown}): {slip}") from None
    if last is not None and last < first:
        said = tr("{leg} leaves before it enters; swap the days.", leg=f"{leg.name} ({shown})")
        raise ValueError(said)
    return Stage(code, first, last, leg.on_visa)


def _shown(name: str, stage: Stage) -> str:
    first, last = date.fromordinal(stage.entry), stage.exit and date.fromordinal(stage.exit)
    return f"{name} ({stage.destination}:{first}/{last or ''})"

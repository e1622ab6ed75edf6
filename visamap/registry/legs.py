"""Legs of a journey and past visits as people write them; all slips are told at once.

A leg is ``KAZ:2027-05-01/2027-05-12``, with ``:visa`` behind it where it is made on a visa; the
last one may be open (``KAZ:2027-05-01/``). Whether a leg is allowed is not asked here.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from visamap.arguments import LegTold, WrittenTrip, as_day, as_list
from visamap.domain.trip import Stage
from visamap.errors import BadTripsError, VisamapError, shortened
from visamap.i18n import mark, tr
from visamap.registry.trips import STILL_INSIDE

FORM = mark("write DESTINATION:ENTRY/EXIT, for example KAZ:2027-05-01/2027-05-12")
VISA = "visa"
MOST_LEGS = 50
NO_VISA = frozenset({
    "", "-", "0", "false", "n", "n/a", "no", "no visa", "none", "not needed", "visa-free",
    "without", "нет", "без визы", "не нужна", "жоқ", "визасыз", "керек емес",
})  # fmt: skip
"""What says in a file that a leg is made without a visa."""


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


def no_leg() -> BadTripsError:
    """Return the refusal of a journey without a leg."""
    return BadTripsError([tr("A journey needs a leg: {form}.", form=tr(FORM))])


def _read(
    name: str, legs: Iterable[LegTold], resolve: Callable[[str], str], problems: list[str]
) -> list[tuple[str, Stage]]:
    found = []
    for number, leg in enumerate(as_list(legs), 1):
        if number > MOST_LEGS:
            problems.append(tr("There are more than {most} legs.", most=MOST_LEGS))
            break
        try:
            told = written(tr(name, n=number), leg)
            stage = _stage(told, resolve)
            found.append((_shown(told.name, stage), stage))
        except ValueError as slip:
            problems.append(str(slip))
    return found


def written(name: str, leg: LegTold) -> WrittenTrip:
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
        on_visa = str(leg.get(VISA) or "").strip().lower() not in NO_VISA
        ends: tuple[Any, Any] = leg["entry"], leg.get("exit")
        return WrittenTrip(name, *ends, None, str(leg["destination"]), on_visa)
    where, _, days = str(leg).strip().partition(":")
    days, _, more = days.partition(":")
    entry, slash, leaving = (part.strip() for part in days.partition("/"))
    if not where or not slash or more.strip().lower() not in {"", VISA}:
        shown, form = shortened(str(leg)), tr(FORM)
        raise ValueError(tr("{name} ({leg!r}) is no leg; {form}.", name=name, leg=shown, form=form))
    return WrittenTrip(name, entry, leaving, None, where.strip(), bool(more))


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

"""Legs of a journey and past visits as people write them; all slips are told at once.

A leg is ``KAZ:2027-05-01/2027-05-12``, with ``:visa`` behind it where it is made on a visa; the
last one may be open (``KAZ:2027-05-01/``). Whether a leg is allowed is not asked here.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from visamap.arguments import LegTold, as_day, as_list
from visamap.domain.trip import Stage
from visamap.errors import BadDateError, BadTripsError, VisamapError, shortened
from visamap.i18n import mark, tr

FORM = mark("write DESTINATION:ENTRY/EXIT, for example KAZ:2027-05-01/2027-05-12")
VISA = "visa"
MOST_LEGS = 50
OPEN = ("", "..")


def stages(
    legs: Iterable[LegTold], past: Iterable[LegTold], resolve: Callable[[str], str]
) -> tuple[list[Stage], list[Stage]]:
    """Return the legs in the order told and the past visits in that of time.

    ``resolve`` returns the code of a destination.

    Raises:
        BadTripsError: one cannot be read, ends before it begins, or begins before the one before
            it ends; a past visit is open, overlaps another or ends after the first leg begins.
    """
    problems: list[str] = []
    told = _read(mark("leg {n}"), legs, resolve, problems)
    before = _read(mark("past visit {n}"), past, resolve, problems)
    for name, stage in told[:-1]:
        if stage.exit is None:
            said = tr("{leg} has no exit; only the last leg may be open.", leg=_shown(name, stage))
            problems.append(said)
    for name, stage in before:
        if stage.exit is None:
            problems.append(tr("{leg} has no exit.", leg=_shown(name, stage)))
    before.sort(key=lambda one: (one[1].entry, one[1].exit or one[1].entry))
    for (name, early), (other, late) in zip([*before, *told], [*before, *told][1:], strict=False):
        if late.entry < (early.exit or early.entry):
            problems.append(
                tr(
                    "{leg} begins before {other} ends; put them in the order of time, or correct "
                    "the days.",
                    leg=_shown(other, late),
                    other=_shown(name, early),
                )
            )
    if not told and not problems:
        problems.append(tr("A journey needs a leg: {form}.", form=tr(FORM)))
    if problems:
        raise BadTripsError(problems)
    return [stage for _, stage in told], [stage for _, stage in before]


def _read(
    name: str, legs: Iterable[LegTold], resolve: Callable[[str], str], problems: list[str]
) -> list[tuple[str, Stage]]:
    found = []
    for number, leg in enumerate(as_list(legs), 1):
        called = tr(name, n=number)
        if number > MOST_LEGS:
            problems.append(tr("There are more than {most} legs.", most=MOST_LEGS))
            break
        try:
            found.append((called, _stage(called, leg, resolve)))
        except BadTripsError as slip:
            problems += slip.problems
    return found


def _stage(name: str, leg: LegTold, resolve: Callable[[str], str]) -> Stage:
    where, entry, leaving, on_visa = _parts(name, leg)
    shown = shortened(leg if isinstance(leg, str) else f"{where}:{entry}/{leaving or ''}")
    try:
        code = resolve(where)
        first = as_day(entry, year=False).toordinal()
        last = None if leaving in {None, *OPEN} else as_day(leaving, year=False).toordinal()
    except BadDateError as slip:
        raise BadTripsError([f"{name} ({shown}): {slip}"]) from None
    except VisamapError as slip:
        raise BadTripsError([f"{name} ({shown}): {slip}"]) from None
    if last is not None and last < first:
        said = tr("{leg} leaves before it enters; swap the days.", leg=f"{name} ({shown})")
        raise BadTripsError([said])
    return Stage(code, first, last, on_visa)


def _parts(name: str, leg: LegTold) -> tuple[str, Any, Any, bool]:
    if isinstance(leg, Mapping):
        if {"destination", "entry"} <= set(leg):
            visa = str(leg.get(VISA) or "").strip().lower() not in {"", "no", "false", "0"}
            return str(leg["destination"]), leg["entry"], leg.get("exit"), visa
        said = tr(
            "{name} needs `destination` and `entry`, and `exit` unless it is open.", name=name
        )
        raise BadTripsError([said])
    where, _, days = str(leg).strip().partition(":")
    days, _, more = days.partition(":")
    entry, slash, leaving = days.partition("/")
    if not where or not slash or more.strip().lower() not in {"", VISA}:
        said = tr(
            "{name} ({leg!r}) is no leg; {form}.",
            name=name,
            leg=shortened(str(leg)),
            form=tr(FORM),
        )
        raise BadTripsError([said])
    return where.strip(), entry.strip(), leaving.strip(), bool(more)


def _shown(name: str, stage: Stage) -> str:
    first, last = date.fromordinal(stage.entry), stage.exit and date.fromordinal(stage.exit)
    return f"{name} ({stage.destination}:{first}/{last or ''})"

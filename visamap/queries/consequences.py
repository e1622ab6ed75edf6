"""What follows from a visit: the duties that fall due in it, the sanction for an overstay.

The day of arrival is the first day of a term. That is the earlier of two readings, so that nobody
is late by our count.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from visamap.index import Index
from visamap.periods import ONE_DAY
from visamap.queries.beside import duties
from visamap.queries.verdict import Applied, Visitor
from visamap.results.stay import DutyDue, Penalty

SATURDAY = 5


def duties_due(
    index: Index, visitor: Visitor, chosen: Applied | None, longest: int | None, on: date
) -> Iterator[DutyDue]:
    """Yield the duties with a term in a visit that ``visitor`` begins.

    ``longest`` is how many days it may last, so that duties of longer visits are left out.
    """
    for duty in duties(index, visitor, chosen):
        over = duty.stay_over_days
        too_short = longest is not None and over is not None and longest <= over
        if duty.within_days is None or duty.voluntary or too_short:
            continue
        day_kind = duty.day_kind or "calendar"
        due = _last_day(visitor.on, duty.within_days, working=day_kind == "working")
        if due is None:
            continue
        yield DutyDue(
            duty.id, duty.kind, duty.by, due, due < on, duty.within_days, day_kind, over, duty.text
        )


def penalty(index: Index, days: int, on: date) -> Penalty | None:
    """Return the bracket of the scale for overstayers in which so many days lie."""
    records = index.records
    for row in records["penalties"]:
        if row["by"] != "traveller" or "newer_wording" in row:
            continue
        for step in row["steps"]:
            if "from_days" in step and step["from_days"] <= days <= step.get("to_days", days):
                return Penalty(
                    row["id"],
                    row.get("article"),
                    row["breach"],
                    days,
                    step["from_days"],
                    step.get("to_days"),
                    step["sanction"],
                    step.get("mci"),
                    step.get("mci_max"),
                    _tenge((records.get("fees") or {}).get("mci", []), step.get("mci"), on),
                    step["confidence"],
                    step.get("note") or row.get("note"),
                    index.sources(row["sources"]),
                )
    return None


def _tenge(index_by_year: list[dict[str, Any]], mci: int | None, on: date) -> int | None:
    if mci is None:
        return None
    return next((mci * row["kzt"] for row in index_by_year if row["year"] == on.year), None)


def _last_day(first: date, days: int, *, working: bool) -> date | None:
    """Return the day on which a term of so many days ends; ``None``: beyond the calendar."""
    try:
        if not working:
            return first + (days - 1) * ONE_DAY
        day, passed = first, 0
        while True:
            passed += day.weekday() < SATURDAY
            if passed == days:
                return day
            day += ONE_DAY
    except OverflowError:
        return None

"""A travel agency's program, as a stranger would write it: visamap is used as a typed library.

It is checked with ``mypy --strict`` against the installed wheel and run there; it belongs to no
package. What changes here changes for everybody who calls visamap from Python.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import assert_never

import visamap
from visamap.results.check_results import CheckAnswer
from visamap.vocabulary import Verdict

ARRIVAL = date(2025, 3, 1)


def advice(answer: CheckAnswer) -> str:
    """Put an answer into the agency's own words; no verdict may be forgotten."""
    verdict: Verdict = answer.verdict
    if verdict == "visa_free":
        ground = answer.regime.instrument if answer.regime else "no act"
        return f"{answer.nationality.name}: up to {answer.max_stay_days} days ({ground})"
    if verdict == "visa_required":
        return f"{answer.nationality.name}: get one of {', '.join(answer.visas.codes)}"
    if verdict == "unknown":
        return f"{answer.nationality.name}: ask the consulate ({answer.reason})"
    if verdict == "citizen":
        return f"{answer.nationality.name}: welcome home"
    assert_never(verdict)


def lines(registry: visamap.Registry) -> Iterator[str]:
    """Ask each question that an agency asks."""
    for nationality in ("THA", "Namibia", "KAZ"):
        yield advice(registry.check(nationality, on=ARRIVAL, days=20))
    free: int = sum(not one.possible for one in registry.partners(on=ARRIVAL, min_days=30))
    yield f"{free} nationalities may stay 30 days"
    signed: list[str] = [act.id for act in registry.agreements(on=ARRIVAL, year=2024)]
    yield f"{len(signed)} acts moved in 2024"
    stay = registry.stay("DEU", on=ARRIVAL, trips=[("2025-02-01", "2025-02-10")])
    left: int | None = stay.days_left
    yield f"{left} days left, out by {stay.latest_exit or ARRIVAL:%d.%m.%Y}"
    changed: set[str] = {one.nationality.code for one in registry.diff(date(2024, 1, 1), ARRIVAL)}
    yield f"{len(changed)} nationalities have other terms than a year ago"
    names: dict[str, str | None] = {one.code: one.name for one in registry.visas(on=ARRIVAL)}
    yield f"B12 is {names['B12']}"
    sources: list[str] = [one.url for one in registry.check("THA", on=ARRIVAL).sources]
    yield json.dumps({"data": registry.data.release.isoformat(), "sources": len(sources)})


def main() -> int:
    """Print the agency's page; a name that matches nothing ends with visamap's own words."""
    registry = visamap.load()
    for line in lines(registry):
        print(line)
    try:
        registry.check("Atlantis", on=ARRIVAL)
    except visamap.VisamapError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Rules about keeping the file pleasant: its order, and remarks on what a person should look at."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from visamap.dataset.facts import Facts
from visamap.dataset.findings import Finding
from visamap.dataset.spans import effective

LONGEST_NOTE = 600
FRESH = timedelta(days=2 * 365 + 1)
# What these say today may be another rule than what was read; news and datasets stay as they were.
CHANGING = ("law", "official", "government-page")


def sources_sorted(facts: Facts) -> Iterator[Finding]:
    """Sources stand in the order of their ids, so that two people add one at the same place."""
    for n, (before, after) in enumerate(pairwise(facts.dataset.sources), start=1):
        if before.id > after.id:
            message = f"{after.id} stands after {before.id}; sort the sources by id"
            yield Finding(("sources", n, "id"), "sorted", message)


def regimes_sorted(facts: Facts) -> Iterator[Finding]:
    """Regimes stand in the order of their instruments, then of their starts."""
    order = {act: n for n, act in enumerate(facts.acts)}
    known = [
        (n, regime, (order[regime.instrument], start))
        for n, regime in enumerate(facts.dataset.regimes)
        if regime.instrument in order
        and (start := effective(regime, facts.acts[regime.instrument]).start_not_before)
    ]
    for (_, before, place), (n, after, next_place) in pairwise(known):
        if next_place < place:
            by = "their starts" if next_place[0] == place[0] else "their instruments"
            message = f"{after.id} stands after {before.id}; put regimes in the order of {by}"
            yield Finding(("regimes", n, "id"), "sorted", message)


def sources_fresh(facts: Facts) -> Iterator[Finding]:
    """Pages that change are read again every two years."""
    release = facts.dataset.meta.release
    for n, source in enumerate(facts.dataset.sources):
        if source.kind in CHANGING and source.accessed < release - FRESH:
            message = (
                f"{source.id} was read on {source.accessed}, more than two years before the "
                f"release ({release}); read it again"
            )
            yield Finding(("sources", n, "accessed"), "source-age", message, "warning")


def notes_short(facts: Facts) -> Iterator[Finding]:
    """A note that nobody reads to its end hides facts that belong into fields."""
    for path, record, _ in facts.places:
        note = record.__dict__.get("note")  # most kinds have none, and asking those is slow
        if note and len(note) > LONGEST_NOTE:
            message = (
                f"a note of {len(note)} characters; keep it below {LONGEST_NOTE}, and put facts "
                "into fields"
            )
            yield Finding((*path, "note"), "note-length", message, "warning")

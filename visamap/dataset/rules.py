"""All checks that need more than one record, or that only remark on one.

Each rule takes the facts and yields findings; it never mends, prints or stops. Rules that concern
a single record belong in ``visamap.models``. Of one rule the first findings are told and the rest
counted: a list without end helps nobody.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from visamap.dataset.facts import Facts
from visamap.dataset.findings import Finding
from visamap.dataset.rules_of_acts import (
    events_follow_each_other,
    events_in_order,
    no_overlaps,
    regimes_are_as_sure_as_acts,
    regimes_end_with_acts,
    regimes_fit_acts,
    regimes_have_starts,
    regimes_start_with_acts,
)
from visamap.dataset.rules_of_form import notes_short, regimes_sorted, sources_fresh, sources_sorted
from visamap.dataset.rules_of_links import (
    codes_known,
    ids_once,
    links_resolve,
    listed_once,
    sources_exist,
    sources_used,
)
from visamap.dataset.text_file import MAX_PROBLEMS

RULES: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    ids_once,
    links_resolve,
    listed_once,
    codes_known,
    sources_exist,
    sources_used,
    events_in_order,
    events_follow_each_other,
    regimes_have_starts,
    regimes_start_with_acts,
    regimes_end_with_acts,
    regimes_are_as_sure_as_acts,
    regimes_fit_acts,
    no_overlaps,
    regimes_sorted,
    sources_sorted,
    sources_fresh,
    notes_short,
)


def broken(facts: Facts) -> Iterator[Finding]:
    """Yield everything that is wrong with the dataset as a whole."""
    for rule in RULES:
        found = rule(facts)
        yield from islice(found, MAX_PROBLEMS)
        if after := next(found, None):
            more = 1 + sum(1 for _ in found)
            message = f"and {more} more findings of this kind; mend these first, then check again"
            yield after._replace(message=message)

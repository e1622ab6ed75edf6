"""From open destinations to scores, from scores to ranks: the formulas, and nothing but arithmetic.

One matrix gives a passport several places, as the formula and the tie rule go; neither has a
default here.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from visamap.figures import Formula, TieRule

ON_ARRIVAL = ("visa_free", "visa_on_arrival", "eta")


class Standing(NamedTuple):
    """Where a passport stands in a list: its score and rank, the last rank of the list."""

    score: int
    rank: int
    of: int


def score(counts: Mapping[str, int], formula: Formula) -> int:
    """Return the score of a passport from its numbers of destinations by requirement.

    Where ``fast_e_visa`` is not counted apart, every e-visa is taken for a fast one: the score of
    "passport-index" is then the highest possible.
    """
    if formula == "visa-free":
        return counts.get("visa_free", 0)
    points = sum(counts.get(word, 0) for word in ON_ARRIVAL)
    if formula == "henley":
        return points
    points -= counts.get("not_counted_voa", 0)
    if formula == "plain":
        return points
    return points + counts.get("fast_e_visa", counts.get("e_visa", 0))


def ranks(scores: Mapping[str, int], tie_rule: TieRule) -> dict[str, int]:
    """Return the rank of each passport; equal scores always share one.

    "dense" gives the next score the next rank, "competition" leaves out as many as share one.

    Raises:
        ValueError: the tie rule is "individual", for which a score is not enough.
    """
    if tie_rule == "individual":
        raise ValueError("an individual rank needs more than the scores")
    held = scores.values() if tie_rule == "competition" else set(scores.values())
    rising = sorted(held)
    # As many are ahead as have a score above.
    above = {value: len(rising) - bisect_left(rising, value + 1) for value in set(scores.values())}
    return {passport: above[value] + 1 for passport, value in scores.items()}


def counted(destinations: Mapping[str, Any]) -> Counter[str]:
    """Return the numbers of destinations by requirement, from the row of a matrix.

    A cell is a requirement and the days of stay.
    """
    return Counter(cell[0] for cell in destinations.values())


def ranked(
    pairs: Mapping[str, Mapping[str, Any]], formula: Formula, tie_rule: TieRule
) -> dict[str, Standing]:
    """Return where every passport of a matrix stands."""
    scores = {passport: score(counted(row), formula) for passport, row in pairs.items()}
    places = ranks(scores, tie_rule)
    last = max(places.values(), default=0)
    return {passport: Standing(scores[passport], places[passport], last) for passport in scores}

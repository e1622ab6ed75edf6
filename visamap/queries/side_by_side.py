"""Several passports side by side: where they differ, which one is best, how many of each."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from visamap.requirements import ANSWERED
from visamap.results.outbound import Counts, Outbound

BEST_FIRST = (
    "visa_free",
    "eta",
    "visa_on_arrival",
    "e_visa",
    "unknown",
    "visa_required",
    "no_admission",
)


def badness(answer: Outbound) -> tuple[int, bool, int]:
    """Return how good an answer is for its holder, the best lowest.

    A visa-free entry that needs another state's visa comes behind an e-visa; where entry is barred
    in fact, the rule is of no use.
    """
    place = BEST_FIRST.index(answer.requirement)
    if any(case.certain for case in answer.interrupted):
        place = len(BEST_FIRST)
    elif answer.needs_another_visa:
        place = BEST_FIRST.index("unknown")
    stay = answer.max_stay_days
    return place, stay is None, -(stay or 0)


def by_destination(answers: Iterable[Outbound]) -> Iterator[tuple[str, list[Outbound]]]:
    """Yield the answers of each destination, in the order of codes."""
    ordered = sorted(answers, key=lambda answer: answer.destination.code)
    for code, same in groupby(ordered, key=lambda answer: answer.destination.code):
        yield code, list(same)


def best(answers: Iterable[Outbound]) -> Iterator[Outbound]:
    """Yield the best answer for each destination: that of a person who holds all passports.

    A passport's own country is open to its holder and is left out.
    """
    for _, same in by_destination(answers):
        yield min(same, key=badness)


def marked(answers: Iterable[Outbound]) -> Iterator[Outbound]:
    """Yield all answers, the best for each destination marked as such."""
    for _, same in by_destination(answers):
        first = min(same, key=badness)
        yield from (answer._replace(best=answer is first) for answer in same)


def differing(answers: Iterable[Outbound]) -> Iterator[Outbound]:
    """Yield the answers for destinations that do not ask the same of all passports."""
    for _, same in by_destination(answers):
        if len({(answer.requirement, answer.needs_another_visa) for answer in same}) > 1:
            yield from same


def counts(answers: Sequence[Outbound]) -> tuple[Counts, ...]:
    """Return how many destinations ask what of each passport, in the order of the answers."""
    return tuple(
        Counts(
            passport,
            conditional=sum(a.needs_another_visa for a in of_it),
            **{word: sum(answer.requirement == word for answer in of_it) for word in ANSWERED},
        )
        for passport in dict.fromkeys(answer.passport for answer in answers)
        if (of_it := [answer for answer in answers if answer.passport == passport])
    )

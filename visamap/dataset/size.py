"""How much a dataset would become when it is laid out, told before it is.

A rule names nationalities and kinds of passport, and what it gives is cut at every suspension: a
megabyte of short records can stand for gigabytes of spans. This room counts; it lays nothing out.
"""

from collections import Counter

from visamap.dataset.findings import Finding
from visamap.models.dataset import Dataset

MOST_STEPS = 2_000_000
"""A steady machine takes about a second for them; our own data needs some hundred thousand."""
STEPS_A_SPAN = 20
MOST_SPANS = 500
"""Of one nationality, each rule counted once more for every suspension; ours have some sixty."""


def too_much(dataset: Dataset) -> Finding | None:
    """Return what is said of a dataset that is too large to be laid out; ``None``: it is not."""
    rules_of = Counter(code for rule in dataset.regimes for code in rule.nationalities)
    most = max(rules_of.values(), default=0) * (1 + len(dataset.suspensions))
    if _steps(dataset, rules_of) <= MOST_STEPS and most <= MOST_SPANS:
        return None
    message = (
        "the rules are too many for the nationalities, passports and suspensions that they name; "
        "split the file or remove what is not ours"
    )
    return Finding(("regimes",), "data-size", message)


def _steps(dataset: Dataset, rules_of: Counter[str]) -> int:
    halts = 1 + len(dataset.suspensions)
    holders = rules_of.total() + sum(len(rule.nationalities) for rule in dataset.transit)
    spans = sum(len(rule.nationalities) * len(rule.passports) for rule in dataset.regimes)
    # Papers that stand in for a passport take over its spans.
    papers = dataset.entry_documents
    spans += sum(rules_of[code] for paper in papers for code in paper.nationalities)
    # Each expectation asks every nationality, and each of them all that may add to its rule.
    beside = len(dataset.overlays) + len(dataset.instruments)
    asked = len(dataset.meta.expectations) * (spans + len(rules_of) * beside)
    return STEPS_A_SPAN * spans * halts + holders * halts**2 + asked

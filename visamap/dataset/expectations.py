"""The counts that the dataset says of itself, laid against what its records give."""

from collections.abc import Iterable, Iterator

from visamap.dataset.findings import Finding
from visamap.index import Index
from visamap.models.dataset import Expectation
from visamap.queries.partners import counts


def unmet(expectations: Iterable[Expectation], index: Index) -> Iterator[Finding]:
    """Yield the expectations that the records do not meet."""
    for n, expected in enumerate(expectations):
        certain, possible = counts(index, expected.passport, expected.on)
        if (certain, possible) != (expected.certain, expected.possible):
            yield Finding(
                ("meta", "expectations", n),
                "expected-counts",
                f"on {expected.on} the records give {certain} certain and {possible} possible, not "
                f"{expected.certain} and {expected.possible}; find the record that is wrong, or "
                "correct the expectation with its reason",
            )

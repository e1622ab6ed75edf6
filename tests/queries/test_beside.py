from datetime import date

import pytest
from kit import index_of

from visamap.domain.entry import documents
from visamap.domain.verdict import Visitor
from visamap.render import phrases

PAPER = {
    "id": "a-foreign-visa",
    "title": "Foreign visa",
    "nationalities": ["XAA"],
    "document": "foreign_visa",
    "terms": "Its holders may enter.",
    "sources": ["a-source"],
}


def accepted(on, **fields):
    index = index_of(entry_documents=[{**PAPER, **fields}])
    return list(documents(index, Visitor("XAA", "ordinary", date.fromisoformat(on)), None))


def test_a_paper_is_only_possible_on_days_when_it_only_may_have_been_accepted():
    bounds = {"from_not_before": "2007-04-26", "from_not_after": "2020-01-01", "confidence": "low"}
    assert [paper.certain for paper in accepted("2019-12-31", **bounds)] == [False]
    assert accepted("2007-04-25", **bounds) == []
    assert [paper.id for paper in accepted("2020-01-01", **bounds)] == ["a-foreign-visa"]


@pytest.mark.parametrize(("confidence", "doubted"), [("low", True), ("medium", False)])
def test_weak_evidence_for_a_paper_is_said(confidence, doubted):
    (paper,) = accepted("2020-01-01", **{"from": "2007-04-26"}, confidence=confidence)
    assert ("ask before you rely on it" in phrases.paper(paper)) == doubted

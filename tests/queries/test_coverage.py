"""What is known and what is not: counted from the records, with nothing left out."""

import re
from datetime import date

import pytest

from visamap.errors import BadNumberError

RELEASE = date(2026, 11, 24)


@pytest.fixture
def found(registry):
    return registry.coverage(on=RELEASE)


def test_every_record_with_a_confidence_is_counted_once(found, index):
    for known in found.known:
        assert known.high + known.medium + known.low == known.total
    counted = {known.section: known.total for known in found.known}
    assert counted["regimes"] == len(index.records["regimes"])
    assert counted["outbound_rules"] == len(index.apart("outbound")["rules"])
    assert "open_questions" not in counted


def test_every_source_of_the_law_is_of_a_kind(found, index):
    assert sum(kind.number for kind in found.sources) == len(index.records["sources"])
    assert found.sources[0].kind == "law"
    assert all(kind.accessed_first <= kind.accessed_last for kind in found.sources)


def test_where_a_missing_rule_means_a_visa_is_said_for_every_passport(found):
    assert {one.passport: one.since for one in found.reach} == {
        "ordinary": date(2012, 1, 21),
        "diplomatic": None,
        "service": None,
        "special": None,
        "id_card": None,
        "laissez_passer": None,
    }


def test_a_record_ages_until_a_source_of_it_is_read_again(registry):
    assert registry.coverage(on="2027-05-31", months=6).unchecked == ()
    old = registry.coverage(on="2027-06-01", months=6).unchecked
    assert min(one.checked for one in old) == RELEASE
    assert "kaz-tha-2024" in {one.id for one in old}


def test_open_questions_stand_in_full(found, index):
    assert [one.id for one in found.open_questions] == [
        row["id"] for row in index.records["open_questions"]
    ]
    assert all(one.question.endswith((".", "?", ")")) for one in found.open_questions)


def test_official_passports_are_counted_beside_the_figure_of_the_ministry(found, registry):
    diplomatic, service = found.answered
    assert (diplomatic.claimed, diplomatic.said_on) == (92, "2025-10-08")
    assert (service.claimed, service.said_on) == (70, "2025-10-08")
    assert diplomatic.visa_free + diplomatic.possible >= 77
    assert service.visa_free + service.possible >= 58
    assert registry.check("SGP", on=RELEASE, passport="service").pending
    assert registry.check("PHL", on=RELEASE, passport="service").pending[0].approved is None


@pytest.mark.parametrize("months", [-1, 100_000, "6", True])
def test_months_that_are_none_are_an_error(registry, months):
    with pytest.raises(
        BadNumberError, match=re.escape(f"{months!r} is not possible here; give a whole number")
    ):
        registry.coverage(on=RELEASE, months=months)

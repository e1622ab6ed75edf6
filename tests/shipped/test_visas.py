"""The visas of the shipped data: Neo Nomad in depth, purposes, what is only announced."""

from datetime import date

import pytest

from visamap.domain.visas import folded

TODAY = date(2026, 11, 24)
NEO_NOMAD = [
    ("entries", ("multiple",)),
    ("multiple_validity_months", 12),
    ("income_usd_month", 3000),
    ("introduced", date(2024, 11, 17)),
    ("extendable", True),
    ("invitation", "required"),
    ("work", "limited"),
]


@pytest.mark.parametrize(("field", "value"), NEO_NOMAD)
def test_neo_nomad_as_shipped(registry, field, value):
    assert getattr(registry.visa("neo-nomad", on=TODAY), field) == value


def test_neo_nomad_is_prolonged_by_a_year_and_came_with_its_order(registry):
    found = registry.visa("B12-1", on=TODAY)
    assert found.extension.max_months == 12
    assert found.act.id == "kz-order-612-2024"
    assert found.act.in_force == found.introduced
    assert {event.what for event in found.act_events} >= {"signed", "in-force"}


@pytest.mark.parametrize(("nationality", "exempt"), [("USA", True), ("IND", False), ("GBR", True)])
def test_neo_nomad_needs_no_invitation_for_the_48(registry, nationality, exempt):
    found = registry.visa("B12-1", on=TODAY, nationality=nationality).for_nationality
    assert found.invitation_exempt is exempt
    assert found.invitation_list == "no-invitation-48"


@pytest.mark.parametrize(
    ("purpose", "code"),
    [
        ("remote-work", "B12-1"),
        ("study", "C9"),
        ("treatment", "C12"),
        ("tourism", "B12"),
        ("investment", "A6"),
        ("family", "C2"),
        ("work", "B9-1"),
        ("business", "B3"),
    ],
)
def test_shipped_visas_serve_their_purposes(registry, purpose, code):
    assert code in {one.code for one in registry.visas(on=TODAY, purpose=purpose)}


def test_altyn_is_announced_only(registry):
    found = {one.code: one.exists for one in registry.visas(on=TODAY)}
    assert found["ALTYN"] is False
    assert found["B9-1"] is True
    assert "ALTYN" not in {one.code for one in registry.visas(on="2026-04-24")}


def test_no_two_shipped_visas_answer_to_one_name(index):
    for fields in (("code",), ("name", "aliases"), ("former_codes",)):
        owners = {}
        for row in index.records["visas"]:
            for field in fields:
                value = row.get(field, ())
                for name in (value,) if isinstance(value, str) else value:
                    assert owners.setdefault(folded(name), row["code"]) == row["code"], name

"""Python callers who hand over something else: a VisamapError that names the value."""

import pytest

from visamap.errors import VisamapError

DAY = "2026-01-01"
SLIPS = {
    "None is not text": lambda r: r.check(None, on=DAY),
    "276 is not text": lambda r: r.check(276, on=DAY),
    "['DEU'] is not text": lambda r: r.check(["DEU"], on=DAY),
    "5 is not text": lambda r: r.outbound("KAZ", on=DAY, to=5),
    "20260101 is not a day": lambda r: r.check("DEU", on=20260101),
    "5 is not a day": lambda r: r.diff(5, DAY),
    "7 is not a day": lambda r: r.timeline("DEU", since=7),
    "-1 is not possible here; give a whole number from 1 to 3650": lambda r: r.check(
        "DEU", on=DAY, days=-1
    ),
    "0 is not possible here": lambda r: r.check_all(["DEU"], on=DAY, days=0),
    "True is not possible here": lambda r: r.check("DEU", on=DAY, days=True),
    "'5' is not possible here": lambda r: r.check("DEU", on=DAY, days="5"),
    "1.5 is not possible here": lambda r: r.partners(on=DAY, min_days=1.5),
    "'2024' is not possible here": lambda r: r.agreements(on=DAY, year="2024"),
    "No passport kind matches 5": lambda r: r.check("DEU", on=DAY, passport=5),
    "No ground matches 'treaty'": lambda r: r.partners(on=DAY, basis="treaty"),
    "No act matches None": lambda r: r.agreement(None, on=DAY),
    "No visa matches 12": lambda r: r.visa(12, on=DAY),
    "No source matches 12": lambda r: r.source(12),
    "No purpose matches 12": lambda r: r.visas(on=DAY, purpose=12),
    "No edition matches 2024": lambda r: r.ranks("KAZ", edition=2024),
    "No index matches 1": lambda r: r.ranks("KAZ", index=1),
    "None is not text; give a country": lambda r: r.check_all(None, on=DAY),
    "Name a nationality": lambda r: r.check_all([], on=DAY),
    "trip 1 ('None')": lambda r: r.stay("DEU", on=DAY, trips=None),
    "the plan ('5')": lambda r: r.stay("DEU", on=DAY, plan=5),
}


@pytest.mark.parametrize("named", SLIPS)
def test_a_slip_of_a_caller_is_an_error_that_names_the_value(registry, named):
    with pytest.raises(VisamapError) as caught:
        SLIPS[named](registry)
    assert named in str(caught.value)
    assert caught.value.exit_status == 2


def test_one_value_stands_for_a_list_of_one(registry):
    assert registry.check_all("DEU", on=DAY) == registry.check_all(["DEU"], on=DAY)
    alone = registry.stay("DEU", on=DAY, trips="2025-12-01/2025-12-05")
    assert alone == registry.stay("DEU", on=DAY, trips=["2025-12-01/2025-12-05"])

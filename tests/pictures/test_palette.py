from itertools import combinations

import pytest
from kit_pictures import SIGHTS, distance

from visamap.pictures.palette import PAINTS, PARTS, PASSPORTS, SEA, class_of, stylesheet

INBOUND = ("home", "free_90", "free_30", "free_14", "suspended", "visa_required")
OUTBOUND = (
    "home",
    "visa_free",
    "visa_on_arrival",
    "eta",
    "e_visa",
    "visa_required",
    "no_admission",
)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("shades", [INBOUND, OUTBOUND], ids=["inbound", "outbound"])
def test_colours_of_one_map_stay_apart_for_every_sight(shades, theme, sight):
    found = {
        (one, other): distance(getattr(PAINTS[one], theme), getattr(PAINTS[other], theme), sight)
        for one, other in combinations(shades, 2)
    }
    assert min(found.values()) >= 0.12, min(found, key=found.get)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_land_stands_out_from_the_sea(theme):
    sea = getattr(SEA, theme)
    solid = [paint for paint in PAINTS.values() if not paint.hatch]
    assert min(distance(getattr(paint, theme), sea, "usual") for paint in solid) >= 0.07


def test_what_is_not_certain_is_hatched_each_in_its_own_way():
    doubtful = ("possible", "suspended", "unknown", "disputed")
    hatches = [PAINTS[shade].hatch for shade in doubtful]
    assert None not in hatches
    assert len(set(hatches)) == len(doubtful)


def test_style_sheet_restyles_every_class_and_defines_every_variable():
    sheet = stylesheet()
    for shade in PAINTS:
        assert f".{class_of(shade)}{{fill:" in sheet
    for name in PARTS:
        assert sheet.count(f"--vm-{name}:") == 2  # by day and by night


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("time", ["light", "dark"])
def test_lines_of_any_two_passports_stay_apart(sight, time):
    for one, other in combinations(PASSPORTS.values(), 2):
        assert distance(getattr(one, time), getattr(other, time), sight) > 0.1

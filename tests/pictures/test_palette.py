from itertools import combinations, pairwise

import pytest
from kit_pictures import SIGHTS, distance

from visamap.pictures.palette import (
    COAST,
    COASTS,
    PAINTS,
    PARTS,
    PASSPORTS,
    SEA,
    class_of,
    stylesheet,
)

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


def contrast(one, other):
    """How many times as light one colour is as another (WCAG 2)."""
    found = []
    for colour in (one, other):
        channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        found.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
    return max(found) / min(found)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("shades", [INBOUND, OUTBOUND], ids=["inbound", "outbound"])
def test_neighbours_in_the_order_of_the_legend_are_three_times_as_light(shades, theme):
    # The home of a map is no step of its order: one country, and its name stands in it.
    for one, other in pairwise(shades[1:]):
        found = contrast(getattr(PAINTS[one], theme), getattr(PAINTS[other], theme))
        assert found >= 3, (one, other)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_coast_keeps_land_as_light_as_the_sea_apart_from_it(theme):
    coast = getattr(COAST, theme)
    assert contrast(coast, getattr(SEA, theme)) >= 3
    assert all(contrast(coast, getattr(PAINTS[shade], theme)) >= 3 for shade in COASTS)


def test_an_e_visa_has_not_the_colour_of_a_suspension():
    for theme in ("light", "dark"):
        suspended = {getattr(PAINTS["suspended"], theme), getattr(PARTS["alarm"], theme)}
        assert getattr(PAINTS["e_visa"], theme) not in suspended


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

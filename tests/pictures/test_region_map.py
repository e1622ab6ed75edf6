"""The map of how far one passport goes: five places, coloured as ``check`` answers."""

import re

import pytest

from visamap.cli.commands import run
from visamap.pictures import world_map
from visamap.vocabulary import DESTINATIONS

DAY = "2026-11-24"


@pytest.mark.parametrize("nationality", ["DEU", "IND", "RUS", "KGZ", "GBD"])
def test_each_destination_is_coloured_as_check_answers(registry, nationality):
    world = registry.world_map(on=DAY, nationality=nationality)
    assert [mark.country.code for mark in world.marks] == sorted(DESTINATIONS)
    for mark in world.marks:
        answer = registry.entering(mark.country.code).check(nationality, on=DAY)
        free = mark.shade.startswith("free")
        assert (free, mark.shade == "home") == (
            answer.verdict == "visa_free",
            answer.verdict == "citizen",
        )
        assert mark.max_stay_days == answer.max_stay_days


def test_it_names_each_state_with_its_answer_and_leaves_the_others_blank(registry):
    drawn = world_map.svg(registry.world_map(on=DAY, nationality="DEU"))
    assert "Central Asia with a passport of Germany" in drawn
    for name in ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"):
        assert len(re.findall(f"<text[^>]*>{name}</text>", drawn)) == 1
    assert drawn.count('class="vm-country') == len(DESTINATIONS)


@pytest.mark.parametrize(
    "words", [["--to", "all"], ["--nationality", "DEU"], ["--to", "UZB", "--nationality", "DEU"]]
)
def test_all_destinations_and_one_nationality_belong_together(words, tmp_path, capsys):
    target = tmp_path / "map.svg"
    assert run(["map", *words, "-o", str(target)]) == 2
    assert "--to all --nationality DEU" in " ".join(capsys.readouterr().err.split())
    assert not target.exists()
    good = ["map", "--to", "all", "--nationality", "DEU", "--on", DAY, "-o", str(target)]
    assert run(good) == 0
    assert target.exists()

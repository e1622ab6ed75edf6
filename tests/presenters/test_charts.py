import re
import struct

import pytest
from kit_pictures import SVG, parsed

pytest.importorskip("altair", reason="the extra `pictures` is not installed")
pytest.importorskip("vl_convert", reason="the extra `pictures` is not installed")

from visamap.pictures import charts, charts_growth, charts_ranks, charts_timeline
from visamap.pictures import raster as pictures
from visamap.pictures.world_map import WIDTH, svg


@pytest.fixture(scope="module")
def growth(registry):
    return registry.growth(on="2026-11-24")


@pytest.fixture(scope="module")
def drawn(registry, growth):
    ranks = registry.ranks(edition="all")
    return {
        "growth": charts_growth.specification(growth),
        "timeline": charts_timeline.specification(registry.timeline("THA"), registry.data),
        "ranks": charts_ranks.specification(ranks, registry.data),
    }


def texts(picture):
    return [" ".join(element.itertext()) for element in parsed(picture).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", ["growth", "timeline", "ranks"])
def test_chart_is_svg_and_the_same_each_time(drawn, name):
    once = charts.svg(drawn[name])
    assert parsed(once).tag == f"{SVG}svg"
    assert once == charts.svg(drawn[name])


def test_growth_names_the_acts_that_moved_it(drawn):
    said = " | ".join(texts(charts.svg(drawn["growth"])))
    for words in ("Decree 838", "+24, 2017-01-01", "Decree 220", "suspension over", "Seychelles"):
        assert words in said
    for words in ("30 by agreement", "Number of nationalities", "85 together"):
        assert words in said


def test_a_passport_with_which_nobody_may_enter_has_an_empty_chart(registry):
    none = registry.growth(since="1990-01-01", on="1990-06-01", passport="special")
    said = texts(charts.svg(charts_growth.specification(none)))
    assert "Number of nationalities" in said
    assert not [text for text in said if "together" in text]


def test_timeline_names_each_period_beside_its_bar(registry, drawn):
    said = texts(charts.svg(drawn["timeline"]))
    for period in registry.timeline("THA"):
        assert any(str(period.valid_to or period.valid_from) in text for text in said)


@pytest.mark.parametrize("nationality", ["KAZ", "RUS", "NGA", "USA", "XKX"])
def test_every_history_can_be_drawn(registry, nationality):
    found = registry.timeline(nationality)
    assert parsed(charts.svg(charts_timeline.specification(found, registry.data))) is not None


def test_first_place_is_on_top_and_names_stand_at_the_lines(drawn):
    domains = re.findall(r"'title': 'Rank \(1 is best\)'", str(drawn["ranks"]))
    assert domains
    for panel in drawn["ranks"]["vconcat"]:
        low, high = panel["layer"][0]["encoding"]["y"]["scale"]["domain"]
        assert low > high
    assert any(text.endswith("Kazakhstan") for text in texts(charts.svg(drawn["ranks"])))


def test_page_of_a_chart_asks_nothing_of_anyone_and_has_its_numbers(growth, drawn):
    page = charts.html(drawn["growth"], charts_growth.HEADINGS, charts_growth.table(growth))
    assert re.findall(r"\bsrc\s*=|@import|<link|<script|<iframe", page) == []
    assert set(re.findall(r"url\((.)", page)) <= {"#"}
    assert re.search(r'<th scope="row">2017-01-01</th><td>17</td><td>43</td><td>60</td>', page)


def test_png_is_a_png_of_twice_the_size(registry):
    picture = svg(registry.world_map(on="2026-11-24"))
    made = pictures.png(picture)
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    wide, tall = struct.unpack(">II", made[16:24])
    assert (wide, tall) == (2 * WIDTH, 2 * int(parsed(picture).get("height")))

import re
import struct

import pytest
from kit_pictures import SVG, parsed

from visamap.pictures import charts
from visamap.pictures.drawing import PNG_SCALE, png
from visamap.pictures.palette import PASSPORTS
from visamap.pictures.world_map import WIDTH, svg


@pytest.fixture(scope="module")
def growth(registry):
    return registry.growth(on="2026-11-24")


@pytest.fixture(scope="module")
def drawn(registry, growth):
    ranks = registry.ranks(edition="all")
    return {
        "growth": charts.growth(growth),
        "timeline": charts.timeline(registry.timeline("THA"), registry.data),
        "ranks": charts.ranks(ranks, registry.data),
    }


def texts(picture):
    return [" ".join(element.itertext()) for element in parsed(picture).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", ["growth", "timeline", "ranks"])
def test_chart_is_svg_with_its_title_and_nothing_leaves_its_paper(drawn, name):
    root = parsed(drawn[name].svg)
    assert (root.tag, root.get("role")) == (f"{SVG}svg", "img")
    assert root.find(f"{SVG}title").text == drawn[name].title
    moved = float(re.search(r"translate\(([\d.]+)", drawn[name].svg)[1])
    for text in root.iter(f"{SVG}text"):
        assert 0 < moved + float(text.get("x")) < float(root.get("width"))


def test_growth_names_the_acts_that_moved_it(drawn):
    said = " | ".join(texts(drawn["growth"].svg))
    for words in ("Decree 838", "+24, 2017-01-01", "Decree 220", "suspension over", "Seychelles"):
        assert words in said
    for words in ("30 by agreement", "Number of nationalities", "85 together"):
        assert words in said


def test_each_step_line_and_bar_says_its_numbers_under_the_pointer(registry, growth, drawn):
    said = [one.text for one in parsed(drawn["growth"].svg).iter(f"{SVG}title")][1:]
    assert len(said) == len(growth.steps)
    last = growth.steps[-1]
    assert said[-1].startswith("17 February 2026. By agreement: 30; ")
    assert said[-1].endswith(f"Together: {last.certain}; Perhaps more: {last.possible}")
    points = [one.text for one in parsed(drawn["ranks"].svg).iter(f"{SVG}title")]
    for rank in registry.ranks(edition="latest", index="henley"):
        assert f"{rank.name}: rank {rank.rank} ({rank.edition})" in points


def test_page_and_file_tell_the_latest_ranks_that_ranks_tells(registry):
    """The published index and the passport are called by name, and the last one is the latest."""
    found = registry.ranks()
    chart = charts.ranks(found, registry.data, registry.rank_remarks(found))
    said = texts(chart.svg)
    assert "Henley Passport Index, as published" in said
    assert "Passport Index, Global Passport Power Rank, as published" in said
    for rank in registry.ranks(edition="latest"):
        if rank.published and rank.confidence != "low" and rank.index == "henley":
            assert f"{rank.rank} {rank.name}" in said


def test_a_picture_says_where_it_comes_from(registry, growth):
    there = "https://visas.example/#growth"
    for picture in (
        charts.growth(growth, there).svg,
        charts.timeline(registry.timeline("THA"), registry.data, there).svg,
        charts.world(registry.world_map(on="2026-11-24"), there).svg,
    ):
        source = f"Source: visamap, data of {registry.data.release}; licence CC BY 4.0. {there}"
        assert source in texts(picture)


def test_a_passport_with_which_nobody_may_enter_has_an_empty_chart(registry):
    none = registry.growth(since="1990-01-01", on="1990-06-01", passport="special")
    said = texts(charts.growth(none).svg)
    assert "Number of nationalities" in said
    assert not [text for text in said if "together" in text]


def test_timeline_names_each_period_beside_its_bar(registry, drawn):
    said = texts(drawn["timeline"].svg)
    for period in registry.timeline("THA"):
        assert any(str(period.valid_to or period.valid_from) in text for text in said)


@pytest.mark.parametrize("nationality", ["KAZ", "RUS", "NGA", "USA", "XKX"])
def test_every_history_can_be_drawn(registry, nationality):
    found = registry.timeline(nationality)
    assert parsed(charts.timeline(found, registry.data).svg) is not None


def test_first_place_is_on_top_and_lines_have_the_colour_of_their_passport(drawn):
    picture = parsed(drawn["ranks"].svg)
    heights = {}
    for text in picture.iter(f"{SVG}text"):
        if found := re.fullmatch(r"(\d+) (Kazakhstan|Turkmenistan)", text.text):
            heights.setdefault(found[2], []).append(float(text.get("y")))
    assert len(heights["Kazakhstan"]) > 1
    pairs = zip(heights["Kazakhstan"], heights["Turkmenistan"], strict=True)
    assert all(first < last for first, last in pairs)
    lines = {line.get("stroke") for line in picture.iter(f"{SVG}polyline")}
    assert lines == {paint.light for paint in PASSPORTS.values()}


def test_page_of_a_chart_asks_nothing_of_anyone_and_has_its_numbers(drawn):
    page = drawn["growth"].html()
    assert re.findall(r"\bsrc\s*=|@import|<link|<script|<iframe", page) == []
    assert set(re.findall(r"url\((.)", page)) <= {"#"}
    assert re.search(r'<th scope="row">2017-01-01</th><td>17</td><td>43</td><td>60</td>', page)


def test_png_is_a_png_of_twice_the_size(registry):
    pytest.importorskip("vl_convert", reason="the extra `pictures` is not installed")
    picture = svg(registry.world_map(on="2026-11-24"))
    made = png(picture)
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    wide, tall = struct.unpack(">II", made[16:24])
    assert (wide, tall) == (PNG_SCALE * WIDTH, PNG_SCALE * int(parsed(picture).get("height")))

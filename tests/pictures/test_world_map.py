import re
from collections import Counter
from pathlib import Path

import pytest
from kit_pictures import SVG, countries, parsed, shade

from visamap.i18n import tr
from visamap.pictures import world_map
from visamap.pictures.world_map import bare, html, outlines, svg
from visamap.render import phrases_world as words

DAYS = ("2014-08-01", "2020-06-01", "2026-11-24")


@pytest.fixture(scope="module")
def worlds(registry):
    return {day: registry.world_map(on=day) for day in DAYS}


@pytest.fixture(scope="module")
def drawn(worlds):
    return {day: countries(svg(world)) for day, world in worlds.items()}


@pytest.mark.parametrize(
    ("day", "code", "expected"),
    [
        ("2014-08-01", "KAZ", "vm-home"),
        ("2014-08-01", "USA", "vm-free-14"),
        ("2014-08-01", "RUS", "vm-free-90"),
        ("2014-08-01", "CAN", "vm-visa-required"),
        ("2014-08-01", "TJK", "vm-free-untold"),
        ("2020-06-01", "USA", "vm-suspended"),
        ("2020-06-01", "RUS", "vm-free-90"),
        ("2020-06-01", "BRA", "vm-free-30"),
        ("2026-11-24", "USA", "vm-free-30"),
        ("2026-11-24", "THA", "vm-free-30"),
        ("2026-11-24", "IND", "vm-free-14"),
        ("2026-11-24", "DOM", "vm-unknown"),
        ("2026-11-24", "NGA", "vm-visa-required"),
        ("2026-11-24", "GRL", "vm-free-30"),  # coloured as Denmark
        ("2026-11-24", "ESH", "vm-disputed"),
    ],
)
def test_country_has_the_class_of_the_day(drawn, day, code, expected):
    assert shade(drawn[day][code]) == expected


def test_three_days_differ_as_history_did(worlds):
    assert [words.free(worlds[day]) for day in DAYS] == [24, 19, 85]


@pytest.mark.parametrize(
    "day", ["2012-06-01", "2014-08-01", "2018-01-01", "2020-06-01", "2026-11-24"]
)
def test_legend_counts_what_partners_counts(registry, day):
    world, totals = (
        registry.world_map(on=day),
        registry.totals(registry.partners(on=day, possible=True)),
    )
    assert words.free(world) == totals.certain
    counted = Counter(mark.basis for mark in words.counted(world) if mark.basis)
    assert (counted["agreement"], counted["unilateral"]) == (totals.agreement, totals.unilateral)


@pytest.mark.parametrize("day", DAYS)
def test_every_country_of_the_partner_list_is_on_the_map(registry, drawn, day):
    listed = {partner.nationality.code for partner in registry.partners(on=day)}
    assert listed - set(drawn[day]) == set()


def test_every_state_has_an_outline_or_a_dot(index, drawn):
    states = {code for code in index.tables["countries"] if index.kind(code) == "state"}
    assert states - set(drawn["2026-11-24"]) == set()


@pytest.mark.parametrize(
    "code",
    "SGP MLT SYC KNA HKG MAC MCO SMR VAT LIE AND BHR QAT MDV ATG DMA LCA VCT GRD BRB TUV".split(),
)
def test_small_state_has_a_dot_of_readable_size(drawn, code):
    dots = drawn["2026-11-24"][code].findall(f"{SVG}circle")
    assert [int(dot.get("r")) for dot in dots] == [15]


def test_dots_do_not_cover_each_other():
    places = list(outlines()["dots"].values())
    apart = [
        (ax - bx) ** 2 + (ay - by) ** 2
        for n, (ax, ay) in enumerate(places)
        for bx, by in places[:n]
    ]
    assert min(apart) >= 30**2


def test_country_says_its_name_verdict_and_stay(drawn):
    titles = {code: group.find(f"{SVG}title").text for code, group in drawn["2026-11-24"].items()}
    assert titles["THA"] == "Thailand: visa-free, up to 30 days"
    assert titles["GRL"] == "Greenland (as Denmark): visa-free, up to 30 days"
    assert titles["KAZ"] == "Kazakhstan: no visa"
    assert "approved" in titles["DOM"]


def test_ids_are_unique_and_every_reference_resolves(worlds):
    for picture in (svg(worlds["2020-06-01"]), bare(worlds["2020-06-01"])):
        ids = [element.get("id") for element in parsed(picture).iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        named = re.findall(r"url\(#([^)]+)\)", picture)
        named += " ".join(re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', picture)).split()
        assert set(named) <= set(ids)


def test_picture_is_named_and_described(worlds):
    root = parsed(svg(worlds["2020-06-01"]))
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "Who may enter Kazakhstan without a visa"
    description = root.find(f"{SVG}desc").text
    assert "On 1 June 2020; ordinary passports. Data of 24 November 2026" in description
    assert "Suspended: 54" in description
    assert "in practice the border was closed" in description


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script>",
        "a & b",
        "\"'",
        "\x00\x08\x1b[31m",
        "x" * 500,
        "]]>",
        "ä 中文 العربية",
    ],
)
def test_title_cannot_break_the_picture_or_the_page(worlds, title):
    picture, page = svg(worlds["2026-11-24"], title), html(worlds["2026-11-24"], title)
    root = parsed(picture)
    assert root.find(f"{SVG}title").text.startswith(title[:1] if title.isprintable() else "[31m")
    assert [element.tag for element in root.iter() if element.tag.endswith("script")] == []
    assert page.count("<script>") == 1


def test_map_is_small_needs_no_style_sheet_and_is_the_same_each_time(registry, worlds):
    for day, world in worlds.items():
        picture = svg(world)
        assert len(picture.encode()) < 300_000
        assert "<style" not in picture
        assert " style=" not in picture
        assert picture == svg(registry.world_map(on=day))


def test_day_after_the_release_is_said(registry):
    assert "as known on 24 November 2026" in svg(registry.world_map(on="2027-01-01"))


def test_kind_of_passport_outside_our_work_is_unknown(registry):
    drawn = countries(svg(registry.world_map(on="2026-11-24", passport="diplomatic")))
    assert shade(drawn["NGA"]) == "vm-unknown"


def test_outbound_map_agrees_with_outbound(registry):
    world = registry.world_map(on="2026-11-24", outbound="Kazakhstan")
    drawn = countries(svg(world))
    answers = registry.outbound("KAZ", on="2026-11-24")
    assert shade(drawn["KAZ"]) == "vm-home"
    assert shade(drawn["GEO"]) == "vm-visa-free"
    for answer in answers:
        expected = {f"vm-{answer.requirement.replace('_', '-')}"}
        expected |= {"vm-conditional"} if answer.conditions else set()
        assert shade(drawn[answer.destination.code]) in expected
    assert words.free(world) == (
        registry.outbound_counts(answers)[0].visa_free
        - registry.outbound_counts(answers)[0].conditional
    )


def test_every_outline_is_path_data_that_can_be_drawn():
    drawn = outlines()
    ring = re.compile(r"M-?\d+ -?\d+l(-?\d+(?:(?: |(?=-))-?\d+)*)z")
    for name, path in {**drawn["shapes"], **drawn["areas"], "globe": drawn["globe"]}.items():
        assert ring.sub("", path) == "", name
        for steps in ring.findall(path):
            count = len(re.findall(r"-?\d+", steps))
            assert count >= 4, name  # two steps from the start: a triangle
            assert count % 2 == 0, name


def test_asset_is_small():
    asset = Path(world_map.__file__).with_name("world.json")
    assert asset.stat().st_size <= 200_000


def test_page_asks_nothing_of_anyone(worlds):
    page = html(worlds["2020-06-01"])
    assert re.findall(r"\b(?:src|srcset|xlink:href)\s*=|@import|<link|<iframe|<img", page) == []
    assert set(re.findall(r"url\((.)", page)) == {"#"}
    assert re.findall(r'<a href="([^"]+)"', page) == ["https://www.gov.kz/memleket/entities/mfa"]
    assert "default-src 'none'" in page
    assert re.findall(r"fetch\(|XMLHttpRequest|import\(", page) == []


def test_page_holds_the_map_by_keyboard_and_the_same_as_a_table(worlds):
    page = html(worlds["2020-06-01"])
    for code in ("THA", "SGP", "KAZ"):
        tag = re.search(rf'<g id="vm-{code}"[^>]*>', page)[0]
        assert 'tabindex="0"' in tag
        assert 'role="img"' in tag
        assert "aria-label=" in tag
    row = re.search(r'<tr><th scope="row">Thailand</th>.*?</tr>', page)[0]
    assert "Visa required, the visa-free rule is suspended" in row
    assert len(re.findall(r"<tr><th", page)) == 1 + len(words.counted(worlds["2020-06-01"]))


def test_every_area_has_a_name_that_can_be_translated():
    assert set(outlines()["areas"]) == set(world_map.AREAS)


def test_more_may_be_free_where_nobody_has_looked(registry):
    assert words.free_what(registry.world_map(on="2010-06-01")).endswith(", at least")
    assert words.free_what(registry.world_map(on="2012-06-01")) == "visa-free nationalities"


def test_the_home_of_a_map_is_its_destination_and_its_words_name_it(registry, monkeypatch):
    world = registry.entering("UZB").world_map(on="2026-11-24")
    seen = {mark.country.code: mark for mark in world.marks}
    assert (world.home.code, seen["UZB"].shade) == ("UZB", "home")
    assert seen["DEU"].max_stay_days == registry.entering("UZB").check("DEU").max_stay_days
    assert seen["IND"].shade == "visa_required"  # 14 days in Kazakhstan
    assert ">Uzbekistan</text>" in svg(world)
    monkeypatch.setattr(words, "heading", lambda _: tr("Entry into {home_into}"))
    for draw in (svg, bare, html):
        assert "Entry into Uzbekistan<" in draw(world)


def test_legend_tells_of_a_stay_without_any_limit(registry):
    world = registry.entering("UZB").world_map(on="2026-11-24")
    longest = {m.country.code: m.max_stay_days for m in world.marks if m.shade == "free_90"}
    labels = {row.shade: row.label for row in words.legend(world)}
    assert set(longest.values()) == {None}
    assert labels["free_90"] == "Visa-free, no limit of days"
    mixed = [
        mark._replace(max_stay_days=90) if mark.country.code == next(iter(longest)) else mark
        for mark in world.marks
    ]
    labels = {row.shade: row.label for row in words.legend(world._replace(marks=tuple(mixed)))}
    assert labels["free_90"] == "Visa-free, 90 days or more"

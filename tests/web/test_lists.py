"""Pages that list: each says what the registry answers, filtered as its question is."""

import re
from urllib.parse import urljoin

import httpx
import pytest
from kit_pages import Page, served

from visamap.pictures import charts
from visamap.registry.asking import ask
from visamap.web.page_table import PAGES

ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


@pytest.fixture(scope="module")
def server(registry):
    with served(registry) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def rows(server, path, **words):
    """The rows of a page's tables, as their cells, by the anchor of the table."""
    answer = server.get(path, params=words)
    assert answer.status_code == 200, path
    found = {}
    for part in answer.text.split("<section ")[1:]:
        anchor = re.search(r'<h2 id="([^"]*)"', part)
        if anchor:
            found[anchor[1]] = [
                [Page(cell).text.strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
                for row in re.findall(
                    r"<tr[^>]*>(.*?)</tr>", part.partition("<tbody>")[2], re.DOTALL
                )
            ]
    return found


def test_every_destination_of_a_passport_stands_under_what_it_asks(server, registry):
    told = registry.outbound("UZB", on="2026-11-24")
    found = rows(server, "passport/UZB/", on="2026-11-24")
    for word, anchor in (("visa_required", "visa-required"), ("e_visa", "e-visa")):
        codes = {one.destination.code for one in told if one.requirement == word}
        assert {cells[1] for cells in found[anchor]} == codes
    assert sum(map(len, found.values())) == len(told)


def test_filters_are_those_of_the_question(server, registry):
    asked = {"requirement": "visa_free", "min_days": 90, "on": "2024-05-01"}
    told = {one.destination.code for one in registry.outbound("KGZ", **asked)}
    found = rows(server, "passport/KGZ/", **asked)
    assert {cells[1] for part in found.values() for cells in part} == told
    acts = registry.agreements(year=2024, partner="THA", kind="all")
    found = rows(server, "agreements/", year=2024, partner="Thailand", kind="all")
    titles = {cells[0] for part in found.values() for cells in part}
    assert titles == {act.title for act in acts}
    assert [*rows(server, "nationality/", find="THAIL")] == ["visa-free"]


def test_two_passports_differ_where_the_question_says(server, registry):
    found = rows(server, "passport/KAZ/TJK/")
    apart = registry.outbound("KAZ", "TJK", differ=True)
    names = {one.destination.name for one in apart}
    assert {cells[0] for code in ("KAZ", "TJK") for cells in found.get(code, ())} == names
    assert names.isdisjoint({cells[0] for cells in found["alike"]})


def test_every_nationality_act_visa_and_figure_is_listed(server, registry):
    view = registry.entering("UZB")
    listed = [cells for part in rows(server, "to/UZB/nationality/").values() for cells in part]
    assert {cells[1] for cells in listed} == set(view.index.tables["countries"])
    free = {cells[1] for cells in rows(server, "to/UZB/nationality/")["visa-free"]}
    assert free == {code for _, code, *_ in listed if view.check(code).verdict == "visa_free"}
    visas = [cells[0] for part in rows(server, "to/UZB/visas/").values() for cells in part]
    assert sorted(visas) == sorted(visa.code for visa in view.visas())
    figures = rows(server, "claims/")["figures"]
    assert len(figures) == len(registry.claims())


def test_what_is_new_is_what_changed_and_what_comes(server, registry):
    found = rows(server, "new/", since="2024-01-01")
    for change in ("gained", "terms"):
        told = [d.nationality.name for d in registry.diff("2024-01-01") if d.change == change]
        assert [cells[0] for cells in found.get(change, ())] == told
    assert len(found["upcoming"]) == sum(not one.stale for one in registry.upcoming())


def test_ranks_are_drawn_as_the_command_draws_them(server, registry):
    page = server.get("ranks/", params={"passport": "KAZ,DEU", "index": "henley"})
    found = ask(registry, "ranks", passports=["KAZ", "DEU"], index="henley", edition="all")
    assert charts.ranks(found.items, found.data, found.notes).svg in page.text
    assert "Henley Passport Index, as published" in page.text
    first = server.get("").text
    for rank in registry.ranks(index="henley", edition="latest"):
        assert f"<b>{rank.rank}</b>" in first


def test_a_pair_has_its_history_with_anchors(server, registry):
    page = Page(server.get("passport/KAZ/to/THA/").text)
    spells = registry.abroad_over_time("KAZ", "THA")
    anchors = {one["id"] for one in page.all("li") if one.get("id", "").startswith("from-")}
    assert anchors == {f"from-{one.valid_from}" for one in spells}
    for spell in spells:
        for day in filter(None, (spell.valid_from, spell.valid_to)):
            told = registry.outbound("KAZ", to="THA", on=day)[0]
            assert (told.requirement, told.limits) == (
                spell.answer.requirement,
                spell.answer.limits,
            )


def test_another_passport_has_a_history_page(server, registry):
    page = Page(server.get("nationality/KOR/diplomatic/").text)
    periods = registry.timeline("KOR", passport="diplomatic")
    anchors = {one["id"] for one in page.all("li") if one.get("id", "").startswith("from-")}
    assert anchors == {f"from-{one.valid_from or 'always'}" for one in periods}
    ways = {urljoin("http://x/nationality/KOR/diplomatic/", one["href"]) for one in page.all("a")}
    assert {"http://x/nationality/KOR/", "http://x/nationality/KOR/service/"} <= ways


@pytest.mark.parametrize("path", ["docs", "docs/", "api/v1/", "api/v1"])
def test_the_api_is_found_where_others_have_it(server, path):
    answer = server.get(path)
    assert answer.status_code == 200
    assert "/api/v1/outbound" in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("agreements/?year=next", 400),
        ("agreements/?partner=Narnia", 400),
        ("passport/KAZ/?min_days=many", 400),
        ("agreements/?year=" + "9" * 5000, 400),  # Python reads no number so long
        ("passport/KAZ/?on=2050-01-01", 400),
        ("ranks/?edition=1850", 400),
        ("new/?since=yesterday-ish", 400),
        ("passport/Narnia/", 404),
        ("passport/KAZ/to/KAZ/", 404),
        ("nationality/KOR/gold/", 400),
    ],
)
def test_what_is_not_understood_is_said(server, path, status):
    answer = server.get(path)
    assert answer.status_code == status
    assert 'class="slip"' in answer.text


def test_the_menu_and_the_foot_lead_to_what_the_table_of_pages_names(server):
    page = Page(server.get("").text)
    ways = {one["href"].removeprefix("./") for one in page.all("a")}
    assert {one.address for one in PAGES if one.menu or one.foot} <= ways
    files = {"picture/{name}.{form}"}
    assert all(one.address.endswith("/") for one in PAGES[1:] if one.address not in files)


def test_who_gives_more_is_told_as_the_command_tells_it(server, registry):
    page = server.get("reciprocity/").text
    for one in registry.reciprocity(year=2026):
        assert one.state.name in page
        assert f"<td>{one.gives}</td><td>{one.gets}</td>" in re.sub(r"\s*\n\s*", "", page)

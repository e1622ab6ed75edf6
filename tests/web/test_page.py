"""The pages without a browser: statuses, hostile input, links, policy, weight."""

import csv
import gzip
import re
from collections import Counter
from html import unescape
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
import pytest
from kit_pages import JOURNEY, LISTS, Page, kind, served

from visamap.i18n import LANGUAGES, speaking
from visamap.render import phrases_world
from visamap.render.phrases import said
from visamap.web.page_table import PAGES

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'
EVERY_KIND = (
    "",
    "?nationality=THA&on=2026-11-24&days=20",
    "?nationality=IND&on=2020-06-01",
    "?nationality=PAK&passport=diplomatic",
    "?nationality=UNO",
    "?nationality=GBD",
    "?map=2014-08-01",
    "nationality/THA/",
    "nationality/GBR/",
    "nationality/XKX/",
    "agreement/kaz-tha-2024/",
    "agreement/kz-gov-838-2016/",
    "visa/B12-1/",
    "visa/SILK-ROAD/",
    "stay/",
    "stay/?nationality=THA&trips=2026-10-01+to+2026-10-28&on=2026-11-24",
    "to/UZB/?nationality=DEU&on=2026-11-24&days=20",
    "to/UZB/nationality/IND/",
    "kk/to/UZB/agreement/uz-pres-5610-2019/",
    "ru/to/UZB/visa/T/",
    "to/UZB/stay/",
    "trip/",
    f"trip/?{JOURNEY}",
    f"ru/trip/?{JOURNEY}",
    *LISTS,
)

POLICY = "content-security-policy"


@pytest.fixture(scope="module")
def server(registry):
    with (
        served(registry) as address,
        httpx.Client(base_url=address, timeout=20, follow_redirects=True) as client,
    ):
        yield client


def read(server, path):
    answer = server.get(path)
    return answer, Page(answer.text)


def links(page):
    """The files that a page loads by a link."""
    return [one["href"] for one in page.all("link") if one["rel"] not in {"alternate", "canonical"}]


@pytest.mark.parametrize("path", EVERY_KIND)
def test_page_carries_no_style_or_script_loads_nothing_from_elsewhere_and_links_relatively(
    server, path
):
    answer, page = read(server, path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "set-cookie" not in answer.headers
    assert page.all("style") == []
    data = [script for script in page.all("script") if "src" not in script]
    assert data == [{"type": "application/ld+json"}]  # no script: a browser never runs it
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name == "style" or name.startswith("on")], tag
    loaded = [one["src"] for tag in ("script", "img") for one in page.all(tag) if "src" in one]
    loaded += [one["href"] for one in page.all("link")]  # the other languages among them
    links = [one["href"] for one in page.all("a")] + [one["action"] for one in page.all("form")]
    assert not any(urlsplit(address).netloc for address in loaded)
    assert [one for one in loaded + links if one.startswith("/")] == []
    ids = Counter(one["id"] for _, one in page.tags if one.get("id"))
    assert [one for one in ids if ids[one] > 1] == []
    assert answer.text.count("<h1") == 1


def test_every_link_inside_leads_somewhere(server):
    waiting, seen, asked = {"/"}, set(), Counter()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        asked[kind(path)] += 1
        if asked[kind(path)] > 3:  # of each kind some
            continue
        answer = server.get(path)
        assert answer.status_code == 200, path
        if asked[kind(path)] > 2:  # read; the rest are asked for
            continue
        page = Page(answer.text)
        for tag, key in (("a", "href"), ("link", "href"), ("script", "src"), ("form", "action")):
            for one in page.all(tag):
                target = urlsplit(urljoin(str(answer.url), one.get(key, "")))
                if target.netloc == answer.url.netloc.decode() and not target.path.startswith(
                    "/api/"
                ):
                    waiting.add(target.path + (f"?{target.query}" if target.query else ""))
        waiting -= seen
    assert len(seen) > 300
    assert len(asked) >= len(PAGES)


def test_anchors_of_the_navigation_are_there(server):
    _, page = read(server, "")
    known = {one["id"] for _, one in page.tags if one.get("id")}
    wanted = {
        one["href"].partition("#")[2]
        for one in page.all("a")
        if "#" in one["href"] and not urlsplit(one["href"]).path.endswith("stay/")
    }
    assert wanted - known == set()


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("?nationality=Tailand", 404, "Which country is meant by \u201cTailand\u201d?"),
        ("?nationality=Korea", 400, "Which country is meant by \u201cKorea\u201d?"),
        ("?nationality=USSR", 400, "this state no longer exists"),
        ("?nationality=THA&on=2026-02-30", 400, "is not a day"),
        ("?nationality=THA&days=0", 400, "is not a length of stay"),
        ("?nationality=THA&days=%D9%A3", 400, "is not a length of stay"),
        ("?nationality=THA&days=999999999999999999999", 400, "is not a length of stay"),
        ("?nationality=THA&passport=gold", 400, "No passport kind"),
        ("?map=01/02/2014", 400, "is not read"),
        ("stay/?nationality=THA&trips=yesterday", 400, "'yesterday' is not a day"),
        ("trip/?nationality=DEU&legs=KAZ:2027", 400, "'2027' is not a day"),
        ("trip/?nationality=DEU&legs=FRA:2027-05-01/2027-05-02", 400, "KAZ, KGZ, TJK, TKM, UZB"),
        ("trip/?nationality=Narnia&legs=KAZ:2027-05-01/2027-05-02", 404, "No country matches"),
        ("nationality/Atlantis/", 404, "No country matches"),
        ("agreement/kaz-tha-2042/", 404, "No act matches"),
        ("visa/Z9/", 404, "No visa matches"),
    ],
)
def test_what_is_not_understood_is_said_with_the_right_status(server, path, status, said):
    answer, page = read(server, path)
    assert answer.status_code == status
    assert said in page.text
    assert page.all("h1")


def test_people_and_days_are_read_as_in_the_command(server):
    path = "?nationality=%D0%BD%D0%B5%D0%BC%D0%B5%D1%86&on=01.03.2025"  # немец
    _, page = read(server, path)
    assert "Germany (DEU)" in page.text
    assert next(one["value"] for one in page.all("input") if one["id"] == "on") == "1 March 2025"
    asked = "stay/?nationality=GER&on=1.5.2026"
    pages = (read(server, asked + one)[1] for one in ("&trips=10.4.2026", "&trips=2026-04-10", ""))
    dotted, plain, none = (page.text.partition("|")[0].strip() for page in pages)
    assert dotted == plain != none


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("?nationality=THA&on=2026-02-30", {"on": "'2026-02-30' is not a day"}),
        ("?nationality=THA&days=0", {"days": "is not a length of stay"}),
        ("?nationality=THA&passport=gold", {"passport": "No passport kind"}),
        ("?map=1/2/2014", {"map-on": "'1/2/2014' is not read"}),
        (
            "?nationality=Narnia&on=2026-02-30&days=x",
            {"nationality": "No country matches", "on": "is not a day", "days": "length of stay"},
        ),
        ("stay/?nationality=Narnia&on=soon", {"stay-nationality": "No country", "stay-on": "day"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(server, path, wrong):
    _, page = read(server, path)
    said = {one["id"]: one for one in page.all("div") if one.get("class") == "slip"}
    marked = {
        one["id"]: one["aria-describedby"]
        for kind in ("input", "select", "textarea")
        for one in page.all(kind)
        if "aria-invalid" in one
    }
    assert marked.keys() == wrong.keys()
    assert {*marked.values()} == said.keys()
    assert all(words in page.text for words in wrong.values())


def test_who_is_misunderstood_can_change_the_language_and_keeps_what_was_filled_in(server):
    _, page = read(server, "?nationality=Korea&on=2026-11-24&days=20")
    links = [one["href"] for one in page.all("a")]
    assert any(link.endswith("?on=24+November+2026&days=20&nationality=KOR") for link in links)
    assert any(link.endswith("kk/?nationality=Korea&on=2026-11-24&days=20") for link in links)


@pytest.mark.parametrize("path", ["visa/Z9/", "agreement/kaz-tha-2042/", "agreement/thailand/"])
def test_no_command_is_named_to_who_reads_a_page(server, path):
    _, page = read(server, path)
    assert "`" not in page.text


def test_unknown_address_is_a_page_for_a_browser_and_a_problem_for_a_program(server):
    browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    for path in ("foo", "a/b/c", "visa/B12-1/more"):
        answer = server.get(path, headers=browser)
        page = Page(answer.text)
        assert answer.status_code == 404
        assert "nothing at this address" in page.text
        sheet = next(one["href"] for one in page.all("link") if one["rel"] == "stylesheet")
        assert server.get(urljoin(str(answer.url), sheet)).status_code == 200
        assert server.get(path).headers["content-type"] == "application/problem+json"
    answer = server.get("api/v1/foo", headers=browser)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("nationality", "on", "tone"),
    [
        ("KGZ", "2020-06-01", "closed"),  # free by law, the border shut: no plain yes
        ("KGZ", "2026-11-24", "yes"),
        ("KAZ", "2020-06-01", "home"),
        ("IND&trips=2026-11-01", "2026-11-24", "no"),
    ],
)
def test_days_left_are_shown_as_what_they_are_worth(server, nationality, on, tone):
    _, page = read(server, f"stay/?nationality={nationality}&on={on}")
    assert f"answer tone-{tone}" in {one.get("class") for one in page.all("article")}


@pytest.mark.parametrize(
    ("path", "tone", "title"),
    [
        ("?nationality=DEU&days=45", "no", "No: 45 days are more than the 30 allowed without a"),
        ("?nationality=DEU&days=20", "yes", "Yes: 20 days are allowed without a visa (up to 30) |"),
        ("?nationality=KOR&passport=diplomatic&days=5", "maybe", "Not known whether 5 days are"),
        ("?nationality=USA&on=2020-06-01&days=5", "closed", "Not in practice: the border was"),
        ("stay/?nationality=DEU&trips=2026-10-01&on=2026-11-27", "no", "Overstayed by 28 days: f"),
        (
            "stay/?nationality=DEU&plan=2026-12-01/2026-12-09",
            "yes",
            "Yes: the visit from 1 December 2026",
        ),
        (
            "stay/?nationality=DEU&plan=2026-12-01/2027-03-09",
            "no",
            "No: the visit from 1 December 2026",
        ),
        ("stay/?nationality=ZWE&on=2026-11-24", "no", "No stay without a visa | Zimbabwe"),
    ],
)
def test_title_colour_and_first_words_answer_what_was_asked(server, path, tone, title):
    path = path if "on=" in path else f"{path}&on=2026-11-24"
    answer, page = read(server, path)
    assert answer.status_code == 200
    assert f"answer tone-{tone}" in {one.get("class") for one in page.all("article")}
    said = re.search(r"<title>(.*?)</title>", answer.text)[1]
    assert said.startswith(title)
    assert len(unescape(said)) <= 60
    heading = re.sub(r"<[^>]+>", "", re.search(r"<h2>(.*?)</h2>", answer.text)[1])
    assert heading.startswith(said.partition(" | ")[0].removesuffix("\u2026"))
    assert "possible again" not in answer.text


def test_the_way_to_a_visa_keeps_the_nationality(server):
    _, page = read(server, "?nationality=DEU&days=45&on=2026-11-24")
    links = [one["href"] for one in page.all("a") if "visa/B10/" in one["href"]]
    assert links
    assert all(one.endswith("?nationality=DEU") for one in links)
    _, page = read(server, "visa/B12/?nationality=DEU")
    assert "For DEU: not needed, by that list." in page.text
    assert "For " not in read(server, "visa/B12/")[1].text.partition("For DEU")[2]
    assert server.get("visa/B12/?nationality=Atlantis").status_code == 404


def test_a_document_is_not_called_an_ordinary_passport(server):
    _, page = read(server, "nationality/UNO/")
    assert "laissez-passer" in page.text
    assert "ordinary passport." not in page.text


def test_typo_is_offered_as_a_link(server):
    _, page = read(server, "?nationality=Tailand")
    assert any(one["href"].endswith("?nationality=THA") for one in page.all("a"))


@pytest.mark.parametrize("name", ["Thailand", "thailand", "Таиланд", "Тайланд", "TH", "764"])
def test_any_name_is_understood_without_a_script(server, name):
    answer = server.get("", params={"nationality": name, "on": "2026-11-24"})
    assert "Yes, without a visa" in answer.text
    assert "Agreement with Thailand" in answer.text


@pytest.mark.parametrize(
    ("path", "field"),
    [("", "nationality"), ("", "on"), ("", "days"), ("", "passport"), ("", "map"), ("stay/", "on")],
)
def test_hostile_words_stay_words(server, path, field):
    asked = {"nationality": "THA", field: HOSTILE}
    answer = server.get(path, params=asked)
    assert answer.status_code in {400, 404}
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert "49" not in re.findall(r"\{\{7\*7\}\}|alert\(1\)&gt;49", answer.text)
    trips = server.get("stay/", params={"nationality": "THA", "trips": HOSTILE})
    assert "<script>alert" not in trips.text


@pytest.mark.parametrize("path", ["nationality", "agreement", "visa"])
def test_hostile_addresses_stay_words(server, path):
    answer = server.get(f"{path}/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("?nationality=THA&on=2026-11-24&days=20", "Yes: 20 days are allowed without a visa"),
        ("?nationality=THA&on=2026-11-24&days=40", "No: 40 days are more than the 30 allowed"),
        ("?nationality=PAK&on=2026-11-24", "A visa is needed"),
        ("?nationality=KAZ&on=2026-11-24", "a citizen needs no visa"),
        ("?nationality=DEU&on=2020-06-01", "the border was closed"),
        ("?nationality=GBD&on=2026-11-24", "Not known for certain"),
    ],
)
def test_answer_is_said_in_words(server, path, shown):
    _, page = read(server, path)
    assert shown in page.text


def test_answer_is_that_of_the_registry(server, registry):
    for code in ("THA", "KOR", "IND", "TUR", "RUS", "QAT", "GBR"):
        _, page = read(server, f"?nationality={code}&on=2025-09-01")
        answer = registry.check(code, on="2025-09-01")
        if answer.regime:
            assert f"agreement/{answer.regime.instrument}/" in str(page.tags)
            assert answer.regime.act.title in page.text
        if answer.max_stay_days:
            assert f"up to {answer.max_stay_days} days" in page.text


def test_other_sites_may_show_a_picture_and_nothing_else(server):
    assert "frame-ancestors *" in server.get("kk/to/UZB/embed/map/").headers[POLICY]
    for path in ("", "picture/map.svg", "embedded", "to/UZB/", "api/v1/meta"):
        assert "frame-ancestors 'none'" in server.get(path).headers[POLICY]


@pytest.mark.parametrize("name", ["map", "growth", "ranks", "history-DEU"])
def test_a_picture_is_there_as_files_and_alone(server, name):
    drawn = server.get(f"ru/picture/{name}.svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert "Источник: visamap" in drawn.text
    rows = server.get(f"picture/{name}.csv").text.splitlines()
    alone = server.get(f"embed/{name}/").text
    assert len(rows) > 5
    assert "<svg" in alone
    assert "<script" not in alone
    for wrong in (f"picture/{name}.gif", "picture/weather.svg", "embed/history-ZZZ/"):
        assert server.get(wrong).status_code == 404


def test_the_map_of_a_picture_is_that_of_its_day(server, registry):
    rows = list(csv.DictReader(server.get("picture/map.csv?on=2020-06-01").text.splitlines()))
    suspended = [row["Code"] for row in rows if "suspended" in row["Answer"]]
    marks = registry.world_map(on="2020-06-01").marks
    told = [one.country.code for one in marks if one.shade == "suspended" and one.counted]
    assert sorted(suspended) == sorted(told)
    assert server.get("picture/map.svg?on=2020-13-01").status_code == 400


def test_the_map_is_made_of_links_that_keep_the_day(server):
    _, page = read(server, "?map=2020-06-01&mark=Germany")
    found = {one["data-code"]: one for one in page.all("a") if "data-code" in one}
    assert found["DEU"]["class"].startswith("vm-asked ")
    assert found["FRA"]["href"] == "./nationality/FRA/?on=2020-06-01"
    assert server.get(found["FRA"]["href"]).status_code == 200


def test_first_page_is_light(server):
    answer = server.get("")
    assert len(gzip.compress(answer.content, 6)) < 80_000
    _, page = read(server, "")
    scripts = [one for one in page.all("script") if "src" in one]
    files = [*links(page), *(one["src"] for one in scripts)]
    weight = len(gzip.compress(answer.content, 6))
    weight += sum(len(gzip.compress(server.get(one).content, 6)) for one in files)
    assert weight < 150_000
    assert all("defer" in one for one in scripts)


def test_files_are_kept_forever_under_their_digest_only(server):
    _, page = read(server, "")
    for one in links(page):
        assert "immutable" in server.get(one).headers["cache-control"]
        bare = server.get(one.partition("?")[0])
        assert "immutable" not in bare.headers["cache-control"]
    assert server.get("static/../pages.py").status_code == 404
    assert server.get("static/secret.css").status_code == 404


def test_map_of_another_day_comes_without_a_script(server, registry):
    _, page = read(server, "?map=2014-08-01")
    shades = {
        one["data-code"]: one["class"]
        for one in page.all("g")
        if "vm-country" in one.get("class", "")
    }
    for mark in registry.world_map(on="2014-08-01").marks:
        if mark.country.code in shades:
            assert f"vm-{mark.shade.replace('_', '-')}" in shades[mark.country.code]


@pytest.mark.parametrize(
    "written",
    ["2026-10-01/2026-10-10", "2026-10-01 2026-10-10", "2026-10-01 to 2026-10-10\r\n\r\n"],
)
def test_visits_may_be_written_in_several_ways(server, written):
    asked = {"nationality": "THA", "trips": written, "on": "2026-11-24"}
    answer = server.get("stay/", params=asked)
    assert "1 visit, 10 days: within the rules." in Page(answer.text).text


def test_visits_are_counted_under_the_word_of_the_api_too(server):
    asked = {
        "nationality": "THA",
        "trip": ["2026-10-01/2026-10-10", "2026-11-01/2026-11-05"],
        "on": "2026-11-24",
    }
    answer = server.get("stay/", params=asked)
    assert "2 visits, 15 days: within the rules." in Page(answer.text).text


def test_a_day_after_the_release_says_as_of_when_beside_the_day(server):
    said = read(server, "?nationality=THA&on=2027-01-01")[1].text
    assert "1 January 2027 (as known on 24 November 2026)" in said


def test_a_day_past_the_horizon_is_not_answered_and_the_map_stays_at_the_last_day(server):
    answer, page = read(server, "?nationality=DEU&on=2040-01-01")
    assert answer.status_code == 200
    assert "tone-maybe" in answer.text
    assert "more than a year after the data was released" in page.text
    assert 'data-on="2027-11-25"' in server.get("?on=2040-01-01").text
    answer, page = read(server, "?map=2040-01-01")
    assert answer.status_code == 400
    assert "up to" in page.text


def test_people_of_a_territory_are_told_whose_passport_answers(server):
    for path in ("?nationality=Puerto+Rico&on=2026-11-24", "nationality/PRI/"):
        said = read(server, path)[1].text
        assert "people of Puerto Rico hold: United States (USA)" in said
    said = read(server, "stay/?nationality=PRI&on=2026-11-24&trips=2026-11-20/")[1].text
    assert "people of Puerto Rico hold: United States (USA)" in said


@pytest.mark.parametrize(
    ("asked", "said", "unsaid"),
    [
        (
            "nationality=NIC",
            "a day between 16 June 2023 and 17 February 2026.",
            "without a break",
        ),
        ("nationality=THA", "1 January 2022 without a break;", "14 August 2024 without"),
        ("nationality=PRY&passport=diplomatic", "in December 2022;", "1 December 2022"),
    ],
)
def test_no_day_is_made_up_where_only_bounds_or_a_year_are_known(server, asked, said, unsaid):
    text = server.get(f"/?{asked}&on=2026-11-24").text.partition("</article>")[0]
    text = re.sub(r"<[^>]+>", "", text)
    assert said in text
    assert unsaid not in text


def test_the_page_names_what_each_index_counts(server):
    text = server.get("/").text
    assert "No visa in advance</th>" in text
    assert "Visa-free or eTA</th>" in text


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("to/KAZ/", ""),
        ("to/KAZ", ""),
        ("to/kz/nationality/DEU/?a=%20b", "nationality/DEU/?a=%20b"),
        ("ru/to/Kazakhstan/stay/", "ru/stay/"),
        ("to/uzb/", "to/UZB/"),
        (
            "ru/stay/?to=UZB&trip=2026-01-01/&trip=2026-02-01/",
            "ru/to/UZB/stay/?trip=2026-01-01%2F&trip=2026-02-01%2F",
        ),
        ("to/KGZ/nationality/DEU/?days=45&to=uz", "to/UZB/nationality/DEU/?days=45"),
        ("kk/to/Өзбекстан/visa/T/", "kk/to/UZB/visa/T/"),
        ("kk", "kk/"),
        ("stay", "stay/"),
        ("to/UZB/stay?on=2026-11-24", "to/UZB/stay/?on=2026-11-24"),
        ("nationality/THA", "nationality/THA/"),
        ("nationality/tha/?on=2026-11-24", "nationality/THA/?on=2026-11-24"),
        ("ru/to/uzb/nationality/Таиланд", "ru/to/UZB/nationality/THA/"),
        ("agreement/KAZ-THA-2024", "agreement/kaz-tha-2024/"),
        ("visa/b12-1", "visa/B12-1/"),
        ("to/UZB/trip/", "trip/"),
        ("passport/kz/uzbekistan", "passport/KAZ/UZB/"),
        ("passport/UZB/KAZ/", "passport/KAZ/UZB/"),
        ("to/UZB/passport/KAZ/to/de/", "passport/KAZ/to/DEU/"),
        ("agreement/", "agreements/"),
        (
            "nationality/KOR/?passport=official&on=2026-11-24",
            "nationality/KOR/service/?on=2026-11-24",
        ),
        ("nationality/KOR/ordinary/", "nationality/KOR/"),
    ],
)
def test_a_page_on_a_destination_has_one_address(server, path, leads):
    answer = server.get(path, follow_redirects=False)
    assert answer.status_code == 308
    assert urljoin(str(answer.url), answer.headers["location"]) == str(server.base_url.join(leads))
    assert server.get(leads).status_code == 200


def test_links_of_a_page_stay_in_its_destination(server, registry):
    for path in ("to/UZB/?nationality=DEU", "ru/to/UZB/nationality/DEU/", "to/UZB/visa/T/"):
        answer, page = read(server, path)
        inside = str(server.base_url.join(path.partition("UZB/")[0] + "UZB/"))
        out = [
            target
            for one in (*page.all("a"), *page.all("form"))
            if not one.get("lang")
            and "://" not in (link := one.get("href") or one["action"])
            and not (target := urljoin(str(answer.url), link)).startswith(inside)
        ]
        # Only the switch leads out, what is about no destination, and a frame, of one language.
        none = {one.address for one in PAGES if one.has == "none"}
        own = [one for one in out if not one.endswith(tuple(none)) and "/embed/" not in one]
        assert len(own) == len(registry.index.destinations) - 1, own


def test_the_switch_keeps_a_question_that_every_destination_answers(server):
    for path, kept in (
        ("to/UZB/nationality/DEU/?on=2026-11-24", "nationality/DEU/?on=2026-11-24"),
        ("to/UZB/nationality/DEU/", "nationality/DEU/"),
        ("ru/to/UZB/stay/?nationality=DEU", "ru/stay/?nationality=DEU"),
        ("to/UZB/agreement/uz-pres-5610-2019/", ""),
        ("ru/to/UZB/visa/T/", "ru/"),
    ):
        answer, page = read(server, path)
        links = {urljoin(str(answer.url), one["href"]) for one in page.all("a")}
        assert str(server.base_url.join(kept)) in links
        here = [one for one in page.all("a") if one.get("aria-current") == "true"]
        assert len([one for one in here if "?map=" not in one["href"] and "lang" not in one]) == 1


@pytest.mark.parametrize("path", ["to/Narnia/", "to/DEU/nationality/THA/", "to/", "to/DEU/foo"])
def test_what_is_no_destination_is_a_page_that_names_those_that_are(server, path):
    answer = server.get(path, headers={"accept": "text/html"})
    page = Page(answer.text)
    assert answer.status_code == 404
    links = {urljoin(str(answer.url), one["href"]) for one in page.all("a")}
    same = "nationality/THA/" if "THA" in path else ""
    assert {str(server.base_url.join(f"{within}{same}")) for within in ("", "to/UZB/")} <= links
    assert page.text.count("Uzbekistan") > 1
    sheet = next(one["href"] for one in page.all("link") if one["rel"] == "stylesheet")
    assert server.get(urljoin(str(answer.url), sheet)).status_code == 200


def test_only_pages_stand_under_a_destination(server):
    for path in ("to/UZB/api/v1/check/THA", "to/UZB/static/style.css", "to/UZB/feed.atom"):
        assert server.get(path).status_code == 404


def test_what_is_said_of_a_destination_is_its_own(server, registry):
    _, page = read(server, "to/UZB/")
    assert "https://mfa.uz" in str(page.tags)
    _, page = read(server, "to/UZB/?nationality=IND&on=2026-11-24")
    assert "tone-no" in str(page.tags)
    held = registry.entering("UZB").world_map(on="2026-11-24")
    found = server.get("to/UZB/map/2026-11-24.json").json()
    assert found["words"]["en"]["free"] == phrases_world.free(held)


@pytest.mark.parametrize(("home", "day"), [("KAZ", "2020-06-01"), ("UZB", "2026-11-24")])
def test_the_slider_is_told_what_the_map_says_in_every_language(server, registry, home, day):
    world = registry.entering(home).world_map(on=day)
    told = server.get(f"{'' if home == 'KAZ' else f'to/{home}/'}map/{day}.json").json()
    names = {one["code"]: one for one in server.get("api/v1/countries").json()["items"]}
    for language in LANGUAGES:
        with speaking(language):
            for mark in said(world).marks:
                number, act = told["marks"][mark.country.code]
                one = names[mark.country.code]
                name = one["name"] if language == "en" else one[f"name_{language}"]
                spoken = told["words"][language]["sentences"][number].replace("{name}", name)
                assert spoken == phrases_world.sentence(mark)
                assert told["classes"][number] == f"vm-{mark.shade.replace('_', '-')}"
                assert act == mark.instrument
    wrong = server.get("map/2026-02-30.json")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "wrong-usage")


@pytest.mark.parametrize(("language", "first"), [("en", "Afghanistan"), ("ru", "Австралия")])
def test_countries_to_choose_from_are_one_small_file(server, registry, language, first):
    _, page = read(server, f"{language}/")
    address = next(one["data-countries"] for one in page.all("body"))
    answer = server.get(urljoin(f"{server.base_url}{language}/", address))
    assert "immutable" in answer.headers["cache-control"]
    assert len(gzip.compress(answer.content, 6)) < 35_000
    rows = {code: (short, name, names.split("|")) for code, short, name, names in answer.json()}
    assert next(iter(rows.values()))[1] == first
    assert {"holland", "нидерланды", "dutch", "голландец"} <= {*rows["NLD"][2]}
    assert rows["TUR"][0] == "TR"
    assert all(registry.resolve(name) == code for code in rows for name in rows[code][2][:3])
    assert server.get("static/names.json").json()["deutschland"] == "DEU"


@pytest.mark.parametrize(
    "path", ["", "ru/nationality/THA/", "nationality/tha", "data/", "feed.atom", "robots.txt", "x"]
)
def test_the_host_that_a_caller_names_is_never_echoed(server, path):
    answer = server.get(path, headers={"Host": "evil.example"}, follow_redirects=False)
    assert "evil.example" not in f"{answer.text}{answer.headers}"


def test_a_journey_leads_to_the_cards_of_its_certain_legs(server):
    legs = "KAZ:2027-05-01/2027-05-12\nTKM:2027-05-12/2027-05-15\nUZB:2027-05-15/2027-06-01"
    _, page = read(server, "ru/trip/?" + urlencode({"nationality": "DEU", "legs": legs}))
    cards = [one["href"] for one in page.all("a") if "card/" in one["href"]]
    assert [urljoin("/ru/trip/", one) for one in cards] == [
        "/ru/card/DEU/?on=2027-05-01&passport=ordinary",
        "/ru/to/UZB/card/DEU/?on=2027-05-15&passport=ordinary",
    ]
    answer, card = read(server, urljoin("/ru/trip/", cards[1]))
    assert answer.status_code == 200
    assert "15 мая 2027" in card.text
    assert "Узбекистан" in card.text
    assert answer.headers["content-security-policy"].count("'sha256-") == 1
    assert len(answer.headers.get_list("content-security-policy")) == 1


def test_no_card_where_a_visa_is_needed(server):
    answer, page = read(server, "card/IND/?on=2026-12-01&passport=diplomatic")
    assert (answer.status_code == 200) == server.get(
        "api/v1/check/IND?on=2026-12-01&passport=diplomatic"
    ).json()["items"][0]["verdict"].startswith("visa_free")
    answer, page = read(server, "to/TKM/card/DEU/?on=2026-12-01")
    assert answer.status_code == 400
    assert "no certain yes" in page.text

"""The page in a real browser: Chromium on the application as it is shipped, on loopback."""

import re
import shutil
from urllib.parse import urlsplit

import httpx
import pytest
from kit_pages import JOURNEY, LISTS, folder_served, served
from selectolax.lexbor import LexborHTMLParser

from visamap.clock import today
from visamap.web import static_site
from visamap.web.app import create_app

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""Without the parts of a window it draws the same pages with two thirds of the work."""
pytestmark = pytest.mark.xdist_group("browser")
longer = pytest.mark.xdist_group("longer")
"""Tests of many pages: a group of their own, for a process that has time."""


def _sync_playwright():
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium-headless-shell")
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    return api.sync_playwright


@pytest.fixture(scope="module")
def address(registry):
    with served(registry) as found:
        yield found


@pytest.fixture(scope="module")
def chromium():
    with _sync_playwright()() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
                "--renderer-process-limit=1",  # none is started ahead of need
            ],
        )
        yield browser
        browser.close()


class Windows(dict):
    """A window for each kind of reader: to open one costs as much as to read four pages."""

    def __init__(self, chromium):
        self.chromium, self.troubles, self.hosts = chromium, [], set()

    def of(self, **options):
        kind = tuple(options.items())
        if kind not in self:
            page = self[kind] = self.chromium.new_context(**options).new_page()
            page.on("console", lambda said: self.troubles.append(said.text))
            page.on("pageerror", lambda error: self.troubles.append(str(error)))
            page.on("request", lambda asked: self.hosts.add(urlsplit(asked.url).netloc))
        return self[kind]


@pytest.fixture(scope="module")
def windows(chromium):
    return Windows(chromium)


@pytest.fixture
def opened(windows, address):
    """Open a page; at the end nothing may have gone wrong and no other host been asked."""

    def open_page(path="", *, width=1280, color_scheme="light", forced_colors="none", **options):
        page = windows.of(**options)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="screen", color_scheme=color_scheme, forced_colors=forced_colors)
        page.goto(address + path)
        return page

    yield open_page
    kept = []
    for page in windows.values():
        if page.url != "about:blank":
            kept += page.context.cookies()
            page.goto("about:blank")  # what still runs there ends
    troubles, hosts = [*windows.troubles], {*windows.hosts}
    windows.troubles.clear()
    windows.hosts.clear()
    assert [one for one in troubles if "status of 40" not in one] == []
    assert hosts <= {urlsplit(address).netloc, ""}  # and nothing that stands on no host
    assert kept == []


def colour(page, code):
    """What a country is painted with, as the browser sees it."""
    return page.eval_on_selector(f"#vm-{code}", "one => getComputedStyle(one).fill")


def shade(page, code):
    return page.get_attribute(f"#vm-{code}", "class").partition("vm-country ")[2]


def move_to(page, day):
    """Move the slider to the month of a day and wait until the map shows it."""
    year, month = int(day[:4]), int(day[5:7])
    page.eval_on_selector(
        "#month",
        "(one, n) => { one.value = n; one.dispatchEvent(new Event('input', {bubbles: true})); }",
        (year - 2014) * 12 + month - 1,
    )
    page.wait_for_selector(f"#map[data-on='{day}']")


def test_a_german_with_45_days_is_led_to_a_visa(opened):
    page = opened()
    page.type("#nationality", "ger")
    page.wait_for_selector("#nationality-list [role=option]")
    offered = page.eval_on_selector_all("[role=option]", "all => all.map((one) => one.innerText)")
    assert [one.split() for one in offered] == [["Germany", "DEU"]]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#nationality") == "Germany"
    page.fill("#on", "24 November 2026")
    page.fill("#days", "45 days")
    page.click("#ask button[type=submit]")
    page.wait_for_url("**/nationality/DEU/?on=2026-11-24&days=45")
    assert page.inner_text(".verdict h2").startswith("No: 45 days are more than the 30 allowed")
    said = page.inner_text("#answer-text")
    assert said.count("45 days are more than the 30 allowed") == 1
    for what in ("What to do next", "https://vmp.gov.kz", "invitation", "Fee", "consulates"):
        assert what in said
    page.click("#answer-text a >> text=B12-1")
    assert page.url.endswith("/visa/B12-1/?nationality=DEU")
    assert "For DEU: not needed, by that list." in page.inner_text("main")
    page.go_back()
    page.go_back()
    kept = [page.input_value(f"#{field}") for field in ("nationality", "on", "days")]
    assert kept == ["Germany", "24 November 2026", "45 days"]
    again = opened("nationality/DEU/?on=2026-11-24&days=45")
    assert again.inner_text("#answer-text") == said
    again.click(".again summary")
    again.fill("#days", "2 weeks")
    again.click("#ask button[type=submit]")
    again.wait_for_selector(".tone-yes")
    assert again.inner_text(".verdict h2").startswith("Yes: 14 days are allowed without a visa")


def test_the_field_of_a_country_is_a_combobox_that_keys_alone_drive(opened):
    page = opened("ru/")
    page.focus("#nationality")
    assert page.get_attribute("#nationality", "aria-expanded") == "false"
    for typed, first in (
        ("holl", "Нидерланды NLD"),
        ("герм", "Германия DEU"),
        ("kor", "Корейская"),
    ):
        page.fill("#nationality", "")
        page.type("#nationality", typed)
        page.wait_for_selector(f"[role=option] >> text={first.split()[0]}")
        found = page.locator("[role=option]")
        assert found.first.inner_text().replace("\n", " ").startswith(first)
        codes = page.eval_on_selector_all(
            "[role=option] span", "all => all.map((o) => o.innerText)"
        )
        assert len(codes) == len({*codes}) <= 8
    assert page.get_attribute("#nationality", "aria-expanded") == "true"
    assert page.locator("[role=listbox]:visible").count() == 1
    tree = page.locator(".box:has(#nationality)").aria_snapshot()
    assert 'combobox "Моё гражданство" [expanded]' in tree
    assert 'listbox "Страны"' in tree
    assert "status: " in page.locator("body").aria_snapshot()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = page.get_attribute("#nationality", "aria-activedescendant")
    assert page.get_attribute(f"#{active}", "aria-selected") == "true"
    assert page.evaluate("document.activeElement.id") == "nationality"
    page.keyboard.press("Escape")
    assert page.get_attribute("#nationality", "aria-expanded") == "false"
    assert page.get_attribute("#nationality", "aria-activedescendant") is None
    assert page.input_value("#nationality") == "kor"


def test_what_is_wrong_is_at_its_field_and_has_the_focus(opened):
    page = opened("stay/")
    page.fill("#stay-nationality", "Germany")
    page.fill("#entry-0", "1 October 2026")
    page.click(".rows .more >> nth=0")
    assert page.evaluate("document.activeElement.id") == "entry-1"
    page.fill("#entry-1", "in spring")
    page.keyboard.press("Enter")
    page.wait_for_selector("#trouble-entry-1")
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.id") == "entry-1"
    assert page.input_value("#entry-1") == "in spring"
    assert page.get_attribute("#entry-1", "aria-describedby") == "trouble-entry-1"
    assert page.input_value("#entry-0") == "1 October 2026"


@pytest.mark.parametrize("script", [True, False])
def test_a_journey_through_three_states_is_put_together_row_by_row(opened, script):
    page = opened("trip/", java_script_enabled=script)
    page.fill("#trip-nationality", "Germany")
    legs = (
        ("KAZ", "1.5.2027", "12 May 2027", False),
        ("UZB", "2027-05-12", "1.7.2027", False),
        ("TKM", "1 July 2027", "5.7.2027", True),
    )
    for n, (state, entry, leaving, on_visa) in enumerate(legs):
        if n:
            page.click(".more >> nth=0")
        page.select_option(f"#state-{n}", state)
        page.fill(f"#entry-{n}", entry)
        page.fill(f"#exit-{n}", leaving)
        if on_visa:
            page.check(f".visit >> nth={n} >> [type=checkbox]")
    page.click("#journey > button:last-child")
    page.wait_for_selector("#answer-text")
    assert page.inner_text(".verdict .said").startswith("No: leg 2 (Uzbekistan) is not possible")
    rows = page.locator(".legs tbody tr")
    assert rows.count() == 3
    assert "on a visa" in rows.nth(2).inner_text().lower()
    page.click(".less[value='1']")  # the leg through Uzbekistan
    page.fill("#entry-1", "12.5.2027")
    page.click("#journey > button:last-child")
    page.wait_for_selector(".legs tbody tr:nth-child(2)")
    assert page.locator(".legs tbody tr").count() == 2
    assert page.is_checked(".visit >> nth=1 >> [type=checkbox]")


def test_forms_hold_in_every_light_and_on_paper(opened, address):
    page = opened("nationality/PAK/", width=360, color_scheme="dark", forced_colors="active")
    assert page.is_visible(".next")
    page.click(".again summary")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    shown = page.eval_on_selector("#nationality", "one => getComputedStyle(one).borderTopStyle")
    assert shown == "solid"
    page.emulate_media(media="print", forced_colors="none", color_scheme="light")
    assert not page.is_visible("#ask")
    assert page.is_visible("#answer-text .next")
    page.goto(f"{address}stay/?nationality=THA&entry=1.10.2026&on=24.11.2026")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 360, "height": 800})
    widths = page.eval_on_selector_all(".visit .day", "all => all.map((one) => one.clientWidth)")
    assert min(widths) > 200  # a day in words is read whole


def test_the_slider_recolours_the_map_as_history_did(opened, registry):
    page = opened()
    today = page.get_attribute("#map", "data-on")
    seen = {today: (page.inner_text("#map-free"), shade(page, "DEU"), colour(page, "DEU"))}
    for day in ("2014-08-01", "2020-06-01"):
        move_to(page, day)
        seen[day] = (page.inner_text("#map-free"), shade(page, "DEU"), colour(page, "DEU"))
        told = {
            m.country.code: f"vm-country vm-{m.shade.replace('_', '-')}"
            for m in registry.world_map(on=day).marks
        }
        painted = page.eval_on_selector_all(
            ".vm-country", "all => all.map((one) => [one.dataset.code, one.getAttribute('class')])"
        )
        assert [one for one in painted if told[one[0]] != one[1]] == []
    assert [one[1] for one in seen.values()] == ["vm-free-30", "vm-free-14", "vm-suspended"]
    assert len({one[0] for one in seen.values()}) == 3
    assert len({one[2] for one in seen.values()}) == 3
    assert page.is_visible("#map-practice")
    assert "border was closed" in page.inner_text("#map-practice")
    assert "Suspended" in page.inner_text(".legend")
    page.click(".listed summary")
    assert "suspended" in page.inner_text("tr[data-code=DEU]")
    page.fill("#map-on", today)
    page.wait_for_selector(f"#map[data-on='{today}']")
    assert shade(page, "DEU") == "vm-free-30"
    assert not page.is_visible("#map-practice")


def test_years_can_be_clicked_and_played(opened):
    page = opened()
    page.click(".years a >> text=2016")
    page.wait_for_selector("#map[data-on='2016-07-01']")
    assert page.url.endswith("?map=2016-07-01#map") or page.url.endswith("?map=2016-07-01")
    assert page.get_attribute("#vm-DEU", "href").endswith("nationality/DEU/?on=2016-07-01")
    middle = "one => { const box = one.getBoundingClientRect(); return box.left + box.width / 2; }"
    label = page.eval_on_selector(".years [data-day='2016-07-01']", middle)
    wide = page.eval_on_selector("#month", "one => one.getBoundingClientRect().width")
    at = page.eval_on_selector("#month", "one => one.value / one.max")
    left = page.eval_on_selector("#month", "one => one.getBoundingClientRect().left")
    assert abs(left + at * wide - label) < wide / 12 / 6  # two months
    voice = page.inner_text("#map-said")
    page.click("#play")
    assert page.get_attribute("#map-said", "aria-live") == "off"
    page.wait_for_selector("#map:not([data-on='2016-07-01'])")
    page.wait_for_selector("#play[aria-pressed=true]")
    page.click("#play")
    page.wait_for_selector("#play[aria-pressed=false]")
    assert page.get_attribute("#map", "data-on") > "2016-07-01"
    assert page.get_attribute("#map-said", "aria-live") == "polite"
    assert page.inner_text("#map-said") != voice
    assert f"map={page.get_attribute('#map', 'data-on')}" in page.url


def test_a_map_in_the_hand_shows_what_a_finger_hits_before_it_leads_there(opened):
    page = opened("?map=2020-06-01", width=360, has_touch=True)
    assert page.is_visible(".inset")
    page.tap("[data-zoom=europe]")
    frame = page.locator(".vm-map").bounding_box()
    assert frame["height"] > 200  # Europe alone, and taller than the world

    def at(code):
        # Where the largest part of a country lies.
        return page.evaluate(
            """(code) => {
              const { at } = document.getElementById(`vm-${code}`).dataset;
              const [x, y] = at.split(" ").map(Number);
              const { a, d, e, f } = document.getElementById("vm-land").getScreenCTM();
              return [a * x + e, d * y + f];
            }""",
            code,
        )

    page.locator(".vm-map").scroll_into_view_if_needed()
    page.touchscreen.tap(*at("POL"))
    assert "map=2020-06-01" in page.url
    assert page.inner_text("#tip").startswith("Poland: visa required, the visa-free rule is susp")
    page.touchscreen.tap(*at("POL"))
    page.wait_for_url("**/nationality/POL/?on=2020-06-01")


def test_a_country_is_found_marked_and_its_shade_filtered(opened):
    page = opened("?mark=DEU")
    assert "vm-asked" in page.get_attribute("#vm-DEU", "class")
    page.fill("#find", "Люксембург")
    page.wait_for_selector("#vm-LUX.vm-chosen")
    assert float(page.get_attribute(".vm-map", "viewBox").split()[2]) < 400
    assert page.inner_text("#tip").startswith("Luxembourg: visa-free")
    assert "mark=LUX" in page.url
    page.click(".legend li[data-shade=free_14] button")
    off = "all => all.map((one) => [one.dataset.code, one.classList.contains('vm-off')])"
    faint = dict(page.eval_on_selector_all(".vm-country", off))
    assert (faint["LUX"], faint["IND"]) == (True, False)
    page.click(".legend li[data-shade=free_14] button")
    assert not any(dict(page.eval_on_selector_all(".vm-country", off)).values())
    page.focus("#vm-LUX")
    page.keyboard.type("jap")
    assert page.evaluate("document.activeElement.dataset.code") == "JPN"


def test_a_journalist_takes_a_chart_its_numbers_and_a_frame(
    chromium, opened, address, registry, tmp_path
):
    page = opened("to/UZB/#growth")
    assert "together" in page.text_content("#growth .marks")
    with page.expect_download() as taken:
        page.click("#growth .files >> text=CSV")
    head, *rows = taken.value.path().read_text(encoding="utf-8").splitlines()
    assert head.startswith("From,By agreement,By Uzbekistan's own acts,Together")
    today = len([one for one in registry.entering("UZB").partners() if not one.possible])
    assert rows[-1].split(",")[-2] == str(today)
    with page.expect_download() as taken:
        page.click("#growth .files >> text=PNG")
    assert taken.value.path().read_bytes().startswith(b"\x89PNG")
    page.click("#growth .embed summary")
    markup = page.input_value("#growth .embed textarea")
    assert f'src="{address}en/to/UZB/embed/growth/"' in markup
    (tmp_path / "index.html").write_text(f"<h1>News</h1>{markup}")
    with folder_served(tmp_path) as newspaper:
        other = chromium.new_page()
        other.goto(newspaper)
        frame = other.frame_locator("iframe")
        assert "Source: visamap, data of" in frame.locator("svg").text_content()
        other.close()


def test_everything_is_done_by_keyboard(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "nationality"
    page.keyboard.type("THA")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer-text")
    assert page.inner_text(".verdict h2") == "Yes, without a visa"
    page.go_back()
    stops, on_map = 0, 0
    page.focus("#nationality")
    while page.evaluate("document.activeElement.id") != "month" and stops < 60:
        page.keyboard.press("Tab")
        stops += 1
        on_map += page.evaluate("document.activeElement.classList.contains('vm-country')")
    assert on_map == 1
    page.keyboard.press("Home")
    page.wait_for_selector("#map[data-on='2014-01-01']")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#map[data-on='2014-02-01']")
    page.focus(".vm-country[tabindex='0']")
    first = page.evaluate("document.activeElement.dataset.code")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.code") != first
    assert page.inner_text("#tip") == page.evaluate(
        "document.activeElement.getAttribute('aria-label')"
    )


@longer
def test_nothing_is_wider_than_the_screen(opened, address):
    page = opened("stay/", width=360)
    for path in (
        "nationality/THA/?days=45",
        "?nationality=Korea&on=x&days=y",
        "agreement/kz-order-555-2016/",
        # The words of the other languages are longer.
        "kk/nationality/PAK/",
        "ru/stay/?nationality=THA&trips=2026-10-01/2026-10-28&on=2026-11-24",
        "kk/visa/B12-1/",
        "ru/nationality/KOR/",
        "ru/to/UZB/visa/T/",
        f"trip/?{JOURNEY}",
        *LISTS,
    ):
        page.goto(address + path)
        page.eval_on_selector_all("details", "all => all.forEach((one) => { one.open = true; })")
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_all_of_it_works_without_a_script(opened):
    page = opened("", java_script_enabled=False)
    assert not page.is_visible("#play")
    page.fill("#map-on", "2014-08-01")
    page.click("text=Show this day")
    assert "On 1 August 2014" in page.inner_text("#map-day")
    page.click(".years a >> text=2020")
    assert shade(page, "DEU") == "vm-suspended"
    page.fill("#stay-nationality", "THA")
    page.fill("#entry-0", "1.10.2026")
    page.fill("#exit-0", "28 October 2026")
    page.fill("#stay-on", "2026-11-24")
    page.keyboard.press("Enter")
    assert "30 days left" in page.inner_text(".answer")
    page.click(".brand")
    page.fill("#nationality", "Deutschland")
    page.fill("#on", "2026-11-24")
    page.click("#ask button")
    assert page.inner_text(".verdict h2") == "Yes, without a visa"


def test_the_language_is_that_of_the_browser_and_can_be_switched(opened):
    page = opened("nationality/THA/?on=2026-11-24", locale="ru-RU")
    assert page.get_attribute("html", "lang") == "ru"
    assert page.inner_text("h1") == "Таиланд"
    page.click("text=English")
    assert page.get_attribute("html", "lang") == "en"
    assert page.inner_text("h1") == "Thailand"
    assert page.url.endswith("/en/nationality/THA/?on=2026-11-24")
    page.click(".brand")
    assert page.url.endswith("/en/")
    page.click("text=Қазақша")
    assert page.get_attribute("html", "lang") == "kk"


def test_in_another_language_names_and_the_slider_speak_it(opened):
    page = opened("ru/", locale="en-GB")
    page.focus("#nationality")
    move_to(page, "2014-08-01")
    assert page.get_attribute("#vm-DEU", "aria-label").startswith("Германия:")
    assert page.get_attribute("#vm-DEU", "class") == "vm-country vm-free-14"
    page.fill("#nationality", "Germany")
    page.click("#ask > button")
    page.wait_for_selector("#answer-text")
    assert "/ru/" in page.url
    assert "Германия (DEU)" in page.inner_text("#answer-text")


@pytest.mark.parametrize("script", [True, False])
def test_the_destination_is_switched_and_stays(opened, script):
    page = opened("ru/nationality/IND/?on=2026-11-24", java_script_enabled=script)
    assert "tone-yes" in page.get_attribute("#answer-text", "class")
    page.click(".places >> text=Узбекистан")
    assert page.url.endswith("/ru/to/UZB/nationality/IND/?on=2026-11-24")
    assert page.inner_text(".places [aria-current]") == "Узбекистан"
    assert "tone-no" in page.get_attribute("#answer-text", "class")
    page.click(".again summary")
    page.fill("#nationality", "DEU")
    page.click("#ask > button")
    page.wait_for_url("**/ru/to/UZB/nationality/DEU/**")
    assert "UP-5610" in page.inner_text("#answer-text")
    page.click("#answer-text >> a[href*=agreement] >> nth=0")
    assert "/ru/to/UZB/agreement/uz-pres-5610-2019/" in page.url
    page.click(".languages >> text=English")
    assert "/en/to/UZB/agreement/" in page.url
    page.click(".places >> text=Kazakhstan")  # which has no such act
    assert page.url.endswith("/en/")


def test_the_slider_is_of_the_destination(opened, registry):
    page = opened("kk/to/UZB/")
    assert page.get_attribute("#vm-UZB", "class") == "vm-country vm-home"
    assert page.get_attribute("#month", "data-first") == "2018-01-01"
    page.eval_on_selector(
        "#month",
        "(one) => { one.value = 13; one.dispatchEvent(new Event('input', {bubbles: true})); }",
    )
    page.wait_for_selector("#map[data-on='2019-02-01']")
    seen = registry.entering("UZB").world_map(on="2019-02-01")
    told = {m.country.code: f"vm-country vm-{m.shade.replace('_', '-')}" for m in seen.marks}
    painted = page.eval_on_selector_all(
        ".vm-country", "all => all.map((one) => [one.dataset.code, one.getAttribute('class')])"
    )
    assert [one for one in painted if told[one[0]] != one[1]] == []
    assert page.get_attribute("#vm-DEU", "aria-label").startswith("Германия: ")
    page.click("#vm-DEU path")
    page.wait_for_url("**/kk/to/UZB/nationality/DEU/?on=2019-02-01")


@pytest.mark.parametrize("script", [True, False])
def test_a_kazakh_going_abroad(opened, registry, script):
    page = opened("nationality/KAZ/", java_script_enabled=script)
    page.click("text=Where this passport leads")
    assert page.url.endswith("/passport/KAZ/")
    page.select_option("#by-requirement", "visa_free")
    page.fill("#by-min_days", "60")
    page.select_option("#by-sort", "days")
    page.fill("#by-on", "2026-11-24")
    page.click(".filter button")
    page.wait_for_url("**min_days=60**")
    page.wait_for_selector("#visa-free ~ .wide tbody th")
    asked = {"on": "2026-11-24", "requirement": "visa_free", "min_days": 60, "sort": "days"}
    names = [one.destination.name for one in registry.outbound("KAZ", **asked)]
    shown = page.eval_on_selector_all(
        "#visa-free ~ .wide tbody th", "all => all.map((one) => one.innerText)"
    )
    assert shown == [name for name in names if name in shown]
    assert len(shown) > 10
    page.goto(page.url.partition("?")[0])
    page.fill("#find", "thail")
    if not script:
        page.click(".filter button")
    assert page.locator("tbody tr:visible").count() == 1
    page.click("tbody a:visible")
    assert page.url.endswith("/passport/KAZ/to/THA/")
    told = registry.outbound("KAZ", to="THA")[0]
    assert f"{told.max_stay_days} days a visit" in page.inner_text("#answer-text")
    assert page.locator(".periods > li").count() == len(registry.abroad_over_time("KAZ", "THA"))
    page.click(".top >> text=Going abroad")
    assert page.url.endswith("/passport/")


def test_a_students_comparison(opened, registry):
    page = opened("passport/", locale="ru-RU")
    page.click("text=Казахстан, Узбекистан")
    assert page.url.endswith("/passport/KAZ/UZB/")
    apart = registry.outbound("KAZ", "UZB", differ=True)
    easier = sum(one.best for one in apart if one.passport.code == "KAZ")
    rows = page.locator("section[aria-labelledby=KAZ] tbody tr")
    assert 0 < rows.count() <= easier
    page.click(".top >> text=Рейтинг")
    page.fill("#by-passport", "KAZ, UZB")
    page.select_option("#by-index", "henley")
    page.click(".filter button")
    latest = registry.ranks("KAZ", "UZB", index="henley", edition="latest")
    cells = page.eval_on_selector_all(
        "#list-0 ~ .wide tbody tr", "all => all.map((one) => one.children[1].innerText)"
    )
    assert [cell.split()[0] for cell in cells] == [str(one.rank) for one in latest]
    drawn = page.text_content(".picture")
    assert all(f"{one.rank} " in drawn for one in latest)


def test_a_list_is_printed_whole_and_without_its_form(opened):
    page = opened("passport/KAZ/")
    page.emulate_media(media="print")
    assert not page.is_visible(".filter")
    assert page.is_visible("#visa-required ~ .wide tbody tr:last-child")
    assert page.evaluate("getComputedStyle(document.querySelector('.wide')).overflowX") == "visible"


def test_no_field_cuts_off_what_stands_in_it(opened):
    page = opened("ru/")
    cut = "all => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.id)"
    for width in (360, 1000, 1160):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.eval_on_selector_all("#ask input[id]", cut) == [], width


def test_dark_is_dark(opened):
    page = opened("?map=2026-11-24", color_scheme="dark")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(int(part) for part in paper[4:-1].split(",")) < 120
    dark = colour(page, "DEU")
    page.emulate_media(color_scheme="light")
    assert colour(page, "DEU") != dark


COPIED = (
    *("static/", "index.", "stay/", "data/index.", "agreement/kaz-t", "visa/B12"),
    *("api/v1/countries.", "map/2014", "map/2020", "map/2026"),
)
SPELLINGS = (
    *("Russia", "South Korea", "UK", "Turkey", "Vietnam", "Holland", "Deutschland", "Таиланд"),
    *("германия", "Оңтүстік Корея", "St. Lucia", "the Gambia", "Côte d'Ivoire", "276", "D", "th"),
    *("German", "\U0001f1f0\U0001f1ff", "Thailand (THA)", "THA - Thailand", "GER", "Espa\u00f1a"),
)
STAYS = (
    *(("", "DEU", days) for days in (1, 30, 31)),
    *(("", "THA", 14), ("", "PAK", 3), ("", "KOR", 61)),
    *(("ru/", "DEU", 31), ("ru/", "RUS", 2), ("to/UZB/", "DEU", 31)),
)
"""Stays by destination, nationality and days, in two languages."""
HELD = {f"{within}nationality/{code}/index.html" for within, code, _ in STAYS}


@pytest.fixture(scope="module")
def copy(registry, tmp_path_factory):
    """Serve a small static copy from a folder inside another one, by a plain file server."""
    listed = {
        name: there
        for name, there in static_site._addresses(registry, today())
        if (not name.startswith("kk/") and name.removeprefix("ru/").startswith(COPIED))
        or name in HELD
    }
    files = static_site._batch(create_app(registry, copied=True), listed)
    folder = tmp_path_factory.mktemp("copy")
    for name, content in files.items():
        target = folder / "some" / "where" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    with folder_served(folder) as found:
        yield f"{found}some/where/", files


def main_of(text):
    """What a page says, without what a copy has less of: files, forms, other passports."""
    text = re.search(r"<main.*</main>", text, re.DOTALL)[0]
    for tag, kind in (("div", "files"), ("details", "again"), ("p", "kinds")):
        text = re.sub(f'<{tag} class="{kind}">.*?</{tag}>', "", text, flags=re.DOTALL)
    return " ".join(text.split())


@longer
def test_a_static_copy_says_what_the_server_says_page_after_page(copy, address):
    pages = [name for name in copy[1] if name.endswith("index.html")]
    assert len(pages) > 15
    headers = {"Accept-Language": "en"}
    with httpx.Client(base_url=address, headers=headers, timeout=60) as server:
        for name in pages:
            if "data/" not in name:  # the addresses of its files are others
                there = server.get(name.removesuffix("index.html"))
                assert main_of(copy[1][name].decode()) == main_of(there.text), name


@longer
def test_a_static_copy_reads_names_days_of_stay_and_days_of_the_map(
    chromium, copy, address, registry
):
    def served(path):
        return LexborHTMLParser(server.get(path).text)

    page, troubles = chromium.new_page(locale="en"), []
    page.on("console", lambda told: troubles.append(told.text))
    page.goto(copy[0])
    found = page.evaluate("names => Promise.all(names.map(ofName))", [*SPELLINGS, "Congo", "Korea"])
    assert dict(zip(SPELLINGS, found[:-2], strict=True)) == {
        name: registry.resolve(name) for name in SPELLINGS
    }
    assert [one for one in found[-2:] if one] == []  # two countries bear each
    page.fill("#nationality", "Deutschland")
    page.fill("#days", "45")
    page.click("#ask > button")
    page.wait_for_url("**/nationality/DEU/**")
    what = "article.answer, .verdict h2, .said"
    said = """what => [...document.querySelectorAll(what)]
        .map(one => one.className + (one.matches("article") ? "" : one.textContent))"""
    with httpx.Client(base_url=address, headers={"Accept-Language": "en"}, timeout=60) as server:
        for within, code, days in STAYS:
            path = f"{within}nationality/{code}/?days={days}"
            page.goto(copy[0] + path)
            told = served(path).css(what)
            assert page.evaluate(said, what) == [
                one.attributes.get("class", "") + ("" if one.tag == "article" else one.text())
                for one in told
            ], path
            assert len(told) > 1
            assert page.query_selector(".trouble") is None
        for day in ("2014-08-01", "2020-06-01", today().isoformat()):
            page.goto(f"{copy[0]}?map={day}")
            page.wait_for_selector(f"#map[data-on='{day}']")
            there = served(f"?map={day}")
            for one in ("#map-day", "#map-free", "#map-practice"):
                assert page.text_content(one) == there.css_first(one).text(), day
            shades = page.eval_on_selector_all(
                ".vm-country", "all => all.map(one => [one.id, one.getAttribute('class')])"
            )
            marks = [one.attributes for one in there.css(".vm-country")]
            assert sorted(map(tuple, shades)) == sorted((m["id"], m["class"]) for m in marks), day
            assert len(shades) > 190
    page.close()
    assert troubles == []


@longer
def test_a_static_copy_says_what_it_cannot_and_leads_in_no_circle(chromium, copy):
    page = chromium.new_page(locale="en")
    for path in ("?nationality=THA&on=2014-01-01", "nationality/THA/?passport=diplomatic"):
        page.goto(copy[0] + path)
        page.wait_for_selector(".trouble >> text=This page is a fixed copy")
        assert "nationality/THA/" in page.url
    page.goto(f"{copy[0]}stay/?nationality=Tailand")
    page.wait_for_selector(".trouble >> text=Tailand")
    page.goto(f"{copy[0]}stay/?nationality=THA&entry=2026-01-01&exit=2026-01-09")
    page.wait_for_selector(".trouble >> text=cannot count visits")
    page.close()


def test_a_link_that_is_shared_shows_its_picture_and_its_data_is_no_script(opened):
    page = opened("ru/to/UZB/nationality/DEU/")
    told = page.evaluate("""async () => {
        const of = (name) => document.querySelector(`meta[property="og:${name}"]`).content;
        const image = new Image();
        image.src = new URL(of("image"), location.href);
        await image.decode();
        const data = document.querySelector("script[type='application/ld+json']").textContent;
        return [of("title"), image.naturalWidth, image.naturalHeight, JSON.parse(data)];
    }""")
    assert told[:3] == [page.title(), 1200, 630]
    assert told[3]["inLanguage"] == "ru"
    assert len(page.title()) <= 60


THINNED = """lists => {
  const further = lists ? document.querySelectorAll("main > section:nth-of-type(n+3)") : [];
  further.forEach(one => one.remove());
  const alike = "tr, li, option, a, circle, rect, line, text, .vm-countries > *", seen = new Map();
  for (const one of document.querySelectorAll(alike)) {
    const kind = [one.localName, one.getAttribute("class"), one.getAttribute("role")].join();
    const kinds = seen.get(one.parentElement) ?? {};
    seen.set(one.parentElement, kinds);
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    if (kinds[kind] > 3) one.remove();
  }
}"""
"""Leave three of what a page has many of in one place: the rules look at each in the same way."""
COLOURED = {
    "": "main",
    "nationality/THA/?days=20": "body",
    "nationality/PAK/": ".answer",
    "nationality/GBD/": ".answer",
    "nationality/KAZ/": ".answer",
    "nationality/DEU/?on=2020-06-01": ".answer",
    "stay/?nationality=THA&trips=2026-10-01/2026-10-28&on=2026-11-24": "main",
    f"trip/?{JOURNEY}": "main",
    "ru/passport/KAZ/": "main",
    "ranks/": "main",
}
"""Where each colour of an answer, a map, a calendar, a chart and a legend is."""
BUILT = {
    "kk/to/UZB/nationality/IND/": "body",
    "agreement/kz-order-555-2016/": "main",
    "ru/visa/B12-1/": "main",
    "visa/Z9/": "main",  # what is wrong
    "passport/KAZ/to/THA/": "main",
    "passport/KAZ/UZB/": "main",
    "kk/agreements/?year=2024": "main",
    "data/": "main",
    "docs/": "main",
    "embed/map/": "body",
}
"""Every other element, class and role that a page has is on one of these."""


@longer
def test_axe_finds_nothing_serious(opened, address):
    axe = pytest.importorskip(
        "axe_playwright_python.base", reason="axe-playwright-python is not installed"
    ).AXE_SCRIPT
    page, found = opened("stay/", color_scheme="light", bypass_csp=True), []

    def look(path, part, **rules):
        asked = [part, {"resultTypes": ["violations"], **rules}]
        for violation in page.evaluate("asked => axe.run(...asked)", asked)["violations"]:
            if violation["impact"] in {"serious", "critical"}:
                places = [node["target"] for node in violation["nodes"][:3]]
                found.append((path, violation["id"], places))

    for path, part in (COLOURED | BUILT).items():
        page.emulate_media(color_scheme="light")
        page.goto(address + path)
        page.eval_on_selector_all(
            "details:not(.listed)", "all => all.forEach((one) => { one.open = true; })"
        )
        page.evaluate(THINNED, path in LISTS)
        page.evaluate(axe)
        look(path, part)
        if path in COLOURED:  # in the dark nothing but colours differs
            page.emulate_media(color_scheme="dark")
            look(f"dark {path}", part, runOnly=["color-contrast"])
    assert found == []

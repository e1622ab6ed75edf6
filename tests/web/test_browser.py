"""The page in a real browser: Chromium on the application as it is shipped, on loopback."""

import os
import shutil
from urllib.parse import urlsplit

import httpx
import pytest
from kit_pages import JOURNEY, folder_served, served

CHROMIUM = "/usr/bin/chromium"
pytestmark = pytest.mark.xdist_group("browser")


def _sync_playwright():
    if not os.path.exists(CHROMIUM) and not shutil.which("chromium"):
        pytest.skip("Chromium is not installed: apt-get install chromium")
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
            executable_path=shutil.which("chromium") or CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, address):
    """Open a page; at the end nothing may have gone wrong and no other host been asked."""
    contexts, troubles, hosts = [], [], set()

    def open_page(path="", *, width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: troubles.append(said.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
        page.goto(address + path)
        return page

    yield open_page
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert troubles == []
    assert hosts <= {urlsplit(address).netloc}
    assert cookies == []


def colour(page, code):
    """What a country is painted with, as the browser sees it."""
    return page.eval_on_selector(f"#vm-{code}", "one => getComputedStyle(one).fill")


def shade(page, code):
    return page.get_attribute(f"#vm-{code}", "class").removeprefix("vm-country ")


def move_to(page, day):
    """Move the slider to the month of a day and wait until the map shows it."""
    year, month = int(day[:4]), int(day[5:7])
    page.eval_on_selector(
        "#month",
        "(one, n) => { one.value = n; one.dispatchEvent(new Event('input', {bubbles: true})); }",
        (year - 2014) * 12 + month - 1,
    )
    page.wait_for_selector(f"#map[data-on='{day}']")


def test_a_nationality_is_typed_and_the_answer_read(opened):
    page = opened()
    page.fill("#nationality", "Таиланд")
    page.wait_for_selector("#countries option:nth-child(600)", state="attached")
    page.fill("#on", "2026-11-24")
    page.fill("#days", "20")
    page.click("#ask button")
    page.wait_for_selector("#answer-text")
    assert page.inner_text(".verdict h2") == "Yes: 20 days are allowed without a visa (up to 30)"
    said = page.inner_text("#answer-text")
    assert said.count("20 days are allowed without a visa (up to 30)") == 1
    assert "Agreement with Thailand" in said
    assert "on=2026-11-24" in page.url
    again = opened(page.url.partition("/")[2].partition("/")[2].partition("/")[2])
    assert again.inner_text("#answer-text") == said


def test_the_day_changes_the_answer(opened):
    page = opened("?nationality=IND&on=2019-06-01")
    assert page.inner_text(".verdict h2") == "A visa is needed"
    page.fill("#on", "2026-11-24")
    page.click("#ask button")
    page.wait_for_selector(".tone-yes")
    assert "14 days" in page.inner_text("#answer-text")


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
    assert "?" not in page.url
    page.click("#play")
    page.wait_for_selector("#map:not([data-on='2016-07-01'])")
    page.wait_for_selector("#play[aria-pressed=true]")
    page.click("#play")
    page.wait_for_selector("#play[aria-pressed=false]")
    assert page.get_attribute("#map", "data-on") > "2016-07-01"


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


def test_nothing_is_wider_than_the_screen(opened, address):
    page = opened("stay/", width=360)
    for path in (
        "?nationality=THA&days=20",
        "nationality/KOR/",
        "agreement/kz-order-555-2016/",
        "visa/B12-1/",
        "stay/?nationality=THA&trips=2026-10-01/2026-10-28&on=2026-11-24",
        "kk/?nationality=THA&days=20",
        "ru/stay/?nationality=THA&trips=2026-10-01/2026-10-28&on=2026-11-24",
        "kk/visa/B12-1/",
        "ru/nationality/KOR/",
        "to/UZB/?nationality=THA&days=20",
        "kk/to/UZB/nationality/DEU/",
        "ru/to/UZB/visa/T/",
        f"trip/?{JOURNEY}",
    ):
        page.goto(address + path)
        page.eval_on_selector_all("details", "all => all.forEach((one) => { one.open = true; })")
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_all_of_it_works_without_a_script(opened):
    page = opened("", java_script_enabled=False)
    page.fill("#nationality", "Deutschland")
    page.fill("#on", "2026-11-24")
    page.click("#ask button")
    assert page.inner_text(".verdict h2") == "Yes, without a visa"
    assert not page.is_visible("#play")
    page.fill("#map-on", "2014-08-01")
    page.click("text=Show this day")
    assert "On 1 August 2014" in page.inner_text("#map-day")
    assert page.inner_text(".verdict h2") == "Yes, without a visa"
    page.click(".years a >> text=2020")
    assert shade(page, "DEU") == "vm-suspended"
    page.fill("#stay-nationality", "THA")
    page.fill("#trips", "2026-10-01 to 2026-10-28")
    page.fill("#stay-on", "2026-11-24")
    page.click("#count button")
    assert "30 days left" in page.inner_text(".answer")


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
    page.wait_for_selector("#countries option:nth-child(600)", state="attached")
    offered = page.eval_on_selector_all("#countries option", "all => all.map((one) => one.value)")
    assert offered.index("Австралия") < offered.index("Швеция") < offered.index("Япония")
    assert {"Thailand", "Таиланд", "THA"} <= set(offered)
    move_to(page, "2014-08-01")
    assert page.get_attribute("#vm-DEU", "aria-label").startswith("Германия:")
    assert page.get_attribute("#vm-DEU", "class") == "vm-country vm-free-14"
    page.fill("#nationality", "Germany")
    page.click("#ask button")
    page.wait_for_selector("#answer-text")
    assert "/ru/" in page.url
    assert "Германия (DEU)" in page.inner_text("#answer-text")


@pytest.mark.parametrize("script", [True, False])
def test_the_destination_is_switched_and_stays(opened, script):
    page = opened("ru/?nationality=IND&on=2026-11-24", java_script_enabled=script)
    assert "tone-yes" in page.get_attribute("#answer-text", "class")
    page.click(".places >> text=Узбекистан")
    assert page.url.endswith("/ru/to/UZB/?nationality=IND&on=2026-11-24")
    assert page.inner_text(".places [aria-current]") == "Узбекистан"
    assert "tone-no" in page.get_attribute("#answer-text", "class")
    page.fill("#nationality", "DEU")
    page.click("#ask button")
    assert "/ru/to/UZB/?nationality=DEU" in page.url
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
    page.wait_for_url("**/kk/to/UZB/nationality/DEU/")


def test_dark_is_dark(opened):
    page = opened("?nationality=PAK", color_scheme="dark")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(int(part) for part in paper[4:-1].split(",")) < 120
    light = opened("?nationality=PAK", color_scheme="light")
    assert colour(page, "DEU") != colour(light, "DEU")


COPIED = {
    "index.html": "",
    "stay/index.html": "stay/",
    "nationality/THA/index.html": "nationality/THA/",
    "api/v1/countries.json": "api/v1/countries",
    "map/2014-08-01.json": "map/2014-08-01.json",
    "static/style.css": "static/style.css",
    "static/page.js": "static/page.js",
    "static/icon.svg": "static/icon.svg",
}


@pytest.fixture(scope="module")
def copy(address, tmp_path_factory):
    """Serve a part of a static copy from a folder inside another one, by a plain file server."""
    folder = tmp_path_factory.mktemp("copy")
    for name, path in COPIED.items():
        target = folder / "some" / "where" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(httpx.get(address + path).content)
    with folder_served(folder) as found:
        yield f"{found}some/where/"


def test_a_static_copy_answers_or_says_that_it_cannot(chromium, copy):
    page = chromium.new_page()
    page.goto(copy)
    page.fill("#nationality", "Таиланд")
    page.click("#ask button")
    page.wait_for_url("**/nationality/THA/")
    assert page.inner_text(".verdict h2") == "Yes, without a visa"
    page.click(".brand")
    page.wait_for_selector("#month")
    move_to(page, "2014-08-01")
    assert shade(page, "DEU") == "vm-free-14"
    page.fill("#map-on", "2015-03-03")
    page.wait_for_selector("#map-day >> text=could not be fetched")
    page.goto(f"{copy}?nationality=THA&on=2014-01-01")
    page.wait_for_selector(".trouble >> text=cannot answer for another day")
    page.goto(f"{copy}stay/?nationality=THA&trips=2026-01-01/2026-01-09")
    page.wait_for_selector(".trouble >> text=nor count days")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened, address, scheme):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    ).Axe()
    # The map has hundreds of parts that are the same in both schemes but for their colour.
    body = "body" if scheme == "light" else {"include": ["body"], "exclude": [".vm-countries"]}
    page = opened("stay/", color_scheme=scheme, bypass_csp=True)
    rules = {"resultTypes": ["violations"]}
    if scheme == "dark":  # nothing but colours differs
        rules["runOnly"] = ["color-contrast"]
    found = []
    for path, part in (
        ("?nationality=THA&days=20", body),
        ("?nationality=PAK", ".ask"),  # each colour of an answer, the rest as above
        ("?nationality=GBD", ".ask"),
        ("?nationality=DEU&on=2020-06-01", ".ask"),
        ("nationality/KAZ/", "body"),
        ("agreement/kz-order-555-2016/", "body"),
        ("visa/B12-1/", "body"),
        ("stay/?nationality=THA&trips=2026-10-01/2026-10-28&on=2026-11-24", "body"),
        ("kk/nationality/THA/", "body"),
        ("ru/visa/B12-1/", "body"),
        ("to/UZB/?nationality=DEU", body),
        ("kk/to/UZB/nationality/IND/", "body"),
        (f"trip/?{JOURNEY}", "body"),
    ):
        page.goto(address + path)
        page.eval_on_selector_all(
            "details:not(.listed)", "all => all.forEach((one) => { one.open = true; })"
        )
        for violation in axe.run(page, part, rules).response["violations"]:
            if violation["impact"] in {"serious", "critical"}:
                places = [node["target"] for node in violation["nodes"][:3]]
                found.append((path, violation["id"], places))
    assert found == []

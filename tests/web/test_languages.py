"""The page in three languages, and the API in the one that a program asks for."""

import asyncio
import re
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import httpx
import pytest
from kit_pages import Page, kind, served

from visamap import i18n
from visamap.render.phrases import place
from visamap.web.app import create_app
from visamap.web.languages import preferred

OWN = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
THAILAND = {"en": "Thailand", "kk": "Таиланд", "ru": "Таиланд"}


@pytest.fixture(scope="module")
def server(registry):
    with (
        served(registry) as address,
        httpx.Client(base_url=address, timeout=20, follow_redirects=True) as client,
    ):
        yield client


def language_of(text):
    return re.search(r'<html lang="([^"]+)"', text)[1]


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", "en"),
        ("ru", "ru"),
        ("ru-KZ,ru;q=0.9,en;q=0.8", "ru"),
        ("en;q=0.5, kk;q=0.7, ru;q=0.6", "kk"),
        ("de, fr;q=0.9", "en"),
        ("de, kk;q=0.1", "kk"),
        ("ru;q=0", "en"),
        ("*", "en"),
        ("en;q=0.2, *;q=0.1", "en"),
        ("en;q=0, *", "kk"),
        ("ru;q=1.0, kk;q=1.0", "ru"),  # the one named first
        ("ru;q=high, kk;q=0.1", "kk"),
        ("KK-Cyrl-KZ", "kk"),
        (",;,q=1;;", "en"),
        ("ru;q=0.1," * 5000, "ru"),
    ],
)
def test_the_browser_is_understood(accepted, expected):
    assert preferred(accepted) == expected


@pytest.mark.parametrize("path", ["", "nationality/THA/", "stay/", "visa/B12-1/"])
def test_without_a_language_in_the_address_the_browser_decides(server, path):
    for wanted in ("ru", "en", "kk", "ru"):  # a kept answer is not taken for another one
        answer = server.get(path, headers={"accept-language": f"{wanted}-KZ"})
        assert language_of(answer.text) == wanted
        assert answer.headers["content-language"] == wanted
        assert "Accept-Language" in answer.headers["vary"]
        again = server.get(
            path, headers={"accept-language": wanted, "if-none-match": answer.headers["etag"]}
        )
        assert again.status_code == 304
        assert "Accept-Language" in again.headers["vary"]


@pytest.mark.parametrize("chosen", i18n.LANGUAGES)
def test_an_address_with_a_language_keeps_it(server, chosen):
    other = next(one for one in i18n.LANGUAGES if one != chosen)
    for path in ("/", "/nationality/THA/", "/stay/", "/?nationality=THA"):
        answer = server.get(f"{chosen}{path}", headers={"accept-language": other})
        assert answer.status_code == 200
        assert language_of(answer.text) == chosen
        assert "Accept-Language" not in answer.headers["vary"]
    missing = server.get(f"{chosen}/foo", headers={"accept": "text/html"})
    assert (missing.status_code, language_of(missing.text)) == (404, chosen)


@pytest.mark.parametrize("path", ["", "ru/", "kk/nationality/THA/", "en/?map=2014-08-01"])
def test_the_switch_leads_to_the_same_page_in_each_language(server, path):
    answer = server.get(path)
    page = Page(answer.text)
    offered = {one["lang"]: one for one in page.all("a") if "hreflang" in one}
    told = {one["hreflang"]: one["href"] for one in page.all("link") if "hreflang" in one}
    assert set(offered) == set(OWN)
    assert set(told) == {*OWN, "x-default"}
    for name, link in offered.items():
        assert f'hreflang="{name}"' in answer.text
        assert OWN[name] in answer.text
        assert told[name] == link["href"]
        there = server.get(urljoin(str(answer.url), link["href"]))
        assert (there.status_code, language_of(there.text)) == (200, name)
        assert there.url.query == answer.url.query
        assert f"{there.url.path.removeprefix(f'/{name}')}" in f"{answer.url.path}/"


def test_every_link_of_a_page_with_a_language_leads_somewhere(server):
    asked = set()
    for path in ("ru/", "kk/nationality/THA/", "ru/agreement/kaz-tha-2024/", "kk/stay/"):
        answer = server.get(path)
        page = Page(answer.text)
        own = {one["href"] for one in page.all("a") if "hreflang" not in one}
        files = {one["href"] for one in page.all("link")} | {page.all("script")[0]["src"]}
        for link in sorted(own | files | {one["action"] for one in page.all("form")}):
            address = urlsplit(urljoin(str(answer.url), link))
            if address.netloc != answer.url.netloc.decode():
                continue
            if kind(address.path) not in asked:
                asked.add(kind(address.path))
                assert server.get(address.path).status_code == 200, (path, link)
            assert link in files or address.path.startswith(f"/{path[:2]}")


@pytest.mark.parametrize("chosen", i18n.LANGUAGES)
def test_countries_bear_their_names_in_the_reader_s_language(server, chosen):
    page = Page(server.get(f"{chosen}/?nationality=THA&on=2026-11-24").text)
    assert f"{THAILAND[chosen]} (THA)" in page.text
    world = Page(server.get(f"{chosen}/").text)
    shape = next(one for _, one in world.tags if one.get("data-code") == "THA")
    assert shape["aria-label"].startswith(f"{THAILAND[chosen]}:")
    for name in THAILAND.values():  # whatever the page speaks, it understands all
        asked = {"nationality": name, "on": "2026-11-24"}
        assert "(THA)" in server.get(f"{chosen}/", params=asked).text


def test_names_stand_in_the_order_of_the_alphabet():
    names = ["Ямайка", "Қазақстан", "Кения", "Әзербайжан", "Австрия", "Өзбекстан", "Оман"]
    with i18n.speaking("kk"):
        found = sorted(names, key=place)
    assert found == [
        *("Австрия", "Әзербайжан", "Кения", "Қазақстан", "Оман", "Өзбекстан", "Ямайка"),
    ]


def test_days_are_written_for_people_and_for_programs(server):
    page = Page(server.get("en/nationality/THA/").text)
    assert {"datetime": "2024-04-23"} in page.all("time")
    assert "23 April 2024" in page.text


@pytest.mark.parametrize("path", ["check/THA", "partners", "map", "countries", "agreements"])
def test_the_api_speaks_english_unless_asked(server, path):
    address = f"api/v1/{path}"
    english = server.get(address)
    assert english.headers["content-language"] == "en"
    assert "Accept-Language" in english.headers["vary"]
    likes = {"accept-language": "ru-KZ, en;q=0.5"}
    plain = server.get(address, params={"lang": "EN"}, headers=likes)
    assert english.content == plain.content
    assert "Accept-Language" not in plain.headers["vary"]
    russian = server.get(address, params={"lang": "ru"})
    assert russian.headers["content-language"] == "ru"
    assert russian.content == server.get(address, headers=likes).content
    there, here = russian.json(), english.json()
    assert "Таиланд" in russian.text
    assert "Thailand" not in {one.get("name") for one in there["items"]}
    assert _codes(there) == _codes(here)


def _codes(value, key=""):
    """An answer without the words in it."""
    if isinstance(value, dict):
        return {name: _codes(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_codes(inner, key) for inner in value]
    prose = isinstance(value, str) and not re.fullmatch(r"[\w.:/-]+", value, re.ASCII)
    names = {"name", "label", "title", "note", "text", "place", "organisation"}
    return "" if prose or key in names else value


def test_maps_and_feeds_take_a_language(server):
    picture = server.get("api/v1/map.svg", params={"lang": "ru", "on": "2026-11-24"})
    assert ET.fromstring(picture.content) is not None  # noqa: S314  our own
    assert "Таиланд" in picture.text
    around = server.get("api/v1/map", params={"lang": "ru"}).json()["map"]
    assert "Natural Earth" in around["boundaries"]
    assert "Outlines" not in around["boundaries"]
    for path in ("feed.atom", "events.ics"):
        assert server.get(path).headers["content-language"] == "en"
        russian = server.get(path, params={"lang": "ru"})
        assert russian.headers["content-language"] == "ru"
        assert server.get(path, params={"lang": "xx"}).status_code == 400


@pytest.mark.parametrize("lang", ["xx", "kz", "", "ru&lang=kk"])
def test_no_other_language_is_promised(server, lang):
    answer = server.get(f"api/v1/check/THA?lang={lang}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "lang"


def test_only_pages_stand_under_a_language(server):
    for path in ("ru/api/v1/check/THA", "ru/static/style.css", "kk/feed.atom", "en/healthz"):
        assert server.get(path).status_code == 404
    assert server.get("ruin/").status_code == 404


def test_every_question_tells_of_the_language(server):
    found = server.get("openapi.json", headers={"accept-language": "ru"}).json()
    for path, methods in found["paths"].items():
        names = {one["name"] for one in methods["get"].get("parameters", ())}
        assert ("lang" in names) == path.startswith("/api/"), path


def test_below_another_path_the_language_is_found_too(registry):
    async def asked(path):
        transport = httpx.ASGITransport(create_app(registry), root_path="/visas")
        async with httpx.AsyncClient(transport=transport, base_url="http://x.test") as client:
            return await client.get(path)

    answer = asyncio.run(asked("/visas/ru/nationality/THA/"))
    assert (answer.status_code, language_of(answer.text)) == (200, "ru")
    page = Page(answer.text)
    switch = next(one["href"] for one in page.all("a") if one.get("hreflang") == "kk")
    assert urljoin(str(answer.url), switch) == "http://x.test/visas/kk/nationality/THA/"
    sheet = next(one["href"] for one in page.all("link") if one["rel"] == "stylesheet")
    assert urljoin(str(answer.url), sheet).startswith("http://x.test/visas/static/style.css")

"""``visamap site``: the same answers as files, from any file server and any sub-path."""

import json
import posixpath
import re
import subprocess
import sys
from datetime import date, timedelta
from html import unescape
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from kit_pages import Page
from kit_windows import troubles

from visamap.cli import app as cli
from visamap.clock import today
from visamap.render import phrases_world
from visamap.web import site as made
from visamap.web.copies import map_days
from visamap.web.head import SITEMAP, XHTML
from visamap.web.page_table import PAGES

pytestmark = pytest.mark.xdist_group("site")


DESCRIBED = ("openapi.json", "/openapi.json")
"""What every copy has."""


@pytest.fixture(scope="session")
def files(registry):
    return made.site(registry, "https://example.org/visas/")


def test_every_file_can_be_written_on_windows(files):
    assert not list(troubles(files))


def pages(files):
    return {name: content.decode() for name, content in files.items() if name.endswith(".html")}


def listed(files):
    """Pages that are to be found, without those that are framed elsewhere."""
    return {name: text for name, text in pages(files).items() if "noindex" not in text}


def test_there_is_json_for_each_nationality_act_and_visa(files, registry):
    for code in registry.index.tables["countries"]:
        answer = json.loads(files[f"api/v1/check/{code}.json"])
        assert answer["items"][0]["nationality"]["code"] == code
        assert f"api/v1/timeline/{code}.json" in files
    for act in registry.agreements(on=today(), kind="all"):
        assert json.loads(files[f"api/v1/agreements/{act.id}.json"])["items"][0]["id"] == act.id
    assert json.loads(files["api/v1/visas/B12-1.json"])["items"][0]["code"] == "B12-1"


def test_maps_follow_the_slider(files, registry):
    closed = json.loads(files["api/v1/map/2020-06-01.json"])
    assert closed["map"]["practice"]
    days = {name for name in files if re.fullmatch(r"map/[\d-]+\.json", name)}
    assert days == {f"map/{day}.json" for day in map_days(registry)}
    assert len(ET.fromstring(files["api/v1/map/2020-06-01.svg"]))  # noqa: S314  our own


def test_every_link_of_a_page_leads_to_a_file(files):
    dead = set()
    for name, text in pages(files).items():
        for link in re.findall(r'(?:href|src|action)="([^"]*)"', text):
            parts = urlsplit(unescape(link))
            if parts.scheme or parts.netloc or not parts.path:
                continue
            assert not parts.path.startswith("/"), (name, link)  # would leave the sub-path
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), parts.path))
            if path not in files and posixpath.join(path, "index.html").lstrip("./") not in files:
                dead.add((name, link))
    assert dead == set()


def test_sitemap_names_each_page_where_it_will_stand(files, registry):
    sitemap = ET.fromstring(files["sitemap.xml"])  # noqa: S314  our own
    found, last = {}, {}
    for page in sitemap.iter(f"{{{SITEMAP}}}url"):
        others = {one.get("hreflang"): one.get("href") for one in page.iter(f"{{{XHTML}}}link")}
        place = page.find(f"{{{SITEMAP}}}loc").text
        found[place], last[place] = others, page.findtext(f"{{{SITEMAP}}}lastmod")
    assert len(found) == len(listed(files)) - 3  # but for the pages of what is missing
    assert all(place.startswith("https://example.org/visas/") for place in found)
    for place, others in found.items():
        assert set(others) == {"en", "kk", "ru", "x-default"}
        assert place in others.values()
        assert set(others.values()) <= set(found)
    assert last["https://example.org/visas/nationality/IND/"] == "2022-07-08"
    assert last["https://example.org/visas/kk/agreement/kaz-tha-2024/"] == "2024-08-14"
    for home in registry.index.destinations:
        within = "" if home == "KAZ" else f"to/{home}/"
        happened = [event for event in registry.entering(home).feed() if event.on <= today()]
        for code in registry.index.tables["countries"]:
            own = [e.on for e in happened if code in {one.code for one in e.nationalities}]
            newest = max(own).isoformat() if own else None
            assert last[f"https://example.org/visas/{within}nationality/{code}/"] == newest
        first = last[f"https://example.org/visas/ru/{within}"]
        assert first == happened[-1].on.isoformat() < today().isoformat()


def test_what_a_search_engine_and_a_messenger_show_fits_and_names_its_own_place(files):
    for name, text in listed(files).items():
        page = Page(text[: text.index("</head>")])
        title, about = (
            unescape(re.search(form, text)[1])
            for form in ("<title>(.*?)</title>", '<meta name="description" content="(.*?)">')
        )
        assert 0 < len(title) <= 60, name
        assert 0 < len(about) <= 160, name
        said = {one["property"]: one["content"] for one in page.all("meta") if "property" in one}
        own = [one["href"] for one in page.all("link") if one["rel"] == "canonical"]
        if name.endswith(made.LOST):
            assert (own, said) == ([], {})
            continue
        assert own == [said["og:url"]] == [f"https://example.org/visas/{name[:-10]}"]
        assert (said["og:title"], said["og:description"]) == (title, about)
        assert said["og:image"].removeprefix("https://example.org/visas/") in files
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
        assert (data["url"], data["name"]) == (said["og:url"], title)
        feeds = {one["href"] for one in page.all("link") if one.get("type", "").endswith("+xml")}
        feeds.discard(f"{page.all('link')[0]['href']}")
        assert {one.removeprefix("https://example.org/visas/") for one in feeds} <= set(files)
    assert len([name for name in files if name.startswith("share/")]) == 75
    assert "KAZ-yes-ru" in files["ru/nationality/DEU/index.html"].decode()


def test_each_page_is_there_in_three_languages(files):
    english = {name for name in pages(files) if not name.startswith(("kk/", "ru/"))}
    for language in ("kk", "ru"):
        own = {name for name in pages(files) if name.startswith(f"{language}/")}
        assert own == {f"{language}/{name}" for name in english}
        assert all(f'<html lang="{language}">' in files[name].decode() for name in own)
    assert "Таиланд" in files["ru/nationality/THA/index.html"].decode()
    assert all('<html lang="en">' in files[name].decode() for name in english)


def test_what_programs_read_is_there_once_and_what_the_slider_says_in_every_language(
    files, registry
):
    own = [n for n in files if n.startswith(("kk/", "ru/")) and "html" not in n]
    assert [n for n in own if "/picture/" not in n] == []
    assert "Источник: visamap" in files["ru/to/UZB/picture/growth.svg"].decode()
    then = json.loads(files["map/2014-07-15.json"])  # until it changes again, in 2015
    free = phrases_world.free(registry.world_map(on="2014-08-01"))
    assert {words["free"] for words in then["words"].values()} == {free}
    number, act = then["marks"]["DEU"]
    assert then["words"]["ru"]["sentences"][number] == "{name}: без визы, до 15 дней"
    assert (then["classes"][number], act) == ("vm-free-14", "kz-gov-639-2014")
    days = [name for name in files if re.fullmatch(r"to/UZB/map/[\d-]+\.json", name)]
    assert min(days) == "to/UZB/map/2018-01-01.json"  # its data is complete from that year
    told = files["to/UZB/index.html"].decode()
    assert all(day.removeprefix("to/UZB/map/").removesuffix(".json") in told for day in days)


def test_the_map_of_any_day_is_that_of_the_last_change(registry):
    for home in sorted(registry.index.destinations):
        view = registry.entering(home)
        days = map_days(view)
        for last in (day - timedelta(days=1) for day in days[1:]):
            before = max(day for day in days if day <= last)
            first, then = (view.world_map(on=day) for day in (before, last))
            assert (first.marks, first.advisories) == (then.marks, then.advisories), (home, last)


def test_going_abroad_and_the_lists_stand_in_the_copy(files, registry):
    for code in registry.index.apart("outbound")["seen"]:
        for place in registry.known_abroad(code):
            assert place == code or f"ru/passport/{code}/to/{place}/index.html" in files
    compared = {name for name in files if re.fullmatch(r"passport/[A-Z]+/[A-Z]+/index.html", name)}
    assert len(compared) == 10
    for page in (page for page in PAGES if "{" not in page.address):
        assert f"kk/{page.address}index.html" in files
        assert (f"to/TJK/{page.address}index.html" in files) is (page.has != "none")
    # What messengers read, of a site whose address is told, comes on top of the 150 MB.
    assert sum(map(len, files.values())) < 175_000_000


def test_every_destination_has_its_pages_answers_and_feeds(files, registry):
    for home in registry.index.destinations - {"KAZ"}:
        view = registry.entering(home)
        for act in view.index.records["instruments"]:
            assert f"to/{home}/agreement/{act['id']}/index.html" in files
            assert f"api/v1/to/{home}/agreements/{act['id']}.json" in files
        for visa in view.visas(on=today()):
            assert f"kk/to/{home}/visa/{visa.code}/index.html" in files
        answer = json.loads(files[f"api/v1/to/{home}/check/DEU.json"])["items"][0]
        assert answer["destination"]["code"] == home
        assert answer["verdict"] == view.check("DEU").verdict
        page = files[f"ru/to/{home}/nationality/DEU/index.html"].decode()
        assert (answer["regime"] or {}).get("instrument", "") in page
        assert f"{home}/events".encode() in files[f"to/{home}/feed.atom"]
    assert not [name for name in files if re.match(r"((kk|ru)/|api/v1/)?to/KAZ/", name)]
    assert "uz-pres-5610-2019" in files["to/UZB/nationality/DEU/index.html"].decode()


def test_a_territory_without_rules_of_its_own_leads_to_the_holder_of_its_passport(files):
    for within in ("", "to/UZB/", "ru/to/UZB/"):
        page = files[f"{within}nationality/GRL/index.html"].decode()
        assert 'href="../../nationality/DNK/"' in page
        assert len(page) < len(files[f"{within}nationality/DNK/index.html"]) / 2
    own = files["nationality/HKG/index.html"].decode()
    assert 'id="history-title"' in own
    assert json.loads(files["api/v1/check/GRL.json"])["items"][0]["held_passport"]["code"] == "DNK"


def test_side_by_side_it_is_the_same_and_progress_is_told():
    code = """if True:
        from visamap.registry import load
        from visamap.web import site
        app = site.create_app(load(), copied=True)
        asked = {str(n): f"/api/v1/check/{c}" for n, c in enumerate(("THA", "DEU", "IND"))}
        site.BATCH, site.cpu_count, told = 1, lambda: 2, []
        many = site._answers(app, asked, told.append)
        site.MOST_PROCESSES = 1
        assert list(many.items()) == list(site._answers(app, asked, None).items())
        print(told[-1], len(told), len(site._app))
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1.0 3 0\n"


def test_its_description_lists_what_it_holds_and_nothing_else(files):
    described, told = json.loads(files["openapi.json"]), set()
    for path, methods in described["paths"].items():
        words = methods["get"]["parameters"]
        for one in words[0]["schema"]["enum"] if words else ("",):
            told.add(path.format(**{word["name"]: one for word in words}).removeprefix("/"))
    assert told == {name for name in files if name.startswith("api/v1/")}


def test_feeds_and_the_data_package_are_beside(files):
    assert files["feed.atom"].startswith(b"<?xml")
    assert json.loads(files["data/datapackage.json"])["resources"]


def test_it_is_written_whole_and_replaces_only_its_own(monkeypatch, tmp_path, registry, capsys):
    monkeypatch.setattr(
        made, "_addresses", lambda *_: iter([("a/b/index.html", "/healthz"), DESCRIBED])
    )
    target = tmp_path / "public"
    assert cli.run(["site", "-o", str(target)]) == 0
    assert capsys.readouterr().err.startswith("Wrote ")  # no bar where nobody watches
    assert (target / "a" / "b" / "index.html").exists()
    assert not (target / "sitemap.xml").exists()
    assert registry.data.digest in (target / made.MARK).read_text(encoding="utf-8")
    assert cli.run(["site", "-o", str(target)]) == 2
    assert cli.run(["site", "-o", str(target), "--overwrite"]) == 0
    (target / "holiday").mkdir()
    assert cli.run(["site", "-o", str(target), "--overwrite"]) == 2
    assert "holiday" in capsys.readouterr().err
    other = tmp_path / "other"
    other.mkdir()
    (other / "README.md").write_text("not ours", encoding="utf-8")
    assert cli.run(["site", "-o", str(other), "--overwrite"]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "public"]


@pytest.mark.parametrize("address", ["example.org", "ftp://x", "https://x/?a", "https://x y/", ""])
def test_base_url_must_be_a_whole_address(address, tmp_path, capsys):
    assert cli.run(["site", "-o", str(tmp_path / "s"), "--base-url", address]) == 2
    assert "https://example.org/visas/" in capsys.readouterr().err


def test_an_answer_that_fails_fails_the_site(monkeypatch, registry):
    monkeypatch.setattr(made, "_addresses", lambda *_: iter([("api/v1/x.json", "/api/v1/x")]))
    with pytest.raises(RuntimeError, match="404"):
        made.site(registry)


def test_a_page_that_is_missing_fails_the_site(monkeypatch, registry):
    monkeypatch.setattr(made, "_addresses", lambda *_: iter([("visa/Z9/index.html", "/visa/Z9/")]))
    with pytest.raises(RuntimeError, match="404"):
        made.site(registry)


def test_the_same_day_gives_the_same_bytes(monkeypatch, registry):
    some = [
        DESCRIBED,
        ("index.json", "/api/v1/check/THA"),
        ("m.svg", f"/api/v1/map.svg?on={date(2020, 6, 1)}"),
    ]
    monkeypatch.setattr(made, "_addresses", lambda *_: iter(some))
    assert made.site(registry) == made.site(registry)

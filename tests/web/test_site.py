"""``visamap site``: the same answers as files, from any file server and any sub-path."""

import json
import posixpath
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from html import unescape
from itertools import combinations
from statistics import mean
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from kit_pages import Page
from kit_windows import troubles

from visamap.cli import commands as cli
from visamap.clock import today
from visamap.export.formats import Made
from visamap.registry import Registry
from visamap.render import phrases_world
from visamap.web import static_site as made
from visamap.web.fixed_copy import map_days
from visamap.web.head import SITEMAP, XHTML
from visamap.web.page_table import PAGES

pytestmark = pytest.mark.xdist_group("site")


BASE = "https://example.org/visas/"
LANGUAGES = {"": "en", "kk/": "kk", "ru/": "ru"}
"""The language of each folder of pages."""
NATIONALITIES = (
    *("THA", "DEU", "IND", "KNA"),  # by agreement, by decree, by one that changed, since some day
    *("PAK", "CIV", "XXA"),  # a visa, letters that are no ASCII, no state
    *("GBD", "HKG", "GRL", "DNK"),  # not known; territories with a passport of their own or not
)
ACTS = ("kaz-tha-2024", "uz-pres-5610-2019", "kz-gov-639-2014")
DAYS = ("2014-07-15", "2018-01-01", str(made.CLOSED), str(today()))
ONLY = {"KGZ": "", "TJK": "kk/", "TKM": "ru/", "UZB": "ru/"}
"""The folder of the pages on a destination that are made; those on Kazakhstan are in each."""
MOST = 178_000_000
"""Bytes of a whole copy without its data package (7 million), with what messengers read."""


def parts(name):
    return re.split("[/.]", name)


class Choice:
    """Every file of the whole copy, and some of each kind, which are made here.

    Those are what is named above and, of each destination, its own nationality, its first act of
    each kind, its first visa and its last. ``make bench`` makes the whole.
    """

    def __init__(self, registry):
        self.whole = dict(made._addresses(registry, today()))
        days = {one for name in self.whole for one in parts(name) if re.match(r"\d{4}-", one)}
        self.many = {*registry.index.tables["countries"], *days}
        chosen = {*NATIONALITIES, *ACTS, *DAYS, *registry.index.destinations}
        self.ids = {}
        for home in registry.index.destinations:
            view = registry.entering(home)
            acts = {act["id"]: act["kind"] for act in reversed(view.index.records["instruments"])}
            visas = [visa.code for visa in view.visas(on=today())]
            self.ids[home] = {*acts}, {*visas}
            self.many |= {*acts, *visas}
            chosen |= {*{kind: act for act, kind in acts.items()}.values(), visas[0], visas[-1]}
        self.left_out = self.many - chosen
        self.files = {name: there for name, there in self.whole.items() if self._holds(name)}

    def _holds(self, name):
        on = re.match("(kk/|ru/|)(?:to|passport/KAZ)/([A-Z]+)/.*(html|svg|csv)$", name)
        elsewhere = on and on[1] != ONLY.get(on[2], on[1])
        elsewhere = elsewhere or re.search("passport/(?!KAZ|index)", name)
        return not elsewhere and self.left_out.isdisjoint(parts(name))

    def kind(self, name):
        """Return the name without what there are many of."""
        return "/".join("*" if one in self.many else one for one in parts(name))


@pytest.fixture(scope="session")
def choice(registry):
    return Choice(registry)


@pytest.fixture(scope="session")
def whole(choice, registry):
    """The names of all files of a whole copy, but for its data package."""
    return {*choice.whole, "sitemap.xml", *made.pictures(registry)}


@pytest.fixture(scope="session")
def files(choice, registry):
    """A small copy, with a data package that has the answers of one destination only."""
    shared, package = made.pictures(registry)[::4], registry.export("TKM")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "export", lambda: package)
        patch.setattr(made, "_addresses", lambda *_: iter(choice.files.items()))
        patch.setattr(made, "pictures", lambda _: shared)
        return made.site(registry, BASE)


def pages(files):
    return {name: content.decode() for name, content in files.items() if name.endswith(".html")}


def listed(files):
    """Pages that are to be found, without those that are framed elsewhere."""
    return {name: text for name, text in pages(files).items() if "noindex" not in text}


def test_a_whole_copy_has_all_nationalities_acts_visas_and_passports(choice, whole, registry):
    codes = registry.index.tables["countries"]
    answers, read = set(), set()
    for home, (acts, visas) in choice.ids.items():
        within = "" if home == "KAZ" else f"to/{home}/"
        answers |= {f"{within}{one}/{code}" for one in ("check", "timeline") for code in codes}
        answers |= {f"{within}agreements/{act}" for act in acts}
        answers |= {f"{within}visas/{visa}" for visa in visas}
        read |= {f"{within}nationality/{code}/" for code in codes}
        read |= {f"{within}agreement/{act}/" for act in acts}
        read |= {f"{within}visa/{visa}/" for visa in visas}
        for page in (page for page in PAGES if "{" not in page.address):
            assert (f"{within}{page.address}index.html" in whole) is (
                not within or page.has != "none"
            )
    for code in registry.index.apart("outbound")["seen"]:
        read |= {f"passport/{code}/to/{one}/" for one in registry.known_abroad(code) if one != code}
    compared = [re.fullmatch(r"passport/([A-Z]+)/([A-Z]+)/index.html", name) for name in whole]
    pairs = sorted(tuple(sorted(pair.groups())) for pair in compared if pair)
    assert pairs == [*combinations(sorted(registry.index.destinations), 2)]
    assert {f"api/v1/{name}.json" for name in answers} <= whole
    assert {f"{name}index.html" for name in read} <= whole
    assert not [name for name in whole if re.match(r"((kk|ru)/|api/v1/)?to/KAZ/", name)]


def test_the_small_copy_has_each_kind_of_what_a_whole_one_has(choice, files):
    assert {choice.kind(name) for name in choice.whole} == {
        choice.kind(name) for name in files if name in choice.whole
    }


def test_a_whole_copy_is_not_too_large(choice, whole, files):
    sizes, of_all = defaultdict(list), Counter(choice.kind(name) for name in whole)
    for name, content in files.items():
        sizes[choice.kind(name)].append(len(content))
    # As large as those made here, of each kind; `make bench` weighs it.
    sizes = {
        kind: some for kind, some in sizes.items() if not kind.startswith("data/") or kind in of_all
    }
    assert sum(of_all.get(kind, 1) * mean(some) for kind, some in sizes.items()) < MOST


def test_every_file_can_be_written_on_windows(whole, files):
    assert not list(troubles({*whole, *files}))


def test_there_is_json_for_a_nationality_an_act_and_a_visa(files):
    for code in NATIONALITIES:
        answer = json.loads(files[f"api/v1/check/{code}.json"])
        assert answer["items"][0]["nationality"]["code"] == code
        assert f"api/v1/timeline/{code}.json" in files
    for act in ("kaz-tha-2024", "kz-gov-639-2014"):
        assert json.loads(files[f"api/v1/agreements/{act}.json"])["items"][0]["id"] == act
    assert json.loads(files["api/v1/visas/A1.json"])["items"][0]["code"] == "A1"


def test_maps_follow_the_slider(whole, files, registry):
    closed = json.loads(files["api/v1/map/2020-06-01.json"])
    assert closed["map"]["practice"]
    days = {name for name in whole if re.fullmatch(r"map/[\d-]+\.json", name)}
    assert days == {f"map/{day}.json" for day in map_days(registry)}
    assert len(ET.fromstring(files["api/v1/map/2020-06-01.svg"]))  # noqa: S314  our own


def test_every_link_of_a_page_leads_to_a_file(whole, files):
    there, dead = {*whole, *files}, set()
    for name, text in pages(files).items():
        for link in {*re.findall(r'(?:href|src|action)="([^"]*)"', text)}:
            at = urlsplit(unescape(link))
            if at.scheme or at.netloc or not at.path:
                continue
            assert not at.path.startswith("/"), (name, link)  # would leave the sub-path
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), at.path))
            if path not in there and posixpath.join(path, "index.html").lstrip("./") not in there:
                dead.add((name, link))
    assert dead == set()


def test_sitemap_names_each_page_where_it_will_stand(whole, files, registry):
    sitemap = ET.fromstring(files["sitemap.xml"])  # noqa: S314  our own
    found, last = {}, {}
    for page in sitemap.iter(f"{{{SITEMAP}}}url"):
        others = {one.get("hreflang"): one.get("href") for one in page.iter(f"{{{XHTML}}}link")}
        place = page.find(f"{{{SITEMAP}}}loc").text
        found[place], last[place] = others, page.findtext(f"{{{SITEMAP}}}lastmod")
    read = {name.removesuffix("index.html") for name in whole if name.endswith("index.html")}
    assert {*found} == {f"{BASE}{name}" for name in read if "embed/" not in name}
    for place, others in found.items():
        assert set(others) == {"en", "kk", "ru", "x-default"}
        assert place in others.values()
        assert found.keys() >= {*others.values()}
    assert last[f"{BASE}nationality/IND/"] == "2022-07-08"
    assert last[f"{BASE}kk/agreement/kaz-tha-2024/"] == "2024-08-14"
    for home in registry.index.destinations:
        within = "" if home == "KAZ" else f"to/{home}/"
        events = [event for event in registry.entering(home).feed() if event.on <= today()]
        newest = {}
        for event in events:
            for code in {one.code for one in event.nationalities}:
                newest[code] = max(newest.get(code, ""), event.on.isoformat())
        for code in registry.index.tables["countries"]:
            assert last[f"{BASE}{within}nationality/{code}/"] == newest.get(code)
        first = last[f"{BASE}ru/{within}"]
        assert first == max(event.on for event in events).isoformat() < today().isoformat()


def test_what_a_search_engine_and_a_messenger_show_fits_and_names_its_own_place(whole, files):
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
        assert own == [said["og:url"]] == [f"{BASE}{name[:-10]}"]
        assert (said["og:title"], said["og:description"]) == (title, about)
        assert said["og:image"].removeprefix(BASE) in whole
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
        assert (data["url"], data["name"]) == (said["og:url"], title)
        feeds = {one["href"] for one in page.all("link") if one.get("type", "").endswith("+xml")}
        feeds.discard(f"{page.all('link')[0]['href']}")
        assert {one.removeprefix(BASE) for one in feeds} <= set(files)
    assert len([name for name in whole if name.startswith("share/")]) == 75
    assert "KAZ-yes-ru" in files["ru/nationality/DEU/index.html"].decode()


def test_each_page_is_there_in_three_languages(whole, files):
    own = {folder: set() for folder in LANGUAGES}
    for name in (name for name in whole if name.endswith(".html")):
        folder = name[:3] if name[:3] in LANGUAGES else ""
        own[folder].add(name.removeprefix(folder))
    assert own[""] == own["kk/"] == own["ru/"]
    for name, text in pages(files).items():
        assert f'<html lang="{LANGUAGES.get(name[:3], "en")}">' in text
    assert "Таиланд" in files["ru/nationality/THA/index.html"].decode()


def test_what_programs_read_is_there_once_and_what_the_slider_says_in_every_language(
    whole, files, registry
):
    own = [n for n in whole if n.startswith(("kk/", "ru/")) and "html" not in n]
    assert [n for n in own if "/picture/" not in n] == []
    assert "Источник: visamap" in files["ru/to/UZB/picture/growth.svg"].decode()
    then = json.loads(files["map/2014-07-15.json"])  # until it changes again, in 2015
    free = phrases_world.free(registry.world_map(on="2014-08-01"))
    assert {words["free"] for words in then["words"].values()} == {free}
    number, act = then["marks"]["DEU"]
    assert then["words"]["ru"]["sentences"][number] == "{name}: без визы, до 15 дней"
    assert (then["classes"][number], act) == ("vm-free-14", "kz-gov-639-2014")
    days = [name for name in whole if re.fullmatch(r"to/UZB/map/[\d-]+\.json", name)]
    assert min(days) == "to/UZB/map/2018-01-01.json"  # its data is complete from that year
    told = files["ru/to/UZB/index.html"].decode()
    assert all(day.removeprefix("to/UZB/map/").removesuffix(".json") in told for day in days)


def test_the_map_of_any_day_is_that_of_the_last_change(registry):
    for home in sorted(registry.index.destinations):
        view = registry.entering(home)
        days = map_days(view)
        for day in days[1 :: 1 if home == "KAZ" else 3]:
            last = day - timedelta(days=1)
            before = max(one for one in days if one <= last)
            first, then = (view.world_map(on=day) for day in (before, last))
            assert (first.marks, first.advisories) == (then.marks, then.advisories), (home, last)


def test_every_destination_has_its_pages_answers_and_feeds(files, registry):
    for home in registry.index.destinations - {"KAZ"}:
        view = registry.entering(home)
        answer = json.loads(files[f"api/v1/to/{home}/check/DEU.json"])["items"][0]
        assert answer["destination"]["code"] == home
        assert answer["verdict"] == view.check("DEU").verdict
        page = files[f"{ONLY[home]}to/{home}/nationality/DEU/index.html"].decode()
        assert (answer["regime"] or {}).get("instrument", "") in page
        assert f"{home}/events".encode() in files[f"to/{home}/feed.atom"]
    assert "uz-pres-5610-2019" in files["ru/to/UZB/nationality/DEU/index.html"].decode()


def test_a_territory_without_rules_of_its_own_leads_to_the_holder_of_its_passport(files):
    for within in ("", "to/KGZ/", "ru/to/UZB/"):
        page = files[f"{within}nationality/GRL/index.html"].decode()
        assert 'href="../../nationality/DNK/"' in page
        assert len(page) < len(files[f"{within}nationality/DNK/index.html"]) / 2
    own = files["nationality/HKG/index.html"].decode()
    assert 'id="history-title"' in own
    assert json.loads(files["api/v1/check/GRL.json"])["items"][0]["held_passport"]["code"] == "DNK"


def test_side_by_side_it_is_the_same_and_progress_is_told():
    code = """if True:
        from visamap.registry import load
        from visamap.web import static_site
        app = static_site.create_app(load(), copied=True)
        asked = {str(n): f"/api/v1/check/{c}" for n, c in enumerate(("THA", "DEU", "IND"))}
        static_site.BATCH, static_site.cpu_count, told = 1, lambda: 2, []
        many = static_site._answers(app, asked, told.append)
        static_site.MOST_PROCESSES = 1
        assert list(many.items()) == list(static_site._answers(app, asked, None).items())
        print(told[-1], len(told), len(static_site._app))
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


@pytest.fixture
def holding(monkeypatch):
    """Make copies of a few files, without the data package, which has tests of its own."""
    monkeypatch.setattr(Registry, "export", lambda _: None)
    monkeypatch.setattr(made, "made", lambda *_: Made({"README.md": b""}))
    return lambda *some: monkeypatch.setattr(made, "_addresses", lambda *_: iter(some))


def test_it_is_written_whole_and_replaces_only_its_own(holding, tmp_path, registry, capsys):
    holding(("a/b/index.html", "/static/style.css"), ("openapi.json", "/healthz"))
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
    holding(("made.html", "/nowhere/"))  # it would fail; a page is made only where it may stand
    assert cli.run(["site", "-o", str(other), "--overwrite"]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "public"]


@pytest.mark.parametrize("address", ["example.org", "ftp://x", "https://x/?a", "https://x y/", ""])
def test_base_url_must_be_a_whole_address(address, tmp_path, capsys):
    assert cli.run(["site", "-o", str(tmp_path / "s"), "--base-url", address]) == 2
    assert "https://example.org/visas/" in capsys.readouterr().err


@pytest.mark.parametrize(
    "missing", [("api/v1/x.json", "/api/v1/x"), ("visa/Z9/index.html", "/visa/Z9/")]
)
def test_an_answer_or_a_page_that_fails_fails_the_site(missing, holding, registry):
    holding(missing)
    with pytest.raises(RuntimeError, match="404"):
        made.site(registry)


def test_the_same_day_gives_the_same_bytes(holding, registry):
    holding(
        ("openapi.json", "/openapi.json"),
        ("index.json", "/api/v1/check/THA"),
        ("m.svg", f"/api/v1/map.svg?on={date(2020, 6, 1)}"),
    )
    assert made.site(registry) == made.site(registry)

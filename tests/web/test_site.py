"""``visamap site``: the same answers as files, from any file server and any sub-path."""

import json
import posixpath
import re
from datetime import date
from html import unescape
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from visamap.cli import app as cli
from visamap.clock import today
from visamap.web import site as made

pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture(scope="session")
def files(registry):
    return made.site(registry, "https://example.org/visas/")


def pages(files):
    return {name: content.decode() for name, content in files.items() if name.endswith(".html")}


def test_there_is_json_for_each_nationality_act_and_visa(files, registry):
    for code in registry.index.tables["countries"]:
        answer = json.loads(files[f"api/v1/check/{code}.json"])
        assert answer["items"][0]["nationality"]["code"] == code
        assert f"api/v1/timeline/{code}.json" in files
    for act in registry.agreements(on=today(), kind="all"):
        assert json.loads(files[f"api/v1/agreements/{act.id}.json"])["items"][0]["id"] == act.id
    assert json.loads(files["api/v1/visas/B12-1.json"])["items"][0]["code"] == "B12-1"


def test_maps_follow_the_slider(files):
    then, closed = (json.loads(files[f"api/v1/map/{d}.json"]) for d in ("2014-08-01", "2020-06-01"))
    assert then["map"]["free"] > 0
    assert closed["map"]["practice"]
    days = [name for name in files if re.fullmatch(r"api/v1/map/[\d-]+\.json", name)]
    assert len(days) >= (today().year - 2014) * 12
    assert max(days) == f"api/v1/map/{today()}.json"
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


def test_sitemap_names_each_page_where_it_will_stand(files):
    sitemap = ET.fromstring(files["sitemap.xml"])  # noqa: S314  our own
    found = {}
    for page in sitemap.iter(f"{{{made.SITEMAP}}}url"):
        others = {
            one.get("hreflang"): one.get("href") for one in page.iter(f"{{{made.XHTML}}}link")
        }
        found[page.find(f"{{{made.SITEMAP}}}loc").text] = others
    assert len(found) == len(pages(files))
    assert all(place.startswith("https://example.org/visas/") for place in found)
    for place, others in found.items():
        assert set(others) == {"en", "kk", "ru", "x-default"}
        assert place in others.values()
        assert set(others.values()) <= set(found)


def test_each_page_is_there_in_three_languages(files):
    english = {name for name in pages(files) if not name.startswith(("kk/", "ru/"))}
    for language in ("kk", "ru"):
        own = {name for name in pages(files) if name.startswith(f"{language}/")}
        assert own == {f"{language}/{name}" for name in english}
        assert all(f'<html lang="{language}">' in files[name].decode() for name in own)
    assert "Таиланд" in files["ru/nationality/THA/index.html"].decode()
    assert all('<html lang="en">' in files[name].decode() for name in english)


def test_what_programs_read_is_there_once_but_for_what_the_slider_says(files):
    doubled = [name for name in files if name.startswith(("kk/", "ru/")) and "html" not in name]
    assert [one for one in doubled if not re.fullmatch(r"../api/v1/map/[\d-]+\.json", one)] == []
    then = json.loads(files["ru/api/v1/map/2014-08-01.json"])
    assert any(mark["name"] == "Таиланд" for mark in then["items"])
    assert then["map"]["free"] == json.loads(files["api/v1/map/2014-08-01.json"])["map"]["free"]


def test_feeds_and_the_data_package_are_beside(files):
    assert files["feed.atom"].startswith(b"<?xml")
    assert json.loads(files["data/datapackage.json"])["resources"]


def test_it_is_written_whole_and_replaces_only_its_own(monkeypatch, tmp_path, registry, capsys):
    monkeypatch.setattr(made, "_addresses", lambda *_: iter([("a/b/index.html", "/healthz")]))
    target = tmp_path / "public"
    assert cli.run(["site", "-o", str(target)]) == 0
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
        ("index.json", "/api/v1/check/THA"),
        ("m.svg", f"/api/v1/map.svg?on={date(2020, 6, 1)}"),
    ]
    monkeypatch.setattr(made, "_addresses", lambda *_: iter(some))
    assert made.site(registry) == made.site(registry)

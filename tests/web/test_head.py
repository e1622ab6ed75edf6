"""Where a site stands, as search engines, messengers and readers of feeds are told it."""

import asyncio
import json
import struct

import pytest
from kit_pages import Page

from visamap.errors import WrongUsageError
from visamap.web.app import create_app
from visamap.web.head import fitted
from visamap.web.static_site import ask

SITE = "https://visas.example/a"


def asked(app, path):
    status, body = asyncio.run(ask(app, path))
    assert status == 200, path
    return body


def test_a_server_that_is_told_its_address_names_it(registry, monkeypatch):
    monkeypatch.setenv("VISAMAP_BASE_URL", SITE)
    app = create_app(registry)
    page = Page(asked(app, "/ru/to/UZB/nationality/DEU/?days=5").decode())
    links = {one["rel"]: one["href"] for one in page.all("link")}
    assert links["canonical"] == f"{SITE}/ru/to/UZB/nationality/DEU/"
    assert links["alternate"] == f"{SITE}/feed.atom?lang=ru&to=UZB"
    others = {one["hreflang"]: one["href"] for one in page.all("link") if "hreflang" in one}
    assert others["x-default"] == f"{SITE}/to/UZB/nationality/DEU/?days=5"
    assert asked(app, "/robots.txt").decode().endswith(f"Sitemap: {SITE}/sitemap.xml\n")
    assert f"<loc>{SITE}/kk/to/TJK/</loc>".encode() in asked(app, "/sitemap.xml")
    data = Page(asked(app, "/data/").decode())
    assert f"{SITE}/" in data.text.partition("sha256")[2]


def test_events_in_a_feed_lead_to_the_pages_of_their_acts(registry):
    feedparser = pytest.importorskip("feedparser", reason="feedparser is not installed")
    app = create_app(registry, base_url=SITE)
    feed = feedparser.parse(asked(app, "/feed.atom?to=UZB"))
    assert feed.feed.id == "tag:visas.example,2026:UZB/events"
    first = feed.entries[0]
    assert first.id.startswith("tag:visas.example,2026:UZB/")
    own = first.link.removeprefix(f"{SITE}/to/UZB/")
    assert own.startswith("agreement/")
    assert asked(app, f"/to/UZB/{own}")
    assert {one["rel"] for one in first.links} == {"alternate", "related"}


def test_a_wrong_address_is_refused_before_anything_is_served(registry, monkeypatch):
    monkeypatch.setenv("VISAMAP_BASE_URL", "visas.example")
    with pytest.raises(WrongUsageError, match="is not the address of a site"):
        create_app(registry)


def test_what_a_browser_asks_for_by_itself_is_there(registry):
    app = create_app(registry)
    icon = asked(app, "/favicon.ico")
    assert struct.unpack("<HHH", icon[:6]) == (0, 1, 1)
    assert icon[22:26] == b"\x89PNG"
    manifest = json.loads(asked(app, "/static/manifest.webmanifest"))
    assert asked(app, f"/static/{manifest['icons'][0]['src']}")
    assert asyncio.run(ask(app, "/sitemap.xml"))[0] == 404  # it would hold whole addresses
    assert asyncio.run(ask(app, "/share/KAZ-rude-en.png"))[0] == 404


@pytest.mark.parametrize(
    ("text", "most", "told"),
    [
        ("No | Germany", 20, "No | Germany"),
        ("Tom &amp; Jerry", 11, "Tom & Jerry"),
        (
            "A visa is needed | Saint Helena, Ascension | In",
            40,
            "A visa is needed | Saint Helena\u2026 | In",
        ),
        ("A visa is needed | Saint Helena | In", 22, "A visa is needed"),
        ("One sentence. Another one, longer", 22, "One sentence."),
        ("Unbreakableandlong", 10, "Unbreakab\u2026"),
    ],
)
def test_what_is_too_long_is_cut_where_it_reads_well(text, most, told):
    assert fitted(text, most) == told

"""A data file whose texts are meant for somebody else: a browser, a reader of feeds, a terminal."""

import asyncio
import json
from xml.etree import ElementTree as ET

import pytest
from kit_readers import answered, app, unless_installed

import visamap
from visamap.cli.commands import run

HOSTILE = (
    "</title><script>alert(1)</script><img src=x onerror='alert(1)'>\"]]>"
    "{{ 7777 * 7777 }} ${7} {title}"
)
LAW = {
    "meta": {
        "title": HOSTILE, "release": "2026-01-01", "schema": 1, "home": "KAZ", "licence": HOSTILE,
        "coverage": [{"passport": "ordinary", "from": "2005-01-01", "note": HOSTILE}],
    },
    "instruments": [{
        "id": "kaz-tha-2020", "kind": "agreement", "title": HOSTILE, "number": HOSTILE,
        "partners": ["THA"], "passports": ["ordinary"], "note": HOSTILE, "confidence": "high",
        "sources": ["act"],
        "events": [
            {"what": "signed", "date": "2020-01-15", "place": HOSTILE, "sources": ["act"]},
            {"what": "in-force", "date": "2026-03-01", "note": HOSTILE, "sources": ["act"]},
        ],
    }],
    "regimes": [{
        "id": "tha-2020", "instrument": "kaz-tha-2020", "nationalities": ["THA"], "note": HOSTILE,
        "conditions": {"territory": HOSTILE, "residents_of": HOSTILE}, "confidence": "high",
        "limits": [{"kind": "per_visit", "days": 30}], "sources": ["act"],
    }],
    "advisories": [{
        "id": "closed", "kind": "border-closed", "text": HOSTILE, "from": "2026-01-01",
        "confidence": "high", "sources": ["act"],
    }],
    "open_questions": [{"id": "open", "question": HOSTILE, "settled_by": HOSTILE}],
    "sources": [{
        "id": "act", "kind": "law", "url": 'https://example.org/"><script>alert(1)</script>',
        "accessed": "2025-11-24", "title": HOSTILE, "publisher": HOSTILE,
    }],
}  # fmt: skip


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "law.yaml"
    path.write_text(json.dumps(LAW), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(path.parent))
        yield path


@pytest.fixture
def asked(own, monkeypatch):
    from visamap.web.app import create_app  # noqa: PLC0415  an extra

    made = create_app(visamap.load(own))
    monkeypatch.setattr("kit_readers.app", lambda: made)
    assert app is not made

    def ask(path, query=""):
        got = asyncio.run(answered(path, query))
        assert got["status"] == 200, got
        return got["body"].decode()

    return ask


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/nationality/THA/", "on=2026-06-01"),
        ("/", ""),
        ("/stay/", "nationality=THA&trips=2026-03-03/&on=2026-03-05"),
        ("/nationality/THA/", ""),
        ("/agreement/kaz-tha-2020/", ""),
        ("/ru/agreement/kaz-tha-2020/", ""),
        ("/api/v1/map.svg", "on=2026-06-01"),
        ("/feed.atom", ""),
    ],
)
@unless_installed("api")
def test_markup_of_the_data_stays_text(asked, path, query):
    body = asked(path, query)
    assert "<script>alert" not in body
    assert "<img src=x" not in body
    assert str(7777 * 7777) not in body
    if path.endswith((".svg", ".atom")):
        ET.fromstring(body)  # noqa: S314  our own


@pytest.mark.parametrize("order", ["\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\0", "\u200b"])
def test_orders_to_a_terminal_are_refused(tmp_path, capsys, order):
    text = json.dumps(LAW, ensure_ascii=False).replace("7777 * 7777", order)
    for written in (text, text.replace(order, f"\\u{ord(order):04x}")):
        path = tmp_path / "law.yaml"
        path.write_text(written, "utf-8")
        assert run(["validate", str(path)]) == 1
        assert order not in capsys.readouterr().out

"""The API: one route per question, the one envelope, statuses that tell what is wrong."""

import asyncio
import gzip
import json
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import httpx
import pytest

from visamap import clock
from visamap.cli import commands as cli
from visamap.errors import BrokenDataError
from visamap.registry.asking import ask as put
from visamap.registry.spec import QUESTIONS
from visamap.render import json_form
from visamap.store.tables import sealed
from visamap.web import app as served
from visamap.web import middleware
from visamap.web.app import create_app

V1 = "/api/v1"
DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def app(registry):
    return create_app(registry)


@pytest.fixture(scope="module")
def ask(app):
    return asked_of(app)


def asked_of(app):
    def asked(address, method="GET", base="http://server.test", **headers):
        async def once():
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=base) as client:
                return await client.request(method, address, headers=headers)

        return asyncio.run(once())

    return asked


ANSWERS = {
    "/check/THA": ("check", {"nationalities": ["THA"]}),
    "/check?nationality=TUR&nationality=DEU": ("check", {"nationalities": ["TUR", "DEU"]}),
    "/check/THA?days=40": ("check", {"nationalities": ["THA"], "days": 40}),
    "/partners?basis=agreement": ("partners", {"basis": "agreement"}),
    "/visas": ("visas", {}),
    "/visas/neo-nomad": ("visas", {"code": "neo-nomad"}),
    "/agreements/kaz-tha-2024": ("agreements", {"id": "kaz-tha-2024"}),
    "/outbound/KAZ": ("outbound", {"passports": ["KAZ"]}),
    "/ranks?passport=KAZ": ("ranks", {"passports": ["KAZ"]}),
    "/claims": ("claims", {}),
    "/upcoming": ("upcoming", {}),
    "/crossings?state=KGZ&state=TJK": ("crossings", {"states": ["KGZ", "TJK"]}),
    "/trip?nationality=DEU&nationality=TUR&leg=KAZ:2027-05-01/2027-05-12&leg=UZB:2027-05-12/"
    "&past=KAZ:2027-01-01/2027-01-30": (
        "trip",
        {
            "nationalities": ["DEU", "TUR"],
            "legs": ["KAZ:2027-05-01/2027-05-12", "UZB:2027-05-12/"],
            "past": ["KAZ:2027-01-01/2027-01-30"],
        },
    ),
    "/stay/THA?trip=2026-01-03/2026-01-28": (
        "stay",
        {"nationality": "THA", "trips": ["2026-01-03/2026-01-28"]},
    ),
}
WITHOUT_A_DAY = {
    "/reciprocity?state=TKM&year=2024": ("reciprocity", {"states": ["TKM"], "year": 2024}),
    "/timeline/THA": ("timeline", {"nationality": "THA"}),
    "/diff/2023-12-31/2024-12-31": ("diff", {"first": "2023-12-31", "second": "2024-12-31"}),
}


@pytest.mark.parametrize("address", [*ANSWERS, *WITHOUT_A_DAY])
def test_answer_is_the_envelope_of_every_door(ask, registry, address):
    dated = address in ANSWERS
    asked = f"{V1}{address}{'&' if '?' in address else '?'}on={DAY}" if dated else V1 + address
    answer = ask(asked)
    name, words = (ANSWERS | WITHOUT_A_DAY)[address]
    expected = json_form.envelope(put(registry, name, **words, **({"on": DAY} if dated else {})))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == expected
    assert '": ' not in answer.text.partition('"items"')[0]


def test_agreements_take_the_filters_of_the_command(ask):
    answer = ask(f"{V1}/agreements?year=2024&event=in-force&passport=ordinary&on={DAY}").json()
    assert len(answer["items"]) == 9


def test_countries_carry_the_names_to_choose_from(ask):
    found = {one["code"]: one for one in ask(f"{V1}/countries").json()["items"]}
    assert found["THA"] == {
        "code": "THA", "alpha2": "TH", "numeric": "764", "kind": "state",
        "held_passport": None, "name": "Thailand", "name_kk": "Таиланд", "name_ru": "Таиланд",
    }  # fmt: skip


def test_map_of_a_day_names_the_class_of_each_country(ask):
    answer = ask(f"{V1}/map?on=2020-06-01").json()
    shades = {one["code"]: one["class"] for one in answer["items"]}
    assert shades["KAZ"] == "vm-home"
    assert shades["THA"] == "vm-suspended"
    assert "border was closed" in answer["map"]["practice"]
    assert answer["map"]["free"] == sum(
        one["counted"] and one["shade"].startswith("free_") for one in answer["items"]
    )


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/check/DEU?days=45", "No: 45 days are more than the 30 allowed without a visa."),
        ("/check/DEU?days=45&lang=ru", "Нет: 45 дней"),
        ("/stay/DEU?trip=2026-10-01/", "Overstayed by 25 days: fine, arrest or expulsion"),
        ("/stay/DEU?plan=2026-12-01/2027-03-01", "No: the visit from 2026-12-01 to 2027-03-01"),
    ],
)
def test_the_message_is_about_what_was_asked(ask, address, message):
    sign = "&" if "?" in address else "?"
    [item] = ask(f"{V1}{address}{sign}on={DAY}").json()["items"]
    assert item["message"].startswith(message)


def test_picture_is_xml_and_escapes_its_title(ask):
    answer = ask(f"{V1}/map.svg?on=2020-06-01&title=%3Cscript%3E")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "<script>" not in answer.text
    assert ET.fromstring(answer.text).tag.endswith("svg")  # noqa: S314  our own


def test_meta_and_health_name_the_data(ask, registry):
    assert ask(f"{V1}/meta").json()["items"][0]["digest"] == registry.data.digest
    assert ask("/healthz").json()["digest"] == registry.data.digest


def test_people_and_days_are_read_as_in_the_command(ask):
    for name, day in (("GER", "01.03.2025"), ("deutscher Staatsbürger", "2025/03/01")):
        item = ask(f"{V1}/check/{name}?on={day}").json()["items"][0]
        assert (item["nationality"]["code"], item["on"]) == ("DEU", "2025-03-01")
    ahead = ask(f"{V1}/check/THA?on=%2B30d").json()["items"][0]["on"]
    assert ahead == ask(f"{V1}/check/THA?on=+30d").json()["items"][0]["on"]
    assert date.fromisoformat(ahead) - clock.today() == timedelta(30)


@pytest.mark.parametrize(
    ("address", "status", "code", "said"),
    [
        ("/check/Tailand", 404, "unknown-country", "Thailand (THA)"),
        ("/check/Korea", 400, "ambiguous-country", "may be"),
        ("/visas/B99", 404, "unknown-visa", "B99"),
        ("/agreements/kaz-tha-2042", 404, "unknown-act", "kaz-tha-2024"),
        ("/nothing", 404, "no-such-address", "openapi"),
        ("/check/THA?on=2025-02-30", 400, "bad-parameter", "February 2025 has 28 days"),
        ("/check/THA?on=1/2/2025", 400, "bad-parameter", "day and month may be swapped"),
        ("/check/USSR", 404, "no-nationality", "Tajikistan (TJK)"),
        ("/check/DEU%20-%20Denmark", 400, "two-countries", "Denmark (DNK)"),
        ("/check/THA?on=20250301", 400, "bad-parameter", "is not a day"),
        ("/check/THA?on=1899-12-31", 400, "bad-parameter", "1900-01-01 to 2100-12-31"),
        ("/check/THA?on=2101-01-01", 400, "bad-parameter", "1900-01-01 to 2100-12-31"),
        ("/partners?on=2027-11-26", 400, "beyond-horizon", "up to 2027-11-25"),
        ("/map?on=2027-11-26", 400, "beyond-horizon", "up to 2027-11-25"),
        ("/map.svg?on=2027-11-26", 400, "beyond-horizon", "up to 2027-11-25"),
        ("/diff/2024-01-01/2027-11-26", 400, "beyond-horizon", "up to 2027-11-25"),
        ("/outbound/KAZ?on=2027-11-26", 400, "beyond-horizon", "up to 2027-11-25"),
        ("/check/THA?days=0", 400, "bad-parameter", "days"),
        ("/check/THA?days=3651", 400, "bad-parameter", "3650"),
        ("/check/THA?passport=gold", 400, "unknown-passport-kind", "ordinary"),
        ("/check/THA?no=2025-01-01", 400, "bad-parameter", "no such parameter"),
        ("/check/THA?on=2025-01-01&on=2026-01-01", 400, "bad-parameter", "more than once"),
        ("/ranks?passport=KAZ&edition=all&edition=latest", 400, "bad-parameter", "more than once"),
        ("/ranks?limit=5&limit=6", 400, "bad-parameter", "limit: given more than once"),
        ("/check/THA?fields=verdict,weather", 400, "bad-parameter", "no field 'weather'; it has n"),
        ("/check/THA?format=xml", 400, "bad-parameter", "'json' or 'csv'"),
        ("/check?" + "&".join(["nationality=THA"] * 11), 400, "bad-parameter", "10"),
        ("/check", 400, "bad-parameter", "nationality"),
        (f"/check/{'x' * 201}", 400, "bad-parameter", "200"),
        ("/stay/THA?" + "&".join(["trip=2020-01-01/"] * 201), 400, "bad-parameter", "200"),
        ("/stay/THA?trip=2020-01-09/2020-01-01", 400, "wrong-usage", "swap the two days"),
        ("/trip?nationality=DEU", 400, "bad-parameter", "leg"),
        ("/trip?nationality=DEU&leg=KAZ", 400, "wrong-usage", "DESTINATION:ENTRY/EXIT"),
        ("/trip?nationality=DEU&leg=FRA:2027-05-01/2027-05-02", 400, "wrong-usage", "KAZ"),
        ("/partners?basis=whim", 400, "unknown-ground", "agreement"),
        ("/agreements?year=1066", 400, "bad-parameter", "1900"),
    ],
)
def test_trouble_is_a_problem_with_a_real_status(ask, address, status, code, said):
    answer = ask(V1 + address)
    body = answer.json()
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert said in json.dumps(body, ensure_ascii=False)


@pytest.mark.parametrize(
    ("address", "listed"),
    [
        ("/visas/B99", "/visas"),
        ("/agreements/kaz-tha-2042", "/agreements?kind=all"),
        ("/ranks?edition=1066", "/ranks"),
        ("/outbound/USA", None),
    ],
)
def test_trouble_names_an_address_and_no_command(ask, address, listed):
    said = ask(V1 + address).json()["detail"]
    assert "`" not in said
    if listed:
        assert f"{V1}{listed} lists" in said
        assert ask(V1 + listed).status_code == 200


def test_one_act_is_asked_the_same_through_every_door(ask, capsys):
    assert cli.run(["agreements", "kaz-tha-2024", "--on", str(DAY), "--format", "json"]) == 0
    assert ask(f"{V1}/agreements/kaz-tha-2024?on={DAY}").json() == json.loads(
        capsys.readouterr().out
    )


def test_an_update_is_answered_from_without_a_restart(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("VISAMAP_DATA", raising=False)
    ask = asked_of(create_app())
    address = f"{V1}/outbound/FRA?to=DEU&on={DAY}"
    assert ask(address).status_code == 400
    folder = tmp_path / "visamap" / "matrix"
    folder.mkdir(parents=True)
    pairs = {"FRA": {"DEU": ["visa_free", 90]}}
    (folder / "m.json").write_bytes(sealed({"pairs": pairs}, "m.json"))
    copy = {"file": "m.json", "as_of": "2026-11-01", "passports": 1, "sizes": {}}
    named = {"current": copy, "previous": None}
    (folder / "in-force.json").write_bytes(sealed(named, "in-force.json"))
    assert ask(address).json()["items"][0]["requirement"] == "visa_free"


def test_data_that_cannot_be_opened_leaves_the_data_before(monkeypatch, tmp_path, caplog):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("VISAMAP_DATA", raising=False)
    ask = asked_of(create_app())

    def broken(_data):
        raise BrokenDataError("x.yaml")

    monkeypatch.setattr(served, "load", broken)
    (tmp_path / "visamap" / "data").mkdir(parents=True)
    (tmp_path / "visamap" / "data" / "in-force.json").write_text("{}")
    for _ in range(2):
        assert ask("/healthz").status_code == 200
    assert caplog.text.count("could not be opened") == 1


def test_only_reading_is_allowed(ask):
    answer = ask(f"{V1}/check/THA", "POST")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert answer.json()["code"] == "read-only"


def test_a_fault_of_ours_shows_no_traceback(registry, caplog):
    app = create_app(registry)

    @app.get("/broken")
    def broken():
        raise RuntimeError("a secret")

    async def once():
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://server.test"
        ) as client:
            return await client.get("/broken")

    answer = asyncio.run(once())
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"] == middleware.POLICY
    assert "a secret" in caplog.text


@pytest.mark.parametrize("address", [f"{V1}/check/THA", "/healthz", "/openapi.json", f"{V1}/zzz"])
def test_head_is_get_without_the_body(ask, address):
    whole, head = ask(address), ask(address, "HEAD")
    assert head.status_code == whole.status_code
    assert head.content == b""
    assert {**head.headers} == {**whole.headers}


def test_known_answer_is_not_sent_again(ask):
    first = ask(f"{V1}/check/THA?on={DAY}")
    tag = first.headers["etag"]
    for known in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        again = ask(f"{V1}/check/THA?on={DAY}", **{"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["access-control-allow-origin"] == "*"
    assert ask(f"{V1}/check/THA?on={DAY}", **{"If-None-Match": '"other"'}).status_code == 200
    assert ask(f"{V1}/check/THA?on=2024-01-01").headers["etag"] != tag


def test_answer_for_today_is_not_kept_past_midnight(ask, monkeypatch):
    assert ask(f"{V1}/check/THA").headers["cache-control"] == "public, max-age=300"
    monkeypatch.setattr(clock, "seconds_left", lambda: 7)
    assert ask(f"{V1}/check/THA").headers["cache-control"] == "public, max-age=7"
    dated = ask(f"{V1}/check/THA?on={DAY}").headers["cache-control"]
    assert dated == "public, max-age=86400"


def test_map_and_feeds_are_of_a_destination(ask):
    theirs, ours = (ask(f"{V1}/map?on={DAY}{to}").json() for to in ("&to=uz", ""))
    assert (theirs["asked"]["destination"], ours["asked"]["destination"]) == ("UZB", "KAZ")
    shades = {one["code"]: one["shade"] for one in theirs["items"]}
    assert shades["UZB"] == "home"
    assert shades != {one["code"]: one["shade"] for one in ours["items"]}
    assert ">Uzbekistan</text>" in ask(f"{V1}/map.svg?on={DAY}&to=UZB").text
    assert "UZB/events" in ask("/feed.atom?to=UZB").text
    for wrong in ("&to=DEU", "&to=UZB&outbound=KAZ"):
        assert ask(f"{V1}/map?on={DAY}{wrong}").json()["code"] == "wrong-usage"
    assert "choose one of KAZ, " in ask(f"{V1}/map.svg?to=DEU").json()["detail"]


def test_map_of_all_destinations_is_of_one_nationality(ask):
    found = ask(f"{V1}/map?on={DAY}&to=all&nationality=DEU").json()
    assert (found["asked"]["destination"], found["asked"]["nationality"]) == ("all", "DEU")
    shades = {one["code"]: one["shade"] for one in found["items"]}
    assert (shades["KAZ"], shades["TKM"]) == ("free_30", "visa_required")
    assert "with a passport of Germany" in ask(f"{V1}/map.svg?to=all&nationality=DEU").text
    assert ask(f"{V1}/map.svg?to=all").json()["code"] == "wrong-usage"


def test_a_new_day_has_a_new_answer(registry, monkeypatch):
    monkeypatch.setattr(middleware, "MOST_ANSWERS", 3)
    app = create_app(registry)
    days = iter([date(2024, 1, 1), date(2024, 1, 2), date(2024, 1, 2)])
    now = {}
    monkeypatch.setattr(clock, "today", lambda: now["day"])

    async def once():
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://server.test"
        ) as client:
            return (await client.get(f"{V1}/check/THA")).json()["asked"]["on"]

    for day in days:
        now["day"] = day
        assert asyncio.run(once()) == day.isoformat()


def test_seconds_left_of_the_day_are_between_one_and_a_day():
    assert 1 <= clock.seconds_left() <= clock.DAY


def test_shelf_lets_the_oldest_go(monkeypatch):
    monkeypatch.setattr(middleware, "MOST_BYTES", 1000)
    kept = middleware.ResponseCache(None)
    for n in range(10):
        kept._keep((str(n), b"", "", DAY), middleware.CachedResponse([], b"x" * 200))
    assert [key[0] for key in kept._kept] == ["8", "9"]
    assert kept._bytes == 800


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("gzip;q=0", False),
        ("gzip; q=0.0", False), ("identity", False), ("br", False),
    ],
)  # fmt: skip
def test_answer_is_packed_for_those_who_can_unpack(app, accepted, packed):
    async def once():
        sent = []

        async def send(message):
            sent.append(message)

        scope = {
            "type": "http", "method": "GET", "scheme": "http", "path": f"{V1}/check/THA",
            "query_string": b"on=2026-11-24", "root_path": "", "http_version": "1.1",
            "headers": [(b"accept-encoding", accepted.encode())], "server": ("server.test", 80),
        }  # fmt: skip
        await app(scope, None, send)
        return sent[0]["headers"], sent[1]["body"]

    told, body = asyncio.run(once())
    headers = dict(told)
    assert (headers.get(b"content-encoding") == b"gzip") is packed
    assert json.loads(gzip.decompress(body) if packed else body)["command"] == "check"
    assert (b"vary", b"Accept-Encoding") in told


@pytest.mark.parametrize("address", [f"{V1}/check/THA", f"{V1}/zzz", "/healthz", "/"])
def test_security_headers_are_on_everything(ask, address):
    headers = ask(address).headers
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    ("base", "strict"),
    [
        ("https://visas.example", True), ("http://visas.example", False),
        ("https://localhost:8443", False), ("https://localhost.example", True),
    ],
)  # fmt: skip
def test_strict_transport_is_for_real_hosts_over_tls(ask, base, strict):
    assert ("strict-transport-security" in ask("/healthz", base=base).headers) is strict


def test_other_pages_may_read_the_api(ask):
    before = ask(f"{V1}/check/THA", "OPTIONS", Origin="https://other.example")
    assert before.status_code == 204
    assert before.headers["access-control-allow-methods"] == "GET, HEAD"
    assert before.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in ask("/").headers


def test_openapi_has_an_example_for_each_question_and_no_422(ask):
    document = ask("/openapi.json").json()
    for path, methods in document["paths"].items():
        responses = methods["get"]["responses"]
        assert "422" not in responses
        if path.startswith(V1) and "{" in path:
            assert responses["200"]["content"]["application/json"]["example"]["items"], path
    assert "Problem" in document["components"]["schemas"]


def test_openapi_heads_each_address_with_the_question_it_answers(ask):
    paths = ask("/openapi.json").json()["paths"]
    heads = {path: methods["get"]["summary"] for path, methods in paths.items()}
    assert heads[f"{V1}/partners"] == QUESTIONS["partners"].title
    assert "Answer" not in heads.values()


def test_a_client_made_from_the_document_has_typed_items_and_names_it_likes(ask):
    document = ask("/openapi.json").json()
    called = {path: methods["get"]["operationId"] for path, methods in document["paths"].items()}
    assert len(set(called.values())) == len(called)
    assert {"check", "check_nationality", "partners", "stay", "map", "countries"} <= {
        *called.values()
    }
    assert called["/healthz"] == "health"
    for address, kind in (("ranks", "Rank"), ("partners", "Partner"), ("countries", "CountryRow")):
        response = document["paths"][f"{V1}/{address}"]["get"]["responses"]["200"]
        place = response["content"]["application/json"]["schema"]["$ref"]
        whole = document["components"]["schemas"][place.rpartition("/")[2]]
        assert whole["properties"]["items"]["items"]["$ref"].endswith(f"/{kind}")
    rank = document["components"]["schemas"]["Rank"]["properties"]
    assert rank["passport"] == {"type": "string"}
    assert rank["passport_country"]["$ref"].endswith("/Country")


def test_an_answer_is_cut_to_what_is_wanted_and_tells_of_how_much(ask):
    whole = ask(f"{V1}/partners?on={DAY}").json()["items"]
    told = ask(f"{V1}/partners?on={DAY}&limit=2&offset=3&fields=since, nationality").json()
    wanted = [{name: one[name] for name in ("since", "nationality")} for one in whole[3:5]]
    assert (told["items"], told["total"]) == (wanted, len(whole))


def test_csv_is_that_of_the_command_line(ask, capsys):
    ranks = f"{V1}/ranks?passport=KAZ&passport=DEU&edition=latest"
    cli.run("ranks KAZ DEU --edition latest --format csv".split())
    told = ask(f"{ranks}&format=csv")
    assert told.text == capsys.readouterr().out
    assert told.headers["content-type"] == "text/csv; charset=utf-8"
    head, *rows = ask(f"{ranks}&format=csv&fields=passport_country,rank&limit=3").text.splitlines()
    assert head == "passport_country,passport_country_name,rank"
    items = ask(ranks).json()["items"][:3]
    assert rows == [f"{one['passport']},{one['name']},{one['rank']}" for one in items]
    assert all(one["passport_country"]["code"] == one["passport"] for one in items)


def test_feeds_are_served(ask):
    assert ask("/feed.atom").text.startswith("<?xml")


def test_spellings_without_end_do_not_fill_the_memory(registry, monkeypatch):
    monkeypatch.setattr("visamap.registry.base.MOST_SPELLINGS", 5)
    for n in range(20):
        assert registry.resolve(f"Thailand{'!' * n}") == "THA"
    assert len(registry._codes) <= 5


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("check/CHE?passport=ID-Card", "check/CHE?passport=id_card"),
        ("check/CHE?passport=служебный", "check/CHE?passport=service"),
        ("visas?purpose=Remote_Work", "visas?purpose=remote-work"),
        ("check/CHE?lang=RU", "check/CHE?lang=ru"),
    ],
)
def test_a_closed_word_is_understood_as_people_write_it(ask, written, meant):
    found = ask(f"{V1}/{written}")
    assert found.status_code == 200
    assert found.content == ask(f"{V1}/{meant}").content


@pytest.mark.parametrize("address", [V1, f"{V1}/"])
def test_the_door_of_the_api_lists_its_addresses(ask, address):
    told = ask(address).json()
    assert told["description"] == "/openapi.json"
    described = {path for path in ask("/openapi.json").json()["paths"] if path.startswith(V1)}
    assert {one["address"] for one in told["addresses"]} == described
    assert all(one["answers"].strip() for one in told["addresses"])


def test_docs_lead_to_the_list_of_addresses(ask):
    told = ask("/docs")
    assert told.status_code == 200
    assert f"{V1}/check" in told.text

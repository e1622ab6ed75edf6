"""Questions of strangers: names of countries, addresses of the web, calls of assistants."""

import json
from urllib.parse import quote, quote_from_bytes

from hypothesis import example, given
from hypothesis import strategies as st
from kit_fuzz import DAYS, HOSTILE, VALUES, WORDS, came_of, damaged, fuzzed
from kit_readers import answered, app, asyncio, outcome, registry, tool, unless_installed

from visamap.errors import UnknownCountryError
from visamap.store.resolver import fold

KNOWN = [
    "Thailand",
    "Korea",
    "Côte d'Ivoire",
    "THA",
    "th",
    "764",
    "Казахстан",
    "Қазақстан",
    "Deutschland",
]
NAMES = st.one_of(
    WORDS,
    st.sampled_from(KNOWN),
    st.tuples(st.sampled_from(KNOWN), st.sampled_from([*HOSTILE, "x"])).map("".join),
    st.text(st.sampled_from("aeikorst '-.,&()éКз\u0301"), max_size=30),
)


@fuzzed(200)
@given(NAMES)
@example("\ud800")
@example("\u0130")  # its small form has two characters
@example("a" * 199 + "\ufdfa")
def test_any_name_is_a_country_or_a_clear_error(text):
    code, error = came_of(lambda: registry().resolve(text))
    if error:
        assert isinstance(error, UnknownCountryError)
        assert 0 < len(str(error)) < 500
        str(error).encode()
    else:
        assert code in registry().index.tables["countries"]
        assert registry().resolve(f" {text.upper() if text.isascii() else text} ") == code


@fuzzed(200)
@given(NAMES)
def test_a_name_is_folded_once_and_for_all(text):
    assert fold(fold(text)) == fold(text)


WORD = st.one_of(
    NAMES, DAYS, st.sampled_from(["2024-01-03/2024-01-28", "2024-01-03/", "henley", "B12-1"])
)
ROUTES = [
    "check", "check/{}", "partners", "stay/{}", "visas", "visas/{}", "agreements",
    "agreements/{}", "outbound", "outbound/{}", "ranks", "claims", "timeline/{}", "diff/{}/{}",
    "upcoming", "countries", "meta", "map", "map.svg", "crossings", "trip", "trip/{}",
]  # fmt: skip
PARAMETERS = [
    "nationality", "on", "passport", "days", "reciprocity", "basis", "min_days", "trip", "plan",
    "lang", "purpose", "year", "event", "partner", "status", "kind", "to", "requirement",
    "differ", "best", "edition", "index", "since", "formula", "what", "until", "outbound",
    "title", "map", "trips", "leg", "past", "state",
]  # fmt: skip
PAGES = [
    "/", "/stay", "/nationality/{}", "/agreement/{}", "/visa/{}/", "/kk/", "/ru/visa/{}", "/{}",
    "/feed.atom", "/events.ics", "/healthz", "/static/{}", "/openapi.json", "/en/stay",
]  # fmt: skip
ENCODED = WORD.map(lambda word: quote(word, errors="surrogatepass")) | st.binary(max_size=20).map(
    quote_from_bytes
)
"""As it stands in an address: also bytes that are no UTF-8."""
QUERIES = st.lists(st.tuples(st.sampled_from(PARAMETERS) | ENCODED, ENCODED), max_size=4).map(
    lambda pairs: "&".join("=".join(pair) for pair in pairs)
)
HEADERS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "accept",
                "accept-language",
                "accept-encoding",
                "if-none-match",
                "host",
                "range",
                "origin",
            ]
        ),
        st.text(st.characters(max_codepoint=255), max_size=30)
        | st.sampled_from(["kk;q=x", "*", "W/", ","]),
    ),
    max_size=2,
)


def addresses(routes):
    return st.tuples(st.sampled_from(routes), WORD, WORD).map(
        # A server hands a path on decoded.
        lambda found: found[0].format(*[one.encode(errors="replace").decode() for one in found[1:]])
    )


@unless_installed("api")
@fuzzed(250)
@given(addresses(ROUTES), QUERIES, HEADERS)
def test_the_api_answers_or_tells_the_problem(path, query, headers):
    got = asyncio.run(answered(f"/api/v1/{path}", query, headers))
    kinds = [value for name, value in got["headers"] if name == b"content-type"]
    assert got["status"] in {200, 304, 400, 404}, got
    if got["status"] >= 400:
        assert kinds == [b"application/problem+json"]
        told = json.loads(got["body"])
        assert (told["status"], bool(told["detail"])) == (got["status"], True)
    elif kinds == [b"application/json"] and not _packed(got):
        assert json.loads(got["body"])["schema"] == 1


@unless_installed("api")
@fuzzed(80)
@given(addresses(PAGES), QUERIES, HEADERS)
def test_pages_answer_or_say_what_is_wrong(path, query, headers):
    got = asyncio.run(answered(path, query, headers))
    assert got["status"] in {200, 304, 307, 308, 400, 404}, got
    if not _packed(got):
        assert b"<script>alert" not in got["body"]
        assert b"Traceback" not in got["body"]


def _packed(got):
    return (b"content-encoding", b"gzip") in got["headers"]


SOUND_CALLS = [
    ("check", {"nationalities": ["THA"], "on": "2024-01-01", "days": 30}),
    (
        "stay",
        {"nationality": "THA", "trips": ["2024-01-03/2024-01-28"], "plan": "2026-12-01/2026-12-20"},
    ),
    ("agreements", {"year": 2024, "event": "signed", "partner": "THA"}),
    ("outbound", {"passports": ["KAZ", "UZB"], "to": "TUR"}),
    ("ranks", {"passports": ["KAZ"], "edition": "latest", "since": "2020"}),
    ("reciprocity", {"states": ["KAZ"], "year": 2024}),
    ("diff", {"first": "2023-12-31", "second": "2024-12-31"}),
    ("timeline", {"nationality": "RUS", "since": "2014-01-01"}),
    ("visas", {"code": "B12-1", "nationality": "THA"}),
    ("crossings", {"states": ["KGZ", "TJK"], "on": "2025-03-12"}),
    (
        "trip",
        {
            "nationalities": ["IND"],
            "legs": ["KAZ:2027-05-01/2027-05-10", "UZB:2027-05-10/2027-05-20:visa"],
            "past": ["KAZ:2027-01-01/2027-01-10"],
        },
    ),
]
TOOLS = sorted({name for name, _ in SOUND_CALLS})
NOT_DRAWN = ["claims", "partners", "upcoming"]
"""Tools that a call without any argument is enough for."""
CALLS = st.one_of(
    st.sampled_from(SOUND_CALLS).flatmap(
        lambda call: st.tuples(st.just(call[0]), damaged(call[1], VALUES | WORD))
    ),
    st.tuples(
        st.sampled_from([*TOOLS, *NOT_DRAWN]), st.dictionaries(st.sampled_from(PARAMETERS), VALUES)
    ),
)


@unless_installed("tool")
def test_every_tool_is_called():
    from visamap.mcp import tools  # noqa: PLC0415  an extra

    assert {*TOOLS, *NOT_DRAWN} == set(tools.TOOLS)


@unless_installed("tool")
@fuzzed(150)
@given(CALLS)
def test_any_call_of_an_assistant_is_answered_or_refused(call):
    name, arguments = call
    if isinstance(arguments, dict):  # the protocol lets nothing else through
        outcome(tool, (name, arguments))


@unless_installed("api")
def test_the_application_is_the_one_that_is_served():
    assert app().state.registry is registry()

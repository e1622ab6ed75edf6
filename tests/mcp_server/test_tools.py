"""The tools: what they promise, what they answer, how they refuse."""

import json
from datetime import date

import pytest

pytest.importorskip("mcp", reason="the MCP SDK is not installed: pip install 'visamap[dev]'")
from jsonschema import Draft202012Validator
from kit_mcp import clock, said, within
from mcp import MCPError

from visamap.i18n import speaking
from visamap.mcp import server
from visamap.mcp.tools import TOOLS
from visamap.registry.asking import ask
from visamap.render import answer_schemas, json_form
from visamap.render.phrases import in_language

LISTED = {tool.name: tool for tool in server.LISTED_TOOLS}
DAY = "2026-11-24"
ASKED = [
    ("check", {"nationalities": ["THA", "Germany"], "on": DAY, "days": 40, "reciprocity": True}),
    ("check", {"nationalities": ["IND"], "on": "2020-05-01"}),
    ("check", {"nationalities": ["KOR"], "on": "2013-01-01", "passport": "diplomatic"}),
    ("check", {"nationalities": ["XXA"], "on": DAY}),
    ("check", {"nationalities": ["CHN"], "on": "1995-01-01"}),
    ("partners", {"on": DAY}),
    ("partners", {"on": "2020-06-01", "passport": "service", "basis": "agreement"}),
    ("agreements", {"kind": "all", "on": DAY}),
    ("agreements", {"year": 2024, "event": "in-force", "on": DAY}),
    ("agreements", {"id": "kaz-tha-2024", "on": DAY}),
    ("visas", {"on": DAY, "nationality": "IND"}),
    ("visas", {"code": "neo-nomad", "on": DAY}),
    ("ranks", {}),
    ("ranks", {"passports": ["KAZ"], "edition": "all"}),
    ("ranks", {"passports": ["UZB"], "formula": "visa-free", "on": "2024-12-04"}),
    ("outbound", {"passports": ["KAZ"], "on": DAY}),
    ("outbound", {"passports": ["KAZ", "UZB"], "to": "Thailand", "on": DAY, "best": True}),
    ("outbound", {"passports": ["UZB"], "on": DAY, "requirement": "unknown"}),
    ("stay", {"nationality": "THA", "trips": ["2026-01-03/2026-01-28"], "on": DAY}),
    ("stay", {"nationality": "RUS", "trips": ["2026-07-01/"], "on": DAY}),
    (
        "stay",
        {
            "nationality": "DEU",
            "on": DAY,
            "trips": ["2026-10-01/"],
            "plan": "2026-12-01/2026-12-20",
        },
    ),
    (
        "trip",
        {
            "nationalities": ["DEU"],
            "legs": [
                "KAZ:2027-05-01/",
            ],
            "on": DAY,
        },
    ),
    (
        "trip",
        {
            "nationalities": ["IND", "TUR"],
            "legs": ["KAZ:2027-05-01/2027-05-12", "UZB:2027-05-12/2027-05-26:visa"],
            "past": ["KAZ:2027-01-01/2027-01-10"],
            "on": DAY,
        },
    ),
    ("diff", {"first": "2012-06-01", "second": DAY}),
    ("diff", {"first": DAY, "second": "2020-05-01", "passport": "diplomatic"}),
    ("timeline", {"nationality": "THA"}),
    ("timeline", {"nationality": "USA", "since": "2014-01-01", "until": "2020-12-31"}),
    ("claims", {}),
    ("reciprocity", {"states": ["TKM"], "year": 2024}),
    ("crossings", {"states": ["KGZ", "TJK"], "on": DAY}),
    ("upcoming", {"on": "2016-01-01"}),
    ("upcoming", {"on": DAY}),
]


def asked(registry, name, arguments):
    return within(registry, lambda client: client.call_tool(name, arguments))


@pytest.fixture
def _on_the_day(monkeypatch):
    with clock(monkeypatch, date.fromisoformat(DAY)):
        yield


def test_there_is_a_tool_for_each_question_that_only_reads():
    assert set(LISTED) == {
        "check", "partners", "agreements", "visas", "ranks", "outbound", "stay", "diff",
        "timeline", "claims", "upcoming", "crossings", "trip", "reciprocity",
    }  # fmt: skip
    for tool in LISTED.values():
        assert tool.annotations.read_only_hint
        assert tool.annotations.open_world_hint is False
        assert tool.title
        assert tool.description


@pytest.mark.parametrize("name", LISTED)
def test_schemas_are_schemas_and_every_argument_is_described(name):
    tool = LISTED[name]
    Draft202012Validator.check_schema(tool.input_schema)
    Draft202012Validator.check_schema(tool.output_schema)
    assert all(one["description"] for one in tool.input_schema["properties"].values())
    assert tool.input_schema["additionalProperties"] is False


def test_closed_words_are_enums():
    taken = LISTED["check"].input_schema["properties"]["passport"]
    assert {"ordinary", "diplomatic", "official"} <= set(taken["enum"])
    verdicts = answer_schemas.envelope("check")["$defs"]["CheckAnswer"]["properties"]["verdict"]
    assert set(verdicts["enum"]) == {"visa_free", "visa_required", "citizen", "unknown"}


@pytest.mark.parametrize(
    ("name", "written", "meant"),
    [
        ("check", {"passport": "ID-Card"}, {"passport": "id_card"}),
        ("check", {"passport": "служебный"}, {"passport": "service"}),
        ("check", {"lang": "RU"}, {"lang": "ru"}),
        ("visas", {"purpose": "Remote_Work"}, {"purpose": "remote-work"}),
    ],
)
def test_a_closed_word_is_understood_as_people_write_it(registry, name, written, meant):
    known = {"nationalities": ["CHE"]} if name == "check" else {}
    answer = asked(registry, name, {**known, "on": DAY, **written})
    assert not answer.is_error, said(answer)
    assert answer == asked(registry, name, {**known, "on": DAY, **meant})


def closed(schema):
    """Return a schema in which no object has a field that is not described."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {key: closed(value) for key, value in schema.items()}
    # A remark carries the values of its sentence; it is open by contract.
    if "properties" in shut and set(shut["properties"]) != {"code", "message"}:
        shut["additionalProperties"] = False
    return shut


@pytest.mark.parametrize(("name", "arguments"), ASKED)
def test_answer_is_what_the_schema_says_and_leaves_no_field_undescribed(registry, name, arguments):
    answer = asked(registry, name, arguments)
    assert not answer.is_error, said(answer)
    content = answer.structured_content
    assert content["items"]
    Draft202012Validator(closed(answer_schemas.envelope(name))).validate(content)


@pytest.mark.parametrize(("name", "arguments"), ASKED)
def test_answer_carries_release_confidence_sources_and_the_day(registry, name, arguments):
    content = asked(registry, name, arguments).structured_content
    assert content["data"] == json_form.plain(registry.data)
    assert all(item["confidence"] in {"high", "medium", "low"} for item in content["items"])
    assert all(isinstance(item["sources"], list) for item in content["items"])
    assert arguments.get("on", content["asked"].get("on")) == content["asked"].get("on")


def test_answer_is_that_of_the_other_doors(registry):
    answer = asked(registry, "check", {"nationalities": ["THA"], "on": DAY})
    same = ask(registry, "check", nationalities=["THA"], on=DAY)
    assert answer.structured_content == json.loads(json_form.text(same))


@pytest.mark.parametrize(
    ("name", "arguments", "headline"),
    [
        ("check", {"nationalities": ["DEU"], "days": 45}, "No: 45 days are more than the 30"),
        ("stay", {"nationality": "DEU", "trips": ["2026-10-01/"]}, "Overstayed by 25 days: fine"),
        ("stay", {"nationality": "DEU", "plan": "2026-12-01/2026-12-09"}, "Yes: the visit from"),
    ],
)
def test_text_and_message_begin_with_what_was_asked(registry, name, arguments, headline):
    answer = asked(registry, name, {**arguments, "on": DAY})
    [item] = answer.structured_content["items"]
    assert item["message"].startswith(headline)
    assert said(answer).startswith(headline)


def test_text_can_be_quoted(registry):
    text = said(asked(registry, "check", {"nationalities": ["Thailand"], "on": DAY}))
    assert text.startswith("Visa-free for up to 30 days.\nThailand (THA), ordinary passport")
    assert f"data of {registry.data.release}" in text
    assert "https://adilet.zan.kz/rus/docs/P2400000301" in text
    assert "No day was given" not in text


@pytest.mark.usefixtures("_on_the_day")
@pytest.mark.parametrize("name", [name for name, one in TOOLS.items() if one.today])
def test_without_a_day_it_is_today_and_the_answer_says_so(registry, name):
    given = next(arguments for asked_of, arguments in ASKED if asked_of == name)
    question = TOOLS[name]
    answer = asked(registry, name, {k: v for k, v in given.items() if k != question.today})
    assert DAY in {answer.structured_content["asked"].get(word) for word in ("on", "to")}
    assert f"today at the border, {DAY}" in said(answer)


def test_unknown_is_an_answer(registry):
    answer = asked(registry, "check", {"nationalities": ["CHN"], "on": "1995-01-01"})
    assert not answer.is_error
    assert answer.structured_content["items"][0]["verdict"] == "unknown"
    assert said(answer).startswith("Not known")


@pytest.mark.parametrize("spelling", ["THA", "th", "764", "Таиланд", "таец", "Thai citizen"])
def test_names_codes_and_days_are_taken_as_people_write_them(registry, spelling):
    day = date.fromisoformat(DAY).strftime("%d.%m.%Y")
    answer = asked(registry, "check", {"nationalities": [spelling], "on": day})
    assert answer.structured_content["items"][0]["on"] == DAY
    assert answer.structured_content["items"][0]["nationality"]["code"] == "THA"


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("check", {}, "nationalities is missing. The nationalities of one traveller."),
        ("check", None, "nationalities is missing."),
        ("check", {"nationalities": "THA"}, "'THA' is not a list"),
        ("check", {"nationalities": []}, "give 1 to 10 of them"),
        ("check", {"nationalities": ["THA"] * 11}, "give 1 to 10 of them"),
        ("check", {"nationalities": [""]}, "nationalities.0: '' is empty or too long"),
        ("check", {"nationalities": [7]}, "nationalities.0: 7 is not text"),
        ("check", {"nationalities": ["Tailand"]}, "Did you mean Thailand (THA)?"),
        ("check", {"nationalities": ["Korea"]}, "give the code"),
        ("check", {"nationalities": ["THA"], "on": "2025-02-30"}, "February 2025 has 28 days"),
        ("check", {"nationalities": ["THA"], "on": "1/2/2025"}, "write YYYY-MM-DD"),
        ("check", {"nationalities": ["THA"], "on": "1800-01-01"}, "1900-01-01 to 2100-12-31"),
        ("partners", {"on": "2027-11-26"}, "up to 2027-11-25"),
        ("outbound", {"passports": ["KAZ"], "on": "2027-11-26"}, "up to 2027-11-25"),
        ("check", {"nationalities": ["THA"], "on": 2025}, "on: 2025 is not text"),
        ("check", {"nationalities": ["THA"], "days": 0}, "days: 0 is out of range; give 1 to"),
        ("check", {"nationalities": ["THA"], "days": True}, "days: True is not a whole number"),
        ("check", {"nationalities": ["THA"], "passport": "x"}, "give one of ordinary, diplomatic"),
        ("check", {"nationalities": ["THA"], "day": DAY}, "no argument 'day'; this tool takes"),
        ("check", {"nationalities": ["x" * 10_000]}, "give 1 to 200 characters"),
        ("agreements", {"id": "kaz-tha-24"}, "Did you mean kaz-tha-2024"),
        ("agreements", {"id": "kaz-tha-24"}, "The tool agreements with kind all lists them."),
        ("agreements", {"id": "kaz-tha-2024", "year": 2024}, "leave out year"),
        ("visas", {"code": "Z99"}, "The tool visas lists them."),
        (
            "visas",
            {"code": "B12-1", "purpose": "study"},
            "code already picks one to show in full; leave out purpose",
        ),
        ("ranks", {"index": "no such"}, "henley"),
        ("stay", {"nationality": "THA", "trips": ["2026-01-03"]}, "These trips cannot be counted"),
        ("diff", {"second": DAY}, "first is missing. The first day"),
    ],
)
def test_wrong_input_is_an_error_of_the_tool_with_our_sentence(registry, name, arguments, told):
    answer = asked(registry, name, arguments)
    assert answer.is_error
    assert told in said(answer)
    assert "`visamap" not in said(answer)
    assert len(said(answer)) < 600


def test_everything_that_is_wrong_is_told_at_once(registry):
    slips = {"nationalities": ["THA"], "days": 0, "passport": "x", "when": DAY}
    told = said(asked(registry, "check", slips)).splitlines()
    assert len(told) == 3


def test_null_and_defaults_that_a_client_sends_along_change_nothing(registry):
    plain = asked(registry, "agreements", {"id": "kaz-tha-2024", "on": DAY})
    full = {"year": None, "event": "any", "kind": "agreement", "partner": None}
    sent = asked(registry, "agreements", {"id": "kaz-tha-2024", "on": DAY, **full})
    assert sent.structured_content == plain.structured_content


def test_a_long_list_is_cut_only_when_asked_and_says_so(registry):
    whole = asked(registry, "partners", {"on": DAY})
    some = asked(registry, "partners", {"on": DAY, "limit": 3})
    items = whole.structured_content["items"]
    assert some.structured_content["items"] == items[:3]
    [remark] = [one for one in some.structured_content["notes"] if one["code"] == "first_only"]
    assert (remark["shown"], remark["total"]) == (3, len(items))
    assert said(some) == said(whole)


def test_a_fault_of_ours_is_told_without_a_traceback(registry, monkeypatch, caplog):
    def broken(*_args, **_more):
        raise RuntimeError("secret place")

    monkeypatch.setattr(server, "ask", broken)
    answer = asked(registry, "check", {"nationalities": ["THA"]})
    assert answer.is_error
    assert said(answer) == server.FAULT
    assert "secret place" in caplog.text


@pytest.mark.parametrize(("lang", "opening"), [("en", "Visa-free"), ("ru", "Без визы"), ("kk", "")])
def test_the_language_is_chosen_for_each_call(registry, lang, opening):
    given = {"nationalities": ["THA"], "on": DAY}
    before = asked(registry, "check", given)
    answer = asked(registry, "check", {**given, "lang": lang})
    with speaking(lang):
        same = in_language(ask(registry, "check", nationalities=["THA"], on=DAY))
        assert answer.structured_content == json.loads(json_form.text(same))
    assert said(answer).startswith(opening)
    assert asked(registry, "check", given).structured_content == before.structured_content


def test_unknown_tool_is_refused(registry):
    with pytest.raises(MCPError, match="There is no tool 'enter'; there are check, partners"):
        asked(registry, "enter", {})


def test_instructions_say_that_unknown_is_an_answer_and_to_cite():
    assert "Unknown is an answer" in server.INSTRUCTIONS
    assert "cite" in server.INSTRUCTIONS
    assert len(server.INSTRUCTIONS) < 1000


def test_what_update_brings_answers_from_the_next_call_on(monkeypatch):
    stamps = iter([("a",), ("a",), ("b",), ("b",), ("c",), ("c",)])
    monkeypatch.setattr(server, "stamp", lambda: next(stamps))
    opened = []

    def open_data():
        opened.append(len(opened))
        if len(opened) == 3:
            raise OSError("half there")
        return opened[-1]

    assistant = server.Assistant(open_data)
    assert [assistant.registry() for _ in range(5)] == [0, 1, 1, 1, 1]
    assert opened == [0, 1, 2]  # the third could not be opened, and is not tried at every call


def test_the_list_of_tools_fits_into_an_assistant_s_head():
    listed = [
        one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in LISTED.values()
    ]
    assert len(json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()) <= 30_000

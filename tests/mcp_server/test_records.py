"""What can be read by address: acts and sources, and their ids completed."""

import json

import pytest

pytest.importorskip("mcp", reason="the MCP SDK is not installed: pip install 'visamap[dev]'")
from kit_mcp import within
from mcp import MCPError
from mcp.types import ResourceTemplateReference


def read(registry, address):
    answer = within(registry, lambda client: client.read_resource(address))
    [content] = answer.contents
    assert (content.uri, content.mime_type) == (address, "application/json")
    return json.loads(content.text)


def completed(registry, template, typed, argument="id"):
    ref = ResourceTemplateReference(uri=template)
    asked = {"name": argument, "value": typed}
    return within(registry, lambda client: client.complete(ref, asked)).completion


def test_all_kinds_are_listed_as_templates(registry):
    listed = within(registry, lambda client: client.list_resource_templates())
    addresses = [one.uri_template for one in listed.resource_templates]
    assert addresses == [f"visamap://{kind}/{{id}}" for kind in ("act", "source", "schema")]
    assert within(registry, lambda client: client.list_resources()).resources == []


def test_an_act_is_read_in_full(registry):
    found = read(registry, "visamap://act/kaz-tha-2024")
    [act] = found["items"]
    assert (act["id"], act["signed"]) == ("kaz-tha-2024", "2024-04-23")
    assert act["events"]
    assert found["data"]["release"] == registry.data.release.isoformat()


def test_every_source_of_an_answer_can_be_read(registry):
    asked = {"nationalities": ["THA"], "on": "2026-11-24"}
    answer = within(registry, lambda client: client.call_tool("check", asked))
    for source in answer.structured_content["items"][0]["sources"]:
        [record] = read(registry, f"visamap://source/{source['id']}")["items"]
        assert record["url"] == source["url"]
        assert record["accessed"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("visamap://act/kaz-tha-24", "Did you mean kaz-tha-2024"),
        ("visamap://source/none-such", "No source matches 'none-such'"),
        (
            "visamap://act/",
            "available: visamap://act/{id}, visamap://source/{id}, visamap://schema/{id}.",
        ),
        ("visamap://visa/B12-1", "There is nothing to read at 'visamap://visa/B12-1'"),
        ("file:///etc/passwd", "There is nothing to read"),
        ("visamap://act/../../etc/passwd", "No act matches"),
        ("visamap://act/" + "x" * 5000, "There is nothing to read"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(registry, address, told):
    with pytest.raises(MCPError) as refused:
        read(registry, address)
    assert told in str(refused.value)
    assert len(str(refused.value)) < 500


def test_ids_are_completed(registry):
    found = completed(registry, "visamap://act/{id}", "kaz-tha")
    assert found.values[:2] == ["kaz-tha-2017-ds", "kaz-tha-2024"]
    every = completed(registry, "visamap://source/{id}", "")
    assert len(every.values) == 100
    assert every.has_more
    assert every.total == len(registry.index.records["sources"])


@pytest.mark.parametrize(
    ("template", "argument"), [("visamap://visa/{id}", "id"), ("visamap://act/{id}", "name")]
)
def test_what_is_not_there_has_no_completion(registry, template, argument):
    assert completed(registry, template, "kaz", argument).values == []

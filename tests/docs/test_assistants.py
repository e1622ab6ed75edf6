"""docs/assistants.md is true: its configuration starts the server, its tables are whole."""

import json
import re
from pathlib import Path

import pytest

pytest.importorskip("mcp", reason="the MCP SDK is not installed: pip install 'visamap[dev]'")
from kit_mcp import over_pipe

PAGE = (Path(__file__).parents[2] / "docs" / "assistants.md").read_text(encoding="utf-8")


def test_the_configuration_starts_a_server_with_the_tools_and_addresses_of_the_page():
    block = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1]
    server = json.loads(block)["mcpServers"]["visamap"]
    assert server["command"] == "visamap"

    async def listed(client):
        tools = (await client.list_tools()).tools
        templates = (await client.list_resource_templates()).resource_templates
        return [one.name for one in tools], [one.uri_template for one in templates]

    tools, addresses = over_pipe(listed, *server["args"][1:])
    assert server["args"][0] == "mcp"
    assert sorted(re.findall(r"^\| `([a-z]+)` \|", PAGE, re.MULTILINE)) == sorted(tools)
    assert re.findall(r"^\| `(visamap://[^`]*)` \|", PAGE, re.MULTILINE) == addresses

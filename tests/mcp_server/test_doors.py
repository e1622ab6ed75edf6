"""``visamap mcp`` for real: a process over its pipe, and HTTP on loopback with its bounds."""

import http.client
import importlib
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest

pytest.importorskip("mcp", reason="the MCP SDK is not installed: pip install 'visamap[dev]'")
from kit_mcp import COMMAND, over_http, over_pipe, said

from visamap.cli import commands as cli
from visamap.cli import output
from visamap.extras import how_to_add

DATA = Path(__file__).parents[2] / "data"
PATIENCE = 30
THAILAND = {"nationalities": ["Thailand"], "on": "2026-11-24"}
ERAS = ["auto", "legacy"]
"""The newest protocol, and the one that older assistants speak."""


async def whole_visit(client):
    """Ask what an assistant asks, in its order."""
    tools = (await client.list_tools()).tools
    answer = await client.call_tool("check", THAILAND)
    wrong = await client.call_tool("check", {"nationalities": ["Tailand"]})
    act = answer.structured_content["items"][0]["regime"]["instrument"]
    [content] = (await client.read_resource(f"visamap://act/{act}")).contents
    return client.instructions, tools, answer, wrong, json.loads(content.text)


def assert_whole(visit):
    instructions, tools, answer, wrong, act = visit
    assert "Unknown is an answer" in instructions
    assert len(tools) == 14
    assert answer.structured_content["items"][0]["verdict"] == "visa_free"
    assert said(answer).startswith("Visa-free for up to 30 days.")
    assert wrong.is_error
    assert "Did you mean Thailand (THA)?" in said(wrong)
    assert act["items"][0]["signed"] == "2024-04-23"


@pytest.mark.parametrize("mode", ERAS)
def test_an_assistant_asks_over_a_pipe(mode):
    assert_whole(over_pipe(whole_visit, mode=mode))


@contextmanager
def process(*options, **more):
    kept = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    command = [sys.executable, *COMMAND, *options]
    started = subprocess.Popen(command, **kept, **more)
    try:
        yield started
    finally:
        started.kill()
        started.communicate()


HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "a test", "version": "1"},
}


def line(method, params, number):
    message = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
    return json.dumps(message).encode() + b"\n"


def test_stdout_carries_the_protocol_and_nothing_else():
    lines = [
        line("initialize", HELLO, 1),
        b'{"jsonrpc": "2.0", "method": "notifications/initialized"}\n',
        b"this is no message\n",
        b"\xff\xfe\n",
        line("tools/call", {"name": "check", "arguments": THAILAND}, 2),
        line("tools/call", {"name": "check", "arguments": {"nationalities": ["Tailand"]}}, 3),
        line("tools/call", {"name": "ranks", "arguments": {}}, 4),
        line("resources/read", {"uri": "visamap://act/none"}, 5),
        line("no/such", {}, 6),
    ]
    with process() as server:
        answers = {}
        for one in lines:
            server.stdin.write(one)
        server.stdin.flush()
        while {1, 2, 3, 4, 5, 6} - answers.keys():
            written = server.stdout.readline()
            assert written, server.stderr.read()
            message = json.loads(written)  # whatever is no message fails here
            assert message["jsonrpc"] == "2.0"
            answers[message.get("id")] = message
        rest, complaints = server.communicate(timeout=PATIENCE)
        assert server.returncode == 0
    assert rest == b""
    assert b"Traceback" not in complaints
    assert answers[1]["result"]["serverInfo"]["name"] == "visamap"
    assert answers[2]["result"]["structuredContent"]["items"][0]["verdict"] == "visa_free"
    assert answers[3]["result"]["isError"] is True
    assert answers[5]["error"]["code"] == -32602
    assert answers[6]["error"]["code"] == -32601


def test_it_ends_with_its_client_and_when_interrupted():
    with process() as server:
        server.stdin.write(line("initialize", HELLO, 1))
        server.stdin.flush()
        assert server.stdout.readline()
        server.send_signal(signal.SIGINT)
        assert server.wait(PATIENCE) == -signal.SIGINT
        assert server.stderr.read() == b""


def test_data_of_your_own_answers_over_the_pipe(tmp_path, registry, monkeypatch):
    async def release(client):
        return (await client.call_tool("check", THAILAND)).structured_content["data"]["digest"]

    path = tmp_path / "own.yaml"
    text = (DATA / "visa_regimes.yaml").read_text(encoding="utf-8")
    path.write_text(f"{text}\n# one line more\n", encoding="utf-8")
    shutil.copy(DATA / "sources.yaml", tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache = {"XDG_CACHE_HOME": str(tmp_path)}
    own = over_pipe(release, VISAMAP_DATA=str(path), **cache)
    assert own != registry.data.digest
    opened = []
    doors = importlib.import_module("visamap.mcp.transports")
    monkeypatch.setattr(doors, "answer_pipe", lambda give: opened.append(give().data.digest))
    assert cli.run(["mcp", "--data", str(path)]) == 0
    assert opened == [own]


def test_broken_data_is_told_before_anything_is_promised(tmp_path, capsys):
    broken = tmp_path / "broken.yaml"
    broken.write_text("meta: {}\n", encoding="utf-8")
    assert cli.run(["mcp", "--data", str(broken)]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "broken" in shown.err


@pytest.fixture(scope="module")
def port():
    """The port of a server that all tests of this module ask."""
    with tempfile.TemporaryFile("w+") as complaints:
        command = [sys.executable, *COMMAND, "--http", "--port", "0"]
        server = subprocess.Popen(command, stderr=complaints, stdout=subprocess.PIPE, text=True)
        try:
            end = time.monotonic() + PATIENCE
            while not (found := re.search(r"127\.0\.0\.1:(\d+)/mcp", written(complaints))):
                assert time.monotonic() < end
                assert server.poll() is None, written(complaints)
                time.sleep(0.05)
            yield int(found[1])
            server.send_signal(signal.SIGINT)
            assert server.wait(PATIENCE) == 130
            assert server.stdout.read() == ""
            assert "Traceback" not in written(complaints)
        finally:
            server.kill()
            server.communicate()


def written(file):
    file.seek(0)
    return file.read()


@pytest.mark.parametrize("mode", ERAS)
def test_an_assistant_asks_over_http(mode, port):
    assert_whole(over_http(whole_visit, port, mode=mode))


def posted(port, body, path="/mcp", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    sent = {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    try:
        connection.request("POST", path, body, sent)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


CALL = line("tools/call", {"name": "check", "arguments": THAILAND}, 1)


def test_a_caller_of_this_machine_is_answered(port):
    for headers in ({}, {"Host": f"localhost:{port}"}, {"Origin": f"http://127.0.0.1:{port}"}):
        status, body = posted(port, CALL, **headers)
        assert status == 200, headers
        assert json.loads(body)["result"]["structuredContent"]["items"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:8001"}, 421),
        ({"Host": "localhost.evil.example"}, 421),
        ({"Host": "localhost:1"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://localhost:1"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content_Type": "text/plain"}, 400),
    ],
)
@pytest.mark.parametrize("version", [None, "2025-06-18", "2026-07-28"])
def test_other_hosts_and_origins_are_refused(port, headers, status, version):
    era = {} if version is None else {"MCP_Protocol_Version": version}
    answered, body = posted(port, CALL, **headers, **era)
    assert answered == status
    assert b"visa_free" not in body


def test_what_is_too_large_or_no_message_is_refused(port):
    assert posted(port, b"x" * 300_000)[0] == 413
    assert posted(port, b"{no message")[0] == 400
    assert posted(port, CALL, "/elsewhere")[0] == 404
    assert posted(port, CALL)[0] == 200


def test_it_listens_on_this_machine_only(port):
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None)}
    for address in others - {"127.0.0.1", "::1"}:
        if not address.startswith("127."):
            with pytest.raises(OSError), socket.create_connection((address, port), timeout=2):  # noqa: PT011
                pass


def test_a_port_that_is_taken_is_told(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        assert cli.run(["mcp", "--http", "--port", str(number)]) == 5
    told = capsys.readouterr().err
    assert f"127.0.0.1:{number}" in told
    assert "give another --port." in told


@pytest.mark.parametrize("options", [["--port", "8001"], ["--http", "--port", "70000"], ["x"]])
def test_wrong_options_are_told(options, capsys):
    assert cli.run(["mcp", *options]) == 2
    assert "Error" in capsys.readouterr().err


@pytest.mark.parametrize("missing", ["mcp", "mcp.server", "jsonschema", "uvicorn"])
def test_without_the_extra_it_says_what_to_install(missing, monkeypatch, capsys):
    def nothing(_name):
        raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)

    monkeypatch.setattr(output, "import_module", nothing)
    assert cli.run(["mcp"]) == 2
    told = capsys.readouterr()
    assert how_to_add("mcp") in told.err
    assert told.out == ""


def test_help_needs_no_library_of_the_protocol():
    code = "from visamap.cli.commands import run\nrun(['mcp', '--help'])\nimport sys\n"
    code += "sys.exit('mcp' in sys.modules or 'pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0
    assert b"visamap mcp --http" in done.stdout


@pytest.mark.parametrize(("terminal", "told"), [(True, "Ctrl-D stops"), (False, "")])
def test_a_person_at_a_terminal_is_told_how_to_stop(terminal, told, monkeypatch, capsys):
    doors = importlib.import_module("visamap.mcp.transports")
    monkeypatch.setattr(doors, "answer_pipe", lambda _open: None)
    monkeypatch.setattr(sys, "stdin", mock.Mock(isatty=lambda: terminal))
    assert cli.run(["mcp"]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert told in shown.err
    assert bool(told) == bool(shown.err)


def test_what_is_no_message_is_answered_over_the_pipe():
    wrong = {
        b"this is no JSON": (-32700, None),
        b"\xff\xfe": (-32700, None),
        b"[]": (-32600, None),
        b'{"jsonrpc": "2.0", "id": 7}': (-32600, 7),
        b'{"jsonrpc": "1.0", "id": "a", "method": "ping"}': (-32600, "a"),
    }
    with process() as server:
        for sent, refused in wrong.items():
            server.stdin.write(sent + b"\n")
            server.stdin.flush()
            answer = json.loads(server.stdout.readline())
            assert (answer["error"]["code"], answer["id"]) == refused
        server.stdin.write(line("initialize", HELLO, 1))
        server.stdin.flush()
        welcome = json.loads(server.stdout.readline())
    assert welcome["result"]["serverInfo"]["name"] == "visamap"

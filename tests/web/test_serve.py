"""``visamap serve``: a real server on loopback, its bounds, its end."""

import http.client
import importlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from visamap.cli import commands as cli
from visamap.cli import output
from visamap.extras import how_to_add

PATIENCE = 30


@contextmanager
def served(*options):
    command = [sys.executable, "-m", "visamap", "serve", "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        said = process.stderr.readline()
        port = int(re.search(r":(\d+)/ ", said)[1])
        yield process, port
    finally:
        process.kill()
        process.communicate()


def got(port, path, method="GET"):
    end = time.monotonic() + PATIENCE
    while True:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            line.request(method, path)
            answer = line.getresponse()
            return answer.status, answer.read()
        except ConnectionError:
            assert time.monotonic() < end
            time.sleep(0.05)
        finally:
            line.close()


def test_it_answers_on_loopback_and_stops_when_told():
    with served() as (process, port):
        status, body = got(port, "/api/v1/check/THA?on=2026-11-24")
        assert (status, json.loads(body)["items"][0]["verdict"]) == (200, "visa_free")
        assert got(port, "/api/v1/check/THA", "HEAD") == (200, b"")
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 130
        assert "Traceback" not in process.stderr.read()


def test_workers_answer_side_by_side_and_stop_together():
    with served("--workers", "2") as (process, port):
        assert got(port, "/healthz")[0] == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        with pytest.raises(ConnectionError), socket.create_connection(("127.0.0.1", port)):
            pass


def test_fifty_readers_at_once_see_no_error():
    wrong, answered = [], []
    paths = [f"/api/v1/check/{code}" for code in ("THA", "CHN", "IND", "Korea, South")]
    paths = [path.replace(" ", "%20") for path in [*paths, "/api/v1/map", "/healthz"]]

    def read(port, first):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            for number in range(first, first + 12):
                line.request("GET", paths[number % len(paths)])
                answer = line.getresponse()
                answer.read()
                answered.append(answer.status)
        except (OSError, http.client.HTTPException) as error:
            wrong.append(error)
        finally:
            line.close()

    with served() as (process, port):
        got(port, "/healthz")
        before = memory_of(process.pid)
        readers = [threading.Thread(target=read, args=(port, n)) for n in range(50)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        grown = memory_of(process.pid) - before
    assert wrong == []
    assert answered == [200] * 50 * 12
    assert grown < 60_000  # kB: the answers themselves, and room for fifty connections


def memory_of(process):
    with open(f"/proc/{process}/status", encoding="ascii") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1])


def test_data_of_your_own_is_served(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("meta: {}\n", encoding="utf-8")
    assert run("serve", "--data", str(broken)) == 3
    assert run("serve", "--data", str(tmp_path / "none.yaml")) == 2


def test_a_port_that_is_taken_is_told(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run("serve", "--port", str(port)) == 5
    said = capsys.readouterr().err
    assert f"127.0.0.1:{port}" in said
    assert "give another --port" in said


@pytest.mark.parametrize("options", [["--port", "70000"], ["--workers", "0"], ["--port", "x"]])
def test_bounds_of_the_options(options):
    assert run("serve", *options) == 2


@pytest.mark.parametrize("command", [["serve"], ["site", "-o", "nowhere"]])
@pytest.mark.parametrize("library", ["fastapi", "uvicorn", "jinja2"])
def test_without_the_extra_it_says_what_to_install(command, library, monkeypatch, capsys, tmp_path):
    def missing(_name):
        raise ModuleNotFoundError(f"No module named {library!r}", name=library)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(output, "import_module", missing)
    assert run(*command) == 2
    assert how_to_add("web") in capsys.readouterr().err


def test_a_fault_of_ours_is_not_taken_for_a_missing_extra(monkeypatch):
    def missing(_name):
        raise ModuleNotFoundError("No module named 'visamap.web.nothing'", name="visamap.web.no")

    monkeypatch.setattr(output, "import_module", missing)
    with pytest.raises(ModuleNotFoundError, match="nothing"):
        output.library("web", "visamap.web.nothing", "A server")


def test_other_machines_are_remarked_on(monkeypatch, capsys):
    serve = importlib.import_module("visamap.cli.serve")
    monkeypatch.setattr(serve, "_run", lambda *_: None)
    assert run("serve", "--host", "0.0.0.0", "--port", "0") == 0  # noqa: S104  what is tested
    assert "other machines can reach" in capsys.readouterr().err
    assert run("serve", "--port", "0") == 0
    assert "other machines" not in capsys.readouterr().err


def test_help_needs_no_library_of_the_web():
    shown = CliRunner().invoke(cli.group, ["serve", "--help"])
    assert "visamap serve --port 9000" in shown.stdout


def run(*arguments):
    before = dict(os.environ)
    try:
        return cli.run(arguments)
    finally:
        os.environ.clear()
        os.environ.update(before)

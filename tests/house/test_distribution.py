"""What others install us by says what is true: the MCP registry, a container, other systems."""

import json
import ntpath
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from kit_pages import served
from kit_windows import troubles

from visamap.cli.commands import group, run
from visamap.cli.export import _table_form
from visamap.export.formats import PACKAGE
from visamap.version import __version__

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def read(name):
    return (ROOT / name).read_text("utf-8")


def taken(arguments):
    """The options that a command of ours makes of words; wrong ones are refused."""
    name, *rest = arguments
    with group.make_context("visamap", [name]) as above:
        return group.get_command(above, name).make_context(name, rest, parent=above).params


def test_the_mcp_registry_is_told_the_name_the_version_and_how_to_start():
    server = json.loads(read("server.json"))
    (package,) = server["packages"]
    assert f"<!-- mcp-name: {server['name']} -->" in read("README.md")
    assert re.fullmatch(r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+", server["name"])
    assert 0 < len(server["description"]) <= 100
    assert server["$schema"].startswith("https://static.modelcontextprotocol.io/schemas/20")
    assert package["identifier"] == PROJECT["name"]
    assert server["version"] == package["version"] == __version__
    assert (package["registryType"], package["transport"]) == ("pypi", {"type": "stdio"})
    (extra,) = package["runtimeArguments"]
    named = re.fullmatch(r"visamap\[(\w+)\]", extra["value"])
    assert named
    assert named[1] in PROJECT["optional-dependencies"]
    assert taken([one["value"] for one in package["packageArguments"]])["http"] is False


@pytest.fixture(scope="module")
def container():
    """The instructions of the Containerfile, as pairs of a word and its rest."""
    text = re.sub(r"^#.*\n", "", read("Containerfile"), flags=re.MULTILINE).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]


def test_the_container_serves_as_a_user_without_rights(container):
    words = [word for word, _ in container]
    last = len(words) - words[::-1].index("FROM") - 1
    ends = dict(container[last:])
    assert ends["USER"] not in {"root", "0"}
    assert (
        f"useradd --system --create-home --home-dir /var/lib/visamap {ends['USER']}" in ends["RUN"]
    )
    assert words.index("USER") > words.index("RUN", last)  # what is installed is not its own
    options = taken(json.loads(ends["CMD"])[1:])
    assert (options["host"], str(options["port"])) == ("0.0.0.0", ends["EXPOSE"])  # noqa: S104
    assert "[web]" in ends["RUN"]
    assert all(
        (ROOT / source).exists()
        for word, rest in container
        if word == "COPY"
        for source in shlex.split(rest)[:1]
        if not source.startswith("--")
    )


def test_the_health_check_of_the_container_tells_alive_from_dead(container, registry):
    _, _, command = dict(container)["HEALTHCHECK"].partition("CMD ")
    python, dash, code = json.loads(command)
    assert (python, dash) == ("python", "-c")
    assert "127.0.0.1:8000/" in code
    with served(registry) as address:
        alive = code.replace("http://127.0.0.1:8000/", address)
        subprocess.run([sys.executable, dash, alive], check=True, timeout=30)
    dead = subprocess.run(
        [sys.executable, dash, alive], capture_output=True, timeout=30, check=False
    )
    assert dead.returncode != 0


def test_what_is_not_published_yet_is_said_to_be_so():
    for name in ("README.md", "docs/assistants.md"):
        for paragraph in read(name).split("\n\n"):
            if "uvx" in paragraph or "pipx" in paragraph:
                assert re.search(r"Once (it|the\s+package) is", paragraph), paragraph


def test_every_file_of_ours_has_a_name_on_windows(export):
    found = subprocess.run(
        [shutil.which("git") or "git", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    tracked = [name for name in found.stdout.split("\0") if name]
    tables = [f"{table.name}.parquet" for table in export.tables]
    assert not [*troubles(tracked), *troubles(tables)]


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("C:\\Users\\Ann B\\my.data\\dyads.CSV", "csv"),
        ("C:\\Users\\Ann B\\my.data\\dyads", PACKAGE),
        ("\\\\server\\share\\codebook.md", "md"),
        ("D:dyads.parquet", "parquet"),
    ],
)
def test_a_path_of_windows_tells_its_form(path, form, monkeypatch):
    monkeypatch.setattr("visamap.cli.export.os.path", ntpath)
    assert _table_form("dyads", path) == form


@pytest.mark.parametrize(
    "words",
    [
        ["check", "THA", "--data", "C:\\no such\\visa_regimes.yaml"],
        ["update", "--data", "C:\\release\\visamap.json"],
        ["validate", "C:\\no such\\visa_regimes.yaml"],
    ],
)
def test_a_path_of_windows_that_leads_nowhere_is_named(words, capsys):
    assert run(words) == 2
    assert f"'{words[-1]}'" in capsys.readouterr().err

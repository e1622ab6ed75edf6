"""The command that adds an extra is one that works for how visamap was installed."""

import json
import sys

import pytest

from visamap import extras

SHA = "1" * 40


class Installed:
    """A distribution that remembers where it came from."""

    def __init__(self, told):
        self.told = told

    def read_text(self, name):
        assert name == "direct_url.json"
        return self.told


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """Return a way to say where the package came from; the environment is a fresh one."""
    (tmp_path / "bin").mkdir()
    pip = tmp_path / "bin" / "pip"
    pip.write_text("#!/bin/sh\n")
    pip.chmod(0o755)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(extras, "find_spec", lambda _name: "pip")  # which uv leaves out

    def installed(origin=None):
        told = None if origin is None else json.dumps(origin)
        monkeypatch.setattr(extras, "distribution", lambda _name: Installed(told))

    installed()
    return installed


@pytest.mark.parametrize(
    ("origin", "command"),
    [
        (None, "pip install 'visamap[web]'"),
        (
            {"url": "file:///home/me/visa%20map", "dir_info": {"editable": True}},
            "pip install -e '/home/me/visa map[web]'",
        ),
        ({"url": "file:///home/me/visamap", "dir_info": {}}, "pip install '/home/me/visamap[web]'"),
        (
            {"url": "file:///tmp/visamap-1-py3-none-any.whl", "archive_info": {}},
            "pip install '/tmp/visamap-1-py3-none-any.whl[web]'",
        ),
        (
            {"url": "https://x.test/v.whl", "archive_info": {}},
            "pip install 'visamap[web] @ https://x.test/v.whl'",
        ),
        (
            {
                "url": "https://x.test/v.git",
                "vcs_info": {"vcs": "git", "commit_id": SHA},
                "subdirectory": "py",
            },
            f"pip install 'visamap[web] @ git+https://x.test/v.git@{SHA}#subdirectory=py'",
        ),
    ],
)
def test_what_is_installed_comes_from_where_it_came_from(environment, origin, command):
    environment(origin)
    assert extras.how_to_add("web") == command


@pytest.mark.parametrize(
    ("marker", "command"),
    [
        ("pipx_metadata.json", "pipx install --force 'visamap[feeds,web]'"),
        ("uv-receipt.toml", "uv tool install --force 'visamap[feeds,web]'"),
    ],
)
@pytest.mark.usefixtures("environment")
def test_a_tool_with_an_environment_of_its_own_renews_it(tmp_path, monkeypatch, marker, command):
    (tmp_path / marker).touch()
    monkeypatch.setattr(extras, "missing", lambda name: () if name == "feeds" else ("a-library",))
    assert extras.how_to_add("web") == command


@pytest.mark.usefixtures("environment")
def test_an_environment_that_is_not_active_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", "/nowhere")
    python = tmp_path / "bin" / "python"
    assert extras.how_to_add("web") == f"{python} -m pip install 'visamap[web]'"
    monkeypatch.setattr(extras, "find_spec", lambda _name: None)
    assert extras.how_to_add("web") == f"uv pip install --python {python} 'visamap[web]'"

"""The workflows: every action pinned by its commit, no right too many, no token left behind."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+")


def test_what_is_asked_for_is_there():
    assert {path.stem for path in FILES} == {"ci", "pages", "release", "watch"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_actions_are_pinned_and_rights_are_few(path):
    text = path.read_text("utf-8")
    used = re.findall(r"uses: (.*)", text)
    assert [one for one in used if not PINNED.fullmatch(one)] == []
    flow = yaml.safe_load(text)
    assert flow["permissions"] == {}
    for name, job in flow["jobs"].items():
        assert job["timeout-minutes"] <= 120, name
        assert "permissions" in job, name
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_updates_wait_before_they_are_taken():
    told = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))
    assert all(one["cooldown"]["default-days"] >= 7 for one in told["updates"])


@pytest.mark.parametrize(
    "command", [["actionlint", "-no-color"], ["zizmor", "--offline", "--quiet", ".github"]]
)
def test_who_reads_workflows_for_a_living_finds_nothing(command):
    beside = Path(sys.executable).parent / command[0]
    program = str(beside) if beside.exists() else shutil.which(command[0])
    if program is None:
        pytest.skip(f"{command[0]} is not installed: pip install -e '.[dev]'")
    done = subprocess.run(
        [program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr

"""The locks hold what pyproject.toml asks for, each version by its hashes, and name no index."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
RUN = [
    *PROJECT["project"]["dependencies"],
    *PROJECT["build-system"]["requires"],
    *PROJECT["dependency-groups"]["build"],
]
DEV = RUN + [need for extra in EXTRAS.values() for need in extra if not need.startswith("visamap")]
WANTED = {"requirements-run.lock": RUN, "requirements-dev.lock": DEV}
PIN = re.compile(r"^(?P<pin>[^\s#-][^\\\n]*?) \\\n(?P<hashes>(?: {4}--hash=.*\n)+)", re.MULTILINE)


def text(lock):
    return (ROOT / lock).read_text("utf-8")


def pinned(lock):
    """Return each name with its versions; a name has several where Pythons need different ones."""
    found = {}
    for pin in PIN.finditer(text(lock)):
        need = Requirement(pin["pin"])
        (version,) = need.specifier
        found.setdefault(canonicalize_name(need.name), set()).add(version.version)
    return found


@pytest.mark.parametrize("lock", WANTED)
def test_a_lock_holds_what_is_asked_for(lock):
    held = pinned(lock)
    slips = [
        f"{need}: {', '.join(held.get(canonicalize_name(need.name), ())) or 'not there'}"
        for need in map(Requirement, WANTED[lock])
        if not any(map(need.specifier.contains, held.get(canonicalize_name(need.name), ())))
    ]
    assert not slips, f"run `make lock`; {lock} differs from pyproject.toml: {slips}"


@pytest.mark.parametrize("lock", WANTED)
def test_every_line_is_a_version_with_its_hashes_and_none_an_address(lock):
    rest = PIN.sub("", text(lock))
    assert [line for line in rest.splitlines() if line and not line.lstrip().startswith("#")] == []
    assert re.findall(r"(?m)^\s*--(?!hash=sha256:).*|.*://.*", text(lock)) == []


def test_what_is_run_is_what_was_tested():
    run, dev = (pinned(lock) for lock in WANTED)
    assert {name: versions for name, versions in run.items() if dev[name] != versions} == {}


def test_the_tools_that_build_are_those_that_the_build_asks_for():
    """Without build isolation nothing else would bring them."""
    asked = {canonicalize_name(Requirement(need).name) for need in RUN}
    assert {"hatchling", "editables", "babel"} <= asked
    assert set(PROJECT["dependency-groups"]["build"]) <= set(EXTRAS["dev"])


def test_the_extra_for_development_holds_every_other_extra():
    for name, extra in EXTRAS.items():
        missing = {need for need in extra if not need.startswith("visamap")} - set(EXTRAS["dev"])
        assert not missing, f"{name} needs what `dev` does not bring: {missing}"

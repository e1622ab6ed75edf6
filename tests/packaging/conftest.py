"""The packages are built once; the tests that read them stay on one worker (``packages``)."""

import os
import shutil
import subprocess
import sys
import tarfile
import venv
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
LEFT_BEHIND = shutil.ignore_patterns(
    ".git", ".venv*", ".nox", ".*_cache", ".hypothesis", "__pycache__", "_compiled", "*.mo",
    "build", "dist", "mutants",
)  # fmt: skip
ONE_PLACE = {"PYTHONHASHSEED": "1", "TZ": "Asia/Almaty", "LC_ALL": "C.UTF-8"}
ANOTHER = {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C"}


def built(tree, out, place):
    """Build the wheel and then the sdist of a tree, without a network; return their paths."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", out]
    unset = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        command, cwd=tree, env=unset | place, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (wheel,), (sdist,) = out.glob("*.whl"), out.glob("*.tar.gz")
    return wheel, sdist


class Packages(NamedTuple):
    """The packages built from the tree, and from the sdist in another folder."""

    wheel: Path
    sdist: Path
    wheel_of_sdist: Path
    sdist_of_sdist: Path


@pytest.fixture(scope="session")
def packages(tmp_path_factory):
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    home = tmp_path_factory.mktemp("packages")
    shutil.copytree(ROOT, home / "tree", ignore=LEFT_BEHIND)
    wheel, sdist = built(home / "tree", home / "first", ONE_PLACE)
    with tarfile.open(sdist) as packed:
        packed.extractall(home / "elsewhere", filter="data")
    (unpacked,) = (home / "elsewhere").iterdir()
    return Packages(wheel, sdist, *built(unpacked, home / "second", ANOTHER))


@pytest.fixture(scope="session")
def installed(packages, tmp_path_factory):
    """Return the Python of an environment that has the wheel, beside the libraries of this one."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home)
    (rooms,) = home.glob("lib/python*/site-packages")
    # A wheel that holds Python alone is installed by laying it there.
    shutil.unpack_archive(packages.wheel, rooms, "zip")
    libraries = [path for path in sys.path if Path(path).name == "site-packages"]
    (rooms / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    return home / "bin" / "python"

"""What people install: the same bytes wherever it is built, all that is needed, nothing else."""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("packages")
ROOT = Path(__file__).parents[2]


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_wheel_has_the_same_bytes_wherever_it_is_built(packages):
    assert digest(packages.wheel) == digest(packages.wheel_of_sdist)


def test_an_sdist_has_the_same_bytes_when_it_is_built_from_an_sdist(packages):
    assert digest(packages.sdist) == digest(packages.sdist_of_sdist)


def test_the_wheel_holds_the_package_its_tables_and_its_catalogues_and_nothing_else(packages):
    with zipfile.ZipFile(packages.wheel) as packed:
        names = set(packed.namelist())
    tops = {name.partition("/")[0] for name in names}
    assert {top.partition("-")[0] for top in tops} == {"visamap"}
    assert {"visamap/py.typed", "visamap/_compiled/records.json"} <= names
    for language in ("kk", "ru"):
        for domain in ("visamap", "facts"):
            assert f"visamap/locale/{language}/LC_MESSAGES/{domain}.mo" in names
    sources = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("visamap/**/*.py")}
    assert {name for name in names if name.endswith(".py")} == sources
    assert [name for name in names if Path(name).suffix in {".pyc", ".tmp", ".log"}] == []


def test_the_sdist_holds_every_file_of_the_repository(packages):
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        pytest.skip("no repository here, so nothing says which files belong to it")
    tracked = subprocess.run(
        [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    with tarfile.open(packages.sdist) as packed:
        held = {member.name.partition("/")[2] for member in packed if member.isfile()}
    # A file that was deleted and not yet committed is still listed.
    wanted = {name for name in tracked.stdout.split("\0") if name and (ROOT / name).exists()}
    assert wanted - held == set()
    assert [name for name in held if name.endswith((".mo", ".pyc"))] == []


def test_the_metadata_is_what_a_package_index_accepts(packages):
    pytest.importorskip("twine", reason="twine is not installed")
    check = [sys.executable, "-m", "twine", "check", "--strict", packages.wheel, packages.sdist]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

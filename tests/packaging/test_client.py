"""A stranger's program: its types are checked against the installed wheel, and it runs there."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("packages")
PROGRAM = Path(__file__).with_name("agency.py")


SLIPS = ("check()", "check('THA', on=1)", "partners(on=ARRIVAL)[0].nation")


@pytest.fixture
def program(tmp_path):
    return shutil.copy(PROGRAM, tmp_path)  # far from the checkout


@pytest.fixture(scope="module")
def complaints(installed, tmp_path_factory):
    """What mypy says of the program, and of one more that uses it wrongly at its end."""
    pytest.importorskip("mypy", reason="mypy is not installed")
    home = tmp_path_factory.mktemp("typed")
    shutil.copy(PROGRAM, home)
    slips = "".join(f"\nvisamap.load().{slip}" for slip in SLIPS)
    (home / "wrong.py").write_text(PROGRAM.read_text("utf-8") + slips + "\n", encoding="utf-8")
    check = [sys.executable, "-m", "mypy", "--strict", "--python-executable", installed]
    return run([*check, "--cache-dir", home / "cache", PROGRAM.name, "wrong.py"], home)


def run(command, home):
    return subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)


def test_the_types_of_the_public_names_are_there(complaints):
    said = complaints.stdout + complaints.stderr
    assert "(checked 2 source files)" in said
    assert PROGRAM.name not in said, said


def test_a_wrong_use_is_found_by_the_types(complaints):
    """Else the test above would pass with a package that has no types at all."""
    assert "Found 3 errors in 1 file" in complaints.stdout


def test_it_runs_with_the_installed_wheel(installed, program, tmp_path):
    where = run([installed, "-c", "import visamap; print(visamap.__file__)"], tmp_path)
    assert Path(where.stdout.strip()).is_relative_to(Path(installed).parents[1])
    done = run([installed, "-W", "error", program], tmp_path)
    told = done.stdout.splitlines()
    assert told[0] == "Thailand: up to 30 days (kz-gov-693-2019)"
    assert told[2] == "Kazakhstan: welcome home"
    assert len(told) == 9
    assert "Atlantis" in done.stderr
    assert done.returncode == 2

"""A stranger's program: its types are checked against the installed wheel, and it runs there."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("packages")
PROGRAM = Path(__file__).with_name("agency.py")


@pytest.fixture
def program(tmp_path):
    return shutil.copy(PROGRAM, tmp_path)  # far from the checkout


def typed(installed, program):
    pytest.importorskip("mypy", reason="mypy is not installed")
    home = Path(program).parent
    check = [sys.executable, "-m", "mypy", "--strict", "--python-executable", installed]
    return run([*check, "--cache-dir", home / "cache", program], home)


def run(command, home):
    return subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)


def test_the_types_of_the_public_names_are_there(installed, program):
    done = typed(installed, program)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_wrong_use_is_found_by_the_types(installed, program):
    """Else the test above would pass with a package that has no types at all."""
    slips = "".join(
        f"\nvisamap.load().{slip}"
        for slip in ("check()", "check('THA', on=1)", "partners(on=ARRIVAL)[0].nation")
    )
    Path(program).write_text(PROGRAM.read_text("utf-8") + slips + "\n", encoding="utf-8")
    done = typed(installed, program)
    assert "Found 3 errors" in done.stdout


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

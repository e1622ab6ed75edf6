"""What ``visamap update`` brought, under damage: the shipped data always answers what it can."""

import os
import re
import shutil
import subprocess
import sys
import warnings
from datetime import UTC, datetime

import pytest
import upstream
from kit_damage import PLACES, damages, days, restored, visamap
from kit_release import law, publish
from upstream import STATES, matrix, whole

import visamap as package
from visamap.cli.commands import run
from visamap.data.opening import open_index
from visamap.errors import DamagedCopyError
from visamap.store import fetched_data
from visamap.store.tables import RECORDS, opened
from visamap.store.tables import SHIPPED as SHIPPED_TABLES
from visamap.update import Bounds, update_data, update_matrix

NOW = datetime(2098, 5, 1, tzinfo=UTC)
QUICK = Bounds(pause_seconds=0.01, total_seconds=10)
QUESTION = ("check", "THA", "--on", "2024-01-01", "--format", "json")
DAMAGES = damages()
SHIPPED = 30
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


@pytest.fixture(scope="module", autouse=True)
def server(tmp_path_factory):
    made = upstream.Upstream()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "127.0.0.1")
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("home")))
        yield made
    made.close()


@pytest.fixture(scope="module")
def pristine(server, tmp_path_factory):
    """A folder with a release and a matrix in force, and one of each before."""
    for release in (1, 2):
        url = publish(server, law(f"2098-01-0{release}", 76 + release))
        update_data(open_index(), now=NOW, url=url, bounds=QUICK)
        new_matrix(server, 30 * release)
    before = tmp_path_factory.mktemp("pristine") / "visamap"
    shutil.copytree(fetched_data.user_folder(), before)
    return before


@pytest.fixture
def home(pristine):
    folder = type(pristine)(fetched_data.user_folder())
    restored(folder, pristine)
    return folder


def new_matrix(server, length):
    url = server.serve("/m", whole(matrix(KAZ_USA=str(length)), ETag=f'"{length}"'))
    index = opened(SHIPPED_TABLES)
    return update_matrix(index, now=NOW, url=url, states=len(STATES), bounds=QUICK)


@pytest.fixture
def ask(capsys, monkeypatch):
    """Return what the command says, here: what each process pays for would be paid each time."""
    monkeypatch.setattr("warnings.showwarning", warnings.showwarning)  # the command has its own

    def asked(*arguments):
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            status = run([str(one) for one in arguments])
        return subprocess.CompletedProcess(arguments, status, *capsys.readouterr())

    return asked


def stay():
    return package.load().check("THA", on="2024-01-01").max_stay_days


def release_file(home, name):
    copy = fetched_data.info("data")
    return (
        home / "data" / ("in-force.json" if name == "in-force.json" else f"{copy['file']}/{name}")
    )


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ["in-force.json", RECORDS])
def test_a_damaged_release_leaves_the_shipped_data_to_answer(server, home, name, damage):
    assert stay() == 78
    path = release_file(home, name)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    with pytest.warns(UserWarning, match="is damaged, so the shipped data is used"):
        assert stay() == SHIPPED
    with pytest.warns(UserWarning, match="is damaged"):
        index = open_index()
    url = publish(server, law("2098-01-02", 78))
    assert update_data(index, now=NOW, url=url, bounds=QUICK).outcome == "first"
    assert stay() == 78


@pytest.mark.parametrize("damage", ["flipped 8", "without its end", "zeros"])
def test_the_law_itself_is_compared_with_its_digest(home, damage, monkeypatch, tmp_path):
    """Another version of the code lays the law out anew: a changed digit must not pass."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("visamap.data.opening.__version__", "2099.1.0")
    assert stay() == 78
    path = release_file(home, "visa_regimes.yaml")
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    with pytest.warns(UserWarning, match="is damaged"):
        assert stay() == SHIPPED
    path.write_bytes(law("2098-01-02", 79))  # sound, and not what was fetched
    with pytest.warns(UserWarning, match="is damaged"):
        assert stay() == SHIPPED


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ["in-force.json", None])
def test_a_damaged_matrix_is_told_and_mended(server, home, name, damage):
    path = home / "matrix" / (name or fetched_data.info()["file"])
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    with pytest.raises(DamagedCopyError, match="visamap update"):
        fetched_data.matrix()
    assert stay() == 78  # no question but those of the matrix asks for it
    new_matrix(server, 60)
    assert fetched_data.matrix()["pairs"]["KAZ"]["USA"][1] == 60


def test_without_a_network_the_folder_named_may_go(home):
    path = home / "matrix" / fetched_data.info()["file"]
    path.write_bytes(b"{")
    with pytest.raises(DamagedCopyError) as told:
        fetched_data.matrix()
    folder = re.search("or delete '(.*?)'", str(told.value))[1]
    shutil.rmtree(folder)
    assert fetched_data.matrix() is None
    assert stay() == 78


@pytest.mark.parametrize("happen", PLACES)
@pytest.mark.parametrize("place", ["data/in-force.json", RECORDS, "matrix/in-force.json"])
def test_a_file_that_is_none_stops_no_other_question(home, ask, happen, place):
    path = home / place if "/" in place else release_file(home, place)
    happen(path)
    assert days(ask(*QUESTION)) == (78 if place.startswith("matrix") else SHIPPED)
    done = ask("outbound", "FRA", "--to", "DEU")
    assert done.returncode in {2, 3}
    assert done.stderr.startswith(("Error: ", "Remark: "))


def test_files_of_another_copy_are_found(home):
    named = fetched_data.in_force("data")
    old, new = (home / "data" / named[which]["file"] / RECORDS for which in ("previous", "current"))
    shutil.copy(old, new)
    with pytest.warns(UserWarning, match="is damaged"):
        assert stay() == SHIPPED


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are others there")
@pytest.mark.parametrize("mode", [0o000, 0o500])
def test_without_rights_the_data_answers_and_an_update_says_what_is_wrong(server, home, mode):
    url = server.serve("/m", whole(matrix(KAZ_USA="90")))
    told = {"XDG_DATA_HOME": home.parent, "NO_PROXY": "127.0.0.1", "rights": True}
    for folder in (home / "data", home / "matrix", home):
        folder.chmod(mode)
    try:
        assert days(visamap(*QUESTION, **told)) == (78 if mode else SHIPPED)
        done = visamap("update", "--from", url, "--passports", len(STATES), **told)
        assert (done.returncode, "cannot be written (Permission denied)" in done.stderr) == (
            5,
            True,
        )
        assert "Traceback" not in done.stderr
    finally:
        for folder in (home, home / "data", home / "matrix"):
            folder.chmod(0o700)
    assert stay() == 78


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are others there")
def test_in_a_home_that_is_read_only_everything_is_answered(tmp_path):
    home = tmp_path / "home"
    home.mkdir(0o500)
    (tmp_path / "law.yaml").write_bytes(law())
    told = {"HOME": home, "XDG_DATA_HOME": "", "XDG_CACHE_HOME": "", "rights": True}
    assert days(visamap(*QUESTION, **told)) == SHIPPED
    assert days(visamap("--data", tmp_path / "law.yaml", *QUESTION, **told)) == 77
    done = visamap("update", "--from", "https://example.org/never-asked", **told)
    assert (done.returncode, "cannot be written" in done.stderr) == (5, True)
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("whose", ["nowhere", "of nobody"])
def test_without_a_home_everything_is_answered_and_nothing_is_strewn_about(
    ask, tmp_path, monkeypatch, whose
):
    law_file, here = tmp_path / "law.yaml", tmp_path / "here"
    law_file.write_bytes(law())
    here.mkdir()
    monkeypatch.chdir(here)
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    if whose == "nowhere":
        monkeypatch.setenv("HOME", str(law_file / "home"))
        status, said = 5, "cannot be written (Not a directory)"
    else:
        pwd = pytest.importorskip("pwd", reason="a user without a home is another one there")
        monkeypatch.setattr(pwd, "getpwuid", {}.__getitem__)
        status, said = 2, "no home folder"
    assert days(ask(*QUESTION)) == SHIPPED
    assert days(ask("--data", law_file, *QUESTION)) == 77
    assert ask("doctor").returncode == 0
    done = ask("update", "--from", "https://example.org/never-asked")
    assert (done.returncode, said in done.stderr) == (status, True), done.stderr
    assert ("XDG_DATA_HOME" in done.stderr) == (whose == "of nobody")
    assert list(here.iterdir()) == []


TOGETHER = """
import os, sys
from datetime import datetime, UTC
import visamap
from visamap.data.opening import open_index
from visamap.update import update_data
from visamap.errors import UpdateUnderWayError
gate, children = os.pipe(), []
index = open_index()
for n in range(10):
    child = os.fork()
    if child == 0:
        os.read(gate[0], 1)
        status = 1
        try:
            if n % 2:
                update_data(index, now=datetime(2098, 5, 1, tzinfo=UTC), url=sys.argv[1])
            found = visamap.load().check("THA", on="2024-01-01").max_stay_days
            status = 0 if found in {78, 79} else 2
        except UpdateUnderWayError:
            status = 0
        finally:
            os._exit(status)
    children.append(child)
os.write(gate[1], b"." * 10)
print([os.waitpid(child, 0)[1] for child in children])
"""


@needs_fork
def test_ten_at_once_update_and_ask_and_every_answer_is_one_of_the_two(server, home):
    url = publish(server, law("2098-01-03", 79))
    command = [sys.executable, "-c", TOGETHER, url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == f"{[0] * 10}\n", done.stderr
    assert stay() == 79
    assert {path.name for path in (home / "data").iterdir()} == named()


def named():
    """The pointer, and the copies that it names."""
    return {
        "in-force.json",
        *(one["file"] for one in fetched_data.every(fetched_data.in_force("data"))),
    }


KILLED = """
import os, signal, sys, time
from datetime import datetime, UTC
import visamap
from visamap.data.opening import open_index
from visamap.update import undo, update_data
index, seen, turn = open_index(), set(), 0
def both():
    update_data(open_index(), now=datetime(2098, 5, 1, tzinfo=UTC), url=sys.argv[1])
    undo("data", index)
both()
began = time.monotonic()
both()
once = time.monotonic() - began  # on a busy machine a moment is longer
while turn < 20 or not {78, 79} <= seen:
    turn += 1
    child = os.fork()
    while child == 0:
        both()
    time.sleep((0.1 + turn * 7 % 20 / 20 + turn / 40) * once)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    registry = visamap.load()
    assert registry.agreements(on="2024-01-01")
    seen.add(registry.check("THA", on="2024-01-01").max_stay_days)
print(sorted(seen))
"""


@needs_fork
def test_killed_at_any_moment_one_of_the_releases_answers_whole(server, home):
    url = publish(server, law("2098-01-03", 79))
    command = [sys.executable, "-W", "error::UserWarning", "-c", KILLED, url]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout in {"[77, 78, 79]\n", "[78, 79]\n"}, done.stderr
    update_data(open_index(), now=NOW, url=publish(server, law("2098-01-04", 80)), bounds=QUICK)
    assert stay() == 80
    assert {path.name for path in (home / "data").iterdir()} == named()  # of the killed, nothing

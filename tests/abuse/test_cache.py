"""The cache of a user's own file under damage: the answer is the right one, whatever is in it."""

import os
import shutil
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit_damage import PLACES, damages, days, restored, visamap
from kit_release import law

import visamap as package
from visamap.store.tables import RECORDS

QUESTION = ("check", "THA", "--on", "2024-01-01", "--format", "json")
DAMAGES = damages()


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory):
    """A cache of its own for all tests of this file."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    path = tmp_path_factory.mktemp("own") / "law.yaml"
    path.write_bytes(law())
    return path


@pytest.fixture(scope="module")
def whole(cache, own, tmp_path_factory):
    """The cache of the file as it should be, kept apart."""
    package.load(own)
    (folder,) = (cache / "visamap").iterdir()
    before = tmp_path_factory.mktemp("whole") / folder.name
    shutil.copytree(folder, before)
    return before


@pytest.fixture
def kept(cache, whole):
    """The folder of the file in the cache, whole at first."""
    folder = cache / "visamap" / whole.name
    restored(folder, whole)
    return folder


def answers_right(own):
    registry = package.load(own)
    assert registry.check("THA", on="2024-01-01").max_stay_days == 77
    assert [act.id for act in registry.agreements(on="2024-01-01")] == ["kaz-xaa-2020"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_content_is_made_anew(own, kept, damage):
    path = kept / RECORDS
    before = path.read_bytes()
    path.write_bytes(DAMAGES[damage](before))
    assert path.read_bytes() != before
    answers_right(own)
    assert path.read_bytes() == before


@pytest.mark.parametrize("happen", PLACES)
def test_a_file_that_is_none_is_in_nobody_s_way(own, kept, happen):
    happen(kept / RECORDS)
    answers_right(own)
    answers_right(own)


def test_the_cache_of_another_file_is_found(own, kept, tmp_path):
    other = tmp_path / "law.yaml"
    other.write_bytes(law(days=5))
    package.load(other)
    (theirs,) = [folder for folder in kept.parent.iterdir() if folder != kept]
    shutil.copy(theirs / RECORDS, kept / RECORDS)
    shutil.rmtree(theirs)
    answers_right(own)


@given(st.data())
def test_any_bytes_anywhere_change_no_answer(own, whole, cache, data):
    folder = cache / "visamap" / whole.name
    restored(folder, whole)
    path = folder / RECORDS
    content = path.read_bytes()
    at = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 40))
    path.write_bytes(content[:at] + data.draw(st.binary(max_size=40)) + content[at + length :])
    answers_right(own)


def test_a_file_that_changed_while_it_was_open_is_not_mixed_up(own, kept, tmp_path):
    """What was opened answers all questions, whatever becomes of the files."""
    path = tmp_path / "law.yaml"
    shutil.copy(own, path)
    registry = package.load(path)
    path.write_bytes(law(days=5))
    (kept / RECORDS).write_bytes(b"{}")
    assert registry.check("THA", on="2024-01-01").max_stay_days == 77
    assert [act.id for act in registry.agreements(on="2024-01-01")] == ["kaz-xaa-2020"]
    assert package.load(path).check("THA", on="2024-01-01").max_stay_days == 5


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are others there")
def test_without_rights_the_answer_is_the_same(own, kept, tmp_path):
    told = {"XDG_CACHE_HOME": kept.parents[1]}
    for path, mode in ((kept / RECORDS, 0o000), (kept, 0o000), (kept.parent, 0o500)):
        path.chmod(mode)
        try:
            assert days(visamap("--data", own, *QUESTION, rights=True, **told)) == 77
        finally:
            path.chmod(0o700)
    empty = tmp_path / "empty"
    empty.mkdir(0o500)
    done = visamap("--data", own, *QUESTION, rights=True, XDG_CACHE_HOME=empty)
    assert (days(done), list(empty.iterdir())) == (77, [])


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are others there")
def test_a_file_that_may_not_be_read_is_said_to_be_so(tmp_path):
    path = tmp_path / "law.yaml"
    path.write_bytes(law())
    path.chmod(0o000)
    for arguments, status in ((("--data", path, *QUESTION), 3), (("validate", path), 1)):
        done = visamap(*arguments, rights=True, XDG_CACHE_HOME=tmp_path)
        assert done.returncode == status, done.stderr
        assert "cannot be read (Permission denied)" in done.stdout + done.stderr
    assert visamap("--data", tmp_path, *QUESTION).returncode == 2  # a folder without data


TOGETHER = """
import os, sys
import visamap
path, gate = sys.argv[1], os.pipe()
visamap.load().check("THA", on="2024-01-01")
visamap.inspect(path)  # what compiles is imported, nothing is kept
children = []
for n in range(10):
    child = os.fork()
    if child == 0:
        os.read(gate[0], 1)
        registry = visamap.load(path)
        days = registry.check("THA", on="2024-01-01").max_stay_days
        acts = [act.id for act in registry.agreements(on="2024-01-01")]
        os._exit((days, acts) != (77, ["kaz-xaa-2020"]))
    children.append(child)
os.write(gate[1], b"." * 10)
print([os.waitpid(child, 0)[1] for child in children])
"""
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


@needs_fork
def test_ten_at_once_find_an_empty_cache_and_all_answer(own, tmp_path):
    command = [sys.executable, "-c", TOGETHER, own]
    told = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=told)
    assert done.stdout == f"{[0] * 10}\n", done.stderr
    (folder,) = (tmp_path / "visamap").iterdir()
    assert sorted(path.name for path in folder.iterdir()) == [RECORDS]


KILLED = """
import os, shutil, signal, sys, time
import visamap
path, cache = sys.argv[1:]
def answer():
    registry = visamap.load(path)
    acts = [act.id for act in registry.agreements(on="2024-01-01")]
    return registry.check("THA", on="2024-01-01").max_stay_days, acts
def written():
    return any(files for _, _, files in os.walk(cache))
seen, answers = set(), []
for _ in range(2):  # the first imports what compiles
    shutil.rmtree(cache, ignore_errors=True)
    began = time.monotonic()
    answers.append(answer())
once = time.monotonic() - began  # on a busy machine a moment is longer
turn = 0
while turn < 8 or len(seen) < 2:
    turn += 1
    child = os.fork()
    while child == 0:
        shutil.rmtree(cache, ignore_errors=True)
        answer()
    for moment in range(3):
        time.sleep((0.1 + (turn * 3 + moment) % 13 / 13) * once)
        os.kill(child, signal.SIGSTOP)
        seen.add(written())
        answers.append(answer())
        os.kill(child, signal.SIGCONT)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    answers.append(answer())
print([told for told in answers if told != (77, ["kaz-xaa-2020"])])
"""


@needs_fork
def test_killed_while_it_is_written_the_cache_lies_to_nobody(own, cache):
    command = [sys.executable, "-c", KILLED, own, cache / "visamap"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout == "[]\n", done.stderr

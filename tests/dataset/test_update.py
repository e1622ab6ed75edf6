"""Putting a matrix into force: in one step, with a way back, whatever happens in between."""

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
import upstream
from upstream import STATES, matrix, whole

from visamap.cli.commands import run
from visamap.errors import (
    DamagedCopyError,
    NetworkError,
    OutputError,
    RefusedUpdateError,
    UpdateUnderWayError,
    WrongUsageError,
)
from visamap.store import fetched_data
from visamap.update import Bounds, undo, update_matrix

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
QUICK = Bounds(pause_seconds=0.01, total_seconds=10)
OLD, NEW = matrix(KAZ_USA="30"), matrix(KAZ_USA="60", RUS_USA="eta", RUS_KAZ="90", UZB_KAZ="30")


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "visamap"


@pytest.fixture
def server(home):  # noqa: ARG001  a folder of its own comes first
    made = upstream.Upstream()
    yield made
    made.close()


def update(index, url, **more):
    more = {"now": datetime.now(UTC), "states": len(STATES), "bounds": QUICK, **more}
    return update_matrix(index, url=url, **more)


def in_force():
    copy = fetched_data.matrix()
    return None if copy is None else copy["pairs"]["KAZ"]["USA"][1]


def leftovers(home):
    return sorted(path.name for path in (home / "matrix").iterdir() if path.name[:7] != "matrix-")


def test_nothing_is_there_before_the_first_update():
    assert fetched_data.matrix() is None
    assert fetched_data.info() is None


def test_a_first_copy_answers_and_says_where_it_is_from(index, server):
    url = server.serve("/m", whole(OLD, ETag='"1"', Last_Modified="Tue, 17 Feb 2026 09:00:00 GMT"))
    done = update(index, url, now=NOW)
    assert (done.outcome, done.previous, done.changes, done.pairs) == ("first", None, (), 56)
    copy = fetched_data.matrix()
    assert copy["pairs"]["KAZ"]["USA"] == ["visa_free", 30]
    assert (copy["as_of"], copy["as_of_basis"]) == ("2026-02-17", "last-modified")
    assert (copy["url"], copy["fetched"]) == (url, "2026-11-24T12:00:00+00:00")
    assert fetched_data.info() == {key: value for key, value in copy.items() if key != "pairs"}


@pytest.mark.parametrize("header", [None, "yesterday", "Sat, 01 Jan 2028 00:00:00 GMT"])
def test_the_day_is_that_of_fetching_where_the_server_names_none_to_believe(index, server, header):
    headers = {"Last_Modified": header} if header else {}
    done = update(index, server.serve("/m", whole(OLD, **headers)), now=NOW)
    assert (str(done.copy.as_of), done.copy.as_of_basis) == ("2026-11-24", "fetched")


def test_what_changed_for_central_asia_is_told(index, server):
    url = server.serve("/m", whole(OLD), whole(NEW))
    update(index, url)
    done = update(index, url)
    told = [(c.passport.code, c.destination.code, c.before, c.after) for c in done.changes]
    assert told == [
        ("KAZ", "USA", ("visa_free", 30), ("visa_free", 60)),
        ("UZB", "KAZ", ("visa_required", None), ("visa_free", 30)),
        ("RUS", "KAZ", ("visa_required", None), ("visa_free", 90)),
    ]
    assert (done.outcome, done.changes_elsewhere) == ("replaced", 1)
    assert in_force() == 60


def test_what_stands_upstream_already_is_fetched_only_once(index, server):
    url = server.serve("/m", whole(OLD, ETag='"1"'))
    update(index, url)
    assert update(index, url).outcome == "unchanged"
    assert server.asked[1][1]["If-None-Match"] == '"1"'
    other = server.serve("/copy", whole(OLD, ETag='"1"'))
    assert update(index, other).outcome == "unchanged"
    assert "If-None-Match" not in server.asked[2][1]  # a mark of one address says nothing at others


def test_undo_goes_back_and_forth(index, server, home):
    update(index, server.serve("/m", whole(OLD)))
    update(index, server.serve("/m", whole(NEW)))
    assert (undo("matrix", index).outcome, in_force()) == ("restored", 30)
    done = undo("matrix", index)
    assert (done.outcome, len(done.changes), in_force()) == ("restored", 3, 60)
    update(index, server.serve("/m", whole(matrix(KAZ_USA="7"))))
    assert len(list((home / "matrix").glob("matrix-*"))) == 2  # no older copies pile up
    assert leftovers(home) == ["in-force.json"]


def test_undo_of_the_first_copy_leaves_none(index, server):
    with pytest.raises(WrongUsageError, match="no copy to return to"):
        undo("matrix", index)
    update(index, server.serve("/m", whole(OLD)))
    assert (undo("matrix", index).outcome, fetched_data.matrix()) == ("withdrawn", None)
    assert (undo("matrix", index).outcome, in_force()) == ("restored", 30)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (whole(b"<html>Please sign in</html>"), RefusedUpdateError),
        (whole(NEW[:-40]), RefusedUpdateError),
        (upstream.cut(NEW, 500), NetworkError),
        (upstream.status(500), NetworkError),
        (upstream.redirect("/m"), NetworkError),
    ],
)
def test_whatever_comes_instead_the_old_copy_stays_in_force(index, server, home, answer, error):
    update(index, server.serve("/m", whole(OLD)))
    before = fetched_data.info()
    with pytest.raises(error):
        update(index, server.serve("/m", answer))
    assert (in_force(), fetched_data.info(), leftovers(home)) == (30, before, ["in-force.json"])


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"pairs": {}}', b'{"pairs": []}', None])
def test_a_damaged_copy_is_an_error_that_an_update_mends(index, server, home, damage):
    url = server.serve("/m", whole(OLD, ETag='"1"'))
    update(index, url)
    (path,) = (home / "matrix").glob("matrix-*")
    path.unlink() if damage is None else path.write_bytes(damage)
    with pytest.raises(DamagedCopyError, match="visamap update") as caught:
        fetched_data.matrix()
    assert (caught.value.path, caught.value.exit_status) == (str(path), 3)
    done = update(index, url)
    assert (done.outcome, done.previous, in_force()) == ("first", None, 30)


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b'{"current": 1, "previous": null}'])
def test_a_damaged_record_of_the_copies_is_one_too(index, server, home, damage):
    url = server.serve("/m", whole(OLD))
    update(index, url)
    (home / "matrix" / "in-force.json").write_bytes(damage)
    with pytest.raises(DamagedCopyError, match=r"in-force\.json"):
        fetched_data.info()
    update(index, url)
    assert in_force() == 30


def test_there_is_no_going_back_to_a_damaged_copy(index, server, home):
    update(index, server.serve("/m", whole(OLD)))
    update(index, server.serve("/m", whole(NEW)))
    (home / "matrix" / fetched_data.in_force("matrix")["previous"]["file"]).write_bytes(b"{")
    with pytest.raises(DamagedCopyError):
        undo("matrix", index)
    assert in_force() == 60


def test_of_two_updates_at_once_the_second_is_told_of_the_first(index, server):
    go_on, done = threading.Event(), []
    url = server.serve("/m", upstream.waiting(go_on, whole(OLD)))
    first = threading.Thread(target=lambda: done.append(update(index, url)))
    first.start()
    while not server.asked:
        first.join(0.01)
    try:
        with pytest.raises(UpdateUnderWayError, match="Another update is under way") as caught:
            update(index, url)
        with pytest.raises(UpdateUnderWayError):
            undo("matrix", index)
    finally:
        go_on.set()
        first.join()
    assert caught.value.exit_status == 4
    assert (done[0].outcome, in_force(), len(server.asked)) == ("first", 30, 1)


def test_who_reads_while_updates_go_on_reads_a_whole_copy(index, server):
    url = server.serve("/m", *[whole(OLD), whole(NEW)] * 10)
    update(index, url)
    over, days = threading.Event(), set()

    def read():
        while not over.is_set():
            days.add(in_force())

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(18):
        update(index, url)
    over.set()
    reader.join()
    assert days == {30, 60}


DRIVER = """
import os, random, signal, sys, time
from datetime import UTC, datetime
import visamap
from visamap.store import fetched_data
from visamap.update import update_matrix
urls, states, index = sys.argv[2:], int(sys.argv[1]), visamap.load().index
chance, seen = random.Random(7), set()
def both():
    for url in urls:
        update_matrix(index, now=datetime.now(UTC), url=url, states=states)
both()
began = time.monotonic()
both()
once = time.monotonic() - began  # on a busy machine a moment is longer
kills = 0
while kills < 40 or len(seen) < 2:
    kills += 1
    child = os.fork()
    while child == 0:
        both()
    time.sleep(chance.uniform(0.1, 1.5 + kills / 40) * once)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    copy = fetched_data.matrix()
    if copy:
        assert len(copy["pairs"]) == states
        assert all(len(column) == states - 1 for column in copy["pairs"].values())
        seen.add(copy["pairs"]["KAZ"]["USA"][1])
print(sorted(seen))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_killed_at_any_moment_the_data_is_one_of_the_two_whole_copies(index, server, home):
    urls = [server.serve("/old", whole(OLD)), server.serve("/new", whole(NEW))]
    command = [sys.executable, "-c", DRIVER, str(len(STATES)), *urls]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout == "[30, 60]\n", done.stderr
    last = update(index, server.serve("/m", whole(matrix(KAZ_USA="7"))))
    assert (last.outcome, in_force(), leftovers(home)) == ("replaced", 7, ["in-force.json"])


FULL_DISK = """
import resource, sys
from visamap.cli.commands import run
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
sys.exit(run(["update", "--from", sys.argv[1], "--passports", sys.argv[2]]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_leaves_the_old_copy_in_force(index, server, home):
    update(index, server.serve("/m", whole(OLD)))
    command = [sys.executable, "-c", FULL_DISK, server.serve("/m", whole(NEW)), str(len(STATES))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 5
    assert "cannot be written (File too large)" in done.stderr
    assert (in_force(), leftovers(home)) == (30, ["in-force.json"])


def test_a_place_that_is_no_folder_is_named(index, monkeypatch, tmp_path):
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(file))
    with pytest.raises(OutputError, match=r"file/visamap.*cannot be written") as caught:
        update(index, "https://example.org/never-asked")
    assert caught.value.exit_status == 5


def test_the_command_says_what_it_did(server, capsys, monkeypatch):
    monkeypatch.setenv("VISAMAP_MATRIX_URL", server.serve("/m", whole(OLD), whole(NEW)))
    size = ["--passports", str(len(STATES))]
    assert run(["update", *size]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Fetched, checked and in use: a first copy of the matrix, 56 pairs.\n")
    assert err == ""  # no progress bar where nobody watches
    assert run(["update", *size]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "3 changes for Central Asian passports and at Kazakhstan's border, 1 elsewhere" in out
    assert "visa-free, 60 days" in out
    assert run(["update", "--undo", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["command"], answer["asked"]["undo"]) == ("update", True)
    assert answer["items"][0]["outcome"] == "restored"


@pytest.mark.parametrize(
    ("answer", "exit_status", "words"),
    [
        (upstream.status(404), 4, "404"),
        (whole(b"<html></html>"), 3, "[html] this is a web page"),
        (upstream.dripping, 4, "within 0.3 seconds"),
    ],
)
def test_the_command_leaves_with_the_status_of_the_trouble(
    server, capsys, answer, exit_status, words
):
    url = server.serve("/m", answer)
    assert run(["update", "--from", url, "--timeout", "0.3"]) == exit_status
    out, err = capsys.readouterr()
    assert (out, words in err) == ("", True)


def test_a_bar_shows_on_a_terminal(server, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    url = server.serve("/m", whole(OLD))
    assert run(["update", "--from", url, "--passports", str(len(STATES))]) == 0
    assert "Fetching" in capsys.readouterr().err


def test_asking_a_question_fetches_nothing(server, monkeypatch):
    monkeypatch.setenv("VISAMAP_MATRIX_URL", server.serve("/m", whole(OLD)))
    assert run(["check", "THA", "--on", "2024-01-01"]) == 0
    assert run(["update", "--help"]) == 0
    assert server.asked == []
    assert not Path(fetched_data.user_folder()).exists()

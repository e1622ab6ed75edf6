import os
import subprocess
import sys
from pathlib import Path

import pytest
from kit_release import law

import visamap
from visamap.data import cache, text
from visamap.errors import BrokenDataError, OutputError
from visamap.store import tables
from visamap.store.tables import DECIDING, LAW, PACKAGE

COMPILES = """
import sys
import visamap.data.build, visamap.data.inspection
print(*(m.__file__ for n, m in sys.modules.items() if n.partition(".")[0] == "visamap"), sep="\\n")
"""


def test_the_stamp_of_kept_tables_covers_all_code_that_decides_what_compiles():
    command = [sys.executable, "-c", COMPILES]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    results = Path(PACKAGE, "results")  # what is said of a file, once it is judged
    at_work = {Path(name) for name in done.stdout.splitlines()}
    assert {path for path in at_work if path.parent != results} <= {*cache._code()}


def test_an_old_yes_does_not_outlive_a_stricter_rule(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "law.yaml"
    path.write_bytes(law())
    assert visamap.load(path).check("THA", on="2024-01-01").verdict == "visa_free"
    stricter = tmp_path / "rules.py"
    stricter.write_text("# a rule that refuses this file", "utf-8")
    known = cache._code()
    monkeypatch.setattr(cache, "renew", lambda: None)  # the shipped data is not compiled anew
    monkeypatch.setattr(cache, "_code", lambda: [*known, stricter])
    monkeypatch.setattr(cache, "CHECKOUT", "/")
    visamap.load(path)
    assert len(os.listdir(tmp_path / "cache" / "visamap")) == 2


def two_files(folder, first, second):
    folder.mkdir()
    for name, content in (("a.yaml", first), ("b.yaml", second)):
        (folder / name).write_bytes(content)
    return text.digest_of(sorted(folder.iterdir()), folder)


def test_a_digest_tells_how_bytes_are_divided_between_files(tmp_path):
    assert two_files(tmp_path / "one", b"ab", b"c") != two_files(tmp_path / "two", b"a", b"bc")
    assert two_files(tmp_path / "three", b"a", b"bc") == two_files(tmp_path / "four", b"a", b"bc")


def test_a_digest_is_of_what_is_read_and_of_nothing_else(tmp_path):
    path = tmp_path / "law.yaml"
    path.write_bytes(law())
    (tmp_path / "sources.yaml").write_text("not: read", "utf-8")
    (tmp_path / "mobility").mkdir()
    (tmp_path / "mobility" / "ranks.csv").write_text("not,read", "utf-8")
    assert text.files_of(path) == [path]
    path.write_text(law().decode().partition("sources:\n")[0], "utf-8")
    assert text.files_of(path) == [path, tmp_path / "sources.yaml"]


def test_the_digest_of_the_shipped_data_is_of_every_file_there_and_each_is_read(monkeypatch):
    data, read = Path(LAW).parent, set()
    really = text.contents

    def seen(path):
        read.add(path)
        return really(path)

    for room in ("text", "yaml_source", "side_tables"):
        monkeypatch.setattr(f"visamap.data.{room}.contents", seen)
    text.digest_of(text.shipped_files(data), data)
    assert read == {path for path in data.rglob("*.*") if path.suffix != ".md"}
    read.clear()
    from visamap.data.build import build  # noqa: PLC0415  after the readers are watched

    monkeypatch.setattr("visamap.data.build.digest_of", lambda *_: "sha256:none")
    monkeypatch.setattr("visamap.data.names._all_translations", tuple)  # no file of ours
    build(data)
    assert read == {path for path in data.rglob("*.*") if path.suffix not in {".md", ".txt"}}


def sparse(path):
    with path.open("wb") as file:
        file.truncate(2 << 30)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with a name")
def test_a_file_over_the_ceiling_or_that_is_none_is_refused_before_it_is_read(tmp_path):
    huge, pipe = tmp_path / "huge.yaml", tmp_path / "pipe.yaml"
    sparse(huge)
    os.mkfifo(pipe)
    for path, rule in (
        (huge, "file-size"),
        (pipe, "unreadable"),
        (Path("/dev/zero"), "unreadable"),
    ):
        for question in (visamap.load, lambda path: visamap.load(path).check("THA")):
            with pytest.raises(BrokenDataError) as refused:
                question(path)
            assert [problem.rule for problem in refused.value.problems] == [rule]
        assert [problem.rule for problem in visamap.inspect(path)] == [rule]


def test_what_stands_beside_a_file_is_read_only_where_it_is_asked_for(tmp_path):
    path = tmp_path / "law.yaml"
    path.write_bytes(law())
    sparse(tmp_path / "sources.yaml")
    (tmp_path / "mobility").mkdir()
    sparse(tmp_path / "mobility" / "ranks.csv")
    assert visamap.load(path).check("THA", on="2024-01-01").verdict == "visa_free"
    path.write_text(law().decode().partition("sources:\n")[0], "utf-8")
    with pytest.raises(BrokenDataError, match="file-size"):
        visamap.load(path)


def test_data_of_a_checkout_that_was_written_meanwhile_is_compiled_anew(tmp_path, monkeypatch):
    one, made = tmp_path / "law.yaml", []
    monkeypatch.setattr(cache, "CHECKOUT", tmp_path)
    monkeypatch.setattr(cache, "shipped_files", lambda _: [one])
    monkeypatch.setattr(cache, "_code", list)
    monkeypatch.setattr(cache, "_files", lambda _, stamp: made.append(stamp) or {})
    monkeypatch.setattr("visamap.data.build.build", lambda _: None)
    monkeypatch.setattr(cache, "_write", lambda *_: None)
    for content in ("one", "another", "another"):
        one.write_text(content)
        cache.renew()
    assert made[0] != made[1] == made[2]


@pytest.mark.parametrize("place", ["data/regimes/uzb.yaml", "package/schema/rules.py"])
def test_tables_of_a_checkout_are_current_until_a_source_is_written(tmp_path, monkeypatch, place):
    for folder in ("data/regimes", "data/mobility", *(f"package/{room}" for room in DECIDING)):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_text("before")
    monkeypatch.setattr(tables, "LAW", str(tmp_path / "data" / "visa_regimes.yaml"))
    monkeypatch.setattr(tables, "PACKAGE", str(tmp_path / "package"))
    monkeypatch.setattr(tables, "STATE", str(tmp_path / "state.txt"))
    assert not tables.tables_are_current()
    (tmp_path / "state.txt").write_text(tables.source_state())
    assert tables.tables_are_current()
    (tmp_path / place).write_text("after it")
    assert not tables.tables_are_current()


def test_start_in_an_unchanged_checkout_hashes_no_data(monkeypatch):
    cache.renew()
    monkeypatch.setattr(cache, "renew", lambda: pytest.fail("the data was hashed again"))
    assert visamap.load().check("THA", on="2024-12-01").verdict == "visa_free"


def test_a_checkout_that_cannot_be_written_is_said_to_be_so(monkeypatch):
    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(cache, "digest_of", lambda *_: "of changed data")
    monkeypatch.setattr("visamap.data.build.build", lambda _: None)
    monkeypatch.setattr(cache, "_files", lambda *_: {})
    monkeypatch.setattr(cache, "_write", refused)
    with pytest.raises(OutputError, match=r"_compiled.*cannot be written \(Permission denied\)"):
        cache.renew()

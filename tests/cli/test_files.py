import os
import stat

import pytest

from visamap.cli.folders import write_folder
from visamap.errors import OutputError, OutputExistsError
from visamap.writing import replacing, write_output


def test_text_and_bytes_are_written_whole(tmp_path):
    write_output(str(tmp_path / "text"), "Türkiye\n")
    write_output(str(tmp_path / "bytes"), b"\x00\r\n")
    assert (tmp_path / "text").read_bytes() == "Türkiye\n".encode()
    assert (tmp_path / "bytes").read_bytes() == b"\x00\r\n"


def test_a_file_has_the_rights_of_any_new_file(tmp_path):
    write_output(str(tmp_path / "one"), "")
    (tmp_path / "other").touch()
    assert (tmp_path / "one").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("make", ["file", "directory", "broken link"])
def test_what_exists_stays(tmp_path, make):
    path = tmp_path / "taken"
    if make == "file":
        path.write_text("mine")
    elif make == "directory":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(OutputExistsError):
        write_output(str(path), "yours")
    assert list(tmp_path.iterdir()) == [path]


def test_through_a_link_its_target_is_replaced(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    write_output(str(link), "new", overwrite=True)
    assert link.is_symlink()
    assert target.read_text() == "new"


@pytest.mark.parametrize("place", ["no/file", "directory"])
def test_trouble_is_ours_and_leaves_nothing_behind(tmp_path, place):
    (tmp_path / "directory").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        write_output(str(tmp_path / place), "text", overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["directory"]


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_text("old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_output(str(path), "new", overwrite=True)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path, overwrite):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_output(str(pipe), "hello", overwrite)
        assert os.read(reader, 100) == b"hello"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(os.stat(pipe).st_mode)


def rights(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o400, 0o664])
def test_a_file_that_is_replaced_hands_its_rights_on(tmp_path, mode):
    path = tmp_path / "mine"
    path.write_text("old")
    path.chmod(mode)
    write_output(str(path), "new", overwrite=True)
    assert (path.read_text(), rights(path)) == ("new", mode)


@pytest.mark.parametrize(("source", "answer"), [(0o600, 0o600), (0o644, 0o644), (0o777, 0o644)])
def test_what_is_made_from_a_file_is_for_its_readers_only(tmp_path, source, answer):
    listed, made = tmp_path / "list", tmp_path / "answers"
    listed.touch()
    listed.chmod(source)
    before = os.umask(0o022)
    try:
        with replacing(made, like=listed) as beside:
            os.unlink(beside)  # an engine may make it anew
            with open(beside, "w") as file:
                file.write("x")
    finally:
        os.umask(before)
    assert rights(made) == answer


def test_a_folder_that_is_replaced_hands_its_rights_on(tmp_path):
    folder = tmp_path / "export"
    write_folder(str(folder), {"README.md": b"", "a.csv": b""})
    folder.chmod(0o700)
    (folder / "a.csv").chmod(0o600)
    write_folder(str(folder), {"README.md": b"", "a.csv": b"x"}, overwrite=True)
    assert (rights(folder), rights(folder / "a.csv")) == (0o700, 0o600)
    assert (folder / "a.csv").read_bytes() == b"x"


def test_a_name_may_be_as_long_as_the_system_lets_it(tmp_path):
    name = f"{'x' * 251}.csv"
    write_output(str(tmp_path / name), "text")
    write_folder(str(tmp_path / ("y" * 255)), {"README.md": b""})
    assert sorted(map(len, os.listdir(tmp_path))) == [255, 255]
    with pytest.raises(OutputError, match="File name too long"):
        write_output(str(tmp_path / f"x{name}"), "text")


def test_no_name_is_no_way_to_replace_the_folder_one_is_in(tmp_path, monkeypatch):
    write_folder(str(tmp_path / "export"), {"README.md": b"old"})
    monkeypatch.chdir(tmp_path / "export")
    with pytest.raises(OutputExistsError):
        write_folder("", {"README.md": b"new"})
    assert (tmp_path / "export" / "README.md").read_bytes() == b"old"

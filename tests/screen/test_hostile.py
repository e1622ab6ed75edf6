"""Lists that are broken, huge or malicious, and machines that give up in the middle."""

import os
import resource
import signal
import subprocess
import sys
import time

import pytest

from visamap.cli.commands import run
from visamap.errors import (
    MissingExtraError,
    MissingFileError,
    OutputError,
    OutputExistsError,
    WrongUsageError,
)
from visamap.screen import plain

ENGINES = ["plain", "arrow"]
HEAD = b"nationality,arrival,note\n"
ROW = b"THA,2025-06-01,x\n"


@pytest.fixture(params=ENGINES)
def screen(request, registry, tmp_path):
    """Screen some bytes and return what came out."""
    if request.param == "arrow":
        pytest.importorskip("duckdb")

    def screened(content, source="in.csv", target="out.csv", **wishes):
        (tmp_path / source).write_bytes(content)
        registry.screen(tmp_path / source, tmp_path / target, engine=request.param, **wishes)
        return (tmp_path / target).read_bytes()

    yield screened
    assert not [path for path in tmp_path.iterdir() if ".part" in path.name]


def bodies(written):
    return [line.split(b",visa_free,")[0] for line in written.splitlines()[1:]]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"\xef\xbb\xbf" + HEAD + ROW, [b"THA,2025-06-01,x"]),
        (HEAD + b"THA,2025-06-01,a\x00b\n", [b"THA,2025-06-01,a\x00b"]),
        (HEAD.replace(b"\n", b"\r\n") + ROW.replace(b"\n", b"\r\n") * 2, [ROW[:-1]] * 2),
        (HEAD + ROW + ROW.replace(b"\n", b"\r\n") + ROW, [ROW[:-1]] * 3),
        (HEAD.replace(b"\n", b"\r") + ROW.replace(b"\n", b"\r") * 2, [ROW[:-1]] * 2),
        (HEAD + b"\n" + ROW + b"\n\n" + ROW[:-1], [ROW[:-1]] * 2),
        (HEAD + b'THA,2025-06-01,"=2+3"\n', [b"THA,2025-06-01,=2+3"]),
        (HEAD + b"THA,2025-06-01,\n", [b"THA,2025-06-01,"]),
        (HEAD + b"THA,2025-06-01,007\nTHA,2025-06-01,1e400\n", [b"007", b"1e400"]),
        (HEAD + b'THA,2025-06-01,5" screen\nTHA,2025-06-01,y\n', [b'THA,2025-06-01,"5"" screen"']),
    ],
    ids=["bom", "nul", "crlf", "mixed", "cr", "blank", "formula", "empty", "numbers", "inch"],
)
def test_cells_come_out_as_they_went_in(screen, content, rows):
    written = bodies(screen(content))
    assert len(written) in {len(rows), 2}
    for out, cell in zip(written, rows, strict=False):
        # Quotes that are not needed may stay; what is in them is the same.
        assert cell.replace(b'"', b"") in out.replace(b'"', b"")


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("spare", [b",", b",,", b',""', b',"",'])
def test_empty_cells_past_the_headings_move_no_column(screen, form, spare):
    rows = [b"THA,2025-06-01,x", b"THA,2025-06-01,", b'THA,2025-06-01,"a, b"']
    plain = screen(HEAD + b"".join(row + b"\n" for row in rows), target=f"plain.{form}")
    for ends in (b"\n", b"\r\n", b"\r"):
        content = HEAD + ROW + b"".join(row + spare + ends for row in rows)
        written = screen(content, target=f"out.{form}", overwrite=True)
        assert written.splitlines()[-3:] == plain.splitlines()[-3:]


def test_an_empty_last_cell_is_no_spare_one(screen):
    rows = b'THA,2025-06-01,"a, b",\nTHA,2025-06-01,"say ""x""",""\nTHA,2025-06-01,"a, b",","\n'
    written = screen(b"nationality,arrival,note,more\n" + rows)
    assert [line.count(b",visa_free,30,,") for line in written.splitlines()] == [0, 1, 1, 1]
    assert b'"a, b",",",visa_free' in written


def test_a_cell_may_hold_line_ends(screen):
    written = screen(HEAD + b'THA,2025-06-01,"one\ntwo\r\nthree"\n' + ROW)
    assert b'"one\ntwo\r\nthree",visa_free' in written
    assert b"THA,2025-06-01,x,visa_free" in written


def test_a_row_of_64_megabytes_passes(screen):
    long = b"x" * (64 << 20)
    written = screen(HEAD + ROW + b"THA,2025-06-01," + long + b"\n" + ROW)
    assert [len(line) for line in bodies(written)] == [16, 15 + len(long), 16]


def test_headings_twice_stay_twice_where_the_form_can_hold_them(screen):
    content = b"nationality,arrival,note,Note,note\nTHA,2025-06-01,a,b,c\n"
    assert screen(content).splitlines()[0].startswith(b"nationality,arrival,note,Note,note,verdict")
    with pytest.raises(WrongUsageError, match="more than one column 'note'"):
        screen(content, target="out.jsonl")
    with pytest.raises(WrongUsageError, match="more than one column 'arrival'"):
        screen(b"nationality,arrival,arrival\nTHA,2025-06-01,x\n", target="other.csv")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        ("nationality,arrival\nTHA,2025-06-01\n".encode("utf-16-le"), "not text in UTF-8"),
        ("nationality,arrival,имя\nTHA,2025-06-01,x\n".encode("cp1251"), "--encoding cp1251"),
        (b"PAR1\x15\x04\x15\x80\x01 this is Parquet\n", "not text in UTF-8"),
        (b"name,arrival\nx,y\n", "has no column 'nationality'; its columns are name, arrival"),
        (b"nationality,date\nx,y\n", "--map arrival=HEADING"),
        (b"nationality,arrival,Verdict\nx,y,z\n", "already has a column 'verdict'; .* --prefix"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_with_the_place(screen, content, said, tmp_path):
    with pytest.raises(WrongUsageError, match=said):
        screen(content)
    assert not (tmp_path / "out.csv").exists()


def test_a_file_without_a_single_object_is_refused(screen):
    with pytest.raises(WrongUsageError, match="holds no JSON object"):
        screen(b"nationality,arrival\nTHA,2025-06-01\n", "in.jsonl", "out.jsonl")


def test_an_object_longer_than_a_block_passes(screen):
    long = b'{"nationality":"THA","arrival":"2025-06-01","x":"' + b"y" * (8 << 20) + b'"}\n'
    assert len(screen(long, "in.jsonl", "out.jsonl")) > len(long)


def test_a_prefix_makes_room_for_the_added_columns(screen):
    written = screen(b"nationality,arrival,verdict\nTHA,2025-06-01,mine\n", prefix="kz_")
    assert written.startswith(b"nationality,arrival,verdict,kz_verdict,kz_max_stay_days")
    assert b"THA,2025-06-01,mine,visa_free,30" in written


def test_headings_may_have_other_names_capitals_and_spaces(screen):
    content = b" Nationality ;Day\nTHA;2025-06-01\n"
    assert b"THA;2025-06-01;visa_free" in screen(content, columns={"arrival": "Day"})
    with pytest.raises(WrongUsageError, match=r"no column 'Dya'.* Did you mean Day\?"):
        screen(content, target="o.csv", columns={"arrival": "Dya"})


@pytest.mark.parametrize(
    "heading",
    [
        "Азаматтығы;Келетін күні;Кететін күні",
        "Азаматтығы;Кіретін күні;Шығатын күні",
        "Гражданство;Дата заселения;Дата выселения",
        "Гражданство;Прибытие;Отбытие",
    ],
)
def test_a_list_is_understood_whichever_usual_word_stands_over_its_days(screen, heading):
    written = screen(f"{heading}\r\nИндия;01.12.2026;20.12.2026\r\n".encode())
    assert "Индия;01.12.2026;20.12.2026;visa_free;14;false".encode() in written


def test_an_output_that_exists_or_is_the_input_is_refused(screen, tmp_path):
    (tmp_path / "out.csv").write_text("precious")
    with pytest.raises(OutputExistsError, match="--overwrite"):
        screen(HEAD + ROW)
    assert (tmp_path / "out.csv").read_text() == "precious"
    assert b"visa_free" in screen(HEAD + ROW, overwrite=True)
    with pytest.raises(WrongUsageError, match="is the input itself"):
        screen(HEAD + ROW, target="in.csv", overwrite=True)
    (tmp_path / "link.csv").symlink_to("in.csv")
    with pytest.raises(WrongUsageError, match="is the input itself"):
        screen(HEAD + ROW, target="link.csv", overwrite=True)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(WrongUsageError, match="is a folder"):
        screen(HEAD + ROW, target="folder.csv", overwrite=True)
    with pytest.raises(OutputError, match="No such file or directory"):
        screen(HEAD + ROW, target="nowhere/out.csv")


def test_names_may_look_like_patterns(screen):
    assert b"visa_free" in screen(HEAD + ROW, "in[1]*?.csv", "out[1]'.csv")


def test_what_is_not_there_or_has_no_known_ending_is_refused(registry, tmp_path):
    with pytest.raises(MissingFileError):
        registry.screen(tmp_path / "none.csv", tmp_path / "out.csv")
    with pytest.raises(WrongUsageError, match=r"give a name that ends in \.csv, \.tsv"):
        registry.screen(tmp_path / "list.docx", tmp_path / "out.csv")


def test_without_the_extra_a_longer_list_says_what_to_install(registry, tmp_path, monkeypatch):
    monkeypatch.setattr(plain, "MOST_ROWS", 3)
    monkeypatch.setattr("visamap.screen.engines.find_spec", lambda _: None)
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(HEAD + ROW * 3)
    assert registry.screen(source, target).engine == "plain"
    target.unlink()
    source.write_bytes(HEAD + ROW * 4)
    with pytest.raises(MissingExtraError, match="needs the extra 'bulk'"):
        registry.screen(source, target)
    with pytest.raises(MissingExtraError, match="needs the extra 'bulk'"):
        registry.screen(source, tmp_path / "out.parquet")
    with pytest.raises(MissingExtraError, match="needs the extra 'spark'"):
        registry.screen(source, target, engine="spark")
    assert list(tmp_path.iterdir()) == [source]


def test_parquet_passes_nested_columns_and_refuses_them_as_roles(registry, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    con = duckdb.connect()
    con.execute(
        f"""COPY (SELECT 'THA' AS nationality, TIMESTAMPTZ '2025-06-01 23:30:00+00' AS arrival,
            {{'a': [1, 2], 'b': MAP {{'x': 1.5}}}} AS nested, 764 AS number,
            NULL::DATE AS departure) TO '{source}'"""
    )
    registry.screen(source, target)
    row = con.execute(f"SELECT nested, verdict, visit_alone_visa_free FROM '{target}'").fetchone()  # noqa: S608
    assert row == ({"a": [1, 2], "b": {"x": row[0]["b"]["x"]}}, "visa_free", None)
    by_number = registry.screen(source, target, columns={"nationality": "number"}, overwrite=True)
    assert by_number.verdicts == {"visa_free": 1}
    for role, heading in (("nationality", "nested"), ("arrival", "number")):
        with pytest.raises(WrongUsageError, match=f"Column '{heading}' .* is not read as {role}"):
            registry.screen(source, target, columns={role: heading}, overwrite=True)
    source.write_bytes(b"PAR1 this is none")
    with pytest.raises(WrongUsageError, match="not a Parquet file"):
        registry.screen(source, target, overwrite=True)


def command(*arguments, **options):
    code = "import sys; from visamap.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, "screen", *map(str, arguments)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        **options,
    )


@pytest.fixture(scope="module")
def long_list(tmp_path_factory):
    path = tmp_path_factory.mktemp("long") / "in.csv"
    with path.open("wb") as file:
        file.write(HEAD)
        for _ in range(40):
            file.write(ROW * 100_000)
    return path


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no limits on this system")
@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl"])
def test_a_full_disk_is_said_and_leaves_nothing(capsys, tmp_path, form):
    pytest.importorskip("duckdb")
    (tmp_path / "in.csv").write_bytes(HEAD + ROW * 20_000)
    words = ["screen", f"{tmp_path}/in.csv", "-o", f"{tmp_path}/out.{form}", "--engine", "arrow"]
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # The same row over and over takes next to no room in Parquet.
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << (12 if form == "parquet" else 18), limits[1]))
    try:
        status = run(words)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (status, os.listdir(tmp_path)) == (5, ["in.csv"])
    assert "cannot be written" in capsys.readouterr().err


def test_ctrl_c_ends_at_once_and_leaves_nothing(long_list, tmp_path):
    pytest.importorskip("duckdb")
    process = command(long_list, "-o", tmp_path / "out.csv")
    wait_for_work(tmp_path, process)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert b"Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_a_killed_process_leaves_no_half_list_under_the_name(long_list, tmp_path):
    pytest.importorskip("duckdb")
    process = command(long_list, "-o", tmp_path / "out.parquet")
    wait_for_work(tmp_path, process)
    process.kill()
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert not (tmp_path / "out.parquet").exists()


def wait_for_work(folder, process):
    """Wait until the output is being written."""
    started = time.monotonic()
    while time.monotonic() < started + 60:
        assert process.poll() is None, process.communicate()
        if any(path.stat().st_size for path in folder.iterdir()):
            return
        time.sleep(0.01)
    pytest.fail("nothing was written for a minute")


def test_no_traceback_and_the_right_status_from_the_command(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_bytes(HEAD + ROW + b"Atlantis,2025-06-01,x\n")
    piped = command("-", "-o", "-", cwd=tmp_path)
    out, said = piped.communicate((tmp_path / "in.csv").read_bytes(), timeout=60)
    assert piped.returncode == 0
    assert out.splitlines()[1].startswith(b"THA,2025-06-01,x,visa_free,30,,")
    assert b"standard input" not in out
    assert b"1  nationality not recognised" in said
    for arguments, status in (
        (["in.csv", "-o", "out.csv", "--strict"], 1),
        (["in.csv", "-o", "out.csv"], 2),
        (["in.csv", "-o", "x.csv", "--map", "arrival"], 2),
        (["none.csv", "-o", "x.csv"], 2),
        (["in.csv", "-o", "nowhere/x.csv"], 5),
    ):
        assert run(["screen", *arguments]) == status
        assert "Traceback" not in capsys.readouterr().err
    assert sorted(os.listdir(tmp_path)) == ["in.csv", "out.csv"]


WIDE = 50_000
MEGABYTES = {
    "quotes.csv": HEAD + b'x","y"\n' * 75_000,
    "pairs.csv": HEAD + b'x","y\n' * 90_000,
    "late.csv": HEAD + b'x","y\n' * 60_000 + b'"z"z\n' + ROW * 20_000,
    "open.csv": HEAD + b'THA,2025-06-01,"x\n' + b'""x""\n' * 75_000,
    "returns.csv": HEAD.replace(b"\n", b"\r") + ROW.replace(b"\n", b"\r") * 60_000,
    "bare.csv": HEAD + b"\r" * 1_000_000 + ROW,
    "inch.csv": HEAD + b'THA,2025-06-01,5" x\n' * 50_000,
    "empty.csv": HEAD[:-1] + b"," * 450_000 + b"\n",
    "wide.csv": HEAD[:-1] + b"".join(b",h%d" % n for n in range(WIDE)) + b"\n" + ROW + b"," * WIDE,
    "wide.jsonl": b'{"nationality":"THA","arrival":"2025-06-01"'
    + b"".join(b',"h%d":%d' % (n, n) for n in range(WIDE))
    + b"}\n",
    "keys.jsonl": b"".join(
        b'{"nationality":"THA","arrival":"2025-06-01","key of row %d":1,"note":"%s"}\n'
        % (n, b"x" * 40)
        for n in range(9_000)
    ),
    "brackets.jsonl": b'{"nationality":"THA","arrival":"2025-06-01"}\n' + b"[" * 1_000_000,
}
MEASURED = """
import os, re, resource, sys, visamap, visamap.errors
from visamap.screen.answering import Answerer
from visamap.screen.rule_table import RuleBook

registry = visamap.load()
Answerer(RuleBook(registry.index))
for name in sys.argv[1:]:
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == 0, name
        continue
    before = resource.getrusage(resource.RUSAGE_SELF)
    try:
        registry.screen(name, f"out.{name.partition('.')[2]}", engine="arrow", overwrite=True)
    except visamap.errors.WrongUsageError as error:
        assert len(str(error)) < 1000
    after = resource.getrusage(resource.RUSAGE_SELF)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    most = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())
    print(name, seconds, int(most[1]) / 1024, flush=True)
    os._exit(0)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_no_megabyte_of_a_list_takes_long_or_much(tmp_path):
    """A process is made ready once and forks for each list, so that each is measured alone."""
    pytest.importorskip("pyarrow")
    for name, content in MEGABYTES.items():
        (tmp_path / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *MEGABYTES],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    measured = [line.split() for line in done.stdout.splitlines()]
    assert [name for name, *_ in measured] == list(MEGABYTES)
    for name, seconds, megabytes in measured:
        # Of the processor, so that a busy machine does not matter.
        assert float(seconds) < 4, name
        assert float(megabytes) < 300, name


def test_answers_are_no_more_readable_than_the_list(screen, tmp_path):
    (tmp_path / "in.csv").touch(0o600)
    screen(HEAD + ROW)
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o600
    (tmp_path / "in.csv").chmod(0o644)
    (tmp_path / "out.csv").chmod(0o640)
    screen(HEAD + ROW, overwrite=True)
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o640


def test_a_name_may_be_as_long_as_names_can_be(screen):
    assert b"visa_free" in screen(HEAD + ROW, target="o" * 251 + ".csv")


def test_no_heading_sends_orders_to_a_terminal(screen):
    with pytest.raises(WrongUsageError) as error:
        screen(b"\x1b[31mname,\xe2\x80\xaeday\nx,y\n")
    assert "its columns are \\x1b[31mname, \\u202eday" in str(error.value)


def test_the_columns_of_a_wide_list_are_not_all_named(screen):
    with pytest.raises(WrongUsageError) as error:
        screen(b",".join(b"h%d" % n for n in range(100)) + b"\nx\n")
    assert "h19, ..." in str(error.value)
    assert "h20" not in str(error.value)


def test_a_parquet_with_a_column_twice_is_refused(registry, tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet  # noqa: PLC0415

    columns = [pa.array(["THA"]), pa.array(["2025-06-01"]), pa.array([1]), pa.array([2])]
    table = pa.Table.from_arrays(columns, ["nationality", "arrival", "note", "note"])
    parquet.write_table(table, tmp_path / "in.parquet")
    with pytest.raises(WrongUsageError, match="more than one column 'note'"):
        registry.screen(tmp_path / "in.parquet", tmp_path / "out.csv")

import csv
import io
import json
import subprocess
import sys

import pytest

from visamap.cli.commands import run
from visamap.extras import how_to_add


@pytest.fixture
def visamap(capsys):
    """Return the exit status, the output and the remarks of a call."""

    def call(*arguments):
        status = run(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def test_timeline_answers_in_every_form(visamap):
    status, out, err = visamap("timeline", "USA")
    assert (status, err) == (0, "")
    assert out.startswith("United States (USA), ordinary passport, into Kazakhstan: ")
    answer = json.loads(visamap("timeline", "USA", "--format", "json")[1])
    assert answer["command"] == "timeline"
    assert answer["asked"] == {
        "nationality": "USA",
        "name": "United States",
        "passport": "ordinary",
        "since": None,
        "until": None,
        "destination": "KAZ",
    }
    starts = [item["valid_from"] for item in answer["items"]]
    rows = list(csv.DictReader(io.StringIO(visamap("timeline", "USA", "--format", "csv")[1])))
    lines = visamap("timeline", "USA", "--format", "jsonl")[1].splitlines()
    assert [row["valid_from"] or None for row in rows] == starts
    assert [json.loads(line)["valid_from"] for line in lines] == starts
    assert "| 2014-07-15" in visamap("timeline", "USA", "--format", "markdown")[1]


def test_timeline_items_have_the_words_of_check(visamap):
    item = json.loads(visamap("timeline", "USA", "--format", "json")[1])["items"][2]
    assert item["ended_by"]["code"] == "replaced"
    assert item["ended_by"]["act"]["id"] == "kz-gov-483-2015"
    assert {"nationality", "passport", "valid_from", "valid_to", "verdict", "reason", "message",
            "max_stay_days", "limits", "regime", "also", "suspended_by", "ended_by", "possible",
            "confidence", "sources"} <= set(item)  # fmt: skip


def test_timeline_in_another_encoding_is_ascii_and_no_crash():
    code = "from visamap.cli.commands import run\nraise SystemExit(run(['timeline', 'USA']))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": "latin-1"},
    )
    assert done.stdout.splitlines()[2].strip(b".#-") == b""
    assert done.stderr == b""


def test_an_answer_that_the_encoding_cannot_carry_is_no_crash():
    code = (
        "from visamap.cli.commands import run\nraise SystemExit(run(['check', 'CIV', 'TUR', 'CUW'"
    )
    code += ", '--on', '2021-06-01', '--format', 'jsonl']))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "cp1251"},
    )
    assert done.returncode == 5
    assert b"PYTHONIOENCODING=utf-8" in done.stderr
    assert b"Traceback" not in done.stderr


def test_diff_answers_in_every_form(visamap):
    asked = ("diff", "2023-12-31", "2024-12-31")
    status, out, err = visamap(*asked)
    assert (status, err) == (0, "")
    assert "Seychelles     visa" in out
    assert "14 · 90/180" in out
    assert "14 days a visit;" in visamap(*asked, "--full")[1]
    answer = json.loads(visamap(*asked, "--format", "json")[1])
    days = {"from": "2023-12-31", "to": "2024-12-31"}
    assert answer["asked"] == {**days, "passport": "ordinary", "destination": "KAZ"}
    first = answer["items"][0]
    assert (first["nationality"]["code"], first["change"], first["on"]) == (
        "SYC", "gained", "2024-01-06",
    )  # fmt: skip
    assert first["by"]["id"] == "kaz-syc-2023"
    assert first["before"]["verdict"] == "visa_required"
    codes = [item["nationality"]["code"] for item in answer["items"]]
    rows = list(csv.DictReader(io.StringIO(visamap(*asked, "--format", "csv")[1])))
    assert [row["nationality"] for row in rows] == codes


def test_days_in_the_wrong_order_are_read_backwards_and_said_so(visamap):
    status, out, _ = visamap("diff", "2024-12-31", "2023-12-31")
    assert status == 0
    assert "Lost visa-free entry: 2" in out
    assert "listed in reverse" in out


def test_diff_before_our_coverage_and_after_the_release_is_remarked_on(visamap):
    _, out, _ = visamap("diff", "2010-01-01", "2027-11-25", "--passport", "official")
    answer = visamap("diff", "2010-01-01", "2027-11-25", "--format", "json")[1]
    assert "service passport our data is not complete on any day" in " ".join(out.split())
    assert [note["code"] for note in json.loads(answer)["notes"]] == ["covered_from", "as_known_on"]


def test_upcoming_answers_in_every_form(visamap):
    asked = ("upcoming", "--on", "2024-01-05", "--passport", "ordinary")
    status, out, _ = visamap(*asked)
    assert status == 0
    assert "2024-01-06  enters into force  Seychelles" in out
    assert "enters into force on 2024-01-06" in " ".join(visamap(*asked, "--full")[1].split())
    answer = json.loads(visamap(*asked, "--format", "json")[1])
    words = {"on": "2024-01-05", "passport": "ordinary", "destination": "KAZ"}
    assert answer["asked"] == words
    assert [note["code"] for note in answer["notes"]] == ["hindsight"]
    assert answer["items"][0]["on"] == "2024-01-06"
    status, out, err = visamap(*asked, "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(out)))) == len(answer["items"])
    assert err.startswith("Answered from the data of")


def test_acts_that_came_to_a_halt_long_ago_are_counted_and_listed_with_all(visamap):
    asked = ("upcoming", "--on", "2026-11-24")
    items = json.loads(visamap(*asked, "--format", "json")[1])["items"]
    stale = [item["act"]["id"] for item in items if item["stale"]]
    brief, every = visamap(*asked)[1], visamap(*asked, "--all")[1]
    assert "kaz-pak-1995" in stale
    assert "kaz-aut-2025-dip" not in stale
    for act in stale:
        assert act not in brief
        assert act in every
    assert f"{len(stale)} more acts took no step for five years" in brief
    assert (
        f"To come for entry into Kazakhstan after 2026-11-24: {len(items) - len(stale)}." in brief
    )
    assert f"To come for entry into Kazakhstan after 2026-11-24: {len(items)}." in every


def test_a_year_where_a_day_is_meant_is_its_first_and_the_days_are_told(visamap):
    status, out, _ = visamap("diff", "2024", "2025")
    assert status == 0
    assert out.startswith("Changes to entry into Kazakhstan from 2024-01-01 to 2025-01-01,")


def test_upcoming_without_a_day_is_asked_for_today(visamap):
    assert visamap("upcoming")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["timeline", "Tailand"], "Did you mean Thailand (THA)"),
        (["timeline"], "Missing argument 'COUNTRY'"),
        (["timeline", "THA", "--since", "2020-13-01"], "'2020-13-01' is not a day"),
        (
            ["timeline", "THA", "--since", "2020-01-02", "--until", "2020-01-01"],
            "The last day, 2020-01-01, is before the first one, 2020-01-02",
        ),
        (["timeline", "THA", "--passport", "blue"], "'blue' is not one of"),
        (["diff"], "Missing argument 'DAY'"),
        (["diff", "01/03/2023", "2024-12-31"], "day and month may be swapped"),
        (["diff", "2023-12-31", "2024-02-30"], "'2024-02-30' is not a day"),
        (["upcoming", "--on", "yesterday"], "'yesterday' is not a day; write YYYY-MM-DD"),
        (["upcoming", "--on", "2024-W01-1"], "'2024-W01-1' is not a day"),
        (["feed", "rss"], "'rss' is not one of 'atom', 'ics'"),
        (["feed"], "Missing argument"),
        (["feed", "atom", "--since", "20240101"], "'20240101' is not a day"),
    ],
)
def test_wrong_usage_is_told_with_the_next_step(visamap, arguments, said):
    status, out, err = visamap(*arguments)
    assert (status, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(("kind", "opening"), [("atom", "<?xml"), ("ics", "BEGIN:VCALENDAR")])
def test_a_feed_goes_to_stdout_or_into_a_file(visamap, tmp_path, kind, opening):
    if kind == "ics":
        pytest.importorskip("icalendar", reason="the extra `feeds` is not installed")
    path = tmp_path / "feed"
    status, out, _ = visamap("feed", kind, "--since", "2024-01-01")
    assert status == 0
    assert out.startswith(opening)
    asked = "feed", kind, "--since", "2024-01-01", "-o", str(path)
    assert visamap(*asked) == (0, "", f"Wrote {path}.\n")
    # Line ends are the format's own.
    assert path.read_bytes().decode() == out


def test_a_file_is_not_overwritten_unasked(visamap, tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text("mine")
    status, _, err = visamap("feed", "atom", "-o", str(path))
    assert status == 2
    assert "--overwrite" in err
    assert path.read_text() == "mine"
    assert visamap("feed", "atom", "-o", str(path), "--overwrite")[0] == 0
    assert path.read_text().startswith("<?xml")
    assert list(tmp_path.iterdir()) == [path]  # no temporary file stays


def test_a_place_that_cannot_be_written_is_told(visamap, tmp_path):
    status, _, err = visamap("feed", "atom", "-o", str(tmp_path / "no" / "feed.xml"))
    assert status == 5
    assert "cannot be written" in err


def test_without_the_extra_the_command_says_what_to_install(visamap, monkeypatch):
    monkeypatch.delitem(sys.modules, "visamap.feeds.ics", raising=False)
    monkeypatch.setitem(sys.modules, "icalendar", None)
    status, out, err = visamap("feed", "ics")
    assert (status, out) == (2, "")
    assert how_to_add("feeds") in err
    assert visamap("feed", "atom")[0] == 0  # needs no extra

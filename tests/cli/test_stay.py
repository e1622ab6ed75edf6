import itertools
import json

import pytest
from kit import fits

from visamap.cli.commands import run

EXAMPLE = ["THA", "--trip", "2026-01-03/2026-01-28", "--trip", "2026-03-01/2026-03-30"]
ON = ["--on", "2026-05-01"]


def said(capsys, *arguments):
    status = run(["stay", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def test_the_answer_can_be_verified_with_a_calendar(capsys):
    status, out, err = said(capsys, *EXAMPLE, *ON, "--full")
    assert (status, err) == (0, "")
    assert "56 used, 34 left" in out
    assert "last until 2026-05-30" in out
    assert "26-01 ..##########################..." in out
    assert fits(out, 80)
    assert out.isascii()


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv", "markdown"])
def test_every_form_answers(capsys, form):
    status, out, err = said(capsys, *EXAMPLE, *ON, "--format", form)
    assert status == 0
    assert "2026-05-30" in out
    assert ("entry and exit both count" in err) is (form in {"csv", "jsonl"})


def test_json_keeps_the_contract(capsys):
    status, out, _ = said(
        capsys, *EXAMPLE, *ON, "--plan", "2026-05-10/2026-06-20", "--format", "json"
    )
    answer = json.loads(out)
    item = answer["items"][0]
    assert status == 0
    assert list(item)[:14] == [
        "nationality",
        "on",
        "limits",
        "in_compliance",
        "overstay_days",
        "first_overstay",
        "days_left",
        "latest_exit",
        "next_entry",
        "longest_stay_from_next_entry",
        "next_full_stay",
        "penalty",
        "assumptions",
        "plan",
    ]
    assert item["limits"][1].items() >= {"kind": "rolling", "days": 90, "used": 56}.items()
    assert (
        item["plan"].items()
        >= {
            "entry": "2026-05-10",
            "exit": "2026-06-20",
            "allowed": False,
            "first_overstay": "2026-06-09",
            "longest_stay": 30,
        }.items()
    )
    assert item["assumptions"] == ["counting_assumed", "trips_without_visa", "terms_from_arrival"]
    assert [note["code"] for note in answer["notes"]] == item["assumptions"]
    assert item["message"].startswith("No: the visit from 2026-05-10 to 2026-06-20 (42 days)")


def test_a_shared_day_is_said_to_count_once(capsys):
    trips = ["--trip", "2026-04-01/2026-04-05", "--trip", "2026-04-05/2026-04-09"]
    _, out, _ = said(capsys, "THA", *trips, *ON)
    assert "counted once: 2026-04-05." in " ".join(out.split())
    assert "2 visits, 9 days" in out


def test_everything_wrong_is_said_at_once_by_number(capsys):
    trips = [
        "2026-01-28/2026-01-03",
        "2026-02-30/2026-03-01",
        "2025-01-01/2025-01-05",
        "2025-01-01/2025-01-05",
        "2025-01-04/2025-01-09",
        "2027-01-01/2027-01-03",
        "2026-01-01",
        "2026-04-01/2026-12-01",
    ]
    asked = [word for trip in trips for word in ("--trip", trip)]
    status, out, err = said(capsys, "THA", *asked, "--plan", "2026-01-01/2026-02-01", *ON)
    assert (status, out) == (2, "")
    for words in (
        "trip 1 (2026-01-28/2026-01-03) leaves before it enters; swap",
        "trip 2 (2026-02-30/2026-03-01): '2026-02-30' is not a day: February 2026",
        "trip 4 (2025-01-01/2025-01-05) is the same as trip 3",
        "trip 5 (2025-01-04/2025-01-09) overlaps trip 4",
        "trip 6 (2027-01-01/2027-01-03) begins after 2026-05-01",
        "trip 7 ('2026-01-01') has one day only",
        "trip 8 (2026-04-01/2026-12-01) ends after 2026-05-01",
        "the plan (2026-01-01/2026-02-01) begins before 2026-05-01",
    ):
        assert words in err


@pytest.mark.parametrize(
    ("trips", "words"),
    [
        (["2026-04-01/", "2026-04-10/"], "trip 2 (2026-04-10/) overlaps trip 1 (2026-04-01/)"),
        (["2026-04-01/", "2026-04-10/2026-04-12"], "overlaps"),
        (["2026-05-02/"], "begins after 2026-05-01"),
        (["2026-04-01/", "2026-04-01/"], "is the same as trip 1"),
        (["2026-04-01/04"], "'04' is not a day"),
        (["/2026-04-01"], "'' is not a day"),
        (["2026-W03-1/2026-W05-1"], "'2026-W03-1' is not a day"),  # Python reads it, we do not
    ],
)
def test_a_traveller_is_inside_once_at_a_time(capsys, trips, words):
    asked = [word for trip in trips for word in ("--trip", trip)]
    status, _, err = said(capsys, "THA", *asked, *ON)
    assert status == 2
    assert words in err


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.csv", "entry,exit\n2026-01-03,2026-01-28\n\n2026-03-01,2026-03-30\n"),
        (
            "t.csv",
            "\ufeffExit; Entry ;note\r\n2026-01-28;2026-01-03;x\r\n2026-03-30;2026-03-01;\r\n",
        ),
        ("t.json", '["2026-01-03/2026-01-28", {"entry": "2026-03-01", "exit": "2026-03-30"}]'),
    ],
)
def test_trips_come_from_a_file(capsys, tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    status, out, _ = said(capsys, "THA", "--trips", path, *ON)
    assert status == 0
    assert "56 used, 34 left" in out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("heading", ["Дата въезда;Дата выезда", "Въезд;Выезд;entry date"])
def test_trips_come_from_a_table_that_excel_saved_in_russian(capsys, tmp_path, heading, encoding):
    path = tmp_path / "trips.csv"
    text = f"{heading}\r\n03.01.2026;28.01.2026;\r\n01.03.2026;30.03.2026;\r\n"
    path.write_bytes(text.encode(encoding))
    status, out, _ = said(capsys, "THA", "--trips", path, *ON)
    assert status == 0
    assert "56 used, 34 left" in out


@pytest.mark.parametrize(
    "text", ["entry,exit\n2026-04-20,\n", '[{"entry":"2026-04-20","exit":null}]']
)
def test_a_file_may_hold_a_traveller_still_inside(capsys, tmp_path, text):
    path = tmp_path / "trips"
    path.write_text(text, encoding="utf-8")
    _, out, _ = said(capsys, "THA", "--trips", path, *ON)
    assert "inside since 2026-04-20" in " ".join(out.split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "entry,exit\n2026-01-03,2026-01-28\n2026-03-30,2026-03-01\n",
            "t:3 (2026-03-30/2026-03-01)",
        ),
        ("2026-01-03,2026-01-28\n", "t:1: the header has no column entry and exit"),
        ("entry,exit\n2026-01-03\n", "t:2: 1 cell, but the header has 2"),
        ("", "t:1: the header"),
        ('entry,exit\n"2026-01-03,2026-01-28\n', "t:2: unexpected end"),
        ("[\n5]", "t:2: 5 is not a trip"),
        ("[", "t:1: Expecting value"),
        ('{"entry": 1}', "t:1: it contains no list"),
        ('[{"entry": 20260103, "exit": null}]', "is not a trip"),
        (
            '[\n"2026-01-03/2026-01-28",\n"2026-01-05/2026-01-06"]',
            "t:3 (2026-01-05/2026-01-06) overlaps t:2",
        ),
    ],
)
def test_a_bad_file_names_its_line(capsys, tmp_path, text, words):
    path = tmp_path / "t"
    path.write_text(text, encoding="utf-8")
    status, out, err = said(capsys, "THA", "--trips", path, *ON)
    assert (status, out) == (2, "")
    assert words in err


def test_a_file_that_is_not_there_or_no_text(capsys, tmp_path):
    status, _, err = said(capsys, "THA", "--trips", tmp_path / "none.csv", *ON)
    assert (status, "There is no file" in err) == (2, True)
    binary = tmp_path / "b"
    binary.write_bytes(b"\xff\xfe\x00")
    status, _, err = said(capsys, "THA", "--trips", binary, *ON)
    assert (status, "cannot be read as text" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["THA", "--on", "2020-06-01"],
            "No stay without a visa: the visa-free rule was suspended",
        ),
        (["AFG"], "Visa B12"),
        (["NIC", "--on", "2024-12-31"], "Not known: a visa-free rule may have begun"),
        (["KAZ"], "No limit: a citizen"),
        (["CHE", "--passport", "diplomatic"], "from the first entry"),
        (
            ["THA", "--trip", "2026-01-01/2026-02-03", *ON, "--full"],
            "penalty for 4 to 5 days: fine of 10",
        ),
        (
            ["KOR", "--trip=2026-03-01/2026-03-30", "--trip=2026-03-31/2026-04-29", *ON],
            "Entry is possible again from 2026-08-28",
        ),
        (["THA", "--trip", "2026-04-20/", *ON], "19 days left, 2026-05-01 included"),
    ],
)
def test_a_question_is_answered_in_words(capsys, arguments, words):
    status, out, err = said(capsys, *arguments)
    assert (status, err) == (0, "")
    assert words in " ".join(out.split())


def test_of_many_slips_the_first_are_told(capsys, tmp_path):
    file = tmp_path / "trips.csv"
    file.write_text("entry,exit\n" + "x,y\n" * 250, "utf-8")
    status, out, err = said(capsys, "THA", "--trips", file, *ON)
    assert (status, out) == (2, "")
    assert err.count("is not a day") == 100
    assert "... and 150 more" in err


def test_a_list_that_is_no_traveller_s_is_refused(capsys, tmp_path):
    file = tmp_path / "trips.json"
    file.write_text(
        "[" + '"2024-01-01/2024-01-02",\n' * 20_000 + '"2024-01-01/2024-01-02"]', "utf-8"
    )
    status, _, err = said(capsys, "THA", "--trips", file, *ON)
    assert status == 2
    assert "more than 20000 trips; leave out the oldest" in err


def test_the_line_of_a_slip_in_json_is_told(capsys, tmp_path):
    file = tmp_path / "trips.json"
    file.write_text('[\n"2024-01-01/2024-01-02",\n\n   7,"x"\n, null]', "utf-8")
    _, _, err = said(capsys, "THA", "--trips", file, *ON)
    assert [line.split(":")[1] for line in err.splitlines() if "trips.json" in line] == list("445")


def test_days_shared_by_many_visits_are_shortened_in_the_language_of_the_reader(capsys):
    days = [f"2026-01-{day:02d}" for day in range(1, 7)]
    trips = [f"--trip={entry}/{left}" for entry, left in itertools.pairwise(days)]
    run(["stay", "THA", "--on", "2026-11-24", *trips, "--full", "--lang", "ru"])
    said = " ".join(capsys.readouterr().out.split())
    assert "2 января 2026 года, 3 января 2026 года, 4 января 2026 года и ещё 1." in said


@pytest.mark.parametrize("written", ["2026-01-03--2026-01-28", "soon"])
def test_what_is_no_trip_is_not_offered_back_as_one(capsys, written):
    status, _, err = said(capsys, "THA", "--trip", written)
    assert status == 2
    assert "is not a pair of days; write ENTRY/EXIT, for example" in err
    assert f"{written}/" not in err


INSIDE = ["DEU", "--trip", "2026-10-01/", "--on", "2026-11-27"]
LEFT = ["DEU", "--trip", "2026-09-01/2026-10-04", "--on", "2026-11-27"]
LAWFUL = ["DEU", "--trip", "2026-10-01/2026-10-30", "--on", "2026-11-27"]
SHORT, LONG = "2026-12-10/2026-12-20", "2026-12-10/2027-01-20"


@pytest.mark.parametrize(
    ("arguments", "headline"),
    [
        (INSIDE, "Overstayed by 28 days: fine, arrest or expulsion"),
        (LEFT, "Overstayed by 4 days until 2026-10-04: fine of 10 monthly"),
        (
            ["DEU", "--trip=2026-03-01/2026-04-03", "--trip=2026-11-20/", "--on=2026-11-27"],
            "Overstayed by 4 days until 2026-04-03: fine",
        ),
        (["ZWE", "--trip", "2026-10-01/", "--on", "2026-10-05"], "5 days in the country in breach"),
        ([*LAWFUL, "--plan", SHORT], "Yes: the visit from 2026-12-10 to 2026-12-20 (11 days)"),
        ([*LAWFUL, "--plan", LONG], "No: the visit from 2026-12-10 to 2027-01-20 (42 days) is not"),
        (
            ["KOR", "--passport=diplomatic", "--plan", SHORT, "--on=2026-11-24"],
            "Not known whether the visit from 2026-12-10 to 2026-12-20 (11 days) is allowed: visa-",
        ),
        (["ZWE", *ON], "No stay without a visa: no visa-free rule was found"),
    ],
)
def test_the_first_words_say_what_matters_most(capsys, arguments, headline):
    text = " ".join(said(capsys, *arguments)[1].split())
    assert text.startswith(headline)
    message = json.loads(said(capsys, *arguments, "--format", "json")[1])["items"][0]["message"]
    assert text.startswith(message.rstrip("."))


def test_an_overstayer_is_promised_no_return(capsys):
    for plan in ([], ["--plan", SHORT]):
        item = json.loads(said(capsys, *INSIDE, *plan, "--format", "json")[1])["items"][0]
        assert "again" not in item["message"]
        assert "2026-11-28" not in item["message"]
        days = ("next_entry", "next_full_stay", "longest_stay_from_next_entry")
        assert [item[day] for day in days] == [None, None, None]
        assert "exit_assumed" not in item["assumptions"]
    assert "Based on the number of days alone: the visit from 2026-12-10" in item["message"]
    _, out, _ = said(capsys, *INSIDE)
    assert "Next entry Not known after an overstay" in " ".join(out.split())


def test_who_is_inside_is_still_told_when_to_leave(capsys):
    trips = ["--trip=2026-03-01/2026-04-03", "--trip=2026-11-20/"]
    _, out, _ = said(capsys, "DEU", *trips, "--on=2026-11-27")
    assert "the last day to leave is 2026-12-19" in " ".join(out.split())


def test_nobody_is_said_to_have_kept_a_limit_that_is_not_known(capsys):
    trip = ["KOR", "--passport", "diplomatic", "--trip", "2026-03-01/2026-04-29", *ON]
    _, out, _ = said(capsys, *trip)
    assert "within the rules" not in out.replace("whether all were within the rules", "")
    item = json.loads(said(capsys, *trip, "--format", "json")[1])["items"][0]
    assert item["in_compliance"] is None


@pytest.mark.parametrize(
    ("arguments", "required", "status"),
    [
        (LAWFUL, ["compliance"], 0),
        (INSIDE, ["compliance"], 1),
        (["KOR", "--passport=diplomatic", "--trip=2026-03-01/2026-03-09", *ON], ["compliance"], 1),
        ([*LAWFUL, "--plan", SHORT], ["plan"], 0),
        ([*LAWFUL, "--plan", SHORT], ["plan", "compliance"], 0),
        ([*LAWFUL, "--plan", LONG], ["plan"], 1),
        ([*LAWFUL, "--plan", LONG], ["compliance"], 0),
        ([*INSIDE, "--plan", SHORT], ["plan", "compliance"], 1),
        (["KOR", "--passport=diplomatic", "--plan", SHORT, *ON], ["plan"], 1),  # not known
        ([*LEFT, "--plan", SHORT], ["plan"], 1),  # he may be barred
        (["DEU", "--on=2020-03-10", "--plan=2020-03-20/2020-03-25"], ["plan"], 1),  # closed
        (["UKR", "--on=2020-07-20", "--plan=2020-08-01/2020-08-05"], ["plan"], 1),  # perhaps
        (["THA", *ON], ["plan"], 2),  # no plan to ask about
    ],
)
def test_compliance_and_a_plan_can_be_required(capsys, arguments, required, status):
    asked = [f"--require={word}" for word in required]
    left, out, err = said(capsys, *arguments, *asked)
    assert left == status
    assert bool(out) is (status != 2)  # the answer is given all the same
    assert ("give one with --plan" in err) is (status == 2)


def test_a_plan_of_one_day_is_told_to_have_no_exit(capsys):
    status, _, err = said(capsys, "THA", "--plan", "2027-01-01", *ON)
    assert status == 2
    assert "the plan (2027-01-01/) needs an exit" in err
    assert "still inside" not in err


def test_the_brief_answer_says_when_other_limits_begin(capsys):
    asked = "QAT", "--to", "KGZ", "--on", "2024-12-31"
    _, out, _ = said(capsys, *asked)
    assert out.startswith("180 days left")
    assert "0 used, 60 left\n             From 2025-01-04, other limits apply.\n" in out
    assert "other limits" not in said(capsys, "THA", *ON)[1]


@pytest.mark.parametrize("trip", ["2026-12-20/2027-01-08", "2026-12-20/20d", "2026-12-20+20"])
def test_a_trip_to_come_is_judged_as_the_plan(capsys, trip):
    past, day = ("--trip", "2026-10-01..2026-10-20"), ("--on", "2026-11-24")
    planned = said(capsys, "DEU", *past, "--plan", "2026-12-20/2027-01-08", *day)
    assert said(capsys, "DEU", *past, "--trip", trip, *day) == planned
    assert planned[1].startswith("Yes: the visit from 2026-12-20 to 2027-01-08 (20 days)")


def test_two_trips_to_come_are_refused(capsys):
    trips = ("--trip", "2027-03-01/2027-03-20", "--trip", "2027-04-01/2027-04-20")
    status, out, err = said(capsys, "DEU", *trips, "--on", "2026-11-24")
    assert (status, out) == (2, "")
    assert "give a future trip as the plan" in err

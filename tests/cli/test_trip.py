"""``trip`` and ``card`` as commands: statuses, files, what is written."""

import csv
import io
import json

import pytest
from kit import fits

from visamap.cli.commands import run
from visamap.pictures import printed

DAY = ("--on", "2026-11-24")
LEGS = ("KAZ:2027-05-01/2027-05-12", "UZB:2027-05-12/2027-05-26")
FIVE = (*LEGS, "KAZ:2027-05-26/2027-06-01", "UZB:2027-06-01/2027-07-15", "KAZ:2027-07-15/")


@pytest.fixture
def said(capsys, tmp_path, monkeypatch):
    """Return the exit status, the output and the remarks of a call in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        status = run([*arguments])
        return status, *capsys.readouterr()

    return call


@pytest.mark.parametrize("lang", ["en", "kk", "ru"])
def test_five_legs_fit_a_terminal_and_a_glance(said, lang):
    status, out, err = said("trip", "DEU", *FIVE, *DAY, "--lang", lang)
    assert (status, err) == (0, "")
    assert fits(out, 80)
    assert len(out.splitlines()) <= (31 if lang == "en" else 36)
    assert "2027-06-30" in out  # until when the fourth leg could last
    assert fits(said("trip", "DEU", "TUR", *FIVE, *DAY, "--lang", lang, "--full")[1], 80)


def test_the_whole_is_said_first_then_the_legs_then_what_to_do(said):
    lines = said("trip", "IND", *LEGS, *DAY)[1].splitlines()
    assert lines[0].startswith("No: leg 2 (Uzbekistan) is not possible like this: a visa is needed")
    rows = [line for line in lines if line.startswith(("1 ", "2 "))]
    assert [row.split()[1] for row in rows] == ["KAZ", "UZB"]
    due = [line for line in lines if "by 2027-" in line]
    assert due == sorted(due, key=lambda line: line[line.index("by ") :])
    assert any("https://e-visa.gov.uz" in line for line in lines)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("DEU", *LEGS), 0),
        (("IND", *LEGS), 1),
        (("IND", "DEU", *LEGS), 0),
        (("DEU", "KAZ:2027-11-26/2027-11-27"), 1),  # not known is no certain yes
        (("RUS", "KAZ:2020-06-01/2020-06-05"), 1),  # by law, but the border was closed
    ],
)
def test_require_allowed_leaves_with_1_unless_every_leg_is_certain(said, words, status):
    assert said("trip", *words, *DAY)[0] == 0
    assert said("trip", *words, *DAY, "--require", "allowed")[0] == status


def test_a_border_that_was_closed_is_said_in_the_first_sentence(said):
    out = " ".join(said("trip", "RUS", "KAZ:2020-04-20/2020-04-25", *DAY)[1].split())
    assert out.startswith("By law, every leg is possible. But leg 1 (Kazakhstan): in practice the")
    perhaps = said("trip", "RUS", "KAZ:2020-06-01/2020-06-05", *DAY)[1]
    assert "perhaps no longer on this day" in " ".join(perhaps.split())


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "markdown"])
def test_every_form_tells_the_same_legs(said, form):
    status, out, _ = said("trip", "DEU", *LEGS, *DAY, "--format", form)
    assert status == 0
    if form == "json":
        items = json.loads(out)["items"]
        assert [(one["leg"], one["days"], one["allowed"]) for one in items] == [
            (1, 12, True),
            (2, 15, True),
        ]
    elif form == "csv":
        assert [row["exit"] for row in csv.DictReader(io.StringIO(out))] == [
            "2027-05-12",
            "2027-05-26",
        ]
    else:
        assert out.count("UZB") >= 1


def test_json_has_what_the_contract_names(said):
    answer = json.loads(said("trip", "IND", *LEGS, *DAY, "--format", "json")[1])
    (trip,) = [note for note in answer["notes"] if note["code"] == "trip"]
    assert (trip["allowed"], trip["first_problem"]) == (False, 2)
    assert trip["message"].startswith("No: leg 2 (Uzbekistan)")
    first, second = answer["items"]
    named = {
        "leg", "nationality", "passport", "best", "on_visa", "conditional", "destination", "entry",
        "exit", "days", "verdict", "allowed", "reason", "message", "max_stay_days", "limits",
        "to_do", "border", "visas", "confidence", "sources",
    }  # fmt: skip
    assert named <= set(first)
    assert {"kind", "days", "used", "left"} <= set(first["limits"][0])
    assert all({"what", "by", "text", "sources"} <= set(one) for one in first["to_do"])
    assert all(one["text"] for one in [*first["to_do"], *second["to_do"]])


ROWS = ["KAZ,2027-05-01,2027-05-12,", "UZB,2027-05-12,2027-05-26,yes"]
FILES = {
    "legs.csv": "\n".join(["destination,entry,exit,visa", *ROWS]),
    "legs-semicolon.csv": "\n".join(["visa;exit;entry;destination"]
        + [";".join(reversed(row.split(","))) for row in ROWS]),
    "legs-kazakh.csv": "Баратын ел;Келетін күні;Кететін күні;Виза\n"
    "KAZ;01.05.2027;12.05.2027;\nUZB;12.05.2027;26.05.2027;иә\n",
    "legs.json": json.dumps([LEGS[0], {"destination": "Uzbekistan", "entry": "2027-05-12",
        "exit": "2027-05-26", "visa": True}]),
    "legs.yaml": f"legs:\n  - {LEGS[0]}\n"
    "  - {destination: UZB, entry: 2027-05-12, exit: 2027-05-26, visa: true}\n",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_journey_may_stand_in_a_file(said, tmp_path, name):
    (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    told = json.loads(said("trip", "IND", "--legs", name, *DAY, "--format", "json")[1])
    typed = json.loads(said("trip", "IND", LEGS[0], f"{LEGS[1]}:visa", *DAY, "--format", "json")[1])
    assert told["items"] == typed["items"]
    assert told["asked"]["files"] == [name]


@pytest.mark.parametrize("no", ["no", "none", "-", "нет", "Без визы", "жоқ"])
def test_a_leg_whose_visa_is_none_is_judged_as_one_without(said, tmp_path, no):
    (tmp_path / "legs.csv").write_text(f"destination,entry,exit,visa\n{ROWS[0]}{no}\n", "utf-8")
    asked = "trip", "IND", "--legs", "legs.csv", *DAY, "--format", "json"
    assert json.loads(said(*asked)[1])["items"][0]["on_visa"] is False


def test_what_says_neither_whether_a_leg_is_on_a_visa_nor_not_is_no_guess(said, tmp_path):
    (tmp_path / "legs.csv").write_text(f"destination,entry,exit,visa\n{ROWS[0]}later\n", "utf-8")
    status, _, err = said("trip", "IND", "--legs", "legs.csv", *DAY)
    assert status == 2
    assert "legs.csv:2: 'later' stands under `visa`; write yes or no." in err


def test_earlier_visits_in_a_file_must_name_their_destination(said, tmp_path):
    past = tmp_path / "past.csv"
    past.write_text("entry,exit\n2027-01-01,2027-01-30\n", encoding="utf-8")
    status, _, err = said("trip", "DEU", *LEGS, "--trips", "past.csv", *DAY)
    assert status == 2
    assert "past.csv:1: the header has no column destination" in " ".join(err.split())
    past.write_text("destination,entry,exit\nKAZ,2027-01-01,2027-01-30\n", encoding="utf-8")
    read = json.loads(
        said("trip", "DEU", *LEGS, "--trips", "past.csv", *DAY, "--format", "json")[1]
    )
    assert read["items"][0]["limits"][1]["used"] == 42


@pytest.mark.parametrize(
    ("name", "text", "slip"),
    [
        ("a.csv", "destination,entry,exit\nKAZ,2027-05-12,2027-05-01\n", "a.csv:2 (KAZ:2027-05-12"),
        ("a.csv", "destination,entry,exit\nKAZ,2027-05-12\n", "a.csv:2: 2 cells"),
        ("a.csv", "destination,entry,exit\nFRA,2027-05-12,2027-05-13\n", "a.csv:2 (FRA:"),
        ("a.json", '["KAZ:2027-05-01/2027-05-12",\n 7]', "a.json:2: 7 is not a trip"),
        ("a.yaml", "legs:\n  - KAZ:2027-05-01/2027-05-12\n  - Astana\n", "a.yaml:3: "),
        ("a.yaml", "legs: [\n", "a.yaml"),
        ("a.yaml", "note: none\n", "a.yaml:1: it contains no list"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_line(said, tmp_path, name, text, slip):
    (tmp_path / name).write_text(text, encoding="utf-8")
    status, out, err = said("trip", "DEU", "--legs", name, *DAY)
    assert (status, out) == (2, "")
    assert slip in " ".join(err.split())


@pytest.mark.parametrize(
    ("words", "slip"),
    [
        (("DEU",), "A journey needs a leg: write DESTINATION:ENTRY/EXIT"),
        ((LEGS[0],), "nationalit"),
        (("DEU", LEGS[1], LEGS[0]), "leg 2 (KAZ:2027-05-01/2027-05-12) begins before leg 1"),
        (("DEU", "--legs", "none.csv"), "none.csv"),
        (("DEU", *LEGS, "-o", "trip.txt"), "end the name in .html or .ics"),
    ],
)
def test_bad_input_is_wrong_usage(said, words, slip):
    status, out, err = said("trip", *words, *DAY)
    assert (status, out) == (2, "")
    assert slip in " ".join(err.split())


@pytest.mark.parametrize("lang", ["en", "kk", "ru"])
def test_a_page_to_print_tells_it_all_and_fetches_nothing(said, tmp_path, lang):
    status, out, err = said("trip", "IND", *LEGS, *DAY, "-o", "trip.html", "--lang", lang)
    assert (status, out) == (0, "")
    assert "trip.html" in err
    page = (tmp_path / "trip.html").read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in page
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert 'href="https://e-visa.gov.uz"' in page
    assert "2027-05-07" in page
    assert page.count("<tr>") == 3
    assert said("trip", "IND", *LEGS, *DAY, "-o", "trip.html")[0] == 2
    assert said("trip", "IND", *LEGS, *DAY, "-o", "trip.html", "--overwrite")[0] == 0


def test_a_calendar_has_each_task_and_last_day_under_an_id_that_stays(said, tmp_path):
    calendar = pytest.importorskip("icalendar", reason="the extra `feeds` is not installed")

    def events(name, *more):
        assert said("trip", "IND", *LEGS, *more, "-o", name)[0] == 0
        found = calendar.Calendar.from_ical((tmp_path / name).read_bytes()).walk("VEVENT")
        return {str(event["uid"]): event for event in found}

    found = events("a.ics", *DAY)
    days = {uid: event.decoded("dtstart").isoformat() for uid, event in found.items()}
    assert days["trip-IND-UZB-2027-05-12-e-visa-1@visamap.invalid"] == "2027-05-07"
    assert days["trip-IND-KAZ-2027-05-01-last-day-1@visamap.invalid"] == "2027-05-14"
    assert days["trip-IND-KAZ-2027-05-01-host-notice-1@visamap.invalid"] == "2027-05-05"
    assert not any("UZB-2027-05-12-last-day" in uid for uid in days)
    again = events("b.ics", "--on", "2027-01-01", "--lang", "ru")
    assert set(again) == set(found)


def card(tmp_path, name="card.html"):
    return (tmp_path / name).read_text(encoding="utf-8")


def test_a_card_names_the_act_in_the_language_of_the_officer(said, tmp_path):
    words = ("card", "DEU", "--on", "2026-12-01", "-o", "card.html", "--lang")
    assert said(*words, "ru") == (0, "", "Записано: card.html.\n")
    page = card(tmp_path)
    assert '<html lang="ru">' in page
    for told in ("30 дней", "Германия (DEU)", "[kz-gov-838-2016]", "1 декабря 2026", "sha256:"):
        assert told in page
    assert "838" in page
    assert page.count('href="https://') >= 2  # the act, and the ministry
    assert "<script" not in page
    assert said(*words, "kk")[0] == 2  # it is there already
    assert card(tmp_path) == page
    assert said(*words, "kk", "--overwrite")[0] == 0
    assert '<html lang="kk">' in card(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["card.html"]


def test_a_card_names_the_provision_where_it_is_known(registry):
    answer = registry.card("DEU", on="2026-12-01")
    assert "<h2>Provision</h2>" not in printed.card(answer, registry.data)
    known = answer._replace(regime=answer.regime._replace(provision="Article 2 & 3"))
    page = printed.card(known, registry.data)
    assert "<h2>Provision</h2>" in page
    assert "<li>Article 2 &amp; 3</li>" in page


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("IND", "--to", "UZB", "--on", "2026-12-01"), "Visa required"),
        (("NIC", "--on", "2024-01-01"), "Not known"),
        (("DEU", "--on", "2027-11-26"), "Not known"),
        (("DEU", "--on", "2021-01-01"), "Visa required"),
        (("RUS", "--on", "2020-06-01"), "in practice"),
    ],
)
def test_there_is_no_card_without_a_certain_yes(said, tmp_path, words, why):
    status, out, err = said("card", *words, "-o", "card.html")
    assert (status, out) == (1, "")
    assert why in err
    assert [*tmp_path.iterdir()] == []


def test_a_citizen_has_a_card_without_an_act(said, tmp_path):
    assert said("card", "UZB", "--to", "UZB", "--on", "2026-12-01", "-o", "card.html")[0] == 0
    assert "Uzbekistan" in card(tmp_path)


def test_on_what_an_e_visa_is_given_is_told_in_full(said):
    words = ("trip", "IND", "UZB:2027-05-12/2027-05-26:visa", *DAY)
    told = "The stay ends with the validity"
    assert told not in " ".join(said(*words)[1].split())
    assert told in " ".join(said(*words, "--full")[1].split())
    (item,) = json.loads(said(*words, "--format", "json")[1])["items"]
    assert any(told in line for line in item["to_do"][0]["conditions"])


@pytest.mark.parametrize(
    "leg", ["KAZ:2027-05-01..2027-05-20", "KAZ:2027-05-01/20d", "KAZ:2027-05-01+20"]
)
def test_every_way_of_writing_a_leg_gets_the_same_answer(said, leg):
    usual = said("trip", "DEU", "KAZ:2027-05-01/2027-05-20", *DAY)
    assert said("trip", "DEU", leg, *DAY) == usual
    assert "2027-05-01/05-20" in usual[1]


def test_countries_without_days_are_explained_by_an_example_that_works(said):
    status, out, err = said("trip", "DEU", "KAZ", "South Korea")
    assert (status, out) == (2, "")
    assert "visamap trip DEU KAZ:" in err
    assert "'South Korea:" in err
    command = said("trip", "DEU", "KAZ", "KGZ")[2].split("`visamap ")[1].split("`")[0]
    assert said(*command.split(), *DAY)[0] == 0


@pytest.mark.parametrize(
    ("days", "named"),
    [
        ("2027-13-01/20d", "(KAZ:2027-13-01/20d): '2027-13-01' is not a day"),
        ("2027-05-01/0d", "'0d' is not a day"),
        ("9999-12-31/20d", "'20d' is not a day"),
        ("/20d", "'' is not a day"),
    ],
)
def test_a_leg_of_so_many_days_that_is_none_is_named_as_typed(said, days, named):
    status, out, err = said("trip", "DEU", f"KAZ:{days}", *DAY)
    assert (status, out) == (2, "")
    assert named in err

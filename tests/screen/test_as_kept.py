"""Lists as hotels and agencies keep them: every row that can be answered is, as `check` answers."""

import csv
import gzip
import io
import json
import zipfile
from datetime import date

import pytest

from visamap.cli.commands import run
from visamap.errors import WrongUsageError
from visamap.render.screen_text import text
from visamap.screen.days import Days

ROWS = [
    # nationality, arrival, departure, kind; whose, when, till when, which kind
    ("Германия", "01.12.2026", "20.12.26", "", "DEU", "2026-12-01", "2026-12-20", "ordinary"),
    ("Österreich", "1. 12. 2026", "3 Dez 2026", "PP", "AUT", "2026-12-01", "2026-12-03", None),
    (
        "AT - Austria",
        "2026-12-01",
        "2026-12-02 9:30",
        "P<",
        "AUT",
        "2026-12-01",
        "2026-12-02",
        None,
    ),
    ("US citizen", "2 декабря 2026 г.", "?", "паспорт", "USA", "2026-12-02", None, "ordinary"),  # noqa: RUF001
    ("PR China", "46360", "Feb 5, 2027", "official", "CHN", "2026-12-03", "2027-02-05", "service"),
    ("Росси́я", "\u00a001.12.2026", "", "Дипломатический", "RUS", "2026-12-01", None, "diplomatic"),
    (
        "Rep. of Korea",
        "01.12.2026, 14:00",
        "02.01.2027",
        "N1",
        "KOR",
        "2026-12-01",
        "2027-01-02",
        "",
    ),
    ("DEU/KAZ", "01.12.2026", "", "", None, None, None, None),
    ("Germny", "31.02.2027", "", "", None, None, None, None),
    ("Indien", "soon", "", "", None, None, None, None),
]
RUSSIAN = ["ФИО", "Гражданство", "Дата заезда", "Дата выезда", "Вид паспорта", "Заметка"]
GERMAN = ["Name", "Staatsangehörigkeit", "Ankunft", "Abreise", "Passart", "Notiz"]


def table(headings):
    return [headings, *([f"guest {n}", *row[:4], "=x"] for n, row in enumerate(ROWS))]


def workbook(path):
    book = pytest.importorskip("xlsxwriter").Workbook(path)
    book.add_worksheet("How to").write(0, 0, "Fill in the next sheet")
    sheet = book.add_worksheet("Гости")
    sheet.merge_range(0, 0, 0, 4, "Список гостей")
    days = book.add_format({"num_format": "dd.mm.yyyy"})
    for at, row in enumerate(table(RUSSIAN), 3):
        for place, cell in enumerate(row):
            if cell == "2026-12-01":
                sheet.write_datetime(at + at // 8, place, date(2026, 12, 1), days)
            elif cell.isdecimal():
                sheet.write_number(at + at // 8, place, int(cell))
            else:
                sheet.write_string(at + at // 8, place, cell)
    book.close()


def german(path):
    lines = ["\t".join(row) for row in table(GERMAN)]
    path.write_text("\r\n".join(["Gästeliste", "", *lines, ""]), encoding="utf-16", newline="")


def cyrillic(path):
    lines = [";".join(row) for row in table(RUSSIAN)]
    raw = "\r\n".join(["sep=;", *lines, ""]).replace("Österreich", "Австрия").replace("\u0301", "")
    path.write_bytes(raw.encode("cp1251"))


@pytest.mark.parametrize("engine", ["plain", "arrow"])
@pytest.mark.parametrize(
    ("name", "made", "delimiter", "said"),
    [
        ("in.xlsx", workbook, ",", "Read from the sheet Гости, the first with the headings."),
        ("in.txt", german, "\t", "Read as utf-16, as the mark at its beginning says."),
        ("in.csv", cyrillic, ";", "Read as cp1251: the headings are known in it"),
    ],
)
def test_what_can_be_answered_is_answered(registry, tmp_path, engine, name, made, delimiter, said):
    if engine == "arrow":
        pytest.importorskip("pyarrow")
    made(tmp_path / name)
    done = registry.screen(tmp_path / name, tmp_path / "out.csv", engine=engine)
    assert said in text(done)
    raw = (tmp_path / "out.csv").read_bytes().decode()
    assert raw.startswith("\ufeff") is (name == "in.txt")
    assert ("\r\n" in raw) is (name != "in.xlsx")
    found = list(csv.DictReader(io.StringIO(raw.removeprefix("\ufeff")), delimiter=delimiter))
    assert len(found) == len(ROWS)
    for row, (*_, code, first, last, kind) in zip(found, ROWS, strict=True):
        if code is None:
            assert (row["verdict"], bool(row["problem"])) == ("", True)
            continue
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1 if last else None
        right = registry.check(code, on=first, passport=kind or "ordinary", days=days)
        stay = {None: "", True: "true", False: "false"}[right.stay_allowed if days else None]
        answered = row["verdict"], row["max_stay_days"], row["visit_alone_visa_free"], row["reason"]
        assert answered == (right.verdict, str(right.max_stay_days or ""), stay, right.reason), row
        assert ("unknown-passport" in row["problem"]) is (kind == ""), row
    assert [row["problem"] for row in found[3:]] == [
        "bad-departure",
        "",
        "",
        "unknown-passport",
        "ambiguous-nationality",
        "unknown-nationality; bad-arrival",
        "bad-arrival",
    ]
    assert [row["suggestion"] for row in found[7:9]] == [
        "Germany (DEU) / Kazakhstan (KAZ)",
        "Germany (DEU)",
    ]


@pytest.mark.parametrize("sheet", ["2", "Гости"])
def test_a_sheet_is_named_or_counted(registry, tmp_path, sheet):
    workbook(tmp_path / "in.xlsx")
    done = registry.screen(tmp_path / "in.xlsx", tmp_path / "out.csv", sheet=sheet)
    assert done.rows == len(ROWS)


@pytest.mark.parametrize("sheet", ["0", "3", "-1", "gosti", "9" * 5000])
def test_a_sheet_that_is_none_is_refused_with_those_there_are(registry, tmp_path, sheet):
    workbook(tmp_path / "in.xlsx")
    with pytest.raises(WrongUsageError, match="the sheets are How to, Гости"):
        registry.screen(tmp_path / "in.xlsx", tmp_path / "out.csv", sheet=sheet)


def test_what_two_code_pages_fit_is_refused_until_one_is_named(registry, tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes("nationality,arrival,имя\nTHA,2026-12-01,Иван\n".encode("cp1251"))
    with pytest.raises(WrongUsageError, match="--encoding cp1251"):
        registry.screen(source, target)
    registry.screen(source, target, encoding="windows-1251", engine="plain")
    assert "THA,2026-12-01,Иван,visa_free" in target.read_text(encoding="utf-8")
    with pytest.raises(WrongUsageError, match="'ebcdic' is no encoding"):
        registry.screen(source, target, encoding="ebcdic", overwrite=True)
    source.write_bytes("Nationality,Arrival\nTürkei,2026-12-01\n".encode("cp1252"))
    done = registry.screen(source, target, overwrite=True, engine="plain")
    assert done.taken[0].value == "cp1252"


@pytest.mark.parametrize(
    ("days", "order", "verdicts"),
    [
        (["01/12/2026", "13/12/2026"], "dmy", 2),
        (["12/01/2026", "12/31/26"], "mdy", 2),
        (["26/12/01", "26/12/31"], "ymd", 2),
        (["01/12/2026", "02/12/2026"], None, 0),  # either may be
        (["13/12/2026", "12/13/2026"], None, 0),  # both were meant
    ],
)
def test_the_order_of_day_and_month_is_settled_by_all_days(
    registry, tmp_path, days, order, verdicts
):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("nationality,arrival\n" + "".join(f"THA,{day}\n" for day in days))
    done = registry.screen(source, target, engine="plain")
    assert [one.value for one in done.taken] == [order] * bool(order)
    assert sum(done.verdicts.values()) == verdicts
    asked = registry.screen(source, target, dates="dmy", overwrite=True, engine="plain")
    assert asked.taken[0].why == "asked"
    assert asked.verdicts or order == "ymd"


def test_days_are_read_as_people_write_them():
    read = Days(2026).read
    assert {
        read(text) for text in ("1 желтоқсан 2026", "01DEC26", "20261201", "2026年12月1日")
    } == {date(2026, 12, 1)}
    for other in ("Dec 2026", "01122026", "1.12.99", "12/01/2026", "1.12.2026 24:00", "12345"):
        assert read(other) is None, other


@pytest.mark.parametrize("engine", ["plain", "arrow"])
def test_what_is_written_is_safe_marked_and_only_what_was_asked_for(registry, tmp_path, engine):
    source, target = tmp_path / "in.json.gz", tmp_path / "out.tsv"
    rows = [
        {"Азаматтығы": "THA", "Келу күні": "2026-12-01", "note": "=1+cmd()"},
        {"Азаматтығы": "Tailand", "Келу күні": "2026-12-01", "note": "@x"},
        {"Азаматтығы": "Congo", "Келу күні": "2026-12-01", "note": "+7 701 111-22-33"},
    ]
    source.write_bytes(gzip.compress(json.dumps(rows).encode()))
    wishes = {"only": "problems", "excel": True, "safe_cells": True, "engine": engine}
    done = registry.screen(source, target, **wishes)
    assert (done.rows, done.verdicts) == (3, {"visa_free": 1})
    raw = target.read_text(encoding="utf-8")
    assert raw.startswith("\ufeffАзаматтығы\tКелу күні\tnote\tverdict")  # noqa: RUF001
    notes = [line.split("\t")[2] for line in raw.splitlines()[1:]]
    assert notes == ["'@x", "+7 701 111-22-33"]


@pytest.mark.parametrize("engine", ["plain", "arrow"])
def test_duties_are_those_of_a_journey(registry, tmp_path, engine):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        "nationality,arrival,departure,destination\nDEU,2026-12-01,2026-12-20,KAZ\n"
        "IND,2026-12-01,2026-12-20,UZB\nKAZ,2026-12-01,,KAZ\nTHA,2026-12-01,2027-03-20,KAZ\n"
    )
    done = registry.screen(source, target, duties=True, engine=engine)
    found = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    for row in (found[0], found[1]):
        leg = f"{row['destination']}:2026-12-01/2026-12-20" + ":visa" * (
            row["nationality"] == "IND"
        )
        to_do = registry.trip(row["nationality"], legs=[leg], on="2026-11-24")[0].to_do
        days = {one.what: str(one.by) for one in to_do if one.by}
        register = min(days[kind] for kind in days if kind in {"registration", "host-notice"})
        assert (row["register_by"], row["evisa_apply_by"]) == (register, days.get("e-visa", ""))
    assert found[2]["register_by"] == found[2]["permit"] == ""
    assert (done.too_long, done.e_visa) == (1, 1)


def test_a_workbook_of_answers_has_colours(capsys, tmp_path):
    calamine = pytest.importorskip("python_calamine")
    source, target = tmp_path / "in.csv", tmp_path / "out.xlsx"
    source.write_text("Nat;Von;note\nTHA;2026-12-01;=1+1\nCongo;2026-12-01;\nIND;2026-12-01;\n")
    words = ["screen", str(source), "-o", str(target), "--map", "nationality=Nat"]
    assert run([*words, "--map", "arrival=Von", "--strict", "--to", "UZB"]) == 1
    assert "of these may ask for an electronic visa" in capsys.readouterr().err
    rows = calamine.load_workbook(target).get_sheet_by_index(0).to_python()
    assert [row[:4] for row in rows[1:]] == [
        ["THA", "2026-12-01", "=1+1", "visa_required"],
        ["Congo", "2026-12-01", "", ""],
        ["IND", "2026-12-01", "", "visa_required"],
    ]
    styles = zipfile.ZipFile(target).read("xl/styles.xml").decode()
    assert all(colour in styles for colour in ("FFF8D7D7", "FFFFF2C4"))
    assert run([*words, "--map", "nationality=Von", "--overwrite"]) == 2

"""The engines and the plain path say what ``check`` says, row for row."""

import csv
import io
import json
import random
from datetime import date, timedelta
from functools import cache

import pytest
from screen_lists import MAP, cells

from visamap.render.screen_text import text
from visamap.screen.columns import ADDED
from visamap.screen.plain import Reader
from visamap.screen.rule_table import RuleBook
from visamap.vocabulary import PASSPORTS


def expected(answer):
    regime = answer.regime
    kinds = {}
    for advisory in answer.advisories:
        kinds[advisory.kind] = kinds.get(advisory.kind, False) or advisory.certain
    return (
        answer.verdict,
        answer.max_stay_days,
        answer.stay_allowed,
        regime.id if regime else None,
        regime.basis if regime else None,
        "; ".join(kind + ("" if sure else "?") for kind, sure in kinds.items()) or None,
        answer.confidence,
        None,
        answer.reason,
        answer.destination.code,
        None,
    )


@pytest.mark.xdist_group("spark")  # where the list is needed, too
def test_every_nationality_and_passport_is_answered_as_check_does(registry, everyone_screened):
    parquet = pytest.importorskip("pyarrow.parquet")
    reader = Reader(RuleBook(registry.index))
    rows = [list(row.values()) for row in parquet.read_table(everyone_screened).to_pylist()]
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    for number, code, arrival, departure, passport, destination, *answered in rows:
        days = (departure - arrival).days + 1 if departure else None
        home = registry.entering(destination) if destination else registry
        answer = home.check(code, on=arrival, passport=passport, days=days)
        right = expected(answer)
        where = number, code, arrival, departure, passport, destination
        assert (*answered[:-1], home.index.home, answered[-1]) == right, where
        if number // 6 % 5:
            continue  # the plain path works out each passport anew: one of each nationality will do
        left = departure.isoformat() if departure else ""
        found = reader.answer(code, arrival.isoformat(), left, passport, destination)
        assert found[: len(right)] == right, where
        electronic = answer.visas.e_visa
        assert found.e_visa == (electronic if right[0] == "visa_required" else None), where
    assert {tuple(row[1:5:3]) for row in rows} == {
        (code, passport) for code in registry.index.tables["countries"] for passport in PASSPORTS
    }


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_plain_path_writes_what_arrow_writes(registry, messy, form):
    pytest.importorskip("duckdb")
    plain, fast = (messy.with_name(f"{engine}.{form}") for engine in ("plain", "arrow"))
    first = registry.screen(messy, plain, columns=MAP, engine="plain")
    second = registry.screen(messy, fast, columns=MAP, engine="arrow")
    assert plain.read_bytes() == fast.read_bytes()
    assert first[3:] == second[3:]


def test_objects_are_passed_on_as_they_were_written(registry, tmp_path):
    pytest.importorskip("duckdb")
    source = tmp_path / "in.jsonl"
    lines = [
        '{"nationality":"Thailand","arrival":"2025-01-01","n":1.10}',
        '{ "nationality" : "Tailand" , "arrival":"2025-01-01", "x":[1, {"a":"\\u00e9}"}] }',
        "",
        '{"arrival":"2025-01-01","nationality":764,"nationality":"DE"}',
        "{}",
        "{ \t}",
    ]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    written = {}
    for engine in ("plain", "arrow"):
        target = tmp_path / f"{engine}.jsonl"
        registry.screen(source, target, engine=engine)
        written[engine] = target.read_text(encoding="utf-8")
    assert written["plain"] == written["arrow"]
    answers = written["arrow"].splitlines()
    assert len(answers) == 5
    for before, after in zip([line for line in lines if line], answers, strict=True):
        assert after.startswith(before[:-1].rstrip())
        assert list(json.loads(after))[-2:] == ["destination", "suggestion"]
    assert json.loads(answers[2])["verdict"] == "visa_free"


def test_parquet_goes_through_as_it_was(registry, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    duckdb.sql(
        f"""COPY (
            SELECT range AS id, DATE '2025-06-01' AS arrival,
              [NULL, '', 'Tailand', 'THA', 'Türkiye'][1 + range % 5] AS nationality,
              [NULL, '', 'weird', 'diplomatic'][1 + range % 4] AS passport
            FROM range(1000)
        ) TO '{source}'"""  # noqa: S608
    )
    done = registry.screen(source, target, engine="arrow")
    assert done.problems == {"unknown-nationality": 600, "unknown-passport": 250}
    own, read = (duckdb.sql(f"FROM '{path}'") for path in (source, target))
    assert read.types == [*own.types, *read.types[4:]]
    assert [row[:4] for row in read.fetchall()] == own.fetchall()


ROWS = 2_500
FORMS = ["csv", "crlf.csv", "quoted.csv", "broken.csv", "jsonl", "spaced.jsonl", "parquet"]


@pytest.mark.parametrize("times", [False, True], ids=["days", "times"])
@pytest.mark.parametrize("form", FORMS)
def test_every_row_has_its_own_answer(  # noqa: C901, PLR0915  a list in every form
    registry, tmp_path, monkeypatch, form, times
):
    """Lists of three blocks or more: the answer of every row is that of ``check``."""
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet  # noqa: PLC0415

    from visamap.screen import arrow, blocks  # noqa: PLC0415

    monkeypatch.setattr(blocks, "CSV_BYTES", 1 << 16)
    monkeypatch.setattr(blocks, "LEAST", 1 << 13)
    monkeypatch.setattr(blocks, "JSON_BYTES", 1 << 16)
    monkeypatch.setattr(arrow, "ROWS", 750)
    chance = random.Random(7)  # noqa: S311  the same list in every run
    codes = chance.sample(sorted(registry.index.tables["countries"]), 60)
    first = date(2013, 1, 1)
    listed = []
    for number in range(ROWS):
        arrival = first + timedelta(chance.randrange(40) * 113)
        left = (arrival + timedelta(chance.choice([9, 29, 59, 89]))).isoformat()
        at = f"T{number % 24:02}:{number % 60:02}:{number % 59:02}" if times else ""
        passport = chance.choice(["ordinary", "", "diplomatic"])
        listed.append(
            (f"row {number}", chance.choice(codes), arrival, at, left, passport, "x" * 60)
        )
    names = ["id", "nationality", "arrival", "departure", "passport", "note"]
    rows = [(a, b, f"{day}{at}", left, d, e) for a, b, day, at, left, d, e in listed]
    kind = form.rpartition(".")[2]
    source, target = tmp_path / f"in.{kind}", tmp_path / f"out.{kind}"
    broken = set()
    if kind == "parquet":
        columns = [pa.array(column) for column in zip(*rows, strict=True)]
        table = pa.Table.from_arrays(columns, names)
        parquet.write_table(table, source, row_group_size=1_100)
    elif kind == "jsonl":
        form_of = {"separators": (",", ":")} if form == "jsonl" else {}
        lines = [json.dumps(dict(zip(names, row, strict=True)), **form_of) for row in rows]
        source.write_text("\n".join(lines))
    else:
        end = "\r\n" if form == "crlf.csv" else "\n"
        mark = '"' if form == "quoted.csv" else ""
        lines = [",".join(f"{mark}{cell}{mark}" for cell in row) for row in rows]
        if form == "broken.csv":
            broken = set(range(5, ROWS, 501))
            for number in broken:
                lines[number] = chance.choice(['x,"y', "x", lines[number] + ",more", 'x,"y"z'])
        source.write_text(end.join([",".join(names), *lines]), newline="")
    home = registry.entering("UZB") if times else registry
    done = home.screen(source, target, engine="arrow")
    assert done.rows == len(listed)
    if kind == "parquet":
        found = parquet.read_table(target).to_pylist()
    elif kind == "jsonl":
        found = [json.loads(line) for line in target.read_text().splitlines()]
    else:
        found = list(csv.DictReader(io.StringIO(target.read_text())))
    check = cache(home.check)
    for number, (wanted, row) in enumerate(zip(listed, found, strict=True)):
        if number in broken:
            assert row["problem"], number
            continue
        name, code, arrival, _, left, passport, _ = wanted
        days = (date.fromisoformat(left) - arrival).days + 1
        right = expected(check(code, on=arrival, passport=passport or "ordinary", days=days))
        answered = tuple(row[added] for added in ADDED)
        if kind == "csv":
            right = tuple("" if one is None else str(one) for one in right)
            answered = tuple({"true": "True", "false": "False"}.get(one, one) for one in answered)
        assert (row["id"], answered) == (name, right)


def test_the_summary_counts_those_who_may_not_stay_so_long(registry, tmp_path):
    source = tmp_path / "in.csv"
    source.write_text(
        "nationality,arrival,departure\nTHA,2025-06-01,2025-06-10\nTHA,2025-06-01,2025-12-01\n"
        "THA,0900-01-01,\n"
    )
    for engine in ("plain", "arrow"):
        found = registry.screen(source, tmp_path / "out.csv", engine=engine, overwrite=True)
        assert found.too_long == 1
        assert found.reasons == {"unilateral": 2, "not_covered": 1}
        said = text(found)
        assert "1  of these plan a longer stay than they are allowed" in said
        assert "(not_covered)" in said


def test_a_plain_list_and_its_answers(registry, messy):
    target = messy.with_name("out.csv")
    registry.screen(messy, target, columns=MAP, engine="plain")
    rows = {row["Name"]: row for row in cells(target)}
    assert {name: row["problem"] for name, row in rows.items() if row["problem"]} == {
        "=cmd()": "unknown-nationality; bad-departure",
        "@x": "ambiguous-nationality",
        "a": "unknown-nationality",
        "b": "bad-arrival",
        "c": "no-arrival",
        "d": "unknown-nationality; departure-before-arrival",
        "e": "departure-before-arrival",
        "f": "unknown-passport",
        "h": "bad-departure",
        **dict.fromkeys("ijkm", "bad-arrival"),
        "s": "unknown-nationality; bad-arrival",
    }
    assert rows["=cmd()"]["suggestion"] == "Thailand (THA)"
    assert rows["b"]["suggestion"] == "2025-01-02 / 2025-02-01"
    # A departure or a kind of passport that cannot be read stands beside a verdict.
    assert (rows["f"]["verdict"], rows["h"]["verdict"]) == ("visa_required", "unknown")
    smith = rows["Smith; John"]
    assert (smith["verdict"], smith["max_stay_days"], smith["visit_alone_visa_free"]) == (
        "visa_free",
        "30",
        "true",
    )
    assert smith["Note"] == "007"
    assert rows["@x"]["Note"] == "two\nlines"
    assert rows["=cmd()"]["Note"] == "1.10"
    assert rows["g"]["verdict"] == "citizen"
    assert (rows["r"]["verdict"], rows["r"]["visit_alone_visa_free"]) == ("visa_free", "true")

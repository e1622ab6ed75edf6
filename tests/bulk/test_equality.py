"""The engines and the plain path say what ``check`` says, row for row."""

import json

import pytest
from bulk_lists import MAP, cells

from visamap.bulk.rules import RuleBook
from visamap.bulk.plain import Reader


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
    )


def test_every_nationality_passport_and_500_days_are_answered_as_check_does(
    registry, everyone_screened
):
    duckdb = pytest.importorskip("duckdb")
    reader = Reader(RuleBook(registry.index))
    rows = duckdb.connect().execute(f"FROM '{everyone_screened}'")
    seen = 0
    while batch := rows.fetchmany(50_000):
        for number, code, arrival, departure, passport, *answered in batch:
            seen += 1
            assert number == seen, "a row is missing or there twice"
            days = (departure - arrival).days + 1 if departure else None
            right = expected(registry.check(code, on=arrival, passport=passport, days=days))
            assert tuple(answered) == right, (code, arrival, departure, passport)
            left = departure.isoformat() if departure else ""
            assert reader.answer(code, passport, arrival.isoformat(), left) == right
    assert seen == len(registry.index.tables["countries"]) * 6 * 500


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
        assert list(json.loads(after))[-1] == "reason"
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
    assert done.problems == {"unknown-nationality": 600, "unknown-passport": 100}
    own, read = (duckdb.sql(f"FROM '{path}'") for path in (source, target))
    assert read.types == [*own.types, *read.types[4:]]
    assert [row[:4] for row in read.fetchall()] == own.fetchall()


def test_rows_stay_in_order_through_many_blocks(registry, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    names = "['THA', 'Atlantis', 'DEU', 'Congo', '']"
    duckdb.connect().execute(
        f"""COPY (
            SELECT range AS id, {names}[(1 + hash(range) % 5)::INTEGER] AS nationality,
              DATE '2012-01-01' + (hash(range * 7) % 5000)::INTEGER AS arrival
            FROM range(400000)
        ) TO '{source}'"""  # noqa: S608
    )
    done = registry.screen(source, target, engine="arrow")
    assert done.rows == 400_000
    with target.open(encoding="utf-8") as file:
        next(file)
        for number, line in enumerate(file):
            assert line.startswith(f"{number},")


def test_a_plain_list_and_its_answers(registry, messy):
    target = messy.with_name("out.csv")
    registry.screen(messy, target, columns=MAP, engine="plain")
    rows = {row["Name"]: row for row in cells(target)}
    assert [row["problem"] for row in rows.values()] == [
        "",
        "unknown-nationality",
        "ambiguous-nationality",
        "",
        "unknown-nationality",
        "bad-arrival",
        "no-arrival",
        "unknown-nationality",
        "departure-before-arrival",
        "unknown-passport",
        "",
        "bad-departure",
        "bad-arrival",
        "bad-arrival",
        "bad-arrival",
        "",
        "bad-arrival",
        "bad-departure",
        "",
        "",
        "",
    ]
    smith = rows["Smith; John"]
    assert (smith["verdict"], smith["max_stay_days"], smith["stay_allowed"]) == (
        "visa_free",
        "30",
        "true",
    )
    assert smith["Note"] == "007"
    assert rows["@x"]["Note"] == "two\nlines"
    assert rows["=cmd()"]["Note"] == "1.10"
    assert rows["g"]["verdict"] == "citizen"

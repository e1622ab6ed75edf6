"""Spark on this machine, with a real Java: the same answers as one machine, row for row."""

from datetime import datetime

import pytest
from screen_lists import BROKEN_CSV, BROKEN_LINES, MAP, cells

from visamap.errors import OutputExistsError, WrongUsageError

pytestmark = [
    pytest.mark.xdist_group("spark"),  # one session is enough
    pytest.mark.usefixtures("spark"),
    # Spark's own: sockets that Java closes, libraries newer than it has been tested with.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def engine():
    from visamap.screen import spark as engine  # noqa: PLC0415

    return engine


def rows_of(answered):
    return [tuple(row) for row in answered.collect()]


def test_every_nationality_and_passport_as_one_machine(
    spark, engine, everyone, everyone_screened, tmp_path
):
    duckdb = pytest.importorskip("duckdb")
    spark.conf.set("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED")
    spark.conf.set("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED")
    engine.screen(spark.read.parquet(str(everyone))).write.parquet(f"{tmp_path}/out.parquet")
    ours, theirs = f"'{everyone_screened}'", f"'{tmp_path}/out.parquet/*.parquet'"
    con = duckdb.connect()
    assert con.execute(f"SELECT count(*) FROM {theirs}").fetchone()[0] > 9_000  # noqa: S608
    for one, other in ((ours, theirs), (theirs, ours)):
        differing = con.execute(f"(FROM {one}) EXCEPT ALL (FROM {other})")
        assert differing.fetchmany(3) == []


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_messy_list_in_each_form_as_one_machine(registry, messy, form):
    pytest.importorskip("duckdb")
    fast, target = messy.with_name(f"arrow.{form}"), messy.with_name(f"spark.{form}")
    first = registry.screen(messy, fast, columns=MAP, engine="arrow")
    second = registry.screen(messy, target, columns=MAP, engine="spark")
    assert first[3:] == second[3:]
    if form == "csv":
        assert cells(fast) == cells(target)
    elif form == "jsonl":
        parts = sorted(target.glob("part-*"))
        text = "".join(part.read_text(encoding="utf-8") for part in parts)
        assert text == fast.read_text(encoding="utf-8")
    else:
        import duckdb  # noqa: PLC0415

        one, other = (
            duckdb.sql(f"FROM '{path}' ORDER BY Name").fetchall()
            for path in (fast, f"{target}/*.parquet")
        )
        assert one == other


def test_objects_pass_through_spark_as_they_were_written(registry, tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text(
        '{"nationality":"Thailand","arrival":"2025-01-01","n":1.10}\n\n'
        '{ "nationality" : "Tailand" , "arrival":"2025-01-01", "x":[1, {"a":"}"}] }\n{}\n',
        encoding="utf-8",
    )
    pytest.importorskip("duckdb")
    registry.screen(source, tmp_path / "one.jsonl", engine="arrow")
    registry.screen(source, tmp_path / "two.jsonl", engine="spark")
    parts = sorted((tmp_path / "two.jsonl").glob("part-*"))
    text = "".join(part.read_text(encoding="utf-8") for part in parts)
    assert text == (tmp_path / "one.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize(
    ("source", "content"), [("in.csv", BROKEN_CSV), ("in.jsonl", BROKEN_LINES)]
)
def test_broken_rows_keep_their_place_as_by_one_machine(
    registry, tmp_path, source, content, target
):
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / source).write_bytes(content)
    one, other = tmp_path / f"one.{target}", tmp_path / f"other.{target}"
    first = registry.screen(tmp_path / source, one, engine="arrow")
    second = registry.screen(tmp_path / source, other, engine="spark")
    assert first[3:] == second[3:]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [source, one.name, other.name]
    )
    if target == "csv":
        assert cells(one, ",") == cells(other, ",")
    elif target == "jsonl":
        parts = sorted(other.glob("part-*"))
        text = "".join(part.read_text(encoding="utf-8") for part in parts)
        assert text == one.read_text(encoding="utf-8")
    else:
        ours = duckdb.sql(f"FROM '{one}'").fetchall()
        theirs = duckdb.sql(f"FROM '{other}/*.parquet'").fetchall()
        assert sorted(ours, key=str) == sorted(theirs, key=str)


def test_a_data_frame_keeps_its_columns_and_a_moment_is_a_day_in_utc(spark, engine):
    listed = spark.sql(
        """SELECT 'THA' AS `Nat.1`, TIMESTAMP '2025-08-13 00:30:00+05:00' AS arrival,
        TIMESTAMP_NTZ '2025-08-14 23:59:00' AS departure, array(1, 2) AS list"""
    )
    (row,) = engine.screen(listed, columns={"nationality": "Nat.1"}, prefix="kz_").collect()
    assert row["list"] == [1, 2]
    assert row["Nat.1"] == "THA"
    assert row["kz_verdict"] == "visa_free"
    assert row["kz_visit_alone_visa_free"] is True
    # The 12th in UTC: the day before the treaty.
    assert row["kz_regime"] == "wave-693-2019-unseen-in-2025"
    assert isinstance(row["departure"], datetime)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT 1 AS x", "no column 'nationality'"),
        (
            "SELECT array('THA') AS nationality, '2025-01-01' AS arrival",
            "is not read as nationality",
        ),
        ("SELECT 'THA' AS nationality, 5 AS arrival", "is not read as arrival"),
        ("SELECT 'THA' AS nationality, '' AS arrival, 1 AS verdict", "--prefix"),
    ],
)
def test_a_data_frame_without_the_columns_is_refused(spark, engine, query, said):
    with pytest.raises(WrongUsageError, match=said):
        engine.screen(spark.sql(query))


def test_files_are_refused_as_by_the_other_engine(registry, tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("nationality,arrival\nTHA,2025-06-01\n", encoding="utf-16-le")
    with pytest.raises(WrongUsageError, match="not text in UTF-8"):
        registry.screen(source, tmp_path / "out.csv", engine="spark")
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(OutputExistsError):
        registry.screen(source, tmp_path / "out.csv", engine="spark")
    source.write_text("nationality,arrival\nTHA,2025-06-01\n")
    done = registry.screen(source, tmp_path / "out.csv", engine="spark", overwrite=True)
    assert done.verdicts == {"visa_free": 1}

"""Lists for the engines: every nationality, passport and many days; one as people make it."""

import os
import random
import shutil
from datetime import date, timedelta

import pytest
from screen_lists import DAYS, MESSY

FIRST, LAST = date(2010, 1, 1), date(2028, 12, 31)


@pytest.fixture
def messy(tmp_path):
    path = tmp_path / "messy.csv"
    path.write_text(MESSY, encoding="utf-8", newline="")
    return path


@pytest.fixture(scope="session")
def everyone(registry, tmp_path_factory):
    """A Parquet list of all nationalities, passports and many days, to two destinations."""
    duckdb = pytest.importorskip("duckdb")
    from visamap.vocabulary import PASSPORTS  # noqa: PLC0415

    chance = random.Random(5)  # noqa: S311  the same days in every run
    span = (LAST - FIRST).days
    days = sorted({FIRST + timedelta(n) for n in chance.sample(range(span), DAYS - 6)})
    days += [date.min, date(1, 1, 2), date(1991, 12, 16), date(2099, 1, 1), date.max, date.max]
    path = tmp_path_factory.mktemp("lists") / "everyone.parquet"
    con = duckdb.connect()
    con.execute(
        f"""COPY (
            SELECT row_number() OVER () AS id, code AS nationality, day AS arrival,
              CASE WHEN hash(day, code) % 3 > 0 AND day < DATE '9999-01-01'
                THEN day + (hash(code, day) % 120)::INTEGER END AS departure, passport,
              CASE hash(passport, day, code) % 3 WHEN 0 THEN 'UZB' WHEN 1 THEN 'Özbekistan' END
                AS destination
            FROM (SELECT unnest($codes) AS code), (SELECT unnest($passports) AS passport),
              (SELECT unnest($days) AS day)
            ORDER BY id
        ) TO '{path}'""",  # noqa: S608
        {
            "codes": sorted(registry.index.tables["countries"]),
            "passports": list(PASSPORTS),
            "days": days,
        },
    )
    return path


@pytest.fixture(scope="session")
def everyone_screened(registry, everyone):
    target = everyone.with_name("screened.parquet")
    registry.screen(everyone, target, engine="arrow")
    return target


@pytest.fixture(scope="session")
def spark():
    pytest.importorskip("pyspark", reason="the extra spark is not installed")
    if not (shutil.which("java") or "JAVA_HOME" in os.environ):
        pytest.skip("no Java runtime on this machine; Spark needs one")
    from visamap.screen.spark import session  # noqa: PLC0415

    started = session(
        "local[2]",
        {
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.session.timeZone": "Asia/Almaty",  # which must not move a day
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
        },
    )
    yield started
    started.stop()

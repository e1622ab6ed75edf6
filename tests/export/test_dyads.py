"""The table for research says what ``check`` says, in the codes that other panels use."""

import csv
import io
import json
import random
from datetime import date, timedelta

import pytest

from visamap.domain.verdict import NATIONAL_KINDS
from visamap.export.formats import dyads_made, rows
from visamap.vocabulary import DESTINATIONS

DAYS = {"jan_1": (1, 1), "jul_1": (7, 1)}
LAST = 2026


@pytest.fixture(scope="module")
def exported(registry):
    return registry.dyads()


@pytest.fixture(scope="module")
def dyads(exported):
    return rows(exported.table("dyads"))


@pytest.fixture(scope="module")
def by_key(dyads):
    return {(row["nationality"], row["destination"], row["year"]): row for row in dyads}


def test_the_panel_is_balanced(dyads, by_key, registry):
    codes = {row["nationality"] for row in dyads}
    assert {registry.index.kind(code) for code in codes} <= NATIONAL_KINDS
    assert len(by_key) == len(dyads) == len(codes) * len(DESTINATIONS) * (LAST - 2012 + 1) > 15_000
    kinds = registry.index.kind
    assert {code for code in registry.index.nationalities if kinds(code) == "state"} <= codes


def test_rows_say_what_check_says(dyads, registry):
    for row in random.Random(22).sample(dyads, 400):  # noqa: S311
        there = registry.entering(row["destination"])
        for mark, (month, day) in DAYS.items():
            answer = there.check(row["nationality"], on=date(row["year"], month, day))
            covered = answer.reason not in {"not_covered", "document_unknown"}
            assert row[f"state_{mark}"] == (answer.verdict if covered else None)
            assert row[f"reason_{mark}"] == answer.reason
            assert row[f"stay_{mark}"] == answer.max_stay_days
            assert row[f"basis_{mark}"] == (answer.regime and answer.regime.basis)
            assert row[f"confidence_{mark}"] == answer.confidence
            closed = any(one.kind == "border-closed" and one.certain for one in answer.advisories)
            code = {"visa_free": 0, "visa_required": 1}.get(answer.verdict)
            assert row[f"demig_{mark}"] == code or (row[f"demig_{mark}"] == 2 and closed)
            openness = {
                "visa_free": 1,
                "visa_required": 0.5 if answer.visas.e_visa else 0,
            }.get(answer.verdict)
            assert row[f"openness_at_least_{mark}"] == openness


@pytest.mark.parametrize(
    "key",
    [
        ("DEU", "KAZ", 2020),  # its list is suspended in April
        ("UZB", "TJK", 2018),  # begins inside bounds
        ("FRA", "UZB", 2018),  # covered from February, free from October
        ("KOR", "KAZ", 2014),  # an agreement begins
        ("TUR", "TJK", 2024),  # leaves the list
    ],
)
def test_days_are_those_that_check_counts(by_key, registry, key):
    code, home, year = key
    there, first = registry.entering(home), date(year, 1, 1)
    answers = [
        there.check(code, on=first + timedelta(days=n)).verdict
        for n in range((date(year + 1, 1, 1) - first).days)
    ]
    row = by_key[key]
    assert row["days_in_force"] == answers.count("visa_free")
    assert row["days_unknown"] == answers.count("unknown")
    assert 0 < row["days_in_force"] < len(answers)


def test_states_have_the_numbers_of_the_lists(by_key):
    """The usual traps: Romania and Dominica, Kosovo, and where the two lists part."""
    numbers = {
        "ROU": ("ROU", 360, 360),
        "DMA": ("DMA", 54, 54),
        "DOM": ("DOM", 42, 42),
        "XKX": (None, 347, 347),
        "DEU": ("DEU", 260, 255),
        "SRB": ("SRB", 340, 345),
        "YEM": ("YEM", 678, 679),
        "VAT": ("VAT", None, None),
        "GRL": ("GRL", None, None),
        "TWN": ("TWN", 713, 713),
    }
    for code, wanted in numbers.items():
        row = by_key[code, "UZB", 2019]
        assert (row["iso3"], row["gwcode"], row["cown"]) == wanted
        assert (row["destination_gwcode"], row["destination_cown"]) == (704, 704)


def test_only_who_alone_is_kept_out_is_not_admitted(dyads, by_key):
    barred = {
        (row["nationality"], row["destination"])
        for row in dyads
        if 2 in (row["demig_jan_1"], row["demig_jul_1"])
    }
    assert barred == {("KGZ", "TJK"), ("TJK", "KGZ")}
    assert by_key["KGZ", "TJK", 2024]["demig_jul_1"] == 2
    assert by_key["KGZ", "TJK", 2024]["state_jul_1"] == "visa_free"  # the law stays what it is
    assert by_key["DEU", "UZB", 2020]["demig_jul_1"] == 0  # closed to all: no blacklist


def test_each_form_holds_the_same_and_the_codebook_every_column(exported, dyads):
    listed = list(csv.DictReader(io.StringIO(dyads_made(exported, "csv").file.decode())))
    assert len(listed) == len(dyads)
    assert [row["demig_jan_1"] for row in listed[:50]] == [
        "" if row["demig_jan_1"] is None else str(row["demig_jan_1"]) for row in dyads[:50]
    ]
    files = dyads_made(exported, "").files
    package = json.loads(files["datapackage.json"])
    named = {one["name"]: one for one in package["resources"]}["dyads"]["schema"]["fields"]
    assert [field["name"] for field in named] == list(dyads[0])
    assert package["sources"][0]["path"].startswith("http")
    book = dyads_made(exported, "md").file.decode()
    assert files["README.md"].decode() == book
    for field in exported.table("dyads").fields:
        assert f"## {field.name}\n\n{field.type}" in book
        assert field.description in book

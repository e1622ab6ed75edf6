"""Ranks from a handful of rows: which edition is the latest, what changed, what is told apart."""

from datetime import date

import pytest
from kit import COUNTRIES, dataset, records_of

from visamap.domain.ranks import ranks, remarks
from visamap.errors import UnknownRecordError
from visamap.results.abroad_results import Rank, RanksAsked, over_time
from visamap.schema.mobility import PublishedRank, SnapshotRow
from visamap.store.index import Index

INDEX = {
    "name": "An Index",
    "publisher": "A Firm",
    "formula": "open destinations",
    "method": "One point each.",
    "tie_rule": "dense",
    "visa_free_counts": "visa-free",
    "ties": "Ties share a rank.",
    "passports": 3,
    "destinations": 2,
    "url": "https://example.org",
}
FORMULA = {"formula": "some destinations", "method": "Worked out."}
PUBLISHED, SNAPSHOTS = tuple(PublishedRank.model_fields), tuple(SnapshotRow.model_fields)


def edition(name, rank, index="henley", **fields):
    base = dict.fromkeys(PUBLISHED)
    base |= {"index": index, "edition": name, "passport": "XAA", "rank": rank}
    return list({**base, "confidence": "high", "sources": ["a-source"], **fields}.values())


def snapshot(day, rank, **fields):
    base = dict.fromkeys(SNAPSHOTS)
    base |= {"snapshot": day, "passport": "XAA", "rank": rank, "of": 9, "score": 5, "passports": 3}
    base |= {"competition_rank": rank, "individual_rank": rank, "basis": "exact"}
    return list({**base, **fields}.values())


def index_of(*published, snapshots=()):
    table = {
        "indexes": {"henley": INDEX, "passport-index": INDEX},
        "formulas": dict.fromkeys(("visa-free", "henley", "passport-index", "plain"), FORMULA),
        "published_columns": PUBLISHED,
        "published": published,
        "snapshot_columns": SNAPSHOTS,
        "snapshots": snapshots,
        "snapshot_sources": ["a-source"],
        "sources": {
            "a-source": ["https://example.org", "news"],
            "github-passport-index-data": ["https://example.org/data", "dataset"],
        },
    }
    apart = {"ranks": table}.__getitem__
    return Index(records_of(dataset()), COUNTRIES, apart=apart)


def asked(passports=("XAA",), edition="all", index=None, since=None, on=None, formula=None):
    return RanksAsked(passports, edition, index, since, on, formula)


def test_change_is_told_since_the_newest_edition_that_is_certainly_older():
    index = index_of(
        edition("2023-10", 70), edition("2024", 64), edition("2024-07", 66), edition("2025-01", 60)
    )
    found = {one.edition: one for one in ranks(index, asked())}
    # The year's edition may be older or younger than that of July.
    assert (found["2024-07"].previous_edition, found["2024-07"].change_since_previous) == (
        "2023-10",
        4,
    )
    assert (found["2025-01"].previous_edition, found["2025-01"].change_since_previous) == (
        "2024",
        4,
    )
    assert found["2023-10"].change_since_previous is None
    assert [one.edition for one in found.values() if one.latest] == ["2025-01"]


def test_doubtful_editions_are_told_and_not_compared_with():
    index = index_of(
        edition("2023", 70), edition("2024", 10, confidence="low"), edition("2025", 68)
    )
    found = ranks(index, asked())
    assert [one.rank for one in found] == [70, 10, 68]
    assert (found[2].change_since_previous, found[2].trend) == (2, (70, 68))


def test_an_edition_without_rank_keeps_its_score():
    one = ranks(index_of(edition("2024", None, score=76)), asked())[0]
    assert (one.rank, one.score, one.change_since_previous, one.trend) == (None, 76, None, ())


def test_a_time_of_its_own_orders_an_edition_that_names_only_its_year():
    index = index_of(edition("2025", 61, as_of="2025-09"), edition("2025-07", 63))
    assert [one.edition for one in ranks(index, asked())] == ["2025-07", "2025"]
    assert ranks(index, asked(edition="latest"))[0].edition == "2025"


def test_published_and_recomputed_ranks_are_never_one_list():
    index = index_of(edition("2024", 54, "passport-index"), snapshots=[snapshot("2024-12-04", 51)])
    found = ranks(index, asked(edition="latest"))
    assert [(one.published, one.rank, one.formula) for one in found] == [
        (True, 54, None),
        (False, 51, "passport-index"),
    ]
    assert {note.code for note in remarks(index, found, asked().passports, None)} == {
        "rank_published",
        "rank_recomputed",
    }


@pytest.mark.parametrize(
    ("filters", "editions"),
    [
        ({"on": date(2024, 8, 1)}, ["2023-01", "2024-07"]),
        ({"since": date(2024, 1, 1)}, ["2024-07", "2025-01"]),
        ({"on": date(2024, 8, 1), "edition": "latest"}, ["2024-07"]),
        ({"edition": "2024"}, ["2024-07"]),
        ({"edition": "2025-01"}, ["2025-01"]),
        ({"index": "passport-index"}, []),
        ({"formula": "henley"}, []),
    ],
)
def test_filters(filters, editions):
    index = index_of(edition("2023-01", 3), edition("2024-07", 2), edition("2025-01", 1))
    assert [one.edition for one in ranks(index, asked(**filters))] == editions


def test_an_edition_that_does_not_exist_is_an_error_that_names_close_ones():
    with pytest.raises(UnknownRecordError, match="2025-01"):
        ranks(index_of(edition("2025-01", 1)), asked(edition="2025-02"))


def test_a_full_matrix_ranks_any_passport():
    matrix = {
        "as_of": "2026-10-01",
        "pairs": {
            "XAA": {"XBB": ["visa_free", 30], "XCC": ["e_visa", None]},
            "XBB": {"XAA": ["visa_free", 30], "XCC": ["visa_on_arrival", 30]},
            "XCC": {"XAA": ["visa_required", None], "XBB": ["eta", None]},
        },
    }
    wanted = asked(("XAA", "XCC"))
    index = index_of()
    found = ranks(index, wanted, matrix)
    assert [(one.passport, one.rank, one.of, one.score) for one in found] == [
        ("XAA", 2, 2, 1),
        ("XCC", 2, 2, 1),
    ]
    assert {(one.formula, one.published, one.confidence) for one in found} == {
        ("plain", False, "high")
    }
    upper = ranks(index, wanted._replace(formula="passport-index"), matrix)
    assert [(one.rank, one.score, one.confidence) for one in upper] == [
        (1, 2, "low"),
        (2, 1, "low"),
    ]
    assert "rank_matrix_e_visas" in {
        note.code for note in remarks(index, upper, wanted.passports, matrix)
    }


def test_the_highest_possible_score_is_not_compared_with_an_estimated_one():
    pairs = {"XAA": {"XBB": ["e_visa", None]}, "XBB": {"XAA": ["visa_required", None]}}
    matrix = {"as_of": "2026-10-01", "pairs": pairs}
    index = index_of(snapshots=[snapshot("2026-02-17", 2, basis="estimated")])
    found = ranks(index, asked(formula="passport-index", edition="latest"), matrix)
    assert [(one.edition, one.change_since_previous) for one in found] == [("2026-10-01", None)]


def ranked(as_of, *, latest=False, confidence="high"):
    return Rank(*[None] * len(Rank._fields))._replace(
        passport="XAA", as_of=as_of, rank=1, latest=latest, confidence=confidence
    )


@pytest.mark.parametrize(
    ("editions", "drawn"),
    [
        ([ranked("2025"), ranked("2025-03")], ["2025-03"]),
        ([ranked("2025", latest=True), ranked("2025-03")], ["2025"]),
        ([ranked("2025-01"), ranked("2025-01-19", confidence="low")], ["2025-01"]),
        ([ranked("2024"), ranked("2025-01-19")], ["2024", "2025-01-19"]),
    ],
)
def test_a_line_over_time_ends_with_the_edition_that_the_table_shows(editions, drawn):
    assert [one.as_of for one in over_time(editions)] == drawn


def test_a_passport_without_rows_is_remarked_on():
    wanted = asked(("XBB",))
    notes = list(remarks(index_of(), [], wanted.passports, None))
    assert [note.code for note in notes] == ["no_ranks_bundled"]

"""The rows behind every rank: published ones, those of the snapshots, those of a full matrix.

Published rows are told as they were published. Those of a snapshot carry ranks that were worked out
among all of its passports when the data was made; those of a matrix are worked out here. No row is
compared with another.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

from visamap.figures import Formula, SnapshotBasis
from visamap.index import Index, Tables
from visamap.periods import PartialDate
from visamap.queries.mobility import counted, ranked, score
from visamap.results.parts import SourceRef, law_first
from visamap.results.ranks import Matrix, Rank
from visamap.vocabulary import Confidence

RECOMPUTED: Formula = "passport-index"
"""The index whose data the snapshots and the matrix are, and its own formula."""
FRESH_SOURCE = "github-passport-index-data"
CONFIDENCE: dict[SnapshotBasis, Confidence] = {
    "exact": "high",
    "estimated": "medium",
    "binary": "medium",
    "stale-copy": "low",
}
COUNTS = (
    *("visa_free", "visa_on_arrival", "eta", "e_visa", "fast_e_visa", "not_counted_voa"),
    *("visa_required", "no_admission", "covid_ban"),
)


class Dated(NamedTuple):
    """A rank with the time it speaks for."""

    time: PartialDate
    rank: Rank

    @property
    def place(self) -> Any:
        """What editions are ordered by: one that names a month stands for all of it."""
        return self.time.last, self.time.first


def held(table: Tables) -> frozenset[str]:
    """Return the passports of which the bundled data holds a rank."""
    return frozenset(
        row[table[columns].index("passport")]
        for rows, columns in (("published", "published_columns"), ("snapshots", "snapshot_columns"))
        for row in table[rows]
    )


def published(index: Index, table: Tables, wanted: Collection[str]) -> Iterator[Dated]:
    """Yield what the indexes published about the passports."""
    columns = table["published_columns"]
    source = _sources(table)
    for values in table["published"]:
        row = dict(zip(columns, values, strict=True))
        if row["passport"] not in wanted:
            continue
        about = table["indexes"][row["index"]]
        time = PartialDate.parse(row["as_of"] or row["edition"])
        yield Dated(
            time,
            _bare(index, row["index"], about, row["passport"])._replace(
                edition=row["edition"],
                rank=row["rank"],
                of=row["of"],
                score=row["score"],
                visa_free=row["visa_free"],
                confidence=row["confidence"],
                sources=law_first(map(source, row["sources"])),
                as_of=time.text,
                note=row["note"],
                visa_free_counts=about["visa_free_counts"],
            ),
        )


def recomputed(
    index: Index, table: Tables, wanted: Collection[str], formula: Formula
) -> Iterator[Dated]:
    """Yield where the passports stand in each snapshot under a formula."""
    columns = table["snapshot_columns"]
    sources = law_first(map(_sources(table), table["snapshot_sources"]))
    own = formula == RECOMPUTED
    about = table["indexes"][RECOMPUTED]
    for values in table["snapshots"]:
        row = dict(zip(columns, values, strict=True))
        prefix = "" if own else f"{formula.replace('-', '_')}_"
        if row["passport"] not in wanted or row[f"{prefix}rank"] is None:
            continue
        counts = {word: row[word] for word in COUNTS if row[word] is not None}
        points = row["score"] if own else score(counts, formula)
        yield Dated(
            PartialDate.parse(row["snapshot"]),
            _bare(index, RECOMPUTED, about, row["passport"])._replace(
                edition=row["snapshot"],
                rank=row[f"{prefix}rank"],
                of=row[f"{prefix}of"],
                score=points,
                visa_free=row["visa_free"],
                published=False,
                method=table["formulas"][formula]["formula"],
                confidence=CONFIDENCE[row["basis"]],
                sources=sources,
                formula=formula,
                as_of=row["copy_of"] or row["snapshot"],
                competition_rank=row["competition_rank"] if own else None,
                individual_rank=row["individual_rank"] if own else None,
                counts=counts,
                basis=row["basis"],
            ),
        )


def fresh(
    index: Index, table: Tables, wanted: Collection[str], formula: Formula, matrix: Matrix
) -> Iterator[Dated]:
    """Yield the places in a full matrix; its e-visas are not told apart by their speed."""
    pairs = matrix["pairs"]
    places = ranked(pairs, formula, "dense")
    about = table["indexes"][RECOMPUTED]
    url = matrix.get("url")
    known = SourceRef(FRESH_SOURCE, url or table["sources"][FRESH_SOURCE][0], "dataset")
    for code in wanted:
        if code not in places:
            continue
        counts = dict(counted(pairs[code]))
        yield Dated(
            PartialDate.parse(matrix["as_of"]),
            _bare(index, RECOMPUTED, about, code)._replace(
                edition=matrix["as_of"],
                rank=places[code].rank,
                of=places[code].of,
                score=places[code].score,
                visa_free=counts.get("visa_free", 0),
                published=False,
                method=table["formulas"][formula]["formula"],
                confidence="low" if formula == RECOMPUTED else "high",
                sources=(known,),
                formula=formula,
                as_of=matrix["as_of"],
                passports=len(pairs),
                counts=counts,
                basis="estimated" if formula == RECOMPUTED else "exact",
            ),
        )


def _bare(index: Index, name: str, about: Tables, passport: str) -> Rank:
    """Return a rank of which only the list and the passport are filled in."""
    return Rank(
        index=name,
        edition="",
        passport=passport,
        name=index.country(passport).name,
        rank=None,
        of=None,
        score=None,
        visa_free=None,
        published=True,
        method=about["formula"],
        confidence="low",
        sources=(),
        formula=None,
        tie_rule=about["tie_rule"],
        passports=about["passports"],
        destinations=about["destinations"],
        as_of="",
        latest=False,
        previous_edition=None,
        previous_rank=None,
        change_since_previous=None,
        trend=(),
        competition_rank=None,
        individual_rank=None,
        counts=None,
        basis=None,
        note=None,
        visa_free_counts="visa-free",
    )


def _sources(table: Tables) -> Callable[[str], SourceRef]:
    return lambda source: SourceRef(source, *table["sources"][source])

"""From open destinations to scores, from scores to ranks: the formulas, and nothing but arithmetic.

One matrix gives a passport several places, as the formula and the tie rule go; neither has a
default here.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import groupby
from typing import Any, NamedTuple

from visamap.dates import PartialDate
from visamap.errors import UnknownRecordError, WrongUsageError
from visamap.i18n import fact, tr
from visamap.results.abroad_results import Matrix, Rank, RanksAsked, Series
from visamap.results.parts import Note, SourceRef
from visamap.store.index import Index, Tables
from visamap.values import made_of
from visamap.vocabulary import FORMULAS, Confidence, Formula, SnapshotBasis, TieRule

ON_ARRIVAL = ("visa_free", "visa_on_arrival", "eta")


class Standing(NamedTuple):
    """Where a passport stands in a list: its score and rank, the last rank of the list."""

    score: int
    rank: int
    of: int


def score(counts: Mapping[str, int], formula: Formula) -> int:
    """Return the score of a passport from its numbers of destinations by requirement.

    Where ``fast_e_visa`` is not counted apart, every e-visa is taken for a fast one: the score of
    "passport-index" is then the highest possible.
    """
    if formula == "visa-free":
        return counts.get("visa_free", 0)
    points = sum(counts.get(word, 0) for word in ON_ARRIVAL)
    if formula == "henley":
        return points
    points -= counts.get("not_counted_voa", 0)
    if formula == "plain":
        return points
    return points + counts.get("fast_e_visa", counts.get("e_visa", 0))


def rank_scores(scores: Mapping[str, int], tie_rule: TieRule) -> dict[str, int]:
    """Return the rank of each passport; equal scores always share one.

    "dense" gives the next score the next rank, "competition" leaves out as many as share one.
    """
    if tie_rule == "individual":
        raise ValueError("an individual rank needs more than the scores")
    held = scores.values() if tie_rule == "competition" else set(scores.values())
    rising = sorted(held)
    # As many are ahead as have a score above.
    above = {value: len(rising) - bisect_left(rising, value + 1) for value in set(scores.values())}
    return {passport: above[value] + 1 for passport, value in scores.items()}


def counted(destinations: Mapping[str, Any]) -> Counter[str]:
    """Return the numbers of destinations by requirement, from the row of a matrix.

    A cell is a requirement and the days of stay.
    """
    return Counter(cell[0] for cell in destinations.values())


def ranked(
    pairs: Mapping[str, Mapping[str, Any]], formula: Formula, tie_rule: TieRule
) -> dict[str, Standing]:
    """Return where every passport of a matrix stands."""
    scores = {passport: score(counted(row), formula) for passport, row in pairs.items()}
    places = rank_scores(scores, tie_rule)
    last = max(places.values(), default=0)
    return {passport: Standing(scores[passport], places[passport], last) for passport in scores}


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
    rows = [dict(zip(columns, values, strict=True)) for values in table["published"]]
    printed = Counter((row["index"], row["edition"], row["passport"]) for row in rows)
    for row in rows:
        if row["passport"] not in wanted:
            continue
        about = table["indexes"][row["index"]]
        time = PartialDate.parse(row["as_of"] or row["edition"])
        yield Dated(
            time,
            made_of(
                Rank,
                row,
                **_listed(index, table, row["index"], row["passport"]),
                sources=index.sources(row["sources"], "ranks"),
                as_of=time.text,
                disputed=printed[row["index"], row["edition"], row["passport"]] > 1,
                visa_free_counts=about["visa_free_counts"],
            ),
        )


def recomputed(
    index: Index, table: Tables, wanted: Collection[str], formula: Formula
) -> Iterator[Dated]:
    """Yield where the passports stand in each snapshot under a formula."""
    columns = table["snapshot_columns"]
    sources = index.sources(table["snapshot_sources"], "ranks")
    own = formula == RECOMPUTED
    prefix = "" if own else f"{formula.replace('-', '_')}_"
    for values in table["snapshots"]:
        row = dict(zip(columns, values, strict=True))
        if row["passport"] not in wanted or row[f"{prefix}rank"] is None:
            continue
        counts = {word: row[word] for word in COUNTS if row[word] is not None}
        yield Dated(
            PartialDate.parse(row["snapshot"]),
            Rank(
                **_calculated(index, table, row["passport"], formula),
                edition=row["snapshot"],
                rank=row[f"{prefix}rank"],
                of=row[f"{prefix}of"],
                score=row["score"] if own else score(counts, formula),
                visa_free=row["visa_free"],
                confidence=CONFIDENCE[row["basis"]],
                sources=sources,
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
    url = matrix.get("url")
    known = SourceRef(FRESH_SOURCE, url or table["sources"][FRESH_SOURCE][0], "dataset")
    for code in (code for code in wanted if code in places):
        counts = dict(counted(pairs[code]))
        calculated = _calculated(index, table, code, formula) | {"passports": len(pairs)}
        yield Dated(
            PartialDate.parse(matrix["as_of"]),
            Rank(
                **calculated,
                **places[code]._asdict(),
                edition=matrix["as_of"],
                visa_free=counts.get("visa_free", 0),
                confidence="low" if formula == RECOMPUTED else "high",
                sources=(known,),
                as_of=matrix["as_of"],
                counts=counts,
                basis="estimated" if formula == RECOMPUTED else "exact",
            ),
        )


def _listed(index: Index, table: Tables, name: str, passport: str) -> dict[str, Any]:
    """Return what the list and the passport say of a rank."""
    about, holder = table["indexes"][name], index.country(passport)
    return {
        "index": name,
        "passport": passport,
        "passport_country": holder,
        "name": holder.name,
        "method": about["formula"],
        "tie_rule": about["tie_rule"],
        "passports": about["passports"],
        "destinations": about["destinations"],
    }


def _calculated(index: Index, table: Tables, passport: str, formula: Formula) -> dict[str, Any]:
    """Return what is said of every rank that was not published but calculated."""
    return {
        **_listed(index, table, RECOMPUTED, passport),
        "published": False,
        "formula": formula,
        "method": table["formulas"][formula]["formula"],
    }


LATEST, ALL = "latest", "all"
TREND = 8
"""How many editions a trend shows."""


def ranks(index: Index, asked: RanksAsked, matrix: Matrix | None = None) -> list[Rank]:
    """Return the ranks asked for, by index, published ones first, by passport, oldest first."""
    table = index.apart("ranks")
    if not {*held(table), *(matrix["pairs"] if matrix else ())} & {*asked.passports}:
        names = ", ".join(fact(index.country(code).name) for code in asked.passports)
        more = tr("`visamap update` fetches the matrix that ranks all passports.")
        raise WrongUsageError(
            tr("The data has no rank for the passports of {names}.", names=names),
            "" if matrix else f" {more}",
        )
    found: list[Rank] = []
    for row in _rows(index, table, asked, matrix):
        known = [one for one in row if asked.on is None or one.time.first <= asked.on]
        if not known:
            continue
        compared = [_compared(known[: n + 1]) for n in range(len(known))]
        found += [
            one._replace(latest=one.edition == known[-1].rank.edition)
            for n, one in enumerate(compared)
            if asked.since is None or known[n].time.last >= asked.since
        ]
    if asked.edition == LATEST:
        return [one for one in found if one.latest]
    return found if asked.edition == ALL else _named(found, asked.edition)


def remarks(
    index: Index, found: Iterable[Rank], passports: Sequence[str], matrix: Matrix | None
) -> Iterator[Note]:
    """Yield the method behind each list that the answer holds, and what it does not hold."""
    table = index.apart("ranks")
    shown = list(found)
    for series in dict.fromkeys(made_of(Series, one) for one in shown):
        about = table["indexes"][series.index]
        told = about if series.published else table["formulas"][series.formula]
        yield Note(
            "rank_published" if series.published else "rank_recomputed",
            {
                **series._asdict(),
                "name": about["name"],
                "publisher": about["publisher"],
                "method": told["method"],
                "ties": about["ties"],
                "passports": about["passports"],
                "url": about["url"],
            },
        )
    if any(one.basis == "estimated" and one.confidence == "low" for one in shown):
        yield Note("rank_matrix_e_visas", {})
    missing = set(passports) - {one.passport for one in shown}
    bundled = held(table) if missing else ()
    for code in passports:
        if code in missing:
            yield Note(
                "no_ranks" if matrix or code in bundled else "no_ranks_bundled",
                {"passport": code, "name": index.country(code).name},
            )


def _rows(
    index: Index, table: Tables, asked: RanksAsked, matrix: Matrix | None
) -> Iterator[list[Dated]]:
    """Yield the editions of each list and passport, oldest first."""
    order = {name: n for n, name in enumerate(table["indexes"])}
    place = {code: n for n, code in enumerate(asked.passports)}

    def key(one: Dated) -> tuple[Any, ...]:
        rank = one.rank
        formula = FORMULAS.index(rank.formula) if rank.formula else -1
        return order[rank.index], not rank.published, formula, place[rank.passport]

    # A formula asks how the ranks come out under it; what was published has its own.
    found = list(published(index, table, place)) if asked.formula is None else []
    found += recomputed(index, table, place, asked.formula or RECOMPUTED)
    if matrix:
        # A matrix does not say which e-visas are fast: unasked it is ranked without them.
        found += fresh(index, table, place, asked.formula or "plain", matrix)
    kept = (one for one in found if asked.index in {None, one.rank.index})
    for _, group in groupby(sorted(kept, key=lambda one: (*key(one), one.place)), key):
        yield list(group)


def _compared(known: Sequence[Dated]) -> Rank:
    """Return the last of some editions with what changed since the one before it, and the trend.

    Editions of low confidence are told and never compared.
    """
    time, rank = known[-1]
    dated = {
        one.time: one.rank
        for one in known[:-1]
        if one.rank.rank and one.rank.confidence != "low" and one.time.last < time.first
    }
    earlier = list(dated.values())  # one for a time: a year's edition may be that of its January
    if rank.rank is None:
        return rank
    places = [one.rank for one in earlier if one.rank][1 - TREND :]
    before = earlier[-1] if earlier and rank.confidence != "low" else None
    return rank._replace(
        trend=(*places, rank.rank),
        previous_edition=before.edition if before else None,
        previous_rank=before.rank if before else None,
        change_since_previous=before.rank - rank.rank if before and before.rank else None,
    )


def _named(found: list[Rank], edition: str) -> list[Rank]:
    """Return the editions of that name or, without any, those within that year or month."""
    exact = [one for one in found if one.edition == edition]
    within = [one for one in found if one.edition.startswith(f"{edition}-")]
    if exact or within:
        return exact or within
    editions = list(dict.fromkeys(one.edition for one in found))
    close = get_close_matches(edition, editions, n=3)
    raise UnknownRecordError("edition", edition, close, "visamap ranks --format csv --edition all")

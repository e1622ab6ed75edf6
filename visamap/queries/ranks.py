"""Where do these passports stand, in which index and edition, by what formula, since when?

Published rows are told as they were published. Recomputed ones come from the snapshots, whose ranks
were worked out among all of their passports, and from a full matrix where there is one.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import groupby
from typing import Any

from visamap.errors import UnknownRecordError, WrongUsageError
from visamap.figures import FORMULAS
from visamap.index import Index, Tables
from visamap.language import fact, tr
from visamap.queries.rank_rows import RECOMPUTED, Dated, fresh, held, published, recomputed
from visamap.results.parts import Note
from visamap.results.ranks import Matrix, Rank, RanksAsked, Series

LATEST, ALL = "latest", "all"
TREND = 8
"""How many editions a trend shows."""


def ranks(index: Index, asked: RanksAsked, matrix: Matrix | None = None) -> list[Rank]:
    """Return the ranks asked for, by index, published ones first, by passport, oldest first.

    Raises:
        UnknownRecordError: the edition asked for does not exist.
        WrongUsageError: no rank is known of any of the passports.
    """
    table = index.apart("ranks")
    if not {*held(table), *(matrix["pairs"] if matrix else ())} & {*asked.passports}:
        names = ", ".join(fact(index.country(code).name) for code in asked.passports)
        more = tr("`visamap update` fetches the matrix that ranks all passports.")
        raise WrongUsageError(
            tr("No rank is in the data for {names}.", names=names), "" if matrix else f" {more}"
        )
    found: list[Rank] = []
    for row in _rows(index, table, asked, matrix):
        known = [one for one in row if asked.on is None or one.time.first <= asked.on]
        if not known:
            continue
        compared = [_compared(known[: n + 1]) for n in range(len(known))]
        found += [
            one._replace(latest=n == len(known) - 1)
            for n, one in enumerate(compared)
            if asked.since is None or known[n].time.last >= asked.since
        ]
    if asked.edition == LATEST:
        return [one for one in found if one.latest]
    return found if asked.edition == ALL else _named(found, asked.edition)


def remarks(
    index: Index, found: Iterable[Rank], asked: RanksAsked, matrix: Matrix | None
) -> Iterator[Note]:
    """Yield the method behind each list that the answer holds, and what it does not hold."""
    table = index.apart("ranks")
    shown = list(found)
    for series in dict.fromkeys(series_of(one) for one in shown):
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
    missing = set(asked.passports) - {one.passport for one in shown}
    bundled = held(table) if missing else ()
    for code in asked.passports:
        if code in missing:
            yield Note(
                "no_ranks" if matrix or code in bundled else "no_ranks_bundled",
                {"passport": code, "name": index.country(code).name},
            )


def series_of(one: Rank) -> Series:
    """Return the list that a rank belongs to."""
    return Series(one.index, one.published, one.formula)


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
    """Return the editions of that name, or, where there is none, those within that year or month.

    Raises:
        UnknownRecordError: there are neither.
    """
    exact = [one for one in found if one.edition == edition]
    if exact:
        return exact
    within = [one for one in found if one.edition.startswith(f"{edition}-")]
    if within:
        return within
    editions = list(dict.fromkeys(one.edition for one in found))
    close = get_close_matches(edition, editions, n=3)
    raise UnknownRecordError("edition", edition, close, "visamap ranks --format csv --edition all")

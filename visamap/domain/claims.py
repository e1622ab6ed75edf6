"""Figures of nationalities that enter, counted anew on every day that may be meant."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from visamap.dates import PartialDate
from visamap.domain.partners import POSSIBLE, History
from visamap.domain.ranks import RECOMPUTED, Dated, published, recomputed
from visamap.domain.verdict import Applied, Judgement, run_at
from visamap.results.abroad_results import ClaimAnswer, Rank
from visamap.store.index import Index, Tables
from visamap.vocabulary import (
    CENTRAL_ASIA,
    NO_FORMULA,
    PASSPORT_CLAIMS,
    Basis,
    ClaimReason,
    ClaimWhat,
    Outcome,
    Passport,
)

PASSPORT: Passport = "ordinary"
LONG_STAY = 30


class Finding(NamedTuple):
    """What our data says of a figure; ``values`` is what the sentence needs besides."""

    reason: ClaimReason
    ours: int | None = None
    possible: tuple[int, int] | None = None
    compared_with: tuple[str, ...] = ()
    values: dict[str, Any] = {}  # noqa: RUF012  a tuple's default, which nobody changes


class Tally(NamedTuple):
    """A count on one day: certain ones, the least and the most it may be.

    ``apart`` leaves out those who stand on the other ground too (partners of agreements on
    the destination's own list), as some who publish figures do.
    """

    certain: int
    apart: int
    high: int


def counted(index: Index, history: History, claim: Tables, time: PartialDate) -> Finding:
    """Lay a figure against our count on each day of its time."""
    covered = index.covered_from(PASSPORT)
    if covered is None or time.last < covered:
        return Finding("before_our_data")
    days = _days(index, history, time)
    kind = "state" if claim.get("states_only") else None
    tallies = {day: tally(index, history, claim["what"], day, kind) for day in days}
    certain = {one.certain for one in tallies.values()}
    apart = {one.apart for one in tallies.values()}
    low = min(certain | apart)
    high = max(one.high for one in tallies.values())
    claimed = claim["claimed"]
    values = {
        "certain": (min(certain), max(certain)),
        "apart": (min(apart), max(apart)),
        "one_day": time.first == time.last,
        "steady": len(set(tallies.values())) == 1,
    }
    ours = certain.pop() if len(certain) == 1 else None
    reason: ClaimReason
    if claimed == ours:
        reason = "same_count"
    elif apart == {claimed}:
        reason = "same_count_agreements_first"
    elif claimed in certain | apart:
        reason = "same_count_for_a_time"
    elif low <= claimed <= high:
        reason = "between_certain_and_possible"
    else:
        reason = "other_count"
    return Finding(reason, ours, (low, high), tuple(day.isoformat() for day in days), values)


def tally(
    index: Index, history: History, what: ClaimWhat, on: date, kind: str | None = None
) -> Tally:
    """Count on a day what a kind of figure counts; ``kind`` counts states alone."""
    certain = apart = possible = 0
    for code in index.own_nationalities(PASSPORT, on):
        if kind not in {None, index.kind(code)}:
            continue
        runs = history(code, PASSPORT)
        judgement = runs[run_at(runs, on)].judgement
        sure, alone, maybe = _counts(judgement, what)
        certain += sure
        apart += alone
        possible += maybe and not sure
    return Tally(certain, apart, certain + possible)


def _counts(judgement: Judgement, what: ClaimWhat) -> tuple[bool, bool, bool]:
    """Tell whether one is counted for certain, on that ground alone, or perhaps."""
    rules = judgement.holding
    maybe = judgement.possible if judgement.reason in POSSIBLE else ()
    if what == "suspended":
        halted = bool(judgement.halted)
        return halted, judgement.reason == "suspended", halted
    if what == "visa-free-on-paper":
        sure = bool(rules) or bool(judgement.halted)
        return sure, sure, bool(maybe)
    if what == "visa-free-30-days":
        sure = judgement.chosen is not None and _long(judgement.chosen)
        return sure, sure, bool(rules) or bool(maybe)
    if what == "visa-free":
        return bool(rules), bool(rules), bool(maybe)
    ground: Basis = "agreement" if what == "visa-free-agreement" else "unilateral"
    maybe = judgement.possible
    if what == "visa-free-unilateral-30-days":
        rules, maybe = tuple(filter(_long, rules)), tuple(filter(_long, maybe))
    grounds = {rule.regime.act.basis for rule in rules}
    return (
        ground in grounds,
        grounds == {ground},
        any(rule.regime.act.basis == ground for rule in maybe),
    )


def _long(rule: Applied) -> bool:
    return rule.max_stay_days is None or rule.max_stay_days >= LONG_STAY


def _days(index: Index, history: History, time: PartialDate) -> list[date]:
    """Return the first day of the time and each later one on which something may change."""
    turns = {
        run.period.first
        for code in index.nationalities
        for run in history(code, PASSPORT)
        if run.period.first and time.first < run.period.first <= time.last
    }
    return sorted({time.first, *turns})


NEAR_SCORE = 3
"""How far a score may lie from a figure that seems to be a score printed as a rank."""

Value = Callable[[Rank], int | None]


class Known(NamedTuple):
    """Values around a time: those within it, and all with their neighbours, oldest first."""

    within: list[tuple[Rank, int]]
    around: list[tuple[Rank, int]]

    @property
    def ours(self) -> int | None:
        """The value, where it is one for the whole time."""
        values = {value for _, value in self.within or self.around}
        return values.pop() if len(values) == 1 else None

    @property
    def bounds(self) -> tuple[int, int]:
        """The lowest and the highest value around the time."""
        values = [value for _, value in self.around]
        return min(values), max(values)


def placed(index: Index, claim: Tables, time: PartialDate) -> Finding:
    """Lay a figure of a passport against the rows around its time."""
    what, passport = claim["what"], claim["passport"]
    if what == "highest-in-central-asia":
        return _highest(index, claim, time)
    rows = list(_snapshots(index, passport)) if claim.get("index") != "henley" else []
    snapshots = _around(rows, time, VALUES[what])
    if what in WITH_ETA:
        # An eTA is no visa, and those who count differ on whether it is one.
        with_eta = _around(rows, time, WITH_ETA[what])
        return _compared(claim, snapshots, with_eta, {})
    editions = _editions(index, passport, claim)
    witnesses = _witnesses(editions, snapshots, time, VALUES[what])
    scores = _around(rows or editions, time, VALUES["mobility-score"])
    values = {"scores": scores.bounds} if scores.around else {}
    return _compared(claim, snapshots if snapshots.around else witnesses, witnesses, values)


def _compared(claim: Tables, known: Known, more: Known, values: dict[str, Any]) -> Finding:
    """Lay a figure against what is known; ``more`` widens the bounds."""
    if not known.around:
        return Finding("before_our_data")
    claimed, ours = claim["claimed"], known.ours
    whole = Known([], [*known.around, *more.around])
    low, high = whole.bounds
    last = (known.within or known.around)[-1][0]
    values = {
        **values,
        "edition": last.edition,
        "published": last.published,
        "ranks": last.of,
        "passports": last.passports,
        "individual_rank": last.individual_rank,
    }
    reason: ClaimReason
    if claimed == ours:
        among = claim.get("of")
        dense = claim["what"] == "rank" and among is not None and among != last.of
        reason = "same_dense_rank" if dense else "same_value"
    elif low <= claimed <= high:
        reason = "between_neighbours"
    elif claim["what"] == "rank" and _near(claimed, values.get("scores")):
        reason = "score_printed_as_rank"
    else:
        reason = "other_value"
    editions = tuple(dict.fromkeys(rank.edition for rank, _ in whole.around))
    return Finding(reason, ours, (low, high), editions, values)


def _near(claimed: int, scores: tuple[int, int] | None) -> bool:
    return scores is not None and scores[0] - NEAR_SCORE <= claimed <= scores[1] + NEAR_SCORE


def _highest(index: Index, claim: Tables, time: PartialDate) -> Finding:
    """Compare the place by score among the five, snapshot by snapshot."""
    around = {
        code: _around(_snapshots(index, code), time, VALUES["mobility-score"])
        for code in CENTRAL_ASIA
    }
    own = around.pop(claim["passport"])
    if not own.around:
        return Finding("before_our_data")
    scores = {
        code: {rank.edition: value for rank, value in other.around}
        for code, other in around.items()
    }

    def place(pair: tuple[Rank, int]) -> int:
        return 1 + sum(score[pair[0].edition] > pair[1] for score in scores.values())

    places = Known(
        [(pair[0], place(pair)) for pair in own.within],
        [(pair[0], place(pair)) for pair in own.around],
    )
    second = max(around, key=lambda code: around[code].bounds)
    values = {
        "scores": own.bounds,
        "second": index.country(second).name,
        "second_scores": around[second].bounds,
    }
    return _compared(claim, places, places, values)


def _around(rows: Iterable[Dated], time: PartialDate, value: Value) -> Known:
    """Return the values within a time and those of its neighbours.

    Without a row before the time nothing is known of its beginning: there are no values at all.
    """
    pairs = _valued(rows, value)
    before = [pair for when, pair in pairs if when.last < time.first]
    within = [pair for when, pair in pairs if when.last >= time.first and when.first <= time.last]
    after = [pair for when, pair in pairs if when.first > time.last]
    if not before and not within:
        return Known([], [])
    return Known(within, [*before[-1:], *within, *after[:1]])


def _witnesses(rows: list[Dated], snapshots: Known, time: PartialDate, value: Value) -> Known:
    """Return the editions of the stretch that the snapshots span; without any, those around."""
    if not snapshots.around:
        return _around(rows, time, value)
    first, last = (date.fromisoformat(snapshots.around[end][0].edition) for end in (0, -1))
    pairs = _valued(rows, value)
    return Known([], [pair for when, pair in pairs if when.last >= first and when.first <= last])


def _valued(rows: Iterable[Dated], value: Value) -> list[tuple[PartialDate, tuple[Rank, int]]]:
    """Return the ranks that have a value, with it and the time that they speak for."""
    valued = ((row, value(row.rank)) for row in rows)
    return [(row.time, (row.rank, found)) for row, found in valued if found is not None]


def _snapshots(index: Index, passport: str) -> Iterator[Dated]:
    """Yield the snapshots of a passport, without copies of earlier ones."""
    for row in recomputed(index, index.apart("ranks"), (passport,), RECOMPUTED):
        if row.rank.basis != "stale-copy":
            yield row


def _editions(index: Index, passport: str, claim: Tables) -> list[Dated]:
    """Return published editions but doubtful ones and those that rest on the claim's own pages."""
    own = set(claim["sources"])
    found = [
        row
        for row in published(index, index.apart("ranks"), (passport,))
        if row.rank.index == claim["index"]
        and row.rank.confidence != "low"
        and not {source.id for source in row.rank.sources} <= own
    ]
    return sorted(found, key=lambda row: row.place)


def _sum(*words: str) -> Value:
    """Return what adds up numbers of destinations; ``None`` where they are not known."""

    def value(rank: Rank) -> int | None:
        counts = rank.counts or {}
        if "visa_free" not in counts:
            return None
        unseen = counts.get("not_counted_voa", 0) if "visa_on_arrival" in words else 0
        return sum(counts[word] for word in words) - unseen

    return value


VALUES: dict[str, Value] = {
    "outbound": _sum("visa_free"),
    "outbound-on-arrival": _sum("visa_free", "visa_on_arrival"),
    "rank": lambda rank: rank.rank,
    "mobility-score": lambda rank: rank.score,
}
WITH_ETA: dict[str, Value] = {
    "outbound": _sum("visa_free", "eta"),
    "outbound-on-arrival": _sum("visa_free", "visa_on_arrival", "eta"),
}


OUTCOME: dict[ClaimReason, Outcome] = {
    "same_count": "reproduced",
    "same_count_for_a_time": "within_bounds",
    "same_count_agreements_first": "reproduced",
    "between_certain_and_possible": "within_bounds",
    "other_count": "contradicted",
    "same_value": "reproduced",
    "same_dense_rank": "reproduced",
    "between_neighbours": "within_bounds",
    "other_value": "contradicted",
    "score_printed_as_rank": "contradicted",
    "before_our_data": "not_checkable",
    "formula_unknown": "not_checkable",
}


def claims(
    index: Index, history: History, on: PartialDate | None = None, what: ClaimWhat | None = None
) -> Iterator[ClaimAnswer]:
    """Yield every claim with its outcome, oldest first.

    ``on`` keeps those whose day, month or year meets that time.
    """
    told = index.records["claims"]
    dated = [(PartialDate.parse(claim["said_on"]), claim) for claim in told]
    for time, claim in sorted(dated, key=lambda pair: (pair[0].last, pair[0].first)):
        if on is not None and not (time.first <= on.last and on.first <= time.last):
            continue
        if what is None or claim["what"] == what:
            meant = PartialDate.parse(claim.get("about", claim["said_on"]))
            if claim["what"] in NO_FORMULA:
                found = Finding("formula_unknown")
            elif claim["what"] in PASSPORT_CLAIMS:
                found = placed(index, claim, meant)
            else:
                found = counted(index, history, claim, meant)
            yield _answer(index, claim, found)


def figures_named(claims: Sequence[ClaimAnswer], text: str) -> tuple[ClaimAnswer, ...]:
    """Return the figures that a number or words name; none if nothing matches.

    Of several words with a number the number decides, unless the words narrow it further. A number
    inside a longer word, such as a mistyped id, is no number.
    """
    numbers = {word for word in text.split() if word.isdecimal()}
    words = _words(" ".join(word for word in text.split() if word not in numbers))
    if not numbers | words:
        return ()
    if numbers:
        claims = [claim for claim in claims if str(claim.claimed) in numbers]
    narrowed = tuple(
        claim
        for claim in claims
        if words <= _words(f"{claim.id} {claim.counts} {claim.by} {claim.index or ''}")
    )
    return narrowed or (tuple(claims) if numbers else ())


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold()))


def _answer(index: Index, claim: Tables, found: Finding) -> ClaimAnswer:
    passport = claim.get("passport")
    return index.result(
        ClaimAnswer,
        claim,
        ours=found.ours,
        ours_possible=found.possible,
        outcome=OUTCOME[found.reason],
        reason=found.reason,
        passport=index.country(passport) if passport else None,
        compared_with=found.compared_with,
        values=found.values,
        destination=index.destination,
    )

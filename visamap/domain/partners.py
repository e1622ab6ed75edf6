"""Who may enter without a visa on a day?"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from visamap.dates import open_start
from visamap.domain.entry import confidence, sources
from visamap.domain.verdict import Applied, Judgement, Run, Visitor, free_since, judge, run_at
from visamap.results.parts import Country
from visamap.results.world import Partner, Totals
from visamap.store.index import Index
from visamap.vocabulary import Passport

POSSIBLE = frozenset(
    {
        "start_uncertain",
        "end_uncertain",
        "halt_uncertain",
        "paper_uncertain",
        "low_confidence",
        "existence_doubtful",
    }
)
PERHAPS = POSSIBLE | {"approved_not_in_force", "approval_uncertain"}
"""The reasons that leave a yes open; an agreement not seen in force names no rule to list."""
History = Callable[[str, Passport], list[Run]]
"""Returns the runs of a passport, as ``visamap.domain.verdict.runs`` does."""


def counts(index: Index, passport: Passport, on: date, kind: str | None = None) -> tuple[int, int]:
    """Return how many nationalities are certainly, and how many more possibly visa-free.

    ``kind`` counts states or territories alone.
    """
    codes = [
        code for code in index.own_nationalities(passport, on) if kind in {None, index.kind(code)}
    ]
    judged = [judge(index, Visitor(code, passport, on)) for code in codes]
    return (
        sum(judgement.verdict == "visa_free" for judgement in judged),
        sum(judgement.reason in POSSIBLE for judgement in judged),
    )


def partners(index: Index, passport: Passport, on: date, history: History) -> Iterator[Partner]:
    """Yield the nationalities that enter visa-free on a day, certain ones first, by code."""
    possible: list[Partner] = []
    for code in index.own_nationalities(passport, on):
        visitor = Visitor(code, passport, on)
        past = history(code, passport)
        judgement = past[run_at(past, on)].judgement
        if judgement.chosen:
            grounds = {applied.regime.act.basis for applied in judgement.others}
            found = _partner(index, visitor, judgement.chosen, judgement)
            since, between = free_since(index, past, on)
            yield found._replace(
                also_basis=next(iter(grounds - {found.basis}), None),
                since=since,
                since_between=between,
            )
        elif judgement.reason in POSSIBLE:
            longest = max(judgement.possible, key=lambda applied: applied.max_stay_days or 0)
            found = _partner(index, visitor, longest, judgement)
            possible.append(found._replace(possible=True, reason=judgement.reason))
    yield from possible


def stay_untold(found: Iterable[Partner]) -> Iterator[Country]:
    """Yield the certain partners of whom nobody knows how long they may stay."""
    return (p.nationality for p in found if p.max_stay_days is None and not p.possible)


def approved_only(
    index: Index, passport: Passport, on: date, history: History
) -> Iterator[Country]:
    """Yield whose agreement was approved, though no entry into force was found by that day."""
    for code in index.own_nationalities(passport, on):
        past = history(code, passport)
        if past[run_at(past, on)].judgement.reason == "approved_not_in_force":
            yield index.country(code)


def totals(found: Iterable[Partner]) -> Totals:
    """Return the totals of a list of partners."""
    listed = list(found)
    certain = [partner for partner in listed if not partner.possible]
    return Totals(
        certain=len(certain),
        possible=len(listed) - len(certain),
        agreement=sum(partner.basis == "agreement" for partner in certain),
        unilateral=sum(partner.basis == "unilateral" for partner in certain),
        on_both_grounds=sum(partner.also_basis is not None for partner in certain),
    )


def _partner(index: Index, visitor: Visitor, applied: Applied, judgement: Judgement) -> Partner:
    regime = applied.regime
    return Partner(
        nationality=index.country(visitor.nationality),
        passport=visitor.passport,
        basis=regime.act.basis,
        max_stay_days=applied.max_stay_days,
        limits=applied.limits,
        doubtful_limits=applied.doubtful,
        instrument=regime.act.id,
        act=regime.act,
        regime=regime.id,
        since_between=open_start(regime.bounds),
        reason=regime.act.basis or "act_not_identified",
        confidence=confidence(index, judgement),
        sources=sources(index, judgement),
    )

"""Until when the terms of a day of entry carry a visit, and what is known of the day after.

A visit is judged by the rules of all its days. The terms of its first day answer for the whole as
long as no later day is stricter; a visit that reaches past that is for ``stay --plan``.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from visamap.dates import ONE_DAY
from visamap.domain.verdict import Run
from visamap.limits import any_length
from visamap.vocabulary import Verdict, VisitReason


class Terms(NamedTuple):
    """What holds for a first visit from ``first`` on; ``max_stay_days``: no length is known.

    ``unless_bound`` is the longest one where no limit binds that only may (``None``: any); 0 where
    there are no such limits. ``any_length``: no limit of days is set.
    """

    first: date | None
    verdict: Verdict
    max_stay_days: int | None
    unless_bound: int | None = 0
    any_length: bool = False
    for_entries: bool = False
    """Whether they leave the visits that began before them as they are."""

    @property
    def most(self) -> int | None:
        """The longest visit that is not certainly too long; ``None``: none is known to be."""
        if self.max_stay_days is None or self.unless_bound is None:
            return None
        return max(self.max_stay_days, self.unless_bound)


class TermsEnd(NamedTuple):
    """The last day that the terms of the entry carry a visit to.

    ``beyond`` says whether a visit that reaches further is allowed: ``False`` where a visa is
    needed from then on, ``None`` where only a count of its days can tell or nobody knows.
    """

    last: date
    beyond: bool | None


class Visit(NamedTuple):
    """Whether a visit is allowed, ``None`` where nobody knows; why a visa-free one is no yes."""

    allowed: bool | None
    reason: VisitReason | None = None


def terms_end(terms: Sequence[Terms], at: int) -> TermsEnd | None:
    """Return where the terms at ``at`` stop to carry a visit; ``None``: no such day is known.

    ``terms`` are all there are, in the order of time and without gaps.
    """
    now = terms[at]
    if now.verdict != "visa_free" or (now.max_stay_days is None and not now.any_length):
        return None
    for later in terms[at + 1 :]:
        longest, most = later.max_stay_days, now.max_stay_days
        enough = longest is not None and most is not None and longest >= most
        carries = later.verdict == "visa_free" and (later.any_length or enough)
        carries = carries or (later.for_entries and not now.for_entries)
        if later.first and not carries:
            return TermsEnd(
                later.first - ONE_DAY, False if later.verdict == "visa_required" else None
            )
    return None


def spared_from(terms: Sequence[Terms], at: int) -> date | None:
    """Return from which day of entry a visit too long for the terms at ``at`` may be allowed.

    Looser terms, or days of which nothing is known, then begin before its limit is reached.
    ``None``: on no day.
    """
    now = terms[at]
    if now.verdict != "visa_free" or now.most is None:
        return None
    for later in terms[at + 1 :]:
        if later.for_entries and not now.for_entries:
            continue
        if later.verdict == "visa_required":
            return None
        stricter = later.verdict == "visa_free" and later.most and later.most <= now.most
        if later.first and not stricter:
            return later.first - now.most * ONE_DAY
    return None


def terms_of(run: Run) -> Terms:
    """Return the terms of a run of days."""
    chosen = run.judgement.chosen
    if chosen is None:
        return Terms(run.period.first, run.judgement.verdict, None)
    unless_bound = chosen.unless_bound if chosen.doubtful else 0
    endless = any_length(chosen.limits)
    mine = chosen.regime.entries_from is not None
    return Terms(run.period.first, "visa_free", chosen.max_stay_days, unless_bound, endless, mine)


def visit(
    terms: Terms, end: TermsEnd | None, entry: date, days: int, spared: date | None = None
) -> Visit:
    """Judge one visit of ``days`` days from ``entry``; ``spared`` is told by ``spared_from``."""
    if terms.verdict != "visa_free":
        return Visit({"citizen": True, "visa_required": False}.get(terms.verdict))
    if terms.max_stay_days is None and not terms.any_length:
        return Visit(None, "no_limit_known")
    if terms.max_stay_days is not None and days > terms.max_stay_days:
        if terms.most is None or days <= terms.most:
            return Visit(None, "limit_uncertain")
        near = spared is not None and spared <= entry
        return Visit(None, "terms_change") if near else Visit(False, "limit_reached")
    if end is not None and days > (end.last - entry).days + 1:
        return Visit(end.beyond, "terms_change" if end.beyond is None else "outlasts_rule")
    return Visit(True)

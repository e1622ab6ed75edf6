"""The rules as one flat table: code, passport, first day, last day -> the answer of ``check``.

For engines that join instead of asking: every day of the calendar has exactly one row for each code
and passport, so a join on code, passport and ``day BETWEEN first_day AND last_day`` finds one row.
The last row is that of all days past the horizon, on which nothing is answered.
Only what fits into a row is here; duties, sources and other rules of the day are ``check``'s.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from weakref import WeakKeyDictionary

from visamap.dates import ONE_DAY
from visamap.domain.entry import advised, confidence
from visamap.domain.verdict import (
    Judgement,
    Visitor,
    beyond_horizon,
    judge,
    passport_asked,
    turning_points,
    turns,
    visitor_of,
)
from visamap.domain.visit import Terms, spared_from, terms_end
from visamap.limits import any_length
from visamap.store.index import Index
from visamap.store.spans import parts
from visamap.vocabulary import PASSPORTS, Basis, Confidence, Passport, Reason, Verdict


class Decision(NamedTuple):
    """What holds for a code's passport from ``first_day`` to ``last_day``, both included.

    ``advisory`` holds the kinds of practice that differ from the law, "; " between several; one
    that may be over or not begun on these days has a question mark: ``border-closed?``. A visit
    that reaches past ``terms_until`` meets other terms, and ``after_terms`` says what is known of
    it. Whether one longer than ``max_stay_days`` is allowed is not known up to ``unless_bound``
    days, and however long it is where that is null: a limit only may bind, or looser terms begin
    before it is reached. ``any_length``: an act sets no limit of days; ``max_stay_days`` is null.
    """

    code: str
    passport: Passport
    first_day: date
    last_day: date
    verdict: Verdict
    reason: Reason
    max_stay_days: int | None
    regime: str | None
    instrument: str | None
    basis: Basis | None
    advisory: str | None
    confidence: Confidence
    terms_until: date | None = None
    after_terms: bool | None = None
    unless_bound: int | None = None
    any_length: bool = False
    destination: str = ""

    @property
    def terms(self) -> Terms:
        """What a visit is judged by."""
        most, unless_bound = self.max_stay_days, self.unless_bound
        return Terms(self.first_day, self.verdict, most, unless_bound, self.any_length)


_TABLES: WeakKeyDictionary[Index, tuple[Decision, ...]] = WeakKeyDictionary()


def decision_table(index: Index) -> tuple[Decision, ...]:
    """Return the rows of every code and passport, worked out once for an index."""
    if index not in _TABLES:
        _TABLES[index] = tuple(decisions(index))
    return _TABLES[index]


def decisions(
    index: Index, codes: Iterable[str] | None = None, passports: Iterable[Passport] = PASSPORTS
) -> Iterator[Decision]:
    """Yield the rows of these codes, or of all, by code, passport and day."""
    kinds = tuple(passports)
    alike: dict[tuple[object, ...], list[Decision]] = {}
    for code in sorted(index.tables["countries"] if codes is None else set(codes)):
        for passport in kinds:
            # The paper of an organisation is judged as one kind, whatever kind is asked.
            kind = passport_asked(index, code, passport)
            held = index.history_of(code, kind)
            key = _likeness(index, held, kind)
            if key not in alike:
                rows = [*_with_ends(index, [*_joined(_stretches(index, held, kind))])]
                alike[key] = [*_up_to_horizon(index, rows)]
            told = {"code": code, "passport": passport, "destination": index.home}
            yield from (row._replace(**told) for row in alike[key])


def _up_to_horizon(index: Index, rows: list[Decision]) -> Iterator[Decision]:
    """Yield the rows up to the horizon and one for all days of entry after it.

    How far a visit reaches that began before is told by the law as it is known, so rows are cut
    after that was worked out.
    """
    for row in rows:
        if row.last_day <= index.horizon or row.verdict == "citizen":
            yield row
            continue
        # Where the law turns on the day after the horizon, nothing of the row is left.
        if row.first_day <= index.horizon:
            yield row._replace(last_day=index.horizon)
        if index.horizon < date.max:
            visitor = visitor_of(index, row.code, row.passport, index.horizon)
            late = _row(index, visitor, beyond_horizon(judge(index, visitor)))
            yield late._replace(code=row.code, first_day=index.horizon + ONE_DAY, last_day=date.max)
        return


def _stretches(index: Index, code: str, passport: Passport) -> Iterator[Decision]:
    """Yield a row for each run of days on which nothing can change."""
    advised = [part for rule in index.rules("advisories") for _, part in parts(rule.bounds)]
    starts = sorted({*turning_points(index, code, passport), *turns(advised)})
    ends = [*(day - ONE_DAY for day in starts[1:]), date.max]
    for first, last in zip(starts, ends, strict=True):
        visitor = visitor_of(index, code, passport, first)
        yield _row(index, visitor, judge(index, visitor))._replace(code=code, last_day=last)


def _row(index: Index, visitor: Visitor, judgement: Judgement) -> Decision:
    """Return the row of one day."""
    chosen = judgement.chosen
    regime = chosen.regime if chosen else None
    return Decision(
        visitor.nationality,
        visitor.passport,
        visitor.on,
        visitor.on,
        judgement.verdict,
        judgement.reason,
        chosen.max_stay_days if chosen else None,
        regime.id if regime else None,
        regime.act.id if regime else None,
        regime.act.basis if regime else None,
        _advisory(index, visitor),
        confidence(index, judgement),
        unless_bound=chosen.unless_bound if chosen else None,
        any_length=bool(chosen and any_length(chosen.limits)),
    )


def _with_ends(index: Index, rows: list[Decision]) -> Iterator[Decision]:
    """Fill in until when the terms of each row carry a visit.

    A row is cut where looser terms come so near that no visit is too long for certain.
    """
    terms = [
        row.terms._replace(for_entries=bool(row.regime and index.regime(row.regime).entries_from))
        for row in rows
    ]
    for at, row in enumerate(rows):
        late = row
        if end := terms_end(terms, at):
            late = row._replace(terms_until=end.last, after_terms=end.beyond)
        if (spared := spared_from(terms, at)) and spared <= late.last_day:
            if late.first_day < spared:
                yield late._replace(last_day=spared - ONE_DAY)
            late = late._replace(first_day=max(late.first_day, spared), unless_bound=None)
        yield late


def _likeness(index: Index, code: str, passport: Passport) -> tuple[object, ...]:
    """Return a key that is the same for passports of which nothing different can be said.

    Most passports have no rule of their own; what is said of them is worked out once.
    """
    if code == index.home or index.own_spans(code, passport) or index.pending(code, passport):
        return code, passport
    groups = tuple(
        (group, *bounds)
        for group, members in index.groups.items()
        for member, bounds in members
        if member == code
    )
    named = tuple(
        rule.id
        for section in ("overlays", "advisories")
        for rule in index.rules(section)
        if code in {*rule.selector.nationalities, *rule.selector.except_nationalities}
    )
    return index.kind(code), passport, groups, named


def _advisory(index: Index, visitor: Visitor) -> str | None:
    surely: dict[str, bool] = {}
    for rule, certain in advised(index, visitor):
        kind = rule.record["kind"]
        surely[kind] = surely.get(kind, False) or certain
    return "; ".join(kind + "?" * (not sure) for kind, sure in surely.items()) or None


def _joined(rows: Iterable[Decision]) -> Iterator[Decision]:
    """Join neighbours that say the same."""
    said = itemgetter(*range(4, len(Decision._fields)))
    for _, same in groupby(rows, said):
        first, *more = same
        yield first._replace(last_day=more[-1].last_day) if more else first

"""What a written nationality, passport or day means, and what holds for it.

A country is a number and so is a kind of passport; the two together are a slot, which has a few
periods for each destination, each with one decision. The numbers hold for one release of the data
and are never shown.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from visamap.arguments import as_passport
from visamap.dates import ONE_DAY
from visamap.domain.decisions import Decision, decision_table, decisions
from visamap.domain.entry import visa_hints
from visamap.domain.verdict import Visitor
from visamap.domain.visit import TermsEnd, visit
from visamap.errors import (
    AmbiguousCountryError,
    NoNationalityError,
    UnknownCountryError,
    UnknownRecordError,
)
from visamap.i18n import current
from visamap.results.screen_results import PROBLEMS, Problem
from visamap.screen.columns import Answer
from visamap.screen.days import Days
from visamap.store.index import Index
from visamap.store.resolver import Resolver
from visamap.vocabulary import PASSPORT_NAMES, PASSPORTS, Passport

KINDS = len(PASSPORTS)
"""Slots of a country."""
MOST_SUGGESTED = 200
"""Unreadable texts for which it is sought what they may mean: each takes milliseconds."""


def code_of(problem: Problem | None) -> int:
    """Return the number below zero that stands for a problem, and 0 for none."""
    return -1 - PROBLEMS.index(problem) if problem else 0


UNKNOWN, AMBIGUOUS = code_of("unknown-nationality"), code_of("ambiguous-nationality")
NO_PASSPORT, NO_DESTINATION = code_of("unknown-passport"), code_of("unknown-destination")


class Rule(NamedTuple):
    """A decision from a day on, and whether who needs a visa may have an electronic one."""

    first_day: date
    decision: Decision
    e_visa: bool | None = None


class RuleBook:
    """One release of the data, for lists; a row without a destination is about the index's own.

    ``order`` is that of days with slashes, ``passport`` what an empty cell stands for.
    """

    def __init__(
        self, index: Index, *, order: str | None = None, passport: Passport = "ordinary"
    ) -> None:
        """Take an open index."""
        self.index = index
        self.days = Days(index.data.release.year, order)
        self.default = PASSPORTS.index(passport)
        self._indexes: dict[int, Index] = {}
        self.destinations = (index.home, *sorted(index.destinations - {index.home}))
        self.codes = sorted(index.tables["countries"])
        self.resolver = Resolver(index.tables, lambda: index.names, lambda: index.apart("people"))
        self._numbers = {code: number for number, code in enumerate(self.codes)}

    def nationality(self, text: str | None) -> int:
        """Read one nationality as ``check`` does: its number, or the code of a problem."""
        try:
            code = self.resolver.find(text or "")
        except AmbiguousCountryError:
            return AMBIGUOUS
        except NoNationalityError:
            return UNKNOWN
        return UNKNOWN if code is None else self._numbers[code]

    def passport(self, text: str | None) -> int:
        """Read a kind of passport: its number, or the code of a problem; empty is the default."""
        if not (written := (text or "").strip(" \t\xa0.<")):
            return self.default
        try:
            return PASSPORTS.index(as_passport(written))
        except UnknownRecordError:
            return NO_PASSPORT

    def destination(self, text: str | None) -> int:
        """Read a destination: its number, or the code of a problem; empty is that of the index."""
        if not (text and text.strip()):
            return 0
        found = self.nationality(text)
        code = self.codes[found] if found >= 0 else None
        return self.destinations.index(code) if code in self.destinations else NO_DESTINATION

    def entering(self, destination: int) -> Index:
        """Return the rules of a destination."""
        if destination not in self._indexes:
            self._indexes[destination] = self.index.entering(self.destinations[destination])
        return self._indexes[destination]

    def periods(self, country: int, kind: int, destination: int = 0) -> list[Rule]:
        """Return the rules of one slot, in the order of time."""
        index = self.entering(destination)
        return list(_rules(index, decisions(index, [self.codes[country]], [PASSPORTS[kind]])))

    def slots(self, destination: int = 0) -> Iterator[tuple[int, list[Rule]]]:
        """Yield every slot of a destination with its rules."""
        index = self.entering(destination)
        for (code, passport), rows in groupby(decision_table(index), lambda row: row[:2]):
            slot = self._numbers[code] * KINDS + PASSPORTS.index(passport)
            yield slot, list(_rules(index, rows))

    def suggestions(self, problem: Problem, text: str) -> list[str]:
        """Return what an unreadable cell may mean, a country with its code."""
        if problem == "unknown-passport":
            from difflib import get_close_matches  # noqa: PLC0415  only a slip pays for it

            close = get_close_matches(text.strip().lower(), [*PASSPORTS, *PASSPORT_NAMES])
            return [*dict.fromkeys(PASSPORT_NAMES.get(word, word) for word in close)]
        if problem in {"bad-arrival", "bad-departure"}:
            return [day.isoformat() for day in self.days.meant(text)]
        if problem == "unknown-destination":
            language = current()
            return [f"{self.resolver.name(c, language)} ({c})" for c in self.destinations]
        if problem not in {"unknown-nationality", "ambiguous-nationality"}:
            return []
        try:
            self.resolver.find(text)
        except UnknownCountryError as error:
            return [*error.close]
        return [f"{name} ({code})" for name, code in self.resolver.suggest(text)]


def _rules(index: Index, rows: Iterable[Decision]) -> Iterator[Rule]:
    """Yield decisions, those that ask for a visa cut where a list of electronic visas turns."""
    certain = [one.certain for row, one in index.lists if row["purpose"] == "e-visa"]
    turns = {
        *(one.first for one in certain if one),
        *(one.last + ONE_DAY for one in certain if one and one.last and one.last < date.max),
    }
    for row in rows:
        if row.verdict != "visa_required":
            yield Rule(row.first_day, row)
            continue
        inside = {day for day in turns if day and row.first_day < day <= row.last_day}
        for first in sorted({row.first_day, *inside}):
            holder = index.holder(row.code, row.passport, first)
            hints = visa_hints(index, Visitor(holder, row.passport, first))
            yield Rule(first, row, hints.e_visa)


def allowed(rule: Decision, first: date, last: date) -> bool | None:
    """Tell whether a visit of these days is allowed, both included."""
    end = TermsEnd(rule.terms_until, rule.after_terms) if rule.terms_until else None
    return visit(rule.terms, end, first, (last - first).days + 1).allowed


def answer_of(rule: Rule, allowed: bool | None) -> Answer:
    """Return the added columns of a row that this rule answers."""
    row = rule.decision
    return Answer(
        row.verdict,
        row.max_stay_days,
        allowed,
        row.regime,
        row.basis,
        row.advisory,
        row.confidence,
        None,
        row.reason,
        row.destination,
        e_visa=rule.e_visa,
    )

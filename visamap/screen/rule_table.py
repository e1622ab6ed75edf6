"""What a written nationality, passport or day means, and what holds for it.

A country is a number and so is a kind of passport; the two together are a slot, which has a few
periods for each destination, each with one decision. The numbers hold for one release of the data
and are never shown.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from visamap.arguments import DAY_FIRST, as_day, as_passport
from visamap.domain.decisions import Decision, decision_table, decisions
from visamap.domain.visit import TermsEnd, visit
from visamap.errors import (
    AmbiguousCountryError,
    NoNationalityError,
    UnknownCountryError,
    UnknownRecordError,
)
from visamap.i18n import current
from visamap.results.screen import PROBLEMS, Problem
from visamap.screen.columns import Answer
from visamap.store.index import Index
from visamap.store.resolver import Resolver
from visamap.vocabulary import PASSPORTS, Passport

KINDS = len(PASSPORTS)
"""Slots of a country."""
DAY = len("YYYY-MM-DD")
DOTTED = re.compile(DAY_FIRST)
TIME = (
    r"[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
    r"(?: ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?))?"
)
"""The time of day that may follow a day; it is not looked at."""


def day(text: str) -> date | None:
    """Return the day that a text names, with or without a time of day; spaces may stand around.

    Written YYYY-MM-DD or, with dots, day first; what else ``check`` reads may be a slip in a list.
    """
    text = text.strip(" ")
    dotted = DOTTED.match(text)
    end = dotted.end() if dotted else DAY
    head, tail = text[:end], text[end:]
    try:
        found = as_day(head, year=False) if dotted else date.fromisoformat(head)
    except ValueError:
        return None
    plain = (dotted or found.isoformat() == head) and (not tail or re.fullmatch(TIME, tail))
    return found if plain else None


def code_of(problem: Problem | None) -> int:
    """Return the number below zero that stands for a problem, and 0 for none."""
    return -1 - PROBLEMS.index(problem) if problem else 0


UNKNOWN, AMBIGUOUS = code_of("unknown-nationality"), code_of("ambiguous-nationality")
NO_PASSPORT, NO_DESTINATION = code_of("unknown-passport"), code_of("unknown-destination")


class RuleBook:
    """One release of the data, for lists; a row without a destination is about the index's own."""

    def __init__(self, index: Index) -> None:
        """Take an open index."""
        self.index = index
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
        """Read a kind of passport: its number, or the code of a problem; empty is ordinary."""
        try:
            kind: Passport = as_passport(text) if text and text.strip() else "ordinary"
        except UnknownRecordError:
            return NO_PASSPORT
        return PASSPORTS.index(kind)

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

    def periods(self, country: int, kind: int, destination: int = 0) -> list[Decision]:
        """Return the decisions of one slot, in the order of time."""
        index = self.entering(destination)
        return list(decisions(index, [self.codes[country]], [PASSPORTS[kind]]))

    def slots(self, destination: int = 0) -> Iterator[tuple[int, list[Decision]]]:
        """Yield every slot of a destination with its decisions."""
        every = decision_table(self.entering(destination))
        for (code, passport), rows in groupby(every, lambda row: row[:2]):
            yield self._numbers[code] * KINDS + PASSPORTS.index(passport), list(rows)

    def close(self, problem: Problem, text: str) -> tuple[str, ...]:
        """Return what an unreadable country may have meant, each name with its code.

        Of a destination every one that could be meant.
        """
        if problem == "unknown-destination":
            return tuple(
                f"{self.resolver.name(code, current())} ({code})" for code in self.destinations
            )
        if problem not in {"unknown-nationality", "ambiguous-nationality"}:
            return ()
        try:
            self.resolver.find(text)
        except UnknownCountryError as error:
            return error.close
        return tuple(f"{name} ({code})" for name, code in self.resolver.suggest(text))


def allowed(rule: Decision, first: date, last: date) -> bool | None:
    """Tell whether a visit of these days is allowed, both included."""
    end = TermsEnd(rule.terms_until, rule.after_terms) if rule.terms_until else None
    return visit(rule.terms, end, first, (last - first).days + 1).allowed


def answer_of(rule: Decision, stay_allowed: bool | None) -> Answer:
    """Return the added columns of a row that this decision answers."""
    return Answer(
        rule.verdict,
        rule.max_stay_days,
        stay_allowed,
        rule.regime,
        rule.basis,
        rule.advisory,
        rule.confidence,
        None,
        rule.reason,
        rule.destination,
    )

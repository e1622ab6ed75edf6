"""The rules as small tables of plain values, for whatever engine joins them.

A country is a number and so is a kind of passport, so that the join on both is a join on one
integer: the slot. A slot has a few periods; the days on which its later periods start stand in one
row, and how many of them have come by a day gives the rule. So every join is on one key
that is there once, which is fast and hands no row back in another order, as a range join does. The
numbers hold for one release of the data and are never shown.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from visamap.arguments import as_passport
from visamap.countries.resolver import Resolver
from visamap.errors import AmbiguousCountryError, UnknownRecordError
from visamap.index import Index
from visamap.queries.decisions import Decision, decisions
from visamap.results.screen import Problem
from visamap.vocabulary import PASSPORTS, Passport, Verdict

KINDS = 8
"""Slots of a country: room for the kinds of passport."""


class Written(NamedTuple):
    """What a nationality that somebody wrote means: a country's number, or why none."""

    written: str
    country: int | None
    problem: Problem | None


class Kind(NamedTuple):
    """What a passport that somebody wrote means."""

    written: str
    kind: int


class Rule(NamedTuple):
    """What is answered in one period of a slot; ``rule`` is slot x periods + period's number."""

    rule: int
    verdict: Verdict
    max_stay_days: int | None
    regime: str | None
    basis: str | None
    advisory: str | None
    confidence: str
    terms_until: date | None
    after_terms: bool | None


class Rules(NamedTuple):
    """The decision table in two: where a slot's periods start, and what is answered in each.

    A row of ``starts`` has a slot, a number and ``periods`` - 1 days; the number and how many of
    the days have come make the rule. Where a slot has fewer periods, the first days have always
    come.
    """

    periods: int
    starts: list[tuple[int | date, ...]]
    answers: list[Rule]


class Book:
    """One release of the data as tables for lists."""

    def __init__(self, index: Index) -> None:
        """Take an open index."""
        self.index = index
        self.codes = sorted(index.tables["countries"])
        self.resolver = Resolver(index.tables, lambda: index.names)
        self._numbers = {code: number for number, code in enumerate(self.codes)}

    def nationality(self, text: str) -> Written:
        """Read one nationality as ``check`` does."""
        try:
            code = self.resolver.find(text)
        except AmbiguousCountryError:
            return Written(text, None, "ambiguous-nationality")
        if code is None:
            return Written(text, None, "unknown-nationality")
        return Written(text, self._numbers[code], None)

    def nationalities(self, texts: Iterable[str | None]) -> Iterator[Written]:
        """Read many, leaving out those that nothing matches: they may be as many as the rows."""
        for text in texts:
            if text and (read := self.nationality(text)).problem != "unknown-nationality":
                yield read

    def passports(self, texts: Iterable[str | None]) -> Iterator[Kind]:
        """Read kinds of passports, leaving out what is none; an empty cell is an ordinary one."""
        for text in texts:
            try:
                kind: Passport = as_passport(text) if text and text.strip() else "ordinary"
            except UnknownRecordError:
                continue
            yield Kind(text or "", PASSPORTS.index(kind))

    def rules(
        self, countries: Iterable[int] | None = None, kinds: Iterable[int] | None = None
    ) -> Rules:
        """Return the decisions for these numbers, or for all."""
        codes = None if countries is None else [self.codes[number] for number in countries]
        passports = PASSPORTS if kinds is None else [PASSPORTS[n] for n in sorted(set(kinds))]
        slots: dict[int, list[Decision]] = {}
        for row in decisions(self.index, codes, passports):
            slot = self._numbers[row.code] * KINDS + PASSPORTS.index(row.passport)
            slots.setdefault(slot, []).append(row)
        periods = max(map(len, slots.values()), default=1)
        starts: list[tuple[int | date, ...]] = []
        answers: list[Rule] = []
        for slot, rows in slots.items():
            spare = periods - len(rows)
            later = [row.first_day for row in rows[1:]]
            starts.append((slot, slot * periods - spare, *[date.min] * spare, *later))
            answers += [
                Rule(
                    slot * periods + number,
                    row.verdict,
                    row.max_stay_days,
                    row.regime,
                    row.basis,
                    row.advisory,
                    row.confidence,
                    row.terms_until,
                    row.after_terms,
                )
                for number, row in enumerate(rows)
            ]
        return Rules(periods, starts, answers)

    def close(self, problem: Problem, text: str) -> tuple[str, ...]:
        """Return what an unreadable nationality may have meant, each name with its code."""
        if problem == "unknown-nationality":
            return tuple(f"{name} ({code})" for name, code in self.resolver.suggest(text))
        if problem == "ambiguous-nationality":
            try:
                self.resolver.find(text)
            except AmbiguousCountryError as error:
                return error.choices
        return ()

"""Answers one row from the text of its cells: all that is wrong with it, and what holds anyway.

What is wrong with a departure or a kind of passport stands beside the verdict; without a country, a
destination and a day of entry there is none.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from visamap.domain.entry import check
from visamap.domain.trip import Behind, Holder, Stage, leg
from visamap.domain.verdict import Run, Visitor, passport_asked, runs
from visamap.results.screen import PROBLEMS, Problem
from visamap.screen.columns import ABOUT, PARTED, ROLES, Answer
from visamap.screen.days import BAD, BLANK
from visamap.screen.rule_table import MOST_SUGGESTED, RuleBook, allowed, answer_of
from visamap.store.index import Index
from visamap.vocabulary import PASSPORTS, Passport

MOST_KEPT = 100_000
"""Texts whose meaning is kept."""
BESIDE = {"unknown-passport", "bad-departure"}
"""Problems beside which there is a verdict."""
BETWEEN = " / "
"""What stands between the choices for one cell."""

REGISTERED = {"registration", "host-notice"}
PERMITS = {"travel-authorisation", "border-zone"}

Cell = str | None
Cells = Sequence[Cell]


class Read(NamedTuple):
    """What the cells of a row mean: numbers, below zero for a problem; days as ordinals."""

    country: int
    kind: int
    destination: int
    came: int
    left: int


class Reader:
    """Answers rows, keeping what it has worked out."""

    def __init__(self, book: RuleBook, *, duties: bool = False) -> None:
        """Take the rules of a release; with ``duties`` what is to be done by when is told."""
        self.book, self._duties = book, duties
        kept = lru_cache(MOST_KEPT)
        self._country, self._kind = kept(book.nationality), kept(book.passport)
        self._destination, self._day = kept(book.destination), kept(book.days.ordinal)
        self._periods, self._history = kept(book.periods), kept(self._runs)
        self._close: dict[tuple[Problem, str], str] = {}

    def answer(
        self,
        nationality: Cell,
        arrival: Cell,
        departure: Cell = None,
        passport: Cell = None,
        destination: Cell = None,
    ) -> Answer:
        """Answer one row; an empty text is an empty cell."""
        read = Read(
            self._country(nationality or ""),
            self._kind(passport or ""),
            self._destination(destination or ""),
            self._day(arrival),
            self._day(departure),
        )
        return self.judged(read, (nationality, arrival, departure, passport, destination))

    def judged(self, read: Read, cells: Cells) -> Answer:
        """Answer one row whose cells, in the order of ``ROLES``, were read."""
        country, kind, destination, came, left = read
        problems = [PROBLEMS[-1 - code] for code in (country, kind, destination) if code < 0]
        if came <= BLANK:
            problems.append("bad-arrival" if came else "no-arrival")
        if left == BAD:
            problems.append("bad-departure")
        elif BLANK < left < came:
            problems.append("departure-before-arrival")
        close = (
            self._suggested(one, cells[ROLES.index(ABOUT[one])]) for one in problems if one in ABOUT
        )
        meant = PARTED.join(filter(None, close)) or None
        said = Answer(problem=PARTED.join(problems) or None, suggestion=meant)
        if not BESIDE.issuperset(problems):
            return said
        first = date.fromordinal(came)
        kind = self.book.default if kind < 0 else kind
        rules = self._periods(country, kind, destination)
        rule = rules[max(bisect_right(rules, first, key=lambda row: row.first_day) - 1, 0)]
        last = date.fromordinal(left) if left > BLANK else None
        stay = allowed(rule.decision, first, last) if last else None
        answer = answer_of(rule, stay)._replace(problem=said.problem, suggestion=said.suggestion)
        if not self._duties:
            return answer
        index, code = self.book.entering(destination), self.book.codes[country]
        passport = passport_asked(index, code, PASSPORTS[kind])
        history = self._history(code, passport, destination)
        return _with_duties(index, Visitor(code, passport, first), history, last, answer)

    def _runs(self, code: str, passport: Passport, destination: int) -> list[Run]:
        index = self.book.entering(destination)
        return runs(index, index.history_of(code, passport), passport)

    def _suggested(self, problem: Problem, cell: Cell) -> str:
        asked = problem, cell or ""
        if asked not in self._close:
            if not cell or len(self._close) >= MOST_SUGGESTED:
                return ""
            self._close[asked] = BETWEEN.join(self.book.suggestions(problem, cell))
        return self._close[asked]


def _with_duties(
    index: Index,
    visitor: Visitor,
    history: list[Run],
    last: date | None,
    answer: Answer,
) -> Answer:
    """Return an answer with its duties; who needs a visa is told those of a visit on one.

    ``history`` is that of the passport that is held; ``last`` is the day of departure.
    """
    if answer.verdict not in {"visa_free", "visa_required"}:
        return answer
    first = visitor.on
    who = Holder(index, check(index, visitor, history), history)
    on_visa = answer.verdict == "visa_required" or answer.stay_allowed is False
    stage = Stage(index.home, first.toordinal(), last.toordinal() if last else None, on_visa)
    to_do = leg(who, 1, stage, Behind([], []), first).to_do
    register = min((one.by for one in to_do if one.what in REGISTERED and one.by), default=None)
    apply = next((one.by for one in to_do if one.what == "e-visa"), None)
    permits = dict.fromkeys(one.what for one in to_do if one.what in PERMITS)
    return answer._replace(
        register_by=register.isoformat() if register else None,
        permit=PARTED.join(permits) or None,
        evisa_apply_by=apply.isoformat() if apply else None,
    )

"""Short lists without any engine: CSV and JSON Lines, row by row, up to ``MOST_ROWS``.

The same decision table and the same resolver as the engines; a longer list needs one of them.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple, cast

from visamap.bulk import csv_file, csv_rows
from visamap.bulk.book import KINDS, Book, Rule
from visamap.bulk.columns import ABOUT, Columns, refuse_twins
from visamap.bulk.jsonl_file import added_text, broken_key, keys, lines, written_text
from visamap.bulk.lists import Counting, Job, Tally
from visamap.bulk.sql import TIME
from visamap.errors import MissingExtraError
from visamap.language import tr
from visamap.queries.terms_end import Terms, TermsEnd, visit
from visamap.results.screen import Problem

MOST_ROWS = 10_000
DAY = len("YYYY-MM-DD")

Cells = list[str | None]


class Listed(NamedTuple):
    """A list as read: columns, what stands between cells, each row's own text, cells, trouble."""

    columns: Columns
    delimiter: str
    rows: Iterator[tuple[str | None, Cells, Problem | None]]


class Answer(NamedTuple):
    """The added columns of one row."""

    verdict: str | None = None
    max_stay_days: int | None = None
    stay_allowed: bool | None = None
    regime: str | None = None
    basis: str | None = None
    advisory: str | None = None
    confidence: str | None = None
    problem: Problem | None = None


class Reader:
    """Answers cells, keeping what it has worked out."""

    def __init__(self, book: Book) -> None:
        """Take the tables of a release."""
        self.book = book
        self._countries: dict[str, tuple[int | None, Problem | None]] = {}
        self._kinds: dict[str, int | None] = {}
        self._rules: dict[int, tuple[list[date], list[Rule]]] = {}

    def answer(
        self,
        nationality: str | None,
        passport: str | None,
        arrival: str | None,
        departure: str | None,
    ) -> Answer:
        """Answer one row; an empty text is an empty cell."""
        written = nationality or ""
        if written not in self._countries:
            self._countries[written] = self.book.nationality(written)[1:]
        country, problem = self._countries[written]
        kind = self._kind(passport or "")
        came, left = arrival or "", departure or ""
        first, last = day(came), day(left)
        if problem is None:
            problem = _problem(kind, (came, first), (left, last))
        if problem or country is None or kind is None or first is None:
            return Answer(problem=problem)
        rule = self._rule(country, kind, first)
        allowed = None if last is None else _allowed(rule, first, last)
        return Answer(
            rule.verdict,
            rule.max_stay_days,
            allowed,
            rule.regime,
            rule.basis,
            rule.advisory,
            rule.confidence,
        )

    def _kind(self, written: str) -> int | None:
        if written not in self._kinds:
            read = next(self.book.passports([written]), None)
            self._kinds[written] = read.kind if read else None
        return self._kinds[written]

    def _rule(self, country: int, kind: int, on: date) -> Rule:
        slot = country * KINDS + kind
        if slot not in self._rules:
            rules = self.book.rules([country], [kind])
            self._rules[slot] = cast("list[date]", [*rules.starts[0][2:]]), rules.answers
        later, answers = self._rules[slot]
        return answers[bisect_right(later, on)]


def day(text: str) -> date | None:
    """Return the day that a text names, with or without a time of day behind it."""
    text = text.strip(" ")
    head, tail = text[:DAY], text[DAY:]
    try:
        found = date.fromisoformat(head)
    except ValueError:
        return None
    plain = found.isoformat() == head and (not tail or not re.sub(TIME, "", tail, count=1))
    return found if plain else None


def screen(job: Job, book: Book) -> Tally:
    """Answer a list of up to ``MOST_ROWS`` rows.

    Raises:
        MissingExtraError: it is longer, or Parquet.
        WrongUsageError: it cannot be read.
    """
    if "parquet" in {job.source.form, job.target.form}:
        raise MissingExtraError("bulk", tr("Parquet"))
    listed = _csv(job) if job.source.form == "csv" else _jsonl(job)
    columns, delimiter = listed.columns, listed.delimiter
    reader, counting = Reader(book), Counting()
    with open(job.target.path, "w", encoding="utf-8", newline="") as out:
        if job.target.form == "csv":
            out.write(csv_rows.line([*columns.headings, *columns.added], delimiter))
        else:
            refuse_twins(columns.headings, "JSON Lines")
        for text, cells, trouble in listed.rows:
            counting.broken.count(trouble)
            if counting.broken.rows > MOST_ROWS:
                wanted = tr("A list of more than {rows} rows", rows=MOST_ROWS)
                raise MissingExtraError("bulk", wanted)
            answer = Answer(problem=trouble) if trouble else reader.answer(*_asked(columns, cells))
            value = _value(answer.problem, columns, cells)
            counting.add([(answer.verdict, answer.problem, value, 1)])
            if job.target.form == "csv":
                out.write(csv_rows.line([_cell(cell) for cell in (*cells, *answer)], delimiter))
                continue
            added = dict(zip(columns.added, answer, strict=True))
            out.write(added_text(text or _object(columns, cells), added) + "\n")
    return counting.tally(book)


def _csv(job: Job) -> Listed:
    path, named = job.source.path, job.source.named
    head = csv_file.head(path, named)
    rows = csv_rows.rows(path, head.delimiter, len(head.headings))
    return Listed(
        job.columns(head.headings),
        head.delimiter,
        ((None, [*cells], trouble) for cells, trouble in rows),
    )


def _jsonl(job: Job) -> Listed:
    path, named = job.source.path, job.source.named
    headings = keys([path], named)
    rows = (
        (text, [written_text(found.get(heading)) for heading in headings], trouble)
        for text, found, trouble in lines(path, broken_key(headings, job.target.form))
    )
    return Listed(job.columns(headings), ",", rows)


def _object(columns: Columns, cells: Cells) -> str:
    """Return a row as an object; an empty cell is null."""
    values = [cell or None for cell in cells]
    return json.dumps(
        dict(zip(columns.headings, values, strict=True)), ensure_ascii=False, separators=(",", ":")
    )


def _asked(columns: Columns, cells: Cells) -> Iterator[str | None]:
    places = (columns.nationality, columns.passport, columns.arrival, columns.departure)
    return (None if place is None else cells[place] for place in places)


def _value(problem: Problem | None, columns: Columns, cells: Cells) -> str | None:
    """Return the cell that the problem is about."""
    about = ABOUT.get(problem or "")
    place = getattr(columns, about) if about else None
    return None if place is None else cells[place]


def _problem(
    kind: int | None, arrival: tuple[str, date | None], departure: tuple[str, date | None]
) -> Problem | None:
    (came, first), (left, last) = arrival, departure
    if kind is None:
        return "unknown-passport"
    if first is None:
        return "bad-arrival" if came.strip(" ") else "no-arrival"
    if last is None:
        return "bad-departure" if left.strip(" ") else None
    return "departure-before-arrival" if last < first else None


def _allowed(rule: Rule, first: date, last: date) -> bool | None:
    terms = Terms(None, rule.verdict, rule.max_stay_days)
    end = TermsEnd(rule.terms_until, rule.after_terms) if rule.terms_until else None
    return visit(terms, end, first, (last - first).days + 1).allowed


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)

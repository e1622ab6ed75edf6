"""Short lists without any library: CSV and JSON Lines, row by row, up to ``MOST_ROWS``.

The same rules and the same readers of rows and cells as the engines; a longer list needs one of
them.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from visamap.errors import MissingExtraError
from visamap.i18n import tr
from visamap.results.screen import PROBLEMS, Problem
from visamap.screen import csv_text, json_lines
from visamap.screen.columns import ABOUT, Answer, Columns, refuse_twins
from visamap.screen.counting import Counting
from visamap.screen.lists import Job
from visamap.screen.rule_table import RuleBook, allowed, answer_of, day

MOST_ROWS = 10_000

Cell = str | None
Cells = Sequence[Cell]
Rows = Iterator[tuple[str | None, Cells, Problem | None]]
"""Each row's own text where it is passed on so, its cells, and why they are not to be trusted."""


class Reader:
    """Answers cells, keeping what it has worked out."""

    def __init__(self, book: RuleBook) -> None:
        """Take the rules of a release."""
        self._country, self._kind = cache(book.nationality), cache(book.passport)
        self._destination = cache(book.destination)
        self._periods = cache(book.periods)

    def answer(
        self,
        nationality: Cell,
        arrival: Cell,
        departure: Cell = None,
        passport: Cell = None,
        destination: Cell = None,
    ) -> Answer:
        """Answer one row; an empty text is an empty cell."""
        where = self._destination(destination or "")
        country, kind = self._country(nationality or ""), self._kind(passport or "")
        came, left = arrival or "", departure or ""
        first, last = day(came), day(left)
        for code in (country, kind, where):
            if code < 0:
                return Answer(problem=PROBLEMS[-1 - code])
        if first is None:
            return Answer(problem="bad-arrival" if came.strip(" ") else "no-arrival")
        if last is None and left.strip(" "):
            return Answer(problem="bad-departure")
        if last and last < first:
            return Answer(problem="departure-before-arrival")
        rows = self._periods(country, kind, where)
        rule = rows[max(bisect_right(rows, first, key=lambda row: row.first_day) - 1, 0)]
        return answer_of(rule, allowed(rule, first, last) if last else None)


def screen(job: Job, book: RuleBook) -> Counting:
    """Answer a list of up to ``MOST_ROWS`` rows."""
    if "parquet" in {job.source.form, job.target.form}:
        raise MissingExtraError("bulk", tr("Parquet"))
    columns, sign, rows = _csv(job) if job.source.form == "csv" else _jsonl(job)
    reader, counting = Reader(book), Counting()
    csv = job.target.form == "csv"
    with open(job.target.path, "w", encoding="utf-8", newline="") as out:
        if csv:
            out.write(csv_text.line([*columns.headings, *columns.added], sign) + "\n")
        else:
            refuse_twins(columns.headings, "JSON Lines")
        width = len(columns.added)
        for text, cells, trouble in rows:
            if counting.rows == MOST_ROWS:
                wanted = tr("A list of more than {rows} rows", rows=MOST_ROWS)
                raise MissingExtraError("bulk", wanted)
            asked = (None if place is None else cells[place] for place in columns.places)
            answer = Answer(problem=trouble) if trouble else reader.answer(*asked)
            about = getattr(columns, ABOUT.get(answer.problem or "", ""), None)
            value = None if about is None else cells[about]
            values = {(answer.problem, value): 1} if answer.problem and value else {}
            counting.add({answer: 1}, values, [(0, trouble)] if trouble else [])
            if not csv:
                own = json_lines.open_text(text or json_lines.object_text(columns.headings, cells))
                tail = json_lines.added_text(columns.added, answer[:width])
                out.write(own + (tail[1:] if own == "{" else tail) + "\n")
                continue
            own = text or csv_text.line([one or "" for one in cells], sign)
            out.write(own + sign + sign.join(map(cell, answer[:width])) + "\n")
    return counting


def cell(value: Any) -> str:
    """Return an added value as a cell."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _csv(job: Job) -> tuple[Columns, str, Rows]:
    head = csv_text.head(job.source.path, job.source.named)
    same = job.target.form == "csv"
    rows = (
        (row.text if same else None, row.cells, row.trouble)
        for row in csv_text.rows(job.source.path, head)
    )
    return job.columns(head.headings), head.delimiter, rows


def _jsonl(job: Job) -> tuple[Columns, str, Rows]:
    path, same = job.source.path, job.target.form == "jsonl"
    keys = json_lines.headings(path, job.source.named)
    key = json_lines.broken_key(keys, job.target.form)
    rows = (
        (
            line.text if same else None,
            [json_lines.cell_text(line.values.get(name)) for name in keys],
            line.trouble,
        )
        for raw in json_lines.raw_lines(path)
        if (line := json_lines.line_of(raw, key))
    )
    return job.columns(keys), ",", rows

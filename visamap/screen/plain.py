"""Short lists without any library: CSV and JSON Lines, row by row, up to ``MOST_ROWS``.

The same rules and the same readers of rows and cells as the engines; a longer list needs one of
them.
"""

from collections.abc import Callable, Iterator
from typing import Any, cast

from visamap.errors import MissingExtraError
from visamap.i18n import tr
from visamap.results.screen import Problem
from visamap.screen import csv_text, json_lines
from visamap.screen.columns import ABOUT, PARTED, ROLES, Answer, Columns, refuse_twins
from visamap.screen.counting import Counting
from visamap.screen.csv_text import Head
from visamap.screen.lists import Job
from visamap.screen.reader import Cells, Reader
from visamap.screen.rule_table import RuleBook

MOST_ROWS = 10_000
TOLD = 500
"""Rows after which progress is told."""

Rows = Iterator[tuple[str | None, Cells, Problem | None]]
"""Each row's own text where it is passed on so, its cells, and why they are not to be trusted."""


def screen(job: Job, book: RuleBook) -> Counting:
    """Answer a list of up to ``MOST_ROWS`` rows."""
    if "parquet" in {job.source.form, job.target.form}:
        raise MissingExtraError("bulk", tr("Parquet"))
    columns, written, rows = opened(job)
    reader, counting = Reader(book, duties=job.wanted.duties), Counting()
    line = _csv_line(job, columns, written) if job.target.form == "csv" else _json_line(columns)
    with open(job.target.path, "w", encoding="utf-8", newline="") as out:
        if job.target.form == "csv":
            out.write("\ufeff" * written.marked + line(None, [*columns.headings], None))
        else:
            refuse_twins(columns.headings, "JSON Lines")
        for text, cells, trouble in rows:
            if counting.rows == MOST_ROWS:
                wanted = tr("A list of more than {rows} rows", rows=MOST_ROWS)
                raise MissingExtraError("bulk", wanted)
            asked = [None if place is None else cells[place] for place in columns.places]
            answer = Answer(problem=trouble) if trouble else reader.answer(*asked)
            counting.add({answer: 1}, unreadable(answer, asked), [(0, trouble)] if trouble else [])
            if answer.problem or not job.wanted.problems:
                out.write(line(text, cells, answer))
            if job.progress and counting.rows % TOLD == 0:
                job.progress(counting.rows / MOST_ROWS)
    return counting


def unreadable(answer: Answer, asked: Cells) -> dict[tuple[Problem, str], int]:
    """Return the cells, of those in the order of ``ROLES``, that an answer has a problem with."""
    problems = cast("list[Problem]", answer.problem.split(PARTED)) if answer.problem else []
    cells = ((one, asked[ROLES.index(ABOUT[one])]) for one in problems if one in ABOUT)
    return {(one, cell): 1 for one, cell in cells if cell}


Line = Callable[[str | None, Cells, Answer | None], str]
"""Makes a row of its own text, its cells and its answer."""


def _csv_line(job: Job, columns: Columns, written: Head) -> Line:
    sign, end = written.delimiter, written.end

    def line(text: str | None, cells: Cells, answer: Answer | None) -> str:
        own = [one or "" for one in cells]
        if job.wanted.safe:
            own = [csv_text.disarmed(one) for one in own]
        added = columns.of(answer) if answer else columns.added
        tail = sign.join(csv_text.quoted(cell(one), sign) for one in added)
        return (text or csv_text.line(own, sign)) + sign + tail + end

    return line


def _json_line(columns: Columns) -> Line:
    def line(text: str | None, cells: Cells, answer: Answer | None) -> str:
        own = json_lines.open_text(text or json_lines.object_text(columns.headings, cells))
        tail = json_lines.added_text(columns.added, columns.of(answer) if answer else ())
        return own + (tail[1:] if own == "{" else tail) + "\n"

    return line


def cell(value: Any) -> str:
    """Return an added value as a cell."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def opened(job: Job) -> tuple[Columns, Head, Rows]:
    """Look at a list: its columns, how CSV of it is written, its rows."""
    if job.source.form == "jsonl":
        return _jsonl(job)
    head = job.head()
    written = job.written(head)
    same = written.delimiter == head.delimiter and job.target.form == "csv" and not job.wanted.safe
    rows = (
        (row.text if same else None, row.cells, row.trouble)
        for row in csv_text.rows(job.source.path, head)
    )
    return job.columns(head.headings), written, rows


def _jsonl(job: Job) -> tuple[Columns, Head, Rows]:
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
    return job.columns(keys), job.written(None), rows

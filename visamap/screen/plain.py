"""Short lists without any library: CSV and JSON Lines, row by row, up to ``MOST_ROWS``.

The same rules and the same readers of rows and cells as the engines; a longer list needs one of
them.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, cast

from visamap.domain.entry import check
from visamap.domain.trip import Behind, Holder, Stage, leg
from visamap.domain.verdict import Run, Visitor, passport_asked, runs
from visamap.errors import MissingExtraError
from visamap.i18n import tr
from visamap.results.screen_results import PROBLEMS, Problem
from visamap.screen import csv_text, json_lines
from visamap.screen.columns import ABOUT, PARTED, ROLES, Answer, Columns, refuse_twins
from visamap.screen.csv_text import Head
from visamap.screen.days import BAD, BLANK
from visamap.screen.lists import Counting, Job
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
    on_visa = answer.verdict == "visa_required" or answer.visit_alone_visa_free is False
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

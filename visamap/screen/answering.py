"""The one function that answers: columns of a block in, the number of each row's answer out.

Everything about a row is worked out from that row's own cells, and the answers stand in the order
of the rows: nothing is joined. A text is read once for each way of writing, by the functions that
the plain path calls for every row.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from visamap.results.screen import PROBLEMS, Problem
from visamap.screen.columns import ABOUT, ADDED, Answer
from visamap.screen.counting import Counting
from visamap.screen.rule_table import DAY, KINDS, TIME, RuleBook, answer_of, code_of, day
from visamap.vocabulary import PASSPORTS

Numbers = np.ndarray[Any, Any]

STRING = pa.string()
MOST_KEPT = 100_000
"""Texts whose meaning is kept from block to block."""
EPOCH = date(1970, 1, 1).toordinal()
NEVER = date.max.toordinal() + 1
STAYS = {None: 0, True: 1, False: 2}
"""Whether a stay is allowed, as a number."""
BLANK, BAD = 0, -1
"""What stands for the day of an empty cell and of one that names none."""
PER_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


class Asked(NamedTuple):
    """The cells of a block that the question is about, and the codes of rows that are none."""

    rows: int
    trouble: Numbers | None
    nationality: Any
    arrival: Any
    departure: Any
    passport: Any
    destination: Any


class Answerer:
    """Answers blocks by the rules of one release."""

    def __init__(self, book: RuleBook) -> None:
        """Lay out the rules that a row without a destination asks."""
        self.book = book
        self._numbers = {Answer(problem=problem): n for n, problem in enumerate(PROBLEMS)}
        self._first_slot = np.full(len(book.destinations), -1, np.int32)
        self._starts = np.zeros((0, 0), np.int32)
        self._base = self._answers = np.zeros(0, np.int32)
        self._told = np.zeros((4, 0), np.int32)  # longest, refused, until, beyond of each rule
        self.lay_out([0])
        self._countries: dict[Any, int] = {}
        self._kinds: dict[Any, int] = {}
        self._destinations: dict[Any, int] = {}
        self._known_days: dict[Any, int] = {}
        self._known_times: dict[Any, int] = {}

    def lay_out(self, destinations: Iterable[int]) -> None:
        """Lay out the rules of destinations behind what is there already.

        For each slot its first rule and the days on which others start.
        """
        for destination in destinations:
            if self._first_slot[destination] < 0:
                self._lay_out(destination)
        self.table = tuple(self._numbers)

    def _lay_out(self, destination: int) -> None:
        slots = list(self.book.slots(destination))
        periods, held = self._starts.shape
        wanted = max(periods, max(len(rows) for _, rows in slots) - 1)
        starts = np.full((wanted, held + len(self.book.codes) * KINDS), NEVER, np.int32)
        starts[:periods, :held] = self._starts
        base = np.zeros(starts.shape[1] - held, np.int32)
        answers: list[int] = []
        told: list[tuple[int, int, int, int]] = []
        for slot, rows in slots:
            base[slot] = self._told.shape[1] + len(told)
            for number, row in enumerate(rows):
                if number:
                    starts[number - 1, held + slot] = row.first_day.toordinal()
                found = (answer_of(row, stay) for stay in STAYS)
                answers += [self._numbers.setdefault(one, len(self._numbers)) for one in found]
                # The longest stay, or where its length does not matter -1 - the number of the stay.
                most = -1 - {"citizen": 1, "visa_required": 2}.get(row.verdict, 0)
                if row.verdict == "visa_free":
                    most = NEVER if row.any_length else row.max_stay_days or most
                refused = NEVER if row.unless_bound is None else row.unless_bound
                until = row.terms_until.toordinal() if row.terms_until else NEVER
                told.append((most, refused, until, STAYS[row.after_terms]))
        self._starts, self._base = starts, np.append(self._base, base)
        self._answers = np.append(self._answers, np.array(answers, np.int32))
        self._told = np.hstack([self._told, np.array(told, np.int32).T])
        self._first_slot[destination] = held

    def answers(self, asked: Asked) -> Numbers:
        """Return the place in ``table`` of the answer to each row."""
        country = _each(asked.nationality, self.book.nationality, self._countries)
        where = first_slot = np.zeros(1, np.int32)
        if asked.destination is not None:
            where = _each(asked.destination, self.book.destination, self._destinations)
            told = np.maximum(where, 0)
            self.lay_out(np.flatnonzero(np.bincount(told)).tolist())
            first_slot = self._first_slot[told]
        kind = np.full(asked.rows, PASSPORTS.index("ordinary"), np.int32)
        if asked.passport is not None:
            kind = _each(asked.passport, self.book.passport, self._kinds)
        came, left = self._days(asked.arrival), np.full(asked.rows, BLANK, np.int32)
        if asked.departure is not None:
            left = self._days(asked.departure)
        problem = np.zeros(asked.rows, np.int32)  # of several the first; it is written last
        problem[(left != BLANK) & (left < came)] = code_of("departure-before-arrival")
        problem[left == BAD] = code_of("bad-departure")
        problem[came == BAD] = code_of("bad-arrival")
        problem[came == BLANK] = code_of("no-arrival")
        for codes in (where, kind, country, asked.trouble):
            if codes is not None:
                problem = np.where(codes < 0, codes, problem)
        slot = np.where(problem, 0, first_slot + country * KINDS + kind)
        rule = self._base[slot]
        for start in self._starts:
            first = start[slot]
            if first.min(initial=NEVER) == NEVER:
                break
            rule += first <= came
        found = self._answers[rule * 3 + self._stays(rule, came, left)]
        return np.where(problem, -1 - problem, found)

    def _days(self, column: Any) -> Numbers:
        """Return the days of a column as ordinals, ``BLANK`` or ``BAD``."""
        kind = column.type
        if pa.types.is_dictionary(kind):
            return np.append(self._days(column.dictionary), np.int32(BLANK))[_indices(column)]
        if pa.types.is_date32(kind):
            found = column.cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False)
        elif pa.types.is_timestamp(kind) or pa.types.is_date64(kind):
            moments = column.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
            found = moments // PER_DAY["ms" if pa.types.is_date64(kind) else kind.unit]
        else:
            return self._days_of_text(text_of(column))
        found = found.astype(np.int64) + EPOCH
        found = np.where((found >= 1) & (found < NEVER), found, BAD)
        return np.where(column.is_null(), BLANK, found).astype(np.int32)

    def _days_of_text(self, texts: Any) -> Numbers:
        """Read a list's few days and few times of day apart, and what is neither as a whole."""
        texts = texts.fill_null(texts_of([""])[0])
        bounds, data = bounds_of(texts)
        starts, ends = bounds[:-1], bounds[1:]
        middle = np.minimum(starts + DAY, ends)
        longer = np.flatnonzero(ends > middle)
        heads = sliced(data, starts, middle, pa.binary()) if longer.size else texts
        found = _each(heads, _day, self._known_days)
        if longer.size:
            times = sliced(data, middle[longer], ends[longer], pa.binary())
            fits = _each(times, _is_time, self._known_times)
            found[longer] = np.where(fits & (found[longer] != BLANK), found[longer], BAD)
        odd = np.flatnonzero(found == BAD)
        if odd.size:
            found[odd] = _each(texts.take(places_of(odd)), _day, {})
        return found

    def _stays(self, rule: Numbers, came: Numbers, left: Numbers) -> Numbers:
        """Return the number of ``STAYS`` for each stay; 0 also where nobody asks."""
        longest, refused, until, beyond = (told[rule] for told in self._told)
        stay = np.where(left > until, beyond, 1)
        stay = np.where(left - came >= longest, 0, stay)
        stay = np.where(left - came >= refused, 2, stay)
        stay = np.where(longest < 0, -1 - longest, stay)
        return np.where(left == BLANK, 0, stay)

    def count(self, asked: Asked, found: Numbers, counting: Counting) -> None:
        """Add the answers of a block to what was counted."""
        counted = np.bincount(found, minlength=len(self.table))
        used = np.flatnonzero(counted).tolist()
        values: dict[tuple[Problem, str], int] = {}
        for number in used[: np.searchsorted(used, len(PROBLEMS))]:
            problem = PROBLEMS[number]
            column = getattr(asked, ABOUT.get(problem, ""), None)
            if column is None:
                continue
            rows = places_of(np.flatnonzero(found == number))
            for value in pc.value_counts(text_of(column.take(rows))):
                if text := value["values"].as_py():
                    values[problem, text] = value["counts"].as_py()
        troubles: list[tuple[int, Problem]] = []
        if asked.trouble is not None:
            broken = np.flatnonzero(asked.trouble)[:5].tolist()
            troubles = [(at, PROBLEMS[-1 - asked.trouble[at]]) for at in broken]
        counting.add({self.table[n]: int(counted[n]) for n in used}, values, troubles)

    def columns(self, found: Numbers, width: int = len(ADDED)) -> list[Any]:
        """Return the first ``width`` of the added columns of a block, texts as dictionaries."""
        columns: list[Any] = []
        for place, kind in enumerate(TYPES[:width]):
            values = pa.array([answer[place] for answer in self.table], kind)
            values = values.dictionary_encode() if kind == STRING else values
            columns.append(values.take(places_of(found)))
        return columns


TYPES = tuple(
    {"max_stay_days": pa.int32(), "stay_allowed": pa.bool_()}.get(name, STRING) for name in ADDED
)
"""The types of the added columns."""


def _each(column: Any, read: Callable[[Any], int], known: dict[Any, int]) -> Numbers:
    """Read a column of texts or bytes, each different one once; ``known`` keeps what was read."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    words = column.dictionary
    words = [*(words if pa.types.is_binary(words.type) else text_of(words)).to_pylist(), None]
    if len(known) > MOST_KEPT:
        known.clear()
    for word in words:
        if word not in known:
            known[word] = read(word)
    return np.array([known[word] for word in words], np.int32)[_indices(column)]


def _day(text: str | bytes | None) -> int:
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text or ""
    on = day(text)
    return on.toordinal() if on else BAD if text.strip(" ") else BLANK


def _is_time(text: bytes | None) -> int:
    return int(bool(text and re.fullmatch(TIME, text.decode("utf-8", "replace"))))


def _indices(column: Any) -> Numbers:
    """Return the places in the dictionary, -1 for nothing."""
    indices = column.indices.fill_null(-1) if column.null_count else column.indices
    return np.from_dlpack(indices)


# ``pa.array`` and ``to_numpy`` import pandas where it is installed: 0.3 seconds and 30 megabytes.
def texts_of(values: Iterable[str | None]) -> Any:
    """Return texts as an array."""
    builder = pa.lib.StringBuilder()
    builder.append_values(values)
    return builder.finish()


def places_of(numbers: Numbers) -> Any:
    """Return places as an array."""
    data = pa.py_buffer(numbers.astype(np.int64))
    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, data])


def text_of(column: Any) -> Any:
    """Return a column as text; of a dictionary the words."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column if column.type == pa.string() else column.cast(pa.string())


def bounds_of(texts: Any) -> tuple[Numbers, Numbers]:
    """Return where the texts of an array begin and end, and the bytes that they are in."""
    _, bounds, data = texts.buffers()
    held = np.frombuffer(bounds, np.int32, len(texts) + 1, texts.offset * 4)
    return held, np.frombuffer(data or b"", np.uint8)


def sliced(data: Any, starts: Numbers, ends: Numbers, kind: Any = STRING) -> Any:
    """Return the texts between these places of some bytes, which are UTF-8; or bytes."""
    if not starts.size:
        return pa.nulls(0, kind)
    bounds = np.empty(2 * starts.size, np.int32)
    bounds[0::2], bounds[1::2] = starts, ends
    buffers = [None, pa.py_buffer(bounds), pa.py_buffer(data)]
    pieces = pa.Array.from_buffers(kind, bounds.size - 1, buffers)
    return pieces.take(places_of(np.arange(0, bounds.size, 2, dtype=np.int32)))

"""The one function that answers: columns of a block in, the number of each row's answer out.

Everything about a row is worked out from that row's own cells, and the answers stand in the order
of the rows: nothing is joined. A text is read once for each way of writing, by the functions that
the plain path calls for every row.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from visamap.domain.decisions import Decision
from visamap.results.screen_results import PROBLEMS, Problem
from visamap.screen.columns import Answer
from visamap.screen.days import BAD, BLANK, DAY, TIME
from visamap.screen.lists import Counting
from visamap.screen.plain import MOST_KEPT, Read, Reader, unreadable
from visamap.screen.rule_table import KINDS, RuleBook, answer_of
from visamap.store.index import Index

Numbers = np.ndarray[Any, Any]

STRING = pa.string()
EPOCH = date(1970, 1, 1).toordinal()
NEVER = date.max.toordinal() + 1
STAYS = {None: 0, True: 1, False: 2}
"""Whether a stay is allowed, as a number."""
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


class Found(NamedTuple):
    """The answers of a block: a number for each row, at first those of the answerer's ``table``.

    Numbers from ``shared`` on stand for the answers that only this block has.
    """

    numbers: Numbers
    shared: int
    own: list[Answer]
    values: Counter[tuple[Problem, str]]

    @property
    def troubled(self) -> Any:
        """Which rows have a problem."""
        told = np.array([bool(one.problem) for one in self.own] or [False])
        own = np.maximum(self.numbers - self.shared, 0)
        return (self.numbers >= self.shared) & told[own]


class Laid(NamedTuple):
    """The rules of a destination: of each slot the first, and the days on which others start.

    Each rule has an answer to each of ``STAYS``, by its place in ``table``, and what is ``told`` of
    it: the longest stay, those refused, until when its terms hold and what is known beyond.
    """

    starts: Numbers
    base: Numbers
    answers: Numbers
    table: tuple[Answer, ...]
    told: Numbers


_LAID: WeakKeyDictionary[Index, Laid] = WeakKeyDictionary()


def _laid_out(book: RuleBook, destination: int) -> Laid:
    """Lay out the rules of a destination, once for an index: a short list takes far less."""
    index = book.entering(destination)
    if index not in _LAID:
        slots = list(book.slots(destination))
        periods = max(len(rows) for _, rows in slots) - 1
        starts = np.full((periods, len(book.codes) * KINDS), NEVER, np.int32)
        base = np.zeros(starts.shape[1], np.int32)
        table: dict[Answer, int] = {}
        answers: list[int] = []
        told: list[tuple[int, int, int, int]] = []
        for slot, rows in slots:
            base[slot] = len(told)
            for number, rule in enumerate(rows):
                if number:
                    starts[number - 1, slot] = rule.first_day.toordinal()
                found = (answer_of(rule, stay) for stay in STAYS)
                answers += [table.setdefault(one, len(table)) for one in found]
                told.append(_told(rule.decision))
        numbers = np.array(answers, np.int32), tuple(table), np.array(told, np.int32).T
        _LAID[index] = Laid(starts, base, *numbers)
    return _LAID[index]


def _told(row: Decision) -> tuple[int, int, int, int]:
    # The longest stay, or where its length does not matter -1 - the number of the stay.
    most = -1 - {"citizen": 1, "visa_required": 2}.get(row.verdict, 0)
    if row.verdict == "visa_free":
        most = NEVER if row.any_length else row.max_stay_days or most
    refused = NEVER if row.unless_bound is None else row.unless_bound
    until = row.terms_until.toordinal() if row.terms_until else NEVER
    return most, refused, until, STAYS[row.after_terms]


class Answerer:
    """Answers blocks by the rules of one release."""

    def __init__(self, book: RuleBook, *, duties: bool = False) -> None:
        """Lay out the rules that a row without a destination asks."""
        self.book, self._duties = book, duties
        self._reader: Reader | None = None  # made where it works, for it does not travel
        self._numbers: dict[Answer, int] = {}
        self._first_slot = np.full(len(book.destinations), -1, np.int32)
        self._starts = np.zeros((0, 0), np.int32)
        self._base = self._answers = np.zeros(0, np.int32)
        self._told = np.zeros((4, 0), np.int32)
        self.lay_out([0])
        self._countries: dict[Any, int] = {}
        self._kinds: dict[Any, int] = {}
        self._destinations: dict[Any, int] = {}
        self._known_days: dict[Any, int] = {}
        self._known_times: dict[Any, int] = {}

    def lay_out(self, destinations: Iterable[int]) -> None:
        """Lay out the rules of destinations behind what is there already."""
        for destination in destinations:
            if self._first_slot[destination] < 0:
                self._lay_out(destination)
        self.table = tuple(self._numbers)

    def _lay_out(self, destination: int) -> None:
        laid = _laid_out(self.book, destination)
        periods, held = self._starts.shape
        wanted = max(periods, laid.starts.shape[0])
        starts = np.full((wanted, held + laid.starts.shape[1]), NEVER, np.int32)
        starts[:periods, :held] = self._starts
        starts[: laid.starts.shape[0], held:] = laid.starts
        numbers = [self._numbers.setdefault(one, len(self._numbers)) for one in laid.table]
        answers = np.array(numbers, np.int32)[laid.answers]
        self._starts = starts
        self._base = np.append(self._base, laid.base + np.int32(self._told.shape[1]))
        self._answers = np.append(self._answers, answers)
        self._told = np.hstack([self._told, laid.told])
        self._first_slot[destination] = held

    def answers(self, asked: Asked) -> Found:
        """Return the answer to each row; rows that need a look are read one by one."""
        country = _each(asked.nationality, self.book.nationality, self._countries)
        where = first_slot = np.zeros(asked.rows, np.int32)
        if asked.destination is not None:
            where = _each(asked.destination, self.book.destination, self._destinations)
            told = np.maximum(where, 0)
            self.lay_out(np.flatnonzero(np.bincount(told)).tolist())
            first_slot = self._first_slot[told]
        kind = np.full(asked.rows, self.book.default, np.int32)
        if asked.passport is not None:
            kind = _each(asked.passport, self.book.passport, self._kinds)
        came, left = self._days(asked.arrival), np.full(asked.rows, BLANK, np.int32)
        if asked.departure is not None:
            left = self._days(asked.departure)
        read = country, kind, where, came, left
        sound = (country >= 0) & (kind >= 0) & (where >= 0) & (came > BLANK)
        sound &= (left >= came) | (left == BLANK)
        if asked.trouble is not None:
            sound &= asked.trouble == 0
        slot = np.where(sound, first_slot + country * KINDS + kind, 0)
        rule = self._base[slot]
        for start in self._starts:
            first = start[slot]
            if first.min(initial=NEVER) == NEVER:
                break
            rule += first <= came
        found = self._answers[rule * 3 + self._stays(rule, came, left)]
        rest = np.arange(asked.rows) if self._duties else np.flatnonzero(~sound)
        return self._with_rest(Found(found, len(self.table), [], Counter()), asked, read, rest)

    def _with_rest(
        self, found: Found, asked: Asked, read: Sequence[Numbers], rest: Numbers
    ) -> Found:
        """Fill in the answers of rows that need a look."""
        if not rest.size:
            return found
        self._reader = self._reader or Reader(self.book, duties=self._duties)
        cells = [_cells(column, rest) for column in asked[2:]]
        codes = [numbers[rest].tolist() for numbers in read]
        troubles = [0] * len(rest) if asked.trouble is None else asked.trouble[rest].tolist()
        known: dict[Answer, int] = {}
        numbers = []
        for trouble, code, row in zip(
            troubles, map(Read, *codes), zip(*cells, strict=True), strict=True
        ):
            if trouble:
                answer = Answer(problem=PROBLEMS[-1 - trouble])
            else:
                answer = self._reader.judged(code, row)
            found.values.update(unreadable(answer, row))
            numbers.append(found.shared + known.setdefault(answer, len(known)))
        found.numbers[rest] = numbers
        return found._replace(own=list(known))

    def _days(self, column: Any) -> Numbers:
        """Return the days of a column as ordinals, ``BLANK`` or ``BAD``."""
        kind = column.type
        if pa.types.is_dictionary(kind):
            return np.append(self._days(column.dictionary), np.int32(BLANK))[_indices(column)]
        if pa.types.is_date32(kind):
            counted, a_day = column.cast(pa.int32()).cast(pa.int64()), 1
        elif pa.types.is_timestamp(kind) or pa.types.is_date64(kind):
            unit = "ms" if pa.types.is_date64(kind) else kind.unit
            counted, a_day = column.cast(pa.int64()), PER_DAY[unit]
        else:
            return self._days_of_text(text_of(column))
        # What lies there for a null is anything; a null is told from it below.
        _, data = counted.buffers()
        moments = np.frombuffer(data or b"", np.int64, len(counted), counted.offset * 8)
        found = moments // a_day + EPOCH
        found = np.where((found >= 1) & (found < NEVER), found, BAD).astype(np.int32)
        if column.null_count:
            found[np.from_dlpack(pc.indices_nonzero(column.is_null()))] = BLANK
        return found

    def _days_of_text(self, texts: Any) -> Numbers:
        """Read a list's few days and few times of day apart, and what is neither as a whole."""
        texts = texts.fill_null(texts_of([""])[0])
        bounds, data = bounds_of(texts)
        starts, ends = bounds[:-1], bounds[1:]
        middle = np.minimum(starts + DAY, ends)
        longer = np.flatnonzero(ends > middle)
        heads = sliced(data, starts, middle, pa.binary()) if longer.size else texts
        found = _each(heads, self._day, self._known_days)
        if longer.size:
            times = sliced(data, middle[longer], ends[longer], pa.binary())
            fits = _each(times, _is_time, self._known_times)
            found[longer] = np.where(fits & (found[longer] != BLANK), found[longer], BAD)
        odd = np.flatnonzero(found == BAD)
        if odd.size:
            found[odd] = _each(texts.take(places_of(odd)), self._day, {})
        return found

    def _day(self, text: str | bytes | None) -> int:
        return self.book.days.ordinal(
            text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        )

    def _stays(self, rule: Numbers, came: Numbers, left: Numbers) -> Numbers:
        """Return the number of ``STAYS`` for each stay; 0 also where nobody asks."""
        longest, refused, until, beyond = (told[rule] for told in self._told)
        stay = np.where(left > until, beyond, 1)
        stay = np.where(left - came >= longest, 0, stay)
        stay = np.where(left - came >= refused, 2, stay)
        stay = np.where(longest < 0, -1 - longest, stay)
        return np.where(left == BLANK, 0, stay)

    def count(self, asked: Asked, found: Found, counting: Counting) -> None:
        """Add the answers of a block to what was counted."""
        counted = np.bincount(found.numbers, minlength=found.shared + len(found.own))
        answers: dict[Answer, int] = {}
        for number in np.flatnonzero(counted).tolist():
            answer = self._answer(found, number)
            answers[answer] = answers.get(answer, 0) + int(counted[number])
        troubles: list[tuple[int, Problem]] = []
        if asked.trouble is not None:
            broken = np.flatnonzero(asked.trouble)[:5].tolist()
            troubles = [(at, PROBLEMS[-1 - asked.trouble[at]]) for at in broken]
        counting.add(answers, found.values, troubles)

    def _answer(self, found: Found, number: int) -> Answer:
        own = number - found.shared
        return self.table[number] if own < 0 else found.own[own]

    def columns(self, found: Found, told: Sequence[int]) -> list[Any]:
        """Return the added columns of a block, those ``told``, texts as dictionaries."""
        columns: list[Any] = []
        table = [*self.table[: found.shared], *found.own]
        places = places_of(found.numbers)
        for place in told:
            said = (answer[place] for answer in table)
            values = texts_of([None if one is None else str(one) for one in said])
            text = TYPES[place] == STRING
            values = values.dictionary_encode() if text else values.cast(TYPES[place])
            columns.append(values.take(places))
        return columns


NOTHING = Found(np.zeros(0, np.int32), 0, [], Counter())
TYPES = tuple(
    {"max_stay_days": pa.int32(), "visit_alone_visa_free": pa.bool_()}.get(name, STRING)
    for name in Answer._fields
)


def _cells(column: Any, rows: Numbers) -> list[str | None]:
    """Return some cells as text."""
    if column is None:
        return [None] * len(rows)
    return list(text_of(column.take(places_of(rows))).to_pylist())


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

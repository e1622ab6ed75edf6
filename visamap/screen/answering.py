"""The one function that answers: columns of a block in, the number of each row's answer out.

Everything about a row is worked out from that row's own cells, and the answers stand in the order
of the rows: nothing is joined. A text is read once for each block and way of writing, by the
functions that the plain path calls for every row; days are read by arithmetic where they are
written as they should be.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from visamap.results.screen import PROBLEMS, Problem
from visamap.screen.cells import DAY, TIME, day
from visamap.screen.columns import ABOUT, ADDED, Answer
from visamap.screen.counting import Counting
from visamap.screen.rule_table import KINDS, RuleBook, answer_of, code_of
from visamap.vocabulary import PASSPORTS

Numbers = np.ndarray[Any, Any]

MOST_KEPT = 100_000
"""Texts whose meaning is kept from block to block."""
EPOCH = date(1970, 1, 1).toordinal()
NEVER = date.max.toordinal() + 1
BLANK, BAD = 0, -1
"""What stands for the day of an empty cell and of one that names none."""
PER_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
DIGITS = [0, 1, 2, 3, 5, 6, 8, 9]
MONTHS, TEN = 12, 10
_firsts = [date(year, month, 1).toordinal() for year in range(1, 10_000) for month in range(1, 13)]
BEFORE = np.array([*[0] * MONTHS, *_firsts, NEVER], np.int32) - 1
"""The last day before each month, by its number from January of the year 0 on."""


class Asked(NamedTuple):
    """The cells of a block that the question is about, and the codes of rows that are none."""

    rows: int
    nationality: Any
    arrival: Any
    departure: Any = None
    passport: Any = None
    trouble: Numbers | None = None


class Answerer:
    """Answers blocks by the rules of one release."""

    def __init__(self, book: RuleBook) -> None:
        """Lay the rules out: for each slot its first rule and the days on which others start."""
        self.book = book
        table = {Answer(problem=problem): n for n, problem in enumerate(PROBLEMS)}
        slots = list(book.slots())
        periods = max(len(rows) for _, rows in slots)
        self._starts = np.full((periods - 1, len(book.codes) * KINDS), NEVER, np.int32)
        self._base = np.zeros(len(book.codes) * KINDS, np.int32)
        answers: list[int] = []
        longest: list[tuple[int, int]] = []
        ends: list[tuple[int, int]] = []
        for slot, rows in slots:
            self._base[slot] = len(longest)
            for number, row in enumerate(rows):
                if number:
                    self._starts[number - 1, slot] = row.first_day.toordinal()
                found = (answer_of(row, stay) for stay in (None, True, False))
                answers += [table.setdefault(one, len(table)) for one in found]
                most = _stay_limit(row.verdict, row.max_stay_days)
                longest.append((most, NEVER if row.unless_bound is None else row.unless_bound))
                beyond = _stay(row.after_terms)
                ends.append((row.terms_until.toordinal() if row.terms_until else NEVER, beyond))
        self.table = tuple(table)
        self._answers = np.array(answers, np.int32)
        self._longest, self._refused = np.array(longest, np.int32).T
        self._until, self._beyond = np.array(ends, np.int32).T
        self._countries: dict[str | None, int] = {}
        self._kinds: dict[str | None, int] = {}

    def answers(self, asked: Asked) -> Numbers:
        """Return the place in ``table`` of the answer to each row."""
        country = _codes(asked.nationality, self.book.nationality, self._countries)
        kind = _ordinary(asked.rows)
        if asked.passport is not None:
            kind = _codes(asked.passport, self.book.passport, self._kinds)
        came, left = days(asked.arrival), _none(asked.rows)
        if asked.departure is not None:
            left = days(asked.departure)
        sound = (country >= 0) & (kind >= 0) & (came > 0)
        sound &= (left == BLANK) | (left >= came)
        if asked.trouble is not None:
            sound &= asked.trouble == 0
        slot = np.where(sound, country * KINDS + kind, 0)
        rule = self._base[slot]
        for start in self._starts:
            first = start[slot]
            if first.min(initial=NEVER) == NEVER:
                break
            rule += first <= came
        found: Numbers = self._answers[rule * 3 + self._stays(rule, came, left)]
        if not sound.all():
            broken = np.flatnonzero(~sound)
            one = Asked(broken.size, *(None,) * 4, trouble=asked.trouble)
            codes = _problems(one, broken, country, kind, came, left)
            found[broken] = -1 - codes
        return found

    def _stays(self, rule: Numbers, came: Numbers, left: Numbers) -> Numbers:
        """Return whether each stay is allowed: 0 nobody knows or asks, 1 yes, 2 no."""
        longest = self._longest[rule]
        stay = np.where(left > self._until[rule], self._beyond[rule], 1)
        stay = np.where(left - came >= longest, 0, stay)
        stay = np.where(left - came >= self._refused[rule], 2, stay)
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
            rows = pa.array(np.flatnonzero(found == number))
            for value in pc.value_counts(text_of(column.take(rows))):
                if text := value["values"].as_py():
                    values[problem, text] = value["counts"].as_py()
        troubles: list[tuple[int, Problem]] = []
        if asked.trouble is not None:
            broken = np.flatnonzero(asked.trouble)[:5].tolist()
            troubles = [(at, PROBLEMS[-1 - asked.trouble[at]]) for at in broken]
        counting.add({self.table[n]: int(counted[n]) for n in used}, values, troubles)

    def columns(self, found: Numbers) -> list[Any]:
        """Return the added columns of a block, texts as dictionaries."""
        return [self._column(place, found) for place in range(len(ADDED))]

    def _column(self, place: int, found: Numbers) -> Any:
        values = pa.array([answer[place] for answer in self.table], TYPES[place])
        if TYPES[place] != pa.string():
            return values.take(pa.array(found))
        words = values.dictionary_encode()
        return pa.DictionaryArray.from_arrays(words.indices.take(pa.array(found)), words.dictionary)


TYPES = tuple(
    {"max_stay_days": pa.int32(), "stay_allowed": pa.bool_()}.get(name, pa.string())
    for name in ADDED
)
"""The types of the added columns."""


def _stay(allowed: bool | None) -> int:
    return {None: 0, True: 1, False: 2}[allowed]


def _stay_limit(verdict: str, longest: int | None) -> int:
    """Return the longest stay, or below zero where its length does not matter: -1 - the stay."""
    if verdict == "visa_free":
        return -1 if longest is None else longest
    return -1 - {"citizen": 1, "visa_required": 2}.get(verdict, 0)


def _problems(  # noqa: PLR0913, PLR0917
    asked: Asked, rows: Numbers, country: Numbers, kind: Numbers, came: Numbers, left: Numbers
) -> Numbers:
    """Return the code of the first problem of each of these rows."""
    country, kind, came, left = country[rows], kind[rows], came[rows], left[rows]
    trouble = asked.trouble[rows] if asked.trouble is not None else _none(rows.size)
    return np.select(
        [trouble < 0, country < 0, kind < 0, came == BLANK, came == BAD, left == BAD],
        [
            trouble,
            country,
            kind,
            np.int32(code_of("no-arrival")),
            np.int32(code_of("bad-arrival")),
            np.int32(code_of("bad-departure")),
        ],
        np.int32(code_of("departure-before-arrival")),
    )


def _ordinary(rows: int) -> Numbers:
    return np.full(rows, PASSPORTS.index("ordinary"), np.int32)


def _none(rows: int) -> Numbers:
    return np.zeros(rows, np.int32)


def _codes(column: Any, read: Callable[[str | None], int], kept: dict[str | None, int]) -> Numbers:
    """Read a column of texts, each different one once."""
    if not pa.types.is_dictionary(column.type):
        column = text_of(column).dictionary_encode()
    words = [*text_of(column.dictionary).to_pylist(), None]
    if len(kept) > MOST_KEPT:
        kept.clear()
    meant = np.empty(len(words), np.int32)
    for number, word in enumerate(words):
        if (code := kept.get(word)) is None:
            code = kept[word] = read(word)
        meant[number] = code
    return meant[_indices(column)]


def _indices(column: Any) -> Numbers:
    """Return the places in the dictionary, -1 for nothing."""
    indices: Numbers = column.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return indices


def text_of(column: Any) -> Any:
    """Return a column as text; of a dictionary the words."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column if column.type == pa.string() else column.cast(pa.string())


def days(column: Any) -> Numbers:
    """Return the days of a column as ordinals, ``BLANK`` or ``BAD``."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return np.append(days(column.dictionary), np.int32(BLANK))[_indices(column)]
    if pa.types.is_date32(kind):
        found = column.cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    elif pa.types.is_timestamp(kind) or pa.types.is_date64(kind):
        moments = column.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
        found = moments // PER_DAY["ms" if pa.types.is_date64(kind) else kind.unit]
    else:
        return _days_of_text(text_of(column))
    found = found + EPOCH
    found = np.where((found >= 1) & (found < NEVER), found, BAD)
    if column.null_count:
        found = np.where(column.is_null().to_numpy(zero_copy_only=False), BLANK, found)
    return found.astype(np.int32)


def _days_of_text(texts: Any) -> Numbers:
    found = _none(len(texts))
    if texts.null_count:
        texts = texts.fill_null("")
    bounds, data = bounds_of(texts)
    lengths = np.diff(bounds)
    tried: Any = np.flatnonzero(lengths >= DAY)
    if tried.size == len(texts):
        tried = slice(None)
    starts, ends = bounds[:-1][tried], bounds[1:][tried]
    digits = data[starts[:, None] + np.array(DIGITS, np.int32)] - np.uint8(ord("0"))
    good = (digits < TEN).all(1)
    good &= (data[starts + 4] == ord("-")) & (data[starts + 7] == ord("-"))
    year = digits[:, 0] * np.int32(1000) + digits[:, 1] * np.int32(100)
    year += digits[:, 2] * np.int32(10) + digits[:, 3]
    month = digits[:, 4] * np.int32(10) + digits[:, 5]
    on = digits[:, 6] * np.int32(10) + digits[:, 7]
    good &= (year >= 1) & (month >= 1) & (month <= MONTHS) & (on >= 1)
    which = np.where(good, year * MONTHS + month - 1, 0)
    ordinal = BEFORE[which] + on
    good &= ordinal <= BEFORE[which + 1]
    longer = good & (ends - starts > DAY)
    if longer.any():
        tails = sliced(data, starts[longer] + DAY, ends[longer]).dictionary_encode()
        fits = pc.match_substring_regex(tails.dictionary, f"^(?:{TIME})$")
        good[longer] = fits.to_numpy(zero_copy_only=False)[_indices(tails)]
    found[tried] = np.where(good, ordinal, BAD)
    # What is not written so is looked at one by one: it may have spaces around it.
    odd = np.flatnonzero((found == BAD) | ((lengths > 0) & (lengths < DAY)))
    if odd.size:
        words = texts.take(pa.array(odd)).dictionary_encode()
        meant = np.array([_day(word) for word in words.dictionary.to_pylist()], np.int32)
        found[odd] = meant[_indices(words)]
    return found


def _day(text: str) -> int:
    if not text.strip(" "):
        return BLANK
    found = day(text)
    return found.toordinal() if found else BAD


def bounds_of(texts: Any) -> tuple[Numbers, Numbers]:
    """Return where the texts of an array begin and end, and the bytes that they are in."""
    _, bounds, data = texts.buffers()
    held = np.frombuffer(bounds, np.int32, len(texts) + 1, texts.offset * 4)
    return held, np.frombuffer(data or b"", np.uint8)


def sliced(data: Any, starts: Numbers, ends: Numbers) -> Any:
    """Return the texts between these places of some bytes, which are UTF-8."""
    if not starts.size:
        return pa.array([], pa.string())
    bounds = np.empty(2 * starts.size, np.int32)
    bounds[0::2], bounds[1::2] = starts, ends
    buffers = [None, pa.py_buffer(bounds), pa.py_buffer(data)]
    pieces = pa.Array.from_buffers(pa.string(), bounds.size - 1, buffers)
    return pieces.take(pa.array(np.arange(0, bounds.size, 2, dtype=np.int32)))

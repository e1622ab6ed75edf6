"""What was answered, counted block by block, and the rows and values that the summary names."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Self

from visamap.results.screen import BrokenRow, Problem, Unreadable
from visamap.screen.columns import PARTED, Answer
from visamap.screen.rule_table import RuleBook

MOST_NAMED = 5
MOST_VALUES = 100_000


class Counting:
    """Adds up answers as they come.

    Of unreadable values it holds no more than ``MOST_VALUES`` at a time, the more frequent ones, so
    that a list without a single readable one needs no more memory than another.
    """

    def __init__(self) -> None:
        """Begin with no row."""
        self.rows = 0
        self.broken: list[BrokenRow] = []
        self.answers: Counter[Answer] = Counter()
        self.values: Counter[tuple[Problem, str]] = Counter()

    def add(
        self,
        answers: Mapping[Answer, int],
        values: Mapping[tuple[Problem, str], int],
        troubles: Iterable[tuple[int, Problem]],
    ) -> Self:
        """Count a block: its answers, unreadable values, broken rows by their place in it."""
        room = MOST_NAMED - len(self.broken)
        found = [BrokenRow(self.rows + 1 + at, problem) for at, problem in troubles]
        self.broken += found[:room]
        self.rows += sum(answers.values())
        self.answers.update(answers)
        self.values.update(values)
        if len(self.values) > MOST_VALUES:
            self.values = Counter(dict(self.values.most_common(MOST_VALUES // 2)))
        return self

    def summary(self, book: RuleBook) -> dict[str, Any]:
        """Return fields of ``Screening``; ``book`` knows what an unreadable value may mean."""
        verdicts: Counter[str] = Counter()
        problems: Counter[str] = Counter()
        reasons: Counter[str] = Counter()
        too_long = e_visa = 0
        for answer, rows in self.answers.items():
            problems.update(dict.fromkeys((answer.problem or "").split(PARTED), rows))
            if not answer.verdict:
                continue
            verdicts[answer.verdict] += rows
            reasons[answer.reason or ""] += rows
            e_visa += rows * bool(answer.e_visa)
            if answer.verdict == "visa_free" and answer.stay_allowed is False:
                too_long += rows
        del problems[""]
        frequent = sorted(self.values.items(), key=lambda one: (-one[1], one[0]))
        unreadable = (
            Unreadable(problem, value, rows, tuple(book.suggestions(problem, value)))
            for (problem, value), rows in frequent[:MOST_NAMED]
        )
        return {
            "rows": self.rows,
            "verdicts": _most_first(verdicts),
            "problems": _most_first(problems),
            "unreadable": tuple(unreadable),
            "broken": tuple(self.broken),
            "reasons": _most_first(reasons),
            "too_long": too_long,
            "e_visa": e_visa,
        }


def _most_first(counted: Counter[str]) -> dict[str, int]:
    return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))

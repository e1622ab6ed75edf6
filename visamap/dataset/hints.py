"""Which id was meant: the closest of those there are, sought for as long as it costs little.

Comparing words letter by letter is slow, and a file can hold thousands of wrong ids beside
thousands of right ones. The first slips get their hint; past that, the file is wrong as a whole.
"""

from collections.abc import Collection
from difflib import get_close_matches

MOST_STEPS = 3_000_000
"""What is spent on the hints of one file, enough for some ten among five hundred ids."""
STEPS_A_WORD = 150
"""What a word costs before its letters are compared, each with each, at a step a pair."""
LONGEST = 100
"""A longer word is no slip of the pen."""


class Hints:
    """Hints for one file."""

    def __init__(self) -> None:
        """Start with all of it left."""
        self._left = MOST_STEPS

    def close(self, word: str, names: Collection[str], cutoff: float = 0.6) -> str | None:
        """Return the name that is most like ``word``, if one is and there is time to look."""
        if len(word) > LONGEST or self._left < 0:
            return None
        self._left -= len(names) * STEPS_A_WORD + len(word) * sum(map(len, names))
        if self._left < 0:
            return None
        return next(iter(get_close_matches(word, names, n=1, cutoff=cutoff)), None)

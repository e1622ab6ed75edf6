"""What the closed words mean: the comment behind each word where the words are defined.

The words and their borders are written once, for people, in the vocabulary; a data dictionary reads
them there instead of repeating them.
"""

import inspect
import io
import tokenize
from collections.abc import Iterator
from types import ModuleType

from visamap import figures, limits, requirements, vocabulary
from visamap.models import country

Meanings = dict[frozenset[str], dict[str, str]]


def meanings() -> Meanings:
    """Return what words mean, by all words of their vocabulary; silent words are left out."""
    found: Meanings = {}
    for room in (country, figures, limits, requirements, vocabulary):
        for words in vocabularies(room):
            found[frozenset(words)] = {word: text for word, text in words.items() if text}
    return found


def vocabularies(room: ModuleType) -> Iterator[dict[str, str]]:
    """Yield the words of every ``Literal[...]`` of a module, with their comments."""
    words: dict[str, str] | None = None
    latest = ""
    for token in tokenize.generate_tokens(io.StringIO(inspect.getsource(room)).readline):
        if words is None:
            words = {} if (latest, token.string) == ("Literal", "[") else None
        elif token.type == tokenize.STRING:
            latest = token.string[1:-1]
            words[latest] = ""
            continue
        elif token.type == tokenize.COMMENT and latest in words:
            words[latest] = token.string.removeprefix("#").strip()
        elif token.string == "]":
            yield words
            words = None
        if token.type == tokenize.NAME:
            latest = token.string

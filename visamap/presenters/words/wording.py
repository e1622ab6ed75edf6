"""Puts words beside each other as sentences do, in every language; knows nothing of visas."""

from collections.abc import Iterable
from functools import reduce

from visamap.language import tr


def capital(text: str) -> str:
    """Return a sentence with a capital first letter; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def either(words: Iterable[str]) -> str:
    """Return words of which one is meant: "a or b or c"."""
    return reduce(lambda one, other: tr("{one} or {other}", one=one, other=other), words)

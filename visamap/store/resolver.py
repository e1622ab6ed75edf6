"""From what a person wrote to the code of a country, or to an error that says what it may be.

The names have ranks: codes, English, Kazakh and Russian, all other languages; a lower rank is asked
only when the higher ones know nothing. This room never guesses: a typo and a name of two countries
are errors with a hint. It runs at every start of the command, so it imports next to nothing, and
the large table of the lower ranks is fetched only when it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from visamap.errors import AmbiguousCountryError, UnknownCountryError
from visamap.i18n import current

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LONGEST_NAME = 200
"""No name in any language is longer; what is longer is not looked at."""

LONGEST_TYPO = 60
SHORTEST_TYPO = 4
SUGGESTIONS = 3
ALIKE = 0.75
"""How much a name must resemble what was written before we suggest it (1 is the same)."""
ALMOST_AS_ALIKE = 0.05
"""How far a suggestion may stay behind the best one."""

# Control characters stay: a text that holds one is no name.
_PUNCTUATION = str.maketrans(
    {
        **dict.fromkeys('!"#$%()*+,-/:;<=>?@[\\]^_{|}~', " "),
        **dict.fromkeys("'.`"),
        "&": " and ",
    }
)
_LETTERS = str.maketrans(
    {"\u0131": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
)
_DROPPED_LETTERS = "\u02bb\u02bc"  # apostrophes that Unicode counts as letters
_SHORT_I = "\u0438\u0306", "\u0439"  # a Cyrillic letter of its own, not an accented one


def fold(text: str) -> str:
    """Return the form in which names are compared: no case, accents, punctuation or "the"."""
    if text.isascii():
        if text.isalnum():
            return text.lower()
        plain = text.lower()
    else:
        plain = _without_accents(text)
    words = plain.translate(_PUNCTUATION).split()
    if len(words) > 1:
        words = ["saint" if word == "st" else word for word in words if word != "the"]
    return " ".join(words)


def _without_accents(text: str) -> str:
    import unicodedata  # noqa: PLC0415  a library of its own, which a code or a plain name spares

    plain = unicodedata.normalize("NFKD", text).casefold().replace(*_SHORT_I).translate(_LETTERS)
    return unicodedata.normalize("NFC", "".join(_kept(plain, unicodedata.category)))


def _kept(text: str, category_of: Callable[[str], str]) -> Iterator[str]:
    for sign in text:
        category = "" if sign.isascii() else category_of(sign)
        if category == "Cf" or sign in _DROPPED_LETTERS or _is_accent(sign):
            continue
        if category in {"Pi", "Pf"}:  # typographic quotes; one of them is an apostrophe
            yield "'"
        elif category[:1] in {"P", "S", "Z"}:
            yield " "
        else:
            yield sign


def _is_accent(sign: str) -> bool:
    """Tell accents and vowel points from the vowels of Indic scripts, which carry the word."""
    return (
        "\u0300" <= sign <= "\u036f"  # Latin, Greek, Cyrillic
        or "\u0591" <= sign <= "\u05c7"  # Hebrew
        or "\u064b" <= sign <= "\u065f"  # Arabic
    )


class Resolver:
    """Finds the code of a country by any of its codes and names."""

    __slots__ = ("_ambiguous", "_codes", "_countries", "_english", "_more", "_names")

    def __init__(self, small: Mapping[str, Any], more: Callable[[], Mapping[str, Any]]) -> None:
        """Take the small tables of ``catalogue.build``; ``more`` fetches the large ones."""
        self._countries: Mapping[str, list[str | None]] = small["countries"]
        self._codes: Mapping[str, str] = small["codes"]
        self._english: Mapping[str, str] = small["english"]
        self._ambiguous: Mapping[str, list[str]] = small["ambiguous"]
        self._more = more
        self._names: Mapping[str, Any] | None = None

    def resolve(self, text: str) -> str:
        """Return the alpha-3 code that ``text`` means.

        Raises:
            AmbiguousCountryError: Two countries bear this name.
            UnknownCountryError: No country does, or it is no text; what is close is suggested.
        """
        if not isinstance(text, str):
            raise UnknownCountryError(text)
        found = self.find(text)
        if found is None:
            close = [f"{self.name(code, current())} ({code})" for _, code in self.suggest(text)]
            raise UnknownCountryError(text, close)
        return found

    def find(self, text: str) -> str | None:
        """Return the code that ``text`` means, or ``None``: no hint is sought, for long lists.

        Raises:
            AmbiguousCountryError: Two countries bear this name.
        """
        if len(text) > LONGEST_NAME:
            return None
        # A code is taken only as it is written: "N/A" and "n.a." are not Namibia.
        code = text.strip().lower()
        found = self._codes.get(code.zfill(3) if code.isdigit() else code)
        if found is None:
            key = fold(text)
            found = self._english.get(key) or self._by_other_names(text, key)
        return found

    def suggest(self, text: str) -> tuple[tuple[str, str], ...]:
        """Return the names and codes, best first, that ``text`` may be a misspelling of."""
        key = fold(text) if len(text) <= LONGEST_NAME else ""
        if not SHORTEST_TYPO <= len(key) <= LONGEST_TYPO:
            return ()
        names = self._large()
        single = {**names["reviewed"], **self._english}
        several = {**names["ambiguous"], **self._ambiguous}
        codes: dict[str, None] = {}
        for name in _alike(key, [*single, *several]):
            codes.update(dict.fromkeys(several.get(name) or [single[name]]))
        return tuple((self.name(code), code) for code in list(codes)[:SUGGESTIONS])

    def name(self, code: str, language: str = "en") -> str:
        """Return the name we print for ``code``; English where the language has none."""
        display = {} if language == "en" else self._large()["display"].get(language, {})
        return str(display.get(code) or self._countries[code][2])

    def _by_other_names(self, text: str, key: str) -> str | None:
        if not key:
            return None
        choices = self._ambiguous.get(key)
        if choices is None:
            names = self._large()
            found: str | None = names["reviewed"].get(key) or names["other"].get(key)
            if found:
                return found
            choices = names["ambiguous"].get(key)
        if choices:
            named = [f"{self.name(code, current())} ({code})" for code in choices]
            raise AmbiguousCountryError(text, named)
        return None

    def _large(self) -> Mapping[str, Any]:
        if self._names is None:
            self._names = self._more()
        return self._names


def _alike(key: str, names: list[str]) -> list[str]:
    """Return the names closest to ``key``, best first."""
    from difflib import SequenceMatcher, get_close_matches  # noqa: PLC0415  only a typo pays for it

    close = get_close_matches(key, names, n=SUGGESTIONS * 3, cutoff=ALIKE)
    likeness = {name: SequenceMatcher(None, name, key).ratio() for name in close}
    best = max(likeness.values(), default=0)
    return [name for name in close if likeness[name] >= best - ALMOST_AS_ALIKE]

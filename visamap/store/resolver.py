"""From what a person wrote to the code of a country, or to an error that says what it may be.

The names have ranks: codes, English, Kazakh and Russian, all other languages, peoples, Olympic
codes; a lower rank is asked only when the higher ones know nothing. What none of them knows may
still be put together from what they know ("citizen of ...", "THA - Thailand"). This room never
guesses: a typo and a name of two countries are errors with a hint. It runs at every start of the
command, so it imports next to nothing, and the large tables of the lower ranks are fetched only
when they are needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from visamap.errors import (
    AmbiguousCountryError,
    NoNationalityError,
    TwoCountriesError,
    UnknownCountryError,
)
from visamap.i18n import current
from visamap.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

LONGEST_NAME = 200
"""No name in any language is longer; what is longer is not looked at."""

LONGEST_TYPO = 60
SHORTEST_TYPO = 4
SUGGESTIONS = 3
LETTERS_A_SLIP = 4
"""A suggestion has at most one slip in so many letters."""
MOST_SLIPS = 4
"""What has more of them is another name, however long it is."""
DEEPEST = 2
"""How often a text is parted: "AT - Austria (AUT)"."""
MOST_READINGS = 64
"""In how many ways a name with short words is read."""

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
_BETWEEN = (
    r"[/|;\n\t]+",
    r"[][(){}/|;:=\n\t]+",
    r" [-\u2013\u2014]+ ",
    r"[][(){}/|;:=,\n\t]+| [-\u2013\u2014]+ ",
)
"""What stands between two names of one country, the surest first: a name may hold a comma."""
_KAZAKH = str.maketrans("әғқңөұүіiһ", "агкноууиих")  # noqa: RUF001  letters of Kazakh
_SPELLED_OUT = ("ae", "a"), ("oe", "o"), ("ue", "u")
"""German letters as they are typed where there are none, and what ``fold`` makes of them."""
_FLAGS = {
    **{0x1F1E6 + n: chr(65 + n) for n in range(26)},  # a pair is the code of a country
    **{0xE0061 + n: chr(97 + n) for n in range(26)},  # letters in the flags of its parts
}
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


def without_kazakh_letters(name: str) -> str:
    """Return a folded name as it is typed on a Russian keyboard."""
    return name.translate(_KAZAKH)


class Meaning(Value):
    """What a text means: one country, several with one name (``bears``), or none with a reason."""

    codes: tuple[str, ...]
    why: str = "bears"


class Resolver:
    """Finds the code of a country by any of its codes and names."""

    __slots__ = ("_ambiguous", "_codes", "_countries", "_english", "_large", "_people")

    def __init__(
        self,
        small: Mapping[str, Any],
        large: Callable[[], Mapping[str, Any]],
        people: Callable[[], Mapping[str, Any]],
    ) -> None:
        """Take the small tables of ``countries.build`` and what fetches and keeps the others."""
        self._countries: Mapping[str, list[str | None]] = small["countries"]
        self._codes: Mapping[str, str] = small["codes"]
        self._english: Mapping[str, str] = small["english"]
        self._ambiguous: Mapping[str, list[str]] = small["ambiguous"]
        self._large, self._people = large, people

    def resolve(self, text: str) -> str:
        """Return the alpha-3 code that ``text`` means; else the error suggests what is close."""
        if not isinstance(text, str):
            raise UnknownCountryError(text)
        found = self.find(text)
        if found is None:
            raise UnknownCountryError(text, self._named(code for _, code in self.suggest(text)))
        return found

    def find(self, text: str) -> str | None:
        """Return the code that ``text`` means, or ``None``: no hint is sought, for long lists.

        A name of two countries, of a dead state, a bloc or a place is an error all the same.
        """
        if len(text) > LONGEST_NAME:
            return None
        code = self._code(text)
        if code:
            return code
        meaning = self._meaning(text)
        if meaning is None:
            return None
        if meaning.why == "bears" and len(meaning.codes) == 1:
            return meaning.codes[0]
        choices = self._named(meaning.codes)
        if meaning.why == "bears":
            raise AmbiguousCountryError(text, choices)
        if meaning.why == "differ":
            raise TwoCountriesError(text, choices)
        raise NoNationalityError(text, choices, dissolved=meaning.why == "dissolved")

    def suggest(self, text: str) -> tuple[tuple[str, str], ...]:
        """Return the names and codes, best first, that ``text`` may be a misspelling of."""
        key = fold(text) if len(text) <= LONGEST_NAME else ""
        if not SHORTEST_TYPO <= len(key) <= LONGEST_TYPO:
            return ()
        names, people = self._large(), self._people()
        several = {**names["ambiguous"], **people["ambiguous"], **self._ambiguous}
        ours = {**names["reviewed"], **self._english}
        ranks = ({**ours, **several}, {**names["other"], **people["people"]})
        for rank in ranks:
            codes: dict[str, None] = {}
            for name in _alike(key, rank):
                codes.update(dict.fromkeys(several.get(name) or [rank[name]]))
            if codes:
                return tuple((self.name(code), code) for code in list(codes)[:SUGGESTIONS])
        return ()

    def name(self, code: str, language: str = "en") -> str:
        """Return the name we print for ``code``; English where the language has none."""
        display = {} if language == "en" else self._large()["display"].get(language, {})
        return str(display.get(code) or self._countries[code][2])

    def names(self) -> dict[str, list[str]]:
        """Return the folded names by which people know each country: ours, and its people's."""
        found: dict[str, list[str]] = {code: [] for code in self._countries}
        for rank in (self._english, self._large()["reviewed"], self._people()["people"]):
            for name, code in rank.items():
                found[code].append(name)
        return found

    def elsewhere(self) -> Mapping[str, str]:
        """Return the code of all else that means one country: codes, other languages, slips."""
        names, people = self._large(), self._people()
        typed = {without_kazakh_letters(name): code for name, code in names["reviewed"].items()}
        olympic = {code.lower(): country for code, country in people["ioc"].items()}
        found = {**olympic, **typed, **names["other"], **self._codes}
        several = (self._ambiguous, names["ambiguous"], people["ambiguous"])
        return {name: code for name, code in found.items() if not any(name in o for o in several)}

    def _named(self, codes: Iterable[str]) -> list[str]:
        return [f"{self.name(code, current())} ({code})" for code in codes]

    def _code(self, text: str) -> str | None:
        # A code is taken only as it is written: "N/A" and "n.a." are not Namibia.
        code = text.strip().lower()
        return self._codes.get(code.zfill(3) if code.isdigit() else code)

    def _meaning(self, text: str, depth: int = 0) -> Meaning | None:
        """Return what a text means by itself, else what it means by its parts."""
        if not text.isascii():
            text = text.translate(_FLAGS)
        if code := self._code(text):
            return Meaning((code,))
        key = fold(text)
        if not key:
            return None
        return (
            self._of_name(key)
            or self._of_ioc(text)
            or self._of_short_words(fold(text.replace(".", " ")))
            or (self._of_parts(text, depth + 1) if depth < DEEPEST else None)
            or self._of_citizen(text, key)
            or self._of_kazakh(key)
        )

    def _of_name(self, key: str) -> Meaning | None:
        """Return what a folded name means, asked rank by rank."""
        for rank in self._ranks():
            if found := rank.get(key):
                return Meaning((found,) if isinstance(found, str) else tuple(found))
        place = self._people()["places"].get(key)
        return Meaning(tuple(place[1]), place[0]) if place else None

    def _ranks(self) -> Iterator[Mapping[str, str | list[str]]]:
        yield self._english
        yield self._ambiguous
        names = self._large()
        yield names["reviewed"]
        yield names["other"]
        yield names["ambiguous"]
        people = self._people()
        yield people["people"]
        yield people["ambiguous"]

    def _of_ioc(self, text: str) -> Meaning | None:
        code = self._people()["ioc"].get(text.strip().upper())
        return Meaning((code,)) if code else None

    def _of_parts(self, text: str, depth: int) -> Meaning | None:
        """Read "THA - Thailand", "Austria (AUT)": a country said twice, in which both agree."""
        import re  # noqa: PLC0415  a code or a plain name spares it
        from itertools import takewhile  # noqa: PLC0415

        code = "([A-Z]{2,3}|[0-9]{3})"
        found = re.fullmatch(rf"\W*{code}[\W_]+(\w.*)", text, re.DOTALL)
        found = found or re.fullmatch(rf"(.*\w)[\W_]+{code}\W*", text, re.DOTALL)
        ways = [found.groups() if found else (), *(re.split(sign, text) for sign in _BETWEEN)]
        for way in ways:
            parts = [part for part in way if fold(part)]
            read = (self._meaning(part, depth) for part in parts) if len(parts) > 1 else ()
            meant = [one for one in takewhile(bool, read) if one]
            if meant and len(meant) == len(parts):
                break
        else:
            return None
        shared = set(meant[0].codes).intersection(*(one.codes for one in meant))
        if shared:
            sure = next((one for one in meant if one.why == "bears"), meant[0])
            return Meaning(tuple(code for code in sure.codes if code in shared), sure.why)
        codes = dict.fromkeys(code for one in meant for code in one.codes)
        return Meaning(tuple(codes), "differ") if len(codes) > 1 else meant[0]

    def _of_citizen(self, text: str, key: str) -> Meaning | None:
        """Read "citizen of Thailand": the words around a name are taken away, one by one."""
        table = self._people()
        while True:
            shorter = next((key.removeprefix(w) for w in table["before"] if key.startswith(w)), key)
            ends = (shorter.removesuffix(w) for w in table["after"] if shorter.endswith(w))
            shorter = next(ends, shorter)
            if shorter == key:
                elided = (key.removeprefix(w) for w in table["elided"] if key.startswith(w))
                return next(filter(None, map(self._of_name, elided)), None)
            key = shorter
            # In small letters "passport no" is not one of Norway.
            code = self._codes.get(key) if key.upper() in text.replace("-", " ").split() else None
            found = (
                (Meaning((code,)) if code else None)
                or self._of_name(key)
                or self._of_ioc(key)
                or self._of_kazakh(key)
                or self._of_short_words(key)
            )
            if found:
                return found

    def _of_kazakh(self, key: str) -> Meaning | None:
        """Read Kazakh typed without its own letters, or with an ending."""
        if key.isascii():
            return None
        table = self._people()
        plain = without_kazakh_letters(key)
        while True:
            if codes := table["kazakh"].get(plain):
                return Meaning(tuple(codes))
            if plain != key and (found := self._of_name(plain)):
                return found
            ending = next((e for e in table["endings_kk"] if plain.endswith(e)), None)
            if ending is None:
                return None
            plain = plain.removesuffix(ending).rstrip()

    def _of_short_words(self, key: str) -> Meaning | None:
        """Read "S. Korea", "Korea, Rep.": each short word may stand for others."""
        from itertools import islice, product  # noqa: PLC0415  a code or a plain name spares it

        words = self._people()["words"]
        written = key.split()
        if len(written) == len(key.replace(" ", "")) > 1:  # U S A
            return self._of_name("".join(written))
        choices = [(word, *words.get(word, ())) for word in written]
        for reading in islice(product(*choices), 1, MOST_READINGS):
            if found := self._of_name(" ".join(filter(None, reading))):
                return found
        plain = key
        for spelled, letter in _SPELLED_OUT:
            plain = plain.replace(spelled, letter)
        return self._of_name(plain) if plain != key else None


def _alike(key: str, names: Iterable[str]) -> list[str]:
    """Return the names that are ``key`` but for few slips, best first."""
    from difflib import SequenceMatcher  # noqa: PLC0415  only a typo pays for it

    most = min(max(1, len(key) // LETTERS_A_SLIP), MOST_SLIPS)
    start, end, letters = key[0], key[2:], set(key)
    found = []
    for name in names:
        if abs(len(name) - len(key)) > most or len(name) < SHORTEST_TYPO:
            continue
        # Who errs knows the first letter, or errs only there.
        within = most if name[0] == start else 1 if name.endswith(end) else 0
        if not within or len(letters.symmetric_difference(name)) > 2 * within:
            continue  # a slip changes two letters at most
        if (slips := _slips(key, name, within)) <= within:
            found.append((slips, -SequenceMatcher(None, name, key).ratio(), name))
    best = min(found, default=(0,))[0]
    return [name for slips, _, name in sorted(found) if slips == best]


def _slips(one: str, other: str, most: int) -> int:
    """Return how many letters must be changed, added, left out or swapped; past ``most`` any."""
    far, length = most + 1, len(other)
    earlier: list[int] = []
    before = [min(j, far) for j in range(length + 1)]
    for i, letter in enumerate(one, 1):
        row = [min(i, far), *[far] * length]
        # Further aside lies nothing that few slips lead to.
        for j in range(max(1, i - most), min(length, i + most) + 1):
            mark = other[j - 1]
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != mark))
            if i > 1 and j > 1 and letter == other[j - 2] and mark == one[i - 2]:
                row[j] = min(row[j], earlier[j - 2] + 1)
        if min(row) > most:
            return far
        earlier, before = before, row
    return before[-1]

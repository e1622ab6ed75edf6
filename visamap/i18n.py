"""The language a reader is spoken to in, and the one way from our English to it.

Every sentence a reader sees is written in English where it is said, as a whole and with named
places for its values, and goes through this room:

    tr("No country matches {text}; give a code or a name.", text=name)
    trn("{n} day", "{n} days", number)              # n is the number itself
    trc("of a passport", "service")                 # a word that needs its context
    WORDS = {"visa_free": mark("visa-free")}        # found by `make messages`, said by tr(WORDS[x])
    translated(text), translatedn(one, many, n)     # for a library that would ask gettext

A sentence is never glued from pieces: other languages put the pieces in another order. Days are
handed over as days; each language has its own form of them. Catalogues
are gettext's (``locale/<language>/LC_MESSAGES``): ``visamap`` holds our sentences, ``facts`` the
texts of the data and the names of countries. English has none, and costs nothing; of the others a
text is looked up when it is asked for, for a command says a few dozen of some four thousand.

The language is that of the running task (a context variable), so that a server can speak to
several readers at once. It changes words only, never a code, a key or a figure.
"""

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from struct import pack, unpack_from
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, Self, get_args

if TYPE_CHECKING:
    from decimal import Decimal
    from gettext import NullTranslations


FORM_ENDS = b"\0"
"""Stands between the forms of a plural, in the id as in the text."""
REMEMBERED = 1 << 14
COUNT, COUNT_END = 8, 12
"""Where the file says how many texts it holds; behind it, where their places are listed."""


class Texts(Mapping[Any, str]):
    """Texts by id, or by id and number of the plural form, as ``GNUTranslations`` asks for them.

    A compiled file lists its ids in order: each is looked for there, and no other is read. What was
    found is remembered, and what was not: a page asks for each name again and again.
    """

    def __init__(self, file: bytes) -> None:
        """Take the whole file: little-endian, UTF-8, sorted, as ours are built."""
        self._file = file
        self._read = lru_cache(REMEMBERED)(self._look_up)
        self._count: int
        self._count, self._ids, self._texts = unpack_from("<3I", file, COUNT)

    def __getitem__(self, key: str | tuple[str, int]) -> str:
        """Return a text; a ``KeyError`` where there is none."""
        if (found := self._read(key)) is None:
            raise KeyError(key)
        return found

    def get(self, key: str | tuple[str, int], default: Any = None) -> Any:
        """Return a text, or the default where there is none."""
        found = self._read(key)
        return default if found is None else found

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return (self._id(at).decode() for at in range(self._count))

    def __len__(self) -> int:
        """Return how many there are."""
        return self._count

    def _look_up(self, key: str | tuple[str, int]) -> str | None:
        text, form = (key, 0) if isinstance(key, str) else key
        wanted = text.encode()
        at = bisect_left(range(self._count), wanted, key=self._id)
        if at == self._count or self._id(at) != wanted:
            return None
        return self._listed(self._texts, at).split(FORM_ENDS)[form].decode()

    def _id(self, at: int) -> bytes:
        return self._listed(self._ids, at).partition(FORM_ENDS)[0]

    def _listed(self, places: int, at: int) -> bytes:
        length, start = unpack_from("<2I", self._file, places + 8 * at)
        return self._file[start : start + length]


class Catalogue(GNUTranslations):
    """A compiled catalogue (``.mo``)."""

    def _parse(self, fp: Any) -> None:
        """Read what the file says of itself; the stdlib leaves this to be overridden."""
        file: bytes = fp.read()
        # The first text is the header, with the rule of plurals: only that is read at once.
        super()._parse(BytesIO(file[:COUNT] + pack("<I", 1) + file[COUNT_END:]))
        self._catalog = Texts(file)

    def gettext(self, message: str) -> str:
        """Return a text, looked for once: most of what an answer holds is in no catalogue."""
        found: str = self._catalog.get(message, message)
        return found


Language = Literal["en", "kk", "ru"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
LONG_TAGS: Final[Mapping[Language, str]] = {"en": "eng", "kk": "kaz", "ru": "rus"}
"""The same by the three letters of ISO 639-2."""
MEANT: Final[Mapping[str, Language]] = {
    "kz": "kk",
    "kazakh": "kk",
    "қазақша": "kk",
    "russian": "ru",
    "русский": "ru",
    "english": "en",
}
"""What is no tag of a language, such as a country's, and which language it asks for."""
ASKED_BY: Final = "VISAMAP_LANG"
LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Variables of the system in their order; the first that is set counts."""
CATALOGUES: Final = os.path.join(os.path.dirname(__file__), "locale")
SENTENCES, FACTS = "visamap", "facts"

HOME, PROFILE = "{home_", "profile"
NO_NAME: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": dict.fromkeys(("into", "in", "of", "by"), "the country"),
    "kk": {"into": "елге", "in": "елде", "of": "елдің", "by": "ел"},
    "ru": {"into": "страну", "in": "стране", "of": "страны", "by": "страной"},
}
"""What stands for the destination where a result is told without its answer."""

_current: ContextVar[Language] = ContextVar("language", default="en")
_entered: ContextVar[Mapping[str, Any]] = ContextVar("entered", default=MappingProxyType({}))


def current() -> Language:
    """Return the language in which the reader is spoken to."""
    return _current.get()


def use(language: Language) -> None:
    """Speak to the reader in a language from here on."""
    _current.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak to the reader in a language for a while."""
    before = _current.set(language)
    try:
        yield
    finally:
        _current.reset(before)


@contextmanager
def entering(profile: Mapping[str, Any]) -> Iterator[None]:
    """Speak of entry into a destination for a while; ``profile`` is ``meta.profile`` of its file.

    Its name stands in sentences as ``{home_into}``, ``{home_in}``, ``{home_of}`` or ``{home_by}``,
    whichever form the language needs there.
    """
    before = _entered.set(profile)
    try:
        yield
    finally:
        _entered.reset(before)


def entered() -> Mapping[str, Any]:
    """Return the profile of the destination that is spoken of; empty where there is none."""
    return _entered.get()


def _named(said: str, language: Language) -> str:
    """Put the name of the destination into a sentence."""
    if HOME not in said:
        return said
    forms = _entered.get().get("names", NO_NAME)[language]
    for form, name in forms.items():
        said = said.replace(f"{HOME}{form}}}", name)
    return said


def language_of(tag: str) -> Language | None:
    """Return our language for a tag such as ``ru-KZ`` or ``kk_KZ.UTF-8``; ``None``: not ours."""
    main = tag.strip().lower().replace("_", "-").partition("-")[0].partition(".")[0]
    return next((one for one in LANGUAGES if main in {one, LONG_TAGS[one]}), None)


def language_of_system(environment: Mapping[str, str]) -> Language:
    """Return the language of the system's locale, English where it is none of ours."""
    locale = next((value for name in LOCALE if (value := environment.get(name))), "")
    return language_of(locale) or "en"


class Span(str):
    """Words that a page draws as more than words: ``kind`` says as what, ``ref`` of what."""

    __slots__ = ("kind", "ref")
    kind: str
    ref: Any

    def __new__(cls, words: str, kind: str = "text", ref: Any = None) -> Self:
        """Take the words as a terminal shows them."""
        one = super().__new__(cls, words)
        one.kind, one.ref = kind, ref
        return one


class Said(str):
    """A sentence that remembers the days and other spans that were put into it."""

    __slots__ = ("form", "values")
    form: str
    values: Mapping[str, Any]


QUOTED = "!r}"
"""By this a form puts what was typed between quotation marks."""


def put(form: str, /, **values: Any) -> str:
    """Return a form filled in; days, spans and sentences are still found in it by ``spans``."""
    words = form.format(**(values if _current.get() == "en" else _spoken(values)))
    if QUOTED in form:  # C:\x is no C:\\x
        words = words.replace(r"\\", "\\")
    if not any(isinstance(value, (date, Span, Said)) for value in values.values()):
        return words
    said = Said(words)
    said.form, said.values = form, values
    return said


def quoted(typed: object) -> str:
    """Return what was typed as a message repeats it, between quotation marks."""
    return put("{typed!r}", typed=typed)


def joined(between: str, parts: Iterable[str]) -> str:
    """Return the parts with the same between each two of them, as ``str.join`` does."""
    named = {f"p{n}": part for n, part in enumerate(parts)}
    return put(between.join(f"{{{name}}}" for name in named), **named)


def spans(said: Any) -> Iterator[Span]:
    """Yield a sentence piece by piece, each with what it is."""
    if isinstance(said, Said):
        from string import Formatter  # noqa: PLC0415  of use to pages only

        for words, name, *_ in Formatter().parse(said.form):
            if words:
                yield Span(words)
            if name is not None:
                yield from spans(said.values[name])
    elif isinstance(said, date):
        yield day(said)
    else:
        yield said if isinstance(said, Span) else Span(str(said))


def tr(text: str, /, **values: Any) -> str:
    """Return a sentence in the reader's language, with its values."""
    said = translated(text)
    return put(said, **values) if values else said


def trc(context: str, text: str, /, **values: Any) -> str:
    """Return a sentence whose words mean something else in another context."""
    language = _current.get()
    said = text if language == "en" else _catalogue(language, SENTENCES).pgettext(context, text)
    said = _named(said, language)
    return put(said, **values) if values else said


def trn(one: str, many: str, number: int, /, **values: Any) -> str:
    """Return the sentence for a number, which stands in it as ``{n}``."""
    return put(translatedn(one, many, number), n=number, **values)


def mark(text: str) -> str:
    """Return the text as it is: a mark for the catalogue; it is said later, by ``tr``."""
    return text


def markn(one: str, many: str) -> tuple[str, str]:
    """Return both forms as they are: marks for the catalogue; they are said later, by ``trn``."""
    return one, many


def translated(text: str) -> str:
    """Return a sentence of a library in the reader's language, as ``gettext`` does."""
    language = _current.get()
    said = text if language == "en" else _catalogue(language, SENTENCES).gettext(text)
    return _named(said, language)


def translatedn(one: str, many: str, number: int) -> str:
    """Return the sentence of a library for a number, as ``ngettext`` does."""
    language = _current.get()
    if language == "en":
        return _named(one if number == 1 else many, language)
    return _named(_catalogue(language, SENTENCES).ngettext(one, many, number), language)


def of_home(name: str) -> str:
    """Return a text of the profile of the destination that is spoken of; empty if it has none."""
    return own(_entered.get().get(name) or "")


def own(text: str) -> str:
    """Return a text of a profile: of few words, which may mean something else in other records."""
    language = _current.get()
    return text if language == "en" else _catalogue(language, FACTS).pgettext(PROFILE, text)


def fact(text: str) -> str:
    """Return a text of the data, or a country's name, in the reader's language if it is known."""
    language = _current.get()
    return text if language == "en" else _catalogue(language, FACTS).gettext(text)


def day(one: date) -> Span:
    """Return a day in the form of the language; in English that is ISO 8601."""
    if _current.get() == "en":
        return Span(one.isoformat(), "day", one)
    said = tr(DAY_FORM, day=one.day, month=translated(MONTHS[one.month - 1]), year=one.year)
    return Span(said, "day", one)


def number(one: "int | Decimal") -> str:
    """Return a number as the language writes it: what parts its thousands and its decimals."""
    grouped = f"{one:,}"
    if _current.get() == "en":
        return grouped
    return grouped.replace(",", NARROW).replace(".", ",")


def _spoken(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: day(value) if isinstance(value, date) else value for name, value in values.items()
    }


@lru_cache(maxsize=4)
def _catalogue(language: Language, domain: str) -> "NullTranslations":
    from gettext import NullTranslations  # noqa: PLC0415  English needs none

    try:
        with open(os.path.join(CATALOGUES, language, "LC_MESSAGES", f"{domain}.mo"), "rb") as file:
            return Catalogue(file)
    except FileNotFoundError:
        return NullTranslations()  # one that was not built leaves the English


NARROW: Final = "\u00a0"
"""Parts thousands in Kazakh and Russian; no line breaks at it."""
DAY_FORM = mark("{day} {month} {year}")
"""A day in a sentence; the month stands in the case that this form wants."""
MONTHS = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)

"""The closed words: one place for each vocabulary, with what tells a word from its neighbour."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Literal, NamedTuple, get_args, get_origin

from tools.handbook import markdown as md
from visamap import limits, results, vocabulary
from visamap import vocabulary as figures
from visamap import vocabulary as requirements
from visamap.export.dictionary import vocabularies
from visamap.schema import countries, mobility

FEW = 7
"""So many words are told where they are used; of more, the place where they stand."""


class Vocabulary(NamedTuple):
    """A closed list of words; those without a meaning speak for themselves."""

    name: str
    words: dict[str, str]

    @property
    def place(self) -> str:
        """The anchor of its section."""
        return f"words-{md.anchor(self.name)}"


def page() -> str:
    """Return the page of all vocabularies that have a meaning to tell, or many words."""
    parts = [
        "# Closed words",
        (
            "These words never change with the language and are never renamed. Where no meaning "
            "stands beside a word, the word says it."
        ),
    ]
    for found in _listed():
        parts += [
            md.heading(2, found.name, found.place),
            md.table(
                ("word", "meaning"),
                ((md.code(word), md.plain(meaning)) for word, meaning in found.words.items()),
            ),
        ]
    return md.page(*parts)


def told(hint: Any) -> str:
    """Return the words of a ``Literal`` as Markdown: all of them, or where they stand."""
    words = tuple(str(word).lower() if word is True else str(word) for word in get_args(hint))
    found = next((one for one in _listed() if set(one.words) == set(words)), None)
    if len(words) <= FEW:
        among = ", ".join(map(md.code, words))
        return f"{among} ([meaning](#{found.place}))" if found else among
    if found is None:
        return ", ".join(map(md.code, words))
    return f"one of [{len(words)} words](#{found.place})"


@cache
def _listed() -> tuple[Vocabulary, ...]:
    found = {one.name: one for room in _rooms() for one in _of(room)}
    return tuple(one for one in found.values() if any(one.words.values()) or len(one.words) > FEW)


def _rooms() -> Iterator[ModuleType]:
    yield from (vocabulary, requirements, figures, limits, countries, mobility)
    for module in iter_modules(results.__path__, f"{results.__name__}."):
        yield import_module(module.name)


def _of(room: ModuleType) -> Iterator[Vocabulary]:
    meanings = list(vocabularies(room))
    for name, value in vars(room).items():
        if get_origin(value) is not Literal or not _written_in(room, name):
            continue
        words = tuple(map(str, get_args(value)))
        own = next((one for one in meanings if set(one) == set(words)), None)
        # A vocabulary that holds another one takes over what the other says.
        inside = sorted((one for one in meanings if set(one) <= set(words)), key=len)
        said = own or {word: text for one in inside for word, text in one.items()}
        yield Vocabulary(_spaced(name), {word: said.get(word, "") for word in words})


def _written_in(room: ModuleType, name: str) -> bool:
    with open(str(room.__file__), encoding="utf-8") as source:
        return any(line.startswith(f"{name} = Literal") for line in source)


def _spaced(name: str) -> str:
    """Return ``DayKind`` as ``Day kind``."""
    apart = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return apart.strip().capitalize()

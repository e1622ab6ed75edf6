"""From YAML to plain values and their places: less than YAML has, so that nothing surprises.

Only null, true, false and decimal integers are resolved; anchors, aliases, tags, merge keys,
duplicate keys, several documents and deep nesting are refused, each with its place. The parser's
events are taken one by one: what is refused never becomes a value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeAlias

import yaml

from visamap.data.text import MAX_PROBLEMS, checked, contents, trusted, untrusted
from visamap.errors import Problem, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


MAX_DEPTH = 20

Value: TypeAlias = "dict[str, Value] | list[Value] | str | int | bool | None"
# Built once for every value in the file: bare tuples, the cheapest thing to make.
Spots: TypeAlias = "dict[str | int, Spot]"
Spot: TypeAlias = "tuple[Any, Any, Spots | None]"
"""The parser's mark of the key (of a list item: its own), that of the value, the spots inside."""


class Places:
    """Answers (line, column), counted from 1, for values and keys."""

    __slots__ = ("_root",)

    def __init__(self, root: Spot = (None, None, None)) -> None:
        self._root = root

    def value(self, path: Iterable[str | int]) -> tuple[int, int]:
        """Return where the value starts."""
        return _place(self._last(path)[1])

    def key(self, path: Iterable[str | int]) -> tuple[int, int]:
        """Return where the key starts; for a list item, where the item starts."""
        return _place(self._last(path)[0])

    def known(self, path: Iterable[str | int]) -> tuple[str | int, ...]:
        """Return the steps of ``path`` that are in the file."""
        return tuple(step for step, _ in self._walk(path))

    def _last(self, path: Iterable[str | int]) -> Spot:
        return next(reversed([spot for _, spot in self._walk(path)]), self._root)

    def _walk(self, path: Iterable[str | int]) -> Iterator[tuple[str | int, Spot]]:
        inside = self._root[2]
        for step in path:
            if inside and step in inside:
                spot = inside[step]
                yield step, spot
                inside = spot[2]


def _place(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


class Source(NamedTuple):
    """What was read: ``value`` is None when nothing can be built from the text."""

    name: str
    value: dict[str, Value] | None
    places: Places
    problems: tuple[Problem, ...]


def read(path: Path) -> Source:
    """Read a file; only a missing one is an exception, every other trouble is a problem."""
    content, problems = contents(path)
    if problems:
        return Source(str(path), None, Places(), tuple(problems))
    return parse(content, str(path))


def parse(content: str | bytes, name: str) -> Source:
    """Read a text that is known as ``name`` in problems."""
    text, problems = checked(content, name)
    nothing = Source(name, None, Places(), tuple(problems))
    if problems:
        return nothing
    reader = _Reader(text, name)
    try:
        value, spot = reader.document()
    except _StopReadingError:
        return nothing._replace(problems=tuple(reader.problems))
    except yaml.YAMLError as error:
        return nothing._replace(problems=(*reader.problems, _unreadable(error, text, name)))
    if isinstance(value, dict):
        return Source(name, value, Places(spot), tuple(reader.problems))
    if value is None:
        reader.add(None, "empty-file", "the file holds no data; name a file of records")
    else:
        message = "the file must be a mapping at its top; start it with lines such as 'meta:'"
        reader.add(spot[1], "mapping", message)
    return nothing._replace(problems=tuple(reader.problems))


class _StopReadingError(Exception):
    """What follows cannot be trusted or would never end; the reason is among the problems."""


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WORDS: dict[str, Value] = {"": None, "~": None, "null": None, "true": True, "false": False}
# At most 18 digits: a longer one is no number of ours, and Python refuses to read very long ones.
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")


class _Reader:
    """Turns the events of a text into values."""

    def __init__(self, text: str, name: str) -> None:
        self.problems: list[Problem] = []
        self._name, self._parser = name, _Loader(text)
        self._next = self._parser.get_event

    def document(self) -> tuple[Value, Spot]:
        """Return the value of the one document, and its places."""
        value: Value = None
        spot: Spot = (None, None, None)
        seen = False
        try:
            while type(event := self._next()) is not yaml.StreamEndEvent:
                if type(event) is not yaml.DocumentStartEvent:
                    continue  # the stream begins, the document ends
                if seen:
                    message = "a second document starts here; keep one document in a file"
                    self._stop(event.start_mark, "several-documents", message)
                seen, first = True, self._next()
                value, inside = self._value(first, 0)
                spot = (None, first.start_mark, inside)
        finally:
            self._parser.dispose()
        return value, spot

    def _value(self, event: Any, depth: int) -> tuple[Value, Spots | None]:
        """Return the value that begins with ``event``, and the spots inside it."""
        kind = type(event)
        if kind is yaml.AliasEvent:
            message = f"'*{shortened(event.anchor)}' repeats nothing here; write the value itself"
            self._say(event.start_mark, "alias", f"{message}, or put a text in quotes")
            return None, None
        if event.anchor:
            message = f"the anchor '&{shortened(event.anchor)}' names nothing here; remove it"
            self._say(event.start_mark, "anchor", f"{message}, or put a text in quotes")
        if event.tag:
            message = "a tag ('!...') changes nothing here; remove it, or put a text in quotes"
            self._say(event.start_mark, "tag", message)
        if kind is yaml.ScalarEvent:
            return self._scalar(event), None
        if depth == MAX_DEPTH:
            self._stop(event.start_mark, "depth", _DEEP)
        return self._mapping(depth) if kind is yaml.MappingStartEvent else self._sequence(depth)

    def _scalar(self, event: Any) -> Value:
        text: str = event.value
        if event.implicit[0]:  # plain: neither quoted nor a block of text
            if text in _WORDS:
                return _WORDS[text]
            return int(text) if _INTEGER.fullmatch(text) else text
        if not trusted(text):  # "\x1b" is as bad as what it stands for
            self._say(event.start_mark, *untrusted(text))
        return text

    def _sequence(self, depth: int) -> tuple[list[Value], Spots]:
        items: list[Value] = []
        spots: Spots = {}
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            value, inside = self._value(event, depth + 1)
            spots[len(items)] = (event.start_mark, event.start_mark, inside)
            items.append(value)
        return items, spots

    def _mapping(self, depth: int) -> tuple[dict[str, Value], Spots]:
        items: dict[str, Value] = {}
        spots: Spots = {}
        while type(named := self._next()) is not yaml.MappingEndEvent:
            key = self._key(named, spots, depth)
            event = self._next()
            value, inside = self._value(event, depth + 1)
            if key is not None:  # else it was refused, and its value goes with it
                items[key] = value
                spots[key] = (named.start_mark, event.start_mark, inside)
        return items, spots

    def _key(self, event: Any, spots: Spots, depth: int) -> str | None:
        """Return a key; ``None``: it was refused."""
        mark = event.start_mark
        if type(event) in {yaml.MappingStartEvent, yaml.SequenceStartEvent}:
            message = "a list or a mapping cannot be a key; name the key with a text"
            self._say(mark, "key-text", message)
        key, _ = self._value(event, depth + 1)
        if type(event) is not yaml.ScalarEvent:
            return None
        if not isinstance(key, str):
            message = f"the key {event.value or 'null'} is not a text; name it or put it in quotes"
            self._say(mark, "key-text", message)
        elif key == "<<" and event.implicit[0]:
            self._say(mark, "merge-key", "'<<' merges nothing here; write the keys themselves")
        elif key in spots:
            line, column = _place(spots[key][0])
            message = f"{shortened(key)!r} stands here already in line {line}, column {column}"
            self._say(mark, "duplicate-key", f"{message}; keep one")
        else:
            return key
        return None

    def add(self, mark: Any, rule: str, message: str) -> None:
        """Note a problem at a mark of the parser."""
        self.problems.append(Problem(self._name, *_place(mark), rule, "error", message))

    def _say(self, mark: Any, rule: str, message: str) -> None:
        if len(self.problems) == MAX_PROBLEMS:
            self._stop(mark, "too-many", "reading stopped here; mend the problems above first")
        self.add(mark, rule, message)

    def _stop(self, mark: Any, rule: str, message: str) -> NoReturn:
        self.add(mark, rule, message)
        raise _StopReadingError


_DEEP = f"nested deeper than {MAX_DEPTH} levels; records are never that deep"
_RULES = {"nesting depth": "depth", " tag": "tag", " anchor": "anchor", " alias": "alias"}
"""What the parser's words say was read, by the rule that it breaks; all else is "syntax"."""
_OPENED = ("unexpected end of stream", "unexpected document", "',' or", "expected ':'")
"""What is looked at where it began: the end of the file tells nobody which quote is open."""


def _unreadable(error: yaml.YAMLError, text: str, name: str) -> Problem:
    """Say in the parser's words what it could not read, at the place where a person should look."""
    said = " ".join(str(getattr(error, part, None) or "") for part in ("problem", "context"))
    ended, began = (getattr(error, mark, None) for mark in ("problem_mark", "context_mark"))
    rule = next((rule for piece, rule in _RULES.items() if piece in said), "syntax")
    message = _DEEP if rule == "depth" else f"this is not YAML: {said.strip() or error}"
    lines = text.split("\n")
    line, column = _place(ended)
    if began and any(piece in said for piece in _OPENED):
        message = f"{message} (begun here, read up to line {min(line, len(lines))})"
        line, column = _place(began)
    if line > len(lines):  # libyaml ends a last line that has no end, and stands behind it
        line, column = len(lines), len(lines[-1]) + 1
    return Problem(name, line, column, rule, "error", message)

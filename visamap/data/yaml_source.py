"""What a YAML parser could not read, said for a person who does not know its grammar.

The parsers (libyaml and PyYAML's own) speak of tokens and block ends. Each of their complaints
is known here by a piece of its text; one that is not known still gets a sentence of ours. This
room never sees the parser itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Protocol, TypeAlias

import yaml

from visamap.data.text import (
    MAX_PROBLEMS,
    checked,
    contents,
    trusted,
    untrusted,
)
from visamap.errors import Problem, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


MAX_DEPTH = 20
DEEP = f"nested deeper than {MAX_DEPTH} levels; records are never that deep"


class Complaint(NamedTuple):
    """Our words for a complaint, and whether it is about where something was opened."""

    rule: str
    message: str
    at_opening: bool = False


# First match wins. ``{found}`` is what stands at the place, ``{line}`` the line where the parser
# gave up.
_COMPLAINTS: tuple[tuple[tuple[str, ...], Complaint], ...] = (
    (
        ("maximum nesting depth",),  # of libyaml itself, which looks ahead of our own count
        Complaint("depth", DEEP),
    ),
    (
        (" directive", "incompatible YAML document", "version number"),
        Complaint(
            "syntax",
            "a line that starts with '%' is an order to YAML; remove it or put the text in quotes",
        ),
    ),
    (
        (" a tag", "tag handle"),
        Complaint("tag", "a value that starts with '!' is read as a tag; put it in quotes"),
    ),
    (
        ("scanning an anchor",),
        Complaint("anchor", "a value that starts with '&' is read as an anchor; put it in quotes"),
    ),
    (
        ("scanning an alias",),
        Complaint("alias", "a value that starts with '*' is read as an alias; put it in quotes"),
    ),
    (
        ("scanning a block scalar",),
        Complaint("syntax", "{found} after '|' or '>'; start the text on the next line, indented"),
    ),
    (
        ("unexpected end of stream", "unexpected document "),
        Complaint(
            "syntax",
            "the quotes opened here are not closed (read up to line {line}); close them",
            at_opening=True,
        ),
    ),
    (
        ("escape", "hexdecimal", "hexadecimal"),
        Complaint(
            "syntax",
            "a backslash in double quotes that means nothing; double it or use single quotes",
        ),
    ),
    (
        ("',' or ']'", "',' or '}'"),
        Complaint(
            "syntax",
            "the bracket opened here is not closed (read up to {found} in line {line}); "
            "close it, or add the comma that is missing",
            at_opening=True,
        ),
    ),
    (
        ("cannot start any token",),
        Complaint("syntax", "a value cannot start with {found}; put it in quotes"),
    ),
    (
        ("mapping values are not allowed",),
        Complaint(
            "syntax",
            "a ':' where no key can stand; line the key up with its neighbours, "
            "or put a text that holds ': ' in quotes",
        ),
    ),
    (
        ("mapping keys are not allowed", "sequence entries are not allowed"),
        Complaint(
            "syntax",
            "{found} where no item can start; give it a line of its own, lined up with the others",
        ),
    ),
    (
        ("expected ':'",),
        Complaint(
            "syntax",
            "no ': ' after this; write 'key: value', or indent the line if it belongs to the text "
            "above",
            at_opening=True,
        ),
    ),
    (
        ("expected key", "'-' indicator", "<block end>"),
        Complaint(
            "syntax",
            "{found} does not fit what stands above it; line it up with its neighbours, "
            "or put the text in quotes",
        ),
    ),
    (
        ("node content",),
        Complaint("syntax", "{found} where a value belongs; write the value or put it in quotes"),
    ),
    (
        ("document start>",),
        Complaint("syntax", "{found} after the end of the data; remove it or line it up"),
    ),
)
_UNKNOWN = Complaint("syntax", "{found} cannot be read here; compare the line with its neighbours")


def explained(problem: str, context: str, found: str, line: int) -> Complaint:
    """Return our words for the parser's ``problem``, met in ``context`` before ``found``."""
    theirs = f"{context} {problem}"
    known = (said for pieces, said in _COMPLAINTS if any(piece in theirs for piece in pieces))
    complaint = next(known, _UNKNOWN)
    return complaint._replace(message=complaint.message.format(found=found, line=line))


class Mark(Protocol):
    """What the parser hands out for a place; counted from 0."""

    @property
    def line(self) -> int:
        """Lines before the place."""

    @property
    def column(self) -> int:
        """Characters before the place in its line."""


# Built in the parser's loop, once for every value in the file: bare tuples, because they are
# the cheapest thing to make.
Spots: TypeAlias = "dict[str | int, Spot]"
Spot: TypeAlias = "tuple[Mark | None, Mark | None, Spots | None]"
"""The mark of the key (of a list item: its own), the mark of the value, the spots inside it."""

NOWHERE: Spot = (None, None, None)


class Places:
    """Answers (line, column), counted from 1, for values and keys."""

    __slots__ = ("_root",)

    def __init__(self, root: Spot = NOWHERE) -> None:
        self._root = root

    def value(self, path: Iterable[str | int]) -> tuple[int, int]:
        """Return where the value starts."""
        return _counted_from_one(self._last(path)[1])

    def key(self, path: Iterable[str | int]) -> tuple[int, int]:
        """Return where the key starts; for a list item, where the item starts."""
        return _counted_from_one(self._last(path)[0])

    def known(self, path: Iterable[str | int]) -> tuple[str | int, ...]:
        """Return the steps of ``path`` that are in the file."""
        return tuple(step for step, _ in self._walk(path))

    def _last(self, path: Iterable[str | int]) -> Spot:
        spot = self._root
        for _, spot in self._walk(path):  # noqa: B007 - only where the walk ends counts
            pass
        return spot

    def _walk(self, path: Iterable[str | int]) -> Iterator[tuple[str | int, Spot]]:
        inside = self._root[2]
        for step in path:
            if inside and step in inside:
                spot = inside[step]
                yield step, spot
                inside = spot[2]


def _counted_from_one(mark: Mark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


Value: TypeAlias = "dict[str, Value] | list[Value] | str | int | bool | None"

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WORDS: dict[str, Value] = {"": None, "~": None, "null": None, "true": True, "false": False}
# At most 18 digits: a longer one is no number of ours, and Python refuses to read very long ones.
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")


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
        return _nothing(str(path), problems)
    return parse(content, str(path))


def parse(content: str | bytes, name: str) -> Source:
    """Read a text that is known as ``name`` in problems."""
    text, problems = checked(content, name)
    if problems:
        return _nothing(name, problems)
    builder = _Builder(name)
    try:
        builder.read(text)
    except _StopReadingError:
        return _nothing(name, builder.problems)
    except yaml.YAMLError as error:
        return _nothing(name, [*builder.problems, _unreadable(error, text, name)])
    if builder.root is None:
        message = "the file holds no data; name a file of records"
        builder.problems.append(Problem(name, 1, 1, "empty-file", "error", message))
    elif not isinstance(builder.root, dict):
        message = "the file must be a mapping at its top; start it with lines such as 'meta:'"
        place = builder.places.value(())
        builder.problems.append(Problem(name, *place, "mapping", "error", message))
    else:
        return Source(name, builder.root, builder.places, tuple(builder.problems))
    return _nothing(name, builder.problems)


class _StopReadingError(Exception):
    """What follows cannot be trusted or would never end; the reason is among the problems."""


class _Sequence:
    """A list that is still open."""

    __slots__ = ("items", "spots", "start")

    def __init__(self, start: Mark | None) -> None:
        self.start = start
        self.items: list[Value] = []
        self.spots: Spots = {}

    def take(self, value: Value, mark: Mark | None, inside: Spots | None) -> None:
        self.spots[len(self.items)] = (mark, mark, inside)
        self.items.append(value)


class _Mapping:
    """A mapping that is still open: keys and values arrive in turn."""

    __slots__ = ("_key", "_key_mark", "items", "spots", "start", "wants_key")

    def __init__(self, start: Mark) -> None:
        self.start = start
        self.items: dict[str, Value] = {}
        self.spots: Spots = {}
        self.name(None, start)
        self.wants_key = True

    def name(self, key: str | None, mark: Mark | None) -> None:
        """Say where the next value goes; a refused key is None, and its value is dropped."""
        self._key, self._key_mark, self.wants_key = key, mark, False

    def take(self, value: Value, mark: Mark | None, inside: Spots | None) -> None:
        if self.wants_key:  # what no key can be, and was refused
            self.name(None, mark)
            return
        if self._key is not None:
            self.items[self._key] = value
            self.spots[self._key] = (self._key_mark, mark, inside)
        self.wants_key = True


class _Builder:
    """Turns events into values; the stack of what is open stands in for recursion."""

    def __init__(self, name: str) -> None:
        self.problems: list[Problem] = []
        self._name = name
        self._documents = _Sequence(None)
        self._open: list[_Sequence | _Mapping] = [self._documents]

    @property
    def root(self) -> Value:
        return self._documents.items[0] if self._documents.items else None

    @property
    def places(self) -> Places:
        spot: Spot | None = self._documents.spots.get(0)
        return Places(spot) if spot else Places()

    def read(self, text: str) -> None:
        handlers = {
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.MappingStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceStartEvent: self._start,
            yaml.SequenceEndEvent: self._end,
            yaml.DocumentStartEvent: self._document,
        }
        parser = _Loader(text)
        next_event = parser.get_event
        try:
            while (kind := type(event := next_event())) is not yaml.StreamEndEvent:
                if handler := handlers.get(kind):
                    handler(event)
        finally:
            parser.dispose()

    def _scalar(self, event: Any) -> None:
        if event.anchor or event.tag:
            self._refuse_properties(event)
        mark, text = event.start_mark, event.value
        value: Value = text
        if event.implicit[0]:  # plain: neither quoted nor a block of text
            if text in _WORDS:
                value = _WORDS[text]
            elif _INTEGER.fullmatch(text):
                value = int(text)
        elif not trusted(text):  # "\x1b" is as bad as what it stands for
            self._say(mark, *untrusted(text))
        innermost = self._open[-1]
        if isinstance(innermost, _Mapping) and innermost.wants_key:
            self._key(innermost, value, event)
        else:
            innermost.take(value, mark, None)

    def _key(self, mapping: _Mapping, key: Value, event: Any) -> None:
        mark = event.start_mark
        if not isinstance(key, str):
            message = f"the key {event.value or 'null'} is not a text; name it or put it in quotes"
            self._say(mark, "key-text", message)
        elif key == "<<" and event.implicit[0]:
            self._say(mark, "merge-key", "'<<' merges nothing here; write the keys themselves")
        elif key in mapping.spots:
            line, column = Places(mapping.spots[key]).key(())
            message = (
                f"{shortened(key)!r} stands here already in line {line}, column {column}; keep one"
            )
            self._say(mark, "duplicate-key", message)
        else:
            mapping.name(key, mark)
            return
        mapping.name(None, mark)

    def _alias(self, event: Any) -> None:
        message = f"'*{shortened(event.anchor)}' repeats nothing here; write the value itself"
        self._say(event.start_mark, "alias", f"{message}, or put a text in quotes")
        self._open[-1].take(None, event.start_mark, None)

    def _start(self, event: Any) -> None:
        mark = event.start_mark
        if event.anchor or event.tag:
            self._refuse_properties(event)
        innermost = self._open[-1]
        if isinstance(innermost, _Mapping) and innermost.wants_key:
            message = "a list or a mapping cannot be a key; name the key with a text"
            self._say(mark, "key-text", message)
        if len(self._open) > MAX_DEPTH:
            self._stop(mark, "depth", DEEP)
        mapping = type(event) is yaml.MappingStartEvent
        self._open.append(_Mapping(mark) if mapping else _Sequence(mark))

    def _end(self, _: Any) -> None:
        closed = self._open.pop()
        self._open[-1].take(closed.items, closed.start, closed.spots)

    def _document(self, event: Any) -> None:
        if self._documents.items:
            message = "a second document starts here; keep one document in a file"
            self._stop(event.start_mark, "several-documents", message)

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor:
            message = f"the anchor '&{shortened(event.anchor)}' names nothing here; remove it"
            self._say(event.start_mark, "anchor", f"{message}, or put a text in quotes")
        if event.tag:
            message = "a tag ('!...') changes nothing here; remove it, or put a text in quotes"
            self._say(event.start_mark, "tag", message)

    def _say(self, mark: Mark, rule: str, message: str) -> None:
        if len(self.problems) == MAX_PROBLEMS:
            self._stop(mark, "too-many", "reading stopped here; mend the problems above first")
        self._add(mark, rule, message)

    def _stop(self, mark: Mark, rule: str, message: str) -> NoReturn:
        self._add(mark, rule, message)
        raise _StopReadingError

    def _add(self, mark: Mark, rule: str, message: str) -> None:
        place = mark.line + 1, mark.column + 1
        self.problems.append(Problem(self._name, *place, rule, "error", message))


def _unreadable(error: yaml.YAMLError, text: str, name: str) -> Problem:
    """Say what the parser could not read, at the place where a person should look."""
    mark: Mark | None = getattr(error, "problem_mark", None)
    opening: Mark | None = getattr(error, "context_mark", None) or mark
    if mark is None or opening is None:
        message = "the text is not YAML; compare it with the records of the shipped file"
        return Problem(name, 1, 1, "syntax", "error", message)
    lines = text.split("\n")
    problem, context = getattr(error, "problem", None), getattr(error, "context", None)
    found, last_line = _found(lines, mark), min(mark.line + 1, len(lines))
    complaint = explained(problem or "", context or "", found, last_line)
    place = opening if complaint.at_opening else mark
    if place.line < len(lines):
        line, column = place.line + 1, place.column + 1
    else:  # libyaml ends a last line that has no end, and stands behind it
        line, column = len(lines), len(lines[-1]) + 1
    return Problem(name, line, column, complaint.rule, "error", complaint.message)


def _found(lines: list[str], mark: Mark) -> str:
    rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
    if not rest:
        return "the end of the line" if mark.line + 1 < len(lines) else "the end of the file"
    return repr(shortened(rest.split()[0]) if rest[0].isalnum() else rest[0])


def _nothing(name: str, problems: list[Problem]) -> Source:
    return Source(name, None, Places(), tuple(problems))

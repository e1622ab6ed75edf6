"""Where in the text a value or a key stands, asked by the path that leads to it.

Paths are those of pydantic's ``loc``, which also hold steps that are in no file: the tag of
a union, the name of a validator. Such steps are passed over, so every path leads to a place:
at worst to the mapping that should have held the value. Nothing is computed until it is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


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

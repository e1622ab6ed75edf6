"""What results are made of: frozen tuples with named fields, each of which can say itself as JSON.

They are ``typing.NamedTuple`` in all but the price: a command defines dozens of them to make a few,
so that a class costs next to nothing here and its first value no more than the next.
"""

from __future__ import annotations

from collections import _tuplegetter  # type: ignore[attr-defined]  # reads a field as fast as C
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from inspect import Signature


@dataclass_transform(frozen_default=True)
class _Fields(type):
    """Makes the fields of a class of what it annotates."""

    _fields: tuple[str, ...]
    _field_defaults: dict[str, Any]

    _kw_only: bool

    def __new__(
        cls, name: str, bases: tuple[type, ...], body: dict[str, Any], *, kw_only: bool = False
    ) -> _Fields:
        fields = () if tuple in bases else tuple(body.get("__annotations__", ()))
        made = {
            "__slots__": (),
            **body,
            **{field: _tuplegetter(place, "") for place, field in enumerate(fields)},
            "_fields": fields,
            "_kw_only": kw_only,
            "_field_defaults": {field: body[field] for field in fields if field in body},
        }
        return super().__new__(cls, name, bases, made)

    @property
    def __signature__(cls) -> Signature:
        """How a value is made, for ``help`` and documentation."""
        from inspect import Parameter, Signature  # noqa: PLC0415  only they ask

        empty, hints = Parameter.empty, cls.__annotations__
        kind = Parameter.KEYWORD_ONLY if cls._kw_only else Parameter.POSITIONAL_OR_KEYWORD
        fields = [
            Parameter(one, kind, default=cls._field_defaults.get(one, empty), annotation=hints[one])
            for one in cls._fields
        ]
        return Signature(fields)


class Value(tuple[Any, ...], metaclass=_Fields):
    """A frozen tuple with named fields: what a subclass annotates.

    Those with defaults are last, but in a class with ``kw_only=True``, which is made by name.
    """

    __slots__ = ()

    def __new__(cls, *given: Any, **named: Any) -> Self:
        """Take the fields, in their order or by name."""
        fields = cls._fields
        if named or len(given) != len(fields):
            values = {**cls._field_defaults, **dict(zip(fields, given, strict=False)), **named}
            if len(given) > len(fields) or len(values) != len(fields):
                raise TypeError(f"{cls.__name__} takes {', '.join(fields)}")
            try:
                given = tuple(map(values.__getitem__, fields))
            except KeyError as error:
                raise TypeError(f"{cls.__name__} takes {', '.join(fields)}") from error
        return tuple.__new__(cls, given)

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Self:
        """Return a value of its fields, in their order."""
        return cls(*values)

    def _replace(self, **changes: Any) -> Self:
        """Return the same value with some fields changed."""
        kind: Any = type(self)
        made: Self = tuple.__new__(kind, map(changes.pop, kind._fields, self))
        if changes:
            raise TypeError(f"{kind.__name__} takes {', '.join(kind._fields)}")
        return made

    def _asdict(self) -> dict[str, Any]:
        """Return the fields by their names, what is in them as it is."""
        return dict(zip(type(self)._fields, self, strict=True))

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it: an item of an answer, a whole answer, or a part of one."""
        said: dict[str, Any] = import_module("visamap.render.json_form").of(self)
        return said

    def to_json(self) -> str:
        """Return ``to_dict`` as a line of JSON."""
        import json  # noqa: PLC0415  few results are written so

        return json.dumps(self.to_dict(), ensure_ascii=False)

    def __getnewargs__(self) -> tuple[Any, ...]:
        """Return what makes it anew, for copies and pickles."""
        return tuple(self)

    def __repr__(self) -> str:
        """Return it as it is written in Python."""
        return (
            f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self._asdict().items())})"
        )


Made = TypeVar("Made", bound=Value)


def made_of(kind: type[Made], source: Value | Mapping[str, Any], /, **own: Any) -> Made:
    """Return a value of ``own`` fields and, for the others, those of the same name of a source.

    That is another value, or a record: what a record leaves out is null, its lists are tuples.
    """
    if isinstance(source, Value):
        known = {**kind._field_defaults, **source._asdict(), **own}
    else:
        lists = {name: tuple(found) for name, found in source.items() if isinstance(found, list)}
        known = {**dict.fromkeys(kind._fields), **kind._field_defaults, **source, **lists, **own}
    if not own.keys() <= set(kind._fields) <= known.keys():
        raise TypeError(f"{kind.__name__} takes {', '.join(kind._fields)}")
    return kind(*map(known.__getitem__, kind._fields))

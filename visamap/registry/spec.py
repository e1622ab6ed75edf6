"""How a question is declared, once: on the method that answers it.

``@question`` returns the method unchanged and keeps what its signature says. The command line, the
API and the tools of assistants are made from that, and so is the reading of what they hand on: a
word that is unknown, out of its bounds or none of a closed set never reaches a method.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any, TypeVar, get_args

from visamap.errors import WrongUsageError, together
from visamap.i18n import tr
from visamap.registry.words import Parameter, Word
from visamap.values import Value

Method = TypeVar("Method", bound=Callable[..., Any])
TO = "to"
"""The word that chooses the destination; it never reaches a method."""
OF_KEEPERS = ("coverage",)
"""Questions of those who keep the data: the command line and a page answer them."""


class Question(Value):
    """A question as declared. ``asked`` and ``notes`` say what stands around the items."""

    name: str
    title: str
    topic: str
    method: Callable[..., Any]
    examples: tuple[str, ...]
    asked: Callable[..., dict[str, Any]] | None
    notes: Callable[..., Any] | None
    to: Word | None
    """What chooses the destination, where the question is about entering one."""

    @property
    def parameters(self) -> dict[str, Parameter]:
        """The words it takes: in the order of the signature, then the destination."""
        words = _parameters(self.method)
        if self.to is None:
            return words
        default = () if self.to.several else None
        return {**words, TO: Parameter(TO, self.to, default, False, False, False)}

    @property
    def about(self) -> str:
        """The docstring of the method, without what it raises."""
        import inspect  # noqa: PLC0415  only a door asks

        return inspect.cleandoc(self.method.__doc__ or "").partition("\n\nRaises:")[0]

    @property
    def listing(self) -> bool:
        """Whether the method returns any number of items."""
        return str(self.method.__annotations__["return"]).startswith("tuple")

    def read(self, given: Mapping[str, Any], today: date) -> dict[str, Any]:
        """Return the words as the method takes them, those left out at their default."""
        known = _parameters(self.method)
        if unknown := [name for name in given if name not in known]:
            said = tr("{question} does not accept {names}; it accepts {known}.")
            names = {"names": together(unknown), "known": ", ".join(self.parameters)}
            raise WrongUsageError(said.format(question=self.name, **names))
        words = {}
        for name, one in known.items():
            value = given.get(name)
            if value is not None and value != ():
                words[name] = one.read(value)
            elif one.required:
                raise WrongUsageError(tr("{name} is missing.", name=name))
            else:
                words[name] = today if one.word.today else one.default
        for name, one in known.items():
            if one.word.alone is None or words[name] is None:
                continue
            kept = {name, *one.word.alone}
            if idle := [n for n in known if n not in kept and words[n] != known[n].default]:
                said = tr("{name} already picks one to show in full; leave out {names}.")
                raise WrongUsageError(said.format(name=name, names=together(idle)))
        return words

    def answer(self, registry: Any, words: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the items of the method for words that were read."""
        named, placed = dict(words), list[Any]()
        for name, parameter in _parameters(self.method).items():
            if parameter.positional:
                value = named.pop(name)
                placed += value if parameter.spread else [value]
        found = self.method(registry, *placed, **named)
        return tuple(found) if self.listing else (found,)


QUESTIONS: dict[str, Question] = {}
"""Every question by its name, in the order of declaration."""


def question(  # noqa: PLR0913  what a declaration says
    name: str,
    title: str,
    topic: str,
    *,
    examples: tuple[str, ...] = (),
    asked: Callable[..., dict[str, Any]] | None = None,
    notes: Callable[..., Any] | None = None,
    to: Word | None = None,
) -> Callable[[Method], Method]:
    """Declare that a method of the registry answers a question, of one destination or another."""

    def declared(method: Method) -> Method:
        QUESTIONS[name] = Question(name, title, topic, method, examples, asked, notes, to)
        return method

    return declared


@cache
def _parameters(method: Callable[..., Any]) -> dict[str, Parameter]:
    import inspect  # noqa: PLC0415  only a door asks

    found = {}
    for name, taken in list(inspect.signature(method).parameters.items())[1:]:
        word = next(hint for hint in get_args(_hint(taken.annotation)) if isinstance(hint, Word))
        bare, spread = taken.default is taken.empty, taken.kind is taken.VAR_POSITIONAL
        required = bare and not (spread and word.least == 0)
        default = (() if word.several else None) if bare else taken.default
        positional = taken.kind is not taken.KEYWORD_ONLY
        found[name] = Parameter(name, word, default, required, positional, spread)
    return found


def _hint(name: str) -> Any:
    """Return what an annotation stands for; only a question that is asked has its words made."""
    room, _, word = name.partition(".")
    return getattr(import_module(f"visamap.registry.{room}"), word)

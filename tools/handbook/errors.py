"""The exit statuses and the exceptions, from the tree of exceptions."""

from collections.abc import Iterator

from tools.handbook import markdown as md
from visamap import errors
from visamap.cli.commands import BROKEN_PIPE, INTERRUPTED

ELSEWHERE = {
    0: 'Answered. A "no" and a "not known" are answers.',
    1: "Answered, with findings: an error in a data file (`validate`), a row without an answer "
    "(`screen --strict`), a requirement not met (`check --require`, `trip --require`), something "
    "damaged (`doctor`).",
    INTERRUPTED: "Stopped with Ctrl-C.",
    BROKEN_PIPE: "The reader of the output closed it early. Nothing is printed.",
}
"""Statuses that no exception stands for."""
WRONG_WORDS = "An option or argument that the command line itself refuses."


def table_of_statuses() -> str:
    """Return each status with what ends in it."""
    told: dict[int, list[str]] = {status: [text] for status, text in ELSEWHERE.items()}
    told.setdefault(2, []).append(WRONG_WORDS)
    for kind in _kinds(errors.VisamapError):
        told.setdefault(kind.exit_status, []).append(_first(kind))
    rows = (
        (md.code(status), " <br> ".join(dict.fromkeys(texts)))
        for status, texts in sorted(told.items())
    )
    return md.table(("status", "what happened"), rows)


def classes() -> str:
    """Return the exceptions as a tree, each with its status."""
    rows = (
        (f"{{py:exc}}`~visamap.errors.{kind.__name__}`", _parent(kind), md.code(kind.exit_status))
        for kind in (errors.VisamapError, *_kinds(errors.VisamapError))
    )
    return md.table(("exception", "is a", "exit status"), rows)


def _kinds(kind: type[errors.VisamapError]) -> Iterator[type[errors.VisamapError]]:
    for one in kind.__subclasses__():
        if one.__module__ == errors.__name__:
            yield one
            yield from _kinds(one)


def _parent(kind: type[errors.VisamapError]) -> str:
    return ", ".join(md.code(one.__name__) for one in kind.__bases__)


def _first(kind: type) -> str:
    return md.plain(" ".join((kind.__doc__ or "").partition("\n\n")[0].split()))

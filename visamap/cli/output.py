"""What every command does with its words: open the data, wrap the answer, print it."""

import os
import sys
from importlib import import_module
from typing import Any

import click

from visamap.cli.saying import say
from visamap.errors import MissingExtraError, WrongUsageError
from visamap.i18n import current, entered, entering, tr
from visamap.registry import Registry, load
from visamap.results.parts import Envelope
from visamap.terminal import colouring

NARROWEST, USUAL, WIDEST = 20, 80, 200
"""Columns that are written for: at least, where nothing says how many there are, and at most."""
PLAIN = str.maketrans({"\u00b7": "+", "\u2026": ".", "\u00d7": "x", "\u221e": "oo"})
"""Signs of tables that an output may not carry, and what stands in their place."""
LIBRARIES = {
    "feeds": frozenset({"icalendar"}),
    "web": frozenset({"fastapi", "jinja2", "markupsafe", "starlette", "uvicorn"}),
    "mcp": frozenset({"anyio", "jsonschema", "mcp", "mcp_types", "starlette", "uvicorn"}),
}
"""What is imported of an extra, and is missing without it."""
WITHOUT_REMARKS = ("csv", "jsonl")
"""Forms with no place for a remark: it goes to stderr."""


def _said() -> dict[str, Any]:
    """Return what options of every command said (``data``, ``full``), outside a command nothing."""
    context = click.get_current_context(silent=True)
    return context.ensure_object(dict) if context else {}


def opened() -> Registry:
    """Open the data that the command line names, or the shipped data."""
    registry = load(_said().get("data"), _said().get("release"))
    if (context := click.get_current_context(silent=True)) and not entered():
        # What no answer carries (a picture, a slip) names the destination, too.
        context.with_resource(entering(registry.index.profile))
    return registry


def library(extra: str, name: str, wanted: str) -> Any:
    """Return the module ``name`` of an extra; ``wanted`` says what needs it ("A server")."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in LIBRARIES[extra]:
            raise
        raise MissingExtraError(extra, wanted) from error


def show(answer: Envelope, form: str, **style: Any) -> None:
    """Print an answer in the form that was asked for; each form imports what it needs.

    ``style`` is for the command's own text, such as what the terminal can draw.
    """
    from visamap.render import phrases  # noqa: PLC0415  each form loads it anyway

    with phrases.entering(answer):
        _show(answer, form, style)


def _show(answer: Envelope, form: str, style: dict[str, Any]) -> None:
    if cite := _said().get("cite"):
        _cite(answer, form, cite)
        return
    if current() != "en":
        from visamap.render.phrases import in_language  # noqa: PLC0415  English pays nothing

        answer = in_language(answer)
    from visamap.render import headlines  # noqa: PLC0415  each form loads it anyway

    if form in WITHOUT_REMARKS:
        for note in answer.notes:
            say(headlines.remark(note, answer), err=True)
    if form == "text":
        from visamap.render.sections import paragraph  # noqa: PLC0415  as above

        presenter = import_module(f"visamap.render.{answer.command}_text")
        _mend_stdout()
        if _said().get("full"):
            style["full"] = True
        first, rest = headlines.first_line(answer)
        opening = [line for said in first for line in paragraph(said, _width())]
        with colouring(wanted=_coloured()):
            said = "\n".join([*opening, presenter.text(rest, _width(), **style)])
            say(said if speaks_utf8() else said.translate(PLAIN))
    elif form == "jsonl":
        for line in import_module("visamap.render.json_form").lines(answer):
            say(line)
    else:
        presenter = import_module(f"visamap.render.{form}_form")
        say(presenter.text(answer), nl=form != "csv")


def _mend_stdout() -> None:
    """Let a sign that cannot be written be a question mark: better than no answer for a reader."""
    if not speaks_utf8() and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")


def _cite(answer: Envelope, form: str, cite: str) -> None:
    """Print what an answer rests on, in place of the answer."""
    from visamap.registry.asking import cited  # noqa: PLC0415  few answers are cited
    from visamap.render.cite import FORMS  # noqa: PLC0415
    from visamap.render.phrases import said  # noqa: PLC0415

    if form != "text":
        raise WrongUsageError(tr("--cite has forms of its own; leave out --format."))
    _mend_stdout()
    say(FORMS[cite](answer, said(cited(opened(), answer))))


def _coloured() -> bool:
    """Tell whether to colour: as ``--color`` says, else NO_COLOR, FORCE_COLOR and the terminal."""
    asked = _said().get("color", "auto")
    if asked != "auto":
        return bool(asked == "always")
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def speaks_utf8() -> bool:
    """Tell whether the output can carry more than ASCII, block characters for one."""
    return (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf8")


def _width() -> int:
    """Return the width to write for: that of COLUMNS, else of the terminal, else the usual one.

    As for ``--help``, COLUMNS goes before the terminal, and holds for a pipe too.
    """
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and int(asked[:9]):
        return _bounded(int(asked[:9]))
    try:
        return _bounded(os.get_terminal_size(sys.stdout.fileno()).columns or USUAL)
    except (OSError, ValueError):  # a pipe, a file, or no real stdout at all
        return USUAL


def _bounded(columns: int) -> int:
    return max(NARROWEST, min(WIDEST, columns))

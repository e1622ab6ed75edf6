"""What every command does with its words: open the data, wrap the answer, print it."""

import os
import sys
from datetime import date, datetime
from importlib import import_module
from typing import Any

import click

from visamap.language import current
from visamap.registry import Registry, load
from visamap.results.parts import Envelope

WIDEST = 80
WITHOUT_REMARKS = ("csv", "jsonl")
"""Forms with no place for a remark: it goes to stderr."""


def today() -> date:
    """Return the traveller's day: the date where the command runs."""
    return datetime.now().astimezone().date()


def opened() -> Registry:
    """Open the data that the command line names, or the shipped data."""
    return load(click.get_current_context().ensure_object(dict).get("data"))


def show(answer: Envelope, form: str, **style: Any) -> None:
    """Print an answer in the form that was asked for; each form imports what it needs.

    ``style`` is for the command's own text, such as what the terminal can draw.
    """
    if current() != "en":
        from visamap.presenters.spoken import in_language  # noqa: PLC0415  English pays nothing

        answer = in_language(answer)
    if form in WITHOUT_REMARKS:
        from visamap.presenters import remarks  # noqa: PLC0415  text forms load it anyway

        for note in answer.notes:
            click.echo(remarks.note(note), err=True)
    if form == "text":
        presenter = import_module(f"visamap.presenters.{answer.command}_text")
        if not speaks_utf8() and hasattr(sys.stdout, "reconfigure"):
            # For a reader a question mark in a name is better than no answer.
            sys.stdout.reconfigure(errors="replace")
        click.echo(presenter.text(answer, _width(), **style))
    elif form == "jsonl":
        for line in import_module("visamap.presenters.json_form").lines(answer):
            click.echo(line)
    else:
        presenter = import_module(f"visamap.presenters.{form}_form")
        click.echo(presenter.text(answer), nl=form != "csv")


def speaks_utf8() -> bool:
    """Tell whether the output can carry more than ASCII, block characters for one."""
    return (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf8")


def _width() -> int:
    """Return the width to write for: that of a terminal narrower than usual, else the usual."""
    try:
        return min(WIDEST, os.get_terminal_size(sys.stdout.fileno()).columns or WIDEST)
    except (OSError, ValueError):  # a pipe, a file, or no real stdout at all
        return WIDEST

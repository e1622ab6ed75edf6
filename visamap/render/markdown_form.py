"""Answers as a Markdown table to paste into a page, with the data and the footer under it."""

from importlib import import_module

from visamap.i18n import tr
from visamap.render import phrases
from visamap.render.table import markdown as table
from visamap.results.parts import Envelope


def text(answer: Envelope) -> str:
    """Return the items as a table with the columns of the command's own text."""
    columns = import_module(f"visamap.render.{answer.command}_text").COLUMNS
    said = [f"- {phrases.note(note)}" for note in answer.notes]
    return "\n".join(
        [
            *([table(columns, answer.items), ""] if answer.items else []),
            *([*said, ""] if said else []),
            f"{tr('Data of {release}.', release=answer.data.release)} {tr(phrases.FOOTER)}",
        ]
    )

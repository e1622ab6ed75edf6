"""Pieces of MyST Markdown: tables, cells, headings with a place to link to."""

import re
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines) + "\n"


def plain(text: str) -> str:
    """Return a text of the code or the data as Markdown that shows it as it is.

    Options become code, for two hyphens would become a dash.
    """
    kept = re.split(r"(`[^`]+`|(?<![\w-])--[a-z][\w-]*)", text.replace("``", "`"))
    return "".join(_shown(part) for part in kept)


def code(text: object) -> str:
    """Return a word as code."""
    return f"`{text}`"


def anchor(name: str) -> str:
    """Return the name of a place as a link spells it."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def heading(level: int, text: str, place: str) -> str:
    """Return a heading that links lead to by ``#place``."""
    return f"({place})=\n{'#' * level} {text}\n"


def fence(language: str, text: str) -> str:
    """Return a block of code."""
    return f"```{language}\n{text.rstrip()}\n```\n"


def page(*parts: str) -> str:
    """Return a page from its parts."""
    return "\n".join(part.rstrip("\n") + "\n" for part in parts if part)


def paragraphs(docstring: str | None) -> str:
    """Return a docstring as Markdown, up to what it raises."""
    text = (docstring or "").partition("\nRaises:")[0].strip()
    return plain("\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text)))


def _shown(part: str) -> str:
    if part.startswith("`"):
        return part
    return code(part) if part.startswith("--") else _escaped(part)


def _escaped(text: str) -> str:
    return re.sub(r"([\\*_\[\]<>|#{}$])", r"\\\1", text)


def _cell(text: str) -> str:
    # What is escaped already stays; a bar inside code would end the cell.
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(text.split()))

"""Answers as a Markdown table to paste into a page, with its sources, the data and the footer."""

from importlib import import_module
from typing import Any

from visamap.i18n import tr
from visamap.render import headlines, phrases
from visamap.render.labels import source_kind
from visamap.render.sections import DESTINATION, Column
from visamap.render.table import markdown as table
from visamap.results.parts import Envelope, SourceRef, law_first


def text(answer: Envelope) -> str:
    """Return the items as a table with the columns of the command's own text.

    Each cites its sources by number; their addresses stand in a list below, the law first.
    """
    first, answer = headlines.first_line(answer)
    if isinstance(answer.asked.get("destination"), str):
        first.append(tr("Entering {home_into}"))
    presenter = import_module(f"visamap.render.{answer.command}_text")
    if hasattr(presenter, "markdown"):
        return "\n".join([*(f"**{one}**\n" for one in first), presenter.markdown(answer)])
    items = presenter.ordered(answer) if hasattr(presenter, "ordered") else answer.items
    numbers = {
        source: n for n, source in enumerate(law_first(s for i in items for s in _sources(i)), 1)
    }
    cited = Column("Sources", lambda item: ", ".join(str(numbers[s]) for s in _sources(item)))
    several = isinstance(answer.asked.get("destination"), list)
    columns = [
        *([DESTINATION] if several else []),
        *presenter.COLUMNS,
        *([cited] if numbers else []),
    ]
    listed = [f"{n}. <{one.url}> ({source_kind(one.kind)})" for one, n in numbers.items()]
    said = [f"- {headlines.remark(note, answer)}" for note in answer.notes]
    return "\n".join(
        [
            *(f"**{one}**\n" for one in first),
            *([table(columns, items), ""] if items else []),
            *([f"{tr('Sources')}:", "", *listed, ""] if listed else []),
            *([*said, ""] if said else []),
            f"{tr('Data of {release}.', release=answer.data.release)} {phrases.advice()}",
        ]
    )


def _sources(item: Any) -> tuple[SourceRef, ...]:
    """Return the sources of an item; what counts kinds of sources has none."""
    found = getattr(item, "sources", ())
    return found if found and isinstance(found[0], SourceRef) else ()

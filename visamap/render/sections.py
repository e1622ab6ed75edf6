"""An answer as labelled sections, laid out once: a terminal and a page draw the same ones.

The lines of a section are sentences; the days, acts, sources and visas in them are spans (see
``visamap.i18n``), which a terminal prints as words and a page draws as times and links. What opens
an answer has no label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from visamap.i18n import Span, entered, tr
from visamap.render import phrases
from visamap.render.labels import confidence, source_kind
from visamap.render.layout import Block, filled, labelled, paragraph
from visamap.results.parts import DataRef, SourceRef
from visamap.terminal import toned


def text(
    sections: Iterable[Block], width: int, tone: str = "", *, snug: bool = False
) -> Iterator[str]:
    """Yield what opens an answer from the left edge, then each label with its lines beside it.

    The first sentence has the colour of its ``tone``, if it has one; ``snug`` as in ``labelled``.
    """
    shown = list(filled(sections))
    for said in (line for one in shown if not one.label for line in one.lines):
        for line in paragraph(said, width):
            yield toned(line, tone) if tone else line
        tone = ""
    if below := [one for one in shown if one.label]:
        yield ""
        yield from labelled(below, width, snug=snug)


def opening(said: str, who: str, item: Any, data: DataRef, last: date | None = None) -> Block:
    """Return the first lines of an answer: what it is, to whom, and by whose passport.

    ``last`` is the latest day that was judged, where it is not the day asked.
    """
    return "", [phrases.as_known(said, last or item.on, data), who, phrases.held(item)]


def asked(item: Any, day: str = "") -> str:
    """Return who asked, with which passport, and for which day, if not written as ``day``.

    A destination that has to be asked for is named.
    """
    words = {
        "name": item.nationality.name,
        "code": item.nationality.code,
        "passport": tr(phrases.PASSPORTS[item.passport]),
        "day": day or item.on,
    }
    if elsewhere():
        return tr("{name} ({code}), {passport}, into {home_into} on {day}", **words)
    return tr("{name} ({code}), {passport}, on {day}", **words)


def elsewhere() -> bool:
    """Tell whether the destination spoken of is one that has to be asked for."""
    return bool(entered().get(phrases.OPTION))


def sure(level: str) -> Block:
    """Return how sure an item is."""
    return tr("Confidence"), [Span(f"{confidence(level)}.", "confidence", level)]


SHOWN_SOURCES = 3


def source_lines(sources: Iterable[SourceRef]) -> list[str]:
    """Return each source as its address, which is never broken: it is there to be followed."""
    return [
        Span(f"{source.url} ({source_kind(source.kind)})", "source", source) for source in sources
    ]


def evidence(level: str, sources: Sequence[SourceRef]) -> Iterator[Block]:
    """Yield how sure an item is, and its sources, of which a terminal shows the best."""
    yield sure(level)
    lines = source_lines(sources)
    if rest := lines[SHOWN_SOURCES:]:
        more = tr("and {n} more, all addresses: --format json", n=len(rest))
        lines[SHOWN_SOURCES:] = [Span(more, "folded", rest)]
    yield tr("Sources"), lines

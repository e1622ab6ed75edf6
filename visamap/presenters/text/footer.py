"""What every answer in text ends with: how sure it is, its sources, remarks, data, whom to ask."""

from collections.abc import Collection, Iterator

from visamap.language import tr
from visamap.presenters.text.layout import Block, paragraph
from visamap.presenters.words import remarks, sentences
from visamap.presenters.words.code_words import confidence
from visamap.presenters.words.grounds import best_sources
from visamap.results.parts import Envelope, SourceRef

AS_KNOWN = "as_known_on"
HELD = "held_passport"


def footer(answer: Envelope, width: int, told: Collection[str] = ()) -> Iterator[str]:
    """Yield the remarks on an answer, which data gave it, and the advice to ask the consulate.

    ``told`` are the codes of remarks that stand above already.
    """
    for note in answer.notes:
        if note.code in told:
            continue
        yield from paragraph(remarks.note(note), width)
    yield from paragraph(sentences.data(answer.data), width)
    yield from paragraph(tr(sentences.FOOTER), width)


def evidence(sure: str, sources: tuple[SourceRef, ...]) -> Iterator[Block]:
    """Yield how sure an item is, and the best of its sources."""
    yield tr("Confidence"), [f"{confidence(sure)}."]
    if sources:
        yield tr("Sources"), list(best_sources(sources))

"""What stands under every answer in text: remarks, which data gave it, whom to ask."""

from collections.abc import Iterator

from visamap.language import tr
from visamap.presenters.text.layout import paragraph
from visamap.presenters.words import remarks, sentences
from visamap.results.parts import Envelope


def footer(answer: Envelope, width: int) -> Iterator[str]:
    """Yield the remarks on an answer, which data gave it, and the advice to ask the consulate."""
    for note in answer.notes:
        yield from paragraph(remarks.note(note), width)
    yield from paragraph(sentences.data(answer.data), width)
    yield from paragraph(tr(sentences.FOOTER), width)

"""How an answer shows what it rests on: the act with its dates, the best sources, the data."""

from collections.abc import Iterator

from visamap.presenters import sentences
from visamap.presenters.layout import paragraph
from visamap.results.parts import Act, Envelope, SourceRef

SHOWN_SOURCES = 3
BEST_SOURCES = ("law", "official", "government-page", "news", "reference", "dataset")


def footer(answer: Envelope, width: int) -> Iterator[str]:
    """Yield the remarks on an answer, which data gave it, and the advice to ask the consulate."""
    for note in answer.notes:
        yield from paragraph(sentences.note(note), width)
    yield from paragraph(sentences.data(answer.data), width)
    yield from paragraph(sentences.FOOTER, width)


def ground(act: Act) -> str:
    """Return an act by number and title, with the days on which it was signed and began."""
    # A treaty's title says what it is; a decree is known by its number.
    kind = sentences.ACT_KINDS[act.kind].capitalize()
    number = f"{kind} No. {act.number}: " if act.number and act.basis == "unilateral" else ""
    dates = [
        f"{word} {day}" for word, day in (("signed", act.signed), ("in force", act.in_force)) if day
    ]
    when = f" ({'; '.join(dates)})" if dates else ""
    return f"{number}{act.title}{when}. [{act.id}]"


def best_first(sources: tuple[SourceRef, ...]) -> list[SourceRef]:
    """Return sources by how near they stand to the act's own text."""
    return sorted(sources, key=lambda source: BEST_SOURCES.index(source.kind))


def best_sources(sources: tuple[SourceRef, ...]) -> Iterator[str]:
    """Yield the best sources, one a line, and how many more there are."""
    ranked = best_first(sources)
    for source in ranked[:SHOWN_SOURCES]:
        # An address is never broken, however narrow the line: it is there to be followed.
        yield f"{source.url} ({source.kind})"
    rest = len(ranked) - SHOWN_SOURCES
    if rest > 0:
        yield f"and {rest} more, all addresses: --format json"

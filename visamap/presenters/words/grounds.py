"""How an answer shows what it rests on: the act with its dates, the best sources."""

from collections.abc import Iterator

from visamap.language import tr
from visamap.presenters.words import sentences
from visamap.presenters.words.code_words import source_kind
from visamap.presenters.words.wording import capital
from visamap.results.parts import Act, SourceRef

SHOWN_SOURCES = 3


def ground(act: Act) -> str:
    """Return an act by number and title, with the days on which it was signed and began."""
    # A treaty's title says what it is; a decree is known by its number.
    named = act.title
    if act.number and act.basis == "unilateral":
        kind = capital(tr(sentences.ACT_KINDS[act.kind]))
        named = tr("{kind} No. {number}: {title}", kind=kind, number=act.number, title=act.title)
    dates = [
        *([tr("signed {day}", day=act.signed)] if act.signed else []),
        *([tr("in force {day}", day=act.in_force)] if act.in_force else []),
    ]
    when = f" ({'; '.join(dates)})" if dates else ""
    return f"{named}{when}. [{act.id}]"


def best_sources(sources: tuple[SourceRef, ...]) -> Iterator[str]:
    """Yield the first sources, one a line, and how many more there are."""
    for source in sources[:SHOWN_SOURCES]:
        # An address is never broken, however narrow the line: it is there to be followed.
        yield f"{source.url} ({source_kind(source.kind)})"
    rest = len(sources) - SHOWN_SOURCES
    if rest > 0:
        yield tr("and {n} more, all addresses: --format json", n=rest)
